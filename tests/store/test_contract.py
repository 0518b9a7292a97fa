"""What both stores must do, each behaviour once."""

from __future__ import annotations

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kb.errors import BadQuery, StoreError
from kb.namespaces import PREFIXES
from kb.store import GraphChange, GraphDelta, Limits, Store
from kb.store.interface import BOOKS, MAIN
from tests.store.world import P, art, g, node, triple, values, whole

ALL = "SELECT ?o { ?s ?p ?o }"
AWKWARD = [
    "",
    "a \"quoted\" 'text'",
    '"""',
    "ends in a backslash \\",
    "\\u0022 \\U0001F600 \\n are no escapes here",
    "line\nbreak\r\nand\rreturn\ttab\b\f",
    "control \x01\x02\x1f\x7f characters",
    '} . <http://evil.example/> <http://evil.example/> "x" . {',
    "Ким Чен Ын · 김정은 · 🚂",
    "# no comment",
    "e\u0301 is not é",
    " \u00a0\u2028 ",
]


def test_a_change_replaces_what_the_graph_held(store: Store) -> None:
    store.commit([whole(g("facts"), triple("a", "old"), triple("b", "stays"))])
    store.commit([whole(g("facts"), triple("a", "new"), triple("b", "stays"))])
    assert store.graph(g("facts")) == {triple("a", "new"), triple("b", "stays")} == store.default_graph()


def test_an_empty_change_removes_the_graph(store: Store) -> None:
    store.commit([whole(g("facts"), triple("a", "x"))])
    store.commit([whole(g("facts"))])
    assert store.graph_names() == set()
    assert store.default_graph() == set()


def test_a_delta_adds_and_removes_and_leaves_the_rest(store: Store) -> None:
    store.commit([whole(g("facts"), triple("a", "x"), triple("b", "y"))])
    store.commit(
        [GraphDelta(g("facts"), add=frozenset({triple("c", "z")}), remove=frozenset({triple("a", "x")}))]
    )
    assert store.default_graph() == {triple("b", "y"), triple("c", "z")}


def test_changes_to_one_graph_apply_in_order(store: Store) -> None:
    store.commit(
        [whole(g("facts"), triple("a", "x")), GraphDelta(g("facts"), add=frozenset({triple("b", "y")}))]
    )
    assert store.graph(g("facts")) == {triple("a", "x"), triple("b", "y")}


def test_a_curated_triple_that_an_article_repeats_survives_the_article(store: Store) -> None:
    store.commit([whole(g("reference"), triple("capital", "shared"))])
    store.commit([whole(art("one"), triple("capital", "shared"), triple("claim", "own"))])
    store.commit([whole(art("one"))])
    assert store.default_graph() == {triple("capital", "shared")}


def test_a_triple_leaves_when_its_last_owner_goes(store: Store) -> None:
    store.commit([whole(art("one"), triple("a", "shared")), whole(art("two"), triple("a", "shared"))])
    store.commit([whole(art("one"))])
    assert store.default_graph() == {triple("a", "shared")}
    store.commit([whole(art("two"))])
    assert store.default_graph() == set()


def test_a_triple_that_moves_between_owners_in_one_commit_stays(store: Store) -> None:
    store.commit([whole(art("one"), triple("a", "moves"))])
    store.commit([whole(art("one")), whole(art("two"), triple("a", "moves"))])
    assert store.default_graph() == {triple("a", "moves")}


def test_a_triple_that_two_graphs_own_is_found_once(store: Store) -> None:
    store.commit([whole(g("reference"), triple("a", "x")), whole(art("one"), triple("a", "x"))])
    assert values(store, ALL) == ["x"]


@pytest.mark.parametrize("name", ["prospective", "alleged", "contested", "review", "meta", "texts"])
def test_an_unasked_graph_shows_only_when_named(store: Store, name: str) -> None:
    store.commit([whole(g(name), triple("a", "hidden")), whole(g("facts"), triple("b", "seen"))])
    assert values(store, ALL) == ["seen"]
    assert values(store, f"SELECT ?o {{ GRAPH <{g(name).value}> {{ ?s ?p ?o }} }}") == ["hidden"]


def test_an_unasked_owner_does_not_keep_a_triple_in_the_default_graph(store: Store) -> None:
    store.commit([whole(g("prospective"), triple("a", "x")), whole(g("facts"), triple("a", "x"))])
    store.commit([whole(g("facts"))])
    assert values(store, ALL) == []


