"""Where an index lies, and how it gets there: a whole file or none.

The index of the shipped library is made at set-up, beside the compiled lexicon (`python -m praxigen.library`). That of
other folders lies in the user's cache. Where nothing can be written it lives in memory, for one run.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from praxigen.library.catalog import tables

COMPILED = Path(__file__).resolve().parents[2] / "_compiled" / "library.sqlite"


def cached_at(folders: Sequence[Path]) -> Path:
    """The place of the index of these folders in the user's cache."""
    name = "\0".join(str(folder.resolve()) for folder in folders)
    key = hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:24]
    return _cache() / "praxigen" / f"library-{key}.sqlite"


def _cache() -> Path:
    """The folder that the system keeps for what can be made again."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    given = os.environ.get("XDG_CACHE_HOME", "")
    if Path(given).is_absolute():
        return Path(given)
    return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache")


def open_copy(path: Path) -> tuple[sqlite3.Connection, int] | None:
    """The index in a file, to be read only, and when it was written; None where there is none that can be used."""
    try:
        seen = path.stat()
        # Immutable: the file is never written to, only replaced, so it needs no locks.
        connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    except (OSError, sqlite3.Error, ValueError):
        return None
    try:
        if tables.get(connection, "stamp") == tables.stamp() and _is_whole(connection, seen.st_size):
            return connection, seen.st_mtime_ns
    except (sqlite3.Error, UnicodeDecodeError):
        pass  # a file that is no index, or a damaged one, is as good as none
    connection.close()
    return None


def in_memory(copy: sqlite3.Connection | None) -> sqlite3.Connection:
    """An index that can be changed: a copy of another one, or empty."""
    connection = sqlite3.connect(":memory:")
    if copy is not None:
        copy.backup(connection)
    else:
        tables.create(connection)
    return connection


def write_copy(connection: sqlite3.Connection, path: Path) -> None:
    """Write the index in one step, so that nobody ever reads half of it. Raises OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    import secrets  # only what writes a file needs it

    part = path.with_name(f".{path.name}.{secrets.token_hex(6)}.part")
    try:
        data = connection.serialize()
        with part.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _is_whole(connection: sqlite3.Connection, size: int) -> bool:
    pages: int = connection.execute("PRAGMA page_count").fetchone()[0]
    page: int = connection.execute("PRAGMA page_size").fetchone()[0]
    return pages * page == size
