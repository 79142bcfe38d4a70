"""Where a part of a note begins, and which kind of text stands in it."""

import pytest

from praxigen.lexicon import open_lexicon
from praxigen.reading.sections import find_sections
from support.readings import sections


@pytest.mark.parametrize(
    ("note", "kind", "text"),
    [
        ("HPI: Leg pain.", "history", "Leg pain."),
        ("history of present illness: leg pain", "history", "leg pain"),
        ("Chief complaint - back pain", "history", "back pain"),
        ("Social History\nSmokes.", "social", "Smokes."),
        ("Family History: stenosis", "family", "stenosis"),
        ("Allergies: none", "allergies", "none"),
        ("Medications: naproxen", "medications", "naproxen"),
        ("PAST MEDICAL HISTORY: asthma", "past_medical", "asthma"),
        ("PAST SURGICAL HISTORY: none", "past_surgical", "none"),
        ("Impression and Plan: rest", "assessment", "rest"),
        ("GOALS: walk a mile", "goals", "walk a mile"),
        ("Plan\nRest.", "plan", "Rest."),
    ],
)
def test_a_heading_says_what_stands_under_it(note: str, kind: str, text: str) -> None:
    assert sections(note) == [(kind, text)]


@pytest.mark.parametrize("note", ["- Plan: rest", "1. Plan: rest", "  Plan: rest", "> Plan: rest"])
def test_a_heading_may_follow_a_bullet_or_a_number(note: str) -> None:
    assert sections(note)[-1] == ("plan", "rest")


def test_a_heading_in_capitals_may_stand_inside_a_line() -> None:
    assert sections("Leg pain. ASSESSMENT: Stenosis. PLAN: Rest.") == [
        ("opening", "Leg pain."),
        ("assessment", "Stenosis."),
        ("plan", "Rest."),
    ]


@pytest.mark.parametrize(
    "note", ["Leg pain and no heading.", "He said: yes.", "Physical therapy: 8 weeks", "plan\nrest", "HPI pain"]
)
def test_what_only_looks_like_a_heading_is_text(note: str) -> None:
    assert sections(note) == [("opening", note)]


def test_an_unknown_heading_in_capitals_ends_the_part_before() -> None:
    assert sections("PLAN: Rest.\nFOO BAR BAZ: hm") == [("plan", "Rest."), ("other", "hm")]


def test_an_unknown_heading_in_an_examination_belongs_to_it() -> None:
    assert sections("EXAM: ok. GAIT: normal.") == [("exam", "ok."), ("exam", "normal.")]


@pytest.mark.parametrize(("parent", "kind"), [("ROS", "ros"), ("EXAM", "exam")])
def test_an_organ_means_what_the_part_around_it_makes_of_it(parent: str, kind: str) -> None:
    assert sections(f"{parent}:\nNeurological: no weakness") == [(kind, "no weakness")]


@pytest.mark.parametrize("line", ["03/14/2025", "3/14/25:", "== 3/14/2025"])
def test_a_line_with_a_date_alone_begins_another_visit(line: str) -> None:
    assert sections(f"PLAN: Rest.\n{line}\nHe is worse.") == [("plan", "Rest."), ("opening", "He is worse.")]


@pytest.mark.parametrize("note", ["", "Pain.", "HPI: Pain.\nPLAN: Rest.", "1. Plan: rest\n03/14/2025\nEXAM:\nSkin: ok"])
def test_sections_cover_the_whole_note_without_overlap(note: str) -> None:
    parts = find_sections(note, open_lexicon().headings)
    assert parts[0].start == 0
    assert parts[-1].end == len(note)
    assert [part.end for part in parts[:-1]] == [part.start for part in parts[1:]]
    assert all(part.start <= part.body <= part.end for part in parts)


@pytest.mark.parametrize("mark", ["-", ":"])
def test_short_names_of_the_histories_are_headings_inside_a_line(mark: str) -> None:
    text = f"PMH{mark} HTN PSH{mark} none SHx{mark} nonsmoker HPI{mark} back pain"
    told = [("past_medical", "HTN"), ("past_surgical", "none"), ("social", "nonsmoker"), ("history", "back pain")]
    assert sections(text) == told


@pytest.mark.parametrize(
    "text", ["Pain is L5- and S1-related.", "Started PT- stopped it.", "He is on UPSH- whatever that is."]
)
def test_other_capitals_before_a_mark_are_no_headings(text: str) -> None:
    assert [kind for kind, _ in sections(text)] == ["opening"]
