"""Values that a letter tells in running words and not behind a label: days, the provider, the service."""

from __future__ import annotations

import re

from praxigen.documents.dates import DAY
from praxigen.letters.fields import day_at, label, values
from praxigen.letters.view import Letter
from praxigen.model.denial import Stated, StatedDay

_WORD = r"[A-Z][\w'\u2019-]+"
_NAME = rf"{_WORD}(?:[ ]+[A-Z]\.?)?(?:[ ]+{_WORD}){{1,2}}"
_CREDENTIALS = r"(?:M\.?D\.?|D\.?O\.?|DPM|D\.?C\.?|NP|PA-?C?)(?![\w])"
_DOCTOR = re.compile(
    rf"(?:\b(?:from|by|your (?:doctor|provider|physician),?)\s+|\()(?P<name>Dr\.[ ]+{_NAME})", re.MULTILINE
)
_DEAR = re.compile(
    rf"(?im)^[ \t]*(?:dear|hi|hello)[ \t]+(?:(?P<greeted>(?:dr\.?|doctor)[ \t]+(?P<surname>(?-i:[A-Z][\w-]+)))"
    rf"|(?-i:(?P<name>{_NAME},?[ ]+{_CREDENTIALS})))"
)
_OVER_NUMBER = re.compile(rf"(?m)^[ \t]*(?i:to):[ \t]+(?P<name>{_NAME})[ \t]*\n[^\n]*\b(?i:id|member|number)\b")
_OVER_STREET = re.compile(
    rf"(?m)^[ \t]*(?i:to):[ \t]+(?P<name>{_NAME})(?=[ \t]*$|[ ]{{3,}})[^\n]*\n[ \t]*\d{{1,5}}[ ]+[A-Z]"
)
_FOR_PERSON = re.compile(
    rf"\bfor[ \n]+(?P<name>{_NAME})\s*[,(]\s*(?:(?:[A-Z]\w+\s+)?(?i:member\s+)?ID\b"
    r"|(?i:dob|born|date of birth|member)\b)"
)
_DEAR_PERSON = re.compile(rf"(?m)^[ \t]*(?i:dear)[ \t]+(?P<name>{_NAME})[,:]?[ \t]*$")
_CITY = re.compile(r"(?m)^[ \t]*[A-Z][A-Za-z. ]+,[ ]+(?:[A-Z]{2}|[A-Z][a-z]+)[ ]+\d{5}(?:-\d{4})?[ \t]*$")
_ORGANIZATION = re.compile(
    r"\b(?:group|associates|center|centre|clinic|institute|hospital|medical|surgery|orthopa?edics|spine|pain|neurosurgery"
    r"|practice|physicians|llc|pllc|pc|p\.c\.)\b",
    re.IGNORECASE,
)
_SERVICE = re.compile(
    r"(?:^|(?<=\n)|(?<=: )|(?<=request for )|(?<=request for a )|(?<=request for an ))[ \t>*-]*"
    r"(?P<service>[A-Za-z][^\n:.]{4,90}?)[,;]?\s*(?:[\[(]?\s*(?:CPT|HCPCS)\b|\(\d{4}[0-9TFU](?=[,;)]))",
)
_ASKED = re.compile(
    r"\b(?:approve|authorize|cover|certify)\s+an?\s+(?P<service>[a-z][^:.;]{4,90}?)[,;]?\s*[\[(]?\s*(?:CPT|HCPCS)\b"
)
_DESCRIBED = re.compile(r"(?m)^[ \t]*(?P<service>[A-Za-z][^\n:]{5,80}?)[ ]{2,}\d{4}[0-9TFU](?=[ ]{2,}|[ \t]*$)")
# Words of a sentence, not of the name of a service.
_CLAUSE = re.compile(r"\b(?:we|you|your|our|is|are|was|were|has|have|been|that|this|will)\b", re.IGNORECASE)
_SUBJECT = re.compile(r"\b(?:denial|request) for (?P<service>[a-z][^\n.:]{5,80})[ \t]*$", re.MULTILINE)


