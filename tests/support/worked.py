"""A case as a practice has it after a day of work, with given words wherever a person or a chart put them."""

from __future__ import annotations

from pathlib import Path

from django.db import models

from praxigen.web.accounts.roles import Role
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import record
from praxigen.web.cases.checking import make_check
from praxigen.web.cases.intake import Given, take_in
from praxigen.web.cases.models import Decision, Letter
from support.addresses import fill_practice
from support.cases import make_case
from support.practices import Desk

_NOTE = (Path(__file__).parents[2] / "examples" / "stimulator-trial.txt").read_bytes()


def work(desk: Desk, words: str, *, openly: str = "qualcare") -> None:
    """A checked case whose patient, file name and chart bear the words, with a row of everything beside it."""
    member = desk.members[Role.SPECIALIST]
    patient = {"name": words, "birth_date": "1961-02-03", "record_number": words, "member_id": words}
    case = make_case(desk, patient=patient, note=words)
    record(member.actor(), Action.CASE_OPENED, case)
    file = take_in(case, Given(f"{words[:60]}.txt", _NOTE + f"\n\n{words}\n".encode()), member.actor(), member)
    check = make_check(case, member.actor(), member)
    # Letters and decisions hold structures that only their own pages make; their tests put hostile words in them.
    left_out: tuple[models.Model, ...] = (Letter(), Decision())
    fill_practice(desk.practice, words, openly=openly, have=(case, file, check, *left_out))
