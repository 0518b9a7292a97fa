"""What every store can do, and the records that pass through it.

Terms are pyoxigraph's. A graph is *asked* when its triples stand in the default graph: ontology, reference,
description, facts, inferred, and each article's own. The others (planned, alleged, contested, …) must be
named to be read.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kb.namespaces import PREFIXES
from kb.store.spool import Spool

if TYPE_CHECKING:
    from kb.store.shape import Shape

Term = NamedNode | BlankNode | Literal | Triple

ARTICLES: Final = PREFIXES["art"]
"""Every graph whose name begins so is an article's, and asked."""
ASKED: Final = frozenset(
    NamedNode(PREFIXES["g"] + name) for name in ("ontology", "reference", "description", "facts", "inferred")
)
UNASKED: Final = frozenset(
    NamedNode(PREFIXES["g"] + name)
    for name in ("prospective", "alleged", "contested", "review", "meta", "texts")
)
MAIN: Final = NamedNode(PREFIXES["g"] + "main")
"""Where a remote service keeps what is asked; in a data set, the default graph by its name."""
DEFAULT_NAMES: Final = frozenset({MAIN.value, "urn:x-rdflib:default", "urn:x-arq:DefaultGraph"})
"""What a data set may call the default graph: our name, and those that clients send of their own accord."""
BOOKS: Final = NamedNode(PREFIXES["g"] + "store")
"""Where a store keeps the sum over its content, from which its version is made."""
VISIBLE: Final = tuple(sorted(ASKED | UNASKED, key=str))
"""The graphs that ``GRAPH ?g`` in a query ranges over; an article's is read with ``Store.graph``."""


def is_asked(graph: NamedNode) -> bool:
    """Say whether a graph's triples stand in the default graph."""
    return graph in ASKED or graph.value.startswith(ARTICLES)


class QueryKind(StrEnum):
    """The four kinds of query."""

    SELECT = "SELECT"
    ASK = "ASK"
    CONSTRUCT = "CONSTRUCT"
    DESCRIBE = "DESCRIBE"


@dataclass(frozen=True, slots=True)
class GraphChange:
    """A graph's whole new content; an empty one removes the graph."""

    graph: NamedNode
    triples: frozenset[Triple]


@dataclass(frozen=True, slots=True)
class GraphDelta:
    """What a graph loses and what it gains; a triple in both is gained."""

    graph: NamedNode
    add: frozenset[Triple] = frozenset()
    remove: frozenset[Triple] = frozenset()


Change = GraphChange | GraphDelta


@dataclass(frozen=True, slots=True)
class Committed:
    """How many triples the owning graphs gained and lost, and the version after it."""

    added: int
    removed: int
    version: str


@dataclass(frozen=True, slots=True)
class Limits:
    """How far one query may go."""

    seconds: float
    """Of wall clock; then its reader is stopped."""
    rows: int
    """Rows of a SELECT, triples of a CONSTRUCT or DESCRIBE; then the answer is cut and marked."""
    bytes: int
    """Of the serialised answer; then it is cut after the last whole row and marked."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """Which graphs a query sees, by IRI (SPARQL 1.1 Protocol, section 2.1.4); one that we lack is empty."""

    default: tuple[str, ...]
    """Merged into the default graph."""
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """A SELECT's answer: one tuple a row, None where a variable is unbound."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    truncated: bool
    """Whether rows were left out because a limit was met."""
    version: str
    """The state of the store that answered."""

    def __iter__(self) -> Iterator[tuple[Term | None, ...]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class Answer:
    """Any query's answer, serialised."""

    content: bytes
    """All of it, unless it is spooled."""
    media_type: str
    truncated: bool
    version: str
    spool: Spool | None = None
    """Where a large answer is."""

    def whole(self) -> bytes:
        """Return all of it; a spooled one can be had once."""
        return self.content if self.spool is None else self.spool.read()


class Writer(ABC):
    """The one that may change a store; got from ``Store.writing``."""

    @abstractmethod
    def commit(self, changes: Sequence[Change], *, note: str = "") -> Committed:
        """Make all the changes in one transaction, then show them to readers; ``note`` goes to the log.

        Changes to one graph apply in order. Raises StoreError (disk full, service away); the store is then
        as it was before. Raises ValueError for a graph that the store keeps for itself or a blank node.
        """


class Store(ABC):
    """A place that keeps graphs and answers queries. Its methods may be called from several threads."""

    @property
    @abstractmethod
    def limits(self) -> Limits:
        """The limits of a query for which none are given."""

    @abstractmethod
    def writing(self) -> AbstractContextManager[Writer]:
        """Hold the right to write for a batch of commits.

        Raises StoreBusy when another process holds it; StoreError when the place cannot be written.
        """

    def commit(self, changes: Sequence[Change], *, note: str = "") -> Committed:
        """Make one commit, part of the batch when inside ``writing``. See Writer.commit."""
        with self.writing() as writer:
            return writer.commit(changes, note=note)

    @abstractmethod
    def graph(self, name: NamedNode) -> set[Triple]:
        """Return the whole content of one owning graph, an article's too; empty where there is none."""

    @abstractmethod
    def default_graph(self) -> set[Triple]:
        """Return the whole content of the default graph."""

    @abstractmethod
    def graph_names(self) -> set[NamedNode]:
        """Return the names of all owning graphs that hold something."""

    @abstractmethod
    def screen(self, query: str) -> Shape:
        """Refuse a query that may not run, and return where its parts stand.

        Raises BadQuery for what is too long, too deep or cannot be split into tokens; ForbiddenQuery.
        """

    @abstractmethod
    def select(
        self, query: str, *, bindings: Mapping[str, Term] | None = None, limits: Limits | None = None
    ) -> Rows:
        """Run a SELECT query, with variables bound to terms (see kb.store.binding.bind).

        The prefixes of kb.namespaces may be used undeclared, here and in the methods below.

        Raises BadQuery, ForbiddenQuery, BadParameter; QueryTimeout; StoreError.
        """

    @abstractmethod
    def construct(
        self, query: str, *, bindings: Mapping[str, Term] | None = None, limits: Limits | None = None
    ) -> frozenset[Triple]:
        """Run a CONSTRUCT or DESCRIBE query. Raises as ``select``, and StoreError when a limit cut it."""

    @abstractmethod
    def ask(
        self, query: str, *, bindings: Mapping[str, Term] | None = None, limits: Limits | None = None
    ) -> bool:
        """Run an ASK query. Raises as ``select`` does."""

    @abstractmethod
    def query_bytes(
        self,
        query: str,
        accept: str = "*/*",
        limits: Limits | None = None,
        *,
        dataset: Dataset | None = None,
        stranger: bool = False,
        base: str = "",
    ) -> Answer:
        """Run any query; return its answer serialised in the best form that an Accept header names.

        ``dataset`` is the one that the protocol chose: it stands before the query's own FROM clauses.
        ``base`` is what relative IRIs are resolved against; without one they are an error.
        A ``stranger``'s query waits its turn among others of the kind, and holds up nothing else.
        Raises as ``select`` does, and TooLarge where several default graphs are too much to merge.
        """

    @abstractmethod
    def version(self) -> str:
        """Return 16 hex digits that are the same whenever the content is the same."""

    def side_by_side(self) -> int:
        """Return how many queries would be worked on at the same time if they came now; at least 1."""
        return 1

    def keep_in_memory(self) -> None:  # noqa: B027
        """Answer from memory from soon on, where the store can; a process that serves calls it once."""

    @abstractmethod
    def close(self) -> None:
        """Let go of processes and connections; the store may not be used afterwards."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
