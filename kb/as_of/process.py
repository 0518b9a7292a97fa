"""Have the base of an earlier day made by a process of its own, within time and memory."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from typing import Final

from kb.as_of.making import Made
from kb.as_of.messages import Order, Outcome, no_memory
from kb.errors import LegationError, StoreError, TooLarge
from kb.store.reader import environment

_OUT_OF_TIME: Final = (-signal.SIGXCPU, -signal.SIGKILL)


def made_by_process(order: Order, started: Callable[[subprocess.Popen[str]], None]) -> Made:
    """Return what is ordered once it stands in its folder; ``started`` gets the process, to be stopped by.

    Raises TooLarge where it passes a limit of claims, seconds or memory; StoreBusy; StoreError.
    """
    try:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "kb.as_of.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(),
            text=True,
        )
    except OSError as error:
        raise StoreError(f"no process can be started: {error}", repair="Free memory or processes") from error
    started(process)
    try:
        answer, _ = process.communicate(f"{order.line()}\n", order.seconds)
    except subprocess.TimeoutExpired as error:
        process.kill()
        process.communicate()
        raise _too_long(order) from error
    if not answer:
        raise _end(order, process.returncode)
    outcome = Outcome.read(answer)
    if outcome.made is None:
        raise outcome.the_error()
    return outcome.made


def _end(order: Order, code: int) -> LegationError:
    """Return what it means that a process ended without a word."""
    if code in _OUT_OF_TIME:
        return _too_long(order)
    if code == -signal.SIGABRT:  # the engine's way of saying that there is no memory
        return no_memory(order)
    return StoreError(f"the process that made the base as of {order.day} ended with {code}")


def _too_long(order: Order) -> TooLarge:
    return TooLarge(
        f"what was known on {order.day} takes more than {order.seconds:g} seconds to make"
        " (LEGATION_AS_OF_SECONDS)",
        place="as_of",
        repair="Give an earlier day, or ask again when less is going on",
    )
