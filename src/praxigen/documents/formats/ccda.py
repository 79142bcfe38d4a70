"""C-CDA, the XML in which EHRs exchange documents: the narrative of each section, which is what a person reads.

HL7 CDA R2: the narrative block is the legally attested content; coded entries are left to other programs.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any

from praxigen.documents.dates import stamped_day
from praxigen.documents.formats.flow import Flow
from praxigen.documents.formats.html import HIDDEN
from praxigen.documents.formats.markup import tell
from praxigen.documents.formats.xml import root_of
from praxigen.documents.loinc import kind_of
from praxigen.documents.parsed import Embedded, Parsed, Refusal
from praxigen.model.layout import Part

_NS = {"h": "urn:hl7-org:v3"}


def parse(data: bytes) -> Parsed:
    """Read a clinical document: its sections, or the file that it carries in their place."""
    root = root_of(data)
    title = " ".join("".join(_first(root, "h:title").itertext()).split()) if _first(root, "h:title") is not None else ""
    flow = Flow()
    hidden = False
    sections = root.findall("h:component/h:structuredBody/h:component/h:section", _NS)
    if title and sections:
        flow.words(title)
        flow.blank()
    for section in sections:
        hidden = _section(section, flow) or hidden
    text = flow.text()
    code = _first(root, "h:code")
    stamp = _first(root, "h:documentationOf/h:serviceEvent/h:effectiveTime/h:low")
    encounter = _first(root, "h:componentOf/h:encompassingEncounter/h:effectiveTime")
    written = _first(root, "h:effectiveTime")
    days = (_encounter_day(encounter), _value(written), _value(stamp))
    part = Part(
        kind_of(code.get("code") if code is not None else None, title),
        0,
        len(text),
        next((day for value in days if (day := stamped_day(value)) is not None), None),
        _author(root),
        title,
    )
    embedded = tuple(_carried(root, title, part))
    if not text.strip() and not embedded:
        raise Refusal("is a C-CDA document without a narrative", "Ask the sender for one with text in its sections.")
    return Parsed(text, parts=(part,), warnings=(HIDDEN,) if hidden else (), embedded=embedded)


def _section(section: Any, flow: Flow) -> bool:
    title = _first(section, "h:title")
    text = _first(section, "h:text")
    flow.title(" ".join("".join(title.itertext()).split()) if title is not None else "")
    hidden = tell(text, flow) if text is not None else False
    for inner in section.iterfind("h:component/h:section", _NS):
        hidden = _section(inner, flow) or hidden
    return hidden


def _carried(root: Any, title: str, part: Part) -> list[Embedded]:
    body = _first(root, "h:component/h:nonXMLBody/h:text")
    if body is None:
        return []
    if body.get("representation") != "B64":
        return [Embedded(title or "body", "".join(body.itertext()).encode(), part)]
    try:
        data = base64.b64decode("".join("".join(body.itertext()).split()), validate=True)
    except (binascii.Error, ValueError):
        raise Refusal("carries a file that is damaged", "Ask the sender for it anew.") from None
    return [Embedded(title or "body", data, part)]


def _first(element: Any, path: str) -> Any:
    return element.find(path, _NS)


def _value(element: Any) -> str | None:
    return element.get("value") if element is not None else None


def _encounter_day(element: Any) -> str | None:
    if element is None:
        return None
    return _value(element) or _value(_first(element, "h:low"))


def _author(root: Any) -> str:
    name = _first(root, "h:author/h:assignedAuthor/h:assignedPerson/h:name")
    return " ".join(" ".join(name.itertext()).split()) if name is not None else ""
