"""A chart is split at its seams; what stands at the edges of pages, and what stands twice, is read past."""

from __future__ import annotations

from datetime import date

import pytest

from praxigen import Document, find_facts, read_document
from praxigen.documents import read_chart
from praxigen.exports.safe_text import printable
from praxigen.model.fact import Fact
from support import files

VISIT = (
    "Follow-up visit\nPatient: Test A\nDate of visit: 03/02/2026\nProvider: Elena Moreno, MD\n\n"
    "HPI: Low back and left leg pain."
)
MRI = "MRI LUMBAR SPINE WITHOUT CONTRAST\nPatient: Test A\nExam date: 06/30/2026\n\nFINDINGS: L4-L5 disc extrusion."
THERAPY = (
    "Physical Therapy Discharge Summary\nPatient: Test A\nDate: 05/15/2026\nTherapist: Jo Park, PT\n\nTwelve visits."
)
LETTER = "Dear Dr. Moreno,\nRE: Test A\nDate: July 1, 2026\n\nNo surgery is advised."


def kinds(document: Document) -> list[tuple[str, date | None]]:
    return [(part.kind, part.date) for part in document.parts]


EXPECTED = [
    ("visit", date(2026, 3, 2)),
    ("imaging", date(2026, 6, 30)),
    ("therapy", date(2026, 5, 15)),
    ("letter", date(2026, 7, 1)),
]


@pytest.mark.parametrize("between", ["\n\n==========\n\n", "\n\n\n", "\n\f"])
def test_one_long_text_is_split_at_its_seams(between: str) -> None:
    document = read_document(between.join((VISIT, MRI, THERAPY, LETTER)).encode())
    assert kinds(document) == EXPECTED
    assert document.parts[0].author == "Elena Moreno, MD"
    assert document.parts[2].author == "Jo Park, PT"
    assert "".join(document.text[part.start : part.end] for part in document.parts) == document.text


def test_a_pdf_is_split_where_a_page_begins_another_note() -> None:
    document = read_document(files.pdf(VISIT, "and goes on over the page.", MRI, THERAPY, LETTER))
    assert kinds(document) == EXPECTED
    assert document.place(document.text.index("goes on")).page == 2
    assert document.place(document.text.index("goes on")).date == date(2026, 3, 2)
    assert document.place(document.text.index("Twelve")).kind == "therapy"


def test_page_one_of_several_begins_a_part() -> None:
    pages = ("Seen again.\nPage 1 of 2", "Goes on.\nPage 2 of 2", "Another clinic wrote this.\nPage 1 of 1")
    assert len(read_document(files.pdf(*pages)).parts) == 2


def test_a_running_title_is_no_seam() -> None:
    head = "Progress Note\nPatient: Test A\n"
    document = read_document(files.pdf(f"{head}Date of visit: 03/02/2026\nPain.", f"{head}More pain.", f"{head}Plan."))
    assert kinds(document) == [("visit", date(2026, 3, 2))]


@pytest.mark.parametrize(
    "line",
    [
        "MRI of the lumbar spine 6/30/2026: L4-L5 disc extrusion.",
        "MRI LUMBAR SPINE 06/30/2026:",
        "Physical therapy: 12 visits from 1/5/2026 to 3/30/2026",
        "Follow-up in six weeks. Date of next visit: 09/01/2026",
        "Physical therapy from 01/12/2026 to 03/27/2026, without lasting relief.",
    ],
)
def test_a_sentence_or_heading_of_a_note_is_no_seam(line: str) -> None:
    assert len(read_document(f"{VISIT}\n\n{line}\nDate: 06/30/2026\n".encode()).parts) == 1


def test_lines_that_hold_only_a_date_begin_visits() -> None:
    text = "Chart extract\n\n3/2/2026\nLeg pain.\n\n5/4/2026\nWorse.\n"
    assert kinds(read_document(text.encode())) == [("visit", date(2026, 3, 2)), ("visit", date(2026, 5, 4))]


