"""The text report: plain in a pipe, coloured on a terminal, the same answers in words in both."""

import io
import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from praxigen.api import check
from praxigen.exports import words
from praxigen.exports.outline import numbered, outline, tally, unmentioned
from praxigen.exports.safe_text import printable
from praxigen.exports.text import to_text, write_text
from praxigen.model.answer import Answer, Reason, Verdict
from praxigen.model.document import Document
from praxigen.model.report import Report
from praxigen.model.request import Request
from support import reports

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def on_terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")

    def write(report: Report, columns: int = 80, **environment: str) -> str:
        monkeypatch.setenv("COLUMNS", str(columns))
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        stream = Terminal()
        write_text(report, stream, "QualCare")
        return stream.getvalue()

    return write


def section(text: str, title: str) -> str:
    """What stands under a heading."""
    return re.split(r"\n\n.*\n-+\n", text.split(f"{title}\n{'-' * len(title)}\n", 1)[1], maxsplit=1)[0]


def test_the_head_says_what_was_asked_and_the_answer() -> None:
    assert to_text(reports.open_trial(), "QualCare").startswith(
        "Dorsal column (lumbar) neurostimulators, trial or implantation\n"
        "QualCare, commercial plan; code 63650; date of service 2026-08-03; note clinic-note.txt\n"
        "\n"
        "NOT DOCUMENTED: CRITERIA ARE OPEN\n"
        "The note is silent or too vague on criteria that the policy asks for.\n"
        "- Spinal cord stimulation (63650): 6 met, 1 exclusion not mentioned, 5 not documented\n"
    )


def test_the_requirement_is_answered_in_words() -> None:
    assert section(to_text(reports.two_routes()), "What the payer requires") == (
        "Authorization  63650, 63685: required\n"
        "Authorization  63662: unknown, which is not the same as not required: ask the payer\n"
        "Code 63650     lead through the skin\n"
        "Code 63685     generator\n"
        "Code 63662     take out a paddle lead; not listed on the payer's page; The page lists 63661 and not\n"
        "               its pair.\n"
        "Reviewed by    eviCore by Evernorth, for Cigna's musculoskeletal and spine programme\n"
        "Submit         portal: eviCore by Evernorth\n"
        "Turnaround     Not stated on the page; it varies by plan and way of submission.\n"
        "Last verified  2026-06-26\n"
        "Stage          trial, follows from the code"
    )


def test_the_tree_shows_answer_reason_quote_and_place() -> None:
    text = section(to_text(reports.refused()), "Lumbar decompression (63685)")
    assert text.split("\n\n", 1)[1] == (
        "NOT MET         Lumbar decompression (all of these)\n"
        "                   source: CMM-211, Indications, trial (binding, from an unverified transcription)\n"
        "WAIVED            1  Six months of conservative care failed (at least 2 of these)\n"
        "                     waived, because its waiver applies\n"
        "APPLIES             1w  Waived if: An emergency is documented\n"
        "                       documented in the note\n"
        '                       "Pain 8/10 every day"  line 4 (260-279)\n'
        "MET                 1.1  Supervised physical therapy for six months\n"
        "                       documented in the note\n"
        '                       "Supervised physical therapy from September 2025 to April 2026 without\n'
        '                       lasting relief"  line 7 (421-505)\n'
        "MET                 1.2  Prescribed medication for six months\n"
        "                       documented in the note\n"
        '                       "Gabapentin 300 mg TID\n'
        '                       for eight months, no meaningful improvement"  line 7 (507-572)\n'
        '                       "no meaningful improvement"  line 8 (547-572)\n'
        "NOT NEEDED          1.3  Cognitive behavioral therapy\n"
        "                       found, but does not count: planned only\n"
        '                       "Cognitive behavioral therapy will be started next month"  line 8 (574-629)\n'
        "NOT MET           2  MRI shows compression of a nerve\n"
        "                     the note says that it is not so\n"
        '                     "no recurrent\n'
        '                     herniation"  line 13 (913-936)\n'
        "NOT APPLICABLE    3  More than 12 weeks since the last operation\n"
        "                     its condition does not hold, so it is not asked\n"
        "DOES NOT APPLY      3c  Asked only if: Operated here before\n"
        "                       the note says that it is not so\n"
        '                       "no recurrent\n'
        '                       herniation"  line 13 (913-936)\n'
        "MET               4  The request is for an initial operation\n"
        "                     settled by what is requested"
    )


def test_a_contradiction_shows_both_sides() -> None:
    text = to_text(reports.open_trial())
    assert "the note contradicts itself" in text
    assert '"Patient reports no depression"' in text
    assert '"severe, untreated depression"' in text


def test_the_gaps_are_neutral_questions() -> None:
    assert section(to_text(reports.open_trial()), "3 questions to settle this request") == (
        "1. When was the behavioral health evaluation, by whom, and what did it find?\n"
        "   Behavioral health evaluation finds no uncontrolled condition: planned only\n"
        "   the note comes near it at line 16\n"
        "   What would document it: A behavioral health provider's note with date, finding and signature.\n"
        "2. Is depression present, and if so how is it treated?\n"
        "   Depression is absent or controlled: the note contradicts itself\n"
        "3. Is the surgeon credentialed for this?\n"
        "   Performed by a credentialed specialist: to be attested by the practice; a note cannot answer it"
    )


def test_where_no_criteria_are_public_it_says_so_and_what_to_upload() -> None:
    text = to_text(reports.private())
    assert "NO PUBLIC CRITERIA\n" in text
    assert section(text, "No public criteria (63662)") == (
        "The criteria for removal are shown only in the administrator's portal.\n"
        "Source         CMM-211, portal (portal-only, title only, not read)\n"
        "Upload         Operative note of the implant\n"
        "Upload         Office note with the reason for removal"
    )


