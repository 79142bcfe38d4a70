"""What the commands that draft letters share: their options, and putting the matter and the file together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from praxigen.cli.options import date_option, library_option, open_library, password_option
from praxigen.cli.output import open_notes, refuse_overwrite, show, write_file
from praxigen.errors import EXIT_GAPS, EXIT_MET, UsageError

if TYPE_CHECKING:
    from praxigen.letters.composing.gather import Told
    from praxigen.letters.composing.letter import Letter
    from praxigen.letters.composing.matter import Matter
    from praxigen.library import Library
    from praxigen.model.report import Report

Command = TypeVar("Command", bound=Callable[..., Any])

FORMATS = ("text", "html", "json", "docx", "pdf")
_ENDINGS = {
    "": "text",
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".docx": "docx",
    ".pdf": "pdf",
}
_PATH = click.Path(path_type=Path)


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of a letter command, as typed."""

    chart: tuple[str, ...]
    payer: str | None
    codes: tuple[str, ...]
    plan: str | None
    day: str | None
    stage: str | None
    attested: tuple[str, ...]
    diagnoses: tuple[str, ...]
    fields: tuple[str, ...]
    written_on: str | None
    practice: Path | None
    templates: tuple[Path, ...]
    dispositions: Path | None
    blank: Path | None
    final: bool
    form: str | None
    output: Path | None
    password: str | None
    folders: tuple[Path, ...]
    received: str | None = None
    funding: str | None = None
    state: str | None = None
    denial: str | None = None
    reasons: tuple[str, ...] = ()
    confirmed: bool = False
    call: Path | None = None
    as_typed: bool = False


def letter_options(command: Command) -> Command:
    """Chart, request, practice, people's decisions and the file to write."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return library_option(password_option(command))


_OPTIONS = (
    click.option("--chart", "chart", multiple=True, metavar="FILE", help="File or folder of the chart."),
    click.option("--payer", help="Who pays: an id, name or alias."),
    click.option("--payer-as-typed", "as_typed", is_flag=True, help="Keep a payer that is near to a known one."),
    click.option("--code", "codes", multiple=True, help="A CPT or HCPCS code. Repeat it for several."),
    click.option("--plan", help="Plan type, for example medicare_advantage. Else commercial."),
    date_option,
    click.option("--stage", help="trial, permanent, revision, replacement or removal."),
    click.option("--attest", "attested", metavar="ID", multiple=True, help="A criterion that a person attests."),
    click.option("--diagnosis", "diagnoses", metavar="CODE", multiple=True, help="An ICD-10-CM code of the request."),
    click.option("--give", "fields", metavar="FIELD=VALUE", multiple=True, help="A value, for example units=1."),
    click.option("--date", "written_on", metavar="YYYY-MM-DD", help="The day that the letter is written on."),
    click.option("--practice", type=_PATH, metavar="FILE", help="YAML file with the practice's letterhead."),
    click.option("--templates", type=_PATH, metavar="DIR", multiple=True, help="The practice's own letter templates."),
    click.option("--dispositions", type=_PATH, metavar="FILE", help="What a person decided about each criterion."),
    click.option("--blank-dispositions", "blank", type=_PATH, metavar="FILE", help="Write that file, to be filled in."),
    click.option("--final", is_flag=True, help="Write it without the mark DRAFT, if nothing stands against it."),
    click.option("--format", "form", type=click.Choice(FORMATS), help="Else the ending of --output decides."),
    click.option("--output", "-o", type=_PATH, metavar="FILE", help="Write to FILE, whole or not at all."),
)  # fmt: skip


def answer_options(command: Command) -> Command:
    """The payer's answer: its letter, or its reason as typed; when it came, and whose law reaches the plan."""
    for option in reversed(_ANSWER):
        command = option(command)
    return letter_options(command)


_ANSWER = (
    click.option("--denial", metavar="FILE", help="The payer's letter, 835, 278 or ClaimResponse."),
    click.option("--reason", "reasons", multiple=True, metavar="WORDS", help="The payer's reason, word by word."),
    click.option("--received", metavar="YYYY-MM-DD", help="The day on which the decision was received."),
    click.option("--funding", help="insured, self_funded or government: it decides whose law reaches the plan."),
    click.option("--state", metavar="XX", help="The state in which the policy was issued, for example NJ."),
    click.option("--call", type=_PATH, metavar="FILE", help="What the reviewer said in a peer-to-peer call."),
    click.option("--confirm-patient", "confirmed", is_flag=True, help="A person compared: it is one patient."),
)  # fmt: skip


def check_chart(asked: Asked, stated_payer: str = "") -> tuple[Report, Library]:
    """The check that a letter argues from. Raises UsageError for what is missing or unknown.

    Where the library holds nothing of the payer for the codes, the report answers no criterion and says so.
    `stated_payer` is the name by which the payer's own answer calls a payer whom the library does not know. A name that
    was typed and is like none that the library knows stands as typed: `Report.request.payer` has it.
    """
    from praxigen.api import check
    from praxigen.letters.composing.unknown import is_no_payer_of, knows_nothing, report_without_criteria
    from praxigen.model.request import Request

    if asked.form is None:
        form_of(asked.output)
    if not asked.chart:
        raise UsageError("no chart was given", "Give --chart FILE; repeat it for several.")
    if (asked.payer is None and not stated_payer) or not asked.codes:
        missing = "procedure code" if asked.payer or stated_payer else "payer"
        raise UsageError(f"no {missing} was given", "Give --payer and --code.")
    plan = asked.plan or "commercial"
    payer = asked.payer or stated_payer
    request = Request(payer, asked.codes, plan=plan, date=asked.day, stage=asked.stage, attested=asked.attested)
    for path in (asked.output, asked.blank):
        refuse_overwrite(path, asked.chart)
    library = open_library(asked.folders)
    notes = open_notes(asked.chart, asked.password)
    if asked.payer is not None and (asked.as_typed or is_no_payer_of(library, asked.payer)):
        like = "" if asked.as_typed else "the library knows no payer of this or a like name: "
        click.echo(f"praxigen: {like}{payer!r} stands as typed, and no criteria are argued.", err=True)
        return report_without_criteria(notes, request, "", payer), library
    if asked.payer is None:
        return report_without_criteria(notes, request, "", stated_payer), library
    suggest_as_typed(library, asked.payer)
    if knows_nothing(library, asked.payer, asked.codes, plan):
        known = library.payer(asked.payer)
        return report_without_criteria(notes, request, known.id, known.name), library
    return check(notes, request, library), library


