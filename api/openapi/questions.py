"""Every question as two operations: at its own address by the header Accept, and by a suffix."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from api.openapi.schemas import Json, headers, refusals, schema_of
from api.questions.pages import FORMS, PAGE
from kb.queries import Question, questions
from kb.queries.parameters import Parameter, ParameterType

_PAGED: Final = ("ETag", "Link", "Legation-Version", "Legation-Truncated", "Legation-Held-Back")
_RESULTS: Final = "application/sparql-results+json"


def question_paths(states: Collection[str], rows: int) -> Json:
    """Return the paths of all questions; ``rows`` is the largest limit."""
    found: Json = {
        "/questions/": {
            "get": {
                "operationId": "questions",
                "summary": "All questions, as a page",
                "tags": ["questions"],
                "responses": {"200": {"description": "The list.", "content": {PAGE: {}}}, **refusals(429)},
            }
        }
    }
    for question in questions().values():
        parameters = [*(_parameter(p, states) for p in question.takes), *_paging(rows)]
        found[f"/questions/{question.name}"] = {"get": _operation(question, parameters, negotiated=True)}
        found[f"/questions/{question.name}.{{form}}"] = {
            "get": _operation(question, [_FORM, *parameters], negotiated=False)
        }
    return found


def _operation(question: Question, parameters: list[Json], *, negotiated: bool) -> Json:
    content = {media_type: _content(question, media_type) for _, media_type in FORMS.values()}
    if negotiated:
        content[PAGE] = {}
    answered: Json = {
        "description": "The answer, or the page of it that is asked for.",
        "headers": headers(
            *_PAGED, *(["Legation-As-Of"] if question.told else []), *(["Vary"] if negotiated else [])
        ),
        "content": content,
    }
    found: Json = {
        "operationId": question.name if negotiated else f"{question.name}.form",
        "summary": question.question,
        "description": question.about.strip(),
        "tags": ["questions"],
        "parameters": parameters,
        "responses": {
            "200": answered,
            "304": {"description": "The client has this answer already."},
            **refusals(400, 404, 406, *([413] if question.told else []), 429, 503, 504),
        },
    }
    if question.one_of:
        # At least one of them must be given; OpenAPI 3.1 has no word for that.
        found["x-one-of"] = list(question.one_of)
    return found


def _content(question: Question, media_type: str) -> Json:
    if media_type == "application/json":
        return {"schema": _answer(question)}
    if media_type == _RESULTS:
        return {"schema": {"$ref": "#/components/schemas/Results"}}
    return {}


def _answer(question: Question) -> Json:
    """Return the schema of a question's answer as JSON."""
    cells: Json = {
        column.name: {"type": ["string", "integer", "null"], "description": column.about}
        for column in question.columns
    }
    members: Json = {
        "question": {
            "type": "object",
            "required": ["name", "text"],
            "properties": {"name": {"const": question.name}, "text": {"type": "string"}},
        },
        "parameters": {"type": "object", "additionalProperties": {"type": "string"}},
        "version": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
        "columns": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["name", "about"],
                "properties": {"name": {"enum": list(cells)}, "about": {"type": "string"}},
            },
        },
        "rows": {
            "type": "array",
            "items": {
                "type": "object",
                "required": list(cells),
                "properties": cells,
                "additionalProperties": False,
            },
        },
        "truncated": {"type": "boolean", "description": "Whether there are more rows than the limit."},
        "total": {"type": "integer", "minimum": 0, "description": "Rows on all pages together."},
        "next": {
            "description": "Where the next page begins: send it as `after`; null on the last.",
            "anyOf": [{"$ref": "#/components/schemas/Cursor"}, {"type": "null"}],
        },
    }
    return {
        "type": "object",
        "required": list(members),
        "properties": members | ({"as_of": _AS_OF} if question.told else {}),
        "additionalProperties": False,
    }


def _parameter(parameter: Parameter, states: Collection[str]) -> Json:
    example: object = parameter.example
    if parameter.type is ParameterType.STATE and states and example not in states:
        example = min(states)
    schema = schema_of(parameter)
    if parameter.default:
        schema = {"allOf": [schema], "default": parameter.default} if "$ref" in schema else {
            **schema, "default": parameter.default
        }  # fmt: skip
    return {
        "name": parameter.name,
        "in": "query",
        "description": f"{parameter.about}. Takes {parameter.hint()}.",
        "required": parameter.required,
        "schema": schema,
        "example": int(parameter.example) if parameter.type is ParameterType.INTEGER else example,
    }


def _paging(rows: int) -> tuple[Json, ...]:
    return (
        {
            "name": "limit",
            "in": "query",
            "description": "How many rows a page has. Without it: all rows as data, 100 on an HTML page.",
            "schema": {"type": "integer", "minimum": 1, "maximum": rows},
            "example": 100,
        },
        {
            "name": "after",
            "in": "query",
            "description": "Where the page begins: taken from the header Link or the member `next`.",
            "schema": {"$ref": "#/components/schemas/Cursor"},
        },
    )


_COUNT: Final[Json] = {"type": "integer", "minimum": 0}
_AS_OF: Final[Json] = {
    "type": "object",
    "description": "There where the parameter `as_of` is given: what was known by the end of that day.",
    "required": ["day", "texts", "of", "undated", "first"],
    "properties": {
        "day": {"type": "string", "format": "date"},
        "texts": _COUNT | {"description": "Texts that had been published by then."},
        "of": _COUNT | {"description": "Texts that the base has now."},
        "undated": _COUNT | {"description": "Those without a date, which are known on no day."},
        "first": {
            "description": "When the earliest was published; null where none has a date.",
            "anyOf": [{"type": "string", "format": "date"}, {"type": "null"}],
        },
    },
    "additionalProperties": False,
}
_FORM: Final[Json] = {
    "name": "form",
    "in": "path",
    "required": True,
    "description": "The form of the answer; ttl gives the claims or records that its rows rest on.",
    "schema": {"type": "string", "enum": list(FORMS)},
    "example": "json",
}
