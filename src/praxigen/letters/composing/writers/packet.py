"""A packet as one PDF: bookmarks, page numbers that the checklist names, and a stamp on every page of the chart."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from praxigen.letters.composing.packet import Exhibit, Packet
from praxigen.letters.composing.sentence import plain
from praxigen.letters.composing.writers.pdf import typeset
from praxigen.letters.composing.writers.plain import plain_letter
from praxigen.model.document import Document

_TEMPLATES = ("parts.typ", "packet.typ")


def to_packet(
    packet: Packet, document: Document, sources: Mapping[str, Path | bytes], *, draft: bool, stamp: str
) -> bytes:
    """The whole packet. `sources` are the chart's own PDFs (path or bytes) by name: their pages are shown as they are.

    Every other page, and one that cannot be shown so, is set from its text as it was read.
    """
    given: dict[str, Any] = plain_letter(packet.letter, draft=draft)
    given |= {
        "author": packet.letter.author,
        "stamp": stamp,
        "cover": [{"name": name, "value": plain(value)} for name, value in packet.cover],
        "checklist": [
            {"number": row.number, "says": row.says, "answer": row.answer, "exhibits": list(row.exhibits)}
            for row in packet.checklist
        ],
    }
    if draft:
        given["notes"] = [*packet.warnings, *given["notes"]]
    with TemporaryDirectory(prefix="praxigen-") as name:
        folder = Path(name)
        for template in _TEMPLATES:
            with as_file(files("praxigen.letters.composing.writers").joinpath("page", template)) as path:
                shutil.copyfile(path, folder / template)
        shown = _copied(folder, packet, sources)
        given["exhibits"] = [_exhibit(each, document, shown) for each in packet.exhibits]
        return typeset(folder, "packet.typ", given, None)


def _copied(folder: Path, packet: Packet, sources: Mapping[str, Path | bytes]) -> Mapping[str, str]:
    """The PDFs of the chart whose pages can be shown, by name, copied to where Typst may read them."""
    from typst import TypstError

    shown: dict[str, str] = {}
    for number, name in enumerate(dict.fromkeys(each.file for each in packet.exhibits if each.page)):
        if name not in sources:
            continue
        copy = f"chart-{number}.pdf"
        source = sources[name]
        if isinstance(source, bytes):
            (folder / copy).write_bytes(source)
        else:
            shutil.copyfile(source, folder / copy)
        pages = [each.page for each in packet.exhibits if each.file == name]
        probe = "\n".join(f'#image("{copy}", page: {page})' for page in pages)
        (folder / "probe.typ").write_text(probe, encoding="utf-8")
        try:
            typeset(folder, "probe.typ", {}, None)
        except TypstError:  # encrypted, or damaged in a way that another reader forgave
            continue
        shown[name] = copy
    return shown


def _exhibit(each: Exhibit, document: Document, shown: Mapping[str, str]) -> dict[str, Any]:
    text = document.text[each.start : each.end]
    return {
        "number": each.number,
        "called": plain(each.called),
        "why": [plain(why) for why in each.why],
        "file": shown.get(each.file, "") if each.page else "",
        "page": each.page or 0,
        "text": "\n".join(plain(line) if line.strip() else "" for line in text.strip().splitlines()),
    }
