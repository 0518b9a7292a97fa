"""Opaque entities for names that no curated entity bears.

The identifier is a hash of kind, folded name and state, so two articles speak of one entity only where all
three agree; whether it is one is for a reviewer to say.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from kb.entities.names import KnownNames, name_key
from kb.reading.titles import spellings
from kb.terms import RDF_TYPE, RDFS_LABEL, Triple, iri, lg, state, text, truth

MINTED: Final = "CONSTRUCT { ?thing ?property ?value } WHERE { ?thing lg:unresolved true ; ?property ?value }"
"""Asks a store for all that it holds of entities that were minted and stand unresolved."""
_BODY: Final = re.compile(
    r"\b(ministr\w+|council|committee|agency|bank|group|compan\w+|corporation|corp|inc|ltd|llc|ag|gmbh"
    r"|air\w*|forces?|army|navy|fleet|party|union|university|institute|funds?|service|office|department"
    r"|commission|organi[sz]ation|associations?|federation|authority|court|parliament|assembly|senate|house"
    r"|embassy|energy|electric|industries|systems|aerospace|technologies|motors|holding|capital|partners|news"
    r"|times|post|press|tv|radio|officials?|leaders|governments?|forum|summit|front|movement|brigade|guards?"
    r"|command|delegation|foundation|cent(er|re)|club|foreign|national|international|states|nations|power|gas"
    r"|oil|marine|shipyard|railways|economies|countries)\b",
    re.IGNORECASE,
)
"""Words that stand in the names of bodies and not of persons."""

_DESIGNATION: Final = re.compile(r"[A-Z][\w/]*[- ]?\d[\w-]*")
"""A letter, then a number: "AK-103", "Be-200ChS"; not "$3 billion" or "14 helicopters"."""

_PARTICLES: Final = frozenset(
    {"al", "bin", "ibn", "von", "van", "der", "den", "de", "da", "di", "el", "of", "la"}
)


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that no curated entity bears, with what its claim says of it."""

    prefix: str
    """Of the IRI: "person", "org", "fac", "place", "hw" or "office"."""
    lg_class: str
    name: str
    state: str | None = None
    """The alpha-3 code of the state that it acts for, or in which it stands."""
    place: str | None = None
    """The IRI of where it stands; only facilities and places have one."""

    @property
    def described(self) -> bool:
        """A facility or place that the text describes ("railway station in …") and does not name."""
        return self.prefix in ("fac", "place") and not self.name[:1].isupper() and not self.name[:1].isdigit()

    @property
    def iri(self) -> str:
        """Return the opaque IRI: the prefix, "x-" and 12 hex digits."""
        where = self.place if self.described and self.place else self.state
        digest = hashlib.sha256("\0".join((self.prefix, name_key(self.name), where or "")).encode())
        return iri(f"{self.prefix}:x-{digest.hexdigest()[:12]}").value


def is_person(name: str) -> bool:
    """Tell whether a name looks like a person's: two to five capitalised words, none of them a body's."""
    words = name.split()
    if not 2 <= len(words) <= 5 or _BODY.search(name) or any(sign.isdigit() for sign in name):
        return False
    return all(word[:1].isupper() or word.lower().split("-")[0] in _PARTICLES for word in words)


def is_designation(name: str) -> bool:
    """Tell whether a name is a hardware model's designation."""
    return _DESIGNATION.fullmatch(name) is not None


def mint(unknown: Unknown, article: str, known: KnownNames) -> Iterator[Triple]:
    """Yield what an article's graph says of an entity that it names and the base does not know."""
    node = iri(unknown.iri)
    yield Triple(node, RDF_TYPE, lg(unknown.lg_class))
    yield Triple(node, lg("unresolved"), truth(True))
    yield Triple(node, iri("dct:source"), iri(f"art:{article}"))
    if unknown.described:
        yield Triple(node, lg("unnamed"), truth(True))
        yield Triple(node, lg("description"), text(unknown.name, "en"))
    else:
        yield Triple(node, RDFS_LABEL, text(unknown.name, "en"))
    if unknown.prefix in ("fac", "place"):
        yield from _location(node, unknown)
    if unknown.prefix == "office":
        yield from _office(node, unknown, known)


def _location(node: NamedNode, unknown: Unknown) -> Iterator[Triple]:
    if unknown.place is not None:
        yield Triple(node, lg("locatedIn"), iri(unknown.place))
    elif unknown.state is not None:
        yield Triple(node, lg("locatedIn"), iri(f"terr:{unknown.state}"))


def _office(node: NamedNode, unknown: Unknown, known: KnownNames) -> Iterator[Triple]:
    """Say whose office it is and its role, as far as "Prime Minister of Norway" tells."""
    head, _, tail = unknown.name.rpartition(" of ")
    code = known.state(tail.removeprefix("the ")) if head else None
    spelling = spellings().get(name_key(head)) if code else None
    plain = spelling is not None and len(spelling.title.roles) == 1
    yield Triple(node, lg("officeRole"), lg(spelling.title.roles[0] if plain and spelling else "OtherOffice"))
    if code or unknown.state:
        yield Triple(node, lg("ofState"), state(code or unknown.state or ""))
