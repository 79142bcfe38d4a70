"""The index of a library: finds requirements by payer, code, procedure, diagnosis, plan type or words.

It answers for requirements only; payers, procedures, rules and guidelines are few or found by their place.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from praxigen.datafiles import shipped
from praxigen.errors import LibraryError
from praxigen.library.catalog import store
from praxigen.library.catalog.asked import Asked
from praxigen.library.catalog.build import compare, update
from praxigen.library.catalog.codec import read_requirement
from praxigen.library.catalog.names import Names
from praxigen.library.catalog.stamps import Stamps, stamps_of
from praxigen.library.library import Library
from praxigen.model.requirement import Requirement

# So many files may have been touched and not changed before it pays to write the index anew.
_TOUCHED = 500


class _StaleError(Exception):
    """A file is not what the index says, though it looks the same from outside."""


@dataclass(frozen=True, slots=True)
class Matches:
    """What was found: the first requirements by payer and id, and how many there are in all."""

    requirements: tuple[Requirement, ...]
    total: int


class Catalog:
    """The index of one library, as fresh as its files were when it was opened."""

    def __init__(self, library: Library, connection: sqlite3.Connection, kept_at: Path | None = None) -> None:
        self.library = library
        self.kept_at = kept_at  # None: it lives in memory only
        self._connection = connection

    @cached_property
    def names(self) -> Names:
        """What the payers and procedures may be called."""
        return Names(self.library)

    @classmethod
    def open(cls, library: Library) -> Catalog:
        """The index, brought up to date where files have changed, and kept for the next time where that is possible."""
        folders = library.folders
        stamps = stamps_of(folders)
        base: tuple[sqlite3.Connection, int] | None = None
        for path in _places(library):
            found = store.open_copy(path)
            if found is None:
                continue
            connection, written = found
            try:
                difference = compare(connection, stamps, written)
            except sqlite3.Error:
                connection.close()
                continue
            if difference.none and len(difference.same) < _TOUCHED:
                return cls(library, connection, path)
            base = base or found
        connection = _renewed(base, folders, stamps)
        with suppress(OSError, RuntimeError):  # no place to write to, or no home: it serves from memory
            place = store.cached_at(folders)
            store.write_copy(connection, place)
            return cls(library, connection, place)
        return cls(library, connection)

    def find(self, asked: Asked, limit: int = 50) -> Matches:
        """The requirements that fit, each proven to be what its file says now.

        Raises LibraryError with the faults of a file that may hold a part of the answer and cannot be read.
        """
        for _ in range(2):
            try:
                return self._find(asked, limit)
            except (_StaleError, sqlite3.DatabaseError):
                self._connection = _renewed(None, self.library.folders, stamps_of(self.library.folders))
        raise LibraryError("the library changes while it is read", "Try again when the files rest.")

    def has_word(self, word: str) -> bool:
        """Whether a word stands in some requirement."""
        return self._connection.execute("SELECT 1 FROM word WHERE word = ? LIMIT 1", (word,)).fetchone() is not None

    def all(self, table: str) -> tuple[str, ...]:
        """Every different entry of the table `code`, `diagnosis` or `word`, without reading each use of it."""
        column = table if table != "diagnosis" else "code"
        query = f"""
            WITH RECURSIVE each(entry) AS (
                SELECT min({column}) FROM {table}
                UNION ALL
                SELECT (SELECT min({column}) FROM {table} WHERE {column} > entry) FROM each WHERE entry IS NOT NULL)
            SELECT entry FROM each WHERE entry IS NOT NULL"""
        return tuple(row[0] for row in self._connection.execute(query))

    def count(self) -> int:
        """How many requirements hold."""
        return int(self._connection.execute("SELECT count(*) FROM requirement WHERE wins AND NOT faulty").fetchone()[0])

    def pairs(self, asked: Asked) -> tuple[tuple[str, str], ...]:
        """The payers and procedures of the requirements that fit, without the rest."""
        where, values = _where(asked)
        query = f"SELECT DISTINCT payer, procedure FROM requirement AS r WHERE {where} ORDER BY 1, 2"
        return tuple((row[0], row[1]) for row in self._connection.execute(query, values))

    def codes(self, asked: Asked) -> frozenset[str]:
        """Every code that the requirements that fit list."""
        where, values = _where(asked)
        query = f"SELECT DISTINCT code.code FROM code JOIN requirement AS r ON r.file = code.file WHERE {where}"
        return frozenset(row[0] for row in self._connection.execute(query, values))

    def _find(self, asked: Asked, limit: int) -> Matches:
        self._refuse_faults(asked)
        where, values = _where(asked)
        count = f"SELECT count(*) FROM requirement AS r WHERE {where}"
        total: int = self._connection.execute(count, values).fetchone()[0]
        # The rows are chosen first: those that are not shown are never read whole.
        query = f"""
            SELECT r.value, file.folder, file.place, file.sha256
            FROM requirement AS r JOIN file ON file.id = r.file
            WHERE r.file IN (SELECT r.file FROM requirement AS r WHERE {where} ORDER BY r.payer, r.id LIMIT ?)
            ORDER BY r.payer, r.id"""
        found = []
        for text, folder, place, sha256 in self._connection.execute(query, (*values, limit)).fetchall():
            if _sha256(self.library.folders[folder] / place) != sha256:
                raise _StaleError
            found.append(read_requirement(text))
        return Matches(tuple(found), total)

    def _refuse_faults(self, asked: Asked) -> None:
        query = """
            SELECT file.fault, file.folder, file.place, r.payer
            FROM requirement AS r JOIN file ON file.id = r.file WHERE r.faulty AND r.wins"""
        for fault, folder, place, payer in self._connection.execute(query):
            if asked.payers and payer not in asked.payers:
                continue
            path = self.library.folders[folder] / place
            data = path.read_bytes() if path.is_file() else b""
            if not asked.codes or any(code.encode() in data for code in asked.codes):
                raise LibraryError(fault, "A file that may hold a part of the answer cannot be read.")


def compile_index(library: Library, path: Path) -> int:
    """Make the index of a library anew, write it to a file and return how many requirements it holds. Raises OSError.

    A file with a fault is kept in it with its fault: a lookup that may need it is refused with its place.
    """
    connection = _renewed(None, library.folders, stamps_of(library.folders))
    store.write_copy(connection, path)
    return Catalog(library, connection).count()


def _places(library: Library) -> list[Path]:
    """Where the index of a library may lie, the likeliest first."""
    places = []
    with suppress(LibraryError):
        if library.folders == (shipped("policies"),):
            places.append(store.COMPILED)
    with suppress(RuntimeError):
        places.append(store.cached_at(library.folders))
    return places


def _renewed(
    base: tuple[sqlite3.Connection, int] | None, folders: tuple[Path, ...], stamps: Stamps
) -> sqlite3.Connection:
    """An index in memory that holds what the files hold. `base`, with its time, saves reading what has not changed."""
    copy, written = base or (None, 0)
    connection = store.in_memory(copy)
    update(connection, folders, stamps, compare(connection, stamps, written))
    return connection


def _sha256(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _where(asked: Asked) -> tuple[str, list[str]]:
    """The conditions of a question, and their values."""
    clauses, values = ["r.wins", "NOT r.faulty"], list[str]()

    def among(column: str, wanted: Iterable[str]) -> None:
        wanted = list(wanted)
        if wanted:
            clauses.append(f"{column} IN ({', '.join('?' * len(wanted))})")
            values.extend(wanted)

    def listed(table: str, column: str, wanted: Iterable[str]) -> None:
        wanted = list(wanted)
        if wanted:
            marks = ", ".join("?" * len(wanted))
            clauses.append(f"r.file IN (SELECT file FROM {table} WHERE {column} IN ({marks}))")
            values.extend(wanted)

    among("r.payer", asked.payers)
    among("r.procedure", asked.procedures)
    listed("code", "code", asked.codes)
    listed("plan", "plan", asked.plans)
    for word in asked.words:
        listed("word", "word", (word,))
    if asked.diagnoses:
        # A category stands for the codes below it: M48.06 for M48.061 and M48.062. '[', '*' and '?' cannot occur.
        either = " OR ".join(["code GLOB ?"] * len(asked.diagnoses))
        clauses.append(f"r.file IN (SELECT file FROM diagnosis WHERE {either})")
        values.extend(f"{code}*" for code in asked.diagnoses)
    return " AND ".join(clauses), values
