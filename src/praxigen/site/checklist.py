"""A requirement as a checklist in Markdown: to copy into a record system, or to print and tick."""

from __future__ import annotations

from collections.abc import Iterator

from praxigen.model.guideline import Guideline
from praxigen.model.requirement import Requirement, Route
from praxigen.site.blocks import Tree, TreeRow
from praxigen.site.markdown import escaped

_FOOT = "In our words; the payer's own text decides. Not a coverage decision. Tick what the chart shows, with its page."


def checklist(title: str, requirement: Requirement, trees: tuple[tuple[Route, Guideline, Tree], ...]) -> str:
    """Records, criteria and cautions, each with a box."""
    lines = [f"# Checklist: {escaped(title)}", ""]
    lines += [
        f"Reviewed by {escaped(requirement.administrator)}. Verified {requirement.last_verified.isoformat()}.",
        "",
    ]
    if requirement.documents:
        lines += ["## Records to send", ""]
        lines += [f"- [ ] {escaped(each.says)} (needed: {escaped(each.needed)})" for each in requirement.documents]
        lines.append("")
    if requirement.page_criteria:
        lines += ["## What the payer's page asks", ""]
        lines += [f"- [ ] {escaped(each.says)}" for each in requirement.page_criteria] + [""]
    for route, guideline, tree in trees:
        asked = guideline.indications[route.indication or ""]
        lines += [f"## {escaped(asked.title)} ({guideline.id} {escaped(guideline.edition)})", ""]
        lines += [*_rows(tree.root, 0), ""]
    for route in requirement.routes:
        if route.guideline is None and route.upload:
            lines += [f"## {', '.join(route.codes)}: no public criteria; send", ""]
            lines += [f"- [ ] {escaped(line)}" for line in route.upload] + [""]
    return "\n".join([*lines, _FOOT, ""])


def _rows(row: TreeRow, depth: int) -> Iterator[str]:
    lead = f"{row.lead}: " if row.lead else ""
    group = f" ({row.group})" if row.group else ""
    same = f" (as in {row.same_as})" if row.same_as else ""
    label = f" [{row.label.text}]" if row.label and not row.children else ""
    number = f"{row.number} " if row.number else ""
    yield f"{'  ' * depth}- [ ] {number}{lead}{escaped(row.says)}{group}{same}{escaped(label)}"
    for child in row.children:
        yield from _rows(child, depth + 1)
