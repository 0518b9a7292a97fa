"""Who counts as an independent origin, and in whose interest a source speaks."""

from __future__ import annotations

from typing import Any

from kb.facts.background import Background
from kb.facts.corroboration import Attestation, attest
from kb.facts.told import Told
from kb.namespaces import expand
from kb.records import ClaimType, Tier
from tests.facts.making import ADA, BORIS, ONE, OTHER, Text, told

KNOWN = Background(
    states={
        expand(ADA): {expand("state:AVA")},
        expand(BORIS): {expand("state:BOR")},
        expand("org:avaria-news"): {expand("state:AVA")},
    },
    state_media=frozenset({expand("org:avaria-news")}),
)
AGENCY = Text("agency", "Avaria News", outlet_iri=expand("org:avaria-news"))
NOBODY = Text("nobody", "unknown")


def _visit(text: Text, *among: Text, speaker: str | None = None, via: str | None = None, **more: Any) -> Told:
    return told(
        ClaimType.VISIT, text, among=among, agents=ADA, edtf="2003-06-03", speaker=speaker, via=via, **more
    )


def _attest(*claims: Told, states: tuple[str, ...] = ("AVA", "BOR")) -> Attestation:
    return attest(claims, frozenset(expand(f"state:{code}") for code in states), KNOWN, {})


def test_two_outlets_in_their_own_voice_corroborate() -> None:
    found = _attest(_visit(ONE), _visit(OTHER))
    assert (found.origins, found.level) == (2, "Corroborated")


def test_a_copy_counts_with_its_original() -> None:
    copy = Text("copy", "Cordia Times", copy_of="one")
    assert _attest(_visit(ONE), _visit(copy, ONE)).origins == 1


def test_two_outlets_that_quote_one_agency_count_once() -> None:
    found = _attest(_visit(ONE, via="org:avaria-news"), _visit(OTHER, via="org:avaria-news"))
    assert (found.origins, found.level) == (1, "SingleSource")


def test_an_agencys_own_text_and_a_paper_that_quotes_it_count_once() -> None:
    assert _attest(_visit(AGENCY), _visit(OTHER, via="org:avaria-news")).origins == 1


def test_two_outlets_that_quote_one_official_count_once() -> None:
    found = _attest(_visit(ONE, speaker=BORIS), _visit(OTHER, speaker=BORIS))
    assert (found.origins, found.level) == (1, "AttributedOnly")


def test_an_unknown_outlet_adds_nothing() -> None:
    assert _attest(_visit(ONE), _visit(NOBODY)).origins == 1


def test_an_unknown_outlet_alone_is_one_source() -> None:
    found = _attest(_visit(NOBODY))
    assert (found.origins, found.level, found.state_media_share) == (1, "SingleSource", None)


def test_a_source_is_interested_when_every_speaker_stands_for_a_party() -> None:
    assert _attest(_visit(ONE, speaker=BORIS)).interested
    assert not _attest(_visit(ONE, speaker=BORIS), _visit(OTHER)).interested
    assert not _attest(_visit(ONE, speaker=BORIS), states=("AVA",)).interested


def test_state_media_of_a_party_are_interested() -> None:
    assert _attest(_visit(AGENCY)).interested
    assert not _attest(_visit(ONE)).interested


def test_the_share_of_state_media_is_that_of_the_known_outlets() -> None:
    assert _attest(_visit(AGENCY), _visit(ONE), _visit(NOBODY)).state_media_share == 0.5


def test_a_name_that_was_minted_counts_as_the_name_that_it_is() -> None:
    minted = told(ClaimType.VISIT, OTHER, agents=ADA, via="Borland Post")
    assert _attest(_visit(ONE), minted).origins == 1


def test_the_best_tier_counts() -> None:
    doubtful = _visit(ONE, tier=Tier.REVIEW)
    assert _attest(doubtful).tier is Tier.REVIEW
    assert _attest(doubtful, _visit(OTHER)).tier is Tier.ACCEPTED
