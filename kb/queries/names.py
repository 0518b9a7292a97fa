"""Let a user write a name where a question takes a state or a thing: find the one that bears it.

A name is looked up in the store's own index of literals, as written and in the usual ways of writing it; a
search that lowers the letters of every label would read them all, a second or two for a million.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from pyoxigraph import Literal, NamedNode

from kb.errors import BadParameter, UnknownThing
from kb.namespaces import BASE, PREFIXES, expand, shorten
from kb.queries.parameters import Parameter, ParameterType, is_text
from kb.queries.question import Question
from kb.queries.values import Term, plain
from kb.store import Store
from kb.store.binding import sparql_term

_STAND: Final = """
SELECT ?thing WHERE {
  VALUES ?thing { %s }
  FILTER(EXISTS { ?thing a ?class } || EXISTS { GRAPH ?graph { ?thing a ?other } })
}
"""
_BEARERS: Final = f"""
SELECT DISTINCT ?thing WHERE {{
  VALUES ?name {{ %s }}
  {{ ?thing <{PREFIXES["rdfs"]}label> ?name }} UNION {{ ?thing <{PREFIXES["skos"]}altLabel> ?name }}
  FILTER(STRSTARTS(STR(?thing), ?namespace))
}} ORDER BY ?thing LIMIT 9
"""
_KINDS: Final = {ParameterType.STATE: "state"}
LANGUAGES: Final = ("", "en", "ko", "ru")
"""The languages in which the base keeps names, "" for one of no language."""
_SMALL: Final = frozenset(
    ["a", "an", "and", "at", "by", "de", "for", "in", "of", "on", "the", "to", "und", "y"]
)
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def bind_known(store: Store, question: Question, given: Mapping[str, str]) -> dict[str, NamedNode | Literal]:
    """Return a question's parameters as terms; each thing that they name stands in the store.

    Where a text is no identifier of a thing there, it is looked up as a name. Raises BadParameter for a
    malformed text and when more than one thing bears the name; UnknownThing when nothing does.
    """
    texts = {
        parameter: text
        for parameter in question.parameters
        if parameter.type in (ParameterType.STATE, ParameterType.IRI)
        if is_text(text := given.get(parameter.name, "").strip())
    }
    read = {parameter: _read(parameter, text) for parameter, text in texts.items()}
    standing = _standing(store, filter(None, read.values()))
    named = dict(given)
    for parameter, text in texts.items():
        if read[parameter] not in standing:
            named[parameter.name] = _bearer(store, parameter, text)
    return question.bind(named)


def spellings(name: str) -> tuple[str, ...]:
    """Return the ways in which a name may be written: as it is, and with other letters large or small."""
    small = name.lower()
    titled = _WORD.sub(lambda word: word[0][:1].upper() + word[0][1:], small)
    mild = _WORD.sub(lambda word: word[0] if word[0] in _SMALL and word.start() else _large(word[0]), small)
    spaced = " ".join(map(_large, small.split(" ")))
    return tuple(dict.fromkeys((name, small, name.upper(), _large(small), titled, mild, spaced)))


def _large(word: str) -> str:
    return word[:1].upper() + word[1:]


def _read(parameter: Parameter, text: str) -> NamedNode | None:
    try:
        term = parameter.read(text)
    except BadParameter:
        return None
    return term if isinstance(term, NamedNode) else None


def _standing(store: Store, terms: Iterable[NamedNode]) -> frozenset[Term | None]:
    wanted = " ".join(sparql_term(term) for term in dict.fromkeys(terms))
    return frozenset(row[0] for row in store.select(_STAND % wanted).rows) if wanted else frozenset()


def _bearer(store: Store, parameter: Parameter, text: str) -> str:
    kind = _KINDS.get(parameter.type, parameter.kind)
    names = " ".join(
        sparql_term(Literal(name, language=language) if language else Literal(name))
        for name in spellings(text)
        for language in LANGUAGES
    )
    wanted = {"namespace": Literal(expand(f"{kind}:") if kind else BASE)}
    found = [plain(row[0]) for row in store.select(_BEARERS % names, bindings=wanted).rows]
    if len(found) == 1:
        return found[0]
    if not found:
        raise UnknownThing(
            f"nothing here is {text[:80]!r}; it takes {parameter.hint()}",
            place=parameter.name,
            repair=f"Write it like {parameter.example}",
        )
    raise BadParameter(
        f"{text[:80]!r} is the name of several",
        place=parameter.name,
        repair=f"Give one of {', '.join(shorten(iri) or iri for iri in found)}",
    )
