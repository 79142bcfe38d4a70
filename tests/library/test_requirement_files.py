"""A requirement file in, a Requirement out; payers and procedures; and what these files may not hold."""

from __future__ import annotations

from datetime import date

import pytest

from praxigen.datafiles import FaultyFileError, parse_yaml
from praxigen.library.directory import read_payers, read_procedures
from praxigen.model.provenance import Trust
from praxigen.model.request import STAGES
from support.policy_files import PAYERS, PROCEDURES, REQUIREMENT, line_of, requirement, swap


def test_the_head_of_a_requirement() -> None:
    found = requirement()
    assert (found.id, found.payer, found.procedure) == ("qualcare.laminectomy", "qualcare", "laminectomy")
    assert (found.plans, found.prior_authorization) == (("commercial",), "required")
    assert (found.effective_from, found.last_verified, found.review_every_days) == (None, date(2026, 6, 26), 180)
    assert (found.administrator, found.turnaround) == ("eviCore by Evernorth", "Not stated.")


def test_codes_take_the_usual_answer_unless_they_say_otherwise() -> None:
    codes = requirement().codes
    assert list(codes) == ["63047", "63046", "22633"]
    assert (codes["63047"].prior_authorization, codes["63047"].listed) == ("required", True)
    assert (codes["22633"].prior_authorization, codes["22633"].listed, codes["22633"].note) == ("unknown", False, "N.")


def test_stages_and_how_they_are_read() -> None:
    found = requirement()
    assert dict(found.stages) == {"63046": ("trial", "removal")}
    assert dict(found.stage_concepts) == {"trial": ("plan.fusion",)}


def test_routes() -> None:
    lumbar, thoracic, _ = requirement().routes
    assert (lumbar.guideline, lumbar.indication, lumbar.stages) == ("evicore.cmm-608", "lumbar", ())
    assert (thoracic.guideline, thoracic.indication, thoracic.upload) == (None, None, ("Office note",))
    assert (thoracic.why, thoracic.citation.trust) == ("The criteria are in the portal.", Trust.PORTAL_ONLY)


def test_everything_else_that_a_requirement_tells() -> None:
    found = requirement()
    assert (found.submissions[0].portal, found.submissions[0].url) == ("eviCore", "https://www.evicore.com")
    assert found.diagnoses[0].code == "M48.062"
    assert found.documents[0].needed == "always"
    assert (found.page_criteria[0].id, found.cautions[0].says) == ("six-weeks", "Numbers differ.")
    assert (found.questions[0].ask, found.questions[0].answer) == ("Is it required?", "Yes.")
    (example,) = found.examples
    assert (example.codes, example.stage, example.date) == (("63047",), "trial", date(2026, 8, 3))
    assert example.line == line_of(REQUIREMENT, "name: lumbar code")
    assert dict(example.expect) == {
        "route": "lumbar",
        "guideline": "evicore.cmm-608",
        "indication": "lumbar",
        "prior_authorization": "required",
    }


def test_a_telephone_and_a_fax_number() -> None:
    text = swap(REQUIREMENT, "portal: eviCore,", 'portal: eviCore, phone: 1-833-436-4083, fax: "866-889-8054",')
    (way,) = requirement(text).submissions
    assert (way.phone, way.fax) == ("1-833-436-4083", "866-889-8054")
    (plain,) = requirement().submissions
    assert (plain.phone, plain.fax) == (None, None)


def test_a_turnaround_may_have_days_and_a_source() -> None:
    assert (requirement().turnaround_days, requirement().turnaround_citation) == (None, None)
    stated = 'turnaround: {says: About three days., days: "3", source: {from: page, at: submit}}'
    found = requirement(swap(REQUIREMENT, "turnaround: Not stated.", stated))
    assert (found.turnaround, found.turnaround_days) == ("About three days.", 3)
    assert found.turnaround_citation is not None
    assert found.turnaround_citation.at == "submit"


CORRECTION = """\
corrections:
  - id: one-code
    page_says: Three codes.
    we_say: One code.
    why: The list holds one.
    codes: ["63047"]
    source: {from: page, at: list}
  - {id: whole-page, page_says: "Yes.", we_say: "No.", why: Because., source: {from: page, at: top}}
tests:
"""


def test_corrections_of_a_page() -> None:
    one, whole = requirement(swap(REQUIREMENT, "tests:\n", CORRECTION)).corrections
    assert (one.id, one.page_says, one.we_say, one.why) == (
        "one-code",
        "Three codes.",
        "One code.",
        "The list holds one.",
    )
    assert (one.codes, whole.codes, whole.citation.at) == (("63047",), (), "top")
    assert requirement().corrections == ()


