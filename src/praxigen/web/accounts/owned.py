"""What belongs to a practice: rows that are only found through it, and values that only its key opens."""

from __future__ import annotations

import hashlib
import hmac
import json
import uuid
import zlib
from functools import cache
from typing import Any, Literal, Self

from django.db import models
from django.http import Http404

from praxigen.web.accounts.keys import find_key, lookup_key, newest_key
from praxigen.web.accounts.models import Member, Practice
from praxigen.web.crypto.envelope import seal, unseal
from praxigen.web.prepared import Prepared

_KEY_ID = 16  # bytes of the data key's id, before what it sealed
_SHORT = 512  # bytes of JSON that are not packed
_PACKED = b"x"  # how packed bytes begin, and no JSON does

Codec = Literal["text", "bytes", "json"]


class Owned(models.Model):
    """A row of a practice, with a random id.

    Code finds rows with `of(practice)` and `find(practice, id)` only; `every` is for Django itself and for commands
    that work on all practices (tests/web/test_owned.py holds the list of files that may name it).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    every = models.Manager["Self"]()

    class Meta:
        """Not a table of its own."""

        abstract = True
        default_manager_name = "every"
        base_manager_name = "every"

    @classmethod
    def of(cls, practice: Practice | uuid.UUID) -> models.QuerySet[Self]:
        """The rows of a practice."""
        return cls.every.filter(practice=practice)

    @classmethod
    def find(cls, practice: Practice | uuid.UUID, name: uuid.UUID | str) -> Self:
        """The row of that id. Raises Http404 for one that is not there or is another practice's: nobody can tell."""
        try:
            wanted = name if isinstance(name, uuid.UUID) else uuid.UUID(name)
        except (ValueError, TypeError, AttributeError):  # not an id at all
            raise Http404 from None
        owner = practice if isinstance(practice, uuid.UUID) else practice.pk
        row: Self | None = _by_id(cls).one(owner, wanted)  # type: ignore[arg-type]  # a class is hashable
        if row is None:
            raise Http404
        return row


@cache
def _by_id(model: type[Owned]) -> Prepared[Any]:
    return Prepared(lambda practice, name: model.of(practice).filter(pk=name))


class Sealed(property):
    """A value that is stored sealed in the binary column `<name>_sealed`, bound to table, column, row and practice.

        class Case(Owned):
            patient_sealed = models.BinaryField(default=b"")
            patient = Sealed("patient", "json")

    It reads as "" (text), b"" (bytes) or None (json) where nothing was stored.
    """

    def __init__(self, name: str, codec: Codec) -> None:
        self._column = f"{name}_sealed"
        self._codec = codec
        super().__init__(self._read, self._write, doc=f"`{name}`, sealed at rest.")

    def _read(self, row: Owned) -> Any:
        stored = bytes(getattr(row, self._column) or b"")
        if not stored:
            return {"text": "", "bytes": b"", "json": None}[self._codec]
        key_id = uuid.UUID(bytes=stored[:_KEY_ID])
        plain = unseal(find_key(row.practice_id, key_id), stored[_KEY_ID:], self._context(row, key_id))
        return _decoded(plain, self._codec)

    def _write(self, row: Owned, value: Any) -> None:
        if row.practice_id is None:
            raise TypeError(f"{type(row).__name__}.{self._column}: give the practice first")
        plain = _encoded(value, self._codec)
        if not plain:
            setattr(row, self._column, b"")
            return
        key_id, key = newest_key(row.practice_id)
        setattr(row, self._column, key_id.bytes + seal(key, plain, self._context(row, key_id)))

    def _context(self, row: Owned, key_id: uuid.UUID) -> str:
        return f"{row._meta.db_table}/{self._column}/{row.pk}/{row.practice_id}/{key_id}"  # noqa: SLF001


def lookup_digest(practice: uuid.UUID, text: str) -> str:
    """A keyed hash by which a record or member number is found again without being stored in the clear."""
    plain = "".join(text.split()).casefold().encode("utf-8", "surrogatepass")
    return hmac.new(lookup_key(practice), plain, hashlib.sha256).hexdigest()


def _encoded(value: Any, codec: Codec) -> bytes:
    if codec == "bytes":
        return bytes(value or b"")
    if codec == "text":
        return str(value or "").encode("utf-8", "surrogatepass")
    if value is None:
        return b""
    plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return zlib.compress(plain, 1) if len(plain) > _SHORT else plain


def _decoded(plain: bytes, codec: Codec) -> Any:
    if codec == "bytes":
        return plain
    if codec == "json" and plain[:1] == _PACKED:
        plain = zlib.decompress(plain)
    text = plain.decode("utf-8", "surrogatepass")
    return text if codec == "text" else json.loads(text)
