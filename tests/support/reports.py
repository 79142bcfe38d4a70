"""Reports built by hand, so that exports are tested without the reader and the engine.

The note is made up. It holds what breaks exports: markup, words that two criteria share, quotes that overlap,
a quote over two lines, and letters outside ASCII.
"""

from __future__ import annotations

from datetime import date

from praxigen.engine.gaps import stage_gap
from praxigen.model.answer import Answer, Reason, Verdict
from praxigen.model.criterion import Condition, Criterion, Op
from praxigen.model.document import Document, Quote
from praxigen.model.guideline import Guideline, Indication, Statement
from praxigen.model.provenance import Citation, Read, Source, Trust
from praxigen.model.report import CriterionResult, Determination, Gap, NearMiss, Receipt, Report
from praxigen.model.request import Request
from praxigen.model.requirement import Attachment, CodeEntry, Diagnosis, Question, Requirement, Route, Submission

NOTE = """PAIN CLINIC: FOLLOW-UP                                          Date of visit: July 14, 2026

HPI: 58-year-old with persistent burning pain in the left leg after L4-L5 laminectomy in 2022, diagnosed as
post-laminectomy syndrome (failed back surgery syndrome). Pain 8/10 every day; it limits standing to ten minutes.
Dr. O'Neil & Partners <script>alert("x")</script> referred the patient. Température 36.8 °C.

TREATMENT: Supervised physical therapy from September 2025 to April 2026 without lasting relief. Gabapentin 300 mg TID
for eight months, no meaningful improvement. Cognitive behavioral therapy will be started next month.
Patient reports no depression. Later in the interview the patient reports severe, untreated depression.
Mother has CRPS of the right hand.

SURGICAL OPINION: Dr. Gray finds that further decompression is not indicated.
IMAGING: MRI lumbar 2026-05-02: postoperative changes at L4-L5, no recurrent
herniation. Outside X-ray of the hip is unremarkable.

PLAN: Percutaneous trial of spinal cord stimulation, two leads. Referral to psychology for evaluation.
"""

GUIDELINE_SOURCE = Source(
    "guideline",
    "CMM-211 Spinal Cord and Dorsal Root Ganglion Stimulation",
    "eviCore by Evernorth",
    Trust.BINDING,
    Read.TRANSCRIPTION,
    number="CMM-211",
    edition="V1.0.2025",
    effective=date(2025, 7, 1),
    retrieved=date(2026, 11, 21),
    url="https://www.evicore.com/cignaguidelines?a=1&b=2",
)
PAGE_SOURCE = Source("page", "QualCare requirements page", "praxigen.com", Trust.BINDING, Read.FULL_TEXT)
CITED = Source("cigna-0380", "Cigna 0380", "Cigna", Trust.BINDING, Read.NOT_LOCATED, number="0380")

INDICATIONS = Citation(GUIDELINE_SOURCE, "Indications, trial", Read.TRANSCRIPTION, Trust.BINDING)
SUMMARY = Citation(GUIDELINE_SOURCE, "General guidelines", Read.SUMMARY, Trust.BINDING)
PAGE = Citation(PAGE_SOURCE, "code list", Read.FULL_TEXT, Trust.BINDING)
NOT_LOCATED = Citation(CITED, "", Read.NOT_LOCATED, Trust.BINDING)


def quote(text: str, name: str = "clinic-note.txt", note: str = NOTE) -> Quote:
    """The first place of these words in the note."""
    start = note.index(text)
    return Quote(name, start, start + len(text), text)


def near_miss(reason: Reason, text: str) -> NearMiss:
    """Words that do not count."""
    return NearMiss(reason, (quote(text),))


def leaf(
    name: str,
    says: str,
    answer: Answer,
    reason: Reason,
    *texts: str,
    near: tuple[NearMiss, ...] = (),
    citation: Citation | None = INDICATIONS,
    **more: object,
) -> CriterionResult:
    """One criterion that the chart answers."""
    fields = {"ask": f"What does the chart say about: {says.lower()}?", "op": Op.EVIDENCE} | more
    criterion = Criterion(id=name, says=says, citation=citation, **fields)  # type: ignore[arg-type]
    return CriterionResult(criterion, answer, reason, tuple(quote(text) for text in texts), near)


def group(
    name: str,
    says: str,
    op: Op,
    answer: Answer,
    *children: CriterionResult,
    reason: Reason = Reason.PARTS,
    waiver: CriterionResult | None = None,
    condition: CriterionResult | None = None,
    count: int = 0,
) -> CriterionResult:
    """Criteria combined."""
    criterion = Criterion(
        id=name,
        says=says,
        op=op,
        citation=INDICATIONS,
        children=tuple(child.criterion for child in children),
        unless=waiver.criterion if waiver else None,
        applies_if=condition.criterion if condition else None,
        count=count,
    )
    return CriterionResult(criterion, answer, reason, children=children, waiver=waiver, condition=condition)


