"""A stored document is the document, and files read one by one are the chart read at once."""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praxigen.documents import dump_document, join_documents, load_document, read_chart, read_document
from praxigen.errors import InputError
from praxigen.model.document import Document
from praxigen.model.layout import Page, Part, SourceFile, Unread, Unused, Word
from support.files import NOTE, docx, packed, paragraph, pdf

TEXT = st.text(st.characters(codec=None), max_size=60)
COUNT = st.integers(0, 10**6)
POINTS = st.floats(allow_nan=False)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    def some(*values: st.SearchStrategy[object]) -> list[tuple[object, ...]]:
        return draw(st.lists(st.tuples(*values), max_size=4))

    days = st.none() | st.dates()
    numbers = st.none() | COUNT
    hashes = st.text(string.hexdigits, max_size=64)
    return Document(
        draw(TEXT),
        draw(TEXT),
        tuple(draw(st.lists(TEXT, max_size=3))),
        tuple(Page(*row) for row in some(COUNT, COUNT, COUNT, POINTS, POINTS, COUNT)),
        tuple(Word(*row) for row in some(COUNT, COUNT, COUNT, POINTS, POINTS, POINTS, POINTS, st.none() | POINTS)),
        tuple(Part(*row) for row in some(TEXT, COUNT, COUNT, days, TEXT, TEXT)),
        tuple(Unused(*row) for row in some(COUNT, COUNT, TEXT)),
        tuple(SourceFile(*row) for row in some(TEXT, TEXT, hashes, COUNT, COUNT, st.binary(max_size=50))),
        tuple(Unread(*row) for row in some(TEXT, numbers, TEXT)),
    )


@given(documents())
def test_a_document_comes_back_as_it_was(document: Document) -> None:
    again = load_document(dump_document(document))
    assert again == document
    assert [file.data for file in again.files] == [file.data for file in document.files]


def test_halves_of_a_character_stay_halves() -> None:
    document = Document("\ud83d", "\ud83d\ude00 \x00")
    assert len(load_document(dump_document(document)).text) == 4


def test_the_bytes_of_files_are_kept_where_wanted() -> None:
    document = read_document(pdf(NOTE), "a.pdf")
    light = dump_document(document, keep=lambda _file: False)
    assert len(light) < len(dump_document(document))
    assert load_document(light).files[0].data == b""
    assert load_document(light) == document  # bytes take no part in comparing


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"praxigen.document/2\n",
        dump_document(Document("a", "b"))[:-1],
        dump_document(Document("a", "b")) + b"x",
        b"praxigen.document/1\n" + (4).to_bytes(8, "big") + b"junk",
    ],
)
def test_other_bytes_are_refused(bad: bytes) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        load_document(bad)


def test_files_read_one_by_one_are_the_chart_read_at_once() -> None:
    second = docx(
        paragraph("MRI LUMBAR SPINE") + paragraph("Date of exam: 06/02/2026") + paragraph("Stenosis at L4-5.")
    )
    again = pdf(NOTE, "A second page says something else of the same patient and her left leg.")
    at_once = read_document(packed(("a.txt", NOTE.encode()), ("b.docx", second), ("c.pdf", again)), "chart.zip")
    parts = [
        read_document(data, name) for name, data in (("a.txt", NOTE.encode()), ("b.docx", second), ("c.pdf", again))
    ]
    assert join_documents("chart.zip", parts) == at_once


def test_a_page_sent_twice_in_two_files_is_found() -> None:
    joined = join_documents("chart", [read_document(pdf(NOTE), "a.pdf"), read_document(pdf(NOTE), "b.pdf")])
    assert any(span.why == "duplicate" for span in joined.unused)
    assert [warning for warning in joined.warnings if warning.startswith("Read once only: b.pdf")]


def test_what_was_joined_can_be_joined_again() -> None:
    one, two = read_document(pdf(NOTE), "a.pdf"), read_document(b"Seen on 07/22/2026. Pain is 7/10.", "b.txt")
    chart = join_documents("chart", [one, two])
    assert join_documents("chart", [replace(chart, name="x")]) == chart
    third = read_document(b"Addendum of 07/23/2026: none.", "c.txt")
    assert join_documents("chart", [chart, third]) == join_documents("chart", [one, two, third])


def test_nothing_is_no_chart() -> None:
    with pytest.raises(InputError):
        join_documents("chart", [])


def test_unread_pages_and_files_stay_named() -> None:
    chart = read_chart([pdf(NOTE, "")], "a.pdf")
    joined = join_documents(
        "chart", [chart, Document("b.txt", "Pain.", parts=(Part("other", 0, 5, date(2026, 7, 1)),))]
    )
    assert joined.unread == chart.unread
    assert joined.parts[-1].date == date(2026, 7, 1)
