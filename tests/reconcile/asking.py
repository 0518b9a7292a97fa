"""Ask the service as a client does; every answer is held against the schemas where they are at hand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.reconcile import schemas

Json = Any


def checked(name: str, response: TestResponse) -> Json:
    """Return an answer's content; it is 200, and valid."""
    assert response.status_code == 200, response.text
    assert response.mimetype == "application/json"
    answer = json.loads(response.data)
    if schemas.available():
        assert schemas.faults(name, answer) == []
    return answer


@dataclass(frozen=True)
class Asking:
    client: FlaskClient

    def batch(self, queries: Mapping[str, object]) -> Json:
        """Return the answer to a batch."""
        response = self.client.post("/reconcile", data={"queries": json.dumps(queries)})
        answer = checked("reconciliation-result-batch", response)
        assert list(answer) == list(queries)
        return answer

    def one(self, query: str | None = None, **further: object) -> list[Json]:
        """Return the candidates for one query."""
        told = further if query is None else {"query": query, **further}
        found: list[Json] = self.batch({"q": told})["q"]["result"]
        return found

    def ids(self, query: str | None = None, **further: object) -> list[str]:
        """Return the identifiers of the candidates for one query."""
        return [one["id"] for one in self.one(query, **further)]

    def known(self, pid: str, value: object, query: str | None = None, **further: object) -> list[Json]:
        """Return the candidates for one query with one property."""
        return self.one(query, properties=[{"pid": pid, "v": value}], **further)

    def extend(self, ids: list[str], *properties: str | Mapping[str, object]) -> Json:
        """Return what is known of some entities."""
        wanted = [{"id": one} if isinstance(one, str) else one for one in properties]
        data = {"extend": json.dumps({"ids": ids, "properties": wanted})}
        return checked("data-extension-response", self.client.post("/reconcile", data=data))

    def column(self, identifier: str, name: str, **settings: object) -> list[Json]:
        """Return what is known of one entity in one column."""
        found: list[Json] = self.extend([identifier], {"id": name, "settings": settings})["rows"][identifier][
            name
        ]
        return found

    def suggest(self, kind: str, prefix: str, **further: object) -> list[Json]:
        """Return suggestions."""
        names = {"entity": "entities", "property": "properties", "type": "types"}
        response = self.client.get(f"/reconcile/suggest/{kind}", query_string={"prefix": prefix, **further})
        found: list[Json] = checked(f"suggest-{names[kind]}-response", response)["result"]
        return found

    def refused(self, status: int, **data: str) -> Json:
        """Return the problem that a form is answered with."""
        response = self.client.post("/reconcile", data=data)
        assert response.status_code == status, response.text
        assert response.mimetype == "application/problem+json"
        return json.loads(response.data)


def feature(candidate: Json, name: str) -> Json:
    """Return the value of a candidate's feature, None where it has none of that name."""
    return next((one["value"] for one in candidate["features"] if one["id"] == name), None)
