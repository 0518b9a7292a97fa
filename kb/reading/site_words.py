"""What the words around a noun tell of the place that it describes."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Token

from kb.reading.data import nominals
from kb.reading.model import Mention, Spot

_PLAIN_WORDS = frozenset(
    {"same", "big", "large", "local", "main", "new", "old", "major", "nearby", "famous", "key", "important"}
)


def said_of(token: Token) -> set[str]:
    """Return the words, by lemma, that tell one facility of its kind from another: "aircraft" plant."""
    said = {
        t.lemma_.lower() for c in token.children if c.dep_ in ("compound", "amod", "nmod") for t in c.subtree
    }
    return {word for word in said if word.isalpha()} - _PLAIN_WORDS


def names_another(token: Token, before: Spot | None) -> bool:
    """Tell whether "the Saab plant in Linköping" has a name in it that the place told of before has not."""
    known = set(before.facility.name.lower().split()) if before is not None and before.facility else set()
    words = [c for c in token.children if c.dep_ in ("compound", "nmod", "poss")]
    words += [w for c in token.children if c.lower_ in ("in", "at", "near") for w in c.children]
    return any(t.pos_ == "PROPN" and t.lower_ not in known for word in words for t in word.subtree)


def by_rail(token: Token) -> bool:
    """Tell whether a sentence is about a journey by rail."""
    return any(t.lemma_.lower() in ("train", "rail", "railway", "carriage") for t in token.sent)


def is_named_site(token: Token, mention: Mention | None) -> bool:
    """Tell whether a proper noun names neither a person nor a state: what is visited is then a place."""
    return token.pos_ == "PROPN" and (
        mention is None or ((mention.kind in ("organisation", "facility", "")) and mention.form != "demonym")
    )


def is_titled_site(token: Token, nouns: Collection[str]) -> bool:
    """Tell whether a proper name holds a word for a site: "Palacio de San Carlos", "the X Plant Falcon".

    ``nouns``: the common nouns of facilities.
    """
    words = [child for child in token.children if child.dep_ in ("compound", "nmod", "flat")]
    titles = [word for word in (token, *words) if word.text.istitle()]
    named = any(word.lower_ in nouns or word.lower_ in nominals()["sites"] for word in titles)
    foreign = any(word.lower_ in nominals()["foreign_sites"] for word in (token, *words))
    return token.pos_ == "PROPN" and bool(words) and (foreign or named)


def is_landmark(token: Token) -> bool:
    """Tell whether a proper name is that of a part of the map: "Nakhodka Bay"."""
    words = [child for child in token.children if child.dep_ == "compound" and child.pos_ == "PROPN"]
    return token.pos_ == "PROPN" and bool(words) and token.lower_ in nominals()["landmarks"]


def stands_as_place(token: Token, mention: Mention) -> bool:
    """Tell whether a name that no reference data hold stands where places stand: "conducted in Umroi"."""
    unknown = mention.form == "ner" and not mention.entries and mention.kind in ("organisation", "person", "")
    return unknown and token.dep_ == "pobj" and token.head.lower_ == "in" and not token.text.isupper()
