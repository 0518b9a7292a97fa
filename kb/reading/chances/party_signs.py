"""The signs by which a party is weighed as taking part in an event."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from operator import itemgetter
from typing import Final

from kb.reading.chances.event_signs import Look
from kb.reading.chances.telling import Telling
from kb.reading.chances.tree_paths import APART, behind, heights, role_of, way
from kb.reading.chances.weights import Weights
from kb.reading.chances.words import SYMMETRIC, part_of_speech
from kb.reading.model import Party

_PAIRS: Final = (
    ("kind", "side", "behind"), ("kind", "link", "word class", "side"), ("side", "order of kind", "kind"),
    ("links", "word class", "behind"), ("links", "above", "word class"), ("subject", "object", "passive"),
    ("side", "behind", "above"), ("role", "side", "kind"), ("word", "behind", "side"),
    ("word", "link", "above"), ("kind", "here", "order"), ("kind", "persons", "states"), ("word", "kind"),
    ("link", "kind", "same sentence"), ("agent", "frames", "kind"), ("agent", "agents"),
    ("agent", "counterpart", "frames", "word class"), ("opening", "kind", "same sentence"),
    ("rank", "kind", "same sentence", "home"), ("opening", "rank", "kind"),
)  # fmt: skip
"""Signs that count together."""
_TITLED: Final = tuple(("+".join(names), *names) for names in _PAIRS)
_SHARED: Final = frozenset({"word", "word class", "tag", "passive", "carrier", "frames", "agents", "here",
                            "persons", "states"})  # fmt: skip
"""Signs of the trigger: they say nothing by themselves of one party rather than another."""
_STEP, _FAR_OFF = 3, 12
_GETTERS: Final[tuple[tuple[str, Callable[[Mapping[str, str]], tuple[str, ...]]], ...]] = tuple(
    (title, itemgetter(*names)) for title, *names in _TITLED
)
_KEPT: Final = 100_000
"""Sums that are kept at most."""


def party_signs(plain: Mapping[str, str], type_: str) -> list[str]:
    """Return the signs of a party as taking part in an event of a type."""
    group = "joint" if type_ in SYMMETRIC else "single"
    signs = []
    for name, value in plain.items():
        if name not in _SHARED:
            sign = f"{name} {value}"
            signs += [sign, f"{type_}: {sign}"]
    for title, *names in _TITLED:
        sign = f"{title} {'|'.join([plain[name] for name in names])}"
        signs += [sign, f"{group}: {sign}"]
    return signs


class PartyOdds:
    """What the signs of a party come to: the sums of those that go together are kept."""

    def __init__(self, table: Mapping[str, float]) -> None:
        """Take the weights by sign."""
        self._table = table
        self._base = table.get("", 0.0)
        self._known: dict[tuple[str, str, object], float] = {}

    def chance(self, plain: Mapping[str, str], type_: str) -> float:
        """Return the chance that ``party_signs`` of the same come to, from 0 to 1."""
        group = "joint" if type_ in SYMMETRIC else "single"
        known = self._known.get
        total = self._base
        for name, value in plain.items():
            if name not in _SHARED:
                weight = known((type_, name, value))
                total += self._sum(type_, name, value) if weight is None else weight
        for title, values_of in _GETTERS:
            values = values_of(plain)
            weight = known((group, title, values))
            total += self._sum(group, title, values) if weight is None else weight
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    def _sum(self, scope: str, title: str, value: str | tuple[str, ...]) -> float:
        """Return the weight of a sign and of the same for one type or kind of types."""
        sign = f"{title} {value if isinstance(value, str) else '|'.join(value)}"
        found = self._table.get(sign, 0.0) + self._table.get(f"{scope}: {sign}", 0.0)
        if len(self._known) >= _KEPT:
            self._known.clear()
        self._known[scope, title, value] = found
        return found


@lru_cache(maxsize=4)
def party_odds(fitted: Weights) -> tuple[PartyOdds, PartyOdds]:
    """Return what weighs agents, and what weighs the other side."""
    return PartyOdds(fitted.agents), PartyOdds(fitted.counterparts)


def looks(telling: Telling, seen: Look, type_: str) -> Iterator[dict[str, str]]:
    """Yield what there is to see of each party near a trigger, in their order."""
    token, page = seen.token, telling.referents.page
    above = heights(token)
    one = telling.by_trigger.get((token.i, type_))
    draft = one.draft if one is not None else telling.drafted.get((token.i, type_))
    agents = {party.name for party in draft.parties("agents")} if draft is not None else set()
    others = {party.name for party in draft.parties("counterparts")} if draft is not None else set()
    subject, object_ = {p.name for p in seen.subject}, {p.name for p in seen.object}
    leaders = {party.states for party in seen.here if party.kind == "person"}
    kinds: dict[str, int] = {}
    shared = {
        "word": seen.word, "word class": part_of_speech(token), "tag": token.tag_,
        "passive": str(seen.passive),
        "carrier": seen.carrier, "frames": str(bool(agents)), "agents": str(min(len(agents), 3)),
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
            "object": str(party.name in object_), "agent": str(party.name in agents),
            "counterpart": str(party.name in others), "known": str(party.iri is not None),
            "name's words": str(min(len(party.name.split()), 5)),
            "opening": telling.opening.get(party.name, "later"),
            "rank": str(min(telling.ranks.get(party.name, 5), 5)),
            "leader here": str(party.kind == "state" and party.states in leaders),
        }  # fmt: skip
        kinds[party.kind] = kinds.get(party.kind, 0) + 1


def _home(telling: Telling, party: Party) -> str:
    home = telling.referents.page.home
    return "nobody's" if home is None else str(home in party.states)
