"""Argon2id for passwords, with at most two at once on a machine: each takes 64 MiB and a fifth of a second."""

from __future__ import annotations

import fcntl
import os
import random
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher

AT_ONCE = 2


class TurnstileArgon2Hasher(Argon2PasswordHasher):
    """Django's Argon2 behind a turnstile that all processes and threads of this machine share."""

    def encode(self, password: str, salt: str) -> str:
        """Hash a password when it is its turn."""
        with turn():
            encoded: str = super().encode(password, salt)
        return encoded

    def verify(self, password: str, encoded: str) -> bool:
        """Whether the password is the one of the hash, looked at when it is its turn."""
        with turn():
            same: bool = super().verify(password, encoded)
        return same


@contextmanager
def turn() -> Iterator[None]:
    """Wait until fewer than two hash, then go. The locks are files: they end with the process that holds them."""
    folder = settings.CONFIGURATION.data / "locks"
    folder.mkdir(mode=0o700, exist_ok=True)
    handles = [os.open(folder / f"hash-{number}", os.O_RDWR | os.O_CREAT, 0o600) for number in range(AT_ONCE)]
    try:
        if not any(_take(handle) for handle in handles):
            fcntl.flock(random.choice(handles), fcntl.LOCK_EX)  # noqa: S311  which queue to wait in is no secret
        yield
    finally:
        for handle in handles:
            os.close(handle)


def _take(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
