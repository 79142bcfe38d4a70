"""Whether a treatment was really given: the realisation rule. Planned, offered and refused care is not care."""

from __future__ import annotations

import re

from praxigen.model.fact import State
from praxigen.reading.assertion import Sense
from praxigen.reading.context import Context
from praxigen.reading.page import Mention, Sentence
from praxigen.reading.patterns import Pattern
from praxigen.reading.treatments.course import BODY_OTHER, Course

_DOSE = Pattern(
    r"\b\d+(?:\.\d+)?\s*(?:mg|mcg|milligrams?|tabs?|tablets?|caps?|capsules?|g)\b|\b(?:prn|p\.r\.n"
    r"|b\.?i\.?d|t\.?i\.?d|q\.?i\.?d|q\.?h\.?s|q\.?d|qhs|daily|nightly|as needed)\b",
    re.IGNORECASE,
)

_SPINE_WORDS = frozenset(
    {"spine", "spinal", "vertebral", "lumbar", "cervical", "thoracic", "back", "neck", "disc", "disk", "compression"}
)
_TREATMENT_PLACES = frozenset({"prior_treatment", "medications"})


def read_course(context: Context, sentence: Sentence, mention: Mention) -> Course | None:
    """A mention of a treatment with the state that its words and place give it; None where it is no treatment."""
    sense = context.sense(mention, sentence)
    if _is_no_treatment(context, sentence, mention, sense):
        return None
    if _is_this_procedure(context, sentence, mention):
        return Course(mention, sentence, State.PLANNED, sense.who, "this-procedure")
    state, rule = _state(context, sentence, mention, sense)
    qualities: dict[str, tuple[str, ...]] = {key: (value,) for key, value in mention.qualities.items()}
    qualities.update(context.site(mention, sentence))
    elsewhere = not context.spine_is_the_problem and "region" not in qualities
    if elsewhere or _for_another_problem(context, sentence, mention):
        qualities["region"] = (BODY_OTHER,)
    course = Course(mention, sentence, state, sense.who, rule, qualities=qualities)
    course.sentence_quote = context.quote(sentence, mention.first, mention.last)
    return course


def _is_no_treatment(context: Context, sentence: Sentence, mention: Mention, sense: Sense) -> bool:
    kind = sentence.section.kind
    if kind == "allergies" or (kind in ("operation", "family") and sense.state is None):
        return True
    if kind == "operation" and context.operative and sense.state is not State.DONE:
        return True
    if mention.name == "treatment.epidural_injection" and _is_for_childbirth(context, sentence, mention):
        return True
    if mention.name == "treatment.physical_therapy":
        return _is_laboratory(context, sentence, mention)
    return mention.name == "treatment.medicine_unsaid" and not _in_a_list(sentence, mention)


