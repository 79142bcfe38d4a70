"""Pages that went through a fax machine: its own lines, words broken over them, and figures read as letters."""

import pytest

from praxigen.api import find_facts
from praxigen.model.document import Document
from praxigen.reading.transmission import as_sent
from support.answers import answer
from support.readings import days, treated


@pytest.mark.parametrize(
    "line",
    [
        "FROM: SPINE CLINIC 555-0102   11/12/2025 09:14   P. 02/05",
        "11/12/2025 10:22 FROM NORTHSIDE PAIN 5550100 P.003/006",
        "Fax sent by : 5551234567  NORTHSIDE PAIN   11-12-25 10:22a  Pg: 4/7",
        "Received: 11/12/2025 10:22  From: 555-123-4567  Page: 2",
        "-- FAX -- 11/12/2025 10:22  PG 04/09",
        "Page 3 of 6",
        "[page 3 end]",
        "=====\n*** FAX ***    PAGE 3 OF 6\n=====",
    ],
)
def test_a_sentence_goes_on_over_the_line_of_the_machine(line: str) -> None:
    fact = treated(f"He completed physical therapy from 3/3/25 to\n{line}\n5/12/25 without relief.")
    assert days(fact) == (70, 70)


@pytest.mark.parametrize(
    "line",
    [
        "Failed gabapentin 300 mg",
        "He takes gabapentin p.o. 3 times a day",
        "P.O. Box 12",
        "Pain: 8/10 from 3/3/25",
        "See page 3 of the outside record, which describes weakness of the leg from 10:30 on",
    ],
)
def test_a_line_of_the_note_stays(line: str) -> None:
    text = f"HPI: Low back pain\n{line}\nand leg pain."
    assert as_sent(text) == text


def test_the_head_of_a_page_stays() -> None:
    text = "FAX FROM: NORTHSIDE PAIN   TO: UM DEPT   PAGE 1 OF 6\nLow back pain."
    assert as_sent(text) == text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("gabapentin 3OO mg", "gabapentin 300 mg"),
        ("for l2 weeks", "for 12 weeks"),
        ("for 1O weeks", "for 10 weeks"),
        ("l0 visits", "10 visits"),
        ("pain 8/1O", "pain 8/10"),
        ("3/l4/25", "3/14/25"),
        ("4O% relief", "40% relief"),
    ],
)
def test_a_letter_in_a_figure_is_a_digit(written: str, meant: str) -> None:
    assert as_sent(written) == meant


@pytest.mark.parametrize(
    "written", ["L5 weakness", "SpO2 98%", "room O2", "il 5", "Il weeks", "T10-L1", "I10", "O2 2 L"]
)
def test_other_letters_beside_digits_stay(written: str) -> None:
    assert as_sent(written) == written


def test_quotes_are_cut_from_the_page_as_it_came() -> None:
    text = "HPI: Low back pain. PT for l2 weeks, no\n*** FAX *** PAGE 2 OF 3\nrelief."
    facts = [fact for fact in find_facts(Document("note.txt", text)) if fact.concept == "treatment.physical_therapy"]
    assert [text[quote.start : quote.end] == quote.text for fact in facts for quote in fact.quotes()]
    assert any("l2 weeks" in quote.text for fact in facts for quote in fact.quotes())


@pytest.mark.parametrize(
    ("question", "note", "expected"),
    [
        (
            "prior-spine-surgery",
            (
                "Low back pain and sciatica. Denies\nReceived: 11/12/2025 10:22  From: 555-123-4567  Page: 2\n"
                "prior spine surgery."
            ),
            "not_met",
        ),
        (
            "myelopathy",
            "Neck pain. No\n*** RECEIVED 11/12/2025 10:22 *** PAGE 2\nmyelopathy on exam: no Hoffmann, no clonus.",
            "not_met",
        ),
        (
            "compression",
            (
                "MRI LUMBAR SPINE 9/1/25: L4-5 disc hern-\niation with severe ste-\n-- FAX -- 11/12/2025 10:22  PG "
                "04/09\n"
                "nosis and compression of the L5 root."
            ),
            "met",
        ),
        (
            "conservative-any",
            (
                "Lumbar radiculopathy. Will refer to\n11/12/2025 10:22 NORTHSIDE PAIN -> UM  PAGE 3/6\n"
                "physical therapy for 8 weeks."
            ),
            "not_documented",
        ),
        (
            "conservative-6wk",
            "Lumbar radiculopathy. PT x 3\n11/12/2025 10:22 FROM NORTHSIDE PAIN 5550100 P.003/006\nweeks, no relief.",
            "not_met",
        ),
    ],
)
def test_what_a_page_break_parts_is_read_as_one(question: str, note: str, expected: str) -> None:
    assert answer(question, note) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "fax",
        "\nfax\nfax\n",
        "a\n=====\nPage 2 of 5\n=====\nPage 3 of 5\n=====",
        "a\r\nPage 2 of 3\r\nb",
        "İ\nfax p. 2",
    ],
)
def test_no_letter_moves(text: str) -> None:
    assert len(as_sent(text)) == len(text)
