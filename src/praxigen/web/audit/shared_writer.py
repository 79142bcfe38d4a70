"""Writes what several requests have to write in one transaction, because each one has to wait for the disk."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from praxigen.web.audit.models import Event

_MOST = 64  # events in one transaction
_PATIENCE = 30.0  # seconds; longer than the database itself waits for its lock


class WriterStoppedError(RuntimeError):
    """The thread that writes gave no answer."""


class _Waiting:
    """An event, and the request that waits until it is written."""

    def __init__(self, event: Event) -> None:
        self.event = event
        self.done = threading.Event()
        self.error: Exception | None = None


class SharedWriter:
    """One thread with a connection of its own. While it waits for the disk, what comes in gathers for the next turn.

    `append` writes events in one transaction or raises and writes none. Where a turn fails its events are tried one by
    one, so that each request hears of its own only.
    """

    def __init__(self, append: Callable[[Sequence[Event]], None], patience: float = _PATIENCE) -> None:
        self._append = append
        self._patience = patience
        self._queue: queue.SimpleQueue[_Waiting] = queue.SimpleQueue()
        self._start = threading.Lock()
        self._thread: threading.Thread | None = None

    def write(self, event: Event) -> None:
        """Return when the event is on the disk. Raises what the database raised."""
        self._run()
        waiting = _Waiting(event)
        self._queue.put(waiting)
        if not waiting.done.wait(self._patience):
            raise WriterStoppedError("the event was not written in time")
        if waiting.error is not None:
            raise waiting.error

    def _run(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            with self._start:
                if self._thread is None or not self._thread.is_alive():
                    self._thread = threading.Thread(target=self._work, name="trail", daemon=True)
                    self._thread.start()

    def _work(self) -> None:
        while True:
            turn = [self._queue.get()]
            while len(turn) < _MOST and not self._queue.empty():
                turn.append(self._queue.get())
            if not self._written(turn):
                for waiting in turn:
                    self._written([waiting])
            for waiting in turn:
                waiting.done.set()

    def _written(self, turn: Sequence[_Waiting]) -> bool:
        try:
            self._append([waiting.event for waiting in turn])
        except Exception as error:  # noqa: BLE001  the request that waits raises it
            connection.close()  # it may be broken: the next turn opens another
            for waiting in turn:
                waiting.error = error
            return False
        for waiting in turn:
            waiting.error = None
        return True
