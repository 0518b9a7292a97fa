"""How well an event is attested: by how many origins, in whose voice, and with what interest.

Whoever a text names as its source is the origin, not the text: the outlet it took the report from, else
the speaker, else the text's own outlet. So copies of an agency's text, and ten papers quoting one
official, count once. An outlet that nobody named adds nothing to others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kb.facts.background import Background
from kb.facts.identity import name_of
from kb.facts.told import Told
from kb.records import Ref, Tier

UNKNOWN_OUTLETS = ("", "unknown")
MINTED = "/x-"
"""Part of every IRI that was made from a name in a text."""


@dataclass(frozen=True, slots=True)
class Attestation:
    """How well an event is attested."""

    origins: int
    """Independent origins, at least 1."""
    level: str
    """The local name of one of the vocabulary's evidence levels."""
    interested: bool
    """Whether every source stands for a state that takes part in the event."""
    state_media_share: float | None
    """Share of the known outlets that a state controls, from 0 to 1; None where no outlet is known."""
    tier: Tier
    """The best tier among the claims: whoever leaves that tier out does not see the event."""


def attest(
    members: Iterable[Told],
    states: frozenset[str],
    background: Background,
    described: Mapping[str, Background],
) -> Attestation:
    """Return how well an event is attested by the claims on it.

    ``states`` are the IRIs of the states that take part; ``described`` goes by article.
    """
    told = list(members)
    origins = {origin for each in told if (origin := _origin(each)) is not None}
    own_voice = any(each.claim.speaker is None for each in told)
    count = max(1, len(origins))
    return Attestation(
        origins=count,
        level="Corroborated" if count > 1 else "SingleSource" if own_voice else "AttributedOnly",
        interested=all(
            bool(states & _stands_for(each, background, described.get(each.claim.article, Background())))
            for each in told
        ),
        state_media_share=_state_media_share(told, background),
        tier=Tier.ACCEPTED if any(each.claim.tier is Tier.ACCEPTED for each in told) else Tier.REVIEW,
    )


def _origin(told: Told) -> str | None:
    if told.claim.via is not None:
        return _source(told.claim.via)
    if told.claim.speaker is not None:
        return _source(told.claim.speaker)
    return _outlet(told)


def _outlet(told: Told) -> str | None:
    """Return the outlet of the text, or of the text that it copies; None where nobody named it."""
    if told.root.outlet.strip().casefold() in UNKNOWN_OUTLETS:
        return None
    return _source(Ref(told.root.outlet, told.root.outlet_iri))


def _source(ref: Ref) -> str:
    """Return what a source is counted by: a known entity's IRI, else the name as it stands."""
    return name_of(Ref(ref.name) if ref.iri is not None and MINTED in ref.iri else ref)


def _stands_for(told: Told, background: Background, described: Background) -> frozenset[str]:
    """Return the states of a claim's speaker; without one, those that control the outlet."""
    speaker = told.claim.speaker
    if speaker is not None:
        return background.states_of(speaker.iri, described) if speaker.iri else frozenset()
    outlet = _channel(told)
    return background.states_of(outlet, described) if outlet in background.state_media else frozenset()


def _channel(told: Told) -> str:
    if told.claim.via is not None:
        return _source(told.claim.via)
    return _outlet(told) or ""


def _state_media_share(told: list[Told], background: Background) -> float | None:
    channels = {channel for each in told if (channel := _channel(each))}
    if not channels:
        return None
    return len(channels & background.state_media) / len(channels)
