"""Names as they are typed: entities some of whose names begin with what stands there so far."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kb.entities.name_index import NameIndex
from kb.entities.name_index_found import Wanted
from kb.entities.name_index_keys import folded
from kb.entities.name_index_records import Entity

_LOOKED_AT: Final = 4000
"""So many forms that have the words are looked at; their numbers begin with the best known entities."""
_NEAR: Final = 90.0
"""From this score on an entity whose name is nearly complete goes before the better known."""
_FORMS: Final = (
    "SELECT e.iri, f.words FROM form f JOIN entity e ON e.id = f.entity WHERE f.id IN ({}) ORDER BY f.id"
)


def beginning(index: NameIndex, text: str, *, kinds: Iterable[str] = (), most: int = 50) -> list[Entity]:
    """Return the entities that a text may be the beginning of, each once.

    First those that the whole text names or nearly names, then those with a name that begins with it, then
    those with all its words somewhere, the last as a beginning; in each group the best known first. Kinds are
    as for ``NameIndex.find``. Where nothing begins so, the nearest names are given.
    """
    wanted = Wanted(frozenset(kinds))
    whole = index.find(text, kinds=wanted.kinds, limit=most)
    found = {match.entity.iri: match.entity for match in whole if match.score >= _NEAR}
    words = folded(text)
    if words:
        asked = " ".join(f'"{word}"' for word in words) + "*"
        numbers = index.rows(
            "SELECT rowid FROM word WHERE word MATCH ? ORDER BY rowid LIMIT ?", (asked, _LOOKED_AT)
        )
        start, ids = " ".join(words), ",".join(str(number) for (number,) in numbers)
        forms = index.rows(_FORMS.format(ids)) if ids else []
        for iri in dict.fromkeys(
            [iri for iri, form in forms if form.startswith(start)] + [iri for iri, _ in forms]
        ):
            if len(found) >= most:
                break
            entity = None if iri in found else index.entity(iri)
            if entity is not None and not entity.retired and wanted.fits(entity):
                found[iri] = entity
    return list(found.values()) or [match.entity for match in whole]
