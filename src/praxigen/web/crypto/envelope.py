"""Seals bytes with AES-256-GCM, bound to the place that they are for: moved elsewhere, they do not open."""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from praxigen.errors import PraxigenError

_VERSION = b"\x01"
_NONCE = 12  # bytes; random, and a data key seals far fewer than 2**32 values


class SealBrokenError(PraxigenError):
    """A sealed value is not what was sealed for its place: changed, moved, or its key is gone."""


def new_key() -> bytes:
    """A random key of 256 bits."""
    return AESGCM.generate_key(256)


def seal(key: bytes, plain: bytes, context: str) -> bytes:
    """The bytes, sealed for a context (table, column, row, practice, key)."""
    nonce = secrets.token_bytes(_NONCE)
    return _VERSION + nonce + AESGCM(key).encrypt(nonce, plain, context.encode())


def unseal(key: bytes, sealed: bytes, context: str) -> bytes:
    """What was sealed for the context. Raises SealBrokenError for anything else."""
    if sealed[:1] != _VERSION:
        raise SealBrokenError("a stored value is not sealed as this version seals", "Restore the backup.")
    try:
        return AESGCM(key).decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], context.encode())
    except InvalidTag:
        raise SealBrokenError(
            "a stored value was changed or moved, or its key is gone",
            "Run `praxigen audit verify`; restore the backup.",
        ) from None
