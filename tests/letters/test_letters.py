"""Letters hold nothing but what their sources say, and a final letter has no open end."""

from dataclasses import replace

import pytest

from praxigen.errors import UsageError
from praxigen.letters.composing.compose import compose
from praxigen.letters.composing.dispositions import Disposition, Dispositions, DispositionState
from praxigen.letters.composing.final import obstacles
from praxigen.letters.composing.gather import reasons_by_hand
from praxigen.letters.composing.letter import Letter, LetterKind, Paragraph
from praxigen.letters.composing.matter import Matter
from praxigen.letters.composing.proof import faults_of, unsupported
from praxigen.letters.composing.sentence import (
    ARGUMENT_LABEL,
    FACTUAL,
    Kind,
    LawSupport,
    PolicySupport,
    QuoteSupport,
    RecordSupport,
    Sentence,
    WorkSupport,
    argue,
)
from praxigen.letters.composing.template import TEMPLATED
from praxigen.model.answer import Answer
from support.matters import DAY, LIBRARY, all_confirmed, matter_of, report_on, text_of

REASON = "Six months of conservative care are not documented."


def cited(matter: Matter, criterion: str) -> tuple[str, ...]:
    """The works that a criterion cites."""
    node = matter.criterion(criterion)
    assert node is not None
    return node.literature


def walk(letter: Letter, matter: Matter) -> None:
    """Resolve every factual sentence by hand: not by the product's own proof."""
    assert any(each.kind in FACTUAL for each in letter.sentences())
    for sentence in letter.sentences():
        if sentence.kind in FACTUAL:
            assert sentence.supports, sentence.text
        if sentence.kind is Kind.ARGUMENT:
            assert sentence.text.startswith(ARGUMENT_LABEL)
            assert sentence.rests_on
        for support in sentence.supports:
            if isinstance(support, QuoteSupport):
                document = matter.report.document if sentence.kind is Kind.CHART else matter.answer
                assert document is not None
                assert document.text[support.quote.start : support.quote.end] == support.quote.text
                assert " ".join(support.quote.text.split()) in sentence.text
                assert document.name in sentence.text
            elif isinstance(support, PolicySupport):
                edition = next(book for book in LIBRARY.editions(support.guideline) if book.edition == support.edition)
                assert edition.effective_from <= (matter.report.request.date or DAY)
                if support.verbatim:
                    held = (
                        LIBRARY.snapshot(support.citation.source.snapshot) if support.citation.source.snapshot else ""
                    )
                    assert support.words in held
                elif support.criterion:
                    criterion = edition.criterion(support.criterion)
                    assert criterion is not None
                    assert criterion.says.rstrip(".")[1:] in sentence.text
            elif isinstance(support, LawSupport):
                assert support.citation in sentence.text
            elif isinstance(support, WorkSupport):
                work = LIBRARY.literature()[support.id]
                assert work.verified is not None
                assert sentence.text == f"{work.shows.rstrip('.')} ({work.citation})."
                assert work.id in cited(matter, support.criterion)
            elif support.quote is not None:
                assert isinstance(support, RecordSupport)
                document = matter.report.document if support.origin == "chart" else matter.answer
                assert document is not None
                assert document.text[support.quote.start : support.quote.end] == support.quote.text


@pytest.mark.parametrize("kind", TEMPLATED)
@pytest.mark.parametrize(("chart", "code"), [("stimulator-trial.txt", "63650"), ("lumbar-laminectomy.txt", "63047")])
def test_every_kind_of_letter_resolves(kind: LetterKind, chart: str, code: str) -> None:
    report = report_on(chart, codes=(code,))
    matter = matter_of(report, reasons_by_hand([REASON]))
    letter = compose(matter, kind)
    walk(letter, matter)
    assert unsupported(letter, matter) == ()
    assert REASON in text_of(letter) or kind is LetterKind.REQUEST


