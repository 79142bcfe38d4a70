"""The practice: its letterhead and who signs. One YAML file of its own; what is missing becomes a placeholder."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from praxigen.datafiles import Faults, Fields, read_yaml
from praxigen.errors import LibraryError, UsageError

SCHEMA = "praxigen.practice/1"


@dataclass(frozen=True, slots=True)
class Practice:
    """What stands at the head and foot of a letter. Empty where it was not given."""

    name: str = ""
    address: tuple[str, ...] = ()
    phone: str = ""
    fax: str = ""
    npi: str = ""
    tax_id: str = ""
    signer: str = ""
    signer_title: str = ""
    contact: str = ""


def read_practice(path: Path) -> Practice:
    """The practice in a file. Raises LibraryError with the line of what is wrong."""
    if not path.is_file():
        raise UsageError(f"{path}: there is no such file", "Name the YAML file with the practice's letterhead.")
    faults = Faults(str(path))
    names = [each.name for each in fields(Practice)]
    given = Fields(read_yaml(path, str(path)), faults, "a practice", required=("schema", "name"), optional=names)
    given.word("schema", (SCHEMA,))
    practice = Practice(
        name=given.text("name"),
        address=given.texts("address"),
        phone=given.text("phone"),
        fax=given.text("fax"),
        npi=given.text("npi"),
        tax_id=given.text("tax_id"),
        signer=given.text("signer"),
        signer_title=given.text("signer_title"),
        contact=given.text("contact"),
    )
    faults.raise_any()
    if practice.npi and not is_npi(practice.npi):
        raise LibraryError(f"{path}: {practice.npi} is not an NPI", "Ten digits; the last is a check digit.")
    return practice


def is_npi(text: str) -> bool:
    """Whether the text is a National Provider Identifier: ten digits whose Luhn sum, over 80840 before them, holds."""
    if len(text) != 10 or not (text.isascii() and text.isdigit()):
        return False
    total = 0
    for place, digit in enumerate(reversed(f"80840{text}")):
        number = int(digit) * (1 + place % 2)
        total += number - 9 if number > 9 else number
    return total % 10 == 0
