"""Several processes give what one gives, in the order of the articles; one that ends loses one article."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from kb.claims import to_json_line
from kb.errors import ExtractorError
from kb.extractors import together
from kb.extractors.ahead import ReadAhead
from kb.reading.frame_examples import examples
from kb.records import Article, Claim
from kb.settings import Settings
from tests.extractors import stubborn
from tests.reading.desk import article


def told(texts: Iterable[str], workers: int = 2) -> list[str]:
    """Return what a stubborn extractor in processes of its own makes of texts."""
    ahead = ReadAhead(stubborn.Stubborn(), stubborn.make, Settings(), workers)
    found = []
    for one in ahead.each(map(article, texts)):
        try:
            found += [claim.quote for claim in ahead.read(one)]
        except ExtractorError as error:
            found.append(str(error))
    return found


@pytest.mark.parametrize("workers", [1, 3])
def test_results_come_in_the_order_of_the_articles(workers: int) -> None:
    texts = [f"text{n}" for n in range(20)]
    assert told(texts, workers) == texts


def test_no_article_makes_no_result() -> None:
    assert told([]) == []


def test_a_process_that_ends_loses_its_article_alone_and_names_it() -> None:
    first, wrong, *others = told(["one", "crash", "two", "three", "four"])
    assert [first, *others] == ["one", "two", "three", "four"]
    assert "T01: the process that read it ended with 9" in wrong


def test_processes_may_end_time_and_again() -> None:
    assert [one for one in told(["crash"] * 4 + ["one"]) if "ended" not in one] == ["one"]


def test_a_refused_article_is_told_and_the_process_goes_on() -> None:
    assert [one for one in told(["refuse", "one"], 1) if "no" not in one] == ["one"]


def test_an_article_that_was_not_announced_is_read_here() -> None:
    ahead = ReadAhead(stubborn.Stubborn(), stubborn.make, Settings(), 2)
    assert [claim.quote for claim in ahead.read(article("here"))] == ["here"]


def _read(articles: list[Article], workers: int) -> list[Claim]:
    reader = together(Settings(), "rules", workers=workers)
    return [claim for one in reader.each(articles) for claim in reader.read(one)]


def test_the_rules_give_the_same_bytes_whatever_order_and_number_of_workers() -> None:
    texts = [example.text for example in examples()][:24]
    articles = [article("\n\n".join(texts[start : start + 4])) for start in range(0, len(texts), 4)]
    alone = {one.id: list(map(to_json_line, _read([one], 1))) for one in articles}
    for order, workers in ((articles, 2), (articles[::-1], 1), (articles[::-1], 2)):
        lines = [to_json_line(claim) for claim in _read(order, workers)]
        assert lines == [line for one in order for line in alone[one.id]]
