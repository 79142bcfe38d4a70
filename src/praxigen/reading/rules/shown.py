"""What a study of any kind shows beside pressure on nerves, with the study and its date: a fusion that did not take,
marrow edema, Modic changes; and studies of the sacroiliac joints, the pelvis and the hip."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from praxigen.model.document import Quote
from praxigen.model.fact import Fact, State, Who
from praxigen.model.frozen import frozen
from praxigen.reading.context import Context
from praxigen.reading.page import Mention, Sentence, mention_at
from praxigen.reading.patterns import Pattern

_FINDINGS = frozenset(
    {
        "imaging.pseudarthrosis",
        "imaging.hardware_failure",
        "imaging.modic",
        "imaging.marrow_edema",
        "imaging.height_loss_progression",
        "imaging.retropulsion",
        "imaging.vertebral_destruction",
    }
)
_SKIPPED = frozenset({"education", "consent", "family", "allergies", "goals"})
_BONE_SCAN = Pattern(r"\b(?:bone scan|scintigra\w+|SPECT(?:[-/ ]CT)?|nuclear medicine)\b", re.IGNORECASE)
_CARRIES = 4  # sentences after the one that names the study
_UNSURE = Pattern(
    r"\b(?:cannot be excluded|questionable|possibl[ey]|suspicious|equivocal|may be|artifact|versus|indeterminate)\b",
    re.IGNORECASE,
)
_JOINTS = (
    ("imaging.sacroiliac_study", Pattern(r"\b(?:sacroiliac|SI joints?|SIJs?)\b", re.IGNORECASE)),
    ("imaging.pelvis_study", Pattern(r"\b(?:pelvis|pelvic)\b", re.IGNORECASE)),
    ("imaging.hip_study", Pattern(r"\bhips?\b", re.IGNORECASE)),
)
_STUDY = Pattern(
    r"\b(?P<xray>x-?\s?rays?|radiographs?|plain films?|films)|(?P<ct>\bCTs?\b|CT scans?|computed tomograph\w+)"
    r"|(?P<mri>\bMRIs?\b|magnetic resonance \w+)",
    re.IGNORECASE,
)
_TO_COME = Pattern(
    r"\b(?:order\w*|obtain|recommend\w*|schedul\w*|pending|will (?:get|have|need|obtain|order)|request\w*|needs?"
    r"|referr?\w* for"
    r"|await\w*|to be (?:done|obtained))\b",
    re.IGNORECASE,
)
_REACH = 45


@frozen
class _Study:
    modality: str
    day: date | None
    index: int
    quote: Quote


def shown_facts(context: Context) -> Iterator[Fact]:
    """Facts about what studies show, and about studies of the joints of the pelvis."""
    study: _Study | None = None
    finds = not context.page.names.isdisjoint(_FINDINGS)
    of_joints = any(pattern.may_match(context.text) for _, pattern in _JOINTS)
    if not finds and not of_joints:
        return
    for sentence in context.page.sentences:
        if sentence.section.kind in _SKIPPED or sentence.general:
            continue
        if finds:
            study = _current(context, sentence, study)
            yield from _found(context, sentence, study)
        yield from _joint_studies(context, sentence)


def _current(context: Context, sentence: Sentence, study: _Study | None) -> _Study | None:
    """The study that a sentence speaks of: one that it names, or one named shortly before."""
    text = sentence.text
    named = [c for c in sentence.concepts if c.name == "imaging.study" and c.qualities.get("modality") != "emg"]
    modality = next((m for c in named if (m := c.qualities.get("modality", "unsaid")) != "unsaid"), None)
    scan = _BONE_SCAN.search(text)
    if scan is not None and (modality is None or "spect" in scan.group().lower()):
        modality = "bone_scan"
    if modality is not None:
        when = next((t for t in context.times(sentence) if t.kind == "date"), None)
        quote = context.quote_span(sentence.start, min(sentence.end, sentence.start + 170))
        return _Study(modality, when.ended or when.began if when else None, sentence.index, quote)
    if sentence.section.kind == "imaging":
        kind = _named_by(sentence.section.title)
        if kind is not None and (study is None or context.page.sentences[study.index].section is not sentence.section):
            when = next((t for t in context.times(sentence) if t.kind == "date"), None)
            quote = context.quote_span(sentence.start, min(sentence.end, sentence.start + 170))
            return _Study(kind, when.ended or when.began if when else None, sentence.index, quote)
    if study is None or context.page.sentences[study.index].section is not sentence.section:
        return None
    return study if sentence.index - study.index <= _CARRIES else None


@lru_cache(maxsize=256)
def _named_by(title: str) -> str | None:
    """The kind of study that a heading names first."""
    named = _STUDY.search(title)
    return None if named is None else next(name for name in ("xray", "ct", "mri") if named.group(name))


def _found(context: Context, sentence: Sentence, study: _Study | None) -> Iterator[Fact]:
    for mention in sentence.concepts:
        if mention.name not in _FINDINGS or _half_of_another(mention, sentence):
            continue
        sense = context.sense(mention, sentence)
        state = State.HYPOTHETICAL if lists_risks(context, sentence, mention) else sense.state
        if mention.state is not None and state not in (State.HYPOTHETICAL, State.CLAIMED):
            # "No solid fusion": the phrase that says that all is well is itself denied
            state = State.POSSIBLE if state is State.ABSENT else State(mention.state)
        elif state in (None, State.DONE, State.DECLINED, State.DENIED):
            state = State.PRESENT
        elif state is State.PLANNED:
            # "Revision is planned for the pseudarthrosis" has it; "CT to look for it" does not
            state = (
                State.POSSIBLE
                if _TO_COME.search(context.text[sentence.start : context.start(mention)])
                else State.PRESENT
            )
        near = context.text[
            max(sentence.start, context.start(mention) - 45) : min(sentence.end, context.end(mention) + 60)
        ]
        if state is State.PRESENT and _UNSURE.search(near):
            state = State.POSSIBLE
        qualities: dict[str, tuple[str, ...]] = {key: (value,) for key, value in mention.qualities.items()}
        qualities.update(context.site(mention, sentence))
        told = study if state in (State.PRESENT, State.ABSENT, State.POSSIBLE) else None
        if told is not None:
            qualities["modality"] = (told.modality,)
        yield context.fact(
            mention.name,
            state,
            sentence,
            mention,
            f"shown.{sense.rule}",
            who=sense.who,
            qualities=qualities,
            began=told.day if told else None,
            ended=told.day if told else None,
            basis=(told.quote,) if told is not None and told.index != sentence.index else (),
        )


_RISKS = Pattern(r"\brisks?\b(?: and benefits)?[^.;]{0,60}\b(?:includ\w+|of|such as|are|were|:)\b", re.IGNORECASE)


def lists_risks(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """Whether a mention stands in the list of what may go wrong."""
    return _RISKS.search(context.text, sentence.start, context.start(mention)) is not None


def _half_of_another(mention: Mention, sentence: Sentence) -> bool:
    """ "No bridging bone across": "bridging bone across" begins inside the phrase that denies it."""
    return mention.state is not None and any(
        other.name == mention.name and other.first < mention.first < other.last for other in sentence.concepts
    )


def _joint_studies(context: Context, sentence: Sentence) -> Iterator[Fact]:
    """ "X-rays and CT of the sacroiliac joints", each with its kind of study."""
    text = sentence.text
    if sentence.claim or not any(pattern.may_match(text) for _, pattern in _JOINTS):
        return
    studies = list(_STUDY.finditer(text))
    if not studies:
        return
    for concept, pattern in _JOINTS:
        for match in pattern.finditer(text):
            for study in studies:
                if _apart(text, study, match) <= _REACH:
                    yield _joint_study(context, sentence, text, concept, study, match)
            break


def _apart(text: str, study: re.Match[str], joint: re.Match[str]) -> int:
    between = text[study.end() : joint.start()] if study.end() <= joint.start() else text[joint.end() : study.start()]
    if re.search(
        r"[;.]|\b(?:lumbar|spine|hips?|knee|pelvis|sacroiliac|show\w*|reveal\w*|demonstrat\w+)\b",
        between,
        re.IGNORECASE,
    ):
        return _REACH + 1
    return len(between)


def _joint_study(
    context: Context, sentence: Sentence, text: str, concept: str, study: re.Match[str], joint: re.Match[str]
) -> Fact:
    start, end = min(study.start(), joint.start()), max(study.end(), joint.end())
    mention: Mention = mention_at(context.page, sentence, sentence.start + start, sentence.start + end, concept)
    sense = context.sense(mention, sentence)
    state = sense.state
    if _TO_COME.search(text[:start]) or re.match(
        r"[^.;]{0,20}(?:is|was|were|are|has been)? ?(?:ordered|pending)", text[end:]
    ):
        state = State.PLANNED
    elif state in (None, State.PRESENT, State.PAST, State.DONE):
        told = sentence.section.kind != "plan" or re.search(
            r"show|reveal|demonstrat|review|normal|negative|no |\d/\d", text
        )
        state = State.DONE if told else State.PLANNED
    elif state is State.ABSENT and sense.cue is not None and sense.cue.first >= mention.last:
        state = State.DONE  # it was negative
    modality = next(name for name in ("xray", "ct", "mri") if study.group(name))
    when = next((t for t in context.times(sentence) if t.kind == "date"), None)
    return context.fact(
        concept,
        state,
        sentence,
        mention,
        "shown.joint",
        who=Who.OTHER if sense.who is Who.OTHER else Who.PATIENT,
        qualities={"modality": (modality,)},
        began=when.began if when else None,
        ended=when.ended if when else None,
    )
