"""What payers require, without a note, as a page for people."""

from __future__ import annotations

from collections.abc import Iterator

from praxigen.exports import words
from praxigen.exports.blocks import Blocks
from praxigen.exports.lookup import Decided, Found, Lookup
from praxigen.exports.summary import authorization, code_line, edition, plan, source_line, submission, verified
from praxigen.library.catalog import Kind, Reading
from praxigen.model.answer import Verdict
from praxigen.model.criterion import Criterion
from praxigen.model.provenance import Citation, Trust
from praxigen.model.requirement import Submission
from praxigen.model.rule import Listing, RuleFinding

_KINDS = {
    Kind.PAYER: "payer",
    Kind.PROCEDURE: "procedure",
    Kind.CODE: "code",
    Kind.DIAGNOSIS: "diagnosis",
    Kind.PLAN: "plan type",
    Kind.STATE: "state",
    Kind.WORD: "word to find",
}
_LISTINGS = {
    Listing.LISTED: "on the list",
    Listing.NOT_LISTED: "not on the list",
    Listing.NOT_YET: "not on the list yet on this day",
    Listing.REMOVED: "taken off the list",
    Listing.GENERAL: "holds for every code",
}
_BY_RULE = {
    "required": "this rule asks for prior authorization",
    "voluntary": "nobody has to ask beforehand; without a request the claim is reviewed before it is paid",
    "not_required": "this rule asks for none; other rules and the payer still may",
    "none": "it says nothing of prior authorization",
}
_OPEN = {
    "state": "the state",
    "place": "the place of service",
    "funding": "who funds the plan",
    "payer": "the payer",
    "date": "the date of service",
    "only_with": "another code of the request",
}

_SHARED = 8  # codes of one line


def to_page(lookup: Lookup) -> Blocks:
    """The answer: in full for one or two requirements, as a list for more."""
    page = Blocks()
    if len(lookup.found) > 1 or lookup.asked.shared or not all(reading.sure for reading in lookup.asked.readings):
        _head(page, lookup)
    if lookup.by_rule_alone:
        page.title("No payer's requirement is in the library for this; a rule above the payers is")
        page.line("What a payer asks is not known from this: ask the payer.")
    for found in lookup.found:
        (_whole if lookup.full else _brief)(page, found)
    for code, findings in lookup.rules:
        _rules(page, code, findings)
    if any(reading.kind is Kind.STATE for reading in lookup.asked.readings):
        page.line("What payers ask is not kept by state; the state counts for national and state rules only.")
    page.line(words.DISCLAIMER)
    return page


def reading_line(reading: Reading) -> str:
    """How some words of the question were read."""
    near = "read as " if reading.corrected else "part of a name of " if reading.part else ""
    return f"{reading.text!r}: {near}{_KINDS[reading.kind]} {' or '.join(reading.meant)}"


def _head(page: Blocks, lookup: Lookup) -> None:
    count = words.count(lookup.total, "requirement")
    shown = len({found.requirement.id for found in lookup.found})
    rest = f", of which the first {shown} are shown; name a payer or a code to see the rest" * (shown < lookup.total)
    page.title(f"{count} found{rest}")
    for reading in lookup.asked.readings:
        page.field("Understood", reading_line(reading))
    if lookup.asked.shared:
        page.field("Understood", _shared_line(lookup))


def _shared_line(lookup: Lookup) -> str:
    titles = " and ".join(dict.fromkeys(found.requirement.title for found in lookup.found))
    codes = lookup.asked.shared
    listed = ", ".join(codes[:_SHARED]) + (f" and {len(codes) - _SHARED} more" if len(codes) > _SHARED else "")
    return f"this payer has nothing of that name; {titles} lists the same codes: {listed}"


def _title(page: Blocks, found: Found) -> None:
    requirement = found.requirement
    page.title(f"{found.payer.name}: {requirement.title}")
    plans = ", ".join(plan(name) for name in requirement.plans)
    about = f"code {found.code.code}" if found.code else words.count(len(requirement.codes), "code")
    page.subtitle(f"{plans} plans; {about}")
    for line in authorization((found.code,) if found.code else requirement.codes.values(), requirement):
        page.field("Authorization", line)
    if found.code:
        page.field(f"Code {found.code.code}", code_line(found.code))
        page.field("Why", _why(found.code.citation))
    for each in found.decided:
        codes = "" if found.code else f"{', '.join(each.route.codes)}: "
        page.field("Coverage rule", codes + _decides(each))
    if _only_covered(found):
        page.field("Mind", "A coverage rule says when the service is paid for, not whether to ask beforehand.")
    for correction in found.corrections:
        page.field("Correction", f"The page says: {correction.page_says} We say: {correction.we_say} {correction.why}")


