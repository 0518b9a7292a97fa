"""What is found in a workbench after a change that took too long, was killed, or found no room."""

from __future__ import annotations

import os
import shutil
import signal
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from kb.errors import OutOfMemory, QueryTimeout, StoreError
from kb.store.workbench import WorkbenchStore
from tests.store.bench import QUICK, SLOW, every, nodes, opened, turtle, writer_of
from tests.store.disk import full, small_disk

ONE = {("None", "u:a", "u:b", "1")}


def failing(bench: WorkbenchStore, update: str, into: list[Exception]) -> threading.Thread:
    """Start an update in a thread that keeps how it failed."""

    def run() -> None:
        try:
            bench.update(update)
        except StoreError as error:
            into.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_an_update_past_its_time_is_stopped_and_leaves_no_trace(tmp_path: Path) -> None:
    with opened(tmp_path / "bench", replace(QUICK, update_seconds=1.0)) as bench:
        bench.update("INSERT DATA { <u:a> <u:b> 1 }")
        begun = time.monotonic()
        with pytest.raises(QueryTimeout, match="limit of 1 seconds; nothing of it was kept"):
            bench.update(f"CLEAR ALL ; {nodes(1500)} ; {SLOW}")
        assert time.monotonic() - begun < 3
        assert every(bench) == ONE
        bench.update("INSERT DATA { <u:c> <u:b> 2 }")
        assert len(every(bench)) == 2


def test_a_writer_killed_in_the_middle_of_an_update_leaves_the_state_before_it(tmp_path: Path) -> None:
    with opened(tmp_path / "bench") as bench:
        bench.update("INSERT DATA { <u:a> <u:b> 1 }")
        faults: list[Exception] = []
        thread = failing(bench, f"CLEAR ALL ; {nodes(1500)} ; {SLOW}", faults)
        time.sleep(0.4)
        os.kill(writer_of(bench), signal.SIGKILL)
        thread.join(10)
        assert [type(fault) for fault in faults] == [OutOfMemory]
        assert every(bench) == ONE
        bench.update("INSERT DATA { <u:c> <u:b> 2 }")
        assert len(every(bench)) == 2


def test_writers_killed_at_any_moment_leave_whole_updates(tmp_path: Path) -> None:
    """Each update moves a counter in two graphs; no reader ever sees them differ."""
    with opened(tmp_path / "bench") as bench:
        bench.update("INSERT DATA { <u:n> <u:is> 0 . GRAPH <u:g> { <u:n> <u:is> 0 } }")
        count = "DELETE { ?n <u:is> ?x } INSERT { ?n <u:is> ?y } WHERE { ?n <u:is> ?x BIND(?x + 1 AS ?y) }"
        step = f"{count} ; WITH <u:g> {count}"
        done = 0
        for pause in (0.0, 0.004, 0.01, 0.03, 0.06, 0.1):
            faults: list[Exception] = []
            thread = failing(bench, step, faults)
            time.sleep(pause)
            with_process = bench.writer_process
            assert with_process is not None
            process = with_process._process
            if process is not None:
                process.kill()
            thread.join(10)
            ((_, _, _, plain), (_, _, _, named)) = sorted(every(bench))
            assert plain == named
            assert int(plain) >= done
            done = int(plain)
        bench.update(step)
        assert {row[3] for row in every(bench)} == {str(done + 1)}


def test_live_files_of_any_state_are_thrown_away(tmp_path: Path) -> None:
    with opened(tmp_path / "bench") as bench:
        bench.update("INSERT DATA { <u:a> <u:b> 1 }")
    for file in (tmp_path / "bench" / "live").glob("MANIFEST-*"):
        file.write_bytes(b"nonsense")
    with opened(tmp_path / "bench") as bench:
        bench.update("INSERT DATA { <u:c> <u:b> 2 }")
        assert len(every(bench)) == 2
    shutil.rmtree(tmp_path / "bench" / "live")
    with opened(tmp_path / "bench") as bench:
        assert len(every(bench)) == 2


def test_the_newest_snapshot_counts_where_the_pointer_is_lost(tmp_path: Path) -> None:
    with opened(tmp_path / "bench") as bench:
        bench.update("INSERT DATA { <u:a> <u:b> 1 }")
    (tmp_path / "bench" / "current").write_text("nonsense")
    with opened(tmp_path / "bench") as bench:
        assert every(bench) == ONE


def test_a_change_that_needs_too_much_memory_is_told_and_leaves_no_trace(tmp_path: Path) -> None:
    small = replace(QUICK, reader_bytes=220_000_000)
    with opened(tmp_path / "bench", small) as bench:
        bench.update("INSERT DATA { <u:a> <u:b> 1 }")
        with pytest.raises(OutOfMemory, match="nothing of it was kept"):
            bench.update(f"{nodes(1500)} ; INSERT {{ ?a <u:w> ?b }} WHERE {{ ?a <u:v> ?x . ?b <u:v> ?y }}")
        assert every(bench) == ONE
        bench.update("INSERT DATA { <u:c> <u:b> 2 }")


def test_a_full_disk_is_told_and_the_workbench_is_as_it_was(tmp_path: Path) -> None:
    with small_disk(tmp_path) as disk:
        fill(disk)


def fill(disk: Path) -> None:
    with opened(disk / "bench") as bench:
        bench.update("INSERT DATA { <u:a> <u:b> 1 }")
        version = bench.version()
        big = turtle("\n".join(f'<u:{n}> <u:p> "{"x" * 1000}{n}" .' for n in range(3000)))
        with full(disk), pytest.raises(StoreError, match="Make room"):
            bench.put(None, big, "")
        assert bench.version() == version
        assert every(bench) == ONE
        bench.update("INSERT DATA { <u:c> <u:b> 2 }")
        assert len(every(bench)) == 2
