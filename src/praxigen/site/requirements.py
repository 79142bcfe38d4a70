"""The page of one requirement: everything that is known of what a payer asks before a procedure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TypeAlias

from praxigen.codesets.table import title as diagnosis_title
from praxigen.errors import UsageError
from praxigen.exports import summary, words
from praxigen.exports.library_changes import tally
from praxigen.exports.lookup import answer, to_json
from praxigen.library import Library
from praxigen.library.catalog import Asked, Matches
from praxigen.library.diff import Comparison
from praxigen.model.guideline import Guideline, Statement
from praxigen.model.provenance import Citation, Source, Trust
from praxigen.model.requirement import CodeEntry, Payer, Requirement, Route, Submission
from praxigen.site import places
from praxigen.site.blocks import (
    Block,
    Chip,
    Code,
    Facts,
    Heading,
    Item,
    Items,
    Line,
    Link,
    Page,
    Paragraph,
    Question,
    Questions,
    Run,
    Section,
    Table,
    Tree,
    joined,
    text,
    web,
)
from praxigen.site.checklist import CHECKLIST, checklist
from praxigen.site.criteria import Above, label, place, shortened, size, tree

STANDING = (
    "A general reference, compiled from public sources. It is not a coverage decision and not medical advice. Confirm "
    "what holds for the member's own plan with the payer before you submit."
)
LEGEND = (
    ("Binding", "the payer's own policy."),
    ("Proxy", "a public, evidence-based guideline that the payer mirrors."),
    ("Portal-only", "the criteria that bind are confirmed in the administrator's portal, and only there."),
    ("Not confirmed", "of a binding policy, but nobody read these words in it; the label says how the line is known."),
)
_TONES = {"required": "bad", "not_required": "good", "varies": "open", "unknown": "quiet"}
_NAMED = 12  # codes that a sentence names; more are counted
_SHORT = {"required": "required", "not_required": "not required", "varies": "varies", "unknown": "unknown"}
_STATUS = {
    "required": "Yes. {payer} generally requires prior authorization for this procedure.",
    "not_required": "By the cited source {payer} generally does not require prior authorization for this procedure; "
    "confirm it with {payer}, as it can differ by plan.",
    "varies": "It varies by plan. Confirm with {payer} whether prior authorization is required.",
    "unknown": "It is not known whether {payer} requires prior authorization. That is not a no: ask {payer}.",
}


def year(requirement: Requirement) -> int:
    """The year of the title: that of the last verification, never that of the clock."""
    return requirement.last_verified.year


def title(payer: Payer, requirement: Requirement) -> str:
    """The title with its year."""
    return f"{payer.name} prior authorization requirements ({year(requirement)}): {requirement.title}"


def authorization_chip(answered: str) -> Chip:
    """The answer for one code."""
    return Chip(_SHORT[answered], _TONES[answered])


def answers(requirement: Requirement) -> tuple[str, ...]:
    """The different answers of the codes that the payer lists, in the order of the codes."""
    listed = [entry.prior_authorization for entry in requirement.codes.values() if entry.listed]
    return tuple(dict.fromkeys(listed)) or (requirement.prior_authorization,)


def status_line(payer: Payer, requirement: Requirement) -> str:
    """Whether authorization is required, in a sentence."""
    found = answers(requirement)
    if len(found) == 1:
        return _STATUS[found[0]].format(payer=payer.name)
    by_answer = {each: [c.code for c in requirement.codes.values() if c.prior_authorization == each] for each in found}
    parts = [
        f"{_SHORT[each]} for {', '.join(codes) if len(codes) <= _NAMED else words.count(len(codes), 'code')}"
        for each, codes in by_answer.items()
    ]
    return f"It depends on the code: {'; '.join(parts)}. The table below says more."


_Trees: TypeAlias = tuple[tuple[Route, Guideline, Tree], ...]


class RequirementPages:
    """Makes the pages of all requirements of a library; what several of them need is worked out once."""

    def __init__(self, library: Library, history: Iterable[Comparison], workspace: str = "") -> None:
        self._library = library
        self._workspace = workspace
        self._history: dict[str, list[Comparison]] = {}
        for each in history:
            self._history.setdefault(each.id, []).append(each)

    def page(self, requirement: Requirement, fits: Callable[[Page], bool]) -> Page:
        """The page, its largest trees shortened with a link to the whole until it fits."""
        bare = self._bare(requirement, self._trees(requirement))
        trees = self._trees(requirement, once=True)
        depths: list[int | None] = [None] * len(trees)
        while True:
            lines = [size(_cut(tree, depth).root) for (_, _, tree), depth in zip(trees, depths, strict=True)]
            if sum(lines) <= _MOST_LINES:
                payer = self._library.payer(requirement.payer)
                page = replace(bare, sections=tuple(self._sections(payer, requirement, trees, depths)))
                if fits(page) or max(lines, default=1) == 1:
                    return page
            largest = lines.index(max(lines))
            deep = depths[largest]
            depths[largest] = _DEEPEST if deep is None else deep - 1

    def _bare(self, requirement: Requirement, trees: _Trees) -> Page:
        """The page without its sections, which alone differ by how far the trees are shown."""
        library, payer = self._library, self._library.payer(requirement.payer)
        asked = Asked(payers=(payer.id,), procedures=(requirement.procedure,))
        found = answer(library, asked, Matches((requirement,), 1), None, full=True)
        return Page(
            path=places.requirement(requirement),
            title=title(payer, requirement),
            description=self._description(payer, requirement),
            lead=self._lead(payer, requirement),
            sections=(),
            crumbs=(places.HOME, places.REQUIREMENTS, Link(payer.name, places.payer(payer.id))),
            reviewed=requirement.last_verified,
            data=to_json(found),
            checklist=checklist(title(payer, requirement), requirement, trees),
            keywords=" ".join([*payer.also, *library.procedure(requirement.procedure).also, *requirement.codes]),
        )

    def _description(self, payer: Payer, requirement: Requirement) -> str:
        plans = ", ".join(map(summary.plan, requirement.plans))
        return (
            f"What {payer.name} asks before it approves {requirement.title} in {plans} plans: codes, criteria with "
            f"their sources, records to send, how to submit. Last verified {requirement.last_verified.isoformat()}."
        )

    def _lead(self, payer: Payer, requirement: Requirement) -> tuple[Line, ...]:
        plans = ", ".join(map(summary.plan, requirement.plans))
        listed = sum(entry.listed for entry in requirement.codes.values())
        beside = len(requirement.codes) - listed
        more = f" of the payer's page and {beside} beside {'them' if listed > 1 else 'it'}" if beside and listed else ""
        return (
            text(
                f"What {payer.name} generally requires before it approves this procedure, for {plans} plans: "
                f"{words.count(listed or beside, 'code')}{more}, each with its own answer below."
            ),
            text(Chip(" / ".join(_SHORT[each] for each in answers(requirement)), _TONES[answers(requirement)[0]])),
        )

    def _sections(
        self,
        payer: Payer,
        requirement: Requirement,
        trees: _Trees,
        depths: list[int | None],
    ) -> Iterator[Section]:
        yield Section("required", "Is prior authorization required?", tuple(self._required(payer, requirement)))
        yield Section("codes", f"Codes ({len(requirement.codes)})", tuple(self._codes(requirement, trees)))
        yield from _said("page", "What the payer's page asks", requirement.page_criteria)
        yield Section("criteria", "Criteria, line by line", tuple(self._criteria(requirement, trees, depths)))
        if requirement.diagnoses:
            yield Section("diagnoses", "Diagnoses that commonly support a request", tuple(_diagnoses(requirement)))
        if requirement.documents:
            records = tuple(Item(text(each.says), (text(f"Needed: {each.needed}"),)) for each in requirement.documents)
            yield Section("records", "Records to send", (Items(records),))
        yield Section("submit", "How to submit", tuple(_submit(requirement)))
        yield Section("sources", "Sources and verification", tuple(_sources(requirement, trees)))
        if requirement.questions:
            asked = tuple(Question(one.ask, one.answer, words.cite(one.citation)) for one in requirement.questions)
            yield Section("questions", "Questions and answers", (Questions(asked),))
        yield from _said("cautions", "Cautions", requirement.cautions)
        if requirement.corrections:
            yield Section("corrections", "What the payer's page has wrong", (_corrections(requirement),))
        editions = tuple(self._editions(trees))
        if editions:
            yield Section("editions", "Editions and what changed", editions)
        others = self._others(requirement)
        if others:
            yield Section("other-payers", "Other payers for the same procedure", others)
        yield Section(
            "check", "Check a note against these criteria", tuple(_check(payer, requirement, self._workspace))
        )

    def _required(self, payer: Payer, requirement: Requirement) -> Iterator[Block]:
        yield Paragraph(text(status_line(payer, requirement)))
        rows = [
            ("Payer", (text(Link(payer.name, places.payer(payer.id))),)),
            ("Plan types", (text(", ".join(map(summary.plan, requirement.plans))),)),
            ("Reviewed by", (text(requirement.administrator),)),
            ("In force from", (text(requirement.effective_from.isoformat()),) if requirement.effective_from else ()),
            ("Last verified", (text(requirement.last_verified.isoformat()),)),
        ]
        yield Facts(tuple(row for row in rows if row[1]))
        yield Paragraph(text(STANDING), "warning")

    def _codes(self, requirement: Requirement, trees: _Trees) -> Iterator[Block]:
        """The table; what many rows would say alike is said once, below it."""
        here = {(route.guideline, route.indication): f"#{tree.anchor}-0" for route, _, tree in trees}
        shared = _shared_notes(requirement)
        labels = {label(entry.citation) for entry in requirement.codes.values()}
        rows = []
        for entry in requirement.codes.values():
            decided: list[Run] = []
            for route in requirement.routes:
                if entry.code in route.codes:
                    decided += ["; "] * bool(decided) + [*_decides(route, here)]
            number = text(Link(entry.code, places.code(entry.code)), f" {entry.system}")
            known = () if len(labels) == 1 else (text(label(entry.citation)),)
            about = text(_about(entry, with_note=entry.note not in shared))
            rows.append((number, about, text(authorization_chip(entry.prior_authorization)), tuple(decided), *known))
        heads = ("Code", "In our words", "Authorization", "Decided by", "Known from")
        yield Table("Every code with its own answer", heads[: 4 + (len(labels) > 1)], tuple(rows))
        if len(labels) == 1:
            yield Paragraph(text("How every line of this table is known: ", labels.pop()), "muted")
        if shared:
            yield Items(tuple(Item(text(f"{_named(codes, requirement)}: {note}")) for note, codes in shared.items()))

    def _trees(self, requirement: Requirement, *, once: bool = False) -> _Trees:
        """The trees that decide, each once, with the first route that leads there.

        With `once` a part of a guideline that stands in a tree before it is named there and not repeated.
        """
        found: dict[tuple[str, str], tuple[Route, Guideline, Tree]] = {}
        above: dict[str, Above] = {}
        for route in requirement.routes:
            if route.guideline is None or route.indication is None:
                continue
            key = (route.guideline, route.indication)
            if key not in found:
                try:
                    guideline = self._library.guideline(route.guideline)
                except UsageError:
                    continue  # the page says that no criteria are held
                indication = guideline.indications[route.indication]
                before = above.setdefault(guideline.id, {}) if once else None
                shown = tree(f"t{len(found) + 1}", indication.criteria, indication.title, before)
                found[key] = (route, guideline, shown)
        return tuple(found.values())

    def _criteria(self, requirement: Requirement, trees: _Trees, depths: list[int | None]) -> Iterator[Block]:
        if trees:
            yield Paragraph(
                text(
                    "In our words. Each line says what kind of source it rests on and how that was read (",
                    places.LABELS,
                    "), and what in the chart would document it. The numbers are those of a report of the check.",
                ),
                "muted",
            )
        for (route, guideline, shown), depth in zip(trees, depths, strict=True):
            yield from self._decision(requirement, route, guideline, shown, depth)
        for route in requirement.routes:
            if route.guideline is None:
                yield from _hidden(route)

    def _decision(
        self, requirement: Requirement, route: Route, guideline: Guideline, shown: Tree, depth: int | None
    ) -> Iterator[Block]:
        routes = [
            each for each in requirement.routes if (each.guideline, each.indication) == (guideline.id, route.indication)
        ]
        codes = tuple(dict.fromkeys(code for each in routes for code in each.codes))
        stages = tuple(dict.fromkeys(stage for each in routes for stage in each.stages))
        yield Heading(guideline.indications[route.indication or ""].title)
        address = places.criteria(guideline.id, route.indication or "")
        rows: list[tuple[str, tuple[Line, ...]]] = [
            ("Decides", (text(", ".join(codes), f" at stage {' or '.join(stages)}" if stages else ""),)),
            (
                "Guideline",
                (text(Link(f"{guideline.id} {guideline.title}", address), f", {summary.edition(guideline)}"),),
            ),
            ("Last verified", (text(summary.verified(guideline)),)),
        ]
        rows += [("Note", (text(each.why),)) for each in routes if each.why]
        yield Facts(tuple(rows))
        yield _cut(shown, depth)
        if depth is None:
            return
        whole = tree("", guideline.indications[route.indication or ""].criteria)
        yield Paragraph(
            text(Link(f"All {size(whole.root)} lines of these criteria", address), " with what documents each.")
        )

    def _editions(self, trees: _Trees) -> Iterator[Block]:
        rows = []
        for guideline_id in dict.fromkeys(guideline.id for _, guideline, _ in trees):
            for entry in reversed(self._history.get(guideline_id, [])):
                changed = tally(entry) if entry.old else "the first edition in this library"
                rows.append((
                    text(Link(guideline_id, places.criteria(guideline_id))),
                    text(entry.new or ""),
                    text(entry.day.isoformat() if entry.day else "not known"),
                    text(changed or "no difference"),
                ))  # fmt: skip
        if rows:
            yield Table(
                "Editions of the guidelines that decide", ("Guideline", "Edition", "From", "What changed"), tuple(rows)
            )
            yield Paragraph(text(Link("Every change in words", places.CHANGES.to), "."))

    def _others(self, requirement: Requirement) -> tuple[Block, ...]:
        others = [
            each
            for each in self._library.requirements()
            if each.procedure == requirement.procedure and each.id != requirement.id
        ]
        if not others:
            return ()
        rows = tuple(requirement_row(self._library, each) for each in others)
        compared = Link("What each payer asks, side by side", places.procedure(requirement.procedure))
        return (Table("The same procedure elsewhere", REQUIREMENT_HEADS, rows), Paragraph(text(compared, ".")))


REQUIREMENT_HEADS = ("Payer and procedure", "Plan types", "Authorization", "Reviewed by", "Criteria", "Last verified")
_MOST_LINES = 350  # more lines of criteria than this never fit on a page
_SEVERAL = 3  # codes with the same note, from which on it is said once
_DEEPEST = 6  # levels to which a tree is shortened first


def requirement_row(library: Library, requirement: Requirement) -> tuple[Line, ...]:
    """One requirement in a table of several."""
    guidelines = tuple(dict.fromkeys(route.guideline for route in requirement.routes if route.guideline))
    criteria: tuple[Run, ...] = tuple(Link(each, places.criteria(each)) for each in guidelines)
    return (
        text(places.requirement_link(library, requirement)),
        text(", ".join(map(summary.plan, requirement.plans))),
        joined([authorization_chip(each) for each in answers(requirement)], " "),
        text(requirement.administrator),
        joined(criteria) if criteria else text("none public"),
        text(requirement.last_verified.isoformat()),
    )


def _cut(tree: Tree, depth: int | None) -> Tree:
    return tree if depth is None else Tree(tree.anchor, shortened(tree.root, depth))


def _shared_notes(requirement: Requirement) -> dict[str, list[str]]:
    """Notes that stand at several codes, with these codes."""
    found: dict[str, list[str]] = {}
    for entry in requirement.codes.values():
        if entry.note:
            found.setdefault(entry.note, []).append(entry.code)
    return {note: codes for note, codes in found.items() if len(codes) >= _SEVERAL}


def _named(codes: list[str], requirement: Requirement) -> str:
    return "All codes" if len(codes) == len(requirement.codes) else ", ".join(codes)


def _about(entry: CodeEntry, *, with_note: bool) -> str:
    parts = [entry.label or "no label"]
    parts += ["not listed on the payer's page"] * (not entry.listed)
    parts += ["counts a further level of a main code"] * entry.add_on
    return "; ".join([*parts, *([entry.note] if entry.note and with_note else [])])


def _decides(route: Route, here: dict[tuple[str | None, str | None], str]) -> Line:
    """What decides by a route, with the anchor of its tree on the same page."""
    stages = f" ({', '.join(route.stages)})" if route.stages else ""
    if route.guideline is None or route.indication is None:
        hidden = route.citation.trust is Trust.PORTAL_ONLY
        return text(f"{'only in the portal' if hidden else 'no public criteria here'}{stages}")
    named = f"{route.guideline.partition('.')[2].upper()} {route.indication.replace('-', ' ')}"
    anchor = here.get((route.guideline, route.indication))
    return text(Link(named, anchor) if anchor else named, stages)


def _said(anchor: str, heading: str, statements: tuple[Statement, ...]) -> Iterator[Section]:
    if statements:
        items = (Item(text(line.says, " ", label(line.citation)), (text(place(line.citation)),)) for line in statements)
        yield Section(anchor, heading, (Items(tuple(items)),))


def _hidden(route: Route) -> Iterator[Block]:
    stages = f" at stage {' or '.join(route.stages)}" if route.stages else ""
    only = "only in the administrator's portal" if route.citation.trust is Trust.PORTAL_ONLY else "none public here"
    yield Heading(f"{route.id.replace('-', ' ').capitalize()}: {only}")
    yield Paragraph(text(f"{', '.join(route.codes)}{stages}. {route.why}".strip(), " ", label(route.citation)))
    if route.upload:
        yield Paragraph(text("Send for these codes:"))
        yield Items(tuple(Item(text(line)) for line in route.upload))


def _diagnoses(requirement: Requirement) -> Iterator[Block]:
    rows = []
    for each in requirement.diagnoses:
        named = each.label or diagnosis_title(each.code) or "not in the ICD-10-CM table"
        rows.append((text(Link(each.code, places.diagnosis(each.code))), text(named), text(label(each.citation))))
    yield Paragraph(
        text(
            "ICD-10-CM codes that are often seen with medical necessity for this procedure. A diagnosis is not a "
            "criterion; compare the list with the payer's current policy."
        )
    )
    yield Table("Diagnoses", ("Code", "Title", "How the line is known"), tuple(rows))


def _submit(requirement: Requirement) -> Iterator[Block]:
    for way in requirement.submissions:
        yield Facts(tuple(_way(way)))
    rows: list[tuple[str, tuple[Line, ...]]] = [("Turnaround", (text(requirement.turnaround or "Not stated."),))]
    if requirement.turnaround_days is not None:
        rows.append(("Days", (text(str(requirement.turnaround_days)),)))
    if requirement.turnaround_citation is not None:
        rows.append(("Source", (text(words.cite(requirement.turnaround_citation)),)))
    yield Facts(tuple(rows))


def _way(way: Submission) -> Iterator[tuple[str, tuple[Line, ...]]]:
    yield "Method", (text(way.method),)
    if way.portal:
        yield "Portal", (text(web(way.portal, way.url)),)
    if way.phone:
        yield "Telephone", (text(way.phone),)
    if way.fax:
        yield "Fax", (text(way.fax),)
    yield "Source", (text(words.cite(way.citation)),)


def _sources(requirement: Requirement, trees: _Trees) -> Iterator[Block]:
    found = {source.title: source for source in requirement.sources.values()}
    for _, guideline, _ in trees:
        found.setdefault(guideline.main_source.title, guideline.main_source)
    yield Items(tuple(source_item(source) for source in found.values()))
    yield Facts(tuple((name, (text(means),)) for name, means in LEGEND))
    yield Paragraph(
        text(
            f"Always confirm with the payer for the member's own plan. Last verified "
            f"{requirement.last_verified.isoformat()}; to be verified again in {requirement.review_every_days} days."
        )
    )


def source_item(source: Source) -> Item:
    """One source with everything that is known about it."""
    parts = [source.publisher]
    parts += [f"number {source.number}"] if source.number else []
    parts += [f"edition {source.edition}"] if source.edition else []
    parts += [f"effective {source.effective.isoformat()}"] if source.effective else []
    parts += [f"read on {source.retrieved.isoformat()}"] if source.retrieved else []
    notes = [text("; ".join(parts))]
    notes += [text(source.note)] if source.note else []
    return Item(text(web(source.title, source.url), " ", label_of(source)), tuple(notes))


def label_of(source: Source) -> Chip:
    """The label of a source as a whole."""
    return label(Citation(source, "", source.read, source.trust))


def _corrections(requirement: Requirement) -> Items:
    return Items(
        tuple(
            Item(
                text(f"The page says: {each.page_says}"),
                (
                    text(f"We say: {each.we_say}", f" (codes {', '.join(each.codes)})" if each.codes else ""),
                    text(f"Why: {each.why}"),
                    text(words.cite(each.citation)),
                ),
            )
            for each in requirement.corrections
        )
    )


def _check(payer: Payer, requirement: Requirement, workspace: str) -> Iterator[Block]:
    code = next(iter(requirement.codes))
    all_codes = ",".join(requirement.codes)
    yield Paragraph(
        text(
            "praxigen compares a clinical note with these criteria before you submit, with the note's words beside "
            "each, and asks for what is missing; after a denial it drafts an appeal that cites the policy. It runs on "
            "your own machine. You review and submit; nothing is sent."
        )
    )
    if workspace:
        # Ids and codes: letters, digits, "-" and "_".
        asked = f"payer={payer.id}&plan={requirement.plans[0]}&codes={all_codes}"
        yield Paragraph(
            text(
                Link("Check a note in your workspace", f"{workspace}cases/new/?{asked}"),
                " with the payer filled in; there you tick which of these codes you request."
                if "," in all_codes
                else " with payer and code filled in; change them there.",
                " On the command line:",
            )
        )
    yield Code(f"praxigen check note.txt --payer {payer.id} --code {code} --date-of-service YYYY-MM-DD")
    yield Paragraph(
        text(
            Link("This page as a checklist", f"{places.requirement(requirement)}{CHECKLIST}"),
            " in plain text: to paste into a record system, or to print.",
        ),
        "checklist",
    )
