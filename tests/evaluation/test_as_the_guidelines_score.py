"""Our figures are those of the guidelines' own scorer, to the digit: spoiled gold, the reader's claims."""

from __future__ import annotations

import importlib.util
import json
import random
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kb.claims import to_json
from kb.evaluation.given import read_claims
from kb.evaluation.gold import KEYS, read_gold
from kb.evaluation.levels import LEVELS
from kb.evaluation.names import acts_as_state, same_office
from kb.evaluation.records import GROUPS, GoldSet
from kb.evaluation.scoring import evaluate
from kb.resources import DISPATCHES, ROOT
from tests.acceptance.base import the_reader
from tests.evaluation.desk import Json, write_lines

GOLD = ROOT.parent / "shared" / "gold"
DRAWS = 20
"""Few, since the other scorer pairs anew for every draw and level."""

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not (GOLD / "score.py").exists(), reason="needs ../shared: the guidelines' scorer"),
]


@cache
def scorer() -> Any:
    """Return the guidelines' scorer as a module, its table of aliases read."""
    spec = importlib.util.spec_from_file_location("guidelines_score", GOLD / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for line in (GOLD / "aliases.tsv").read_text("utf-8").splitlines()[1:]:
        name, canonical = line.split("\t")[:2]
        module.ALIASES[module.fold(name)].add(module.fold(canonical))
    return module


def open_folder(folder: Path) -> Path:
    """Link the texts that are for work, which are all but every third of a family, and return the folder."""
    (folder / "texts").mkdir(parents=True)
    (folder / "gold").mkdir()
    head, *rows = (GOLD / "dev" / "INDEX.tsv").read_text("utf-8").splitlines()
    at = head.split("\t").index("source")
    seen: defaultdict[str, int] = defaultdict(int)
    kept = []
    for row in rows:
        cells = row.split("\t")
        seen[cells[at]] += 1
        if seen[cells[at]] % 3:
            kept.append(row)
            for name in (f"texts/{cells[0]}.txt", f"gold/{cells[0]}.jsonl"):
                (folder / name).symlink_to(GOLD / "dev" / name)
    (folder / "INDEX.tsv").write_text("\n".join([head, *kept]) + "\n", "utf-8")
    return folder


def spoiled(gold: GoldSet, seed: int) -> list[Json]:
    """Return claims made from the gold with every kind of mistake, drawn by chance."""
    chance = random.Random(seed)
    every = [_scored(to_json(line.claim)) for text in gold.texts.values() for line in text.gold]
    found: list[Json] = []
    for line in every:
        if chance.random() < 0.15:
            continue
        for _ in range(1 if chance.random() < 0.85 else 2):
            claim = dict(line)
            for _ in range(chance.choice((0, 1, 1, 2))):
                _spoil(claim, chance.choice(every), len(gold.texts[line["doc"]].article.text), chance)
            found.append(claim)
    return found


def _scored(line: Json) -> Json:
    """Return the keys that are scored; without a quote, a span may be moved."""
    return {key: line[key] for key in KEYS if key not in ("quote", "n", "optional", "note")}


def _spoil(claim: Json, other: Json, length: int, chance: random.Random) -> None:
    key = chance.choice([
        "span", "type", "letter", "title", "first", "agents", "agent_states", "counterparts", "place",
        "facility", "country", "items", "office", "edtf", "modality", "polarity", "speaker", "via",
        "companions",
    ])  # fmt: skip
    names = claim["agents"]
    if key == "span":
        claim["start"] = chance.randrange(max(0, claim["start"] - 30), claim["end"])
        claim["end"] = min(length, claim["start"] + chance.choice((10, 40, 120, 450)))
    elif key == "letter":
        claim["agents"] = [name.replace("i", "y", 1) for name in names]
    elif key == "title":
        claim["agents"] = [f"President {name}" for name in names]
    elif key == "first":
        claim["agents"] = names[:1]
    else:
        claim[key] = chance.choice((other[key], [] if isinstance(claim[key], list) else other[key]))


def assert_same(folder: Path, lines: list[Json], path: Path, *, by: str, draws: int = 0) -> None:
    """Compare counts, slots and intervals of all groups and types, and counts of every family or dyad."""
    gold = read_gold(folder, [GOLD / "aliases.tsv"])
    ours = evaluate(gold, read_claims(write_lines(path, lines), gold)[0], draws)
    theirs = scorer()
    golden = {doc: _json_lines(folder / "gold" / f"{doc}.jsonl") for doc in gold.texts}
    predicted: defaultdict[str, list[Json]] = defaultdict(list)
    for line in lines:
        predicted[line["doc"]].append(line)
    docs = sorted(golden)
    for row in ours.groups:
        kinds = tuple(kind.value for kind in GROUPS[row.name])
        counts, by_type, slots, _ = theirs.tally(docs, golden, predicted, kinds)
        expected = theirs.report(row.name, docs, golden, predicted, kinds, draws)
        assert (row.gold, row.found) == (counts["gold"], counts["pred"])
        for level in LEVELS:
            figure = row.figures[level]
            assert (figure.precision, figure.recall, figure.f1) == theirs.prf(counts, level)
            if draws:
                assert figure.interval
                assert [round(bound, 4) for bound in figure.interval] == expected[level]["ci"]
        assert {name: (slot.right, slot.of) for name, slot in ours.slots[row.name].items()} == {
            name: (sum(marks), len(marks)) for name, marks in slots.items()
        }
        for kind in (each for each in ours.types if each.name in kinds and row.name != "eleven"):
            counts = by_type[kind.name]
            assert (kind.gold, kind.found) == (counts["gold"], counts["pred"])
            for level in LEVELS:
                assert kind.figures[level].f1 == theirs.prf(counts, level)[2], (kind.name, level)
    for row in ours.families if by == "family" else ours.dyads:
        members = [doc for doc in docs if getattr(gold.texts[doc], by) == row.name]
        counts, _, _, _ = theirs.tally(members, golden, predicted, theirs.EVENTS)
        assert all(row.figures[level].f1 == theirs.prf(counts, level)[2] for level in LEVELS)


def _json_lines(path: Path) -> list[Json]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]


