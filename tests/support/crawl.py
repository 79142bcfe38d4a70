"""Goes through the workspace as a person would: follows every link and sends every form with given words in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import html

_STAY_AWAY = ("/account/logout/", "/account/password/change/", "/account/me/sessions/", "/2fa/")
_MOST = 400  # requests


@dataclass(frozen=True)
class Seen:
    """A page as it came."""

    status: int
    headers: dict[str, str]
    content: bytes


@dataclass
class Walk:
    """What was seen: each page that answered with HTML, each address asked, each place that an answer led to."""

    client: Client
    words: str
    file: SimpleUploadedFile
    pages: dict[str, Seen] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    led_to: list[str] = field(default_factory=list)
    sent: set[tuple[str, tuple[str, ...]]] = field(default_factory=set)
    failed: list[str] = field(default_factory=list)

    def go(self, *starts: str) -> Walk:
        waiting = list(starts)
        while waiting and len(self.asked) < _MOST:
            path = waiting.pop(0)
            if path in self.pages or any(part in path for part in _STAY_AWAY):
                continue
            answer = self._note(path, self.client.get(path))
            waiting.extend(self._next(path, answer))
        return self

    def _next(self, path: str, answer: Any) -> Iterator[str]:
        if answer.headers.get("Location"):
            yield urljoin(path, answer.headers["Location"])
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            return
        content = answer.getvalue() if answer.streaming else answer.content
        if not content or answer.headers.get("Content-Disposition", "").startswith("attachment"):
            return  # no page of ours: the tests of reports look at what is exported
        name = path if path not in self.pages else f"{path}?sent={len(self.pages)}"
        self.pages[name] = Seen(answer.status_code, dict(answer.headers), content)
        tree = html.fromstring(content)
        for link in tree.iter("a"):
            target = urlsplit(urljoin(path, link.get("href", "")))
            if not target.netloc and target.path.startswith(("/practice/", "/account/")):
                yield target.path + (f"?{target.query}" if target.query else "")
        for form in tree.forms:
            yield from self._send(path, form)

    def _send(self, path: str, form: Any) -> Iterator[str]:
        target = urljoin(path, form.get("action") or form.get("hx-post") or path)
        names = tuple(sorted({str(entry.name) for entry in form.inputs if entry.name}))
        shape = (target, names)
        if shape in self.sent or any(part in target for part in _STAY_AWAY):
            return
        self.sent.add(shape)
        given = filled(form, self.words, self.file)
        if form.method == "POST":
            answer = self._note(target, self.client.post(target, given))
        else:
            answer = self._note(target, self.client.get(target, given))
        yield from self._next(target, answer)

    def _note(self, path: str, answer: Any) -> Any:
        self.asked.append(path)
        if answer.headers.get("Location"):
            self.led_to.append(answer.headers["Location"])
        if answer.status_code >= 500:
            self.failed.append(f"{answer.status_code} {path}")
        return answer


def filled(form: Any, words: str, file: SimpleUploadedFile | None = None) -> dict[str, Any]:
    """A form as a person fills it in: the first of each choice, the words wherever words are taken."""
    given: dict[str, Any] = {}
    for entry in form.inputs:
        if not entry.name or entry.name == "csrfmiddlewaretoken":
            continue
        value = _value(entry, words, file)
        if value is not None:
            given[entry.name] = value
    return given


def _value(entry: Any, words: str, file: SimpleUploadedFile | None) -> Any:
    if entry.tag == "select":
        options = [option for option in entry.value_options if option]
        return options[0] if options else ""
    if entry.tag == "textarea":
        return words
    kind = entry.get("type", "text")
    if kind == "file":
        if file is not None:
            file.seek(0)
        return file
    if kind in ("hidden", "checkbox", "radio"):
        return entry.get("value", "on")
    if kind in ("submit", "button", "image"):
        return None
    return {"date": "2026-08-03", "number": "1", "email": "new@x.example", "time": "09:00"}.get(kind, words)
