"""Voices that a text gives no name: "witnesses said", "reports say". They are kept in their own words."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from kb.reading.coreference import Referents
from kb.reading.data import cues
from kb.reading.extents import of_noun
from kb.reading.model import Party


def unnamed(referents: Referents, verb: Token, heads: Iterable[Token]) -> list[Party]:
    """Return the first plural noun among the subjects of a verb of hearsay, as a list of one or none.

    A noun in the singular stands for somebody whom the text has named: that is no new voice.
    """
    if verb.lemma_ not in cues("speech")["hearsay"]:
        return []
    for head in heads:
        if head.tag_ == "NNS" and head.pos_ == "NOUN" and referents.page.mention_at(head) is None:
            start, end = of_noun(head)
            name = referents.page.stored(start, end).removeprefix("the ").removeprefix("The ")
            return [Party(name, "group", start, end, None, (), "unnamed-voice")]
    return []
