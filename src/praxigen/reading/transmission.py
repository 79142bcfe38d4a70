"""What a fax machine does to a page: its own lines between those of the note, and figures that it took for letters.

Both are mended letter for letter, so that every offset stays that of the document and every quote is cut from it as it
came.
"""

from __future__ import annotations

import re

# How a machine numbers its pages: "P. 02/05", "PAGE 3 OF 6", "Pg: 4/7".
_PAGE = re.compile(r"\b(?:page|pg|p)[ .:#]*\d{1,3}(?:[ ]*(?:/|of)[ ]*\d{1,3})?\b(?![ ]*(?:mg|mm|cm))", re.IGNORECASE)
# What a machine prints beside the page: the time, the other end, its own name.
_MACHINE = re.compile(
    r"\bfax(?:ed)?\b|\b(?:DOB|MRN|acct|printed|date)\b|\b(?:from|to|received|rcvd|sent(?: by)?)[ ]*:|\breceived\b"
    r"|\bfrom[ ]+[A-Z]{2}"
    r"|\b\d{1,2}:\d{2}(?::\d{2})?[ ]?(?:[ap]m?\b)?|\btransmission\b|->|→",
    re.IGNORECASE,
)
_ONLY_A_PAGE = re.compile(
    r"[\s*\[(=\-–_|]*(?:(?:page|pg)[ .:#]*\d{1,3}(?:[ ]*(?:/|of)[ ]*\d{1,3})?(?:[ ]+(?:end|continued|cont\.?"
    r"|begins?))?)"
    r"[\s*\])=\-–_|]*",
    re.IGNORECASE,
)
_FAX_ONLY = re.compile(r"[\s*=\-–_]*(?:fax|facsimile)(?: transmission)?[\s*=\-–_]*", re.IGNORECASE)
_SIGN = re.compile(r"fax|(?<![a-z])p(?:age|g)?(?![a-z])")
_RULE = re.compile(r"[\s*=\-–_]{4,}")
_OWN_WORDS = frozenset(
    ["from", "to", "page", "pg", "fax", "faxed", "sent", "by", "received", "rcvd", "of", "the", "am", "pm", "at", "on"]
)
_SMALL_WORD = re.compile(r"\b[a-z]{3,}\b")
_ENDS = frozenset(".:;?!")
_LONGEST_LINE = 120  # characters; a machine prints its line in one
_MOST_SMALL_WORDS = 2  # beside its own: the line of a machine holds names and numbers

# A figure in which a letter was read for a digit counts as one only before its unit, in a score or in a date.
_MAY_BE_A_FIGURE = re.compile(r"[0-9](?:[oOlI]|(?<=[oOlI].))")
_UNIT = (
    r"(?:mg|mcg|ml|weeks?|wks?|months?|mos?|days?|hours?|hrs?|years?|yrs?|visits?|sessions?|treatments?|percent|lbs?"
    r"|minutes|min)\b"
)
_FIGURE = re.compile(
    rf"(?<![\w./])(?=[oOlI]*[0-9])[0-9oOlI]{{1,4}}(?=[ ]?{_UNIT}|[ ]?%|[ ]?x[ ]?/?[ ]?w)"
    r"|(?<![\w./])(?=[oOlI]*[0-9])[0-9oOlI]{1,2}/(?:[1I l][0oO])\b(?![/\w])"
    r"|(?<![\w./])(?=[0-9oOlI/]*[0-9])[0-9oOlI]{1,2}/[0-9oOlI]{1,2}/(?:[2][0oO])?[0-9oOlI]{2}(?![\w/])"
)
_DIGITS = str.maketrans("oOlI", "0011")


def as_sent(text: str) -> str:
    """A page as it was before it went through the machine, letter for letter as long as before."""
    text = _without_machine_lines(text)
    return _FIGURE.sub(_in_digits, text) if _MAY_BE_A_FIGURE.search(text) else text


def _in_digits(match: re.Match[str]) -> str:
    return match[0].translate(_DIGITS)


def _without_machine_lines(text: str) -> str:
    """The text with the lines of the machine left empty, and with them the line ends that they brought.

    What stands at the very top is the head of the page and stays: nothing goes on over it.
    """
    low = text.lower()
    if len(low) != len(text):  # a few letters grow when they are lowered
        low = text
    if not ("fax" in low or "page" in low or "pg" in low or " p." in low):
        return text
    pieces: list[str] = []
    top = len(text) - len(text.lstrip())
    at = seen = 0
    for match in _SIGN.finditer(low):
        if match.start() < seen:
            continue
        start, end = low.rfind("\n", seen, match.start()) + 1 or seen, low.find("\n", match.end())
        seen = end = end if end >= 0 else len(text)
        if start <= top or not _is_of_the_machine(text[start:end]):
            continue
        start, end = _inside_a_sentence(text, *_with_rules(text, start, end))
        start, end = max(start, at), min(end + 1, len(text))
        pieces += (text[at:start], " " * (end - start))
        at = seen = end
    return "".join([*pieces, text[at:]]) if pieces else text


def _with_rules(text: str, start: int, end: int) -> tuple[int, int]:
    """Where a line begins and ends, with the rules that are drawn right above and below it."""
    above = text.rfind("\n", max(0, start - _LONGEST_LINE), start - 1) + 1
    if above and _RULE.fullmatch(text, above, start - 1):
        start = above
    below = text.find("\n", end + 1, end + _LONGEST_LINE)
    if below > 0 and _RULE.fullmatch(text, end + 1, below):
        end = below
    return start, end


def _inside_a_sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The lines of a machine with the empty ones around them, where a sentence goes on over them."""
    above, below = start, end
    while above > 0 and text[above - 1] in " \t\r\n":
        above -= 1
    while below < len(text) and text[below] in " \t\r\n":
        below += 1
    goes_on = below < len(text) and (text[below].islower() or text[below].isdigit())
    if above == 0 or not goes_on or text[above - 1] in _ENDS:
        return start, end
    line_end = text.find("\n", above, start)
    return (line_end + 1 if line_end >= 0 else start), below - 1


def _is_of_the_machine(line: str) -> bool:
    if len(line) > _LONGEST_LINE:
        return False
    if _ONLY_A_PAGE.fullmatch(line) or _FAX_ONLY.fullmatch(line):
        return True
    if _PAGE.search(line) is None or _MACHINE.search(line) is None:
        return False
    return sum(word not in _OWN_WORDS for word in _SMALL_WORD.findall(line)) <= _MOST_SMALL_WORDS
