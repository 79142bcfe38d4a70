"""Comparing editions, files and libraries: what appeared, went, tightened or loosened, and what codes moved."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from praxigen.cli.main import run
from praxigen.exports.library_changes import feed_to_atom, newest_first
from praxigen.library import Library
from praxigen.library.diff import (
    Change,
    Effect,
    compare_guidelines,
    compare_libraries,
    compare_requirements,
    edition_history,
)
from support.policy_files import GUIDELINE, PAYERS, REQUIREMENT, guideline, requirement, swap, write_library

HEAD = """\
schema: praxigen.guideline/1
id: evicore.cmm-608
title: Lumbar decompression
publisher: evicore
edition: V1
effective: {from: "2025-07-01"}
last_verified: "2026-06-26"
review_every: 180 days
status: draft
sources:
  guideline: {title: G, publisher: eviCore, trust: binding, read: full_text}
main_source: guideline
indications:
  lumbar:
    title: Lumbar
    criteria:
      id: root
      says: Everything
      source: {from: guideline, at: page 1}
"""


def tree(body: str) -> str:
    return HEAD + "".join(f"      {line}\n" for line in body.strip("\n").splitlines())


def changes(old: str, new: str) -> list[tuple[str, str, str]]:
    """Effect, item and words of each change of the criteria."""
    found = compare_guidelines(guideline(tree(old)), guideline(tree(new)))
    return [(change.effect.value, change.item, change.says) for change in found]


CARE = """
all:
  - {id: pain, says: Leg pain, ask: Q?, evidence: {concept: symptom.leg_pain, value: ">= 5 /10"}}
  - id: care
    says: Care
    ask: Q?
    evidence: {concept: treatment.exercise, duration: ">= 6 weeks", outcome: [none, insufficient], within: 6 months}
"""


@pytest.mark.parametrize(
    ("old", "new", "effect", "says"),
    [
        (">= 6 weeks", ">= 12 weeks", "tightened", "must last at least 12 weeks, was at least 6 weeks"),
        (">= 6 weeks", ">= 1 month", "loosened", "must last at least 1 month, was at least 6 weeks"),
        (">= 6 weeks", "> 6 weeks", "tightened", "must last more than 6 weeks, was at least 6 weeks"),
        (">= 6 weeks", "<= 6 weeks", "changed", "must last at most 6 weeks, was at least 6 weeks"),
        (', duration: ">= 6 weeks"', "", "loosened", "need no longer: must last at least 6 weeks"),
        ("[none, insufficient]", "[none]", "tightened", "the outcome must be one of: none; was: none, insufficient"),
        (
            "[none, insufficient]",
            "[none, worse]",
            "changed",
            "the outcome must be one of: none, worse; was: none, insufficient",
        ),
        (
            ", outcome: [none, insufficient]",
            "",
            "loosened",
            "the outcome is no longer asked for, had to be one of: none, insufficient",
        ),
        (
            "within: 6 months",
            "within: 3 months",
            "tightened",
            "must lie within 3 months before the service, was 6 months",
        ),
        (", within: 6 months", "", "loosened", "need no longer lie within 6 months before the service"),
        ("within: 6 months", "within: 6 months, state: [past]", "tightened", "the state must be one of: past"),
        (
            "within: 6 months",
            "within: 6 months, where: {region: [lumbar]}",
            "tightened",
            "the region must be one of: lumbar",
        ),
        (
            "within: 6 months",
            "within: 6 months, unless_where: {region: [cervical]}",
            "tightened",
            "the region must not be one of: cervical; was: not stated",
        ),
        (
            "within: 6 months",
            "within: 6 months, contrary_outcome: [good]",
            "tightened",
            "the outcome must not be one of: good; was: not stated",
        ),
        ("within: 6 months", "within: 6 months, who: other", "changed", "is asked of the other, was of the patient"),
        (
            "concept: treatment.exercise",
            "concept: treatment.other",
            "changed",
            "asks for treatment.other instead of treatment.exercise",
        ),
    ],
)
def test_a_limit_of_a_criterion(old: str, new: str, effect: str, says: str) -> None:
    assert changes(CARE, swap(CARE, old, new)) == [(effect, "care", f"care (Care) {says}")]


def test_a_limit_that_turns_back_turns_the_direction_back() -> None:
    later = swap(CARE, ">= 6 weeks", ">= 12 weeks")
    assert changes(later, CARE)[0][0] == "loosened"


@pytest.mark.parametrize(
    ("value", "effect"), [(">= 7 /10", "tightened"), (">= 4 /10", "loosened"), (">= 50 %", "changed")]
)
def test_a_measured_value(value: str, effect: str) -> None:
    ((found, item, says),) = changes(CARE, swap(CARE, ">= 5 /10", value))
    assert (found, item) == (effect, "pain")
    assert says == f"pain (Leg pain) the value must be at least {value[3:]}, was at least 5 /10"


def test_an_upper_limit_tightens_downward() -> None:
    low = swap(CARE, ">= 5 /10", "<= 3 /5")
    assert changes(low, swap(low, "<= 3 /5", "<= 2 /5"))[0][0] == "tightened"


def test_alternatives_of_a_leaf() -> None:
    one = "evidence: {concept: a.b}\nask: Q?"
    two = "evidence: [{concept: a.b}, {concept: a.c}]\nask: Q?"
    assert changes(one, two) == [("loosened", "root", "root (Everything) a.c is enough now")]
    assert changes(two, one) == [("tightened", "root", "root (Everything) a.c is no longer enough")]


def test_what_refutes_a_leaf_goes_the_other_way() -> None:
    old = "evidence: {concept: a.b}\nask: Q?"
    new = "evidence: {concept: a.b}\nrefuted_by: {concept: a.c}\nask: Q?"
    assert changes(old, new) == [("tightened", "root", "root (Everything) as evidence against it: a.c is enough now")]
    absent = f"{old}\nabsent_refutes: no"
    assert changes(old, absent)[0][:2] == ("loosened", "root")
    assert changes(old, f"{old}\nprefer: shown")[0][:2] == ("loosened", "root")


GROUP = """
{op}:
  - {{id: a, says: A, ask: Q?, evidence: {{concept: x.a}}}}
  - {{id: b, says: B, ask: Q?, evidence: {{concept: x.b}}}}
