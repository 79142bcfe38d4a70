"""Who is who: mentions of one person get one placeholder; the words of a known name are masked wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from praxigen.redaction.findings import Finding
from praxigen.redaction.kinds import Kind
from praxigen.redaction.names import DEGREES, TOKEN, Mention, find_initials, is_capital
from praxigen.redaction.words import Words

_SMALL_WORDS = (
    "de la los las dela del della di da dos das van der den von zu al el bin ibn ben st le du mac mc jr sr ii iii "
    "iv and"
)
_SMALL = frozenset(_SMALL_WORDS.split())
# What a scanner takes for each other.
_LOOKS = str.maketrans({"0": "o", "1": "l", "i": "l", "5": "s", "8": "b", "3": "e", "4": "a", "|": "l"})
_BETWEEN = re.compile(
    r"[ \t]*,?[ \t]{0,2}(?:[A-Z]\.?[ \t]+|(?:de|la|dela|del|van|der|von|da|dos)[ \t]+){0,2}$", re.IGNORECASE
)


@dataclass(slots=True)
class _Person:
    number: int
    words: frozenset[str]
    roles: set[bool | None] = field(default_factory=set)
    initials: set[str] = field(default_factory=set)

    @property
    def doctor(self) -> bool:
        """Whether some words say that the person treats, and none that it is the patient or of the family."""
        return True in self.roles and False not in self.roles


def find_people(text: str, mentions: Iterable[Mention], words: Words) -> Iterator[Finding]:
    """Every mention with the number of its person, then every other place where a word of a known name stands."""
    people: list[_Person] = []
    placed: list[tuple[Mention, _Person]] = []
    for mention in sorted(set(mentions), key=lambda each: (-len(_words(text, each)), each.start, str(each.doctor))):
        own = _words(text, mention)
        if not own:
            continue
        person = _known(own, people)
        if person is None:
            person = _Person(len(people), own)
            people.append(person)
        person.roles.add(mention.doctor)
        person.initials.add(_initials(text[mention.start : mention.end]))
        placed.append((mention, person))
    for mention, person in placed:
        yield _finding(mention.start, mention.end, person, 4)
    yield from _elsewhere(text, people, words)
    for start, end in find_initials(text):
        yield Finding(start, end, Kind.NAME, f"initials {text[start:end].lower()}", rank=4)
    yield from _dotted(text, people)


def _finding(start: int, end: int, person: _Person, rank: int) -> Finding:
    return Finding(start, end, Kind.DOCTOR if person.doctor else Kind.NAME, str(person.number), rank=rank)


def fold(word: str) -> str:
    """The word as a scanner may see it: letters that look alike are one."""
    word = word.lower()
    if word.endswith(("'s", "’s")):
        word = word[:-2]
    return word.translate(_LOOKS).replace("rn", "m").replace("vv", "w").replace("'", "").replace("’", "")


def _words(text: str, mention: Mention) -> frozenset[str]:
    found = TOKEN.findall(text[mention.start : mention.end])
    return frozenset(fold(word) for word in found if len(word) > 1 and word.lower() not in _SMALL)


def _known(own: frozenset[str], people: Sequence[_Person]) -> _Person | None:
    for person in people:
        if own <= person.words:
            return person
    return None


def _initials(name: str) -> str:
    last, comma, first = name.partition(",")
    letters = [
        word[0].upper() for word in TOKEN.findall(f"{first} {last}" if comma else name) if word.lower() not in DEGREES
    ]
    return "".join(letters)


class _Seen(NamedTuple):
    """What was found out about words of a text: whose they are, and of folded ones who is near."""

    whose: dict[str, tuple[_Person | None, bool]]
    near: dict[str, _Person | None]


def _elsewhere(text: str, people: Sequence[_Person], words: Words) -> Iterator[Finding]:
    index: dict[str, _Person] = {}
    for person in people:
        for word in sorted(person.words):
            if len(word) >= 3:
                index.setdefault(word, person)
    if not index:
        return
    seen = _Seen({}, {})
    run: tuple[int, int, _Person] | None = None
    for found in TOKEN.finditer(text):
        who = _person_of(found, text, index, seen, words)
        if who is None:
            continue
        stop = found.end() - (2 if found[0].endswith(("'s", "’s")) else 0)
        if run and run[2] is who and found.start() - run[1] < 14 and _BETWEEN.fullmatch(text, run[1], found.start()):
            run = (run[0], stop, who)
            continue
        if run:
            yield _finding(*run, 5)
        run = (found.start(), stop, who)
    if run:
        yield _finding(*run, 5)


def _person_of(found: re.Match[str], text: str, index: dict[str, _Person], seen: _Seen, words: Words) -> _Person | None:
    word = found[0]
    if word not in seen.whose:
        seen.whose[word] = _whose(word, index, seen.near, words)
    person, ordinary = seen.whose[word]
    if person is None or not ordinary:
        return person
    # "Young" is a name inside a sentence and with its capital letter only.
    before = text[max(0, found.start() - 2) : found.start()]
    inside = before[:1].islower() or (
        before[:1] in {",", "."}
        and before[1:] == " "
        and text[max(0, found.start() - 4) : found.start()].lower() in {"mr. ", "dr. ", "rs. ", "ms. "}
    )
    return person if word.istitle() and inside else None


def _whose(
    word: str, index: dict[str, _Person], near: dict[str, _Person | None], words: Words
) -> tuple[_Person | None, bool]:
    """Whose name a word may be, and whether it is an ordinary word as well."""
    nobody = None, False
    if sum(letter.isalpha() for letter in word) < 3:
        return nobody
    plain = word.lower().removesuffix("'s").removesuffix("’s")
    if words.is_kept(plain):
        return nobody
    folded = fold(word)
    person = index.get(folded)
    if person is None and not words.is_plain(plain):
        if folded not in near:
            near[folded] = (
                _nearest(folded, index) if is_capital(word) and len(folded) >= 5 and not words.is_name(plain) else None
            )
        person = near[folded]
    return person, plain in words.ordinary


def _nearest(folded: str, index: dict[str, _Person]) -> _Person | None:
    from rapidfuzz.distance import Levenshtein

    for word, person in index.items():
        if len(word) >= 5 and Levenshtein.distance(folded, word, score_cutoff=1) <= 1:
            return person
    return None


def _dotted(text: str, people: Sequence[_Person]) -> Iterator[Finding]:
    """ "M.D.C." where a person of those initials is named; M.D. alone is a degree."""
    index = {initials: person for person in reversed(people) for initials in person.initials if len(initials) > 1}
    for found in re.finditer(r"(?<![\w.])(?:[A-Z]\.[ \t]?){2,4}(?!\w)", text):
        letters = re.sub(r"[^A-Z]", "", found[0])
        person = index.get(letters)
        if person is not None and letters.lower() not in DEGREES:
            yield _finding(found.start(), found.start() + len(found[0].rstrip()), person, 5)
