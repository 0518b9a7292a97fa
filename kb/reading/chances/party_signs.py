"""The signs by which a party is weighed as taking part in an event."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import getitem, itemgetter
from typing import Final

from kb.reading.chances.event_signs import Look
from kb.reading.chances.telling import Telling
from kb.reading.chances.tree_paths import APART, behind, heights, role_of, way
from kb.reading.chances.weights import Weights
from kb.reading.chances.words import SYMMETRIC, part_of_speech
from kb.reading.context.context import step
from kb.reading.model import Party

_PAIRS: Final = (
    ("kind", "side", "behind"), ("kind", "link", "word class", "side"), ("side", "order of kind", "kind"),
    ("links", "word class", "behind"), ("links", "above", "word class"), ("subject", "object", "passive"),
    ("side", "behind", "above"), ("role", "side", "kind"), ("word", "behind", "side"),
    ("word", "link", "above"), ("kind", "here", "order"), ("kind", "persons", "states"), ("word", "kind"),
    ("link", "kind", "same sentence"), ("agent", "frames", "kind"), ("agent", "agents"),
    ("agent", "counterpart", "frames", "word class"), ("opening", "kind", "same sentence"),
    ("rank", "kind", "same sentence", "home"), ("opening", "rank", "kind"),
    ("context", "agent", "kind"), ("context other", "counterpart", "kind"),
)  # fmt: skip
"""Signs that count together."""
_TITLED: Final = tuple(("+".join(names), *names) for names in _PAIRS)
_UNREAD: Final = {"context": "-", "context other": "-"}
_STEP, _FAR_OFF = 3, 12
_GETTERS: Final[Sequence[Callable[[Mapping[str, str]], tuple[str, ...]]]] = tuple(
    itemgetter(*names) for names in _PAIRS
)
_OWN: Final = (
    "kind", "above", "distance", "link", "links", "behind", "side", "words", "order", "order of kind",
    "order here", "role", "found", "form", "named", "acts elsewhere", "home", "same sentence", "subject",
    "object", "agent", "counterpart", "known", "name's words", "opening", "rank", "leader here",
    "context", "context other",
)  # fmt: skip
"""Signs of the party itself, as ``looks`` tells them."""
_own_values: Final[Callable[[Mapping[str, str]], tuple[str, ...]]] = itemgetter(*_OWN)
_KEPT: Final = 1_000
"""Sums of one sign that are kept at most."""


def party_signs(plain: Mapping[str, str], type_: str) -> list[str]:
    """Return the signs of a party as taking part in an event of a type."""
    group = _group(type_)
    signs = []
    for name in _OWN:
        sign = f"{name} {plain[name]}"
        signs += [sign, f"{type_}: {sign}"]
    for title, *names in _TITLED:
        sign = f"{title} {'|'.join([plain[name] for name in names])}"
        signs += [sign, f"{group}: {sign}"]
    return signs


class _Sums(dict[str | tuple[str, ...], float]):
    """The weights of one sign's values, each with that for one type or kind of types; kept once asked for."""

    def __init__(self, table: Mapping[str, float], scope: str, title: str) -> None:
        super().__init__()
        self._table, self._scope, self._title = table, scope, title

    def __missing__(self, value: str | tuple[str, ...]) -> float:
        """Return and keep the weight of a value that was not asked for yet."""
        sign = f"{self._title} {value if isinstance(value, str) else '|'.join(value)}"
        weight = self._table.get
        found = weight(sign, 0.0) + weight(f"{self._scope}: {sign}", 0.0)
        if len(self) >= _KEPT:
            self.clear()
        self[value] = found
        return found


class PartyOdds:
    """What the signs of a party come to: the sums of those that go together are kept."""

    def __init__(self, table: Mapping[str, float]) -> None:
        """Take the weights by sign."""
        self._table = table
        self._base = table.get("", 0.0)
        self._sums: dict[str, list[_Sums]] = {}
        self._together = {
            group: [_Sums(table, group, title) for title, *_ in _TITLED] for group in ("joint", "single")
        }

    def chance(self, values: Sequence[str | tuple[str, ...]], type_: str) -> float:
        """Return the chance that ``party_signs`` come to, from 0 to 1; ``values``: as ``values_of`` tells."""
        sums = self._sums.get(type_) or self._of_type(type_)
        total = sum(map(getitem, sums, values), self._base)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    def _of_type(self, type_: str) -> list[_Sums]:
        alone = [_Sums(self._table, type_, name) for name in _OWN]
        self._sums[type_] = alone + self._together[_group(type_)]
        return self._sums[type_]


def _group(type_: str) -> str:
    return "joint" if type_ in SYMMETRIC else "single"


