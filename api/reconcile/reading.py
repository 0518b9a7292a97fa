"""JSON as clients send it: read strictly, so that nothing in it is lost without a word."""

from __future__ import annotations

import json
from typing import Final, NoReturn

from kb.errors import BadParameter, TooLarge

LONGEST: Final = 200_000
"""So many characters of JSON are read at once."""


class Repeated(ValueError):
    """A key that stands twice in one object: one of the two would be lost."""


def read_json(text: str, place: str) -> object:
    """Return what a JSON text holds.

    Raises TooLarge for a text of more than ``LONGEST`` characters; BadParameter for what is no JSON, a key
    that stands twice, a number that JSON does not have, and characters that no text can hold. ``place`` is
    the parameter that it came in.
    """
    if len(text) > LONGEST:
        raise TooLarge(
            f"it has {len(text):,} characters, and {LONGEST:,} are read",
            place=place,
            repair="Send smaller batches",
        )
    try:
        # Written again, because half a surrogate pair and 1e999 pass the reader and stand in no answer.
        found: object = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
        json.dumps(found, ensure_ascii=False, allow_nan=False).encode()
    except Repeated as error:
        raise BadParameter(str(error), place=place, repair="Give each key once") from error
    except (ValueError, RecursionError) as error:
        raise BadParameter(
            f"it is no JSON that can be read{_where(error)}", place=place, repair="Send a JSON object"
        ) from error
    return found


def _where(error: Exception) -> str:
    return f" (line {error.lineno}, column {error.colno})" if isinstance(error, json.JSONDecodeError) else ""


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Repeated(f"the key {shortened(twice)} stands twice in one object")
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def shortened(text: str, most: int = 60) -> str:
    """Return a client's text quoted for an error, cut where it is long."""
    return repr(text if len(text) <= most else text[:most] + "…")
