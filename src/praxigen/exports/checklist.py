"""The report as a checklist on letter paper: the first pages of the annotated copy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from praxigen.exports import summary, words
from praxigen.exports.outline import Row, Tone
from praxigen.exports.places import doubt, place
from praxigen.exports.typeset import plain
from praxigen.model.answer import Verdict
from praxigen.model.document import Document, Quote
from praxigen.model.report import Report

INKS = {
    Tone.GOOD: (0.05, 0.42, 0.26),
    Tone.BAD: (0.62, 0.11, 0.18),
    Tone.OPEN: (0.52, 0.32, 0.0),
    Tone.ASIDE: (0.16, 0.27, 0.56),
    Tone.QUIET: (0.35, 0.38, 0.42),
}
_VERDICT = {
    Verdict.MET: Tone.GOOD,
    Verdict.NOT_MET: Tone.BAD,
    Verdict.NOT_DOCUMENTED: Tone.OPEN,
    Verdict.NO_PUBLIC_CRITERIA: Tone.ASIDE,
}
_WIDE = 504.0  # points between the margins
_ANSWER = 86.0


@dataclass(slots=True)
class Placed:
    """Where things stand on the checklist: page from 1 and a box from the lower left corner, by their key."""

    boxes: dict[Any, tuple[int, tuple[float, float, float, float]]] = field(default_factory=dict)


def checklist(
    report: Report, roots: tuple[Row | None, ...], payer: str, keys: Callable[[Row, Quote], Any]
) -> tuple[bytes, Placed]:
    """The pages as a PDF, and where each row (by itself) and quote (by `keys`) stands on them."""
    from reportlab.lib.pagesizes import letter
    from reportlab.platypus import SimpleDocTemplate

    out, placed = BytesIO(), Placed()
    paper = SimpleDocTemplate(
        out,
        pagesize=letter,
        leftMargin=54,
        rightMargin=54,
        topMargin=50,
        bottomMargin=50,
        title=plain(report.requirement.title),
        author="praxigen",
        invariant=1,
    )
    paper.build(list(_story(report, roots, payer, keys, placed)), onFirstPage=_foot, onLaterPages=_foot)
    return out.getvalue(), placed


def _foot(canvas: Any, paper: Any) -> None:
    canvas.setFont("Helvetica", 7.5)
    canvas.setFillGray(0.4)
    canvas.drawString(54, 30, "Made by praxigen. Not a coverage decision. Highlights lead to the words in the chart.")
    canvas.drawRightString(558, 30, f"checklist, page {paper.page}")


def _story(
    report: Report, roots: tuple[Row | None, ...], payer: str, keys: Callable[[Row, Quote], Any], placed: Placed
) -> Iterator[Any]:
    from reportlab.platypus import Spacer

    yield _text(report.requirement.title, 15, bold=True)
    yield _text(f"{payer}, {summary.plan(report.request.plan)} plan; {summary.asked_for(report)}", 9.5)
    yield Spacer(1, 8)
    yield _text(words.VERDICTS[report.verdict], 12, bold=True, ink=INKS[_VERDICT[report.verdict]])
    yield _text(summary.verdict_means(report), 9.5)
    for line in summary.authorization(report.codes, report.requirement):
        yield _text(f"Prior authorization for {line}", 9.5)
    for warning in report.warnings:
        yield _text(f"Please note: {warning}", 8.5, ink=INKS[Tone.OPEN])
    for seen in report.chart:
        yield _text(f"In the chart: {seen.says}", 8.5, ink=INKS[Tone.OPEN])
        for quote in seen.quotes:
            yield _text(f"\u201c{quote.text}\u201d {place(report.document, quote.start)}", 8, indent=12)
    for determination, root in zip(report.determinations, roots, strict=True):
        yield Spacer(1, 10)
        yield _text(summary.subject(determination), 11.5, bold=True)
        if determination.guideline is not None:
            yield _text(
                f"{determination.guideline.id}, {summary.edition(determination.guideline)}; "
                f"{summary.source_line(determination.guideline.main_source)}",
                8.5,
                ink=INKS[Tone.QUIET],
            )
        if root is None:
            yield _text(determination.why or words.VERDICT_MEANS[Verdict.NO_PUBLIC_CRITERIA], 9.5)
        else:
            yield from _rows(report.document, root, keys, placed)
    if report.gaps:
        yield Spacer(1, 10)
        yield _text(summary.gaps_heading(report), 11.5, bold=True)
        for number, gap in enumerate(report.gaps, 1):
            yield _text(f"{number}. {gap.ask}", 9.5)
    yield Spacer(1, 10)
    yield _text(words.DISCLAIMER, 8, ink=INKS[Tone.QUIET])
    receipt = report.receipt
    yield _text(f"praxigen {receipt.engine}; note {receipt.document_sha256}", 7, ink=INKS[Tone.QUIET])


def _rows(document: Document, row: Row, keys: Callable[[Row, Quote], Any], placed: Placed) -> Iterator[Any]:
    from reportlab.platypus import Spacer

    indent = _ANSWER + min(10 * row.depth, 120)
    number = f"{row.number}  " if row.number else ""
    yield Spacer(1, 3)
    yield _placed(
        placed,
        ("row", id(row)),
        f"{number}{row.criterion.says}",
        9.5,
        bold=bool(row.children),
        indent=indent,
        label=(row.label, INKS[row.tone]),
    )
    for told in (row.reason, row.caveat):
        if told:
            yield _text(words.sentence(told), 8.5, indent=indent + 8, ink=INKS[Tone.QUIET])
    for quote in row.quotes:
        hint = doubt(document, quote)
        where = place(document, quote.start) + (f"; {hint}" if hint else "")
        text = f"“{' '.join(quote.text.split())}”  ({where})"
        yield _placed(placed, keys(row, quote), text, 8.5, indent=indent + 8, ink=(0.08, 0.33, 0.54))
    if not row.folded:
        for child in row.children:
            yield from _rows(document, child, keys, placed)


def _style(size: float, *, bold: bool, indent: float, ink: tuple[float, float, float]) -> Any:
    from reportlab.lib.colors import Color
    from reportlab.lib.styles import ParagraphStyle

    return ParagraphStyle(
        "line",
        fontName="Helvetica-Bold" if bold else "Helvetica",
        fontSize=size,
        leading=size * 1.3,
        leftIndent=indent,
        textColor=Color(*ink),
        splitLongWords=1,
    )


def _text(
    text: str,
    size: float,
    *,
    bold: bool = False,
    indent: float = 0,
    ink: tuple[float, float, float] = (0.09, 0.13, 0.18),
) -> Any:
    from reportlab.platypus import Paragraph

    return Paragraph(escape(plain(text)), _style(size, bold=bold, indent=indent, ink=ink))


def _placed(
    placed: Placed,
    key: Any,
    text: str,
    size: float,
    *,
    bold: bool = False,
    indent: float,
    ink: tuple[float, float, float] = (0.09, 0.13, 0.18),
    label: tuple[str, tuple[float, float, float]] | None = None,
) -> Any:
    """A paragraph that notes where it comes to stand; `label` stands in the column before it."""
    from reportlab.platypus import Paragraph

    class Noted(Paragraph):  # type: ignore[misc]  # reportlab has no types
        def draw(self) -> None:
            x, y = self.canv.absolutePosition(0, 0)
            box = (x + indent, y, x + _WIDE, y + self.height)
            placed.boxes.setdefault(key, (self.canv.getPageNumber(), box))
            if label is not None:
                self.canv.setFont("Helvetica-Bold", 8)
                self.canv.setFillColorRGB(*label[1])
                self.canv.drawString(0, self.height - 9.5, plain(label[0]).upper())
            super().draw()

    return Noted(escape(plain(text)), _style(size, bold=bold, indent=indent, ink=ink))
