"""Parts that the operations of the OpenAPI document share: schemas of parameters, headers, refusals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from api.problems.errors import PROBLEM
from kb.queries.paging import LONGEST as LONGEST_CURSOR
from kb.queries.parameters import LONGEST, Parameter, ParameterType

Json = dict[str, object]

_YEAR: Final = r"([1-9]\d{3}|0[1-9]\d\d|00[1-9]\d|000[1-9])"
_NAME: Final = r"^[^\s\u0000-\u001f\u007f]([^\u0000-\u001f\u007f]*[^\s\u0000-\u001f\u007f])?$"
_LARGEST: Final = 10**18 - 1

PROBLEM_SCHEMA: Final[Json] = {
    "type": "object",
    "description": "What is wrong (RFC 9457), where, and what to do.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string", "description": "What is wrong; it names the parameter or the limit."},
        "place": {"type": "string", "description": "Where: a parameter, a question, a line of a query."},
        "repair": {"type": "string", "description": "The next step."},
    },
}
_TERM: Final[Json] = {
    "type": "object",
    "required": ["type", "value"],
    "properties": {
        "type": {"enum": ["uri", "literal", "bnode", "triple"]},
        "value": {},
        "datatype": {"type": "string"},
        "xml:lang": {"type": "string"},
    },
}
RESULTS_SCHEMA: Final[Json] = {
    "type": "object",
    "description": "SPARQL 1.1 Query Results JSON.",
    "required": ["head"],
    "properties": {
        "head": {"type": "object"},
        "boolean": {"type": "boolean"},
        "truncated": {"type": "boolean", "description": "There and true where rows were left out."},
        "results": {
            "type": "object",
            "required": ["bindings"],
            "properties": {
                "bindings": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "additionalProperties": {"$ref": "#/components/schemas/Term"},
                    },
                }
            },
        },
    },
}
DATE_SCHEMA: Final[Json] = {
    "description": "A day, month or year; any other EDTF date (195X, 2023-09-11/2023-09-15) is read too.",
    "anyOf": [
        {"type": "string", "format": "date"},
        {"type": "string", "pattern": rf"^{_YEAR}(-(0[1-9]|1[0-2]))?$"},
    ],
}
THING_SCHEMA: Final[Json] = {
    "type": "string",
    "minLength": 1,
    "maxLength": LONGEST,
    "pattern": _NAME,
    "description": "An IRI, short or full, or an exact name.",
}
CURSOR_SCHEMA: Final[Json] = {"type": "string", "pattern": "^[A-Za-z0-9_-]+$", "maxLength": LONGEST_CURSOR}

_REFUSALS: Final = {
    400: ("BadRequest", "A parameter is unknown, missing, malformed or given twice."),
    403: ("Forbidden", "What was sent may not be run here."),
    404: ("NotFound", "There is no such question, thing or page."),
    406: ("NotAcceptable", "There is none of the forms that the header Accept names."),
    410: ("Gone", "The thing was merged with another or taken out of use."),
    413: ("TooLarge", "What was sent, or asked for, passes the limit that is named."),
    415: ("UnsupportedMediaType", "The body is of no kind that is read here."),
    422: ("Unanswerable", "The query parses, and asks for what there is not, such as a function of its own."),
    429: ("TooMany", "This client asks too often; the header Retry-After says when to come again."),
    503: ("Unavailable", "Too much is asked at once, or the base cannot answer now."),
    504: ("TimedOut", "The answer took longer than the limit that is named."),
}
"""Statuses: the component's name, and when it is given."""


def components(states: Iterable[str]) -> Json:
    """Return the components; ``states`` are the codes of the states that the base knows."""
    codes = sorted(states)
    state: Json = {"type": "string", "description": "A state's ISO 3166 alpha-3 code, as the base has it."}
    schemas: Json = {
        "Problem": PROBLEM_SCHEMA,
        "Results": RESULTS_SCHEMA,
        "Term": _TERM,
        "Date": DATE_SCHEMA,
        "Thing": THING_SCHEMA,
        "Cursor": CURSOR_SCHEMA,
        "State": state | ({"enum": codes} if codes else {}),
    }
    return {
        "schemas": schemas,
        "responses": {name: _refusal(about) for name, about in _REFUSALS.values()},
        "headers": dict(_HEADERS),
    }


def refusals(*statuses: int) -> Json:
    """Return references to the refusals of those statuses."""
    return {str(status): {"$ref": f"#/components/responses/{_REFUSALS[status][0]}"} for status in statuses}


def schema_of(parameter: Parameter) -> Json:
    """Return what a question's parameter takes."""
    if parameter.allowed:
        return {"type": "string", "enum": list(parameter.allowed)}
    if parameter.type is ParameterType.INTEGER:
        least = -_LARGEST if parameter.least is None else parameter.least
        return {"type": "integer", "minimum": least, "maximum": _LARGEST}
    named = {ParameterType.STATE: "State", ParameterType.DATE: "Date"}
    return {"$ref": f"#/components/schemas/{named.get(parameter.type, 'Thing')}"}


def headers(*names: str) -> Json:
    """Return references to headers of an answer."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _refusal(about: str) -> Json:
    problem: Json = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {"description": about, "content": {PROBLEM: problem, "text/html": {}}}


def _header(about: str) -> Mapping[str, object]:
    return {"description": about, "schema": {"type": "string"}}


_HEADERS: Final = {
    "ETag": _header("Changes when the data do; send it back as If-None-Match."),
    "Link": _header("Addresses of the next, the previous and the first page (RFC 8288)."),
    "Vary": _header("The form depends on the header Accept."),
    "Legation-Version": _header("The state of the data that the answer comes from."),
    "Legation-Truncated": _header("There where rows were left out because there are more than the limit."),
    "Legation-As-Of": _header(
        "There where an earlier day is asked: the day, texts published by then, all texts, and undated ones."
    ),
    "Legation-Held-Back": _header("There where rows about private persons await review."),
}
