"""The names of people in running words: with a doctor's degree behind them, or with "Dr." before."""

from __future__ import annotations

import re

CREDENTIALS = (
    r"(?:M\.?D\.?|D\.?O\.?|R\.?N\.?|PharmD|R\.?Ph\.?|D\.?C\.?|MPH|D?PT|DPM|NP|APRN|ARNP|FNP(?:-C)?|PA-C|PA|PhD"
    r"|Ph\.D\.|FAC[A-Z]{1,3}"
    r"|FAA[A-Z]{1,3})"
)
_PARTICLE = r"(?:de|del|della|la|van|von|der|den|di|da|dos|al|el|bin|St\.)"
_WORD = r"[A-Z][\w'\u2019-]*[\w]"
NAME = rf"(?:{_WORD}|[A-Z]\.)(?:[ ]+[A-Z]\.?)?(?:[ ]+(?:{_PARTICLE}[ ]+)?{_WORD}){{1,3}}"
# Words that begin a line with a name behind them, and are no part of it.
_NOT_FIRST = (
    r"(?!(?:Physician|Carrier|Reviewed|Reviewer|Provider|Doctor|Dear|Attention|Attn|Your|Our|The|Requesting|Ordering"
    r"|Medical|Director|Treating|Determination|Decision|By|This|Clinical|From|Re|ID|Number|Member|Patient"
    r"|Subscriber|Group|Claim|Case)\b)"
)
_PERSON = re.compile(
    rf"\b{_NOT_FIRST}(?P<name>(?:Dr\.?[ ]+)?{NAME})(?:[ ]*,[ ]*\n?[ ]*|[ ]+)(?P<credentials>{CREDENTIALS}"
    rf"(?:,?[ ]+{CREDENTIALS})*)(?![\w])"
)
_DOCTOR = re.compile(rf"\b(?P<name>Dr\.?[ ]+{NAME})")


def person_in(text: str, start: int, end: int) -> re.Match[str] | None:
    """The first person with a degree in a stretch: groups "name" and "credentials"; a physician before others."""
    found = list(_PERSON.finditer(text, start, end))
    return next((each for each in found if is_physician(each["credentials"])), found[0] if found else None)


def is_physician(credentials: str) -> bool:
    """Whether a degree is a physician's."""
    return re.search(r"M\.?D|D\.?O", credentials) is not None


def doctor_in(text: str, start: int, end: int) -> re.Match[str] | None:
    """The first person who is called a doctor with more than a surname: group "name"."""
    return _DOCTOR.search(text, start, end)
