"""The tasks of the background process, each quick when there is nothing to do."""

from __future__ import annotations

from collections.abc import Callable

from django.core.management import call_command
from django.db import close_old_connections

_HOUR = 3_600


def forget_old_sessions() -> None:
    """Remove sessions that are over."""
    call_command("clearsessions", verbosity=0)


TASKS: tuple[Callable[[], object], ...] = (close_old_connections,)
