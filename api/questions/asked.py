"""What a request asks of a question: its parameters, which page; and the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from flask import current_app, request

from api.presentation.answers import publishable
from api.querying.service import the_service
from api.questions.kept import Kept
from kb.errors import BadParameter
from kb.queries import Answer, Question, answer
from kb.queries.paging import Page, page

_KEPT: Final = "legation.answers"
_DIGITS: Final = 7


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a request asks it."""

    question: Question
    given: dict[str, str]
    """Its parameters and thresholds; no empty ones."""
    limit: int | None
    after: str

    @classmethod
    def by_request(cls, question: Question, *, lenient: bool) -> Asked:
        """Return what the present request asks. ``lenient`` takes an empty text as not given: forms send it.

        Raises BadParameter for what is given twice or empty, and for a limit that is none.
        """
        texts: dict[str, str] = {}
        for name, values in request.args.lists():
            if len(values) > 1:
                raise BadParameter(
                    f"{name[:80]!r} is given more than once", place=name[:80], repair="Give it once"
                )
            if values[0].strip():
                texts[name] = values[0]
            elif not lenient:
                raise BadParameter(
                    f"{name[:80]!r} is given without a value",
                    place=name[:80],
                    repair="Give one or leave it out",
                )
        limit = _limit(texts.pop("limit", None))
        return cls(question, texts, limit, texts.pop("after", ""))

    @property
    def nothing(self) -> bool:
        """Whether no parameter at all is given."""
        return not self.given

    def page(self) -> tuple[Page, int]:
        """Return the page that is asked for, and how many rows of the answer await review.

        Raises as ``kb.queries.answer`` and ``kb.queries.paging.page`` do.
        """
        found, held = self._answer()
        return page(found, self.limit, self.after), held

    def address(self, path: str, after: str) -> str:
        """Return the address of the page that begins after a cursor; the first where it is empty."""
        parts = {**self.given}
        if self.limit is not None:
            parts["limit"] = str(self.limit)
        if after:
            parts["after"] = after
        return f"{path}?{urlencode(parts)}" if parts else path

    def links(self, path: str, shown: Page) -> list[str]:
        """Return the values of the header Link (RFC 8288) that lead to the pages beside this one."""
        beside = {"first": "" if shown.previous is not None else None}
        beside |= {"prev": shown.previous, "next": shown.next}
        return [
            f'<{self.address(path, after)}>; rel="{rel}"'
            for rel, after in beside.items()
            if after is not None
        ]

    def _answer(self) -> tuple[Answer, int]:
        service = the_service()
        key = (service.store.version(), self.question.name, *sorted(self.given.items()))
        kept = the_kept()
        found = kept.get(key)
        if found is None:
            found = publishable(service.store, answer(service.store, self.question.name, self.given))
            kept.put((found[0].version, *key[1:]), found)
        return found


def the_kept() -> Kept:
    """Return the answers that the present application keeps."""
    found = current_app.extensions.setdefault(_KEPT, Kept())
    assert isinstance(found, Kept)
    return found


def _limit(text: str | None) -> int | None:
    if text is None:
        return None
    most = the_service().settings.query_rows
    fits = text.isascii() and text.isdecimal() and len(text) <= _DIGITS and text[0] != "0"
    if not fits or int(text) > most:
        raise BadParameter(
            f"{text[:20]!r} is not a whole number from 1 to {most}", place="limit", repair="Write it like 100"
        )
    return int(text)
