"""The parts of the report as the workspace shows them: the same criteria and the same note, with room to decide."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import accumulate

from markupsafe import Markup

from praxigen.exports.html_report import page_values
from praxigen.exports.inline import template
from praxigen.exports.outline import Row
from praxigen.model.report import Report


@dataclass(frozen=True, slots=True)
class Screen:
    """HTML of the criteria and of the document, everything of the chart in it escaped."""

    criteria: Markup
    note: Markup


def screen(report: Report, pictures: Mapping[int, str], decision: Callable[[Row], str]) -> Screen:
    """The two halves. `pictures` are addresses of pictures of pages by their index; `decision` is HTML for a row.

    Each line of the document says in `data-at` at which character of the text it begins.
    """
    values = page_values(report, pictures)
    lines = report.document.text.removesuffix("\n").split("\n")
    values["starts"] = (0, *accumulate(len(line) + 1 for line in lines))
    values["decision"] = decision
    values["commands"] = False  # nobody types them here
    return Screen(
        Markup(template("screen.html.jinja").render(values)),  # noqa: S704  the template escapes all that it is given
        Markup(template("screen_note.html.jinja").render(values)),  # noqa: S704
    )
