"""A process without network: the kernel refuses it every socket, whatever the engine wants."""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

import pytest

from kb.resources import ROOT
from tests.threats.canary import Canary

PROGRAM = """
import sys, threading, pyoxigraph
from kb.store.offline import go_offline
if sys.argv[1] == "cut":
    assert go_offline()
store = pyoxigraph.Store()
def leave():
    for attempt in (
        lambda: list(store.query("SELECT * { SERVICE <%(there)s/sparql> { ?s ?p ?o } }")),
        lambda: store.update("LOAD <%(there)s/turtle>"),
        lambda: __import__("urllib.request").request.urlopen("%(there)s", timeout=5).read(),
    ):
        try:
            attempt()
        except (OSError, RuntimeError):
            pass
leave()
thread = threading.Thread(target=leave)
thread.start()
thread.join()
store.update("INSERT DATA { <a:a> <a:b> 1 }", base_iri="http://a.example/")
print(len(store))
"""


def run(there: str, how: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM % {"there": there}, how],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        env={"PYTHONPATH": str(ROOT), "PATH": str(Path(sys.executable).parent)},
    )
    return done.stdout.strip()


@pytest.mark.skipif(
    not sys.platform.startswith("linux") or platform.machine() not in ("x86_64", "aarch64"),
    reason="needs Linux on x86-64 or ARM64",
)
def test_a_process_that_went_offline_reaches_nobody_and_works_on(bird: Canary) -> None:
    before = bird.hits
    assert run(bird.address, "cut") == "1"
    assert bird.hits == before
    run(bird.address, "open")
    assert bird.hits >= before + 4, "the attempts would not have reached anybody anyway"
