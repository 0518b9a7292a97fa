"""The compiler of the lexicon: names from reference data, and the forms that follow from them by rule."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pyoxigraph import Store

from kb import plain_cache, reference
from kb.errors import BadReference
from kb.namespaces import LG
from kb.reading import lexicon_cache, variants
from kb.reading.folding import name_key
from kb.reading.lexicon import Lexicon
from kb.reading.lexicon_records import Compiled, Naming
from kb.reading.lexicon_source import Named, Reference

_CODE: Final = (
    "folding.py",
    "forms.py",
    "lexicon_build.py",
    "lexicon_cache.py",
    "lexicon_records.py",
    "lexicon_source.py",
    "titles.py",
    "titles.yaml",
    "variants.py",
)
"""Whose content decides what is compiled, beside the data."""


def compile_lexicon(cache: Path | None) -> Lexicon:
    """Return the lexicon of the bundled reference data, from ``cache`` (a folder) where it is up to date.

    Raises BadReference when the reference data cannot be read or names nothing.
    """
    version = _version()
    path = cache / plain_cache.file_name("lexicon", version) if cache else None
    found = lexicon_cache.read(path) if path else None
    if found is None:
        found = compile_store(reference.load(), version)
        if path:
            lexicon_cache.write(path, found)
    return Lexicon(found)


def compile_store(store: Store, version: str) -> Compiled:
    """Compile the lexicon of a store that holds ontology and reference data in its default graph.

    Raises BadReference when the store names nothing.
    """
    source = Reference(store)
    named = list(source.entities())
    if not named:
        raise BadReference("nothing to name", place="reference data", repair="Restore kb/data/reference")
    place = {one.entry.iri: number for number, one in enumerate(named)}
    namings: dict[str, dict[Naming, None]] = {}
    for iri, form, kind in _all_forms(source, named):
        if key := name_key(form):
            namings.setdefault(key, {})[Naming(form, kind, place[iri])] = None
    return Compiled(
        version,
        tuple(one.entry for one in named),
        {form: tuple(found) for form, found in sorted(namings.items())},
        tuple(source.tenures()),
        {
            one.entry.iri: tuple(
                role.removeprefix(LG) for role in source.linked(one.entry.iri, "lg:officeRole")
            )
            for one in named
            if one.entry.kind == "office"
        },
        source.nouns(),
    )


def _all_forms(source: Reference, named: list[Named]) -> Iterator[tuple[str, str, str]]:
    """Yield IRI, form and kind of form for every form of every entity."""
    by_iri = {one.entry.iri: one for one in named}
    for one in named:
        iri = one.entry.iri
        for form, kind in _forms(one):
            yield iri, form, kind
        if one.entry.kind == "office":
            for form in _titles(one, [by_iri[of] for of in _governed(source, iri) if of in by_iri]):
                yield iri, form, "title"
        for seat in source.linked(iri, "lg:capital"):
            yield from _metonyms(by_iri.get(seat), iri)
        for government in source.linked(iri, "lg:seatOf"):
            states = [state for state in source.linked(government, "lg:governmentOf") if state in by_iri]
            for acting in states or [government] * (government in by_iri):
                yield from _metonyms(one, acting)


def _governed(source: Reference, office: str) -> list[str]:
    """Return what an office is an office of: the region or city where one is given, else the state."""
    return source.linked(office, "lg:ofRegion") or source.linked(office, "lg:ofState")


def _metonyms(seat: Named | None, state: str) -> Iterator[tuple[str, str, str]]:
    for name in _spellings(seat) if seat else ():
        yield state, name, "metonym"


def _forms(one: Named) -> Iterator[tuple[str, str]]:
    """Yield the forms of an entity by itself, each with its kind."""
    kind = "title" if one.entry.kind == "office" else "name"
    for form in _spellings(one):
        is_designation = one.entry.kind == "hardware" and any(sign.isdigit() for sign in form)
        yield form, "designation" if is_designation else kind
    for text in one.designations:
        yield from ((form, "designation") for form in variants.designation_spellings(text))
    for demonym in one.demonyms:
        yield from ((form, "demonym") for form in variants.demonym_forms(demonym))
    for short in one.shorts or _generated_shorts(one):
        yield from ((form, "short") for form in variants.umlauts(short))


def _generated_shorts(one: Named) -> list[str]:
    surname = variants.surname_of(one.entry.name, one.entry.state) if one.entry.kind == "person" else None
    return [surname] if surname else []


def _spellings(one: Named) -> Iterator[str]:
    """Yield the full names of an entity in every spelling."""
    names = dict.fromkeys([*one.names, *(variants.without_article(name) for name in one.names)])
    for name in names:
        match one.entry.kind:
            case "person":
                for form in variants.person_names(name, one.entry.state, next(iter(one.shorts), None)):
                    yield from variants.umlauts(form)
            case "office":
                yield from variants.office_titles(name)
            case "region":
                for form in variants.region_names(name):
                    yield from variants.running_text(form)
            case "facility" | "government":
                yield from variants.running_text(name)
            case "organisation":
                yield from variants.running_text(name)
                yield from variants.acronym_spellings(name)
            case "hardware":
                for form in variants.hardware_names(name):
                    yield from variants.designation_spellings(form)
            case _:
                yield from variants.acronym_spellings(name)


def _titles(office: Named, governed: list[Named]) -> Iterator[str]:
    """Yield an office's title by every name and demonym of what it governs."""
    for what in governed:
        names = list(dict.fromkeys(_spellings(what)))
        keys = {name_key(name) for name in names}
        for role in dict.fromkeys(_roles(office, keys)):
            yield from variants.titles_for(role, names, what.demonyms)
            if what.entry.kind != "state":
                yield from (f"{name} {role}" for name in names)


def _roles(office: Named, keys: set[str]) -> Iterator[str]:
    """Yield the role words of an office's names that end with what it governs: "president", "governor"."""
    for label in office.names:
        for title in variants.office_titles(label):
            yield from (role for role, of in variants.roles_in(title) if name_key(of) in keys)


def _version() -> str:
    digest = hashlib.sha256(reference.version().encode())
    for name in _CODE:
        digest.update(Path(__file__).with_name(name).read_bytes())
    return digest.hexdigest()[:16]
