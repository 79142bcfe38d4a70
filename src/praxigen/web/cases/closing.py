"""Closes a case whose work is over, and opens it again. Nothing of it is destroyed."""

from __future__ import annotations

from praxigen.errors import UsageError
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import Actor, record
from praxigen.web.cases.changes import put
from praxigen.web.cases.clocks import refresh
from praxigen.web.cases.models import Case, ClosedFor, Stage, Turn
from praxigen.web.cases.standing import standing


def close(case: Case, why: ClosedFor, actor: Actor) -> None:
    """Take the case off the lists of open work. In the caller's transaction. Raises UsageError for a closed one."""
    if case.stage == Stage.CLOSED:
        raise UsageError("this case is closed already", "Open it again to go on with it.")
    put(case, stage=Stage.CLOSED, turn=Turn.NOBODY, closed_for=why)
    record(actor, Action.CASE_CLOSED, case, reason=str(why))


def reopen(case: Case, actor: Actor) -> None:
    """Put the case where the newest of what was noted leaves it. In the caller's transaction."""
    if case.stage != Stage.CLOSED:
        raise UsageError("this case is open", "There is nothing to do.")
    refresh(case)
    stage, turn = standing(case)
    put(case, stage=stage, turn=turn, closed_for="")
    record(actor, Action.CASE_REOPENED, case, stage=str(stage))
