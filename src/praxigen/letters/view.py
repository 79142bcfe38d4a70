"""A letter as the denial reader sees it: its text without what is read past, its lines, sentences and zones."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar, cast

from praxigen.letters.families import field_of, zone_of
from praxigen.letters.tables import Phrases
from praxigen.lexicon.words import Tokens, tokenize
from praxigen.model.document import Document, Quote
from praxigen.reading.sentences import sentence_bounds

T = TypeVar("T")

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
# A label at the beginning of a line with words behind it: "PHYSICIAN ADVISOR COMMENTS: The records ...".
_INLINE = re.compile(r"(?m)^[ \t]*(?P<label>[A-Z][A-Za-z /'()-]{2,50}):[ \t]+(?=[A-Z])")
_MOST_IN_HEADING = 9  # words
_MOST_OF_LISTED = 12
_CHECKED = re.compile(r"\[[ ]?[xX\u2713][ ]?\]|[\u2611\u2612]")
_UNCHECKED = re.compile(r"(?:\[[ _]{0,3}\]|\u2610)[^\[\n\u2610-\u2612]*")
_FEWEST_OF_PROSE = 6  # words
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
        if _CHECKED.search(text, start, end):  # of a list of boxes only the checked ones say something
            text = _UNCHECKED.sub(lambda box: " " * len(box[0]), text)
        self.text, self._broken = _mended(" " * start + text[start:end])
        self._kept: dict[str, object] = {}

    def kept(self, name: str, make: Callable[[], T]) -> T:
        """What `make` makes of this letter, made once."""
        if name not in self._kept:
            self._kept[name] = make()
        return cast("T", self._kept[name])

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
        zones = [(self.start, ""), *self._headings()]
        for label in self.phrases.labels:
            if label.name == "reason":
                zones += [(match.start("label"), "reason") for match in label.pattern.finditer(self.text, self.start)]
        zones += self._run_in({offset for offset, _ in zones})
        taken = {offset for offset, _ in zones}
        for line in _ANNOUNCES.finditer(self.text, self.start):
            if line.start() not in taken:
                zones += self._announced(line)
        return sorted(zones)

    def _headings(self) -> Iterator[tuple[int, str]]:
        """The lines that are headings, by the list or by the words of families, and what they stand over."""
        for line in _LINE.finditer(self.text, self.start):
            words = line[0].strip()
            head = words.strip("*#= \t")
            if not words or len(words) > _HEADING_LENGTH or head.endswith(".") or not head[:1].isupper():
                continue
            listed = [zone for zone, said in self.phrases.headings.items() if said.fullmatch(head)]
            if listed and (head[-1:] in "?:" or len(head.split()) < _MOST_OF_LISTED):
                yield line.start(), listed[0]
            elif _stands_out(self.text, line, head) and (told := zone_of(head)) is not None:
                yield line.start(), told

    def _run_in(self, taken: set[int]) -> Iterator[tuple[int, str]]:
        """Labels at the beginning of a line that give the reason, or in capitals head a paragraph on rights."""
        for match in _INLINE.finditer(self.text, self.start):
            if match.start("label") in taken:
                continue
            prose = len(self.text[match.end() : match.end() + 200].split("\n\n")[0].split()) >= _FEWEST_OF_PROSE
            if _gives_reason(match["label"]):
                yield match.start("label"), "reason"
            elif prose and match["label"].isupper() and zone_of(match["label"]) == "rights":
                yield match.start("label"), "rights"

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
        for match in _INLINE.finditer(self.text, self.start):
            if _gives_reason(match["label"]):
                breaks.add(bisect_left(tokens.starts, match.end()))
                skipped.append((match.start("label"), match.end()))
        return breaks, skipped


def _gives_reason(label: str) -> bool:
    return field_of(label) == "reason" or label.lower() == "why"


def _stands_out(text: str, line: re.Match[str], head: str) -> bool:
    """Whether a short line is set apart as a heading: in capitals, as a question, or alone over a paragraph."""
    if len(head.split()) > _MOST_IN_HEADING or re.search(r"\d{3}|[.,;]$|[ ]{3}|:[ ]*\S", head):
        return False
    above = text[: line.start()].rstrip(" \t")
    below = text[line.end() : line.end() + 2]
    over = below.startswith("\n") and below[1:2].strip() != ""
    alone = over and (above.endswith("\n\n") or not above.strip())
    letters = [character for character in head if character.isalpha()]
    capitals = len(letters) > 3 and all(character.isupper() for character in letters)
    return capitals or head[-1:] in "?:" or alone


def _mended(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text with divided words whole, at the same length, and where each of them stands in the document."""
    places: list[tuple[int, int]] = []

    def whole(match: re.Match[str]) -> str:
        places.append(match.span())
        joint = "-" if match["first"].lower() in _KEEPS else ""
        gap = "\n".ljust(len(match["gap"]) + 1 - len(joint))
        return f"{match['first']}{joint}{match['second']}{gap}"

    return _BROKEN.sub(whole, text), places
