"""What lies where a policy file belongs and is none: the library passes it over, and nobody should wonder why."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from praxigen.datafiles import Fault

_FOLDERS = ("guidelines", "requirements", "national")
_ENDINGS = (".yaml", ".yml")
_HINT = "Put a plain file there whose name ends in .yaml, or take it away."


def find_strays(folder: Path) -> Iterator[Fault]:
    """Folders with the name of a file, links to folders or to nowhere, pipes, endings in capitals."""
    root = folder.resolve()
    for entry in _entries(root, top=True):
        why = _why(entry)
        if why:
            name = f"{root.name}/{Path(entry.path).relative_to(root).as_posix()}"
            yield Fault(name, 1, 1, "misplaced", why, _HINT)


def _entries(folder: Path, *, top: bool) -> Iterator[os.DirEntry[str]]:
    """Everything in the folders of a library, and what its own folder holds. Links are not followed."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return  # Reading the library tells it.
    for entry in entries:
        if entry.name.startswith("."):
            continue
        yield entry
        if entry.is_dir(follow_symlinks=False) and (not top or entry.name in _FOLDERS):
            yield from _entries(Path(entry.path), top=False)


def _why(entry: os.DirEntry[str]) -> str:
    like_a_file = entry.name.casefold().endswith(_ENDINGS)
    if entry.is_symlink():
        if _leads_to_folder(entry):
            return "this is a link to a folder, which is not followed"
        if like_a_file and not os.path.exists(entry.path):  # noqa: PTH110  a link in a circle raises with Path
            return "this link leads nowhere"
    if not like_a_file:
        return ""
    if entry.is_dir(follow_symlinks=False):
        return "this is a folder"
    if not os.path.isfile(entry.path):  # noqa: PTH113  as above
        return "this is no plain file"
    return "" if entry.name.endswith(_ENDINGS) else "the ending of this name is in capitals"


def _leads_to_folder(entry: os.DirEntry[str]) -> bool:
    return os.path.isdir(entry.path)  # noqa: PTH112  as above
