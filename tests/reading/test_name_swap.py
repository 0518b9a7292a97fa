"""The benchmark that replaces names: texts stay whole, gold stays true, and the reader still reads."""

from __future__ import annotations

from dataclasses import replace

from kb import resources
from kb.evaluation.gold import read_gold
from kb.evaluation.records import GoldLine
from kb.reading.lexicon_build import compile_lexicon
from kb.reading.reader import Reader
from kb.records import Claim, ClaimType, Ref
from kb.settings import Settings
from tests.reading.desk import article, invented_lexicon
from tests.reading.name_swap.__main__ import core, score, swapped
from tests.reading.name_swap.invention import word_for
from tests.reading.name_swap.swap import Swap

TEXT = "Zemblan President Boris Kelemen visited Ruritania on Monday. Kelemen met Anton Varga in Strelsau."


def test_every_state_and_person_is_replaced_and_nothing_else() -> None:
    text = Swap(article(TEXT), invented_lexicon()).article().text
    for name in ("Zembla", "Kelemen", "Boris", "Ruritania", "Varga"):
        assert name not in text
    assert text.endswith(".") and " President " in text and " visited " in text


def test_a_gold_line_keeps_its_words_under_the_new_names() -> None:
    quote = "Kelemen met Anton Varga in Strelsau"
    start = TEXT.index(quote)
    met = (Ref("Boris Kelemen"), Ref("Anton Varga"))
    end = start + len(quote)
    states = ("RUR", "ZEM")
    old = Claim("", "a", "T01", ClaimType.MEETING, quote, start, end, met, states, country="RUR")
    swap = Swap(article(TEXT), invented_lexicon())
    new = swap.gold(GoldLine(old, 1)).claim
    assert swap.article().text[new.start : new.end] == new.quote
    assert new.quote.startswith(word_for("Kelemen"))
    assert [ref.name for ref in new.agents] == [
        f"{word_for('Boris')} {word_for('Kelemen')}",
        f"{word_for('Anton')} {word_for('Varga')}",
    ]
    assert (new.agent_states, new.country) == ((), None)


def test_an_invented_word_keeps_the_shape_of_the_old() -> None:
    assert word_for("KELEMEN").isupper() and word_for("Ivanovich").endswith("ovich")
    assert word_for("Kelemen") == word_for("Kelemen") != word_for("Varga")


def test_most_of_what_is_read_is_read_without_known_names() -> None:
    """A floor, not the bar: the whole benchmark is run on larger sets by hand."""
    whole = read_gold(resources.DISPATCHES)
    docs = ("chn-usa-2023-woodside", "prk-rus-2011-sosnovy-bor", "prk-usa-2019-hanoi-east")
    gold = replace(whole, texts={doc: whole.texts[doc] for doc in docs})
    lexicon = compile_lexicon(Settings.from_environment().cache_folder)
    assert core(score(swapped(gold, lexicon), Reader(lexicon))) > 0.5
