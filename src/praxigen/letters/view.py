"""A letter as the denial reader sees it: its text without what is read past, its lines, sentences and zones."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from praxigen.letters.tables import Phrases
from praxigen.lexicon.words import Tokens, tokenize
from praxigen.model.document import Document, Quote
from praxigen.reading.sentences import sentence_bounds

_LINE = re.compile(r"[^\n]+")
BULLET = re.compile(r"[ \t]*(?:[-*\u2022\u25cf\u25aa\u00b7]|\(?\d{1,2}[.)]|\(?[a-h][.)]|\[[ xX]\])[ \t]+")
_LABELLED = re.compile(r"[ \t]*[A-Z][\w /#.'()-]{1,40}:[ \t]")
_HEADING_LENGTH = 100
# A word that a line break divides, and the beginnings that keep their hyphen ("non-\ncertified", "peer-\nto-peer").
_BROKEN = re.compile(r"(?P<first>(?<![\w-])[A-Za-z][a-z]*)-(?P<gap>[ \t]*\n[ \t]*)(?P<second>[a-z]+[.,;:)]*)")
_KEEPS = frozenset(
    (
        *("non", "self", "pre", "post", "peer", "re", "co", "to", "in", "low", "long", "short"),
        *("well", "follow", "out", "third"),
    )
)
# A line that announces the reasons: "The clinical basis for this determination is:".
_ANNOUNCES = re.compile(
    r"(?i)\b(?:basis|reasons?|rationale)\b[^.;:]{0,60}?"
    r"(?:\s?:[ \t]*(?=\n)|\b(?:is|are)\s(?:as\s+follows|these|this)\s?[.:])"
)
_PARAGRAPH = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or an entry of a list. `zone` is reason, policy, rights, facts or nothing; offsets are the document's.

    `lead` is the index of the sentence that announces a list ("The records do not show:"), None outside of one.
    """

    start: int
    end: int
    text: str
    zone: str
    bullet: bool
    lead: int | None = None


class Letter:
    """A stretch of a document that holds one answer."""

    def __init__(self, document: Document, start: int, end: int, phrases: Phrases) -> None:
        self.document = document
        self.start = start
        self.end = end
        self.phrases = phrases
        # Offsets stay those of the document, from which every quote is cut.
        text = document.text.replace("\r", " ").replace("\f", "\n").replace("\u00a0", " ")
        for span in document.unused:
            text = text[: span.start] + re.sub(r"[^\n]", " ", text[span.start : span.end]) + text[span.end :]
        self.text, self._broken = _mended(" " * start + text[start:end])

    def quote(self, start: int, end: int) -> Quote:
        """The words of the document from `start` to `end`; a word that a line break divides is quoted whole."""
        for first, last in self._broken:
            if first < start < last:
                start = first
            if first < end < last:
                end = last
        return self.document.quote(start, end)

    @cached_property
    def _zones(self) -> list[tuple[int, str]]:
        """Where each zone begins, by the headings and by labels that give a reason."""
        zones = [(self.start, "")]
        for line in _LINE.finditer(self.text, self.start):
            words = line[0].strip()
            if not words or len(words) > _HEADING_LENGTH:
                continue
            head = words.strip("*#= \t")
            if head.endswith(".") or not head[:1].isupper():
                continue
            for zone, pattern in self.phrases.headings.items():
                if pattern.fullmatch(head) and (head[-1:] in "?:" or len(head.split()) < 12):
                    zones.append((line.start(), zone))
                    break
        for label in self.phrases.labels:
            if label.name == "reason":
                zones += [(match.start("label"), "reason") for match in label.pattern.finditer(self.text, self.start)]
        taken = {offset for offset, _ in zones}
        for line in _ANNOUNCES.finditer(self.text, self.start):
            if line.start() not in taken:
                zones += self._announced(line)
        return sorted(zones)

    def _announced(self, line: re.Match[str]) -> list[tuple[int, str]]:
        """The paragraph behind a line that announces the reasons."""
        words = re.compile(r"\S").search(self.text, line.end())
        if words is None:
            return []
        stop = _PARAGRAPH.search(self.text, words.start())
        found = [(line.end(), "reason")]
        return [*found, (stop.end(), "")] if stop else found

    def zone_at(self, offset: int) -> str:
        """The zone in which a character stands."""
        found = ""
        for start, zone in self._zones:
            if start > offset:
                break
            found = zone
        return found

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence and entry of a list, in order, headings left out."""
        tokens = tokenize(self.text)
        breaks, skipped = self._breaks(tokens)
        found: list[Sentence] = []
        lead: int | None = None
        for first, last in sentence_bounds(self.text, tokens, frozenset(breaks)):
            start, end = tokens.starts[first], tokens.ends[last - 1]
            if any(a <= start < b for a, b in skipped):
                continue
            mark = BULLET.match(self.text, self.text.rfind("\n", 0, start) + 1)
            bullet = mark is not None and start <= mark.end()
            if mark is not None and bullet:
                start = min(mark.end(), end)
            text = " ".join(self.text[start:end].split())
            if not re.search(r"\w", text):
                continue
            if not bullet:
                lead = None
            found.append(Sentence(start, end, text, self.zone_at(start), bullet, lead))
            if text.endswith(":"):
                lead = len(found) - 1
        return tuple(found)

    def _breaks(self, tokens: Tokens) -> tuple[set[int], list[tuple[int, int]]]:
        """The words at which a sentence must begin, and the stretches of headings."""
        heads = {start for start, zone in self._zones if zone}
        breaks: set[int] = set()
        skipped: list[tuple[int, int]] = []
        for line in _LINE.finditer(self.text, self.start):
            labelled = _LABELLED.match(line[0])
            if BULLET.match(line[0]) or labelled or line.start() in heads:
                breaks.add(bisect_left(tokens.starts, line.start()))
            if line.start() in heads and not (labelled and line[0][labelled.end() :].strip()):
                skipped.append((line.start(), line.end()))
                breaks.add(bisect_left(tokens.starts, line.end()))
        for label in self.phrases.labels:
            if label.name == "reason":
                for match in label.pattern.finditer(self.text, self.start):
                    breaks.add(bisect_left(tokens.starts, match.end()))
                    skipped.append((match.start("label"), match.end()))
        return breaks, skipped


def _mended(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text with divided words whole, at the same length, and where each of them stands in the document."""
    places: list[tuple[int, int]] = []

    def whole(match: re.Match[str]) -> str:
        places.append(match.span())
        joint = "-" if match["first"].lower() in _KEEPS else ""
        gap = "\n".ljust(len(match["gap"]) + 1 - len(joint))
        return f"{match['first']}{joint}{match['second']}{gap}"

    return _BROKEN.sub(whole, text), places
