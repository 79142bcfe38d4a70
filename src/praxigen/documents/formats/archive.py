"""ZIP files looked at before anything in them is unpacked: how many entries, how large, how much they would inflate."""

from __future__ import annotations

from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from praxigen.documents.parsed import Refusal

MOST_INFLATED = 200 * 1024 * 1024  # bytes, all entries together
MOST_TIMES = 100  # how many times larger an entry may become
_SMALL = 1024 * 1024  # an entry up to this size may be any times larger: a blank form compresses well
_WORD = b"[Content_Types].xml"  # the first file in a Word file, its name behind the 30 bytes of its header
_BOMB = "It may be made to fill the memory of whoever opens it. Ask the sender for the files themselves."


def open_zip(data: bytes, most_entries: int) -> ZipFile:
    """The archive, whose entries are sure to fit into memory. Raises Refusal where it is damaged or a bomb."""
    try:
        archive = ZipFile(BytesIO(data))
    except (BadZipFile, ValueError, NotImplementedError, OSError):
        what = "Word" if b"word/" in data or data.startswith(_WORD, 30) else "ZIP"
        raise Refusal(f"is a damaged or cut off {what} file", "Copy it anew from where it came from.") from None
    entries = archive.infolist()
    if len(entries) > most_entries:
        raise Refusal(f"holds {len(entries):,} files; at most {most_entries} are read", "Split it.")
    if sum(entry.file_size for entry in entries) > MOST_INFLATED or any(map(_is_bomb, entries)):
        raise Refusal("inflates to far more than it is: a ZIP bomb, or no chart", _BOMB)
    return archive


def take(archive: ZipFile, entry: ZipInfo, password: bytes | None = None) -> bytes:
    """The bytes of an entry, never more than it said. Raises Refusal where they are damaged."""
    try:
        with archive.open(entry, pwd=password) as stream:
            data = stream.read(entry.file_size + 1)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  zipfile, zlib, lzma and bz2 each fail in ways of their own
        raise Refusal("is damaged inside its ZIP file", "Copy it anew from where it came from.") from None
    if len(data) > entry.file_size:
        raise Refusal("inflates to more than it says", _BOMB)
    return data


def is_locked(archive: ZipFile) -> bool:
    """Whether nothing in the archive can be read without a password."""
    files = [entry for entry in archive.infolist() if not entry.is_dir()]
    return bool(files) and all(entry.flag_bits & 1 for entry in files)


def _is_bomb(entry: ZipInfo) -> bool:
    return entry.file_size > _SMALL and entry.file_size > MOST_TIMES * max(1, entry.compress_size)
