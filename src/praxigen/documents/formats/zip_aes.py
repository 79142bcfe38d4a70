"""Entries of ZIP archives that WinZip and 7-Zip lock with AES (APPNOTE.TXT 7.2 and WinZip's AE-1 and AE-2).

The data of an entry are a salt, two bytes by which a wrong password is told, the encrypted bytes, and ten bytes that
prove them. The cipher is AES in counter mode with the counter's low byte first, the key PBKDF2 of the password.
"""

from __future__ import annotations

import hashlib
import hmac
import zlib
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from praxigen.documents.parsed import Refusal

_AES = 99  # compression method that says: look into the extra field
_EXTRA = 0x9901
_SALTS = {1: 8, 2: 12, 3: 16}  # strength: bytes of salt; the key has twice as many
_ROUNDS = 1000
_PROOF = 10  # bytes
_AT_ONCE = 65_536  # blocks of 16 bytes


def is_aes(entry: ZipInfo) -> bool:
    """Whether the entry is locked in this way."""
    return entry.compress_type == _AES


def take_aes(archive: ZipFile, entry: ZipInfo, password: bytes) -> bytes | None:
    """The bytes of an entry; None for a wrong password. Raises Refusal where they are damaged."""
    strength, method = _told(entry.extra)
    size = _SALTS.get(strength)
    if size is None or method not in (ZIP_STORED, ZIP_DEFLATED):
        raise Refusal("is locked in a way that is not known", "Unpack it and give the files.")
    raw = _raw(archive, entry)
    if len(raw) < size + 2 + _PROOF:
        raise _damaged()
    salt, told, locked, proof = raw[:size], raw[size : size + 2], raw[size + 2 : -_PROOF], raw[-_PROOF:]
    keys = hashlib.pbkdf2_hmac("sha1", password, salt, _ROUNDS, 4 * size + 2)
    if not hmac.compare_digest(keys[-2:], told):
        return None
    if not hmac.compare_digest(hmac.digest(keys[2 * size : 4 * size], locked, "sha1")[:_PROOF], proof):
        raise _damaged()  # or the one wrong password in 65,536 that passes the test above
    plain = _opened(keys[: 2 * size], locked)
    return plain if method == ZIP_STORED else _inflated(plain, entry.file_size)


def _told(extra: bytes) -> tuple[int, int]:
    """Strength and compression method, as the extra field says; zeros where it says nothing."""
    at = 0
    while at + 4 <= len(extra):
        name, size = int.from_bytes(extra[at : at + 2], "little"), int.from_bytes(extra[at + 2 : at + 4], "little")
        if name == _EXTRA and size >= 7 and at + 11 <= len(extra):
            return extra[at + 8], int.from_bytes(extra[at + 9 : at + 11], "little")
        at += 4 + size
    return 0, 0


def _raw(archive: ZipFile, entry: ZipInfo) -> bytes:
    """What lies behind the entry's own header, which may hold other extra fields than the directory."""
    stream = archive.fp
    if stream is None:
        raise _damaged()
    stream.seek(entry.header_offset)
    header = stream.read(30)
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        raise _damaged()
    stream.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
    return stream.read(entry.compress_size)


def _opened(key: bytes, locked: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    stream = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305  of counters, never of the data
    plain = bytearray()
    for first in range(0, -(-len(locked) // 16), _AT_ONCE):
        part = locked[16 * first : 16 * (first + _AT_ONCE)]
        counters = b"".join(
            number.to_bytes(16, "little") for number in range(first + 1, first + 1 + -(-len(part) // 16))
        )
        pad = stream.update(counters)[: len(part)]
        plain += (int.from_bytes(part, "big") ^ int.from_bytes(pad, "big")).to_bytes(len(part), "big")
    return bytes(plain)


def _inflated(plain: bytes, most: int) -> bytes:
    unpack = zlib.decompressobj(-15)
    try:
        data = unpack.decompress(plain, most + 1)
    except zlib.error:
        raise _damaged() from None
    if len(data) != most:
        raise _damaged()
    return data


def _damaged() -> Refusal:
    return Refusal("is damaged inside its ZIP file", "Copy it anew from where it came from.")
