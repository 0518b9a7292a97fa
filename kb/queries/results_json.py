"""An answer as SPARQL Query Results JSON (W3C, 2013)."""

from __future__ import annotations

import json
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode

from kb.namespaces import PREFIXES
from kb.queries.answers import Answer
from kb.queries.values import Term, plain

_UNTYPED: Final = frozenset((PREFIXES["xsd"] + "string", PREFIXES["rdf"] + "langString"))


def as_results_json(answer: Answer) -> str:
    """Return an answer as results in JSON; ``truncated`` beside them says that rows were left out."""
    bindings = [
        {name: _term(term) for name, term in zip(answer.columns, row, strict=True) if term is not None}
        for row in answer.rows
    ]
    content: dict[str, object] = {
        "head": {"vars": list(answer.columns)},
        "results": {"bindings": bindings},
    }
    if answer.truncated:
        content["truncated"] = True
    return json.dumps(content, ensure_ascii=False) + "\n"


def _term(term: Term) -> dict[str, str]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    found = {"type": "literal", "value": plain(term)}
    if isinstance(term, Literal) and term.language:
        found["xml:lang"] = term.language
    elif isinstance(term, Literal) and term.datatype.value not in _UNTYPED:
        found["datatype"] = term.datatype.value
    return found
