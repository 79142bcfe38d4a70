"""What a guideline file may not hold, with the exact words that its author reads."""

from __future__ import annotations

import pytest

from praxigen.datafiles import FaultyFileError
from praxigen.model.request import STAGES
from support.policy_files import GUIDELINE, guideline, line_of, swap

# What is in the file, what stands there instead, the words at which the fault is, its column, and what is said.
CASES = [
    (
        "schema: praxigen.guideline/1",
        "schema: praxigen.guideline/2",
        "schema",
        9,
        "this file must be of schema 'praxigen.guideline/1', not 'praxigen.guideline/2'",
        "Write: 'schema: praxigen.guideline/1'.",
    ),
    ("title: Lumbar", "titel: Lumbar", "titel", 1, "a guideline has no key 'titel'", "Did you mean 'title'?"),
    (
        '{from: "2025-07-01"}',
        "{from: unknown}",
        "effective",
        12,
        "an edition needs the day from which it holds",
        "Write: 'effective: {from: \"2026-01-31\"}'.",
    ),
    (
        '{from: "2025-07-01"}',
        '{from: "2025-07-01", to: "2025-06-30"}',
        "effective",
        37,
        "it ends on 2025-06-30 before it begins on 2025-07-01",
        "Correct one of them.",
    ),
    (
        "180 days",
        "180",
        "review_every",
        15,
        "'review_every' has no unit: '180'",
        "Write hours, days, weeks, months or years.",
    ),
    ("180 days", "6 months", "review_every", 15, "'review_every' is counted in days", "Write for example '180 days'."),
    (
        "status: draft",
        "status: final",
        "status",
        9,
        "'status' cannot be 'final'",
        "Write one of: draft, reviewed, retired.",
    ),
    (
        "trust: binding",
        "trust: bindin",
        "trust: bindin",
        12,
        "'trust' cannot be 'bindin'",
        "Did you mean 'binding'? Write one of: binding, proxy, portal_only.",
    ),
    (
        "main_source: guideline",
        "main_source: guidelines",
        "main_source",
        14,
        "no source is called 'guidelines'",
        "Did you mean 'guideline'?",
    ),
    (
        "main_source: guideline",
        "main_source: x",
        "main_source",
        14,
        "no source is called 'x'",
        "Sources of this file: guideline, digest.",
    ),
    (
        "read: inferred",
        "read: full_text",
        "read: full_text, note",
        52,
        "'read' is 'full_text', which claims more than the source itself ('summary')",
        "Remove it, or correct 'read' in 'sources'.",
    ),
    (
        "read: inferred",
        "trust: binding",
        "trust: binding, note",
        53,
        "'trust' is 'binding', which claims more than the source itself ('proxy')",
        "Remove it, or correct 'trust' in 'sources'.",
    ),
    (
        "    criteria:\n",
        "    criterion:\n",
        "title: Open lumbar",
        5,
        "indication 'lumbar' needs 'criteria'",
        "Write: 'criteria: ...'.",
    ),
    (
        "  lumbar:\n",
        "  Lumbar:\n",
        "  Lumbar:",
        3,
        "'Lumbar' is not an id",
        "Write lower-case letters and digits, joined by '-'.",
    ),
    (
        "id: leg-pain",
        "id: exercise",
        "id: exercise\n          says: Six",
        15,
        "the id 'exercise' stands twice in this indication, first on line 47",
        "Give each criterion its own id.",
    ),
    (
        "id: second-emergency",
        "id: emergency",
        "id: emergency}",
        41,
        "the id 'emergency' stands twice in this indication, first on line 32",
        "Give each criterion its own id.",
    ),
    (
        "        - id: leg-pain\n",
        "        - idd: leg-pain\n",
        "idd",
        11,
        "a criterion has no key 'idd'",
        "Did you mean 'id'?",
    ),
    (
        "attest: practice",
        "attests: practice",
        "id: credential",
        11,
        "a criterion does not say how it is answered",
        "Write one of: all, any, none, at_least, evidence, attest, request, use.",
    ),
    ("at_least: 1", "any: []", "any: []", 16, "'any' needs at least one criterion", "Write: '- {id: ..., says: ...}'."),
    ("at_least: 1", "at_least: 3", "at_least: 3", 21, "'at_least' is '3'", "Write a number from 1 to 2."),
    ("at_least: 1", "at_least: 0", "at_least: 0", 21, "'at_least' is '0'", "Write a number from 1 to 2."),
    ("at_least: 1", "at_least: ²", "at_least: ²", 21, "'at_least' is '²'", "Write a number from 1 to 2."),
    (
        "prefer: shown",
        "prefer: neither",
        "prefer",
        19,
        "'prefer' cannot be 'neither'",
        "Write one of: shown, refuted, newest.",
    ),
    (
        "attest: practice\n",
        "attest: practice\n          prefer: shown\n",
        "prefer: shown\n        - id: two",
        11,
        "a criterion has no key 'prefer'",
        "A criterion may have: id, says, attest, ask, documents, source, unless, applies_if, on_silence, literature.",
    ),
    (
        "attest: practice\n",
        "attest: practice\n          all: []\n",
        "all: []",
        11,
        "a criterion has both 'attest' and 'all'",
        "Nest one in the other.",
    ),
    (
        "attest: practice\n",
        "attest: practice\n          on_silence: not_met\n",
        "on_silence: not_met\n        - id",
        23,
        "'on_silence' outside 'none', 'unless' and 'applies_if'",
        "Remove it: silence about a criterion is not an answer.",
    ),
    ("{use: urgent}", "{use: urgnt}", "urgnt", 25, "no part is called 'urgnt'", "Did you mean 'urgent'?"),
    ("{use: urgent}", "{use: zzz}", "zzz", 25, "no part is called 'zzz'", "Parts of this file: urgent."),
    (
        "{use: urgent}",
        "{use: urgent, says: x}",
        "says: x",
        33,
        "a use has no key 'says'",
        "A use may have: use, id, unless, applies_if, source.",
    ),
    (
        "{stage: [trial]}",
        "{stage: [trail]}",
        "trail",
        60,
        "'stage' cannot be 'trail'",
        f"Did you mean 'trial'? Write one of: {', '.join(STAGES)}.",
    ),
    (
        "{stage: [trial]}",
        "{stage: [trial], codes: []}",
        "{id: stage",
        51,
        "'request' asks for one thing",
        "Write: '{stage: [...]}' or '{codes: [...]}'.",
    ),
    (
        '["63047"]',
        "[6304]",
        "6304]",
        61,
        "'6304' is not a procedure code",
        "Write five digits, such as 63650, or a letter and four digits, such as L8679.",
    ),
    (
        "evidence: {concept: plan.fusion}",
        "evidence: []",
        "evidence: []",
        52,
        "'evidence' is an empty list",
        "Write: '{concept: ...}'.",
    ),
    (
        "{concept: plan.fusion}",
        "{concpt: plan.fusion}",
        "concpt",
        53,
        "evidence has no key 'concpt'",
        "Did you mean 'concept'?",
    ),
    (
        "state: [present]",
        "state: [presnt]",
        "presnt",
        51,
        "'state' cannot be 'presnt'",
        (
            "Did you mean 'present'? Write one of: present, done, past, absent, possible, planned, declined, "
            "denied, hypothetical, claimed."
        ),
    ),
    (
        "within: 12 months",
        "within: 12",
        "within",
        23,
        "'within' has no unit: '12'",
        "Write hours, days, weeks, months or years.",
    ),
    (
        'duration: ">= 6 weeks"',
        "duration: 6 weeks",
        "duration",
        23,
        "'duration' is not a limit: '6 weeks'",
        "Begin with >=, >, <= or <, for example '>= 6 months'.",
    ),
    (
        'value: ">= 5 /10"',
        'value: ">= 5"',
        'value: ">= 5"}',
        68,
        "'value' has no number with a unit: '>= 5'",
        "Write for example '>= 50 %', '<= 3 /5' or '>= 40 ODI'.",
    ),
    (
        "name: nothing documented",
        "name: everything documented",
        "name: everything documented\n    indication: lumbar\n    note: S",
        11,
        "'everything documented' stands twice in 'tests', first on line 88",
        "Keep one of them.",
    ),
    (
        "    indication: lumbar\n    date",
        "    indication: lumber\n    date",
        "lumber",
        17,
        "'indication' cannot be 'lumber'",
        "Did you mean 'lumbar'? Write one of: lumbar.",
    ),
    (
        "{leg-pain: met",
        "{leg-pan: met",
        "leg-pan",
        14,
        "no criterion of this indication has the id 'leg-pan'",
        "Did you mean 'leg-pain'?",
    ),
    (
        "exercise: waived",
        "exercise: waved",
        "waved",
        50,
        "the answer for 'exercise' cannot be 'waved'",
        "Did you mean 'waived'? Write one of: met, not_met, not_documented, waived, not_applicable.",
    ),
    (
        "attest: [credential]",
        "attest: [credentials]",
        "credentials]",
        14,
        "no criterion with the id 'credentials' is answered by a person",
        "Did you mean 'credential'?",
    ),
]


