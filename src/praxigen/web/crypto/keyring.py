"""The master keys, from a file that only its owner can read. The first one wraps new data keys; older ones unwrap."""

from __future__ import annotations

import base64
import binascii
import os
import secrets
import stat
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from praxigen.errors import UsageError

_KEY_BYTES = 32
_OPEN_TO_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True)
class MasterKey:
    """A master key of 256 bits and the short name by which wrapped keys call it."""

    id: str
    secret: bytes = field(repr=False)

    def derive(self, purpose: str) -> bytes:
        """A key of 256 bits for another purpose, from which this one cannot be found."""
        return HKDF(SHA256(), _KEY_BYTES, salt=None, info=f"praxigen/{purpose}".encode()).derive(self.secret)


@dataclass(frozen=True, slots=True)
class Keyring:
    """All master keys, the current one first."""

    keys: tuple[MasterKey, ...]

    @property
    def current(self) -> MasterKey:
        """The key that wraps what is written now."""
        return self.keys[0]

    def find(self, name: str) -> MasterKey:
        """The key of that name. Raises UsageError where the file does not hold it any more."""
        for key in self.keys:
            if key.id == name:
                return key
        raise UsageError(
            f"the master key {name!r} is not in the key file", "Put its line back, from the copy kept elsewhere."
        )


def read_keyring(path: Path) -> Keyring:
    """The keys of a file: one `name:key` a line, key in base64. Raises UsageError for a file that is not safe."""
    try:
        mode = path.stat().st_mode
        lines = path.read_text(encoding="ascii").split()
    except (OSError, UnicodeDecodeError):
        raise UsageError(f"the key file {path} cannot be read", "`praxigen serve` makes one where none is.") from None
    if os.name == "posix" and mode & _OPEN_TO_OTHERS:
        raise UsageError(f"the key file {path} can be read by others", f"Run: chmod 600 {path}")
    keys = tuple(_key(line, path) for line in lines)
    if not keys or len({key.id for key in keys}) != len(keys):
        raise UsageError(f"the key file {path} has no key, or one name twice", "Restore it from its copy.")
    return Keyring(keys)


def new_line() -> str:
    """A line of a key file with a new random key."""
    return f"k{secrets.token_hex(4)}:{base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode()}\n"


def make_key_file(path: Path) -> None:
    """Write a new key file that only its owner can read. Never overwrites one: its data would be lost."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(new_line())
        file.flush()
        os.fsync(file.fileno())


def add_line(path: Path) -> None:
    """Put a new key first in a key file. The file is whole at every moment; older lines stay, they open backups."""
    beside = path.with_name(f"{path.name}.new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(new_line() + path.read_text(encoding="ascii"))
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def _key(line: str, path: Path) -> MasterKey:
    name, _, text = line.partition(":")
    try:
        secret = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    if not name.isalnum() or len(secret) != _KEY_BYTES or len(set(secret)) < 8:  # all zero or a word repeated
        raise UsageError(f"the key file {path} holds a line that is no key", "Restore it from its copy.")
    return MasterKey(name, secret)
