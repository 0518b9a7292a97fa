"""Positions that are only quoted: a sentence in quotation marks, without a verb, about another state."""

from __future__ import annotations

from spacy.tokens import Span

from kb.reading.coreference import Referents
from kb.reading.data import cues
from kb.reading.model import NOWHERE, Draft, Party
from kb.reading.outlets import is_outlet
from kb.reading.pairs import pair_of_states
from kb.reading.sayings import Sayings
from kb.records import ClaimType

_LONGEST = 390


def quoted_positions(referents: Referents, sayings: Sayings, drafts: list[Draft]) -> list[Draft]:
    """Return a statement for each quoted sentence about another state that no draft tells already."""
    told = [draft for draft in drafts if draft.type == ClaimType.STATEMENT]
    found = []
    for sentence, said in sayings.quoted():
        start, end = _words(sentence)
        if any(draft.start < end and start < draft.end for draft in told):
            continue
        speaker = next((party for party in said.voices if not is_outlet(party)), None)
        topic = _topic(referents, sentence, speaker) if speaker is not None and speaker.states else None
        if speaker is None or topic is None:
            continue
        roles = {"agents": (speaker,), "counterparts": (topic,)}
        at, verb = sentence.root.i, said.verb
        found.append(
            Draft("Statement", "statement/quoted", at, roles, NOWHERE, start, end, spoken=True, anchor=verb)
        )
    return found


def _topic(referents: Referents, sentence: Span, speaker: Party) -> Party | None:
    """Return the first other state that a sentence names, by itself or by one of its people."""
    for mention in referents.page.mentions_in(sentence.start, sentence.end):
        head = referents.page.doc[mention.first : mention.last + 1].root
        for party in referents.single(head):
            if party.kind == "state" and not set(party.states) & set(speaker.states):
                return party
    return _other_side(referents, sentence, speaker)


def _other_side(referents: Referents, sentence: Span, speaker: Party) -> Party | None:
    """Return the other of a text's two states where a sentence is about what is between them."""
    both = pair_of_states(referents, sentence.root)
    others = [state for state in both if state not in speaker.states]
    between = {token.lemma_.lower() for token in sentence} & cues("between")["all"]
    if len(both) != 2 or len(others) != 1 or not between:
        return None
    return referents.state_party(others[0], sentence.start_char, sentence.end_char, "interlocutor")


def _words(sentence: Span) -> tuple[int, int]:
    kept = [token for token in sentence if not token.is_space and token.text != '"']
    start, end = kept[0].idx, kept[-1].idx + len(kept[-1])
    end -= kept[-1].text in (".", ",")
    return start, min(end, start + _LONGEST)