def _is_for_childbirth(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """An epidural for a delivery takes the pain of labor, and treats no spine."""
    if "steroid" in context.page.words(mention.first, mention.last).lower():
        return False
    start, end = context.start(mention), context.end(mention)
    near = context.text[max(sentence.start, start - 30) : min(sentence.end, end + 45)]
    return _CHILDBIRTH.search(near) is not None


_CHILDBIRTH = Pattern(
    r"\b(?:labou?r|deliver(?:y|ies)|childbirth|c-?section|ca?esarean|obstetric\w*|birth of)\b", re.IGNORECASE
)


def _is_this_procedure(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """An injection that the note itself reports has not had its effect yet."""
    if "injection" not in mention.name or not context.injection_note:
        return False
    return not _EARLIER.search(sentence.text)


def _state(context: Context, sentence: Sentence, mention: Mention, sense: Sense) -> tuple[State, str]:
    kind = sentence.section.kind
    if kind in ("education", "consent"):
        return State.HYPOTHETICAL, f"section.{kind}"
    before = context.text[max(sentence.start, context.start(mention) - 30) : context.start(mention)]
    if kind == "plan" and _STOPPED.search(before):
        return State.DONE, "stopped"
    if _TO_START.match(context.text, context.end(mention), sentence.end):
        return State.PLANNED, "to-start"
    if mention.state == "absent":
        return State.ABSENT, "phrase"
    if sense.state is None:
        return _by_section(kind)
    state = State.DONE if sense.state is State.PAST else sense.state
    if kind in ("plan", "goals") and state is State.DONE and not _strong_past(context, sentence, mention):
        return State.PLANNED, f"section.{kind}"
    return state, sense.rule


def _in_a_list(sentence: Sentence, mention: Mention) -> bool:
    """Medicine that nobody says is for pain counts beside other treatments, or where pain is named."""
    return any(other is not mention and other.name.startswith("treatment.") for other in sentence.concepts)


def _for_another_problem(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """Whether the nearest problem in the sentence is not the spine ("asthma, controlled with medications")."""
    for part in sentence.parts:
        # "therapy for his ankle fracture": said in so many words, whatever else the sentence names
        if part.name == "problem.other" and 0 <= part.first - mention.last <= 8:
            lead = context.tokens.words[max(mention.last, part.first - 4) : part.first]
            if "for" in lead and not _SPINE_WORDS.intersection(lead):
                return True
    spine = [c for c in sentence.concepts if c.name.startswith(("symptom.", "diagnosis.", "imaging."))]
    spine_parts = [
        p
        for p in sentence.parts
        if not any(o.name == "problem.other" and o.first <= p.first and p.last <= o.last for o in sentence.parts)
        and p.name in ("body.lumbar", "body.cervical", "body.thoracic", "body.spine", "body.leg", "body.arm")
    ]
    if spine or spine_parts:
        return False
    return any(p.name == "problem.other" and abs(p.first - mention.first) <= 14 for p in sentence.parts)


def _by_section(kind: str) -> tuple[State, str]:
    if kind in _TREATMENT_PLACES:
        return State.DONE, f"section.{kind}"
    if kind in ("plan", "goals"):
        return State.PLANNED, f"section.{kind}"
    return State.POSSIBLE, "mention"


# "gaba 300 tid - start": an order that stands behind what is ordered.
_TO_START = Pattern(
    r"\s*(?:\d+(?:\.\d+)?\s*(?:mg|mcg)?\s*)?(?:qd|bid|tid|qid|qhs|hs|prn|daily|nightly)?\s*(?:[-–:,]|\u2192|->)\s*"
    r"(?:will |to )?(?:start|begin|initiate|trial of|new rx|rx(?: given| sent)?)\s*(?:today|now|tonight|[.;,]|$)",
    re.IGNORECASE,
)
_STOPPED = Pattern(r"\b(?:stop|discontinue|d/c(?! to\b)|cease)\b", re.IGNORECASE)  # "d/c to HEP" is where to

_EARLIER = Pattern(
    r"\b(?:prior|previous\w*|last|earlier|first|second|third|ago|helped|relief|failed|series)\b", re.IGNORECASE
)

_PAST_WORDS = Pattern(
    r"\b(?:has (?:tried|failed|completed|had|been|undergone|attended|exhausted)|have (?:tried|failed)"
    r"|had (?:tried|failed)|failed|completed|attended|underwent|was (?:tried|treated)|despite|did not"
    r"|continues? (?:to take|on|with|taking|to use)|takes|tried|refilled|taking|already)\b",
    re.IGNORECASE,
)


def _strong_past(context: Context, sentence: Sentence, mention: Mention) -> bool:
    before = context.text[sentence.start : context.end(mention) + 60]
    return _PAST_WORDS.search(before) is not None and not re.search(
        r"\b(?:continue|will|should|recommend|refer|consider|start|begin|plan)\b", before, re.IGNORECASE
    )


_LAB = frozenset(
    {
        "inr",
        "ptt",
        "aptt",
        "seconds",
        "sec",
        "prothrombin",
        "hemoglobin",
        "hematocrit",
        "wbc",
        "platelets",
        "plt",
        "hgb",
        "creatinine",
        "coags",
        "bun",
    }
)


def _is_laboratory(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """PT is also prothrombin time, and some write it for "patient"."""
    if mention.last - mention.first > 1 or context.tokens.words[mention.first] != "pt":
        return False
    near = context.words_near(mention, sentence, 8, 8)
    if _LAB.intersection(near):
        return True
    if _OF_THE_BLOOD.match(context.text, context.end(mention), sentence.end):
        return True
    following = context.tokens.words[mention.last : mention.last + 1]
    return (
        bool(following)
        and following[0]
        in {
            "is",
            "was",
            "has",
            "states",
            "reports",
            "denies",
            "had",
            "presents",
            "complains",
            "seen",
            "here",
            "to",
            "tolerated",
            "returns",
            "will",
            "continues",
            "who",
            "wants",
            "does",
            "notes",
            "admits",
            "with",
            "c",
        }
        and not _therapy_near(near)
        and not _OF_THERAPY.match(context.text, context.end(mention), sentence.end)
    )


_OF_THE_BLOOD = Pattern(
    r"\s+(?:was|is|has been|were)\s+(?:\w+ )?(?:checked|monitored|measured|drawn|normal|elevated|prolonged|therapeutic"
    r"|subtherapeutic|supratherapeutic|rechecked|followed|\d)",
    re.IGNORECASE,
)
# "PT was attended weekly", "PT was approved for": done to a treatment, never to a patient.
_OF_THERAPY = Pattern(
    r"\s+(?:was|is|has been|had been|will be|were)\s+(?:not |never |then |also |only |subsequently )?(?:attended"
    r"|approved|authori[sz]ed|ordered|prescribed|recommended|initiated|stopped|finished|cancel\w*|denied|held"
    r"|offered|helpful"
    r"|unhelpful|beneficial|ineffective|effective|of (?:no|little|some) (?:help|benefit)|done|not (?:done|helpful))\b",
    re.IGNORECASE,
)


def _therapy_near(words: list[str]) -> bool:
    return bool(
        {
            "weeks",
            "wks",
            "sessions",
            "visits",
            "therapy",
            "failed",
            "tried",
            "completed",
            "x",
            "relief",
            "helped",
            "chiro",
            "chiropractic",
            "esi",
            "nsaids",
            "injections",
            "formal",
            "months",
            "week",
            "wk",
            "weekly",
        }.intersection(words)
    )


def share_senses(group: list[Course]) -> None:
    """A cue that governs the first or last of a list governs the list."""
    decided = [course for course in group if course.rule.startswith("cue.")]
    if not decided:
        return
    for course in group:
        if course.rule == "mention":
            nearest = min(decided, key=lambda other: abs(other.mention.first - course.mention.first))
            if nearest.state is not State.ABSENT:
                course.state, course.rule = nearest.state, f"{nearest.rule}.list"


def none_at_all(group: list[Course]) -> Course | None:
    """ "No therapy, injections or chiropractic have been tried": a list of two kinds or more says that nothing was."""
    kinds = {
        course.mention.name
        for course in group
        if course.state is State.ABSENT and course.rule.startswith(("cue.negated", "phrase"))
    }
    if len(kinds) < 2 or any(course.outcome in ("none", "insufficient", "temporary") for course in group):
        return None
    first = group[0]
    mention = Mention("treatment.unspecified", "concept", first.mention.first, group[-1].mention.last, {})
    return Course(mention, first.sentence, State.ABSENT, first.who, "list-negated", qualities=dict(first.qualities))


def settle(context: Context, course: Course) -> None:
    """The realisation rule: a treatment counts only with a sign that it took place."""
    sentence = course.sentence
    if course.state is State.POSSIBLE and course.rule == "mention":
        if course.outcome is not None:
            course.state, course.rule = State.DONE, "outcome"
        elif course.time is not None and course.time.kind in ("duration", "range", "since"):
            if not _may_be_an_order(course):
                course.state, course.rule = State.DONE, "duration"
        elif course.mention.name.startswith("treatment.") and _dosed(context, course):
            course.state, course.rule = State.PRESENT, "dose"
    if (
        course.state is State.ABSENT
        and course.outcome in ("none", "insufficient", "temporary")
        and _cue_is_outcome(course)
    ):
        course.state, course.rule = State.DONE, "outcome"
    told = course.state is State.PLANNED and course.outcome == "none" and sentence.section.kind not in ("plan", "goals")
    if _under_treatment(course):
        course.state, course.rule = State.DONE, "outcome"
    if told and _PAST_WORDS.search(sentence.text):
        course.state, course.rule = State.DONE, "outcome"
    text = sentence.text.lower()
    if "supervis" in text or course.mention.name in (
        "treatment.physical_therapy",
        "treatment.chiropractic",
        "treatment.epidural_injection",
        "treatment.injection",
        "treatment.facet_procedure",
        "treatment.other_injection",
    ):
        course.qualities["supervised"] = ("yes",)
    if "consecutive" in text or "uninterrupted" in text or "unbroken" in text:
        course.qualities["consecutive"] = ("yes",)


def _may_be_an_order(course: Course) -> bool:
    """ "A/P: sciatica. - PT 2x/wk x 8 weeks": beside a plan a bare length is how long it is to be."""
    section = course.sentence.section
    joint = section.kind == "assessment" and _PLAN_TOO.search(section.title) is not None
    return joint and not _PAST_WORDS.search(course.sentence.text) and _A_DAY_PAST.search(course.sentence.text) is None


_PLAN_TOO = Pattern(r"\b(?:plan|recommendations?|P)\b", re.IGNORECASE)
_A_DAY_PAST = Pattern(r"\b(?:19|20)\d\d\b|\d/\d{2}\b|\b(?:since|last|past|prior|previous\w*|x\d|ago)\b", re.IGNORECASE)


def _under_treatment(course: Course) -> bool:
    """ "TREATMENT: PT 10 visits over 8 weeks, no benefit": the heading tells of what was done, too."""
    return (
        course.rule == "section.plan"
        and course.sentence.section.title.lower().startswith("treatment")
        and "plan" not in course.sentence.section.title.lower()
        and course.outcome in ("none", "insufficient", "temporary", "worse")
    )


def _cue_is_outcome(course: Course) -> bool:
    return course.rule == "cue.negated"


def _dosed(context: Context, course: Course) -> bool:
    start = context.start(course.mention)
    if _ON_IT.fullmatch(context.text[course.sentence.start : start]) and course.mention.name.startswith(_MEDICINES):
        return True
    after = context.text[context.end(course.mention) : context.end(course.mention) + 40]
    return course.mention.name.startswith(_MEDICINES) and _DOSE.search(after.split(",")[0]) is not None


_ON_IT = Pattern(r"\W*(?:now |currently |still )?on\s+", re.IGNORECASE)  # "On tramadol for the pain."
_MEDICINES = (
    "treatment.medication",
    "treatment.nsaid",
    "treatment.opioid",
    "treatment.analgesic",
    "treatment.muscle",
    "treatment.oral",
    "treatment.anticonvulsant",
    "treatment.antidepressant",
    "treatment.tricyclic",
    "treatment.serotonergic",
    "treatment.topical",
)
