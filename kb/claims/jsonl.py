"""Claims as JSON Lines: the keys of the gold files, then what a reader adds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import cast

from kb.claim_id import identified
from kb.claims.line import Line
from kb.errors import BadInput
from kb.records import SLOTS_OF_MANY, SLOTS_OF_ONE, Claim, ClaimType, Modality, Polarity, Ref, Tier

TEXTS = ("rule", "basis", "time_phrase", "stage", "vehicle", "quantity", "medium", "detail")
LISTS = ("extractors", "other_readings")

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
    added |= {key: list(getattr(claim, key)) for key in LISTS}
    added |= {f"{slot}_iri": [ref.iri for ref in getattr(claim, slot)] for slot in SLOTS_OF_MANY}
    for slot in SLOTS_OF_ONE:
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
    keys = Line(line, place)
    try:
        claim = _claim(keys)
    except ValueError as error:  # the span does not fit the quote
        raise BadInput(str(error), place=place, repair="Count start and end in code points") from error
    return claim if claim.id else identified(claim)


def _claim(keys: Line) -> Claim:
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
        extractors=keys.texts("extractors", ()),
        other_readings=keys.texts("other_readings", ()),
    )


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
