"""The law in letters: only citations that can be stood on, and never what a rule does not give."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from praxigen.datafiles import shipped
from praxigen.law import Law
from praxigen.letters.composing.clock import Plan, time_letter
from praxigen.letters.composing.compose import compose, law_sentence
from praxigen.letters.composing.final import obstacles
from praxigen.letters.composing.letter import Letter, LetterKind, Paragraph
from praxigen.letters.composing.matter import Matter
from praxigen.letters.composing.sentence import Kind
from support.matters import all_confirmed, matter_of, report_on, text_of

ERISA = Plan("commercial", "self_funded", None, None, date(2026, 10, 6))
NEW_JERSEY = Plan("nj_insured_group", None, None, None, date(2026, 10, 6))
ADVANTAGE = Plan("medicare_advantage", None, None, None, date(2026, 10, 6))
APPEALS = (LetterKind.LEVEL_1, LetterKind.LEVEL_2, LetterKind.EXPEDITED, LetterKind.EXTERNAL)
AGAINST_US = ("not demanded", "need not be", "names no specialty", "not required")


def drafted(plan: Plan, kind: LetterKind = LetterKind.LEVEL_1, law: Law | None = None) -> tuple[Letter, Matter]:
    timed = time_letter(kind, plan, None, law)
    matter = matter_of(report_on("lumbar-laminectomy.txt", codes=("63047",)), clock=timed.clock)
    matter = replace(matter, notes=(*timed.notes, *matter.notes))
    return compose(matter, kind), matter


def doubtful(tmp_path: Path) -> Law:
    """The shipped law, in which nobody saw where the time to appeal and the reviewer of an appeal stand."""
    text = (shipped("policies") / "law" / "erisa.yaml").read_text(encoding="utf-8")
    for law in ("29 CFR 2560.503-1(h)(3)(i)\n    effective", "29 CFR 2560.503-1(h)(3)(iii)\n    confidence"):
        assert text.count(f"law: {law}") == 1
        where, _, key = law.partition("\n    ")
        text = text.replace(f"law: {law}", f"law: {where}\n    verify: The paragraph was not seen.\n    {key}")
    (tmp_path / "law").mkdir()
    (tmp_path / "law" / "erisa.yaml").write_text(text, encoding="utf-8")
    return Law.open(tmp_path)


@pytest.mark.parametrize("plan", [ERISA, NEW_JERSEY, ADVANTAGE], ids=["erisa", "nj", "ma"])
@pytest.mark.parametrize("kind", APPEALS)
def test_no_appeal_says_what_a_rule_does_not_give(plan: Plan, kind: LetterKind) -> None:
    letter, _ = drafted(plan, kind)
    said = text_of(letter)
    assert not any(words in said for words in AGAINST_US)


def test_what_a_rule_does_not_give_is_told_to_the_person() -> None:
    letter, _ = drafted(ERISA)
    assert "a health professional with training and experience in that field of medicine" in text_of(letter)
    (note,) = [note for note in letter.notes if "not demanded" in note]
    assert "29 CFR 2560.503-1(h)(3)(iii)" in note
    advantage, _ = drafted(ADVANTAGE)
    assert "who had no part in the first decision, decides on medical necessity (42 CFR 422.590(h))" in text_of(
        advantage
    )
    assert any("need not be the specialty" in note for note in advantage.notes)
    assert "of the same specialty" not in text_of(advantage)


def test_the_same_specialty_is_asked_for_where_the_law_gives_it() -> None:
    letter, _ = drafted(NEW_JERSEY)
    assert "a peer-to-peer conversation with a physician of the same specialty" in text_of(letter)


def test_a_citation_that_nobody_saw_is_a_point_to_verify_and_no_sentence(tmp_path: Path) -> None:
    letter, matter = drafted(ERISA, law=doubtful(tmp_path))
    cited = [each.text for each in letter.sentences() if each.kind is Kind.LAW]
    assert cited
    assert not any("(h)(3)(i)" in each or "(h)(3)(iii)" in each for each in cited)
    assert "The last day by that rule" not in text_of(letter)
    points = [note for note in letter.notes if note.startswith("Point to verify, not cited in the letter:")]
    assert len(points) == 2
    assert all("The paragraph was not seen." in point for point in points)
    decided = replace(matter, dispositions=all_confirmed(letter, matter))
    assert not any("no source" in each for each in obstacles(compose(decided, LetterKind.LEVEL_1), decided))


def test_a_doubtful_citation_that_gets_in_keeps_a_letter_from_being_final() -> None:
    letter, matter = drafted(ERISA)
    rule = replace(matter.reviewers[0], verify="The paragraph was not seen.")
    worse = replace(letter, blocks=(*letter.blocks, Paragraph((law_sentence(rule),))))
    assert "a law sentence has no source" in obstacles(worse, replace(matter, reviewers=(rule,)))
    assert "a law sentence has no source" not in obstacles(letter, matter)
