"""Numbers as clinicians write them: "6", "6.5", "6 1/2", "twenty-six", "one and a half", "half a dozen"."""

from __future__ import annotations

import re
from fractions import Fraction

# fmt: off
_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
# fmt: on
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = {
    **{word: Fraction(value) for value, word in enumerate(_SMALL)},
    **{word: Fraction(value * 10) for value, word in enumerate(_TENS, 2)},
    "fourty": Fraction(40),
    "a": Fraction(1),
    "an": Fraction(1),
    "couple": Fraction(2),
    "half": Fraction(1, 2),
    "dozen": Fraction(12),
}
_SIGNS = {"½": "1/2", "¼": "1/4", "¾": "3/4"}
_GAP = r"[\s-]{1,3}"
_UNITS = "|".join(_SMALL[1:10])
_WORDS = (
    rf"(?:{'|'.join(_TENS)}|fourty)(?:{_GAP}(?:and{_GAP})?(?:{_UNITS})\b)?|{'|'.join(sorted(_SMALL[1:], reverse=True))}"
)
_COUPLE = r"(?:a\s)?couple(?:\sof)?\b"
_DOZEN = r"(?:half\san?|half|an?|one|two|three|four|\d)\sdozen\b"
_AND_A_PART = rf"(?:{_GAP}and{_GAP}(?:(?:an?|one){_GAP})?(?:half|quarter)\b)"
# Not within a word or a number: "L5", "0.5" and "1/2" hold no number 5 or 2; but "x6" and "improved.6" hold a 6.
_DIGITS = (
    r"(?:(?<!\w)(?<!\d[.,/])(?<!\W\.)|(?<=\b[xX])(?<!\d[xX]))"
    r"(?:\d{1,4}(?:\.\d{1,3})?(?:[\s-]?(?:1/2|1/4|3/4)|\s?[½¼¾])?|(?:1/2|1/4|3/4)|[½¼¾]|\.\d{1,3})(?![\d½¼¾]|/\d)"
)

# A number other than a bare "a", and any number. Both are for patterns that ignore case.
COUNT = rf"(?:{_DIGITS}{_AND_A_PART}?|\b(?:{_DOZEN}|{_COUPLE}|(?:{_WORDS})\b{_AND_A_PART}?))"
NUMBER = rf"(?:{COUNT}|\ban?\b)"
# How both begin: `re` sees sooner that none begins so than that there is none.
NUMBER_BEGINS = r"[\d.½¼¾]|an?\b|co|e[il]|f[io]|ha|ni|on|s[ei]|t[ehw]"

_PART = re.compile(r"\s*\b(?:and )?(?:(?:an?|one) )?(half|quarter)$")
_FRACTION = re.compile(r"(?:^|[\s-]|(?<=\d))(\d)/(\d)$")


def read_number(words: str) -> Fraction | None:
    """The value of a number that the patterns above found; None where it is none."""
    words = words.lower()
    for sign, plain in _SIGNS.items():
        words = words.replace(sign, f" {plain}")
    words = " ".join(words.split())
    fraction = _FRACTION.search(words)
    if fraction is not None:
        rest = words[: fraction.start()].strip()
        return Fraction(rest or "0") + Fraction(int(fraction.group(1)), int(fraction.group(2)))
    words = " ".join(words.replace("-", " ").split())
    added = Fraction(0)
    part = _PART.search(words)
    if part is not None and " and " in f" {words}":
        added = Fraction(1, 2 if part.group(1) == "half" else 4)
        words = words[: part.start()].strip()
    value = _plain(words)
    return None if value is None else value + added


def _plain(words: str) -> Fraction | None:
    if words[:1].isdigit() or words[:1] == ".":
        number, _, dozen = words.partition(" ")
        return Fraction(number) * (12 if dozen == "dozen" else 1)
    parts = [word for word in words.split() if word not in ("and", "of")]
    if parts and parts[-1] in ("dozen", "couple"):
        # "half a dozen" is 6, "a couple" 2.
        value = _VALUES[parts.pop()]
        for word in parts:
            value *= _VALUES.get(word, Fraction(1))
        return value
    if not parts or any(word not in _VALUES for word in parts):
        return None
    return sum((_VALUES[word] for word in parts), Fraction(0))
