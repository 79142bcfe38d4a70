"""The time limits that a letter states, and where it says to write or call."""

from __future__ import annotations

import re
from collections.abc import Iterator

from praxigen.documents.dates import DAY, written_day
from praxigen.letters.view import Letter, Sentence
from praxigen.model.amount import Span, Unit
from praxigen.model.denial import Contact, StatedDeadline
from praxigen.reading.numbers import COUNT, read_number

_LENGTH = re.compile(
    rf"(?P<number>{COUNT})\s*(?:\((?P<digits>\d{{1,3}})\)\s*)?(?P<days>calendar|business|working)?[\s-]*"
    r"(?P<unit>hours?|days?|weeks?|months?|years?)\b"
    r"(?:\s+(?:of|from|after|following|beginning on)\s+(?:when\s+)?"
    r"(?P<event>[^.;,()\n]{3,70}(?:\n[^.;,()\n]{3,70})?))?",
    re.IGNORECASE,
)
_BY = re.compile(
    rf"\b(?:by|before|no later than|on or before|until|through)\s+(?:\w+day,\s+)?(?P<day>{DAY})", re.IGNORECASE
)
_EVENT_ENDS = re.compile(r"\s+(?:to|and|or|in|by|at|unless|for|we|if|with)\b.*", re.IGNORECASE | re.DOTALL)
_PHONE = re.compile(r"(?<![\w-])(?:1[-. ])?\(?[2-9]\d{2}\)?[-. ]\s?\d{3}[-. ]\d{4}(?![\w-])")
_ADDRESS = re.compile(
    r"(?:P\.?\s?O\.?\s+Box\s+\d+|\d{1,5}\s+[A-Z][\w.]*(?:\s+[A-Z][\w.]*){0,4})(?:,\s*|\s+|\n\s*)"
    r"[A-Z][A-Za-z. ]+,\s+[A-Z]{2}\s+\d{5}(?:-\d{4})?"
)
_NEARBY = 220
_HELP = re.compile(r"\b(?:TTY|help|questions?|interpreter)\b", re.IGNORECASE)


def deadlines_of(letter: Letter) -> tuple[StatedDeadline, ...]:
    """Every limit that the letter states for what the practice or the patient may do."""
    found: dict[tuple[str, int], StatedDeadline] = {}
    for sentence in letter.sentences:
        said = remedy_of(letter, sentence)
        if not said or letter.phrases.says("payer_acts", sentence.text):
            continue
        for limit in _limits(letter, sentence, said):
            found.setdefault((limit.remedy, limit.quote.start), limit)
    kept: dict[tuple[object, ...], StatedDeadline] = {}
    for limit in found.values():
        kept.setdefault((limit.remedy, limit.within, limit.by, limit.counted_from), limit)
    return tuple(kept.values())


def remedy_of(letter: Letter, sentence: Sentence) -> str:
    """Which right a sentence speaks of; empty where it speaks of none."""
    for remedy, pattern in letter.phrases.remedies.items():
        if pattern.search(sentence.text):
            return remedy
    if sentence.zone == "rights":
        # "You must file within 180 days" under the heading "How to appeal".
        before = letter.text[max(letter.start, sentence.start - _NEARBY) : sentence.start]
        last = [
            (match.end(), remedy)
            for remedy, pattern in letter.phrases.remedies.items()
            for match in pattern.finditer(before)
        ]
        return max(last)[1] if last else ""
    return ""


def _limits(letter: Letter, sentence: Sentence, remedy: str) -> Iterator[StatedDeadline]:
    text = letter.text[sentence.start : sentence.end]
    quote = letter.quote(sentence.start, sentence.end)
    by = _BY.search(text)
    day = written_day(" ".join(by["day"].split())) if by else None
    for match in _LENGTH.finditer(text):
        if re.search(
            r"\b(?:a|per|each|every|hours?|24)\W*$", text[max(0, match.start() - 8) : match.start()], re.IGNORECASE
        ):
            continue  # "24 hours a day, 7 days a week"
        if re.match(r"\s*(?:a|per) (?:day|week)\b", text[match.end() :], re.IGNORECASE):
            continue
        number = read_number(match["digits"] or match["number"])
        if number is None or number < 1:
            continue
        event = _EVENT_ENDS.sub("", " ".join((match["event"] or "").split()))
        unit = Unit(match["unit"].lower().rstrip("s"))
        yield StatedDeadline(
            remedy, quote, Span(number, unit), event, (match["days"] or "").lower() in ("business", "working"), day
        )
        return
    if day is not None:
        yield StatedDeadline(remedy, quote, by=day)


def contacts_of(letter: Letter) -> tuple[Contact, ...]:
    """Telephone, fax and address, each with the right that stands nearest before it."""
    found: dict[tuple[str, str], Contact] = {}
    for kind, pattern in (("phone", _PHONE), ("address", _ADDRESS)):
        for match in pattern.finditer(letter.text, letter.start):
            before = letter.text[max(letter.start, match.start() - _NEARBY) : match.start()]
            own = next((each for each in letter.sentences if each.start <= match.start() < each.end), None)
            said = own and next((name for name, words in letter.phrases.remedies.items() if words.search(own.text)), "")
            nearest = (
                [(0, said)]
                if said
                else [
                    (hit.end(), name) for name, said in letter.phrases.remedies.items() for hit in said.finditer(before)
                ]
            )
            if not nearest or _HELP.search(letter.text, max(letter.start, match.start() - 60), match.end() + 12):
                continue
            is_fax = kind == "phone" and re.search(r"\bfax\b[^\d]{0,20}$", before, re.IGNORECASE)
            quote = letter.quote(match.start(), match.end())
            shown = "fax" if is_fax else kind
            value = " ".join(quote.text.split())
            found.setdefault((shown, value), Contact(shown, value, max(nearest)[1], quote))
    return tuple(sorted(found.values(), key=lambda contact: contact.quote.start))
