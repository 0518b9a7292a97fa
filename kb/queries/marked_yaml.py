"""A YAML mapping that remembers on which line each of its keys stands, for faults that name the line."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Final, TypeVar

import yaml

from kb.errors import BadQuestion

REPAIR: Final = "queries/README.md says what a header holds"
Choice = TypeVar("Choice", bound=StrEnum)


class MarkedMap:
    """A YAML mapping that knows on which line of the file each of its keys stands."""

    def __init__(self, node: yaml.Node, file: str) -> None:
        self.file, self.line = file, node.start_mark.line + 1
        if not isinstance(node, yaml.MappingNode):
            raise self.fault("a mapping of keys to values is needed")
        self._nodes: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = str(key.value)
            if name in self._nodes:
                raise self.fault(f"{name!r} stands twice", key)
            self._nodes[name] = value

    def fault(self, problem: str, node: yaml.Node | None = None) -> BadQuestion:
        line = node.start_mark.line + 1 if node is not None else self.line
        return BadQuestion(problem, place=f"{self.file}:{line}", repair=REPAIR)

    @classmethod
    def parse(cls, text: str, file: str) -> MarkedMap:
        """Return the mapping that a YAML text holds.

        Raises BadQuestion, with file and line, when the text is not YAML or not a mapping.
        """
        try:
            node = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise BadQuestion(f"not YAML: {error.problem}", place=f"{file}:{line}", repair=REPAIR) from error
        except yaml.YAMLError as error:  # a character that YAML does not take
            raise BadQuestion(f"not YAML: {error}", place=f"{file}:1", repair=REPAIR) from error
        if node is None:
            raise BadQuestion("the header is empty", place=f"{file}:1", repair=REPAIR)
        return cls(node, file)

    def only(self, *known: str) -> None:
        for key, node in self._nodes.items():
            if key not in known:
                raise self.fault(f"unknown key {key!r}; known are {', '.join(known)}", node)

    def node(self, key: str) -> yaml.Node | None:
        return self._nodes.get(key)

    def text(self, key: str, *, default: str | None = None) -> str:
        node = self._nodes.get(key)
        if node is None:
            if default is None:
                raise self.fault(f"{key!r} is missing")
            return default
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            raise self.fault(f"{key!r} must be a text", node)
        return " ".join(str(node.value).split())

    def flag(self, key: str) -> bool:
        value = self.text(key, default="false")
        if value not in ("true", "false"):
            raise self.fault(f"{key!r} must be true or false", self._nodes[key])
        return value == "true"

    def texts(self, key: str) -> tuple[str, ...]:
        node = self._nodes.get(key)
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode) or not all(
            isinstance(n, yaml.ScalarNode) for n in node.value
        ):
            raise self.fault(f"{key!r} must be a list of texts", node)
        return tuple(str(item.value) for item in node.value)

    def choice(self, key: str, kind: type[Choice], default: Choice | None = None) -> Choice:
        text = self.text(key, default=default)
        try:
            return kind(text)
        except ValueError as error:
            known = ", ".join(kind)
            raise self.fault(f"{key!r} is {text!r}; known are {known}", self._nodes.get(key)) from error

    def maps(self) -> Iterator[tuple[str, MarkedMap]]:
        for key, node in self._nodes.items():
            yield key, MarkedMap(node, self.file)

    def names(self) -> tuple[str, ...]:
        return tuple(self._nodes)

    def child(self, key: str) -> MarkedMap | None:
        node = self._nodes.get(key)
        return None if node is None else MarkedMap(node, self.file)
