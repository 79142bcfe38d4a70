"""The time limits that a letter states, and where it says to write or call."""

from __future__ import annotations

import re
from bisect import bisect_left
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
_HELP = re.compile(
    r"\b(?:(?:get(?:ting)? )?help(?:line| ?desk)?(?: (?:&|and) more information)?|questions?|interpreters?"
    r"|member services|complain(?:ts?)?|espa\w+)\b",
    re.IGNORECASE,
)
_GREETING = re.compile(r"(?im)^[ \t]*(?:dear\b|to whom it may concern)")
_PORTAL = re.compile(
    r"(?<![\w@./])(?:(?:https?://|www\.)[^\s,;()<>]+[\w/]"
    r"|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|gov|example)/[\w/-]*\w)"
)
# To whom an address belongs: "write to Anthem Provider Appeals, P.O. Box 1".
_TO = re.compile(
    r"(?:\b(?:to|at|mail)\b:?|:)\s+(?P<who>[A-Z]"
    r"(?:[\w&'\u2019-]|\.(?=\w)|,?\s+(?=[A-Z(]|of\b|and\b|for\b|the\b)|: (?=[A-Z])){3,110}),?\s*$"
)
_AGAIN = re.compile(
    r"\b(?:do so|(?:this|that|your|the) (?:request|application|form)|(?:it|they) must)\b", re.IGNORECASE
)
_TITLE = 6  # words of a title at the head of an entry of a list: "State Fair Hearing."


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
    before = _sentence_before(letter, sentence)
    titled = before is not None and before.bullet and len(before.text.split()) <= _TITLE and not sentence.bullet
    if before is not None and titled and (title := _spoken_of(letter, before.text)):
        return title
    if own := _spoken_of(letter, sentence.text):
        return own
    again = before is not None and (before.text.endswith("?") or _AGAIN.search(sentence.text) is not None)
    if before is not None and again and (same := _spoken_of(letter, before.text)):
        return same
    if sentence.zone == "rights":
        # "You must file within 180 days" under the heading "How to appeal".
        stretch = letter.text[max(letter.start, sentence.start - _NEARBY) : sentence.start]
        last = [
            (match.end(), remedy)
            for remedy, pattern in letter.phrases.remedies.items()
            for match in pattern.finditer(stretch)
        ]
        return max(last)[1] if last else ""
    return ""


def _spoken_of(letter: Letter, text: str) -> str:
    return next((remedy for remedy, pattern in letter.phrases.remedies.items() if pattern.search(text)), "")


def _sentence_before(letter: Letter, sentence: Sentence) -> Sentence | None:
    """The sentence before it in the same paragraph."""
    at = bisect_left([each.start for each in letter.sentences], sentence.start)
    before = letter.sentences[at - 1] if at else None
    if before is None or re.search(r"\n[ \t]*\n", letter.text[before.end : sentence.start]):
        return None
    return before


def _limits(letter: Letter, sentence: Sentence, remedy: str) -> Iterator[StatedDeadline]:
    text = letter.text[sentence.start : sentence.end]
    quote = letter.quote(sentence.start, sentence.end)
    by = _BY.search(text)
    day = written_day(" ".join(by["day"].split())) if by else None
    for match in _LENGTH.finditer(text):
        if re.search(
            r"\b(?:a|per|each|every|hours?|24|waiting)\W*$",
            text[max(0, match.start() - 9) : match.start()],
            re.IGNORECASE,
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
    """Telephone, fax, address and portal, each with the right that it is for; lines for general help are left out."""
    found: dict[tuple[str, str], Contact] = {}
    matches = sorted(
        (
            (kind, match)
            for kind, pattern in (("phone", _PHONE), ("address", _ADDRESS), ("portal", _PORTAL))
            for match in pattern.finditer(letter.text, letter.start)
        ),
        key=lambda each: each[1].start(),
    )
    greeting = _GREETING.search(letter.text, letter.start)
    head = greeting.start() if greeting else letter.start
    last = letter.start
    for kind, match in matches:
        begin = match.start()
        if kind == "address" and begin < head:
            continue  # the sender's or the reader's own
        before = letter.text[max(letter.start, begin - _NEARBY) : begin]
        remedy = _contact_for(letter, begin, max(last, begin - _NEARBY))
        last = match.end()
        if not remedy:
            continue
        if kind == "phone" and re.search(r"\bfax\b[^\d]{0,20}$", before, re.IGNORECASE):
            kind = "fax"
        if kind == "address" and (to := _TO.search(letter.text, max(letter.start, begin - 130), begin)) is not None:
            begin = to.start("who")
        quote = letter.quote(begin, match.end())
        value = " ".join(quote.text.split())
        found.setdefault((kind, value), Contact(kind, value, remedy, quote))
    return tuple(sorted(found.values(), key=lambda contact: contact.quote.start))


def _contact_for(letter: Letter, at: int, since: int) -> str:
    """What a contact is for, by the words right before it, else of its sentence, else of what stands before.

    Empty where those speak of no right, or of help in general.
    """
    column = max(letter.text.rfind(mark, since, at) for mark in ("\n", "   "))
    own = next((each for each in letter.sentences if each.start <= at < each.end), None)
    begun = max(since, own.start) if own else since
    beginnings = [max(begun, column), begun]
    for begin in beginnings:
        words = letter.text[begin:at]
        if _HELP.search(words):
            return ""
        if said := _spoken_of(letter, words):
            return said
    if own is not None:
        rest = re.split(r"[ ]{3,}|\n", letter.text[at : own.end], maxsplit=1)[0]
        if said := _spoken_of(letter, rest):
            return said
    near = [each for each in letter.sentences if at - _NEARBY <= each.end <= at]
    hits = [(0, "")]
    for each in near:
        hits += [(each.end, said) for said in (_spoken_of(letter, each.text),) if said]
    covered = max(hits)[0]
    stretch = max(letter.start, covered, at - _NEARBY)
    for remedy, pattern in letter.phrases.remedies.items():
        hits += [(match.end(), remedy) for match in pattern.finditer(letter.text, stretch, at)]
    if (helps := [match.end() for match in _HELP.finditer(letter.text, stretch, at)]) and max(helps) >= max(hits)[0]:
        return ""
    return max(hits)[1]
