"""What every rule asks of a page: the note's date and region, the side and level of a mention, and its quote."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cached_property
from types import MappingProxyType

from praxigen.model.amount import Duration, Quantity
from praxigen.model.document import Quote
from praxigen.model.fact import Fact, State, Who
from praxigen.reading.assertion import Sense, sense_of
from praxigen.reading.page import Mention, Page, Sentence
from praxigen.reading.patterns import Pattern
from praxigen.reading.times import TimeMention, counted_to, find_times, has_date, read_date

_NOTE_DATE = Pattern(
    r"(?im)^[ \t]*(?:(?:note |today'?s |report )?date(?: of (?:service|visit|exam|examination|evaluation|report"
    r"|consultation"
    r"|procedure))?|dos|visit date|encounter date|seen|date seen|exam date)"
    r"\s*[:\-]\s*([A-Za-z0-9 ,/.\-]{6,25})"
)
_DATE_INLINE = Pattern(
    r"(?:\b(?=[DdEeNnSs\u017fTtVv])(?i:DOS|date of (?:service|visit|this report|report|exam\w*)|exam(?: date)?"
    r"|dictated(?: on)?|visit date|(?<=[ \t|][ \t])(?:today's |note |visit |encounter )?date(?=\s*:)"
    r"|seen(?: (?:here|today|in (?:the |our )?(?:clinic|office)))?(?: on)?)\b\s*:?\s*"
    r"|\A\W*(?:DATE\s+)?)(?P<date>\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d{2}-\d{2}|[A-Z][a-z]+ \d{1,2}, \d{4})",
)
# Found faster than what stands before a date, each by the sign that it begins with.
_DAYS = (
    Pattern(r"/(?<=\d/)\d{1,2}/\d\d"),
    Pattern(r"-(?<=\d\d\d\d-)\d\d-\d\d"),
    Pattern(r",(?<=\d,) \d{4}"),
)
# The day at the end of a line of the letterhead: "MED CHECK            02/03/2025".
_DATE_OF_HEAD = Pattern(
    r"\s*(?:[^\n]{0,140}\n){0,2}(?!(?:[^\n]*\b(?i:dob|birth|doi|injury|onset|fax(?:ed)?|printed|scanned|page|pg)\b))"
    r"[^\n]{3,100}?(?:[ ]{3,}|\t+)(?P<date>\d{1,2}/\d{1,2}/(?:\d{4}|\d{2}))[ \t]*(?:\n|$)"
)
_LEVEL = Pattern(r"\b([CTLS])[- ]?(\d{1,2})(?:\s*[-/–]\s*([CTLS]?)[- ]?(\d{1,2}))?\b")
_OPERATING = tuple(
    Pattern(rf"\b{words}\b", re.IGNORECASE)
    for words in ("prepped and draped", "time-?out", "to (?:the )?PACU", "procedure day")
)
_MOST_QUOTED = 170
_A_FULL_NOTE = 1500  # characters
_REGIONS = {"body.lumbar": "lumbar", "body.cervical": "cervical", "body.thoracic": "thoracic"}
_REGION_OF_LETTER = {"C": "cervical", "T": "thoracic", "L": "lumbar", "S": "lumbar"}
_COMPARING = frozenset({"greater", "more", "worse", "than", ">", "<"})
_SIDES = {"side.right": "right", "side.left": "left", "side.bilateral": "bilateral"}


class Context:
    """A page with what the rules share."""

    def __init__(self, page: Page, dated: date | None = None) -> None:
        """`dated` is the day of the note where the chart that holds it tells."""
        self.page = page
        self._dated = dated
        self.chart_region: str | None = None
        self.text = page.text
        self.tokens = page.tokens
        self._times: dict[int, list[TimeMention]] = {}
        self._told: dict[int, list[TimeMention]] = {}
        self._senses: dict[tuple[int, int, int, str], Sense] = {}

    @cached_property
    def note_date(self) -> date | None:
        """The date on which the note was written; where nothing says it, the latest day that it tells of as past."""
        return self.stated_date or self._latest_date

    @cached_property
    def stated_date(self) -> date | None:
        """The date on which the note was written, where the chart or the note says it."""
        if self._dated is not None:
            return self._dated
        for match in _NOTE_DATE.finditer(self.text):
            found = re.match(
                r"\s*(\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}-\d{1,2}-\d{2,4}|[A-Za-z]+\.? \d{1,2},? \d{4})",
                match.group(1),
            )
            day = read_date(found.group(1)) if found else None
            if day is not None:
                return day
        if not any(day.search(self.text) for day in _DAYS):
            return None
        inline = _DATE_INLINE.search(self.text) or _DATE_OF_HEAD.match(self.text)
        return read_date(inline.group("date")) if inline else None

    @cached_property
    def _latest_date(self) -> date | None:
        """Without a date of its own a note is at least as late as the latest day that it tells of as past."""
        latest: date | None = None
        for sentence in self.page.sentences:
            if not has_date(sentence.text) or any(
                cue.name in ("before.planned", "after.planned", "before.hypothetical") for cue in sentence.cues
            ):
                continue
            for time in self._undated(sentence):
                for day in (time.began, time.ended):
                    if day is not None and (latest is None or day > latest):
                        latest = day
        return latest

    @property
    def region(self) -> str | None:
        """The region of the spine that the note is mainly about; where it names no place, that of its chart."""
        return self.own_region or self.chart_region

    @cached_property
    def names_no_place(self) -> bool:
        """Whether no part of the body is named, as in a therapist's list of visits."""
        return self.own_region is None and not self.page.naming(self.page.names_of("body."))

    @cached_property
    def own_region(self) -> str | None:
        """The region of the spine that the note itself names most."""
        counts: Counter[str] = Counter()
        for sentence in self.page.naming(_REGIONS):
            for part in sentence.parts:
                if part.name in _REGIONS:
                    counts[_REGIONS[part.name]] += 1
        for match in _LEVEL.finditer(self.text):
            counts[_REGION_OF_LETTER[match.group(1)]] += 1
        if "sacr" in self.text.lower():
            named = (s for s in self.page.sentences if "sacr" in s.text.lower())
            counts["lumbar"] -= sum("sacr" in self.tokens.words[part.first] for s in named for part in s.parts)
        if not counts or max(counts.values()) <= 0:
            return None
        return max(sorted(counts), key=lambda name: counts[name])

    @cached_property
    def limb_counts(self) -> bool:
        """Whether limb pain is what the note is about: a spine note, or a limb with CRPS."""
        if self.region is not None:
            return True
        return "diagnosis.crps" in self.page.names

    @cached_property
    def spine_is_the_problem(self) -> bool:
        """Whether the spine, or a limb with CRPS, is among what is concluded; without conclusions, what is told."""
        page = self.page
        concluding = any(s.section.kind in _CONCLUDING for s in page.sentences)
        speaking = {sentence.section.kind for sentence in self._speaking_of_spine()}
        if not concluding and speaking:
            return True
        if not _CONCLUDING.isdisjoint(speaking):
            return True
        # Nothing is concluded about anything else: what is told decides, and silence about other diseases is enough.
        if speaking - _NOT_TOLD:
            return not any(s.section.kind in _CONCLUDING for s in page.naming(("problem.other",)))
        if len(self.text) > _A_FULL_NOTE:
            return False  # a whole note that never speaks of the spine is about something else
        if any(s.section.kind not in _NOT_TOLD and _names(s, "sign.") for s in page.telling):
            return not page.naming(("problem.other",))
        return not page.naming(("problem.other", "body.other"))

    def _speaking_of_spine(self) -> list[Sentence]:
        page = self.page
        levels = [s for s in page.where(_LEVEL) if _LEVEL.search(self.text, s.start, s.end)]
        return [*(s for s in page.telling if _names(s, _SPINE_CONCEPTS)), *page.naming(_SPINE_PARTS), *levels]

    @cached_property
    def injection_note(self) -> bool:
        """Whether the note reports an injection that was given in this visit."""
        named = [
            s for s in self.page.sentences if s.section.kind == "operation" and "procedure" in s.section.title.lower()
        ]
        return any(
            concept.name.startswith("treatment.") and ("injection" in concept.name or "facet" in concept.name)
            for sentence in named
            for concept in sentence.concepts
        )

    @cached_property
    def operative(self) -> bool:
        """Whether the note reports an operation."""
        if any(pattern.search(self.text) for pattern in _OPERATING):
            return True
        return any(
            s.title.lower().startswith(
                (
                    "preoperative diag",
                    "postoperative diag",
                    "pre-operative",
                    "procedure performed",
                    "operation performed",
                    "procedures performed",
                )
            )
            for s in self.page.sections
        )

    def sense(self, mention: Mention, sentence: Sentence) -> Sense:
        """The sense of a mention, worked out once."""
        key = (sentence.index, mention.first, mention.last, mention.name)
        if key not in self._senses:
            self._senses[key] = sense_of(mention, sentence, self.tokens)
        return self._senses[key]

    def times(self, sentence: Sentence) -> list[TimeMention]:
        """Expressions of time in a sentence, with offsets into the whole text."""
        if sentence.index not in self._times:
            told = self._undated(sentence)
            on = self.note_date if told else None  # which may look for times itself
            self._times[sentence.index] = [
                # "Since spring" names no year: only a stated day of the note says which.
                replace(
                    counted_to(time, on if time.count is None else self.stated_date),
                    start=time.start + sentence.start,
                    end=time.end + sentence.start,
                )
                for time in told
            ]
        return self._times[sentence.index]

    def _undated(self, sentence: Sentence) -> list[TimeMention]:
        """Expressions of time as the sentence alone has them, with offsets into the sentence."""
        if sentence.index not in self._told:
            self._told[sentence.index] = find_times(sentence.text, None)
        return self._told[sentence.index]

    def start(self, mention: Mention) -> int:
        """Where a mention begins in the text."""
        return self.tokens.starts[mention.first]

    def end(self, mention: Mention) -> int:
        """Where a mention ends in the text."""
        return self.tokens.ends[mention.last - 1]

    def words_near(self, mention: Mention, sentence: Sentence, before: int, after: int) -> list[str]:
        """The words around a mention, inside its sentence."""
        first = max(sentence.first, mention.first - before)
        last = min(sentence.last, mention.last + after)
        return self.tokens.words[first : mention.first] + self.tokens.words[mention.last : last]

    def site(self, mention: Mention, sentence: Sentence) -> dict[str, tuple[str, ...]]:
        """Side, region and levels that the sentence gives to a mention."""
        site: dict[str, tuple[str, ...]] = {}
        side = mention.qualities.get("side") or self._nearest_side(mention, sentence)
        if side:
            site["side"] = (side,)
        levels = self._levels(mention, sentence)
        if levels:
            site["level"] = levels
        region = self._region(mention, sentence, levels)
        if region:
            site["region"] = (region,)
        return site

    def _nearest_side(self, mention: Mention, sentence: Sentence) -> str | None:
        best: tuple[int, str] | None = None
        for part in sentence.parts:
            name = _SIDES.get(part.name) or part.qualities.get("side")
            # "bilateral, left greater than right" is bilateral
            if name in ("left", "right") and self._compares(part):
                continue
            if name is None:
                continue
            gap = mention.first - part.last if part.last <= mention.first else part.first - mention.last
            if part.first >= mention.first and part.last <= mention.last:
                gap = 0
            if gap <= 7 and (best is None or gap < best[0]):
                best = (gap, name)
        return best[1] if best else None

    def _compares(self, part: Mention) -> bool:
        words = self.tokens.words
        near = (*words[max(0, part.first - 2) : part.first], *words[part.last : part.last + 2])
        return bool(_COMPARING.intersection(near))

    def _levels(self, mention: Mention, sentence: Sentence) -> tuple[str, ...]:
        if not _LEVEL.may_match(sentence.text):
            return ()
        start = max(sentence.start, self.start(mention) - 80)
        piece = self.text[start : min(sentence.end, self.end(mention) + 80)]
        return tuple(dict.fromkeys(_level_name(match) for match in _LEVEL.finditer(piece)))[:4]

    def _region(self, mention: Mention, sentence: Sentence, levels: tuple[str, ...]) -> str | None:
        named = mention.qualities.get("region")
        if named:
            return named
        best: tuple[int, str] | None = None
        for part in sentence.parts:
            if part.name in _REGIONS or part.name == "body.other":
                gap = mention.first - part.last if part.last <= mention.first else part.first - mention.last
                inside = part.first >= mention.first and part.last <= mention.last
                gap = 0 if inside else gap
                if gap <= 8 and (best is None or gap < best[0]):
                    best = (gap, _REGIONS.get(part.name, "other"))
        if best:
            return best[1]
        return _REGION_OF_LETTER[levels[0][0]] if levels else None

    def quote(self, sentence: Sentence, first: int, last: int) -> Quote:
        """The words from `first` to `last` with the rest of their clause, at most some 170 characters."""
        tokens = self.tokens
        start, end = tokens.starts[first], tokens.ends[last - 1]
        if sentence.end - sentence.start <= _MOST_QUOTED:
            return self.page.document.quote(sentence.start, sentence.end)
        at = first
        while at > sentence.first and tokens.words[at - 1] not in ",;:" and end - tokens.starts[at - 1] <= _MOST_QUOTED:
            at -= 1
        start = tokens.starts[at]
        at = last
        while at < sentence.last and tokens.words[at] not in ",;." and tokens.ends[at] - start <= _MOST_QUOTED:
            at += 1
        return self.page.document.quote(start, max(end, tokens.ends[at - 1]))

    def quote_span(self, start: int, end: int) -> Quote:
        """The words between two offsets."""
        return self.page.document.quote(start, end)

    def fact(
        self,
        concept: str,
        state: State,
        sentence: Sentence,
        mention: Mention,
        rule: str,
        *,
        who: Who = Who.PATIENT,
        qualities: dict[str, tuple[str, ...]] | None = None,
        basis: Iterable[Quote] = (),
        duration: Duration | None = None,
        quantity: Quantity | None = None,
        began: date | None = None,
        ended: date | None = None,
        template: bool = False,
        quote: Quote | None = None,
    ) -> Fact:
        """A fact about a mention, with its quote."""
        kinds = self.page.lexicon.kinds.get(concept, (concept,))
        return Fact(
            concept=concept,
            kinds=kinds,
            state=state,
            quote=quote or self.quote(sentence, mention.first, mention.last),
            rule=rule,
            who=who,
            section=sentence.section.kind,
            basis=tuple(basis),
            duration=duration,
            quantity=quantity,
            began=began,
            ended=ended,
            qualities=MappingProxyType(qualities or {}),
            template=template,
        )


_SPINE_CONCEPTS = (
    "symptom.axial",
    "symptom.radicular",
    "symptom.neurogenic",
    "diagnosis.fbss",
    "diagnosis.stenosis",
    "diagnosis.herniation",
    "diagnosis.degeneration",
    "diagnosis.crps",
    "diagnosis.myelopathy",
    "surgery.spine",
    "imaging.compression",
    "trial.scs",
    "device.scs",
)
# Headings under which a note concludes, and those under which it only lists.
_CONCLUDING = frozenset({"assessment", "diagnosis", "plan", "indications"})
_NOT_TOLD = frozenset({"past_medical", "past_surgical", "family", "ros"})
_SPINE_PARTS = frozenset({"body.lumbar", "body.cervical", "body.thoracic", "body.spine"})


def _names(sentence: Sentence, kinds: str | tuple[str, ...]) -> bool:
    return any(concept.name.startswith(kinds) for concept in sentence.concepts)


def _level_name(match: re.Match[str]) -> str:
    letter, number, other, second = match.groups()
    if second is None:
        return f"{letter}{number}"
    return f"{letter}{number}-{other or letter}{second}"
