"""The pages about the site itself: the first page, what it is, its state, its changes, its search."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from praxigen.exports import words
from praxigen.exports.library_changes import tally, told
from praxigen.exports.library_report import tables
from praxigen.library import Library
from praxigen.library.diff import Comparison
from praxigen.library.status import LibraryStatus
from praxigen.site import places
from praxigen.site.blocks import (
    Block,
    Facts,
    Heading,
    Item,
    Items,
    Line,
    Link,
    Page,
    Paragraph,
    Run,
    Search,
    Section,
    Table,
    joined,
    text,
)
from praxigen.site.indexes import by_name
from praxigen.site.requirements import LEGEND, STANDING

_READS = (
    ("Read in full", "somebody read the whole text of the source."),
    ("From an unverified transcription", "somebody's copy of the text was read, not compared with the original."),
    ("Known from a summary, not read", "somebody else's summary says so."),
    ("Title only, not read", "only the title of the source is known."),
    ("Inferred, to verify", "it follows from sibling texts or from how the trade works; nobody read it."),
    ("Cited by others, not located", "others cite the source; no copy of it was found."),
)
_ANSWERS = (
    ("Required", "the cited source lists the code."),
    ("Not required", "the cited source says so; plans differ, so confirm it."),
    ("Varies", "it depends on the plan."),
    ("Unknown", "no source was found, which is not the same as not required."),
)
_ENTRIES = 40  # entries of the page of changes; the feed has all


def newest_day(library: Library) -> date:
    """The last day on which anything of the library was verified: what a build takes for its day."""
    days = [each.last_verified for each in library.requirements()]
    days += [each.last_verified for each in library.all_guidelines()]
    days += [each.last_verified for each in library.rules()]
    return max(days, default=date(1970, 1, 1))


def home(library: Library, guides: Sequence[Page]) -> Page:
    """The first page."""
    requirements = library.requirements()
    payers: tuple[Run, ...] = tuple(
        Link(each.name, places.payer(each.id))
        for each in library.payers()
        if any(requirement.payer == each.id for requirement in requirements)
    )
    held = {each.procedure for each in requirements}
    procedures = tuple(
        Item(text(Link(each.label, places.procedure(each.id)))) for each in by_name(library) if each.id in held
    )
    codes = {code for each in requirements for code in each.codes}
    return Page(
        path="",
        title="What payers require before they approve a procedure",
        description="Prior authorization requirements, payer by payer: codes, criteria with the source of each line, "
        "records to send, how to submit.",
        lead=(
            text(
                f"{words.count(len(requirements), 'requirement')} of {words.count(len(payers), 'payer')} for "
                f"{words.count(len(codes), 'code')}. Every line names its source and how it was read."
            ),
        ),
        sections=(
            Section("search", "Look it up", (Search(),)),
            Section("payers", "By payer", (Paragraph(joined(payers, " · ")),)),
            Section("procedures", "By procedure", (Items(procedures),)),
            Section("guides", "Guides", (Items(tuple(Item(text(Link(each.title, each.path))) for each in guides)),)),
            Section("mind", "Before you rely on it", (Paragraph(text(STANDING), "warning"),)),
        ),
    )


def about() -> Page:
    """What the site is and what its labels mean."""
    return Page(
        path="about/",
        title="About these pages",
        description="Where these pages come from, what their labels mean, and what they are not.",
        lead=(text("Pages made from an open library of payers' policies. The same library gives the same pages."),),
        sections=(
            Section(
                "labels",
                "What the labels mean",
                (
                    Heading("What a line rests on"),
                    _facts(LEGEND),
                    Heading("How it was read"),
                    _facts(_READS),
                    Heading("Whether prior authorization is required"),
                    _facts(_ANSWERS),
                ),
            ),
            Section(
                "criteria",
                "How criteria are written",
                (
                    Paragraph(
                        text(
                            "Criteria are in our own words, as a tree: all of, any of, at least so many of, none of. "
                            "A waiver makes a line unnecessary; a condition says when it is asked at all. Codes are "
                            "numbers with labels of our own; the descriptors of CPT belong to the AMA and are not here."
                        )
                    ),
                ),
            ),
            Section("mind", "What this is not", (Paragraph(text(STANDING), "warning"),)),
        ),
        crumbs=(places.HOME,),
    )


def search(library: Library) -> Page:
    """The search, with lists that need no script."""
    lists = [Item(text(link)) for link in (places.REQUIREMENTS, places.PAYERS, places.PROCEDURES, places.CODES,
             places.DIAGNOSES, places.CRITERIA, places.RULES, places.GUIDES)]  # fmt: skip
    requirements = tuple(
        Item(text(places.requirement_link(library, requirement))) for requirement in library.requirements()
    )
    return Page(
        path=places.SEARCH.to,
        title="Search",
        description="Find a payer, a procedure, a code or a diagnosis.",
        lead=(),
        sections=(
            Section("ask", "Look it up", (Search(here=True),)),
            Section("lists", "Lists", (Items(tuple(lists)),)),
            Section("requirements", f"All requirements ({len(requirements)})", (Items(requirements),)),
        ),
        crumbs=(places.HOME,),
        searchable=False,
    )


def status_pages(status: LibraryStatus) -> Iterable[Page]:
    """What the library holds and how it is known: one page for each table."""
    shown = [table for table in tables(status) if table.rows]
    paths = [f"status/{anchor}/" for anchor in ("requirements", "guidelines", "reading", "texts")[: len(shown)]]
    about_it = (text(f"Ages are counted to {status.today.isoformat()}, the last day on which a part was verified."),)
    items = tuple(
        Item(text(Link(table.title, path)), (text(table.about),) if table.about else ())
        for table, path in zip(shown, paths, strict=True)
    )
    yield Page(
        path=places.STATUS.to,
        title="Library status",
        description="What the library holds, how each part was read, and how long ago it was verified.",
        lead=about_it,
        sections=(Section("tables", "Tables", (Items(items),)),),
        crumbs=(places.HOME,),
    )
    for table, path in zip(shown, paths, strict=True):
        rows = tuple(tuple(text(cell) for cell in row) for row in table.rows)
        blocks: list[Block] = [Paragraph(text(table.about))] if table.about else []
        yield Page(
            path=path,
            title=f"Library status: {table.title}",
            description=f"{table.title}. {table.about}".strip(),
            lead=about_it,
            sections=(Section("table", table.title, (*blocks, Table(table.title, table.columns, rows))),),
            crumbs=(places.HOME, places.STATUS),
            searchable=False,
        )


def changes(entries: Sequence[Comparison]) -> Page:
    """What each edition changed, newest first."""
    sections = [
        Section(
            "feed",
            "Follow the changes",
            (Paragraph(text("Every entry also comes as a ", Link("feed (Atom)", "changes.atom"), ".")),),
        )
    ]
    first = [each for each in entries if not each.old]
    for number, each in enumerate([each for each in entries if each.old][:_ENTRIES], start=1):
        facts: list[tuple[str, tuple[Line, ...]]] = [("Guideline", (text(Link(each.id, places.criteria(each.id))),))]
        facts += [("In force from", (text(each.day.isoformat()),))] if each.day else []
        facts += [("Before", (text(each.old or ""),)), ("Changes", (text(tally(each) or "none"),))]
        told_in_words = tuple(Item(text(f"{one.effect.value}: {one.part}: {told(one)}")) for one in each.changes[:_FEW])
        blocks: list[Block] = [Facts(tuple(facts)), *([Items(told_in_words)] if told_in_words else [])]
        if len(each.changes) > _FEW:
            rest = f"{len(each.changes) - _FEW} more"
            blocks.append(Paragraph(text(Link(rest, f"{places.criteria(each.id)}#editions"), ".")))
        sections.append(Section(f"e{number}", f"{each.title}, {each.new}", tuple(blocks)))
    rows = tuple(
        (text(Link(each.id, places.criteria(each.id))), text(each.title), text(each.new or "")) for each in first
    )
    if rows:
        table = Table("The first edition of each guideline in this library", ("Guideline", "Title", "Edition"), rows)
        sections.append(Section("first", f"First editions in this library ({len(rows)})", (table,)))
    return Page(
        path=places.CHANGES.to,
        title="Changes of payers' policies",
        description="What each edition of each guideline changed, newest first.",
        lead=(text("By the first day of each edition. Tightened: fewer charts can meet it. Loosened: more can."),),
        sections=tuple(sections),
        crumbs=(places.HOME,),
    )


_FEW = 12


def _facts(rows: Sequence[tuple[str, str]]) -> Facts:
    return Facts(tuple((name, (text(means),)) for name, means in rows))
