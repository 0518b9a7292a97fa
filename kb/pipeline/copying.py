"""Which stored text an article copies, and which stored texts turn out to copy it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kb.articles import CopyIndex
from kb.claims import article_node
from kb.facts import ArticleChange, ArticleState
from kb.facts.view import View
from kb.pipeline.holdings import content, holding, texts
from kb.records import Article
from kb.store import GraphChange, Store


class Copies:
    """The articles of a store by their wording, those that are about to be stored included."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._articles = {article.id: article for article in _stored(store)}
        self._index = CopyIndex(self._articles.values())

    def original_of(self, article: Article) -> str | None:
        """Return the id of the article that this one copies, and remember this one."""
        original = self._index.original_of(article)
        self._remember(article, original)
        return original

    def taken_in_before(
        self, article: Article, original: str | None
    ) -> Iterator[tuple[GraphChange, ArticleChange]]:
        """Yield what changes for stored articles that turn out to copy a new one, or what it copies.

        They were published later and taken in earlier, and counted as origins of their own.
        """
        later = set(self._index.later_copies_of(article))
        free = {name for name in later if self._articles[name].copy_of in {None, *later}}
        free |= {name for name, known in self._articles.items() if known.copy_of in free}
        for name in sorted(free - {article.id}):
            held = holding(self._store, name)
            if held is None:
                continue
            root = original or article.id
            state = held.state
            after = ArticleState(replace(state.head, copy_of=root), state.claims, state.described)
            copy = self._remember(self._articles[name], root)
            yield GraphChange(article_node(name), content(copy, after)), ArticleChange(state, after)

    def _remember(self, article: Article, original: str | None) -> Article:
        known = replace(article, copy_of=original)
        self._articles[article.id] = known
        self._index.add(known)
        return known


def _stored(store: Store) -> Iterator[Article]:
    kept = texts(store)
    for name, head in View(store).heads(kept).items():
        yield Article(
            id=name,
            doc=head.doc,
            text=kept[name],
            outlet=head.outlet,
            published=head.published,
            sha256=head.sha256,
            title=head.title,
            source_note=head.source_note,
            copy_of=head.copy_of,
        )
