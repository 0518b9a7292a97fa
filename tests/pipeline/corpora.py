"""Small corpora of colliding claims, and what may be done with them: for the property test of sync."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

from kb.claim_id import identified
from kb.namespaces import expand
from kb.records import Article, Claim, ClaimType, Modality, Polarity, Ref, Tier

# Few values, so that claims meet: the same event twice, denied, contested, attested on its day, copied.
TYPES = (ClaimType.VISIT, ClaimType.MEETING, ClaimType.ARRIVAL, ClaimType.OFFICE)
PERSONS = tuple(Ref(name, expand(f"person:{name}")) for name in ("ada-aster", "dora-dunn"))
FACILITIES = (
    Ref("Borville Tractor Works", expand("fac:borville-tractor-works")),
    Ref("Portsea Naval Base", expand("fac:portsea-naval-base")),
    Ref("railway station"),
)
DEPOT = Ref("Hill Depot")
"""Texts take it for one, and may tell otherwise of the town where it stands."""
PLACES = tuple(Ref(name, expand(f"place:{name}")) for name in ("borville", "portsea"))
OFFICES = (Ref("Mayor of Borville", expand("office:mayor-of-borville")), Ref("Warden of Borland"))
DAYS = ("2013-04-02", "2013-04-03")
TEXTS = (
    "Nobody knows who walked where on that grey morning in spring, and the town's papers said little of it.",
    "In the evening there was music by the river, and the boats had lamps on their masts until it rained.",
)
"""Long enough to be known as copies of each other."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done to a base: an article read by one version of a reader, or taken back."""

    doc: int
    version: str
    """"" for taking back."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Articles, the claims that each version of a reader makes of them, and what is done in turn."""

    articles: tuple[Article, ...]
    claims: dict[tuple[str, str], tuple[Claim, ...]]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class CorpusReader:
    """Reads a corpus as one version of a reader does."""

    corpus: Corpus
    version: str

    def read(self, article: Article) -> list[Claim]:
        """Return the claims that this version makes."""
        return list(self.corpus.claims[article.id, self.version])


def _maybe(values: tuple[Ref, ...]) -> st.SearchStrategy[Ref | None]:
    return st.sampled_from((*values, None))


@st.composite
def _claims(draw: st.DrawFn, article: Article) -> Claim:
    type = draw(st.sampled_from(TYPES))
    start = draw(st.integers(0, 40))
    agents = draw(st.sampled_from((PERSONS, PERSONS, PERSONS[1:])))
    return identified(
        Claim(
            id="",
            article=article.id,
            doc=article.doc,
            type=type,
            quote=article.text[start : start + 10],
            start=start,
            end=start + 10,
            agents=agents,
            agent_states=("AVA",),
            counterpart_states=draw(st.sampled_from([("BOR",), ()])),
            place=draw(st.sampled_from((None, None, *PLACES))),
            facility=draw(_maybe(FACILITIES)),
            country=draw(st.sampled_from(["BOR", None])),
            office=draw(st.sampled_from(OFFICES)) if type is ClaimType.OFFICE else None,
            edtf=draw(st.sampled_from((DAYS[0], DAYS[0], *DAYS, "2013", None))),
            modality=draw(st.sampled_from([*Modality, *[Modality.REPORTED] * 8])),
            polarity=draw(st.sampled_from([Polarity.AFFIRMED] * 4 + [Polarity.NEGATED])),
            speaker=draw(_maybe(PERSONS)),
            tier=draw(st.sampled_from([Tier.ACCEPTED, Tier.ACCEPTED, Tier.REVIEW, Tier.REJECTED])),
        )
    )


@st.composite
def _claims_on_plans(draw: st.DrawFn, article: Article) -> Claim:
    """Draw a visit that was planned or reported, or an arrival: few slots, so that plans are met."""
    start = draw(st.integers(0, 40))
    return identified(
        Claim(
            id="",
            article=article.id,
            doc=article.doc,
            type=draw(st.sampled_from((ClaimType.VISIT, ClaimType.VISIT, ClaimType.ARRIVAL))),
            quote=article.text[start : start + 10],
            start=start,
            end=start + 10,
            agents=draw(st.sampled_from((PERSONS[1:], PERSONS))),
            agent_states=("AVA",),
            counterpart_states=draw(st.sampled_from([("BOR",), ()])),
            place=draw(st.sampled_from((None, *PLACES))),
            facility=draw(st.sampled_from((None, DEPOT, DEPOT, FACILITIES[1]))),
            edtf=draw(st.sampled_from((*DAYS, "2013", None))),
            modality=draw(st.sampled_from((Modality.PLANNED, Modality.REPORTED))),
        )
    )


@st.composite
def corpora(draw: st.DrawFn, *, plans: bool = False) -> Corpus:
    """Draw a corpus of two to four articles, some of them copies, and three to seven steps.

    With ``plans`` all claims are on visits that were planned and may have been reported.
    """
    some = _claims_on_plans if plans else _claims
    articles = []
    for n in range(draw(st.integers(2, 4))):
        text = draw(st.sampled_from((*TEXTS, f"{n} " * 30)))
        published = date(2013, 4, 2) + timedelta(days=draw(st.integers(0, 2)))
        outlet = draw(st.sampled_from(["Avaria News", "Borland Post", "unknown"]))
        articles.append(Article(f"{n:016x}", f"text-{n}", text, outlet, published, "0" * 64))
    claims = {
        (article.id, version): tuple(draw(st.lists(some(article), min_size=2, max_size=6)))
        for article in articles
        for version in ("one", "two")
    }
    steps = draw(
        st.lists(
            st.builds(Step, st.integers(0, len(articles) - 1), st.sampled_from(["one", "one", "two", ""])),
            min_size=3,
            max_size=7,
        )
    )
    return Corpus(tuple(articles), claims, tuple(steps))
