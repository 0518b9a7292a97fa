"""The events that a thing took part in, or was planned or alleged to, each with the words it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from api.presentation.answers import Words, words_of
from api.presentation.privacy import held_back
from api.querying.rows import Texts, texts, texts_about
from kb.namespaces import LG
from kb.store import Store
from kb.store.binding import sparql_term

MOST: Final = 100
"""How many claims a page shows; the questions give all."""

_WORDS: Final = """
  ?claim lg:inArticle ?article ; lg:quote ?quote ; lg:start ?start .
  ?article lg:outletName ?outlet .
  OPTIONAL { ?article lg:published ?published }
  OPTIONAL { ?claim lg:claimSpeakerName ?speaker }
  OPTIONAL { ?claim lg:claimViaName ?via }
  OPTIONAL { ?claim lg:timeBasis ?basis }
"""
_PART: Final = """
  VALUES ?thing { %s }
  ?event ?role ?thing ; lg:kind ?kind ; lg:supportedBy ?claim .
  FILTER(?role NOT IN (lg:supportedBy, lg:disputedBy))
  OPTIONAL { ?event lg:time ?when }
  OPTIONAL { ?event lg:earliest ?earliest }
"""
"""Stands in every branch: what a group only joins with afterwards is worked out for all events there are."""
_ARTICLE: Final = """
  ?claim lg:inArticle ?article ; lg:start ?start .
  OPTIONAL { ?article lg:published ?published }
"""
_EVENTS: Final = f"""
SELECT DISTINCT ?event ?standing ?kind ?when ?claim WHERE {{
  {{
    {_PART} {_ARTICLE}
    BIND("fact" AS ?standing)
  }} UNION {{
    GRAPH g:prospective {{ {_PART} OPTIONAL {{ ?event lg:lifecycle ?stage }} }} {_ARTICLE}
    BIND(COALESCE(LCASE(STRAFTER(STR(?stage), STR(lg:))), "planned") AS ?standing)
  }} UNION {{
    GRAPH g:alleged {{ {_PART} }} {_ARTICLE}
    BIND("alleged" AS ?standing)
  }} UNION {{
    GRAPH g:contested {{ {_PART} }} {_ARTICLE}
    BIND("contested" AS ?standing)
  }}
}} ORDER BY DESC(?earliest) DESC(?published) ?article ?start ?event ?claim LIMIT {MOST + 1}
"""
_QUOTED: Final = f"""
SELECT ?claim ?article ?quote ?outlet ?published ?speaker ?via ?basis WHERE {{
  VALUES ?claim {{ %s }} {_WORDS}
}}
"""
_SUPPORT: Final = f"""
SELECT DISTINCT ?event ?standing ?kind ?when ?claim ?article ?quote ?outlet ?published ?speaker ?via ?basis
WHERE {{
  BIND(?thing AS ?event)
  {{ ?thing ?bears ?claim }} UNION {{
    VALUES ?graph {{ g:prospective g:alleged g:contested }} GRAPH ?graph {{ ?thing ?bears ?claim }}
  }}
  FILTER(?bears IN (lg:supportedBy, lg:disputedBy))
  BIND(IF(?bears = lg:disputedBy, "denies", "fact") AS ?standing)
  ?claim lg:claimType ?kind .
  OPTIONAL {{ ?claim lg:claimTime ?when }}
  {_WORDS}
}} ORDER BY ?published ?article ?start LIMIT {MOST + 1}
"""


@dataclass(frozen=True, slots=True)
class Happening:
    """An event, how it stands, and the words that it rests on."""

    event: str
    standing: str
    """"fact", "planned", "requested", "alleged", "contested"; for a claim on it "fact" or "denies"."""
    kind: str
    when: str
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Happenings:
    """Events with the words of at most MOST claims."""

    told: tuple[Happening, ...]
    more: bool
    """Whether there are more claims than that."""
    all_held: bool
    """Whether there are claims, and none of them may be shown before review."""


def happenings(store: Store, thing: NamedNode) -> Happenings:
    """Return the newest claims on events in which a thing has a part."""
    node = sparql_term(thing)
    rows = texts(store, _EVENTS.replace("%s", node))
    quoted = {row["claim"]: row for row in texts_about(store, _QUOTED, [row["claim"] for row in rows])}
    return _shown(store, [{**row, **quoted[row["claim"]]} for row in rows if row["claim"] in quoted])


def support(store: Store, event: NamedNode) -> Happenings:
    """Return the claims that an event rests on, and those that deny it; nothing for what is no event."""
    return _shown(store, texts(store, _SUPPORT, thing=event))


def _shown(store: Store, found: Sequence[Texts]) -> Happenings:
    rows = found[:MOST]
    held = held_back(store, [row["claim"] for row in rows])
    grouped: dict[tuple[str, str], list[Texts]] = {}
    for row in rows:
        if row["claim"] not in held:
            grouped.setdefault((row["event"], row["standing"]), []).append(row)
    return Happenings(tuple(map(_happening, grouped.values())), len(found) > MOST, bool(rows) and not grouped)


def _happening(rows: Sequence[Texts]) -> Happening:
    first = rows[0]
    return Happening(
        event=first["event"],
        standing=first["standing"],
        kind=first["kind"].removeprefix(LG),
        when=first.get("when", ""),
        words=tuple(words_of(row) for row in rows),
    )
