"""The signs by which a party is weighed as taking part in an event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from kb.reading.chances.event_signs import Look
from kb.reading.chances.telling import Telling
from kb.reading.chances.tree_paths import APART, behind, heights, role_of, way
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