def test_the_graphs_that_the_store_keeps_for_itself_cannot_be_named_by_a_query(store: Store) -> None:
    store.commit([whole(g("facts"), triple("a", "x")), whole(art("one"), triple("b", "y"))])
    found = values(store, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
    assert found == [g("facts").value]


@pytest.mark.parametrize("graph", [MAIN, BOOKS])
def test_the_store_s_own_graphs_cannot_be_changed(store: Store, graph: NamedNode) -> None:
    with pytest.raises(ValueError, match="the store's own"):
        store.commit([whole(graph, triple("a", "x"))])


@pytest.mark.parametrize("bad", [Triple(BlankNode(), P, Literal("x")), Triple(node("a"), P, BlankNode())])
def test_a_blank_node_is_refused_and_nothing_is_kept(store: Store, bad: Triple) -> None:
    with pytest.raises(ValueError, match="mint an IRI"):
        store.commit([whole(g("facts"), triple("a", "x"), bad)])
    store.commit([whole(g("meta"), triple("b", "y"))])
    assert store.graph(g("facts")) == set()


def test_the_version_changes_with_the_content_and_returns_with_it(store: Store) -> None:
    empty = store.version()
    one = store.commit([whole(g("facts"), triple("a", "x"))]).version
    two = store.commit([whole(g("facts"), triple("a", "y"))]).version
    assert store.version() == two
    assert len({empty, one, two}) == 3
    assert store.commit([whole(g("facts"), triple("a", "x"))]).version == one
    assert store.commit([whole(g("facts"))]).version == empty


def test_the_same_commit_again_changes_nothing(store: Store) -> None:
    decimal = NamedNode(PREFIXES["xsd"] + "decimal")
    changes = [
        whole(
            art("one"),
            triple("a", Literal("1.50", datatype=decimal)),
            triple("b", Literal("x", language="en-GB")),
        )
    ]
    first = store.commit(changes)
    second = store.commit(changes)
    assert (first.added, first.removed) == (2, 0)
    assert (second.added, second.removed, second.version) == (0, 0, first.version)


@pytest.mark.parametrize("language", [None, "ko"])
def test_awkward_literals_survive(store: Store, language: str | None) -> None:
    literals = [Literal(text, language=language) if language else Literal(text) for text in AWKWARD]
    content = {triple(f"s{n}", literal) for n, literal in enumerate(literals)}
    store.commit([GraphChange(g("texts"), frozenset(content)), GraphChange(g("facts"), frozenset(content))])
    assert store.graph(g("texts")) == content
    assert {row[0] for row in store.select(ALL)} == set(literals)
    for n, literal in enumerate(literals):
        assert store.select("SELECT ?s { ?s ?p ?o }", bindings={"o": literal}).rows == ((node(f"s{n}"),),)
    store.commit([whole(g("facts"))])
    assert store.default_graph() == set()


def test_a_binding_is_seen_by_filters_and_by_exists(store: Store) -> None:
    store.commit([whole(g("facts"), triple("a", "1"), triple("b", "2"))])
    query = "SELECT ?s { ?s ?p ?o FILTER(!BOUND(?wanted) || ?o = ?wanted) FILTER EXISTS { ?s ?any ?wanted } }"
    assert values(store, query, wanted=Literal("2")) == [node("b").value]


def test_an_unbound_parameter_stays_unbound(store: Store) -> None:
    store.commit([whole(g("facts"), triple("a", "1"), triple("b", "2"))])
    assert len(values(store, "SELECT ?s { ?s ?p ?o FILTER(!BOUND(?wanted) || ?o = ?wanted) }")) == 2


def test_an_unbound_column_is_none(store: Store) -> None:
    store.commit([whole(g("facts"), triple("a", "1"))])
    found = store.select("SELECT ?s ?nothing { ?s ?p ?o }")
    assert (found.variables, found.rows) == (("s", "nothing"), ((node("a"), None),))


def test_ask_and_construct_answer(store: Store) -> None:
    store.commit([whole(g("facts"), triple("a", "1"))])
    assert store.ask("ASK { ?s ?p '1' }")
    assert not store.ask("ASK { ?s ?p ?o }", bindings={"o": Literal("2")})
    made = store.construct("CONSTRUCT { ?s ?p 'made' } WHERE { ?s ?p ?o }", bindings={"o": Literal("1")})
    assert made == {triple("a", "made")}


def test_a_query_of_the_wrong_kind_is_refused(store: Store) -> None:
    with pytest.raises(BadQuery, match="SELECT is wanted"):
        store.select("ASK { ?s ?p ?o }")


def test_a_malformed_query_is_told_with_line_and_column(store: Store) -> None:
    store.commit([whole(g("facts"), triple("a", "1"))])
    with pytest.raises(BadQuery) as caught:
        store.select("SELECT * {\n  ?s ?p ?o .\n  nonsense }")
    assert caught.value.place == "line 3, column 3"
    assert "nonsense" in caught.value.problem


def test_an_undeclared_prefix_is_told_with_its_place(store: Store) -> None:
    store.commit([whole(g("facts"), triple("a", "1"))])
    with pytest.raises(BadQuery, match="prefix nobody: is not declared") as caught:
        store.select("SELECT * { ?s nobody:visitor ?o }")
    assert caught.value.place == "line 1, column 15"


def test_the_project_s_prefixes_need_no_declaration(store: Store) -> None:
    store.commit([whole(g("facts"), Triple(node("a"), NamedNode(PREFIXES["lg"] + "visitor"), Literal("x")))])
    assert values(store, "SELECT ?o { ?s lg:visitor ?o }") == ["x"]
    assert values(store, "PREFIX lg: <http://other.example/> SELECT ?o { ?s lg:visitor ?o }") == []
    assert len(store.construct("CONSTRUCT { ?s rdfs:label ?o } WHERE { ?s lg:visitor ?o }")) == 1


def test_rows_beyond_the_limit_are_cut_and_marked(store: Store) -> None:
    store.commit([whole(g("facts"), *(triple(f"s{n}", f"v{n}") for n in range(60)))])
    cut = store.select(ALL, limits=Limits(5, 10, 10_000_000))
    full = store.select(ALL, limits=Limits(5, 60, 10_000_000))
    assert (len(cut), cut.truncated) == (10, True)
    assert (len(full), full.truncated) == (60, False)


def test_a_query_s_own_limit_is_no_cut(store: Store) -> None:
    store.commit([whole(g("facts"), *(triple(f"s{n}", f"v{n}") for n in range(60)))])
    found = store.select(ALL + " LIMIT 10", limits=Limits(5, 10, 10_000_000))
    assert (len(found), found.truncated) == (10, False)


@pytest.mark.parametrize("form", ["application/sparql-results+json", "application/sparql-results+xml"])
def test_bytes_beyond_the_limit_are_cut_after_a_whole_row_and_marked(store: Store, form: str) -> None:
    store.commit([whole(g("facts"), *(triple(f"s{n}", "x" * 5_000) for n in range(40)))])
    answer = store.query_bytes(ALL, form, Limits(5, 100, 50_000))
    assert answer.truncated
    assert answer.media_type == form
    assert 0 < answer.content.count(b"x" * 5_000) < 40
    assert answer.content.endswith((b"]}}", b"</sparql>"))


def test_a_graph_beyond_the_limit_is_marked_and_not_taken_for_whole(store: Store) -> None:
    store.commit([whole(g("facts"), *(triple(f"s{n}", f"v{n}") for n in range(60)))])
    query = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
    answer = store.query_bytes(query, "application/n-triples", Limits(5, 10, 10_000_000))
    assert answer.truncated
    assert len(list(parse(answer.content, format=RdfFormat.N_TRIPLES))) == 10
    with pytest.raises(StoreError, match="limit"):
        store.construct(query)


@pytest.mark.parametrize("form", ["application/n-triples", "text/turtle", "application/ld+json"])
def test_a_graph_beyond_the_limit_of_bytes_is_cut_after_a_whole_triple_and_marked(
    store: Store, form: str
) -> None:
    store.commit([whole(g("facts"), *(triple(f"s{n}", "x" * 5_000 + str(n)) for n in range(40)))])
    answer = store.query_bytes("CONSTRUCT WHERE { ?s ?p ?o }", form, Limits(5, 100, 50_000))
    assert answer.truncated
    assert len(answer.content) < 52_000
    media_type = RdfFormat.from_media_type(answer.media_type)
    assert media_type is not None
    assert len(list(parse(answer.content, format=media_type))) == 9


def test_an_answer_names_the_version_that_gave_it(store: Store) -> None:
    version = store.commit([GraphChange(g("facts"), frozenset({triple("a", "1")}))]).version
    assert store.select(ALL).version == version
    assert store.query_bytes(ALL).version == version


def test_both_stores_serialise_alike(store: Store) -> None:
    store.commit([whole(g("facts"), triple("a", 'x,"y"\n'))])
    assert store.query_bytes(ALL, "text/csv").content == b'o\r\n"x,""y""\n"\r\n'
    assert store.query_bytes(ALL, "text/tab-separated-values").content == b'?o\n"x,\\"y\\"\\n"\n'
    assert (
        store.query_bytes("ASK {}", "application/sparql-results+json").content
        == b'{"head":{},"boolean":true}'
    )


def test_commits_inside_one_writing_are_seen_one_by_one(store: Store) -> None:
    seen = []
    with store.writing() as writer:
        for name in ("one", "two"):
            writer.commit([whole(art(name), triple(name, name))])
            seen.append(values(store, ALL))
        store.commit([whole(art("three"), triple("three", "three"))])
    assert seen == [["one"], ["one", "two"]]
    assert values(store, ALL) == ["one", "three", "two"]
