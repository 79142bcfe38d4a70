"""What the reader finds in a note as one self-contained page: the note with every finding marked, and why beside it."""

from __future__ import annotations

from collections.abc import Sequence

from praxigen.engine.timeline import treatment_timeline
from praxigen.exports.findings import Finding, merged, total
from praxigen.exports.highlight import Mark, Use, lines, spans
from praxigen.exports.inline import csp_hash, data, template
from praxigen.exports.outline import Tone
from praxigen.exports.places import captions, lead, line_numbers, unused_lines
from praxigen.exports.timeline_page import timeline_section
from praxigen.model.document import Document
from praxigen.model.fact import Fact, State, Who

_TONES = {
    State.PRESENT: Tone.GOOD,
    State.DONE: Tone.GOOD,
    State.ABSENT: Tone.BAD,
    State.DECLINED: Tone.BAD,
    State.DENIED: Tone.BAD,
    State.POSSIBLE: Tone.OPEN,
    State.PLANNED: Tone.ASIDE,
    State.PAST: Tone.ASIDE,
    State.HYPOTHETICAL: Tone.QUIET,
    State.CLAIMED: Tone.QUIET,
}
_MARKS = {
    Tone.GOOD: Mark.SHOWS,
    Tone.BAD: Mark.AGAINST,
    Tone.OPEN: Mark.CONFLICT,
    Tone.ASIDE: Mark.ASIDE,
    Tone.QUIET: Mark.NEAR,
}
_LEGEND = {
    Mark.SHOWS: "present or done",
    Mark.AGAINST: "absent, declined or denied",
    Mark.CONFLICT: "possible",
    Mark.ASIDE: "planned or past",
    Mark.NEAR: "hypothetical, only claimed, or of another person",
}


def to_html(document: Document, facts: Sequence[Fact], *, explain: bool) -> str:
    """The findings as one HTML page, with the rule and the section of each where asked."""
    found = merged(facts)
    uses = [
        Use(quote, _MARKS[_tone(each)], f"f{number}", str(number), f"{each.concept}, {each.state}")
        for number, each in enumerate(found, start=1)
        for quote in each.quotes
    ]
    for use in uses:
        document.prove(use.quote)
    marked = spans(uses)
    used = {use.mark for use in uses}
    anchors = {(span.start, span.end): span.id for span in marked}
    style = data("report.css")
    return template("findings.html.jinja").render(
        document=document,
        findings=[(each, _tone(each), _MARKS[_tone(each)]) for each in found],
        total=total(found, facts),
        explain=explain,
        treatments=timeline_section(
            treatment_timeline(document, facts), document, lambda quote: anchors[quote.start, quote.end]
        ),
        link=lambda quote: anchors[quote.start, quote.end],
        line_of=lambda offset: document.place(offset).line,
        numbers=line_numbers(document),
        lead=lambda quote: lead(document, quote.start),
        captions=captions(document),
        unused=unused_lines(document),
        note=lines(document, marked),
        legend=[(mark, _LEGEND[mark]) for mark in Mark if mark in used],
        style=style,
        style_hash=csp_hash(style),
    )


def _tone(finding: Finding) -> Tone:
    return Tone.QUIET if finding.fact.who is Who.OTHER else _TONES[finding.fact.state]
