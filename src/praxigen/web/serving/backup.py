"""Copies the workspace into one sealed file, and makes a workspace of such a file again.

SQLite only: the copy is made page by page while the workspace runs, and is the database at one moment. For PostgreSQL
docs/security/keys.md names the server's own commands.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
import struct
import tarfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from praxigen.errors import UsageError
from praxigen.web.conf import DATABASE_FILE
from praxigen.web.crypto.keyring import Keyring, MasterKey

_MAGIC = b"praxigen backup 1\n"
_CHUNK = 4 * 1024 * 1024
_NONCE_START = 8  # bytes, random for each file; the number of the chunk fills the rest
_LAST = 1 << 31


@dataclass(frozen=True, slots=True)
class Told:
    """What a backup holds: when it was made, rows of each table, and the end of each trail."""

    made_at: str
    rows: dict[str, int]
    trails: dict[str, list[object]]


def back_up(database: Path, checkpoints: Path, target: Path, keys: Keyring) -> Told:
    """Write a backup. Raises UsageError where the file is there already, or the database is not whole."""
    if target.exists():
        raise UsageError(f"{target} is there already", "Name a new file; a backup is never written over.")
    with TemporaryDirectory(dir=target.parent, prefix=".praxigen-backup-") as folder:
        copy = Path(folder) / DATABASE_FILE
        _copy(database, copy)
        told = examine(copy)
        packed = Path(folder) / "packed"
        with tarfile.open(packed, "w") as archive:
            _add(archive, "told.json", json.dumps({"made_at": told.made_at, "rows": told.rows}).encode())
            archive.add(copy, DATABASE_FILE)
            for path in sorted(checkpoints.glob("*.jsonl")) if checkpoints.is_dir() else ():
                archive.add(path, f"checkpoints/{path.name}")
        beside = Path(folder) / "sealed"
        with packed.open("rb") as plain, _private_file(beside) as sealed:
            _seal(plain, sealed, keys.current)
            sealed.flush()
            os.fsync(sealed.fileno())
        os.link(beside, target)  # unlike a rename, never over a file that came in the meantime
    return told


def restore(source: Path, data: Path, keys: Keyring) -> Told:
    """Make the data folder of a backup. Raises UsageError where data are there, or the backup is not whole and ours."""
    if (data / DATABASE_FILE).exists():
        raise UsageError(f"{data} holds a workspace already", "Name an empty folder with --data.")
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    with TemporaryDirectory(dir=data, prefix=".praxigen-restore-") as folder:
        packed = Path(folder) / "packed"
        with source.open("rb") as sealed, _private_file(packed) as plain:
            _unseal(sealed, plain, keys, source)
        with tarfile.open(packed) as archive:
            names = archive.getnames()
            copy = Path(folder) / DATABASE_FILE
            with _private_file(copy) as file:
                file.write(_member(archive, DATABASE_FILE))
            promised = json.loads(_member(archive, "told.json"))
            told = examine(copy)
            if told.rows != promised["rows"]:
                raise UsageError(f"{source} holds other rows than it says", "Take another backup.")
            kept = data / "checkpoints"
            kept.mkdir(exist_ok=True, mode=0o700)
            for name in names:
                own = kept / Path(name).name
                if name.startswith("checkpoints/") and not own.exists():  # newer ones, kept elsewhere, stay
                    with _private_file(own) as file:
                        file.write(_member(archive, name))
        copy.rename(data / DATABASE_FILE)
    return told


def examine(database: Path) -> Told:
    """What a database file holds. Raises UsageError where SQLite finds it damaged."""
    link = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        (state,) = link.execute("PRAGMA integrity_check").fetchone()
        if state != "ok":
            raise UsageError("the database is damaged", "Take the newest backup that is whole.")
        tables = sorted(name for (name,) in link.execute("SELECT name FROM sqlite_master WHERE type = 'table'"))
        rows = {name: link.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}  # noqa: S608
        ends = link.execute("SELECT practice, max(sequence), count(*) FROM audit_event GROUP BY practice").fetchall()
    except sqlite3.DatabaseError:
        raise UsageError("the file is no database of the workspace", "Take another backup.") from None
    finally:
        link.close()
    return Told(datetime.now(UTC).isoformat(timespec="seconds"), rows, {name: list(rest) for name, *rest in ends})


def _copy(database: Path, copy: Path) -> None:
    source = sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=20)
    with _private_file(copy):
        pass
    target = sqlite3.connect(copy)
    try:
        source.backup(target, pages=2_000)
        target.execute("PRAGMA journal_mode=DELETE")
    finally:
        target.close()
        source.close()


def _seal(plain: BinaryIO, sealed: BinaryIO, key: MasterKey) -> None:
    """Chunk by chunk, each bound to its number, the last one marked: none can be left out, moved or added."""
    start = os.urandom(_NONCE_START)
    head = _MAGIC + key.id.encode().ljust(40) + start
    sealed.write(head)
    cipher = AESGCM(key.derive("backup"))
    chunk, number = plain.read(_CHUNK), 0
    while True:
        following = plain.read(_CHUNK)
        mark = number | (0 if following else _LAST)
        body = cipher.encrypt(start + struct.pack(">I", mark), chunk, hashlib.sha256(head).digest())
        sealed.write(struct.pack(">I", len(body)) + body)
        if not following:
            return
        chunk, number = following, number + 1


def _unseal(sealed: BinaryIO, plain: BinaryIO, keys: Keyring, source: Path) -> None:
    head = sealed.read(len(_MAGIC) + 40 + _NONCE_START)
    if not head.startswith(_MAGIC):
        raise UsageError(f"{source} is no backup of a workspace", "Name a file that `praxigen backup` wrote.")
    start = head[-_NONCE_START:]
    cipher = AESGCM(keys.find(head[len(_MAGIC) : -_NONCE_START].decode().strip()).derive("backup"))
    number = 0
    length = sealed.read(4)
    while length:
        body = sealed.read(struct.unpack(">I", length)[0]) if len(length) == 4 else b""
        length = sealed.read(4)
        mark = number | (0 if length else _LAST)
        try:
            plain.write(cipher.decrypt(start + struct.pack(">I", mark), body, hashlib.sha256(head).digest()))
        except InvalidTag:
            raise UsageError(f"{source} was changed or cut", "Take another backup.") from None
        number += 1
    plain.flush()


def _member(archive: tarfile.TarFile, name: str) -> bytes:
    file = archive.extractfile(name)
    return file.read() if file is not None else b""


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    archive.addfile(entry, io.BytesIO(content))


def _private_file(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
