"""What the OpenAPI document cannot say, told to Schemathesis."""

from __future__ import annotations

from typing import Any

import schemathesis


@schemathesis.hook
def filter_case(context: schemathesis.HookContext, case: schemathesis.Case[Any]) -> bool:
    """Keep a case that gives one of the parameters of which one must be given (``x-one-of``)."""
    needed = case.operation.definition.raw.get("x-one-of", [])
    return not needed or any(name in (case.query or {}) for name in needed)


@schemathesis.serializer("application/sparql-query")
def sparql(context: schemathesis.SerializationContext, value: object) -> bytes:
    """Send a query as it is."""
    return str(value).encode("utf-8", "replace")
