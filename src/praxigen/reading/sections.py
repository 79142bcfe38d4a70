"""Finds headings and says which kind of text stands under each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from praxigen.lexicon.words import phrase_words
from praxigen.model.frozen import frozen
from praxigen.reading.patterns import Pattern

# A heading begins a line (after a bullet or number), or stands in capitals after the end of a sentence.
_AT_LINE = Pattern(
    r"(?m)^[ \t>*•\-–#]*(?:\(?\d{1,2}[.)][ \t]*)?([A-Za-z][A-Za-z0-9 ,/&'’()\-]{0,70}?)[ \t]*"
    r"(?:\*\*[ \t]*)?(:|\.?$|[ \t]-[ \t])"
)
_MARKDOWN = Pattern(r"[ \t]*(?:#{1,6}[ \t]|\*\*\S.*\*\*)")  # "## Plan" and "**Plan**" are headings without a colon
VISIT = "visit"
# A line that holds nothing but a date begins another visit.
_VISIT = Pattern(
    r"(?m)^[ \t>*=#-]*(?:(?:visit|date|dos"
    r"|addendum)\s*:?\s*)?\d{1,2}/\d{1,2}/\d{2,4}[ \t:=-]*(?:\d{1,2}:\d{2}(?:\s*[ap]m)?)?[ \t]*$",
    re.IGNORECASE,
)
_DAY = Pattern(r"/(?<=\d/)\d{1,2}/\d\d")  # found faster than such a line, and itself by its stroke
# What begins every match of _AT_LINE, as far as letters and signs of a title go: told in one step, without going back.
_TITLE = Pattern(r"[ \t>*•\-–#]*+(?:\(?\d{1,2}[.)][ \t]*+)?[A-Za-z][A-Za-z0-9 ,/&'’()\-]*+")
_BEHIND_TITLE = frozenset(":*\t\n")
# The capital stands first and what is before it second, so that `re` skips from one capital to the next.
_AFTER_STOP = Pattern(r"([A-Z](?<=[.;] .)[A-Za-z]+(?: [A-Za-z/&]+){0,4}):")
_INLINE = Pattern(r"([A-Z](?<=[.;\]_] .)[A-Z0-9 ,/&'()\-]{2,60}?):")
_COLON_AFTER_STOP = Pattern(r"[.;\]_] [A-Z][A-Za-z0-9 ,/&'()\-]+:")  # stands in every match of both
# "PMH- HTN PSH- none SH- nonsmoker": the short names of the histories head their text wherever they stand in a line.
_SHORT_MARK = Pattern(r"[:\-](?<=[A-Zx].)(?=\s)")
_SHORT_NAME = Pattern(r"(?<![^\s.;,(])((?:PM|PS|S|F|FAM|SOC|PSYCH|SURG)H[Xx]?|MEDS|ROS|HPI)$")
_EXAM_PARTS = frozenset({"neuro_exam", "exam"})


@frozen
class Section:
    """A stretch of text under one heading. `start` is where the heading begins, `body` where its text begins."""

    kind: str
    title: str
    start: int
    body: int
    end: int


_BOTH = frozenset({"social", "shx", "sh"})
_RELATIVES = frozenset(
    [
        "mother",
        "father",
        "brother",
        "brothers",
        "sister",
        "sisters",
        "parent",
        "parents",
        "aunt",
        "uncle",
        "grandmother",
        "grandfather",
        "sibling",
        "siblings",
        "family",
        "maternal",
        "paternal",
        "son",
        "daughter",
        "cousin",
        "mom",
        "dad",
        "grandparents",
        "children",
    ]
)
_OWN_LIFE = frozenset(
    [
        "patient",
        "pt",
        "smokes",
        "smoking",
        "smoker",
        "tobacco",
        "nicotine",
        "cigarettes",
        "alcohol",
        "etoh",
        "drinks",
        "drinking",
        "drinker",
        "drugs",
        "illicit",
        "married",
        "single",
        "divorced",
        "widowed",
        "lives",
        "works",
        "working",
        "employed",
        "unemployed",
        "retired",
        "occupation",
        "disabled",
        "disability",
        "exercises",
        "ppd",
        "vapes",
    ]
)


def is_of_the_patient(section: Section, words: list[str]) -> bool:
    """Whether a sentence under "family and social history" tells of the patient's own life."""
    if not _BOTH.intersection(phrase_words(section.title.replace("/", " "))):
        return False
    return not _RELATIVES.intersection(words) and bool(_OWN_LIFE.intersection(words))


