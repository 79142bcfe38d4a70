"""HL7 v2: notes in MDM messages and reports in ORU messages (HL7 v2.5.1, chapters 2, 7 and 9)."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from praxigen.documents.dates import stamped_day
from praxigen.documents.formats.flow import Flow
from praxigen.documents.loinc import kind_of
from praxigen.documents.parsed import Embedded, Parsed, Refusal
from praxigen.documents.text import decode
from praxigen.model.layout import Part

_READ = ("MDM", "ORU")
_ESCAPE = re.compile(r"\\(?P<code>[^\\\r\n]{1,40})\\")
_SIGNED = frozenset({"AU", "LA", ""})  # table 0271: authenticated, legally authenticated, not stated
_WITHDRAWN = frozenset({"D", "W", "X"})  # table 0085: deleted, wrong, cannot be obtained
_MOST_MESSAGES = 1000


@dataclass(slots=True)
class _Message:
    separator: str
    component: str
    repeat: str
    escape: str
    segments: list[list[str]] = field(default_factory=list)

    def plain(self, value: str) -> str:
        """A value with its escapes resolved (chapter 2.7)."""
        if self.escape != "\\":
            value = value.replace("\\", "\0").replace(self.escape, "\\")
        told = _ESCAPE.sub(self._escaped, value)
        return told.replace("\0", "\\")

    def _escaped(self, match: re.Match[str]) -> str:
        code = match["code"]
        named = {"F": self.separator, "S": self.component, "R": self.repeat, "E": self.escape, "T": "&"}.get(code)
        if named is not None:
            return named
        if code.startswith((".br", ".sp", ".ce")):
            return "\n"
        if code.startswith("X"):
            try:
                return bytes.fromhex(code[1:]).decode("utf-8", "replace")
            except ValueError:
                return ""
        return ""

    def at(self, segment: list[str], number: int, part: int = 1) -> str:
        """A component of the first repetition of a field, both counted from 1; empty where there is none."""
        value = segment[number].split(self.repeat)[0] if number < len(segment) else ""
        pieces = value.split(self.component)
        return self.plain(pieces[part - 1]).strip() if part <= len(pieces) else ""


def parse(data: bytes) -> Parsed:
    """Read every MDM and ORU message of a file, each as a part with its date, kind and author."""
    text, decoding = decode(data)
    text = text.replace("\r\n", "\r").replace("\n", "\r").replace("\x0b", "").replace("\x1c", "")
    messages = list(_messages(text))
    if len(messages) > _MOST_MESSAGES:
        raise Refusal(f"holds more than {_MOST_MESSAGES} messages", "Split it.")
    pieces: list[str] = []
    parts: list[Part] = []
    warnings = list(decoding)
    unread: list[tuple[int | None, str]] = []
    embedded: list[Embedded] = []
    at = 0
    for number, message in enumerate(messages, 1):
        header = message.segments[0]
        kind = message.at(header, 9 - 1)
        if kind not in _READ:
            unread.append(
                (None, f"message {number} is {kind or 'of no kind'}; notes come in MDM, reports in ORU messages")
            )
            continue
        told, part, carried = _read(message, number, warnings, unread)
        embedded.extend(carried)
        if told.strip():
            pieces.append(told)
            parts.append(Part(part.kind, at, at + len(told), part.date, part.author, part.title))
            at += len(told)
    if not pieces and not embedded:
        reason = unread[0][1] if unread else "no note stands in it"
        raise Refusal(f"is an HL7 v2 file without a note: {reason}", "Ask for the MDM or ORU message with the text.")
    return Parsed(
        "".join(pieces), parts=tuple(parts), unread=tuple(unread), warnings=tuple(warnings), embedded=tuple(embedded)
    )


def _messages(text: str) -> Iterator[_Message]:
    message: _Message | None = None
    for line in text.split("\r"):
        if line.startswith("MSH") and len(line) >= 8:
            if message is not None:
                yield message
            message = _Message(line[3], line[4], line[5], line[6])
        if message is None or not line.strip():
            continue
        if message.segments and not re.match(r"[A-Z][A-Z0-9]{2}" + re.escape(message.separator), line):
            message.segments[-1][-1] += "\n" + line  # a bare line feed inside a field, as many senders write it
        else:
            message.segments.append(line.split(message.separator))
    if message is not None:
        yield message


def _read(
    message: _Message, number: int, warnings: list[str], unread: list[tuple[int | None, str]]
) -> tuple[str, Part, list[Embedded]]:
    flow = Flow()
    kind, title, day, author = "", "", "", ""
    carried: list[bytes] = []
    for segment in message.segments:
        if segment[0] == "TXA":
            kind, title = (
                message.at(segment, 2),
                message.at(segment, 16) or message.at(segment, 2, 2) or message.at(segment, 2),
            )
            day = message.at(segment, 4) or message.at(segment, 6)
            author = _person(message, segment, 9)
            if message.at(segment, 17) not in _SIGNED:
                status = message.at(segment, 17)
                warnings.append(f"Message {number} is not authenticated (TXA-17 is {status}): a draft, not signed.")
        elif segment[0] == "OBR":
            flow.blank()
            title = message.at(segment, 4, 2) or message.at(segment, 4)
            kind = message.at(segment, 4)
            day = message.at(segment, 7) or day
            author = _person(message, segment, 32) or _person(message, segment, 16) or author
            flow.words(title)
            flow.end_line()
        elif segment[0] == "OBX":
            _observation(message, segment, number, flow, carried, unread)
        elif segment[0] == "NTE":
            flow.raw(message.plain(segment[3] if len(segment) > 3 else ""))
            flow.line_break()
    text = flow.text()
    part = Part(kind_of(kind, title), 0, 0, stamped_day(day), author, title)
    return text, part, [Embedded(title or f"message {number}", data, part) for data in carried]


def _observation(
    message: _Message,
    segment: list[str],
    number: int,
    flow: Flow,
    carried: list[bytes],
    unread: list[tuple[int | None, str]],
) -> None:
    status = message.at(segment, 11)
    if status in _WITHDRAWN:
        unread.append((None, f"message {number}: an observation was withdrawn by its sender (OBX-11 is {status})"))
        return
    kind, name = message.at(segment, 2), message.at(segment, 3, 2)
    value = segment[5] if len(segment) > 5 else ""
    if kind == "ED":
        try:
            carried.append(base64.b64decode(value.split(message.component)[-1].strip(), validate=True))
        except (binascii.Error, ValueError):
            unread.append((None, f"message {number} carries a file that is damaged"))
        return
    lines = [message.plain(each) for each in value.split(message.repeat)]
    if kind in ("TX", "FT", "ST", ""):
        for line in lines:
            flow.raw(line)
            flow.line_break()
        return
    told = " ".join(line.replace(message.component, " ") for line in lines)
    unit = message.at(segment, 6)
    flow.row([name, f"{told} {unit}".strip()])


def _person(message: _Message, segment: list[str], field_number: int) -> str:
    family, given = message.at(segment, field_number, 2), message.at(segment, field_number, 3)
    return " ".join(filter(None, (given, family)))