MET, NOT_MET, OPEN = Answer.MET, Answer.NOT_MET, Answer.NOT_DOCUMENTED
WAIVED, NOT_APPLICABLE = Answer.WAIVED, Answer.NOT_APPLICABLE


def conservative(waiver: CriterionResult | None = None) -> CriterionResult:
    """Conservative care, shown twice in the note and planned once."""
    planned = near_miss(Reason.PLANNED_ONLY, "Cognitive behavioral therapy will be started next month")
    children = (
        leaf("therapy", "Supervised physical therapy for six months", MET, Reason.DOCUMENTED,
             "Supervised physical therapy from September 2025 to April 2026 without lasting relief"),
        leaf("medication", "Prescribed medication for six months", MET, Reason.DOCUMENTED,
             "Gabapentin 300 mg TID\nfor eight months, no meaningful improvement", "no meaningful improvement"),
        leaf("behavioral", "Cognitive behavioral therapy", OPEN, Reason.PLANNED_ONLY, near=(planned,)),
    )  # fmt: skip
    answer = WAIVED if waiver else MET
    reason = Reason.WAIVER if waiver else Reason.PARTS
    return group("conservative-care", "Six months of conservative care failed", Op.AT_LEAST, answer, *children,
                 reason=reason, waiver=waiver, count=2)  # fmt: skip


def fbss_arm() -> CriterionResult:
    """The branch that the note fits, with one conflict and one silent criterion."""
    return group(
        "fbss", "Failed back surgery syndrome", Op.ALL, OPEN,
        leaf("fbss-diagnosis", "Failed back surgery syndrome is diagnosed", MET, Reason.DOCUMENTED,
             "post-laminectomy syndrome (failed back surgery syndrome)"),
        leaf("leg-pain", "Neuropathic pain, mostly in the leg", MET, Reason.DOCUMENTED,
             "persistent burning pain in the left leg after L4-L5 laminectomy in 2022", "burning pain in the left leg"),
        leaf("same-region", "Earlier operation in the same region", MET, Reason.DOCUMENTED,
             "pain in the left leg after L4-L5 laminectomy"),
        conservative(),
        leaf("no-surgery", "Further surgery is not indicated", MET, Reason.DOCUMENTED,
             "further decompression is not indicated"),
        leaf("behavioral-clearance", "Behavioral health evaluation finds no uncontrolled condition", OPEN,
             Reason.PLANNED_ONLY, near=(near_miss(Reason.PLANNED_ONLY, "Referral to psychology for evaluation"),),
             would_document="A behavioral health provider's note with date, finding and signature.",
             ask="When was the behavioral health evaluation, by whom, and what did it find?"),
        leaf("depression", "Depression is absent or controlled", OPEN, Reason.CONFLICTING,
             "Patient reports no depression", "severe, untreated depression", citation=SUMMARY,
             ask="Is depression present, and if so how is it treated?"),
        reason=Reason.OPEN_PARTS,
    )  # fmt: skip


def crps_arm() -> CriterionResult:
    """The branch that the note does not fit: only the patient's mother has it."""
    mother = near_miss(Reason.OTHER_PERSON, "Mother has CRPS of the right hand")
    return group(
        "crps", "Complex regional pain syndrome", Op.ALL, OPEN,
        leaf("crps-diagnosis", "CRPS is diagnosed", OPEN, Reason.OTHER_PERSON, near=(mother,)),
        leaf("crps-signs", "Signs in two of four categories", OPEN, Reason.SILENT),
        reason=Reason.OPEN_PARTS,
    )  # fmt: skip


def excluded() -> CriterionResult:
    """Exclusions, none of which the note speaks of."""
    return group(
        "excluded", "Not a device that the guideline excludes", Op.NONE, MET,
        leaf("burst", "Burst stimulation is planned", NOT_MET, Reason.SILENT),
        leaf("drg", "Dorsal root ganglion stimulation is planned", NOT_MET, Reason.SILENT),
        reason=Reason.NONE_FOUND,
    )  # fmt: skip


def trial() -> CriterionResult:
    """The whole tree of a stimulator trial, open."""
    surgeon = leaf("surgeon", "Performed by a credentialed specialist", OPEN, Reason.NOT_ATTESTED,
                   op=Op.ATTEST, attest_by="practice", ask="Is the surgeon credentialed for this?")  # fmt: skip
    arms = group("arms", "One covered diagnosis", Op.ANY, OPEN, fbss_arm(), crps_arm(), reason=Reason.OPEN_PARTS)
    return group("trial", "Stimulator trial", Op.ALL, OPEN, arms, excluded(), surgeon, reason=Reason.OPEN_PARTS)


