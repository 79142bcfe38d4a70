"""Where a text names persons: by a label, a title, a degree, a kinship, or a given name before a family name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from praxigen.redaction.words import Words


@dataclass(frozen=True, slots=True)
class Mention:
    """Characters `start` to `end` name a person.

    `doctor` where the words around say that it treats or writes, or that it does not; None where they do not tell.
    """

    start: int
    end: int
    doctor: bool | None


TOKEN = re.compile(r"[^\W\d_][\w'’-]*")
_PARTICLES_WORDS = (
    "de la los las dela del della di da dos das van der den von zu al el bin ibn ben st le du mac mc y e ter ten"
)
_PARTICLES = frozenset(_PARTICLES_WORDS.split())
_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])
DEGREES_WORDS = (
    "md do pa pac pa-c np rn dpt pt ot otr cota pta phd psyd dc fnp fnp-c fnp-bc arnp aprn crna lpn ma ms bsn msn "
    "dpm facs faaos faans dnp cnp cns crnp mbbs mba mph lcsw lmft dds dmd od rph pharmd edd esq ccc-slp slp atc "
    "cnm anp anp-c rt cma rma scribe"
)
DEGREES = frozenset(DEGREES_WORDS.split())
_DEGREE = (
    r"(?:M\.?D\.?|D\.?O\.?|P\.?A\.?-?C?|N\.?P\.?|R\.?N\.?|D\.?P\.?T\.?|P\.?T\.?A?|O\.?T\.?R?|Ph\.?D\.?|Psy\.?D\.?"
    r"|D\.?C\.?|FNP(?:-B?C)?|ARNP|APRN|CRNA|CRNP|LPN|DPM"
    r"|FACS|FAAOS|DNP|MBBS|LCSW|LMFT|PharmD|RPh|CNP|ANP(?:-C)?|CMA|Esq\.?)(?![\w-])"
)
_DEGREE_NEXT = re.compile(rf",[ \t]*{_DEGREE}")
_LONGEST = 6  # words of a name
_TITLE = re.compile(
    r"(?<![\w'’])(?P<title>mrs|mr|ms|miss|mx|master|señora?|sra|drs|dr|doctor|prof|professor|nurse|rev|reverend|sgt"
    r"|capt|lt|officer|attorney|judge)\b(?P<dot>\.?)(?P<gap>[ \t]*\n?[ \t]*)",
    re.IGNORECASE,
)
_SPELLED = frozenset({"doctor", "nurse", "professor", "officer", "attorney", "judge", "master", "miss", "reverend"})
_DOCTOR_TITLES = frozenset({"dr", "drs", "doctor", "prof", "professor", "nurse"})
# Titles that are ordinary words need a capital letter behind them as well.
_WEAK_TITLES = frozenset(
    {"ms", "master", "nurse", "officer", "attorney", "judge", "doctor", "capt", "lt", "sra", "miss", "rev", "professor"}
)
_KIN = re.compile(
    r"\b(?P<who>husband|wife|sons?|daughters?|mother|father|brothers?|sisters?|partner|spouse|friend|neighbou?r"
    r"|caregiver|aide|aunt|uncle|niece|nephew|cousin|fianc[eé]e?|boyfriend|girlfriend"
    r"|roommate|grandson|granddaughter|grandmother|grandfather|mom|dad|stepson|stepdaughter|in-law|interpreter"
    r"|guardian|surrogate|proxy|coworker|co-worker|supervisor|boss|pastor|dog|surgeon"
    r"|therapist|chiropractor|attorney|lawyer|adjuster|nurse|case manager|physiatrist|neurologist|psychologist"
    r"|cardiologist|internist|radiologist)\b"
    r"(?:[ \t]*,[ \t]*|[ \t]+|[ \t]*\([ \t]*)(?:(?:is|was|named|called|by the name of|whose name is)[ \t]+)?",
    re.IGNORECASE,
)
_TREATING_WORDS = (
    "surgeon therapist chiropractor nurse physiatrist neurologist psychologist cardiologist internist radiologist"
)
_TREATING = frozenset(_TREATING_WORDS.split())
_AGED = re.compile(
    r"(?P<gap>[ \t]*,?[ \t]*(?:\([A-Z]{1,3}\)[ \t]*)?)(?:is[ \t]+)?(?:a|an)[ \t]+(?:\w+[ \t]+)?(?:\d{1,3}"
    r"|\w+(?:-\w+)?)[ \t-]?(?:years?|yrs?|y\.?/?o)\b",
    re.IGNORECASE,
)
_DOES = re.compile(
    r"[ \t]+(?:presents|presented|returns|returned|reports|reported|denies|denied|states|stated|was|is|has|had"
    r"|comes|came|underwent|complains|describes|notes|tolerated|continues|feels|wishes|agrees"
    r"|understands|called|arrived|attended|completed|failed|will|would|who|and (?:his|her|their))\b"
)
_BY = re.compile(
    r"\b(?:by|with|per|to|from|for|saw|see|called|told|thank(?:s| you),?|regarding|contacted|named|sincerely,"
    r"|regards,|yours,|truly,|respectfully,|signed,|dear|hi|hello|patient|attn|cc)[ \t:]*\n{0,3}[ \t]*(?=[A-Z])",
    re.IGNORECASE,
)
_PAIR = re.compile(r"(?<![\w'’-])(?P<first>[^\W\d_][\w'’-]+)\.?(?P<gap>[ \t]{1,3}|[ \t]?\n[ \t]?)(?=[^\W\d_])")
_REVERSED = re.compile(
    r"(?<![\w'’-])(?P<last>[A-Z][\w'’-]+(?:[ \t]+[A-Z][\w'’-]+)?)[ \t]*,[ \t]*(?P<first>[A-Z][\w'’-]+)"
    r"(?P<middle>[ \t]+[A-Z]\.?(?![\w]))?"
)
_INITIALS = re.compile(
    r"\b(?:patient|pt|mr|mrs|ms|initials|client|initialed(?: by)?"
    r"|initialled(?: by)?)\b\.?[ \t:]*(?P<value>(?:[A-Z]\.[ \t]?){2,4}|(?:[A-Z]{2,3})(?=[ \t]*(?:$|[,.;)]|is\b"
    r"|was\b|reports|returns|presents)))",
    re.MULTILINE | re.IGNORECASE,
)
_TYPIST = re.compile(
    r"^[ \t]*(?P<value>[A-Z]{2,3}[:/][a-z]{2,3}(?:[:/][a-z0-9]{2,6})?|[A-Z]{2,3}/[A-Z]{2,3}|[A-Z]{2,3}:[A-Z]{2,3})"
    r"[ \t]*\.?$",
    re.MULTILINE,
)


def find_mentions(text: str, words: Words) -> Iterator[Mention]:
    """Every place where the words around tell that a person is named."""
    yield from _labelled(text, words)
    yield from _titled(text, words)
    yield from _kin(text, words)
    yield from _with_degree(text, words)
    yield from _pairs(text, words)
    yield from _reversed(text, words)
    yield from _subjects(text, words)
    yield from _alone(text, words)


def find_initials(text: str) -> Iterator[tuple[int, int]]:
    """Initials that a label or the word patient marks, and those of who dictated and typed, on a line of their own."""
    for found in _INITIALS.finditer(text):
        value = found["value"].rstrip()
        if value.upper() == value and value not in {
            "PT",
            "MD",
            "ID",
            "NAME",
            "NO",
            "IN",
            "IS",
            "DO",
            "OT",
            "HX",
            "DOB",
            "MRN",
            "AGE",
        }:
            yield found.start("value"), found.start("value") + len(value)
    for found in _TYPIST.finditer(text):
        yield found.span("value")


def is_capital(word: str) -> bool:
    """Whether the word begins with a capital letter."""
    return word[:1].isupper()


def take_name(text: str, at: int, words: Words, *, sure: bool, comma: bool = False) -> int | None:
    """Where the name that begins at `at` ends, or None where none does.

    With `sure` the words before it promise a name, so that an ordinary word with a capital letter is one as well; with
    `comma` the family name may stand first.
    """
    end: int | None = None
    taken, low, first = 0, False, True
    while taken < _LONGEST and (found := TOKEN.match(text, at)):
        word = found[0].rstrip("-'’")
        plain = _bare(word)
        stop = found.start() + len(word)
        small = len(plain) == 1 or plain in _SUFFIXES
        particle = plain in _PARTICLES and _more(text, stop)
        if _is_degree(word, plain, taken) or (small and not _is_initial(word, text, stop, taken, low=low)):
            break
        if (small or particle) and text[stop : stop + 1] == ".":
            stop += 1
        if not small and not particle:
            if not _accept(word, plain, words, first=first, sure=sure, low=low):
                break
            taken += 1
        first = first and particle
        low = low or (word.islower() and not small and not particle)
        end = stop if taken and not particle else end
        at = _skip(text, stop)
        if comma and taken and text[at : at + 1] == "," and not _DEGREE_NEXT.match(text, at):
            at, comma = _skip(text, at + 1), False
        elif at == stop and text[stop : stop + 1]:
            break
    return end


def _is_degree(word: str, plain: str, taken: int) -> bool:
    return plain in DEGREES and (word.isupper() or "-" in word) and (taken > 0 or plain != "ms")


def _is_initial(word: str, text: str, stop: int, taken: int, *, low: bool) -> bool:
    """Whether a single letter or a suffix belongs to the name: one that begins it needs a word behind it."""
    return (is_capital(word) or low) and (taken > 0 or _more(text, stop))


def _skip(text: str, at: int) -> int:
    while text[at : at + 1] in {" ", "\t"} and text[at : at + 3] not in {"   ", "\t\t\t"}:
        at += 1
    return at


def _more(text: str, at: int) -> bool:
    return bool(re.match(r"\.?[ \t]{1,2}[^\W\d_]", text[at : at + 4]))


def _bare(word: str) -> str:
    plain = word.lower()
    return plain[:-2] if plain.endswith(("'s", "’s")) else plain


# Names that in small letters are nearly always words.
_NEVER_LOW_WORDS = (
    "will may do see day back hand head call long short case best early good fine high low right new way free pain man"
    " will son christian august april june an so my he her in no on has had was is to the and at by for with sharp"
)
_NEVER_LOW = frozenset(_NEVER_LOW_WORDS.split())


def _accept(word: str, plain: str, words: Words, *, first: bool, sure: bool, low: bool) -> bool:
    if plain in words.clinical:
        return False
    if word.islower():
        if sure and words.is_name(plain):
            return plain not in _NEVER_LOW
        return plain not in words.ordinary and (words.is_name(plain) or (sure and (first or plain in words.eponyms)))
    if low:
        return False  # a name does not change to capital letters
    if words.is_name(plain) or plain not in words.ordinary:
        return True
    return sure and first and word.istitle()


def _labelled(text: str, words: Words) -> Iterator[Mention]:
    for labels, doctor in ((words.patient_labels, False), (words.doctor_labels, True)):
        names = "|".join(re.escape(label).replace(r"\ ", r"[ \t]+") for label in labels)
        pattern = re.compile(
            rf"(?<![\w'’-])(?P<label>{names})(?:'s name|\(s\))?[ \t]*(?:[:=][ \t]*\n?|#[ \t]*|[ \t]+[-–][ \t]+)[ \t]*",
            re.IGNORECASE,
        )
        for found in pattern.finditer(text):
            at = found.end()
            title = _TITLE.match(text, at)
            if title is not None:
                at = title.end()
            end = take_name(text, at, words, sure=found["label"].lower() not in _LOOSE, comma=True)
            if end is not None:
                yield Mention(at, end, doctor or (title is not None and title["title"].lower() in _DOCTOR_TITLES))


# Labels that stand before other things as well; an ordinary word behind them is no name.
_LOOSE_WORDS = (
    "re regarding mother father son daughter husband wife from to cc md dr signature relation contact "
    "resident fellow operator attention provider physician nurse therapist consultant surgeon assistant referring "
    "doctor spouse client employee initials alias contact tech author"
)
_LOOSE = frozenset(_LOOSE_WORDS.split())


def _titled(text: str, words: Words) -> Iterator[Mention]:
    for found in _TITLE.finditer(text):
        title = found["title"].lower()
        start = found.end()
        capital = is_capital(text[start : start + 1])
        if found["title"].isupper() and text[start + 1 : start + 2].islower():
            continue  # "mild MR. Speech is clear"
        if found["dot"] and title in _SPELLED:
            continue  # the end of a sentence: "by the nurse. All"
        if (title in _WEAK_TITLES and not found["dot"] and not (capital and found["title"].istitle())) or (
            start == found.end("dot") and not found["dot"]
        ):
            continue
        if (
            title == "dr"
            and not found["dot"]
            and re.search(r"\d[ \t]+[A-Z]\w+[ \t]+$", text[max(0, found.start() - 30) : found.start()])
        ):
            continue  # 12 Alder Dr
        end = take_name(text, start, words, sure=capital or title not in _WEAK_TITLES)
        if end is None:
            continue
        yield Mention(start, end, title in _DOCTOR_TITLES)
        more = re.compile(r",?[ \t]+(?:and|&)[ \t]+").match(text, end)
        if more is not None and title in {"drs", "mr"}:
            last = take_name(text, more.end(), words, sure=False)
            if last is not None and is_capital(text[more.end()]):
                yield Mention(more.end(), last, title == "drs")


def _kin(text: str, words: Words) -> Iterator[Mention]:
    for found in _KIN.finditer(text):
        first = TOKEN.match(text, found.end())
        if first is None:
            continue
        plain = _bare(first[0])
        known = plain in words.given and plain not in _NEVER_LOW
        capital = is_capital(first[0]) and not first[0].isupper() and not found["who"].isupper()
        if plain in words.clinical or not (
            known or (capital and not words.is_plain(plain) and plain not in words.eponyms)
        ):
            continue
        end = take_name(text, found.end(), words, sure=known)
        if end is not None:
            yield Mention(found.end(), end, found["who"].lower() in _TREATING)


def _with_degree(text: str, words: Words) -> Iterator[Mention]:
    word = r"[^\W\d_a-z][\w'’-]*\.?"
    pattern = re.compile(
        rf"(?<![\w'’-])(?P<name>{word}(?:[ \t]+(?:(?:de|la|del|van|der|von|dos"
        rf"|da)[ \t]+){{0,2}}{word}){{1,3}})[ \t]*,?[ \t]+{_DEGREE}"
    )
    for found in pattern.finditer(text):
        start, end = found.span("name")
        while start < end:
            first = TOKEN.match(text, start)
            if first is None:
                break
            plain = _bare(first[0])
            if not (words.is_plain(plain) and not words.is_name(plain)) and plain not in {"dr", "mr", "mrs", "ms"}:
                break
            gap = re.compile(r"\.?[ \t]*").match(text, first.end())
            start = gap.end() if gap else first.end()
        plain_words = [_bare(each) for each in TOKEN.findall(text[start:end])]
        if [
            each
            for each in plain_words
            if len(each) > 1 and each not in DEGREES and (words.is_name(each) or not words.is_plain(each))
        ]:
            yield Mention(start, end, doctor=True)


def _pairs(text: str, words: Words) -> Iterator[Mention]:
    """A given name of the lists before a word that may be a family name."""
    for found in _PAIR.finditer(text):
        first = _bare(found["first"])
        if first not in words.given or (first in words.eponyms and first not in words.given):
            continue
        lower = found["first"].islower()
        if first in words.clinical or (first in words.ordinary and not is_capital(found["first"])):
            continue
        end = take_name(text, found.start(), words, sure=False)
        if "\n" in found["gap"]:
            end = take_name(text, found.end(), words, sure=False)
        if end is None or end <= found.end():
            continue
        tail = [_bare(each) for each in TOKEN.findall(text[found.end() : end])]
        full = [each for each in tail if len(each) > 1 and each not in _PARTICLES]
        if (
            not full
            or any(each in words.eponyms for each in full if each not in words.family)
            or full[-1] in words.clinical
        ):
            continue
        if first in words.eponyms and full[-1] in words.eponyms and _THING.match(text, end):
            continue
        if lower and not all(each in words.family and each not in words.ordinary for each in full):
            continue
        if first in words.ordinary and not any(words.is_name(each) and each not in words.ordinary for each in full):
            continue
        yield Mention(found.start(), end, doctor=None)


# What is named after a person, so that the name before it is not of somebody in the note.
_THING = re.compile(
    r"[ \t-]*(?:forceps|drops|solution|virus|spect|tabs?|tablets?|inventory|system|version|\d+[ \t]*m[gl]|war|tests?"
    r"|signs?|drains?|frames?|tables?|clamps?|retractors?|approach|technique|maneuver|procedure|disease|syndrome"
    r"|classification|grade|scores?|scale|needles?|elevators?|rongeurs?|catheters?|osteotomy|rods?|wires?|pins?|fusion|stain"
    r"|repair|tongs|type|index|questionnaire|hernia|cyst|fracture|tears?|method|position|traction|criteria)\b",
    re.IGNORECASE,
)


def _alone(text: str, words: Words) -> Iterator[Mention]:
    """A given name by itself with its capital letter, and an ordinary one where it does what only persons do."""
    for found in TOKEN.finditer(text):
        word = found[0]
        plain = _bare(word)
        if len(plain) < 4 or plain not in words.given or not _bare_case(word).istitle() or plain in words.clinical:
            continue
        doubtful = plain in words.ordinary or plain in words.eponyms or plain in words.family
        if (_ACTS if doubtful else _OPEN).match(text, found.end()) and not _THING.match(text, found.end()):
            yield Mention(found.start(), found.start() + len(_bare_case(word)), None)


_ACTS = re.compile(
    r"[ \t]+(?:says?|said|fell|takes|took|reports|reported|denies|denied|states|stated|called|complains|tells|told"
    r"|asked|wants|walks|lives|works|drove|drives|uses|feels|believes|tolerated|returns|presents|underwent|came|comes)\b"
)
_OPEN = re.compile(r"(?![\w-])")


def _bare_case(word: str) -> str:
    return word.removesuffix("'s").removesuffix("’s")


def _reversed(text: str, words: Words) -> Iterator[Mention]:
    """ "Dela Cruz, Maria L."."""
    for found in _REVERSED.finditer(text):
        first = _bare(found["first"])
        last = [_bare(each) for each in TOKEN.findall(found["last"])]
        if first not in words.given or first in words.ordinary or words.is_kept(first):
            continue
        if (found["first"].isupper() and len(first) < 4) or any(letter.isdigit() for letter in found["last"]):
            continue  # "B12, ANA"
        if any(words.is_kept(each) or (each in words.ordinary and each not in words.family) for each in last):
            continue
        line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
        listed = re.search(r"[A-Z]\w+,[ \t]*$", line)  # a list of given names: "Ann, Ruth, and Paul"
        if not listed and (last[-1] in words.family or last[-1] not in words.given):
            yield Mention(found.start(), found.end(), doctor=None)


def _subjects(text: str, words: Words) -> Iterator[Mention]:
    """Two or three unknown words with capital letters that do what persons do, or to whom something is done."""
    for found in re.finditer(
        r"(?<![\w'’-])[A-Z][a-zà-ÿ'’]+(?:[A-Z][a-z]+)?(?:-[A-Z][a-z]+)?(?:[ \t]+[A-Z]\.)?(?:[ \t]+(?:de|la|del|van"
        r"|der|von|da|dos|el|al|bin)){0,2}[ \t]+[A-Z][a-zà-ÿ'’]+(?:[A-Z][a-z]+)?(?:-[A-Z][a-z]+)?(?![\w-])",
        text,
    ):
        plain = [_bare(each) for each in TOKEN.findall(found[0]) if len(each) > 1]
        plain = [each for each in plain if each not in _PARTICLES]
        if any(
            words.is_kept(each) or (each in words.ordinary and not words.is_name(each)) or each in words.generic
            for each in plain
        ):
            continue
        before = _BY_END.search(text, max(0, found.start() - 16), found.start())
        if "'s " in found[0] or "’s " in found[0] or _THING.match(text, found.end()):
            continue
        unknown = not any(map(words.is_name, plain)) and _INSIDE.match(text, max(0, found.start() - 2))
        if before or unknown or _DOES.match(text, found.end()) or _AGED.match(text, found.end()):
            writes = before is not None and before[0].lower().startswith(_WRITING)
            yield Mention(found.start(), found.end(), doctor=True if writes else None)


_INSIDE = re.compile(r"[a-z,] ")  # in the middle of a sentence, where no other capital letters are
_WRITING = ("by", "dear", "cc", "attn", "sincerely", "regards", "respect")
_BY_END = re.compile(_BY.pattern.replace(r"(?=[A-Z])", r"$"), re.IGNORECASE)
