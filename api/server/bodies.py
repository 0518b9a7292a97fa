"""The body of a request, whole and within its limit, or the answer to what is not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable
from typing import Final

from api.server.environ import Scope
from api.server.ready import BROKEN_OFF, IN_PART, PACKED, TOO_SLOW, Refusal, too_large

PASSED_BY: Final = 4 * 1024 * 1024
"""Bytes past a body's limit that are read and thrown away: who still sends would not see the refusal."""


async def body_of(scope: Scope, parts: AsyncIterable[bytes], most: int, seconds: float) -> bytes | Refusal:
    """Return a body of at most so many bytes that came within a time, in parts as the server gives them."""
    stated = scope.headers.get("content-length", "")
    if not stated and not scope.headers.get("transfer-encoding", ""):
        return b""
    fault = _fault_of(scope)
    if fault:
        return fault
    waits_for_leave = bool(scope.headers.get("expect", ""))
    if stated.isdecimal() and int(stated) > (most if waits_for_leave else most + PASSED_BY):
        return too_large(most)
    try:
        async with asyncio.timeout(seconds):
            body = await _read(parts, most)
    except TimeoutError:
        return TOO_SLOW
    whole = not stated or isinstance(body, Refusal) or len(body) == int(stated)
    return body if whole else BROKEN_OFF


def _fault_of(scope: Scope) -> Refusal | None:
    """Return the answer to a body that must not be taken as it stands: nothing is unpacked or joined here."""
    if scope.headers.get("content-encoding", "identity").lower() not in ("", "identity"):
        return PACKED
    return IN_PART if scope.headers.get("content-range", "") else None


async def _read(parts: AsyncIterable[bytes], most: int) -> bytes | Refusal:
    """Return a body; what came of one that broke off is no body."""
    content = bytearray()
    size = 0
    ended = False
    async for part in parts:
        if ended:  # the server ends with an empty part; one before the last stands for a fault, or trailers
            return BROKEN_OFF
        ended = not part
        size += len(part)
        if size <= most:
            content += part
        elif size > most + PASSED_BY:
            break
    return bytes(content) if size <= most else too_large(most)
