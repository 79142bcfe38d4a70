"""A small library without fault, as text, and ways to put one fault into it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from praxigen.datafiles import parse_yaml
from praxigen.library.guidelines import read_guideline
from praxigen.library.requirements import read_requirement
from praxigen.model.guideline import Guideline
from praxigen.model.requirement import Requirement

TODAY = date(2026, 8, 3)
CONCEPTS = frozenset(
    {"finding.cauda_equina", "finding.stenosis", "plan.fusion", "symptom.leg_pain", "treatment.exercise"}
)

PAYERS = """\
schema: praxigen.payers/1
payers:
  - id: qualcare
    name: QualCare
    also: [QualCare Inc, QCA]
    plans: [commercial, medicare_advantage]
    nature: Administrator for self-funded plans
    sources:
      site: {title: The site, publisher: QualCare, trust: binding, read: full_text}
  - {id: oscar, name: Oscar Health, plans: [commercial]}
"""

PROCEDURES = """\
schema: praxigen.procedures/1
procedures:
  - {id: laminectomy, label: Laminectomy, also: [decompression]}
  - {id: spinal-cord-stimulation, label: Spinal cord stimulation, also: [SCS]}
"""

GUIDELINE = """\
schema: praxigen.guideline/1
id: evicore.cmm-608
title: Lumbar decompression
publisher: evicore
edition: V1.0.2025
effective: {from: "2025-07-01"}
last_verified: "2026-06-26"
review_every: 180 days
status: draft
sources:
  guideline:
    title: CMM-608 Lumbar Decompression
    number: CMM-608
    publisher: eviCore by Evernorth
    edition: V1.0.2025
    trust: binding
    read: full_text
    effective: "2025-07-01"
    retrieved: unknown
    url: https://www.evicore.com/cignaguidelines
    note: Read in full.
  digest: {title: A digest, publisher: Somebody, trust: proxy, read: summary}
main_source: guideline
definitions:
  - {id: urgent, says: An emergency., source: {from: guideline, at: Definitions}}
not_covered:
  - {id: laser, says: Laser decompression., source: {from: guideline, at: Exclusions}}
notes:
  - {id: unseen, says: One table was not seen., source: {from: digest, at: page 1}}
parts:
  urgent:
    id: emergency
    says: An emergency
    any:
      - id: cauda-equina
        says: Cauda equina syndrome
        evidence: {concept: finding.cauda_equina}
        on_silence: not_met
indications:
  lumbar:
    title: Open lumbar decompression
    criteria:
      id: decompression
      says: Open lumbar decompression
      source: {from: guideline, at: Indications}
      all:
        - id: leg-pain
          says: Leg pain
          ask: Is there leg pain, and how strong is it?
          documents: The office note
          evidence:
            - {concept: symptom.leg_pain, state: [present], value: ">= 5 /10"}
            - concept: finding.stenosis
              who: patient
              where: {region: [lumbar], modality: [mri, ct]}
              unless_where: {degree: [mild]}
              within: 12 months
          refuted_by: {concept: symptom.leg_pain, state: [absent]}
          prefer: shown
          absent_refutes: no
        - id: exercise
          says: Six weeks of exercise without relief
          ask: From when to when was exercise therapy done, and with what result?
          source: {from: digest, at: page 2, read: inferred, note: Read between the lines.}
          evidence:
            concept: treatment.exercise
            duration: ">= 6 weeks"
            outcome: [none, insufficient]
            contrary_outcome: [good]
            ended: "< 2 years"
          unless: {use: urgent}
        - id: credential
          says: A spine surgeon operates
          ask: Who operates?
          attest: practice
        - id: two-of
          says: One of the codes and the stage
          at_least: 1
          of:
            - {id: stage, says: A trial, request: {stage: [trial]}}
            - {id: code, says: One level, request: {codes: ["63047"]}}
        - id: no-fusion
          says: No fusion at the same time
          none:
            - {id: fusion, says: Fusion, evidence: {concept: plan.fusion}, on_silence: not_met}
          applies_if: {use: urgent, id: second-emergency}
