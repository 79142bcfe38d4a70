"""The text of a policy: blocks, lists within lists, sentences, and which of them ask for something."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from praxigen.policytext import BlockKind, requirement_sentences, split_blocks
from praxigen.policytext.sentences import split_sentences

TEXT = """\
## Sources

A study must be cited.

**Covered Indications**

A. Fusion is covered when all are met:

1. Six weeks of care failed.
2. One of:
   a. Weakness
   b. Numbness
3. An MRI, e.g. of the neck. It is recent.

Plain words. No more than two levels are allowed.

**Definitions**

- **Region** - a part of the spine
- Providers must be trained
"""


def told(text: str) -> list[tuple[str, int, str, str]]:
    blocks = split_blocks(text)
    return [
        (block.kind.value, block.level, text[block.start : block.end], _words(text, block.lead)) for block in blocks
    ]


def _words(text: str, number: int | None) -> str:
    blocks = split_blocks(text)
    return "" if number is None else text[blocks[number].start : blocks[number].end]


def test_blocks_know_what_introduces_them() -> None:
    assert told(TEXT) == [
        ("heading", 0, "Sources", ""),
        ("paragraph", 0, "A study must be cited.", ""),
        ("heading", 0, "Covered Indications", ""),
        ("item", 1, "Fusion is covered when all are met:", "Covered Indications"),
        ("item", 2, "Six weeks of care failed.", "Fusion is covered when all are met:"),
        ("item", 2, "One of:", "Fusion is covered when all are met:"),
        ("item", 3, "Weakness", "One of:"),
        ("item", 3, "Numbness", "One of:"),
        ("item", 2, "An MRI, e.g. of the neck. It is recent.", "Fusion is covered when all are met:"),
        ("paragraph", 0, "Plain words. No more than two levels are allowed.", ""),
        ("heading", 0, "Definitions", ""),
        ("item", 1, "**Region** - a part of the spine", "Definitions"),
        ("item", 1, "Providers must be trained", "Definitions"),
    ]


def test_lists_without_indentation_are_told_apart_by_their_marks() -> None:
    assert [level for _, level, _, _ in told("All:\n1. One\na. Small\nb. Small\n2. Two\n- Dot\n3. Three")] == [
        0,
        1,
        2,
        2,
        1,
        2,
        1,
    ]


def test_a_bullet_that_ends_with_a_colon_takes_the_bullets_after_it() -> None:
    assert [(level, lead) for _, level, _, lead in told("All:\n- One\n- One of:\n- Weak\n- Numb\n\nEnd.")] == [
        (0, ""),
        (1, "All:"),
        (1, "All:"),
        (2, "One of:"),
        (2, "One of:"),
        (0, ""),
    ]
    # Numbers say themselves where they stand.
    assert [level for _, level, _, _ in told("All:\n1. One of:\n2. Two")] == [0, 1, 1]


def test_requirement_sentences() -> None:
    found = requirement_sentences(TEXT)
    assert [(TEXT[each.start : each.end], each.under) for each in found] == [
        ("Fusion is covered when all are met:", None),
        ("Six weeks of care failed.", 0),
        ("One of:", 0),
        ("Weakness", 2),
        ("Numbness", 2),
        ("An MRI, e.g. of the neck.", 0),
        ("It is recent.", 0),
        ("No more than two levels are allowed.", None),
        ("Providers must be trained", None),
    ]
    assert [each.heading for each in found[-2:]] == ["Covered Indications", "Definitions"]


def test_sentences_do_not_end_at_abbreviations() -> None:
    text = 'See Sec. 4 of the rule, e.g. MRI. "It is old." (Yes.) C. Other. Vs. None'
    assert [text[a:b] for a, b in split_sentences(text, 0, len(text))] == [
        "See Sec. 4 of the rule, e.g. MRI.",
        '"It is old."',
        "(Yes.)",
        "C. Other.",
        "Vs. None",
    ]


def test_an_empty_text_asks_for_nothing() -> None:
    assert split_blocks("") == ()
    assert requirement_sentences(" \n\t\n") == ()


@given(st.text(alphabet="aB1.:;-*# \n\t()", max_size=200))
def test_every_span_lies_in_the_text_and_in_order(text: str) -> None:
    last = 0
    for number, block in enumerate(split_blocks(text)):
        assert last <= block.start <= block.end <= len(text)
        assert block.lead is None or block.lead < number
        assert (block.kind is BlockKind.ITEM) == bool(block.level)
        last = block.end
    for sentence in requirement_sentences(text):
        assert text[sentence.start : sentence.end].strip()