def test_a_code_knows_its_system() -> None:
    text = swap(REQUIREMENT, 'code: "22633"', "code: L8679")
    codes = requirement(text).codes
    assert (codes["L8679"].system, codes["63047"].system) == ("HCPCS", "CPT")
    assert requirement(swap(REQUIREMENT, 'code: "22633"', "code: 0627T")).codes["0627T"].system == "CPT"


CASES = [
    (
        "prior_authorization: required\nadmin",
        "prior_authorization: no\nadmin",
        "no\n",
        22,
        "'prior_authorization' cannot be 'no'",
        "Write one of: required, not_required, varies, unknown.",
    ),
    (
        "plans: [commercial]",
        "plans: [comercial]",
        "comercial",
        9,
        "'plans' cannot be 'comercial'",
        (
            "Did you mean 'commercial'? Write one of: commercial, medicare_advantage, medicare, medicaid, tricare, "
            "workers_comp."
        ),
    ),
    (
        "effective: {from: unknown}",
        'effective: {from: unknown, to: "2026-12-31"}',
        "to:",
        28,
        "'effective' has no key 'to'",
        "'effective' may have: from.",
    ),
    (
        'code: "63046"',
        'code: "63047"',
        '63047", label: thoracic',
        12,
        "'63047' stands twice in 'codes', first on line 15",
        "Keep one of them.",
    ),
    (
        'code: "63046"',
        'code: "6304O"',
        "6304O",
        12,
        "'6304O' is not a procedure code",
        "Write five digits, such as 63650, or a letter and four digits, such as L8679.",
    ),
    (
        'code: "63046"',
        'code: "٦3046"',
        "٦3046",
        12,
        "'٦3046' is not a procedure code: the character U+0666 only looks like one of a code",
        "Write five digits, such as 63650, or a letter and four digits, such as L8679.",
    ),
    (
        '  "63046": [trial, removal]',
        '  "63048": [trial, removal]',
        "63048",
        3,
        "the code '63048' is not in 'codes'",
        "Did you mean '63046' or '63047'?",
    ),
    (
        '  "63046": [trial, removal]',
        "  L8679: [trial, removal]",
        "L8679",
        3,
        "the code 'L8679' is not in 'codes'",
        "Add it to 'codes', with 'listed: no' if the payer does not list it.",
    ),
    (
        '  "63046": [trial, removal]',
        '  "63046": [try, removal]',
        "try,",
        13,
        "'63046' cannot be 'try'",
        f"Write one of: {', '.join(STAGES)}.",
    ),
    (
        "  trial: [plan.fusion]",
        "  trail: [plan.fusion]",
        "trail",
        3,
        "a stage cannot be 'trail'",
        f"Did you mean 'trial'? Write one of: {', '.join(STAGES)}.",
    ),
    (
        "    indication: lumbar\n",
        "",
        "id: lumbar",
        5,
        "an item of 'routes' needs 'indication' here",
        "Write: 'indication: ...'.",
    ),
    (
        "    why: The criteria are in the portal.\n    upload",
        "    upload",
        "id: thoracic-trial",
        5,
        "an item of 'routes' needs 'why' here",
        "Write: 'why: ...'.",
    ),
    (
        "guideline: evicore.cmm-608\n",
        "guideline: cmm-608\n",
        "cmm-608",
        16,
        "'cmm-608' is not an id of two parts",
        "Write lower-case letters, digits, '-' and one '.', for example evicore.cmm-211.",
    ),
    (
        "{route: lumbar,",
        "{route: lumber,",
        "lumber",
        21,
        "'route' cannot be 'lumber'",
        "Did you mean 'lumbar'? Write one of: lumbar, thoracic-trial, thoracic-removal.",
    ),
    (
        'codes: ["63047"]\n    stage',
        'codes: ["63048"]\n    stage',
        '["63048"]',
        13,
        "the code '63048' is not in 'codes'",
        "Did you mean '63046' or '63047'?",
    ),
    (
        "label: lumbar,",
        "label: lumbar, listed: true,",
        "listed: true",
        44,
        "'listed' cannot be 'true'",
        "Write one of: yes, no.",
    ),
    (
        'last_verified: "2026-06-26"',
        "last_verified: unknown",
        "last_verified",
        16,
        "'last_verified' must be known here",
        'Write a date such as "2026-08-03".',
    ),
    (
        "needed: always",
        "need: always",
        "need:",
        46,
        "an item of 'documents' has no key 'need'",
        "Did you mean 'needed'?",
    ),
    (
        "portal: eviCore,",
        "portal: eviCore, phone: call us,",
        "phone: call",
        46,
        "'call us' is not a telephone number",
        'Write ten digits joined by hyphens, for example "800-555-0100".',
    ),
    (
        "turnaround: Not stated.",
        "turnaround: {says: About three days., days: three, source: {from: page, at: submit}}",
        "turnaround:",
        45,
        "'three' is not a number of days",
        "Write a whole number of days, or leave it out where none is given.",
    ),
    (
        "turnaround: Not stated.",
        "turnaround: {says: About three days.}",
        "turnaround:",
        13,
        "'turnaround' needs 'source'",
        "Write: 'source: ...'.",
    ),
    (
        "tests:\n",
        swap(CORRECTION, '["63047"]', '["63048"]'),
        "63048",
        13,
        "the code '63048' is not in 'codes'",
        "Did you mean '63046' or '63047'?",
    ),
    (
        "tests:\n",
        swap(CORRECTION, "    why: The list holds one.\n", ""),
        "id: one-code",
        5,
        "an item of 'corrections' needs 'why'",
        "Write: 'why: ...'.",
    ),
    ('code: "63046"', "code: [63046]", "[63046]", 12, "'code' must be a text, not a list", "Write a word or sentence."),
]


