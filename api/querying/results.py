"""A store's answer as HTTP: its media type, its mark where it was cut, in parts where it is large."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from flask import Response

from api.http.addresses import local
from kb.store.interface import Answer

CUT: Final = "Legation-Truncated"
"""The header of an answer that a limit cut."""
_NOTE: Final = "Cut: a limit of rows or bytes was reached, there is more. See "
_COMMENTS: Final = {
    "application/sparql-results+xml": ("\n<!-- ", " -->\n"),
    "application/rdf+xml": ("\n<!-- ", " -->\n"),
    "text/turtle": ("\n# ", "\n"),
    "application/n-triples": ("# ", "\n"),
}
"""How a form writes a comment at its end, where it has any."""
_JSON: Final = "application/sparql-results+json"
_VARIABLES: Final = b"]}"
"""What ends the head of a JSON result: no name of a variable has a bracket."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """Bytes that go into an answer, at a place of its first part or, where that is None, at its end."""

    place: int | None
    content: bytes

    def into(self, parts: Iterator[bytes]) -> Iterator[bytes]:
        """Yield the parts with the mark."""
        for number, part in enumerate(parts):
            if number == 0 and self.place is not None:
                yield part[: self.place] + self.content + part[self.place :]
            else:
                yield part
        if self.place is None:
            yield self.content


def respond(answer: Answer) -> Response:
    """Return the response that carries an answer; one that was cut says so in a header and in its body."""
    media_type = answer.media_type.partition(";")[0]
    mark = _mark(media_type, answer) if answer.truncated else _Mark(None, b"")
    if answer.spool is None:
        response = Response(b"".join(mark.into(iter([answer.content]))))
    else:
        response = Response(mark.into(answer.spool.chunks()))
        response.content_length = answer.spool.size + len(mark.content)
        response.call_on_close(answer.spool.close)
    response.content_type = f"{media_type}; charset=utf-8"
    response.headers["Legation-Version"] = answer.version
    if answer.truncated:
        response.headers[CUT] = "a limit of rows or bytes was reached; there is more"
    return response


def _mark(media_type: str, answer: Answer) -> _Mark:
    about = local("/settings")
    if media_type == _JSON:
        # The one member beside the table that every reader of this form expects (section 3.1.2).
        place = _first(answer).find(_VARIABLES) + 1
        return _Mark(place, f',"link":["{about}#cut"]'.encode())
    before, after = _COMMENTS.get(media_type, ("", ""))
    return _Mark(None, f"{before}{_NOTE}{about}{after}".encode() if before else b"")


def _first(answer: Answer) -> bytes:
    return answer.content if answer.spool is None else answer.spool.start()
