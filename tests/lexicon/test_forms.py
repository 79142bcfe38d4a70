"""Phrases with alternatives in brackets stand for every phrase that they can be read as."""

import pytest

from praxigen.lexicon.forms import MOST_FORMS, expand


@pytest.mark.parametrize(
    ("phrase", "forms"),
    [
        ("back pain", ["back pain"]),
        ("(low |)back pain", ["low back pain", "back pain"]),
        ("(leg|arm) (pain|ache)", ["leg pain", "leg ache", "arm pain", "arm ache"]),
        ("((left|right) |)leg", ["left leg", "right leg", "leg"]),
        ("sore (leg)", ["sore leg"]),
    ],
)
def test_a_phrase_is_written_out(phrase: str, forms: list[str]) -> None:
    assert expand(phrase) == forms


def test_a_phrase_that_comes_twice_is_kept_once() -> None:
    assert expand("(leg|leg|arm)") == ["leg", "arm"]


def test_spaces_left_by_an_empty_choice_are_closed() -> None:
    assert expand("pain (in|) leg") == ["pain in leg", "pain leg"]


@pytest.mark.parametrize("phrase", ["(leg", "(leg|arm", "((leg) pain"])
def test_a_bracket_must_be_closed(phrase: str) -> None:
    with pytest.raises(ValueError, match=r"^a bracket is not closed$"):
        expand(phrase)


@pytest.mark.parametrize("phrase", ["leg)", "leg|arm", "(leg) pain)"])
def test_nothing_is_closed_or_parted_outside_brackets(phrase: str) -> None:
    with pytest.raises(ValueError, match=r"^a closing bracket or a bar stands outside brackets$"):
        expand(phrase)


def test_a_phrase_that_stands_for_too_many_is_refused() -> None:
    with pytest.raises(ValueError, match=f"^it stands for more than {MOST_FORMS} phrases; compose it from parts"):
        expand("(a|b|c|d|e|f|g|h|i|j)" * 4)
