"""A language model behind any OpenAI-compatible address, as an extractor. It makes no call unasked."""

from kb.extractors.model.extractor import Model
from kb.extractors.sharing import lexicon_of
from kb.settings import Settings

__all__ = ["Model", "make"]


def make(settings: Settings) -> Model:
    """Return the extractor. Raises BadInput where address, model or options are missing or malformed."""
    return Model(settings, lexicon_of(settings))
