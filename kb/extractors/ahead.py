"""The rules read ahead in processes of their own: the same claims in the same order, whatever their number.

Each process reads one article at a time, by itself, so that nothing depends on which articles it read before.
Where a process ends over an article, that article is told as not read, and a new process takes its place.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import count
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Final, NamedTuple

from kb.errors import ExtractorError
from kb.extractors.protocol import Extractor, told
from kb.records import Article, Claim
from kb.settings import Settings

Make = Callable[[Settings], Extractor]
"""Must be a module's own function: the processes import it."""

_AHEAD: Final = 4
"""Articles for each process that may be read before their turn, so that memory keeps its bounds."""
_SPAWN: Final = get_context("spawn")


class _Result(NamedTuple):
    claims: tuple[Claim, ...]
    problem: str


class _Worker:
    """A process that reads, and the end of the pipe to it."""

    def __init__(self, make: Make, settings: Settings) -> None:
        self.pipe, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_serve, args=(theirs, make, settings), daemon=True)
        self._process.start()
        theirs.close()
        self.reads: int | None = None
        """The number of the article that it reads, None where it waits for one."""

    def take(self, number: int, article: Article) -> None:
        """Give it an article. A process that has ended is found out when its result is awaited."""
        self.reads = number
        with suppress(OSError):
            self.pipe.send(article)

    def result(self) -> _Result:
        """Return what it found. Raises EOFError or OSError where its process has ended."""
        result: _Result = self.pipe.recv()
        self.reads = None
        return result

    def end(self) -> int:
        """Stop the process; return its exit code."""
        self.pipe.close()
        self._process.terminate()
        self._process.join()
        return self._process.exitcode or 0


class ReadAhead:
    """An extractor whose articles are read in other processes while earlier ones are dealt with."""

    def __init__(self, extractor: Extractor, make: Make, settings: Settings, workers: int) -> None:
        self._extractor, self._make, self._settings = extractor, make, settings
        self._count = workers
        self._results: dict[str, _Result] = {}

    @property
    def name(self) -> str:
        """Return the name of the extractor that the processes run."""
        return self._extractor.name

    @property
    def version(self) -> str:
        """Return the version of the extractor that the processes run."""
        return self._extractor.version

    def read(self, article: Article, /) -> tuple[Claim, ...]:
        """Return what a process found in an article; one that ``each`` did not announce is read here.

        Raises ExtractorError where the process failed or ended.
        """
        result = self._results.pop(article.id, None)
        if result is None:
            return tuple(self._extractor.read(article))
        if result.problem:
            raise ExtractorError(result.problem, place=article.doc)
        return result.claims

    def each(self, articles: Iterable[Article]) -> Iterator[Article]:
        """Yield articles in their order, each when it is read; the processes live as long as this runs."""
        coming = enumerate(articles)
        given: dict[int, Article] = {}
        ready: dict[int, _Result] = {}
        workers: list[_Worker] = []
        try:
            workers += (_Worker(self._make, self._settings) for _ in range(self._count))
            for turn in count():
                self._hand_out(workers, coming, given, turn)
                if turn not in given:
                    return
                while turn not in ready:
                    self._collect(workers, ready)
                    self._hand_out(workers, coming, given, turn)
                article = given.pop(turn)
                self._results[article.id] = ready.pop(turn)
                yield article
        finally:
            for worker in workers:
                worker.end()

    def _hand_out(
        self,
        workers: Sequence[_Worker],
        coming: Iterator[tuple[int, Article]],
        given: dict[int, Article],
        turn: int,
    ) -> None:
        """Give each process that waits an article, unless it is read too long before its turn."""
        for worker in workers:
            if worker.reads is None and len(given) < _AHEAD * len(workers):
                number, article = next(coming, (turn, None))
                if article is None:
                    return
                given[number] = article
                worker.take(number, article)

    def _collect(self, workers: list[_Worker], ready: dict[int, _Result]) -> None:
        """Wait until a process has something to tell, and take it; put another for one that ended."""
        heard = wait([worker.pipe for worker in workers if worker.reads is not None])
        for place, worker in enumerate(workers):
            if worker.pipe not in heard or worker.reads is None:
                continue
            number = worker.reads
            try:
                ready[number] = worker.result()
            except (EOFError, OSError):
                code = worker.end()
                ready[number] = _Result((), f"the process that read it ended with {code}")
                workers[place] = _Worker(self._make, self._settings)


def _serve(pipe: Connection, make: Make, settings: Settings) -> None:
    """Read what comes through a pipe until it closes. An interrupt is the parent's to deal with."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    extractor: Extractor | None = None
    while True:
        try:
            article: Article = pipe.recv()
        except EOFError:
            return
        try:
            extractor = extractor or make(settings)
            result = _Result(tuple(extractor.read(article)), "")
        except Exception as error:  # noqa: BLE001 (told with its article; the process goes on)
            result = _Result((), told(error))
        pipe.send(result)
