"""How two words of a sentence hang together."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc, Token

from kb.reading.chances.tree_paths import FAR, behind, heights, role_of, way

TREE = (
    # word, head, link, part of speech
    ("President", 1, "compound", "NOUN"),
    ("Varga", 2, "nsubj", "PROPN"),
    ("held", 2, "ROOT", "VERB"),
    ("talks", 2, "dobj", "NOUN"),
    ("with", 3, "prep", "ADP"),
    ("Sand", 4, "pobj", "PROPN"),
    ("and", 5, "cc", "CCONJ"),
    ("Kelemen", 5, "conj", "PROPN"),
    (",", 7, "punct", "PUNCT"),
    ("the", 10, "det", "DET"),
    ("guest", 7, "appos", "NOUN"),
)


def tree(rows: tuple[tuple[str, int, str, str], ...] = TREE) -> dict[str, Token]:
    """Return the words of a tree written by hand, by their letters."""
    words, above, links, classes = (list(column) for column in zip(*rows, strict=True))
    return {
        token.text: token
        for token in Doc(spacy.blank("en").vocab, words, heads=above, deps=links, pos=classes)
    }


def chain(length: int) -> list[Token]:
    """Return words of which each governs the next."""
    rows = tuple((f"w{at}", max(at - 1, 0), "ROOT" if at == 0 else "prep", "NOUN") for at in range(length))
    return list(tree(rows).values())


def test_heights_lead_from_a_word_to_the_root() -> None:
    word = tree()
    assert heights(word["Sand"]) == {5: 0, 4: 1, 3: 2, 2: 3}
    assert heights(word["held"]) == {2: 0}


def test_a_subject_hangs_below_its_verb_by_one_link() -> None:
    word = tree()
    found = way(heights(word["held"]), word["Varga"])
    assert (found.above, found.distance, found.link, found.links) == ("up0", 1, "nsubj", "nsubj")


def test_from_an_object_the_subject_is_one_up_and_one_down() -> None:
    word = tree()
    found = way(heights(word["talks"]), word["Varga"])
    assert (found.above, found.distance, found.link) == ("up1", 2, "nsubj")


def test_a_way_begins_at_the_trigger_s_side_and_shows_the_first_three_links_from_the_word() -> None:
    word = tree()
    found = way(heights(word["held"]), word["guest"])
    assert (found.link, found.links, found.distance) == ("dobj", "appos<conj<pobj", 5)


def test_a_word_above_the_trigger_is_its_own_side() -> None:
    word = tree()
    found = way(heights(word["Sand"]), word["held"])
    assert (found.above, found.distance, found.link, found.links) == ("up3", 3, "self", "")


def test_the_other_way_round_is_another_way() -> None:
    word = tree()
    assert way(heights(word["held"]), word["Sand"]) != way(heights(word["Sand"]), word["held"])


def test_what_stands_nowhere_is_far() -> None:
    assert way(heights(tree()["held"]), None).distance == FAR
    assert way(heights(tree()["held"]), None).above == "elsewhere"


def test_a_word_of_another_tree_has_no_way() -> None:
    two = tree((("Go", 0, "ROOT", "VERB"), ("Stay", 1, "ROOT", "VERB")))
    found = way(heights(two["Go"]), two["Stay"])
    assert (found.above, found.distance) == ("none", FAR)


def test_no_way_is_longer_than_far() -> None:
    words = chain(FAR + 5)
    assert way(heights(words[0]), words[-1]).distance == FAR
    assert way(heights(words[0]), words[3]).distance == 3
    assert way(heights(words[-1]), words[0]).above == "up4"


@pytest.mark.parametrize(
    ("letters", "preposition"),
    [("Sand", "with"), ("Kelemen", "with"), ("guest", "with"), ("Varga", "-"), ("talks", "-")],
)
def test_a_preposition_stands_before_all_that_is_joined_to_its_noun(letters: str, preposition: str) -> None:
    assert behind(tree()[letters]) == preposition


@pytest.mark.parametrize(
    ("letters", "link"),
    [("Sand", "pobj"), ("Kelemen", "pobj"), ("guest", "pobj"), ("President", "nsubj"), ("talks", "dobj")],
)
def test_what_is_joined_has_the_role_of_what_it_is_joined_to(letters: str, link: str) -> None:
    assert role_of(tree()[letters]) == link


def test_what_stands_nowhere_has_no_preposition_and_no_role() -> None:
    assert (behind(None), role_of(None)) == ("-", "none")
