"""Read a question's file: a ``#+`` YAML header after the manner of grlc, then a SPARQL query.

Every fault names the file and the line, because a question is edited by hand.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from pyoxigraph import QuerySolutions, Store

from kb.errors import BadParameter, BadQuery, BadQuestion, ForbiddenQuery
from kb.namespaces import KINDS
from kb.queries.as_of import AS_OF
from kb.queries.marked_yaml import REPAIR, MarkedMap
from kb.queries.ordering import COLUMN, with_keys
from kb.queries.parameters import Edge, Parameter, ParameterType
from kb.queries.question import EVIDENCE, GRAPHS, RECORD, Column, Question, View
from kb.queries.thresholds import NAMES, VARIABLES
from kb.store.guard import check

_NAME: Final = re.compile(r"[a-z][a-z0-9-]*")
_VARIABLE: Final = re.compile(r"[a-z][a-z0-9_]*")
RESERVED: Final = frozenset((*NAMES, AS_OF.name, "limit", "after"))
"""What the thresholds, the day and the pages are called."""


def read_question(path: Path) -> Question:
    """Return the question that a file holds.

    Raises BadQuestion, with file and line, for a header or a query that breaks a rule.
    """
    if not _NAME.fullmatch(path.stem):
        raise BadQuestion(
            "a question's name is lower-case words joined by hyphens", place=str(path), repair="Rename it"
        )
    head, sparql = _split(path.read_text("utf-8"), path)
    header = MarkedMap.parse(head, path.name)
    header.only("question", "about", "parameters", "one_of", "columns", "fact", "view", "graphs")
    parameters = _parameters(header)
    question = Question(
        name=path.stem,
        question=header.text("question"),
        about=header.text("about", default=""),
        parameters=parameters,
        one_of=header.texts("one_of"),
        columns=_columns(header),
        fact=header.text("fact"),
        view=header.choice("view", View, View.TABLE),
        graphs=header.texts("graphs") or ("main",),
        sparql=sparql,
    )
    _hold_together(question, header, head.count("\n") + 1)
    return question


def _split(text: str, path: Path) -> tuple[str, str]:
    lines = text.splitlines()
    height = next((n for n, line in enumerate(lines) if not line.startswith("#+")), len(lines))
    if height == 0:
        raise BadQuestion("no header of #+ lines", place=f"{path.name}:1", repair=REPAIR)
    return "\n".join(line[2:] for line in lines[:height]) + "\n", "\n".join(lines[height:]).strip() + "\n"


def _columns(header: MarkedMap) -> tuple[Column, ...]:
    columns = header.child("columns")
    if columns is None:
        raise header.fault("'columns' is missing")
    return tuple(Column(name, columns.text(name)) for name in columns.names())


def _parameters(header: MarkedMap) -> tuple[Parameter, ...]:
    found = header.child("parameters")
    return () if found is None else tuple(_parameter(name, entry) for name, entry in found.maps())


def _parameter(name: str, entry: MarkedMap) -> Parameter:
    entry.only("type", "about", "example", "required", "default", "allowed", "kind", "edge")
    if not _VARIABLE.fullmatch(name):
        raise entry.fault(f"{name!r} cannot be the name of a parameter")
    if name in RESERVED:
        raise entry.fault(f"{name!r} is taken: every question has it")
    parameter = Parameter(
        name=name,
        type=entry.choice("type", ParameterType),
        about=entry.text("about"),
        example=entry.text("example"),
        required=entry.flag("required"),
        default=entry.text("default", default="") or None,
        allowed=entry.texts("allowed"),
        kind=entry.text("kind", default=""),
        edge=entry.choice("edge", Edge, Edge.EARLIEST),
    )
    if parameter.kind and parameter.kind not in KINDS:
        raise entry.fault(f"{parameter.kind!r} is not the prefix of a kind of thing", entry.node("kind"))
    samples = [("example", parameter.example), *(("allowed", text) for text in parameter.allowed)]
    if parameter.default:
        samples.append(("default", parameter.default))
    for key, text in samples:
        _fits(parameter, text, entry, key)
    return parameter


def _fits(parameter: Parameter, text: str, entry: MarkedMap, key: str) -> None:
    try:
        parameter.read(text)
    except BadParameter as error:
        raise entry.fault(f"{key!r}: {error.problem}", entry.node(key)) from error


def _hold_together(question: Question, header: MarkedMap, query_line: int) -> None:
    """Hold the header against the query: same columns, parameters used, evidence there."""
    names = [column.name for column in question.columns]
    rests_on = EVIDENCE if {*EVIDENCE} & {*names} else RECORD
    for key, wanted, known in (
        ("fact", [question.fact], names),
        ("columns", rests_on, names),
        ("graphs", question.graphs, GRAPHS),
        ("one_of", question.one_of, [p.name for p in question.parameters]),
    ):
        for name in wanted:
            if name not in known:
                raise header.fault(f"{key!r}: {name!r} is not among {', '.join(known)}", header.node(key))
    _match_query(question, names, f"{header.file}:{query_line}")


def _match_query(question: Question, names: list[str], place: str) -> None:
    try:
        check(question.sparql)
    except (BadQuery, ForbiddenQuery) as error:
        raise BadQuestion(error.problem, place=place, repair="Repair the query") from error
    solutions = Store().query(question.sparql)
    if not isinstance(solutions, QuerySolutions):
        raise BadQuestion("a question is a SELECT query", place=place, repair="Repair the query")
    _can_be_ordered(question, place)
    projected = [variable.value for variable in solutions.variables]
    if projected != names:
        raise BadQuestion(
            f"the query gives {', '.join(projected)}, the header describes {', '.join(names)}",
            place=place,
            repair="Make both the same, in the same order",
        )
    for parameter in question.parameters:
        if not re.search(rf"[?$]{parameter.name}\b", question.sparql):
            raise BadQuestion(
                f"the query does not use ?{parameter.name}", place=place, repair="Use it or drop it"
            )


def _can_be_ordered(question: Question, place: str) -> None:
    """Hold that the query stays one with its keys and thresholds added (see ordering and thresholds)."""
    ours = re.search(rf"[?$](?:{COLUMN}|{VARIABLES})\w*", question.sparql)
    if ours:
        raise BadQuestion(f"{ours.group()} is taken", place=place, repair="Call the variable otherwise")
    try:
        check(with_keys(question.query(parameter.name for parameter in question.bound), ()))
    except (BadQuery, ForbiddenQuery) as error:
        raise BadQuestion(
            f"its ORDER BY cannot be given as columns: {error.problem}",
            place=place,
            repair="Order by variables and expressions that the query could also project",
        ) from error
