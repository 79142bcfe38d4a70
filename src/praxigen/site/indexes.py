"""The lists: by payer, by procedure, by code, by diagnosis, and the rules above the payers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from praxigen.codesets.table import title as diagnosis_title
from praxigen.exports import summary, words
from praxigen.exports.comparison import DISCLAIMER, entries, heads
from praxigen.library import Library
from praxigen.library.compare import State, columns_for, compare
from praxigen.model.requirement import Payer, Procedure, Requirement
from praxigen.model.rule import Rule, RuleKind
from praxigen.site import places
from praxigen.site.blocks import (
    Block,
    Chip,
    Facts,
    Heading,
    Item,
    Items,
    Line,
    Link,
    Page,
    Paragraph,
    Section,
    Table,
    joined,
    text,
)
from praxigen.site.criteria import label, place
from praxigen.site.requirements import (
    REQUIREMENT_HEADS,
    STANDING,
    answers,
    authorization_chip,
    requirement_row,
    source_item,
)

_NOT_A_NO = "A payer or code that is not listed here is not known, which does not mean that nothing is required."


class IndexPages:
    """Makes the lists of a library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._requirements = library.requirements()
        self._by_payer = _grouped(self._requirements, lambda each: each.payer)
        self._by_procedure = _grouped(self._requirements, lambda each: each.procedure)
        self.by_code: dict[str, list[Requirement]] = {}
        self.by_diagnosis: dict[str, list[Requirement]] = {}
        for requirement in self._requirements:
            for code in requirement.codes:
                self.by_code.setdefault(code, []).append(requirement)
            for each in requirement.diagnoses:
                self.by_diagnosis.setdefault(each.code, []).append(requirement)

    def all(self) -> Iterator[Page]:
        """Every list."""
        yield self._start()
        yield self._payers()
        for payer in self._library.payers():
            yield self._payer(payer)
        yield self._procedures()
        for procedure in self._library.procedures():
            yield self._procedure(procedure)
        yield self._codes()
        yield self._diagnoses()
        for code in sorted(self.by_diagnosis):
            yield self._diagnosis(code)
        yield self._rules()
        for rule in self._library.rules():
            yield self._rule(rule)

    def codes(self) -> Iterator[Page]:
        """A page for every code."""
        for code in sorted({*self.by_code, *(code for rule in self._library.rules() for code in rule.codes)}):
            yield self._code(code)

    def _start(self) -> Page:
        sections = []
        for payer in self._library.payers():
            own = self._by_payer.get(payer.id, [])
            if own:
                items = tuple(Item(_requirement(each)) for each in own)
                sections.append(Section(payer.id, payer.name, (Items(items),)))
        return Page(
            path=places.REQUIREMENTS.to,
            title="Prior authorization requirements by payer",
            description="Every requirement of the library: payer by payer, with the procedures and the answer.",
            lead=(
                text(
                    f"{words.count(len(self._requirements), 'requirement')} of {words.count(len(sections), 'payer')}."
                ),
                text(_NOT_A_NO),
            ),
            sections=tuple(sections),
            crumbs=(places.HOME,),
        )

    def _payers(self) -> Page:
        rows = tuple(
            (
                text(Link(each.name, places.payer(each.id))),
                text(", ".join(each.also)),
                text(", ".join(map(summary.plan, each.plans))),
                text(str(len(self._by_payer.get(each.id, [])))),
            )
            for each in self._library.payers()
        )
        table = Table("Payers", ("Payer", "Also called", "Plan types", "Requirements"), rows)
        return _index(places.PAYERS, "Payers", "Every payer of the library, with its names and plan types.", table)

    def _payer(self, payer: Payer) -> Page:
        own = self._by_payer.get(payer.id, [])
        facts = [("Plan types", (text(", ".join(map(summary.plan, payer.plans))),))]
        facts += [("Also called", (text(", ".join(payer.also)),))] if payer.also else []
        facts += [("What it is", (text(payer.nature),))] if payer.nature else []
        blocks: list[Block] = [Facts(tuple(facts))]
        sections = [Section("about", "About", tuple(blocks))]
        if own:
            rows = tuple(requirement_row(self._library, each) for each in own)
            sections.append(Section("requirements", f"Requirements ({len(own)})", (_table(rows),)))
        if payer.sources:
            sources = Items(tuple(source_item(each) for each in payer.sources.values()))
            sections.append(Section("sources", "Sources", (sources,)))
        return Page(
            path=places.payer(payer.id),
            title=f"{payer.name}: prior authorization requirements",
            description=f"What {payer.name} requires before it approves a procedure, as far as this library holds it.",
            lead=(text(_NOT_A_NO),),
            sections=(*sections, _standing()),
            crumbs=(places.HOME, places.PAYERS),
            keywords=" ".join(payer.also),
        )

    def _procedures(self) -> Page:
        rows = tuple(
            (
                text(Link(each.label, places.procedure(each.id))),
                text(", ".join(each.also)),
                text(str(len(self._by_procedure.get(each.id, [])))),
            )
            for each in by_name(self._library)
        )
        table = Table("Procedures", ("Procedure", "Also called", "Payers"), rows)
        return _index(places.PROCEDURES, "Procedures", "Every procedure of the library, with its names.", table)

    def _procedure(self, procedure: Procedure) -> Page:
        own = self._by_procedure.get(procedure.id, [])
        sections = (
            [
                Section(
                    "payers",
                    f"Payers ({len(own)})",
                    (_table(tuple(requirement_row(self._library, each) for each in own)),),
                )
            ]
            if own
            else []
        )
        limits = tuple(self._limits(own))
        if limits:
            sections.append(Section("limits", "The criteria side by side", limits))
        codes = sorted({code for each in own for code in each.codes})
        if codes:
            sections.append(Section("codes", f"Codes ({len(codes)})", (self._table_of(codes, own),)))
        return Page(
            path=places.procedure(procedure.id),
            title=f"{procedure.label}: what each payer requires",
            description=f"{procedure.label}: prior authorization and criteria, payer by payer.",
            lead=(text(f"Also called: {', '.join(procedure.also)}."),) if procedure.also else (),
            sections=(*sections, _standing()),
            crumbs=(places.HOME, places.PROCEDURES),
            keywords=" ".join(procedure.also),
        )

    def _table_of(self, codes: list[str], own: list[Requirement]) -> Table:
        """Codes in our words, each with the number of payers that are known for it."""
        rows = tuple(
            (
                text(Link(code, places.code(code))),
                text(self._label(code)),
                text(str(len({each.payer for each in own if code in each.codes}))),
            )
            for code in codes
        )
        return Table("Codes of this procedure", ("Code", "In our words", "Payers"), rows)

    def _limits(self, own: list[Requirement]) -> Iterator[Block]:
        """The limits of every payer with public criteria, for the code that most of them decide by public criteria."""
        decided: dict[str, int] = {}
        for each in own:
            for code in sorted({code for route in each.routes if route.guideline for code in route.codes}):
                decided[code] = decided.get(code, 0) + 1
        if not decided:
            return
        code = min(decided, key=lambda each: (-decided[each], each))
        payers = tuple(dict.fromkeys(each.payer for each in own))
        columns = [each for each in columns_for(self._library, code, payers) if each.state is State.PUBLIC]
        if len(columns) < _TWO:
            return
        table = compare(code, columns)
        yield Paragraph(text("For the code ", Link(code, places.code(code)), ", payers with public criteria only."))
        names = heads(table)
        for number, name in enumerate(names):
            yield Heading(name)
            rows = []
            for entry in entries(table):
                said = [line.text for line in entry.cells[number] if not line.quiet]
                if said:
                    rows.append((entry.name, tuple(text(each) for each in said)))
            yield Facts(tuple(rows))
        yield Paragraph(text(DISCLAIMER), "muted")

    def _codes(self) -> Page:
        sections = []
        for first, codes in _by_first(sorted(self.by_code)).items():
            items = tuple(Item(text(Link(code, places.code(code)), f" {self._label(code)}".rstrip())) for code in codes)
            sections.append(Section(f"codes-{first.lower()}", f"Codes {first}…", (Items(items),)))
        return Page(
            path=places.CODES.to,
            title="Procedure codes",
            description="Every CPT and HCPCS code of the library, by number, with what it is in our words.",
            lead=(text(f"{words.count(len(self.by_code), 'code')}. {_NOT_A_NO}"),),
            sections=tuple(sections),
            crumbs=(places.HOME,),
        )

    def _label(self, code: str) -> str:
        return next((each.codes[code].label for each in self.by_code.get(code, []) if each.codes[code].label), "")

    def _code(self, code: str) -> Page:
        rows = []
        for each in self.by_code.get(code, []):
            entry = each.codes[code]
            routes = [route for route in each.routes if code in route.codes]
            several = {guideline for guideline, number in Counter(
                name for name, _ in {(route.guideline, route.indication) for route in routes}
            ).items() if number > 1}  # fmt: skip
            decided = tuple(
                Link(
                    f"{route.guideline} {(route.indication or '').replace('-', ' ')}".strip()
                    if route.guideline in several
                    else route.guideline,
                    places.criteria(route.guideline, route.indication or ""),
                )
                for route in {(r.guideline, r.indication): r for r in routes if r.guideline}.values()
                if route.guideline
            )
            rows.append((
                text(places.requirement_link(self._library, each)),
                text(", ".join(map(summary.plan, each.plans))),
                text(authorization_chip(entry.prior_authorization)),
                joined(decided) if decided else text("none public"),
                text(label(entry.citation), "" if entry.listed else " not listed on the payer's page"),
            ))  # fmt: skip
        heads_ = ("Payer and procedure", "Plan types", "Authorization", "Criteria", "How the answer is known")
        sections = (
            [Section("payers", f"By payer ({len(rows)})", (Table(f"Code {code}", heads_, tuple(rows)),))]
            if rows
            else []
        )
        rules = tuple(self._rules_of(code))
        if rules:
            sections.append(Section("rules", "National and state rules", (Items(rules),)))
        about = self._label(code)
        return Page(
            path=places.code(code),
            title=f"Code {code}: prior authorization by payer",
            description=f"Code {code}{f' ({about})' if about else ''}: is prior authorization required, by payer.",
            lead=(text(f"In our words: {about}."),) if about else (),
            sections=(*sections, _standing()),
            crumbs=(places.HOME, places.CODES),
        )

    def _rules_of(self, code: str) -> Iterator[Item]:
        for rule in self._library.rules():
            for group in rule.groups:
                if code in group.codes:
                    since = f" since {group.since.isoformat()}" if group.since else ""
                    removed = group.removed.get(code)
                    standing = f"taken off the list after {removed.isoformat()}" if removed else f"on the list{since}"
                    yield Item(text(Link(rule.title, f"rules/{rule.id}/"), f": {standing}; {group.label}."),
                               (text(label(group.citation), " ", place(group.citation)),))  # fmt: skip

    def _diagnoses(self) -> Page:
        rows = tuple(
            (
                text(Link(code, places.diagnosis(code))),
                text(diagnosis_title(code) or "not in the ICD-10-CM table"),
                text(str(len(self.by_diagnosis[code]))),
            )
            for code in sorted(self.by_diagnosis)
        )
        table = Table("Diagnoses", ("Code", "Title", "Requirements"), rows)
        about = "ICD-10-CM codes that commonly support a request. A diagnosis is not a criterion."
        return _index(places.DIAGNOSES, "Diagnoses", about, table)

    def _diagnosis(self, code: str) -> Page:
        rows = tuple(requirement_row(self._library, each) for each in self.by_diagnosis[code])
        named = diagnosis_title(code) or "not in the ICD-10-CM table"
        return Page(
            path=places.diagnosis(code),
            title=f"{code}: requirements that name this diagnosis",
            description=f"{code} ({named}): the requirements that name it among supporting diagnoses.",
            lead=(text(named), text("A diagnosis is not a criterion: it supports a request and decides none.")),
            sections=(Section("requirements", f"Requirements ({len(rows)})", (_table(rows),)), _standing()),
            crumbs=(places.HOME, places.DIAGNOSES),
        )

    def _rules(self) -> Page:
        items = tuple(
            Item(
                text(Link(each.title, f"rules/{each.id}/")),
                (text(f"{each.law}; last verified {each.last_verified.isoformat()}"),),
            )
            for each in self._library.rules()
        )
        section = Section("rules", f"Rules ({len(items)})", (Items(items),))
        return Page(
            path=places.RULES.to,
            title="Rules above the payers",
            description="National and state lists and principles that a payer's own page does not tell.",
            lead=(text("National and state rules that hold beside what a payer asks."),),
            sections=(section,),
            crumbs=(places.HOME,),
        )

    def _rule(self, rule: Rule) -> Page:
        facts: list[tuple[str, tuple[Line, ...]]] = [("Law", (text(rule.law),))]
        facts += [(name, (text(", ".join(map(summary.plan, values))),)) for name, values in (
            ("Plan types", rule.plans), ("States", rule.states), ("Places", rule.places), ("Payers", rule.payers),
            ("Funding", rule.funding)) if values]  # fmt: skip
        since = rule.effective_from.isoformat() if rule.effective_from else ""
        until = f" to {rule.effective_to.isoformat()}" if rule.effective_to else ""
        facts += [("In force", (text(f"from {since}{until}"),))] if since else []
        facts += [("Last verified", (text(rule.last_verified.isoformat()),))]
        if rule.kind is RuleKind.AUTHORIZATION:
            facts += [("To be listed means", (text(f"prior authorization: {summary.plan(rule.prior_authorization)}"),))]
        sections = [Section("about", "About", (Facts(tuple(facts)),))]
        for anchor, heading, said in (("says", "What it says", rule.says), ("times", "Times", rule.turnaround),
                                      ("conflicts", "Where sources disagree", rule.conflicts)):  # fmt: skip
            if said:
                items = (
                    Item(text(line.says, " ", label(line.citation)), (text(place(line.citation)),)) for line in said
                )
                sections.append(Section(anchor, heading, (Items(tuple(items)),)))
        for group in rule.groups:
            links = tuple(Link(code, places.code(code)) for code in group.codes)
            lead = text(
                group.label, f", since {group.since.isoformat()}" if group.since else "", " ", label(group.citation)
            )
            blocks = [Paragraph(lead), Paragraph(joined(links))]
            blocks += [Paragraph(text(group.note))] if group.note else []
            sections.append(Section(f"group-{group.id}", f"Codes: {group.label}", tuple(blocks)))
        sections.append(
            Section("sources", "Sources", (Items(tuple(source_item(each) for each in rule.sources.values())),))
        )
        return Page(
            path=f"rules/{rule.id}/",
            title=rule.title,
            description=f"{rule.title}: whom it reaches, which codes it lists, and since when.",
            lead=(),
            sections=(*sections, _standing()),
            crumbs=(places.HOME, places.RULES),
            reviewed=rule.last_verified,
        )


