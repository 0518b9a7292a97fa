"""The extractor "model": asks a language model, and takes from its answers only what the text bears out."""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

from kb.errors import BadInput, ExtractorError
from kb.extractors.model.address import read_address
from kb.extractors.model.answers import claims_in
from kb.extractors.model.cache import Cache, key_of
from kb.extractors.model.claims import Bench
from kb.extractors.model.ledger import Ledger
from kb.extractors.model.parts import halves, parts_of
from kb.extractors.model.prompt import messages, prompt_version
from kb.extractors.model.schema import answer_schema
from kb.extractors.model.service import Answer, Service, Stopped
from kb.reading.lexicon import Lexicon
from kb.records import Article, Claim
from kb.resources import files
from kb.settings import Settings

Json = dict[str, object]

NAME: Final = "model"
FAILURES: Final = 5
"""After so many articles in a row that could not be read, no more are tried."""
CUT_OFF: Final = Answer("", cut_off=True)
"""What is kept of an answer that was cut off: that it was."""
OWN: Final = frozenset({"model", "messages", "stream", "n"})
"""Keys of a request that an operator's options cannot set."""


class Model:
    """Reads by asking. A model may answer otherwise each time; a kept answer makes the same claims."""

    name = NAME

    def __init__(
        self, settings: Settings, lexicon: Lexicon, *, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        address = read_address(settings.model_address, settings.model_plain_hosts)
        if not settings.model_name:
            raise BadInput(
                "no model is named", place="LEGATION_MODEL_NAME", repair="Name one that the service has"
            )
        self._address = str(address)
        self._model = settings.model_name
        self._options = _options(settings.model_options)
        self._lexicon = lexicon
        self._ledger = Ledger(settings.model_calls, settings.model_tokens)
        self._cache = Cache(settings.cache_folder / "model")
        self._service = Service(
            address, settings.model_key, self._ledger, seconds=settings.model_seconds, sleep=sleep
        )
        self._failures = 0
        self._stopped = ""

    @property
    def version(self) -> str:
        """Return the model's name and a hash of prompt, options, lexicon and the code that examines it."""
        said = json.dumps(
            [self._model, self._options, prompt_version(), self._lexicon.version, _code_version()]
        )
        name = re.sub(r"[^A-Za-z0-9._]+", "-", self._model)[:40].strip("-") or "model"
        return f"{name}-{hashlib.sha256(said.encode()).hexdigest()[:12]}"

    def read(self, article: Article, /) -> list[Claim]:
        """Return the claims that the model finds and the text bears out, all for review.

        Raises ExtractorError where the model could not be asked, or did not answer in the form asked for.
        """
        if not article.text.strip():
            return []
        try:
            answers = [one for part in parts_of(article.text) for one in self._answers(article, *part)]
        except Stopped as error:
            self._stopped = str(error)
            raise
        except ExtractorError as error:
            self._failures += 1
            if self._failures >= FAILURES and not self._stopped:
                self._stopped = f"given up after {FAILURES} articles in a row; the last: {error}"
            raise
        self._failures = 0
        bench = Bench(article, self._lexicon, self._ledger)
        found = {claim.id: claim for said, part in answers for claim in bench.claims(said, part)}
        self._ledger.claims += len(found)
        return sorted(found.values(), key=lambda claim: (claim.start, claim.end, claim.type, claim.id))

    def report(self) -> list[str]:
        """Return what the run cost and what was left out."""
        return self._ledger.lines()

    def _answers(
        self, article: Article, start: int, end: int
    ) -> Iterator[tuple[list[object], tuple[int, int]]]:
        """Yield the answers about a stretch of an article; one that was cut off is got in two halves."""
        request = self._request(article, start, end)
        key = key_of(self._address, json.dumps(request, sort_keys=True))
        kept = self._cache.get(key)
        if kept:
            self._ledger.cached += 1
            yield claims_in(kept), (start, end)
            return
        if kept is None and self._stopped:  # what is kept is still read
            raise ExtractorError(self._stopped)
        answer = self._service.ask(request) if kept is None else CUT_OFF
        if answer.cut_off:
            pieces = halves(article.text, start, end)
            if len(pieces) == 1:
                raise ExtractorError(
                    "the model's answer was cut off", repair="Allow it more tokens in LEGATION_MODEL_OPTIONS"
                )
            self._cache.put(key, CUT_OFF.text)
            for piece in pieces:
                yield from self._answers(article, *piece)
            return
        found = claims_in(answer.text)
        self._cache.put(key, answer.text)
        yield found, (start, end)

    def _request(self, article: Article, start: int, end: int) -> Json:
        schema = {"name": "claims", "strict": True, "schema": answer_schema()}
        request: Json = {
            "temperature": 0,
            "max_tokens": 8000,
            "response_format": {"type": "json_schema", "json_schema": schema},
            **self._options,
            "model": self._model,
            "messages": messages(article, start, end),
        }
        return {key: value for key, value in request.items() if value is not None}


def _options(text: str) -> Json:
    place, repair = "LEGATION_MODEL_OPTIONS", 'Write a JSON object, such as {"max_tokens": 4000}'
    try:
        options = json.loads(text)
    except (ValueError, RecursionError):
        options = None
    if not isinstance(options, dict):
        raise BadInput("not a JSON object", place=place, repair=repair)
    if taken := sorted(OWN & set(options)):
        raise BadInput(f"{taken[0]!r} is not the operator's to set", place=place, repair="Leave it out")
    return options


@cache
def _code_version() -> str:
    digest = hashlib.sha256()
    for path in files(Path(__file__).parent, "*.py"):
        digest.update(path.read_bytes())
    return digest.hexdigest()
