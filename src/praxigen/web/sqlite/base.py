"""The database as Django's settings name it (ENGINE)."""

from __future__ import annotations

import sqlite3
import threading
import time
from typing import Any

from django.db.backends.sqlite3 import base

_PAUSE = 0.001  # seconds between two tries to take another process's turn
_BUSY = 5  # SQLITE_BUSY, the lowest byte of an error's code


class DatabaseWrapper(base.DatabaseWrapper):
    """SQLite has one writer at a time. One that waits is there at once when the other is done.

    SQLite itself looks again after ever longer pauses, up to a tenth of a second, while a turn lasts some milliseconds:
    under load most of the time would go by with nobody writing. Threads of a process queue up here instead, and of each
    process one looks every millisecond. After the time that the settings grant ("timeout") the database is locked, as
    it always was.
    """

    def _start_transaction_under_autocommit(self) -> None:
        with self.wrap_database_errors:
            self._begin(f"BEGIN {self.transaction_mode or 'DEFERRED'}")

    def _begin(self, statement: str) -> None:
        patience = float(self.settings_dict["OPTIONS"].get("timeout", 5.0))
        until = time.monotonic() + patience
        connection: Any = self.connection
        if not _turn.acquire(timeout=patience):
            raise sqlite3.OperationalError("database is locked")
        try:
            connection.execute("PRAGMA busy_timeout = 0")
            try:
                while not _began(connection, statement, last=time.monotonic() >= until):
                    time.sleep(_PAUSE)
            finally:
                connection.execute(f"PRAGMA busy_timeout = {int(1_000 * patience)}")
        finally:
            _turn.release()


_turn = threading.Lock()  # of those in this process who wait to begin


def _began(connection: Any, statement: str, *, last: bool) -> bool:
    """Whether the transaction has begun. Raises what SQLite says where it is not that another one writes."""
    try:
        connection.execute(statement)
    except sqlite3.OperationalError as error:
        if last or error.sqlite_errorcode & 0xFF != _BUSY:
            raise
        return False
    return True
