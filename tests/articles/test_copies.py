"""Copies are told by shared wording; two reports of one event are not copies."""

from __future__ import annotations

import time
from datetime import date
from random import Random

from kb.articles import CopyIndex, find_copy
from kb.articles.copies import fingerprint
from kb.records import Article

AGENCY = """Leaders open rail bridge

The presidents of Arvenia and Boreland opened a rail bridge over the river Tal on Monday, the first link
between the two countries since the line was closed in 1994.

At the ceremony in the border town of Velm the two signed a protocol on freight tariffs and agreed that
customs officers of both sides would work in one building from next year.

"This bridge is worth more than ten declarations," the Arvenian president told reporters before he took the
first train across together with the families of the workers who had built it.

Officials of the railways said that six freight trains a day would use the bridge at first and that passenger
service to the capital of Boreland would begin in the spring, once the signals on the northern bank are new.
"""
OTHER = """A bridge and its price

For thirty years there was no train to Velm. On Monday a small crowd watched one arrive, with two heads of
state waving from the first carriage and a brass band that did not stop for an hour.

"This bridge is worth more than ten declarations," the Arvenian president told reporters, and people here want
to believe him. Six trains a day will carry ore and timber, and the town hopes that some of the money stays.

The protocol signed at the ceremony says little about that. It fixes tariffs and puts the customs men of both
countries under one roof, where they will have to learn to share a kitchen as well.
"""


def article(
    text: str, number: int = 1, day: date | None = date(2024, 5, 6), copy_of: str | None = None
) -> Article:
    return Article(f"{number:016x}", f"d{number}", text, f"outlet {number}", day, "0" * 64, copy_of=copy_of)


def test_the_same_text_in_another_outlet_is_a_copy() -> None:
    assert find_copy(article(AGENCY, 2), [article(AGENCY, 1)]) == article(AGENCY, 1).id


def test_a_copy_may_be_cut_retitled_and_have_a_paragraph_of_its_own() -> None:
    _, body = AGENCY.split("\n\n", 1)
    own = "Our correspondent adds that shops in Velm were closed for the day and that the mayor spoke."
    cut = "New bridge joins neighbours\n\n" + body.rsplit("\n\n", 1)[0] + "\n\n" + own
    assert find_copy(article(cut, 2), [article(AGENCY, 1)]) is not None


def test_case_quotes_and_line_ends_do_not_hide_a_copy() -> None:
    changed = AGENCY.replace('"', "”").replace("\n", "\r\n").upper()
    assert find_copy(article(changed, 2), [article(AGENCY, 1)]) is not None


def test_another_report_of_the_same_event_with_the_same_quotation_is_no_copy() -> None:
    assert find_copy(article(OTHER, 2), [article(AGENCY, 1)]) is None


def test_shared_boilerplate_makes_no_copy() -> None:
    form = "Your email address will not be published. Required fields are marked *"
    tail = f"\n\nRelated Articles\n\nLeave a Reply\n\n{form}"
    assert find_copy(article(OTHER + tail, 2), [article(AGENCY + tail, 1)]) is None


def test_two_short_greetings_are_no_copies() -> None:
    text = "The president congratulated his colleague on the national holiday today."
    assert find_copy(article(text, 2), [article(text + " He is well.", 1)]) is None


def test_an_article_is_no_copy_of_itself_nor_of_a_later_one() -> None:
    assert find_copy(article(AGENCY, 1), [article(AGENCY, 1)]) is None
    assert find_copy(article(AGENCY, 1), [article(AGENCY, 2, date(2024, 5, 7))]) is None
    assert find_copy(article(AGENCY, 1), [article(AGENCY, 2, None)]) is not None


def test_of_several_originals_the_earliest_counts_in_any_order() -> None:
    first, second = article(AGENCY, 9, date(2024, 5, 5)), article(AGENCY, 1, date(2024, 5, 6))
    new = article(AGENCY, 5, date(2024, 5, 7))
    assert find_copy(new, [first, second]) == find_copy(new, [second, first]) == first.id


def test_a_copy_of_a_copy_leads_to_the_first_original() -> None:
    assert find_copy(article(AGENCY, 3), [article(AGENCY, 2, copy_of="f" * 16)]) == "f" * 16


def test_fingerprints_are_the_same_on_every_machine() -> None:
    assert sorted(fingerprint("One two three four five six.")) == [4322731170382286266, 4475916206259131367]


def test_a_text_shorter_than_a_shingle_has_no_fingerprint() -> None:
    assert fingerprint("He came.") == frozenset()


def test_some_thousands_of_articles_are_compared_in_seconds() -> None:
    random = Random(1)
    words = [f"w{n}" for n in range(2000)]
    texts = ["A title\n\n" + " ".join(random.choices(words, k=200)) + "." for _ in range(2000)]
    index, copies = CopyIndex(), 0
    start = time.perf_counter()
    for number, text in enumerate(texts + texts[:20]):
        new = article(text, number)
        copies += index.original_of(new) is not None
        index.add(new)
    assert copies == 20
    assert time.perf_counter() - start < 20, "2 s measured; far more means that every pair is compared"
