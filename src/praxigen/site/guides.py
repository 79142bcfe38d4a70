"""The guides: prose of our own from `guides/*.txt`, with tables that the library fills in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from praxigen.library import Library
from praxigen.library.compare.families import family_of
from praxigen.model.criterion import Criterion, Evidence, TimeBound
from praxigen.model.guideline import Guideline
from praxigen.model.requirement import Attachment
from praxigen.site import places
from praxigen.site.blocks import Block, Item, Items, Line, Link, Page, Paragraph, Run, Section, Table, text
from praxigen.site.criteria import label, place
from praxigen.site.html import text_of

GUIDES = (
    "why-requests-are-denied",
    "appeal-that-cites-policy",
    "conservative-care-that-counts",
    "psychological-evaluation",
    "peer-to-peer",
)
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_OPS = {">=": "at least", ">": "more than", "<=": "at most", "<": "less than"}


@dataclass(frozen=True, slots=True)
class _Asked:
    """A criterion of the newest edition of a guideline."""

    guideline: Guideline
    indication: str
    node: Criterion


def guide_pages(library: Library) -> tuple[Page, ...]:
    """Every guide."""
    filled = _Filled(library)
    return tuple(_guide(name, filled) for name in GUIDES)


def index(guides: tuple[Page, ...]) -> Page:
    """The list of guides."""
    items = tuple(Item(text(Link(each.title, each.path)), (text(each.description),)) for each in guides)
    return Page(
        path=places.GUIDES.to,
        title="Guides",
        description="How requests are denied, how to appeal, and what evidence counts.",
        lead=(text("For the people who write requests and appeals."),),
        sections=(Section("guides", "Guides", (Items(items),)),),
        crumbs=(places.HOME,),
    )


def _guide(name: str, filled: _Filled) -> Page:
    """A guide from its file: "# title", the description, then "## heading" with paragraphs, lists and "{{ table }}"."""
    head, *parts = text_of(f"guides/{name}.txt").split("\n## ")
    heading, _, description = head.partition("\n")
    sections = []
    for number, part in enumerate(parts, start=1):
        title, _, body = part.partition("\n")
        sections.append(Section(f"s{number}", title.strip(), tuple(_blocks(body, filled))))
    about = " ".join(description.split())
    return Page(
        path=f"{places.GUIDES.to}{name}/",
        title=heading.removeprefix("# ").strip(),
        description=about,
        lead=(text(about),),
        sections=tuple(sections),
        crumbs=(places.HOME, places.GUIDES),
    )


def _blocks(body: str, filled: _Filled) -> Iterator[Block]:
    for piece in body.strip().split("\n\n"):
        lines = piece.strip().splitlines()
        if lines[0].startswith("{{"):
            yield from filled.named(lines[0].strip("{} "))
        elif lines[0].startswith(("- ", "1. ")):
            joined = re.split(r"\n(?=(?:-|\d+\.) )", piece.strip())
            items = tuple(Item(_linked(" ".join(each.partition(" ")[2].split()))) for each in joined)
            yield Items(items, ordered=lines[0].startswith("1. "))
        else:
            yield Paragraph(_linked(" ".join(piece.split())))


def _linked(words: str) -> Line:
    found: list[Run] = []
    at = 0
    for match in _LINK.finditer(words):
        found += [words[at : match.start()], Link(match[1], match[2])]
        at = match.end()
    return text(*found, words[at:])


class _Filled:
    """The tables that guides ask for, from the library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._asked = tuple(_all_asked(library))
        self._tables: dict[str, Callable[[], Iterator[Block]]] = {
            "conservative care": lambda: self._family("conservative-care", timed=True),
            "psychology": lambda: self._family("psychology", timed=False),
            "records": self._records,
            "hidden": self._hidden,
        }

    def named(self, name: str) -> Iterator[Block]:
        """The table with this name."""
        return self._tables[name]()

    def _family(self, family: str, *, timed: bool) -> Iterator[Block]:
        """Every criterion of a family, with the time that it asks for, one row for each wording of a guideline."""
        rows: dict[tuple[str, str], tuple[Line, ...]] = {}
        for each in self._asked:
            own = [one for one in each.node.shown_by if family_of(one.concept).id == family]
            lengths = tuple(dict.fromkeys(_length(one) for one in own if one.duration))
            citation = each.node.citation
            if not own or (timed and not lengths) or citation is None:
                continue
            address = places.criteria(each.guideline.id, each.indication)
            cells = [text(Link(_called(each.guideline), address)), text(each.node.says)]
            cells += [text(" or ".join(lengths))] if timed else []
            rows.setdefault((each.guideline.id, each.node.says),
                            (*cells, text(label(citation)), text(place(citation))))  # fmt: skip
        heads = ("Guideline", "Criterion, in our words", *(("How long",) if timed else ()), "Label", "Where")
        yield Table("What the guidelines of the library ask", heads, tuple(rows[key] for key in sorted(rows)))

    def _records(self) -> Iterator[Block]:
        """The records that requirements name, the most frequent first."""
        found: dict[str, list[str]] = {}
        for requirement in self._library.requirements():
            for each in requirement.documents:
                found.setdefault(_record(each), []).append(requirement.id)
        ranked = sorted(found.items(), key=lambda each: (-len(each[1]), each[0]))[:_MOST]
        rows = tuple((text(name), text(str(len(users)))) for name, users in ranked)
        yield Table("Records that requirements name", ("Record", "Requirements"), rows)

    def _hidden(self) -> Iterator[Block]:
        """How many codes have no public criteria."""
        requirements = self._library.requirements()
        hidden = sum(any(route.guideline is None for route in each.routes) for each in requirements)
        yield Paragraph(
            text(
                f"In this library {hidden} of {len(requirements)} requirements have codes or stages without public "
                "criteria; there the administrator's portal decides."
            )
        )


_MOST = 15


def _record(each: Attachment) -> str:
    return each.says


def _all_asked(library: Library) -> Iterator[_Asked]:
    newest = {each.id: each for each in library.all_guidelines()}
    for guideline in newest.values():
        for indication in guideline.indications.values():
            for node in indication.criteria.walk():
                if node.shown_by:
                    yield _Asked(guideline, indication.id, node)


def _called(guideline: Guideline) -> str:
    """A guideline as its readers call it: who publishes it, and its number or title."""
    source = guideline.main_source
    publisher = source.publisher.partition(";")[0].partition(" (")[0]
    return f"{publisher} {source.number or guideline.title}"


def _length(pattern: Evidence) -> str:
    bound = pattern.duration
    return _bound(bound) if bound else ""


def _bound(bound: TimeBound) -> str:
    return f"{_OPS[bound.op]} {bound.span}"
