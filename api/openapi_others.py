"""Operations beside the questions: SPARQL, and what the service says of itself, as far as they are there."""

from __future__ import annotations

from typing import Final

from flask import Flask

from api.openapi_schemas import Json, headers, refusals

_ROWS: Final = ("application/sparql-results+xml", "text/csv", "text/tab-separated-values")
_TRIPLES: Final = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")


def other_paths(app: Flask) -> Json:
    """Return the paths that an application has of those known here."""
    there = {rule.rule for rule in app.url_map.iter_rules()}
    return {path: item for path, item in _PATHS.items() if path in there}


def _page(identifier: str, summary: str, media_type: str) -> Json:
    return {
        "get": {
            "operationId": identifier,
            "summary": summary,
            "tags": ["service"],
            "responses": {
                "200": {"description": summary, "content": {media_type: {}}},
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
_ANSWERED: Final[Json] = {"200": _ANSWER, **refusals(400, 403, 406, 413, 415, 429, 503, 504)}
_QUERY: Final[Json] = {
    "name": "query",
    "in": "query",
    "required": False,
    "description": "A SELECT, ASK, CONSTRUCT or DESCRIBE query; the project's prefixes need not be declared.",
    "schema": {"type": "string", "minLength": 1},
    "example": "SELECT ?state ?code WHERE { ?state a lg:State ; lg:iso3 ?code } LIMIT 10",
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
    "/healthz": _page("healthz", "Whether the process is alive", "application/json"),
    "/readyz": _page("readyz", "Whether it can answer", "application/json"),
    "/metrics": _page("metrics", "Figures for Prometheus", "text/plain"),
    "/openapi.json": _page("openapi", "This document", "application/json"),
    "/docs/api": _page("docs", "This document as a page", "text/html"),
}