tests:
  - name: everything documented
    indication: lumbar
    date: "2026-08-03"
    attest: [credential]
    stage: trial
    note: |
      Leg pain 7/10. Fusion. Cauda equina syndrome. PT for 8 weeks without relief.
    expect: {leg-pain: met, exercise: met, cauda-equina: met, fusion: met}
  - name: nothing documented
    indication: lumbar
    note: Seen today.
    expect: {leg-pain: not_documented, exercise: waived, cauda-equina: not_met, fusion: not_met}
"""

REQUIREMENT = """\
schema: praxigen.requirement/1
id: qualcare.laminectomy
payer: qualcare
procedure: laminectomy
title: Laminectomy or laminotomy
plans: [commercial]
prior_authorization: required
administrator: eviCore by Evernorth
effective: {from: unknown}
last_verified: "2026-06-26"
review_every: 180 days
sources:
  page: {title: The page, publisher: QualCare, trust: binding, read: full_text}
codes:
  - {code: "63047", label: lumbar, source: {from: page, at: code list}}
  - {code: "63046", label: thoracic, source: {from: page, at: code list}}
  - {code: "22633", label: fusion, listed: no, prior_authorization: unknown, note: N., source: {from: page, at: list}}
stages:
  "63046": [trial, removal]
stage_concepts:
  trial: [plan.fusion]
routes:
  - id: lumbar
    codes: ["63047"]
    guideline: evicore.cmm-608
    indication: lumbar
    source: {from: page, at: routes}
  - id: thoracic-trial
    codes: ["63046"]
    stages: [trial]
    guideline: none
    why: The criteria are in the portal.
    upload: [Office note]
    source: {from: page, at: routes, trust: portal_only}
  - id: thoracic-removal
    codes: ["63046"]
    stages: [removal]
    guideline: none
    why: The criteria are in the portal.
    source: {from: page, at: routes}
submit:
  - {method: portal, portal: eviCore, url: https://www.evicore.com, source: {from: page, at: submit}}
turnaround: Not stated.
diagnoses:
  - {code: M48.062, source: {from: page, at: diagnoses}}
documents:
  - {id: office-note, says: The office note, needed: always}
page_criteria:
  - {id: six-weeks, says: Six weeks of care, source: {from: page, at: criteria}}
questions:
  - {ask: Is it required?, answer: Yes., source: {from: page, at: questions}}
cautions:
  - {id: numbers, says: Numbers differ., source: {from: page, at: top}}
tests:
  - name: lumbar code
    codes: ["63047"]
    stage: trial
    date: "2026-08-03"
    expect: {route: lumbar, guideline: evicore.cmm-608, indication: lumbar, prior_authorization: required}
"""


def swap(text: str, old: str, new: str) -> str:
    """The text with one place changed, which must be there exactly once."""
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    return text.replace(old, new)


def line_of(text: str, words: str) -> int:
    """The line on which words stand for the first time, counted from 1."""
    assert words in text
    return text[: text.index(words)].count("\n") + 1


def guideline(text: str = GUIDELINE) -> Guideline:
    """The guideline in a text."""
    return read_guideline(parse_yaml(text.encode(), "g.yaml"), "g.yaml")


def requirement(text: str = REQUIREMENT) -> Requirement:
    """The requirement in a text."""
    return read_requirement(parse_yaml(text.encode(), "r.yaml"), "r.yaml")


def write_library(
    folder: Path,
    payers: str = PAYERS,
    procedures: str = PROCEDURES,
    guideline: str = GUIDELINE,
    requirement: str = REQUIREMENT,
    **others: str,
) -> Path:
    """The small library as files. `others` are further files by their path; an empty text leaves a file out."""
    files = {
        "payers.yaml": payers,
        "procedures.yaml": procedures,
        "guidelines/evicore/cmm-608.yaml": guideline,
        "requirements/qualcare/laminectomy.yaml": requirement,
        **others,
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        if text:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return folder