def find_sections(text: str, headings: Mapping[tuple[str, ...], str]) -> list[Section]:
    """The sections of a text in order; what stands before the first heading has the kind "opening"."""
    marks: list[tuple[int, int, str, str]] = []
    parent = "opening"
    for start, end, title, punctuated in _candidates(text):
        kind = _kind_of(title, punctuated, headings, parent)
        if kind is None:
            continue
        parent = kind if kind != "other" else parent
        marks.append((start, end, kind, title))
    sections = [Section("opening", "", 0, 0, marks[0][0] if marks else len(text))]
    for index, (start, end, kind, title) in enumerate(marks):
        stop = marks[index + 1][0] if index + 1 < len(marks) else len(text)
        sections.append(Section(kind, title, start, end, stop))
    return sections


def _candidates(text: str) -> list[tuple[int, int, str, bool]]:
    found: dict[int, tuple[int, int, str, bool]] = {}
    for match in _VISIT.finditer(text) if _DAY.search(text) else ():
        found[match.start()] = (match.start(), match.end(), VISIT, True)
    for match in _line_heads(text):
        title = match.group(1).strip()
        if title:
            end = match.end() if match.group(2) else match.end(1)
            punctuated = bool(match.group(2)) or _MARKDOWN.match(match.group()) is not None
            found[match.start(1)] = (match.start(1), end, title, punctuated)
    for match in _SHORT_MARK.finditer(text):
        at = match.start()
        name = _SHORT_NAME.search(text[max(0, at - _LONGEST_SHORT) : at])
        if name is not None:
            found[at - len(name[1])] = (at - len(name[1]), match.end(), name[1], True)
    if _COLON_AFTER_STOP.search(text) is None:
        return [found[start] for start in sorted(found)]
    for match in _INLINE.finditer(text):
        found.setdefault(match.start(1), (match.start(1), match.end(), match.group(1).strip(), True))
    for match in _AFTER_STOP.finditer(text):
        found.setdefault(match.start(1), (match.start(1), match.end(), match.group(1).strip(), True))
    return [found[start] for start in sorted(found)]


_LONGEST_SHORT = 8  # characters


def _line_heads(text: str) -> Iterator[re.Match[str]]:
    start = 0
    while True:
        title = _TITLE.match(text, start)
        match = _AT_LINE.match(text, start) if title is not None and _may_end(text, title) else None
        if match is not None:
            yield match
        start = text.find("\n", start) + 1
        if start == 0:
            return


def _may_end(text: str, title: re.Match[str]) -> bool:
    """Whether a heading may end in or right behind what could be its title."""
    behind = text[title.end() : title.end() + 2]
    return not behind or behind[0] in _BEHIND_TITLE or behind in (".", ".\n") or " -" in title[0]


@lru_cache(maxsize=2048)
def _words_of(title: str) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """The words of a heading, those that are not signs, and whether it stands in capitals."""
    words = phrase_words(title)
    capitals = title.upper() == title and any(letter.isalpha() for letter in title)
    return words, tuple(word for word in words if word.isalnum() or "'" in word), capitals


def _kind_of(title: str, punctuated: bool, headings: Mapping[tuple[str, ...], str], parent: str) -> str | None:
    if title is VISIT:
        return "opening"
    words, plain, capitals = _words_of(title)
    kind = headings.get(plain) or headings.get(words)
    if kind is None and capitals and len(words) <= 9:
        kind = _by_prefix(words, headings)
    if kind is None:
        if not (capitals and punctuated and len(title) > 3 and len(words) <= 8):
            return None
        return "exam" if parent in _EXAM_PARTS else "other"
    if not punctuated and not (capitals or title.istitle()):
        return None
    if not punctuated and not capitals and len(title) < 4:
        return None
    return _within(kind, parent)


def _by_prefix(words: tuple[str, ...], headings: Mapping[tuple[str, ...], str]) -> str | None:
    letters = tuple(word for word in words if word.isalnum())
    for size in range(len(letters), 0, -1):
        for first in range(len(letters) - size + 1):
            kind = headings.get(letters[first : first + size])
            if kind is not None and (size > 1 or len(letters) <= 3):
                return kind
    return None


def _within(kind: str, parent: str) -> str:
    """Headings of organs mean what the part of the note they stand in makes of them."""
    if kind == "neuro_exam":
        return "ros" if parent == "ros" else "exam"
    if kind == "ros" and parent == "exam":
        return "exam"
    return kind
