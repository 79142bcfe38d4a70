"""What the payers, procedures, plan types and states of a library may be called in a question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from praxigen.library.catalog.asked import Kind
from praxigen.library.directory import names_of, plain
from praxigen.library.library import Library

# Words that name nobody by themselves: half of all payers are a health plan.
_GENERIC = """
alliance america american and behavioral benefits blue care company corp east group health healthcare inc insurance
medical national network networks of or out plan plans services spine state surgery the treatment west
"""
GENERIC = frozenset(_GENERIC.split())
PLANS = {
    "commercial": ("commercial",),
    "employer": ("commercial",),
    "medicare": ("medicare", "medicare_advantage"),
    "original medicare": ("medicare",),
    "traditional medicare": ("medicare",),
    "medicare fee for service": ("medicare",),
    "medicare advantage": ("medicare_advantage",),
    "advantage": ("medicare_advantage",),
    "medicaid": ("medicaid",),
    "tricare": ("tricare",),
    "workers comp": ("workers_comp",),
    "workers compensation": ("workers_comp",),
    "workers' compensation": ("workers_comp",),
    "work comp": ("workers_comp",),
}
STATES = {
    "alabama": "AL", "alaska": "AK", "arizona": "AZ", "arkansas": "AR", "california": "CA", "colorado": "CO",
    "connecticut": "CT", "delaware": "DE", "district of columbia": "DC", "florida": "FL", "georgia": "GA",
    "hawaii": "HI", "idaho": "ID", "illinois": "IL", "indiana": "IN", "iowa": "IA", "kansas": "KS", "kentucky": "KY",
    "louisiana": "LA", "maine": "ME", "maryland": "MD", "massachusetts": "MA", "michigan": "MI", "minnesota": "MN",
    "mississippi": "MS", "missouri": "MO", "montana": "MT", "nebraska": "NE", "nevada": "NV", "new hampshire": "NH",
    "new jersey": "NJ", "new mexico": "NM", "new york": "NY", "north carolina": "NC", "north dakota": "ND",
    "ohio": "OH", "oklahoma": "OK", "oregon": "OR", "pennsylvania": "PA", "rhode island": "RI", "south carolina": "SC",
    "south dakota": "SD", "tennessee": "TN", "texas": "TX", "utah": "UT", "vermont": "VT", "virginia": "VA",
    "washington": "WA", "west virginia": "WV", "wisconsin": "WI", "wyoming": "WY",
}  # fmt: skip
# Two letters that are also a word of a question count as a state in capitals only; PA is prior authorization here.
_WORDS_TOO = frozenset({"HI", "IN", "ME", "OK", "OR", "PA"})
_PREFIX = 4  # letters that a beginning of a word must have: "stim" for stimulator


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a payer or procedure, in the form for comparing, with its words."""

    kind: Kind
    id: str
    text: str
    words: frozenset[str]


class Names:
    """All names of one library."""

    def __init__(self, library: Library) -> None:
        self._library = library

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """Every name, payers first."""
        return tuple(self._each())

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of a name."""
        return frozenset[str]().union(*(name.words for name in self.names))

    @cached_property
    def exact(self) -> dict[str, list[Name]]:
        """The names by their text, and by their text without blanks."""
        found: dict[str, list[Name]] = {}
        for name in self.names:
            for text in {name.text, name.text.replace(" ", "")}:
                found.setdefault(text, []).append(name)
        return found

    @cached_property
    def by_word(self) -> dict[str, list[Name]]:
        """The names by each of their words."""
        found: dict[str, list[Name]] = {}
        for name in self.names:
            for word in name.words:
                found.setdefault(word, []).append(name)
        return found

    def called(self, words: tuple[str, ...]) -> list[Name]:
        """The names that are just this."""
        text = " ".join(words)
        return self.exact.get(text) or self.exact.get(text.replace(" ", ""), [])

    def holding(self, words: tuple[str, ...]) -> list[Name]:
        """The names in which all of these stand, in any order, as words or as beginnings of words."""
        if all(word in GENERIC for word in words):
            return []
        choices = [set(map(id, self._with(word))) for word in words]
        both = set.intersection(*choices)
        return [name for name in self.names if id(name) in both]

    def knows(self, word: str) -> bool:
        """Whether a word, or a word that begins with it, stands in a name."""
        return word in self.words or (len(word) >= _PREFIX and any(each.startswith(word) for each in self.words))

    def _with(self, word: str) -> list[Name]:
        found = self.by_word.get(word)
        if found is None and len(word) >= _PREFIX:
            longer = [each for each in self.words if each.startswith(word)]
            found = [name for each in longer for name in self.by_word[each]]
        return found or []

    def _each(self) -> Iterator[Name]:
        for payer in self._library.payers():
            yield from _names(Kind.PAYER, payer.id, names_of(payer.id, payer.name, payer.also))
        for procedure in self._library.procedures():
            yield from _names(Kind.PROCEDURE, procedure.id, names_of(procedure.id, procedure.label, procedure.also))


def state_of(written: str) -> str:
    """The two letters of a state as it was written; empty where it is none."""
    upper = written.upper()
    if len(written) == 2 and upper in STATES.values() and (written == upper or upper not in _WORDS_TOO):
        return "" if upper == "PA" else upper
    return STATES.get(plain(written), "")


def _names(kind: Kind, owner: str, texts: Iterable[str]) -> Iterator[Name]:
    for text in texts:
        yield Name(kind, owner, text, frozenset(text.replace("(", " ").replace(")", " ").replace("/", " ").split()))
