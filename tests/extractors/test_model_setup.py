"""No address, no call; what is sent is made from the frames and our guidelines."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from kb.errors import BadInput
from kb.extractors.model.address import read_address
from kb.extractors.model.extractor import Model
from kb.extractors.model.prompt import guide, instructions, messages
from kb.extractors.model.schema import answer_schema, claim_schema, fault, kinds, shapes
from kb.reading.frames import frames
from kb.records import ClaimType, Modality
from kb.settings import Settings
from tests.extractors.asked import asking, said
from tests.extractors.server import answer
from tests.reading.desk import article, invented_lexicon


@pytest.mark.parametrize(
    ("text", "plain_hosts", "shown"),
    [
        ("https://models.example/v1", "", "https://models.example:443/v1/chat/completions"),
        ("https://models.example/v1/", "", "https://models.example:443/v1/chat/completions"),
        ("https://models.example/v1/chat/completions", "", "https://models.example:443/v1/chat/completions"),
        ("https://models.example", "", "https://models.example:443/chat/completions"),
        ("http://127.0.0.1:8080/v1", "", "http://127.0.0.1:8080/v1/chat/completions"),
        ("http://localhost/v1", "", "http://localhost:80/v1/chat/completions"),
        ("http://[::1]:9/v1", "", "http://[::1]:9/v1/chat/completions"),
        ("http://gpu.lan:8000/v1", "other, gpu.lan", "http://gpu.lan:8000/v1/chat/completions"),
    ],
)
def test_an_address_that_may_be_called(text: str, plain_hosts: str, shown: str) -> None:
    assert str(read_address(text, plain_hosts)) == shown


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "no address, so no call is made"),
        ("http://models.example/v1", "plain http to models.example"),
        ("http://localhost.example/v1", "plain http to localhost.example"),
        ("http://127.0.0.1.example/v1", "plain http"),
        ("http://10.0.0.7/v1", "plain http"),
        ("ftp://models.example", "not an address"),
        ("file:///etc/passwd", "not an address"),
        ("models.example/v1", "not an address"),
        ("https://", "not an address"),
        ("https://models.example:99999/", "not an address"),
        ("https://models.example/v1\r\nX-Other: 1", "not an address"),
        ("https://models.example/v 1", "not an address"),
        ("https://me:secret-word@models.example/v1", "a name or password"),
    ],
)
def test_an_address_that_may_not_be_called_is_refused_and_not_repeated(text: str, problem: str) -> None:
    with pytest.raises(BadInput, match=problem) as caught:
        read_address(text)
    assert "secret-word" not in str(caught.value)


def test_a_query_of_an_address_is_sent_and_not_shown() -> None:
    address = read_address("https://models.example/v1?api-key=secret-word")
    assert address.target == "/v1/chat/completions?api-key=secret-word"
    assert "secret-word" not in str(address)


@pytest.mark.parametrize(
    ("settings", "place"),
    [
        (Settings(model_name="m"), "LEGATION_MODEL_ADDRESS"),
        (Settings(model_address="http://127.0.0.1:1/v1"), "LEGATION_MODEL_NAME"),
        *(
            (Settings(model_address="http://127.0.0.1:1/v1", model_name="m", model_options=odd), "OPTIONS")
            for odd in ("", "[]", "{", '{"model": "x"}', '{"messages": []}', '{"stream": true}')
        ),
    ],
)
def test_a_setting_that_is_missing_or_malformed_is_named_before_any_call(
    settings: Settings, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("a call was made"))
    with pytest.raises(BadInput, match=place):
        Model(settings, invented_lexicon())


def test_the_types_of_the_schema_are_those_of_the_frames() -> None:
    properties = claim_schema()["properties"]
    assert isinstance(properties, dict)
    assert set(properties["type"]["enum"]) == {frame.type.value for frame in frames()}
    assert properties["modality"]["enum"] == [each.value for each in Modality]
    assert {"person", "state", "group"} <= set(kinds())


def test_a_role_takes_every_kind_that_some_frame_of_its_type_admits() -> None:
    for frame in frames():
        for role, slot in frame.slots.items():
            assert slot.kinds <= shapes()[frame.type].roles[role]


def test_what_several_do_together_has_no_counterparts() -> None:
    assert shapes()[ClaimType.MEETING].mutual
    assert not shapes()[ClaimType.TRANSFER].mutual


def test_every_object_of_the_schema_is_closed_and_requires_all_it_has() -> None:
    def objects(schema: object) -> list[dict[str, object]]:
        if isinstance(schema, list):
            return [one for each in schema for one in objects(each)]
        if not isinstance(schema, dict):
            return []
        return [schema] * (schema.get("type") == "object") + [o for v in schema.values() for o in objects(v)]

    found = objects(answer_schema())
    assert len(found) >= 3
    for one in found:
        assert one["additionalProperties"] is False
        assert one["required"] == list(one["properties"])  # type: ignore[call-overload]


def test_the_schema_has_no_place_for_an_iri_a_tier_or_a_confidence() -> None:
    properties = claim_schema()["properties"]
    assert isinstance(properties, dict)
    assert not [name for name in properties if "iri" in name or name in ("tier", "confidence", "edtf", "id")]


def test_the_example_of_the_guidelines_fits_the_schema() -> None:
    example = guide()["example"]
    assert isinstance(example, dict)
    assert fault({"claims": example["claims"]}, answer_schema()) is None
    assert all(claim["quote"] in example["text"] for claim in example["claims"])


@pytest.mark.parametrize(
    ("claim", "problem"),
    [
        (said(type=None), "claim.type is no string"),
        (said(type="Party"), "claim.type is none of its values"),
        (said(agents=[{"name": "A", "kind": "person"}]), r"claim.agents\[0\] lacks 'state'"),
        (said(mood="good"), "claim has a key of its own"),
        (said(items=[1]), r"claim.items\[0\] is no string"),
    ],
)
def test_the_check_names_what_does_not_fit(claim: dict[str, object], problem: str) -> None:
    with pytest.raises(AssertionError, match=problem):
        wrong = fault(claim, claim_schema(), "claim")
        assert wrong is None, wrong


def test_the_guidelines_have_a_line_for_each_type_that_has_frames() -> None:
    for frame in frames():
        assert f"- {frame.type.value}: " in instructions()


def test_the_same_article_makes_the_same_request() -> None:
    assert messages(article("A text."), 0, 7) == messages(article("A text."), 0, 7)


def test_the_version_names_the_model_and_fits_an_iri(tmp_path: Path) -> None:
    with asking(tmp_path, answer(), settings={"model_name": "org/Größe <7B>"}) as asked:
        name, _, digest = asked.model.version.rpartition("-")
    assert name == "org-Gr-e-7B"
    assert len(digest) == 12
