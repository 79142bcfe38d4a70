"""The tables of the index, and what every copy of it is stamped with."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from praxigen.library.catalog.codec import shape

# A copy of another format or of other classes is as good as none; raise this when the tables or their meaning change.
_FORMAT = 2

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE file (
    id INTEGER PRIMARY KEY, folder INTEGER NOT NULL, place TEXT NOT NULL, size INTEGER NOT NULL, mtime INTEGER NOT NULL,
    sha256 TEXT NOT NULL, fault TEXT NOT NULL, UNIQUE (folder, place));
CREATE TABLE requirement (
    file INTEGER PRIMARY KEY, folder INTEGER NOT NULL, id TEXT NOT NULL, payer TEXT NOT NULL, procedure TEXT NOT NULL,
    wins INTEGER NOT NULL, faulty INTEGER NOT NULL, value TEXT NOT NULL);
CREATE INDEX requirement_faulty ON requirement (file) WHERE faulty;
CREATE INDEX requirement_id ON requirement (id);
CREATE INDEX requirement_payer ON requirement (payer, id);
CREATE INDEX requirement_procedure ON requirement (procedure, id);
CREATE TABLE code (code TEXT, file INTEGER, PRIMARY KEY (code, file)) WITHOUT ROWID;
CREATE TABLE diagnosis (code TEXT, file INTEGER, PRIMARY KEY (code, file)) WITHOUT ROWID;
CREATE TABLE plan (plan TEXT, file INTEGER, PRIMARY KEY (plan, file)) WITHOUT ROWID;
CREATE TABLE word (word TEXT, file INTEGER, PRIMARY KEY (word, file)) WITHOUT ROWID;
CREATE INDEX code_file ON code (file);
CREATE INDEX diagnosis_file ON diagnosis (file);
CREATE INDEX plan_file ON plan (file);
CREATE INDEX word_file ON word (file);
"""
# Of the requirements with one id, that of the last folder holds.
_WINNERS = """
UPDATE requirement SET wins = NOT EXISTS (
    SELECT 1 FROM requirement AS later WHERE later.id = requirement.id AND later.folder > requirement.folder)
"""
LISTS = ("code", "diagnosis", "plan", "word")


def stamp() -> str:
    """What tells copies that this program can read from others."""
    return f"{_FORMAT} {shape()}"


def create(connection: sqlite3.Connection) -> None:
    """Make the tables of an empty index."""
    connection.executescript(_TABLES)
    put(connection, "stamp", stamp())


def settle(connection: sqlite3.Connection) -> None:
    """Say again which requirement of each id holds, after files came or went."""
    connection.execute(_WINNERS)


def get(connection: sqlite3.Connection, key: str) -> str:
    """A value of `meta`; empty where there is none."""
    with closing(connection.execute("SELECT value FROM meta WHERE key = ?", (key,))) as found:
        row = found.fetchone()
    return str(row[0]) if row else ""


def put(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Set a value of `meta`."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))
