"""New files to fill in: they load, and `library lint` points at every TODO until it is filled."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date

from praxigen.errors import UsageError
from praxigen.library.codes import is_procedure_code, shape_problem

_PART = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

_GUIDELINE = """\
schema: praxigen.guideline/1
id: {id}
title: "TODO: what the policy is about, in our own words"
publisher: {publisher}
edition: "TODO: the edition as the document names it"
effective: {{from: "{today}"}}
last_verified: "{today}"
review_every: 180 days
status: draft

sources:
  policy:
    title: "TODO: the title of the document"
    publisher: "TODO: who publishes it"
    trust: proxy                   # TODO: binding, if this is the payer's own policy
    read: title_only               # TODO: full_text, transcription or summary, as it was read
    retrieved: "{today}"
    url: "TODO: where it was read, or unknown"

main_source: policy

notes:
  - id: first-day
    says: "TODO: the first day of this edition stands under 'effective'; correct it and remove this note"
    source: {{from: policy, at: "TODO: page or section"}}

indications:
  service:
    title: "TODO: which service"
    criteria:
      id: service
      says: "TODO: what is approved"
      source: {{from: policy, at: "TODO: page or section"}}
      all:
        - id: physical-therapy
          says: "TODO: what the first criterion asks"
          ask: From when to when was physical therapy attended, and with what result?
          documents: Therapy notes with the first and last visit and the result
          evidence:
            concept: treatment.physical_therapy
            duration: ">= 6 weeks"
            outcome: [none, insufficient, temporary, worse]
            contrary_outcome: [good]

tests:
  - name: "TODO: everything documented"
    indication: service
    date: "2026-08-03"
    note: |
      HPI: Left lumbar radiculopathy. Physical therapy from 4/6/2026 to 6/5/2026 gave no relief.
    expect: {{service: met, physical-therapy: met}}
  - name: "TODO: too short"
    indication: service
    date: "2026-08-03"
    note: |
      HPI: Left lumbar radiculopathy. Physical therapy for four weeks without relief.
    expect: {{service: not_met, physical-therapy: not_met}}
"""

_REQUIREMENT = """\
schema: praxigen.requirement/1
id: {id}
payer: {payer}
procedure: {procedure}
title: "TODO: the service as the payer groups it, in our own words"
plans: [commercial]                # TODO: the plan types that the source speaks of
prior_authorization: unknown       # TODO: required, not_required or varies, as the source says; unknown is never no
administrator: "TODO: who reviews"
effective: {{from: unknown}}
last_verified: "{today}"
review_every: 180 days

sources:
  list:
    title: "TODO: the title of the document"
    publisher: "TODO: who publishes it"
    trust: proxy                   # TODO: binding, if this is the payer's own document
    read: title_only               # TODO: full_text, transcription or summary, as it was read
    retrieved: "{today}"
    url: "TODO: where it was read, or unknown"

codes:
{codes}

routes:
  - id: all-codes
    codes: [{quoted}]
    guideline: none                # TODO: the id of the guideline that decides, and its indication
    why: "TODO: why nothing public decides, or remove this"
    source: {{from: list, at: "TODO: page or section"}}

submit:
  - {{method: portal, portal: "TODO: which", source: {{from: list, at: "TODO: page or section"}}}}
turnaround: "TODO: what the source says of the time, or: Not stated."
diagnoses: []
documents:
  - {{id: office-note, says: "TODO: what to send along", needed: always}}
page_criteria: []
questions: []
cautions: []

tests:
  - name: "TODO: the first code"
    codes: ["{first}"]
    date: "2026-08-03"
    expect: {{route: all-codes, guideline: none, prior_authorization: unknown}}
"""


def new_guideline(guideline_id: str, today: date) -> tuple[str, str]:
    """The place of a guideline's file in its library, and the file. Raises UsageError for an id of another shape."""
    publisher, number = _parts(guideline_id, "evicore.cmm-609")
    text = _GUIDELINE.format(id=guideline_id, publisher=publisher, today=today)
    return f"guidelines/{publisher}/{number}.yaml", text


def new_requirement(requirement_id: str, procedure: str, codes: Sequence[str], today: date) -> tuple[str, str]:
    """The place of a requirement's file, and the file. Raises UsageError for an id or code of another shape."""
    payer, name = _parts(requirement_id, "qualcare.laminectomy")
    if not _PART.fullmatch(procedure or name):
        raise UsageError(f"{procedure!r} is not an id", "Write lower-case letters and digits, joined by '-'.")
    for code in codes:
        if not is_procedure_code(code):
            hint = "Give five digits, such as 63650, or a letter and four digits, such as L8679."
            raise UsageError(shape_problem(code), hint)
    if not codes or len(set(codes)) != len(codes):
        raise UsageError("a requirement needs at least one code, each once", "Give --code 63047, once for each code.")
    lines = [
        f'  - {{code: "{code}", label: "TODO: in our own words", source: {{from: list, at: "TODO: page or section"}}}}'
        for code in codes
    ]
    text = _REQUIREMENT.format(
        id=requirement_id,
        payer=payer,
        procedure=procedure or name,
        today=today,
        codes="\n".join(lines),
        quoted=", ".join(json.dumps(code) for code in codes),
        first=codes[0],
    )
    return f"requirements/{payer}/{name}.yaml", text


def _parts(whole: str, example: str) -> tuple[str, str]:
    first, dot, last = whole.partition(".")
    if not dot or not _PART.fullmatch(first) or not _PART.fullmatch(last):
        hint = f"Write lower-case letters, digits, '-' and one '.', for example {example}."
        raise UsageError(f"{whole!r} is not an id of two parts", hint)
    return first, last
