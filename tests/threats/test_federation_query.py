"""SERVICE in a query: which calls may run, where they go instead, and what an operator may list."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import QuerySolutions
from pyoxigraph import Store as Memory

from kb.errors import BadInput, BadQuery, ForbiddenQuery
from kb.settings import Settings
from kb.store.federation import rewritten, service_calls
from kb.store.federation_call import is_public
from kb.store.federation_list import Services
from kb.store.tokens import tokens

LISTED = "http://other.example/sparql"

TAKEN = [
    f"SELECT * {{ SERVICE <{LISTED}> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ service silent <{LISTED}>{{ ?s ?p ?o }} }}",
    f"SELECT * {{ SERVICE # a note\n <{LISTED}> {{ ?s ?p ?o }} }}",
    f"ASK {{ {{ SERVICE <{LISTED}> {{ {{ ?s ?p 1 }} UNION {{ ?s ?p ?o }} }} }} SERVICE <{LISTED}> {{ }} }}",
]
REFUSED = [
    "SELECT * { SERVICE <http://other.example/sparql/> { ?s ?p ?o } }",
    "SELECT * { SERVICE <http://other.example/sparql?x> { ?s ?p ?o } }",
    "SELECT * { SERVICE <http://OTHER.example/sparql> { ?s ?p ?o } }",
    "SELECT * { SERVICE <http://other.example/\\u0073parql> { ?s ?p ?o } }",
    "BASE <http://other.example/> SELECT * { SERVICE <sparql> { ?s ?p ?o } }",
    "PREFIX x: <http://other.example/> SELECT * { SERVICE x:sparql { ?s ?p ?o } }",
    f"SELECT * {{ VALUES ?x {{ <{LISTED}> }} SERVICE ?x {{ ?s ?p ?o }} }}",
    f"SELECT * {{ SERVICE <{LISTED}> {{ SERVICE <{LISTED}> {{ ?s ?p ?o }} }} }}",
    f"SELECT * {{ SERVICE <{LISTED}> {{ {{ }} OPTIONAL {{ SERVICE SILENT <{LISTED}> {{ }} }} }} }}",
    f"SELECT * {{ SERVICESILENT<{LISTED}>{{ }} }}",
    f"SELECT * {{ ?s ?p trueSERVICE<{LISTED}>{{ }} }}",
    f"SELECT * {{ SERVICE SILENT SILENT <{LISTED}> {{ }} }}",
]


@pytest.mark.parametrize("query", TAKEN)
def test_a_call_of_a_listed_address_goes_to_the_relay_instead(query: str) -> None:
    calls = service_calls(query, tokens(query), frozenset({LISTED}))
    sent = rewritten(query, calls, lambda _: "http://relay.example/")
    assert LISTED not in sent
    assert sent.replace("http://relay.example/", LISTED) == query


@pytest.mark.parametrize("query", REFUSED)
def test_any_other_call_is_refused(query: str) -> None:
    with pytest.raises(ForbiddenQuery, match=r"another service"):
        service_calls(query, tokens(query), frozenset({LISTED}))


@pytest.mark.parametrize("query", [*TAKEN, *REFUSED])
def test_every_call_is_refused_where_nothing_is_listed(query: str) -> None:
    with pytest.raises(ForbiddenQuery, match="asks another service"):
        service_calls(query, tokens(query), frozenset())


PIECES = st.sampled_from(
    [f"<{LISTED}>", "<http://127.0.0.1:1/>", "SILENT ", "SERVICE ", "SERVICE", "?x ", "{", "}", "{}",
     "?s ?p ?o ", "x:y ", "'", '"', "#\n", "#", "\\", "<", ">", "UNION ", "OPTIONAL ", ". ", "1", "true"]
)  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(st.lists(PIECES, max_size=14))
@example([f"<{LISTED}>", "{}", "SERVICE", "<http://127.0.0.1:1/>", "{}"])
def test_whatever_passes_calls_nobody_but_the_relay(pieces: list[str]) -> None:
    """The engine itself says where it would go: to a relay that is not there, or else not to the address."""
    query = f"PREFIX x: <http://x.example/> SELECT * {{ SERVICE {''.join(pieces)} }}"
    try:
        calls = service_calls(query, tokens(query), frozenset({LISTED}))
    except (ForbiddenQuery, BadQuery):
        return
    quiet = rewritten(query, calls, lambda _: "relay:none")
    try:
        found = Memory().query(quiet)
        if isinstance(found, QuerySolutions):
            list(found)
    except SyntaxError:
        return
    except (RuntimeError, OSError) as error:
        assert "127.0.0.1" not in str(error), query


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("1.1.1.1", True),
        ("2606:4700::1111", True),
        *((text, False) for text in (
            "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
            "100.64.0.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1",
            "192.88.99.1", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "fec0::1", "ff02::1",
            "::ffff:127.0.0.1", "::ffff:1.1.1.1", "::127.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1",
            "64:ff9b::101:101", "64:ff9b:1::7f00:1", "2002:7f00:1::", "2002:101:101::", "2001:0:1::1",
            "2001:db8::1",
        )),
    ],
)  # fmt: skip
def test_only_addresses_of_the_open_network_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    "address",
    [
        "ftp://a.example/", "file:///etc/passwd", "http://", "//a.example/", "a.example/sparql",
        "http://a b/",
        "http://2130706433/", "http://0x7f000001/", "http://0x7f.1/", "http://0177.0.0.1/", "http://127.1/",
        "http://[::ffff:127.0.0.1]/", "http://user:word@a.example/", "http://a.example/#b",
        "http://a.example:0x50/",
        "http://a.example:99999/", "http://a..example/", "http://-a.example/", "http://a.example/<b>",
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_service_cannot_be_listed(address: str) -> None:
    with pytest.raises(BadInput, match="LEGATION_SERVICES"):
        Services.of(Settings(services=f"http://good.example/, {address}"))


def test_an_internal_host_that_is_not_listed_is_told() -> None:
    with pytest.raises(BadInput, match=r"127\.0\.0\.1:81 is the host and port of no address"):
        Services.of(Settings(services="http://127.0.0.1/sparql", services_internal="127.0.0.1:81"))
