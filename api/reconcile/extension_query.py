"""A data extension query as a client sends it, and the settings that it may have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from api.reconcile.properties import Property
from api.reconcile.queries import as_object, known_property, refuse_unknown
from api.reconcile.reading import read_json, shortened
from api.reconcile.types import Shown
from kb.errors import BadParameter, TooLarge

MOST_IDS: Final = 200
MOST_PROPERTIES: Final = 30
CONTENTS: Final = ("entity", "id", "literal")
SETTINGS: Final[Sequence[Shown]] = (
    {
        "name": "limit",
        "label": "Limit",
        "type": "number",
        "default": 0,
        "help_text": "How many values to give at most for each row (0 for all)",
    },
    {
        "name": "content",
        "label": "Content",
        "type": "select",
        "default": "entity",
        "help_text": "How to give a value that is a thing",
        "choices": [
            {"value": "entity", "name": "A thing that is matched already"},
            {"value": "id", "name": "Its identifier"},
            {"value": "literal", "name": "Its name"},
        ],
    },
    {
        "name": "language",
        "label": "Language",
        "type": "text",
        "default": "",
        "help_text": "Texts of one language alone (en, ru, ko, …); empty for all",
    },
)


@dataclass(frozen=True, slots=True)
class Column:
    """A property, and how its values are wanted."""

    property: Property
    asked_as: str
    limit: int = 0
    content: str = "entity"
    language: str = ""


@dataclass(frozen=True, slots=True)
class Extension:
    """A data extension query."""

    ids: tuple[str, ...]
    columns: tuple[Column, ...]


def read_extension(text: str) -> Extension:
    """Return a client's query. Raises BadParameter for a broken rule, TooLarge for too many members."""
    said = as_object(read_json(text, "extend"), "extend")
    refuse_unknown(said, ("ids", "properties"), "extend")
    ids = [_identifier(one) for one in _list(said, "ids", MOST_IDS)]
    columns = [_column(one) for one in _list(said, "properties", MOST_PROPERTIES)]
    twice = {one.asked_as for one in columns if [other.asked_as for other in columns].count(one.asked_as) > 1}
    if twice:
        raise BadParameter(
            f"{shortened(min(twice))} stands twice",
            place="extend.properties",
            repair="Name each property once",
        )
    return Extension(tuple(dict.fromkeys(ids)), tuple(columns))


def _list(said: Mapping[str, object], name: str, most: int) -> Sequence[object]:
    told = said.get(name)
    if not isinstance(told, list):
        raise BadParameter("it is no list", place=f"extend.{name}", repair="Give a list in brackets")
    if len(told) > most:
        repair = f"Ask for {most} at a time"
        raise TooLarge(
            f"there are {len(told):,}, and {most} are given", place=f"extend.{name}", repair=repair
        )
    return told


def _identifier(told: object) -> str:
    if not isinstance(told, str):
        raise BadParameter("an identifier is a text", place="extend.ids", repair='Send "person/…"')
    return told


def _column(told: object) -> Column:
    said = as_object(told, "extend.properties")
    if not isinstance(said.get("id"), str):
        raise BadParameter("a property has no id", place="extend.properties", repair='Send {"id": "label"}')
    name = str(said["id"])
    settings = as_object(said.get("settings", {}), "extend.properties.settings")
    refuse_unknown(settings, ("limit", "content", "language"), "extend.properties.settings")
    content, language = settings.get("content", "entity"), settings.get("language", "")
    if content not in CONTENTS:
        raise BadParameter(
            "it is none of the three", place="settings.content", repair=f"Give {', '.join(CONTENTS)}"
        )
    if not isinstance(language, str):
        raise BadParameter("it is no text", place="settings.language", repair="Give en, ru, ko, …")
    limit = _limit(settings.get("limit", 0))
    column = known_property(name, "extend.properties")
    return Column(column, name, limit, str(content), language.strip().lower())


def _limit(told: object) -> int:
    text = str(told).strip() if isinstance(told, str | int | float) and not isinstance(told, bool) else ""
    text = text.removesuffix(".0")
    if text == "":
        text = "0" if told == "" else "none"
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise BadParameter(
            "it is no number of values", place="settings.limit", repair="Give a whole number, 0 for all"
        )
    return int(text)
