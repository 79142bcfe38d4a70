"""Writers of SQLite wait for each other: the next one is there at once, and none waits for ever."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db.utils import OperationalError

from praxigen.web.conf import _database
from praxigen.web.sqlite.base import DatabaseWrapper

pytestmark = pytest.mark.django_db  # connections are opened; the database of the tests is not touched


@pytest.fixture
def other(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Another process's connection, as it were, to a database with one table."""
    made = sqlite3.connect(tmp_path / "praxigen.sqlite3", isolation_level=None, check_same_thread=False)
    made.execute("PRAGMA journal_mode=WAL")
    made.execute("CREATE TABLE told (number INTEGER)")
    yield made
    made.close()


def ours(folder: Path, timeout: float = 20) -> DatabaseWrapper:
    """A connection as the settings make it."""
    settings = _database("", folder, "")
    settings["OPTIONS"] = {**settings["OPTIONS"], "timeout": timeout}
    usual = {"TIME_ZONE": None, "CONN_HEALTH_CHECKS": False, "AUTOCOMMIT": True, "ATOMIC_REQUESTS": False}
    return DatabaseWrapper({**usual, **settings}, alias="beside")


def tell(database: DatabaseWrapper) -> None:
    """One write in a transaction of its own, as `atomic` makes it."""
    database.set_autocommit(autocommit=False, force_begin_transaction_with_broken_autocommit=True)
    with database.cursor() as cursor:
        cursor.execute("INSERT INTO told VALUES (1)")
    database.commit()
    database.set_autocommit(autocommit=True)


def test_one_that_waits_writes_when_the_other_is_done(tmp_path: Path, other: sqlite3.Connection) -> None:
    other.execute("BEGIN IMMEDIATE")
    ended: list[float] = []

    def end() -> None:
        time.sleep(0.3)
        ended.append(time.monotonic())
        other.execute("COMMIT")

    thread = threading.Thread(target=end)
    thread.start()
    database = ours(tmp_path)
    try:
        tell(database)
        assert ended, "it has waited"
        with database.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM told")
            assert cursor.fetchone() == (1,)
            cursor.execute("PRAGMA busy_timeout")
            assert cursor.fetchone() == (20_000,), "what writes without a transaction waits as before"
    finally:
        thread.join()
        database.close()


def test_one_that_waited_as_long_as_the_settings_grant_is_told_so(tmp_path: Path, other: sqlite3.Connection) -> None:
    other.execute("BEGIN IMMEDIATE")
    database = ours(tmp_path, timeout=0.2)
    begun = time.monotonic()
    try:
        with pytest.raises(OperationalError, match="locked"):
            tell(database)
        assert time.monotonic() - begun >= 0.2
        other.execute("ROLLBACK")
        tell(database)  # and the next one writes
    finally:
        database.close()


def test_many_threads_lose_no_write(tmp_path: Path, other: sqlite3.Connection) -> None:
    def write() -> None:
        database = ours(tmp_path)
        try:
            for _ in range(10):
                tell(database)
        finally:
            database.close()

    threads = [threading.Thread(target=write) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert other.execute("SELECT COUNT(*) FROM told").fetchone() == (60,)


def test_what_else_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    database = ours(tmp_path)
    try:
        database.ensure_connection()
        database.connection.execute("BEGIN")
        with pytest.raises(OperationalError, match="within a transaction"):
            database.set_autocommit(autocommit=False, force_begin_transaction_with_broken_autocommit=True)
    finally:
        database.close()
