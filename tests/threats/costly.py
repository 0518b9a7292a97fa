"""Queries that cost without end: each is valid, short, and more than any store can bear."""

from __future__ import annotations

from typing import Final

CROSS: Final = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
GROUPS: Final = "SELECT * { " + "{ " * 300 + "?s ?p ?o" + " }" * 300 + " }"
BRACKETS: Final = "ASK { FILTER(" + "(" * 300 + "1" + ")" * 300 + ") }"
SELECTS: Final = "SELECT * { " + "{ SELECT * { " * 300 + "?s ?p ?o" + " } }" * 300 + " }"
ANYTHING: Final = "(<a:a>|!<a:a>)"
PATHS: Final = (
    f"SELECT (COUNT(*) AS ?n) {{ ?a {ANYTHING}* ?b . ?b {ANYTHING}+ ?c . "
    f"?c ^{ANYTHING}* ?d . ?d {ANYTHING}* ?e }}"
)
LONG_PATH: Final = "ASK { ?s " + "/".join(["<a:a>?"] * 600) + " ?o }"
REGEX: Final = (
    'SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?x ?y ?z BIND(CONCAT(STR(?o), "' + "a" * 40 + '!") AS ?t) '
    'FILTER(REGEX(?t, "^(([a-z])+.)+[A-Z]([a-z])+$|(a|a|aa)+$|(.*)*.*=.*") || REGEX(?t, "(x+x+)+y")) }'
)
BIG_REGEX: Final = 'ASK { ?s ?p ?o FILTER(REGEX(STR(?o), "((a{0,500}){0,500}){0,500}")) }'
ORDER: Final = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c DESC(?f) ?i"
ROWS: Final = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } LIMIT 10000000"
JOINED: Final = "SELECT * { ?a ?b ?c . ?a ?e ?f . ?a ?h ?i } LIMIT 10000000"
MADE: Final = "CONSTRUCT { ?a ?e ?i } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
CONCAT: Final = (
    'SELECT (STRLEN(?z) AS ?n) { BIND("'
    + "x" * 1000
    + '" AS ?a) '
    + " ".join(f"BIND(CONCAT({', '.join(['?' + a] * 20)}) AS ?{b})" for a, b in ("ab", "bc", "cd", "dz"))
    + " }"
)
GROUPED: Final = "SELECT ?a (GROUP_CONCAT(?f) AS ?all) { ?a ?b ?c . ?d ?e ?f } GROUP BY ?a"
VALUES: Final = "ASK { " + " ".join(
    f"VALUES ?{name} {{ {' '.join(map(str, range(50)))} }}" for name in "abcdefgh"
) + " FILTER(?a + ?b + ?c + ?d + ?e + ?f + ?g + ?h > 1000) }"  # fmt: skip
