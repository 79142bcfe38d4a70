"""praxigen deadlines: when the steps after a request or a denial run out, by the law that reaches the plan."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from praxigen.cli.options import format_option, library_option
from praxigen.cli.output import show, write_file
from praxigen.errors import UsageError

if TYPE_CHECKING:
    from praxigen.exports.blocks import Blocks
    from praxigen.law import Answer, Event, Law


@click.command("deadlines")
@click.option("--plan", help="erisa_self_funded, medicare_advantage ... or commercial, medicare, medicaid.")
@click.option("--funding", help="Who funds the plan: insured, self_funded or government.")
@click.option("--state", help="Where the policy was issued; two letters.")
@click.option("--payer", help="An id, name or alias.")
@click.option(
    "--event",
    "told",
    multiple=True,
    metavar="NAME=DATE",
    help="What happened when: denial_received=2026-10-02, or with the time 2026-10-02T14:30. Repeat it.",
)
@click.option("--letter-deadline", "letter", metavar="YYYY-MM-DD", help="The last day that the letter itself prints.")
@click.option("--urgency", help="standard, urgent, expedited, pre_service, post_service ...")
@click.option("--stage", help="Only this step: initial, appeal, external, reconsideration_payment ...")
@click.option("--today", metavar="YYYY-MM-DD", help="Say what has passed by this day, and what follows from it.")
@click.option("--time-zone", metavar="ZONE", help="By default America/New_York, whatever the machine's own.")
@click.option("--cases", type=click.Path(path_type=Path), help="A file with several cases: what is open, by day.")
@click.option("--ics", type=click.Path(path_type=Path), help="Write a calendar with what is open to this file.")
@format_option("text", "json", "html", "markdown")
@library_option
def deadlines(
    plan: str | None,
    funding: str | None,
    state: str | None,
    payer: str | None,
    told: tuple[str, ...],
    letter: str | None,
    urgency: str | None,
    stage: str | None,
    today: str | None,
    time_zone: str | None,
    cases: Path | None,
    ics: Path | None,
    form: str,
    folders: tuple[Path, ...],
) -> None:
    """Show when each step runs out, by which law, and what follows when it is missed.

    Without the kind of plan, or without its funding where that decides, there is no date but a question. Rules that
    nobody has verified are never shown. A deadline is never moved for a weekend. Nothing is sent.

    \b
    Examples:
      praxigen deadlines --plan erisa_self_funded --event denial_received=2026-10-02
      praxigen deadlines --plan commercial --funding insured --state NJ \\
        --event request_made=2026-10-02 --urgency standard_electronic_portal --today 2026-10-20
      praxigen deadlines --cases open-cases.yaml --today 2026-10-20 --ics open-cases.ics
    """
    from praxigen.law import Case, Law, answer
    from praxigen.law.case import TIME_ZONE, read_day

    law = Law.open(*folders)
    day = None if today is None else read_day(today, "--today")
    if cases is not None:
        given = (plan, funding, state, payer, told, letter, urgency, stage, time_zone)
        if any(given):
            raise UsageError("--cases was given together with the facts of one case", "Write them into the file.")
        _overview(cases, law, day, form, ics, folders)
        return
    case = Case(
        plan=plan,
        funding=funding,
        state=state,
        payer=_payer(payer, folders),
        events=tuple(_event(each) for each in told),
        letter_deadline=None if letter is None else read_day(letter, "--letter-deadline"),
        urgency=urgency,
        stage=stage,
        time_zone=time_zone or TIME_ZONE,
    )
    found = answer(case, law, day)
    from praxigen.exports.deadlines import to_json, to_page

    if ics is not None:
        _calendar(ics, {"": found})
    if form == "json":
        show(to_json(found, day))
    else:
        _show(to_page(found, day), form)


def _overview(path: Path, law: Law, day: date | None, form: str, ics: Path | None, folders: tuple[Path, ...]) -> None:
    from praxigen.exports.deadlines import overview_page, overview_to_json
    from praxigen.law import answer, read_cases

    answers: dict[str, Answer] = {}
    for each in read_cases(path):
        case = replace(each.case, payer=_payer(each.case.payer, folders))
        try:
            answers[each.id] = answer(case, law, day)
        except UsageError as error:
            raise UsageError(f"{path.name}, case {each.id}: {error.message}", error.hint) from None
    if ics is not None:
        _calendar(ics, answers)
    if form == "json":
        show(overview_to_json(answers, day))
    else:
        _show(overview_page(answers, day), form)


def _event(text: str) -> Event:
    from praxigen.law import Event

    name, equals, when = text.partition("=")
    if not equals:
        raise UsageError(f"--event {text!r} has no date", "Write it as name=date: denial_received=2026-10-02.")
    return Event.read(name.strip(), when)


def _payer(name: str | None, folders: tuple[Path, ...]) -> str | None:
    """The id of a payer that the library knows by this name."""
    if name is None:
        return None
    from praxigen.cli.options import open_library

    return open_library(folders).payer(name).id


def _calendar(path: Path, answers: dict[str, Answer]) -> None:
    from praxigen.exports.calendar import to_ics
    from praxigen.law import overview

    write_file(path, to_ics(overview(answers)))


def _show(page: Blocks, form: str) -> None:
    from praxigen.exports.blocks import to_html, to_markdown, write_text

    if form == "text":
        write_text(page, sys.stdout)
    else:
        show(to_html(page) if form == "html" else to_markdown(page))
