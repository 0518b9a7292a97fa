"""Under which name a voice speaks, and where what it tells is the text's own voice after all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kb.reading.coreference import Referents
from kb.reading.data import cues
from kb.reading.model import Party, Stance
from kb.records import Polarity


def own_words(stance: Stance, agents_: Sequence[Party]) -> Stance:
    """Return a stance without a speaker where states or groups tell of what they do and deny nothing.

    What a person or a body says of what it does itself stays in its words.
    """
    if stance.speaker is None or stance.polarity is Polarity.NEGATED:
        return stance
    names = {party.name for party in agents_}
    alone = names == {stance.speaker.name} and stance.speaker.kind not in ("person", "organisation")
    together = len(names) > 1 and stance.speaker.name in (_together(agents_), _together(agents_[::-1]))
    return replace(stance, speaker=None) if alone or together else stance


def one_voice(found: list[Party]) -> Party | None:
    """Return the speaker; of several who speak together one voice under their names.

    What persons of two sides tell together is in the words of neither: the text's own.
    """
    kinds = {party.kind for party in found}
    if len(found) < 2 or not kinds <= {"person", "state"}:
        return found[0] if found else None
    if kinds == {"person"} and len({frozenset(party.states) for party in found}) > 1:
        return None
    return Party(_together(found), "group", found[0].start, found[-1].end, None, (), "joined-voice")


def _together(parties: Sequence[Party]) -> str:
    names = [party.name for party in parties]
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def by_own_name(referents: Referents, party: Party) -> Party:
    """Return a seat of government that speaks under its own name: "the White House" is not its state."""
    if party.kind != "state":
        return party
    words = referents.page.stored(party.start, party.end).removeprefix("the ").removeprefix("The ")
    if words.lower() not in cues("speech")["seats"]:
        return party
    return replace(party, name=words, kind="organisation", iri=None)
