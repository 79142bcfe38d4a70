"""The pages of criteria: one for each guideline, and one for each indication with its whole tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from praxigen.exports import summary, words
from praxigen.exports.library_changes import tally, told
from praxigen.exports.library_coverage import summary as coverage_summary
from praxigen.library import Library
from praxigen.library.diff import Comparison
from praxigen.model.guideline import Guideline, Indication, Statement
from praxigen.model.provenance import Citation
from praxigen.model.requirement import Requirement
from praxigen.site import places
from praxigen.site.blocks import (
    Block,
    Heading,
    Item,
    Items,
    Line,
    Link,
    Page,
    Paragraph,
    Section,
    Table,
    Tree,
    TreeRow,
    text,
)
from praxigen.site.criteria import label, place, size, tree
from praxigen.site.requirements import STANDING, source_item


class GuidelinePages:
    """Makes the pages of guidelines and of their indications."""

    def __init__(self, library: Library, history: Iterable[Comparison]) -> None:
        self._library = library
        self._history: dict[str, list[Comparison]] = {}
        for each in history:
            self._history.setdefault(each.id, []).append(each)
        self._users: dict[tuple[str, str], list[Requirement]] = {}
        for requirement in library.requirements():
            for route in requirement.routes:
                if route.guideline and route.indication:
                    users = self._users.setdefault((route.guideline, route.indication), [])
                    if requirement not in users:
                        users.append(requirement)

    def newest(self) -> tuple[Guideline, ...]:
        """The newest edition of every guideline, by id."""
        return tuple({each.id: each for each in self._library.all_guidelines()}.values())

    def index(self) -> Page:
        """All guidelines."""
        rows = tuple(
            (
                text(Link(each.id, places.criteria(each.id))),
                text(each.title),
                text(each.edition),
                text(str(len(each.indications))),
                text(label(_whole(each))),
                text(summary.verified(each)),
            )
            for each in self.newest()
        )
        heads = ("Guideline", "Title", "Edition", "Trees", "How it was read", "Last verified")
        return Page(
            path=places.CRITERIA.to,
            title="Criteria by guideline",
            description="Every guideline of the library as computable criteria, with its edition and how it was read.",
            lead=(
                text("The written policies by which requests are decided, each as a tree of criteria in our words."),
            ),
            sections=(Section("guidelines", f"Guidelines ({len(rows)})", (Table("Guidelines", heads, rows),)),),
            crumbs=(places.HOME,),
        )

    def page(self, guideline: Guideline) -> Page:
        """One guideline: its trees by title, what it says beside them, its editions and its text."""
        return Page(
            path=places.criteria(guideline.id),
            title=f"{guideline.title} ({guideline.id}): criteria",
            description=f"The criteria of {guideline.title}, {summary.edition(guideline)}, with each line's source.",
            lead=(text(f"{summary.edition(guideline).capitalize()}. Last verified {summary.verified(guideline)}."),),
            sections=tuple(self._sections(guideline)),
            crumbs=(places.HOME, places.CRITERIA),
            reviewed=guideline.last_verified,
            keywords=" ".join(source.number or "" for source in guideline.sources.values()),
        )

    def _sections(self, guideline: Guideline) -> Iterator[Section]:
        rows = []
        for indication in guideline.indications.values():
            users = self._users.get((guideline.id, indication.id), [])
            used: list[Line] = [text(places.requirement_link(self._library, each)) for each in users]
            criteria = Link(indication.title, places.criteria(guideline.id, indication.id))
            rows.append(
                Item(text(criteria, f", {words.count(size(tree('', indication.criteria).root), 'line')}"), tuple(used))
            )
        yield Section("indications", "What it decides", (Items(tuple(rows)),))
        for anchor, heading, statements in (
            ("definitions", "Definitions", guideline.definitions),
            ("not-covered", summary.not_covered(guideline), guideline.not_covered),
            ("notes", "Notes", guideline.notes),
        ):
            if statements:
                yield Section(anchor, heading, (_statements(statements),))
        coverage = self._library.coverage(guideline)
        if coverage is not None:
            blocks: list[Block] = [
                Paragraph(text(f"The library keeps the text of its source. {coverage_summary(coverage)}."))
            ]
            if guideline.set_aside:
                blocks += [Heading("Set aside, with the reason")]
                blocks += [Items(tuple(Item(text(each.why)) for each in guideline.set_aside))]
            yield Section("text", "How much of the text the criteria model", tuple(blocks))
        yield Section("editions", "Editions and what changed", tuple(self._editions(guideline)))
        sources = Items(tuple(source_item(each) for each in guideline.sources.values()))
        yield Section("sources", "Sources", (sources, Paragraph(text(STANDING), "warning")))

    def _editions(self, guideline: Guideline) -> Iterator[Block]:
        for entry in reversed(self._history.get(guideline.id, [])):
            since = f"from {entry.day.isoformat()}" if entry.day else "day not known"
            yield Heading(f"{entry.new}, {since}")
            if entry.old is None:
                yield Paragraph(text("The first edition in this library."))
                continue
            yield Paragraph(text(f"Before: {entry.old}. {tally(entry) or 'No difference'}."))
            changes = tuple(Item(text(f"{each.effect.value}: {each.part}: {told(each)}")) for each in entry.changes)
            yield Items(changes[:_CHANGES])
            if len(changes) > _CHANGES:
                yield Paragraph(text(f"And {len(changes) - _CHANGES} more; praxigen library diff shows all."))

    def indication(self, guideline: Guideline, indication: Indication) -> Page:
        """One whole tree."""
        users = self._users.get((guideline.id, indication.id), [])
        shown = tree("c", indication.criteria)
        sections = [Section("criteria", f"Criteria ({words.count(size(shown.root), 'line')})", (shown,))]
        if users:
            rows = []
            for each in users:
                codes = [route.codes for route in each.routes
                         if (route.guideline, route.indication) == (guideline.id, indication.id)]  # fmt: skip
                listed = ", ".join(dict.fromkeys(code for some in codes for code in some))
                rows.append(Item(text(places.requirement_link(self._library, each)), (text(f"Codes {listed}"),)))
            sections.append(Section("used", "Who uses it", (Items(tuple(rows)),)))
        sources = Items((source_item(guideline.main_source),))
        sections.append(Section("sources", "Source", (sources, Paragraph(text(STANDING), "warning"))))
        return Page(
            path=places.criteria(guideline.id, indication.id),
            title=f"{indication.title}: criteria of {guideline.id} {guideline.edition}",
            description=f"{indication.title}: every criterion of {guideline.title}, with its source.",
            lead=(
                text("In our words. Each line says on what it rests (", places.LABELS, ") and what would document it."),
            ),
            sections=tuple(sections),
            crumbs=(places.HOME, places.CRITERIA, Link(guideline.id, places.criteria(guideline.id))),
            reviewed=guideline.last_verified,
        )


_CHANGES = 60


def split(page: Page) -> Iterator[Page]:
    """A page whose tree is too large, as a page with the first lines and one page for each branch below the root."""
    tree_of = next(block for section in page.sections for block in section.blocks if isinstance(block, Tree))
    branches = tree_of.root.children
    items: list[Item] = []
    parts: list[Page] = []
    for number, branch in enumerate(branches, start=1):
        path = f"{page.path}part-{number}/"
        items.append(
            Item(
                text(
                    Link(f"{branch.number} {branch.lead} {branch.says}".replace("  ", " "), path),
                    f", {words.count(size(branch), 'line')}",
                )
            )
        )
        parts.append(_part(page, path, branch, tree_of))
    head = replace(tree_of, root=replace(tree_of.root, children=()))
    sections = tuple(
        replace(section, blocks=(head, Paragraph(text("On pages of their own:")), Items(tuple(items))))
        if tree_of in section.blocks
        else section
        for section in page.sections
    )
    yield replace(page, sections=sections)
    yield from parts


def _part(page: Page, path: str, branch: TreeRow, whole: Tree) -> Page:
    section = Section("criteria", f"{branch.number} {branch.says}", (Tree(whole.anchor, branch),))
    last = page.sections[-1]
    return replace(
        page,
        path=path,
        title=f"{page.title}, part {branch.number}",
        sections=(section, last),
        crumbs=(*page.crumbs, Link(page.title, page.path)),
        searchable=False,
    )


def _statements(statements: tuple[Statement, ...]) -> Items:
    items = (Item(text(line.says, " ", label(line.citation)), (text(place(line.citation)),)) for line in statements)
    return Items(tuple(items))


def _whole(guideline: Guideline) -> Citation:
    return Citation(guideline.main_source, "", guideline.main_source.read, guideline.main_source.trust)
