"""All questions, by name."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from kb.errors import UnknownQuestion
from kb.queries.header import read_question
from kb.resources import QUERIES, files

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kb.queries.question import Question


@cache
def questions() -> Mapping[str, Question]:
    """Return every question of the folder ``queries/``, by name, in alphabetical order.

    Raises BadQuestion, with file and line, for a file that breaks a rule.
    """
    return MappingProxyType({path.stem: read_question(path) for path in files(QUERIES, "*.rq")})


def question(name: str) -> Question:
    """Return the question of that name.

    Raises UnknownQuestion, and says which there are.
    """
    known = questions()
    if name not in known:
        raise UnknownQuestion(f"there is no question {name[:80]!r}", repair=f"There are {', '.join(known)}")
    return known[name]
