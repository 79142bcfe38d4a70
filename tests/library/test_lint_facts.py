"""Faults of fact that published libraries have been seen to make: each is caught, at its place, with what to write."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from praxigen.datafiles import FaultyFileError, parse_yaml
from praxigen.library import Library
from praxigen.library.lint import Fault, Severity, lint
from praxigen.library.lint.diagnoses import label_problem
from praxigen.library.lint.known import plain_number, read_families, read_known, read_numbers
from praxigen.library.lint.sources import says_portal_only
from praxigen.library.lint.texts import says_nothing
from support.policy_files import CONCEPTS, GUIDELINE, PROCEDURES, REQUIREMENT, TODAY, line_of, swap, write_library

G = "p/guidelines/evicore/cmm-608.yaml"
R = "p/requirements/qualcare/laminectomy.yaml"
SOURCE = "  page: {title: The page, publisher: QualCare, trust: binding, read: full_text}\n"
KNEE = "  - {id: knee-replacement, label: Knee replacement}\n"


def faults(folder: Path, today: date = TODAY, **files: str) -> list[Fault]:
    return list(lint(Library.open(write_library(folder / "p", **files)), today, CONCEPTS))


def only(found: list[Fault]) -> tuple[str, str]:
    """The code and the text of the one fault that was found."""
    (fault,) = found
    assert fault.severity is Severity.ERROR
    return fault.code, str(fault)


def with_source(source: str, text: str = REQUIREMENT) -> str:
    return swap(text, SOURCE, f"{SOURCE}  other: {{{source}}}\n")


def for_knees(source: str) -> str:
    text = swap(with_source(source), "procedure: laminectomy", "procedure: knee-replacement")
    return swap(text, "title: Laminectomy or laminotomy", "title: Total knee replacement")


# --- Diagnoses --------------------------------------------------------------------------------------------------------


def test_a_heading_as_a_billable_diagnosis_comes_with_its_successors(tmp_path: Path) -> None:
    text = swap(REQUIREMENT, "code: M48.062", "code: M51.36")
    assert only(faults(tmp_path, requirement=text)) == (
        "diagnosis",
        (
            f"{R}:{line_of(text, 'M51.36')}:12: the diagnosis 'M51.36' is not billable, it is a heading\n"
            "  Write one of: M51.360, M51.361, M51.362, M51.369."
        ),
    )


def test_a_diagnosis_under_the_label_of_another(tmp_path: Path) -> None:
    label = '"cervical disc disorder, unspecified cervical region"'
    text = swap(REQUIREMENT, "code: M48.062,", f"code: M50.120, label: {label},")
    assert only(faults(tmp_path, requirement=text)) == (
        "diagnosis-label",
        (
            f"{R}:{line_of(text, 'M50.120')}:28: the label of M50.120 says 'unspecified cervical region', "
            "but the code means: Mid-cervical disc disorder, unspecified level\n"
            "  Correct the label or the code. M50.10 is: Cervical disc disorder with radiculopathy, unspecified "
            "cervical region."
        ),
    )


@pytest.mark.parametrize(
    ("code", "label", "says"),
    [
        ("M50.020", "myelopathy, unspecified cervical region", "unspecified cervical region"),
        ("M48.062", "lumbar stenosis without claudication", "without"),
        ("M48.061", "lumbar stenosis with claudication", "with"),
        ("M17.11", "knee arthrosis, left", "left"),
        ("M43.17", "lumbar slip", "lumbar"),
    ],
)
def test_labels_that_are_contradicted(code: str, label: str, says: str) -> None:
    problem = label_problem(code, label)
    assert problem is not None
    assert problem[0].startswith(f"the label of {code} says {says!r}, but the code means: ")


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("M50.120", "mid-cervical disc disorder, level unspecified"),
        ("M48.061", "lumbar stenosis, no neurogenic claudication"),
        ("M17.0", "knee OA, bilateral primary"),
        ("M19.90", "OA, site unspecified"),
        ("M23.209", "old meniscal tear, knee and meniscus unspecified"),
        ("G90.50", "CRPS type I, site unspecified"),
        ("M43.16", "lumbar spondylolisthesis"),
        ("X99.99", "a code that nobody knows is another fault"),
    ],
)
def test_paraphrases_that_are_sound(code: str, label: str) -> None:
    assert label_problem(code, label) is None


# --- Policy numbers and dates -----------------------------------------------------------------------------------------


def test_a_policy_number_cited_for_a_subject_that_is_not_its_own(tmp_path: Path) -> None:
    text = for_knees("title: Aetna policy, number: CPB 0551, publisher: Aetna, trust: binding, read: title_only")
    found = faults(tmp_path, requirement=text, procedures=PROCEDURES + KNEE)
    assert only(found) == (
        "policy-subject",
        (
            f"{R}:{line_of(text, 'CPB 0551')}:40: CPB 0551 is not Aetna's policy on this subject\n"
            "  Write CPB 0660 (Knee arthroplasty)."
        ),
    )
    right = swap(text, "CPB 0551", "CPB 0660")
    assert faults(tmp_path / "right", requirement=right, procedures=PROCEDURES + KNEE) == []


def test_a_known_number_under_a_title_of_another_subject(tmp_path: Path) -> None:
    text = swap(GUIDELINE, "title: CMM-608 Lumbar Decompression", "title: Sinus surgery")
    text = swap(text, "title: Lumbar decompression\n", "title: Sinus surgery\n")
    assert only(faults(tmp_path, guideline=text)) == (
        "policy-subject",
        (
            f"{G}:{line_of(text, 'number: CMM-608')}:13: CMM-608 is about another subject: Lumbar decompression\n"
            "  Correct the number or the title; checks/policy-numbers.yaml lists what each number is about."
        ),
    )


def test_a_number_in_a_title_counts_and_so_does_each_of_several(tmp_path: Path) -> None:
    for number, source in enumerate(
        (
            "title: LCD L39788 Cervical Fusion; NCD 160.7, publisher: CMS, trust: proxy, read: summary",
            "title: Coverage rules, number: L39788; 160.7, publisher: CMS, trust: proxy, read: summary",
        )
    ):
        found = faults(tmp_path / str(number), requirement=with_source(f"{source}".replace("; ", " and ")))
        assert {fault.code for fault in found} == {"policy-subject"}
        assert any("NCD 160.7 is about another subject" in fault.message for fault in found)


def test_the_day_of_first_issue_is_not_the_effective_day_of_a_version(tmp_path: Path) -> None:
    source = (
        "title: Knee arthroplasty, number: CPB 0660, publisher: Aetna, trust: proxy, read: summary, "
        'effective: "1997-03-16", note: As the digest prints it.'
    )
    text = for_knees(source)
    assert only(faults(tmp_path, requirement=text, procedures=PROCEDURES + KNEE)) == (
        "first-issue-date",
        (
            f"{R}:{line_of(text, '1997')}:113: 1997-03-16 is the day on which CPB 0660 was first issued, "
            "not its version's\n"
            "  Write the first day of the version that was read, or 'effective: unknown' with the day in 'note'."
        ),
    )


def test_a_very_old_day_of_a_text_that_nobody_read_in_full_needs_a_word(tmp_path: Path) -> None:
    source = 'title: Manual, publisher: QualCare, trust: binding, read: summary, effective: "1995-08-07"'
    code, told = only(faults(tmp_path, requirement=with_source(source)))
    assert code == "first-issue-date"
    assert "1995-08-07 lies 30 years before the source was read: probably its first issue" in told
    for number, better in enumerate((f"{source}, note: Unrevised since.", swap(source, "summary", "full_text"))):
        assert faults(tmp_path / str(number), requirement=with_source(better)) == []


def test_numbers_are_compared_however_they_are_written() -> None:
    assert {plain_number(text) for text in ("CPB 0660", "cpb-0660", "CPB0660")} == {"CPB0660"}
    assert plain_number("160.7") == plain_number("NCD 160.7")


# --- Labels of trust --------------------------------------------------------------------------------------------------


def test_binding_on_a_source_that_says_the_thresholds_are_in_a_portal(tmp_path: Path) -> None:
    note = "The exact thresholds are shown only in the TurningPoint portal."
    text = with_source(f"title: Clinical policies, publisher: T, trust: binding, read: summary, note: {note}")
    assert only(faults(tmp_path, requirement=text)) == (
        "portal-binding",
        (
            f"{R}:{line_of(text, 'TurningPoint')}:58: the source 'other' is called binding, "
            "but its own text says that the criteria are in a portal\n"
            "  Write 'trust: portal_only' where nobody outside the portal can read them, or 'trust: proxy'."
        ),
    )
    assert faults(tmp_path / "said", requirement=swap(text, "T, trust: binding", "T, trust: portal_only")) == []


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("says: Six weeks of care", "says: The criteria stand only in the portal", "Six weeks"),
        (
            "stages: [removal]\n    guideline: none\n    why: The",
            "stages: [removal]\n    guideline: none\n    why: The",
            "",
        ),
    ],
)
def test_binding_on_a_line_that_says_so(tmp_path: Path, old: str, new: str, line: str) -> None:
    text = (
        swap(REQUIREMENT, old, new)
        if line
        else REQUIREMENT.replace(
            "criteria are in the portal.\n    source: {from: page, at: routes}",
            "portal decides.\n    source: {from: page, at: routes}",
        )
    )
    assert only(faults(tmp_path, requirement=text))[0] == "portal-binding"


def test_binding_on_a_criterion_that_says_so(tmp_path: Path) -> None:
    text = swap(GUIDELINE, "says: Leg pain", "says: Leg pain above the limits shown only in the portal")
    code, told = only(faults(tmp_path, guideline=text))
    assert code == "portal-binding"
    assert "criterion 'leg-pain' is called binding, but it says that its limits are in a portal" in told


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Exact thresholds live only in the TurningPoint portal", True),
        ("The portal decides.", True),
        ("Criteria are shown in the portal once the case is opened", True),
        ("The criteria can be read not only in the portal", False),
        ("Submit through the portal. Only the criteria below count.", False),
        ("Ask in the portal which codes need authorization", False),
    ],
)
def test_what_says_that_criteria_are_in_a_portal(text: str, says: bool) -> None:
    assert says_portal_only(text) is says


@pytest.mark.parametrize(
    "source",
    [
        "title: Spinal Cord Stimulators, number: L35136, publisher: Noridian, trust: binding, read: summary",
        "title: LCD on decompression, publisher: Noridian, trust: binding, read: summary",
        "title: NCD 150.13 Percutaneous decompression, publisher: CMS, trust: binding, read: summary",
    ],
)
def test_a_coverage_rule_is_no_authorization_rule(tmp_path: Path, source: str) -> None:
    text = with_source(source.replace("Spinal Cord Stimulators", "Dorsal column stimulators"))
    text = swap(text, "label: lumbar, source: {from: page", "label: lumbar, source: {from: other")
    code, told = only(faults(tmp_path, requirement=text))
    assert code == "coverage-as-authorization"
    assert told.startswith(f"{R}:{line_of(text, 'label: lumbar')}:44: 63047 is 'required' by ")
    assert told.endswith(
        ", which is a coverage rule\n"
        "  Cite what decides about authorization (the payer's list, 42 CFR 419.83, WISeR), or write "
        "'prior_authorization: unknown'; the coverage rule belongs in a route."
    )
    unknown = swap(text, "label: lumbar,", "label: lumbar, prior_authorization: unknown,")
    assert faults(tmp_path / "unknown", requirement=unknown) == []


# --- Codes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("CPT C1821", "C1821 is a HCPCS code, not a CPT code\n  Write 'HCPCS C1821'."),
        ("CPT codes 63047, 63048 and S2118", "S2118 is a HCPCS code, not a CPT code\n  Write 'HCPCS S2118'."),
        ("HCPCS 63650", "63650 is a CPT code, not a HCPCS code\n  Write 'CPT 63650'."),
        ("HCPCS level II code 0275T", "0275T is a CPT code, not a HCPCS code\n  Write 'CPT 0275T'."),
    ],
)
def test_a_code_under_the_name_of_the_other_code_set(tmp_path: Path, words: str, told: str) -> None:
    text = swap(REQUIREMENT, "answer: Yes.", f'answer: "Yes, {words}."')
    assert only(faults(tmp_path, requirement=text)) == ("code-set", f"{R}:{line_of(text, 'answer')}:36: {told}")


@pytest.mark.parametrize("words", ["HCPCS C1821", "CPT 63047", "CPT/HCPCS C1821 and 63047", "not CPT C1821"])
def test_codes_under_their_own_name(tmp_path: Path, words: str) -> None:
    assert faults(tmp_path, requirement=swap(REQUIREMENT, "answer: Yes.", f'answer: "Yes, {words}."')) == []


def test_a_code_without_its_twin(tmp_path: Path) -> None:
    alone = REQUIREMENT.replace("63046", "63661")
    assert only(faults(tmp_path, requirement=alone)) == (
        "missing-twin",
        (
            f"{R}:16:12: 63661 is here without 63662: removal of leads placed through the skin and of a paddle lead\n"
            "  Add it with its answer; where the payer does not list it, with 'listed: no' and 'unknown'."
        ),
    )
    said = alone.replace("22633", "63662")
    assert faults(tmp_path / "both", requirement=said) == []


# --- Words that say nothing -------------------------------------------------------------------------------------------


def test_a_page_whose_criteria_say_nothing(tmp_path: Path) -> None:
    text = swap(REQUIREMENT, "says: Six weeks of care", "says: Medical necessity review required")
    assert only(faults(tmp_path, requirement=text)) == (
        "thin",
        (
            f"{R}:{line_of(text, 'Medical necessity')}:27: this says only that somebody will look, "
            "not what has to be shown\n"
            "  Write what the policy asks for, or leave it out and let a route say 'guideline: none' with 'why'."
        ),
    )


def test_a_criterion_that_says_nothing(tmp_path: Path) -> None:
    text = swap(GUIDELINE, "says: Leg pain", "says: Meets the payer's medical necessity criteria")
    code, told = only(faults(tmp_path, guideline=text))
    assert code == "thin"
    assert "criterion 'leg-pain' says only that somebody will look" in told


@pytest.mark.parametrize(
    ("text", "empty"),
    [
        ("Must be medically necessary per plan criteria", True),
        ("Clinical review by the payer", True),
        ("MRI is required", False),
        ("Leg pain", False),
        ("Prior surgery", False),
    ],
)
def test_what_says_nothing(text: str, empty: bool) -> None:
    assert says_nothing(text) is empty


def test_what_is_still_to_be_written(tmp_path: Path) -> None:
    text = swap(GUIDELINE, "says: Leg pain", 'says: "TODO: what the first criterion asks"')
    code, told = only(faults(tmp_path, guideline=text))
    assert code == "todo"
    assert told.endswith(": this is still to be written\n  Write what the source says, and take out the word TODO.")


# --- The lists behind it ----------------------------------------------------------------------------------------------

NUMBERS = """\
schema: praxigen.policy-numbers/1
sources:
  index: {title: Index, publisher: X}
