"""The page that explains the clocks after a request and after a denial: whose law holds, how long each step runs."""

from __future__ import annotations

import re

from praxigen.law import Clock, Law
from praxigen.law.plans import Plan, Regime
from praxigen.library.words import FUNDING
from praxigen.site import places
from praxigen.site.blocks import Facts, Heading, Item, Items, Line, Page, Paragraph, Section, Table, text

_TO_TYPE = re.compile(r" Write \w+(?: or \w+)*\.$")
_MISSED = {"": "nothing said", "escalate": "it can be taken to the next level"}
_HEADS = ("Step", "Who must act", "Begins when", "Time", "If it is missed", "Law", "How known")
_CAUTION = (
    "Read the letter too: where it prints another last day, keep the earlier of the two. Rules that nobody has "
    "verified are left out. A deadline is never moved because it falls on a weekend."
)


def page(law: Law) -> Page:
    """Every clock that may be shown, by the plan that it holds for."""
    plans = [law.plan_book.plans[name] for name in law.plan_book.plans]
    return Page(
        path=places.DEADLINES.to,
        title="Deadlines after a request and after a denial",
        description="How long a plan has to decide, how long you have to appeal, who must review, and by which law.",
        lead=(text("The kind of plan, who funds it and the state decide whose law holds, and so every date."),),
        sections=(
            Section("which", "Whose law holds", tuple(_which(law))),
            *(Section(plan.id.replace("_", "-"), plan.title, tuple(_plan(law, plan))) for plan in plans),
        ),
        crumbs=(places.HOME,),
    )


def _which(law: Law) -> list[Paragraph | Items | Heading | Facts]:
    book = law.plan_book
    rows: list[tuple[str, tuple[Line, ...]]] = []
    for general in book.general.values():
        told = [_row(law, row.funding, row.state, row.to, row.none) for row in general.rows]
        told += [each for each in (general.ask, general.otherwise) if each]
        rows.append((general.title, tuple(text(_asked(each)) for each in told)))
    return [
        Paragraph(text(_CAUTION), "warning"),
        Heading("What to ask first"),
        Items(tuple(Item(text(_asked(ask))) for ask in book.questions.values())),
        Heading("What follows"),
        Facts(tuple(rows)),
        Heading("Payers of which something is known"),
        Items(tuple(Item(text(says)) for says, _citation in book.payers.values())),
    ]


def _asked(words: str) -> str:
    """A question without the words that the command line takes for its answers."""
    for name in FUNDING:
        words = words.replace(f" ({name})", "")
    return _TO_TYPE.sub("", words)


def _row(law: Law, funding: str | None, state: str | None, plan: str, none: str) -> str:
    told = ", ".join(filter(None, ((funding or "").replace("_", "-"), f"issued in {state}" if state else "")))
    held = law.plan_book.plans[plan].title if plan else none
    return f"{told[:1].upper()}{told[1:]}: {held}" if told else held


def _plan(law: Law, plan: Plan) -> list[Paragraph | Items | Heading | Table]:
    regime = law.regime(plan)
    blocks: list[Paragraph | Items | Heading | Table] = [
        Paragraph(text(each.says), "warning") for each in regime.cautions
    ]
    if regime.clocks:
        blocks.append(
            Table(f"Clocks: {plan.title}", _HEADS, tuple(_clock(law, regime, clock) for clock in regime.clocks))
        )
    else:
        blocks.append(Paragraph(text("The library holds no clock for this plan. The letter says what holds.")))
    for heading, provisions in (
        ("Who must review", regime.reviewers),
        ("What the notice must say", regime.notices),
        ("What else you may ask for", regime.rights),
    ):
        items = tuple(
            Item(text(each.says), (text(f"{each.law}; {each.confidence.says}"),))
            for each in provisions
            if "paragraph not seen" not in each.law
        )
        if items:
            blocks += [Heading(heading), Items(items)]
    return blocks


def _clock(law: Law, regime: Regime, clock: Clock) -> tuple[Line, ...]:
    terms = law.terms
    urgency = "" if clock.urgency == "any" else f" ({terms.urgencies[clock.urgency]})"
    longer = f"; {clock.extension.by} more by notice" if clock.extension and clock.extension.by else ""
    follows = regime.consequence(clock)
    missed = follows.says if follows else _MISSED.get(clock.on_miss, clock.on_miss.replace("_", " "))
    return (
        text(f"{terms.stages[clock.stage].says}{urgency}"),
        text(terms.actors[clock.actor]),
        text(terms.events.get(clock.starts, clock.starts.replace("_", " "))),
        text(f"{clock.within}{longer}"),
        text(missed),
        text(clock.law),
        text(clock.confidence.says + (", to verify" if clock.verify else "")),
    )
