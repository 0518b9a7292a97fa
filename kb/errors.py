"""One family of errors. Each names the thing, the place and the next step."""

from __future__ import annotations

from typing import Final

INTERRUPTED: Final = 130
"""The exit code of a command that its user stopped."""


class LegationError(Exception):
    """The root of every error that Legation raises on purpose.

    ``problem`` says what is wrong, ``place`` where (a file, a line, a parameter), ``repair`` what to do.
    ``exit_code`` is what the command line returns for it; HTTP statuses stand in api/problems/errors.py.
    """

    exit_code = 1

    def __init__(self, problem: str, *, place: str = "", repair: str = "") -> None:
        self.problem = problem
        self.place = place
        self.repair = repair
        super().__init__(str(self))

    def __str__(self) -> str:
        head = f"{self.place}: {self.problem}" if self.place else self.problem
        return f"{head}. {self.repair}" if self.repair else head


class BadInput(LegationError):
    """What a user handed in cannot be used."""

    exit_code = 2


class BadArticle(BadInput):
    """A text that cannot be taken in: empty, binary, too large, wrongly encoded, badly dated."""


class BadReference(BadInput):
    """Curated data or an ontology file that cannot be loaded or breaks a rule."""


class BadQuestion(BadInput):
    """A question's file whose header or query breaks a rule."""


class UnknownQuestion(BadInput):
    """No question has that name."""


class BadParameter(BadInput):
    """A question's parameter is missing, unknown or malformed."""


class UnknownThing(BadParameter):
    """A question's parameter names a thing that the store does not know."""


class UnknownPage(BadInput):
    """A cursor at which no page of the question begins."""


class BadQuery(BadInput):
    """A SPARQL query that does not parse."""


class BadContent(BadInput):
    """RDF that does not parse, or is not what may be stored there."""


class Unanswerable(BadInput):
    """A SPARQL query that parses, and asks for what there is not: a function of somebody's own."""


class ForbiddenQuery(BadInput):
    """A SPARQL query that would leave the store or change it: SERVICE, an update."""


class NotFound(LegationError):
    """No thing, article or claim with that identifier."""

    exit_code = 3


class StateConflict(LegationError):
    """A change that the state of the data does not allow: a graph to be made is there already."""


class ConditionFailed(LegationError):
    """A change was to be made only on a condition, and the condition does not hold."""


class Gone(LegationError):
    """A thing that was merged with another or taken out of use; its identifier leads to no document."""

    exit_code = 3

    def __init__(
        self, problem: str, *, place: str = "", repair: str = "", successor: str | None = None
    ) -> None:
        self.successor = successor
        super().__init__(problem, place=place, repair=repair)


class StoreError(LegationError):
    """The store cannot be opened, read or written; what it held before still stands."""

    exit_code = 4


class TooLarge(BadInput):
    """What was sent or asked for passes a limit of size; the limit is named."""


class OutOfMemory(StoreError):
    """A query needed more memory than it may have and was stopped."""


class Cancelled(StoreError):
    """Nobody waits for the answer any more."""


class StoreBusy(StoreError):
    """Another writer holds the lock."""


class QueryTimeout(StoreError):
    """A query ran past its time limit and was stopped."""

    exit_code = 5


class ServiceFailed(LegationError):
    """Another SPARQL service, which a query calls, failed or went past a limit."""

    exit_code = 4


class CheckFailed(LegationError):
    """A check found something; the report stands on standard output."""

    exit_code = 6


class MissingPart(LegationError):
    """An optional part (Java, a model, a browser) is not installed."""

    exit_code = 7


class ExtractorError(LegationError):
    """An extractor could not read an article; other extractors and other articles go on."""
