"""The report"""

from dataclasses import replace
from datetime import date

import pytest

from praxigen.engine.check import assemble, quotes_of, verdict_of
from praxigen.errors import LibraryError, QuoteMismatchError, UsageError
from praxigen.exports.text import to_text
from praxigen.exports.words import PORTAL_CAVEAT
from praxigen.model.answer import Answer, Verdict
from praxigen.model.criterion import Condition, Op
from praxigen.model.document import Document
from praxigen.model.fact import Fact, State
from praxigen.model.guideline import Indication, Statement
from praxigen.model.provenance import Read, Trust
from praxigen.model.report import Receipt, Report
from praxigen.model.request import Request
from support.charts import fact, leaf, request, requested
from support.policies import CITATION, SOURCE, SmallLibrary, entry, requirement, route

NOTE = Document(
    "note.txt", "Failed back surgery syndrome. PT for 3 weeks. PT helped a little. A trial is planned. No MRI."
)


def said(concept: str, words: str, state: State = State.PRESENT, **rest: str) -> Fact:
    return fact(concept, state, words=words, at=NOTE.text.index(words), **rest)  # type: ignore[arg-type]


FBSS = said("diagnosis.fbss", "Failed back surgery syndrome")
SHORT = said("treatment", "PT for 3 weeks", for_="3 weeks")
LONG = said("treatment", "PT for 3 weeks", for_="9 months")
VAGUE = said("treatment", "PT helped a little")
PLANNED = said("plan.scs_trial", "A trial is planned", State.PLANNED)
NO_SCAN = said("imaging.compression", "No MRI", State.ABSENT)


def check(*facts: Fact, library: SmallLibrary | None = None, document: Document = NOTE, **given: object) -> Report:
    asked = request(**{"stage": "trial", **given})
    return assemble(document, facts, asked, library or SmallLibrary(), lexicon_sha256="a" * 64, engine="0.1.0")


def test_everything_met() -> None:
    report = check(FBSS, LONG, attested=["surgeon"])
    assert report.verdict is Verdict.MET
    assert report.gaps == ()
    [decided] = report.determinations
    assert (decided.route.id, decided.codes) == ("trial", ("63650",))
    assert decided.guideline is not None
    assert decided.indication is not None
    assert decided.result is not None
    assert decided.result.criterion == decided.indication.criteria


def test_what_is_open_is_asked() -> None:
    report = check(FBSS, VAGUE)
    assert report.verdict is Verdict.NOT_DOCUMENTED
    assert [gap.criterion.id for gap in report.gaps] == ["treatment", "surgeon"]


def test_what_the_note_denies_is_not_met() -> None:
    assert check(FBSS, SHORT).verdict is Verdict.NOT_MET


@pytest.mark.parametrize(
    ("codes", "facts", "expected"),
    [
        ("63650 63047", (FBSS, LONG, NO_SCAN), Verdict.NOT_MET),
        ("63650 63047 63661", (FBSS, SHORT), Verdict.NOT_MET),
        ("63650 63047", (FBSS, LONG), Verdict.NOT_DOCUMENTED),
        ("63047 63662", (), Verdict.NOT_DOCUMENTED),
        ("63662", (), Verdict.NO_PUBLIC_CRITERIA),
    ],
)
def test_the_weakest_determination_is_the_verdict(codes: str, facts: tuple[Fact, ...], expected: Verdict) -> None:
    library = SmallLibrary(requirement(stages={}))
    assert (
        check(*facts, codes=codes.split(), attested=["surgeon"] if "63650" in codes else [], library=library).verdict
        is expected
    )


def test_no_public_criteria_are_weaker_than_met() -> None:
    library = SmallLibrary(requirement(stages={}))
    report = check(FBSS, LONG, codes=["63650", "63662"], attested=["surgeon"], library=library)
    assert [one.verdict for one in report.determinations] == [Verdict.MET, Verdict.NO_PUBLIC_CRITERIA]
    assert report.verdict is Verdict.NO_PUBLIC_CRITERIA
    assert report.determinations[1].why == "The criteria are shown only in the portal."


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (Answer.MET, Verdict.MET),
        (Answer.WAIVED, Verdict.MET),
        (Answer.NOT_MET, Verdict.NOT_MET),
        (Answer.NOT_DOCUMENTED, Verdict.NOT_DOCUMENTED),
        (Answer.NOT_APPLICABLE, Verdict.NOT_DOCUMENTED),
    ],
)
def test_the_verdict_of_a_tree(answer: Answer, verdict: Verdict) -> None:
    assert verdict_of(answer) is verdict


