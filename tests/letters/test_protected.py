"""Signs of specially protected records: what they find, what they leave, and what a faulty file gets."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from letters.test_letters import MET
from praxigen.cli.main import run
from praxigen.datafiles import FaultyFileError, parse_yaml, shipped
from praxigen.letters.composing.compose import compose
from praxigen.letters.composing.letter import LetterKind
from praxigen.letters.composing.packet import Packet, pack
from praxigen.letters.composing.protected import PLACE, lint_protected, protected_records, read_protected
from support.matters import matter_of, report_on

TEXT = (shipped("policies") / PLACE).read_text(encoding="utf-8")
SIGNS = {
    "psychotherapy-notes": (
        ["PSYCHOTHERAPY NOTE, session 4", "psychotherapy session notes", "the therapist's process notes"],
        ["Psychotherapy once a week.", "No psychotherapy notes are part of this chart.", "physical therapy notes"],
    ),
    "substance-use-treatment": (
        ["Attends a methadone clinic daily.", "after detox", "substance use disorder program at the county",
         "No relief from methadone maintenance.", "Opioid use disorder, medication-assisted treatment since 2024",
         "No pain today. Substance abuse treatment continues."],
        ["Denies any past enrollment in a methadone program.", "No untreated substance use disorder.",
         "no history of substance use disorder", "Methadone 5 mg for pain", "detoxifying tea"],
    ),
    "hiv": (
        ["HIV negative", "Human immunodeficiency\nvirus", "AIDS since 2001", "antiretrovirals", "HIV-1 RNA"],
        ["WALKING AIDS: none", "hearing aids", "The brace aids the gait.", "ARCHIVES", "Archive"],
    ),
    "genetic": (
        ["genetic testing was offered", "BRCA1 positive", "genetic counselor", "a pathogenic variant of COL1A1"],
        ["genetics of pain in general", "brca", "generic test"],
    ),
    "reproductive": (
        ["pregnancy test negative", "miscarriage in 2019", "uses contraception", "in vitro fertilization"],
        ["The device was aborted after the test lead moved.", "pregnant pause"],
    ),
}  # fmt: skip


def found(text: str) -> set[str]:
    return {each.id for each in protected_records() if each.stands_in(text)}


def test_every_class_is_tried_both_ways() -> None:
    assert set(SIGNS) == {each.id for each in protected_records()}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, (signs, _) in SIGNS.items() for text in signs])
def test_a_sign_is_found(name: str, text: str) -> None:
    assert name in found(f"Seen today. {text} Plan below.")


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, (_, none) in SIGNS.items() for text in none])
def test_what_is_no_sign_is_left(name: str, text: str) -> None:
    assert name not in found(f"Seen today. {text} Plan below.")


def test_each_class_names_its_law_and_how_it_is_known() -> None:
    for each in protected_records():
        assert each.law in each.says
        assert each.citation.is_seen or "to verify: the text was not read" in each.says
    assert {each.id for each in protected_records() if each.kept_out} == {"psychotherapy-notes"}


def packed(chart: bytes, **how: object) -> Packet:
    matter = matter_of(report_on(chart, stage="trial"))
    return pack(matter, compose(matter, LetterKind.REQUEST), **how)  # type: ignore[arg-type]


def test_a_page_with_a_sign_is_shown_with_a_warning() -> None:
    made = packed(MET + b"SOCIAL: HIV negative in 2024.\n")
    assert len(made.exhibits) == 1
    (warning,) = made.warnings
    assert "may hold HIV status. A state may ask for a consent of its own." in warning
    assert "A person decides" in warning
    assert packed(MET).warnings == ()


def test_a_practice_replaces_a_class(tmp_path: Path) -> None:
    (tmp_path / "privacy").mkdir()
    own = TEXT.replace("keep_out: yes", "keep_out: no", 1).replace("what: psychotherapy notes", "what: private notes")
    (tmp_path / PLACE).write_text(own, encoding="utf-8")
    classes = protected_records([tmp_path])
    assert len(classes) == len(SIGNS)
    made = packed(b"PSYCHOTHERAPY NOTE, session 4\n" + MET, classes=classes)
    assert len(made.exhibits) == 1
    assert "private notes" in made.warnings[0]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("praxigen.protected-records/1", "praxigen.protected-records/2", "must be of schema"),
        ("    law: 42 CFR Part 2\n", "", "needs 'law'"),
        ("    keep_out: yes\n", "    keep_out: sometimes\n", "'keep_out' cannot be"),
        ("    denied: counts\n    say: [human", "    denied: maybe\n    say: [human", "'denied' cannot be"),
        ("source: {from: part-2, at: the whole part}", "source: {from: part-3, at: x}", "no source is called 'part-3'"),
        ("  - id: genetic\n", "  - id: hiv\n", "stands twice"),
        ("  - id: genetic\n", "  - id: genetic\n    also: x\n", "has no key 'also'"),
        ("denials: [", "denials: []\nother: [", "'denials' is empty"),
    ],
)
def test_a_faulty_file_is_refused_with_its_place(old: str, new: str, why: str) -> None:
    assert old in TEXT
    with pytest.raises(FaultyFileError) as refused:
        read_protected(parse_yaml(TEXT.replace(old, new, 1).encode(), "p.yaml"), "p.yaml")
    (fault, *_) = [fault for fault in refused.value.faults if why in fault.message]
    assert fault.line > 0


def test_a_class_without_a_sign_is_refused() -> None:
    text = TEXT[: TEXT.index("  - id: psychotherapy-notes")] + (
        "  - {id: a, what: W, law: L, asks: A., denied: counts, source: {from: hipaa, at: x}}\n"
    )
    with pytest.raises(FaultyFileError, match="needs 'say' here"):
        read_protected(parse_yaml(text.encode(), "p.yaml"), "p.yaml")


def test_lint_tells_faults_of_the_classes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "privacy").mkdir()
    (tmp_path / PLACE).write_text(TEXT.replace("asks:", "ask:", 1), encoding="utf-8")
    assert {fault.code for fault in lint_protected([tmp_path])} == {"missing-key", "unknown-key"}
    assert lint_protected([]) == ()
    run(["library", "lint", "--library", str(tmp_path), "--today", date(2026, 11, 22).isoformat()])
    assert "privacy/protected-records.yaml" in capsys.readouterr().out


def test_a_cover_says_what_is_not_known() -> None:
    cover = dict(packed(MET).cover)
    assert cover["Portal"].startswith("eviCore")
    assert cover["Telephone"] == cover["Fax"] == "not known: ask the payer"
    matter = matter_of(report_on(MET, stage="trial"), fields=())
    bare = dict(pack(matter, compose(matter, LetterKind.REQUEST)).cover)
    assert bare["Address"] == "not known: ask the payer"
    assert bare["Member number"] == "not known: member number on the insurance card"
    assert bare["Reference"] == "not known: reference number of the payer for this matter"
