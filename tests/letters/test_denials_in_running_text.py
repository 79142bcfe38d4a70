"""What letters say outside of labels and headings, and what bad input gets."""

from __future__ import annotations

from functools import cache

import pytest

from praxigen import Library
from praxigen.errors import InputError
from praxigen.letters import read_answer, read_denials
from praxigen.letters.matching import Matcher
from praxigen.model.denial import AlignmentKind, Category, Denial, Outcome


@cache
def library() -> Library:
    return Library.open()


def read(text: str, name: str = "letter.txt") -> Denial:
    return read_denials(read_answer(text.encode(), name), library()).denials[0]


def test_a_word_that_a_line_break_divides_is_read_and_quoted_whole() -> None:
    text = (
        "Aetna\nMay 4, 2026\nMember: Ada Low\nCPT 63650\n\nThe above ser-\nvices are not medically necessary. "
        "The rea-\nson is as follows:\n\nThe notes do not show six weeks of physical ther-\napy.\n"
    )
    denial = read(text)
    assert denial.outcome is Outcome.DENIED
    (reason,) = denial.reasons
    assert reason.quote.text == "The notes do not show six weeks of physical ther-\napy."
    assert text[reason.quote.start : reason.quote.end] == reason.quote.text


def test_what_is_asked_and_what_the_chart_tells_are_one_reason_in_either_order() -> None:
    head = "Aetna\nMay 4, 2026\nCPT 63685\nWe have denied this request.\n\nReason for denial\n"
    asked = "Our policy requires relief of 50 percent or more."
    told = "The trial records show relief of 30 percent."
    for first, second in ((asked, told), (told, asked)):
        (reason,) = read(f"{head}{first} {second}\n").reasons
        assert reason.quote.text == f"{first} {second}"
    also = "In addition, no psychological evaluation is documented."
    assert len(read(f"{head}{asked} {told} {also}\n").reasons) == 2


def test_a_right_is_no_reason() -> None:
    text = (
        "Aetna\nCPT 63650\nDecision: Denied\n\nReason: No MRI report was included.\n\n"
        "Your appeal must reach us within 65 days of this notice.\n"
    )
    (reason,) = read(text).reasons
    assert reason.category is Category.DOCUMENTATION


def test_units_stand_under_the_head_of_their_column() -> None:
    text = (
        "Aetna remittance\nService date  Code   Mod  Qty  Charge   Adj\n"
        "05/04/2026    99213  25   1    180.00   CO-45 57.90\n05/04/2026    22551       2    900.00   CO-197 900.00\n"
    )
    denial = read(text)
    assert [(code.code, code.units, code.outcome) for code in denial.codes] == [
        ("99213", 1, Outcome.APPROVED),
        ("22551", 2, Outcome.DENIED),
    ]
    assert denial.outcome is Outcome.DENIED_IN_PART
    assert [code.code for reason in denial.reasons for code in reason.codes] == ["197"]


def test_lines_for_help_are_no_contacts_for_an_appeal() -> None:
    text = (
        "Aetna\nCPT 63650\nYour request was denied.\n\nHow to appeal\n"
        "Write to Aetna Appeals, PO Box 10, Newark, NJ 07101.\nQuestions? Call 800-555-0100.\n"
    )
    assert [(each.kind, each.value) for each in read(text).contacts] == [
        ("address", "Aetna Appeals, PO Box 10, Newark, NJ 07101")
    ]


@pytest.mark.parametrize(
    ("guideline", "words", "criterion"),
    [
        ("cms.l39788", "The records do not show that conservative treatment was tried.", "arm-pain-and-care"),
        ("cms.l38773", "No physical therapy was documented.", "conservative-care"),
        ("aetna.cpb-0194", "There is no psychological evaluation in the records.", "written-clearance"),
    ],
)
def test_a_theme_leads_to_the_criterion_that_calls_it_otherwise(guideline: str, words: str, criterion: str) -> None:
    best = Matcher.of(library().guideline(guideline), ()).best(words)
    assert best.certain
    assert best.criteria[0].id == criterion


def test_several_criteria_on_a_theme_are_listed_and_none_is_chosen() -> None:
    best = Matcher.of(library().guideline("cms.l33456"), ()).best("Conservative treatment is not documented.")
    assert len(best.criteria) > 1
    assert not best.certain


def test_a_cited_policy_that_is_not_known_to_decide_is_not_said_to_lack_anything() -> None:
    text = (
        "Aetna\nMay 4, 2026\nCPT 22612\nWe denied this request.\n\nReason for denial\n"
        "Your records do not show a nicotine test.\n\nCriteria used: Clinical Policy Bulletin CPB 0743\n"
    )
    (reason,) = read(text).reasons
    assert [each.kind for each in reason.alignments] == [AlignmentKind.UNCERTAIN]
    assert "does not know" in reason.alignments[0].why


def test_a_state_board_decides_whoever_insures() -> None:
    text = (
        "STATE OF NEW YORK - WORKERS' COMPENSATION BOARD\nCarrier: Empire Ridge Casualty\nDecision: Denied\nCPT 63650\n"
    )
    assert read(text).payer_id == "ny-workers-compensation"


def test_a_claim_denied_without_an_adjustment_is_denied() -> None:
    assert read("CLP*1*4*100*0\n", "part.835").outcome is Outcome.DENIED
    assert read("CLP*1*22*100*0\n", "part.835").outcome is Outcome.UNCLEAR


def test_a_text_that_is_no_answer_is_asked_one_thing() -> None:
    denial = read("Pancakes. Mix flour, two eggs and milk. Serve on Sunday, May 3, 2026.\n")
    assert [each.field for each in denial.missing] == ["outcome"]


def test_a_letter_in_another_language_says_that_alone() -> None:
    denial = read(
        "Le informamos que no aprobamos el servicio que pidió su médico, porque los registros no muestran seis semanas "
        "de tratamiento conservador. Usted tiene derecho a apelar esta decisión dentro de 180 días de la fecha de la "
        "carta.\n"
    )
    assert len(denial.warnings) == 1
    assert "Spanish" in denial.warnings[0]
    assert denial.missing == ()


def test_fhir_of_another_kind_says_what_an_answer_is() -> None:
    with pytest.raises(InputError, match="ClaimResponse"):
        read_answer(b'{"resourceType": "Patient"}', "patient.json")


def test_a_house_number_is_no_code() -> None:
    text = "CareFirst\n10455 Mill Run Circle, Owings Mills, MD 21117\n\nProcedure code: 62321\nDecision: Denied\n"
    assert [code.code for code in read(text).codes] == ["62321"]


def test_a_request_that_medicare_did_not_affirm_is_denied_code_by_code() -> None:
    text = (
        "Novitas Solutions\nMedicare Administrative Contractor\n\nHCPCS    Units    Decision\n"
        "63650    2        Non-affirmed\n95972    1        Affirmed\n"
    )
    denial = read(text)
    assert denial.outcome is Outcome.DENIED_IN_PART
    assert [code.outcome for code in denial.codes] == [Outcome.DENIED, Outcome.APPROVED]
