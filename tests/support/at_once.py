"""Does things at once in threads of a process with a database file of its own, and prints what came of them.

The tests' own database lives in one transaction, in which nothing happens at once. Run: python -m support.at_once
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Barrier, Thread

NOTE = (Path(__file__).parents[2] / "examples" / "stimulator-trial.txt").read_text(encoding="utf-8")


def main() -> None:
    """Set up, race, print."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "support.workspace_settings"
    import django
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    django.setup()
    setup_test_environment()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    json.dump({"decide": _decide(), "claim": _claim(), "number": _number(), "trail": _trail()}, sys.stdout)


def _race(*acts: Callable[[], str]) -> list[str]:
    from django.db import connection

    outcomes: list[str] = []
    barrier = Barrier(len(acts))

    def go(act: Callable[[], str]) -> None:
        barrier.wait()
        try:
            outcomes.append(act())
        except Exception as fault:  # noqa: BLE001  it is told
            outcomes.append(type(fault).__name__)
        finally:
            connection.close()

    threads = [Thread(target=go, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def _decide() -> list[object]:
    """Two members decide about one criterion."""
    from praxigen.web.accounts.roles import Role
    from praxigen.web.cases.checking import open_check
    from praxigen.web.cases.deciding import Choice, decide
    from praxigen.web.cases.models import Case, Check, Disposition
    from support.practices import make_desk

    desk = make_desk("Decide")
    sent = {"payer": "QualCare", "codes": "63650", "date_of_service": "2026-08-03", "request_stage": "trial"}
    desk.client().post("/practice/cases/new/", {**sent, "note": NOTE})
    check = Check.of(desk.practice).get()
    opened, name = open_check(check), next(iter(check.criteria))

    def by(role: Role) -> Callable[[], str]:
        member = desk.members[role]
        return lambda: decide(check, opened, Choice(name, "confirmed"), member.actor(), member).decided

    outcomes = _race(by(Role.SPECIALIST), by(Role.CLINICIAN))
    left = len(check.criteria) - Case.of(desk.practice).get().undecided
    return [outcomes, Disposition.of(desk.practice).count(), left]


def _claim() -> list[str]:
    """Four workers want the two files that wait."""
    from praxigen.web.cases.models import Case, ChartFile
    from praxigen.web.cases.reading import claim
    from support.practices import make_desk

    practice = make_desk("Claim").practice
    case = Case.every.create(practice=practice, payer="")
    for number in (1, 2):
        ChartFile.every.create(practice=practice, case=case, number=number)

    def take() -> str:
        taken = claim()
        return "none" if taken is None else str(taken.number)

    return _race(take, take, take, take)


def _number() -> list[str]:
    """Four files come at once: each gets a number of its own."""
    from praxigen.web.cases.intake import Given, take_in
    from praxigen.web.cases.models import Case
    from support.practices import make_desk

    desk = make_desk("Number")
    case = Case.every.create(practice=desk.practice, payer="")
    member = next(iter(desk.members.values()))

    def add(text: str) -> Callable[[], str]:
        return lambda: str(take_in(case, Given("note", text.encode()), member.actor(), member).number)

    return _race(*(add(f"Note number {number}.") for number in range(4)))


def _trail() -> list[object]:
    """A dozen members look at once, as in a server: one chain, every event in it, fewer transactions than events."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from praxigen.web.audit import record as recording
    from praxigen.web.audit.actions import Action
    from praxigen.web.audit.models import Event
    from praxigen.web.audit.shared_writer import SharedWriter
    from praxigen.web.audit.verify import verify_all
    from support.practices import make_desk

    desk = make_desk("Trail")
    before = Event.objects.filter(practice=desk.practice.pk).count()
    actor = next(iter(desk.members.values())).actor()
    turns: list[int] = []

    def append(events: Sequence[Event]) -> None:
        turns.append(len(events))
        recording.append(events)

    recording._SHARED = SharedWriter(append)

    def look() -> str:
        with CaptureQueriesContext(connection) as mine:
            recording.record(actor, Action.CASES_LISTED, shown=1)
        return f"written by {'the request' if len(mine) else 'the writer'}"

    outcomes = _race(*([look] * 12))
    recording._SHARED = None
    added = Event.objects.filter(practice=desk.practice.pk).count() - before
    return [
        sorted(set(outcomes)),
        added,
        sum(turns),
        len(turns) < 12,
        [fault.what for fault in verify_all().faults if fault.practice == desk.practice.pk and fault.sequence],
    ]


if __name__ == "__main__":
    main()
