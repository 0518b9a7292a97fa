"""A claim survives every form that it is written in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Quad, RdfFormat, Store

from kb.claims import (
    Review,
    StoredClaim,
    from_json,
    head_of,
    head_triples,
    heads_from,
    load_claims,
    read_jsonl,
    to_json_line,
    to_triples,
    to_turtle,
    write_jsonl,
)
from kb.claims.triples import claim_node
from kb.errors import BadArticle, BadInput
from kb.records import Article, Claim
from tests.claims.strategies import articles, claims


@given(st.data())
def test_a_claim_written_as_json_is_read_back_the_same(data: st.DataObject) -> None:
    claim = data.draw(claims(data.draw(articles())))
    assert from_json(json.loads(to_json_line(claim))) == claim


@given(st.data())
def test_a_claim_written_as_triples_is_read_back_the_same_from_a_store(data: st.DataObject) -> None:
    article = data.draw(articles())
    stored = StoredClaim(data.draw(claims(article)), data.draw(st.sampled_from(Review)), "rules-1")
    head = head_triples(head_of(article, outlet_iri=None, run="rules-1"))
    store = Store()
    store.extend(Quad(*triple) for triple in [*to_triples(stored, article), *head])
    loaded = load_claims(lambda query: store.query(query), [claim_node(stored.id)])  # type: ignore[arg-type]
    assert loaded == [stored]


@given(st.data())
def test_an_articles_metadata_are_read_back_the_same(data: st.DataObject) -> None:
    head = head_of(
        data.draw(articles()), outlet_iri="https://w3id.org/legation/organisation/tass", run="rules-1"
    )
    assert heads_from(head_triples(head)) == [head]


@given(st.data())
def test_turtle_holds_the_same_triples(data: st.DataObject) -> None:
    article = data.draw(articles())
    claim = data.draw(claims(article))
    store = Store()
    store.load(to_turtle([(article, claim)], "rules-1").encode(), format=RdfFormat.TURTLE)
    assert {quad.triple for quad in store} == set(to_triples(StoredClaim(claim, run="rules-1"), article))


@given(st.data())
def test_the_evidence_repeats_what_stands_around_the_quote(data: st.DataObject) -> None:
    article = data.draw(articles())
    claim = data.draw(claims(article))
    said = {
        triple.predicate.value.rpartition("#")[2]: triple.object.value  # type: ignore[union-attr]
        for triple in to_triples(StoredClaim(claim, run="r"), article)
        if triple.predicate.value.startswith("http://www.w3.org/ns/oa#")
    }
    around = said["prefix"] + said["exact"] + said["suffix"]
    assert around in article.text
    assert len(said["prefix"]) == min(32, claim.start)
    assert len(said["suffix"]) == min(32, len(article.text) - claim.end)


def test_a_quote_that_does_not_stand_at_its_span_is_refused() -> None:
    article = Article("a" * 16, "A1", "Ada met Bo.", "Post", None, "0" * 64)
    claim = from_json(json.loads(LINE) | {"article": article.id, "quote": "Bo met", "start": 0, "end": 6})
    with pytest.raises(BadArticle, match="quotes what does not stand at 0:6"):
        to_triples(StoredClaim(claim, run="r"), article)


def test_a_date_that_is_not_edtf_is_refused() -> None:
    article = Article("a" * 16, "A1", "Ada met Bo.", "Post", None, "0" * 64)
    claim = from_json(json.loads(LINE) | {"article": article.id, "edtf": "last Friday"})
    with pytest.raises(BadArticle, match=r"A1: .*'last Friday', which is not EDTF"):
        to_triples(StoredClaim(claim, run="r"), article)


LINE = (
    '{"doc": "A1", "n": 1, "type": "Meeting", "agents": ["Ada", "Bo"], "agent_states": [], '
    '"counterparts": [], "counterpart_states": [], "companions": [], "place": null, "facility": null, '
    '"country": null, "items": [], "office": null, "edtf": null, "modality": "reported", '
    '"polarity": "affirmed", "speaker": null, "via": null, "quote": "Ada met Bo", "start": 0, "end": 10, '
    '"optional": false, "note": ""}'
)


def _read(folder: Path, *lines: str) -> list[Claim]:
    path = folder / "claims.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    return read_jsonl(path)


def test_a_line_without_a_readers_keys_gets_an_identifier(tmp_path: Path) -> None:
    (claim,) = _read(tmp_path, LINE)
    assert claim.id.startswith("c") and len(claim.id) == 17


def test_a_file_is_read_back_and_its_lines_are_numbered_within_each_text(tmp_path: Path) -> None:
    one = from_json(json.loads(LINE))
    other = from_json(json.loads(LINE) | {"doc": "A2", "detail": "a line\u2028separator"})
    write_jsonl([one, one, other], tmp_path / "out.jsonl")
    lines = (tmp_path / "out.jsonl").read_bytes().split(b"\n")[:-1]
    assert [json.loads(line)["n"] for line in lines] == [1, 2, 1]
    assert read_jsonl(tmp_path / "out.jsonl") == [one, one, other]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"type": "Voyage"}, "'type' is not one of Visit"),
        ({"agents": "Ada"}, "'agents' is not a list of texts"),
        ({"start": "0"}, "'start' is not a whole number"),
        ({"end": 9}, "does not fit a quote of 10 characters"),
        ({"quote": None}, "'quote' is not a text"),
        ({"confidence": 2}, "'confidence' is not a number from 0 to 1"),
        ({"agents_iri": [None]}, "'agents_iri' is not aligned"),
        ({"modality": ["reported"]}, "'modality' is not one of reported"),
    ],
)
def test_a_wrong_value_is_named_with_file_line_and_key(
    tmp_path: Path, change: dict[str, object], message: str
) -> None:
    with pytest.raises(BadInput, match=f"claims.jsonl:3: .*{message}"):
        _read(tmp_path, LINE, "", json.dumps(json.loads(LINE) | change))


@pytest.mark.parametrize(("line", "message"), [("{", "not JSON"), ("[]", "not a JSON object")])
def test_a_line_that_is_no_object_is_named(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(BadInput, match=f"claims.jsonl:2: {message}"):
        _read(tmp_path, LINE, line)
