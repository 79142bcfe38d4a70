"""Walking a map of known keys: values in their types, faults with place, cause and cure."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praxigen.datafiles import Faults, FaultyFileError, Fields, MapNode, TextNode, parse_yaml
from praxigen.datafiles.limits import LimitError, read_bound, read_date, read_span, read_time_bound
from praxigen.model.amount import Span, Unit
from praxigen.model.criterion import Bound, TimeBound


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


def fields(text: str, required: str = "", optional: str = "key") -> Fields:
    return Fields(parse_yaml(text.encode(), "f.yaml"), Faults("f.yaml"), "a thing", required.split(), optional.split())


def fault(walked: Fields) -> str:
    with pytest.raises(FaultyFileError) as caught:
        walked.faults.raise_any()
    return str(caught.value)


def test_a_map_without_fault_raises_nothing() -> None:
    walked = fields("key: x", required="key")
    assert walked.text("key") == "x"
    assert (walked.line, walked.column) == (1, 1)
    walked.faults.raise_any()


def test_an_unknown_key_comes_with_the_one_that_was_meant() -> None:
    assert fault(fields("kye: x")) == "f.yaml:1:1: a thing has no key 'kye'\n  Did you mean 'key'?"


def test_an_unknown_key_like_no_other_comes_with_the_list() -> None:
    walked = fields("zzz: x", optional="one two")
    assert fault(walked) == "f.yaml:1:1: a thing has no key 'zzz'\n  A thing may have: one, two."


def test_a_key_that_is_there_is_not_suggested() -> None:
    walked = fields("key: x\nkeys: y", optional="key")
    assert "Did you mean" not in fault(walked)


def test_a_missing_key_is_named() -> None:
    walked = fields("{}", required="id")
    assert fault(walked) == "f.yaml:1:1: a thing needs 'id'\n  Write: 'id: ...'."
    assert walked.text("id") == ""


def test_what_is_not_a_map_is_refused_once_and_then_empty() -> None:
    walked = fields("[x]", required="id")
    assert fault(walked) == "f.yaml:1:1: a thing must be a map, not a list\n  Write: id, key."
    assert not walked.has("id")


def test_a_node_that_is_missing_is_somebody_elses_fault() -> None:
    walked = Fields(None, Faults("f.yaml"), "a thing", ("id",))
    walked.faults.raise_any()
    assert (walked.line, walked.column) == (1, 1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("key:", "f.yaml:1:5: 'key' must be a text, not nothing\n  Write a word or sentence."),
        ("key: ' '", "f.yaml:1:6: 'key' must be a text, not the text ' '\n  Write a word or sentence."),
        ("key: [a]", "f.yaml:1:6: 'key' must be a text, not a list\n  Write a word or sentence."),
        ("key: {a: b}", "f.yaml:1:6: 'key' must be a text, not a map\n  Write a word or sentence."),
    ],
)
def test_a_text_must_be_a_text(text: str, message: str) -> None:
    walked = fields(text)
    assert walked.text("key") == ""
    assert fault(walked) == message


def test_texts_lose_their_outer_blanks_unless_asked_for_verbatim() -> None:
    walked = fields("key: |\n  one\n  two\n")
    assert walked.text("key") == "one\ntwo"
    assert walked.verbatim("key") == "one\ntwo\n"
    assert walked.verbatim("other") == ""
    assert fields("key: [a]").verbatim("key") == ""


def test_unknown_is_none_where_it_may_be() -> None:
    assert fields("key: unknown").known("key") is None
    assert fields("key: x").known("key") == "x"
    assert fields("{}").known("key") is None


@pytest.mark.parametrize("name", ["a", "a-b", "cmm-211", "0-9"])
def test_ids_are_kebab_case(name: str) -> None:
    walked = fields(f"key: {name}")
    assert walked.name("key") == name
    walked.faults.raise_any()


@pytest.mark.parametrize("name", ["A", "a_b", "a.b", "-a", "a-", "a--b", "é", "a b"])
def test_other_ids_are_refused(name: str) -> None:
    walked = fields(f"key: '{name}'")
    walked.name("key")
    assert fault(walked) == f"f.yaml:1:6: {name!r} is not an id\n  Write lower-case letters and digits, joined by '-'."


def test_a_missing_id_is_empty() -> None:
    assert fields("{}").name("key") == ""
    assert fields("{}").dotted_name("key") == ""


def test_file_ids_have_two_parts() -> None:
    assert fields("key: evicore.cmm-211").dotted_name("key") == "evicore.cmm-211"
    walked = fields("key: cmm-211")
    walked.dotted_name("key")
    assert fault(walked) == (
        "f.yaml:1:6: 'cmm-211' is not an id of two parts\n"
        "  Write lower-case letters, digits, '-' and one '.', for example evicore.cmm-211."
    )


def test_a_word_from_a_closed_list() -> None:
    assert fields("key: red").choice("key", Colour, Colour.GREEN) is Colour.RED
    assert fields("{}").choice("key", Colour, Colour.GREEN) is Colour.GREEN
    assert fields("{}").word("key", ("a",), "a") == "a"
    walked = fields("key: grene")
    assert walked.choice("key", Colour, Colour.RED) is Colour.RED
    assert fault(walked) == "f.yaml:1:6: 'key' cannot be 'grene'\n  Did you mean 'green'? Write one of: red, green."


def test_a_list_of_words() -> None:
    walked = fields("key: [red, blue]")
    assert walked.words("key", tuple(Colour)) == ("red",)
    assert fault(walked) == "f.yaml:1:12: 'key' cannot be 'blue'\n  Write one of: red, green."


def test_a_flag_is_yes_or_no() -> None:
    assert fields("key: yes").flag("key", default=False)
    assert not fields("key: no").flag("key", default=True)
    assert fields("{}").flag("key", default=True)
    assert not fields("{}").flag("key", default=False)
    walked = fields("key: true")
    walked.flag("key", default=False)
    assert fault(walked) == "f.yaml:1:6: 'key' cannot be 'true'\n  Write one of: yes, no."


def test_lists_of_texts() -> None:
    assert fields("key: [a, b]").texts("key") == ("a", "b")
    assert fields("{}").texts("key") == ()
    walked = fields("key: a")
    assert walked.texts("key") == ()
    assert fault(walked) == "f.yaml:1:6: 'key' must be a list, not the text 'a'\n  Write: 'key: [...]'."


def test_a_list_of_texts_holds_texts_each_once() -> None:
    walked = fields("key: [a, [b], a]")
    assert walked.texts("key") == ("a",)
    assert fault(walked) == (
        "f.yaml:1:10: each item of 'key' must be a text, not a list\n  Write a word or sentence.\n"
        "f.yaml:1:15: 'a' stands twice in 'key'\n  Keep one of them."
    )


def test_maps_with_free_keys() -> None:
    assert fields("key: {a: [x], b: [y, z]}").lists("key") == {"a": ("x",), "b": ("y", "z")}
    assert fields("{}").lists("key") == {}
    assert fields("key: {a: [red]}").lists("key", tuple(Colour)) == {"a": ("red",)}
    walked = fields("key: [a]")
    assert walked.entries("key") == ()
    assert fault(walked) == "f.yaml:1:6: 'key' must be a map, not a list\n  Write: 'key: {name: ...}'."


def test_a_key_may_become_necessary() -> None:
    walked = fields("key: x", optional="key why")
    walked.need("key")
    walked.faults.raise_any()
    walked.need("why")
    assert fault(walked) == "f.yaml:1:1: a thing needs 'why' here\n  Write: 'why: ...'."


def test_the_place_of_a_missing_key_is_that_of_its_map() -> None:
    walked = fields("key: x")
    assert walked.place("key") == TextNode("x", 1, 6)
    assert walked.node("key") == TextNode("x", 1, 6)
    assert isinstance(walked.place("other"), MapNode)


def test_days() -> None:
    assert fields('key: "2026-08-03"').known_day("key") == date(2026, 8, 3)
    assert fields("key: unknown").known_day("key") is None
    assert fields('key: "2026-08-03"').day("key") == date(2026, 8, 3)


def test_a_day_that_must_be_known() -> None:
    walked = fields("key: unknown")
    walked.day("key")
    assert fault(walked) == "f.yaml:1:6: 'key' must be known here\n  Write a date such as \"2026-08-03\"."


def test_a_limit_in_a_map_is_told_with_its_key() -> None:
    walked = fields('key: ">= 6"')
    assert walked.time_bound("key") is None
    assert fault(walked) == "f.yaml:1:6: 'key' has no unit: '6'\n  Write hours, days, weeks, months or years."


def test_limits_in_a_map() -> None:
    assert fields("key: 9 months").span("key") == Span(Fraction(9), Unit.MONTH)
    assert fields('key: ">= 50 %"').bound("key") == Bound(">=", Fraction(50), "%")
    assert fields('key: "> 12 weeks"').time_bound("key") == TimeBound(">", Span(Fraction(12), Unit.WEEK))
    empty = fields("{}")
    assert (empty.span("key"), empty.bound("key"), empty.time_bound("key")) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("6 months", Span(Fraction(6), Unit.MONTH)),
        ("1 year", Span(Fraction(1), Unit.YEAR)),
        ("48 hours", Span(Fraction(48), Unit.HOUR)),
        ("1.5 years", Span(Fraction(3, 2), Unit.YEAR)),
        ("30days", Span(Fraction(30), Unit.DAY)),
    ],
)
def test_lengths_of_time(text: str, span: Span) -> None:
    assert read_span(text) == span


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("6", "has no unit: '6'"),
        ("6 fortnights", "has the unknown unit 'fortnights'"),
        ("six months", "is not a length of time: 'six months'"),
        ("-6 months", "is not a length of time: '-6 months'"),
        ("٦ months", "is not a length of time: '٦ months'"),
        (">= 6 months", "is not a length of time: '>= 6 months'"),
    ],
)
def test_other_lengths_of_time_are_refused(text: str, message: str) -> None:
    with pytest.raises(LimitError) as caught:
        read_span(text)
    assert caught.value.message == message


@pytest.mark.parametrize("text", ["6 months", "about 6 months", "= 6 months", "=> 6 months"])
def test_a_limit_begins_with_a_comparison(text: str) -> None:
    for read in (read_time_bound, read_bound):
        with pytest.raises(LimitError, match="is not a limit"):
            read(text)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        (">= 50 %", Bound(">=", Fraction(50), "%")),
        (">50%", Bound(">", Fraction(50), "%")),
        ("<= 3 /5", Bound("<=", Fraction(3), "/5")),
        ("< 7.5 /10", Bound("<", Fraction(15, 2), "/10")),
        (">= 40 ODI", Bound(">=", Fraction(40), "ODI")),
        ("<= 35 kg/m2", Bound("<=", Fraction(35), "kg/m2")),
    ],
)
def test_limits_on_values(text: str, bound: Bound) -> None:
    assert read_bound(text) == bound


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (">= 50", "has no number with a unit: '>= 50'"),
        (">= high", "has no number with a unit: '>= high'"),
        (">= 6 weeks", "is a length of time: '>= 6 weeks'"),
    ],
)
def test_other_limits_on_values_are_refused(text: str, message: str) -> None:
    with pytest.raises(LimitError) as caught:
        read_bound(text)
    assert caught.value.message == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2026-02-30", "is no day of the calendar: '2026-02-30'"),
        ("8/3/2026", "is not a date: '8/3/2026'"),
        ("20260803", "is not a date: '20260803'"),
        ("2026-W32-1", "is not a date: '2026-W32-1'"),
    ],
)
def test_other_dates_are_refused(text: str, message: str) -> None:
    with pytest.raises(LimitError) as caught:
        read_date(text)
    assert caught.value.message == message


@given(st.dates())
def test_every_day_is_read_back(day: date) -> None:
    assert read_date(day.isoformat()) == day


@given(st.integers(0, 999_999), st.sampled_from(Unit))
def test_every_length_of_time_is_read_back(number: int, unit: Unit) -> None:
    span = Span(Fraction(number), unit)
    assert read_span(str(span)) == span
    assert read_time_bound(f">= {span}") == TimeBound(">=", span)
