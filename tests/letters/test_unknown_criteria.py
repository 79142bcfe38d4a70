"""A payer or code for which the library holds nothing: what can be drafted is drafted, and no criterion is invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters.test_appeals import FILES
from letters.test_letters import walk
from praxigen.cli.answered import answered_matter
from praxigen.cli.letter_options import Asked
from praxigen.cli.main import run
from praxigen.errors import UsageError
from praxigen.letters.composing.compose import compose
from praxigen.letters.composing.letter import Letter, LetterKind
from praxigen.letters.composing.matter import Matter
from praxigen.letters.composing.packet import pack
from praxigen.letters.composing.proof import unsupported
from praxigen.letters.composing.sentence import Kind
from praxigen.letters.composing.sheet import call_sheet
from support.matters import EXAMPLES, text_of

CHART = EXAMPLES / "letters" / "chart.txt"
ASKS = "the policy with its number and edition"


def drafted(name: str, kind: str | None = None, **others: object) -> tuple[Letter, Matter]:
    path = next((str(path) for path in FILES if path.name.startswith(name)), None) if name else None
    values: dict[str, object] = {
        "chart": (str(CHART),), "payer": None, "codes": (), "plan": None, "day": "2026-10-19", "stage": None,
        "attested": (), "diagnoses": (), "fields": (), "written_on": "2026-11-02", "practice": None, "templates": (),
        "dispositions": None, "blank": None, "final": False, "form": None, "output": None, "password": None,
        "folders": (), "received": "2026-10-06", "denial": path, "confirmed": True,
    }  # fmt: skip
    asked = Asked(**(values | others))  # type: ignore[arg-type]
    matter, chosen = answered_matter(asked, kind, LetterKind.LEVEL_1)
    return compose(matter, chosen), matter


@pytest.mark.parametrize(
    ("name", "kind", "payer", "code"),
    [
        ("08", LetterKind.LEVEL_1, "Horizon NJ Health", "62323"),
        ("14", LetterKind.CORRECTED, "UMR", "63047"),
    ],
)
def test_an_answer_without_known_criteria_gets_the_letter_that_can_be_drafted(
    name: str, kind: LetterKind, payer: str, code: str
) -> None:
    letter, matter = drafted(name)
    walk(letter, matter)
    assert letter.kind is kind
    assert unsupported(letter, matter) == ()
    assert letter.criteria == ()
    said = text_of(letter)
    assert f"We know of no public criteria of {payer} for {code}." in said
    assert ASKS in said
    assert not any(each.kind in (Kind.POLICY, Kind.CHART, Kind.ARGUMENT) for each in letter.sentences())
    quoted = [each.text for each in letter.sentences() if each.kind is Kind.DENIAL]
    assert all(any(reason.quote.text.split()[0] in each for each in quoted) for reason in matter.reasons)
    assert any("none is known does not mean that none is used" in note for note in letter.notes)
    assert "criterion by criterion" not in said


def test_the_clinicians_reason_stands_where_no_criterion_does() -> None:
    asked, _ = drafted("08")
    assert any(
        each.kind is Kind.GAP and "why this patient needs the service" in each.text for each in asked.sentences()
    )
    letter, matter = drafted("08", fields=("clinical_need=Relief of six months after each injection (chart, page 2).",))
    walk(letter, matter)
    assert "Relief of six months after each injection (chart, page 2)." in text_of(letter)


@pytest.mark.parametrize("kind", ["missing-information", "external-review", "retro-authorization", "appeal-expedited"])
def test_other_letters_are_drafted_too(kind: str) -> None:
    letter, matter = drafted("08", kind)
    walk(letter, matter)
    assert unsupported(letter, matter) == ()
    assert ("Please obtain from the payer" in text_of(letter)) is (kind == "external-review")


def test_a_code_that_a_known_payer_is_not_known_for(capsys: pytest.CaptureFixture[str]) -> None:
    common = ["--chart", str(CHART), "--payer", "qualcare", "--code", "99999", "--date-of-service", "2026-10-19"]
    assert run(["request-letter", *common]) == 0
    assert "We know of no public criteria of QualCare for 99999." in " ".join(capsys.readouterr().out.split())
    assert run(["appeal", "--reason", "Not covered.", *common]) == 0
    assert "the letter argues none" in capsys.readouterr().err


def test_sheet_and_packet_hold_what_is_known() -> None:
    letter, matter = drafted("08")
    walk(call_sheet(matter), matter)
    made = pack(matter, letter)
    assert made.exhibits == ()
    assert dict(made.cover)["Portal"] == "not known: ask the payer"


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--payer", "qualcair", "--code", "63650"], "unknown payer 'qualcair'"),
        (["--payer", "qualcare", "--code", "6365"], "6365"),
        (["--payer", "qualcare", "--code", "63650", "--plan", "medicair"], "unknown plan"),
        (["--code", "63650"], "no payer was given"),
    ],
)
def test_what_is_mistyped_is_still_refused(options: list[str], why: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["appeal", "--reason", "x", "--chart", str(CHART), "--date-of-service", "2026-10-19", *options]) == 2
    assert why in capsys.readouterr().err


def test_a_typed_payer_that_is_like_none_known_stands_as_typed(capsys: pytest.CaptureFixture[str]) -> None:
    letter, matter = drafted("", payer="Wellfleet Insurance", codes=("63650",), reasons=("Not covered.",))
    walk(letter, matter)
    assert unsupported(letter, matter) == ()
    assert (matter.payer_name, letter.criteria) == ("Wellfleet Insurance", ())
    assert "We know of no public criteria of Wellfleet Insurance for 63650." in text_of(letter)
    assert "the library knows no payer of this or a like name: 'Wellfleet Insurance'" in capsys.readouterr().err
    asked = ["--chart", str(CHART), "--payer", "Wellfleet Insurance", "--code", "63650"]
    assert run(["request-letter", *asked, "--date-of-service", "2026-10-19"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "We know of no public criteria of Wellfleet Insurance for 63650." in said


def test_a_typed_payer_wins_over_the_one_that_the_letter_names() -> None:
    letter, matter = drafted("02", payer="Wellfleet Insurance")
    walk(letter, matter)
    assert unsupported(letter, matter) == ()
    assert (matter.payer_name, letter.criteria) == ("Wellfleet Insurance", ())


@pytest.mark.parametrize("near", ["qualcair", "Atena", "QualCare ,", "medicare advantag"])
def test_a_typed_payer_that_is_near_a_known_one_is_asked_about_and_never_guessed(near: str) -> None:
    with pytest.raises(UsageError, match="unknown payer"):
        drafted("", payer=near, codes=("63650",), reasons=("Not covered.",))


def test_a_typed_payer_near_a_known_one_can_be_kept_by_the_person() -> None:
    with pytest.raises(UsageError) as caught:
        drafted("", payer="Atena", codes=("63650",), reasons=("Not covered.",))
    assert "aetna" in caught.value.hint
    assert "--payer-as-typed" in caught.value.hint
    letter, matter = drafted("", payer="Atena", as_typed=True, codes=("63650",), reasons=("Not covered.",))
    walk(letter, matter)
    assert (matter.payer_name, letter.criteria) == ("Atena", ())


def test_a_workers_compensation_answer_is_argued_from_the_boards_guideline() -> None:
    letter, matter = drafted("07")
    walk(letter, matter)
    assert [book.id for book in matter.guidelines()] == ["nywcb.non-acute-pain"]
    assert matter.payer_name == "Empire Ridge Casualty"
    said = text_of(letter)
    assert "Non-Acute Pain Medical Treatment Guidelines" in said
    assert "nywcb" not in said


def test_an_insurer_is_not_tied_to_a_board_that_its_answer_does_not_name(tmp_path: Path) -> None:
    path = next(path for path in FILES if path.name.startswith("07"))
    other = tmp_path / "letter.txt"
    text = path.read_text(encoding="utf-8").replace("STATE OF NEW YORK", "STATE OF OHIO").replace("New York", "Ohio")
    other.write_text(text, encoding="utf-8")
    letter, matter = drafted("", denial=str(other))
    assert list(matter.guidelines()) == []
    assert "We know of no public criteria of Empire Ridge Casualty for 63650." in text_of(letter)
