"""Tokens that may change a workbench: made here, shown once, kept by the operator as hashes only.

A token is 256 random bits, so a plain SHA-256 of it can be published without helping anyone to find it; a
slow hash is for secrets that people choose.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from kb.errors import BadInput
from kb.settings import Settings

_HASH: Final = re.compile(r"sha256:([0-9a-f]{64})")


def new_token() -> str:
    """Return a new token, of letters, digits, ``-`` and ``_``."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """Return what an operator keeps of a token: ``sha256:`` and 64 hex digits."""
    return f"sha256:{hashlib.sha256(token.encode()).hexdigest()}"


@dataclass(frozen=True, slots=True)
class Tokens:
    """The hashes of the tokens that are good."""

    hashes: tuple[str, ...]

    @classmethod
    @lru_cache(maxsize=8)
    def of(cls, settings: Settings) -> Tokens:
        """Return the tokens that the settings name; the file is read once.

        Raises BadInput for a file that cannot be read and for what is no hash: it is not shown, as it may be
        a token that was put there by mistake.
        """
        found = [text.strip() for text in settings.update_token_hash.split(",") if text.strip()]
        place = "LEGATION_UPDATE_TOKEN_HASH"
        if settings.update_token_file:
            place = "LEGATION_UPDATE_TOKEN_FILE"
            found += _lines(Path(settings.update_token_file))
        for number, text in enumerate(found, 1):
            if not _HASH.fullmatch(text):
                raise BadInput(
                    f"hash number {number} is not sha256: and 64 hex digits",
                    place=place,
                    repair="Put there the line that `legation token` prints after the token, not the token",
                )
        return cls(tuple(found))

    def __bool__(self) -> bool:
        return bool(self.hashes)

    def good(self, token: str) -> bool:
        """Tell whether a token is one of them, in a time that does not depend on how near it comes."""
        sent = hash_of(token)
        return sum(hmac.compare_digest(sent, kept) for kept in self.hashes) > 0  # each is looked at


def _lines(path: Path) -> list[str]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            f"it cannot be read: {getattr(error, 'strerror', None) or 'it is not UTF-8'}",
            place=str(path),
            repair="Give a file with one hash a line",
        ) from error
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]