@pytest.mark.parametrize(("old", "new", "at", "column", "message", "hint"), CASES, ids=[case[1][:40] for case in CASES])
def test_a_fault_says_where_what_and_what_to_write(
    old: str, new: str, at: str, column: int, message: str, hint: str
) -> None:
    text = swap(GUIDELINE, old, new)
    with pytest.raises(FaultyFileError) as caught:
        guideline(text)
    faults = [str(fault) for fault in caught.value.faults]
    assert f"g.yaml:{line_of(text, at)}:{column}: {message}\n  {hint}" in faults


def faults_with(parts: str, criteria: str) -> list[str]:
    """The faults of a guideline with these parts and these criteria under the root."""
    head = GUIDELINE[: GUIDELINE.index("parts:")]
    root = "{id: root, says: Root, source: {from: guideline, at: Indications}, all: [" + criteria + "]}"
    text = f"{head}parts: {{{parts}}}\nindications: {{lumbar: {{title: T, criteria: {root}}}}}\n"
    with pytest.raises(FaultyFileError) as caught:
        guideline(text)
    return [f"{fault.message} | {fault.hint}" for fault in caught.value.faults]


LEAF = "says: A leaf, evidence: {concept: symptom.leg_pain}"


def test_a_part_that_uses_itself_is_refused() -> None:
    part = "{id: a, says: A, all: [{use: two}]}"
    assert faults_with(f"one: {part}, two: {{id: b, says: B, any: [{{use: one}}]}}", "{use: one}") == [
        "a part uses itself: one -> two -> one | Break the circle."
    ]


