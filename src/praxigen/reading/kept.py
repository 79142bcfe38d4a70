"""What was derived and compiled from the rules' patterns, kept for the next start: made once, never needed.

Deriving what a pattern needs and compiling it take most of the time of a short check. What `re` compiled holds for the
very build of Python that did it and is used by no other. A pattern that was edited has another key, and what is kept of
it is left aside.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from array import array
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "_compiled"
_TABLE, _CODES = "patterns.json", "patterns.code"
_CODE = "I"  # the type of an array of what `re` calls codes

Needs = tuple[frozenset[str], ...]


def key_of(source: str, flags: int) -> str:
    """What stands for a pattern in the copy."""
    return hashlib.sha256(f"{flags:d} {source}".encode()).hexdigest()[:32]


def kept_needs() -> dict[str, Needs]:
    """The needs of each pattern by key, as they were derived by the same code; empty where there are none."""
    table = _table()
    try:
        return {key: tuple(map(frozenset, clauses)) for key, clauses in table["needs"].items()}
    except (KeyError, TypeError, AttributeError):
        return {}  # a copy that cannot be used is as good as none


def kept_pattern(source: str, flags: int) -> re.Pattern[str] | None:
    """The pattern as `re` compiled it on this Python; None where it is not kept."""
    table = _table()
    try:
        start, length, all_flags, groups, names = table["codes"][key_of(source, flags)]
        codes = _codes()[start : start + length].tolist()
        by_number: list[str | None] = [None] * (groups + 1)
        for name, number in names.items():
            by_number[number] = name
        return _build(source, all_flags, codes, groups, names, tuple(by_number))
    except Exception:  # noqa: BLE001  # whatever is wrong with a copy, `re` compiles the pattern
        return None


def made_pattern(source: str, flags: int) -> re.Pattern[str]:
    """The pattern compiled now."""
    from praxigen.reading.begins import narrowed  # imports the parser of `re`, which a start with a copy does without

    return re.compile(narrowed(source, flags), flags)


def keep(patterns: Iterable[tuple[str, int]], needs: Iterable[Needs]) -> None:
    """Write the copy, each file in one step, so that nobody ever reads half of it."""
    told: dict[str, list[list[str]]] = {}
    codes: dict[str, list[Any]] = {}
    written = array(_CODE)
    for (source, flags), clauses in zip(patterns, needs, strict=True):
        told[key_of(source, flags)] = [sorted(clause) for clause in clauses]
        compiled = made_pattern(source, flags)
        code = _code_of(compiled)
        if code is not None:
            entry = [len(written), len(code), compiled.flags, compiled.groups, dict(compiled.groupindex)]
            codes[key_of(source, flags)] = entry
            written.extend(code)
    FOLDER.mkdir(parents=True, exist_ok=True)
    _write(FOLDER / _CODES, written.tobytes())
    table = {"made_by": made_by(), "needs": told, "codes": codes}
    _write(FOLDER / _TABLE, json.dumps(table, separators=(",", ":")).encode())
    _table.cache_clear()
    _codes.cache_clear()


def _write(path: Path, content: bytes) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_bytes(content)
    part.replace(path)


@cache
def _table() -> dict[str, Any]:
    try:
        table = json.loads((FOLDER / _TABLE).read_bytes())
    except (OSError, ValueError):
        return {}
    return table if isinstance(table, dict) and table.get("made_by") == made_by() else {}


@cache
def made_by() -> str:
    """What a copy depends on beside the patterns: how needs and first characters are derived, and the very Python."""
    digest = hashlib.sha256(sys.version.encode())
    for module in ("needs.py", "begins.py"):
        digest.update(Path(__file__).with_name(module).read_bytes())
    return digest.hexdigest()


@cache
def _codes() -> array[int]:
    content = array(_CODE)
    content.frombytes((FOLDER / _CODES).read_bytes())
    return content


def _code_of(compiled: re.Pattern[str]) -> list[int] | None:
    """What `re` compiled a pattern to; None where this Python does not tell, or would build another pattern from it."""
    try:
        from re import _compiler, _parser  # type: ignore[attr-defined]  # without a public name

        tree = _parser.parse(compiled.pattern, compiled.flags)
        code: list[int] = _compiler._code(tree, compiled.flags)  # noqa: SLF001
        by_number: list[str | None] = [None] * (compiled.groups + 1)
        for name, number in compiled.groupindex.items():
            by_number[number] = name
        again = _build(
            compiled.pattern, compiled.flags, code, compiled.groups, dict(compiled.groupindex), tuple(by_number)
        )
    except (ImportError, AttributeError, TypeError, RuntimeError):
        return None
    return code if again == compiled else None


def _build(
    source: str, flags: int, code: list[int], groups: int, names: dict[str, int], by_number: tuple[str | None, ...]
) -> re.Pattern[str]:
    """The last step of `re.compile`, which checks the code before it takes it."""
    import _sre  # type: ignore[import-not-found]  # without a public name

    pattern: re.Pattern[str] = _sre.compile(source, flags, code, groups, names, by_number)
    return pattern