def _only_covered(found: Found) -> bool:
    """Whether criteria are public for something of which it is not known that authorization is needed."""
    entries = (found.code,) if found.code else found.requirement.codes.values()
    asked = {entry.prior_authorization for entry in entries}
    return any(each.edition for each in found.decided) and "required" not in asked


def _why(citation: Citation) -> str:
    """The source of an answer, its trust, how it was read, and its dates."""
    source = citation.source
    dates = [f"in force from {source.effective.isoformat()}"] if source.effective else []
    dates += [f"read on {source.retrieved.isoformat()}"] if source.retrieved else []
    return "; ".join([words.cite(citation), *dates])


def _brief(page: Blocks, found: Found) -> None:
    _title(page, found)
    page.field("Reviewed by", found.requirement.administrator)
    for way in found.requirement.submissions:
        page.field("Submit", _submission(way))
    page.field("Last verified", found.requirement.last_verified.isoformat())


def _whole(page: Blocks, found: Found) -> None:
    requirement = found.requirement
    _brief(page, found)
    page.field("Turnaround", requirement.turnaround)
    shown: set[str] = set()
    for each in found.decided:
        _decision(page, each, shown)
    page.statements("What the payer's own page says", requirement.page_criteria)
    page.statements("Cautions", requirement.cautions)
    if requirement.questions:
        page.heading("Questions that the page answers")
    for question in requirement.questions:
        page.item(question.ask)
        page.remark(question.answer, 1)
    if requirement.documents:
        page.heading("Records to send")
    for record in requirement.documents:
        page.item(f"{record.says} ({record.needed})")
    if requirement.diagnoses:
        page.heading("Diagnoses that commonly support a request (a diagnosis is not a criterion)")
        labels = (f"{each.code} ({each.label})" if each.label else each.code for each in requirement.diagnoses)
        page.line(", ".join(labels))
    page.heading("Sources")
    for source in requirement.sources.values():
        page.item(source_line(source))


def _submission(way: Submission) -> str:
    numbers = [f"telephone {way.phone}"] if way.phone else []
    numbers += [f"fax {way.fax}"] if way.fax else []
    return "; ".join([submission(way), *numbers])


def _decides(each: Decided) -> str:
    at = f" at stage {' or '.join(each.route.stages)}" if each.route.stages else ""
    if each.problem:
        return f"none on this day{at}: {each.problem}"
    if each.edition is None:
        hidden = each.route.citation.trust is Trust.PORTAL_ONLY
        where = "only in the portal" if hidden else "no criteria in this library"
        return f"{where}{at}: {each.route.why}".rstrip(": ")
    return f"{each.route.guideline} {each.edition.name}, {each.route.indication}{at}"


def _decision(page: Blocks, each: Decided, shown: set[str]) -> None:
    stages = f", stage {' or '.join(each.route.stages)}" if each.route.stages else ""
    if each.guideline is None or each.criteria is None:
        page.heading(f"No public criteria{stages}")
        page.line(each.problem or each.route.why or words.VERDICT_MEANS[Verdict.NO_PUBLIC_CRITERIA])
        page.field("Source", words.cite(each.route.citation))
        for upload in each.route.upload:
            page.field("Upload", upload)
        return
    title = each.guideline.indications[each.route.indication or ""].title
    page.heading(f"Criteria: {title}{stages}")
    page.field("Guideline", f"{each.guideline.id}, {edition(each.guideline)}")
    page.field("Source", source_line(each.guideline.main_source))
    page.field("Last verified", verified(each.guideline))
    page.field("Note", each.route.why)
    for depth, line in _lines(each.criteria, shown):
        page.item(line, depth)


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


def _rules(page: Blocks, code: str, findings: tuple[RuleFinding, ...]) -> None:
    page.heading(f"National and state rules, code {code}")
    for finding in findings:
        rule, group = finding.rule, finding.group
        since = f" since {group.since.isoformat()}" if group and group.since else ""
        page.item(f"{rule.title}: {_LISTINGS[finding.listing]}{since}; {_BY_RULE[finding.prior_authorization]}.")
        if finding.open:
            page.remark(f"Depends on {', '.join(_OPEN[name] for name in finding.open)}.", 1)
        if rule.states:
            page.remark(f"In {', '.join(rule.states)} only.", 1)
        source = words.cite(group.citation) if group else rule.law
        page.remark(f"{source}; last verified {rule.last_verified.isoformat()}", 1)