def test_a_waiver_inside_a_part_cannot_use_the_part() -> None:
    assert faults_with(f"one: {{id: a, {LEAF}, unless: {{use: one}}}}", "{use: one}") == [
        "a part uses itself: one -> one | Break the circle."
    ]


def test_parts_that_multiply_are_refused() -> None:
    parts = [f"p{n}: {{id: a{n}, says: A, all: [{{use: p{n + 1}}}, {{use: p{n + 1}}}]}}" for n in range(12)]
    assert faults_with(", ".join([*parts, f"p12: {{id: z, {LEAF}}}"]), "{use: p0}") == [
        "more than 1000 criteria in one indication | Parts that use other parts several times multiply."
    ]


def test_parts_that_pile_up_are_refused() -> None:
    parts = [f"p{n}: {{id: a{n}, says: A, all: [{{use: p{n + 1}}}]}}" for n in range(500)]
    assert faults_with(", ".join([*parts, f"p500: {{id: z, {LEAF}}}"]), "{use: p0}") == [
        "more than 40 criteria inside each other | Parts add their own levels."
    ]


def test_a_use_cannot_add_a_second_waiver() -> None:
    waiver = f"unless: {{id: w, {LEAF}}}"
    use = f"{{use: one, unless: {{id: v, {LEAF}}}}}"
    assert faults_with(f"one: {{id: a, {LEAF}, {waiver}}}", use) == [
        "this 'unless' and the one on the 'use' of this part cannot both stand | Keep one of them."
    ]


def test_a_part_that_nobody_uses_is_refused() -> None:
    assert faults_with(f"one: {{id: a, {LEAF}}}", f"{{id: b, {LEAF}}}") == [
        "the part 'one' is never used | Use it, or remove it."
    ]


def test_a_criterion_must_be_a_map() -> None:
    assert faults_with("", "leg-pain") == [
        (
            "a criterion must be a map, not the text 'leg-pain' | Write: id, says, ask, documents, source, unless, "
            "applies_if, on_silence, literature, all, any, none, at_least, evidence, attest, request, use, of, "
            "refuted_by, prefer, absent_refutes."
        )
    ]


def test_a_use_must_name_its_part() -> None:
    assert faults_with("", "{use: [one]}") == ["'use' must be a text, not a list | Write a word or sentence."]


def test_the_outermost_criterion_needs_a_source() -> None:
    text = swap(GUIDELINE, "      source: {from: guideline, at: Indications}\n", "")
    with pytest.raises(FaultyFileError) as caught:
        guideline(text)
    assert str(caught.value.faults[0]) == (
        "g.yaml:43:7: the outermost criterion needs 'source'\n  Write: 'source: {from: ..., at: ...}'."
    )


def test_a_guideline_needs_an_indication() -> None:
    text = GUIDELINE[: GUIDELINE.index("parts:")] + "indications: {}\n"
    with pytest.raises(FaultyFileError) as caught:
        guideline(text)
    assert str(caught.value) == "g.yaml:30:14: a guideline needs at least one indication\n  Write its criteria."


def test_an_empty_guideline_names_every_missing_key() -> None:
    with pytest.raises(FaultyFileError) as caught:
        guideline("{}")
    missing = {fault.message for fault in caught.value.faults if fault.code == "missing-key"}
    assert "a guideline needs 'indications'" in missing
    assert len(missing) == 12


def test_a_citation_needs_its_place() -> None:
    text = swap(GUIDELINE, "{from: digest, at: page 1}", "{from: digest}")
    with pytest.raises(FaultyFileError) as caught:
        guideline(text)
    assert str(caught.value) == "g.yaml:29:57: source needs 'at'\n  Write: 'at: ...'."
