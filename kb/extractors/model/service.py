"""A chat-completions service: calls within a budget, repeated where that may help, answers taken out."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from kb.errors import ExtractorError
from kb.extractors.model.address import Address
from kb.extractors.model.client import CallFailed, Reply, post
from kb.extractors.model.ledger import Ledger
from kb.settings import Secret

ATTEMPTS: Final = 4
LONGEST_WAIT: Final = 60.0
"""Seconds; a service that asks for more is left alone for this article."""
ANSWER_BYTES: Final = 2_000_000
LETTERS_PER_TOKEN: Final = 3
"""For an estimate on the safe side, where the service does not count."""
_AGAIN: Final = frozenset({408, 425, 429, 500, 502, 503, 504, 529})

Json = dict[str, object]


class Stopped(ExtractorError):
    """The service will refuse every article alike: no further call is made in this run."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model wrote."""

    text: str
    cut_off: bool = False
    """The model had to stop before it was done."""


class Service:
    """Asks one model at one address."""

    def __init__(
        self,
        address: Address,
        key: Secret,
        ledger: Ledger,
        *,
        seconds: float,
        answer_bytes: int = ANSWER_BYTES,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._address = address
        self._key = key
        self._ledger = ledger
        self._seconds = seconds
        self._answer_bytes = answer_bytes
        self._sleep = sleep

    def ask(self, request: Json) -> Answer:
        """Return the model's answer to a request.

        Raises Stopped where every request would fail alike; ExtractorError where this one did, or the budget
        is used up. No error repeats the key, nor what the service says of it.
        """
        body = json.dumps(request, ensure_ascii=False).encode("utf-8", "replace")
        problem = ""
        for attempt in range(ATTEMPTS):
            self._ledger.open_call(len(body) // LETTERS_PER_TOKEN)
            wait = 2.0**attempt
            try:
                reply = post(self._address, body, self._key, seconds=self._seconds, limit=self._answer_bytes)
            except CallFailed as failure:
                problem = str(failure)
                if not failure.again:
                    break
            else:
                if reply.status == 200:
                    return self._answer(reply, len(body))
                problem = self._refused(reply)
                wait = _seconds_of(reply.retry_after, wait)
                if wait > LONGEST_WAIT:
                    problem += f" and asks to wait {wait:.0f} seconds"
                    break
            if attempt + 1 < ATTEMPTS:
                self._sleep(wait)
        raise ExtractorError(problem, place=str(self._address))

    def _refused(self, reply: Reply) -> str:
        """Return what a reply that may be better next time says; raise for any other."""
        if reply.status in _AGAIN:
            return f"the service answers {reply.status}"
        place, status = str(self._address), reply.status
        if status in (401, 403):
            problem = (
                f"the service refuses the key ({status})"
                if self._key
                else f"the service wants a key ({status})"
            )
            raise Stopped(problem, place=place, repair="Set LEGATION_MODEL_KEY to one that it takes")
        if 300 <= status < 400:
            repair = "Redirects are not followed; set LEGATION_MODEL_ADDRESS to where the service is"
            raise Stopped(f"the service is elsewhere ({status})", place=place, repair=repair)
        if status == 404:
            repair = "Look at LEGATION_MODEL_ADDRESS and LEGATION_MODEL_NAME"
            raise Stopped("the service knows no such address or model (404)", place=place, repair=repair)
        reason = self._reason(reply.body)
        raise ExtractorError(f"the service answers {status}{reason}", place=place,
                             repair="See LEGATION_MODEL_OPTIONS where it takes other options")  # fmt: skip

    def _reason(self, body: bytes) -> str:
        """Return the service's own reason, short and without the key."""
        try:
            said = json.loads(body)["error"]
            reason = said["message"] if isinstance(said, dict) else said
        except (ValueError, KeyError, TypeError, RecursionError):
            return ""
        words = "".join(sign if sign.isprintable() else " " for sign in str(reason))
        if self._key and self._key.reveal() in words:
            return ""
        return f" ({' '.join(words.split())[:200]})"

    def _answer(self, reply: Reply, sent: int) -> Answer:
        try:
            said = json.loads(reply.body)
            choice = said["choices"][0]
            text = choice["message"]["content"]
        except (ValueError, LookupError, TypeError, RecursionError):
            self._ledger.tokens += (sent + len(reply.body)) // LETTERS_PER_TOKEN
            raise ExtractorError(
                "the service's answer is no chat completion", place=str(self._address)
            ) from None
        self._ledger.tokens += _tokens(said) or (sent + len(reply.body)) // LETTERS_PER_TOKEN
        if not isinstance(text, str):
            raise ExtractorError("the model gave no text", place=str(self._address))
        return Answer(text, cut_off=choice.get("finish_reason") == "length")


def _tokens(said: Json) -> int:
    usage = said.get("usage")
    total = usage.get("total_tokens") if isinstance(usage, dict) else None
    return total if isinstance(total, int) and not isinstance(total, bool) and total > 0 else 0


def _seconds_of(retry_after: str, otherwise: float) -> float:
    """Return how long a Retry-After header asks to wait, in seconds or until a date; else ``otherwise``."""
    try:
        wait = float(retry_after)
    except ValueError:
        try:
            until = parsedate_to_datetime(retry_after)
        except (ValueError, TypeError, IndexError):
            return otherwise
        until = until if until.tzinfo else until.replace(tzinfo=UTC)
        return max(0.0, (until - datetime.now(UTC)).total_seconds())
    return max(0.0, wait) if math.isfinite(wait) else otherwise
