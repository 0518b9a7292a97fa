"""A pool of reader processes: a query that runs too long costs one of them, not the service."""

from __future__ import annotations

import json
import os
import queue
import select
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kb.errors import QueryTimeout, StoreError
from kb.resources import ROOT
from kb.store.worker import Reply, Request

_CHUNK = 1 << 20


class ReaderDied(Exception):
    """A reader ended in the middle of a query."""


@dataclass(slots=True)
class Reader:
    """One reader process."""

    process: subprocess.Popen[bytes]

    @classmethod
    def start(cls, folder: Path, memory: int) -> Reader:
        """Start a reader; its first answer waits until it is up. Raises StoreError when it cannot start."""
        command = [sys.executable, "-P", "-m", "kb.store.worker", str(folder), str(memory)]
        path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        try:
            return cls(
                subprocess.Popen(
                    command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env={**os.environ, "PYTHONPATH": path},
                    bufsize=0,
                )
            )
        except OSError as error:
            raise StoreError(
                f"no reader process can be started: {error}",
                place=str(folder),
                repair="Free memory or processes",
            ) from error

    def ask(self, request: Request, deadline: float) -> tuple[Reply, bytes]:
        """Send a request; return the reply and its bytes.

        Raises TimeoutError past the deadline (of ``time.monotonic``), ReaderDied when the process ends.
        """
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(json.dumps(asdict(request)).encode("ascii") + b"\n")
        except BrokenPipeError as error:
            raise ReaderDied from error
        received = bytearray()
        while (end := received.find(b"\n")) < 0:
            received += self._read(deadline)
        reply = Reply(**json.loads(received[:end]))
        parts = [bytes(received[end + 1 :])]
        missing = reply.size - len(parts[0])
        while missing > 0:
            parts.append(self._read(deadline))
            missing -= len(parts[-1])
        return reply, b"".join(parts)

    def _read(self, deadline: float) -> bytes:
        assert self.process.stdout is not None
        handle = self.process.stdout.fileno()
        poll = select.poll()
        poll.register(handle, select.POLLIN)
        if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
            raise TimeoutError
        part = os.read(handle, _CHUNK)
        if not part:
            raise ReaderDied
        return part

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()
        self.process.wait()


@dataclass(slots=True)
class Readers:
    """A fixed number of reader processes of one folder, started when needed; threads may share it."""

    folder: Path
    count: int
    memory: int
    _idle: queue.LifoQueue[Reader | None] = field(default_factory=queue.LifoQueue)
    _closed: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        for _ in range(self.count):
            self._idle.put(None)

    def ask(self, request: Request) -> tuple[Reply, bytes]:
        """Run a request on whichever reader is free.

        Raises QueryTimeout when it, or the wait for a reader, takes too long; StoreError when readers die.
        """
        deadline = time.monotonic() + request.seconds
        for attempt in (1, 2):
            reader = self._take(request, deadline)
            keep: Reader | None = None
            try:
                answer = reader.ask(request, deadline)
                keep = reader
                return answer
            except TimeoutError as error:
                raise self._too_slow(request, "the query ran past") from error
            except ReaderDied as error:
                if attempt == 2:
                    raise StoreError(
                        "the process that ran the query ended twice, perhaps for want of memory",
                        place=str(self.folder),
                        repair="Ask for less at once, or raise LEGATION_READER_BYTES",
                    ) from error
            finally:
                self._give_back(reader, keep)
        raise AssertionError("unreachable")

    def close(self) -> None:
        """End the idle readers; one that is busy ends when its query does."""
        self._closed.set()
        for _ in range(self.count):
            with suppress(queue.Empty):
                reader = self._idle.get_nowait()
                if reader is not None:
                    reader.stop()

    def _take(self, request: Request, deadline: float) -> Reader:
        if self._closed.is_set():
            raise StoreError("the store is closed", place=str(self.folder), repair="Open it again")
        try:
            reader = self._idle.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty as error:
            raise self._too_slow(request, "no reader became free within") from error
        if reader is not None:
            return reader
        try:
            return Reader.start(self.folder, self.memory)
        except StoreError:
            self._idle.put(None)
            raise

    def _give_back(self, reader: Reader, keep: Reader | None) -> None:
        if keep is None or self._closed.is_set():
            reader.stop()
            keep = None
        self._idle.put(keep)

    def _too_slow(self, request: Request, what: str) -> QueryTimeout:
        return QueryTimeout(
            f"{what} its limit of {request.seconds:g} seconds",
            place=str(self.folder),
            repair="Narrow the query, or raise LEGATION_QUERY_SECONDS",
        )
