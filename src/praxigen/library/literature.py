"""The list of published works: `literature.yaml`. Criteria cite its entries by their ids (`literature: [id]`)."""

from __future__ import annotations

import re

from praxigen.datafiles import Faults, Fields, MapNode, Node
from praxigen.library.statements import check_schema, read_list
from praxigen.model.literature import Reference, Verification, WorkRead

SCHEMA = "praxigen.literature/1"

# What a letter prints of a work; without one of these nobody at a payer could find it.
_NEEDED = ("authors", "title", "journal", "year")
_REQUIRED = ("id", "shows", "read", "verified")
_OPTIONAL = (*_NEEDED, "doi", "pmid", "url", "open")
_DOI = re.compile(r"10\.[0-9]{4,9}/\S+")
_PMID = re.compile(r"[1-9][0-9]{0,7}")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


def read_literature(root: Node, file: str) -> tuple[Reference, ...]:
    """The works that a file lists. Raises FaultyFileError with everything that is wrong in it."""
    faults = Faults(file)
    head = Fields(root, faults, "a list of published works", ("schema", "works"))
    check_schema(head, SCHEMA)
    works = read_list(head, "works", _work, _REQUIRED, _OPTIONAL, unique="id")
    if head.has("works") and not head.items("works"):
        faults.add(head.place("works"), "'works' is empty", "List at least one, or remove the file.")
    faults.raise_any()
    return works


def _work(fields: Fields) -> Reference:
    verified = _verified(fields)
    # A faulty 'read' stands as the strongest, so that the one fault is told alone.
    year = _shaped(fields, "year", _YEAR, "a year", "Write four digits, or 'unknown'.")
    work = Reference(
        id=fields.name("id"),
        shows=fields.text("shows"),
        read=fields.choice("read", WorkRead, WorkRead.FULL_TEXT),
        verified=verified,
        open=fields.text("open"),
        authors=fields.texts("authors"),
        title=fields.known("title") or "",
        journal=fields.known("journal") or "",
        year=int(year) if year else None,
        doi=_shaped(fields, "doi", _DOI, "a DOI", "Write it as 10.1234/abc, without an address before it."),
        pmid=_shaped(fields, "pmid", _PMID, "a PubMed number", "Write its digits."),
        url=fields.known("url") or "",
    )
    if verified is not None:
        _whole(fields, work)
    elif fields.has("verified"):
        fields.need("open")
    return work


def _verified(owner: Fields) -> Verification | None:
    node = owner.node("verified")
    if not isinstance(node, MapNode):
        owner.word("verified", ("no",))
        return None
    fields = Fields(node, owner.faults, "'verified'", required=("by", "on"))
    return Verification(fields.text("by"), fields.day("on"))


def _whole(fields: Fields, work: Reference) -> None:
    """A work that is called verified has been read itself, and can be found by whoever reads the letter."""
    if work.read is WorkRead.SUMMARY:
        message = f"{work.id!r} is called verified, but only somebody else's summary of it was read"
        fields.faults.add(fields.place("read"), message, "Read the work, or write 'verified: no'.", code="unread-work")
    for key in _NEEDED:
        if not getattr(work, key):
            _lacks(fields, work, repr(key))
    if not work.doi and not work.pmid:
        _lacks(fields, work, "'doi' or 'pmid'")


def _lacks(fields: Fields, work: Reference, what: str) -> None:
    message = f"{work.id!r} is called verified, but has no {what}"
    fields.faults.add(fields.place("verified"), message, "Add it, or write 'verified: no'.", code="unread-work")


def _shaped(fields: Fields, key: str, shape: re.Pattern[str], what: str, hint: str) -> str:
    """A text of a certain look; empty where it is missing or `unknown`."""
    text = fields.known(key) or ""
    if text and not shape.fullmatch(text):
        fields.faults.add(fields.place(key), f"{text!r} is not {what}", hint, code="limit")
        return ""
    return text