"""
THIRD = "  - {id: c, says: C, ask: Q?, evidence: {concept: x.c}}\n"


def group(op: str, third: bool = False) -> str:
    text = GROUP.format(op=op)
    return text + THIRD if third else text


@pytest.mark.parametrize(
    ("old", "new", "effect", "says"),
    [
        ("any", "all", "tightened", "asks for all of 2, asked for one of 2"),
        ("all", "any", "loosened", "asks for one of 2, asked for all of 2"),
        ("at_least: 2\nof", "any", "loosened", "asks for one of 2, asked for at least 2 of 2"),
        ("at_least: 1\nof", "at_least: 2\nof", "tightened", "asks for at least 2 of 2, asked for at least 1 of 2"),
        ("at_least: 2\nof", "all", "changed", "asks for all of 2, asked for at least 2 of 2"),
        ("none", "all", "changed", "is answered by all, was by none"),
    ],
)
def test_how_criteria_are_combined(old: str, new: str, effect: str, says: str) -> None:
    assert changes(group(old), group(new))[0] == (effect, "root", f"root (Everything) {says}")


@pytest.mark.parametrize(
    ("op", "more", "fewer", "place"),
    [
        ("all", "tightened", "loosened", "among all that root asks for"),
        ("any", "loosened", "tightened", "among the alternatives of root"),
        ("at_least: 1\nof", "loosened", "tightened", "among the alternatives of root"),
        ("none", "tightened", "loosened", "among the exclusions of root"),
    ],
)
def test_a_criterion_that_appears_or_goes(op: str, more: str, fewer: str, place: str) -> None:
    small, large = group(op), group(op, third=True)
    assert changes(small, large) == [(more, "c", f"c (C) appeared {place}")]
    assert changes(large, small) == [(fewer, "c", f"c (C) went {place}")]


def test_inside_an_exclusion_the_direction_turns() -> None:
    old = "none:\n  - {id: a, says: A, evidence: {concept: x.a, duration: '>= 6 weeks'}, on_silence: not_met}"
    assert changes(old, swap(old, "6 weeks", "12 weeks"))[0][:2] == ("loosened", "a")


def test_a_waiver_and_a_condition() -> None:
    waiver = "unless: {id: w, says: W, evidence: {concept: x.w}, on_silence: not_met}\n"
    condition = "applies_if: {id: k, says: K, evidence: {concept: x.k, duration: '>= 6 weeks'}, on_silence: not_met}\n"
    plain = group("all")
    assert changes(plain, waiver + plain) == [("loosened", "w", "w (W) appeared as a waiver of root")]
    assert changes(waiver + plain, plain) == [("tightened", "w", "w (W) went as a waiver of root")]
    assert changes(plain, condition + plain) == [("loosened", "k", "k (K) appeared as a condition of root")]
    harder = swap(condition, "6 weeks", "12 weeks")
    assert changes(condition + plain, harder + plain)[0][:2] == ("loosened", "k")


def test_a_group_that_appears_is_told_once() -> None:
    new = group("all") + "  - id: g\n    says: G\n    any:\n" + "    " + THIRD
    assert changes(group("all"), new) == [
        ("tightened", "g", "g (G) appeared among all that root asks for, with 1 criterion of its own")
    ]


def test_a_criterion_under_another_id_is_found_by_what_it_asks() -> None:
    assert changes(CARE, swap(swap(CARE, "id: care", "id: therapy"), ">= 6 weeks", ">= 12 weeks")) == [
        ("reworded", "therapy", "therapy (Care) was called care"),
        ("tightened", "therapy", "therapy (Care) must last at least 12 weeks, was at least 6 weeks"),
    ]


def test_a_criterion_that_moves() -> None:
    nested = group("all") + "  - id: g\n    says: G\n    any:\n" + "    " + THIRD
    flat = (
        group("all", third=True) + "  - {id: g, says: G, any: [{id: d, says: D, ask: Q?, evidence: {concept: x.d}}]}\n"
    )
    assert (
        "moved",
        "c",
        "c (C) stands now among all that root asks for, stood among the alternatives of g",
    ) in changes(nested, flat)


def test_words_only_and_how_it_is_known() -> None:
    assert changes(CARE, swap(CARE, "says: Care", "says: Some care")) == [
        ("reworded", "care", 'care (Some care) said: "Care"')
    ]
    weaker = swap(CARE, "    says: Care\n", "    says: Care\n    source: {from: guideline, at: p, read: summary}\n")
    assert changes(CARE, weaker)[0] == (
        "changed",
        "care",
        (
            "care (Care) is known as not confirmed: of a binding policy, but known from a summary, not read, "
            "was binding, read in full"
        ),
    )


def test_nothing_changed() -> None:
    assert compare_guidelines(guideline(), guideline()) == ()
    assert compare_requirements(requirement(), requirement()) == ()


def test_indications_and_what_is_not_covered() -> None:
    old = guideline(HEAD.replace("  lumbar:", "  cervical:") + "      attest: surgeon\n      ask: Q?\n")
    new = guideline(
        HEAD + "      attest: surgeon\n      ask: Q?\n"
        "not_covered:\n  - {id: laser, says: Laser., source: {from: guideline, at: p}}\n"
    )
    assert compare_guidelines(old, new) == (
        Change(Effect.APPEARED, "lumbar", "lumbar", 'the indication lumbar appeared: "Lumbar", 1 criterion'),
        Change(Effect.WENT, "cervical", "cervical", 'the indication cervical went: "Lumbar", 1 criterion'),
        Change(Effect.TIGHTENED, "not covered", "laser", 'the exclusion laser appeared: "Laser"'),
    )


# --- Requirements -----------------------------------------------------------------------------------------------------


def requirement_changes(old: str, new: str) -> list[tuple[str, str, str]]:
    found = compare_requirements(requirement(old), requirement(new))
    return [(change.effect.value, change.part, change.says) for change in found]


@pytest.mark.parametrize(
    ("answer", "effect"), [("not_required", "loosened"), ("varies", "loosened"), ("unknown", "changed")]
)
def test_the_authorization_of_a_code(answer: str, effect: str) -> None:
    new = swap(REQUIREMENT, "label: lumbar,", f"label: lumbar, prior_authorization: {answer},")
    words = answer.replace("_", " ")
    assert requirement_changes(REQUIREMENT, new) == [
        (effect, "codes", f"authorization of 63047 is {words}, was required")
    ]


def test_a_code_that_moves_to_other_criteria() -> None:
    new = swap(REQUIREMENT, 'codes: ["63047"]\n    guideline', 'codes: ["63047", "22633"]\n    guideline')
    assert requirement_changes(REQUIREMENT, new) == [
        ("moved", "routes", "22633 is decided by evicore.cmm-608, lumbar, was by no route")
    ]
    stage = swap(
        REQUIREMENT,
        "stages: [trial]\n    guideline: none\n    why: The criteria are in the portal.",
        "stages: [trial]\n    guideline: evicore.cmm-608\n    indication: lumbar",
    )
    assert requirement_changes(REQUIREMENT, stage) == [
        ("moved", "routes", "63046 at trial is decided by evicore.cmm-608, lumbar, was by no public criteria")
    ]


def test_codes_and_lists_of_a_requirement() -> None:
    new = REQUIREMENT.replace("22633", "22630")
    new = swap(new, "M48.062", "M48.061")
    new = swap(new, "says: Six weeks of care", "says: Eight weeks of care")
    new = swap(new, "turnaround: Not stated.", "turnaround: Two days.")
    assert requirement_changes(REQUIREMENT, new) == [
        ("appeared", "codes", "the code 22630 appeared, authorization unknown"),
        ("went", "codes", "the code 22633 went"),
        ("changed", "head", "turnaround is Two days., was Not stated."),
        ("appeared", "diagnoses", "the diagnosis M48.061 appeared"),
        ("went", "diagnoses", "the diagnosis M48.062 went"),
        (
            "reworded",
            "page criteria",
            'the page\'s criterion six-weeks says now: "Eight weeks of care", said: "Six weeks of care"',
        ),
    ]


def test_corrections_and_questions_of_a_requirement() -> None:
    new = swap(
        REQUIREMENT,
        "turnaround: Not stated.",
        "turnaround: Not stated.\ncorrections: [{id: a, page_says: A, we_say: B, why: C, source: {from: page, at: p}}]",
    )
    new = swap(new, "answer: Yes.", "answer: No.")
    assert requirement_changes(REQUIREMENT, new) == [
        ("appeared", "corrections", 'the correction a appeared: "B instead of A"'),
        ("reworded", "questions", 'the question Is it required? says now: "No", said: "Yes"'),
    ]


# --- Libraries, history and the feed ----------------------------------------------------------------------------------

LATER = swap(swap(GUIDELINE, "\nedition: V1.0.2025", "\nedition: V2"), '{from: "2025-07-01"}', '{from: "2026-08-04"}')


def with_history(folder: Path) -> Path:
    later = swap(LATER, ">= 5 /10", ">= 7 /10") if ">= 5 /10" in LATER else LATER
    return write_library(folder, guideline=later, **{"guidelines/evicore/editions/cmm-608@V1.yaml": GUIDELINE})


def test_two_libraries(tmp_path: Path) -> None:
    old = Library.open(write_library(tmp_path / "a"))
    new = Library.open(with_history(tmp_path / "b"))
    assert compare_libraries(old, old) == ()
    (added,) = compare_libraries(old, new)
    assert (added.kind, added.id, added.old, added.new) == ("guideline", "evicore.cmm-608", "V1.0.2025", "V2")
    assert added.used_by == ("qualcare.laminectomy",)
    (gone,) = compare_libraries(new, old)
    assert (gone.old, gone.new) == ("V2", None)


def test_lists_of_two_libraries(tmp_path: Path) -> None:
    old = Library.open(write_library(tmp_path / "a"))
    payers = swap(PAYERS, "  - {id: oscar, name: Oscar Health, plans: [commercial]}\n", "")
    new = Library.open(
        write_library(tmp_path / "b", payers=swap(payers, "name: QualCare", "name: QualCare Inc."), requirement="")
    )
    assert [(each.kind, each.id, each.new) for each in compare_libraries(old, new)] == [
        ("requirement", "qualcare.laminectomy", None),
        ("payer", "oscar", None),
        ("payer", "qualcare", "qualcare"),
    ]


def test_the_feed_of_a_library(tmp_path: Path) -> None:
    entries = newest_first(edition_history(Library.open(with_history(tmp_path / "p"))))
    assert [(entry.old, entry.new, str(entry.day)) for entry in entries] == [
        ("V1.0.2025", "V2", "2026-08-04"),
        (None, "V1.0.2025", "2025-07-01"),
    ]
    atom = feed_to_atom(entries)
    assert atom == feed_to_atom(entries)
    root = ET.fromstring(atom)  # noqa: S314  our own text
    name = "{http://www.w3.org/2005/Atom}"
    assert root.tag == f"{name}feed"
    assert root.findtext(f"{name}updated") == "2026-08-04T00:00:00Z"
    ids = [entry.findtext(f"{name}id") for entry in root.findall(f"{name}entry")]
    assert ids == [
        "urn:praxigen:guideline:evicore.cmm-608:V2",
        "urn:praxigen:guideline:evicore.cmm-608:V1.0.2025",
    ]
    for entry in root.findall(f"{name}entry"):
        assert entry.findtext(f"{name}title")
        assert entry.findtext(f"{name}updated")
    assert "Used by: qualcare.laminectomy." in (root.findtext(f"{name}entry/{name}content") or "")


def test_a_feed_without_entries_is_a_feed() -> None:
    root = ET.fromstring(feed_to_atom(()))  # noqa: S314  our own text
    assert root.findtext("{http://www.w3.org/2005/Atom}updated") == "1970-01-01T00:00:00Z"


# --- The commands -----------------------------------------------------------------------------------------------------


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run(["library", *arguments])
    text = capsys.readouterr()
    return code, text.out, text.err


def test_diff_of_editions_files_and_folders(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = write_library(tmp_path / "a"), with_history(tmp_path / "b")
    name = "guidelines/evicore/cmm-608.yaml"
    where = ("--library", str(new))
    for arguments in (
        ("evicore.cmm-608@V1.0.2025", "evicore.cmm-608", *where),
        (str(old / name), str(new / name), *where),
        (str(old), str(new)),
    ):
        code, out, err = shown(capsys, "diff", *arguments)
        assert (code, err) == (0, "")
        assert out.startswith("guideline evicore.cmm-608: Lumbar decompression - V2, was V1.0.2025\n")
        assert "First day is 2026-08-04, was 2025-07-01." in out or "first day is 2026-08-04" in out
        assert "Used by: qualcare.laminectomy" in out
        answer = json.loads(shown(capsys, "diff", *arguments, "--format", "json")[1])
        assert answer["schema"] == "praxigen.library-diff/1"
        assert answer["comparisons"][0]["new"] == "V2"
        assert shown(capsys, "diff", *arguments, "--format", "markdown")[1].startswith("## guideline evicore.cmm-608")


def test_no_difference(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(write_library(tmp_path / "a"))
    assert shown(capsys, "diff", folder, folder) == (0, "No difference.\n", "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("evicore.cmm-608@V9", "evicore.cmm-608"),
            "the library has no edition 'V9' of evicore.cmm-608\n  It has: V1.0.2025.",
        ),
        (
            ("evicore.cmm-609", "evicore.cmm-608"),
            "unknown guideline 'evicore.cmm-609'\n  Did you mean 'evicore.cmm-608'?",
        ),
        (("no/such.yaml", "evicore.cmm-608"), "there is no file 'no/such.yaml'"),
        (("evicore.cmm-608", "qualcare.laminectomy"), "a guideline can only be compared with a guideline"),
        (("FOLDER", "evicore.cmm-608"), "a folder can only be compared with a folder"),
    ],
)
def test_what_cannot_be_compared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, str], message: str
) -> None:
    folder = str(write_library(tmp_path / "a"))
    given = [folder if each == "FOLDER" else each for each in arguments]
    code, out, err = shown(capsys, "diff", *given, "--library", folder)
    assert (code, out) == (2, "")
    assert err.startswith(f"praxigen: {message}")


def test_changes_as_a_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = ("--library", str(with_history(tmp_path / "b")))
    assert shown(capsys, "changes", *where)[1].startswith("guideline evicore.cmm-608: Lumbar decompression - V2")
    answer = json.loads(shown(capsys, "changes", "--format", "json", "--since", "2026-01-01", *where)[1])
    assert [entry["new"] for entry in answer["entries"]] == ["V2"]
    assert shown(capsys, "changes", "--format", "atom", *where)[1].startswith(
        '<?xml version="1.0" encoding="utf-8"?>\n'
    )
    assert shown(capsys, "changes", "--since", "soon", *where)[2].startswith("praxigen: 'soon' is not a date")
