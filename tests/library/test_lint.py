"""Linting a library: a clean one passes, and every rule catches its fault, at its place and in exact words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from praxigen.datafiles import parse_yaml
from praxigen.library import Library
from praxigen.library.lint import Fault, Severity, lint
from praxigen.library.lint.diagnoses import diagnosis_problem
from praxigen.library.lint.places import At, Page
from support.policy_files import (
    CONCEPTS,
    GUIDELINE,
    PAYERS,
    PROCEDURES,
    REQUIREMENT,
    TODAY,
    line_of,
    swap,
    write_library,
)

G = "p/guidelines/evicore/cmm-608.yaml"
R = "p/requirements/qualcare/laminectomy.yaml"


def faults(folder: Path, today: date = TODAY, **files: str) -> list[Fault]:
    return list(lint(Library.open(write_library(folder / "p", **files)), today, CONCEPTS))


def only(found: list[Fault], severity: Severity = Severity.ERROR) -> tuple[str, str]:
    """The code and the text of the one fault that was found."""
    (fault,) = found
    assert fault.severity is severity
    return fault.code, str(fault)


def test_a_clean_library_has_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path) == []


def test_the_shipped_library_has_no_error() -> None:
    assert [str(fault) for fault in lint(Library.open(), date(2026, 11, 22)) if fault.severity is Severity.ERROR] == []


def test_concepts_are_not_checked_without_a_lexicon(tmp_path: Path) -> None:
    assert lint(Library.open(write_library(tmp_path, guideline=swap(GUIDELINE, "plan.fusion", "plan.x"))), TODAY) == ()


def test_an_unknown_concept_in_evidence(tmp_path: Path) -> None:
    text = swap(GUIDELINE, "{concept: plan.fusion}", "{concept: plan.fussion}")
    assert only(faults(tmp_path, guideline=text)) == (
        "unknown-concept",
        (
            f"{G}:{line_of(text, 'fussion')}:62: the lexicon knows no concept 'plan.fussion'\n"
            "  Did you mean 'plan.fusion'?"
        ),
    )


def test_an_unknown_concept_in_what_refutes(tmp_path: Path) -> None:
    text = swap(GUIDELINE, "refuted_by: {concept: symptom.leg_pain,", "refuted_by: {concept: zzz,")
    assert only(faults(tmp_path, guideline=text)) == (
        "unknown-concept",
        f"{G}:{line_of(text, 'zzz')}:33: the lexicon knows no concept 'zzz'\n  Add it to the lexicon first.",
    )


def test_an_unknown_concept_in_a_part_is_told_once(tmp_path: Path) -> None:
    text = swap(GUIDELINE, "finding.cauda_equina", "finding.cauda")
    assert only(faults(tmp_path, guideline=text))[0] == "unknown-concept"


def test_an_unknown_concept_of_a_stage(tmp_path: Path) -> None:
    text = swap(REQUIREMENT, "[plan.fusion]", "[plan.fusion, plan.trial]")
    assert only(faults(tmp_path, requirement=text)) == (
        "unknown-concept",
        f"{R}:21:24: the lexicon knows no concept 'plan.trial'\n  Add it to the lexicon first.",
    )


def test_what_the_loader_refuses_is_told_beside_the_rest(tmp_path: Path) -> None:
    text = swap(GUIDELINE, "title: Lumbar", "titel: Lumbar")
    found = faults(tmp_path, guideline=text, requirement=swap(REQUIREMENT, "M48.062", "M48.06"))
    assert [(fault.file, fault.line, fault.code) for fault in found] == [
        (G, 1, "missing-key"),
        (G, 3, "unknown-key"),
        (R, line_of(REQUIREMENT, "M48"), "diagnosis"),
    ]


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    folder = write_library(tmp_path / "p", guideline="")
    (folder / "guidelines" / "evicore").mkdir(parents=True)
    library = Library.open(folder)
    (folder / "guidelines" / "evicore" / "cmm-608.yaml").write_text(GUIDELINE)
    assert len(library.files()) == 4
    (folder / "guidelines" / "evicore" / "cmm-608.yaml").unlink()
    code, text = only(list(lint(library, TODAY)))
    assert code == "unreadable"
    assert text.startswith(f"{G}:1:1: {G} cannot be read: ")


def test_a_file_where_none_belongs(tmp_path: Path) -> None:
    found = faults(
        tmp_path, **{"guidelines/stray.yaml": "a: 1", "requirements/qualcare/x.yml": "a: 1", "payer.yaml": "a"}
    )
    assert [(fault.file, fault.code) for fault in found] == [
        ("p/guidelines/stray.yaml", "misplaced"),
        ("p/payer.yaml", "misplaced"),
        ("p/requirements/qualcare/x.yml", "misplaced"),
    ]
    assert str(found[0]) == (
        "p/guidelines/stray.yaml:1:1: no file of the library belongs here\n"
        "  Guidelines lie in guidelines/<publisher>/<number>.yaml, requirements in requirements/<payer>/, "
        "rules in national/."
    )


def test_a_folder_without_a_policy_file(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    expected = (
        "empty-library",
        (
            "empty:1:1: this folder holds no policy file\n"
            "  Name the folder that holds payers.yaml, procedures.yaml, guidelines/<publisher>/<number>.yaml "
            "and requirements/<payer>/<name>.yaml."
        ),
    )
    assert only(list(lint(Library.open(tmp_path / "empty"), TODAY))) == expected
    write_library(tmp_path / "above" / "policies")
    above = Library.open(tmp_path / "above")
    assert only(list(lint(above, TODAY)))[1].startswith("above:1:1: this folder holds no policy file\n")
    both = Library.open(write_library(tmp_path / "p"), tmp_path / "empty")
    assert only(list(lint(both, TODAY, CONCEPTS))) == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("trust: binding\n    read: full_text", "trust: binding\n    read: full_tex"),
        ("trust: binding\n    read: full_text", "trust: bindin\n    read: full_text"),
    ],
)
def test_a_fault_of_a_source_is_not_told_at_its_citations(tmp_path: Path, old: str, new: str) -> None:
    text = swap(GUIDELINE, old, new)
    text = swap(text, "from: digest, at: page 2, read: inferred", "from: guideline, at: page 2, read: summary")
    assert only(faults(tmp_path, guideline=text))[0] == "unknown-word"


def test_a_code_that_stands_twice(tmp_path: Path) -> None:
    found = faults(tmp_path, requirement=swap(REQUIREMENT, 'code: "22633"', 'code: "63047"'))
    assert only(found)[0] == "repeated-id"


def test_a_code_in_two_routes_for_one_stage(tmp_path: Path) -> None:
    text = swap(REQUIREMENT, "stages: [removal]", "stages: [removal, trial]")
    assert only(faults(tmp_path, requirement=text)) == (
        "two-routes",
        (
            f"{R}:36:13: the code 63046 is already decided by route 'thoracic-trial' for: trial\n"
            "  Give the routes different codes or stages."
        ),
    )


def test_a_code_in_two_routes_for_stages_that_it_cannot_have_is_fine(tmp_path: Path) -> None:
    text = swap(REQUIREMENT, "stages: [removal]", "stages: [removal, permanent]")
    text = swap(text, "stages: [trial]\n", "stages: [trial, permanent]\n")
    assert faults(tmp_path, requirement=text) == []


def test_a_code_in_no_route(tmp_path: Path) -> None:
    text = swap(REQUIREMENT, "listed: no, prior_authorization: unknown", "prior_authorization: unknown")
    assert only(faults(tmp_path, requirement=text)) == (
        "no-route",
        (
            f"{R}:17:12: no route decides the code 22633\n"
            "  Add it to a route; 'guideline: none' with 'why' says that nothing public decides."
        ),
    )


def test_a_code_that_needs_no_authorization_needs_no_route(tmp_path: Path) -> None:
    text = swap(REQUIREMENT, "listed: no, prior_authorization: unknown", "prior_authorization: not_required")
    assert faults(tmp_path, requirement=text) == []


def test_a_code_with_a_stage_in_no_route(tmp_path: Path) -> None:
    text = swap(REQUIREMENT, "[trial, removal]", "[trial, removal, revision, permanent]")
    assert only(faults(tmp_path, requirement=text), Severity.WARNING) == (
        "no-route",
        (
            f"{R}:16:12: no route decides the code 63046 for: revision, permanent\n"
            "  Say under 'stages' which stages the code can be."
        ),
    )


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (
            "M51.36",
            (
                "the diagnosis 'M51.36' is not billable, it is a heading\n"
                "  Write one of: M51.360, M51.361, M51.362, M51.369."
            ),
        ),
        (
            "M99.999",
            ("'M99.999' is not in the ICD-10-CM table\n  Look the diagnosis up; the code may have been replaced."),
        ),
        ("M48062", "'M48062' has not the shape of an ICD-10-CM code\n  Write it with its point, for example M48.061."),
        (
            "m48.062",
            ("'m48.062' has not the shape of an ICD-10-CM code\n  Write it with its point, for example M48.061."),
        ),
    ],
)
def test_a_diagnosis_that_cannot_stand_on_a_claim(tmp_path: Path, code: str, message: str) -> None:
    text = swap(REQUIREMENT, "M48.062", code)
    assert only(faults(tmp_path, requirement=text)) == (
        "diagnosis",
        f"{R}:{line_of(text, code)}:12: {message}",
    )


@pytest.mark.parametrize("code", ["M48.061", "M96.1", "G90.521", "G89.4", "S32.000A"])
def test_diagnoses_that_can(code: str) -> None:
    assert diagnosis_problem(code) is None


@pytest.mark.parametrize("read", ["title_only", "inferred", "not_located"])
def test_a_leaf_that_claims_to_be_binding_and_was_never_read(tmp_path: Path, read: str) -> None:
    text = swap(GUIDELINE, "from: digest, at: page 2, read: inferred", f"from: guideline, at: page 2, read: {read}")
    exercise, waiver = faults(tmp_path, guideline=text)[::-1]
    assert only([exercise]) == (
        "binding-unread",
        (
            f"{G}:{line_of(text, 'page 2')}:19: criterion 'exercise' claims to be binding, "
            f"but is {read.replace('_', ' ')}\n"
            "  Cite what was read, or write 'trust: proxy' or 'trust: portal_only' in its 'source'."
        ),
    )
    assert waiver.message.startswith("criterion 'cauda-equina' claims to be binding")


def test_a_weaker_label_on_the_leaf_settles_that(tmp_path: Path) -> None:
    weaker = "from: guideline, at: page 2, read: inferred, trust: proxy"
    assert faults(tmp_path, guideline=swap(GUIDELINE, "from: digest, at: page 2, read: inferred", weaker)) == []


def test_a_leaf_that_inherits_such_a_claim_is_told_at_its_line(tmp_path: Path) -> None:
    text = swap(GUIDELINE, "trust: binding\n    read: full_text", "trust: binding\n    read: title_only")
    found = faults(tmp_path, guideline=text)
    assert {fault.code for fault in found} == {"binding-unread"}
    leaves = ("cauda-equina", "leg-pain", "credential", "stage", "code", "fusion")
    assert [fault.line for fault in found] == [line_of(text, f"id: {leaf}") for leaf in leaves]
    assert found[0].column == 13


def test_a_code_that_claims_to_be_binding_and_was_never_read(tmp_path: Path) -> None:
    text = swap(REQUIREMENT, "source: {from: page, at: list}", "source: {from: page, at: list, read: inferred}")
    assert only(faults(tmp_path, requirement=text)) == (
        "binding-unread",
        (
            f"{R}:17:96: the code 22633 claims to be binding, but is inferred\n"
            "  Cite what was read, or write 'trust: proxy' or 'trust: portal_only' in its 'source'."
        ),
    )


def test_a_source_that_claims_to_be_binding_and_was_never_found(tmp_path: Path) -> None:
    read = "publisher: QualCare, trust: binding, read: full_text}"
    lost = "  lost: {title: Policy 9, publisher: Q, trust: binding, read: not_located}\n"
    text = swap(REQUIREMENT, f"{read}\n", f"{read}\n{lost}")
    assert only(faults(tmp_path, requirement=text)) == (
        "binding-unread",
        (
            f"{R}:{line_of(text, 'lost')}:63: the source 'lost' claims to be binding, but was not located\n"
            "  Say in its 'note' who cites it as binding, or write 'trust: proxy' or 'trust: portal_only'."
        ),
    )
    assert faults(tmp_path / "said", requirement=swap(text, "not_located}", "not_located, note: The page.}")) == []


def test_such_a_source_of_a_guideline(tmp_path: Path) -> None:
    lost = "\n  lost:\n    title: X\n    publisher: Y\n    trust: binding\n    read: not_located\n"
    text = swap(GUIDELINE, "\nsources:\n", f"\nsources:{lost}")
    code, told = only(faults(tmp_path, guideline=text))
    assert code == "binding-unread"
    assert told.startswith(f"{G}:{line_of(text, 'read: not_located')}:11: the source 'lost' claims to be binding")


def test_a_verification_that_is_too_old_is_a_warning(tmp_path: Path) -> None:
    day = date(2026, 12, 23)
    assert faults(tmp_path / "due", today=day) == []
    found = faults(tmp_path / "late", today=date(2026, 12, 24))
    assert [(fault.file, fault.line, fault.column, fault.code, fault.severity) for fault in found] == [
        (G, 7, 16, "stale", Severity.WARNING),
        (R, 10, 16, "stale", Severity.WARNING),
    ]
    assert found[0].message == "last verified on 2026-06-26; it was to be verified again by 2026-12-23"
    assert found[0].hint == "Compare it with its sources and set 'last_verified'."


def test_a_verification_in_the_future_is_an_error(tmp_path: Path) -> None:
    found = faults(tmp_path, today=date(2026, 6, 25))
    assert {fault.code for fault in found} == {"future-verification"}
    assert str(found[0]) == f"{G}:7:16: verified on 2026-06-26, which is after 2026-06-25"


def test_reviewed_needs_the_full_text(tmp_path: Path) -> None:
    text = swap(GUIDELINE, "status: draft", "status: reviewed")
    exercise, waiver = faults(tmp_path, guideline=text)[::-1]
    assert only([exercise]) == (
        "reviewed-unread",
        (
            f"{G}:{line_of(text, 'page 2')}:19: the status is reviewed, but criterion 'exercise' is known from: "
            "inferred\n"
            "  Read the full text, or write 'status: draft'."
        ),
    )
    assert (waiver.line, waiver.code) == (line_of(text, "id: cauda-equina"), "reviewed-unread")
    full = swap(text, "from: digest, at: page 2, read: inferred", "from: guideline, at: page 2")
    assert faults(tmp_path / "full", guideline=full) == []


@pytest.mark.parametrize(
    ("old", "new", "missing"),
    [
        ("{leg-pain: met, ", "{", "met"),
        ("{leg-pain: not_documented, ", "{", "anything but met"),
        ("cauda-equina: not_met, ", "", "anything but met"),
    ],
)
def test_a_leaf_that_is_not_tested_both_ways(tmp_path: Path, old: str, new: str, missing: str) -> None:
    leaf = "leg-pain" if "leg-pain" in old else "cauda-equina"
    text = swap(GUIDELINE, old, new)
    code, told = only(faults(tmp_path, guideline=text))
    assert code == "untested"
    assert told.startswith(f"{G}:{line_of(text, f'id: {leaf}')}:")
    assert told.endswith(
        f": of criterion {leaf!r} no test expects {missing}\n"
        "  Add a note that shows it and a note that does not, with its id under 'expect'."
    )


def test_a_leaf_that_is_not_tested_at_all(tmp_path: Path) -> None:
    text = swap(GUIDELINE, ", fusion: met}", "}")
    text = swap(text, ", fusion: not_met}", "}")
    assert "of criterion 'fusion' no test expects anything\n" in only(faults(tmp_path, guideline=text))[1]


def test_a_copy_of_a_leaf_may_be_the_one_that_is_tested(tmp_path: Path) -> None:
    text = swap(GUIDELINE, "cauda-equina: not_met,", "cauda-equina-2: not_met,")
    assert faults(tmp_path, guideline=text) == []


@pytest.mark.parametrize("ask", ["ask: Who operates?\n", "ask: Is there leg pain, and how strong is it?\n"])
def test_a_leaf_without_its_question(tmp_path: Path, ask: str) -> None:
    leaf = "credential" if "Who" in ask else "leg-pain"
    text = swap(GUIDELINE, f"          {ask}", "")
    assert only(faults(tmp_path, guideline=text)) == (
        "missing-ask",
        (
            f"{G}:{line_of(text, f'id: {leaf}')}:15: criterion {leaf!r} has no question to ask "
            "when the chart is silent\n"
            "  Write 'ask' with a neutral question, never with a suggested answer."
        ),
    )


def test_a_route_to_an_unknown_guideline(tmp_path: Path) -> None:
    text = swap(REQUIREMENT, "guideline: evicore.cmm-608\n", "guideline: evicore.cmm-680\n")
    assert only(faults(tmp_path, requirement=text)) == (
        "unknown-guideline",
        f"{R}:25:16: no guideline is called 'evicore.cmm-680'\n  Did you mean 'evicore.cmm-608'?",
    )
    text = swap(REQUIREMENT, "guideline: evicore.cmm-608\n", "guideline: a.b\n")
    assert "Add its file under guidelines/." in only(faults(tmp_path, requirement=text))[1]


def test_a_route_to_an_unknown_indication(tmp_path: Path) -> None:
    text = swap(REQUIREMENT, "    indication: lumbar\n", "    indication: lumbal\n")
    assert only(faults(tmp_path, requirement=text)) == (
        "unknown-indication",
        f"{R}:26:17: evicore.cmm-608 V1.0.2025 has no indication 'lumbal'\n  Did you mean 'lumbar'?",
    )
    text = swap(REQUIREMENT, "    indication: lumbar\n", "    indication: zzz\n")
    assert "It has: lumbar." in only(faults(tmp_path, requirement=text))[1]


def test_every_edition_must_have_the_indication(tmp_path: Path) -> None:
    old = swap(GUIDELINE, "\n  lumbar:\n", "\n  lumbal:\n").replace("indication: lumbar", "indication: lumbal")
    old = swap(old, "edition: V1.0.2025\neffective", "edition: V1.0.2024\neffective")
    old = swap(old, '{from: "2025-07-01"}', '{from: "2024-07-01"}')
    found = faults(tmp_path, **{"guidelines/evicore/editions/cmm-608@V1.0.2024.yaml": old})
    assert only(found)[1].startswith(f"{R}:26:17: evicore.cmm-608 V1.0.2024 has no indication 'lumbar'")


def test_two_editions_with_one_first_day(tmp_path: Path) -> None:
    found = faults(tmp_path, **{"guidelines/evicore/editions/cmm-608@2.yaml": GUIDELINE})
    assert only(found)[0] == "repeated-edition"


def test_an_edition_that_has_ended(tmp_path: Path) -> None:
    text = swap(GUIDELINE, '{from: "2025-07-01"}', '{from: "2025-07-01", to: "2026-08-02"}')
    assert only(faults(tmp_path, guideline=text), Severity.WARNING) == (
        "ended",
        (
            f"{G}:6:37: V1.0.2025 ended on 2026-08-02 and the library has no later edition\n"
            "  Add the edition that holds now."
        ),
    )
    last_day = swap(GUIDELINE, '{from: "2025-07-01"}', '{from: "2025-07-01", to: "2026-08-03"}')
    assert faults(tmp_path / "last", guideline=last_day) == []


def test_parties_that_no_list_knows(tmp_path: Path) -> None:
    payers = swap(PAYERS, "id: qualcare", "id: qualcar")
    procedures = swap(PROCEDURES, "id: laminectomy", "id: other")
    assert [str(fault) for fault in faults(tmp_path, payers=payers, procedures=procedures)] == [
        f"{R}:3:8: no payer is called 'qualcare'\n  Did you mean 'qualcar'?",
        f"{R}:4:12: no procedure is called 'laminectomy'\n  Add it to procedures.yaml.",
    ]
    payers = "schema: praxigen.payers/1\npayers: [{id: x, name: X, plans: [commercial]}]"
    assert "Add it to payers.yaml." in only(faults(tmp_path / "x", payers=payers))[1]


def test_a_plan_that_the_payer_does_not_have(tmp_path: Path) -> None:
    text = swap(REQUIREMENT, "plans: [commercial]", "plans: [commercial, tricare]")
    assert only(faults(tmp_path, requirement=text)) == (
        "unknown-plan",
        (
            f"{R}:6:21: payers.yaml does not give 'qualcare' the plan 'tricare'\n"
            "  It gives: commercial, medicare_advantage."
        ),
    )


def test_a_list_with_a_fault_is_told_once_and_not_at_every_use(tmp_path: Path) -> None:
    found = faults(tmp_path, payers="schema: x", procedures="a: [")
    assert {fault.file for fault in found} == {"p/payers.yaml", "p/procedures.yaml"}


def test_a_guideline_with_a_fault_does_not_spoil_the_routes_to_it(tmp_path: Path) -> None:
    assert {fault.file for fault in faults(tmp_path, guideline="a: [")} == {G}


def test_a_code_in_two_requirements_of_one_plan(tmp_path: Path) -> None:
    other = swap(REQUIREMENT, "id: qualcare.laminectomy", "id: qualcare.zz")
    found = faults(tmp_path, **{"requirements/qualcare/zz.yaml": other})
    assert [(fault.file, fault.line, fault.column, fault.code) for fault in found] == [
        ("p/requirements/qualcare/zz.yaml", 15, 12, "shared-code"),
        ("p/requirements/qualcare/zz.yaml", 16, 12, "shared-code"),
    ]
    assert (found[0].message, found[0].severity) == (
        "qualcare.laminectomy lists the code 63047 for commercial plans as well, and is used instead",
        Severity.WARNING,
    )


def test_places_fall_back_to_what_stands_before() -> None:
    page = Page("f.yaml", parse_yaml(b"a: [x]\nb: y\n", "f.yaml"))
    assert (page.of("a", 0).column, page.of("a", "b").column, page.of("b", 0).line) == (5, 4, 2)
    assert page.of("c").line == 1
    assert page.at_line(2, "a") == At(2, 1)
    assert page.at_line(1, "a", text="x") == At(1, 1)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_file_with_a_line_lost_is_linted_or_refused_but_never_crashes(tmp_path: Path, data: st.DataObject) -> None:
    files = {"guideline": GUIDELINE, "requirement": REQUIREMENT, "payers": PAYERS, "procedures": PROCEDURES}
    name = data.draw(st.sampled_from(sorted(files)))
    lines = files[name].splitlines(keepends=True)
    at = data.draw(st.integers(0, len(lines) - 1))
    files[name] = "".join(lines[:at] + lines[at + 1 :]) or " "
    for fault in faults(tmp_path, **files):
        assert fault.line >= 1
        assert fault.column >= 1
        assert fault.message
