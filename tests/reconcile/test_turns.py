"""However many batches come, few hold a thread, and one is worked on at a time."""

from __future__ import annotations

import json
import threading

import pytest
from flask import Flask

from api.reconcile.turns import WAITING, Turns
from api.reconcile.views import KEY
from kb.errors import StoreBusy


def test_one_is_let_through_at_a_time() -> None:
    turns = Turns(waiting=2, patience=0.01)
    with turns.one(), pytest.raises(StoreBusy), turns.one():
        pytest.fail("two were let through")
    with turns.one():
        pass


def test_a_turn_is_given_back_after_a_fault() -> None:
    turns = Turns(waiting=1, patience=0.01)
    with pytest.raises(ZeroDivisionError), turns.one():
        raise ZeroDivisionError
    with turns.one():
        pass


def test_too_many_that_wait_are_told_to_come_again(app: Flask) -> None:
    turns = app.extensions[KEY].turns
    data = {"queries": json.dumps({"q": {"query": "Orlen Vaskov"}})}
    answers = []

    def send() -> None:
        answers.append(app.test_client().post("/reconcile", data=data))

    senders = [threading.Thread(target=send) for _ in range(WAITING + 3)]
    with turns.one():
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join(0.5)
    for sender in senders:
        sender.join()
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [200] * (WAITING - 1) + [503] * 4
    assert all("Retry-After" in answer.headers for answer in answers if answer.status_code == 503)
