"""A copy of a locked PDF or ZIP without its lock, so that the password is needed once and kept nowhere.

The file comes from elsewhere, so this runs in the limited child process like its reading.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from praxigen.documents.formats.archive import open_zip, take
from praxigen.documents.formats.zip import MOST_ENTRIES
from praxigen.documents.formats.zip_aes import is_aes, take_aes
from praxigen.documents.parsed import Embedded, Locked, Parsed, Refusal

WRONG = "cannot be opened: the password does not open it"
_ASK = "Look at the letters and at capital and small ones, and give it again."
_FROM = (1980, 1, 1, 0, 0, 0)  # the day of every entry: the copy is the same whenever it is made


def unlock(data: bytes, spec: dict[str, Any], password: str | None) -> Parsed:
    """The copy, as the one embedded file; `spec` says of which kind the file is. Raises Locked for a wrong password."""
    opened = _pdf(data, password or "") if spec["kind"] == "pdf" else _zip(data, password or "")
    return Parsed(embedded=(Embedded("unlocked", opened),))


def _pdf(data: bytes, password: str) -> bytes:
    import pikepdf

    out = BytesIO()
    try:
        with pikepdf.open(BytesIO(data), password=password) as source:
            source.save(out, encryption=False, deterministic_id=True)
    except pikepdf.PasswordError:
        raise Locked(WRONG, _ASK) from None
    except pikepdf.PdfError:
        raise Refusal("is a damaged PDF", "Ask the sender for it anew, without a password.") from None
    return out.getvalue()


def _zip(data: bytes, password: str) -> bytes:
    archive = open_zip(data, MOST_ENTRIES)
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as copy:
        for entry in archive.infolist():
            if not entry.is_dir():
                copy.writestr(ZipInfo(entry.filename, _FROM), _entry(archive, entry, password), ZIP_DEFLATED)
    return out.getvalue()


def _entry(archive: ZipFile, entry: ZipInfo, password: str) -> bytes:
    """The bytes of one entry. ZIP does not say in which characters a password is written; UTF-8 is usual now."""
    secret = password.encode("utf-8", "surrogatepass")
    if not entry.flag_bits & 1:
        return take(archive, entry)
    plain = take_aes(archive, entry, secret) if is_aes(entry) else _by_the_old_way(archive, entry, secret)
    if plain is None:
        raise Locked(WRONG, _ASK)
    return plain


def _by_the_old_way(archive: ZipFile, entry: ZipInfo, secret: bytes) -> bytes | None:
    """By PKWARE's first encryption. One in 256 wrong passwords passes its test and fails at the checksum instead."""
    try:
        with archive.open(entry, pwd=secret):
            pass
    except RuntimeError:
        return None
    except Exception:  # noqa: BLE001  a damaged entry is named as one below
        return take(archive, entry, secret)
    try:
        return take(archive, entry, secret)
    except Refusal:
        return None
