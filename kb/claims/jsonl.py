"""Claims as JSON Lines: the keys of the gold files, then what a reader adds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar, cast

from kb.claim_id import identified
from kb.errors import BadInput
from kb.records import Claim, ClaimType, Modality, Polarity, Ref, Tier

E = TypeVar("E", ClaimType, Modality, Polarity, Tier)

MANY = ("agents", "counterparts", "companions", "items")
ONE = ("place", "facility", "office", "speaker", "via")
TEXTS = ("rule", "basis", "time_phrase", "stage", "vehicle", "quantity", "medium", "detail")
REPAIR = "See the table of keys in the claims format"

Json = dict[str, object]


def to_json(claim: Claim, n: int = 0) -> Json:
    """Return a claim under the keys of the claims format, the scored ones first.

    ``n`` is its number within its text, from 1.
    """

    def names(refs: tuple[Ref, ...]) -> list[str]:
        return [ref.name for ref in refs]

    def name(ref: Ref | None) -> str | None:
        return ref.name if ref else None

    scored: Json = {
        "doc": claim.doc,
        "n": n,
        "type": claim.type.value,
        "agents": names(claim.agents),
        "agent_states": list(claim.agent_states),
        "counterparts": names(claim.counterparts),
        "counterpart_states": list(claim.counterpart_states),
        "companions": names(claim.companions),
        "place": name(claim.place),
        "facility": name(claim.facility),
        "country": claim.country,
        "items": names(claim.items),
        "office": name(claim.office),
        "edtf": claim.edtf,
        "modality": claim.modality.value,
        "polarity": claim.polarity.value,
        "speaker": name(claim.speaker),
        "via": name(claim.via),
        "quote": claim.quote,
        "start": claim.start,
        "end": claim.end,
        "optional": False,
        "note": "",
    }
    return scored | _added(claim)


def _added(claim: Claim) -> Json:
    added: Json = {
        "id": claim.id,
        "article": claim.article,
        "tier": claim.tier.value,
        "confidence": claim.confidence,
    }
    added |= {key: getattr(claim, key) for key in TEXTS}
    added |= {f"{slot}_iri": [ref.iri for ref in getattr(claim, slot)] for slot in MANY}
    for slot in ONE:
        ref = cast(Ref | None, getattr(claim, slot))
        added[f"{slot}_iri"] = ref.iri if ref else None
    return added


def to_json_line(claim: Claim, n: int = 0) -> str:
    """Return a claim as one line of JSON, without the line's end."""
    return json.dumps(to_json(claim, n), ensure_ascii=False)


def from_json(line: Mapping[str, object], place: str = "") -> Claim:
    """Return the claim under the keys of one line; a line of a gold file, without a reader's keys, will do.

    Raises BadInput, naming ``place`` and the key, where a value is missing or not of its kind.
    """
    keys = _Keys(line, place)
    try:
        claim = _claim(keys)
    except ValueError as error:  # the span does not fit the quote
        raise BadInput(str(error), place=place, repair="Count start and end in code points") from error
    return claim if claim.id else identified(claim)


def _claim(keys: _Keys) -> Claim:
    return Claim(
        id=keys.text("id", ""),
        article=keys.text("article", ""),
        doc=keys.text("doc"),
        type=keys.choice("type", ClaimType),
        quote=keys.text("quote"),
        start=keys.number("start"),
        end=keys.number("end"),
        agents=keys.refs("agents"),
        agent_states=keys.texts("agent_states"),
        counterparts=keys.refs("counterparts"),
        counterpart_states=keys.texts("counterpart_states"),
        companions=keys.refs("companions"),
        place=keys.ref("place"),
        facility=keys.ref("facility"),
        country=keys.maybe("country"),
        items=keys.refs("items"),
        office=keys.ref("office"),
        edtf=keys.maybe("edtf"),
        modality=keys.choice("modality", Modality),
        polarity=keys.choice("polarity", Polarity),
        speaker=keys.ref("speaker"),
        via=keys.ref("via"),
        tier=keys.choice("tier", Tier, Tier.ACCEPTED),
        confidence=keys.share("confidence", 1.0),
        **{key: keys.text(key, "") for key in TEXTS},
    )


class _Keys:
    """The keys of one line, each read as what it must be."""

    def __init__(self, line: Mapping[str, object], place: str) -> None:
        self._line = line
        self._place = place

    def _fault(self, key: str, wanted: str) -> BadInput:
        return BadInput(f"{key!r} is not {wanted}: {self._line.get(key)!r}", place=self._place, repair=REPAIR)

    def text(self, key: str, default: str | None = None) -> str:
        value = self._line.get(key, default)
        if not isinstance(value, str):
            raise self._fault(key, "a text")
        return value

    def maybe(self, key: str) -> str | None:
        return None if self._line.get(key) is None else self.text(key)

    def number(self, key: str) -> int:
        value = self._line.get(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._fault(key, "a whole number")
        return value

    def share(self, key: str, default: float) -> float:
        value = self._line.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise self._fault(key, "a number from 0 to 1")
        return float(value)

    def choice(self, key: str, kind: type[E], default: E | None = None) -> E:
        value = self._line.get(key, default)
        for member in kind:
            if member.value == value:
                return member
        raise self._fault(key, "one of " + ", ".join(member.value for member in kind))

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._line.get(key)
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self._fault(key, "a list of texts")
        return tuple(value)

    def refs(self, key: str) -> tuple[Ref, ...]:
        names = self.texts(key)
        iris = self._line.get(f"{key}_iri", [None] * len(names))
        if not isinstance(iris, list) or len(iris) != len(names):
            raise self._fault(f"{key}_iri", f"aligned with {key!r}")
        if not all(iri is None or isinstance(iri, str) for iri in iris):
            raise self._fault(f"{key}_iri", "a list of IRIs")
        return tuple(Ref(name, iri) for name, iri in zip(names, iris, strict=True))

    def ref(self, key: str) -> Ref | None:
        name = self.maybe(key)
        return None if name is None else Ref(name, self.maybe(f"{key}_iri"))


def write_jsonl(claims: Iterable[Claim], path: Path) -> None:
    """Write claims to a file, one on a line, numbered within each text."""
    numbers: dict[str, int] = {}
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for claim in claims:
            numbers[claim.doc] = numbers.get(claim.doc, 0) + 1
            file.write(to_json_line(claim, numbers[claim.doc]) + "\n")


def read_jsonl(path: Path) -> list[Claim]:
    """Return the claims of a file, empty lines left out.

    Raises BadInput with file and line where a line is not JSON or not a claim.
    """
    # split on "\n" alone: a quote may hold U+2028, which str.splitlines takes for the end of a line
    lines = path.read_bytes().split(b"\n")
    return [claim for n, line in enumerate(lines, 1) for claim in _claims(line, f"{path}:{n}")]


def _claims(line: bytes, place: str) -> Iterator[Claim]:
    if not line.strip():
        return
    try:
        value = json.loads(line)
    except ValueError as error:  # malformed JSON or not UTF-8
        raise BadInput(f"not JSON: {error}", place=place, repair="Write one JSON object on a line") from error
    if not isinstance(value, dict):
        raise BadInput("not a JSON object", place=place, repair="Write one JSON object on a line")
    yield from_json(value, place)
