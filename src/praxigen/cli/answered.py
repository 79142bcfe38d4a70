"""A payer's answer on the command line: reads it, checks the chart against the policy, and makes the matter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import click

from praxigen.cli.letter_options import Asked, check_chart, read_day, told_by
from praxigen.cli.options import open_library
from praxigen.errors import UsageError

if TYPE_CHECKING:
    from praxigen.letters.composing.gather import Answer
    from praxigen.letters.composing.letter import LetterKind
    from praxigen.letters.composing.matter import Matter
    from praxigen.model.denial import Denial


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of the answer: nothing, reasons as typed, or a decision."""

    answer: Answer | None = None
    denial: Denial | None = None


def answered_matter(asked: Asked, kind: str | None, default: LetterKind) -> tuple[Matter, LetterKind]:
    """The matter of a decision, and the letter that answers it: as asked for, else the one that its reasons need."""
    from praxigen.letters.composing.clock import Plan, time_letter
    from praxigen.letters.composing.from_denial import choose_letter, insurer_of
    from praxigen.letters.composing.gather import gather
    from praxigen.letters.composing.letter import LetterKind

    read = _read(asked)
    asked = _filled(asked, read.denial)
    why = ""
    if kind is not None:
        chosen = LetterKind(kind)
    elif read.denial is not None:
        chosen, why = choose_letter(read.denial)
    else:
        chosen = default
    if why:
        click.echo(f"praxigen: an appeal is the wrong remedy here: {why}.", err=True)
    stated = read.denial.payer.value if read.denial and read.denial.payer else ""
    report, library = check_chart(asked, stated)
    if not any(True for each in report.determinations if each.guideline):
        click.echo("praxigen: no criteria of this payer are known for these codes; the letter argues none.", err=True)
    plan = Plan(
        plan=asked.plan or (read.denial.plan if read.denial else None) or "commercial",
        funding=asked.funding or (read.denial.funding if read.denial else None),
        state=asked.state,
        payer=report.requirement.payer or None,
        received=read_day(asked.received, "--received"),
    )
    timed = time_letter(chosen, plan, read.denial)
    held = report.requirement.payer
    payer = stated
    if held:
        known = library.payer(held)
        payer = (insurer_of(read.denial, known) if read.denial else "") or known.name
    matter = gather(report, payer, told_by(asked), read.answer, timed.clock, library.literature())
    notes = (f"This is no appeal: {why}.",) if why else ()
    return replace(matter, notes=(*notes, *timed.notes, *matter.notes)), chosen


def _read(asked: Asked) -> _Read:
    from praxigen.letters.composing.from_denial import answer_of
    from praxigen.letters.composing.gather import reasons_by_hand

    if asked.denial is not None and asked.reasons:
        raise UsageError("--denial and --reason were both given", "Give the letter; --reason stands in for it.")
    if asked.reasons:
        return _Read(reasons_by_hand(asked.reasons))
    if asked.denial is None:
        return _Read()
    from praxigen.letters import Hints, read_answer, read_denials

    document = read_answer(asked.denial, password=asked.password)
    day = read_day(asked.day, "--date-of-service")
    hints = Hints(asked.payer, asked.codes, asked.plan, day, asked.stage)
    today = read_day(asked.written_on, "--date")
    reading = read_denials(document, open_library(asked.folders), hints, today)
    if not reading.denials:
        raise UsageError(f"{asked.denial} holds no decision of a payer", "Give the payer's letter, or --reason WORDS.")
    if len(reading.denials) > 1:
        raise UsageError(
            f"{asked.denial} holds {len(reading.denials)} decisions",
            "Give each as a file of its own: one letter answers one.",
        )
    denial = reading.denials[0]
    answer = answer_of(document, denial)
    return _Read(replace(answer, notes=(*reading.warnings, *answer.notes)), denial)


def _filled(asked: Asked, denial: Denial | None) -> Asked:
    """The request as typed, and where nothing was typed as the decision states it."""
    if denial is None:
        return asked
    day = denial.date_of_service.day.isoformat() if denial.date_of_service else None
    return replace(
        asked,
        payer=asked.payer or denial.payer_id,
        codes=asked.codes or tuple(each.code for each in denial.codes),
        plan=asked.plan or denial.plan,
        day=asked.day or day,
    )
