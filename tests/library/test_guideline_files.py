"""A guideline file in, a Guideline out: every field in its type, parts copied in, citations inherited."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from praxigen.model.amount import Span, Unit
from praxigen.model.answer import Answer
from praxigen.model.criterion import Bound, Condition, Criterion, Evidence, Op, Prefer, TimeBound
from praxigen.model.fact import State, Who
from praxigen.model.guideline import Guideline
from praxigen.model.provenance import Read, Trust
from support.policy_files import GUIDELINE, guideline, line_of, swap


def node(found: Guideline, criterion_id: str) -> Criterion:
    criterion = found.criterion(criterion_id)
    assert criterion is not None
    return criterion


def test_the_head_of_a_guideline() -> None:
    found = guideline()
    assert (found.id, found.title, found.publisher) == ("evicore.cmm-608", "Lumbar decompression", "evicore")
    assert (found.edition, found.status, found.review_every_days) == ("V1.0.2025", "draft", 180)
    assert (found.effective_from, found.effective_to) == (date(2025, 7, 1), None)
    assert found.last_verified == date(2026, 6, 26)
    assert found.file == "g.yaml"


def test_sources_with_what_is_unknown_left_open() -> None:
    found = guideline()
    source = found.main_source
    assert source is found.sources["guideline"]
    assert (source.trust, source.read, source.number) == (Trust.BINDING, Read.FULL_TEXT, "CMM-608")
    assert (source.effective, source.retrieved) == (date(2025, 7, 1), None)
    assert found.sources["digest"].url is None


def test_lines_that_inform() -> None:
    found = guideline()
    assert [line.says for line in (*found.definitions, *found.not_covered, *found.notes)] == [
        "An emergency.",
        "Laser decompression.",
        "One table was not seen.",
    ]
    assert found.notes[0].citation.source.id == "digest"


def test_tests_that_travel_with_the_guideline() -> None:
    first, second = guideline().examples
    assert first.note == "Leg pain 7/10. Fusion. Cauda equina syndrome. PT for 8 weeks without relief.\n"
    assert (first.attest, first.stage, first.date) == (("credential",), "trial", date(2026, 8, 3))
    assert dict(first.expect) == {"leg-pain": "met", "exercise": "met", "cauda-equina": "met", "fusion": "met"}
    assert (second.attest, second.stage, second.date) == ((), None, None)
    assert second.line == line_of(GUIDELINE, "name: nothing documented")


def test_evidence_with_every_limit() -> None:
    leg_pain = node(guideline(), "leg-pain")
    assert leg_pain.op is Op.EVIDENCE
    assert leg_pain.shown_by[0] == Evidence(
        "symptom.leg_pain",
        states=(State.PRESENT,),
        value=Bound(">=", Fraction(5), "/10"),
        line=line_of(GUIDELINE, "- {concept: symptom.leg_pain"),
    )
    second = leg_pain.shown_by[1]
    assert (dict(second.where), dict(second.unless_where)) == (
        {"region": ("lumbar",), "modality": ("mri", "ct")},
        {"degree": ("mild",)},
    )
    assert (second.who, second.within) == (Who.PATIENT, Span(Fraction(12), Unit.MONTH))
    assert leg_pain.refuted_by[0].states == (State.ABSENT,)
    assert (leg_pain.prefer, leg_pain.absent_refutes) == (Prefer.SHOWN, False)
    assert (leg_pain.ask, leg_pain.would_document) == ("Is there leg pain, and how strong is it?", "The office note")


def test_thresholds_of_a_treatment() -> None:
    exercise = node(guideline(), "exercise")
    (pattern,) = exercise.shown_by
    assert pattern.duration == TimeBound(">=", Span(Fraction(6), Unit.WEEK))
    assert pattern.ended == TimeBound("<", Span(Fraction(2), Unit.YEAR))
    assert (pattern.outcome, pattern.contrary_outcome) == (("none", "insufficient"), ("good",))
    assert (exercise.prefer, exercise.absent_refutes) == (Prefer.NEITHER, True)


def test_the_other_ways_to_answer() -> None:
    found = guideline()
    assert (node(found, "credential").op, node(found, "credential").attest_by) == (Op.ATTEST, "practice")
    two_of = node(found, "two-of")
    assert (two_of.op, two_of.count, len(two_of.children)) == (Op.AT_LEAST, 1, 2)
    assert node(found, "stage").condition == Condition("stage", ("trial",))
    assert node(found, "code").condition == Condition("codes", ("63047",))
    assert (node(found, "no-fusion").op, node(found, "decompression").op) == (Op.NONE, Op.ALL)
    assert node(found, "fusion").on_silence is Answer.NOT_MET
    assert node(found, "exercise").on_silence is Answer.NOT_DOCUMENTED


def test_a_citation_is_inherited_unless_the_line_has_its_own() -> None:
    found = guideline()
    root, leg_pain, exercise = (node(found, name).citation for name in ("decompression", "leg-pain", "exercise"))
    assert leg_pain is root
    assert exercise is not None
    assert (exercise.source.id, exercise.read, exercise.trust) == ("digest", Read.INFERRED, Trust.PROXY)
    assert (exercise.at, exercise.note) == ("page 2", "Read between the lines.")


def test_a_part_inherits_from_where_it_is_used() -> None:
    found = guideline()
    waiver = node(found, "exercise").unless
    condition = node(found, "no-fusion").applies_if
    assert waiver is not None
    assert condition is not None
    assert waiver.citation == node(found, "exercise").citation
    assert condition.citation == node(found, "decompression").citation


def test_ids_of_copies_stay_unique() -> None:
    found = guideline()
    waiver = node(found, "exercise").unless
    condition = node(found, "no-fusion").applies_if
    assert waiver is not None
    assert condition is not None
    assert [copied.id for copied in waiver.walk()] == ["emergency", "cauda-equina"]
    assert [copied.id for copied in condition.walk()] == ["second-emergency", "cauda-equina-2"]
    ids = [copied.id for copied in found.indications["lumbar"].criteria.walk()]
    assert len(ids) == len(set(ids))


def test_every_criterion_knows_its_file_and_line() -> None:
    found = guideline()
    assert node(found, "exercise").line == line_of(GUIDELINE, "id: exercise")
    assert node(found, "cauda-equina-2").line == line_of(GUIDELINE, "id: cauda-equina")
    assert {copied.file for copied in found.indications["lumbar"].criteria.walk()} == {"g.yaml"}


USES = """\
parts:
  urgent:
    id: emergency
    says: An emergency
    all:
      - {use: inner, id: own}
      - {use: inner}
  inner: {id: leaf, says: A leaf, evidence: {concept: finding.cauda_equina}}
  again: {use: urgent, id: renamed, source: {from: digest, at: page 3}}
