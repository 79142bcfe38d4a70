"""What can be wrong with a guideline that loads."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from praxigen.datafiles import Fault, did_you_mean
from praxigen.datafiles.faults import Place
from praxigen.library.leaves import LEAVES, cited_leaves, tested_leaves, written_criteria
from praxigen.library.lint.dates import stale
from praxigen.library.lint.known import Known
from praxigen.library.lint.places import Page
from praxigen.library.lint.sources import lint_sources, says_portal_only
from praxigen.library.lint.texts import lint_texts, says_nothing
from praxigen.model.answer import Answer
from praxigen.model.criterion import Criterion, Op
from praxigen.model.guideline import Guideline
from praxigen.model.provenance import Citation, Read, Source, Trust

UNREAD_HINT = "Cite what was read, or write 'trust: proxy' or 'trust: portal_only' in its 'source'."
UNLOCATED_HINT = "Say in its 'note' who cites it as binding, or write 'trust: proxy' or 'trust: portal_only'."
NEVER_READ = frozenset({Read.TITLE_ONLY, Read.INFERRED, Read.NOT_LOCATED})


def lint_guideline(
    guideline: Guideline, page: Page, today: date, known: Known, concepts: Collection[str] | None = None
) -> Iterator[Fault]:
    """The faults of one edition. `concepts` are the names that the lexicon knows; None leaves them unchecked."""
    yield from stale(page, guideline.last_verified, guideline.review_every_days, today)
    yield from unlocated_sources(guideline.sources, page)
    yield from lint_sources(guideline.sources, page, known, guideline.last_verified, guideline.title)
    yield from lint_texts(page)
    for node in written_criteria(guideline):
        yield from _ask(node, page)
        if concepts is not None:
            yield from _concepts(node, page, concepts)
        yield from _thin(node, page)
    for leaf, citation in cited_leaves(guideline):
        yield from _citation(leaf, citation, page, reviewed=guideline.status == "reviewed")
    yield from _untested(guideline, page)


def ended(newest: Guideline, page: Page, today: date) -> Iterator[Fault]:
    """A warning where the newest edition of a guideline has ended."""
    if newest.effective_to is not None and newest.effective_to < today:
        message = f"{newest.edition} ended on {newest.effective_to} and the library has no later edition"
        yield page.warning(page.of("effective", "to"), "ended", message, "Add the edition that holds now.")


def claims_unread(citation: Citation) -> bool:
    """Whether a line is called binding although nobody read it in its source."""
    return citation.trust is Trust.BINDING and citation.read in NEVER_READ


def unlocated_sources(sources: Mapping[str, Source], page: Page) -> Iterator[Fault]:
    """The fault of calling a document binding that was never found, unless a note says who calls it so."""
    for name, source in sources.items():
        if source.trust is Trust.BINDING and source.read is Read.NOT_LOCATED and not source.note:
            message = f"the source {name!r} claims to be binding, but was not located"
            yield page.error(page.of("sources", name, "read"), "binding-unread", message, UNLOCATED_HINT)


def unknown_concept(page: Page, place: Place, name: str, concepts: Collection[str]) -> Fault:
    """The fault of naming a concept that the lexicon does not know."""
    hint = did_you_mean(name, concepts) or "Add it to the lexicon first."
    return page.error(place, "unknown-concept", f"the lexicon knows no concept {name!r}", hint)


def _citation(leaf: Criterion, citation: Citation, page: Page, *, reviewed: bool) -> Iterator[Fault]:
    place = page.at_line(leaf.line, "source", "id")
    words = citation.read.value.replace("_", " ")
    if claims_unread(citation):
        message = f"criterion {leaf.id!r} claims to be binding, but is {words}"
        yield page.error(place, "binding-unread", message, UNREAD_HINT)
    if citation.trust is Trust.BINDING and says_portal_only(f"{leaf.says}. {citation.note}"):
        message = f"criterion {leaf.id!r} is called binding, but it says that its limits are in a portal"
        hint = "Write 'trust: portal_only' in its 'source', or cite what can be read outside the portal."
        yield page.error(place, "portal-binding", message, hint)
    if reviewed and citation.read is not Read.FULL_TEXT:
        message = f"the status is reviewed, but criterion {leaf.id!r} is known from: {words}"
        yield page.error(place, "reviewed-unread", message, "Read the full text, or write 'status: draft'.")


def _thin(node: Criterion, page: Page) -> Iterator[Fault]:
    if node.op in LEAVES and says_nothing(node.says):
        message = f"criterion {node.id!r} says only that somebody will look, not what has to be shown"
        hint = "Write what the policy asks for, or leave the criterion out."
        yield page.error(page.at_line(node.line, "says"), "thin", message, hint)


def _ask(node: Criterion, page: Page) -> Iterator[Fault]:
    # Where silence is an answer of its own, there is never anything to ask.
    asked = node.op is Op.ATTEST or (node.op is Op.EVIDENCE and node.on_silence is Answer.NOT_DOCUMENTED)
    if asked and not node.ask:
        message = f"criterion {node.id!r} has no question to ask when the chart is silent"
        hint = "Write 'ask' with a neutral question, never with a suggested answer."
        yield page.error(page.at_line(node.line, "id"), "missing-ask", message, hint)


def _concepts(node: Criterion, page: Page, concepts: Collection[str]) -> Iterator[Fault]:
    for pattern in (*node.shown_by, *node.refuted_by):
        if pattern.concept not in concepts:
            place = page.at_line(pattern.line, "concept", text=pattern.concept)
            yield unknown_concept(page, place, pattern.concept, concepts)


def _untested(guideline: Guideline, page: Page) -> Iterator[Fault]:
    for leaf in tested_leaves(guideline):
        if leaf.both_ways:
            continue
        missing = "anything but met" if leaf.met else "met" if leaf.otherwise else "anything"
        message = f"of criterion {leaf.criterion.id!r} no test expects {missing}"
        hint = "Add a note that shows it and a note that does not, with its id under 'expect'."
        yield page.error(page.at_line(leaf.criterion.line, "id"), "untested", message, hint)
