"""Update requests are looked at before they run, and get the data set that the protocol chose."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, NamedNode, Quad
from pyoxigraph import Store as Memory

from kb.errors import BadParameter, BadQuery, ForbiddenQuery, LegationError
from kb.store.interface import MAIN, Dataset
from kb.store.workbench_text import Prepared, prepared
from tests.threats.canary import canary

ELSEWHERE = [
    "LOAD <{a}>",
    "lOaD <{a}>",
    "LOAD<{a}>INTO GRAPH<u:g>",
    "LOADSILENT<{a}>",
    "LOAD SILENT <{a}> <{a}>",
    "CLEAR ALL LOAD SILENT <{a}>",
    "LOAD # <\n <{a}>",
    "PREFIX a: <{a}> LOAD a:",
    "PREFIX a: <{a}> LOADa:",
    "PREFIX a: <{a}> LOADa:b INTO GRAPH a:c",
    "PREFIX a: <{a}> loadSILENTa:b",
    "BASE <{a}> LOAD <x>",
    "BASE <{a}>LOAD<x>",
    "CLEAR ALL;LOAD<{a}>",
    "INSERT DATA {{ <u:a> <u:b> 1 }};LOAD<{a}>",
    "DELETE WHERE {{}};\nLOAD\t<{a}>",
    "\\u004COAD <{a}>",
    "INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{a}> {{ ?s ?p ?o }} }}",
    "INSERT {{ ?s ?p ?o }} WHERE {{ SERVICESILENT<{a}>{{ ?s ?p ?o }} }}",
    "PREFIX a: <{a}> INSERT {{ ?s ?p ?o }} WHERE {{ SERVICEa:b{{ ?s ?p ?o }} }}",
    "INSERT {{ ?s ?p ?o }} WHERE {{ BIND(<{a}> AS ?x) SERVICE ?x {{ ?s ?p ?o }} }}",
    "INSERT {{ ?s ?p ?o }} WHERE {{ ?s <p>?trueSERVICE <{a}> {{ ?s ?p ?o }} }}",
    "DELETE {{ ?s ?p ?o }} WHERE {{ {{ SELECT * {{ SERVICE <{a}> {{ ?s ?p ?o }} }} }} }}",
]


@pytest.mark.parametrize("update", ELSEWHERE)
def test_what_would_go_elsewhere_is_refused(update: str) -> None:
    with pytest.raises((ForbiddenQuery, BadQuery)):
        prepared(update.format(a="http://127.0.0.1:9/"))


def test_the_engine_would_go_there() -> None:
    """A known-bad example: most of these spellings make a call where they are not screened."""
    with canary() as listening:
        for update in ELSEWHERE:
            with suppress(OSError, RuntimeError, SyntaxError):
                Memory().update(update.format(a=f"{listening.address}/"))
        assert listening.hits > len(ELSEWHERE) // 2


@pytest.mark.parametrize(
    "update",
    ["LOAD SILENT <{a}>", "PREFIX a: <{a}> CLEAR ALL ; load silent a:b INTO GRAPH <u:g> ; CLEAR ALL"],
)
def test_a_load_that_may_fail_without_a_word_does(update: str) -> None:
    with canary() as listening:
        over = store(one="a")
        run(over, prepared(update.format(a=f"{listening.address}/turtle")))
        assert listening.hits == 0
    assert NamedNode("u:g") not in list(over.named_graphs())


@pytest.mark.parametrize(
    "update",
    [
        "",
        "# nothing",
        "PREFIX load: <u:> INSERT DATA { load:a load:service <u:service> }",
        "PREFIX load: <u:> CLEAR SILENT GRAPH load:load ; DROP GRAPH load:x ; ADD load:a TO load:b",
        "INSERT DATA { <u:a> <u:b> 'LOAD <u:x>' , \"SERVICE <u:x> {}\" } # LOAD <u:x>",
        "WITH <u:g> DELETE { ?s ?p ?o } INSERT { [] <u:p> (1 2) } USING NAMED <u:h> WHERE { ?s ?p ?o }",
        "COPY DEFAULT TO <u:g> ; MOVE <u:g> TO DEFAULT ; CREATE SILENT GRAPH <u:h> ; CLEAR NAMED ;",
        "BASE <u:x> PREFIX a: <u:> DELETE WHERE { GRAPH ?g { ?s a ?o } }",
    ],
)
def test_every_other_update_is_left_as_it_is(update: str) -> None:
    assert prepared(update) == Prepared((update,), as_sent=True)


@pytest.mark.parametrize(
    ("update", "told"),
    [
        ("SELECT * { ?s ?p ?o }", "'SELECT' cannot stand there"),
        ("CLEAR XYZ", "'XYZ' cannot stand there"),
        ("?x", "cannot stand there"),
        ("CLEAR ALL ;; CLEAR ALL", "no operation before the semicolon"),
        ("CLEAR ALL ; LOAD", "names no document"),
        ("INSERT DATA { <u:a> <u:b> 1 } }", "closes nothing"),
        ("INSERT DATA { " + "[ <u:p> " * 65 + "1" + " ]" * 65 + " }", "nest 66 deep"),
        ("INSERT { ?s ?p ?o } WHERE { FILTER(" + "!" * 65 + "?x) }", "follow each other"),
        ("INSERT DATA { <u:a> <u:b> 'x }", "no part of SPARQL"),
    ],
)
def test_what_is_no_update_is_refused(update: str, told: str) -> None:
    with pytest.raises(BadQuery, match=re.escape(told)):
        prepared(update)


X, P = NamedNode("u:x"), NamedNode("u:p")


def store(**graphs: str) -> Memory:
    """Return a store in which each named graph <u:NAME> says <u:x> <u:p> of these things."""
    made = Memory()
    for name, things in graphs.items():
        for thing in things.split():
            made.add(
                Quad(NamedNode("u:x"), NamedNode("u:p"), NamedNode(f"u:{thing}"), NamedNode(f"u:{name}"))
            )
    return made


def run(over: Memory, update: Prepared) -> None:
    for part in update.parts:
        over.update(part)


def found(over: Memory, graph: str) -> list[str]:
    return sorted(str(row["o"]) for row in over.query(f"SELECT ?o {{ GRAPH <u:{graph}> {{ ?s ?p ?o }} }}"))  # type: ignore[union-attr]


COLLECT = "INSERT {{ GRAPH <u:out> {{ [] <u:got> ?o }} }} {using} WHERE {{ ?s ?p ?o }}"


def test_a_triple_that_stands_in_two_graphs_is_read_once() -> None:
    over = store(one="a b", two="b c")
    run(over, prepared(COLLECT.format(using="USING <u:one> USING <u:two>")))
    assert found(over, "out") == ["<u:a>", "<u:b>", "<u:c>"]
    assert {str(graph) for graph in over.named_graphs()} == {"<u:one>", "<u:two>", "<u:out>"}


def test_the_engine_alone_reads_it_twice() -> None:
    over = store(one="a b", two="b c")
    over.update(COLLECT.format(using="USING <u:one> USING <u:two>"))
    assert found(over, "out") == ["<u:a>", "<u:b>", "<u:b>", "<u:c>"]


@pytest.mark.parametrize(
    ("default", "named", "got"),
    [
        (("u:one",), (), ["<u:a>", "<u:b>"]),
        (("u:one", "u:two", "u:one"), (), ["<u:a>", "<u:b>", "<u:c>"]),
        (("u:one", "u:none"), ("u:two",), ["<u:a>", "<u:b>"]),
        (("u:none",), (), []),
        ((), ("u:one",), []),
        ((MAIN.value,), (), ["<u:main>"]),
        ((MAIN.value, "u:one"), (), ["<u:a>", "<u:b>", "<u:main>"]),
    ],
)
def test_the_protocol_chooses_what_an_operation_reads(
    default: tuple[str, ...], named: tuple[str, ...], got: list[str]
) -> None:
    over = store(one="a b", two="b c")
    over.add(Quad(NamedNode("u:x"), NamedNode("u:p"), NamedNode("u:main")))
    run(over, prepared(COLLECT.format(using=""), Dataset(default, named)))
    assert found(over, "out") == got
    assert {str(graph) for graph in over.named_graphs()} <= {"<u:one>", "<u:two>", "<u:out>"}


def test_the_protocol_chooses_named_graphs() -> None:
    over = store(one="a", two="b")
    update = "INSERT { GRAPH <u:out> { ?s ?p ?g } } WHERE { GRAPH ?g { ?s ?p ?o } }"
    run(over, prepared(update, Dataset((), ("u:two",))))
    assert found(over, "out") == ["<u:two>"]


def test_the_short_form_of_delete_reads_what_the_protocol_chose() -> None:
    over = store(one="a b", two="b")
    over.update("INSERT DATA { <u:x> <u:p> <u:a> , <u:b> }")
    run(over, prepared("PREFIX u: <u:> DELETE WHERE { ?s u:p ?o }", Dataset(("u:two",), ())))
    assert [str(quad.object) for quad in over.quads_for_pattern(None, None, None, DefaultGraph())] == [
        "<u:a>"
    ]
    assert (found(over, "one"), found(over, "two")) == (["<u:a>", "<u:b>"], ["<u:b>"])


def test_declarations_may_stand_between_operations_and_be_made_anew() -> None:
    over = store(out="a")
    update = prepared(
        "PREFIX p: <u:> INSERT DATA { GRAPH p:out { p:x p:p p:b } } ; # p: changes\n"
        "PREFIX p: <u:x> BASE <u:> INSERT { GRAPH <out> { ?s ?p p:c } } "
        "USING <out> USING <no> WHERE { ?s ?p ?o } ; CLEAR SILENT GRAPH p:none ; "
        "PREFIX q: <u:> DELETE DATA { GRAPH q:out { q:x q:p p:none , q:a } } ; "
    )
    run(over, update)
    assert found(over, "out") == ["<u:b>", "<u:xc>"]
    assert not update.as_sent


def test_the_engine_alone_takes_no_declarations_between_operations() -> None:
    with pytest.raises(SyntaxError):
        Memory().update("CLEAR ALL ; PREFIX p: <u:> CLEAR ALL")


def test_each_operation_of_a_request_reads_what_the_protocol_chose() -> None:
    over = store(one="a", two="b")
    request = (
        "PREFIX u: <u:> INSERT DATA { GRAPH u:one { u:x u:p u:c } } ;\n"
        "PREFIX v: <u:> INSERT { GRAPH v:out { ?s v:q ?o } } WHERE { ?s ?p ?o } ;\n"
        "DELETE { GRAPH u:one { ?s ?p ?o } } WHERE { ?s ?p ?o }"
    )
    run(over, prepared(request, Dataset(("u:one", "u:two"), ())))
    assert found(over, "out") == ["<u:a>", "<u:b>", "<u:c>"]
    assert found(over, "one") == []
    assert found(over, "two") == ["<u:b>"]


@pytest.mark.parametrize(
    "update",
    [
        "WITH <u:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "INSERT { ?s ?p 1 } USING NAMED <u:g> WHERE { ?s ?p ?o }",
    ],
)
def test_the_protocol_and_the_update_may_not_both_choose(update: str) -> None:
    with pytest.raises(BadQuery, match="the protocol names graphs too"):
        prepared(f"CLEAR ALL ; {update}", Dataset((), ("u:one",)))


@pytest.mark.parametrize(
    "name", ["rel", "", "u:a> WHERE {} ; DROP ALL ; INSERT {} USING <u:b", "u:a b", "u:a\\u003E"]
)
def test_a_graph_that_the_protocol_names_cannot_break_out(name: str) -> None:
    with pytest.raises(BadParameter, match="not an absolute IRI"):
        prepared(COLLECT.format(using=""), Dataset((name,), ()))


PIECES = [
    *[
        "LOAD",
        "load",
        "SILENT",
        "SERVICE",
        "INTO",
        "GRAPH",
        "INSERT",
        "DATA",
        "WHERE",
        "DELETE",
        "CLEAR",
        "ALL",
        "USING",
        "WITH",
    ],
    *["{", "}", ";", "#", "'", '"', ".", "?s", "?p", "a:", ":b", "1", "<<", ">>", "(", ")", "|", "{|", "|}"],
    *(" ", "\n", "PREFIX a: <http://127.0.0.1:9/>", "BASE <http://127.0.0.1:9/>", "<http://127.0.0.1:9/x>"),
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_no_mixture_of_pieces_reaches_the_network(pieces: list[str]) -> None:
    """Port 9 answers nobody: the engine tells of the attempt, as a fault that no screened update may have."""
    text = "".join(pieces)
    try:
        update = prepared(text)
    except LegationError:
        return
    try:
        run(Memory(), update)
    except OSError as error:
        raise AssertionError(f"{text!r} went out: {error}") from error
    except (SyntaxError, RuntimeError):
        pass
