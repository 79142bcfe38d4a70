"""A pattern that looks at one character before it tries anything finds what it would have found without."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import praxigen.reading.reader
from praxigen.reading.begins import narrowed
from praxigen.reading.patterns import made_so_far

ROOT = Path(__file__).parents[2]
PATTERNS = [pattern for pattern in made_so_far() if narrowed(pattern.source, pattern.flags) != pattern.source]
FLAGS = re.IGNORECASE


def test_most_patterns_of_the_reader_tell_how_they_begin() -> None:
    assert praxigen.reading.reader.terms()
    assert len(PATTERNS) > 0.8 * len(made_so_far()) > 300


@pytest.mark.parametrize(
    ("source", "looks"),
    [
        (r"\b(?:risk|hazard)s?", "[hr]"),
        (r"risk", "[r]"),
        (r"(?<!no )pain", "[p]"),
        (r"\b(?:a )?couple", "[ac]"),
        (r"\s*(?:on|off)", r"[\so]"),
        (r"(?im)[ \t]*dear", "[\\\t\\ d]"),
        (r"(?:\d+|half) dozen", r"[\dh]"),
        (r"(?>ab|c)d", "[ac]"),
    ],
)
def test_the_first_characters_of_an_expression(source: str, looks: str) -> None:
    told = re.search(r"\(\?=(\[.*?\])\)", narrowed(source, FLAGS))
    assert told is not None
    assert told[1] == looks


@pytest.mark.parametrize(
    ("source", "flags"),
    [
        (r"\W*none", FLAGS),  # nearly anything may stand first
        (r".pain", FLAGS),
        (r"[^.;]{0,9}pain", FLAGS),
        (r"(?:pain)?", FLAGS),  # the empty text begins with nothing
        (r"(pain)?\1", FLAGS),
        (r"(?i:pain) MRI", 0),  # other letters count in one part than in the rest
        (r"pain  # of the back", re.VERBOSE),
        (r"pain", 0),  # `re` goes from one to the next by itself
        (r"\d/\d", FLAGS),
        (r"(?P<low>[0-5])\s*/", FLAGS),
        (r"(?=[pa])pain", FLAGS),
        (r"\[|☐", FLAGS),
        (r"(?im)^[ \t]*dear", FLAGS),
        (r"(", FLAGS),
    ],
)
def test_an_expression_stays_as_it_is_where_a_look_is_not_possible_or_gains_nothing(source: str, flags: int) -> None:
    assert narrowed(source, flags) == source


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_every_match_is_found_at_its_place(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(PATTERNS))
    plain = re.compile(pattern.source, pattern.flags)
    around = data.draw(st.sampled_from(["", " ", "x", "5", ".", "'", "_", "é", "\n"]))
    text = around + data.draw(st.from_regex(plain)) + around
    assert [each.regs for each in pattern.compiled.finditer(text)] == [each.regs for each in plain.finditer(text)]


@pytest.mark.parametrize("text", ["\u017fcan of the \u212anee, L\u0130MP", "PA\u0131N, pain"])
def test_letters_that_are_taken_for_others_are_seen(text: str) -> None:
    for source in (r"\bscan\b", r"\bknee\b", r"\b(?:li|xi)mp", r"\b(?:pa|la)in"):
        seen = re.compile(narrowed(source, FLAGS), FLAGS).findall(text)
        assert seen == re.compile(source, FLAGS).findall(text)


def test_notes_are_searched_to_the_same_matches() -> None:
    lines = (ROOT / "benchmarks" / "labelled" / "public_notes.jsonl").read_text("utf-8").splitlines()
    found = 0
    for text in [json.loads(line)["text"] for line in lines if line.strip()][::200]:
        for pattern in PATTERNS:
            plain = [each.regs for each in re.compile(pattern.source, pattern.flags).finditer(text)]
            assert [each.regs for each in pattern.compiled.finditer(text)] == plain, pattern.source
            found += len(plain)
    assert found > 100
