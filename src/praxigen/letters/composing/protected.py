"""Records that a law protects specially, and the signs of them in a chart's words. Data: `policies/privacy/`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from praxigen.datafiles import Fault, Faults, FaultyFileError, Fields, Node, read_yaml, shipped
from praxigen.library.sources import read_citation, read_sources
from praxigen.library.statements import check_schema, read_list
from praxigen.model.provenance import Citation, Source

SCHEMA = "praxigen.protected-records/1"
PLACE = Path("privacy") / "protected-records.yaml"

_BEFORE = 80  # characters before a sign in which a denial of it is looked for
_HEAD = ("schema", "last_verified", "sources", "denials", "between", "records")
_REQUIRED = ("id", "what", "law", "asks", "denied", "source")
_OPTIONAL = ("keep_out", "say", "say_exact", "unless")


@dataclass(frozen=True, slots=True)
class Protected:
    """One class of specially protected records.

    `asks` is what the law asks in our words. A page of a class with `kept_out` stays out of a packet until a person
    says otherwise.
    """

    id: str
    what: str
    law: str
    asks: str
    kept_out: bool
    signs: re.Pattern[str]
    unless: re.Pattern[str] | None
    denial: re.Pattern[str] | None
    citation: Citation

    @property
    def says(self) -> str:
        """The law and how it is known, for a warning."""
        known = "" if self.citation.is_seen else "; to verify: the text was not read"
        return f"{self.asks} ({self.law}{known})"

    def stands_in(self, text: str) -> bool:
        """Whether a text holds a sign of such a record."""
        if self.unless is not None:
            text = self.unless.sub(lambda found: " " * len(found[0]), text)
        return any(
            self.denial is None or not self.denial.search(text, max(0, found.start() - _BEFORE), found.start())
            for found in self.signs.finditer(text)
        )


def protected_records(folders: Iterable[Path] = ()) -> tuple[Protected, ...]:
    """Every class; of several folders the later one replaces classes of the same id. Raises FaultyFileError."""
    return _open(tuple(folder.resolve() for folder in folders))


def lint_protected(folders: Iterable[Path]) -> tuple[Fault, ...]:
    """The faults of the files of classes."""
    faults: list[Fault] = []
    for path, name in _files(folders):
        try:
            read_protected(read_yaml(path, name), name)
        except FaultyFileError as error:
            faults.extend(error.faults)
    return tuple(faults)


@lru_cache(maxsize=4)
def _open(folders: tuple[Path, ...]) -> tuple[Protected, ...]:
    found: dict[str, Protected] = {}
    for path, name in _files(folders):
        found |= {each.id: each for each in read_protected(read_yaml(path, name), name)}
    return tuple(found.values())


def _files(folders: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    for folder in dict.fromkeys(folder.resolve() for folder in (shipped("policies"), *folders)):
        if (folder / PLACE).is_file():
            yield folder / PLACE, f"{folder.name}/{PLACE.as_posix()}"


def read_protected(root: Node, file: str) -> tuple[Protected, ...]:
    """The classes that a file holds. Raises FaultyFileError with everything that is wrong in it."""
    faults = Faults(file)
    head = Fields(
        root,
        faults,
        "a list of protected records",
        ("schema", "last_verified", "sources", "denials", "between", "records"),
    )
    check_schema(head, SCHEMA)
    head.day("last_verified")
    sources = read_sources(head)
    denial = _denial(head.texts("denials"), head.texts("between"))
    found = read_list(
        head, "records", lambda fields: _record(fields, sources, denial), _REQUIRED, _OPTIONAL, unique="id"
    )
    for key in ("denials", "between", "records"):
        if head.has(key) and not head.items(key):
            faults.add(head.place(key), f"{key!r} is empty", "List at least one.")
    faults.raise_any()
    return found


def _record(fields: Fields, sources: Mapping[str, Source], denial: re.Pattern[str]) -> Protected:
    said, exact = fields.texts("say"), fields.texts("say_exact")
    if not said and not exact:
        fields.need("say")
    unless = fields.texts("unless")
    ignored = fields.word("denied", ("ignored", "counts")) == "ignored"
    return Protected(
        id=fields.name("id"),
        what=fields.text("what"),
        law=fields.text("law"),
        asks=fields.text("asks"),
        kept_out=fields.flag("keep_out", default=False),
        signs=_signs(said, exact),
        unless=re.compile(_any(unless), re.IGNORECASE) if unless else None,
        denial=denial if ignored else None,
        citation=read_citation(fields, sources),
    )


def _denial(words: tuple[str, ...], between: tuple[str, ...]) -> re.Pattern[str]:
    """A denial up to the place where the sign begins, on one line."""
    return re.compile(rf"{_any(words)}(?:[ \t]+{_any(between)})*[ \t]+$", re.IGNORECASE)


def _signs(said: tuple[str, ...], exact: tuple[str, ...]) -> re.Pattern[str]:
    parts = [f"(?i:{_any(said)})"] if said else []
    parts += [_any(exact)] if exact else []
    return re.compile("|".join(parts) or r"(?!)")


def _any(phrases: Iterable[str]) -> str:
    """Whole words, longest first; blanks match any white space, a line end among it; "*" ends a word in any way."""
    words = (
        r"\s+".join(map(re.escape, phrase.removesuffix("*").split())) + (r"\w*" if phrase.endswith("*") else "")
        for phrase in sorted(phrases, key=len, reverse=True)
    )
    return rf"(?<!\w)(?:{'|'.join(words)})(?!\w)"
