"""The newest release of ICD-10-CM: titles and the codes under each code.

The package that brings it parses nine megabytes of XML when it is imported, which takes seconds. A copy made at
installation answers in microseconds; without it the package answers.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

FORMAT = "1"
COPY = Path(__file__).resolve().parent.parent / "_compiled" / "icd10cm.sqlite"
_PACKAGE = "simple-icd-10-cm"


def title(code: str) -> str:
    """The official title of a code or heading; empty for one that is not in the table."""
    copy = _copy()
    if copy is None:
        import simple_icd_10_cm as table

        return str(table.get_description(code)) if table.is_valid_item(code) else ""
    row = copy.execute("SELECT title FROM code WHERE code = ?", (code,)).fetchone()
    return str(row[0]) if row else ""


def children(code: str) -> tuple[str, ...]:
    """The codes directly under a code, in order."""
    copy = _copy()
    if copy is None:
        import simple_icd_10_cm as table

        return tuple(map(str, table.get_children(code))) if table.is_valid_item(code) else ()
    rows = copy.execute("SELECT code FROM code WHERE parent = ? ORDER BY code", (code,))
    return tuple(str(row[0]) for row in rows)


def leaves_under(code: str) -> tuple[str, ...]:
    """The billable codes under a code, or the code itself where it is billable; none for an unknown one."""
    return tuple(_leaves(code)) if title(code) else ()


def _leaves(code: str) -> Iterator[str]:
    below = children(code)
    if not below:
        yield code
    for child in below:
        yield from _leaves(child)


@cache
def _copy(path: Path = COPY) -> sqlite3.Connection | None:
    """The copy, if there is one of this make."""
    if not path.is_file():
        return None
    try:
        copy = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        made = copy.execute("SELECT value FROM made WHERE name = 'make'").fetchone()
    except sqlite3.Error:
        return None
    return copy if made and made[0] == _make() else None


def _make() -> str:
    return f"{FORMAT} {_PACKAGE} {version(_PACKAGE)}"


def write_copy(path: Path = COPY) -> None:
    """Write the copy in one step. Takes some seconds."""
    import simple_icd_10_cm as table

    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    part.unlink(missing_ok=True)
    with sqlite3.connect(part) as copy:
        copy.execute("CREATE TABLE made (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")
        copy.execute("CREATE TABLE code (code TEXT PRIMARY KEY, parent TEXT, title TEXT) WITHOUT ROWID")
        copy.execute("INSERT INTO made VALUES ('make', ?)", (_make(),))
        codes = [str(code) for code in table.get_all_codes(with_dots=True) if not table.is_chapter_or_block(code)]
        rows = ((code, _parent(code), table.get_description(code)) for code in codes)
        copy.executemany("INSERT INTO code VALUES (?, ?, ?)", rows)
        copy.execute("CREATE INDEX under ON code (parent)")
    copy.close()
    part.replace(path)


def _parent(code: str) -> str:
    import simple_icd_10_cm as table

    return str(table.get_parent(code))
