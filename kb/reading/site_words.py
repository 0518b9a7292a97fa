"""What the words around a noun tell of the place that it describes."""

from __future__ import annotations

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


def is_titled_site(token: Token) -> bool:
    """Tell whether a proper name holds a word for a site: "Palacio de San Carlos", "the X Plant Kupol"."""
    words = [child for child in token.children if child.dep_ in ("compound", "nmod", "flat")]
    titles = [word for word in words if word.text.istitle() and word.lower_ in nominals()["sites"]]
    foreign = any(word.lower_ in nominals()["foreign_sites"] for word in [token, *words])
    return token.pos_ == "PROPN" and bool(words) and (foreign or bool(titles))
