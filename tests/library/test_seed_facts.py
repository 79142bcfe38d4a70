"""The two requirement pages that the project started from: every fact on them can be read back out of the library.

The facts are listed here once more, in our own words and as codes, so that an edit of the policy files that loses one
of them fails by name.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from praxigen.library import Library
from praxigen.model.guideline import Statement
from praxigen.model.provenance import Citation, Read, Source, Trust
from praxigen.model.requirement import Question, Requirement

STIMULATION = "qualcare.spinal-cord-stimulation"
LAMINECTOMY = "qualcare.laminectomy"

STIMULATION_CODES = ("63650", "63655", "63663", "63664", "63685", "63688", "63661")
LAMINECTOMY_CODES = (
    *("63001", "63003", "63005", "63011", "63012", "63015", "63016", "63017", "63020", "63030", "63032", "63035"),
    *("63040", "63042", "63043", "63044", "63045", "63046", "63047", "63048", "63050", "63051", "63052", "63053"),
    *("63055", "63056", "63057", "63064", "63066", "63075", "63076", "63077", "63078", "63200", "63265", "63266"),
    "63267",
)
LISTED = [(STIMULATION, code) for code in STIMULATION_CODES] + [(LAMINECTOMY, code) for code in LAMINECTOMY_CODES]


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.open()


def requirement(library: Library, name: str) -> Requirement:
    return next(found for found in library.requirements("QualCare") if found.id == name)


# --- The codes, the plan type, and whether authorization is required -------------------------------------------------


@pytest.mark.parametrize(("name", "code"), LISTED)
def test_a_listed_code_needs_prior_authorization_in_commercial_plans(library: Library, name: str, code: str) -> None:
    found = library.requirement_for("QualCare", code, "commercial")
    assert found.id == name
    assert found.codes[code].listed
    assert found.codes[code].prior_authorization == "required"


@pytest.mark.parametrize(("name", "codes"), [(STIMULATION, STIMULATION_CODES), (LAMINECTOMY, LAMINECTOMY_CODES)])
def test_no_other_code_is_shown_as_listed(library: Library, name: str, codes: tuple[str, ...]) -> None:
    entries = requirement(library, name).codes.values()
    assert {entry.code for entry in entries if entry.listed} == set(codes)


@pytest.mark.parametrize(("name", "code"), LISTED)
def test_a_listed_code_has_a_route_or_says_why_not(library: Library, name: str, code: str) -> None:
    routes = [route for route in requirement(library, name).routes if code in route.codes]
    assert routes
    assert all(route.guideline or (route.why and route.upload) for route in routes)


# --- What the pages say, one line a fact -----------------------------------------------------------------------------

# page, where we keep it, the words of ours that carry it
SAID: list[tuple[str, str, tuple[str, ...]]] = [
    # The stimulator page
    (STIMULATION, "title", ("Dorsal column (lumbar) neurostimulators", "trial or implantation")),
    (STIMULATION, "plans", ("commercial",)),
    (STIMULATION, "administrator", ("eviCore by Evernorth", "Cigna", "directly")),
    (STIMULATION, "page_criteria reviewer", ("eviCore CMM-211", "Cigna itself", "both")),
    (STIMULATION, "page_criteria trial-indications", ("short trial", "chronic intractable pain")),
    (STIMULATION, "page_criteria trial-indications", ("failed back syndrome",)),
    (STIMULATION, "page_criteria trial-indications", ("complex regional pain syndrome", "RSD")),
    (STIMULATION, "page_criteria six-months", ("six months in a row", "physician's supervision", "failed")),
    (STIMULATION, "page_criteria no-surgery", ("Surgery is not indicated",)),
    (STIMULATION, "page_criteria mental-health", ("mental-health evaluation", "not adequately controlled")),
    (STIMULATION, "page_criteria permanent-after-trial", ("permanent implant", "trial that succeeded")),
    (STIMULATION, "page_criteria governed-by", ("Cigna Medical Coverage Policy 0380", "eviCore CMM-211")),
    (STIMULATION, "diagnoses", ("M96.1", "G90.50", "G89.4")),
    (STIMULATION, "cautions confirm-diagnoses", ("medical necessity", "QualCare's current policy")),
    (STIMULATION, "submit", ("portal", "eviCore by Evernorth (Cigna MSK/Spine)")),
    (STIMULATION, "cautions confirm-plan", ("confirm with the payer", "member's own plan", "2026-06-26")),
    (STIMULATION, "turnaround", ("varies by plan", "way of submission", "QualCare portal")),
    (STIMULATION, "questions Does QualCare require prior authorization", ("Yes, generally", *STIMULATION_CODES)),
    (STIMULATION, "questions What does QualCare ask for", ("six months in a row", "surgery not indicated")),
    (STIMULATION, "questions What does QualCare ask for", ("mental-health evaluation", "a successful trial")),
    (STIMULATION, "questions What does QualCare ask for", ("failed back syndrome", "complex regional pain syndrome")),
    (STIMULATION, "questions What does QualCare ask for", ("Confirm it with QualCare's current policy",)),
    (STIMULATION, "questions How long does", ("varies by plan", "way of submission", "portal")),
    (STIMULATION, "questions What do binding", ("Binding: the payer's own policy",)),
    (STIMULATION, "questions What do binding", ("Proxy: a public, evidence-based guideline", "mirrors")),
    (STIMULATION, "questions What do binding", ("Portal-only", "administrator's portal")),
    (STIMULATION, "questions What does praxigen do", ("checks the clinical note", "before submission")),
    (STIMULATION, "questions What does praxigen do", ("appeal that cites the policy",)),
    (STIMULATION, "questions What does praxigen do", ("You review and submit", "nothing is sent")),
    # The laminectomy page
    (LAMINECTOMY, "title", ("Cervical, lumbar and thoracic laminectomy and laminotomy",)),
    (LAMINECTOMY, "plans", ("commercial",)),
    (LAMINECTOMY, "administrator", ("eviCore by Evernorth", "Cigna")),
    (LAMINECTOMY, "page_criteria guidelines", ("eviCore", "CMM-608 for the lumbar", "CMM-603 for the cervical")),
    (LAMINECTOMY, "page_criteria guidelines", ("preface CMM-600",)),
    (LAMINECTOMY, "page_criteria symptoms", ("Neurogenic claudication", "radiculopathy", "myelopathy")),
    (LAMINECTOMY, "page_criteria imaging", ("Imaging that agrees",)),
    (LAMINECTOMY, "page_criteria six-weeks", ("At least six weeks", "conservative care")),
    (LAMINECTOMY, "page_criteria waiver", ("progressive deficit", "myelopathy", "unnecessary")),
    (LAMINECTOMY, "diagnoses", ("M48.061", "M48.062")),
    (LAMINECTOMY, "cautions confirm-diagnoses", ("medical necessity", "QualCare's current policy")),
    (LAMINECTOMY, "submit", ("portal", "eviCore by Evernorth (Cigna MSK/Spine)")),
    (LAMINECTOMY, "cautions confirm-plan", ("confirm with the payer", "member's own plan", "2026-06-26")),
    (LAMINECTOMY, "turnaround", ("varies by plan", "way of submission", "QualCare portal")),
    (LAMINECTOMY, "questions Does QualCare require prior authorization", ("Yes, generally", *LAMINECTOMY_CODES)),
    (LAMINECTOMY, "questions What does QualCare ask for", ("claudication, radiculopathy or myelopathy",)),
    (LAMINECTOMY, "questions What does QualCare ask for", ("imaging that agrees", "at least six weeks")),
    (LAMINECTOMY, "questions What does QualCare ask for", ("unless there is a progressive deficit or myelopathy",)),
    (LAMINECTOMY, "questions What does QualCare ask for", ("CMM-608", "CMM-603", "CMM-600", "eviCore")),
    (LAMINECTOMY, "questions What does QualCare ask for", ("Confirm it with QualCare's current policy",)),
    (LAMINECTOMY, "questions How long does", ("varies by plan", "way of submission", "portal")),
    (LAMINECTOMY, "questions What do binding", ("Binding: the payer's own policy",)),
    (LAMINECTOMY, "questions What do binding", ("Proxy: a public, evidence-based guideline", "mirrors")),
    (LAMINECTOMY, "questions What do binding", ("Portal-only", "administrator's portal")),
    (LAMINECTOMY, "questions What does praxigen do", ("checks the clinical note", "before submission")),
    (LAMINECTOMY, "questions What does praxigen do", ("appeal that cites the policy",)),
    (LAMINECTOMY, "questions What does praxigen do", ("You review and submit", "nothing is sent")),
]


@pytest.mark.parametrize(("name", "place", "words"), SAID)
def test_what_the_page_says_can_be_read_back(library: Library, name: str, place: str, words: tuple[str, ...]) -> None:
    text = READ_BACK[place.split()[0]](requirement(library, name), place.partition(" ")[2])
    assert [word for word in words if word not in text] == []


def _statement(statements: tuple[Statement, ...], wanted: str) -> str:
    return next(line.says for line in statements if line.id == wanted)


def _answer(questions: tuple[Question, ...], begins: str) -> str:
    return next(question.answer for question in questions if question.ask.startswith(begins))


READ_BACK: dict[str, Callable[[Requirement, str], str]] = {
    "title": lambda found, _: found.title,
    "plans": lambda found, _: " ".join(found.plans),
    "administrator": lambda found, _: found.administrator,
    "page_criteria": lambda found, wanted: _statement(found.page_criteria, wanted),
    "cautions": lambda found, wanted: _statement(found.cautions, wanted),
    "questions": lambda found, begins: _answer(found.questions, begins),
    "diagnoses": lambda found, _: " ".join(diagnosis.code for diagnosis in found.diagnoses),
    "submit": lambda found, _: " ".join(f"{way.method} {way.portal}" for way in found.submissions),
    "turnaround": lambda found, _: found.turnaround,
}


# --- Sources, their labels and dates ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [STIMULATION, LAMINECTOMY])
def test_the_pages_were_last_verified_on_the_day_that_they_state(library: Library, name: str) -> None:
    assert requirement(library, name).last_verified == date(2026, 6, 26)


# page, our id of the source, number, label on the page, effective date on the page
SOURCES = [
    (STIMULATION, "cigna-0380", "0380", Trust.BINDING, None),
    (STIMULATION, "cmm-211", "CMM-211", Trust.BINDING, date(2025, 7, 1)),
    (LAMINECTOMY, "cmm-603", "CMM-603", Trust.BINDING, date(2025, 5, 27)),
    (LAMINECTOMY, "cmm-600", "CMM-600", Trust.BINDING, None),
    (LAMINECTOMY, "cmm-608", "CMM-608", Trust.BINDING, date(2025, 7, 1)),
]


@pytest.mark.parametrize(("name", "source_id", "number", "trust", "effective"), SOURCES)
def test_a_source_of_the_page_keeps_its_number_label_and_date(
    library: Library, name: str, source_id: str, number: str, trust: Trust, effective: date | None
) -> None:
    source = requirement(library, name).sources[source_id]
    assert (source.number, source.trust, source.effective) == (number, trust, effective)


def test_the_policy_that_the_stimulator_page_cites_is_shown_as_not_located(library: Library) -> None:
    source = requirement(library, STIMULATION).sources["cigna-0380"]
    assert source.read is Read.NOT_LOCATED
    assert "spinal cord and dorsal column stimulation" in source.title


def test_the_laminectomy_page_dates_the_edition_of_its_cervical_guideline(library: Library) -> None:
    assert library.guideline("evicore.cmm-603", on=date(2025, 5, 27)).effective_from == date(2025, 5, 27)


# --- Where the page and the guideline differ -------------------------------------------------------------------------

DIFFERENCES = [
    ("page-omits-leg-pain", "neuropathic", "neuropathic-leg-pain"),
    ("page-omits-region", "same region", "prior-lumbar-surgery"),
    ("page-omits-48-hours", "48 hours", "trial-length"),
    ("page-omits-50-percent", "50 percent", "trial-relief"),
    ("page-omits-wish", "does not wish surgery", "surgery-not-wanted"),
]


@pytest.mark.parametrize(("caution", "words", "criterion"), DIFFERENCES)
def test_what_the_stimulator_page_leaves_out_is_warned_of_and_checked(
    library: Library, caution: str, words: str, criterion: str
) -> None:
    assert words in _statement(requirement(library, STIMULATION).cautions, caution)
    assert library.guideline("evicore.cmm-211", on=date(2026, 8, 3)).criterion(criterion) is not None


def test_the_missing_pair_of_a_removal_code_is_mentioned_as_not_listed(library: Library) -> None:
    entry = requirement(library, STIMULATION).codes["63662"]
    assert not entry.listed
    assert entry.prior_authorization == "unknown"
    assert "63661" in entry.note


def test_a_code_of_the_page_that_could_not_be_confirmed_says_so(library: Library) -> None:
    assert "could not be confirmed" in requirement(library, LAMINECTOMY).codes["63032"].note


# --- Who QualCare is -------------------------------------------------------------------------------------------------


def test_the_payer_is_described_as_an_administrator_in_the_cigna_group(library: Library) -> None:
    nature = library.payer("QualCare").nature
    assert all(words in nature for words in ("self-funded", "Cigna company", "New Jersey"))


# --- Nothing claims more than was read -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["evicore.cmm-211", "evicore.cmm-603", "evicore.cmm-608"])
def test_nothing_inferred_or_unread_is_called_binding(library: Library, name: str) -> None:
    guideline = library.guideline(name)
    lines = [*guideline.definitions, *guideline.not_covered, *guideline.notes]
    nodes = [node for indication in guideline.indications.values() for node in indication.criteria.walk()]
    citations = [line.citation for line in lines] + [node.citation for node in nodes if node.citation]
    assert [shown for shown in citations if _overclaims(shown)] == []


def _overclaims(citation: Citation) -> bool:
    unread = (Read.INFERRED, Read.TITLE_ONLY, Read.NOT_LOCATED)
    return citation.trust is Trust.BINDING and citation.read in unread


@pytest.mark.parametrize(("name", "strongest"), [("evicore.cmm-603", Read.SUMMARY), ("evicore.cmm-608", Read.SUMMARY)])
def test_a_guideline_that_was_not_opened_says_so(library: Library, name: str, strongest: Read) -> None:
    source: Source = library.guideline(name).main_source
    assert source.read is strongest
