"""What a payer requires, without a note, as text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from praxigen.exports import words
from praxigen.exports.lookup import Decided, Found
from praxigen.exports.sheet import Sheet, terminal
from praxigen.exports.summary import authorization, code_line, edition, plan, source_line, submission, verified
from praxigen.model.answer import Verdict
from praxigen.model.criterion import Criterion


def write_text(found: tuple[Found, ...], stream: TextIO) -> None:
    """Write the answer for people: in full for one requirement, as a list for several."""
    sheet = Sheet(terminal(stream))
    write = _whole if len(found) == 1 else _brief
    for number, each in enumerate(found):
        if number:
            sheet.gap()
        write(sheet, each)
    sheet.gap()
    sheet.line(words.DISCLAIMER, "italic")


def _title(sheet: Sheet, found: Found) -> None:
    requirement = found.requirement
    sheet.line(f"{found.payer.name}: {requirement.title}", "bold")
    plans = ", ".join(plan(name) for name in requirement.plans)
    about = f"code {found.code.code}" if found.code else words.count(len(requirement.codes), "code")
    sheet.line(f"{plans} plans; {about}")
    sheet.gap()
    for line in authorization((found.code,) if found.code else requirement.codes.values(), requirement):
        sheet.field("Authorization", line)
    if found.code:
        sheet.field(f"Code {found.code.code}", code_line(found.code))
        sheet.field("Listed at", words.cite(found.code.citation))


def _brief(sheet: Sheet, found: Found) -> None:
    _title(sheet, found)
    for each in found.decided:
        codes = "" if found.code else f"{', '.join(each.route.codes)}: "
        sheet.field("Decided by", codes + _decides(each))
    sheet.field("Last verified", found.requirement.last_verified.isoformat())


def _whole(sheet: Sheet, found: Found) -> None:
    requirement = found.requirement
    _title(sheet, found)
    sheet.field("Reviewed by", requirement.administrator)
    for way in requirement.submissions:
        sheet.field("Submit", submission(way))
    sheet.field("Turnaround", requirement.turnaround)
    sheet.field("Last verified", requirement.last_verified.isoformat())
    shown: set[str] = set()
    for each in found.decided:
        _decision(sheet, each, shown)
    sheet.statements("What the payer's own page says", requirement.page_criteria)
    sheet.statements("Cautions", requirement.cautions)
    if requirement.questions:
        sheet.heading("Questions that the page answers")
    for question in requirement.questions:
        sheet.item(question.ask)
        sheet.line(question.answer, indent=2)
    if requirement.documents:
        sheet.heading("Records to send")
    for record in requirement.documents:
        sheet.item(f"{record.says} ({record.needed})")
    if requirement.diagnoses:
        sheet.heading("Diagnoses that commonly support a request (a diagnosis is not a criterion)")
        labels = (f"{each.code} ({each.label})" if each.label else each.code for each in requirement.diagnoses)
        sheet.line(", ".join(labels))
    sheet.heading("Sources")
    for source in requirement.sources.values():
        sheet.item(source_line(source))


def _decides(each: Decided) -> str:
    at = f" at stage {' or '.join(each.route.stages)}" if each.route.stages else ""
    if each.guideline is None:
        return f"no public criteria{at}: {each.route.why}".rstrip(": ")
    return f"{each.guideline.id} {each.guideline.edition}, {each.route.indication}{at}"


def _decision(sheet: Sheet, each: Decided, shown: set[str]) -> None:
    stages = f", stage {' or '.join(each.route.stages)}" if each.route.stages else ""
    if each.guideline is None or each.criteria is None:
        sheet.heading(f"No public criteria{stages}")
        sheet.line(each.route.why or words.VERDICT_MEANS[Verdict.NO_PUBLIC_CRITERIA])
        sheet.field("Source", words.cite(each.route.citation))
        for upload in each.route.upload:
            sheet.field("Upload", upload)
        return
    title = each.guideline.indications[each.route.indication or ""].title
    sheet.heading(f"Criteria: {title}{stages}")
    sheet.field("Guideline", f"{each.guideline.id}, {edition(each.guideline)}")
    sheet.field("Source", source_line(each.guideline.main_source))
    sheet.field("Last verified", verified(each.guideline))
    if each.route.why:
        sheet.line(each.route.why)
    sheet.gap()
    for depth, line in _lines(each.criteria, shown):
        sheet.item(line, indent=2 * depth)


def _lines(node: Criterion, shown: set[str], depth: int = 0, lead: str = "") -> Iterator[tuple[int, str]]:
    """A tree line by line. A group that stands above already is named and not repeated."""
    if not node.children:
        yield depth, lead + node.says
    else:
        known = "; ".join(part.says for part in node.walk())
        yield depth, f"{lead}{node.says} ({'as above' if known in shown else words.group(node)})"
        if known in shown:
            return
        shown.add(known)
    parts = (("asked only if: ", node.applies_if), ("waived if: ", node.unless))
    for role, part in (*parts, *(("", child) for child in node.children)):
        if part is not None:
            yield from _lines(part, shown, depth + 1, role)