def test_what_is_open_becomes_a_question_and_no_claim() -> None:
    letter = compose(matter_of(report_on("stimulator-trial.txt")), LetterKind.REQUEST)
    gaps = [each.text for each in letter.sentences() if each.kind is Kind.GAP]
    assert "[Who made the behavioral-health evaluation, when, and what did it conclude?]" in gaps
    assert not any("Physical therapy" in each.text for each in letter.sentences())
    assert any("found, but does not count" in note and "Physical therapy" in note for note in letter.notes)


def test_a_waiver_is_argued_from_the_policy_and_the_chart() -> None:
    letter = compose(matter_of(report_on("lumbar-laminectomy.txt", codes=("63047",))), LetterKind.LEVEL_1)
    argument = next(each for each in letter.sentences() if "waiver holds" in each.text)
    kinds = [each.kind for each in argument.rests_on]
    assert kinds.count(Kind.POLICY) == 2
    assert Kind.CHART in kinds
    assert any("right EHL 2/5" in each.text for each in argument.rests_on)


def test_a_criterion_that_is_not_met_is_said_plainly() -> None:
    note = (
        b"HISTORY: Failed back surgery syndrome. Stimulator trial in 2024 relieved 20% of the pain.\nPLAN: SCS trial."
    )
    report = report_on(note, stage="trial")
    failed = [
        result.criterion.id
        for each in report.determinations
        for result in (each.result.walk() if each.result else ())
        if result.answer is Answer.NOT_MET and not result.children
    ]
    letter = compose(matter_of(report), LetterKind.LEVEL_1)
    said = text_of(letter)
    assert "every criterion of the policy that applies is documented" not in said
    assert failed == [] or "not met on the chart as it stands" in said or "an exclusion of the policy applies" in said


def test_a_planted_claim_is_never_evidence() -> None:
    planted = b"All criteria of the policy are met. Six months of conservative care failed, as required by CMM-211.\n"
    note = (b"HISTORY: 58-year-old woman with left leg pain.\n" + planted) * 2
    letter = compose(matter_of(report_on(note, stage="trial")), LetterKind.LEVEL_1)
    shown = [each.text for each in letter.sentences() if each.kind is Kind.CHART]
    assert not any("All criteria" in text or "as required" in text for text in shown)


def test_a_chart_without_evidence_gives_questions_only() -> None:
    letter = compose(matter_of(report_on(b"The weather was fine.\n", stage="trial")), LetterKind.LEVEL_1)
    assert [each for each in letter.sentences() if each.kind in (Kind.CHART, Kind.ARGUMENT)] == []
    assert "[Enclose the records that document the criteria; the chart given shows none of them]" in text_of(letter)


def test_a_final_letter_needs_decisions_and_no_placeholder() -> None:
    report = report_on(MET, stage="trial")
    matter = matter_of(report, reasons_by_hand([REASON]))
    letter = compose(matter, LetterKind.LEVEL_1)
    open_ends = obstacles(letter, matter)
    assert any("placeholders" in each for each in open_ends)
    assert any("no person has decided about criterion" in each for each in open_ends)
    decided = replace(matter, dispositions=all_confirmed(letter, matter))
    final = compose(decided, LetterKind.LEVEL_1)
    assert obstacles(final, decided) == ()


def test_a_sentence_without_support_is_never_final() -> None:
    report = report_on(MET, stage="trial")
    matter = matter_of(report)
    matter = replace(matter, dispositions=all_confirmed(compose(matter, LetterKind.REQUEST), matter))
    letter = compose(matter, LetterKind.REQUEST)
    assert obstacles(letter, matter) == ()
    for bad in (
        Sentence(Kind.CHART, "The patient walks ten yards."),
        argue("it is so."),
        Sentence(Kind.ARGUMENT, "So."),
    ):
        worse = replace(letter, blocks=(*letter.blocks, Paragraph((bad,))))
        assert any("no source" in each for each in obstacles(worse, matter))


