"""A requirement as a checklist in plain text: to paste into a record system, or to print and tick."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from praxigen.exports.safe_text import printable
from praxigen.model.guideline import Guideline
from praxigen.model.requirement import Requirement, Route
from praxigen.site.blocks import Tree, TreeRow

CHECKLIST = "checklist.txt"  # in the folder of the requirement's page
_FOOT = "In our words; the payer's own text decides. Not a coverage decision. Tick what the chart shows, with its page."


def checklist(title: str, requirement: Requirement, trees: tuple[tuple[Route, Guideline, Tree], ...]) -> str:
    """Records, criteria with what would document each, and the ways to submit. What asks for something has a box."""
    parts = [
        [f"Checklist: {title}"],
        [f"Reviewed by: {requirement.administrator}", f"Last verified: {requirement.last_verified.isoformat()}"],
        _boxes("Records to send", [f"{each.says} (needed: {each.needed})" for each in requirement.documents]),
        _boxes("What the payer's page asks", [each.says for each in requirement.page_criteria]),
        *(_criteria(requirement, route, guideline, tree) for route, guideline, tree in trees),
        *(
            _boxes(f"{', '.join(route.codes)}: no public criteria; send", list(route.upload))
            for route in requirement.routes
            if route.guideline is None
        ),
        _submit(requirement),
        [_FOOT],
    ]
    return "\n\n".join("\n".join(map(printable, lines)) for lines in parts if lines) + "\n"


def _boxes(heading: str, asked: list[str]) -> list[str]:
    return [heading.upper(), *(f"[ ] {each}" for each in asked)] if asked else []


def _criteria(requirement: Requirement, route: Route, guideline: Guideline, tree: Tree) -> list[str]:
    held = [
        each for each in requirement.routes if (each.guideline, each.indication) == (guideline.id, route.indication)
    ]
    codes = dict.fromkeys(chain.from_iterable(each.codes for each in held))
    stages = dict.fromkeys(chain.from_iterable(each.stages for each in held))
    where = f" at stage {' or '.join(stages)}" if stages else ""
    asked = guideline.indications[route.indication or ""]
    return [
        asked.title.upper(),
        f"{guideline.id} {guideline.edition}; decides {', '.join(codes)}{where}",
        *_rows(tree.root, 0),
    ]


def _rows(row: TreeRow, depth: int) -> Iterator[str]:
    lead = f"{row.lead}: " if row.lead else ""
    group = f" ({row.group})" if row.group else ""
    same = f" (as in {row.same_as})" if row.same_as else ""
    number = f"{row.number} " if row.number else ""
    indent = "    " * depth
    if row.children:
        yield f"{indent}{number}{lead}{row.says}{group}:"
    else:
        label = f" [{row.label.text}]" if row.label else ""
        yield f"{indent}[ ] {number}{lead}{row.says}{same}{label}"
        if row.documents:
            yield f"{indent}    shown by: {row.documents}"
    for child in row.children:
        yield from _rows(child, depth + 1)


def _submit(requirement: Requirement) -> list[str]:
    ways = [
        ", ".join(filter(None, (way.method, way.portal, way.phone and f"telephone {way.phone}",
                                way.fax and f"fax {way.fax}")))
        for way in requirement.submissions
    ]  # fmt: skip
    return ["HOW TO SUBMIT", *ways] if ways else []
