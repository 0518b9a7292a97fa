"""Requests for a question: its own example, and as many others with other parameters as are wanted."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

from kb.queries import Question
from kb.queries.binding import bind_within
from kb.queries.parameters import Parameter, ParameterType
from kb.store import Term
from kb.store.binding import declare
from tests.bench.casting import Stage


def target(question: Question, given: Mapping[str, str]) -> str:
    """Return the path of a question's answer as JSON."""
    tail = f"?{urlencode(given)}" if given else ""
    return f"/questions/{question.name}.json{tail}"


def bound(question: Question, given: Mapping[str, str]) -> str:
    """Return the query that a question with these parameters comes to, as it is run here."""
    terms: dict[str, Term] = dict(question.bind(given))
    return declare(bind_within(question.query(terms), terms))


def variants(question: Question, stage: Stage, wanted: int) -> list[dict[str, str]]:
    """Return different parameters, as many as are wanted or as there are: no answer can come from a cache.

    A third are the example within other dates, for it is about what most is known of.
    """
    found: dict[str, dict[str, str]] = {}
    for n in range(wanted * 20):
        given = _example(question, stage.rng) if n % 3 == 0 else _drawn(question, stage)
        found.setdefault(urlencode(given), given)
        if len(found) == wanted:
            break
    return list(found.values())


def _example(question: Question, rng: random.Random) -> dict[str, str]:
    return question.example() | dict(_dates(question, rng))


def _dates(question: Question, rng: random.Random) -> Iterator[tuple[str, str]]:
    names = {parameter.name for parameter in question.parameters if parameter.type is ParameterType.DATE}
    if "from" in names:
        yield "from", f"{rng.randint(1990, 2005)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
    if "until" in names and rng.random() < 0.5:
        yield "until", f"{rng.randint(2015, 2025)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"


def _drawn(question: Question, stage: Stage) -> dict[str, str]:
    given = dict(_dates(question, stage.rng))
    states = iter(stage.pair())
    one_of = stage.rng.choice(question.one_of) if question.one_of else ""
    for parameter in question.parameters:
        optional = not (parameter.required or parameter.name == one_of)
        if parameter.type is ParameterType.STATE:
            if not optional or stage.rng.random() < 0.7:
                given[parameter.name] = next(states)
        elif parameter.type is ParameterType.IRI and not optional:
            given[parameter.name] = _thing(parameter, stage)
    return given


def _thing(parameter: Parameter, stage: Stage) -> str:
    """Return the IRI of a thing of the kind that a parameter takes; the example where none is at hand."""
    code = stage.state()
    pools = {
        "person": stage.people[code],
        "fac": list(stage.world.facilities.get(code, ())),
        "hw": stage.hardware,
        "ev": list(stage.world.events),
        "": list(stage.world.facilities.get(code, ())),
    }
    pool = pools.get(parameter.kind)
    if not pool:
        return parameter.example
    return stage.rng.choice(pool)
