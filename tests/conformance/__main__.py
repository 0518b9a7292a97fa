"""``python -m tests.conformance``: run the W3C's tests of SPARQL 1.1 against a fresh Legation over HTTP."""

from __future__ import annotations

import argparse
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from tests.conformance import starting
from tests.conformance.differences import complaints, reasons, unknown
from tests.conformance.manifest import SUITES, Case, cases
from tests.conformance.report import Run, behind, differing, records, table
from tests.conformance.running import run
from tests.conformance.starting import LEGATION, OXIGRAPH

DATA: Final = Path(__file__).parents[2].parent / "shared" / "suites" / "w3c-sparql11"


def main(arguments: list[str] | None = None) -> int:
    """Run and print; return 0 when every difference is listed with its reason and ours is nowhere behind."""
    parser = _parser()
    wished = parser.parse_args(arguments)
    if not list(wished.data.glob("*/manifest.ttl")):
        parser.error(f"{wished.data} does not hold the W3C's tests: give their folder with --data")
    if wished.records and not wished.records.absolute().parent.is_dir():
        parser.error(f"{wished.records}: there is no such folder")
    known = cases(wished.data)
    chosen = [case for case in known if case.suite in (wished.suite or SUITES)]
    names = [OXIGRAPH] if wished.only_oxigraph else [LEGATION, *([OXIGRAPH] if wished.compare else [])]
    begun = time.monotonic()
    found = outcomes(chosen, wished.data, names)
    print(table(found))
    listed = reasons(names)
    differences = list(differing(found, listed))
    if differences:
        print("\n".join(["", f"{len(differences)} tests are not passed by all:", *differences, ""]))
    print(f"{len(chosen)} tests in {time.monotonic() - begun:.1f} s")
    if wished.records:
        wished.records.write_text(records(found), encoding="utf-8")
        print(f"Requests and answers of the tests that failed: {wished.records}")
    wrong = [each for name in names for each in complaints(name, found[name], listed)]
    wrong += unknown(listed, known)
    wrong += behind(found, names[0])
    print("\n".join(wrong), file=sys.stderr, end="\n" if wrong else "")
    return 1 if wrong else 0


def outcomes(chosen: list[Case], data: Path, names: list[str]) -> Run:
    """Start the services that are named and return what came of the tests with each."""
    starters = {LEGATION: starting.legation, OXIGRAPH: starting.oxigraph}
    with ExitStack() as held:
        elsewhere = held.enter_context(starting.others(data))
        return {name: run(held.enter_context(starters[name](data, elsewhere)), chosen) for name in names}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.conformance", description=__doc__)
    parser.add_argument("--suite", action="append", choices=SUITES, help="only this one; may come again")
    parser.add_argument("--compare", action="store_true", help="Oxigraph's own server too, in the same run")
    parser.add_argument("--only-oxigraph", action="store_true", help="that server alone")
    parser.add_argument("--records", type=Path, metavar="FILE", help="write what was sent and answered there")
    parser.add_argument("--data", type=Path, metavar="FOLDER", default=DATA, help="where the suite lies")
    return parser


if __name__ == "__main__":
    sys.exit(main())