def test_an_open_stage_is_asked_for() -> None:
    text = to_text(reports.asked_stage())
    assert "Stage          not given, and not clear from the note; the criteria depend on it" in text
    assert "which is open, so nothing was compared yet." in text
    assert "Give the stage: trial or permanent." in text


def test_what_the_guideline_does_not_cover_is_listed_once() -> None:
    text = to_text(reports.open_trial())
    assert section(text, "Not covered under this guideline (evicore.cmm-211)").startswith("- Axial back pain alone.\n")
    assert text.count("Axial back pain alone.") == 1
    assert "Not covered" not in to_text(reports.private())


def test_the_command_that_explains_a_line_is_named() -> None:
    text = to_text(reports.open_trial())
    assert "Explain        praxigen explain cmm-211/trial/NUMBER shows what the line with a number asks\n" in text


def test_exclusions_that_nothing_speaks_of_are_counted_apart() -> None:
    root = next(row for row in outline(reports.open_trial()) if row)
    assert (unmentioned(root), tally(root)[Answer.MET]) == (1, 7)
    report = reports.everything_met()
    assert "2 met\n" in to_text(report)


@pytest.mark.parametrize(("code", "stage"), [("63650", "trial"), ("63685", "permanent"), ("63047", None)])
def test_the_numbers_of_a_tree_are_those_of_its_rows(code: str, stage: str | None) -> None:
    report = check(Document("note.txt", "Failed back surgery syndrome."), Request("qualcare", code, stage=stage))
    (root,) = outline(report)
    assert root is not None
    numbers = dict(numbered(root.criterion))
    assert all(numbers[row.number] == row.criterion for row in root.walk())


def test_a_guideline_that_nobody_reviewed_says_so() -> None:
    assert "Last verified  2026-06-26 (draft: not yet reviewed by a second person)" in to_text(reports.open_trial())


@pytest.mark.parametrize("make", reports.ALL.values(), ids=reports.ALL)
def test_every_report_ends_with_the_standing_sentence(make: Callable[[], Report]) -> None:
    assert " ".join(to_text(make()).split()).endswith(words.DISCLAIMER)


@pytest.mark.parametrize("make", reports.ALL.values(), ids=reports.ALL)
def test_plain_text_has_no_control_codes_no_trailing_blanks_and_fits(make: Callable[[], Report]) -> None:
    for line in to_text(make()).splitlines():
        assert line.isprintable()
        assert line == line.rstrip()
        assert len(line) <= 100


def test_a_pipe_is_plain_whatever_the_terminal_is(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = to_text(reports.open_trial())
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("COLORTERM", "truecolor")
    assert to_text(reports.open_trial()) == plain


def test_a_terminal_gets_colour_and_its_width(on_terminal: Callable[..., str]) -> None:
    text = on_terminal(reports.open_trial(), 80)
    assert "\x1b[1;32mMET" in text
    assert max(len(ESCAPE.sub("", line)) for line in text.splitlines()) <= 80


def test_no_color_is_honoured(on_terminal: Callable[..., str]) -> None:
    text = on_terminal(reports.open_trial(), 80, NO_COLOR="1")
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", text)


def test_a_narrow_terminal_stacks_answer_and_criterion(on_terminal: Callable[..., str]) -> None:
    text = ESCAPE.sub("", on_terminal(reports.open_trial(), 40))
    assert "\nMET\n     1.1.1  Failed back surgery" in text
    assert max(len(line) for line in text.splitlines()) <= 40


def test_a_very_wide_terminal_keeps_lines_readable(on_terminal: Callable[..., str]) -> None:
    text = ESCAPE.sub("", on_terminal(reports.open_trial(), 300))
    assert max(len(line) for line in text.splitlines()) <= 120


def test_codes_in_a_note_cannot_reach_the_terminal() -> None:
    note = reports.NOTE.replace("failed back surgery syndrome", "\x1b[2Jiled back \u202esurgery synd")
    report = reports.everything_met()
    root = report.determinations[0].result
    assert root is not None
    quote = Document("clinic-note.txt", note).quote(note.index("\x1b"), note.index("synd)") + 4)
    hostile = replace(root, children=(replace(root.children[0], quotes=(quote,)), *root.children[1:]))
    determination = replace(report.determinations[0], result=hostile)
    text = to_text(replace(report, document=Document("clinic-note.txt", note), determinations=(determination,)))
    assert '"<U+001B>[2Jiled back <U+202E>surgery synd"' in text
    assert "\x1b" not in text


def test_printable_keeps_line_ends_and_letters() -> None:
    assert printable("Füße\r\n\tok") == "Füße\n\tok"
    assert printable("a\rb\x9b") == "a<U+000D>b<U+009B>"


def test_every_answer_reason_and_verdict_has_words() -> None:
    assert set(words.ANSWERS) == set(Answer)
    assert set(words.REASONS) == set(Reason)
    assert set(words.VERDICTS) == set(words.VERDICT_MEANS) == set(Verdict)


def test_a_sentence_begins_large_and_ends_once() -> None:
    assert words.sentence("leg pain ") == "Leg pain."
    assert words.sentence("Which side?") == "Which side?"


def test_counts_agree_with_their_noun() -> None:
    assert (words.count(1, "criterion"), words.count(2, "criterion"), words.count(0, "gap")) == (
        "1 criterion",
        "2 criteria",
        "0 gaps",
    )
