"""Rules above the payers: a file in, a Rule out; what the shipped ones say of a code; and what a file may not hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from praxigen.datafiles import FaultyFileError, parse_yaml
from praxigen.errors import UsageError
from praxigen.library import Library
from praxigen.library.lint import lint
from praxigen.library.lint.rules import stands
from praxigen.library.rules import read_rule
from praxigen.model.provenance import Trust
from praxigen.model.rule import Listing, Rule, RuleExample, RuleFinding, RuleKind
from support.policy_files import TODAY, line_of, swap, write_library

RULE = """\
schema: praxigen.rule/1
id: outpatient
title: A list
kind: authorization
law: 42 CFR 419.83
plans: [medicare]
states: [NJ, NY]
places: [hospital_outpatient]
payers: [qualcare]
funding: [insured]
prior_authorization: required
whole_list: yes
effective: {from: "2020-07-01", to: "2026-12-31"}
last_verified: "2026-08-01"
review_every: 180 days
sources:
  law: {title: The regulation, publisher: CMS, trust: binding, read: full_text}
groups:
  - {id: stimulator, label: Stimulator, since: "2021-07-01", codes: ["63650"], source: {from: law, at: list}}
  - id: toxin
    label: Toxin
    codes: ["64612"]
    only_with: [J0585]
    removed: {"64492": "2024-08-15"}
    note: With the drug.
    source: {from: law, at: list}
turnaround:
  - {id: standard, says: Seven days., source: {from: law, at: times}}
says:
  - {id: outpatient, says: Of hospitals., source: {from: law, at: scope}}
conflicts:
  - {id: other-list, says: Another list differs., source: {from: law, at: list, trust: proxy}}
tests:
  - {name: a lead, code: "63650", plan: medicare, state: NJ, date: "2026-08-03", expect: listed}
