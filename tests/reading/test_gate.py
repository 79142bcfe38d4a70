"""A pattern is searched only where it could match: what is passed over never matched."""

import json
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import praxigen.reading.reader
from praxigen import Document
from praxigen.lexicon import open_lexicon
from praxigen.reading import gate, kept, times
from praxigen.reading.__main__ import main
from praxigen.reading.gate import open_gate, said
from praxigen.reading.needs import needs_of
from praxigen.reading.page import Page, Terms
from praxigen.reading.patterns import Pattern, Said, made_so_far

ROOT = Path(__file__).parents[2]
GATE = open_gate()
PATTERNS = [pattern for pattern in made_so_far() if pattern.need]
FLAGS = re.IGNORECASE


def test_nearly_every_pattern_of_the_reader_has_needs() -> None:
    assert praxigen.reading.reader.terms()
    assert len(PATTERNS) > 0.9 * len(made_so_far()) > 300


@pytest.mark.parametrize(
    ("source", "needs"),
    [
        (r"\brisks? of \d+", [{" risk", " risks"}, {"0"}]),
        (r"(?:no|zero) (?:pain|ache)", [{"ache", "pain"}]),
        (r"\bdis[ck] (?:height)?", [{" disc", " disk"}]),
        (r"reliev\w*|\bhelp\b", [{" help", "reliev"}]),
        (r"\bK[- /]?L\b", [{" k", " kl"}]),
        (r"\b(?:19|20)\d\d\b", [{"0000"}]),
        (r"\d{4}", [{"0000"}]),
        (r"\[\s*\]|☐", [{"[", "☐"}]),
        (r"(?:grade\s*)?[1-4]", [{"0"}]),
        (r"to+", []),
        (r"\w+", []),
        (r"(?:pain)?", []),
        (r"(?=pain)\S+", []),
        (r"pain|\w+", []),
        (r"(", []),
    ],
)  # fmt: skip
def test_needs_are_words_that_every_match_has(source: str, needs: list[set[str]]) -> None:
    found = needs_of(source, FLAGS)
    assert sorted(map(sorted, found)) == sorted(map(sorted, needs))


