"""The practice's letterhead and its own templates, as letters use them."""

from __future__ import annotations

from typing import Any

from praxigen.letters.composing.letter import LetterKind
from praxigen.letters.composing.matter import FIELDS
from praxigen.letters.composing.practice import Practice as Letterhead
from praxigen.letters.composing.template import Template, parse_template, read_template
from praxigen.web.accounts.models import Practice
from praxigen.web.cases.models import LetterTemplate

PARTS = ("name", "address", "phone", "fax", "npi", "tax_id", "signer", "signer_title", "contact")


def letterhead_of(practice: Practice) -> Letterhead:
    """The letterhead; empty parts become placeholders in letters."""
    told: dict[str, Any] = dict(practice.letterhead or {})
    address = tuple(line for line in str(told.get("address") or "").splitlines() if line.strip())
    texts = {part: str(told.get(part) or "") for part in PARTS if part != "address"}
    return Letterhead(**texts, address=address)


def template_of(practice: Practice, kind: LetterKind) -> Template:
    """The practice's own template of a kind, else the shipped one. Raises LibraryError where its own is faulty now."""
    own = LetterTemplate.of(practice).filter(kind=kind.value).first()
    if own is None:
        return read_template(kind, (), tuple(FIELDS))
    return parse_template(kind, own.text.encode(), tuple(FIELDS))
