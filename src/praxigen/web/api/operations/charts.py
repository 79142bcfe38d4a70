"""Checks of charts and readings of denials for programs. Nothing that is sent here is stored.

Annotations are real types here: ninja reads them through the decorator `once`, which has other names around it.
"""

import datetime as dt

from django.http import HttpResponse
from ninja import Field, Router, Schema
from pydantic import ConfigDict

from praxigen.web.accounts.gate import Asking
from praxigen.web.api.answers import RESOURCE, told
from praxigen.web.api.auth import KeyAuth
from praxigen.web.api.documents import Given
from praxigen.web.api.idempotency import once
from praxigen.web.api.models import Scope
from praxigen.web.api.operations.library import catalog
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import record

router = Router(tags=["charts"])


class AskedRequest(Schema):
    """What is requested of the payer."""

    model_config = ConfigDict(extra="forbid")
    payer: str = Field(max_length=80)
    codes: list[str] = Field(min_length=1, max_length=20)
    plan: str = Field("commercial", max_length=40)
    date: dt.date | None = Field(None, description="The date of service.")
    stage: str | None = Field(None, max_length=30)
    attested: list[str] = Field([], max_length=50)


class AskedCheck(Schema):
    """A chart and a request."""

    model_config = ConfigDict(extra="forbid")
    document: Given
    request: AskedRequest


class AskedDenial(Schema):
    """A payer's letter or message, and what is known of the request where it does not say."""

    model_config = ConfigDict(extra="forbid")
    document: Given
    payer: str | None = Field(None, max_length=80)
    codes: list[str] = Field([], max_length=20)
    plan: str | None = Field(None, max_length=40)
    date: dt.date | None = None
    stage: str | None = Field(None, max_length=30)
    today: dt.date | None = None


@router.post("/check", auth=KeyAuth(Scope.CHECK), openapi_extra=told("The report (docs/report-schema.md)."))
@once
def check(request: Asking, asked: AskedCheck) -> HttpResponse:
    """Compare a chart with the payer's criteria, criterion by criterion, with the chart's words."""
    from praxigen.api import check as check_document
    from praxigen.exports.json_report import to_json
    from praxigen.model.request import Request

    wanted = Request(
        asked.request.payer,
        asked.request.codes,
        plan=asked.request.plan,
        date=asked.request.date,
        stage=asked.request.stage,
        attested=asked.request.attested,
    )
    report = check_document(asked.document.read(), wanted, catalog().library)
    record(
        request.actor, Action.API_CALLED, operation="check", payer=report.requirement.payer, codes=list(wanted.codes)
    )
    return RESOURCE(to_json(report))


@router.post("/denial", auth=KeyAuth(Scope.DENIAL), openapi_extra=told("The denial as read (docs/denials.md)."))
@once
def denial(request: Asking, asked: AskedDenial) -> HttpResponse:
    """Read a payer's decision: every stated reason, what answers it, and the criterion that it is about."""
    from praxigen.api import read_denials
    from praxigen.exports.denial import to_json
    from praxigen.letters import Hints, read_answer
    from praxigen.letters.composing.unknown import is_no_payer_of

    library = catalog().library
    payer = None if asked.payer is None or is_no_payer_of(library, asked.payer) else asked.payer
    hints = Hints(payer, tuple(code.strip().upper() for code in asked.codes), asked.plan, asked.date, asked.stage)
    document = read_answer(asked.document.bytes(), name=asked.document.name)
    reading = read_denials(document, library, hints, asked.today)
    record(request.actor, Action.API_CALLED, operation="denial", decisions=len(reading.denials))
    return RESOURCE(to_json(reading))