def values_of(plain: Mapping[str, str]) -> list[str | tuple[str, ...]]:
    """Return the values of a party's signs: of each by itself, then of those that count together."""
    return [*_own_values(plain), *[values(plain) for values in _GETTERS]]


@lru_cache(maxsize=4)
def party_odds(fitted: Weights) -> tuple[PartyOdds, PartyOdds]:
    """Return what weighs agents, and what weighs the other side."""
    return PartyOdds(fitted.agents), PartyOdds(fitted.counterparts)


def looks(telling: Telling, seen: Look, type_: str) -> Iterator[dict[str, str]]:
    """Yield what there is to see of each party near a trigger, in their order."""
    token = seen.token
    one = telling.by_trigger.get((token.i, type_))
    draft = one.draft if one is not None else telling.drafted.get((token.i, type_))
    agents = {party.name for party in draft.parties("agents")} if draft is not None else set()
    others = {party.name for party in draft.parties("counterparts")} if draft is not None else set()
    framed = {"frames": str(bool(agents)), "agents": str(min(len(agents), 3))}
    read = _read(telling, seen, type_)
    for candidate, plain, said in zip(seen.near, _alike(telling, seen), read, strict=True):
        name = candidate.party.name
        yield plain | framed | said | {"agent": str(name in agents), "counterpart": str(name in others)}


def _read(telling: Telling, seen: Look, type_: str) -> list[dict[str, str]]:
    """Return what the network says of each party near a trigger, nothing of those for whom no word stands."""
    words = [one.word.idx for one in seen.near if one.word is not None]
    if telling.context is None or not words:
        return [_UNREAD] * len(seen.near)
    odds = iter(telling.context.roles(seen.token.idx, words, type_))
    return [_UNREAD if one.word is None else _told(next(odds)) for one in seen.near]


def _told(odds: Sequence[float]) -> dict[str, str]:
    return {"context": str(step(odds[0])), "context other": str(step(odds[1]))}


def _alike(telling: Telling, seen: Look) -> list[dict[str, str]]:
    """Return what there is to see of each party near a trigger whatever the type: worked out once."""
    held, found = telling.parties_seen.get(seen.token.i, (None, []))
    if held is not seen:
        found = list(_whatever_the_type(telling, seen))
        telling.parties_seen[seen.token.i] = seen, found
    return found


def _whatever_the_type(telling: Telling, seen: Look) -> Iterator[dict[str, str]]:
    token, page = seen.token, telling.referents.page
    above = heights(token)
    subject, object_ = {p.name for p in seen.subject}, {p.name for p in seen.object}
    leaders = {party.states for party in seen.here if party.kind == "person"}
    kinds: dict[str, int] = {}
    shared = {
        "word": seen.word, "word class": part_of_speech(token), "passive": str(seen.passive),
        "here": str(min(len(seen.here), 8)), "persons": seen.plain["persons"],
        "states": seen.plain["states"],
    }  # fmt: skip
    for order, candidate in enumerate(seen.near):
        party, word = candidate.party, candidate.word
        same = word is not None and telling.sentence[word.i] == telling.sentence[token.i]
        road = way(above, word) if same or word is None else APART
        mention = page.mention_at(word) if word is not None else None
        side = "none" if word is None else "left" if word.i < token.i else "right"
        far = _FAR_OFF + 1 if word is None else min(abs(word.i - token.i) // _STEP, _FAR_OFF)
        yield shared | {
            "kind": party.kind, "above": road.above, "distance": str(road.distance), "link": road.link,
            "links": road.links, "behind": behind(word), "side": side, "words": str(far),
            "order": str(min(order, 7)), "order of kind": str(min(kinds.get(party.kind, 0), 4)),
            "order here": str(order if same else 9), "role": role_of(word), "found": party.rule.split("/")[0],
            "form": mention.form if mention is not None else "-",
            "named": str(min(telling.named.get(party.name, (party, 0))[1], 6)),
            "acts elsewhere": str(min(telling.acting[party.name], 5)), "home": _home(telling, party),
            "same sentence": str(same), "subject": str(party.name in subject),
            "object": str(party.name in object_), "known": str(party.iri is not None),
            "name's words": str(min(len(party.name.split()), 5)),
            "opening": telling.opening.get(party.name, "later"),
            "rank": str(min(telling.ranks.get(party.name, 5), 5)),
            "leader here": str(party.kind == "state" and party.states in leaders),
        }  # fmt: skip
        kinds[party.kind] = kinds.get(party.kind, 0) + 1


def _home(telling: Telling, party: Party) -> str:
    home = telling.referents.page.home
    return "nobody's" if home is None else str(home in party.states)