def notes() -> list[str]:
    lines = (ROOT / "benchmarks" / "labelled" / "public_notes.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines if line.strip()]


def test_no_pattern_matches_in_a_sentence_that_lacks_what_it_needs() -> None:
    terms = Terms(open_lexicon())
    passed = 0
    for text in notes()[::25]:
        for sentence in Page(Document("note", text), terms).sentences:
            for pattern in PATTERNS:
                if not pattern.may_match(sentence.text):
                    passed += 1
                    assert pattern.compiled.search(str(sentence.text)) is None, (pattern.source, sentence.text)
    assert passed > 10_000


@given(st.data())
@settings(max_examples=120, deadline=None)
def test_no_pattern_passes_over_a_match(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(PATTERNS))
    match = data.draw(st.from_regex(pattern.compiled))
    around = data.draw(st.sampled_from(["", " ", "x", "5", ".", "'", "_", "é", "\n"]))
    text = around + match + around
    found = pattern.compiled.search(text)
    seen = pattern.search(said(text))
    assert (found and found.span()) == (seen and seen.span())


@pytest.mark.parametrize(
    ("pattern", "begins"),
    [
        (times._DURATION, times._LENGTH_BEGINS),
        (times._COMPOUND, times._LENGTH_BEGINS),
        (times._FREQUENCY, times._FREQUENCY_BEGINS),
    ],
)
@given(st.data())
@settings(max_examples=200, deadline=None)
def test_what_an_expression_of_time_begins_with_is_told_whole(
    pattern: Pattern, begins: str, data: st.DataObject
) -> None:
    assert pattern.source.startswith(begins)
    plain = re.compile(pattern.source.removeprefix(begins), pattern.flags)
    match = data.draw(st.from_regex(plain))
    assert [each.span() for each in pattern.finditer(match)] == [each.span() for each in plain.finditer(match)]


@pytest.mark.parametrize("word", ["\u017fcan", "\u212anee", "l\u0130mp", "l\u0131mp", "PAIN", "pain's", "o'pain"])
def test_letters_that_are_taken_for_others_are_met(word: str) -> None:
    plain = word.replace("\u017f", "s").replace("\u212a", "k").replace("\u0130", "i").replace("\u0131", "i").lower()
    for source in (plain, rf"\b{plain}\b"):
        pattern = Pattern(source, FLAGS)
        (gate_of_it,) = (gate.Gate([pattern], [needs_of(source, FLAGS)]),)
        text = Said(word, gate_of_it.held(gate.tokenize(word).words))
        assert pattern.need
        assert (pattern.search(text) is None) == (pattern.compiled.search(word) is None)


def test_a_part_of_a_sentence_is_searched_whatever_it_holds() -> None:
    pattern = Pattern(r"\bover\b", FLAGS)
    gate.Gate([pattern], [needs_of(pattern.source, FLAGS)])
    text = Said("moreover", 0)
    assert pattern.search(text) is None
    assert pattern.search(text[4:]) is not None
    assert pattern.search(text, 4, 8) is None
    assert list(pattern.finditer(Said("it is over", 0))) == []
    assert pattern.match(Said("over", 0)) is None


def test_the_words_that_are_remembered_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "_MOST_WORDS", 50)
    pattern = Pattern("ab", FLAGS)
    small = gate.Gate([pattern], [needs_of("ab", FLAGS)])
    words = ["".join(letters) for letters in product("abc", repeat=5)]
    assert small.held(words) == pattern.need
    assert len(small) <= 50


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of its own for what is kept."""
    monkeypatch.setattr(kept, "FOLDER", tmp_path / "made")
    forget()
    yield tmp_path / "made"
    forget()


def forget() -> None:
    kept._table.cache_clear()
    kept._codes.cache_clear()


def test_what_is_kept_saves_deriving_and_compiling(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert kept.kept_pattern("pain", FLAGS) is None
    needed = [pattern.need for pattern in PATTERNS]
    gate.keep_all()
    assert sorted(path.name for path in folder.iterdir()) == ["patterns.code", "patterns.json"]
    monkeypatch.setattr(gate, "_derived", lambda _: pytest.fail("derived in spite of the copy"))
    open_gate.__wrapped__()
    assert [pattern.need for pattern in PATTERNS] == needed
    for pattern in PATTERNS:
        again = kept.kept_pattern(pattern.source, pattern.flags)
        made = kept.made_pattern(pattern.source, pattern.flags)
        start, length, *_ = kept._table()["codes"][kept.key_of(pattern.source, pattern.flags)]
        assert kept._codes()[start : start + length].tolist() == kept._code_of(made)
        assert again is not None
        assert (again.flags, again.groups) == (made.flags, made.groups)
        assert again.groupindex == pattern.compiled.groupindex
    assert kept.kept_pattern("pain and another thing", FLAGS) is None


@pytest.mark.parametrize(
    "table", [b"", b"{}", b"[]", b'{"made_by": "another", "python": "another", "needs": {}, "codes": {}}', b"\xff"]
)
def test_a_copy_that_cannot_be_used_is_left_aside(table: bytes, folder: Path) -> None:
    gate.keep_all()
    (folder / "patterns.json").write_bytes(table)
    forget()
    needed = [pattern.need for pattern in PATTERNS]
    open_gate.__wrapped__()
    assert [pattern.need for pattern in PATTERNS] == needed
    assert kept.kept_pattern(PATTERNS[0].source, PATTERNS[0].flags) is None


def test_code_that_is_cut_short_or_of_another_pattern_builds_nothing_wrong(folder: Path) -> None:
    gate.keep_all()
    code = (folder / "patterns.code").read_bytes()
    for harmed in (b"", code[:7], b"\xff" * len(code)):
        (folder / "patterns.code").write_bytes(harmed)
        forget()
        assert kept.kept_pattern(PATTERNS[0].source, PATTERNS[0].flags) is None


def test_a_folder_that_cannot_be_written_to_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(kept, "FOLDER", tmp_path / "file" / "made")
    assert main() == 0
    assert "praxigen works without, only slower" in capsys.readouterr().err


def test_the_grammar_of_time_is_written_in_small_letters() -> None:
    for line in times._SMALL_LETTERS.lines:
        bare = re.sub(r"\\.|\(\?P|\[xX\]", "", line.pattern.source)
        assert line.in_case or bare == bare.lower()


@pytest.mark.parametrize(
    "text",
    [
        "PT FOR 6 WEEKS, 3X/WEEK, FROM 3/14/25 TO 9/20/25.",
        "Naproxen since March 2025; 12 Visits over Half a Year, then 4 more Weeks.",
        "Two Courses of ten Weeks each, July 7 to September 15.",
        "6W of PT; x 5 d. Started Ten Months Ago and carried on without interruption.",
    ],
)
def test_times_are_the_same_in_a_text_with_other_letters(text: str) -> None:
    mark = " é"
    assert text.isascii()
    assert times.find_times(text, None)
    assert times.find_times(text, None) == times.find_times(text + mark, None)
