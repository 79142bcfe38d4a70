"""The words that redaction knows, from the YAML files in `redaction/`: names, labels, and what must never be masked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from praxigen.datafiles import Faults, Fields, read_yaml, shipped
from praxigen.datafiles.nodes import TextNode

NAMES_SCHEMA = "praxigen.redaction-names/1"
WORDS_SCHEMA = "praxigen.redaction-words/1"
_NAME_KEYS = ("given", "family")
_WORD_KEYS = (
    "ordinary",
    "clinical",
    "eponyms",
    "generic",
    "patient_labels",
    "doctor_labels",
    "strong_facilities",
    "weak_facilities",
    "holidays",
)
_PHRASES = frozenset({"patient_labels", "doctor_labels", "strong_facilities", "weak_facilities", "holidays"})


@dataclass(frozen=True, slots=True)
class Words:
    """Every word in lower case.

    `given` and `family` are names. `ordinary` words are written in lower case in clinical notes, so that one alone is
    no name. `clinical` words and `eponyms` look like names and are kept. `generic` words say what a facility does, not
    which one it is. The labels stand before names; the facilities' words stand at the end of their names.
    """

    given: frozenset[str]
    family: frozenset[str]
    ordinary: frozenset[str]
    clinical: frozenset[str]
    eponyms: frozenset[str]
    generic: frozenset[str]
    patient_labels: tuple[str, ...]
    doctor_labels: tuple[str, ...]
    strong_facilities: tuple[str, ...]
    weak_facilities: tuple[str, ...]
    holidays: tuple[str, ...]

    def is_name(self, word: str) -> bool:
        """Whether the word is one of the names."""
        return word in self.given or word in self.family

    def is_kept(self, word: str) -> bool:
        """Whether the word is clinical though it looks like a name."""
        return word in self.clinical or word in self.eponyms

    def is_plain(self, word: str) -> bool:
        """Whether the word is an ordinary or clinical one, so that a capital letter does not make it a name."""
        return word in self.ordinary or word in self.clinical


@cache
def open_words(folder: Path | None = None) -> Words:
    """The words in `folder`, by default those that come with praxigen. Faults raise FileError with their place."""
    root = folder or shipped("redaction")
    names = _read(root / "names.yaml", f"{root.name}/names.yaml", NAMES_SCHEMA, _NAME_KEYS)
    words = _read(root / "words.yaml", f"{root.name}/words.yaml", WORDS_SCHEMA, _WORD_KEYS)
    return Words(
        given=frozenset(names["given"]),
        family=frozenset(names["family"]),
        ordinary=frozenset(words["ordinary"]),
        clinical=frozenset(words["clinical"]),
        eponyms=frozenset(words["eponyms"]),
        generic=frozenset(words["generic"]),
        patient_labels=words["patient_labels"],
        doctor_labels=words["doctor_labels"],
        strong_facilities=words["strong_facilities"],
        weak_facilities=words["weak_facilities"],
        holidays=words["holidays"],
    )


def _read(path: Path, name: str, schema: str, keys: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    faults = Faults(name)
    fields = Fields(read_yaml(path, name), faults, "the file", required=("schema", *keys), optional=("source",))
    fields.word("schema", (schema,))
    found = {key: _phrases(fields, key) if key in _PHRASES else _words(fields, key, faults) for key in keys}
    faults.raise_any()
    return found


def _phrases(fields: Fields, key: str) -> tuple[str, ...]:
    """A list of phrases, the longest first, so that an alternation of them takes the longest."""
    return tuple(sorted(fields.texts(key), key=lambda phrase: (-len(phrase), phrase)))


def _words(fields: Fields, key: str, faults: Faults) -> tuple[str, ...]:
    """One text of words parted by white space: a list of thousands would take a second to read."""
    words = fields.text(key).split()
    node = fields.node(key)
    for word in words:
        if word != word.lower() and isinstance(node, TextNode):
            faults.add(node, f"{key!r} holds {word!r} with a capital letter", "Write it in lower case.")
    return tuple(words)
