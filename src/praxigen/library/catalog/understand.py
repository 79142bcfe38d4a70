"""Reads a question in free words: "scs qualcair", "laminectomy aetna medicare", "63650 nj".

Every word gets a reading that is shown with the answer. A word that means nothing here is not passed over, for an
answer about all payers could be taken for one about the payer that was not understood; it comes back as unknown, with
the nearest names. Codes are never corrected: a near code is another operation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from praxigen.datafiles import near_names
from praxigen.errors import UsageError
from praxigen.library.catalog.asked import Asked, Kind, Reading
from praxigen.library.catalog.catalog import Catalog
from praxigen.library.catalog.names import GENERIC, PLANS, STATES, Name, state_of
from praxigen.library.codes import is_procedure_code, shape_problem
from praxigen.library.directory import plain

MAX_CHARACTERS = 200
_LONGEST = 6  # words of one name
_ALIKE = 80.0  # likeness (0 to 100) from which a word is taken for another
_APART = 3.0  # of two candidates that are nearer to each other than this, none is taken
_SHORTEST = 4  # letters of a word that may be corrected: UMR and UHC are three letters and two payers
_DIAGNOSIS = re.compile(r"[A-TV-Z][0-9][0-9A-Z](\.?[0-9A-Z]{1,4})?")
_TOKEN = re.compile(r"[^\s,;:!?/()\[\]{}\"]+")
_FILLING = """
a about an and any approval approve approved auth authorization by code codes coverage cover covered cpt criteria
diagnosis do does for from hcpcs how i icd in is it me my need needed needs of on or our pa patient patients policies
policy preauth precert precertification prior procedure procedures require required requirement requirements requires
state surgery surgeries the to under what when which who with
"""
_SAY_NOTHING = frozenset(_FILLING.split())


@dataclass(frozen=True, slots=True)
class _Token:
    """A word as it was written, in the form for comparing, and whether it was corrected."""

    written: str
    plain: str
    corrected: bool = False


def understand(text: str, catalog: Catalog) -> Asked:
    """What a question asks. Raises UsageError for a text that is too long or holds look-alikes of a code."""
    if len(text) > MAX_CHARACTERS:
        raise UsageError(f"more than {MAX_CHARACTERS} characters to look up", "Give a payer, a code or a few words.")
    # Bytes of an argument that were no UTF-8 come as half characters, which no word has.
    return _Reader(catalog).read(text.encode("utf-8", "replace").decode())


class _Reader:
    """Reads one question."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._names = catalog.names
        self._readings: list[Reading] = []
        self._unknown: list[tuple[str, tuple[str, ...]]] = []
        self._loose: dict[int, tuple[str, ...]] = {}  # readings by a part of a name, and their words

    def read(self, text: str) -> Asked:
        """The question with the reading of each word."""
        tokens = [token for written in _TOKEN.findall(text) for token in self._tokens(written)]
        at = 0
        while at < len(tokens):
            at += self._take(tokens, at)
        self._settle_plans()
        return Asked(
            payers=self._choose(Kind.PAYER),
            procedures=self._choose(Kind.PROCEDURE),
            codes=self._all(Kind.CODE),
            diagnoses=self._all(Kind.DIAGNOSIS),
            plans=self._all(Kind.PLAN),
            states=self._all(Kind.STATE),
            words=self._all(Kind.WORD),
            readings=tuple(self._readings),
            unknown=tuple(self._unknown),
        )

    def _tokens(self, written: str) -> list[_Token]:
        """The words of one piece of the question, corrected where they are near to a word of the library."""
        written = written.strip(".'`-–’")
        upper = written.upper()
        if not written or _is_code(upper) or _DIAGNOSIS.fullmatch(upper) or state_of(written):
            return [_Token(written, upper)] if written else []
        _refuse_look_alike(written)
        if self._catalog.has_word(written.casefold()):
            return [_Token(written, written.casefold())]
        word = plain(written)
        if self._known(word):
            return [_Token(written, word)]
        parts = word.split()
        if parts != [written.casefold()]:
            return [token for part in parts for token in self._tokens(part)]
        near = self._corrected(word)
        if near is None:
            return [_Token(written, word)]
        return [_Token(written, part, corrected=True) for part in near.split()]

    def _known(self, word: str) -> bool:
        if word in _SAY_NOTHING or word in _PLAN_WORDS or word in _STATE_WORDS or word in self._names.exact:
            return True
        return self._names.knows(word) or self._catalog.has_word(word)

    def _corrected(self, word: str) -> str | None:
        if len(word) < _SHORTEST or not word.isalpha():
            return None
        own = [name for name in self._names.words if len(name) >= _SHORTEST and name not in GENERIC]
        own += [text for text in self._names.exact if " " not in text and len(text) >= _SHORTEST]
        return _nearest(word, {*own, *_PLAN_WORDS}) or _nearest(word, self._catalog.all("word"))

    def _take(self, tokens: list[_Token], at: int) -> int:
        """Read the longest run of words from here that means something; how many words it is."""
        for count in range(min(_LONGEST, len(tokens) - at), 0, -1):
            run = tokens[at : at + count]
            if self._named(run):
                return count
        self._single(tokens[at])
        return 1

    def _named(self, run: list[_Token]) -> bool:
        words = tuple(token.plain.casefold() for token in run)
        phrase = " ".join(words)
        state = state_of(phrase) if len(run) > 1 else ""
        if state:
            self._add(run, Kind.STATE, (state,))
            return True
        called = self._names.called(words)
        if called:
            self._add_names(run, called)
            return True
        if phrase in PLANS:
            self._add(run, Kind.PLAN, PLANS[phrase])
            return True
        if words[0] in _SAY_NOTHING or words[-1] in _SAY_NOTHING:
            return False
        holding = self._names.holding(words)
        if holding and (len(run) > 1 or not self._is_state_or_code(run[0])):
            self._add_names(run, holding, part=True)
            return True
        return False

    def _single(self, token: _Token) -> None:
        upper, word = token.plain.upper(), token.plain.casefold()
        state = state_of(token.written)
        if _is_code(upper):
            self._add([token], Kind.CODE, (upper,))
        elif state:
            self._add([token], Kind.STATE, (state,))
        elif _DIAGNOSIS.fullmatch(upper):
            self._add([token], Kind.DIAGNOSIS, (_dotted(upper),))
        elif word in _SAY_NOTHING:
            return
        elif self._catalog.has_word(word):
            self._add([token], Kind.WORD, (word,))
        elif word not in GENERIC:
            self._unknown.append((token.written, self._near(word)))

    def _is_state_or_code(self, token: _Token) -> bool:
        return bool(_is_code(token.plain) or state_of(token.written))

    def _near(self, word: str) -> tuple[str, ...]:
        if any(each.isdigit() for each in word):
            return near_names(word.upper(), self._catalog.all("code"))
        texts = [name.text for name in self._names.names]
        return near_names(word, [*texts, *self._names.words - GENERIC])

    def _add_names(self, run: list[_Token], names: Iterable[Name], *, part: bool = False) -> None:
        by_kind: dict[Kind, list[str]] = {}
        for name in names:
            by_kind.setdefault(name.kind, []).append(name.id)
        for kind, ids in by_kind.items():
            if part:
                self._loose[len(self._readings)] = tuple(token.plain.casefold() for token in run)
            self._add(run, kind, tuple(dict.fromkeys(ids)), part=part)

    def _add(self, run: list[_Token], kind: Kind, meant: tuple[str, ...], *, part: bool = False) -> None:
        text = " ".join(dict.fromkeys(token.written for token in run))
        self._readings.append(Reading(text, kind, meant, any(token.corrected for token in run), part))

    def _settle_plans(self) -> None:
        """Beside another payer "Medicare" and "TRICARE" are plan types, not payers."""
        payers = [number for number, reading in enumerate(self._readings) if reading.kind is Kind.PAYER]
        plans = [number for number in payers if plain(self._readings[number].text) in PLANS]
        if 0 < len(plans) < len(payers):
            for number in plans:
                reading = self._readings[number]
                meant = PLANS[plain(reading.text)]
                self._readings[number] = Reading(reading.text, Kind.PLAN, meant, reading.corrected)

    def _choose(self, kind: Kind) -> tuple[str, ...]:
        """What all readings of a kind agree on; where they do not agree, each of them.

        A part of a name that agrees with no whole name is taken as a word to look for, where the library has it.
        """
        whole = [r.meant for n, r in enumerate(self._readings) if r.kind is kind and n not in self._loose]
        chosen = list(dict.fromkeys(each for meant in whole for each in meant))
        for number, words in self._loose.items():
            reading = self._readings[number]
            if reading.kind is not kind:
                continue
            agreed = [each for each in chosen if each in reading.meant]
            if agreed or not chosen:
                chosen = agreed or list(reading.meant)
            elif all(self._catalog.has_word(word) for word in words):
                self._readings[number] = Reading(reading.text, Kind.WORD, words, reading.corrected)
            else:
                chosen += [each for each in reading.meant if each not in chosen]
        return tuple(sorted(chosen))

    def _all(self, kind: Kind) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each for r in self._readings if r.kind is kind for each in r.meant))


_PLAN_WORDS = frozenset(word for phrase in PLANS for word in phrase.split())
_STATE_WORDS = frozenset(word for state in STATES if " " in state for word in state.split())


def _is_code(upper: str) -> bool:
    return is_procedure_code(upper)


def _dotted(upper: str) -> str:
    bare = upper.replace(".", "")
    return f"{bare[:3]}.{bare[3:]}" if len(bare) > 3 else bare


def _refuse_look_alike(written: str) -> None:
    plainly = "".join(str(unicodedata.decimal(each, each)) for each in unicodedata.normalize("NFKC", written))
    if not written.isascii() and _is_code(plainly.upper()):
        raise UsageError(shape_problem(written.upper()), "Type the code anew.")


def _nearest(word: str, words: Iterable[str]) -> str | None:
    """The one word that this was probably meant to be; None where none is near, or two are as near."""
    from rapidfuzz import fuzz, process  # only a mistake needs it, and importing it costs a lookup its time

    found = process.extract(word, sorted(words), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=3)
    if not found or (len(found) > 1 and found[0][1] - found[1][1] < _APART):
        return None
    return str(found[0][0])