def test_an_open_stage_is_asked_without_a_result() -> None:
    report = check(FBSS, LONG, stage=None, attested=["surgeon"])
    [asked] = report.determinations
    assert (report.stage, report.stage_from, report.verdict) == (None, "asked", Verdict.NOT_DOCUMENTED)
    assert asked.result is None
    assert asked.why.endswith("Give the stage: trial or permanent.")
    [gap] = report.gaps
    assert (gap.criterion.id, gap.criterion.op, gap.ask) == (
        "stage",
        Op.REQUEST,
        "Which stage is requested: trial or permanent?",
    )
    assert gap.criterion.condition == Condition("stage", ("trial", "permanent"))


@pytest.mark.parametrize(
    ("says", "day", "warned"),
    [
        ("An edition effective 2026-08-04 is reported.", "2026-08-03", False),
        ("An edition effective 2026-08-04 is reported.", "2026-08-04", True),
        ("An edition effective 2026-08-04 is reported.", None, True),
        ("In 2024-05-01 came one, and 2026-08-04 the next.", "2026-08-03", False),
        ("A newer edition is said to be on its way.", "2026-08-03", True),
    ],
)
def test_a_newer_edition_that_is_reported_is_a_warning_from_its_day(says: str, day: str | None, warned: bool) -> None:
    notes = (Statement("later-edition", says, CITATION), Statement("other", "Of no matter.", CITATION))
    report = check(FBSS, date=day, library=SmallLibrary(changes={"notes": notes}))
    expected = f"Stimulation (evicore.cmm-211, edition V1.0.2025): {says}"
    assert (expected in report.warnings) is warned
    assert not any("Of no matter" in warning for warning in report.warnings)


def test_a_stage_read_from_the_note_is_quoted_and_to_be_confirmed() -> None:
    report = check(FBSS, PLANNED, stage=None)
    assert (report.stage, report.stage_from, report.stage_quote) == ("trial", "note", PLANNED.quote)
    assert 'The stage "trial" was read from the note, not given: please confirm it.' in report.warnings
    assert report.request.stage is None


def test_every_quote_is_proven() -> None:
    report = check(FBSS, VAGUE, PLANNED, stage=None)
    assert [quote.text for quote in quotes_of(report)] == [
        "A trial is planned",
        "Failed back surgery syndrome",
        "PT helped a little",
    ]
    with pytest.raises(QuoteMismatchError):
        check(FBSS, document=Document("note.txt", "Another note."))
    with pytest.raises(QuoteMismatchError):
        check(VAGUE, document=replace(NOTE, text=NOTE.text.replace("helped", "harmed")))


def test_only_what_a_person_answers_can_be_attested() -> None:
    with pytest.raises(UsageError) as refused:
        check(FBSS, attested=["treatment"])
    assert str(refused.value) == (
        "'treatment' is not a criterion that a person attests\n  A person can attest: surgeon."
    )
    with pytest.raises(UsageError) as refused:
        check(codes=["63047"], attested=["surgeon"])
    assert str(refused.value).endswith("\n  No criterion here is answered by a person.")


def test_a_route_to_an_indication_that_is_not_there_is_a_fault_of_the_library() -> None:
    with pytest.raises(LibraryError) as fault:
        check(library=SmallLibrary(changes={"indications": {"other": None}}))
    assert str(fault.value) == (
        "the route 'trial' names the indication 'trial', which evicore.cmm-211 does not have\n  It has: other."
    )


def test_a_date_before_every_edition_is_refused() -> None:
    with pytest.raises(UsageError):
        check(date="2020-01-01")


def test_nothing_is_warned_of_without_a_reason() -> None:
    assert check(FBSS).warnings == ()


def test_the_documents_warnings_come_first() -> None:
    report = check(document=replace(NOTE, warnings=("Two characters could not be read.",)), date=None)
    assert report.warnings == (
        "Two characters could not be read.",
        "No date of service was given: the newest edition is used, and limits that count back from it stay open.",
    )


def test_codes_that_are_not_certain_are_warned_of() -> None:
    codes = {
        "63662": entry("63662", "unknown", listed=False, note="The page lists 63661 and not its pair."),
        "63661": entry("63661", "varies"),
        "63650": entry("63650", "not_required"),
    }
    report = check(codes=list(codes), library=SmallLibrary(requirement(codes=codes, stages={})))
    assert report.codes == tuple(codes.values())
    assert report.warnings == (
        "63662 is not on the payer's page.",
        "63662: whether prior authorization is needed is unknown. Unknown does not mean no.",
        "63662: The page lists 63661 and not its pair.",
        "63661: whether prior authorization is needed varies by plan. Ask the payer.",
        "63650: the payer's page says that no prior authorization is needed.",
    )


