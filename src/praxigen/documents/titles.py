"""The titles under which practices file notes, reports and letters, and the kind of part that each begins."""

from __future__ import annotations

import re

_PLACE = (
    r"(?:(?:cervical|thoracic|lumbar|lumbosacral|sacral|c|t|l|ls)[- ]?spine|spine|back|neck|pelvis|brain|head|hip"
    r"|shoulder|knee|foot|leg|arm)"
)
_STUDY = r"(?:mri|mr|ct|cta|mra|x-?rays?|xr|radiographs?|myelogra\w+|bone scan|pet|ultrasound|dexa|emg(?:/ncs)?)"
_PSYCHE = r"(?:psycholog\w+|psychiatr\w+|behaviou?ral[- ]health|pre-?surgical (?:psycholog\w+|behaviou?ral\w*))"
_OF_VISIT = (
    r"(?:interval|follow[- ]?up|office|clinic|initial|new patient|established patient|outpatient|inpatient|pain|spine"
    r"|surgical|surgery|neurosurg\w+|orthop\w+|neurolog\w+|medicine|primary care|emergency|ed|er|pre-?op(?:erative)?"
    r"|post-?op(?:erative)?|admission|daily|physician|provider|nursing|urgent care|telehealth|video|annual|wellness"
    r"|progress|consult(?:ation)?|encounter|visit|soap|psychiatry|department|room|center|management|evaluation and)"
)
_IS_VISIT = r"(?:notes?|visit|consultation|consult|encounter|evaluation|exam(?:ination)?|summary)"
# The first that fits decides. Each must fit from the beginning of the title.
_TITLES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("cover", (r"(?:fax|facsimile)\b.{0,20}\b(?:cover|transmittal|transmission)", r"cover sheet", r"facsimile$")),
    (
        "therapy",
        (
            r"(?:outpatient |land[- ]based )?(?:physical|occupational|aquatic) therapy\b(?!:)",
            r"pt (?:initial |daily |progress |discharge |re-?)\w*",
            r"therapy (?:daily |progress |discharge |treatment )?(?:note|evaluation|summary)",
            r"(?:initial )?(?:plan of care|chiropractic)\b(?!:)",
        ),
    ),
    (
        "imaging",
        (
            r"(?:radiology|imaging|diagnostic imaging|mri|ct|x-?ray) (?:\w+ )?report",
            rf"{_STUDY}\b(?: of (?:the )?|[ ,:-]+)(?:\w+ ){{0,2}}{_PLACE}",
            rf"(?:exam(?:ination)?|study|procedure) ?: ?{_STUDY}\b",
        ),
    ),
    ("operation", (r"operative (?:report|note)", r"(?:operation|procedure) (?:note|report)", r"report of operation")),
    ("psychology", (rf"{_PSYCHE} (?:\w+ ){{0,2}}(?:evaluation|assessment|report|note|consultation|clearance)",)),
    ("discharge", (r"discharge summary", r"hospital discharge")),
    ("laboratory", (r"(?:laboratory|lab) (?:report|results?)", r"pathology report")),
    (
        "message",
        (
            r"(?:tele)?phone (?:encounter|note|call|message)",
            r"(?:patient (?:portal )?|mychart |secure )message",
        ),
    ),
    (
        "letter",
        (
            r"(?:referral|consultation) letter",
            r"letter (?:of medical necessity|to\b)",
            r"dear (?:dr|doctor|colleague|sir|ms|mr|mrs)\b",
            r"to whom it may concern",
        ),
    ),
    (
        "visit",
        (
            rf"(?:{_OF_VISIT}[ :/,&-]{{1,3}}){{1,6}}{_IS_VISIT}\b",
            r"history (?:and|&) physical(?: examination)?",
            r"h ?& ?p\b",
            r"(?:office visit|follow[- ]?up|consultation)(?: \d|$)",
        ),
    ),
)
_COMPILED = tuple((kind, re.compile("|".join(f"(?:{one})" for one in each), re.IGNORECASE)) for kind, each in _TITLES)
_LONGEST, _MOST_WORDS = 90, 12
_TELLS = re.compile(r"(?<!\bDr)[.;] |(?<!exam)(?<!examination)(?<!study)(?<!procedure): +\S+ +\S", re.IGNORECASE)
_ENDS = re.compile(
    r"\b(?:notes?|report|summary|evaluation|visit|consultation|consult|examination|letter|results?|sheet)$",
    re.IGNORECASE,
)


def stands_out(line: str) -> bool:
    """Whether a line is written as a title is: in capitals, or ended by what the document is."""
    words = [word for word in re.findall(r"[A-Za-z][\w'-]*", line) if len(word) > 3 or word.isupper()]
    capital = sum(word[0].isupper() for word in words)
    return 2 * capital >= len(words) or _ENDS.search(line.strip()) is not None


def kind_of_title(line: str) -> str | None:
    """The kind of part that a line is the title of; None where it is no title."""
    line = line.strip().strip(" =*#_-|")
    if not 3 < len(line) <= _LONGEST or len(line.split()) > _MOST_WORDS:
        return None
    if line.endswith((":", ".", ";")) or _TELLS.search(line):  # a heading inside a note, a sentence
        return None
    return next((kind for kind, pattern in _COMPILED if pattern.match(line)), None)
