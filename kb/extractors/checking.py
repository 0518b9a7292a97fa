"""Whether what an extractor returned are claims that the store can hold."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Final

from kb.claim_id import identified
from kb.edtf_bounds import is_valid
from kb.records import SLOTS_OF_MANY, SLOTS_OF_ONE, Article, Claim, ClaimType, Modality, Polarity, Ref, Tier

_CODE: Final = re.compile(r"[A-Z]{3}")
_IRI: Final = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+")
_KINDS: Final = {"type": ClaimType, "modality": Modality, "polarity": Polarity, "tier": Tier}
_TEXTS: Final = tuple(field.name for field in fields(Claim) if field.type == "str")


def checked(found: object, article: Article, name: str) -> tuple[list[Claim], list[str]]:
    """Return the claims that hold, each with the extractor's name, and what is wrong with the others.

    Identifiers are made anew, and article and doc are the article's: an extractor cannot choose them.
    Raises TypeError where what was returned is no list at all.
    """
    if not isinstance(found, list | tuple):
        raise TypeError(f"read() returned {type(found).__name__}, not a list of claims")
    claims, wrong = [], []
    for each in found:
        fault = next(_faults(each, article), None)
        if fault is None:
            own = replace(each, article=article.id, doc=article.doc, extractors=(name,), other_readings=())
            claims.append(identified(own))
        else:
            wrong.append(fault)
    return claims, wrong


def _faults(each: object, article: Article) -> Iterator[str]:
    if not isinstance(each, Claim):
        yield f"a claim is a {type(each).__name__}"
        return
    yield from _wrong_kinds(each)
    if article.text[each.start : each.end] != each.quote:
        yield "a quote does not stand at its span"
    if each.edtf is not None and not is_valid(each.edtf):
        yield f"a date is not EDTF: {each.edtf!r}"
    codes = (*each.agent_states, *each.counterpart_states, *([each.country] if each.country else ()))
    if not all(_CODE.fullmatch(code) for code in codes):
        yield "a state is no ISO 3166-1 alpha-3 code"
    if not 0 <= each.confidence <= 1 or math.isnan(each.confidence):
        yield "a confidence is not from 0 to 1"


def _wrong_kinds(claim: Claim) -> Iterator[str]:
    """Yield what Python does not hold a plug-in to: the kinds of the fields."""
    for name, kind in _KINDS.items():
        if not isinstance(getattr(claim, name), kind):
            yield f"{name} is no {kind.__name__}"
    for name in _TEXTS:
        if not _is_text(getattr(claim, name)):
            yield f"{name} is no text"
    for name in SLOTS_OF_MANY:
        refs = getattr(claim, name)
        if not isinstance(refs, tuple) or not all(_is_ref(ref) for ref in refs):
            yield f"{name} is no tuple of named references"
    for name in SLOTS_OF_ONE:
        if not (getattr(claim, name) is None or _is_ref(getattr(claim, name))):
            yield f"{name} is no named reference"
    for name in ("agent_states", "counterpart_states"):
        if not isinstance(getattr(claim, name), tuple):
            yield f"{name} is no tuple"


def _is_ref(value: object) -> bool:
    if not isinstance(value, Ref) or not _is_text(value.name) or not value.name.strip():
        return False
    return value.iri is None or (isinstance(value.iri, str) and _IRI.fullmatch(value.iri) is not None)


def _is_text(value: object) -> bool:
    """Tell whether a value is a text that can be written as UTF-8: half a surrogate pair cannot."""
    return isinstance(value, str) and not any("\ud800" <= sign <= "\udfff" for sign in value)
