"""Which entities a name may mean: exact, in other order, with typos, in another script; scored and explained.

``NameIndex.find`` is the one way in. Readers may share an index between threads.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from kb.entities import name_index_score as points
from kb.entities.name_index_build import LETTERS, SOUND, TURNED
from kb.entities.name_index_found import Found, Wanted
from kb.entities.name_index_keys import folded, grams, in_order
from kb.entities.name_index_records import Entity, Form, FormKind, How, Match
from kb.entities.name_index_score import Nearness, nearness
from kb.entities.romanise import korean_sound, romanised, script
from kb.namespaces import PREFIXES

_CANDIDATES: Final = 80
"""So many forms that share pieces with a query are compared letter by letter."""
_BY_WORDS: Final = 120
"""So many forms with the words of a query are compared."""
_FILTERED: Final = 5000
"""So many are looked through for those of the kinds and state asked for."""
_SHARED: Final = 0.2
"""The least share of a query's pieces that a near form has."""
_ENTITY: Final = (
    "e.iri, e.kind, e.label, e.classes, e.state, e.weight, e.retired, e.reason, e.successor, e.minted"
)
_FORM: Final = "f.text, f.language, f.kind, f.scheme, f.source, f.words"
_BORNE: Final = f"SELECT {_ENTITY}, {_FORM} FROM form f JOIN entity e ON e.id = f.entity"


