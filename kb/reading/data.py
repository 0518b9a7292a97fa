"""The word lists of reading: loaded once from YAML, checked, frozen."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from kb import plain_yaml
from kb.errors import BadReference

HERE: Final = Path(__file__).resolve().parent

Lists = dict[str, frozenset[str]]


@cache
def _load(name: str) -> dict[str, object]:
    path = HERE / name
    loaded = plain_yaml.load(path.read_text("utf-8"))
    if not isinstance(loaded, dict) or not loaded:
        raise BadReference("holds no lists", place=str(path), repair="Restore the file")
    return {str(key): value for key, value in loaded.items()}


def _words(value: object, place: str) -> frozenset[str]:
    if not isinstance(value, list) or not value:
        raise BadReference("is not a list of words", place=place, repair="Write it as [word, word]")
    return frozenset(str(word) for word in value)


@cache
def nominals() -> Lists:
    """Return the common nouns that stand for somebody (nominals.yaml)."""
    return {key: _words(value, f"nominals.yaml: {key}") for key, value in _load("nominals.yaml").items()}


@cache
def word_lists(name: str) -> Lists:
    """Return the lists of words of a file that holds nothing else."""
    return {key: _words(value, f"{name}: {key}") for key, value in _load(name).items()}


@cache
def titles_of_one_state() -> dict[str, str]:
    """Return the titles that one state only has, with its code (nominals.yaml: "titles_of_one_state")."""
    return {
        title: code
        for entry in nominals()["titles_of_one_state"]
        for title, _, code in [entry.rpartition(" ")]
    }


@cache
def outlet_offices() -> dict[str, str]:
    """Return the words of an outlet's name that tell whose office it is, with the office's role."""
    return {word: role for entry in nominals()["outlet_offices"] for word, _, role in [entry.rpartition(" ")]}


@cache
def cues(section: str) -> Lists:
    """Return one section of cues.yaml; a plain list stands under the key "all"."""
    value = _load("cues.yaml")[section]
    if isinstance(value, dict):
        return {str(key): _words(words, f"cues.yaml: {section}/{key}") for key, words in value.items()}
    return {"all": _words(value, f"cues.yaml: {section}")}


@cache
def unit_words() -> Lists:
    """Return the words inside and beside titles and names (unit_words.yaml)."""
    return {key: _words(value, f"unit_words.yaml: {key}") for key, value in _load("unit_words.yaml").items()}


@cache
def materiel() -> Lists:
    """Return the nouns by which the fillers of items slots are recognised (materiel.yaml)."""
    lists = {key: _words(value, f"materiel.yaml: {key}") for key, value in _load("materiel.yaml").items()}
    return {key: _with_others(words, lists) for key, words in lists.items()}


def _with_others(words: frozenset[str], lists: Lists) -> frozenset[str]:
    """Return a list with the words of the lists that it names with a plus: "+arms"."""
    named = [word for word in words if word.startswith("+")]
    return words.difference(named).union(*(lists[word.removeprefix("+")] for word in named))
