"""Treatments as episodes in time: what is one episode, what overlaps, and how bars, drawing and JSON show it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from io import StringIO
from xml.etree import ElementTree as ET

import pytest

from praxigen import Document, find_facts, read_document
from praxigen.engine.timeline import treatment_timeline
from praxigen.exports.findings import to_json, write_text
from praxigen.exports.findings_html import to_html
from praxigen.exports.sheet import Sheet, terminal
from praxigen.exports.timeline import summary_lines, told
from praxigen.exports.timeline_drawing import drawing
from praxigen.exports.timeline_page import timeline_section
from praxigen.exports.timeline_text import write_timeline
from praxigen.model.timeline import NO_TREATMENT, Timeline

NOTE = """Date of visit: 03/02/2026

HPI: 58-year-old with low back pain radiating down the left leg for 2 years.
Conservative care:
- Supervised PT 01/06/2025 to 03/14/2025, 2x/wk, no lasting relief.
- PT again from 10/01/2025 to 12/15/2025 without relief.
- Gabapentin 300 mg TID since 06/10/2025, no benefit.
- Meloxicam 15 mg daily from 02/01/2025 to 04/30/2025, minimal relief.
- Chiropractic care for 6 weeks, no relief.
- L4-5 ESI on 01/20/2026, 3 weeks of relief.
"""


def read(text: str) -> tuple[Document, Timeline]:
    document = read_document(text.encode())
    return document, treatment_timeline(document, find_facts(document))


def bars(timeline: Timeline) -> list[str]:
    stream = StringIO()
    write_timeline(Sheet(terminal(stream)), timeline)
    return stream.getvalue().splitlines()


def test_episodes_with_their_days_lengths_and_outcomes() -> None:
    _, timeline = read(NOTE)
    assert [f"{each.name}: {told(each)}" for each in timeline.dated] == [
        "physical therapy: 2025-01-06 to 2025-03-14; 67 days; no relief",
        "NSAID: 2025-02-01 to 2025-04-30; 88 days; too little relief",
        "anticonvulsant: since 2025-06-10, told on 2026-03-02; 265 days; no relief",
        "physical therapy: 2025-10-01 to 2025-12-15; 75 days; no relief",
        "epidural injection: 2026-01-20; relief for a time",
    ]
    assert [f"{each.name}: {told(each)}" for each in timeline.undated] == ["chiropractic: 6 weeks; no relief"]


def test_totals_gaps_and_overlaps() -> None:
    _, timeline = read(NOTE)
    assert list(summary_lines(timeline)) == [
        "Physical therapy: 142 days in all.",
        "NSAID: 88 days in all.",
        "Anticonvulsant: 265 days in all.",
        (
            "With at least one treatment: 379 days; the longest stretch without a gap is 2025-06-10 to 2026-03-02 "
            "(265 days)."
        ),
        "Gap without a dated treatment: 2025-04-30 to 2025-06-10 (41 days).",
        "Side by side: physical therapy, NSAID, 2025-02-01 to 2025-03-14 (41 days).",
        "Side by side: anticonvulsant, physical therapy, 2025-10-01 to 2025-12-15 (75 days).",
    ]


def test_many_mentions_of_one_course_are_one_episode() -> None:
    _, timeline = read(
        "Date of visit: 03/02/2026\n\nHPI: Low back pain. PT 10/01/2025 to 12/15/2025 without relief. "
        "She finished physical therapy.\nAssessment: Failed PT (10/01/2025 to 12/15/2025), 75 days.\n"
    )
    (episode,) = timeline.dated
    assert (episode.began, episode.ended) == (date(2025, 10, 1), date(2025, 12, 15))
    assert len(episode.quotes) > 1
    assert timeline.undated == ()


def test_a_course_that_a_later_visit_continues_is_one() -> None:
    visit = (
        "Follow-up visit\nPatient: Test A\nDate of visit: {}\n\nHPI: Low back pain. Gabapentin since {}, no relief.\n"
    )
    _, timeline = read(f"{visit.format('03/02/2026', '01/05/2026')}\n\n\n{visit.format('07/20/2026', '01/05/2026')}")
    (episode,) = timeline.dated
    assert (episode.began, episode.ended, episode.ongoing) == (date(2026, 1, 5), date(2026, 7, 20), True)


@pytest.mark.parametrize(
    "text",
    [
        "HPI: Low back pain. She will start PT on 03/05/2026.",
        "HPI: Low back pain. Her mother had PT from 10/01/2025 to 12/15/2025.",
        "HPI: Low back pain. She declined PT.",
        "HPI: Right knee pain. PT for the knee from 10/01/2025 to 12/15/2025.",
        "HPI: Low back pain. No prior treatment.",
    ],
)
def test_what_was_not_given_for_the_spine_is_no_episode(text: str) -> None:
    _, timeline = read(text)
    assert timeline == NO_TREATMENT
    assert bars(timeline) == []
    assert timeline_section(timeline, Document("n", text), str) == ""


def test_impossible_days_are_not_drawn() -> None:
    _, timeline = read("HPI: Low back pain. PT from 12/15/2025 to 10/01/2025 without relief.")
    assert timeline.dated == ()


def test_bars_stand_where_the_days_are() -> None:
    _, timeline = read(NOTE)
    lines = bars(timeline)
    axis = next(line for line in lines if "2025-01" in line)
    assert axis.endswith("2026-04|")
    drawn = [line.split("|")[1] for line in lines if line.count("|") == 2 and line is not axis]
    assert drawn == [
        "=======                                 ",
        "  =========                             ",
        "              =======================>  ",
        "                        =======         ",
        "                                 *      ",
    ]
    assert "- Without dates: chiropractic, 6 weeks; no relief" in lines


def test_the_drawing_is_an_image_with_a_title_and_a_table_that_says_the_same() -> None:
    document, timeline = read(NOTE)
    page = timeline_section(timeline, document, lambda quote: f"q{quote.start}")
    section = ET.fromstring(page)  # noqa: S314  # our own page
    (svg,) = section.iter("svg")
    assert svg.get("role") == "img"
    named = {each.get("id"): each.text for each in svg}
    for name in (svg.get("aria-labelledby") or "").split():
        assert named[name]
    shapes = [each for each in svg.iter() if each.get("class") == "bar"]
    rows = section.findall("./table/tbody/tr")
    assert len(shapes) == len(timeline.dated)
    assert len(rows) == len(timeline.dated) + len(timeline.undated)
    assert [row.findtext("th") for row in rows][:2] == ["physical therapy", "NSAID"]
    for shape in shapes:
        assert shape.findtext("title")
    width, height = (float(each) for each in (svg.get("viewBox") or "").split()[2:])
    for rect in svg.iter("rect"):
        assert 0 <= float(rect.get("x") or -1) <= float(rect.get("x") or 0) + float(rect.get("width") or 0) <= width
        assert float(rect.get("y") or 0) + float(rect.get("height") or 0) <= height


@pytest.mark.parametrize(("first", "last", "most"), [("2025-01-06", "2025-01-20", 3), ("1950-01-01", "2025-12-31", 8)])
def test_an_axis_of_weeks_and_one_of_a_lifetime(first: str, last: str, most: int) -> None:
    began, ended = (f"{day[5:7]}/{day[8:]}/{day[:4]}" for day in (first, last))
    _, timeline = read(f"HPI: Low back pain. PT from {began} to {ended} without relief.")
    drawn = drawing(timeline)
    assert drawn is not None
    assert 1 <= len(drawn.ticks) <= most


def test_words_of_the_note_are_never_markup() -> None:
    text = NOTE.replace("HPI:", "HPI: <script>alert(1)</script>")
    document, timeline = read(text)
    assert "<script>" not in timeline_section(timeline, document, lambda quote: f"q{quote.start}")


def test_findings_carry_the_timeline_in_every_form() -> None:
    document, timeline = read(NOTE)
    facts = find_facts(document)
    found = json.loads(to_json(document, facts))["timeline"]
    assert [each["concept"] for each in found["episodes"]] == [each.concept for each in timeline.dated]
    assert found["days"] == timeline.days == 379
    for each in (*found["episodes"], *found["undated"]):
        for quote in each["quotes"]:
            assert document.text[quote["start"] : quote["end"]] == quote["text"]
    stream = StringIO()
    write_text(document, facts, stream, explain=True)
    assert "Treatments over time" in stream.getvalue()
    page = to_html(document, facts, explain=False)
    ids = set(re.findall(r' id="([^"]+)"', page))
    assert 'role="img"' in page
    assert {link for link in re.findall(r'href="#([^"]+)"', page) if link.startswith("q")} <= ids


def test_days_that_cannot_be_so_are_not_drawn() -> None:
    document = read_document(b"Date of visit: 03/02/2026\nHPI: PT from 10/15/2025 to 12/01/2025 without relief.")
    (told,) = (fact for fact in find_facts(document) if fact.concept == "treatment.physical_therapy")
    assert told.began == date(2025, 10, 15)
    timeline = treatment_timeline(document, [replace(told, ended=date(2025, 3, 1))])
    assert timeline.dated == ()
    assert [each.concept for each in timeline.undated] == ["treatment.physical_therapy"]


@pytest.mark.parametrize(("length", "left"), [("7 weeks", []), ("30 weeks", ["30 weeks"])])
def test_a_length_without_days_is_the_dated_episode_as_long_or_another(length: str, left: list[str]) -> None:
    _, timeline = read(
        f"Date of visit: 03/02/2026\nHPI: PT from 10/01/2025 to 11/19/2025 without relief. Completed {length} of PT."
    )
    assert [each.days for each in timeline.dated] == [49]
    assert [told(each).partition(";")[0] for each in timeline.undated] == left


def test_a_length_beside_one_without_days_either_is_another_episode() -> None:
    _, timeline = read("HPI: 6 weeks of PT without relief. Later 12 weeks of PT, no better.")
    assert [told(each).partition(";")[0] for each in timeline.undated] == ["6 weeks", "12 weeks"]


def test_two_treatments_side_by_side_overlap_once_though_a_third_begins_and_ends_its_day() -> None:
    _, timeline = read(
        "Date of visit: 03/02/2026\nHPI:\n- PT from 10/01/2025 to 12/31/2025, no relief.\n"
        "- Meloxicam from 10/01/2025 to 12/31/2025, no relief.\n- L4-5 ESI on 11/10/2025, 3 weeks of relief.\n"
    )
    assert len(timeline.dated) == 3
    kinds = [(str(each.began), str(each.ended), len(each.concepts)) for each in timeline.overlaps]
    assert kinds == [("2025-10-01", "2025-12-31", 2)]