class NameIndex:
    """Reads one index file. Raises sqlite3.DatabaseError where the file is none or damaged."""

    def __init__(self, path: Path, version: str | None = None) -> None:
        self._path = path
        self._local = threading.local()
        if self.rows("PRAGMA quick_check(1)") != [("ok",)]:
            raise sqlite3.DatabaseError(f"{path} is damaged")
        stated = dict(self.rows("SELECT name, value FROM meta"))
        if not {"version", "forms", "entities", "counts", "owners"} <= stated.keys():
            raise sqlite3.DatabaseError(f"{path} is no index of names")
        if version is not None and stated["version"] != version:
            raise sqlite3.DatabaseError(f"{path} is the index of other names")
        self.version: str = stated["version"]
        self.forms: int = stated["forms"]
        self.entities: int = stated["entities"]
        self._counts = np.frombuffer(stated["counts"], dtype=np.uint16)
        self._owners = np.frombuffer(stated["owners"], dtype=np.uint32)
        if not len(self._counts) == len(self._owners) == self.forms:
            raise sqlite3.DatabaseError(f"{path} is damaged")
        self._posting = lru_cache(maxsize=50_000)(self._read_posting)
        self._mask = lru_cache(maxsize=64)(self._make_mask)

    def find(
        self, text: str, *, kinds: Iterable[str] = (), state: str | None = None, limit: int = 10
    ) -> tuple[Match, ...]:
        """Return the entities that a text may name, the likeliest first, each once.

        ``kinds`` are prefixes of IRIs ("person") or classes ("Airport"), any of which will do; ``state`` is
        an alpha-3 code. An identifier ("person:li-qiang", or its IRI) finds its entity, also a retired one.
        Of two that fit alike, the better kind of form goes first, then the entity that more statements name.
        """
        wanted = Wanted(frozenset(kinds), state)
        found = Found()
        self._by_id(text.strip(), found, wanted)
        words = folded(text)
        if words:
            self._ambiguous(words, found, wanted)
            self._by_key(words, found, wanted)
            if not found.is_settled:
                self._nearby(text, words, found, wanted)
            if len(found) < limit:
                self._by_words(words, found, wanted)
        return found.best(limit)

    def entities_where(self, condition: str, values: Sequence[object] = ()) -> list[Entity]:
        """Return the entities that meet a condition on the columns of ``entity e``, the best known first."""
        found = self.rows(f"SELECT {_ENTITY} FROM entity e WHERE {condition} ORDER BY e.id", values)
        return [_entity(row) for row in found]

    def entity(self, iri: str) -> Entity | None:
        """Return what the index keeps of an entity, None where it knows none of this IRI."""
        rows = self.rows(f"SELECT {_ENTITY} FROM entity e WHERE e.iri = ?", (iri,))
        return _entity(rows[0]) if rows else None

    def identifiers(self, prefix: str) -> list[str]:
        """Return the IRIs of all entities of a kind, retired ones too, the best known first."""
        return [row[0] for row in self.rows("SELECT iri FROM entity WHERE kind = ? ORDER BY id", (prefix,))]

    def keep(self, folder: object) -> None:
        """Keep the folder of a passing index for as long as the index is used."""
        self._folder = folder

    # The stages, each of which adds to what was found.

    def _by_id(self, text: str, found: Found, wanted: Wanted) -> None:
        prefix, colon, rest = text.partition(":")
        if not colon or not rest or " " in text:
            return
        iri = PREFIXES[prefix] + rest if prefix in PREFIXES else text
        entity = self.entity(iri)
        if entity is not None and wanted.fits(entity):
            found.add(Match(entity, Form(text, "", FormKind.ID), 100.0, (How.EXACT,)))

    def _ambiguous(self, words: Sequence[str], found: Found, wanted: Wanted) -> None:
        rows = self.rows(
            "SELECT text, language, entities, decided_by FROM ambiguous WHERE key = ?", ("".join(words),)
        )
        for text, language, iris, decided_by in rows:
            found.decided_by = decided_by
            for entity in filter(None, map(self.entity, iris.split())):
                if wanted.fits(entity) and not entity.retired:
                    form = Form(text, language, FormKind.AMBIGUOUS)
                    found.add(Match(entity, form, 100.0, (How.EXACT,), ambiguous=True, decided_by=decided_by))

    def _by_key(self, words: Sequence[str], found: Found, wanted: Wanted, read_as: str = "") -> None:
        """Add who bears the very letters, in this or another order, or a Korean name that sounds alike."""
        letters = "".join(words)
        keys = [(letters, LETTERS), (letters, TURNED), (in_order(words), TURNED)]
        keys.append((korean_sound(letters), SOUND))
        asked = " OR ".join("(k.key = ? AND k.way = ?)" for _ in keys)
        rows = self.rows(
            f"SELECT DISTINCT {_ENTITY}, {_FORM}, k.way = {SOUND} FROM key k JOIN form f ON f.id = k.form"
            f" JOIN entity e ON e.id = f.entity WHERE {asked} ORDER BY f.id LIMIT 400",
            [part for key in keys for part in key],
        )
        for row in rows:
            self._add(row, words, found, wanted, read_as)

    def _nearby(self, text: str, words: Sequence[str], found: Found, wanted: Wanted) -> None:
        self._by_pieces(words, found, wanted)
        if len(words) > 1 and OSA.distance(words[0], "the") == 1:
            self._by_pieces(words[1:], found, wanted)  # "teh": an article of no more use than a right one
        if script(text) == "LATIN":
            return
        spelled = {folded(one.text): one.text for one in romanised(text)}
        for other, read_as in spelled.items():
            self._by_key(other, found, wanted, read_as)
        if spelled and not found.is_settled:
            other, read_as = next(iter(spelled.items()))
            self._by_pieces(other, found, wanted, read_as)

    def _by_pieces(self, words: Sequence[str], found: Found, wanted: Wanted, read_as: str = "") -> None:
        """Add the nearest of the forms that share most pieces with the query."""
        pieces = grams(words)
        postings = [posting for posting in map(self._posting, pieces) if posting is not None]
        if not postings:
            return
        shared = np.bincount(np.concatenate(postings), minlength=self.forms)
        mask = self._mask(wanted) if wanted.filters else None
        if mask is not None:
            shared = shared * mask
        near = np.flatnonzero(shared >= max(1, int(_SHARED * len(pieces))))
        likeness = shared[near] / (self._counts[near] + len(pieces))
        if len(near) > _CANDIDATES:
            near = near[np.argsort(-likeness, kind="stable")[:_CANDIDATES]]
        for row in self._borne(near.tolist()):
            self._add(row, words, found, wanted, read_as)

    def _by_words(self, words: Sequence[str], found: Found, wanted: Wanted) -> None:
        """Add forms that have all words of the query, its last as a beginning; initials are left aside."""
        full = [word for word in words if len(word) > 1]
        if not full:
            return
        begun = words[-1] == full[-1]
        asked = " ".join(f'"{word}"' for word in full) + ("*" if begun else "")
        most = _FILTERED if wanted.filters else _BY_WORDS
        numbers = [
            row[0] for row in self.rows("SELECT rowid FROM word WHERE word MATCH ? LIMIT ?", (asked, most))
        ]
        if wanted.filters:
            mask = self._mask(wanted)
            numbers = [number for number in numbers if mask[number]][:_BY_WORDS]
        for row in self._borne(numbers):
            self._add(row, words, found, wanted)

    def _add(
        self, row: Sequence[Any], words: Sequence[str], found: Found, wanted: Wanted, read_as: str = ""
    ) -> None:
        """Score one form (a row of ``_BORNE``, maybe with whether it was met by sound) and add its entity."""
        near = nearness(words, row[15].split(), across_scripts=bool(read_as))
        if row[16:] == (1,):
            near = max(filter(None, (near, Nearness(100.0 - points.SOUND, (How.SOUND,)))))
        if near is None:
            return
        form = Form(row[10], row[11], FormKind(row[12]), row[13], row[14])
        score = near.score - points.GENERATED * (form.kind is FormKind.GENERATED)
        score -= points.SCRIPT * bool(read_as)
        entity = _entity(row)
        if score >= points.LEAST and wanted.fits(entity):
            how = near.how
            if read_as:
                how = (How.SCRIPT, *(way for way in near.how if way is not How.EXACT))
            found.add(Match(entity, form, round(score, 1), how, near.edits, read_as))

    # What is read from the file.

    def _borne(self, numbers: Sequence[int]) -> list[tuple[object, ...]]:
        marks = ",".join("?" * len(numbers))
        return self.rows(f"{_BORNE} WHERE f.id IN ({marks})", numbers) if numbers else []

    def _read_posting(self, gram: str) -> NDArray[np.uint32] | None:
        rows = self.rows("SELECT forms FROM gram WHERE gram = ?", (gram,))
        return np.frombuffer(rows[0][0], dtype=np.uint32) if rows else None

    def _make_mask(self, wanted: Wanted) -> NDArray[np.bool_]:
        """Return for each form whether its entity is wanted; what ``Wanted.fits`` says, in SQL."""
        of_kind = " OR ".join("kind = ? OR instr(classes, ?)" for _ in wanted.kinds) or "TRUE"
        values: list[object] = [part for kind in wanted.kinds for part in (kind, f" {kind} ")]
        rows = self.rows(
            f"SELECT id FROM entity WHERE ({of_kind}) AND (? IS NULL OR state = ?)",
            [*values, wanted.state, wanted.state],
        )
        fitting = np.zeros(self.entities, dtype=np.bool_)
        fitting[[row[0] for row in rows]] = True
        return fitting[self._owners]

    def rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a SELECT over the file's tables (kb.entities.name_index_build has them)."""
        return self._connection().execute(query, values).fetchall()

    def _connection(self) -> sqlite3.Connection:
        """Return this thread's own connection: SQLite's are not shared between threads."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            address = f"{self._path.resolve().as_uri()}?mode=ro&immutable=1"
            connection = sqlite3.connect(address, uri=True)
            self._local.connection = connection
        return connection


def _entity(row: Sequence[Any]) -> Entity:
    """Return the entity of a row that begins with the columns of ``_ENTITY``."""
    iri, kind, label, classes, state, weight, retired, reason, successor, minted = row[:10]
    classes = tuple(classes.split())
    return Entity(iri, kind, label, classes, state, weight, retired, reason, successor, bool(minted))
