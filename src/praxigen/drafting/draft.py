"""The draft of a guideline: a file that loads, in which everything a curator still has to say is marked TODO."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from praxigen.datafiles import parse_yaml
from praxigen.drafting.logic import Combine
from praxigen.drafting.proposals import propose
from praxigen.drafting.tree import Node, Outline, outline
from praxigen.drafting.unwrap import unwrap
from praxigen.errors import InputError, UsageError
from praxigen.library.coverage import Coverage, coverage
from praxigen.library.guidelines import read_guideline
from praxigen.reading.page import Terms

TODO = "TODO"
_WIDTH = 116
_TITLE_WORDS = 8
_CODE = re.compile(r"(?<![\w.$-])(?:[0-9]{5}|[A-Z][0-9]{4}|[0-9]{4}[TFU])(?![\w-])")
_CODES_NEAR = re.compile(r"\b(?:CPT|HCPCS|codes?)\b", re.IGNORECASE)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_EFFECTIVE = re.compile(
    rf"effective(?:\s+date)?\s*[:\-]?\s*(?:(?P<month>{_MONTHS})\s+(?P<day>\d{{1,2}}),\s*(?P<year>\d{{4}})"
    r"|(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})|(?P<iso>\d{4}-\d{2}-\d{2}))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DraftHead:
    """What a curator says of the document. `effective` is taken from its words where it is None and they state one."""

    publisher: str
    number: str
    title: str
    edition: str
    today: date
    effective: date | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A drafted guideline: the file, the text that it cites, and how much of that text it placed.

    `codes` are the procedure codes that the text names, for the requirement that will route to the guideline.
    """

    id: str
    yaml: str
    snapshot_file: str
    snapshot: str
    coverage: Coverage
    leaves: int
    proposed: int
    codes: tuple[str, ...]


def draft_guideline(text: str, head: DraftHead, terms: Terms) -> Draft:
    """The draft of the guideline whose text is given.

    Raises InputError where the text has no list that asks for anything, and UsageError where no date is known from
    which the edition holds: nothing is made up.
    """
    kept = unwrap(text)
    found = outline(kept)
    if not found.trees:
        raise InputError(
            "no list of criteria was found in this text",
            "A draft needs numbered, lettered or bulleted criteria; a scanned page has none until it is read as text.",
        )
    effective = head.effective or _effective(kept)
    if effective is None:
        raise UsageError(
            "the text does not say from which day it holds", "Give --effective YYYY-MM-DD, as the payer states it."
        )
    file = f"{head.publisher}/{head.number}@{_plain(head.edition)}.txt"
    hashed = hashlib.sha256(kept.encode()).hexdigest()
    values = _values(found, head, effective, file, hashed, kept, terms)
    written = _written(values, kept)
    guideline = read_guideline(parse_yaml(written.encode(), "draft"), "draft")
    leaves = [leaf for _, tree in found.trees for leaf in _leaves(tree)]
    return Draft(
        id=guideline.id,
        yaml=written,
        snapshot_file=file,
        snapshot=kept,
        coverage=coverage(guideline, kept),
        leaves=len(leaves),
        proposed=sum(bool(propose(leaf.words, terms).concept) for leaf in leaves),
        codes=_codes(kept),
    )


def _values(
    found: Outline, head: DraftHead, effective: date, file: str, sha256: str, text: str, terms: Terms
) -> dict[str, Any]:
    source = {
        "title": head.title,
        "number": head.number.upper(),
        "publisher": head.publisher,
        "edition": head.edition,
        "trust": "binding",
        "read": "full_text",
        "effective": effective.isoformat(),
        "retrieved": head.today.isoformat(),
        **({"url": head.url} if head.url else {}),
        "snapshot": {"file": file, "sha256": sha256},
    }
    write = _Writer(text, terms)
    values: dict[str, Any] = {
        "schema": "praxigen.guideline/1",
        "id": f"{head.publisher}.{head.number}",
        "title": head.title,
        "publisher": head.publisher,
        "edition": head.edition,
        "effective": {"from": effective.isoformat()},
        "last_verified": head.today.isoformat(),
        "review_every": "180 days",
        "status": "draft",
        "sources": {"policy": source},
        "main_source": "policy",
    }
    if found.excluded:
        values["not_covered"] = [write.statement(node) for node in found.excluded]
    values["indications"] = write.indications(found.trees)
    return values


