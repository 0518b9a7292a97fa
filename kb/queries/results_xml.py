"""An answer as SPARQL Query Results XML (W3C, 2013)."""

from __future__ import annotations

import re
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import BlankNode, Literal, NamedNode

from kb.namespaces import PREFIXES
from kb.queries.answers import Answer
from kb.queries.values import Term, plain

_NAMESPACE: Final = "http://www.w3.org/2005/sparql-results#"
_UNTYPED: Final = frozenset((PREFIXES["xsd"] + "string", PREFIXES["rdf"] + "langString"))
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold, however they are written."""


def as_xml(answer: Answer) -> str:
    """Return an answer as XML; a character that XML cannot hold becomes U+FFFD."""
    names = "".join(f"<variable name={quoteattr(name)}/>" for name in answer.columns)
    rows = "\n".join(
        "<result>" + "".join(map(_binding, answer.columns, row)) + "</result>" for row in answer.rows
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="{_NAMESPACE}"><head>{names}</head>\n'
        f"<results>\n{rows}\n</results></sparql>\n"
        + ("<!-- Rows were left out -->\n" if answer.truncated else "")
    )


def _binding(name: str, term: Term | None) -> str:
    return "" if term is None else f"<binding name={quoteattr(name)}>{_term(term)}</binding>"


def _term(term: Term) -> str:
    text = escape(_NOT_XML.sub("\ufffd", plain(term)), {"\r": "&#13;"})
    if isinstance(term, NamedNode):
        return f"<uri>{text}</uri>"
    if isinstance(term, BlankNode):
        return f"<bnode>{text}</bnode>"
    kind = ""
    if isinstance(term, Literal) and term.language:
        kind = f" xml:lang={quoteattr(term.language)}"
    elif isinstance(term, Literal) and term.datatype.value not in _UNTYPED:
        kind = f" datatype={quoteattr(term.datatype.value)}"
    return f"<literal{kind}>{text}</literal>"
