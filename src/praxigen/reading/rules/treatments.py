"""Non-operative treatments: whether each was really given, for how long, for which part of the body, and what it did."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from praxigen.model.amount import Duration, Span, Unit
from praxigen.model.document import Quote
from praxigen.model.fact import Fact, State, Who
from praxigen.reading.context import Context
from praxigen.reading.page import Mention, Sentence
from praxigen.reading.times import TimeMention

_DOSE = re.compile(
    r"\b\d+(?:\.\d+)?\s*(?:mg|mcg|milligrams?|tabs?|tablets?|caps?|capsules?|g)\b|\b(?:prn|p\.r\.n"
    r"|b\.?i\.?d|t\.?i\.?d|q\.?i\.?d|q\.?h\.?s|q\.?d|qhs|daily|nightly|as needed)\b",
    re.IGNORECASE,
)
_NOT_A_COURSE = re.compile(
    r"^\W*(?:follow|f/u|old\b|post[- ]?op|postop|after (?:surgery|the (?:injection|surgery|procedure))"
    r"|from now|of (?:pain|symptoms|back|neck|leg|low back|lbp|radic|worsening|progressive|severe|numb"
    r"|sciatica)|history|h/o|hx|duration of (?:symptoms|pain))",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"(?:\b(?:again|seen|back|up|visit|return|recheck|appointment|f/u|rtc|her|him|patient|us|clinic|mri"
    r"|repeat|reassess|re-?evaluat\w+)\s+in|\bnext|\bfollow(?:[- ]up)?(?: in)?|\breturn(?: in)?|\bwithin"
    r"|\bevery|\bin about|\bin approximately|\bto be seen|\brecheck in|\bsee (?:him|her"
    r"|the patient) (?:back )?in)\s*$",
    re.IGNORECASE,
)
_SYMPTOM_HEAD = re.compile(
    r"\b(?:history|h/o|hx|onset|pain(?! (?:service|clinic|management|medicine|medication|doctor|program"
    r"|specialist|meds|center|relief))|symptoms?|numbness|weakness|sciatica|radiculopathy|lbp|discomfort"
    r"|problems?|complaints?|suffer(?:ed|ing|s)?|injury|duration|began|started|presents?|complain(?:s|ing"
    r"|ed)?|relief|improvement|benefit|better|helped)\b",
    re.IGNORECASE,
)
_CONTINUES = frozenset(
    {
        "this",
        "these",
        "they",
        "it",
        "that",
        "neither",
        "none",
        "nothing",
        "both",
        "all",
        "she",
        "he",
        "unfortunately",
        "without",
        "no",
        "despite",
        "however",
        "relief",
        "response",
        "pain",
        "symptoms",
        "minimal",
        "temporary",
        "only",
        "some",
        "little",
        "not",
        "did",
        "gave",
        "helped",
        "which",
        "each",
        "result",
        "results",
        "outcome",
        "patient",
        "the",
        "had",
        "there",
        "still",
        "yet",
        "overall",
    }
)
_TREATMENT_PLACES = frozenset({"prior_treatment", "medications"})
_LIST_GAP = 9
_BODY_OTHER = "other"
_BEFORE_TO = frozenset({"failed", "completed", "underwent", "received", "tried"})


@dataclass(slots=True)
class Course:
    """One mention of a treatment, before the document as a whole has been weighed."""

    mention: Mention
    sentence: Sentence
    state: State
    who: Who
    rule: str
    outcome: str | None = None
    duration: Duration | None = None
    time: TimeMention | None = None
    basis: list[Quote] = field(default_factory=list)
    sentence_quote: Quote = field(default=Quote("", 0, 0, ""))
    qualities: dict[str, tuple[str, ...]] = field(default_factory=dict)


def treatment_facts(context: Context) -> Iterator[Fact]:
    """Facts about every treatment in the document."""
    courses: list[Course] = []
    for sentence in context.page.sentences:
        mentions = [m for m in sentence.concepts if m.name.startswith("treatment")]
        if mentions:
            made = _courses(context, sentence, mentions)
            courses.extend(made)
        elif courses:
            _carry_over(context, sentence, courses)
    _said_of_all(courses)
    _one_episode(courses)
    _earlier_episodes(context, courses)
    _persisting(context, courses)
    for course in courses:
        yield _fact(context, course)


def _courses(context: Context, sentence: Sentence, mentions: list[Mention]) -> list[Course]:
    courses: list[Course] = []
    for mention in mentions:
        course = _course(context, sentence, mention)
        if course is not None:
            courses.append(course)
    groups = _groups(context, courses)
    for group in groups:
        _share_senses(group)
        _give_times(context, sentence, group, groups)
        _give_outcomes(context, sentence, group, groups)
    for course in courses:
        _settle(context, course)
    nothing = [_none_at_all(context, group) for group in groups]
    return courses + [course for course in nothing if course is not None]


def _course(context: Context, sentence: Sentence, mention: Mention) -> Course | None:
    sense = context.sense(mention, sentence)
    kind = sentence.section.kind
    if kind == "allergies" or (kind in ("operation", "family") and sense.state is None):
        return None
    if kind == "operation" and context.operative and sense.state is not State.DONE:
        return None
    if (
        mention.name.startswith("treatment.")
        and "injection" in mention.name
        and context.injection_note
        and not _EARLIER.search(context.text[sentence.start : sentence.end])
    ):
        return Course(mention, sentence, State.PLANNED, sense.who, "this-procedure")
    if mention.name == "treatment.physical_therapy" and _is_laboratory(context, sentence, mention):
        return None
    if mention.name == "treatment.medicine_unsaid" and not _in_a_list(sentence, mention):
        return None
    qualities = {key: (value,) for key, value in mention.qualities.items()}
    qualities.update(context.site(mention, sentence))
    state, rule = sense.state, sense.rule
    if state is None:
        state, rule = _by_section(kind)
    elif state is State.PAST:
        state = State.DONE
    if mention.state == "absent":
        state, rule = State.ABSENT, "phrase"
    if _for_another_problem(context, sentence, mention) or (
        not context.spine_is_the_problem and "region" not in qualities
    ):
        qualities["region"] = (_BODY_OTHER,)
    if kind in ("education", "consent"):
        state, rule = State.HYPOTHETICAL, f"section.{kind}"
    if kind in ("plan", "goals") and state is State.DONE and not _strong_past(context, sentence, mention):
        state, rule = State.PLANNED, f"section.{kind}"
    if kind == "plan" and _STOPPED.search(
        context.text[max(sentence.start, context.start(mention) - 30) : context.start(mention)]
    ):
        state, rule = State.DONE, "stopped"
    course = Course(mention, sentence, state, sense.who, rule, qualities=qualities)
    course.sentence_quote = context.quote(sentence, mention.first, mention.last)
    return course


def _in_a_list(sentence: Sentence, mention: Mention) -> bool:
    """Medicine that nobody says is for pain counts beside other treatments, or where pain is named."""
    return any(other is not mention and other.name.startswith("treatment.") for other in sentence.concepts)


def _for_another_problem(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """Whether the nearest problem in the sentence is not the spine ("asthma, controlled with medications")."""
    del context
    spine = [c for c in sentence.concepts if c.name.startswith(("symptom.", "diagnosis.", "imaging."))]
    spine_parts = [
        p
        for p in sentence.parts
        if p.name in ("body.lumbar", "body.cervical", "body.thoracic", "body.spine", "body.leg", "body.arm")
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


_STOPPED = re.compile(r"\b(?:stop|discontinue|d/c|cease)\b", re.IGNORECASE)
_EARLIER = re.compile(
    r"\b(?:prior|previous\w*|last|earlier|first|second|third|ago|helped|relief|failed|series)\b", re.IGNORECASE
)
_PAST_WORDS = re.compile(
    r"\b(?:has (?:tried|failed|completed|had|been|undergone|attended|exhausted)|have (?:tried|failed)"
    r"|had (?:tried|failed)|failed|completed|attended|underwent|was (?:tried|treated)|despite|did not"
    r"|continues? (?:to take|on|with|taking|to use)|tried|refilled|taking|already)\b",
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
        }.intersection(words)
    )


def _groups(context: Context, courses: list[Course]) -> list[list[Course]]:
    """Treatments that stand in one list ("PT, chiropractic and NSAIDs") share what is said of the list."""
    groups: list[list[Course]] = []
    for course in courses:
        if groups and _same_list(context, groups[-1][-1].mention, course.mention):
            groups[-1].append(course)
        else:
            groups.append([course])
    return groups


_JOINERS = frozenset(
    {
        ",",
        "and",
        "or",
        "as",
        "well",
        "including",
        "(",
        ")",
        "/",
        "&",
        "plus",
        "with",
        "then",
        "also",
        "multiple",
        "several",
        "of",
        "along",
        "such",
        "like",
        "both",
        "formal",
        "oral",
        "various",
        "-",
        "the",
        "a",
        "prescription",
        "trial",
        "lumbar",
        "cervical",
        "courses",
        "course",
        "series",
        "followed",
        "by",
        "combination",
        "in",
        "addition",
        "to",
        "supervised",
        "repeated",
        "at",
        "home",
        "topical",
        "nor",
        "either",
        "two",
        "three",
        "one",
        "mg",
        "daily",
        "tid",
        "bid",
        "muscle",
        "consisting",
        "x",
        "steroid",
        "rounds",
        "sets",
        "different",
        "+",
        ".",
        "injection",
        "treatment",
        "therapy",
        "some",
        "per",
        "week",
    }
)


def _same_list(context: Context, left: Mention, right: Mention) -> bool:
    if right.first < left.last:
        return True
    between = context.tokens.words[left.last : right.first]
    if len(between) > _LIST_GAP:
        return False
    return all(word in _JOINERS or word.isdigit() or (word[0].isdigit()) for word in between)


def _share_senses(group: list[Course]) -> None:
    """A cue that governs the first or last of a list governs the list."""
    decided = [course for course in group if course.rule.startswith("cue.")]
    if not decided:
        return
    for course in group:
        if course.rule == "mention":
            nearest = min(decided, key=lambda other: abs(other.mention.first - course.mention.first))
            if nearest.state is not State.ABSENT:
                course.state, course.rule = nearest.state, f"{nearest.rule}.list"


def _give_times(context: Context, sentence: Sentence, group: list[Course], groups: list[list[Course]]) -> None:
    first, last = context.start(group[0].mention), context.end(group[-1].mention)
    best: tuple[int, TimeMention] | None = None
    for time in context.times(sentence):
        if time.kind not in ("duration", "range", "since") or time.duration is None or _is_dosing(context, time):
            continue
        distance = _course_distance(context, sentence, time, first, last, group)
        if distance is None:
            continue
        if any(other is not group and _nearer(context, time, other, distance) for other in groups):
            continue
        if best is None or distance < best[0]:
            best = (distance, time)
    counted = _visits_over_frequency(context, sentence) if best is None and len(groups) == 1 else None
    if best is None and counted is None:
        return
    time = best[1] if best is not None else counted
    assert time is not None
    quote = context.quote_span(time.start, time.end)
    for course in group:
        course.duration, course.time = time.duration, time
        course.basis.append(quote)


_DOSING = re.compile(
    r"\b(?:every|each|q\.?|per|times an?|times per|x/?|x per|once an?|twice an?|a|hour|/)\s*$", re.IGNORECASE
)


def _is_dosing(context: Context, time: TimeMention) -> bool:
    """ "every 4 to 6 hours", "two times a day": how often, not how long. A course is counted in days at the least."""
    assert time.duration is not None
    longest = time.duration.high or time.duration.low
    if longest is None or longest.most_days < 1:
        return True
    written = context.text[time.start : time.end].lower()
    if (
        longest.number <= 1
        and longest.unit in ("day", "week")
        and not written.startswith(("over", "for", "about", "1", "one"))
    ):
        return True
    return _DOSING.search(context.text[max(0, time.start - 9) : time.start]) is not None and longest.most_days < 8


def _nearer(context: Context, time: TimeMention, group: list[Course], distance: int) -> bool:
    first, last = context.start(group[0].mention), context.end(group[-1].mention)
    gap = first - time.end if time.end <= first else time.start - last
    return 0 <= gap < distance


_OF = re.compile(
    r"^\W*(?:of|course of|trial of|period of|worth of|course|in|doing|\w+ course of|supervised|formal"
    r"|trials of|total of)?\W*(?:\w+[\s,/-]+){0,6}?$",
    re.IGNORECASE,
)


def _course_distance(
    context: Context, sentence: Sentence, time: TimeMention, first: int, last: int, group: list[Course]
) -> int | None:
    """Characters between a length of time and the treatments that it measures; None where it measures something else."""
    text = context.text
    if _FUTURE.search(text[max(sentence.start, time.start - 30) : time.start]):
        return None
    after = text[time.end : min(sentence.end, time.end + 40)]
    if _NOT_A_COURSE.match(after):
        return None
    if time.end <= first:
        between = text[time.end : first]
        if len(between) > 75 or _SYMPTOM_HEAD.search(between) or ";" in between:
            return None
        return len(between)
    if time.start >= last:
        between = text[last : time.start]
        between = _purpose_out(between)
        if len(between) > 110 or ";" in between:
            return None
        clean = re.sub(
            r"\b(?:no|without|little|minimal|some|temporary|good|lasting|any"
            r"|significant)\s+(?:\w+\s+)?(?:relief|improvement|benefit)\b|\bwithout (?:pain )?relief\b",
            "",
            between,
            flags=re.IGNORECASE,
        )
        if _SYMPTOM_HEAD.search(clean):
            return None
        return len(between)
    return 0


_PURPOSE = re.compile(
    r"\b(?:for|to treat)\s+(?:\w+[\s/-]+){0,5}?(?:pain|radiculopathy|sciatica|stenosis|symptoms?|radic"
    r"|claudication|syndrome|back|neck|spine|crps|fbss|herniation|hnp|lbp)\b(?!\s*(?:of|that|which|has"
    r"|lasting|present))",
    re.IGNORECASE,
)


def _purpose_out(between: str) -> str:
    """ "PT for lumbar radiculopathy 3/1 - 4/12": what the treatment was for is not what lasted."""
    return _PURPOSE.sub("", between)


def _visits_over_frequency(context: Context, sentence: Sentence) -> TimeMention | None:
    """24 sessions at three a week are eight weeks."""
    times = context.times(sentence)
    per_week = next((t.count for t in times if t.kind == "frequency" and t.count), None)
    visits = next((t for t in times if t.kind == "visits" and t.count), None)
    if per_week is None or visits is None or visits.count is None:
        return None
    span = Span(visits.count / per_week, Unit.WEEK)
    return TimeMention("duration", visits.start, visits.end, Duration(span, span))


def _give_outcomes(context: Context, sentence: Sentence, group: list[Course], groups: list[list[Course]]) -> None:
    cue = _outcome_cue(context, sentence, group, groups)
    if cue is None:
        return
    for course in group:
        course.outcome = cue.name.partition(".")[2]
        course.qualities["outcome"] = (course.outcome,)
        course.basis.append(context.quote_span(context.start(cue), context.end(cue)))


def _outcome_cue(
    context: Context, sentence: Sentence, group: list[Course], groups: list[list[Course]]
) -> Mention | None:
    best: tuple[int, Mention] | None = None
    first, last = group[0].mention.first, group[-1].mention.last
    for cue in sentence.cues:
        if not cue.name.startswith("outcome."):
            continue
        gap = cue.first - last if cue.first >= last else first - cue.last
        if gap < 0:
            gap = 0
        before = cue.last <= first
        if before and not _reaches_forward(context, cue, first):
            continue
        if not before and _crosses(context, last, cue.first, groups, group):
            gap += 6
        if best is None or gap < best[0]:
            best = (gap, cue)
    return best[1] if best else None


def _reaches_forward(context: Context, cue: Mention, first: int) -> bool:
    words = context.tokens.words
    between = words[cue.last : first]
    if ";" in between or "." in between:
        return False
    if len(between) > 40:
        return False
    if words[cue.last - 1] in (
        "despite",
        "of",
        "to",
        "with",
        "on",
        "failed",
        "from",
        "exhausted",
        "after",
        "refractory",
    ):
        return True
    if {"but", "however", "she", "he", "although"}.intersection(between):
        return False
    return len(between) <= 22


def _crosses(context: Context, last: int, first: int, groups: list[list[Course]], group: list[Course]) -> bool:
    del context
    return any(other is not group and last <= other[0].mention.first < first for other in groups)


def _none_at_all(context: Context, group: list[Course]) -> Course | None:
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


def _settle(context: Context, course: Course) -> None:
    """The realisation rule: a treatment counts only with a sign that it took place."""
    sentence = course.sentence
    if course.state is State.POSSIBLE and course.rule == "mention":
        if course.outcome is not None:
            course.state, course.rule = State.DONE, "outcome"
        elif course.time is not None and course.time.kind in ("duration", "range", "since"):
            course.state, course.rule = State.DONE, "duration"
        elif course.mention.name.startswith("treatment.") and _dosed(context, course):
            course.state, course.rule = State.PRESENT, "dose"
    if (
        course.state is State.ABSENT
        and course.outcome in ("none", "insufficient", "temporary")
        and _cue_is_outcome(course)
    ):
        course.state, course.rule = State.DONE, "outcome"
    if course.state is State.PLANNED and course.outcome == "none" and sentence.section.kind not in ("plan", "goals"):
        if _PAST_WORDS.search(context.text[sentence.start : sentence.end]):
            course.state, course.rule = State.DONE, "outcome"
    text = context.text[sentence.start : sentence.end].lower()
    if "supervis" in text or course.mention.name in (
        "treatment.physical_therapy", "treatment.chiropractic", "treatment.epidural_injection", "treatment.injection",
        "treatment.facet_procedure", "treatment.other_injection",
    ):  # fmt: skip
        course.qualities["supervised"] = ("yes",)
    if "consecutive" in text or "uninterrupted" in text or "unbroken" in text:
        course.qualities["consecutive"] = ("yes",)


def _cue_is_outcome(course: Course) -> bool:
    return course.rule == "cue.negated"


def _dosed(context: Context, course: Course) -> bool:
    after = context.text[context.end(course.mention) : context.end(course.mention) + 40]
    return course.mention.name.startswith(_MEDICINES) and _DOSE.search(after.split(",")[0]) is not None


_MEDICINES = (
    "treatment.medication",
    "treatment.nsaid",
    "treatment.opioid",
    "treatment.analgesic",
    "treatment.muscle",
    "treatment.oral",
    "treatment.anticonvulsant",
    "treatment.antidepressant",
    "treatment.topical",
)


_WENT = re.compile(
    r"\b(?:went throughout|attended (?:all|every|throughout|each)|completed (?:it|them|all|the)"
    r"|finish\w* (?:it|all|the|them)|went to (?:all|every)|did all|was compliant)\b",
    re.IGNORECASE,
)
_NEVER_WENT = re.compile(
    r"\b(?:never (?:went|attended|started|came|took)|(?:was|were) (?:not able|unable) to (?:attend|go"
    r"|start)|did not (?:go|attend|start|follow through|take)|could not (?:attend|go|start)|not attended"
    r"|no[- ]show\w*)\b",
    re.IGNORECASE,
)
_LEFT = re.compile(
    r"\b(?:quit|stopped|left|dropped out|discontinued|gave up|self-discharged)\b[^.;]{0,25}?\b(?:in|after"
    r"|at|by)\s+(?:only |just |about )?(?:(?P<unit1>week|month|day|visit)s?\s+(?P<n1>\d+|one|two|three"
    r"|four|five|six)|(?P<n2>\d+|one|two|three|four|five|six|a)\s+(?P<unit2>week|month|day|visit)s?)\b",
    re.IGNORECASE,
)
_SMALL = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def _said_of_all(courses: list[Course]) -> None:
    """ "Failing nonsurgical treatment", said by the clinician, holds for the treatments that the note tells of."""
    verdict = next((c for c in courses if c.mention.name == "treatment.unspecified" and c.outcome == "none"
                    and c.state is State.DONE and c.who is Who.PATIENT and c.qualities.get("region") != (_BODY_OTHER,)), None)  # fmt: skip
    if verdict is None:
        return
    for course in courses:
        if (
            course is not verdict
            and course.outcome is None
            and course.state in (State.DONE, State.PRESENT)
            and course.duration is not None
        ):
            course.outcome = verdict.outcome
            course.qualities["outcome"] = (str(verdict.outcome),)
            course.basis.append(verdict.sentence_quote)


def _one_episode(courses: list[Course]) -> None:
    """Several mentions of one treatment are one episode: where one says how long and another what it did, both hold."""
    by_name: dict[str, list[Course]] = {}
    for course in courses:
        if course.state in (State.DONE, State.PRESENT) and course.who is Who.PATIENT:
            by_name.setdefault(course.mention.name, []).append(course)
    for same in by_name.values():
        outcomes = {course.outcome for course in same if course.outcome}
        spans = [course for course in same if course.duration is not None]
        if len(outcomes) != 1 or not spans:
            continue
        told = next(course for course in same if course.outcome)
        for course in spans:
            if (
                course.outcome is None
                and course is not told
                and course.qualities.get("region") == told.qualities.get("region", course.qualities.get("region"))
            ):
                course.outcome = told.outcome
                course.qualities["outcome"] = (str(told.outcome),)
                course.basis.append(told.sentence_quote)


_OLD = re.compile(
    r"\b(?:earlier|previous|prior|old|another)\s+(?:\w+\s+)?(?:episode|injury|sprain|strain|accident"
    r"|fall)\b|\b(?:19|20)\d\d episode\b|\bfor (?:a|an|the|his|her) (?:\w+\s+){0,2}(?:whiplash|sprain"
    r"|strain|fall|accident|injury|episode) in (?:19|20)\d\d\b|\bin (?:19|20)\d\d (?:was|were) treated\b",
    re.IGNORECASE,
)


def _earlier_episodes(context: Context, courses: list[Course]) -> None:
    """Care for an episode that is over says nothing about the present one."""
    for course in courses:
        text = context.text[course.sentence.start : course.sentence.end]
        if _OLD.search(text):
            course.qualities["episode"] = ("earlier",)
            if course.state in (State.DONE, State.PRESENT):
                course.state, course.rule = State.PAST, "earlier-episode"


def _what_became_of_it(context: Context, sentence: Sentence, courses: list[Course]) -> None:
    """The sentence after an order or a course says whether it was attended, or when it was left."""
    text = context.text[sentence.start : sentence.end]
    last = courses[-1].sentence
    quote = context.quote_span(sentence.start, min(sentence.end, sentence.start + 170))
    left = _LEFT.search(text)
    for course in courses:
        if course.sentence.index != last.index:
            continue
        if _NEVER_WENT.search(text):
            course.state, course.rule, course.duration = State.ABSENT, "never-went", None
            course.basis = [quote]
        elif _WENT.search(text) and course.state in (State.PLANNED, State.POSSIBLE):
            course.state, course.rule = State.DONE, "went"
            course.basis.append(quote)
        elif left:
            unit = left.group("unit1") or left.group("unit2")
            number = left.group("n1") or left.group("n2")
            course.duration = None
            if unit.lower() != "visit":
                span = Span(Fraction(_SMALL.get(number.lower(), 0) or int(number)), Unit(unit.lower()))
                course.duration = Duration(None, span)
            course.basis.append(quote)


def _length_told_next(context: Context, sentence: Sentence, courses: list[Course]) -> None:
    """ "Naproxen has not helped. Was taken for 6 weeks.": the length may stand in the next sentence."""
    if any(c.name.startswith("symptom.") for c in sentence.concepts):
        return
    words = context.tokens.words[sentence.first : sentence.first + 2]
    if not words or words[0] not in (
        "was",
        "were",
        "treated",
        "it",
        "they",
        "this",
        "these",
        "course",
        "duration",
        "total",
        "all",
        "taken",
        "given",
    ):
        return
    last = courses[-1].sentence
    for time in context.times(sentence):
        if time.kind in ("duration", "range", "since") and time.duration is not None and not _is_dosing(context, time):
            for course in courses:
                if course.sentence.index == last.index and course.duration is None:
                    course.duration, course.time = time.duration, time
                    course.basis.append(context.quote_span(sentence.start, min(sentence.end, sentence.start + 170)))
            return


def _carry_over(context: Context, sentence: Sentence, courses: list[Course]) -> None:
    """A sentence right after the treatments says what they did ("None of these helped.", "She had no relief.")."""
    last = courses[-1].sentence
    if sentence.index - last.index > 2 or sentence.section is not last.section:
        return
    if sentence.index - last.index == 1:
        _what_became_of_it(context, sentence, courses)
        _length_told_next(context, sentence, courses)
    outcomes = [cue for cue in sentence.cues if cue.name.startswith("outcome.")]
    words = context.tokens.words[sentence.first : sentence.last]
    if not outcomes or words[0] not in _CONTINUES:
        return
    if any(c.name.startswith(("sign.", "imaging.", "trial.", "redflag.")) for c in sentence.concepts):
        return
    cue = outcomes[0]
    quote = context.quote(sentence, cue.first, cue.last)
    whole = sentence.section.kind == "prior_treatment"
    for course in courses:
        same = course.sentence.section is sentence.section if whole else course.sentence.index == last.index
        if same and course.outcome is None:
            course.outcome = cue.name.partition(".")[2]
            course.qualities["outcome"] = (course.outcome,)
            course.basis.append(quote)
            if course.state is State.POSSIBLE and course.rule == "mention":
                course.state, course.rule = State.DONE, "outcome.next"


def _persisting(context: Context, courses: list[Course]) -> None:
    """A treatment that was given, while the patient still has the pain, has not been enough."""
    quote = _current_pain(context)
    if quote is None or not context.spine_is_the_problem:
        return
    for course in courses:
        if (
            course.outcome is None
            and course.state in (State.DONE, State.PRESENT)
            and _could_have_helped(context, course)
        ):
            course.qualities["outcome"] = ("persisting",)
            course.basis.append(quote)


_SPINE_PAINS = (
    "symptom.radicular",
    "symptom.axial_pain",
    "symptom.neurogenic",
    "diagnosis.fbss",
    "diagnosis.crps",
    "diagnosis.stenosis",
    "symptom.neuropathic",
)


_FOR_PAIN = ("treatment.nsaid", "treatment.opioid", "treatment.analgesic", "treatment.muscle_relaxant", "treatment.topical",
             "treatment.physical_therapy", "treatment.chiropractic", "treatment.epidural_injection", "treatment.facet_procedure",
             "treatment.injection", "treatment.other_injection", "treatment.home_exercise", "treatment.exercise", "treatment.tens",
             "treatment.acupuncture", "treatment.massage", "treatment.brace")  # fmt: skip
_FOR_NERVES = ("treatment.anticonvulsant", "treatment.antidepressant", "treatment.oral_steroid", "treatment.medication")
_AT_ONCE = re.compile(
    r"\breceived (?:\w+ ){0,2}(?:morphine|toradol|ketorolac|dilaudid|fentanyl|demerol|hydromorphone)\b"
    r"|\b\d{1,2}:\d{2}\b|\b(?:one|single|1) dose\b|\bintravenous|\bIV\b|\bin the (?:ED|ER|emergency)"
    r"|\binjected\b|\bwas infiltrated|\bexplain",
    re.IGNORECASE,
)


def _could_have_helped(context: Context, course: Course) -> bool:
    """Whether the pain that is still there says that this treatment was not enough.

    A medicine that is also given for other things counts only where the note ties it to pain; a single dose, or what is
    being done in this very visit, has not had its chance.
    """
    sentence = course.sentence
    text = context.text[sentence.start : sentence.end]
    if _AT_ONCE.search(text) or course.qualities.get("region") == (_BODY_OTHER,):
        return False
    if sentence.section.kind == "medications" and "pain" not in text.lower():
        return False
    if course.mention.name in _FOR_PAIN:
        return True
    if course.mention.name not in _FOR_NERVES:
        return False
    tied = any(c.name.startswith("symptom.") for c in sentence.concepts) or "pain" in text.lower()
    return tied or (
        sentence.section.kind in ("history", "opening", "prior_treatment") and course.rule.startswith("cue.")
    )


def _current_pain(context: Context) -> Quote | None:
    for sentence in context.page.sentences:
        if sentence.section.kind in (
            "family",
            "past_medical",
            "past_surgical",
            "ros",
            "education",
            "plan",
            "goals",
            "operation",
            "consent",
            "allergies",
            "social",
        ):
            continue
        for mention in sentence.concepts:
            if not mention.name.startswith(_SPINE_PAINS):
                continue
            sense = context.sense(mention, sentence)
            if sense.who is Who.PATIENT and sense.state not in (
                State.ABSENT,
                State.POSSIBLE,
                State.HYPOTHETICAL,
                State.CLAIMED,
            ):
                site = context.site(mention, sentence)
                if site.get("region") != (_BODY_OTHER,):
                    return context.quote(sentence, mention.first, mention.last)
    return None


def _fact(context: Context, course: Course) -> Fact:
    time = course.time
    return context.fact(
        course.mention.name,
        course.state,
        course.sentence,
        course.mention,
        f"treatment.{course.rule}",
        who=course.who,
        qualities=course.qualities,
        basis=_outside(course),
        duration=course.duration,
        began=time.began if time else None,
        ended=time.ended if time else None,
        template=course.sentence.section.kind == "ros",
        quote=_quote(context, course),
    )


def _quote(context: Context, course: Course) -> Quote:
    """The clause of the treatment, widened to its duration and outcome where they stand close."""
    quote = context.quote(course.sentence, course.mention.first, course.mention.last)
    start, end = quote.start, quote.end
    for other in course.basis:
        if other.start >= course.sentence.start and other.end <= course.sentence.end:
            low, high = min(start, other.start), max(end, other.end)
            if high - low <= 200:
                start, end = low, high
    return context.quote_span(start, end)


def _outside(course: Course) -> list[Quote]:
    return [
        q
        for q in course.basis
        if not (
            course.sentence.start <= q.start and q.end <= course.sentence.end and q.end - course.sentence.start <= 200
        )
    ]