def test_files_of_a_chart_are_parts_with_their_own_names() -> None:
    document = read_chart([VISIT.encode(), files.pdf(MRI)], "chart")
    assert kinds(document) == EXPECTED[:2]
    place = document.place(document.text.index("extrusion"))
    assert (place.file, place.page, place.date) == ("note", 1, date(2026, 6, 30))
    assert place.line == 5


def length_of(facts: tuple[Fact, ...]) -> list[int]:
    found = [fact.duration.low for fact in facts if fact.concept == "treatment.physical_therapy" and fact.duration]
    return [int(low.fewest_days) for low in found if low is not None]


def test_each_note_counts_from_its_own_day() -> None:
    told = "HPI: Low back pain. Physical therapy since 01/05/2026."
    first = VISIT.replace("HPI: Low back and left leg pain.", told)
    second = first.replace("03/02/2026", "07/20/2026")
    assert sorted(length_of(find_facts(read_document(f"{first}\n\n\n{second}".encode())))) == [56, 196]


def test_each_fact_knows_the_day_of_the_note_that_says_it() -> None:
    later = VISIT.replace("03/02/2026", "07/20/2026").replace("and left leg pain", "but no leg pain")
    chart = read_chart([VISIT.encode(), later.encode()])
    assert {fact.day for fact in find_facts(chart)} == {date(2026, 3, 2), date(2026, 7, 20)}
    assert {fact.day for fact in find_facts(read_document(b"Burning pain in the left leg."))} == {None}


def test_a_study_is_of_the_day_of_its_report() -> None:
    report = MRI.replace("disc extrusion.", "disc extrusion compressing the left L5 nerve root.")
    facts = find_facts(read_document(f"{VISIT}\n\n\n{report}".encode()))
    assert {fact.ended for fact in facts if fact.concept.startswith("imaging")} == {date(2026, 6, 30)}


def test_every_quote_of_a_chart_is_an_exact_span() -> None:
    document = read_document(files.pdf(VISIT, MRI, THERAPY, LETTER))
    quotes = [quote for fact in find_facts(document) for quote in fact.quotes()]
    assert quotes
    assert all(document.text[quote.start : quote.end] == quote.text for quote in quotes)


BANNER = "07/22/2026 10:33  FROM: Harbor Clinic  TO: 555-123-4567  P. {}/03"
BODY = (
    "He has constant burning pain of the back and of the left leg, and had physical",
    "therapy for eight weeks without any relief, as his therapist wrote.",
)


def faxed() -> Document:
    head = "Harbor Pain and Spine Center, chart 000000"
    pages = (
        f"{BANNER.format('01')}\n{head}\nHPI: {BODY[0]}\nPage 1 of 3",
        f"{BANNER.format('02')}\n{head}\n{BODY[1]}\nPage 2 of 3",
        f"{BANNER.format('03')}\n{head}\nPlan: rest.\nPage 3 of 3",
    )
    return read_document(files.pdf(*pages))


def test_banners_headers_and_page_numbers_are_kept_and_read_past() -> None:
    document = faxed()
    told = [(span.why, document.text[span.start : span.end].strip()) for span in document.unused]
    assert [why for why, _ in told].count("fax") == 3
    assert [why for why, _ in told].count("page_number") == 3
    assert [words for why, words in told if why == "header"] == ["Harbor Pain and Spine Center, chart 000000"] * 2
    assert document.text.count("Harbor Pain and Spine Center") == 3


def test_a_sentence_runs_on_over_the_page() -> None:
    (fact,) = [fact for fact in find_facts(faxed()) if fact.concept == "treatment.physical_therapy"]
    assert fact.duration is not None
    assert str(fact.duration.low) == "8 weeks"


def test_a_quote_over_a_page_break_shows_no_control_character() -> None:
    (fact,) = [fact for fact in find_facts(faxed()) if fact.concept == "treatment.physical_therapy"]
    assert "\f" in fact.quote.text
    assert "U+000C" not in printable(fact.quote.text)