def suggest_as_typed(library: Library, payer: str) -> None:
    """Raises UsageError for a name that is near to a known one: with those names, and how to keep it as typed."""
    try:
        library.payer(payer)
    except UsageError as error:
        hint = (
            f"{error.hint} Or add --payer-as-typed: the letter then goes to {payer!r} and argues no criteria.".strip()
        )
        raise UsageError(error.message, hint) from None


def called(report: Report, library: Library) -> str:
    """What a letter calls the payer: its name in the library, else as it was typed or as its answer states it."""
    held = report.requirement.payer
    return library.payer(held).name if held else report.request.payer


def told_by(asked: Asked) -> Told:
    """What people gave beside the chart."""
    from praxigen.letters.composing.call import read_call
    from praxigen.letters.composing.dispositions import Dispositions, read_dispositions
    from praxigen.letters.composing.gather import Told
    from praxigen.letters.composing.practice import Practice, read_practice

    pairs = []
    for each in asked.fields:
        name, equals, value = each.partition("=")
        if not equals:
            raise UsageError(f"--give {name} has no value", "Write FIELD=VALUE, for example --give member_id=123.")
        pairs.append((name.strip(), value))
    return Told(
        practice=read_practice(asked.practice) if asked.practice else Practice(),
        dispositions=read_dispositions(asked.dispositions) if asked.dispositions else Dispositions(),
        written_on=read_day(asked.written_on, "--date"),
        fields=pairs,
        diagnoses=asked.diagnoses,
        confirmed_patient=asked.confirmed,
        call=read_call(asked.call) if asked.call else None,
    )


def read_day(text: str | None, option: str) -> date | None:
    """A day given as an option."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{option} {text!r} is not a date", "Write it as year-month-day: 2026-08-03.") from None


def deliver(letter: Letter, matter: Matter, asked: Asked) -> int:
    """Write the letter where it is wanted: a draft, or a final one where nothing stands against it."""
    if asked.blank is not None:
        write_blank(letter, matter, asked.blank)
    if asked.final and stands_against(letter, matter):
        return EXIT_GAPS
    write_out(letter, asked, draft=not asked.final)
    return EXIT_MET


def stands_against(letter: Letter, matter: Matter) -> bool:
    """Whether anything keeps the letter from being final; says what."""
    from praxigen.letters.composing.final import obstacles

    against = obstacles(letter, matter)
    if against:
        click.echo("praxigen: the letter is not final, so nothing was written:", err=True)
        for line in against:
            click.echo(f"  - {line}", err=True)
    return bool(against)


def write_blank(letter: Letter, matter: Matter, path: Path) -> None:
    """The file of dispositions for the criteria of a letter, to be filled in by a person."""
    from praxigen.letters.composing.dispositions import blank
    from praxigen.letters.composing.reasons import find_result

    results = [found for name in letter.criteria if (found := find_result(matter, name)) is not None]
    write_file(path, blank(results, matter.report.document.sha256))


def write_out(letter: Letter, asked: Asked, *, draft: bool) -> None:
    """Render and write."""
    form = asked.form or form_of(asked.output)
    if form in ("docx", "pdf"):
        if asked.output is None:
            raise UsageError(f"a {form} file is not shown in a terminal", "Give --output FILE.")
        write_file(asked.output, _bytes(letter, form, draft=draft))
    elif asked.output is not None:
        write_file(asked.output, _text(letter, form, draft=draft))
    else:
        show(_text(letter, form, draft=draft))
    if asked.output is not None:
        from praxigen.letters.composing.template import TEMPLATED

        # A sheet goes to nobody, so that it is neither draft nor final.
        state = ("draft: " if draft else "final: ") if letter.kind in TEMPLATED else ""
        click.echo(f"{state}{letter.title} is in {asked.output}", err=True)


def form_of(output: Path | None) -> str:
    """The format that a file's ending asks for."""
    ending = output.suffix.lower() if output is not None else ""
    if ending not in _ENDINGS:
        raise UsageError(
            f"{output}: there is no letter of the kind {ending!r}", f"Use: {', '.join(filter(None, _ENDINGS))}."
        )
    return _ENDINGS[ending]


def _bytes(letter: Letter, form: str, *, draft: bool) -> bytes:
    if form == "docx":
        from praxigen.letters.composing.writers.docx import to_docx

        return to_docx(letter, draft=draft)
    from praxigen.letters.composing.writers.pdf import to_pdf

    return to_pdf(letter, draft=draft)


def _text(letter: Letter, form: str, *, draft: bool) -> str:
    if form == "html":
        from praxigen.letters.composing.writers.html import to_html

        return to_html(letter, draft=draft)
    if form == "json":
        import json

        from praxigen.letters.composing.writers.plain import plain_letter

        return json.dumps(plain_letter(letter, draft=draft), indent=2, ensure_ascii=False) + "\n"
    from praxigen.letters.composing.writers.text import to_text

    return to_text(letter, draft=draft)