indications:
  lumbar:
    title: Open lumbar decompression
    criteria:
      id: decompression
      says: Open lumbar decompression
      source: {from: guideline, at: Indications}
      all:
        - {use: again}
        - use: again
          id: third
          source: {from: guideline, at: page 4}
          unless: {id: waiver, says: A waiver, evidence: {concept: finding.stenosis}}
          applies_if: {id: condition, says: A condition, evidence: {concept: finding.stenosis}}
"""


def with_uses() -> Guideline:
    head = GUIDELINE[: GUIDELINE.index("parts:")]
    return guideline(head + USES)


def test_parts_may_use_parts() -> None:
    children = with_uses().indications["lumbar"].criteria.children
    assert [copied.id for copied in children[0].walk()] == ["renamed", "own", "leaf-2"]
    assert [copied.id for copied in children[1].walk()] == ["third", "condition", "waiver", "own-2", "leaf-4"]


def test_what_a_use_says_replaces_what_the_part_says() -> None:
    first, second = with_uses().indications["lumbar"].criteria.children
    assert first.citation is not None
    assert second.citation is not None
    assert (first.citation.at, second.citation.at) == ("page 3", "page 4")
    assert second.unless is not None
    assert second.unless.citation == second.citation


def test_an_edition_may_have_its_last_day() -> None:
    text = swap(GUIDELINE, '{from: "2025-07-01"}', '{from: "2025-07-01", to: "2025-12-31"}')
    assert guideline(text).effective_to == date(2025, 12, 31)
