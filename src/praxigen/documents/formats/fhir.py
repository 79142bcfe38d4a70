"""FHIR in JSON: DocumentReference, DiagnosticReport, Composition, and Bundles of them (R4, US Core).

A document's own text is read; files in attachments are handed on. An address is never followed: nothing is fetched.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections import Counter
from typing import Any

from praxigen.documents.dates import stamped_day
from praxigen.documents.formats.flow import Flow
from praxigen.documents.formats.html import HIDDEN
from praxigen.documents.loinc import kind_of
from praxigen.documents.parsed import Embedded, Parsed, Refusal
from praxigen.model.layout import Part

DEEPEST = 32
_WITHDRAWN = ("entered-in-error", "cancelled")
_DRAFTS = ("preliminary", "registered", "partial")
_PASSED_OVER = ("Patient", "Practitioner", "PractitionerRole", "Organization", "Encounter", "Location", "Binary")


def parse(data: bytes) -> Parsed:
    """Read a resource, or every document and report of a bundle, each as a part."""
    try:
        root = json.loads(data)
    except (ValueError, RecursionError):
        raise Refusal("is JSON that breaks off or is damaged", "Export it anew.") from None
    _check_depth(root)
    reader = _Reader(root)
    for resource in _resources(root):
        reader.read(resource)
    return reader.parsed()


def _check_depth(root: object) -> None:
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise Refusal(f"is nested deeper than {DEEPEST} levels", "Export it anew.")
        level = [
            inner
            for value in level
            for inner in (value.values() if isinstance(value, dict) else value if isinstance(value, list) else ())
            if isinstance(inner, (dict, list))
        ]


def _resources(root: Any) -> list[dict[str, Any]]:
    if not isinstance(root, dict):
        return []
    if root.get("resourceType") != "Bundle":
        return [root]
    entries = [entry for entry in _list(root, "entry") if isinstance(entry, dict)]
    return [entry["resource"] for entry in entries if isinstance(entry.get("resource"), dict)]


class _Reader:
    """The text so far, and what the bundle holds to be looked up."""

    def __init__(self, root: Any) -> None:
        self._texts: list[str] = []
        self._at = 0
        self._parts: list[Part] = []
        self._embedded: list[Embedded] = []
        self._unread: list[tuple[int | None, str]] = []
        self._warnings: dict[str, None] = {}
        self._others: Counter[str] = Counter()
        self._known: dict[str, dict[str, Any]] = {}
        self._named: set[str] = set()
        for entry in _list(root, "entry") if isinstance(root, dict) else []:
            if isinstance(entry, dict) and isinstance(resource := entry.get("resource"), dict):
                self._known[str(entry.get("fullUrl"))] = resource
                self._known[f"{resource.get('resourceType')}/{resource.get('id')}"] = resource

    def read(self, resource: dict[str, Any]) -> None:
        kind = str(resource.get("resourceType"))
        status = str(resource.get("status", ""))
        if kind not in ("DocumentReference", "DiagnosticReport", "Composition"):
            if kind not in _PASSED_OVER:
                self._others[kind] += 1
            return
        title = _title(resource)
        if status in _WITHDRAWN or resource.get("docStatus") in _WITHDRAWN:
            self._unread.append((None, f"{title or kind}: its sender withdrew it (status {status})"))
            return
        if status in _DRAFTS or resource.get("docStatus") in _DRAFTS:
            self._warnings[
                f"{title or kind} is {resource.get('docStatus') or status}: a draft, not a signed document."
            ] = None
        part = Part(_kind(resource, title), 0, 0, _day(resource), self._author(resource), title)
        flow = Flow()
        if kind == "Composition":
            self._composition(resource, flow)
        elif kind == "DiagnosticReport":
            self._report(resource, flow, part)
        else:
            for content in _list(resource, "content"):
                self._attachment(content.get("attachment") if isinstance(content, dict) else None, title, part)
        text = flow.text()
        if text.strip():
            self._texts.append(text)
            self._parts.append(Part(part.kind, self._at, self._at + len(text), part.date, part.author, title))
            self._at += len(text)

    def parsed(self) -> Parsed:
        for name, resource in self._known.items():
            if resource.get("resourceType") == "Binary" and name.startswith("Binary/") and name not in self._named:
                self._attachment({"data": resource.get("data"), "title": name}, name, None)
        others = +self._others
        if others:
            named = ", ".join(f"{kind} {count}" for kind, count in sorted(others.items()))
            self._warnings[f"Coded resources were not read, only documents and reports: {named}."] = None
        if not self._texts and not self._embedded:
            reason = f": {self._unread[0][1]}" if self._unread else ""
            raise Refusal(
                f"is FHIR without a document or report{reason}",
                "Give a DocumentReference with its data inside, a DiagnosticReport or a Composition.",
            )
        return Parsed(
            "".join(self._texts),
            parts=tuple(self._parts),
            unread=tuple(self._unread),
            warnings=tuple(self._warnings),
            embedded=tuple(self._embedded),
        )

    def _composition(self, resource: dict[str, Any], flow: Flow) -> None:
        if resource.get("title"):
            flow.words(str(resource["title"]))
            flow.blank()
        sections = _list(resource, "section")
        if not sections:
            self._narrative(resource, flow)
        for section in sections:
            self._section(section, flow)

    def _section(self, section: Any, flow: Flow) -> None:
        if not isinstance(section, dict):
            return
        flow.title(str(section.get("title") or _coded(section.get("code"))))
        self._narrative(section, flow)
        for inner in _list(section, "section"):
            self._section(inner, flow)

    def _report(self, resource: dict[str, Any], flow: Flow, part: Part) -> None:
        forms = _list(resource, "presentedForm")
        for form in forms:
            self._attachment(form, part.title, part)
        conclusion = str(resource.get("conclusion") or "")
        if not forms:
            flow.words(part.title)
            flow.end_line()
            self._narrative(resource, flow)
            for reference in _list(resource, "result"):
                self._observation(self._lookup(reference), flow)
        if conclusion:
            flow.blank()
            flow.words("Conclusion: ")
            flow.raw(conclusion)

    def _observation(self, resource: dict[str, Any] | None, flow: Flow) -> None:
        if resource is None or resource.get("status") in _WITHDRAWN:
            return
        self._others[str(resource.get("resourceType"))] -= 1
        quantity = resource.get("valueQuantity")
        value = resource.get("valueString") or _coded(resource.get("valueCodeableConcept"))
        if isinstance(quantity, dict):
            value = f"{quantity.get('value', '')} {quantity.get('unit', '')}".strip()
        flow.row([_coded(resource.get("code")), str(value or "")])

    def _narrative(self, resource: dict[str, Any], flow: Flow) -> None:
        text = resource.get("text")
        div = text.get("div") if isinstance(text, dict) else None
        if not isinstance(div, str) or not div.strip():
            return
        from praxigen.documents.formats.markup import page_root, tell

        if tell(page_root(div), flow):
            self._warnings[HIDDEN] = None

    def _attachment(self, attachment: Any, title: str, part: Part | None) -> None:
        if not isinstance(attachment, dict):
            return
        name = str(attachment.get("title") or title or "attachment")
        data = attachment.get("data")
        address = str(attachment.get("url") or "")
        if not data and address:
            binary = self._known.get(address)
            if binary is None:
                self._unread.append((None, f"{name} is only an address; nothing is fetched from a server"))
                return
            self._named.add(f"Binary/{binary.get('id')}")
            data = binary.get("data")
        try:
            content = base64.b64decode("".join(str(data or "").split()), validate=True)
        except (binascii.Error, ValueError):
            self._unread.append((None, f"{name}: its data is damaged"))
            return
        if content:
            self._embedded.append(Embedded(name, content, part))

    def _author(self, resource: dict[str, Any]) -> str:
        for each in (*_list(resource, "author"), *_list(resource, "resultsInterpreter"), *_list(resource, "performer")):
            if isinstance(each, dict) and each.get("display"):
                return str(each["display"])
            found = self._lookup(each) or {}
            for name in _list(found, "name"):
                if isinstance(name, dict):
                    told = name.get("text") or " ".join(
                        [*map(str, _list(name, "given")), str(name.get("family") or "")]
                    )
                    return str(told).strip()
        return ""

    def _lookup(self, reference: Any) -> dict[str, Any] | None:
        return self._known.get(str(reference.get("reference"))) if isinstance(reference, dict) else None


def _list(value: dict[str, Any], name: str) -> list[Any]:
    found = value.get(name)
    return found if isinstance(found, list) else []


def _coded(concept: Any) -> str:
    if not isinstance(concept, dict):
        return ""
    displays = [
        str(code["display"]) for code in _list(concept, "coding") if isinstance(code, dict) and code.get("display")
    ]
    return str(concept.get("text") or (displays[0] if displays else ""))


def _title(resource: dict[str, Any]) -> str:
    title = (
        resource.get("title")
        or resource.get("description")
        or _coded(resource.get("type"))
        or _coded(resource.get("code"))
    )
    return " ".join(str(title or "").split())


def _kind(resource: dict[str, Any], title: str) -> str:
    concept = resource.get("type") or resource.get("code")
    codes = (
        [str(code.get("code")) for code in _list(concept, "coding") if isinstance(code, dict)]
        if isinstance(concept, dict)
        else []
    )
    kinds = [kind for code in codes if (kind := kind_of(code)) != "other"]
    found = kinds[0] if kinds else kind_of(None, title)
    categories = json.dumps(resource.get("category") or "")
    return "imaging" if found == "other" and ('"RAD"' in categories or "LP29684-5" in categories) else found


def _day(resource: dict[str, Any]) -> Any:
    context = resource.get("context")
    holders = (
        (context if isinstance(context, dict) else {}).get("period"),
        resource.get("effectivePeriod"),
        *(event.get("period") for event in _list(resource, "event") if isinstance(event, dict)),
    )
    stamps = [holder.get("start") for holder in holders if isinstance(holder, dict)]
    stamps += [resource.get("effectiveDateTime"), resource.get("date"), resource.get("issued")]
    return next((day for stamp in stamps if isinstance(stamp, str) and (day := stamped_day(stamp)) is not None), None)