def urgent() -> CriterionResult:
    """A decompression with its conservative care waived, one criterion refuted and one that does not apply."""
    emergency = leaf("urgent", "An emergency is documented", MET, Reason.DOCUMENTED, "Pain 8/10 every day")
    condition = leaf("earlier", "Operated here before", NOT_MET, Reason.DENIED_IN_NOTE, "no recurrent\nherniation")
    interval = leaf("interval", "More than 12 weeks since the last operation", NOT_APPLICABLE, Reason.CONDITION_NOT_MET)
    interval = CriterionResult(interval.criterion, interval.answer, interval.reason, condition=condition)
    stage = leaf("initial", "The request is for an initial operation", MET, Reason.BY_REQUEST, op=Op.REQUEST, ask="",
                 condition=Condition("stage", ("trial",)))  # fmt: skip
    return group(
        "decompression", "Lumbar decompression", Op.ALL, NOT_MET,
        conservative(emergency),
        leaf("imaging", "MRI shows compression of a nerve", NOT_MET, Reason.DENIED_IN_NOTE, "no recurrent\nherniation"),
        interval,
        stage,
    )  # fmt: skip


def guideline(name: str, root: CriterionResult, title: str) -> Guideline:
    """A guideline edition with this tree."""
    indication = Indication(root.criterion.id, title, root.criterion)
    return Guideline(
        id=name,
        title=title,
        publisher="evicore",
        edition="V1.0.2025",
        effective_from=date(2025, 7, 1),
        effective_to=None,
        last_verified=date(2026, 6, 26),
        review_every_days=180,
        status="draft",
        sources={"guideline": GUIDELINE_SOURCE},
        main_source=GUIDELINE_SOURCE,
        indications={indication.id: indication},
        definitions=(Statement("trial-length", "A trial lasts more than 48 hours.", INDICATIONS),),
        not_covered=(Statement("axial", "Axial back pain alone.", INDICATIONS),),
        notes=(Statement("unseen", "The general guidelines part was not seen.", SUMMARY),),
    )


def requirement() -> Requirement:
    """What QualCare asks before a stimulator, shortened."""
    codes = {
        "63650": CodeEntry("63650", "required", "lead through the skin", PAGE),
        "63685": CodeEntry("63685", "required", "generator", PAGE),
        "63662": CodeEntry("63662", "unknown", "take out a paddle lead", PAGE, listed=False,
                           note="The page lists 63661 and not its pair."),
    }  # fmt: skip
    return Requirement(
        id="qualcare.spinal-cord-stimulation",
        payer="qualcare",
        procedure="spinal-cord-stimulation",
        plans=("commercial",),
        title="Dorsal column (lumbar) neurostimulators, trial or implantation",
        prior_authorization="required",
        administrator="eviCore by Evernorth, for Cigna's musculoskeletal and spine programme",
        codes=codes,
        routes=(ROUTE,),
        submissions=(Submission("portal", "eviCore by Evernorth", "https://www.evicore.com", PAGE),),
        turnaround="Not stated on the page; it varies by plan and way of submission.",
        diagnoses=(Diagnosis("M96.1", PAGE), Diagnosis("G90.522", PAGE)),
        documents=(Attachment("office-note", "Most recent office note", "always"),),
        page_criteria=(Statement("six-months", "At least six consecutive months of supervised care failed.", PAGE),),
        questions=(Question("Is prior authorization required?", "Yes, for commercial plans.", PAGE),),
        cautions=(Statement("cigna-0380", "The page cites Cigna 0380, which could not be located.", NOT_LOCATED),),
        sources={"page": PAGE_SOURCE, "cigna-0380": CITED},
        effective_from=None,
        last_verified=date(2026, 6, 26),
        review_every_days=180,
        file="policies/requirements/qualcare/spinal-cord-stimulation.yaml",
        sha256="b" * 64,
    )


ROUTE = Route("trial", ("63650",), ("trial",), "evicore.cmm-211", "trial", INDICATIONS)
DECOMPRESSION_ROUTE = Route("lumbar", ("63685",), (), "evicore.cmm-608", "decompression", SUMMARY)
PRIVATE_ROUTE = Route(
    "removal",
    ("63662",),
    (),
    None,
    None,
    Citation(GUIDELINE_SOURCE, "portal", Read.TITLE_ONLY, Trust.PORTAL_ONLY),
    why="The criteria for removal are shown only in the administrator's portal.",
    upload=("Operative note of the implant", "Office note with the reason for removal"),
)


def _gaps(root: CriterionResult, *ids: str) -> tuple[Gap, ...]:
    found = {result.criterion.id: result for result in root.walk()}
    open_ones = [found[name] for name in ids]
    return tuple(Gap(each.criterion, each.reason, each.criterion.ask, each.near) for each in open_ones)


