"""The treatments of a chart in time as a section of a web page: the drawing, and a table that says the same."""

from __future__ import annotations

from collections.abc import Callable

from praxigen.exports import timeline as told
from praxigen.exports.inline import template
from praxigen.exports.places import place
from praxigen.exports.timeline_drawing import drawing
from praxigen.model.document import Document, Quote
from praxigen.model.timeline import Timeline


def timeline_section(timeline: Timeline, document: Document, link: Callable[[Quote], str]) -> str:
    """The section, escaped as it stands; empty where the chart tells of no treatment.

    `link` gives the anchor of a quote on the page.
    """
    if timeline.empty:
        return ""
    return template("timeline.html.jinja").render(
        timeline=timeline,
        time=told,
        drawing=drawing(timeline),
        link=link,
        place=lambda quote: place(document, quote.start),
    )