@pytest.mark.parametrize(("old", "new", "at", "column", "message", "hint"), CASES, ids=[case[1][:40] for case in CASES])
def test_a_fault_says_where_what_and_what_to_write(
    old: str, new: str, at: str, column: int, message: str, hint: str
) -> None:
    text = swap(REQUIREMENT, old, new)
    with pytest.raises(FaultyFileError) as caught:
        requirement(text)
    faults = [str(fault) for fault in caught.value.faults]
    assert f"r.yaml:{line_of(text, at)}:{column}: {message}\n  {hint}" in faults


@pytest.mark.parametrize("code", ["63650", "00000", "L8679", "0275T", "0001U"])
def test_the_shapes_of_procedure_codes(code: str) -> None:
    text = swap(REQUIREMENT, 'code: "22633"', f'code: "{code}"')
    assert code in requirement(text).codes


def test_payers() -> None:
    qualcare, oscar = read_payers(parse_yaml(PAYERS.encode(), "p.yaml"), "p.yaml")
    assert (qualcare.id, qualcare.name, qualcare.also) == ("qualcare", "QualCare", ("QualCare Inc", "QCA"))
    assert (qualcare.plans, qualcare.nature) == (
        ("commercial", "medicare_advantage"),
        "Administrator for self-funded plans",
    )
    assert list(qualcare.sources) == ["site"]
    assert (oscar.also, oscar.nature, dict(oscar.sources)) == ((), "", {})


def test_procedures() -> None:
    laminectomy, _ = read_procedures(parse_yaml(PROCEDURES.encode(), "p.yaml"), "p.yaml")
    assert (laminectomy.id, laminectomy.label, laminectomy.also) == ("laminectomy", "Laminectomy", ("decompression",))


def test_names_of_payers_and_procedures_do_not_repeat() -> None:
    with pytest.raises(FaultyFileError) as caught:
        read_payers(parse_yaml(swap(PAYERS, "Oscar Health", "QUALCARE-INC").encode(), "p.yaml"), "p.yaml")
    assert str(caught.value) == (
        "p.yaml:10:5: 'qualcare inc' stands twice among ids, names and aliases, first on line 3\n  Keep one of them."
    )
    with pytest.raises(FaultyFileError, match="'laminectomy' stands twice among ids, labels and aliases"):
        read_procedures(parse_yaml(swap(PROCEDURES, "[SCS]", "[Laminectomy]").encode(), "p.yaml"), "p.yaml")


def test_the_lists_are_not_empty() -> None:
    with pytest.raises(FaultyFileError) as caught:
        read_payers(parse_yaml(b"schema: praxigen.payers/1\npayers: []", "p.yaml"), "p.yaml")
    assert str(caught.value) == "p.yaml:2:9: 'payers' is empty\n  List at least one, or remove the file."
    with pytest.raises(FaultyFileError, match="needs 'procedures'"):
        read_procedures(parse_yaml(b"schema: praxigen.procedures/1", "p.yaml"), "p.yaml")