def _report(
    verdict: Verdict,
    *determinations: Determination,
    warnings: tuple[str, ...] = (),
    stage: str | None = None,
    stage_from: str = "",
    stage_quote: Quote | None = None,
) -> Report:
    codes = tuple(code for each in determinations for code in each.codes)
    document = Document("clinic-note.txt", NOTE)
    held = requirement()
    return Report(
        document=document,
        request=Request("qualcare", codes, date="2026-08-03"),
        requirement=held,
        codes=tuple(held.codes[code] for code in codes),
        verdict=verdict,
        determinations=determinations,
        warnings=warnings,
        receipt=Receipt(
            engine="0.1.0",
            document=document.name,
            document_sha256=document.sha256,
            lexicon_sha256="a" * 64,
            requirement_sha256=held.sha256,
            guidelines=tuple((d.guideline.id, d.guideline.edition, "c" * 64) for d in determinations if d.guideline),
            request=(("codes", " ".join(codes)), ("date", "2026-08-03"), ("payer", "qualcare"), ("plan", "commercial")),
        ),
        stage=stage,
        stage_from=stage_from,
        stage_quote=stage_quote,
    )


def _trial_determination() -> Determination:
    root = trial()
    book = guideline("evicore.cmm-211", root, "Spinal cord stimulation")
    gaps = _gaps(root, "behavioral-clearance", "depression", "surgeon")
    return Determination(ROUTE, ("63650",), Verdict.NOT_DOCUMENTED, book, book.indications["trial"], root, gaps)


def open_trial() -> Report:
    """The usual report: much is met, some is open, one near miss, one conflict; the stage was read from the note."""
    return _report(
        Verdict.NOT_DOCUMENTED,
        _trial_determination(),
        warnings=("The requirement was last verified 2026-06-26; confirm that it still holds.",),
        stage="trial",
        stage_from="note",
        stage_quote=quote("Percutaneous trial of spinal cord stimulation"),
    )


def refused() -> Report:
    """The note says otherwise; conservative care is waived; one criterion does not apply."""
    root = urgent()
    book = guideline("evicore.cmm-608", root, "Lumbar decompression")
    return _report(
        Verdict.NOT_MET,
        Determination(DECOMPRESSION_ROUTE, ("63685",), Verdict.NOT_MET, book, book.indications["decompression"], root),
    )


def everything_met() -> Report:
    """All criteria documented."""
    diagnosis = leaf("fbss-diagnosis", "Failed back surgery syndrome is diagnosed", MET, Reason.DOCUMENTED,
                     "failed back surgery syndrome")  # fmt: skip
    surgeon = leaf("surgeon", "Performed by a credentialed specialist", MET, Reason.ATTESTED,
                   op=Op.ATTEST, attest_by="practice")  # fmt: skip
    root = group("trial", "Stimulator trial", Op.ALL, MET, diagnosis, surgeon)
    book = guideline("evicore.cmm-211", root, "Spinal cord stimulation")
    determination = Determination(ROUTE, ("63650",), Verdict.MET, book, book.indications["trial"], root)
    return _report(Verdict.MET, determination, stage="trial", stage_from="given")


def private() -> Report:
    """No criteria are public."""
    determination = Determination(PRIVATE_ROUTE, ("63662",), Verdict.NO_PUBLIC_CRITERIA, why=PRIVATE_ROUTE.why)
    return _report(Verdict.NO_PUBLIC_CRITERIA, determination)


def two_routes() -> Report:
    """Two codes that two guidelines decide, and a third without public criteria."""
    root = urgent()
    book = guideline("evicore.cmm-608", root, "Lumbar decompression")
    return _report(
        Verdict.NOT_MET,
        _trial_determination(),
        Determination(DECOMPRESSION_ROUTE, ("63685",), Verdict.NOT_MET, book, book.indications["decompression"], root),
        Determination(PRIVATE_ROUTE, ("63662",), Verdict.NO_PUBLIC_CRITERIA, why=PRIVATE_ROUTE.why),
        stage="trial",
        stage_from="code",
    )


def asked_stage() -> Report:
    """The stage is neither given nor read from the note."""
    why = "The stage decides which criteria apply. Give the stage: trial or permanent."
    route = Route("stage-open", ("63685",), ("trial", "permanent"), None, None, PAGE, why)
    return _report(
        Verdict.NOT_DOCUMENTED,
        Determination(route, ("63685",), Verdict.NOT_DOCUMENTED, gaps=(stage_gap(route, route.stages),), why=why),
        stage_from="asked",
    )


ALL = {
    each.__name__: each for each in (open_trial, refused, everything_met, private, two_routes, asked_stage)
}  # fmt: skip
