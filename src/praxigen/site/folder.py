"""Puts a finished site where it is wanted: the whole new one, or what was there before."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

from praxigen.errors import UsageError

MANIFEST = "site.json"
SCHEMA = "praxigen.site/1"


def check_folder(folder: Path) -> None:
    """Raise UsageError unless the folder is new, empty, or holds a site that praxigen built and nothing else."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise UsageError(f"{folder} is not a folder", "Name a new folder for the site.")
    if not folder.exists() or not any(folder.iterdir()):
        return
    foreign = sorted(_foreign(folder))
    if foreign:
        named = ", ".join(foreign[:3]) + (f" and {len(foreign) - 3} more" if len(foreign) > 3 else "")
        raise UsageError(
            f"{folder} holds what praxigen did not put there: {named}",
            "Name a new or empty folder, or one with a site that praxigen built: it is replaced as a whole.",
        )


def replace_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files into a new folder beside it and put that in its place. Until then the old site stands."""
    check_folder(folder)
    target = Path(os.path.realpath(folder))
    mark = secrets.token_hex(6)
    draft, old = (target.with_name(f".{target.name}.{mark}.{part}") for part in ("part", "old"))
    try:
        draft.mkdir(parents=True)
        for name, content in {**files, MANIFEST: manifest(files)}.items():
            path = draft / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        if target.exists():
            target.rename(old)
        try:
            draft.rename(target)
        except OSError:
            if old.exists():
                old.rename(target)
            raise
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise UsageError(f"{folder}: the site could not be written: {why}", "Name a folder you may write to.") from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def manifest(files: Mapping[str, bytes]) -> bytes:
    """Every file of the site with the hash of its bytes: by it a later build knows what it may replace."""
    listed = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}
    return (json.dumps({"schema": SCHEMA, "files": listed}, indent=0) + "\n").encode()


def _foreign(folder: Path) -> set[str]:
    """The files that the folder's manifest does not name; all of them where it has none."""
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    try:
        known = json.loads((folder / MANIFEST).read_bytes())
        if known["schema"] != SCHEMA:
            return found
        return found - {*known["files"], MANIFEST}
    except (OSError, ValueError, KeyError, TypeError):
        return found
