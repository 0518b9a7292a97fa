"""Requests that are nearly right: queries with pieces changed, parameters, headers, methods, bytes."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote, urlencode

from kb.errors import LegationError
from kb.queries import Question
from kb.store.tokens import tokens

METHODS: Final = (
    "GET", "POST", "HEAD", "OPTIONS", "QUERY", "PUT", "DELETE", "PATCH", "TRACE", "get", "FOO", "G ET", "",
)  # fmt: skip
TYPES: Final = (
    "application/sparql-query", "application/x-www-form-urlencoded", "application/sparql-update",
    "multipart/form-data; boundary=x", "application/json", "text/plain; charset=utf-16",
    "application/sparql-query; charset=latin-1", "", "/", "a/b;;;=",
)  # fmt: skip
ACCEPTS: Final = (
    "*/*", "application/json", "text/html", "text/csv;q=0", "text/turtle, */*;q=0.1", "*/*;q=nan", "a", ";",
    "text/*", "application/sparql-results+xml;q=1e9", "application/ld+json;profile=\"x", "image/png", ",,,",
    "*", "\xff",
)  # fmt: skip
HEADERS: Final = (
    "Host", "Accept-Language", "Accept-Encoding", "Accept-Charset", "Range", "If-None-Match",
    "If-Modified-Since", "Origin", "Referer", "Cookie", "Authorization", "X-Forwarded-For",
    "X-Forwarded-Prefix", "X-Forwarded-Proto", "Content-Encoding", "Expect", "Transfer-Encoding",
    "Access-Control-Request-Method", "Content-Length", "Upgrade",
)  # fmt: skip
WORDS: Final = (
    "SELECT", "*", "WHERE", "{", "}", "(", ")", "?s", "?p", "?o", "$x", ".", ";", ",", "FILTER", "OPTIONAL",
    "UNION", "MINUS", "GRAPH", "SERVICE", "FROM", "FROM NAMED", "VALUES", "BIND", "AS", "UNDEF", "EXISTS",
    "NOT", "GROUP BY", "HAVING", "ORDER BY", "DESC", "LIMIT", "OFFSET", "ASK", "CONSTRUCT", "DESCRIBE",
    "INSERT DATA", "LOAD", "a", "^", "|", "/", "+", "?", "!", "=", "<", ">", "&&", "||", "-", "1e999",
    "-9223372036854775809", "99999999999999999999", "0.1e-400", "true", "'x'", '"\\u0022"', "'''x", "@en",
    "@en--ltr", "^^xsd:integer", "_:b", "[]", "()", "<<", ">>", "<<(", "{|", "<http://a.example/>", "<>",
    "<a>", "<urn:x#>", "state:PRK", "g:main", "<g:main>", "nope:x", ":", "#", "COUNT(*)",
    "COUNT(DISTINCT ?s)", "GROUP_CONCAT(?s; SEPARATOR='')", "REGEX(?o, '(a+)+$')", "REPLACE('a', '', 'b')",
    "STRLANG('x', '')", "IRI('\\n')", "xsd:dateTime('x')", "SUBSTR('x', -1, 1e9)", "1/0", "YEAR(1)",
    "UUID()", "RAND()", "LATERAL", "ADJUST(NOW(), ?x)", "\\u0053ERVICE", "BASE <x>", "PREFIX x: <y>",
    "\ufeff", "\x00", "\ud7ff", "٣",
)  # fmt: skip
VALUES: Final = (
    "", " ", "0", "-1", "1", "1e9", "99999999999999999999", "nan", "PRK", "prk", "RUS", "XXX", "state:PRK",
    "nope:x", "https://w3id.org/legation/state/PRK", "http://[", "javascript:alert(1)", "2023",
    "2023-13-45", "2023-09-1X", "198X", "../", "2023/..", "y-170000002", "0000-00-00", "9999-12-31",
    "<script>", "' OR 1=1", '"', "\\", "{}", "%", "%00", "\x00", "\r\nSet-Cookie: a=b", "\u202e",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"), "x" * 5000,
    "https://w3id.org/legation/person/a>b", "true", "null", "[]", "٣", "é", "e\u0301", "..", "Corroborated",
    "lg:State",
)  # fmt: skip
PATHS: Final = (
    "/", "/sparql", "/questions/", "/state/PRK", "/state/XAL.ttl", "/terms/", "/reconcile", "/graphs",
    "/settings", "/healthz", "/readyz", "/metrics", "/openapi.json", "/.well-known/void", "/claim/x",
    "/article/x", "/static/x",
)  # fmt: skip
_NAMES: Final = ("q", "queries", "extend", "graph", "default", "prefix", "id", "cursor")
_NOISE: Final = "\x00\n\"'<\\{}\xe9\u2028\ufeff"


@dataclass(frozen=True, slots=True)
class Shot:
    """One request as bytes, and what it is aimed at."""

    target: str
    method: str
    request: bytes
    whole: bool = True
    """Whether it holds all that it promises: for the rest of a body a server may wait a while."""


@dataclass(frozen=True, slots=True)
class Mutator:
    """Makes requests from queries and questions, by a seeded chance."""

    chance: random.Random
    queries: Sequence[str]
    questions: Sequence[Question]

    def shot(self) -> Shot:
        """Return the next request."""
        return self.chance.choice((self._query, self._query, self._question, self._page))()

    def query(self) -> str:
        """Return a query with some of its pieces changed."""
        text = self.chance.choice(self.queries)
        for _ in range(self.chance.choice((0, 1, 1, 2, 4, 9))):
            text = self.chance.choice(self._changes())(text)
        return text[:120_000]

    def _changes(self) -> tuple[Callable[[str], str], ...]:
        return (self._pieces, self._pieces, self._pieces, self._spliced, self._characters, self._nested)

    def _pieces(self, text: str) -> str:
        """Drop, double, replace or swap a token, where the text has tokens."""
        try:
            found = tokens(text)
        except LegationError:
            return self._characters(text)
        if not found:
            return self.chance.choice(WORDS)
        token, other = self.chance.choice(found), self.chance.choice(found)
        word = self.chance.choice(("", token.text * 2, other.text, *self.chance.choices(WORDS, k=5)))
        return f"{text[: token.start]} {word} {text[token.end :]}"

    def _spliced(self, text: str) -> str:
        other = self.chance.choice(self.queries)
        return text[: self.chance.randrange(len(text) + 1)] + other[self.chance.randrange(len(other) + 1) :]

    def _characters(self, text: str) -> str:
        at = self.chance.randrange(len(text) + 1)
        noise = "".join(
            chr(self.chance.choice((0, 10, 34, 39, 60, 92, 123, 125, 233, 8232, 65279))) for _ in range(3)
        )
        return text[:at] + noise + text[at + self.chance.randrange(4) :]

    def _nested(self, text: str) -> str:
        opening, closing = self.chance.choice(
            (("{", "}"), ("(", ")"), ("[", "]"), ("!", ""), ("-", ""), ("^", ""))
        )
        count = self.chance.choice((3, 60, 70, 3_000))
        at = self.chance.randrange(len(text) + 1)
        return text[:at] + opening * count + closing * count + text[at:]

    def _query(self) -> Shot:
        query = self.query()
        extra = self._pairs(
            ("format", "default-graph-uri", "named-graph-uri", "using-graph-uri", "update", "query")
        )
        form = urlencode([("query", query), *extra]).encode()
        how = self.chance.randrange(4)
        if how == 0:
            return self._http("sparql", self._method("GET"), f"/sparql?{form.decode()}", b"", None)
        if how == 1:
            return self._http("sparql", self._method("POST"), "/sparql", form, TYPES[1])
        method, kind = (self._method("POST"), TYPES[0]) if how == 2 else (self._method("QUERY"), TYPES[0])
        return self._http("sparql", method, "/sparql", self._bytes(query.encode("utf-8", "replace")), kind)

    def _question(self) -> Shot:
        asked = self.chance.choice(self.questions)
        pairs = [(name, text) for name, text in asked.example().items() if self.chance.random() < 0.8]
        known = tuple(parameter.name for parameter in asked.takes)
        pairs += self._pairs(
            (*known, *known, "as_of", "after", "before", "limit", "page", "cursor", "callback")
        )
        suffix = self.chance.choice(
            ("", "", ".json", ".csv", ".tsv", ".xml", ".ttl", ".rq", ".exe", ".", "/")
        )
        target = f"/questions/{asked.name}{suffix}?{urlencode(pairs, errors='replace')}"
        return self._http("questions", self._method("GET"), target, b"", None)

    def _page(self) -> Shot:
        path = self.chance.choice(PATHS)
        if self.chance.random() < 0.6:
            path += quote(self.chance.choice(VALUES), safe=self.chance.choice(("", "/:?#")))
        if self.chance.random() < 0.5:
            path += f"?{urlencode(self._pairs(_NAMES))}"
        return self._http("pages", self._method("GET"), path, b"", None)

    def _pairs(self, names: Sequence[str]) -> list[tuple[str, str]]:
        count = self.chance.choice((0, 0, 1, 1, 2, 5))
        return [(self.chance.choice(names), self.chance.choice(VALUES)) for _ in range(count)]

    def _method(self, usual: str) -> str:
        return self.chance.choice(METHODS) if self.chance.random() < 0.1 else usual

    def _bytes(self, body: bytes) -> bytes:
        if self.chance.random() < 0.15 and body:
            at = self.chance.randrange(len(body))
            return body[:at] + self.chance.randbytes(self.chance.choice((1, 4, 200))) + body[at + 1 :]
        return body

    def _http(self, target: str, method: str, path: str, body: bytes, kind: str | None) -> Shot:
        headers = [("Host", "127.0.0.1"), ("Connection", "close"), ("Accept", self.chance.choice(ACCEPTS))]
        if kind is not None:
            headers.append(
                ("Content-Type", self.chance.choice(TYPES) if self.chance.random() < 0.1 else kind)
            )
        if body:
            headers.append(("Content-Length", str(len(body))))
        whole = True
        if self.chance.random() < 0.2:
            headers.append(
                (self.chance.choice(HEADERS), self.chance.choice((*VALUES, *ACCEPTS, "gzip", "chunked")))
            )
            whole = headers[-1][0] not in ("Content-Length", "Transfer-Encoding")
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers)
        if self.chance.random() < 0.05:
            path = _typed(path)
        head = f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode("utf-8", "replace")
        if self.chance.random() < 0.03:
            head, whole = self._bytes(head), False
        return Shot(target, method, head + body, whole)


def _typed(address: str) -> str:
    """Return an address as a person types it: what is beyond ASCII stands as it is."""
    return "".join(
        letter if ord(letter) > 127 else quote(letter, safe="/?&=:") for letter in unquote(address)
    )
