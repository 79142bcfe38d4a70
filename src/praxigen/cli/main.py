"""The praxigen command: finds the subcommand, runs it, and turns whatever happens into one message and an exit code."""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from praxigen.cli.group import Commands
from praxigen.errors import EXIT_USAGE, PraxigenError, QuoteMismatchError

EXIT_INTERNAL = 70
EXIT_INTERRUPTED = 130
EXIT_PIPE_CLOSED = 141

_COMMANDS = {
    "check": "praxigen.cli.check:check_note",
    "lookup": "praxigen.cli.lookup:lookup",
    "compare": "praxigen.cli.compare:compare",
    "explain": "praxigen.cli.explain:explain",
    "code": "praxigen.cli.code:code",
    "deadlines": "praxigen.cli.deadlines:deadlines",
    "denial": "praxigen.cli.denial:denial",
    "library": "praxigen.cli.library:library",
    "site": "praxigen.cli.site:site",
    "evaluate": "praxigen.cli.evaluate:evaluate",
    "read": "praxigen.cli.read:read",
    "redact": "praxigen.cli.redact:redact",
    "request-letter": "praxigen.cli.request_letter:request_letter",
    "appeal": "praxigen.cli.appeal:appeal",
    "p2p": "praxigen.cli.p2p:p2p",
    "packet": "praxigen.cli.packet:packet",
    "addendum": "praxigen.cli.addendum:addendum",
    "serve": "praxigen.cli.serve:serve",
    "audit": "praxigen.cli.audit:audit",
    "backup": "praxigen.cli.backup:backup",
    "restore": "praxigen.cli.backup:restore",
    "keys": "praxigen.cli.keys:keys",
    "practice": "praxigen.cli.practice:practice",
}


@click.group(cls=Commands, commands_at=_COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="praxigen", message="praxigen %(version)s")
def praxigen() -> None:
    """Check a clinical note against a payer's written criteria before you submit.

    It compares what the note documents with the criteria, shows the words, and says what is missing. It decides
    nothing and sends nothing: you review and submit.

    \b
    Examples:
      praxigen check note.txt --payer qualcare --code 63650 --date-of-service 2026-08-03
      praxigen check note.txt --payer qualcare --code 63047 --output report.html
      praxigen lookup scs qualcare
      praxigen compare --code 63650 --payers qualcare,medicare
      praxigen explain cmm-211/conservative-care

    \b
    Exit codes:
      0  every criterion met, or the command did what it was asked
      1  gaps: something is not documented, or the note says otherwise
      2  wrong usage: an unknown payer, code or option, a fault in a policy file
      3  the note could not be read
      4  no public criteria for this request
    """


def main() -> NoReturn:
    """The entry point of the installed command."""
    # A check lives for a fraction of a second and builds many small values that all stay: collecting them costs more.
    gc.disable()
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code. Never shows a traceback."""
    _never_fail_on_letters()
    try:
        with praxigen.make_context("praxigen", list(arguments)) as context:
            code = praxigen.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return EXIT_USAGE
    except click.ClickException as error:
        return _complain(error.format_message(), _usage_hint(error), EXIT_USAGE)
    except QuoteMismatchError as error:
        return _complain(f"internal error: {error.message}", "Please report this.", EXIT_INTERNAL)
    except PraxigenError as error:
        return _complain(error.message, error.hint, error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        return _pipe_closed()
    except Exception as error:  # noqa: BLE001  whatever it is, its message may hold a patient's words
        return _complain(f"internal error: {_where(error)}", "The note is left out of this message.", EXIT_INTERNAL)
    return code if isinstance(code, int) else 0


def _complain(message: str, hint: str, code: int) -> int:
    click.echo(f"praxigen: {message}" + (f"\n  {hint}" if hint else ""), err=True)
    return code


def _usage_hint(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    return f"'{context.command_path} --help' shows how." if context is not None else ""


def _where(error: BaseException) -> str:
    """The kind of an error and the line of ours that it came from, without its message."""
    trace = error.__traceback__
    place = "unknown place"
    while trace is not None:
        name = trace.tb_frame.f_globals.get("__name__", "")
        if name.startswith("praxigen"):
            place = f"{name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__} at {place}"


def _pipe_closed() -> int:
    """Whoever read our output has stopped, as `head` does: end quietly, and keep Python from complaining at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    return EXIT_PIPE_CLOSED


def _never_fail_on_letters() -> None:
    """Let a terminal that cannot show a letter of the note show its number instead."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
