"""Brings an index up to date: reads the files that are new or changed, and forgets those that went."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from praxigen.datafiles import FaultyFileError, parse_yaml, read_bytes
from praxigen.errors import LibraryError
from praxigen.library.catalog import codec, tables
from praxigen.library.catalog.stamps import Stamp, Stamps, digest
from praxigen.library.directory import plain
from praxigen.library.index import file_at
from praxigen.library.requirements import read_requirement
from praxigen.model.requirement import Requirement

_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Difference:
    """What separates an index from the files: `same` were only touched, `changed` are new or other, `gone` went."""

    same: tuple[tuple[int, str], ...]
    changed: tuple[tuple[int, str], ...]
    gone: tuple[int, ...]

    @property
    def none(self) -> bool:
        """Whether the index holds what the files hold."""
        return not self.changed and not self.gone


def compare(connection: sqlite3.Connection, stamps: Stamps, written: int) -> Difference:
    """How the files differ from an index that was written at a time, in nanoseconds."""
    recent = [key for key, stamp in stamps.items() if stamp.recent(written)]
    if tables.get(connection, "digest") == digest(stamps):
        keys, gone = recent, []
        query = "SELECT id, size, mtime, sha256 FROM file WHERE folder = ? AND place = ?"
        known = {key: connection.execute(query, key).fetchone() for key in recent}
    else:
        rows = connection.execute("SELECT folder, place, id, size, mtime, sha256 FROM file").fetchall()
        known = {(row[0], row[1]): row[2:] for row in rows}
        gone = [row[0] for key, row in known.items() if key not in stamps]
        held = set(recent)
        keys = [
            key
            for key, stamp in stamps.items()
            if key in held or key not in known or (stamp.size, stamp.mtime) != known[key][1:3]
        ]
    same = [key for key in keys if key in known and known[key] and _sha256(stamps[key]) == known[key][3]]
    kept = set(same)
    return Difference(tuple(same), tuple(key for key in keys if key not in kept), tuple(gone))


def update(connection: sqlite3.Connection, folders: Sequence[Path], stamps: Stamps, difference: Difference) -> None:
    """Make the index hold what the files hold, in one transaction."""
    with connection:
        for file in difference.gone:
            _forget(connection, file)
        for key in difference.same:
            stamp = stamps[key]
            connection.execute(
                "UPDATE file SET size = ?, mtime = ? WHERE folder = ? AND place = ?", (stamp.size, stamp.mtime, *key)
            )
        for key in sorted(difference.changed):
            row = connection.execute("SELECT id FROM file WHERE folder = ? AND place = ?", key).fetchone()
            if row is not None:
                _forget(connection, row[0])
            _learn(connection, folders[key[0]], key, stamps[key])
        if not difference.none:
            tables.settle(connection)
        tables.put(connection, "digest", digest(stamps))


def words_of(text: str) -> set[str]:
    """The words of a text as they are searched for."""
    return set(_WORD.findall(plain(text)))


def _sha256(stamp: Stamp) -> str:
    try:
        return hashlib.sha256(stamp.path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _forget(connection: sqlite3.Connection, file: int) -> None:
    connection.execute("DELETE FROM file WHERE id = ?", (file,))
    connection.execute("DELETE FROM requirement WHERE file = ?", (file,))
    for table in tables.LISTS:
        connection.execute(f"DELETE FROM {table} WHERE file = ?", (file,))


def _learn(connection: sqlite3.Connection, folder: Path, key: tuple[int, str], stamp: Stamp) -> None:
    """Read one file into the index. A file with a fault is kept with it: an answer that may need it is refused."""
    file = file_at(folder, key[1])
    if file is None or not file.id:
        return
    requirement: Requirement | None = None
    sha256 = fault = ""
    try:
        data = read_bytes(file.path, file.name)
        sha256 = hashlib.sha256(data).hexdigest()
        requirement = read_requirement(parse_yaml(data, file.name), file.name, sha256, file.expects)
    except (FaultyFileError, LibraryError) as error:
        fault = str(error)
    row = (*key, stamp.size, stamp.mtime, sha256, fault)
    columns = "folder, place, size, mtime, sha256, fault"
    number = connection.execute(f"INSERT INTO file ({columns}) VALUES (?, ?, ?, ?, ?, ?)", row).lastrowid
    if requirement is None:
        values = (number, key[0], file.id, file.expects["payer"], "", 1, 1, "")
        connection.execute("INSERT INTO requirement VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
        return
    text = codec.write_requirement(requirement)
    values = (number, key[0], requirement.id, requirement.payer, requirement.procedure, 1, 0, text)
    connection.execute("INSERT INTO requirement VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
    lists = {
        "code": set(requirement.codes),
        "diagnosis": {diagnosis.code for diagnosis in requirement.diagnoses},
        "plan": set(requirement.plans),
        "word": _words(requirement),
    }
    for table, entries in lists.items():
        rows = [(entry, number) for entry in sorted(entries)]
        connection.executemany(f"INSERT INTO {table} VALUES (?, ?)", rows)


def _words(requirement: Requirement) -> set[str]:
    texts = [requirement.title, requirement.administrator, requirement.procedure]
    texts += [entry.label for entry in requirement.codes.values()]
    for route in requirement.routes:
        texts += [route.id, route.indication or ""]
    found = set[str]().union(*map(words_of, texts))
    for route in requirement.routes:
        if route.guideline:
            publisher, _, number = route.guideline.partition(".")
            found |= {route.guideline, number, publisher, *words_of(number)}
    return found
