"""Published works in letters: only verified ones, each tied to its entry; the others are named to the person."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from praxigen.datafiles import shipped
from praxigen.letters.composing.compose import compose
from praxigen.letters.composing.final import obstacles
from praxigen.letters.composing.gather import reasons_by_hand
from praxigen.letters.composing.letter import LetterKind
from praxigen.letters.composing.proof import faults_of, unsupported
from praxigen.letters.composing.sentence import Kind, Sentence, WorkSupport
from praxigen.library import Library
from praxigen.library.leaves import written_criteria
from support.matters import all_confirmed, matter_of, report_on, text_of

WORK = "insurers-microdiscectomy-conservative-care"
# What a practice's own folder would say, had somebody there read the article. Every word of it is made up.
VERIFIED = f"""\
schema: praxigen.literature/1
works:
  - id: {WORK}
    shows: In a made-up comparison, 9 of 10 policies asked for more than the guidance.
    read: full_text
    authors: [Doe J, Roe R]
    title: A made-up comparison
    journal: Journal of Examples
    year: 2020
    doi: 10.1234/example.5
    verified: {{by: E. Moreno, on: "2026-07-01"}}
"""
CITED = "Doe J, Roe R. A made-up comparison. Journal of Examples, 2020. doi:10.1234/example.5"


def _works(sentence: Sentence) -> tuple[str, ...]:
    return tuple(each.id for each in sentence.supports if isinstance(each, WorkSupport))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    (tmp_path / "literature.yaml").write_text(VERIFIED, encoding="utf-8")
    return Library.open(shipped("policies"), tmp_path)


def test_a_verified_work_stands_under_its_criterion_with_its_source(library: Library) -> None:
    report = report_on("lumbar-laminectomy.txt", codes=("63047",), library=library)
    matter = matter_of(report, reasons_by_hand(["Not medically necessary."]), library=library)
    letter = compose(matter, LetterKind.LEVEL_1)
    (sentence,) = [each for each in letter.sentences() if WORK in _works(each)]
    assert sentence.text == f"In a made-up comparison, 9 of 10 policies asked for more than the guidance ({CITED})."
    (support,) = sentence.supports
    assert isinstance(support, WorkSupport)
    assert library.literature()[support.id].citation == support.citation
    criterion = matter.criterion(support.criterion)
    assert criterion is not None
    assert support.id in criterion.literature
    assert unsupported(letter, matter) == ()
    assert not any("nobody has verified" in note for note in letter.notes)
    (note,) = [note for note in letter.notes if WORK in note]
    assert note.endswith(
        "read whole and compared by E. Moreno on 2026-07-01. Read it before you sign: doi:10.1234/example.5"
    )
    decided = replace(matter, dispositions=all_confirmed(letter, matter))
    final = compose(decided, LetterKind.LEVEL_1)
    assert CITED in text_of(final)
    assert not any("no source" in each for each in obstacles(final, decided))


def test_a_work_that_nobody_verified_is_left_out_and_says_why() -> None:
    matter = matter_of(report_on("lumbar-laminectomy.txt", codes=("63047",)))
    letter = compose(matter, LetterKind.LEVEL_1)
    assert not any(WORK in _works(each) for each in letter.sentences())
    assert "91 %" not in text_of(letter)
    (note,) = [note for note in letter.notes if WORK in note]
    assert "nobody has verified it. Known from a summary only" in note


def test_a_work_does_not_speak_for_a_criterion_that_is_open(library: Library) -> None:
    chart = b"Patient: Test Patient A\nDate of visit: 07/20/2026\nPLAN: L4-L5 laminectomy.\n"
    report = report_on(chart, codes=("63047",), library=library)
    letter = compose(matter_of(report, library=library), LetterKind.LEVEL_1)
    assert not any(each.kind is Kind.LITERATURE for each in letter.sentences())


def test_a_made_up_work_never_resolves(library: Library) -> None:
    report = report_on("lumbar-laminectomy.txt", codes=("63047",), library=library)
    verified = matter_of(report, library=library)
    support = next(s for each in compose(verified, LetterKind.LEVEL_1).sentences() for s in each.supports
                   if isinstance(s, WorkSupport) and s.id == WORK)  # fmt: skip
    text = f"{support.shows} ({support.citation})"

    def faults(changed: WorkSupport, words: str = text, *, matter: object = None) -> list[str]:
        found = matter_of(report) if matter else verified
        return list(faults_of(Sentence(Kind.LITERATURE, words, (changed,)), found))

    assert faults(support) == []
    assert faults(replace(support, id="another")) != []
    assert faults(replace(support, shows="All did well."), "All did well.") != []
    assert faults(replace(support, criterion="imaging")) == ["the criterion does not cite the work"]
    assert faults(support, "Something else.") == ["it does not say what the work shows"]
    assert "the library holds no verified work of this id" in faults(support, matter="the shipped library")
    assert list(faults_of(Sentence(Kind.LITERATURE, text), verified)) == ["it has no support"]


def test_the_person_is_told_to_read_every_shipped_work_that_a_letter_cites() -> None:
    letter = compose(matter_of(report_on("lumbar-laminectomy.txt", codes=("63047",))), LetterKind.LEVEL_1)
    cited = [name for each in letter.sentences() for name in _works(each)]
    assert cited == ["weinstein-2008-stenosis-two-years", "weinstein-2010-stenosis-four-years"]
    for name in cited:
        (note,) = [note for note in letter.notes if name in note]
        assert "compared by a machine (praxigen)" in note
        assert "Read it before you sign: https://" in note


def test_every_shipped_work_speaks_for_a_criterion() -> None:
    library = Library.open()
    cited = {name for each in library.all_guidelines() for node in written_criteria(each) for name in node.literature}
    assert cited == set(library.literature())
