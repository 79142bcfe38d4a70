"""The same paragraph in two places of a chart: copied forward, or pasted twice."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from praxigen.model.chart import ChartWarning, Trouble
from praxigen.model.document import Document, Quote
from praxigen.model.layout import Unused

_LEAST = 150  # letters and digits: shorter lines are forms, greetings and normal findings
_SHOWN = 160  # characters of each place
_BLANK = re.compile(r"\n[ \t\r\f]*(?=\n)|\n(?=[^\n]{190})|(?<=[^\n]{190})\n")
_OTHER = re.compile(r"[\W_]+")
# Text that every note of a clinic carries: it says nothing of this patient, so its repetition says nothing either.
_NOTICE = re.compile(
    r"\b(?:confidential\w*|HIPAA|disclos\w+|dictat\w+|voice recognition|electronically signed|disclaimer|intended"
    r" recipient|informed consent|risks,? (?:and )?benefits|risks include|go to the (?:ED|ER|emergency)"
    r"|time[- ]?out|prepped and draped)\b",
    re.IGNORECASE,
)


def copies(document: Document) -> Iterator[ChartWarning]:
    """Each paragraph that stands in the chart again, with the beginnings of both places."""
    first: dict[str, tuple[int, int]] = {}
    read_past = [span for span in document.unused if span.why not in ("copied", "hidden")]
    for start, end in _paragraphs(document.text):
        if _among(read_past, start, end) or _NOTICE.search(document.text, start, end):
            continue
        key = _OTHER.sub("", document.text[start:end]).lower()
        if len(key) < _LEAST:
            continue
        if key not in first:
            first[key] = start, end
            continue
        origin = first[key]
        yield ChartWarning(
            Trouble.COPIED,
            f"Copied: the same words stand {_where(document, origin[0], start)}.",
            (_beginning(document, *origin), _beginning(document, start, end)),
        )


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for match in _BLANK.finditer(text):
        if match.start() > at:
            yield at, match.start()
        at = match.end()
    if at < len(text):
        yield at, len(text)


def _among(spans: Sequence[Unused], start: int, end: int) -> bool:
    """Whether these words are a page or line that was sent again as a whole, of which the chart already warns."""
    at = bisect_left(spans, end, key=lambda span: span.start)
    return at > 0 and spans[at - 1].end > start


def _where(document: Document, one: int, other: int) -> str:
    parts = document.part_at(one), document.part_at(other)
    if parts[0] is None or parts[1] is None or parts[0] == parts[1]:
        return "twice in one note"
    days = [f"of {part.date}" if part is not None and part.date else "without a date" for part in parts]
    return f"in the note {days[0]} and in the note {days[1]}"


def _beginning(document: Document, start: int, end: int) -> Quote:
    """The first words of a paragraph, cut between words."""
    if end - start > _SHOWN:
        cut = max(document.text.rfind(" ", start, start + _SHOWN), document.text.rfind("\n", start, start + _SHOWN))
        end = cut if cut > start else start + _SHOWN
    return document.quote(start, end)
