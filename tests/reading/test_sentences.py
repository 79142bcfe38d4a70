"""Where a sentence ends: in prose, in lists, and in lines that a page broke."""

import pytest

from support.readings import sentences


@pytest.mark.parametrize(
    "text",
    [
        "Seen by Dr. Smith today.",
        "Pain vs. Numbness today.",
        "Pt. Denies pain.",
        "For approx. Six weeks.",
        "Pain is 7.5 today.",
        "He has pain. which radiates.",
    ],
)
def test_a_full_stop_inside_a_sentence_does_not_end_it(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize("mark", [".", "?", "!"])
def test_a_mark_before_a_capital_ends_a_sentence(mark: str) -> None:
    assert sentences(f"Leg pain{mark} Back pain") == [f"Leg pain{mark}", "Back pain"]


def test_a_broken_line_goes_on_in_small_letters() -> None:
    assert len(sentences("He has pain in the\nleg and back.")) == 1


@pytest.mark.parametrize("word", ["of", "the", "with", "and", "for"])
def test_a_line_that_ends_with_a_small_word_goes_on(word: str) -> None:
    assert len(sentences(f"Pain {word}\nL5 weakness.")) == 1


def test_a_long_line_was_broken_by_the_page() -> None:
    first = "Pain radiating to the left leg and the foot for more than six"
    assert len(sentences(f"{first}\nWeeks since the fall.")) == 1


@pytest.mark.parametrize("text", ["Leg pain\nBack pain", "Leg pain\r\nBack pain"])
def test_short_lines_are_sentences_of_their_own(text: str) -> None:
    assert sentences(text) == ["Leg pain", "Back pain"]


def test_an_empty_line_always_ends_a_sentence() -> None:
    assert sentences("Pain of the\n\nleg") == ["Pain of the", "leg"]


def test_each_bullet_is_a_sentence() -> None:
    assert sentences("- leg pain\n- back pain") == ["- leg pain", "- back pain"]


def test_a_number_of_a_list_ends_the_line_before() -> None:
    first = "Pain radiating to the left leg and the foot for more than six weeks"
    assert sentences(f"{first}\n2. Back pain")[0] == first


def test_a_colon_goes_on_in_small_letters_only() -> None:
    assert len(sentences("Symptoms:\nleg pain")) == 1
    assert len(sentences("Symptoms:\nLeg pain")) == 2


def test_a_semicolon_at_the_end_of_a_line_ends_a_sentence() -> None:
    assert sentences("Pain;\nnumbness") == ["Pain;", "numbness"]


def test_no_text_has_no_sentence() -> None:
    assert sentences("") == []
