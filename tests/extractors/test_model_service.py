"""A service that fails, lies or dawdles costs its own answer and nothing else; its key is shown nowhere."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from kb.errors import ExtractorError
from kb.settings import Secret
from tests.extractors.asked import KEY, TEXT, Asked, asking, said
from tests.extractors.server import Recorded, answer, completion

GOOD = answer(said())
BUSY = Recorded(status=429)


def failure(asked: Asked, text: str = TEXT) -> str:
    with pytest.raises(ExtractorError) as caught:
        asked.read(text)
    return str(caught.value)


def test_the_key_goes_into_one_header(tmp_path: Path) -> None:
    with asking(tmp_path, GOOD) as asked:
        asked.read()
        assert asked.server.headers[0]["authorization"] == f"Bearer {KEY}"


def test_without_a_key_no_header_is_sent_and_a_service_that_wants_one_is_told_of(tmp_path: Path) -> None:
    with asking(tmp_path, Recorded(status=401), settings={"model_key": Secret()}) as asked:
        told = failure(asked)
        assert "authorization" not in asked.server.headers[0]
    assert "wants a key (401)" in told
    assert "LEGATION_MODEL_KEY" in told


@pytest.mark.parametrize("status", [401, 403])
def test_a_wrong_key_ends_the_calls_of_the_run(tmp_path: Path, status: int) -> None:
    refusal = {"error": {"message": f"Incorrect API key provided: {KEY}"}}
    with asking(tmp_path, Recorded(json.dumps(refusal).encode(), status)) as asked:
        assert f"refuses the key ({status})" in failure(asked)
        assert f"refuses the key ({status})" in failure(asked, "Another text.")
        assert len(asked.server.requests) == 1


def test_429_with_retry_after_waits_as_long_as_it_says(tmp_path: Path) -> None:
    with asking(tmp_path, Recorded(status=429, headers={"Retry-After": "7"}), GOOD) as asked:
        assert len(asked.read()) == 1
        assert asked.waits == [7]


def test_retry_after_may_be_a_date(tmp_path: Path) -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    with asking(tmp_path, Recorded(status=503, headers={"Retry-After": soon}), GOOD) as asked:
        asked.read()
        assert 25 < asked.waits[0] <= 30


@pytest.mark.parametrize("odd", ["soon", "nan", "-5", "Thu, 99 Nov", ""])
def test_a_retry_after_that_makes_no_sense_does_no_harm(tmp_path: Path, odd: str) -> None:
    with asking(tmp_path, Recorded(status=429, headers={"Retry-After": odd}), GOOD) as asked:
        assert len(asked.read()) == 1
        assert 0 <= asked.waits[0] <= 1


def test_429_without_retry_after_waits_longer_each_time_and_gives_up(tmp_path: Path) -> None:
    with asking(tmp_path, BUSY) as asked:
        assert "answers 429" in failure(asked)
        assert asked.waits == [1, 2, 4]
        assert len(asked.server.requests) == 4


def test_a_service_that_asks_for_an_hour_is_left_alone(tmp_path: Path) -> None:
    with asking(tmp_path, Recorded(status=429, headers={"Retry-After": "3600"})) as asked:
        assert "asks to wait 3600 seconds" in failure(asked)
        assert asked.waits == []


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_passing_fault_is_tried_again(tmp_path: Path, status: int) -> None:
    with asking(tmp_path, Recorded(b"<html>oops", status), GOOD) as asked:
        assert len(asked.read()) == 1


def test_a_connection_that_breaks_in_the_answer_is_tried_again(tmp_path: Path) -> None:
    with asking(tmp_path, Recorded(GOOD.body, broken=True), GOOD) as asked:
        assert len(asked.read()) == 1
        assert len(asked.server.requests) == 2


def test_nobody_at_the_address_is_told(tmp_path: Path) -> None:
    with asking(tmp_path, GOOD) as asked:
        pass
    told = failure(asked)
    assert "no connection (ConnectionRefusedError)" in told
    assert "http://127.0.0.1:" in told


@pytest.mark.parametrize("slow", [Recorded(wait=1.0), Recorded(GOOD.body, drip=0.05)])
def test_a_call_ends_when_its_time_is_over_even_if_bytes_still_drip(tmp_path: Path, slow: Recorded) -> None:
    with asking(tmp_path, slow, settings={"model_seconds": 0.2}) as asked:
        assert "no answer within 0.2 seconds" in failure(asked)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(tmp_path: Path, status: int) -> None:
    elsewhere = Recorded(status=status, headers={"Location": "http://127.0.0.1:1/steal"})
    with asking(tmp_path, elsewhere) as asked:
        assert f"is elsewhere ({status})" in failure(asked)
        assert len(asked.server.requests) == 1


def test_an_unknown_model_ends_the_calls_of_the_run(tmp_path: Path) -> None:
    with asking(tmp_path, Recorded(status=404)) as asked:
        assert "LEGATION_MODEL_NAME" in failure(asked)
        failure(asked, "Another text.")
        assert len(asked.server.requests) == 1


def test_the_reason_of_a_refused_request_is_told_in_one_short_line(tmp_path: Path) -> None:
    refusal = {"error": {"message": "max_tokens is unknown\n\x1b[31m" + "x" * 500}}
    with asking(tmp_path, Recorded(json.dumps(refusal).encode(), 400)) as asked:
        told = failure(asked)
    assert "answers 400 (max_tokens is unknown [31mxx" in told
    assert "LEGATION_MODEL_OPTIONS" in told
    assert "\n" not in told and "\x1b" not in told and len(told) < 400


@pytest.mark.parametrize(
    ("reply", "problem"),
    [
        (completion('{"claims": [{"type": "Mee'), "is no JSON"),
        (completion("Certainly! Here are the claims:"), "is no JSON"),
        (completion(""), "is no JSON"),
        (completion("[" * 100_000), "is no JSON"),
        (completion('["claims"]'), "has no list of claims"),
        (completion('{"claims": {}}'), "has no list of claims"),
        (Recorded(b'{"choices": ['), "is no chat completion"),
        (Recorded(b"<html>"), "is no chat completion"),
        (Recorded(b'{"choices": []}'), "is no chat completion"),
        (Recorded(b'{"choices": [{"message": {"content": null}}]}'), "gave no text"),
        (Recorded(b"\xff\xfe\x00"), "is no chat completion"),
        (Recorded(b"x" * 2_000_001), "is longer than 2000000 bytes"),
    ],
)
def test_an_answer_that_is_none_is_told_and_not_tried_again(
    tmp_path: Path, reply: Recorded, problem: str
) -> None:
    with asking(tmp_path, reply) as asked:
        assert problem in failure(asked)
        assert len(asked.server.requests) == 1


def test_an_answer_in_a_code_fence_is_read(tmp_path: Path) -> None:
    fenced = completion("```json\n" + json.dumps({"claims": [said()]}) + "\n```")
    with asking(tmp_path, fenced) as asked:
        assert len(asked.read()) == 1


def test_an_answer_that_was_cut_off_is_asked_for_in_two_halves(tmp_path: Path) -> None:
    text = TEXT + "\n\n" + "Nothing else was said on that day. " * 60
    with asking(tmp_path, completion('{"claims": [', finish="length"), GOOD, answer()) as asked:
        assert len(asked.read(text)) == 1
        whole, first, second = asked.server.texts
    assert len(first) < len(whole) and len(second) < len(whole)


def test_a_short_text_whose_answer_is_cut_off_is_not_asked_for_for_ever(tmp_path: Path) -> None:
    with asking(tmp_path, completion('{"claims": [', finish="length")) as asked:
        assert "was cut off" in failure(asked)
        assert len(asked.server.requests) == 1


def test_a_long_text_is_read_in_parts_that_hold_all_of_it(tmp_path: Path) -> None:
    text = "\n\n".join(f"On that day number {n} nothing at all was said to anybody. " * 20 for n in range(40))
    with asking(tmp_path, answer()) as asked:
        asked.read(text + "\n\n" + TEXT)
        sent = asked.server.texts
    assert len(sent) > 3
    assert all(len(one) < 12_300 for one in sent)
    assert all(sum(f"number {n} nothing" in one for one in sent) >= 1 for n in range(40))


def test_the_budget_of_calls_ends_them_and_repeated_calls_count(tmp_path: Path) -> None:
    with asking(tmp_path, BUSY, GOOD, settings={"model_calls": 2}) as asked:
        asked.read()
        assert "budget of 2 calls is used up" in failure(asked, "Another text.")
        assert len(asked.server.requests) == 2


def test_the_budget_of_tokens_ends_the_calls(tmp_path: Path) -> None:
    with asking(tmp_path, answer(said(), tokens=95_000), settings={"model_tokens": 96_000}) as asked:
        asked.read()
        assert "budget of 96000 tokens is used up" in failure(asked, "Another text.")
        assert len(asked.server.requests) == 1


def test_a_service_that_does_not_count_tokens_is_counted_for(tmp_path: Path) -> None:
    uncounted = Recorded(json.dumps({"choices": [{"message": {"content": '{"claims": []}'}}]}).encode())
    with asking(tmp_path, uncounted) as asked:
        asked.read()
        (line,) = asked.model.report()
    assert int(line.split(" tokens")[0].rsplit(" ", 1)[1]) > 1000


def test_five_articles_in_a_row_that_fail_end_the_calls(tmp_path: Path) -> None:
    with asking(tmp_path, Recorded(status=400)) as asked:
        for number in range(7):
            told = failure(asked, f"Text {number}.")
        assert len(asked.server.requests) == 5
    assert "given up after 5 articles in a row" in told


def test_an_article_that_is_read_in_between_starts_the_count_anew(tmp_path: Path) -> None:
    bad = Recorded(status=400)
    with asking(tmp_path, bad, bad, bad, bad, GOOD, bad, bad, GOOD) as asked:
        for number in range(4):
            failure(asked, f"Text {number}.")
        asked.read()
        for number in range(2):
            failure(asked, f"Other text {number}.")
        asked.read("The last text.")


def test_an_empty_text_costs_nothing(tmp_path: Path) -> None:
    with asking(tmp_path, GOOD) as asked:
        assert asked.read(" \n ") == []
        assert asked.server.requests == []


def test_the_run_is_told_in_numbers(tmp_path: Path) -> None:
    with asking(tmp_path, BUSY, answer(said(), tokens=4_321)) as asked:
        asked.read()
        assert asked.model.report() == ["2 calls, 0 answers from the cache, 4321 tokens, 1 claims"]


def test_the_operator_s_options_lie_over_the_request(tmp_path: Path) -> None:
    options = '{"max_tokens": null, "max_completion_tokens": 900, "temperature": 0.5}'
    with asking(tmp_path, GOOD, settings={"model_options": options}) as asked:
        asked.read()
        (request,) = asked.server.requests
    assert "max_tokens" not in request
    assert (request["max_completion_tokens"], request["temperature"]) == (900, 0.5)
    assert request["response_format"]["json_schema"]["strict"] is True


@pytest.mark.parametrize(
    "reply",
    [
        Recorded(json.dumps({"error": {"message": f"bad key {KEY}"}}).encode(), 400),
        Recorded(json.dumps({"error": f"bad key {KEY}"}).encode(), 401),
        Recorded(status=302, headers={"Location": f"/?key={KEY}"}),
        Recorded(status=500, headers={"Retry-After": KEY}),
        completion(KEY),
        Recorded(KEY.encode()),
        Recorded(broken=True, body=KEY.encode()),
    ],
)
def test_the_key_stands_in_no_error_report_representation_or_log(
    tmp_path: Path, reply: Recorded, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    with asking(tmp_path, reply) as asked:
        with pytest.raises(ExtractorError) as caught:
            asked.read()
        chain = [caught.value, caught.value.__cause__, caught.value.__context__]
        shown = [repr(one) + str(one) for one in chain]
        shown += [*asked.model.report(), repr(asked.model), repr(vars(asked.model)), asked.model.version]
    shown += [caplog.text, *capfd.readouterr()]
    shown += [path.read_text("utf-8") for path in tmp_path.rglob("*.json")]
    assert not [one for one in shown if KEY in one]


def test_a_key_that_no_header_can_hold_is_told_without_it(tmp_path: Path) -> None:
    with asking(tmp_path, GOOD, settings={"model_key": Secret(f"{KEY}\nX-Other: 1")}) as asked:
        with pytest.raises(ExtractorError, match="the key cannot be sent in a header") as caught:
            asked.read()
        assert asked.server.requests == []
    assert KEY not in f"{caught.value}{caught.value.__context__!r}{caught.value.__cause__!r}"