def test_clinical_lines_at_the_edges_of_pages_are_read() -> None:
    pages = ("Strength 4/5 in the left EHL.\nLeg pain.", "Strength 3/5 in the left EHL.\nLeg pain is worse.", "4/5\n12")
    assert read_document(files.pdf(*pages)).unused == ()


def test_a_page_sent_twice_counts_once() -> None:
    document = read_document(files.pdf(VISIT + " He cannot stand.", MRI, VISIT + " He cannot stand."))
    (span,) = [span for span in document.unused if span.why == "duplicate"]
    assert document.page_at(span.start) == document.pages[2]
    assert document.warnings == ("Read once only: page 3 repeats page 1.",)
    pains = [fact for fact in find_facts(document) if fact.concept.startswith("symptom")]
    assert {document.page_at(fact.quote.start) for fact in pains} == {document.pages[0]}


def test_a_file_sent_twice_counts_once() -> None:
    document = read_document(
        files.packed(("a.txt", VISIT.encode()), ("b.txt", VISIT.encode()), ("c.txt", MRI.encode()))
    )
    assert document.warnings == ("Read once only: b.txt repeats a.txt.",)


COPIED = (
    "She has had constant burning pain in the left leg since the operation and cannot stand for ten minutes. "
    "Physical therapy for eight weeks and gabapentin 300 mg three times daily gave no lasting relief."
)


def test_text_copied_forward_counts_where_it_was_first_written() -> None:
    later = VISIT.replace("03/02/2026", "07/20/2026") + f"\n\n{COPIED}\n\nNew today: weakness.\n"
    first = f"{VISIT}\n\n{COPIED}\n"
    document = read_document(f"{later}\n\n\n{first}".encode())
    (span,) = [span for span in document.unused if span.why == "copied"]
    assert document.text[span.start : span.end] == COPIED
    assert document.place(span.start).date == date(2026, 7, 20)
    assert "Text copied forward is read once" in document.warnings[0]
    (therapy,) = [fact for fact in find_facts(document) if fact.concept == "treatment.physical_therapy"]
    assert document.place(therapy.quote.start).date == date(2026, 3, 2)


def test_a_word_broken_over_two_lines_is_one_word_and_its_quote_is_whole() -> None:
    text = "HPI: Pain with lumbar radiculo-\npathy, L4-\nL5, and low-\nback pain. Physical ther-\napy for 8 weeks.\n"
    document = read_document(text.encode())
    assert document.text == text
    facts = find_facts(document)
    quotes = {fact.concept: fact.quote.text for fact in facts}
    assert "treatment.physical_therapy" in quotes
    assert quotes["treatment.physical_therapy"] == "Physical ther-\napy for 8 weeks."
    assert any(concept.startswith("symptom.radicul") or "radicul" in concept for concept in quotes)
    assert all(text[quote.start : quote.end] == quote.text for fact in facts for quote in fact.quotes())


def test_a_quote_that_ends_in_a_broken_word_holds_all_of_it() -> None:
    text = "HPI: Low back pain. He had eight weeks of physical ther-\napy\n"
    (fact,) = [
        fact for fact in find_facts(read_document(text.encode())) if fact.concept == "treatment.physical_therapy"
    ]
    assert fact.quote.text.endswith("physical ther-\napy")


def test_a_text_with_form_feeds_has_pages() -> None:
    document = read_document(b"one\n\ftwo")
    assert [(page.number, document.text[page.start : page.end]) for page in document.pages] == [
        (1, "one\n"),
        (2, "two"),
    ]


def test_a_line_that_ends_with_the_paper_does_not_end_the_words_of_a_rule() -> None:
    told = (
        "OPINION: The records were reviewed and the worker was examined. There is no\n"
        "indication for surgery now. No psychiatric claim was filed."
    )
    on_paper, typed = read_document(files.pdf(told)), read_document(told.replace("\n", " ").encode())
    assert "There is no\nindication" in on_paper.text
    kinds = [{(fact.concept, fact.state) for fact in find_facts(each)} for each in (on_paper, typed)]
    assert kinds[0] == kinds[1] != set()
