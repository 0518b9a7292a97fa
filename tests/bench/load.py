"""Throughput: the same client, ``wrk``, on every server."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

from tests.bench.servers import JSON_ROWS, Server

_SCRIPT: Final = Path(__file__).with_name("load.lua")
_RUNS: Final = count(1)
CONNECTIONS: Final = 8


class LoadFailed(Exception):
    """A server answered something else than 200, or not at all; the message says how often."""


@dataclass(frozen=True, slots=True)
class Load:
    """Requests to send in turn."""

    targets: tuple[str, ...]
    """Paths; ``{n}`` in one is replaced by a number that never comes twice."""
    accept: str = JSON_ROWS
    body: str = ""
    """A query to be posted to them; "": they are got."""


def throughput(server: Server, load: Load, seconds: float, connections: int = CONNECTIONS) -> float:
    """Return how many requests a second a server answers while it gets as many as it can take.

    Every answer is 200, else LoadFailed is raised; and where ``wrk`` is missing. A server that answers
    nothing in that time gets four times as much, up to a minute.
    """
    while True:
        rate = _once(server, load, seconds, connections)
        if rate:
            return rate
        if seconds > 60:
            raise LoadFailed(f"{server.name}: no answer to {load.targets[0]} in {seconds:g} s")
        seconds *= 4


def _once(server: Server, load: Load, seconds: float, connections: int) -> float:
    program = shutil.which("wrk")
    if program is None:
        raise LoadFailed("wrk is not installed: apt-get install wrk")
    with tempfile.NamedTemporaryFile("w") as file, tempfile.NamedTemporaryFile("w") as body:
        file.write("\n".join(load.targets) + "\n")
        file.flush()
        body.write(load.body)
        body.flush()
        environment = {"TARGETS": file.name, "ACCEPT": load.accept, "FIRST": str(next(_RUNS) * 10_000_000)}
        if load.body:
            environment["BODY"] = body.name
        command = [program, "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--timeout", "60s"]
        ran = subprocess.run(
            [*command, "-s", str(_SCRIPT), f"http://127.0.0.1:{server.port}"],
            capture_output=True,
            text=True,
            env={**os.environ, **environment},
            check=True,
        )
    return rate_of(server.name, ran.stdout)


def rate_of(name: str, output: str) -> float:
    """Return answers a second from what wrk printed. Raises LoadFailed for any that is not 200."""
    found = next((line.split()[1:] for line in output.splitlines() if line.startswith("FOUND ")), None)
    if found is None:
        raise LoadFailed(f"{name}: wrk said {output[-200:]!r}")
    requests, microseconds, refused, broken = map(int, found)
    if refused or broken:
        raise LoadFailed(f"{name}: {requests} answers, {refused} not 200, {broken} broken off")
    return requests / microseconds * 1e6


def in_turn(
    servers: Sequence[Server],
    loads: Sequence[Load],
    seconds: float,
    rounds: int,
    connections: int = CONNECTIONS,
) -> list[list[float]]:
    """Return the rates of each server, one a round; they take turns, so that both see the same load."""
    rates: list[list[float]] = [[] for _ in servers]
    for _ in range(rounds):
        for n, (server, load) in enumerate(zip(servers, loads, strict=True)):
            rates[n].append(throughput(server, load, seconds, connections))
    return rates
