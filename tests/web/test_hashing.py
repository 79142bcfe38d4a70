"""Passwords are hashed by Argon2id, and never more than two at once."""

from __future__ import annotations

import threading
import time

from praxigen.web import settings as real
from praxigen.web.accounts.hashing import AT_ONCE, TurnstileArgon2Hasher, turn


def test_the_workspace_hashes_by_argon2id() -> None:
    assert real.PASSWORD_HASHERS == ["praxigen.web.accounts.hashing.TurnstileArgon2Hasher"]
    hasher = TurnstileArgon2Hasher()
    stored = hasher.encode("nine quiet herons standing", hasher.salt())
    assert stored.startswith("argon2$argon2id$")
    assert hasher.verify("nine quiet herons standing", stored)
    assert not hasher.verify("nine quiet herons standing ", stored)


def test_no_more_than_two_hash_at_once() -> None:
    inside, most, lock = 0, 0, threading.Lock()

    def hash_something() -> None:
        nonlocal inside, most
        with turn():
            with lock:
                inside += 1
                most = max(most, inside)
            time.sleep(0.05)
            with lock:
                inside -= 1

    threads = [threading.Thread(target=hash_something) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == AT_ONCE == 2
    assert inside == 0
