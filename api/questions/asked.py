"""What a request asks of a question: its parameters, which page; and the answer."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from threading import Lock
from typing import Final
from urllib.parse import urlencode

from flask import current_app, request

from api.presentation.answers import publishable
from api.querying.service import the_service
from api.questions.kept import Kept
from api.questions.sizes import Sizes
from kb.as_of import Pasts
from kb.errors import BadParameter
from kb.queries import Answer, Question, answer
from kb.queries.as_of import Past
from kb.queries.paging import Page, page

_KEPT: Final = "legation.answers"
_PASTS: Final = "legation.pasts"
_SIZES: Final = "legation.sizes"
_FIRST: Final = Lock()
_DIGITS: Final = 7


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a request asks it."""

    question: Question
    given: dict[str, str]
    """Its parameters, thresholds and day; no empty ones."""
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
            with self._past() as past:
                whole = answer(
                    service.store,
                    self.question.name,
                    self.given,
                    past,
                    halved=self.question.told and the_sizes().long(self.question, self.given),
                )
            # One that passes a limit would be asked for whole after its halves.
            the_sizes().note(self.question, self.given, 0 if whole.truncated else len(whole.cells))
            found = publishable(service.store, whole)
            kept.put((found[0].version, *key[1:]), found)
        return found

    def _past(self) -> AbstractContextManager[Past | None]:
        """Return the base of the day as of which it is asked; None where that is now."""
        day = self.question.day(self.given)
        return nullcontext() if day is None else the_pasts().on(day, the_service().settings.query_seconds)


def the_pasts() -> Pasts:
    """Return the bases of earlier days that the present application keeps."""
    service = the_service()
    with _FIRST:
        found = current_app.extensions.setdefault(_PASTS, None)
        if found is None:
            found = current_app.extensions[_PASTS] = Pasts(service.store, service.settings)
    assert isinstance(found, Pasts)
    return found


def the_sizes() -> Sizes:
    """Return how long the present application's answers were."""
    found = current_app.extensions.setdefault(_SIZES, Sizes())
    assert isinstance(found, Sizes)
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
