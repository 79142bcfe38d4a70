"""The tasks of the background process, each quick when there is nothing to do."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.core.management import call_command
from django.db import close_old_connections
from django.utils import timezone

from praxigen.web.api.delivery import deliver_waiting
from praxigen.web.api.idempotency import forget_old_answers
from praxigen.web.api.webhooks import announce_deadlines, announce_policies
from praxigen.web.audit.checkpoints import sign_due
from praxigen.web.cases.policy import recheck_open_cases
from praxigen.web.cases.reading import read_waiting
from praxigen.web.serving.renewal import Watch, renew_workers

_HOUR = 3_600
_LIBRARY = 5  # seconds between two looks at the files of the policy library
_CHECKPOINTS = 30  # seconds between two looks; one is due after 1,000 events or ten minutes


def every(seconds: float, task: Callable[[], object]) -> Callable[[], object]:
    """The task, done when that much time has passed since the last time."""
    last = -seconds

    def when_due() -> object:
        nonlocal last
        if time.monotonic() - last < seconds:
            return None
        last = time.monotonic()
        return task()

    return when_due


def forget_what_is_over() -> None:
    """Remove sessions and remembered answers whose time is over."""
    call_command("clearsessions", verbosity=0)
    forget_old_answers()


def announce() -> None:
    """Queue what addresses want to be told of."""
    announce_policies()
    announce_deadlines(timezone.localdate())


TASKS: tuple[Callable[[], object], ...] = (
    close_old_connections,
    read_waiting,
    every(_HOUR, recheck_open_cases),
    every(_LIBRARY, Watch(renew_workers).look),
    deliver_waiting,
    every(_CHECKPOINTS, sign_due),
    every(_HOUR, announce),
    every(_HOUR, forget_what_is_over),
)