def told_day(letter: Letter, name: str) -> StatedDay | None:
    """The day behind words that announce it in a sentence, or before the words of a line of a history."""
    announced = letter.phrases.days.get(name)
    if announced is None:
        return None
    whom = r"(?:\s+from\s+[^\n,;]{3,45}?)?"
    said = re.compile(rf"{announced.pattern}{whom}(?:\s+on)?[:,]?\s+(?={DAY})", re.IGNORECASE)
    for match in said.finditer(letter.text, letter.start):
        found = day_at(letter, match.end(), letter.end)
        timed = found and re.match(r"[ ]+\d{1,2}:\d{2}", letter.text[found.quote.end : found.quote.end + 8])
        if found is not None and not timed and letter.zone_at(match.start()) not in ("rights", "reason"):
            return found
    history = re.compile(
        rf"(?m)^[ \t]*(?P<day>{DAY})(?:[ ]+\d{{1,2}}:\d{{2}}(?:[ ]?[ap]m)?)?[ \t]{{1,8}}"
        + letter.phrases.history[name].pattern,
        re.IGNORECASE,
    )
    event = history.search(letter.text, letter.start)
    return day_at(letter, event.start("day"), event.end("day")) if event else None


def day_of_named_service(letter: Letter) -> StatedDay | None:
    """The day in the line that names the service: "Service: lumbar fusion on January 6, 2027"."""
    for start, end in values(letter, label(letter, "service").pattern):
        if (on := re.compile(rf"\bon\s+(?={DAY})", re.IGNORECASE).search(letter.text, start, end)) is not None:
            return day_at(letter, on.end(), end)
    return None


def patient_in_prose(letter: Letter) -> Stated | None:
    """The person over a member's number, behind "request for", or greeted by the name that stands in the address."""
    for pattern in (_OVER_NUMBER, _OVER_STREET, _FOR_PERSON):
        if (match := pattern.search(letter.text, letter.start)) is not None:
            return _stated(letter, *match.span("name"))
    greeted = _DEAR_PERSON.search(letter.text, letter.start)
    if greeted is None:
        return None
    line = re.compile(rf"(?m)^[ \t]*(?P<name>{re.escape(greeted['name'])})[ \t]*$").search(
        letter.text, letter.start, greeted.start()
    )
    return _stated(letter, *line.span("name")) if line else None


def provider_in_prose(letter: Letter, patient: Stated | None) -> Stated | None:
    """The provider whom the letter greets or is addressed to, or who is said to have asked."""
    head = _head_of(letter)
    greeted = _DEAR.search(letter.text, letter.start)
    if greeted is not None:
        surname = greeted["surname"] or ""
        named = re.search(
            rf"(?m)^[ \t]*(?P<name>(?:{_WORD}[ ]+|[A-Z]\.[ ]+){{1,3}}{re.escape(surname)},?[ ]+{_CREDENTIALS})",
            letter.text[letter.start : greeted.start()],
        )
        if surname and named is not None:
            place = letter.start + named.start("name"), letter.start + named.end("name")
            return _stated(letter, *place)
        if greeted["name"]:
            return _stated(letter, *greeted.span("name"))
        return _stated(letter, *greeted.span("greeted"))
    doctor = _DOCTOR.search(letter.text, letter.start)
    if doctor is not None:
        return _stated(letter, *doctor.span("name"))
    return _addressee(letter, head, patient)


def _addressee(letter: Letter, head: int, patient: Stated | None) -> Stated | None:
    """The first line of the second address of the head: the first one is the sender's."""
    for city in _CITY.finditer(letter.text, letter.start, head):
        lines = letter.text[letter.start : city.start()].split("\n")
        at = city.start()
        block: list[tuple[int, str]] = []
        for line in reversed(lines[:-1]):
            at -= len(line) + 1
            if not line.strip() or re.search(DAY, line, re.IGNORECASE):
                break
            block.append((at, line))
        if not block:
            continue
        start, line = block[-1]
        words = line.strip()
        sender = start < letter.start + 5 or not letter.text[letter.start : start].strip()
        if sender or (patient is not None and words.lower() == patient.value.lower()):
            continue
        if _ORGANIZATION.search(words) and not any(each.lower() in words.lower() for each in letter.phrases.payers):
            begin = start + len(line) - len(line.lstrip())
            return _stated(letter, begin, begin + len(words))
    return None


def _head_of(letter: Letter) -> int:
    greeting = re.compile(r"(?im)^[ \t]*(?:dear\b|to whom it may concern)").search(letter.text, letter.start)
    return greeting.start() if greeting else min(letter.end, letter.start + 1500)


def _stated(letter: Letter, start: int, end: int) -> Stated:
    quote = letter.quote(start, end)
    return Stated(" ".join(quote.text.split()), quote)


def service_in_prose(letter: Letter) -> Stated | None:
    """The words before "CPT" and its code, or after "request for"."""
    for pattern in (_ASKED, _SERVICE, _SUBJECT, _DESCRIBED):
        for match in pattern.finditer(letter.text, letter.start):
            if not _CLAUSE.search(match["service"]):
                return _stated(letter, *match.span("service"))
    return None
