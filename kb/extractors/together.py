"""The chosen extractors as one reader: each reads, the claims are joined, what fails is named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kb.errors import ExtractorError
from kb.extractors import rules
from kb.extractors.ahead import ReadAhead
from kb.extractors.checking import checked
from kb.extractors.joining import joined
from kb.extractors.protocol import RULES, Extractor, Reports, Trouble, told
from kb.extractors.registry import chosen, load
from kb.records import Article, Claim
from kb.settings import Settings

SHOWN = 5
"""How many of an extractor's troubles a report tells in full."""


class Together:
    """Reads with several extractors. What one cannot read, the others still do."""

    def __init__(self, extractors: Sequence[Extractor], troubles: Sequence[Trouble] = ()) -> None:
        self._extractors = tuple(extractors)
        self._troubles = list(troubles)
        self._runs: dict[str, str] = {}

    @property
    def version(self) -> str:
        """Return the name and version of each extractor; of the rules alone only the version."""
        return _version(self._extractors)

    def run_of(self, article: Article) -> str:
        """Return the version of what did read an article: ``version``, unless an extractor failed on it."""
        return self._runs.get(article.id, self.version)

    def each(self, articles: Iterable[Article]) -> Iterator[Article]:
        """Yield articles in their order, while extractors that read ahead do so."""
        for extractor in self._extractors:
            if isinstance(extractor, ReadAhead):
                articles = extractor.each(articles)
        return iter(articles)

    def read(self, article: Article, /) -> list[Claim]:
        """Return the union of what the extractors find, sorted by start.

        Raises ExtractorError where none of them could read the article.
        """
        found, readers, failures = [], [], []
        for extractor in self._extractors:
            try:
                claims, wrong = checked(extractor.read(article), article, extractor.name)
            except Exception as error:  # noqa: BLE001 (a plug-in may raise anything)
                problem = str(error) if isinstance(error, ExtractorError) else told(error)
                failures.append(Trouble(extractor.name, problem, article.doc))
                continue
            found.append(claims)
            readers.append(extractor)
            self._troubles += (Trouble(extractor.name, f"left out: {one}", article.doc) for one in wrong)
        self._troubles += failures
        if not readers:
            problems = "; ".join(f"{one.extractor}: {one.problem}" for one in failures)
            raise ExtractorError(f"not read ({problems})", place=article.doc)
        if failures:
            self._runs[article.id] = _version(readers)
        return joined(found)

    def report(self) -> list[str]:
        """Return what to tell at the end of a run: what each extractor has to say, and what went wrong."""
        said = [line for each in self._extractors if isinstance(each, Reports) for line in _report_of(each)]
        return said + list(self._told())

    def _told(self) -> Iterator[str]:
        for name in sorted({one.extractor for one in self._troubles}):
            own = [one for one in self._troubles if one.extractor == name]
            for one in own[:SHOWN]:
                yield f"extractor {name}: " + (f"{one.doc}: {one.problem}" if one.doc else one.problem)
            if len(own) > SHOWN:
                yield f"extractor {name}: and {len(own) - SHOWN} more like these"


def together(settings: Settings, names: str | None = None, *, workers: int = 1) -> Together:
    """Return the extractors of a list with commas, or those of the settings.

    ``workers``: of more than one, the rules read ahead in so many processes what ``each`` is given.
    Raises BadInput for an unknown name or settings that an extractor refuses; MissingPart where none works.
    """
    extractors, troubles = load(chosen(settings.extractors if names is None else names), settings)
    if workers > 1:
        extractors = [
            ReadAhead(one, rules.make, settings, workers) if isinstance(one, rules.Rules) else one
            for one in extractors
        ]
    return Together(extractors, troubles)


def _version(extractors: Sequence[Extractor]) -> str:
    if [one.name for one in extractors] == [RULES]:
        return extractors[0].version
    return "+".join(f"{one.name}-{one.version}" for one in extractors)


def _report_of(extractor: Extractor) -> list[str]:
    try:
        lines = list(extractor.report()) if isinstance(extractor, Reports) else []
    except Exception as error:  # noqa: BLE001 (a plug-in may raise anything; its claims stand)
        lines = [f"its report failed: {told(error)}"]
    return [f"extractor {extractor.name}: {line}" for line in lines]
