"""Which media type a client takes best of those that there are (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from flask import abort, request
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

NAMES_OF_TRIPLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "application/turtle": "text/turtle",
        "application/x-turtle": "text/turtle",
        "text/n3": "text/turtle",
        "text/rdf+n3": "text/turtle",
        "text/plain": "application/n-triples",
        "application/xml": "application/rdf+xml",
    }
)
"""What clients call the forms of triples that they read, and what they get: whatever is Turtle is N3 too."""
NAMES_OF_DOCUMENTS: Final[Mapping[str, str]] = MappingProxyType(
    {**NAMES_OF_TRIPLES, "application/json": "application/ld+json"}
)
"""The same where no table can be meant."""
_NO_ALIAS: Final[Mapping[str, str]] = MappingProxyType({})
_ANYTHING: Final = ((0, "*/*", 1.0),)


@dataclass(frozen=True, slots=True, order=True)
class _Wish:
    """How well an offer is liked: by quality, then by how exactly and how early the client named it."""

    quality: float
    exactness: int
    earliness: int


def best(offers: Sequence[str], aliases: Mapping[str, str] = _NO_ALIAS) -> str:
    """Return the offer that this request's client takes best; the first where it takes them alike.

    ``aliases`` are other names of offers: a client that asks for one gets the offer that it stands for.
    Aborts with 406, which names the offers, where the client takes none of them.
    """
    found = liked(offers, aliases)
    if found is None:
        abort(406, f"This is answered as {', '.join(offers)}")
    return found


def liked(offers: Sequence[str], aliases: Mapping[str, str] = _NO_ALIAS) -> str | None:
    """Return what ``best`` does, or None where the client takes none of the offers."""
    return liked_by(request.headers.get("Accept", ""), tuple(offers), tuple(aliases.items()))


@lru_cache(maxsize=256)
def liked_by(accept: str, offers: tuple[str, ...], aliases: tuple[tuple[str, str], ...]) -> str | None:
    """Return what ``liked`` does, for a header Accept that is not this request's."""
    ranges = _ranges(accept)
    wishes: dict[str, _Wish] = {}
    for name, offer in [*((offer, offer) for offer in offers), *aliases]:
        wish = _wish(name, ranges, alias=name not in offers)
        if offer in offers and wish is not None:
            wishes[offer] = max(wishes.get(offer, wish), wish)
    return max((offer for offer in offers if offer in wishes), key=lambda offer: wishes[offer], default=None)


def _ranges(accept: str) -> Sequence[tuple[int, str, float]]:
    """Return the media ranges that a client sent, each with its place and its quality."""
    sent = parse_accept_header(accept, MIMEAccept)
    if not sent:
        return _ANYTHING
    return [
        (place, value.partition(";")[0].strip().lower(), quality)
        for place, (value, quality) in enumerate(sent)
    ]


def _wish(name: str, ranges: Sequence[tuple[int, str, float]], *, alias: bool) -> _Wish | None:
    """Return how well a name is liked; the most exact range decides. None where it is not taken at all."""
    family = name.partition("/")[0] + "/*"
    fits = {name: 2} if alias else {name: 2, family: 1, "*/*": 0}
    found = [_Wish(quality, fits[value], -place) for place, value, quality in ranges if value in fits]
    if not found:
        return None
    exact = max(wish.exactness for wish in found)
    decided = max(wish for wish in found if wish.exactness == exact)
    return decided if decided.quality > 0 else None
