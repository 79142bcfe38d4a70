"""Report out for a terminal: laid out and coloured there, plain text in a pipe or a file."""

from __future__ import annotations

from io import StringIO
from typing import TextIO

from praxigen.exports import summary, words
from praxigen.exports.outline import Row, outline
from praxigen.exports.proof import prove
from praxigen.exports.sheet import Sheet, terminal
from praxigen.exports.text_tree import quote_text, write_tree
from praxigen.exports.timeline_text import write_timeline
from praxigen.model.answer import Verdict
from praxigen.model.guideline import Guideline
from praxigen.model.report import Determination, Gap, Report

VERDICT_STYLES = {
    Verdict.MET: "bold green",
    Verdict.NOT_MET: "bold red",
    Verdict.NOT_DOCUMENTED: "bold yellow",
    Verdict.NO_PUBLIC_CRITERIA: "bold cyan",
}


def to_text(report: Report, payer_name: str = "") -> str:
    """The report as plain text, 100 characters wide, without colour."""
    stream = StringIO()
    write_text(report, stream, payer_name)
    return stream.getvalue()


def write_text(report: Report, stream: TextIO, payer_name: str = "") -> None:
    """Write the report to a stream, in colour and to its width where that is a terminal."""
    prove(report)
    sheet = Sheet(terminal(stream))
    roots = outline(report)
    _head(sheet, report, payer_name or report.requirement.payer)
    _verdicts(sheet, report, roots)
    _warnings(sheet, report)
    _chart(sheet, report)
    _requirement(sheet, report)
    for determination, root in zip(report.determinations, roots, strict=True):
        _determination(sheet, report, determination, root)
    for guideline in summary.guidelines(report):
        sheet.statements(summary.not_covered(guideline), guideline.not_covered)
    write_timeline(sheet, report.timeline)
    _page(sheet, report)
    _gaps(sheet, report)
    _receipt(sheet, report)
    sheet.gap()
    sheet.line(words.DISCLAIMER, "italic")


def _head(sheet: Sheet, report: Report, payer: str) -> None:
    sheet.line(report.requirement.title, "bold")
    sheet.line(f"{payer}, {summary.plan(report.request.plan)} plan; {summary.asked_for(report)}")
    sheet.gap()


def _verdicts(sheet: Sheet, report: Report, roots: tuple[Row | None, ...]) -> None:
    sheet.line(words.VERDICTS[report.verdict].upper(), VERDICT_STYLES[report.verdict])
    sheet.line(summary.verdict_means(report))
    for determination, root in zip(report.determinations, roots, strict=True):
        score = summary.score(root) or "nothing compared"
        sheet.item(f"{summary.subject(determination)}: {score}")


def _warnings(sheet: Sheet, report: Report) -> None:
    if report.warnings:
        sheet.heading("Please note")
    for warning in report.warnings:
        sheet.item(warning, "yellow")


def _chart(sheet: Sheet, report: Report) -> None:
    if report.chart:
        sheet.heading(words.CHART)
    for warning in report.chart:
        sheet.item(warning.says, "yellow")
        for quote in warning.quotes:
            sheet.block(quote_text(report.document, quote), 2)


def _requirement(sheet: Sheet, report: Report) -> None:
    held = report.requirement
    sheet.heading("What the payer requires")
    for line in summary.authorization(report.codes, held):
        sheet.field("Authorization", line)
    for entry in report.codes:
        sheet.field(f"Code {entry.code}", summary.code_line(entry))
    sheet.field("Reviewed by", held.administrator)
    for way in held.submissions:
        sheet.field("Submit", summary.submission(way))
    sheet.field("Turnaround", held.turnaround)
    sheet.field("Last verified", held.last_verified.isoformat())
    stage = summary.stage(report)
    if stage:
        sheet.field("Stage", stage)
    if report.stage_quote:
        sheet.under_field(quote_text(report.document, report.stage_quote))


def _guideline(sheet: Sheet, guideline: Guideline) -> None:
    sheet.field("Guideline", f"{guideline.id}, {summary.edition(guideline)}")
    sheet.field("Source", summary.source_line(guideline.main_source))
    sheet.field("Last verified", summary.verified(guideline))


def _determination(sheet: Sheet, report: Report, determination: Determination, root: Row | None) -> None:
    sheet.heading(summary.subject(determination))
    if determination.guideline is not None:
        _guideline(sheet, determination.guideline)
        sheet.field("Explain", f"{summary.explained_by(determination)} shows what the line with a number asks")
    if root is not None:
        if determination.why:
            sheet.line(determination.why)
        sheet.gap()
        write_tree(sheet, report.document, root)
        return
    sheet.line(determination.why or words.VERDICT_MEANS[Verdict.NO_PUBLIC_CRITERIA])
    sheet.field("Source", words.cite(determination.route.citation))
    for upload in determination.route.upload:
        sheet.field("Upload", upload)


def _gaps(sheet: Sheet, report: Report) -> None:
    if not report.gaps:
        return
    sheet.heading(summary.gaps_heading(report))
    for number, gap in enumerate(report.gaps, start=1):
        _gap(sheet, report, number, gap)


def _gap(sheet: Sheet, report: Report, number: int, gap: Gap) -> None:
    sheet.item(gap.ask, "bold", mark=f"{number}.")
    sheet.line(f"{gap.criterion.says}: {words.because(gap.criterion, gap.reason)}", "dim", indent=3)
    seen = summary.seen_at(report.document, gap)
    if seen:
        sheet.line(seen, "dim", indent=3)
    if gap.criterion.would_document:
        sheet.line(f"What would document it: {gap.criterion.would_document}", indent=3)


def _page(sheet: Sheet, report: Report) -> None:
    held = report.requirement
    sheet.statements("What the payer's own page says", held.page_criteria)
    sheet.statements("Cautions", held.cautions)
    if held.documents:
        sheet.heading("Records to send")
    for record in held.documents:
        sheet.item(f"{record.says} ({record.needed})")
    if held.diagnoses:
        sheet.heading("Diagnoses that commonly support a request (a diagnosis is not a criterion)")
        sheet.line(", ".join(each.code for each in held.diagnoses))


def _receipt(sheet: Sheet, report: Report) -> None:
    receipt = report.receipt
    sheet.heading("Receipt")
    sheet.field("Engine", receipt.engine)
    sheet.field("Note", f"{receipt.document} {receipt.document_sha256}")
    sheet.field("Lexicon", receipt.lexicon_sha256)
    sheet.field("Requirement", receipt.requirement_sha256)
    for name, edition, sha256 in receipt.guidelines:
        sheet.field("Guideline", f"{name} {edition} {sha256}")
    sheet.field("Request", "; ".join(f"{name} {value}" for name, value in receipt.request if value))
