"""Drafts of letters for programs: the same as `praxigen appeal`. Nothing is stored, nothing is sent.

Annotations are real types here: ninja reads them through the decorator `once`, which has other names around it.
"""

import datetime as dt
import json
from dataclasses import replace

from django.http import HttpResponse
from ninja import Field, Router, Schema
from pydantic import ConfigDict

from praxigen.errors import UsageError
from praxigen.letters.composing.letter import LetterKind
from praxigen.web.accounts.gate import Asking
from praxigen.web.api.answers import RESOURCE, told
from praxigen.web.api.auth import KeyAuth
from praxigen.web.api.documents import Given
from praxigen.web.api.idempotency import once
from praxigen.web.api.models import Scope
from praxigen.web.api.operations.library import catalog
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import record

router = Router(tags=["letters"])
_TO_NOBODY = (LetterKind.CALL, LetterKind.ADDENDUM)  # sheets, not letters


class AskedAppeal(Schema):
    """A payer's decision, the chart, and what is known beside them. What is not given is read from the decision."""

    model_config = ConfigDict(extra="forbid")
    denial: Given
    chart: Given
    kind: str | None = Field(None, max_length=40, description="Which letter; else the one that answers the decision.")
    payer: str | None = Field(None, max_length=80)
    codes: list[str] = Field([], max_length=20)
    plan: str | None = Field(None, max_length=40)
    date: dt.date | None = Field(None, description="The date of service.")
    stage: str | None = Field(None, max_length=30)
    funding: str | None = Field(None, max_length=30)
    state: str | None = Field(None, max_length=2)
    received: dt.date | None = None
    written_on: dt.date | None = None
    diagnoses: list[str] = Field([], max_length=20)
    fields: dict[str, str] = Field({}, max_length=40)
    same_patient: bool = Field(False, description="A person compared the papers: they are about one patient.")


@router.post(
    "/appeal", auth=KeyAuth(Scope.LETTER), openapi_extra=told("The draft as typed sentences (docs/letters.md).")
)
@once
def appeal(request: Asking, asked: AskedAppeal) -> HttpResponse:
    """Draft the letter that answers a payer's decision. Always a draft: a person decides about each criterion."""
    from praxigen.api import check, read_denials
    from praxigen.letters import Hints, read_answer
    from praxigen.letters.composing.answering import PlanFacts, answering, choose
    from praxigen.letters.composing.compose import compose
    from praxigen.letters.composing.from_denial import answer_of
    from praxigen.letters.composing.gather import Told
    from praxigen.letters.composing.unknown import is_no_payer_of, knows_nothing, report_without_criteria
    from praxigen.letters.composing.writers.plain import plain_letter
    from praxigen.model.request import Request

    library = catalog().library
    codes = tuple(code.strip().upper() for code in asked.codes)
    document = read_answer(asked.denial.bytes(), name=asked.denial.name)
    typed = asked.payer if asked.payer is not None and is_no_payer_of(library, asked.payer) else None
    hints = Hints(None if typed else asked.payer, codes, asked.plan, asked.date, asked.stage)
    reading = read_denials(document, library, hints, asked.written_on)
    if len(reading.denials) != 1:
        raise UsageError(f"the letter holds {len(reading.denials)} decisions", "Send one decision of a payer.")
    denial = reading.denials[0]
    stated = typed or (denial.payer.value if denial.payer is not None else None)
    payer = asked.payer or denial.payer_id or stated
    codes = codes or tuple(each.code for each in denial.codes)
    if payer is None or not codes:
        raise UsageError("the decision does not name a payer and a code", "Give payer and codes.")
    day = asked.date or (denial.date_of_service.day if denial.date_of_service else None)
    wanted = Request(payer, codes, plan=asked.plan or denial.plan or "commercial", date=day, stage=asked.stage)
    known = typed is None and (asked.payer or denial.payer_id) is not None
    if known and not knows_nothing(library, payer, codes, wanted.plan):
        report = check(asked.chart.read(), wanted, library)
    else:
        who = library.payer(payer) if known else None
        name = who.name if who else payer
        report = report_without_criteria(asked.chart.read(), wanted, who.id if who else "", name)
    answer = answer_of(document, denial)
    said = Told(
        written_on=asked.written_on,
        fields=tuple(sorted(asked.fields.items())),
        diagnoses=asked.diagnoses,
        confirmed_patient=asked.same_patient,
    )
    made = answering(
        report,
        library,
        said,
        choose(_kind(asked.kind), denial, LetterKind.LEVEL_1),
        denial=denial,
        answer=replace(answer, notes=(*reading.warnings, *answer.notes)),
        facts=PlanFacts(asked.plan, asked.funding, asked.state, asked.received),
    )
    letter = compose(made.matter, made.kind)
    record(request.actor, Action.API_CALLED, operation="appeal", payer=report.requirement.payer, kind=made.kind.value)
    return RESOURCE(json.dumps(plain_letter(letter, draft=True), ensure_ascii=False))


def _kind(name: str | None) -> LetterKind | None:
    """The kind of letter of that name. Raises UsageError for one that is none."""
    if name is None:
        return None
    kinds = [each.value for each in LetterKind if each not in _TO_NOBODY]
    if name not in kinds:
        raise UsageError(f"there is no letter of the kind {name!r}", f"Choose from: {', '.join(kinds)}.")
    return LetterKind(name)
