"""The lines at the head of a report, in the words that text and HTML share."""

from __future__ import annotations

from collections.abc import Iterable

from praxigen.exports import words
from praxigen.exports.outline import Row, Tone, tally, unmentioned
from praxigen.exports.places import place
from praxigen.model.answer import Answer, Verdict
from praxigen.model.document import Document
from praxigen.model.guideline import Guideline
from praxigen.model.provenance import Citation, Source
from praxigen.model.report import STAGE, Determination, Gap, Report
from praxigen.model.requirement import CodeEntry, Requirement, Submission

_REST = (
    (Answer.WAIVED, Tone.ASIDE),
    (Answer.NOT_MET, Tone.BAD),
    (Answer.NOT_DOCUMENTED, Tone.OPEN),
    (Answer.NOT_APPLICABLE, Tone.QUIET),
)


def asked_for(report: Report) -> str:
    """What is requested: codes, date of service, note."""
    request = report.request
    codes = "code" if len(request.codes) == 1 else "codes"
    day = request.date.isoformat() if request.date else "not given"
    return f"{codes} {', '.join(request.codes)}; date of service {day}; note {report.document.name}"


_PLANS = {
    "medicare": "Medicare",
    "medicare_advantage": "Medicare Advantage",
    "medicaid": "Medicaid",
    "tricare": "TRICARE",
    "workers_comp": "workers' compensation",
}


def plan(name: str) -> str:
    """A plan type as people write it."""
    return _PLANS.get(name, name.replace("_", " "))


def authorization(codes: Iterable[CodeEntry], requirement: Requirement) -> list[str]:
    """Whether authorization is needed, for which codes; one line for each answer."""
    by_answer: dict[str, list[str]] = {}
    for entry in codes:
        by_answer.setdefault(entry.prior_authorization, []).append(entry.code)
    if not by_answer:
        return [words.AUTHORIZATION[requirement.prior_authorization]]
    return [f"{', '.join(listed)}: {words.AUTHORIZATION[answer]}" for answer, listed in by_answer.items()]


def code_line(entry: CodeEntry) -> str:
    """One code: what it is, and what we know about it."""
    parts = [entry.label or "no label"]
    if not entry.listed:
        parts.append("not listed on the payer's page")
    if entry.note:
        parts.append(entry.note)
    return "; ".join(parts)


def submission(way: Submission) -> str:
    """One way to submit a request."""
    portal = way.portal.removesuffix(f" {way.method}") if way.portal else ""
    return f"{way.method}: {portal}" if portal else way.method


def edition(guideline: Guideline) -> str:
    """A guideline edition with the days on which it decides; where only the day of reading is known, that."""
    main = guideline.main_source
    if main.effective is None and main.retrieved == guideline.effective_from:
        return f"edition {guideline.edition}, read on {main.retrieved.isoformat()}; since when it holds is not known"
    until = f" to {guideline.effective_to.isoformat()}" if guideline.effective_to else ""
    return f"edition {guideline.edition}, in force from {guideline.effective_from.isoformat()}{until}"


def source_line(source: Source) -> str:
    """A source with its publisher and how it was read."""
    return f"{source.title}, {source.publisher} ({label(source)})"


def label(source: Source) -> str:
    """The trust of a source and how it was read."""
    return Citation(source, "", source.read, source.trust).label


def verified(guideline: Guideline) -> str:
    """When somebody last compared it with its source, and whether a second person has."""
    status = "" if guideline.status == "reviewed" else f" ({guideline.status}: not yet reviewed by a second person)"
    return f"{guideline.last_verified.isoformat()}{status}"


def stage(report: Report) -> str:
    """How the stage was settled; empty where the stage does not matter."""
    if not report.stage_from:
        return ""
    how = words.STAGE_FROM[report.stage_from]
    return f"{report.stage}, {how}" if report.stage else how


def subject(determination: Determination) -> str:
    """What a determination is about: its indication, or the codes where nothing public decides."""
    codes = ", ".join(determination.codes)
    if determination.indication is not None:
        return f"{determination.indication.title} ({codes})"
    if determination.verdict is Verdict.NO_PUBLIC_CRITERIA:
        return f"{words.VERDICTS[Verdict.NO_PUBLIC_CRITERIA]} ({codes})"
    return f"Criteria not chosen: the stage is open ({codes})"


def score(root: Row | None) -> str:
    """How many criteria have each answer: "6 met, 2 not documented". Never a probability."""
    return ", ".join(f"{number} {label}" for number, _, label in scores(root)) if root is not None else ""


def scores(root: Row) -> list[tuple[int, Tone, str]]:
    """The parts of the score. Exclusions that hold because the note is silent about them are counted apart."""
    counts, silent = tally(root), unmentioned(root)
    found = [(counts[Answer.MET] - silent, Tone.GOOD, words.ANSWERS[Answer.MET].lower())]
    found.append((silent, Tone.QUIET, f"{'exclusion' if silent == 1 else 'exclusions'} not mentioned"))
    found += [(counts[answer], tone, words.ANSWERS[answer].lower()) for answer, tone in _REST]
    return [part for part in found if part[0]]


def seen_at(document: Document, gap: Gap) -> str:
    """Where the note comes near an open criterion; empty where it does not."""
    starts = sorted({quote.start for miss in gap.near for quote in miss.quotes})
    if document.pages or len(document.files) > 1:
        named = "; ".join(dict.fromkeys(place(document, start) for start in starts))
        return f"the note comes near it at {named}" if named else ""
    found = sorted({document.line_of(start) for start in starts})
    lines = "line" if len(found) == 1 else "lines"
    return f"the note comes near it at {lines} {', '.join(map(str, found))}" if found else ""


def verdict_means(report: Report) -> str:
    """What the verdict says, in one sentence or two."""
    if report.verdict is Verdict.NOT_DOCUMENTED and all(each.result is None for each in report.determinations):
        return "Which criteria apply depends on the stage, which is open, so nothing was compared yet."
    return words.VERDICT_MEANS[report.verdict]


def guidelines(report: Report) -> list[Guideline]:
    """The guideline editions that decide, each once, in order."""
    seen: dict[tuple[str, str], Guideline] = {}
    for determination in report.determinations:
        if determination.guideline is not None:
            seen.setdefault((determination.guideline.id, determination.guideline.edition), determination.guideline)
    return list(seen.values())


def short_name(guideline: Guideline) -> str:
    """The id of a guideline without its publisher, as people write it."""
    return guideline.id.partition(".")[2] or guideline.id


def explained_by(determination: Determination) -> str:
    """The command that shows what one line of the tree asks; empty where there is no tree."""
    if determination.guideline is None or determination.indication is None:
        return ""
    return f"praxigen explain {short_name(determination.guideline)}/{determination.indication.id}/NUMBER"


def not_covered(guideline: Guideline) -> str:
    """The title of the list of what a guideline leaves out; the check compares only what its criteria name."""
    return f"Not covered under this guideline ({guideline.id})"


def gaps_heading(report: Report) -> str:
    """What the list of gaps is; where the stage is open its answer opens the criteria first."""
    if all(gap.criterion.id == STAGE for gap in report.gaps):
        return f"{words.count(len(report.gaps), 'question')} to answer first"
    return f"{words.count(len(report.gaps), 'question')} to settle this request"
