"""A request that a proxy and this server could read differently is refused before anything else is done."""

from __future__ import annotations

import re
from typing import Final

from api.server.environ import Scope, version_of
from api.server.ready import Refusal, problem

_HOST: Final = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
NO_HOST: Final = Refusal(
    problem(
        400, "the request does not name one host", "Send one header Host with this service's name", close=True
    )
)
NO_METHOD: Final = Refusal(problem(501, "there is no such method", "Write methods in capitals, such as GET"))


def fault_in(scope: Scope) -> Refusal | None:
    """Return the answer to a request that is not well formed, None where it is."""
    hosts = scope.headers.get_all("host")
    if not (len(hosts) == 1 and _HOST.fullmatch(hosts[0])) and (hosts or version_of(scope) != "HTTP/1.0"):
        return NO_HOST
    return None if scope.method.isupper() else NO_METHOD
