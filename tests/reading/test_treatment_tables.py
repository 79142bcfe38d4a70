"""Tables of treatments: what the columns say of when each was taken and what it did."""

from datetime import date

import pytest
import yaml

from praxigen.datafiles.shipped import shipped
from praxigen.lexicon import open_lexicon
from praxigen.lexicon.words import phrase_words
from praxigen.reading.tables import Tables
from support.answers import answer
from support.readings import days, found

HEAD = "Lumbar radiculopathy, leg pain 7/10. Medicines tried:\n"
STROKES = "Drug | Dose | Started | Stopped | Response\n"


def rows(text: str) -> list[list[tuple[str, str]]]:
    """The cells of every row that belongs to a table of treatments."""
    return [
        [(name.partition(".")[2], text[start:end]) for name, start, end in row.cells]
        for row in Tables(text, open_lexicon().cells).rows
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Drug | Started | Stopped | Response\ngabapentin | 3/2025 | 8/2025 | no relief",
        "| Drug | Started | Stopped | Response |\n|---|---|---|---|\n| gabapentin | 3/2025 | 8/2025 | no relief |",
        "Drug\tStarted\tStopped\tResponse\ngabapentin\t3/2025\t8/2025\tno relief",
        "Drug         Started    Stopped   Response\ngabapentin   3/2025     8/2025    no relief",
        "Medication / Start / Stop / Result\ngabapentin / 3/2025 / 8/2025 / no relief",
        "Medication; began; ended; why stopped\ngabapentin; 3/2025; 8/2025; no relief",
    ],
)
def test_cells_stand_under_their_columns(text: str) -> None:
    cells = [("treatment", "gabapentin"), ("started", "3/2025"), ("stopped", "8/2025"), ("result", "no relief")]
    assert rows(text) == [cells]


def test_a_gap_where_a_cell_is_empty_moves_no_other() -> None:
    text = "Drug         Started    Stopped   Response\ngabapentin   3/2025               no relief"
    assert rows(text) == [[("treatment", "gabapentin"), ("started", "3/2025"), ("result", "no relief")]]


@pytest.mark.parametrize(
    "text",
    [
        "Medications: gabapentin, started in March, stopped in May.",
        "Name: J. Doe   Date: 3/3/2025\nDrug allergies: none",
        "Pain medicine, from the start, had no effect.\nHe stopped it.",
        "Nerve | Latency | Amplitude\nmedian | 4.3 | 14",
    ],
)
def test_what_names_no_columns_is_no_table(text: str) -> None:
    assert rows(text) == []


def test_a_paragraph_after_a_table_is_none_of_its_rows() -> None:
    text = (
        STROKES
        + "gabapentin | 300 TID | 3/2025 | 8/2025 | none\nNaproxen helped.\nmeloxicam | 15 | 1/2025 | 2/2025 | none"
    )
    assert len(rows(text)) == 1


@pytest.mark.parametrize(
    ("cells", "length", "outcome"),
    [
        ("300 TID | 3/3/2025 | 8/5/2025 | no relief", (155, 155), ("none",)),
        ("300 TID | 3/2025 | 8/2025 | none", (150, 184), ("none",)),
        ("300 TID | 2023 | 2024 | partial", (1, 730), ("insufficient",)),
        ("300 TID | Mar '25 | Aug '25 | sedation", (150, 184), ("worse",)),
        ("300 TID | 3/3/2025 | 3/17/2025 | wore off", (14, 14), ("temporary",)),
        ("300 TID | 3/3/2025 | 8/5/2025 | excellent relief", (155, 155), ("good",)),
        ("300 TID | 3/3/2025 | | stopped 8/5/2025, no relief", (155, 155), ("none",)),
    ],
)
def test_a_row_says_how_long_and_with_what_result(
    cells: str, length: tuple[int, int], outcome: tuple[str, ...]
) -> None:
    (fact,) = found(HEAD + STROKES + "gabapentin | " + cells, "treatment.anticonvulsant")
    assert fact.state == "done"
    assert days(fact) == length
    assert fact.quality("outcome") == outcome


def test_what_is_still_taken_lasts_to_the_day_of_the_note() -> None:
    text = "DOS 11/10/2025. " + HEAD + "Drug | Started | Response\ngabapentin | 2/10/2025 | little relief, ongoing"
    (fact,) = found(text, "treatment.anticonvulsant")
    assert (days(fact), fact.began) == ((273, 273), date(2025, 2, 10))


def test_without_a_day_of_the_note_it_lasts_nobody_knows_how_long() -> None:
    (fact,) = found(
        HEAD + "Drug | Started | Response\ngabapentin | 2/10/2025 | little relief", "treatment.anticonvulsant"
    )
    assert fact.duration is None


@pytest.mark.parametrize(
    ("cells", "state"),
    [
        ("300 TID | 3/2025 | | never filled", "absent"),
        ("300 TID | | | not covered", "denied"),
        ("300 TID | | | declined", "declined"),
        ("300 TID | planned 12/2025 | | -", "planned"),
        ("300 TID | 11/10/2025 | | ", "planned"),
    ],
)
def test_a_row_may_say_that_it_was_not_taken(cells: str, state: str) -> None:
    text = "DOS 11/10/2025. " + HEAD + STROKES + "gabapentin | " + cells
    assert {str(fact.state) for fact in found(text, "treatment.anticonvulsant")} == {state}


@pytest.mark.parametrize(
    ("rows_", "expected"),
    [
        ("gabapentin | 300 TID | 3/2025 | 8/2025 | no relief", "met"),
        ("gabapentin | 300 TID | 3/3/2025 | 3/24/2025 | no relief", "not_met"),
        ("gabapentin | 300 TID | 3/2025 | 8/2025 | never filled", "not_documented"),
        ("lisinopril | 10 | 3/2025 | 8/2025 | none", "not_documented"),
        ("physical therapy | 2x/wk | 3/3/2025 | 5/12/2025 | minimal relief", "met"),
    ],
)
def test_six_weeks_in_a_table(rows_: str, expected: str) -> None:
    assert answer("conservative-6wk", HEAD + STROKES + rows_) == expected


def test_no_phrase_names_two_columns_or_two_results() -> None:
    terms = yaml.safe_load((shipped("lexicon") / "tables.yaml").read_text("utf-8"))["terms"]
    told: dict[tuple[str, ...], str] = {}
    for name, term in terms.items():
        for phrase in term["say"]:
            words = phrase_words(str(phrase))
            assert told.setdefault(words, name) == name, phrase


@pytest.mark.parametrize(
    ("stopped", "expected"), [("6/30/2025", "met"), ("3/17/2025", "not_met"), ("", "not_documented")]
)
def test_one_treatment_may_have_a_line_for_each_thing(stopped: str, expected: str) -> None:
    text = f"Sciatica.\nMedication: gabapentin\nStarted: 3/3/2025\nStopped: {stopped}\nResponse: no relief"
    assert answer("conservative-6wk", text) == expected


def test_a_list_of_medicines_without_days_is_no_such_record() -> None:
    assert rows("Medications: gabapentin\nAllergies: none\nSocial: smoker") == []


@pytest.mark.parametrize(
    ("above", "expected"),
    [("Husband's medicines, listed by mistake:", "not_documented"), ("Medicines that the patient took:", "met")],
)
def test_the_line_above_a_table_says_whose_it_is(above: str, expected: str) -> None:
    text = f"Patient has sciatica.\n{above}\n{STROKES}gabapentin | 300 | 3/2025 | 8/2025 | no relief"
    assert answer("conservative-6wk", text) == expected
