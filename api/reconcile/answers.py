"""A batch of queries answered: the result batch as the schema of the API has it."""

from __future__ import annotations

from collections.abc import Mapping

from api.reconcile.candidates import Candidate, candidates
from api.reconcile.catalogue import Catalogue
from api.reconcile.describing import description
from api.reconcile.features import features
from api.reconcile.ids import id_of
from api.reconcile.query import Query
from api.reconcile.types import Shown, shown, types_of
from kb.errors import BadParameter


def answer_batch(catalogue: Catalogue, batch: Mapping[str, Query | BadParameter]) -> dict[str, Shown]:
    """Return a result for each query; that of one that breaks a rule is empty and says which."""
    return {
        key: _refused(query) if isinstance(query, BadParameter) else {"result": _result(catalogue, query)}
        for key, query in batch.items()
    }


def _refused(error: BadParameter) -> Shown:
    return {
        "result": [],
        "error": {"detail": error.problem, "place": error.place, "repair": error.repair},
    }


def _result(catalogue: Catalogue, query: Query) -> list[Shown]:
    return [_candidate(catalogue, one) for one in candidates(catalogue, query)]


def _candidate(catalogue: Catalogue, one: Candidate) -> Shown:
    told: Shown = {
        "id": id_of(one.entity.iri),
        "name": name_of(catalogue, one.entity.iri),
        "description": description(catalogue, one.current),
        "type": [shown(name) for name in types_of(one.entity)],
        "score": one.score,
        "match": one.certain,
        "features": features(one),
    }
    if one.match is not None:
        told["explanation"] = one.match.explanation
    return told


def name_of(catalogue: Catalogue, iri: str) -> str:
    """Return an entity's name, which is never empty."""
    return catalogue.label(iri) or id_of(iri)