@pytest.mark.parametrize(
    ("changes", "warning"),
    [
        ({"main_source": replace(SOURCE, read=Read.TRANSCRIPTION)}, "binding, from an unverified transcription."),
        ({"main_source": replace(SOURCE, trust=Trust.PROXY)}, "proxy, read in full."),
        ({"status": "draft"}, "our reading of it is marked draft, not yet reviewed by a second person."),
        (
            {"last_verified": date(2026, 1, 1)},
            "last verified on 2026-01-01, to be verified again by 2026-06-30.",
        ),
    ],
)
def test_how_a_guideline_is_known_is_said(changes: dict[str, object], warning: str) -> None:
    report = check(library=SmallLibrary(changes=changes))
    assert report.warnings == (f"Stimulation (evicore.cmm-211, edition V1.0.2025): {warning}",)


@pytest.mark.parametrize(
    ("facts", "trust", "said"),
    [
        ([FBSS], Trust.PORTAL_ONLY, True),
        ([FBSS], Trust.BINDING, False),
        ([], Trust.PORTAL_ONLY, False),
    ],
)
def test_a_criterion_that_is_met_against_a_portal_says_that_this_does_not_settle_it(
    facts: list[Fact], trust: Trust, said: bool
) -> None:
    known = leaf("diagnosis.fbss")
    known = replace(known, citation=replace(CITATION, trust=trust))
    library = SmallLibrary(changes={"indications": {"trial": Indication("trial", "Trial", known)}})
    report = check(*facts, library=library)
    warnings = [line for line in report.warnings if "administrator's portal" in line]
    assert bool(warnings) is said
    if said:
        assert warnings[0].endswith("met does not settle these.")
    assert (PORTAL_CAVEAT in " ".join(to_text(report).split())) is said


def test_a_warning_stands_once() -> None:
    held = requirement(stages={}, routes=(route("trial", "63650"), route("permanent", "63685")))
    report = check(codes=["63650", "63685"], library=SmallLibrary(held, {"status": "draft"}))
    assert len(report.warnings) == 1
    assert len(report.receipt.guidelines) == 1


def test_the_receipt_names_everything_that_a_replay_needs() -> None:
    report = check(FBSS, codes=["63650", "63655"], attested=["surgeon"])
    assert report.receipt == Receipt(
        engine="0.1.0",
        document="note.txt",
        document_sha256=NOTE.sha256,
        lexicon_sha256="a" * 64,
        requirement_sha256="b" * 64,
        guidelines=(("evicore.cmm-211", "V1.0.2025", "c" * 64),),
        request=(
            ("payer", "qualcare"),
            ("plan", "commercial"),
            ("codes", "63650 63655"),
            ("date", "2026-08-03"),
            ("stage", "trial"),
            ("attested", "surgeon"),
            ("side", ""),
            ("levels", ""),
        ),
    )


def test_what_was_not_given_is_empty_in_the_receipt() -> None:
    asked = Request("qualcare", "63047")
    report = assemble(NOTE, [], asked, SmallLibrary(), lexicon_sha256="", engine="")
    assert dict(report.receipt.request)["date"] == dict(report.receipt.request)["stage"] == ""


def test_the_same_input_gives_the_same_report() -> None:
    facts = (FBSS, LONG, VAGUE, PLANNED)
    assert check(*facts) == check(*reversed(facts))


LUMBAR = route("lumbar", "63047", guideline="evicore.cmm-608")
UNSTAGED: dict[str, object] = {"stages": {}, "stage_concepts": {}, "routes": (LUMBAR,)}


def test_a_stage_is_refused_where_nothing_has_stages() -> None:
    with pytest.raises(UsageError) as refused:
        check(codes=["63047"], library=SmallLibrary(requirement(**UNSTAGED)))
    assert str(refused.value) == (
        "the stage is given as 'trial', but 63047 has no stages (Spinal cord stimulators)\n"
        "  Leave the stage out, or check the code."
    )
    assert check(codes=["63047"], stage=None, library=SmallLibrary(requirement(**UNSTAGED))).stage is None


@pytest.mark.parametrize(
    "staged",
    [
        {"stages": {"63661": ("removal",)}},
        {"stage_concepts": {"trial": ("plan.scs_trial",)}},
        {"routes": (LUMBAR, route("trial", "63650", "trial"))},
    ],
)
def test_a_stage_holds_where_the_requirement_has_stages(staged: dict[str, object]) -> None:
    library = SmallLibrary(requirement(**{**UNSTAGED, **staged}))
    assert check(codes=["63047"], library=library).stage == "trial"


def test_a_stage_holds_where_a_criterion_asks_for_it() -> None:
    asks = Indication("lumbar", "lumbar", requested("stage", "trial"))
    library = SmallLibrary(requirement(**UNSTAGED), {"indications": {"lumbar": asks}})
    assert check(codes=["63047"], library=library).stage == "trial"