def test_names_are_the_same_where_the_guidelines_scorer_says_so(tmp_path: Path) -> None:
    gold = read_gold(open_folder(tmp_path / "open"), [GOLD / "aliases.tsv"])
    theirs, chance = scorer(), random.Random(1)
    named = ["", "the", "Su-35", "Su-35S", "US", "U.S. Secretary of State", "Premier of the UK", "Đà Nẵng"]
    for text in gold.texts.values():
        for claim in (line.claim for line in text.gold):
            refs = (*claim.agents, *claim.items, claim.place, claim.office)
            named += [ref.name for ref in refs if ref]
    for _ in range(6000):
        one = chance.choice(named)
        other = chance.choice((_misspelt(one, chance), chance.choice(named)))
        pair = (one, other)
        assert gold.names.same(*pair) == theirs.same_name(*pair), pair
        assert gold.names.same_spot(*pair) == theirs.same_spot(*pair), pair
        assert same_office(*pair) == theirs.same_office(*pair), pair
        states = theirs.fold(one) in theirs.STATE_NAMES or bool(theirs.BODY.search(one))
        assert acts_as_state(one) == states, one


def _misspelt(name: str, chance: random.Random) -> str:
    """Return a name with a letter changed, lost or doubled, words turned round, one lost or one added."""
    at, words = chance.randrange(len(name) + 1), name.split()
    return chance.choice([
        name[:at] + "x" + name[at + 1 :], name[:at] + name[at + 1 :], name[: at + 1] + name[at:],
        " ".join(reversed(words)), " ".join(words[1:]), " ".join([*words[:1], "van", *words[1:]]),
        f"President {name}", f"Deputy {name}", name.upper(), f"{name} ministry",
    ])  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_spoiled_gold_is_scored_as_the_guidelines_score_it(seed: int, tmp_path: Path) -> None:
    folder = open_folder(tmp_path / "open")
    lines = spoiled(read_gold(folder), seed)
    assert len(lines) > 300
    assert_same(folder, lines, tmp_path / "run.jsonl", by="family" if seed % 2 else "dyad")


def test_what_the_reader_finds_is_scored_as_the_guidelines_score_it(tmp_path: Path) -> None:
    gold = read_gold(DISPATCHES)
    claims = [claim for text in gold.texts.values() for claim in the_reader().read(text.article)]
    assert_same(
        DISPATCHES, [to_json(claim) for claim in claims], tmp_path / "run.jsonl", by="dyad", draws=DRAWS
    )
