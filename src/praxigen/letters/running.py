"""Values that a letter tells in running words and not behind a label: days, the provider, the service."""

from __future__ import annotations

import re

from praxigen.documents.dates import DAY
from praxigen.letters.fields import day_at, label, values
from praxigen.letters.people import person_in
from praxigen.letters.sender import head_end, is_company, is_title
from praxigen.letters.view import Letter
from praxigen.model.denial import Stated, StatedDay

_WORD = r"[A-Z][\w'\u2019-]+"
_NAME = rf"{_WORD}(?:[ ]+[A-Z]\.?)?(?:[ ]+{_WORD}){{1,2}}"
_CREDENTIALS = r"(?:M\.?D\.?|D\.?O\.?|DPM|D\.?C\.?|NP|PA-?C?)(?![\w])"
_DOCTOR = re.compile(
    rf"(?:\b(?:from|by|your (?:doctor|provider|physician|surgeon|specialist),?)\s+|\()(?P<name>Dr\.[ ]+{_NAME})",
    re.MULTILINE,
)
_YOUR_DOCTOR = re.compile(
    r"\b(?:your|the (?:treating|requesting|ordering))[ ]+(?:doctor|provider|physician|surgeon|specialist"
    r"|clinician)s?[,:]?[ \n]+",
    re.IGNORECASE,
)
_ASKS = re.compile(r",?[ \n]+(?:has[ ]+|have[ ]+)?(?:asked|requested|ordered|prescribed|submitted|sent|wants)\b")
_RECEIVED = re.compile(
    r"\b(?:received|got)\s+(?:a|the|your|this|their|an)\s+(?:[\w-]+\s+){0,3}?(?:request|appeal|submission"
    r"|letter of appeal)\b"
    rf"(?:[^.;:]|Dr\.){{0,110}}?\b(?:on|dated)\s+(?={DAY})",
    re.IGNORECASE,
)
_DECIDED = re.compile(r"\b(?:decided|reviewed|made|determined|denied|signed|rendered|completed)\b[^.]*$", re.IGNORECASE)
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
# "Augustus Wren, ID# CBA-0044178", and a name over the line with the birth date or the number.
_BEFORE_NUMBER = re.compile(
    rf"(?:^|(?<=\n)|(?<=: )|(?<=[ ]{{2}}))[ \t]*(?i:re:?[ \t]*)?(?P<name>{_NAME})(?:[ \t]*[,;(/\u2013-][ \t]*"
    rf"|[ \t]*\n[ \t]*|[ \t]{{2,}})"
    r"(?:[A-Z][\w'&]+[ ]){0,2}(?i:dob|d\.o\.b|date of birth|born|id|member (?:id|no|number|\#)|member id)\b"
)
_PERSON_OVER_STREET = re.compile(
    rf"(?m)^[ \t]*(?P<name>{_NAME})(?=[ \t]*$|[ ]{{3,}})[^\n]*\n[ \t]*(?:\d{{1,6}}[ ]+[A-Z]|P\.?\s?O\.?[ ]+Box)"
)
_DEAR_PERSON = re.compile(rf"(?m)^[ \t]*(?i:dear)[ \t]+(?P<name>{_NAME})[,:]?[ \t]*$")
_CITY = re.compile(r"(?m)^[ \t]*[A-Z][A-Za-z. ]+,[ ]+(?:[A-Z]{2}|[A-Z][a-z]+)[ ]+\d{5}(?:-\d{4})?[ \t]*$")
_ORGANIZATION = re.compile(
    r"\b(?:group|associates|center|centre|clinic|institute|hospital|medical|surgery|orthopa?edics|spine|pain"
    r"|neurosurgery"
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
# Behind words that ask for it: "to precertify a decompressive laminectomy (63047)", "decision for nerve ablation
# (64628)".
_NAMED_SERVICE = re.compile(
    r"\b(?:(?:pre-?)?certify|approve|authorize|cover|perform|approval (?:of|for)|authorization (?:of|for)"
    r"|coverage (?:of|for)"
    r"|request (?:for|to (?:have|perform|do))|decision (?:for|on)|asked for|asking for|asked us for|requested"
    r"|requesting"
    r"|denied|denying)\s+(?:an?\s+|the\s+|your\s+|his\s+|her\s+|coverage\s+(?:of|for)\s+)*"
    r"(?P<service>[A-Za-z][^.;:()]{4,100}?)[,;]?\s*[\[(](?:(?:procedure|billing)\s+)?(?:codes?\s+"
    r"|CPT[^()]{0,12}|HCPCS[^()]{0,12})?"
    r"(?:\d{4}[0-9TFU]|[A-Z]\d{4})\b",
    re.IGNORECASE,
)
# "RE:  Spinal cord stimulator, permanent": what a letter is about, where it is no name, number or title.
_ABOUT = re.compile(r"(?im)^[ \t]*(?:re|regarding|subject)[ ]?:[ \t]+(?P<service>[A-Za-z][^\n:#\d]{8,90}?)[ \t]*$")
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
    if name == "request_date" and (asked := _RECEIVED.search(letter.text, letter.start)) is not None:
        return day_at(letter, asked.end(), letter.end)
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
    for pattern in (_OVER_NUMBER, _OVER_STREET, _FOR_PERSON, _BEFORE_NUMBER):
        if (match := pattern.search(letter.text, letter.start)) is not None:
            return _stated(letter, *match.span("name"))
    greeted = _DEAR_PERSON.search(letter.text, letter.start)
    if greeted is None:
        return addressed_person(letter)
    line = re.compile(rf"(?m)^[ \t]*(?P<name>{re.escape(greeted['name'])})[ \t]*$").search(
        letter.text, letter.start, greeted.start()
    )
    return _stated(letter, *line.span("name")) if line else None


def addressed_person(letter: Letter) -> Stated | None:
    """The person over a street in the head: a letter that goes to nobody's practice goes to the patient."""
    for match in _PERSON_OVER_STREET.finditer(letter.text, letter.start, head_end(letter)):
        if not _ORGANIZATION.search(match["name"]) and not is_company(match["name"]):
            return _stated(letter, *match.span("name"))
    return None


def provider_in_prose(letter: Letter, patient: Stated | None) -> Stated | None:
    """The provider whom the letter greets or is addressed to, or who is said to have asked."""
    head = _head_of(letter)
    greeted = _DEAR.search(letter.text, letter.start)
    if greeted is not None:
        surname = greeted["surname"] or ""
        named = re.search(
            rf"(?m)(?:^|(?<=[ ]{{2}})|(?<=: ))[ \t]*(?P<name>(?:(?:{_WORD}[ ]+"
            rf"|[A-Z]\.[ ]+){{1,3}}{re.escape(surname)},?[ ]+{_CREDENTIALS}"
            rf"|Dr\.?[ ]+(?:{_WORD}[ ]+|[A-Z]\.[ ]+){{1,3}}{re.escape(surname)}\b))",
            letter.text[letter.start : greeted.start()],
        )
        if surname and named is not None:
            place = letter.start + named.start("name"), letter.start + named.end("name")
            return _stated(letter, *place)
        if greeted["name"]:
            return _stated(letter, *greeted.span("name"))
        return _stated(letter, *greeted.span("greeted"))
    doctor = next((each for each in _DOCTOR.finditer(letter.text, letter.start) if not _decides(letter, each)), None)
    if doctor is not None:
        return _stated(letter, *doctor.span("name"))
    if (asked := _who_asked(letter)) is not None:
        return asked
    return _addressee(letter, head, patient)


def _decides(letter: Letter, match: re.Match[str]) -> bool:
    """Whether the words before a doctor's name say that the doctor decided."""
    before = letter.text[max(letter.start, match.start() - 40) : match.start()]
    return _DECIDED.search(before) is not None and match[0].lower().startswith("by")


def _who_asked(letter: Letter) -> Stated | None:
    """A person with a degree who is called the reader's doctor, who asked, or to whom the letter is addressed."""
    for match in _YOUR_DOCTOR.finditer(letter.text, letter.start):
        named = person_in(letter.text, match.end(), min(match.end() + 60, letter.end))
        if named is not None and named.start() <= match.end() + 2:
            return _stated(letter, named.start("name"), named.end())
    at = letter.start
    head = head_end(letter)
    while (named := person_in(letter.text, at, letter.end)) is not None:
        if _ASKS.match(letter.text, named.end()) or (named.end() <= head and _alone(letter, named.start())):
            return _stated(letter, named.start("name"), named.end())
        at = named.end()
    return None


def _alone(letter: Letter, start: int) -> bool:
    """Whether a person stands at the beginning of a column, or behind "To" or "Attention"."""
    line = letter.text[letter.text.rfind("\n", 0, start) + 1 : start]
    return re.fullmatch(r"(?i)(?:.*(?:[ ]{2}|\t|\|))?[ \t]*(?:(?:attention|attn|to)[ ]*[:.][ ]*)?", line) is not None


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
    """The words before "CPT" and its code, after "request for", or in a line that says what the letter is about."""
    for pattern in (_ASKED, _ABOUT, _NAMED_SERVICE, _SERVICE, _SUBJECT, _DESCRIBED):
        for match in pattern.finditer(letter.text, letter.start):
            words = match["service"]
            if (
                not _CLAUSE.search(words)
                and not re.search(r"\d{6}", words)
                and letter.zone_at(match.start()) != "rights"
            ):
                if pattern is _ABOUT and (is_title(words) or re.match(_NAME + r"\s*(?:,|$)", words)):
                    continue
                return _stated(letter, *match.span("service"))
    return None
