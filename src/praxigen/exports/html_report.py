"""Report out as one self-contained page: criteria and note side by side, each linked to the other.

The page loads nothing and may run only its own script, by hash: the note is somebody else's text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from praxigen.exports import summary, words
from praxigen.exports.highlight import Mark, Use, lines, spans
from praxigen.exports.inline import csp_hash, data, template
from praxigen.exports.outline import Row, Tone, outline
from praxigen.exports.page_marks import sheets
from praxigen.exports.places import captions, doubt, lead, line_numbers, unused_lines
from praxigen.exports.proof import prove
from praxigen.exports.timeline_page import timeline_section
from praxigen.model.answer import Verdict
from praxigen.model.document import Quote
from praxigen.model.report import Report

_VERDICT_TONES = {
    Verdict.MET: Tone.GOOD,
    Verdict.NOT_MET: Tone.BAD,
    Verdict.NOT_DOCUMENTED: Tone.OPEN,
    Verdict.NO_PUBLIC_CRITERIA: Tone.ASIDE,
}
_MARKS = {Tone.GOOD: Mark.SHOWS, Tone.BAD: Mark.AGAINST, Tone.OPEN: Mark.CONFLICT}
_LEGEND = {
    Mark.SHOWS: "shows a criterion",
    Mark.AGAINST: "says otherwise",
    Mark.CONFLICT: "contradicts itself",
    Mark.WARNED: "to look at: side, level, conflict, age or copy",
    Mark.ASIDE: "settles a waiver, condition or stage",
    Mark.NEAR: "found, but does not count",
    Mark.TIMED: "a treatment of the timeline",
}
STAGE_ANCHOR = "stage"


def to_html(report: Report, payer_name: str = "", pictures: Mapping[int, bytes] | None = None) -> str:
    """The report as one HTML page.

    `pictures` are PNG pictures of pages, by their index in `Document.pages`: on them the evidence is shown where it
    stands (see praxigen.documents.marking.page_pictures, and `evidence_pages` for which pages to draw).
    """
    style, script = data("report.css"), data("report.js")
    return template("report.html.jinja").render(
        payer=payer_name or report.requirement.payer,
        style=style,
        script=script,
        style_hash=csp_hash(style),
        script_hash=csp_hash(script),
        **page_values(report, pictures or {}),
    )


def page_values(report: Report, pictures: Mapping[int, bytes | str]) -> dict[str, Any]:
    """What the templates of the page are given: the report as rows, marks, anchors and lines."""
    prove(report)
    roots = outline(report)
    marked = spans(_uses(report, roots))
    anchors = {(span.start, span.end): span.id for span in marked}
    return {
        "report": report,
        "determinations": list(zip(report.determinations, roots, strict=True)),
        "verdict_tone": _VERDICT_TONES[report.verdict],
        "marks": _MARKS,
        "words": words,
        "summary": summary,
        "treatments": timeline_section(report.timeline, report.document, lambda quote: anchors[quote.start, quote.end]),
        "anchor": row_anchor,
        "link": lambda quote: anchors[quote.start, quote.end],
        "line_of": lambda offset: report.document.place(offset).line,
        "numbers": line_numbers(report.document),
        "doubt": lambda quote: doubt(report.document, quote),
        "lead": lambda quote: lead(report.document, quote.start),
        "captions": captions(report.document),
        "unused": unused_lines(report.document),
        "web": _web,
        "note": lines(report.document, marked),
        "sheets": sheets(report.document, marked, pictures),
        "legend": _legend(use.mark for span in marked for use in span.uses),
        "rows": _rows(roots),
        "starts": (),
        "commands": True,
        "decision": lambda _row: "",
    }


def evidence_pages(report: Report) -> tuple[int, ...]:
    """The indices in `Document.pages` of the pages on which a criterion has its words."""
    found = {
        word.page
        for root in outline(report)
        for row in (root.walk() if root else ())
        for quote in row.quotes
        for word in report.document.words_in(quote.start, quote.end)
    }
    return tuple(sorted(found))


def row_anchor(row: Row) -> str:
    """The anchor of a criterion on the page."""
    return f"c{row.number or '0'}"


def _uses(report: Report, roots: tuple[Row | None, ...]) -> Iterator[Use]:
    """Everything on the page that quotes the note."""
    if report.stage_quote is not None:
        yield Use(report.stage_quote, Mark.ASIDE, STAGE_ANCHOR, "stage", "the stage")
    for number, warning in enumerate(report.chart, start=1):
        for quote in warning.quotes:
            yield Use(quote, Mark.WARNED, f"w{number}", f"!{number}", warning.says)
    for number, episode in enumerate((*report.timeline.dated, *report.timeline.undated), start=1):
        for quote in episode.quotes:
            yield Use(quote, Mark.TIMED, f"t{number}", f"t{number}", f"Treatment: {episode.name}")
    for root in roots:
        for row in root.walk() if root else ():
            for quote in row.quotes:
                yield _use(row, quote, _MARKS.get(row.tone, Mark.ASIDE))
            for miss in row.near:
                for quote in miss.quotes:
                    yield _use(row, quote, Mark.NEAR)


def _legend(used: Iterable[Mark]) -> list[tuple[Mark, str]]:
    """The marks that this page has, and what each means."""
    seen = set(used)
    return [(mark, _LEGEND[mark]) for mark in Mark if mark in seen]


def _rows(roots: tuple[Row | None, ...]) -> dict[str, Row]:
    """Where each criterion first stands on the page."""
    rows: dict[str, Row] = {}
    for root in roots:
        for row in root.walk() if root else ():
            rows.setdefault(row.criterion.id, row)
    return rows


def _use(row: Row, quote: Quote, mark: Mark) -> Use:
    return Use(quote, mark, row_anchor(row), row.number or "all", row.criterion.says)


def _web(address: str | None) -> str:
    """The address if a browser may follow it; a policy file must not be able to put a script behind a link."""
    return address if address and urlsplit(address).scheme in ("https", "http") else ""
