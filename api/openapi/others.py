"""Operations beside the questions: SPARQL, and what the service says of itself, as far as they are there."""

from __future__ import annotations

from typing import Final

from flask import Flask

from api.linked_data.forms import ALL, DATA
from api.openapi.schemas import Json, headers, refusals
from kb.namespaces import KINDS

_ROWS: Final = ("application/sparql-results+xml", "text/csv", "text/tab-separated-values")
_TRIPLES: Final = tuple(form.media_type for form in DATA)


def other_paths(app: Flask) -> Json:
    """Return the paths that an application has of those known here."""
    there = {rule.rule for rule in app.url_map.iter_rules()}
    found = {path: item for path, item in _PATHS.items() if path in there}
    return found | (_things() if "/<kind>/<name>" in there else {})


def _contents(*media_types: str) -> Json:
    return {media_type: {} for media_type in media_types}


def _page(identifier: str, summary: str, *media_types: str) -> Json:
    return {
        "get": {
            "operationId": identifier,
            "summary": summary,
            "tags": ["service"],
            "responses": {
                "200": {"description": summary, "content": _contents(*media_types)},
                **refusals(406, 429, 503),
            },
        }
    }


_CONTENT: Final[Json] = {media_type: {} for media_type in (*_ROWS, *_TRIPLES, "text/html")} | {
    "application/sparql-results+json": {"schema": {"$ref": "#/components/schemas/Results"}}
}
_ANSWER: Final[Json] = {
    "description": "The result, in the form that the header Accept names.",
    "headers": headers("Vary", "Legation-Truncated"),
    "content": _CONTENT,
}
_ANSWERED: Final[Json] = {"200": _ANSWER, **refusals(400, 403, 406, 413, 415, 422, 429, 503, 504)}
_QUERY: Final[Json] = {
    "name": "query",
    "in": "query",
    "required": False,
    "description": "A SELECT, ASK, CONSTRUCT or DESCRIBE query; the project's prefixes need not be declared.",
    "schema": {"type": "string", "minLength": 1},
    "example": "SELECT ?state ?code WHERE { ?state a lg:State ; lg:iso3 ?code } LIMIT 10",
}
_MANIFEST: Final[Json] = {"description": "The manifest.", "content": {"application/json": {}}}
_MATCHES: Final[Json] = {"description": "Candidates for each query.", "content": {"application/json": {}}}
_FORMS: Final = {form.suffix: form.media_type for form in ALL}


def _named(name: str, about: str, *values: str) -> Json:
    schema: Json = {"type": "string", "enum": list(values)} if values else {"type": "string", "minLength": 1}
    return {"name": name, "in": "path", "required": True, "description": about, "schema": schema}


def _things() -> Json:
    kinds = _named("kind", "The kind of thing.", *(path.rstrip("/") for path in KINDS.values()))
    thing = [kinds, _named("name", "The end of its IRI.")]
    form = _named("form", "The form of the document.", *_FORMS)
    led: Json = {"description": "Where the document is.", "headers": headers("Vary")}
    document: Json = {"description": "The document.", "content": _contents(*_FORMS.values())}
    return {
        "/{kind}/{name}": _get(
            "thing",
            "A thing: leads to a document about it, in the form that the client takes",
            thing,
            {"303": led, **refusals(404, 406, 410, 429, 503)},
        ),
        "/{kind}/{name}.{form}": _get(
            "thing.form",
            "What the base says of a thing",
            [*thing, form],
            {"200": document, **refusals(404, 410, 429, 503)},
        ),
    }


def _get(identifier: str, summary: str, parameters: list[Json], responses: Json) -> Json:
    return {
        "get": {
            "operationId": identifier,
            "summary": summary,
            "tags": ["things"],
            "parameters": parameters,
            "responses": responses,
        }
    }


_PATHS: Final[Json] = {
    "/sparql": {
        "get": {
            "operationId": "sparql.get",
            "summary": "Run a SPARQL query",
            "description": "The SPARQL 1.1 protocol. Without a query: a page, or the service's description.",
            "tags": ["sparql"],
            "parameters": [_QUERY],
            "responses": _ANSWERED,
        },
        "post": {
            "operationId": "sparql.post",
            "summary": "Run a SPARQL query that is too long for an address",
            "tags": ["sparql"],
            "requestBody": {
                "required": True,
                "content": {
                    "application/sparql-query": {"schema": {"type": "string", "minLength": 1}},
                    "application/x-www-form-urlencoded": {
                        "schema": {
                            "type": "object",
                            "required": ["query"],
                            "properties": {"query": {"type": "string", "minLength": 1}},
                        }
                    },
                },
            },
            "responses": _ANSWERED,
        },
    },
    "/reconcile": {
        "get": {
            "operationId": "reconcile.manifest",
            "summary": "The manifest of the Reconciliation Service API 0.2",
            "tags": ["reconciliation"],
            "responses": {"200": _MANIFEST, **refusals(429, 503)},
        },
        "post": {
            "operationId": "reconcile.queries",
            "summary": "Which entities names in a table mean, in batches",
            "tags": ["reconciliation"],
            "requestBody": {
                "required": True,
                "content": {
                    "application/x-www-form-urlencoded": {
                        "schema": {
                            "type": "object",
                            "required": ["queries"],
                            "properties": {
                                "queries": {
                                    "type": "string",
                                    "description": "JSON: a batch, by names of the client's own.",
                                }
                            },
                        }
                    }
                },
            },
            "responses": {"200": _MATCHES, **refusals(400, 413, 415, 429, 503)},
        },
    },
    "/.well-known/void": _page("void", "What the base holds, as VoID and DCAT", *_TRIPLES, "text/html"),
    "/settings": _page(
        "settings", "The settings that the service runs with", "application/json", "text/html"
    ),
    "/healthz": _page("healthz", "Whether the process is alive", "application/json"),
    "/readyz": _page("readyz", "Whether it can answer", "application/json"),
    "/metrics": _page("metrics", "Figures for Prometheus", "text/plain"),
    "/openapi.json": _page("openapi", "This document", "application/json"),
    "/docs/api": _page("docs", "This document as a page", "text/html"),
}