class _Writer:
    """Writes nodes as the maps of a guideline file."""

    def __init__(self, text: str, terms: Terms) -> None:
        self.text = text
        self.terms = terms

    def indications(self, trees: tuple[tuple[str, Node], ...]) -> dict[str, Any]:
        return {tree.id: {"title": heading.rstrip(": "), "criteria": self.criterion(tree)} for heading, tree in trees}

    def statement(self, node: Node) -> dict[str, Any]:
        says = _todo("what is excluded, in our own words")
        return {"id": node.id, "says": says, "source": self._source(*_walk(node))}

    def criterion(self, node: Node) -> dict[str, Any]:
        values: dict[str, Any] = {"id": node.id}
        if node.logic is None:
            values |= self._leaf(node)
        else:
            unsaid = "" if node.logic.stated else "; the text does not say whether all or one is needed"
            values["says"] = _todo(f"the group in our own words{unsaid}")
            values["source"] = self._source(node)
            children = [self.criterion(child) for child in node.children]
            if node.logic.combine is Combine.AT_LEAST and node.logic.count <= len(children):
                values |= {"at_least": str(node.logic.count), "of": children}
            else:
                values[Combine.ANY.value if node.logic.combine is Combine.ANY else Combine.ALL.value] = children
        return values

    def _leaf(self, node: Node) -> dict[str, Any]:
        proposal = propose(node.words, self.terms)
        values: dict[str, Any] = {
            "says": _todo("the criterion in our own words"),
            "ask": _todo("a neutral question for when the chart is silent"),
            "source": self._source(node),
        }
        if not proposal.concept:
            named = f"; its words name {', '.join(proposal.named)}" if proposal.named else ""
            values["says"] = _todo(f"the criterion in our own words, and its evidence{named}")
            return values | {"attest": "practice"}
        evidence = {"concept": proposal.concept}
        if proposal.duration:
            evidence["duration"] = proposal.duration
        if proposal.value:
            evidence["value"] = proposal.value
        return values | {"evidence": evidence}

    def _source(self, *nodes: Node) -> dict[str, Any]:
        line = self.text[: nodes[0].start].count("\n") + 1
        kept = [_once(node, self.text) for node in nodes]
        return {"from": "policy", "at": f"line {line}", "words": kept[0] if len(kept) == 1 else kept}


def _once(node: Node, text: str) -> str:
    """The node's words, with the lines before them where they stand more than once in the text."""
    start, end = node.start, node.start + len(node.words)
    while text.count(text[start:end]) > 1:
        start = text.rfind("\n", 0, max(0, start - 1)) + 1
    return text[start:end]


def _written(values: dict[str, Any], text: str) -> str:
    body = yaml.dump(values, sort_keys=False, allow_unicode=True, width=_WIDTH, default_style=None, Dumper=_Dumper)
    head = (
        "# A draft, made from the lists of the document. Every TODO is a curator's: say each criterion in our own\n"
        "# words, ask a neutral question, check how groups are combined, name the evidence and write the tests.\n"
    )
    codes = _codes(text)
    return head + (f"# The document names the codes {', '.join(codes)}.\n" if codes else "") + body


class _Dumper(yaml.SafeDumper):
    """Writes lists inside maps indented, as every file of the library has them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, False)


def _codes(text: str) -> tuple[str, ...]:
    lines = (line for line in text.split("\n") if _CODES_NEAR.search(line))
    return tuple(dict.fromkeys(code for line in lines for code in _CODE.findall(line)))


def _effective(text: str) -> date | None:
    found = _EFFECTIVE.search(text)
    if found is None:
        return None
    try:
        if found["iso"]:
            return date.fromisoformat(found["iso"])
        if found["month"]:
            month = [name.lower() for name in _MONTHS.split("|")].index(found["month"].lower()) + 1
            return date(int(found["year"]), month, int(found["day"]))
        return date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError:
        return None


def _todo(what: str) -> str:
    return f"{TODO}: {what}"


def _title(heading: str) -> str:
    """A short heading as it is; of a sentence only that a title is wanted."""
    title = heading.strip(": ")
    return title if len(title.split()) <= _TITLE_WORDS else _todo("the title in our own words")


def _plain(edition: str) -> str:
    return re.sub(r"[^A-Za-z0-9.]+", "-", edition).strip("-") or "1"


def _leaves(node: Node) -> Iterator[Node]:
    return (each for each in _walk(node) if not each.children)


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _walk(child)
