"""What the OpenAPI document cannot say, told to Schemathesis."""

from __future__ import annotations

from datetime import date
from typing import Any

import schemathesis

from kb.edtf_bounds import bounds
from kb.errors import BadInput


@schemathesis.hook
def filter_case(context: schemathesis.HookContext, case: schemathesis.Case[Any]) -> bool:
    """Keep a case that gives one of the parameters of which one must be given (``x-one-of``).

    And none that asks what was known on a day that lies ahead: which day is today, no schema says.
    """
    given = case.query or {}
    needed = case.operation.definition.raw.get("x-one-of", [])
    return (not needed or any(name in given for name in needed)) and not _ahead(given.get("as_of"))


def _ahead(day: object) -> bool:
    try:
        last = bounds(str(day)).latest
    except BadInput:
        return False
    return last is not None and last > date.today()


@schemathesis.serializer("application/sparql-query")
def sparql(context: schemathesis.SerializationContext, value: object) -> bytes:
    """Send a query as it is."""
    return str(value).encode("utf-8", "replace")
