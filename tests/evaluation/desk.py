"""A small folder of texts with gold from an invented world, and claims made from the gold by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from kb.evaluation.gold import read_gold
from kb.evaluation.records import Claims, GoldSet
from kb.records import Claim, ClaimType, Ref

TOUR = "Ada Moor toured the Lower Works in Quarry Bay on 3 May 2013."
SALE = 'Alpinia sold six R-7 gliders to Bothnia <last> year & "more".'
TALKS = "President Ada Moor met Abel Stone. They may meet again."
TEXTS = {"tour": TOUR, "sale": SALE, "talks": TALKS}
INDEX = (
    "id\tsource\toutlet\tdate\tdyad\ttitle\n"
    "tour\therald\tThe Herald\t2013-05-04\tALP-BOT\tA <tour>\n"
    "sale\tdesk\tThe Desk\t2014-01-01\tALP-BOT\tA sale\n"
    "talks\tdesk\tThe Desk\t2014-02-01\tALP-CAM\tTalks\n"
)
EMPTY: dict[str, Any] = {
    "agents": [], "agent_states": [], "counterparts": [], "counterpart_states": [], "companions": [],
    "place": None, "facility": None, "country": None, "items": [], "office": None, "edtf": None,
    "modality": "reported", "polarity": "affirmed", "speaker": None, "via": None, "optional": False,
    "note": "",
}  # fmt: skip

Json = dict[str, Any]


def line(doc: str, n: int, kind: str, quote: str, **slots: Any) -> Json:
    """Return a gold line whose quote stands once in its text."""
    start = TEXTS[doc].index(quote)
    head = {"doc": doc, "n": n, "type": kind}
    return head | EMPTY | {"quote": quote, "start": start, "end": start + len(quote)} | slots


def gold_lines() -> dict[str, list[Json]]:
    """Return the gold of every text."""
    tour = line(
        "tour", 1, "Visit", "Ada Moor toured the Lower Works", agents=["Ada Moor"], agent_states=["ALP"],
        counterpart_states=["BOT"], place="Quarry Bay", facility="Lower Works", country="BOT",
        edtf="2013-05-03",
    )  # fmt: skip
    sale = line(
        "sale", 1, "Transfer", "Alpinia sold six R-7 gliders to Bothnia", agents=["Alpinia"],
        agent_states=["ALP"], counterparts=["Bothnia"], counterpart_states=["BOT"], items=["R-7"],
        edtf="2013",
    )  # fmt: skip
    office = line(
        "talks", 1, "Office", "President Ada Moor", agents=["Ada Moor"], agent_states=["ALP"],
        office="President of Alpinia",
    )  # fmt: skip
    parties: Json = {"agents": ["Ada Moor", "Abel Stone"], "agent_states": ["ALP", "CAM"]}
    talks = line("talks", 2, "Meeting", "Ada Moor met Abel Stone", **parties)
    again = line(
        "talks", 3, "Meeting", "They may meet again", modality="speculated", optional=True,
        note="vague", **parties,
    )  # fmt: skip
    return {"tour": [tour], "sale": [sale], "talks": [office, talks, again]}


def write_folder(folder: Path, gold: dict[str, list[Json]] | None = None) -> Path:
    """Write the folder that ``legation evaluate`` takes, and return it."""
    (folder / "texts").mkdir(parents=True)
    (folder / "gold").mkdir()
    (folder / "INDEX.tsv").write_text(INDEX, "utf-8")
    for doc, text in TEXTS.items():
        (folder / "texts" / f"{doc}.txt").write_text(text, "utf-8")
    for doc, lines in (gold or gold_lines()).items():
        write_lines(folder / "gold" / f"{doc}.jsonl", lines)
    return folder


def write_lines(path: Path, lines: list[Json]) -> Path:
    """Write JSON Lines, and return the path."""
    path.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in lines), "utf-8")
    return path


def read_folder(folder: Path) -> GoldSet:
    """Write and read the folder."""
    return read_gold(write_folder(folder))


def perfect(gold: GoldSet) -> dict[str, tuple[Claim, ...]]:
    """Return claims that say what the gold says, the optional line left out."""
    return {
        doc: tuple(each.claim for each in text.gold if not each.optional) for doc, text in gold.texts.items()
    }


def changed(claims: Claims, doc: str, kind: str, **slots: Any) -> dict[str, tuple[Claim, ...]]:
    """Return the claims with the slots of one type's claim in one text set otherwise."""
    found = tuple(
        replace(each, **slots) if each.type is ClaimType(kind) else each for each in claims[doc]
    )  # fmt: skip
    return dict(claims) | {doc: found}


def refs(*names: str) -> tuple[Ref, ...]:
    """Return names as fillers of a slot."""
    return tuple(map(Ref, names))
