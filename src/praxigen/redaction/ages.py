"""Ages over 89, which become "90+": so few people are so old that the number tells who it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from praxigen.redaction.findings import Finding
from praxigen.redaction.kinds import Kind

_UNIT = r"(?:years?|yrs?\.?|y\.?\s?/?\s?o\.?\b|y\b)"
_OLD = r"(?:9\d|1[0-2]\d)"
_NUMBER = re.compile(
    rf"(?<![\d.,/$-])(?P<age>{_OLD})(?=[\s-]{{0,2}}{_UNIT}[\s-]*(?:old|of age|[mf]\b|male|female|man|woman"
    r"|gentleman|lady)?)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    rf"\b(?:age[ds]?|aged at visit)(?:\s*[:=]\s*|\s+(?:of\s+|is\s+)?)(?P<age>{_OLD})(?![\d%./])", re.IGNORECASE
)
_TURNED = re.compile(
    r"\b(?:he|she|who|patient|mother|father|lady|man|woman|aunt|uncle|grand\w+)\s+(?:is|was|turned|turns|now"
    rf"|is now|has turned|lived to|died at)\s+(?:age\s+)?(?P<age>{_OLD})(?=\s*(?:[.,;]|and\b|with\b|$))",
    re.IGNORECASE,
)
_SEX = re.compile(rf"(?<![\d.,/])(?P<age>{_OLD})\s?(?=(?:[MF]\b|(?:wf|wm|bf|bm)\b))")
_WORDS = re.compile(
    r"\b(?P<age>ninety(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?|(?:one"
    r"|a)[\s-]hundred(?:[\s-](?:and[\s-])?\w+)?"
    r")(?=[\s-]years?(?:[\s-]old|\s+of\s+age))",
    re.IGNORECASE,
)
_DECADE = re.compile(
    r"\b(?:in\s+(?:his|her|their)\s+(?:(?:early|mid|late)[\s-])?)(?P<age>nineties|90'?s|one hundreds)\b", re.IGNORECASE
)
# "for 92 years" is no age, and such a length is not clinical either; "over 90 years" stays what it is.
_NOT_AN_AGE = re.compile(r"(?:\bover|\babove|>|≥|older than|packs?|pack-)\s*$", re.IGNORECASE)


def find_ages(text: str) -> Iterator[Finding]:
    """Every age over 89."""
    for pattern in (_NUMBER, _LABEL, _TURNED, _SEX, _WORDS):
        for found in pattern.finditer(text):
            start, end = found.span("age")
            if not _NOT_AN_AGE.search(text, max(0, start - 14), start):
                yield Finding(start, end, Kind.AGE, write="90+", rank=2)
    for found in _DECADE.finditer(text):
        yield Finding(found.start("age"), found.end("age"), Kind.AGE, write="90s or over", rank=2)
