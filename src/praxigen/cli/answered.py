"""A payer's answer on the command line: reads it, checks the chart against the policy, and makes the matter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import click

from praxigen.cli.letter_options import Asked, check_chart, read_day, suggest_as_typed, told_by
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
    from praxigen.letters.composing.answering import PlanFacts, answering, choose
    from praxigen.letters.composing.letter import LetterKind

    read = _read(asked)
    asked = _filled(asked, read.denial)
    chosen = choose(LetterKind(kind) if kind is not None else None, read.denial, default)
    if chosen[1]:
        click.echo(f"praxigen: an appeal is the wrong remedy here: {chosen[1]}.", err=True)
    stated = read.denial.payer.value if read.denial and read.denial.payer else ""
    report, library = check_chart(asked, stated)
    if not any(True for each in report.determinations if each.guideline):
        click.echo("praxigen: no criteria of this payer are known for these codes; the letter argues none.", err=True)
    facts = PlanFacts(asked.plan, asked.funding, asked.state, read_day(asked.received, "--received"))
    made = answering(report, library, told_by(asked), chosen, denial=read.denial, answer=read.answer, facts=facts)
    return made.matter, made.kind


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
    from praxigen.letters.composing.unknown import is_no_payer_of

    document = read_answer(asked.denial, password=asked.password)
    day = read_day(asked.day, "--date-of-service")
    library = open_library(asked.folders)
    unknown = asked.payer is not None and (asked.as_typed or is_no_payer_of(library, asked.payer))
    if asked.payer is not None and not unknown:
        suggest_as_typed(library, asked.payer)
    hints = Hints(None if unknown else asked.payer, asked.codes, asked.plan, day, asked.stage)
    today = read_day(asked.written_on, "--date")
    reading = read_denials(document, library, hints, today)
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
