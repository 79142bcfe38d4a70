"""Tendon reflexes as they are graded and compared: "R knee jerk 1+ vs L 2+", "AJ absent on the left", "DTRs 2+".

A reflex that is weaker on one side points to a root; one that is weak on both sides alike may be age or a neuropathy,
and is no sign. Brisk reflexes on both sides are a sign of the cord, which the lexicon names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from praxigen.model.fact import Fact, State
from praxigen.model.frozen import frozen
from praxigen.reading.context import Context
from praxigen.reading.page import Sentence, mention_at
from praxigen.reading.patterns import Pattern

_JOINT = r"knees?|patellar?s?|quadriceps|ankles?|achilles|gastroc\w*|biceps|triceps|brachioradialis"
_NAMED = Pattern(
    rf"\b(?:(?:(?:{_JOINT})(?:\s*(?:,|and|&|/)\s*)?)+\s*(?:tendon\s+)?(?:reflex(?:es)?|jerks?|DTR'?s?)|KJ'?s?|AJ'?s?"
    r"|(?:(?:deep )?tendon |muscle stretch )?reflex(?:es)?|DTR'?s?)\b",
    re.IGNORECASE,
)
# Once reflexes are the subject, the joints alone name them: "Reflexes: knees 2+, ankles 1+ R, 2+ L".
_PART = Pattern(rf"\b(?:{_JOINT})\b", re.IGNORECASE)
_SIDE = Pattern(
    r"\b(?P<left>left|L|LT|LLE|LUE)\b(?!\d|-?\d)|\b(?P<right>right|R|RT|RLE|RUE)\b(?!\d)"
    r"|\b(?P<both>bilateral(?:ly)?|bilat|both|B/L|symmetric(?:al|ally)?|equal(?:ly)?|throughout|all)\b",
    re.IGNORECASE,
)
_VALUE = Pattern(
    r"(?<![\d/.+-])(?P<grade>[0-4])\s*(?:\+(?:\s*/\s*4\b)?|/\s*4\b)"
    r"|(?<![\d/.])\+?(?P<nought>0)\s*/\s*[0-4]\b"
    r"|\b(?P<zero>absent|lost|not (?:elicited|obtained|obtainable|present)|(?:cannot|could not|can't) be"
    r" (?:elicited|obtained)|unobtainable|unelicitable|missing|gone)\b"
    r"|\b(?P<low>trace|diminished|reduced|decreased|depressed|hypoactive|sluggish|weaker|less)\b"
    r"|\b(?P<usual>normal|intact|physiologic|normoactive|present|equal|symmetric(?:al)?)\b"
    r"|\b(?P<high>brisk|brisker|hyperactive)\b",
    re.IGNORECASE,
)
# What ends the talk of reflexes: another test, or a word that makes it no finding.
_END = Pattern(
    r"\b(?:babinski|hoffm\w+|clonus|toes?|plantars?|pulses?|strength|motor|power|sensation|sensory|light touch|pinprick"
    r"|gait|SLR|straight leg|rectal|gag|pathologic\w*|cremasteric|bulbocavernosus)\b|[;.](?=\s|$)",
    re.IGNORECASE,
)
_CHANGE = "sign.reflex_change"
_RULES = {State.ABSENT: "reflex.normal", State.PRESENT: "reflex.unequal", State.POSSIBLE: "reflex.lost-on-both"}
_WORDS = {"zero": 0.0, "nought": 0.0, "low": 0.5, "usual": 2.0, "high": 3.0}
_PLACES = frozenset({"exam", "assessment", "history", "opening", "other", "diagnosis", "indications", "records"})


@frozen
class _Grade:
    """One graded reflex: its value on the scale from 0 to 4, the side it is said of, and where it stands."""

    value: float
    side: str | None
    start: int
    end: int


def reflex_facts(context: Context) -> Iterator[Fact]:
    """Facts about the reflexes of every sentence that grades or compares them."""
    for sentence in context.page.where(_NAMED):
        if sentence.section.kind not in _PLACES or sentence.general:
            continue
        text = sentence.text
        stop = 0
        for match in _NAMED.finditer(text):
            if match.start() < stop:
                continue
            ends = _END.search(text, match.end())
            stop = ends.start() if ends else len(text)
            # "R knee jerk", "2+ ankle jerks": what belongs to the first reflex may stand right before it.
            start = max(text.rfind(mark, 0, match.start()) for mark in (",", ";", ".", ":")) + 1
            yield from _facts(context, sentence, text, max(start, match.start() - 25), stop)


def _facts(context: Context, sentence: Sentence, text: str, start: int, stop: int) -> Iterator[Fact]:
    for piece_start, piece_end in _pieces(text, start, stop):
        found = _grades(text, piece_start, piece_end)
        verdict = _verdict(found)
        if verdict is None:
            continue
        concept, state, side = verdict
        first, last = sentence.start + piece_start, sentence.start + max(grade.end for grade in found)
        mention = mention_at(context.page, sentence, first + _blank(text, piece_start), last)
        seen = "examined" if state is not State.PRESENT or context.spine_is_the_problem else "elsewhere"
        yield context.fact(
            concept,
            state,
            sentence,
            mention,
            _RULES[state] if concept == _CHANGE else "reflex.brisk",
            qualities={"seen": (seen,), **({"side": (side,)} if side else {})},
        )


def _blank(text: str, at: int) -> int:
    return len(text[at:]) - len(text[at:].lstrip(" ,:\n\t"))


def _pieces(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """One piece for each reflex that is named: "knees 2+, ankles 1+ R, 2+ L" has two."""
    names = [m.start() for m in _PART.finditer(text, start, stop)]
    # "knee and ankle jerks" is one name: a joint with no value before the next belongs to it.
    heads = [start]
    for name in names[1:]:
        if _VALUE.search(text, heads[-1], name) and _PART.search(text, heads[-1], name):
            heads.append(name)
    yield from zip(heads, [*heads[1:], stop], strict=True)


def _grades(text: str, start: int, stop: int) -> list[_Grade]:
    values = list(_VALUE.finditer(text, start, stop))
    if any(value.lastgroup == "grade" for value in values):  # "1+ and symmetric": the word is no second grade
        values = [value for value in values if value.lastgroup != "usual"]
    sides = list(_SIDE.finditer(text, start, stop))
    found: list[_Grade] = []
    for at, value in enumerate(values):
        before = values[at - 1].end() if at else start
        after = values[at + 1].start() if at + 1 < len(values) else stop
        near = [s for s in sides if before <= s.start() < value.start() and not _taken(s, found)]
        next_to = [s for s in sides if value.end() <= s.start() < min(after, value.end() + 14)]
        # "1+ on the right": the side that follows at once; else the last one before the grade.
        chosen = near[-1] if near else next_to[0] if next_to else None
        kind = value.lastgroup or ""
        grade = float(value["grade"]) if kind == "grade" else _WORDS[kind]
        side = chosen.lastgroup if chosen else None
        end = max(value.end(), chosen.end()) if chosen else value.end()
        found.append(_Grade(grade, side, value.start(), end))
    return found


def _taken(side: re.Match[str], found: list[_Grade]) -> bool:
    return any(grade.start <= side.start() < grade.end for grade in found)


def _verdict(found: list[_Grade]) -> tuple[str, State, str | None] | None:
    """Unequal, brisk, normal, or nothing that a root or the cord would explain."""
    if not found:
        return None
    left = [grade.value for grade in found if grade.side == "left"]
    right = [grade.value for grade in found if grade.side == "right"]
    rest = [grade.value for grade in found if grade.side not in ("left", "right")]
    if left and right:
        if left[0] != right[0]:
            return _CHANGE, State.PRESENT, "left" if left[0] < right[0] else "right"
        return (_CHANGE, State.ABSENT, None) if left[0] == 2 else None
    if left or right:
        value, side = (left or right)[0], "left" if left else "right"
        return (_CHANGE, State.PRESENT, side) if value < 2 and all(other >= 2 for other in rest) else None
    if all(value >= 3 for value in rest):
        return "sign.hyperreflexia", State.PRESENT, None
    if all(value == 2 for value in rest) or _equal(found):
        return _CHANGE, State.ABSENT, None
    # Absent on both sides may be two roots, a neuropathy or age: no sign, and no normal examination either.
    return (_CHANGE, State.POSSIBLE, None) if all(value < 1 for value in rest) else None


def _equal(found: list[_Grade]) -> bool:
    """Equal on both sides and there: "1+ and symmetric" is normal for a root; "absent bilaterally" is left open."""
    return all(1 <= grade.value <= 2 for grade in found) and any(grade.side == "both" for grade in found)