policies:
  - {number: CPB 0001, publisher: Aetna, subject: Elbows, words: [elbow], source: index}
"""


def test_a_folder_of_ones_own_may_add_to_the_lists(tmp_path: Path) -> None:
    families = 'schema: praxigen.code-families/1\nfamilies:\n  - {id: mine, codes: ["63047", "63048"], why: levels}\n'
    text = with_source("title: Policy, number: CPB-0001, publisher: Aetna, trust: proxy, read: summary")
    own = {"checks/policy-numbers.yaml": NUMBERS, "checks/code-families.yaml": families}
    found = faults(tmp_path, requirement=text, **own)
    assert [(fault.code, fault.message) for fault in found] == [
        ("policy-subject", "CPB 0001 is about another subject: Elbows"),
        ("missing-twin", "63047 is here without 63048: levels"),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            NUMBERS.replace("words: [elbow], ", ""),
            "p/checks/policy-numbers.yaml:5:5: an item of 'policies' needs 'words'",
        ),
        (
            NUMBERS.replace("source: index}", "source: indx}"),
            "no source is called 'indx'",
        ),
        (
            NUMBERS.replace("  index: {title", "  index: {titel"),
            "p/checks/policy-numbers.yaml:3:10: source 'index' needs 'title'",
        ),
        ("", ""),
    ],
)
def test_a_fault_in_a_list_is_told(tmp_path: Path, text: str, message: str) -> None:
    found = faults(tmp_path, **({"checks/policy-numbers.yaml": text} if text else {}))
    assert message in str(found[0]) if message else found == []


def test_a_family_has_at_least_two_codes() -> None:
    root = parse_yaml(b'schema: praxigen.code-families/1\nfamilies: [{id: a, codes: ["6304O"], why: b}]\n', "c.yaml")
    with pytest.raises(FaultyFileError) as caught:
        read_families(root, "c.yaml")
    assert [fault.message for fault in caught.value.faults] == [
        "a family has at least two codes",
        "'6304O' is not a procedure code",
    ]


def test_the_shipped_lists_can_be_read() -> None:
    known, problems = read_known([])
    assert problems == ()
    assert known.policies["CPB0660"].mistaken_for == ("CPB 0551",)
    assert all(policy.is_about(policy.subject) for policy in known.policies.values())
    assert {"63661", "63662"} in [set(family.codes) for family in known.families]


def test_numbers_may_not_repeat() -> None:
    with pytest.raises(FaultyFileError, match="stands twice"):
        read_numbers(parse_yaml((NUMBERS + NUMBERS.splitlines()[-1] + "\n").encode(), "n.yaml"), "n.yaml")
