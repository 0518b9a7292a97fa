"""The role paths of agreements, transfers, deployments, exercises and sanctions that only walk the tree."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from spacy.tokens import Token

from kb.reading.data import cues, materiel
from kb.reading.role_reach import rest_of_clause
from kb.reading.syntax import objects, preposition, subjects
from kb.reading.tree import ancestors, is_passive


def _governor(token: Token) -> Token | None:
    return next((above for above in ancestors(token) if above.pos_ == "VERB"), None)


def _asker(token: Token) -> list[Token]:
    """Return who asks for what a trigger tells: "X asked Y to supply jets", "X demanded the withdrawal"."""
    for above in [t for t in ancestors(token) if t.pos_ == "VERB"][:2]:
        if above.lemma_ in cues("verbs")["requested"]:
            return subjects(above)
        if above.dep_ not in ("xcomp", "ccomp"):
            break
    return []


def _holder(token: Token) -> list[Token]:
    """Return who has what a participle speaks of: "X has troops stationed in Y"."""
    thing = token.head
    has = token.dep_ in ("acl", "ccomp", "relcl") and thing.dep_ == "dobj"
    return subjects(thing.head) if has and thing.head.lemma_ in ("have", "keep", "maintain", "lead") else []


def _user(token: Token) -> list[Token]:
    """Return who has or uses what a participle says was supplied: "X paraded tanks supplied by Y"."""
    verb = next((t for t in ancestors(token.head) if t.pos_ == "VERB"), None)
    participle = token.dep_ == "acl" and token.tag_ == "VBN" and token.head.dep_ in ("dobj", "pobj", "conj")
    return subjects(verb) if participle and verb is not None else []


def _there_is(token: Token) -> list[Token]:
    """Return what "there is": "there are still troops in X"."""
    expletive = any(child.dep_ == "expl" for child in token.children)
    return [child for child in token.children if child.dep_ == "attr"] if expletive else []


_INVOLVING: Final = frozenset({"involve", "include", "feature", "bring"})


def _involved(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ == "dobj"]


_HALTING: Final = frozenset(
    {"halt", "stop", "end", "cancel", "suspend", "resume", "postpone", "scrap", "freeze", "restart"}
)


def _halting(token: Token) -> list[Token]:
    """Return who goes on with an event or breaks it off: "urged X and Y to halt their drills"."""
    verb = _governor(token)
    return subjects(verb) if verb is not None and verb.lemma_ in _HALTING else []


_CONDEMNING: Final = frozenset({"condemn", "denounce", "reject", "protest", "criticise", "criticize", "slam",
    "deplore", "blast", "decry", "oppose", "lament"})  # fmt: skip


def _condemner(token: Token) -> list[Token]:
    """Return who condemns a measure that is not said to be against others: "X condemned Y's sanctions"."""
    verb = _governor(token)
    return subjects(verb) if verb is not None and verb.lemma_ in _CONDEMNING else []


def _next_noun(token: Token) -> list[Token]:
    """Return the noun right after a verb for which the parser found no object: "donated 11 cars worth …"."""
    if objects(token) or is_passive(token):
        return []
    for word in rest_of_clause(token):
        if word.pos_ == "ADP":
            return []
        if word.pos_ == "NOUN" and word.dep_ != "compound" and word.head.i >= token.i:
            return [word]
    return []


def _staff_after(token: Token) -> list[Token]:
    return [word for word in rest_of_clause(token) if word.lemma_.lower() in materiel()["staff"]][:1]


def _exercising(token: Token) -> list[Token]:
    """Return who takes part: "X joined Y in drills", "an exercise in which X and Y take part"."""
    found: list[Token] = []
    verb = next((t for t in ancestors(token) if t.pos_ == "VERB"), None)
    if verb is not None and verb.lemma_ == "join":
        found += [*subjects(verb), *objects(verb)]
    for child in token.children:
        takes = child.dep_ in ("relcl", "acl") and child.lemma_ in (
            "take",
            "participate",
            "join",
            *_INVOLVING,
        )
        if takes:
            found += _involved(child) if child.lemma_ in _INVOLVING else subjects(child)
    return found


_IMPOSING: Final = frozenset(
    {"impose", "levy", "introduce", "adopt", "announce", "place", "slap", "put", "enact"}
)


def _imposer(token: Token) -> list[Token]:
    """Return who imposed what the noun names: "the sanctions that X imposed", "sanctions imposed by X"."""
    return [t for verb in _imposed(token) for t in subjects(verb)]


def _imposed_on(token: Token) -> list[Token]:
    return [t for verb in _imposed(token) for t in preposition(verb, frozenset({"on", "against", "upon"}))]


def _imposed(token: Token) -> list[Token]:
    return [c for c in token.children if c.dep_ in ("relcl", "acl") and c.lemma_ in _IMPOSING]


def _under_sanctions(token: Token) -> list[Token]:
    """Return whom sanctions meet: "X is under sanctions", "X was hit by sanctions", "sanctions hit X"."""
    head, verb = token.head, _governor(token) or token.head
    if head.lower_ == "under":
        above = next((t for t in ancestors(token) if t.pos_ in ("VERB", "AUX")), None)
        return [c for c in above.children if c.dep_ in ("nsubj", "nsubjpass")] if above is not None else []
    if head.lower_ == "by" and head.dep_ == "agent":
        return objects(verb)
    hits = token.dep_ == "nsubj" and head.lemma_ in ("hit", "target", "hurt", "affect", "punish", "bar")
    return objects(head) if hits else []


def _cargo(token: Token) -> list[Token]:
    """Return what a vehicle carries: "a plane carrying aid landed", "a ship loaded with grain docked"."""
    laden = [c for s in subjects(token) for c in s.children if c.dep_ in ("acl", "relcl", "prep")]
    laden += [c for c in token.children if c.dep_ == "advcl"]
    carried_ = [t for verb in laden if verb.lemma_ in ("carry", "bring", "transport") for t in objects(verb)]
    return carried_ + [t for part in (*laden, token) for t in preposition(part, frozenset({"with", "of"}))]


def _carried_dative(token: Token) -> list[Token]:
    """Return to whom a light verb gives a noun: "awarded X a contract"."""
    verb = _governor(token)
    return [*_given(verb), *preposition(verb, frozenset({"to", "with", "from"}))] if verb is not None else []


def _given(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ == "dative" and child.pos_ != "ADP"]


DEALINGS: Final[dict[str, Callable[[Token], list[Token]]]] = {
    "asker": _asker,
    "holder": _holder,
    "user": _user,
    "halting": _halting,
    "condemner": _condemner,
    "next-noun": _next_noun,
    "staff-after": _staff_after,
    "there-is": _there_is,
    "exercising": _exercising,
    "imposer": _imposer,
    "imposed-on": _imposed_on,
    "under-sanctions": _under_sanctions,
    "cargo": _cargo,
    "carried-dative": _carried_dative,
}
