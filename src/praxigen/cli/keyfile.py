"""The file that holds the key of redaction: made once at random, readable by its owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from praxigen.errors import UsageError

_LEAST = 16  # characters; what can be guessed would move the dates back
_MOST = 4096


def open_key(path: Path) -> tuple[bytes, bool]:
    """The key in the file, and whether it was made just now. Raises UsageError for a file that cannot serve."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        return _make(path), True
    except OSError as error:
        raise _unusable(path, error) from None
    try:
        with os.fdopen(handle, "rb") as stream:
            mode = os.fstat(stream.fileno()).st_mode
            key = stream.read(_MOST + 1).strip()
    except OSError as error:
        raise _unusable(path, error) from None
    if os.name == "posix" and mode & 0o077:
        raise UsageError(f"{path}: others can read this key", f"Make it yours alone: chmod 600 {path}")
    if not _LEAST <= len(key) <= _MOST:
        hint = "Name a file that does not exist yet, and a key is made in it."
        raise UsageError(f"{path}: a key has {_LEAST} to {_MOST:,} characters", hint)
    return key, False


def _make(path: Path) -> bytes:
    key = secrets.token_hex(32).encode()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(key + b"\n")
    except FileExistsError:  # made by another run in the meantime
        return open_key(path)[0]
    except OSError as error:
        raise _unusable(path, error) from None
    return key


def _unusable(path: Path, error: OSError) -> UsageError:
    why = error.strerror or type(error).__name__
    return UsageError(
        f"{path}: the key could not be used: {why}", "Name a file that you may read, or a new one, with --key."
    )
