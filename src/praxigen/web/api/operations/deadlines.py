"""When each step after a request or a denial runs out, by which law."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema
from pydantic import ConfigDict

from praxigen.law import Case, Event, Law, answer
from praxigen.law.case import TIME_ZONE
from praxigen.web.api.answers import RESOURCE, told
from praxigen.web.api.operations.library import catalog

router = Router(tags=["deadlines"])


class AskedDeadlines(Schema):
    """What is known of a case. What is not given and matters becomes a question in the answer, never a guess."""

    model_config = ConfigDict(extra="forbid")
    plan: str | None = Field(None, max_length=60)
    funding: str | None = Field(None, max_length=30)
    state: str | None = Field(None, max_length=30)
    payer: str | None = Field(None, max_length=80)
    events: dict[str, str] = Field({}, max_length=20, description="What happened when: denial_received: 2026-10-02.")
    letter_deadline: date | None = None
    urgency: str | None = Field(None, max_length=40)
    stage: str | None = Field(None, max_length=40)
    today: date | None = None
    time_zone: str = Field(TIME_ZONE, max_length=60)


@lru_cache(maxsize=1)
def law() -> Law:
    """The shipped law; it does not change while the server runs."""
    return Law.open()


@router.post("/deadlines", openapi_extra=told("Every deadline with its law."))
def deadlines(request: HttpRequest, asked: AskedDeadlines) -> HttpResponse:  # noqa: ARG001
    """Every deadline, who must act, what follows when it is missed, and the law behind it."""
    from praxigen.exports.deadlines import to_json

    case = Case(
        plan=asked.plan,
        funding=asked.funding,
        state=asked.state,
        payer=None if asked.payer is None else catalog().library.payer(asked.payer).id,
        events=tuple(Event.read(name, when) for name, when in sorted(asked.events.items())),
        letter_deadline=asked.letter_deadline,
        urgency=asked.urgency,
        stage=asked.stage,
        time_zone=asked.time_zone,
    )
    return RESOURCE(to_json(answer(case, law(), asked.today), asked.today))
