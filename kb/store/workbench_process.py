"""The writer process of a workbench, as the service sees it: started when needed, stopped when too slow."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path

from kb.errors import Cancelled, OutOfMemory, QueryTimeout, StoreError
from kb.store.cancel import WORKING_FOR
from kb.store.reader import environment
from kb.store.snapshots import Layout
from kb.store.workbench_orders import Order, Outcome, Part


@dataclass(slots=True)
class WriterProcess:
    """Carries out orders in a process of its own, one at a time."""

    layout: Layout
    memory: int
    """Bytes that it may take."""
    _process: subprocess.Popen[bytes] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self) -> None:
        """Start it unless it runs; an empty folder becomes a workbench.

        Raises StoreBusy when another process writes there, StoreError when it cannot be written.
        """
        if self._process is not None and self._process.poll() is None:
            return
        self.stop()
        process = _started(self.layout.folder, self.memory)
        with self._lock:
            self._process = process
        assert process.stdout is not None
        first = process.stdout.readline()
        if not first:
            self.stop()
            raise self._died()
        try:
            Outcome.read(first).hold()
        except StoreError:
            self.stop()
            raise

    def carry_out(self, order: Order, parts: list[Part]) -> Outcome:
        """Have an order carried out, in its time and for whom this thread works (kb.store.cancel).

        Raises what is wrong with it; QueryTimeout past its seconds, Cancelled when nobody waits any more,
        OutOfMemory when the process ended: nothing of it was kept then.
        """
        self.start()
        before = self.layout.current()
        with self._bounded(order.seconds) as ran_out:
            answer = self._exchange(order, parts)
        if ran_out.is_set():
            self.stop()
        if answer:
            return Outcome.read(answer).hold()
        self.stop()
        after = self.layout.current()
        if after is not None and after != before:  # it ended between doing and saying so
            return Outcome(after.version)
        raise self._told(order, ran_out)

    def stop(self) -> None:
        """End it, whatever it is doing; what it was told last is undone unless it was whole."""
        with self._lock:
            process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()
        process.wait()

    def _exchange(self, order: Order, parts: list[Part]) -> bytes:
        process = self._process
        assert process is not None and process.stdin is not None and process.stdout is not None
        try:
            process.stdin.write(b"".join([order.line(), *(part.content for part in parts)]))
            process.stdin.flush()
            return process.stdout.readline()
        except (BrokenPipeError, ValueError):  # it ended, or was stopped and its pipes closed
            return b""

    @contextmanager
    def _bounded(self, seconds: float) -> Iterator[threading.Event]:
        """Kill the process when the time is up or nobody waits; yield whether the time was."""
        process, ran_out = self._process, threading.Event()
        assert process is not None

        def end() -> None:
            ran_out.set()
            process.kill()

        timer = threading.Timer(seconds, end)
        timer.daemon = True
        timer.start()
        cancel = WORKING_FOR.get()
        try:
            with nullcontext() if cancel is None else cancel.stopping(process.kill):
                yield ran_out
        finally:
            timer.cancel()

    def _told(self, order: Order, ran_out: threading.Event) -> StoreError:
        if ran_out.is_set():
            return QueryTimeout(
                f"the change ran past its limit of {order.seconds:g} seconds; nothing of it was kept",
                repair="Change less at once, or raise LEGATION_UPDATE_SECONDS",
            )
        if WORKING_FOR.get():
            return Cancelled("nobody waits for the answer any more")
        return OutOfMemory(
            f"the change ended before it was whole, perhaps for want of memory (it may take {self.memory:,} "
            "bytes); nothing of it was kept",
            repair="Change less at once, or raise LEGATION_READER_BYTES",
        )

    def _died(self) -> StoreError:
        return StoreError(
            "the writer process ended at once",
            place=str(self.layout.folder),
            repair="Give it more memory with LEGATION_READER_BYTES",
        )


def _started(folder: Path, memory: int) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "kb.store.workbench_worker", str(folder), str(memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(),
        )
    except OSError as error:
        raise StoreError(
            f"no writer process can be started: {error}",
            place=str(folder),
            repair="Free memory or processes",
        ) from error
