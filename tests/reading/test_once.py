"""What is kept while a text is read, or loaded for good, changes nothing of what is told."""

from __future__ import annotations

import gc
from importlib import import_module, util

import numpy as np
from spacy.tokens import Doc, Token

from kb.reading.parse import parse
from kb.reading.pipeline import MODELS, pipeline
from kb.reading.syntax import carrier, objects, subjects
from kb.reading.tree import conjuncts, once_each, sentence_bounds, sentence_start
from kb.reading.word_vectors import WordVectors
from tests.reading.desk import read

TEXT = "Anton Varga and Ilan Dorvane held talks in Port Selm. They signed a treaty, and left on Friday."


def _document() -> Doc:
    return parse(TEXT)


def test_a_list_of_words_that_is_kept_is_each_callers_own() -> None:
    varga = next(token for token in _document() if token.text == "Varga")
    first = conjuncts(varga)
    whole = [token.text for token in first]
    first.clear()
    assert [token.text for token in conjuncts(varga)] == whole == ["Varga", "Dorvane"]


def test_a_walk_is_made_once_for_each_word_of_a_document() -> None:
    walked: list[int] = []

    @once_each
    def walk(token: Token) -> list[Token]:
        walked.append(token.i)
        return [token.head]

    document = _document()
    assert walk(document[1]) == walk(document[1]) == [document[1].head]
    walk(document[2])
    assert walked == [1, 2]


def test_walks_lead_to_the_same_words_when_asked_again() -> None:
    document = _document()
    for walk in (subjects, objects, conjuncts, carrier):
        assert [walk(token) for token in document] == [walk(token) for token in document], walk


def test_the_bounds_of_a_sentence_are_those_of_its_span() -> None:
    for token in _document():
        assert sentence_bounds(token) == (token.sent.start, token.sent.end)
        assert sentence_start(token) == token.sent.start


def test_a_document_that_was_parsed_elsewhere_has_bounds_too() -> None:
    document = pipeline().read(TEXT)  # without the list that kb.reading.parse keeps
    assert {sentence_bounds(token) for token in document} == {(s.start, s.end) for s in document.sents}


def test_a_words_vector_is_the_same_bits_whatever_words_are_learnt_with_it() -> None:
    name = next(name for name in MODELS if util.find_spec(name))
    network = dict(import_module(name).load(exclude=["senter"]).pipeline)["tok2vec"].model
    together, apart = WordVectors(network), WordVectors(network)
    document = pipeline().read(TEXT)
    for word in reversed(TEXT.split()):
        apart.of(pipeline().read(word))
    assert np.array_equal(together.of(document), apart.of(document))


def test_vectors_are_those_of_the_models_own_network() -> None:
    model = import_module(next(name for name in MODELS if util.find_spec(name))).load(exclude=["senter"])
    document = pipeline().read(TEXT)
    [theirs] = dict(model.pipeline)["tok2vec"].model.predict([document])
    ours = WordVectors(dict(model.pipeline)["tok2vec"].model).of(document)
    assert np.allclose(ours, theirs, atol=1e-4)
    assert not np.allclose(ours[::-1], theirs, atol=1e-4)


def test_what_is_loaded_for_good_is_set_aside_once() -> None:
    read(TEXT)
    held = gc.get_freeze_count()
    read(TEXT + " He spoke of trade.")
    assert held == gc.get_freeze_count() > 0
