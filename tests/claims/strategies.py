"""Claims of every shape, for property tests."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from kb.claim_id import identified
from kb.records import Article, Claim, ClaimType, Modality, Polarity, Ref, Tier

# No lone surrogates: a text is decoded strictly, so none can stand in one.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=30)
CODE = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=3, max_size=3)
IRI = st.none() | st.integers(0, 10**6).map(lambda n: f"https://w3id.org/legation/person/x-{n:012x}")
REF = st.builds(Ref, TEXT, IRI)
REFS = st.lists(REF, max_size=3).map(tuple)
CODES = st.lists(CODE, max_size=3, unique=True).map(lambda codes: tuple(sorted(codes)))
EDTF = st.none() | st.sampled_from(["2023-09-15", "2002", "195X", "2023-09-11/2023-09-13", "../2023-09-13"])
NAMES = st.lists(TEXT, max_size=3, unique=True).map(lambda names: tuple(sorted(names)))
MAYBE_TEXT = st.just("") | TEXT


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """Draw an article of any text."""
    text = draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200))
    return Article(
        "a" * 16, draw(TEXT), text, draw(TEXT), draw(st.none() | st.dates(date(1900, 1, 1))), "b" * 64
    )


@st.composite
def claims(draw: st.DrawFn, article: Article) -> Claim:
    """Draw a claim that quotes some stretch of an article."""
    start = draw(st.integers(0, len(article.text) - 1))
    end = draw(st.integers(start + 1, len(article.text)))
    return identified(
        Claim(
            id="",
            article=article.id,
            doc=article.doc,
            type=draw(st.sampled_from(ClaimType)),
            quote=article.text[start:end],
            start=start,
            end=end,
            agents=draw(REFS),
            agent_states=draw(CODES),
            counterparts=draw(REFS),
            counterpart_states=draw(CODES),
            companions=draw(REFS),
            place=draw(st.none() | REF),
            facility=draw(st.none() | REF),
            country=draw(st.none() | CODE),
            items=draw(REFS),
            office=draw(st.none() | REF),
            edtf=draw(EDTF),
            basis=draw(MAYBE_TEXT),
            time_phrase=draw(MAYBE_TEXT),
            modality=draw(st.sampled_from(Modality)),
            polarity=draw(st.sampled_from(Polarity)),
            speaker=draw(st.none() | REF),
            via=draw(st.none() | REF),
            tier=draw(st.sampled_from(Tier)),
            confidence=draw(st.integers(0, 1000).map(lambda n: n / 1000)),
            rule=draw(MAYBE_TEXT),
            stage=draw(MAYBE_TEXT),
            vehicle=draw(MAYBE_TEXT),
            quantity=draw(MAYBE_TEXT),
            medium=draw(MAYBE_TEXT),
            detail=draw(MAYBE_TEXT),
            extractors=draw(NAMES),
            other_readings=draw(NAMES),
        )
    )