"""


def rule(text: str = RULE) -> Rule:
    return read_rule(parse_yaml(text.encode(), "r.yaml"), "r.yaml")


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.open()


def finding(library: Library, rule_id: str, code: str, plan: str, **known: object) -> RuleFinding | None:
    found = library.rules_for(code, plan, **known)  # type: ignore[arg-type]
    return next((each for each in found if each.rule.id == rule_id), None)


# --- Reading ---------------------------------------------------------------------------------------------------------


def test_everything_that_a_rule_tells() -> None:
    found = rule()
    assert (found.id, found.kind, found.law) == ("outpatient", RuleKind.AUTHORIZATION, "42 CFR 419.83")
    assert (found.plans, found.states, found.places) == (("medicare",), ("NJ", "NY"), ("hospital_outpatient",))
    assert (found.payers, found.funding) == (("qualcare",), ("insured",))
    assert (found.prior_authorization, found.whole_list) == ("required", True)
    assert (found.effective_from, found.effective_to) == (date(2020, 7, 1), date(2026, 12, 31))
    assert found.codes == ("63650", "64612")
    first, second = found.groups
    assert (first.id, first.since, first.only_with, dict(first.removed)) == ("stimulator", date(2021, 7, 1), (), {})
    assert (second.since, second.only_with, second.note) == (None, ("J0585",), "With the drug.")
    assert dict(second.removed) == {"64492": date(2024, 8, 15)}
    assert (found.turnaround[0].says, found.says[0].id) == ("Seven days.", "outpatient")
    assert found.conflicts[0].citation.trust is Trust.PROXY
    (example,) = found.examples
    assert (example.code, example.plan, example.state, example.place) == ("63650", "medicare", "NJ", None)
    assert example.line == line_of(RULE, "name: a lead")


CASES = [
    ("kind: authorization", "kind: autorization", "'kind' cannot be 'autorization'", "Did you mean 'authorization'?"),
    ("states: [NJ, NY]", "states: [NJ, New York]", "'states' cannot be 'New York'", "Write one of: AL, AK,"),
    ("places: [hospital_outpatient]", "places: [hospital]", "'places' cannot be 'hospital'", "Write one of:"),
    ("funding: [insured]", "funding: [insurd]", "'funding' cannot be 'insurd'", "Did you mean 'insured'?"),
    ("whole_list: yes", "whole_list: true", "'whole_list' cannot be 'true'", "Write one of: yes, no."),
    ("prior_authorization: required\n", "", "a rule needs 'prior_authorization' here", "Write:"),
    ('codes: ["63650"]', "codes: []", "a group needs at least one code", "List its codes."),
    ('codes: ["63650"]', 'codes: ["6365O"]', "'6365O' is not a procedure code", "Write five digits"),
    ('codes: ["63650"]', 'codes: ["64612"]', "'64612' stands twice in the groups", "Keep one of them."),
    ('codes: ["63650"]', 'codes: ["64492"]', "'64492' stands twice in the groups", "Keep one of them."),
    ('"64492": "2024-08-15"', '"64492": "2024-8-15"', "'64492'", "date"),
    ('"64492": "2024-08-15"', '"64492": unknown', "'64492' must be known here", "Write a date"),
    ('to: "2026-12-31"', 'to: "2019-12-31"', "it ends on 2019-12-31 before it begins on 2020-07-01", "Correct one"),
    ("expect: listed", "expect: yes", "'expect' cannot be 'yes'", "Write one of: listed, not_listed, not_yet"),
    ("title: A list\n", "title: A list\nlist: whole\n", "a rule has no key 'list'", "A rule may have:"),
    ("schema: praxigen.rule/1", "schema: praxigen.rules/1", "must be of schema 'praxigen.rule/1'", "Write: 'schema:"),
]


@pytest.mark.parametrize(("old", "new", "message", "hint"), CASES, ids=[case[1][:40] for case in CASES])
def test_a_fault_says_where_what_and_what_to_write(old: str, new: str, message: str, hint: str) -> None:
    with pytest.raises(FaultyFileError) as caught:
        rule(swap(RULE, old, new))
    faults = [str(fault) for fault in caught.value.faults]
    assert [fault for fault in faults if message in fault and hint in fault and fault.startswith("r.yaml:")], faults


def test_a_rule_about_authorization_lists_codes() -> None:
    with pytest.raises(FaultyFileError, match="a rule needs 'groups' here"):
        rule(RULE[: RULE.index("groups:")] + RULE[RULE.index("turnaround:") :])


# --- Lint ------------------------------------------------------------------------------------------------------------


def errors(folder: Path, text: str) -> list[str]:
    others = {"national/outpatient.yaml": text}
    found = lint(Library.open(write_library(folder / "p", **others)), TODAY)
    return [f"{fault.code}: {fault}" for fault in found]


def test_a_clean_rule_has_no_fault(tmp_path: Path) -> None:
    assert errors(tmp_path, RULE) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("payers: [qualcare]", "payers: [qualcar]", "unknown-payer: p/national/outpatient.yaml:9:10: no payer is"),
        ("expect: listed", "expect: removed", "wrong-example: p/national/outpatient.yaml:34:90: the example 'a lead'"),
        ('last_verified: "2026-08-01"', 'last_verified: "2026-08-04"', "future-verification:"),
        ('last_verified: "2026-08-01"', 'last_verified: "2026-01-01"', "stale:"),
        ("id: outpatient\ntitle", "id: inpatient\ntitle", "misplaced: p/national/outpatient.yaml:2:5: 'id' is"),
        ("source: {from: law, at: list}}\n", "source: {from: law, at: l, read: inferred}}\n", "binding-unread: p/"),
    ],
)
def test_lint_finds_what_is_wrong_with_a_rule(tmp_path: Path, old: str, new: str, fault: str) -> None:
    (found,) = errors(tmp_path, swap(RULE, old, new))
    assert found.startswith(fault)


def test_a_rule_without_an_example_is_a_fault(tmp_path: Path) -> None:
    (found,) = errors(tmp_path, RULE[: RULE.index("tests:")])
    assert found.startswith("untested: ")


def test_a_rule_in_a_folder_of_its_own_is_misplaced(tmp_path: Path) -> None:
    library = Library.open(write_library(tmp_path / "p", **{"national/us/outpatient.yaml": RULE}))
    (fault,) = lint(library, TODAY)
    assert (fault.code, fault.file) == ("misplaced", "p/national/us/outpatient.yaml")


# --- What a rule says of a code --------------------------------------------------------------------------------------


def test_a_later_folder_replaces_a_rule(tmp_path: Path) -> None:
    folder = write_library(tmp_path / "p", **{"national/wiser.yaml": swap(RULE, "id: outpatient\nt", "id: wiser\nt")})
    both = Library.open(Path(__file__).parents[2] / "policies", folder)
    assert [each.title for each in both.rules() if each.id == "wiser"] == ["A list"]


EXAMPLES = [(found, example) for found in Library.open().rules() for example in found.examples]


@pytest.mark.parametrize(("found", "example"), EXAMPLES, ids=[f"{f.id}-{e.name}" for f, e in EXAMPLES])
def test_the_examples_of_a_rule_hold(found: Rule, example: RuleExample) -> None:
    assert stands(found, example) == example.expect


def test_the_hospital_outpatient_list_has_51_codes_and_two_that_were_taken_out(library: Library) -> None:
    found = next(each for each in library.rules() if each.id == "hospital-outpatient-list")
    drugs = {drug for group in found.groups for drug in group.only_with}
    assert (len(found.codes), len({*found.codes}), len(drugs)) == (47, 47, 4)
    assert {code for group in found.groups for code in group.removed} == {"64492", "64495"}


def test_the_one_stimulator_code_of_the_list_needs_a_hospital(library: Library) -> None:
    listed = finding(library, "hospital-outpatient-list", "63650", "medicare")
    assert listed is not None
    assert (listed.listing, listed.prior_authorization, listed.open) == (Listing.LISTED, "required", ("place",))
    sure = finding(library, "hospital-outpatient-list", "63650", "medicare", place="Hospital outpatient")
    assert sure is not None
    assert sure.open == ()
    assert finding(library, "hospital-outpatient-list", "63650", "medicare", place="office") is None


@pytest.mark.parametrize("code", ["63655", "63661", "63663", "63664", "63685", "63688", "22612", "27447"])
def test_a_code_outside_of_the_whole_list_needs_nothing_by_it(library: Library, code: str) -> None:
    found = finding(library, "hospital-outpatient-list", code, "medicare")
    assert found is not None
    assert (found.listing, found.prior_authorization, found.open) == (Listing.NOT_LISTED, "not_required", ())


def test_botulinum_toxin_counts_only_beside_its_drug(library: Library) -> None:
    found = finding(library, "hospital-outpatient-list", "64612", "medicare", place="hospital_outpatient")
    assert found is not None
    assert found.open == ("only_with",)


def test_wiser_is_voluntary_and_depends_on_the_state(library: Library) -> None:
    found = finding(library, "wiser", "63655", "medicare")
    assert found is not None
    assert (found.prior_authorization, found.open) == ("voluntary", ("state", "place"))
    assert finding(library, "wiser", "63655", "medicare", state="ny") is None


def test_a_list_that_is_not_whole_says_nothing_of_other_codes(library: Library) -> None:
    assert finding(library, "new-york-workers-compensation", "63047", "workers_comp", state="NY") is None


def test_a_coverage_rule_says_nothing_of_authorization(library: Library) -> None:
    found = finding(library, "coverage-is-not-authorization", "27447", "medicare")
    assert found is not None
    assert (found.rule.kind, found.listing, found.prior_authorization) == (RuleKind.COVERAGE, Listing.GENERAL, "none")


def test_whose_law_holds_depends_on_funding_and_state(library: Library) -> None:
    def scope(**known: object) -> list[str]:
        found = library.rules_for("63650", "commercial", payer="QualCare", **known)  # type: ignore[arg-type]
        return [each.rule.id for each in found if each.rule.kind is RuleKind.SCOPE]

    assert scope() == ["new-jersey-act", "qualcare-plans", "self-funded-plans"]
    assert scope(funding="self-funded", state="NJ") == ["qualcare-plans", "self-funded-plans"]
    assert scope(funding="insured", state="NJ") == ["new-jersey-act", "qualcare-plans"]
    assert scope(funding="insured", state="TX") == ["qualcare-plans"]


def test_a_rule_of_one_payer_is_not_shown_for_any(library: Library) -> None:
    assert finding(library, "qualcare-plans", "63650", "commercial") is None


@pytest.mark.parametrize(
    ("known", "message"),
    [
        ({"state": "XX"}, "unknown state 'XX'"),
        ({"place": "hospitl"}, "unknown place 'hospitl'"),
        ({"funding": "self_fund"}, "unknown funding 'self_fund'"),
        ({"payer": "Qualcar"}, "unknown payer 'Qualcar'"),
    ],
)
def test_an_unknown_word_is_refused(library: Library, known: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        library.rules_for("63650", "medicare", **known)  # type: ignore[arg-type]


def test_an_unknown_plan_or_code_is_refused(library: Library) -> None:
    with pytest.raises(UsageError, match="unknown plan 'medicar'"):
        library.rules_for("63650", "medicar")
    with pytest.raises(UsageError, match="is not a procedure code"):
        library.rules_for("6365O", "medicare")
