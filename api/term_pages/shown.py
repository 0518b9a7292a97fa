"""What the vocabulary's pages show in each language, apart from any request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from api.http.addresses import short
from api.presentation.foreign import foreign_name
from api.term_pages.words import LANGUAGES, WORDS
from api.vocabulary.terms import KINDS, Term, modules, terms
from kb.namespaces import LG
from kb.queries import questions

PARTNERS: Final = {
    "cco": "Common Core Ontologies",
    "org": "W3C ORG",
    "plover": "PLOVER",
    "prov": "PROV-O",
    "schema-org": "schema.org",
    "sem": "SEM",
    "web-annotation": "Web Annotation",
    "wikidata": "Wikidata",
}
_CONSONANTS: Final = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"


def listing(language: str, asked: str = "") -> Mapping[str, object]:
    """Return what the index shows of the terms that have all words asked for, in a language."""
    found = [term for term in terms().values() if _fits(term, asked)]
    titles = {name: title[language] for name, title in modules().items()}
    return {"found": found, "kinds": KINDS, "modules": titles, "letters": _letters(found, language)}


def description(term: Term, language: str) -> dict[str, object]:
    """Return what a term's page shows of it in a language, without what depends on the store."""
    return {
        "term": term,
        "module": modules()[term.module][language],
        "partners": PARTNERS,
        "asked": {name: questions()[name].question for name in term.questions},
    }


def spoken(language: str) -> Mapping[str, object]:
    """Return what every page of the vocabulary needs to speak a language."""
    return {"language": language, "languages": LANGUAGES, "say": WORDS[language], "call": _caller(language)}


def _caller(language: str) -> Callable[[str], str]:
    """Return what names an IRI in a language."""

    def call(iri: str) -> str:
        known = terms().get(iri.removeprefix(LG)) if iri.startswith(LG) else None
        return known.labels[language] if known else foreign_name(iri) or short(iri)

    return call


def _fits(term: Term, asked: str) -> bool:
    words = asked.casefold().split()
    told = " ".join((term.name, *term.labels.values(), term.definition, *term.nouns)).casefold()
    return all(word in told for word in words)


def _letters(found: Sequence[Term], language: str) -> Mapping[str, list[tuple[Term, bool]]]:
    """Return the terms under the first letter of their names, both in the language's order.

    Each comes with whether another has the same name: a class and a property may.
    """
    shared = Counter(term.labels[language] for term in found)
    grouped: dict[str, list[tuple[Term, bool]]] = {}
    for each in sorted(found, key=lambda term: (_order(term.labels[language]), term.name)):
        label = each.labels[language]
        grouped.setdefault(_initial(label), []).append((each, shared[label] > 1))
    return grouped


def _order(label: str) -> str:
    # Ё stands after Я in Unicode and beside Е in the alphabet.
    return label.casefold().replace("ё", "е")


def _initial(label: str) -> str:
    first = _order(label)[0].upper()
    syllable = ord(first) - 0xAC00
    return _CONSONANTS[syllable // 588] if 0 <= syllable < 11172 else first
