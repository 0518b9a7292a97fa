"""The signs by which it is weighed whether an event is reported, planned, speculated or requested."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from kb.edtf_bounds import bounds
from kb.reading.chances.slot_scene import Scene, anchor_of, names_of
from kb.reading.context.context import step
from kb.reading.merge import Told
from kb.reading.syntax import carrier
from kb.records import Modality

UNSURE: Final = (Modality.PLANNED, Modality.SPECULATED, Modality.REQUESTED)
"""What is weighed against being reported."""
_MODAL: Final = frozenset({"will", "would", "to", "may", "could", "might", "should", "shall", "must"})
_AHEAD: Final = frozenset({"will", "'ll", "shall", "may", "might"})
_CUES: Final = frozenset({
    "will", "plan", "plans", "planned", "scheduled", "expected", "would", "could", "may", "might", "upcoming",
    "invited", "invitation", "if", "should", "agreed", "intends", "ready", "to", "next", "tomorrow", "soon",
    "later", "future", "possible", "proposed", "urged", "called", "asked", "hopes", "forthcoming", "due",
    "set",
})  # fmt: skip
_ASIDE: Final = frozenset({"amod", "advmod", "mark", "neg", "det"})
_HEIGHT: Final = 4


def stance_signs(scene: Scene, one: Told) -> list[str]:
    """Return the signs of how an event is told, each once."""
    token = scene.page.doc[anchor_of(one)]
    rule = str(one.stance.modality)
    signs = [*_of_word(scene, one, token, rule), *_above(token), *_of_time(scene, one, token, rule)]
    signs += [f"in sentence {cue}" for cue in sorted(_CUES & {word.lower_ for word in token.sent})]
    names = names_of(one)
    signs += [
        f"same elsewhere {other.stance.modality}"
        for other in scene.told
        if other is not one and other.draft.type == one.draft.type and names_of(other) == names
    ]
    if scene.context is not None:
        odds = scene.context.mood(scene.page.doc[one.draft.trigger].idx)
        signs += [f"context {modality} {step(share)}" for modality, share in odds.items()]
    return list(dict.fromkeys(signs))


def says_ahead(token: Token) -> bool:
    """Tell whether an event's own verb, or what carries its noun, says that it has not happened yet."""
    verb = token if token.pos_ in ("VERB", "AUX") else carrier(token)
    return verb is not None and not _AHEAD.isdisjoint(_helpers(verb))


def _of_word(scene: Scene, one: Told, token: Token, rule: str) -> Iterator[str]:
    draft, word = one.draft, scene.page.doc[one.draft.trigger].lemma_.lower()
    yield f"rule {rule}"
    yield f"type {draft.type}"
    yield f"{draft.type}: rule {rule}"
    yield f"tag {token.tag_}"
    yield f"tag {token.tag_} rule {rule}"
    yield f"dep {token.dep_}"
    yield f"headline {draft.start < scene.page.headline_end} {token.tag_}"
    yield f"by {draft.rule}"
    yield f"word {word}"
    yield f"word {word} {rule}"
    helpers = _helpers(token)
    yield from (f"auxiliary {helper}" for helper in helpers)
    yield f"auxiliaries {'+'.join(helpers)} {token.tag_}"
    for child in token.children:
        if child.dep_ in _ASIDE:
            yield f"child {child.lower_}"
        elif child.dep_ == "prep":
            yield f"preposition {child.lower_}"
    if token.dep_ == "pobj":
        yield f"under {token.head.lower_}"
        yield f"under {token.head.lower_} {token.head.head.lemma_.lower()}"


def _above(token: Token) -> Iterator[str]:
    """Yield what governs a word, up to the first verb."""
    current = token
    for height in range(_HEIGHT):
        if current.head == current:
            return
        current = current.head
        lemma = current.lemma_.lower()
        yield f"above {lemma}"
        if height == 0:
            yield f"head {lemma}"
            yield f"head {lemma} {token.dep_}"
            yield f"head tag {current.tag_} {token.dep_}"
        elif height == 1:
            yield f"head's head {lemma}"
        if current.pos_ in ("VERB", "AUX"):
            helpers = _helpers(current)
            yield f"verb's auxiliaries {'+'.join(helpers)} {current.tag_}"
            yield from (f"verb's auxiliary {helper}" for helper in helpers if helper in _MODAL)
            return


def _of_time(scene: Scene, one: Told, token: Token, rule: str) -> Iterator[str]:
    when = _lies(scene, one.when.edtf)
    yield f"when {when}"
    yield f"when {when} rule {rule}"
    yield f"when {when} tag {token.tag_}"
    yield f"basis {one.when.basis}"
    yield f"basis {one.when.basis} {rule}"
    here = scene.timing.in_sentence(token)
    yield f"ahead {any(_lies(scene, time.edtf) == 'ahead' for time in here)} {rule}"
    yield from (f"phrase {time.phrase.lower()}" for time in here if time.kind in ("vague", "relative"))


def _lies(scene: Scene, edtf: str | None) -> str:
    """Tell where a date lies as seen from the publication."""
    published = scene.page.article.published
    if edtf is None:
        return "none"
    if published is None:
        return "unpublished"
    known = bounds(edtf)
    if known.earliest is not None and known.earliest >= published:
        return "ahead" if known.earliest > published else "today"
    return "behind" if known.latest is not None and known.latest < published else "around"


def _helpers(verb: Token) -> list[str]:
    return [child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")]