_TWO = 2


def by_name(library: Library) -> list[Procedure]:
    """The procedures in the order of the names that people read."""
    return sorted(library.procedures(), key=lambda each: each.label.casefold())


def _requirement(each: Requirement) -> Line:
    plans = ", ".join(map(summary.plan, each.plans))
    chips: list[Chip | str] = []
    for answered in answers(each):
        chips += [" ", authorization_chip(answered)]
    return text(Link(each.title, places.requirement(each)), f" ({plans})", *chips)


def _grouped(found: tuple[Requirement, ...], key: Callable[[Requirement], str]) -> dict[str, list[Requirement]]:
    groups: dict[str, list[Requirement]] = {}
    for each in found:
        groups.setdefault(key(each), []).append(each)
    return groups


def _by_first(codes: list[str]) -> dict[str, list[str]]:
    """Codes under their first two characters."""
    found: dict[str, list[str]] = {}
    for code in codes:
        found.setdefault(code[:2], []).append(code)
    return found


def _table(rows: tuple[tuple[Line, ...], ...]) -> Table:
    return Table("Requirements", REQUIREMENT_HEADS, rows)


def _standing() -> Section:
    return Section("mind", "Before you rely on it", (Paragraph(text(STANDING), "warning"),))


def _index(link: Link, heading: str, about: str, table: Table) -> Page:
    return Page(
        path=link.to,
        title=heading,
        description=about,
        lead=(text(about), text(_NOT_A_NO)),
        sections=(Section("list", f"{heading} ({len(table.rows)})", (table,)),),
        crumbs=(places.HOME,),
    )
