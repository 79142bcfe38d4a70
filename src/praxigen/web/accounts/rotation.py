"""Changes keys: a new master key wraps the data keys anew at once; a new data key takes over row by row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from praxigen.web.accounts.keys import SEAL, add_key, forget_keys, wrap_anew
from praxigen.web.accounts.models import DataKey, Practice
from praxigen.web.accounts.owned import Owned, Sealed
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import Actor, record
from praxigen.web.crypto.keyring import add_line, read_keyring

BATCH = 100  # rows in one transaction
_SETTLED = timedelta(minutes=10)  # by then no process seals with the key before the newest one
_SECRETS = ("secret", "seed")


def rotate_master(key_file: Path) -> int:
    """Put a new master key first in the file and wrap every data key and second factor with it; say how many.

    Interrupted, it goes on where it was: a line that was added and not used by every key is not added again.
    """
    if not DataKey.objects.exclude(master=settings.KEYRING.current.id).exists():
        add_line(key_file)
    settings.KEYRING = read_keyring(key_file)
    forget_keys()
    changed = 0
    with transaction.atomic():
        for row in DataKey.objects.select_for_update().exclude(master=settings.KEYRING.current.id).order_by("pk"):
            wrap_anew(row)
            changed += 1
        for factor in Authenticator.objects.select_for_update().order_by("pk"):
            _seal_factor_anew(factor)
        for practice in Practice.objects.order_by("pk"):
            record(Actor(practice.pk), Action.KEY_ROTATED, practice, master=settings.KEYRING.current.id)
    return changed


def reseal(practice: Practice, say: Callable[[int], None] = lambda _rows: None) -> int:
    """Seal every value of a practice with its newest key, and destroy the keys that nothing needs any more.

    A new key is made only where the newest already seals everything; so a run that was interrupted is gone on with by
    the next. An older key goes only after ten minutes, when no running process seals with it.
    """
    newest = _newest(practice)
    if not _left(practice, newest):
        _destroy_unneeded(practice, newest)
        newest = add_key(practice)
    forget_keys()
    done = 0
    for model in _models():
        for name in list(_older(model, practice, newest)):
            done += _reseal_row(model, practice, name, newest)
            if done % BATCH == 0:
                say(done)
    _destroy_unneeded(practice, newest)
    record(Actor(practice.pk), Action.RESEALED, practice, rows=done, key=str(newest.pk))
    return done


def _reseal_row(model: type[Owned], practice: Practice, name: Any, newest: DataKey) -> int:
    columns = _columns(model)
    with transaction.atomic():
        row = model.of(practice).select_for_update().filter(pk=name).first()
        if row is None:
            return 0
        changed = [column for column in columns if _stale(getattr(row, f"{column}_sealed"), newest)]
        for column in changed:
            setattr(row, column, getattr(row, column))
        model.of(practice).filter(pk=name).update(
            **{f"{each}_sealed": getattr(row, f"{each}_sealed") for each in changed}
        )
    return bool(changed)


def _older(model: type[Owned], practice: Practice, newest: DataKey) -> set[Any]:
    names: set[Any] = set()
    for column in _columns(model):
        rows = model.of(practice).values_list("pk", f"{column}_sealed")
        names |= {name for name, stored in rows.iterator(chunk_size=BATCH) if _stale(stored, newest)}
    return names


def _stale(stored: bytes | memoryview | None, newest: DataKey) -> bool:
    head = bytes(stored or b"")[:16]
    return bool(head) and head != newest.pk.bytes


def _left(practice: Practice, newest: DataKey) -> bool:
    return any(_older(model, practice, newest) for model in _models())


def _destroy_unneeded(practice: Practice, newest: DataKey) -> None:
    if newest.created_at > timezone.now() - _SETTLED:
        return
    with transaction.atomic():
        if not _left(practice, newest):
            DataKey.objects.filter(practice=practice, purpose=SEAL).exclude(pk=newest.pk).delete()
    forget_keys()


def _newest(practice: Practice) -> DataKey:
    row: DataKey = DataKey.objects.filter(practice=practice, purpose=SEAL).latest("created_at")
    return row


def _models() -> list[type[Owned]]:
    return sorted((model for model in Owned.__subclasses__() if _columns(model)), key=lambda model: model.__name__)


def _columns(model: type[Owned]) -> list[str]:
    return sorted(name for name, value in vars(model).items() if isinstance(value, Sealed))


def _seal_factor_anew(factor: Authenticator) -> None:
    adapter = get_adapter()
    for name in _SECRETS:
        if name in factor.data:
            factor.data[name] = adapter.encrypt(adapter.decrypt(factor.data[name]))
    factor.save(update_fields=["data"])
