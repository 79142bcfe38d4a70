"""Whose law reaches a plan: from what was told to one regime, or to the question that must be answered first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from praxigen.datafiles import Faults, Fields, Node
from praxigen.errors import UsageError
from praxigen.law.case import Case, choose
from praxigen.law.clock import Clock, Consequence, Provision
from praxigen.library.dates import read_review_every
from praxigen.library.sources import read_citation, read_sources
from praxigen.library.statements import check_schema, read_list, read_statements
from praxigen.library.words import FUNDING, STATES
from praxigen.model.guideline import Statement
from praxigen.model.provenance import Citation, Source

if TYPE_CHECKING:
    from praxigen.law.files import Law

SCHEMA = "praxigen.law-plans/1"
_NEEDS = ("plan", "funding", "state")


@dataclass(frozen=True, slots=True)
class Plan:
    """A kind of plan whose law is known. `clocks`: the plans whose clocks hold for it; `narrower`: what others ask."""

    id: str
    title: str
    clocks: tuple[str, ...]
    funding: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    cautions: tuple[Statement, ...] = ()
    narrower: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """Under these conditions this plan of the law holds, or none does, and why. None: whatever it is."""

    funding: str | None
    state: str | None
    to: str
    none: str


@dataclass(frozen=True, slots=True)
class General:
    """What people call a plan before it is known whose law reaches it."""

    id: str
    title: str
    rows: tuple[Row, ...]
    ask: str
    otherwise: str


@dataclass(frozen=True, slots=True)
class PlanBook:
    """Every plan, the questions, and what is known of single payers."""

    plans: Mapping[str, Plan]
    general: Mapping[str, General]
    questions: Mapping[str, str]
    payers: Mapping[str, tuple[str, Citation]]
    sources: Mapping[str, Source]
    last_verified: date
    review_every_days: int
    file: str = ""


@dataclass(frozen=True, slots=True)
class Regime:
    """The law that reaches a plan: its clocks, and who must review, what a notice must hold, what may be asked for.

    None of it is of confidence C.
    """

    plan: str
    title: str
    laws: tuple[str, ...]
    clocks: tuple[Clock, ...]
    cautions: tuple[Statement, ...]
    reviewers: tuple[Provision, ...]
    notices: tuple[Provision, ...]
    rights: tuple[Provision, ...]
    consequences: Mapping[str, Consequence]
    narrower: tuple[tuple[str, str], ...] = ()

    def reviewers_of(self, stage: str) -> tuple[Provision, ...]:
        """Who must review at a step: initial, appeal or external. Empty where the library knows no rule."""
        return tuple(each for each in self.reviewers if each.stage == stage)

    def consequence(self, clock: Clock) -> Consequence | None:
        """What follows when a clock is missed."""
        return self.consequences.get(f"{clock.id} {clock.on_miss}")


@dataclass(frozen=True, slots=True)
class Finding:
    """A regime; or, without one, the questions to ask or the reason why the library has none."""

    regime: Regime | None
    questions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def which_law(case: Case, law: Law) -> Finding:
    """The law that reaches the plan of a case. Raises UsageError for unknown words and for what contradicts itself."""
    book = law.plan_book
    if case.funding is not None:
        choose(case.funding, FUNDING, "kind of funding")
    if case.state is not None:
        choose(case.state, STATES, "state")
    if case.plan is None:
        return _ask("plan", case, book)
    choose(case.plan, (*book.plans, *book.general), "plan")
    if case.plan in book.plans:
        plan = book.plans[case.plan]
        _refuse_contradiction(plan, case)
        return Finding(law.regime(plan))
    general = book.general[case.plan]
    for row in general.rows:
        known = {"funding": (case.funding, row.funding), "state": (case.state, row.state)}
        if any(told is not None and asked is not None and told != asked for told, asked in known.values()):
            continue
        unknown = next((name for name, (told, asked) in known.items() if asked is not None and told is None), None)
        if unknown is not None:
            return _ask(unknown, case, book)
        if row.none:
            return Finding(None, notes=(row.none,))
        return Finding(law.regime(book.plans[row.to]))
    if general.ask:
        return Finding(None, questions=(general.ask,))
    return Finding(None, notes=(general.otherwise,))


def _ask(need: str, case: Case, book: PlanBook) -> Finding:
    remark = book.payers.get(case.payer or "")
    notes = (remark[0],) if remark is not None and need != "state" else ()
    return Finding(None, questions=(book.questions[need],), notes=notes)


def _refuse_contradiction(plan: Plan, case: Case) -> None:
    for what, told, fitting in (("funding", case.funding, plan.funding), ("state", case.state, plan.states)):
        if told is not None and fitting and told not in fitting:
            message = f"{plan.id} is a plan of {what} {' or '.join(fitting)}, but {told} was given"
            raise UsageError(message, f"Leave --{what} out, or name the plan as people call it: commercial.")


def read_plans(root: Node, file: str) -> PlanBook:
    """The plans in a file. Raises FaultyFileError with everything that is wrong in it."""
    faults = Faults(file)
    required = ("schema", "last_verified", "review_every", "sources", "plans", "general", "questions")
    head = Fields(root, faults, "the plans of the law", required, ("payers",))
    check_schema(head, SCHEMA)
    sources = read_sources(head)
    names = tuple(Fields(node, Faults(file), "", ("id",), _PLAN).text("id") for node in head.items("plans"))

    def plan(fields: Fields) -> Plan:
        inner = read_list(
            fields, "narrower", lambda each: (each.word("plan", names), each.text("ask")), ("plan", "ask")
        )
        return Plan(
            id=fields.text("id"),
            title=fields.text("title"),
            clocks=fields.texts("clocks"),
            funding=fields.words("funding", FUNDING),
            states=fields.words("states", STATES),
            cautions=read_statements(fields, "cautions", sources),
            narrower=inner,
        )

    def row(fields: Fields) -> Row:
        if fields.has("to") == fields.has("none"):
            fields.faults.add(fields.map, "a row needs either 'to' or 'none'", "Write the plan, or why there is none.")
        funding, state = fields.word("funding", FUNDING), fields.word("state", STATES)
        return Row(funding or None, state or None, fields.word("to", names), fields.text("none"))

    def general(fields: Fields) -> General:
        rows = read_list(fields, "rows", row, (), ("funding", "state", "to", "none"))
        return General(fields.text("id"), fields.text("title"), rows, fields.text("ask"), fields.text("otherwise"))

    plans = read_list(head, "plans", plan, ("id", "title", "clocks"), _PLAN, unique="id")
    generals = read_list(head, "general", general, ("id", "title"), ("rows", "ask", "otherwise"), unique="id")
    asked = Fields(head.node("questions"), faults, "'questions'", required=_NEEDS)
    payers = read_list(
        head,
        "payers",
        lambda fields: (fields.name("payer"), (fields.text("says"), read_citation(fields, sources))),
        ("payer", "says", "source"),
        unique="payer",
    )
    book = PlanBook(
        plans=MappingProxyType({each.id: each for each in plans}),
        general=MappingProxyType({each.id: each for each in generals}),
        questions=MappingProxyType({name: asked.text(name) for name in _NEEDS}),
        payers=MappingProxyType(dict(payers)),
        sources=sources,
        last_verified=head.day("last_verified"),
        review_every_days=read_review_every(head),
        file=file,
    )
    faults.raise_any()
    return book


_PLAN = ("title", "clocks", "funding", "states", "cautions", "narrower")
