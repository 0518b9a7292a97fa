"""``legation entity find`` and ``show``: which entity a name means, and all that is known of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any, Final

import click
from pyoxigraph import NamedNode, Triple
from rapidfuzz import fuzz, process

from kb import reference
from kb.canonical import canonical_triples
from kb.cli.entity import entity
from kb.cli.grid import grid
from kb.cli.group import store_is_chosen, store_option
from kb.entities.about import About, Knowledge, Statement
from kb.entities.minting import MINTED
from kb.entities.name_index import NameIndex
from kb.entities.name_index_cache import open_names
from kb.entities.name_index_records import Match
from kb.errors import BadInput, NotFound
from kb.namespaces import KINDS, LG, PREFIXES, expand, shorten
from kb.settings import Settings
from kb.store import Limits, Store, open_store
from kb.terms import RDF_TYPE, iri, lg

_ONE: Final = "CONSTRUCT { ?thing ?property ?value } WHERE { ?thing ?property ?value }"
_ALL: Final = Limits(seconds=120.0, rows=20_000_000, bytes=4_000_000_000)
"""An index that lacks a part of the names would answer wrongly without a word."""
_NEAR: Final = 75.0
"""From this likeness on, of 100, an identifier is offered in place of an unknown one."""
_LONGEST: Final = 80
"""So many characters of a name that nothing bears are said again."""
_SHOWN: Final = 8
"""So many of the entities that point at one are named on a terminal; JSON has all."""


@entity.command("find")
@click.argument("text")
@click.option("--kind", "kinds", multiple=True, help="A prefix (person) or class (Airport); may be repeated.")
@click.option("--state", help="Only entities of a state, by alpha-3 code.")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@store_option
@click.pass_obj
def find_command(
    settings: Settings, text: str, kinds: tuple[str, ...], state: str | None, limit: int, form: str
) -> None:
    """Find the entities that TEXT may name, the likeliest first, with a score of 0 to 100 and the reason.

    The exact name goes first, then other orders of words, other scripts, initials, letters put in, left out,
    changed or swapped, and parts of a name. With --store, entities that stand unresolved there are found too.
    Exit code 3 when nothing is near.

    \b
    Examples:
      legation entity find "Jong Un Kim"
      legation entity find Путин --kind person
      legation entity find Georgia --format json
      legation entity find vostochny --kind Facility --state RUS
    """
    if not text.strip():
        raise BadInput("no name", place="TEXT", repair="Give a name, or a part of one")
    index = _index(settings)
    found = index.find(text, kinds=kinds, state=state.upper() if state else None, limit=limit)
    if form == "json":
        click.echo(json.dumps([_as_json(match) for match in found], ensure_ascii=False, indent=2))
    elif found:
        rows = [
            (f"{one.score:g}", one.id, one.entity.label, one.entity.state, one.explanation) for one in found
        ]
        click.echo(_table(rows))
    if not found:
        _refuse_unknown(kinds, state)
        called = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
        raise NotFound(
            f"nothing is called {called!r}", repair="Try fewer words, or leave --kind and --state out"
        )


def _refuse_unknown(kinds: Iterable[str], state: str | None) -> None:
    """Raise BadInput for a kind or a state of which nothing can be: a slip there hides what was asked for."""
    store = reference.load()
    classes = {
        quad.subject.value.removeprefix(LG)
        for quad in store.quads_for_pattern(None, RDF_TYPE, iri("owl:Class"))
        if isinstance(quad.subject, NamedNode)
    }
    for kind in kinds:
        if kind not in KINDS and kind not in classes:
            near = process.extractOne(kind, [*KINDS, *classes])
            meant = f"Did you mean {near[0]}? " if near and near[1] > _NEAR else ""
            repair = f"{meant}Give a prefix (person) or a class (Airport)"
            raise BadInput(f"there is no kind {kind!r}", place="--kind", repair=repair)
    codes = {quad.object.value for quad in store.quads_for_pattern(None, lg("iso3"), None)}  # type: ignore[union-attr]
    if state and state.upper() not in codes:
        repair = "Give an ISO 3166-1 alpha-3 code"
        raise BadInput(f"there is no state {state!r}", place="--state", repair=repair)


def _table(rows: Sequence[tuple[str, ...]]) -> str:
    """Return the rows aligned, the reason at full length below a table that would cut it."""
    heads = ("score", "id", "label", "state")
    lines = grid(heads, [row[:4] for row in rows]).splitlines()
    told = [line for line, row in zip(lines[2:], rows, strict=True) for line in (line, f"       {row[4]}")]
    return "\n".join([*lines[:2], *told])


def _as_json(match: Match) -> dict[str, Any]:
    one = match.entity
    return {
        "id": match.id,
        "iri": one.iri,
        "label": one.label,
        "kind": one.kind,
        "classes": list(one.classes),
        "state": one.state or None,
        "score": match.score,
        "how": [str(way) for way in match.how],
        "edits": match.edits,
        "form": {
            "text": match.form.text,
            "language": match.form.language or None,
            "kind": str(match.form.kind),
            "scheme": match.form.scheme or None,
            "made_from": match.form.source or None,
        },
        "read_as": match.read_as or None,
        "ambiguous": match.ambiguous,
        "decided_by": match.decided_by or None,
        "unresolved": one.minted,
        "retired": one.retired or None,
        "replaced_by": (shorten(one.successor) or one.successor) or None,
        "explanation": match.explanation,
    }


@entity.command("show")
@click.argument("identifier", metavar="ID")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "turtle"]), default="text", show_default=True
)
@store_option
@click.pass_obj
def show_command(settings: Settings, identifier: str, form: str) -> None:
    """Show all that is curated about the entity ID: names, statements, offices, members, sources, files.

    A retired entity is shown as such, with what replaces it. With --store, an entity that stands unresolved
    there is shown too. Exit code 3 for an unknown ID; the nearest ones are then named.

    \b
    Examples:
      legation entity show person:kim-jong-un
      legation entity show org:united-nations --format json
      legation entity show hw:su-35 --format turtle
    """
    iri = _iri(identifier)
    known = Knowledge(_from_store(settings, iri) if store_is_chosen() else ()).about(iri)
    if known is None:
        raise _unknown(settings, identifier)
    if form == "turtle":
        click.echo(canonical_triples(known.triples), nl=False)
    elif form == "json":
        told = asdict(known)
        told.pop("triples")
        told |= {"retired": known.retired or None, "replaced_by": known.successor or None}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_text(known)))


def _text(known: About) -> list[str]:
    lines = [f"{known.label or known.id}  {known.id}", known.iri]
    if known.retired:
        instead = f"; use {known.successor}" if known.successor else "; nothing replaces it"
        lines.append(f"RETIRED on {known.retired}{instead}")
    lines += ["", *_statement_lines(known.statements)]
    for record in known.records:
        lines += ["", record.id, *_statement_lines(record.statements)]
    if known.named_by:
        lines += ["", "named by"]
    for name, others in known.named_by.items():
        more = f" and {len(others) - _SHOWN} more" if len(others) > _SHOWN else ""
        lines.append(f"  {name}: {', '.join(others[:_SHOWN])}{more}")
    return [*lines, "", f"said in {', '.join(known.files)}"]


def _statement_lines(statements: Iterable[Statement]) -> list[str]:
    return [
        f"  {one.called}: {one.label} ({one.value})"
        if one.label
        else f"  {one.called}: {one.value}{f' ({one.language})' if one.language else ''}"
        for one in statements
    ]


def _iri(identifier: str) -> str:
    """Return the IRI of an identifier. Raises BadInput for what is neither CURIE nor IRI."""
    if "://" in identifier:
        return identifier.strip("<>")
    prefix, colon, rest = identifier.partition(":")
    if not colon or not rest or prefix not in PREFIXES:
        raise BadInput(
            f"{identifier!r} is no identifier",
            place="ID",
            repair="Write it as person:kim-jong-un; `legation entity find` tells it",
        )
    return expand(identifier)


def _unknown(settings: Settings, identifier: str) -> NotFound:
    """Return the error for an unknown identifier: the nearest ones of its kind, and those of that name."""
    index = _index(settings)
    short = shorten(_iri(identifier)) or identifier
    prefix, _, rest = short.partition(":")
    ids = [shorten(iri) or iri for iri in index.identifiers(prefix)]
    near = [found[0] for found in process.extract(short, ids, scorer=fuzz.ratio, limit=3, score_cutoff=_NEAR)]
    called = index.find(rest.replace("-", " "), limit=3)
    named = [match.id for match in called if match.score >= _NEAR]
    nearest = list(dict.fromkeys([*near, *named]))[:5]
    repair = f"Nearest: {', '.join(nearest)}" if nearest else "`legation entity find` looks a name up"
    return NotFound(f"nothing is known of {identifier}", repair=repair)


def _index(settings: Settings) -> NameIndex:
    """Return the index of curated names, with those unresolved in a store that the user named."""
    if not store_is_chosen():
        return open_names(settings.cache_folder)
    with open_store(settings.store, settings) as store:
        return open_names(
            settings.cache_folder, minted=lambda: _minted(store), minted_version=store.version()
        )


def _minted(store: Store) -> frozenset[Triple]:
    return store.construct(MINTED, limits=_ALL)


def _from_store(settings: Settings, iri: str) -> frozenset[Triple]:
    with open_store(settings.store, settings) as store:
        return store.construct(_ONE, bindings={"thing": NamedNode(iri)})
