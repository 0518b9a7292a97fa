"""What goes to standard error: lines for a reader, or JSON lines for a machine (LEGATION_LOG).

``faults``: only what went wrong. ``plain``: that, and one line a request. ``json``: the same as JSON objects.
See api.monitoring.watch for what a line about a request never holds.
"""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from kb.settings import Settings

if TYPE_CHECKING:
    from api.monitoring.watch import Seen

_requests: Final = logging.getLogger("legation.requests")
_DEEPEST: Final = 12
"""How many frames of a stack are told."""
_FIELDS: Final = "legation_fields"
"""The attribute of a record that holds what a JSON line tells beside time, level, logger and event."""


def configure(settings: Settings, stream: TextIO | None = None) -> None:
    """Send what this process logs to standard error, in the form that the settings choose."""
    handler = logging.StreamHandler(stream) if stream else _StandardError()
    handler.setFormatter(JsonLines() if settings.log == "json" else PlainLines())
    root = logging.getLogger()
    for old in root.handlers[:]:
        if isinstance(old.formatter, JsonLines | PlainLines):
            root.removeHandler(old)
    root.addHandler(handler)
    _requests.setLevel(logging.WARNING if settings.log == "faults" else logging.INFO)


class _StandardError(logging.StreamHandler[TextIO]):
    """Writes to what standard error is at the moment; a handler of its own keeps what it was."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]
        """Return standard error."""
        return sys.stderr


def wanted() -> bool:
    """Say whether there is to be a line about each request."""
    return _requests.isEnabledFor(logging.INFO)


def tell(seen: Seen) -> None:
    """Write the line about a request."""
    fields: dict[str, object] = {
        "method": seen.method,
        "endpoint": seen.endpoint,
        "status": seen.status,
        "ms": round(seen.seconds * 1000, 1),
        "bytes": seen.size,
        "query": seen.query,
        "stopped": seen.stopped,
    }
    known = {name: value for name, value in fields.items() if value not in ("", None)}
    _requests.info("request", extra={_FIELDS: known})


def fault(logger: logging.Logger, event: str, **fields: object) -> None:
    """Log something that went wrong, with what a machine may read of it."""
    logger.error(event, extra={_FIELDS: fields})


def frames(error: BaseException) -> list[str]:
    """Return where an error came from, innermost last; not what it says, which may hold what was asked."""
    found = traceback.extract_tb(error.__traceback__)[-_DEEPEST:]
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in found]


class PlainLines(logging.Formatter):
    """``2024-05-17T09:30:00Z INFO legation.requests request method=GET status=200``."""

    def format(self, record: logging.LogRecord) -> str:
        """See logging.Formatter.format."""
        head = f"{_moment(record)} {record.levelname} {record.name} {_one_line(record.getMessage())}"
        return " ".join([head, *(f"{name}={_plain(value)}" for name, value in _fields(record).items())])


class JsonLines(logging.Formatter):
    """The same, as one JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """See logging.Formatter.format."""
        told: dict[str, object] = {
            "time": _moment(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        return json.dumps(told | _fields(record))


def _fields(record: logging.LogRecord) -> dict[str, object]:
    fields: dict[str, object] = dict(getattr(record, _FIELDS, {}))
    if record.exc_info and record.exc_info[1] is not None:
        fields |= {"error": type(record.exc_info[1]).__name__, "frames": frames(record.exc_info[1])}
    return fields


def _moment(record: logging.LogRecord) -> str:
    return f"{time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(record.created))}.{int(record.msecs):03d}Z"


def _plain(value: object) -> str:
    text = _one_line(str(value))
    return json.dumps(text, ensure_ascii=False) if " " in text or not text else text


def _one_line(text: str) -> str:
    """Return a text without anything that could begin a line of its own."""
    return "".join(char if char.isprintable() else " " for char in text)
