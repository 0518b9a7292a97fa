"""One text on the reader's desk: its parse, its mentions, whose outlet it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from spacy.tokens import Doc, Span, Token

from kb.articles.layout import spans
from kb.errors import NotFound
from kb.reading import fronted, mentions, parse, shared_names, unlisted_states
from kb.reading.data import nominals
from kb.reading.designations import find_designations
from kb.reading.lexicon import Lexicon
from kb.reading.lexicon_records import Entry
from kb.reading.model import Mention
from kb.reading.unit_mentions import widened
from kb.reading.units import units
from kb.records import Article


class Page:
    """A parsed article. Tokens stand at the offsets of the stored text."""

    def __init__(
        self, article: Article, lexicon: Lexicon, body: Sequence[tuple[int, int]], *, opens: bool = True
    ) -> None:
        """Parse a text, or a section of one; ``opens``: what it begins with may be its title."""
        self.article = article
        self.lexicon = lexicon
        self.text = article.text
        listed = lexicon.matches(article.text)
        self.outlet = self._outlet()
        voice = self.outlet.state if self.outlet is not None else None
        listed += shared_names.matches(article.text, voice, lexicon, listed)
        unlisted = unlisted_states.matches(article.text, article.outlet, listed)
        self._unlisted_home = unlisted_states.home(article.outlet, lexicon.matches(article.outlet), unlisted)
        matches = sorted([*listed, *unlisted], key=lambda match: match.start)
        names = [
            (match.start, match.end)
            for match in matches
            if match.form in ("name", "designation") and "-" in match.text.translate(parse._PLAIN)
        ]
        names += [(one.start, one.end) for one in find_designations(article.text)]
        copy = parse.reading_copy(article.text, body, names)
        folded = units(copy, matches)
        self.doc: Doc = parse.parse(fronted.closed(copy, folded, matches), folded)
        self.mentions = mentions.find(self.text, self.doc, matches, body)
        more = unlisted_states.acting(self.doc, self.text, self.mentions)
        if more:
            matches = sorted([*matches, *more], key=lambda match: match.start)
            self.mentions = mentions.find(self.text, self.doc, matches, body)
        self.mentions = widened(self.text, self.doc, self.mentions, folded)
        entries = [match.entries[0] for match in (*unlisted, *more)]
        entries += [self._unlisted_home] if self._unlisted_home is not None else []
        self._unlisted = {entry.state: entry for entry in entries}
        self._by_token = {index: m for m in self.mentions for index in range(m.first, m.last + 1)}
        self.headline_end = max(
            (span.end for span in spans(self.text)[:1] if opens and span.kind == "title"), default=0
        )

    def state(self, code: str) -> Entry | None:
        """Return the state of a code, also of one that only this text knows, None for no state's code."""
        unlisted = self._unlisted.get(code)
        if unlisted is not None:
            return unlisted
        try:
            return self.lexicon.state(code)
        except NotFound:
            return None

    def mention_at(self, token: Token) -> Mention | None:
        """Return the mention that a token is part of."""
        return self._by_token.get(token.i)

    def mentions_in(self, start: int, end: int) -> Iterator[Mention]:
        """Yield the mentions whose tokens lie from start up to end (token indices)."""
        seen = None
        for index in range(start, end):
            mention = self._by_token.get(index)
            if mention is not None and mention is not seen:
                seen = mention
                yield mention

    def stored(self, start: int, end: int) -> str:
        """Return the stored text between two offsets, white space made single."""
        return " ".join(self.text[start:end].split())

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Return the sentences, blank ones left out."""
        return tuple(sentence for sentence in self.doc.sents if not sentence.text.isspace())

    @cached_property
    def home(self) -> str | None:
        """Return the state whose government speaks here, None for any other outlet."""
        named = {word.strip(".,").lower() for word in self.article.outlet.split()}
        if self._unlisted_home is not None and named & nominals()["official_outlets"]:
            return self._unlisted_home.state
        if self.outlet is None:
            return None
        official = {"GovernmentPressService", "Government", "Ministry", "GovernmentBody"} & set(
            self.outlet.classes
        )
        governs = (
            self.outlet.kind in ("government", "office", "facility") or named & nominals()["official_outlets"]
        )
        return self.outlet.state if official or governs else None

    def _outlet(self) -> Entry | None:
        """Find the outlet by its name; an office's or a seat's name is that government's voice."""
        found = self.lexicon.matches(self.article.outlet)
        entries = [entry for match in found for entry in match.entries]
        for kind in ("outlet", "office", "government", "organisation", "facility", "state"):
            for entry in entries:
                if entry.kind == kind:
                    return entry
        return None