def test_rejected_evidence_is_not_used() -> None:
    report = report_on("stimulator-trial.txt", stage="trial")
    matter = matter_of(report)
    name = next(each for each in compose(matter, LetterKind.REQUEST).criteria if "diagnos" in each or "fbss" in each)
    no = Disposition(name, DispositionState.REJECTED, "Elena Moreno, MD", DAY)
    letter = compose(replace(matter, dispositions=Dispositions({name: no})), LetterKind.REQUEST)
    supports = [s for each in letter.sentences() for s in each.supports if isinstance(s, QuoteSupport)]
    assert not any(support.criterion == name for support in supports)
    assert any("rejected by Elena Moreno, MD" in note for note in letter.notes)


def test_decisions_about_another_chart_do_not_count() -> None:
    report = report_on(MET, stage="trial")
    matter = matter_of(report)
    decided = replace(all_confirmed(compose(matter, LetterKind.REQUEST), matter), document_sha256="0" * 64)
    matter = replace(matter, dispositions=decided)
    letter = compose(matter, LetterKind.REQUEST)
    assert "the dispositions were made on another version of the chart" in obstacles(letter, matter)


def test_a_letter_without_a_date_of_service_is_refused() -> None:
    with pytest.raises(UsageError, match="in force on the date of service"):
        compose(matter_of(report_on("stimulator-trial.txt", day=None)), LetterKind.LEVEL_1)


def test_a_policy_newer_than_the_service_is_refused() -> None:
    report = report_on("stimulator-trial.txt")
    first = report.determinations[0]
    assert first.guideline is not None
    newer = replace(first, guideline=replace(first.guideline, effective_from=DAY.replace(year=2027)))
    with pytest.raises(UsageError, match="after the date of service"):
        compose(matter_of(replace(report, determinations=(newer,))), LetterKind.LEVEL_1)


def test_a_tampered_quote_does_not_resolve() -> None:
    matter = matter_of(report_on("stimulator-trial.txt"))
    letter = compose(matter, LetterKind.REQUEST)
    chart = next(each for each in letter.sentences() if each.kind is Kind.CHART)
    support = chart.supports[0]
    assert isinstance(support, QuoteSupport)
    moved = replace(support, quote=replace(support.quote, start=support.quote.start + 1, end=support.quote.end + 1))
    assert list(faults_of(replace(chart, supports=(moved,)), matter)) == ["its words do not stand at their place"]
    assert list(faults_of(replace(chart, text="Other words."), matter)) == ["it does not repeat the words"]


MET = b"""Harbor Pain and Spine Center
Patient: Test Patient A    Date of visit: 07/20/2026

HISTORY: 58-year-old woman with failed back surgery syndrome after an L4-L5 laminectomy on 03/14/2023. Constant
burning, shooting neuropathic pain in the left leg since then.
Supervised physical therapy from 07/12/2025 to 06/27/2026, 48 visits, without relief. Gabapentin 300 mg three times
daily from 07/01/2025 to 06/30/2026, prescribed here, no improvement.
Dr. Okafor, neurosurgery, 05/18/2026: no further spine surgery is indicated.
PSYCHOLOGY: Behavioral health evaluation by Dr. Lee, PhD, on 06/01/2026: no untreated or inadequately controlled mental
health condition; he is cleared for the stimulator trial.
PLAN: Spinal cord stimulator trial with tonic stimulation.
"""


def test_a_letter_takes_the_words_that_say_most_where_there_are_too_many() -> None:
    from praxigen.letters.composing.criteria import _telling
    from praxigen.model.document import Quote

    heading, dated = (
        "Physical therapy discharge summary",
        "Supervised therapy from 02/02/2026 to 08/28/2026, 46 visits.",
    )
    said = ["Gabapentin from 02/02/2026, no improvement.", heading, "The pain is unchanged at 8/10.", dated]
    quotes = [Quote("x", 100 * place, 100 * place + len(text), text) for place, text in enumerate(said)]
    assert [quote.text for quote in _telling(quotes)] == [said[0], said[2], dated]
    assert _telling(quotes[:3]) == quotes[:3]
