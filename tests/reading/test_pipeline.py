"""The language pipeline gives the words of a text what the model's own pipeline gives them."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from spacy.tokens import Doc
from threadpoolctl import threadpool_limits

from kb.errors import MissingPart
from kb.reading import pipeline as module
from kb.reading.pipeline import MODELS, Pipeline, pipeline

TEXT = (
    "President Ilan Dorvane of Marvonia, who arrived in Port Selm on Tuesday, isn't going to meet Osteria's "
    "foreign minister; there're 24 T-72B3 tanks that the Osterian Ministry of Defence won't deliver before "
    'the end of May 2031. "Let\'s not talk of it," said Mr Orbel, whom the two sides had been expecting.'
)
SHOWN = ("TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD", "SENT_START", "ENT_IOB", "ENT_TYPE")


def _model() -> Any:
    name = next(name for name in MODELS if importlib.util.find_spec(name))
    return importlib.import_module(name).load(exclude=["senter"])


def _shown(document: Doc) -> list[tuple[str, ...]]:
    return [(t.text, t.tag_, t.pos_, t.lemma_, t.dep_, str(t.head.i), t.ent_type_) for t in document]


def test_a_paragraph_gets_the_words_that_the_models_own_pipeline_gives_it() -> None:
    theirs, ours = _model()(TEXT), pipeline().read(TEXT)
    for name in SHOWN:
        assert ours.to_array([name]).tolist() == theirs.to_array([name]).tolist(), name


def test_rules_on_pairs_of_words_are_kept() -> None:
    document = pipeline().read("Let's go. Let us go.")
    assert document[1].lemma_ == "us"


def test_a_text_is_read_alike_whatever_was_read_before_it() -> None:
    fresh = _shown(Pipeline(_model()).read(TEXT))
    for other in ("Let's meet.\n\nNobody came.", TEXT[40:], "24 tanks"):
        pipeline().read(other)
    assert _shown(pipeline().read(TEXT)) == fresh


@pytest.mark.parametrize("threads", [1, 2, 4])
def test_threads_of_the_process_change_nothing(threads: int) -> None:
    alone = _shown(pipeline().read(TEXT))
    with threadpool_limits(threads):
        assert _shown(pipeline().read(TEXT)) == alone


@pytest.mark.parametrize("text", ["", " ", "\n\n", "Word", "\n\n  Word\n\n"])
def test_texts_of_no_or_one_word_are_read(text: str) -> None:
    assert pipeline().read(text).text == text


def test_each_paragraph_begins_a_sentence() -> None:
    document = pipeline().read("Talks in Selm\n\nThe two sides met\n\n")
    assert [sentence.text.strip() for sentence in document.sents] == ["Talks in Selm", "The two sides met"]


def test_another_build_of_the_model_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise ValueError("a rule on three words")

    monkeypatch.setattr(module, "Pipeline", refuse)
    pipeline.cache_clear()
    with pytest.raises(MissingPart, match="a rule on three words"):
        pipeline()
    pipeline.cache_clear()


def test_a_capitalised_plural_has_the_lemma_that_it_has_in_small_letters() -> None:
    document = pipeline().read("Ruritanian-Zemblan Talks\n\nThe talks ended.")
    assert [token.lemma_ for token in document if token.lower_ == "talks"] == ["talk", "talk"]
