"""Data keys of practices: made, wrapped by the master key, unwrapped once in a process."""

from __future__ import annotations

import uuid
from functools import lru_cache

from django.conf import settings

from praxigen.web.accounts.models import DataKey, Practice
from praxigen.web.crypto.envelope import SealBrokenError, new_key, seal, unseal
from praxigen.web.crypto.keyring import Keyring


def add_key(practice: Practice) -> DataKey:
    """A new data key, which seals what is written from now on."""
    keyring: Keyring = settings.KEYRING
    row = DataKey(practice=practice, master=keyring.current.id)
    row.wrapped = seal(keyring.current.secret, new_key(), _context(row))
    row.save()
    _newest.cache_clear()
    return row


def newest_key(practice: uuid.UUID) -> tuple[uuid.UUID, bytes]:
    """The id of the key that seals now, and the key."""
    name = _newest(practice)
    return name, find_key(practice, name)


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


@lru_cache(maxsize=256)
def _newest(practice: uuid.UUID) -> uuid.UUID:
    name: uuid.UUID | None = (
        DataKey.objects.filter(practice=practice).order_by("-created_at", "-pk").values_list("pk", flat=True).first()
    )
    if name is None:
        raise SealBrokenError("the practice has no data key", "Its keys were destroyed: nothing can be opened.")
    return name


def _context(row: DataKey) -> str:
    return f"data-key/{row.practice_id}/{row.pk}"
