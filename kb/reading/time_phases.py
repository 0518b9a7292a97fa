"""The begin and the end of what lasts for days: "the exercise began on Monday and runs until 9 May"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from spacy.tokens import Token

from kb.edtf_bounds import bounds, span
from kb.reading.dates import resolve
from kb.reading.time_records import Tense, TimeMention
from kb.reading.tree import ancestors

_BEGIN: Final = frozenset({"begin", "start", "open", "kick", "commence", "launch"})
_END: Final = frozenset({"end", "conclude", "finish", "close", "wrap"})
_LAST: Final = frozenset({"run", "last", "continue", "go", "take", "be", "hold"})
_UNTIL: Final = frozenset({"until", "till", "through", "to"})


def phases(noun: Token, times: Iterable[tuple[TimeMention, Token]]) -> str | None:
    """Return the days from begin to end of what a noun names, None where the sentence does not tell both.

    ``times``: the phrases of the sentence with their roots.
    """
    verbs = {verb.i: verb for verb in _verbs(noun)}
    start = end = None
    for mention, root in times:
        verb = next((above for above in ancestors(root) if above.pos_ in ("VERB", "AUX")), None)
        if verb is None or verb.i not in verbs:
            continue
        read = resolve(mention, mention.context.published, _tense(verb))
        known = bounds(read.edtf) if read.edtf is not None else None
        if known is None or known.earliest is None or known.latest is None:
            continue
        if verb.lemma_ in _END or (verb.lemma_ in _BEGIN | _LAST and mention.relation in _UNTIL):
            end = known.latest
        elif verb.lemma_ in _BEGIN or mention.relation == "from":
            start = known.earliest
    return span(start, end) if start is not None and end is not None and start < end else None


def _verbs(noun: Token) -> Iterator[Token]:
    """Yield the verbs that say when it begins, lasts and ends: its own, and those joined to them."""
    heads = [noun.head] if noun.dep_ in ("nsubj", "nsubjpass", "dobj") else []
    heads += [child for child in noun.children if child.dep_ in ("relcl", "acl")]
    heads += [word for word in noun.sent if word.dep_ == "relcl" and word.lemma_ in _BEGIN | _END]
    for head in heads:
        yield head
        yield from (child for child in head.children if child.dep_ in ("conj", "xcomp", "advcl"))


def _tense(verb: Token) -> Tense:
    helpers = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    ahead = bool(helpers & {"will", "to", "would", "shall"}) or verb.tag_ in ("VBZ", "VBP")
    return "future" if ahead else "past"
