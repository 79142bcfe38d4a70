"""What goes on beside the pages: reading what waits, and tasks that come round. One process, ended with its parent."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from types import FrameType

_LOG = logging.getLogger("praxigen.web.background")
_PAUSE = 1.0  # seconds between two looks for work


def start_background() -> subprocess.Popen[bytes]:
    """Start the process. It gets this process's environment, which names data and key."""
    return subprocess.Popen([sys.executable, "-m", "praxigen.web.serving.background"])


def work_while(going_on: Callable[[], bool], tasks: tuple[Callable[[], object], ...], pause: float = _PAUSE) -> None:
    """Do each task again and again. A task that fails is told in the log and asked again next time."""
    while going_on():
        for task in tasks:
            try:
                task()
            except Exception:  # noqa: BLE001  the other tasks go on
                _LOG.exception("a task in the background failed: %s", getattr(task, "__name__", "task"))
        time.sleep(pause)


def main() -> None:
    """The process itself."""
    import django

    django.setup()
    from praxigen.web.serving.tasks import TASKS

    parent = os.getppid()
    stopped = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal stopped
        stopped = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the parent, which ends this one
    work_while(lambda: not stopped and os.getppid() == parent, TASKS)


if __name__ == "__main__":
    main()
