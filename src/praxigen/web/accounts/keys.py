"""Data keys of practices: made, wrapped by the master key, unwrapped once in a process."""

from __future__ import annotations

import time
import uuid
from functools import lru_cache

from django.conf import settings
from django.db import transaction

from praxigen.web.accounts.models import DataKey, Practice
from praxigen.web.crypto.envelope import SealBrokenError, new_key, seal, unseal
from praxigen.web.crypto.keyring import Keyring

SEAL, LOOKUP = "seal", "lookup"
FORGET_AFTER = 60  # seconds after which a process asks again which key is the newest


def add_key(practice: Practice, purpose: str = SEAL) -> DataKey:
    """A new key of a practice; one that seals is used for what is written from now on."""
    keyring: Keyring = settings.KEYRING
    row = DataKey(practice=practice, master=keyring.current.id, purpose=purpose)
    row.wrapped = seal(keyring.current.secret, new_key(), _context(row))
    row.save()
    _newest.cache_clear()
    return row


def newest_key(practice: uuid.UUID) -> tuple[uuid.UUID, bytes]:
    """The id of the key that seals now, and the key."""
    name = _newest(practice, SEAL, int(time.monotonic() // FORGET_AFTER))
    if name is None:
        raise SealBrokenError("the practice has no data key", "Its keys were destroyed: nothing can be opened.")
    return name, find_key(practice, name)


def lookup_key(practice: uuid.UUID) -> bytes:
    """The key by which a practice's record numbers are found. It outlives the keys that seal, and the master keys."""
    name = _newest(practice, LOOKUP, 0)
    if name is None:
        with transaction.atomic():
            owner = Practice.objects.select_for_update().get(pk=practice)
            rows = DataKey.objects.filter(practice=practice, purpose=LOOKUP)
            name = (rows.first() or add_key(owner, LOOKUP)).pk
        _newest.cache_clear()
    return find_key(practice, name)


def wrap_anew(row: DataKey) -> None:
    """Wrap a key with the current master key. The key itself stays, and so does what it sealed."""
    keyring: Keyring = settings.KEYRING
    plain = unseal(keyring.find(row.master).secret, bytes(row.wrapped), _context(row))
    row.master = keyring.current.id
    row.wrapped = seal(keyring.current.secret, plain, _context(row))
    row.save(update_fields=["master", "wrapped"])


@lru_cache(maxsize=256)
def find_key(practice: uuid.UUID, name: uuid.UUID) -> bytes:
    """A data key of a practice. Raises SealBrokenError where it was destroyed."""
    row = DataKey.objects.filter(practice=practice, pk=name).first()
    if row is None:
        raise SealBrokenError("the key of a stored value was destroyed", "Nothing can open it any more.")
    keyring: Keyring = settings.KEYRING
    return unseal(keyring.find(row.master).secret, bytes(row.wrapped), _context(row))


def forget_keys() -> None:
    """Drop the unwrapped keys of this process, after they were changed or destroyed."""
    find_key.cache_clear()
    _newest.cache_clear()


@lru_cache(maxsize=512)
def _newest(practice: uuid.UUID, purpose: str, _minute: int) -> uuid.UUID | None:
    rows = DataKey.objects.filter(practice=practice, purpose=purpose).order_by("-created_at", "-pk")
    name: uuid.UUID | None = rows.values_list("pk", flat=True).first()
    return name


def _context(row: DataKey) -> str:
    return f"data-key/{row.practice_id}/{row.pk}"
