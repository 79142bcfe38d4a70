"""Whose chart and whose letter it is: name and birth date as written, and whether two documents speak of one person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from praxigen.model.document import Document, Quote

# "Patient: A B", "Patient name - A B"; a name ends where a gap or another field begins.
_NAME = re.compile(
    r"^[ \t]*(?:patient(?:'s)?(?:[ ]name)?|member(?:[ ]name)?|name[ ]of[ ]patient)[ \t]*:[ \t]*"
    r"(?P<name>[^\W\d_][^\n:;|(]{1,60}?)(?=[ \t]{2,}|\t|\n|;|\||\(|,?[ \t]+(?:dob|date of birth|born|mrn|sex)\b|$)",
    re.IGNORECASE | re.MULTILINE,
)
_BIRTH = re.compile(
    r"\b(?:dob|d\.o\.b\.|date of birth|birth ?date|born(?: on)?)[ \t]*[:\-]?[ \t]*"
    r"(?P<day>\d{1,2}[/-]\d{1,2}[/-]\d{4}|\d{4}-\d{2}-\d{2}|[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4})",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PARTICLES = frozenset({"de", "del", "della", "der", "den", "di", "la", "le", "van", "von", "bin", "al", "y"})
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "jr", "sr", "ii", "iii", "iv"})


@dataclass(frozen=True, slots=True)
class Named:
    """A name as written, with its words."""

    value: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Born:
    """A birth date, with its words."""

    day: date
    quote: Quote


@dataclass(frozen=True, slots=True)
class Person:
    """Every name and birth date by which a document calls its patient, each once, in order."""

    names: tuple[Named, ...] = ()
    births: tuple[Born, ...] = ()


def find_person(document: Document) -> Person:
    """The patient's names and birth dates that stand after their labels."""
    names: dict[frozenset[str], Named] = {}
    for found in _NAME.finditer(document.text):
        words = _words(found["name"])
        if len(words) > 1 and _looks_like_a_name(found["name"]):
            names.setdefault(words, Named(found["name"].strip(), document.quote(*found.span("name"))))
    births: dict[date, Born] = {}
    for found in _BIRTH.finditer(document.text):
        day = _day(found["day"])
        if day is not None:
            births.setdefault(day, Born(day, document.quote(*found.span("day"))))
    return Person(tuple(names.values()), tuple(births.values()))


def differences(one: Person, other: Person, first: str, second: str) -> Iterator[str]:
    """Why two documents may speak of two people. No name or date of the patient stands in the message."""
    for person, called in ((one, first), (other, second)):
        if len(person.births) > 1:
            yield f"the {called} holds {len(person.births)} different birth dates"
        if any(not same_name(person.names[0].value, name.value) for name in person.names[1:]):
            yield f"the {called} holds more than one patient name"
    if one.names and other.names and not same_name(one.names[0].value, other.names[0].value):
        yield f"the patient's name in the {first} is not the one in the {second}"
    if one.births and other.births and not {born.day for born in one.births} & {born.day for born in other.births}:
        yield f"the birth date in the {first} is not the one in the {second}"


def same_name(one: str, other: str) -> bool:
    """Whether two names may be one person's: every full word of the shorter stands in the longer, in any order.

    Initials and titles are left out: "Doe, Jane" is "Jane Q. Doe".
    """
    first, second = _words(one), _words(other)
    full = (
        {word for word in first if len(word) > 1} or first,
        {word for word in second if len(word) > 1} or second,
    )
    shorter, longer = sorted(full, key=len)
    if not shorter <= longer:
        return False
    # A single letter is a middle initial or all that tells two made-up people apart ("Patient A", "Patient B").
    letters = [{word for word in words if len(word) == 1} for words in (first, second)]
    spelt = [{word[0] for word in words} for words in full]
    return all(letters[a] <= letters[b] | spelt[b] or not letters[b] for a, b in ((0, 1), (1, 0)))


def _looks_like_a_name(text: str) -> bool:
    """Whether every word has a capital, save the particles of names: "Patient: alert and oriented" names nobody."""
    return all(word[0].isupper() or word in _PARTICLES for word in re.findall(r"[^\W\d_]+", text))


def _words(name: str) -> frozenset[str]:
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", name.casefold())
    return frozenset(words) - _TITLES


def _day(text: str) -> date | None:
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text)
        if text[0].isdigit():
            month, day, year = (int(part) for part in re.split(r"[/-]", text))
            return date(year, month, day)
        name, day_text, year_text = text.replace(",", "").replace(".", "").split()
        return date(int(year_text), _MONTHS.index(name[:3].lower()) + 1, int(day_text))
    except ValueError:
        return None
