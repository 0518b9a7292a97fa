"""Every setting, typed, in one place; each is read from an environment variable LEGATION_<NAME>."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

from kb.errors import BadInput


class Secret:
    """A text that never shows itself: not in a representation, an error or a log."""

    __slots__ = ("_text",)

    def __init__(self, text: str = "") -> None:
        self._text = text

    def reveal(self) -> str:
        """Return the text, to be handed to whom it is meant for and nobody else."""
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __repr__(self) -> str:
        return "Secret(…)" if self._text else "Secret()"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)


NO_SECRET: Final = Secret()

_KINDS: Final[dict[type, str]] = {
    int: "a whole number above zero",
    float: "a number above zero",
    str: "a text",
}


OFF_AT_ZERO: Final = frozenset(
    {"trusted_proxies", "requests_per_second", "requests_at_once", "hsts_seconds", "copy_bytes"}
)
"""Settings whose number may be 0, which turns off what they count."""
_CHOICES: Final = {
    "log": ("faults", "plain", "json"),
    "metrics": ("local", "off"),
    "cross_origin": ("any", "none"),
}
"""What a setting may say that is one of a few words."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator may choose."""

    store: str = ".legation/store"
    """A folder for the embedded store, or the query address of a SPARQL 1.1 service."""
    store_update: str = ""
    """The update address of a SPARQL service, where it is not <address>/update beside <address>/query."""
    reference: str = ""
    """A folder of your own Turtle files, loaded beside the shipped reference data; curation writes there."""
    query_seconds: float = 10.0
    """How long one query may run, in seconds of wall clock."""
    query_rows: int = 100_000
    """How many rows one answer may hold; a longer one is cut and marked."""
    answer_bytes: int = 64_000_000
    """How many bytes one answer may have; a longer one is cut after its last whole row and marked."""
    readers: int = 2
    """How many reader processes answer questions and pages; twice as many answer SPARQL queries."""
    reader_bytes: int = 1_000_000_000
    """How much memory one reader process may take, in bytes; the store's own files do not count."""
    copy_bytes: int = 1_000_000_000
    """How much memory `legation serve` may take for a copy of what is asked, in bytes; 0: none is made."""
    path_prefix: str = ""
    """The path under which the service is reached, such as /kb/legation; a proxy may take it away or not."""
    trusted_proxies: int = 0
    """How many proxies stand before the service, whose X-Forwarded-For, -Proto and -Host are believed."""
    public_address: str = ""
    """Where the service is reached, prefix included (https://example.org/kb); empty: as a client asks."""
    requests_per_second: float = 50.0
    """How many requests a client may send a second, in the long run; 0: any number."""
    requests_burst: int = 500
    """How many it may send at once after a pause."""
    requests_at_once: int = 12
    """How many requests of a client may be in work at once; 0: any number."""
    requests_exempt: str = "127.0.0.0/8, ::1/128"
    """Networks whose clients these three do not bind, with commas."""
    cross_origin: str = "any"
    """Whether pages of other sites may read answers: any, or none."""
    hsts_seconds: int = 0
    """For how long a browser shall ask by TLS only (Strict-Transport-Security); 0: it is not told."""
    log: str = "faults"
    """What goes to standard error: faults, plain (and a line a request), or json (the same as JSON lines)."""
    metrics: str = "local"
    """Who may read /metrics: local (this machine, or whoever has the token), or off."""
    metrics_token: Secret = NO_SECRET
    """The token that /metrics wants, where it is set; never shown."""
    services: str = ""
    """Addresses of other SPARQL services that a query may call with SERVICE, with commas; empty: none."""
    services_internal: str = ""
    """Which of their hosts may have a private address: host:port, with commas."""
    spool: str = ""
    """A folder for large answers on their way, which have no name in it; empty: the system's."""
    spool_bytes: int = 1_000_000_000
    """How many bytes of large answers may be on their way at once; more are told to come again."""
    as_of_claims: int = 12_000
    """From how many claims facts as of an earlier day are made at most; a day that knew more is refused."""
    as_of_seconds: float = 120.0
    """How long that may take, in seconds of wall clock; it goes on when who asked has been told to wait."""
    as_of_stores: int = 3
    """How many earlier days are kept ready, each with a folder and a reader process of its own."""
    update_seconds: float = 30.0
    """How long one change of a workbench may take, in seconds of wall clock."""
    update_bytes: int = 8_000_000
    """How many bytes an update, or the content sent for a graph, may have."""
    update_token_hash: str = ""
    """Hashes of the tokens that may change a workbench, as `legation token` prints them, with commas."""
    update_token_file: str = ""
    """A file with such hashes, one a line, instead."""
    cache: str = ""
    """A folder for compiled artefacts; empty: the user's cache folder."""
    article_bytes: int = 2_000_000
    """How long one article may be, in bytes."""
    extractors: str = "rules"
    """What reads texts: names of installed extractors, with commas."""
    model_address: str = ""
    """The address of a chat-completions service; empty: the extractor "model" makes no call."""
    model_name: str = ""
    """The model to ask there, as the service calls it."""
    model_key: Secret = NO_SECRET
    """The key of the service, where it wants one; never shown."""
    model_plain_hosts: str = ""
    """Hosts that may be called without TLS, with commas; this machine always may."""
    model_options: str = "{}"
    """A JSON object laid over each request; null takes a key away."""
    model_seconds: float = 120.0
    """How long one call may take, in seconds of wall clock."""
    model_calls: int = 1000
    """How many calls one run may make, repeated ones included."""
    model_tokens: int = 5_000_000
    """How many tokens one run may use, of prompts and answers together."""

    @property
    def cache_folder(self) -> Path:
        """Return the folder of compiled artefacts (not made here)."""
        if self.cache:
            return Path(self.cache)
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "legation"

    @classmethod
    def from_environment(cls) -> Settings:
        """Return the settings as the environment has them.

        Raises BadInput when a variable's value is not of the setting's kind, or zero where it may not be.
        """
        defaults = cls()
        found: dict[str, Any] = {}
        for field in fields(cls):
            name = f"LEGATION_{field.name.upper()}"
            text = os.environ.get(name)
            if text is None:
                continue
            kind = type(getattr(defaults, field.name))
            found[field.name] = _read(text, kind, name, zero=field.name in OFF_AT_ZERO)
            choices = _CHOICES.get(field.name, (text,))
            if text not in choices:
                raise BadInput(
                    f"{text!r} is not {' or '.join(choices)}",
                    place=name,
                    repair="Give one of these, or unset it",
                )
        return cls(**found)


def _read(text: str, kind: type, name: str, *, zero: bool) -> object:
    """Return a variable's value as the setting's kind; a number is above zero, or 0 for "none"."""
    try:
        value = kind(text)
    except ValueError:
        value = None
    good = value is not None and (kind not in (int, float) or 0 < value < float("inf"))
    if not good and not (zero and value == 0):
        wanted = f"{_KINDS[kind]}{', or 0 for none' if zero else ''}"
        raise BadInput(f"{text!r} is not {wanted}", place=name, repair=f"Give {wanted}, or unset it")
    return value
