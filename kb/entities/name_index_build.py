"""The index as one SQLite file: exact keys, three-letter pieces, and words for FTS5.

Near forms are proposed by the pieces: each has the list of its forms as an array of numbers, because counting
in arrays takes 0.4 ms at 100,000 forms where FTS5's ranking of trigrams takes 3 to 10. FTS5 finds forms by
some of their words. Forms are numbered by the weight of their entities, so that a cut keeps the best known.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from kb.entities.name_index_keys import folded, grams, in_order, rotations
from kb.entities.name_index_records import RANK, Entity, Form, FormKind
from kb.entities.name_index_source import Ambiguity, Names
from kb.entities.romanise import korean_sound, script

LETTERS: Final = 0
TURNED: Final = 1
SOUND: Final = 2
"""The ways in which a key of the table ``key`` stands for a form."""
_KOREAN: Final = frozenset({"PRK", "KOR"})
_TABLES: Final = """
CREATE TABLE entity (
  id INTEGER PRIMARY KEY, iri TEXT UNIQUE, kind TEXT, label TEXT, classes TEXT, state TEXT, weight INTEGER,
  retired TEXT, reason TEXT, successor TEXT, minted INTEGER);
CREATE TABLE form (
  id INTEGER PRIMARY KEY, entity INTEGER, text TEXT, language TEXT, kind TEXT, scheme TEXT, source TEXT,
  words TEXT);
CREATE TABLE key (key TEXT, way INTEGER, form INTEGER, PRIMARY KEY (key, way, form)) WITHOUT ROWID;
CREATE TABLE gram (gram TEXT PRIMARY KEY, forms BLOB) WITHOUT ROWID;
CREATE TABLE ambiguous (key TEXT, text TEXT, language TEXT, entities TEXT, decided_by TEXT);
CREATE INDEX ambiguous_key ON ambiguous (key);
CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE VIRTUAL TABLE word USING fts5(
  words, content='', tokenize='unicode61 remove_diacritics 0', prefix='2 3');
"""


@dataclass(frozen=True, slots=True)
class _Row:
    entity: int
    form: Form
    words: tuple[str, ...]
    korean: bool


def write_index(path: Path, names: Names, version: str) -> None:
    """Write the index in one step: who opens the path sees all of it or what was there before.

    Raises OSError where the folder cannot be written or is full; nothing is left behind then.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
    os.close(handle)
    try:
        with closing(sqlite3.connect(name)) as base:
            _fill(base, names, version)
        os.replace(name, path)
    except sqlite3.OperationalError as error:
        raise OSError(None, f"the index of names cannot be written ({error})", str(path)) from error
    finally:
        with suppress(FileNotFoundError):
            os.unlink(name)


def _fill(base: sqlite3.Connection, names: Names, version: str) -> None:
    base.execute("PRAGMA journal_mode = OFF")
    base.execute("PRAGMA synchronous = OFF")
    base.executescript(_TABLES)
    entities = [entity for entity, _ in names.entities]
    rows = list(_rows(names))
    base.executemany(
        "INSERT INTO entity VALUES (?,?,?,?,?,?,?,?,?,?,?)", map(_entity, range(len(entities)), entities)
    )
    base.executemany("INSERT INTO form VALUES (?,?,?,?,?,?,?,?)", map(_form, range(len(rows)), rows))
    keys = {(key, way, number) for number, row in enumerate(rows) for key, way in _keys(row)}
    base.executemany("INSERT INTO key VALUES (?,?,?)", sorted(keys))
    base.executemany("INSERT INTO ambiguous VALUES (?,?,?,?,?)", map(_ambiguous, names.ambiguities))
    _fill_near(base, rows)
    stated = {"version": version, "forms": len(rows), "entities": len(entities)}
    base.executemany("INSERT INTO meta VALUES (?,?)", stated.items())
    base.commit()
    base.execute("INSERT INTO word(word) VALUES ('optimize')")
    base.commit()


def _rows(names: Names) -> Iterator[_Row]:
    """Yield each form of each entity; of forms with the same words the best kind alone."""
    for number, (entity, forms) in enumerate(names.entities):
        seen: set[tuple[tuple[str, ...], bool]] = set()
        for form in sorted(forms, key=lambda form: RANK[form.kind]):
            words = folded(form.text)
            once = (words, form.kind is FormKind.CODE)
            if words and once not in seen:
                seen.add(once)
                yield _Row(number, form, words, entity.state in _KOREAN)


def _keys(row: _Row) -> Iterator[tuple[str, int]]:
    letters = "".join(row.words)
    yield letters, LETTERS
    if row.form.kind is FormKind.CODE:
        return
    if len(row.words) > 1:
        yield in_order(row.words), TURNED
        yield from ((turned, TURNED) for turned in rotations(row.words))
    if row.korean and script(row.form.text) == "LATIN":
        yield korean_sound(letters), SOUND


def _fill_near(base: sqlite3.Connection, rows: list[_Row]) -> None:
    """Write pieces and words of all forms but codes, and per form its entity and how many pieces it has."""
    postings: dict[str, list[int]] = defaultdict(list)
    counts = np.zeros(len(rows), dtype=np.uint16)
    for number, row in enumerate(rows):
        if row.form.kind is FormKind.CODE:
            continue
        pieces = grams(row.words)
        counts[number] = len(pieces)
        for piece in pieces:
            postings[piece].append(number)
        base.execute("INSERT INTO word (rowid, words) VALUES (?,?)", (number, " ".join(row.words)))
    base.executemany(
        "INSERT INTO gram VALUES (?,?)",
        ((piece, np.array(found, dtype=np.uint32).tobytes()) for piece, found in sorted(postings.items())),
    )
    owners = np.array([row.entity for row in rows], dtype=np.uint32)
    base.execute("INSERT INTO meta VALUES ('counts', ?)", (counts.tobytes(),))
    base.execute("INSERT INTO meta VALUES ('owners', ?)", (owners.tobytes(),))


def _entity(number: int, one: Entity) -> tuple[object, ...]:
    classes = f" {' '.join(one.classes)} "
    told = (one.retired, one.reason, one.successor, int(one.minted))
    return (number, one.iri, one.kind, one.label, classes, one.state, one.weight, *told)


def _form(number: int, row: _Row) -> tuple[object, ...]:
    form = row.form
    said = (form.text, form.language, form.kind.value, form.scheme, form.source)
    return (number, row.entity, *said, " ".join(row.words))


def _ambiguous(one: Ambiguity) -> tuple[object, ...]:
    key = "".join(folded(one.form.text))
    return (key, one.form.text, one.form.language, " ".join(one.meanings), one.decided_by)
