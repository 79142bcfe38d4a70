"""Knees and hips: what the note says of a joint, of which one, and whether it is the one that is to be replaced.

A knee note and a spine note use the same words ("osteophytes", "physical therapy", "pain 8/10"), and one note often
tells of both. A fact of a joint carries the joint that its sentence names, else the one that the sentences before it
are about; where that stays open, the fact says so by having no joint, and shows nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property

from praxigen.model.amount import Quantity
from praxigen.model.document import Quote
from praxigen.model.fact import Fact, State, Who
from praxigen.model.frozen import frozen
from praxigen.reading.assertion import Sense
from praxigen.reading.context import Context
from praxigen.reading.page import Mention, Sentence, mention_at
from praxigen.reading.patterns import Pattern

_JOINTS = ("knee", "hip")
_PLACES = {"place.knee": "knee", "place.hip": "hip", "place.other_joint": "other", "place.spine": "spine"}
_SIDES = {"side.left": "left", "side.right": "right", "side.bilateral": "bilateral"}
_PASSED_OVER = frozenset({"education", "family", "consent", "allergies", "goals"})
_LOOK_BACK = 4  # sentences of a section that may say which joint is meant
_STUDY_BACK = 3  # sentences that may go on about a study
_FAR = 10_000

_STUDY = {
    "xray": Pattern(
        r"\b(?:x-?\s?rays?|xrays?|radiograph\w*|plain films?|films?|weight[- ]?bearing|AP (?:and|pelvis|view)"
        r"|sunrise view|roentgen\w*)\b",
        re.IGNORECASE,
    ),
    "mri": Pattern(r"\b(?:MRI|MR imaging|magnetic resonance)\b", re.IGNORECASE),
    "ct": Pattern(r"\bCT\b|\bcomputed tomograph\w+"),
}
_SHOWN = frozenset(
    {"narrowing", "bone_on_bone", "osteophytes", "sclerosis", "cysts", "subluxation", "necrosis", "arthritis"}
)
# Said of an artificial joint; a note that warns of them, or plans a first replacement, has none.
_OF_A_PROSTHESIS = frozenset(
    {
        "loosening",
        "component_failure",
        "wear",
        "malalignment",
        "arthrofibrosis",
        "instability",
        "bone_loss",
        "synovitis",
        "noise",
        "leg_length",
    }
)
_NOT_OF_ONE_JOINT = frozenset(
    {
        "urinary_or_dental",
        "neurological",
        "immaturity",
        "quadriplegia",
        "diabetes",
        "obesity",
        "smoking_advice",
        "diabetes_advice",
        "weight_advice",
        "optimized",
        "allergy",
        "irreversible_weakness",
    }
)
_EVENTS = frozenset({"smoking_advice", "diabetes_advice", "weight_advice", "optimized", "scale"})
_SEVERE = Pattern(r"\b(?:severe\w*|advanced|end[- ]?stage|marked(?:ly)?|bone[- ](?:on|to)[- ]bone)\b", re.IGNORECASE)
_NOT_NEW = Pattern(r"\b(?:evaluate|rule out|r/o|assess|look for|exclude)\b", re.IGNORECASE)
_RISK = Pattern(r"\b(?:risks?|complications?|including but not limited)\b", re.IGNORECASE)
_ASKED = Pattern(
    r"\b(?:plan\w*|proceed\w*|schedul\w*|candidate|recommend\w*|wish\w*|elect\w*|indicated|opt(?:ed|s)?|request\w*"
    r"|consent\w*|authoriz\w*|undergo|for (?:a |an )?(?:left|right|total|bilateral))\b",
    re.IGNORECASE,
)
_BEFORE = Pattern(
    r"\b(?:status[- ]post|s/p|prior|previous|history of|had (?:a|an|her|his)|underwent|ago|in (?:19|20)\d\d|failed"
    r"|infected|loose|painful|after)\b",
    re.IGNORECASE,
)
_DONE = Pattern(
    r"\b(?:status[- ]post|s/p|prior|previous\w*|history of|h/o|had (?:a|an|her|his|the)|has had|underwent"
    r"|years? ago|months? ago|weeks? ago|in (?:19|20)\d\d|failed|infected|loose|painful"
    r"|since (?:her|his|the)|revision|existing)\b",
    re.IGNORECASE,
)
_GRADE = Pattern(
    r"\b(?:kellgren[- –]*(?:and )?[- ]?lawr[ea]nce|K[- /]?L)\b[^.;\d]{0,25}?(?:grade|stage|score|class)?[^.;\d]{0,6}?"
    r"(?P<low>[0-4]|IV|III|II|I)\b(?:\s*(?:-|–|to|/)\s*(?P<high>[1-4]|IV|III|II)\b)?"
    r"|\b(?:grade|stage)\s+(?P<grade>[0-4]|IV|III|II|I)\b(?:\s*(?:-|–|to)\s*(?P<top>[1-4]|IV|III|II)\b)?[^.;]{0,25}?"
    r"\b(?:kellgren|K[- /]?L\b)",
    re.IGNORECASE,
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_BMI = Pattern(r"\b(?:BMI|body mass index)\b[^.;\d]{0,20}(?P<value>\d{2}(?:\.\d{1,2})?)(?![\d/%])", re.IGNORECASE)
_A1C = Pattern(
    r"\b(?:Hb ?A1c|Hgb ?A1c|hemoglobin A1c|A1c|glycated hemoglobin)\b"
    r"[^.;\d]{0,25}(?P<value>\d{1,2}(?:\.\d{1,2})?)\s*%?",
    re.IGNORECASE,
)
# "No pain with calf squeeze" says what one test did, not that the joint does not hurt.
_TESTED = Pattern(r"\s*(?:with|on|to|upon|during|at|over)\b", re.IGNORECASE)
_PAIN_SCORE = Pattern(
    r"(?<![\d/.])(?P<low>10|\d)(?:\s*(?:-|–|to)\s*(?P<high>10|\d))?\s*(?:/\s*10|out of (?:10|ten))\b(?!\s*/)",
    re.IGNORECASE,
)
_AIM = Pattern(
    r"\b(?:goal|target|below|under|less than|must|needs? to|until|if|require\w*|cut-?off|<|>)\b[^.;]{0,20}$|[<>≤≥]\s*$",
    re.IGNORECASE,
)
_NUMBER_NEAR = Pattern(r"[^.;]{0,30}?\d")
_CARE = {
    "treatment.nsaid": "medicine",
    "treatment.analgesic": "medicine",
    "treatment.opioid": "medicine",
    "treatment.oral_steroid": "medicine",
    "treatment.topical": "medicine",
    "treatment.medication": "medicine",
    "treatment.medicine_unsaid": "medicine",
    "treatment.exercise": "exercise",
    "treatment.home_exercise": "exercise",
    "treatment.physical_therapy": "therapy",
    "treatment.brace": "device",
    "treatment.joint_brace": "device",
    "treatment.walking_aid": "device",
    "treatment.weight_reduction": "weight",
    "treatment.joint_injection": "injection",
    "treatment.injection": "injection",
    "treatment.unspecified": "other",
    "treatment.activity_modification": "other",
    "treatment.acupuncture": "other",
    "treatment.massage": "other",
}


@frozen
class Site:
    """Which joint a sentence or a word is about, and on which side; empty where that is not said."""

    joint: str = ""
    side: str = ""


def joint_facts(context: Context, facts: Sequence[Fact]) -> Iterator[Fact]:
    """Facts about knees and hips. `facts` are those of the other rules, of which care and limits are taken over."""
    note = _Joints(context)
    page = context.page
    for sentence in page.in_order(page.naming(page.names_of("joints.")), page.where(_GRADE, _BMI, _A1C)):
        if sentence.section.kind in _PASSED_OVER:
            continue
        for part in sentence.parts:
            if part.name.startswith("joints."):
                fact = _found(context, note, sentence, part)
                if fact is not None:
                    yield fact
        yield from _measured(context, note, sentence)
    if note.speaks_of_joints:
        yield from _care(context, note, facts)


class _Joints:
    """Where a note speaks of which joint."""

    def __init__(self, context: Context) -> None:
        self.context = context

    @cached_property
    def speaks_of_joints(self) -> bool:
        """Whether the note names a knee or a hip at all."""
        return bool(self.context.page.naming(("place.knee", "place.hip")))

    @cached_property
    def _with_joints(self) -> frozenset[int]:
        """The sentences that name a joint or the spine."""
        return frozenset(sentence.index for sentence in self.context.page.naming(_PLACES))

    @cached_property
    def only(self) -> Site:
        """The one joint that the whole note is about, if it is about one and not about the spine."""
        named: set[str] = set()
        for sentence in self.context.page.naming(_PLACES):
            if sentence.section.kind in ("history", "opening", "assessment", "diagnosis", "plan", "indications"):
                named.update(_joints_of(sentence))
        joints = named & set(_JOINTS)
        if len(joints) != 1 or "spine" in named:
            return Site()
        return Site(joints.pop())

    @cached_property
    def planned(self) -> frozenset[tuple[str, str]]:
        """Joint and side of every replacement or revision that the note asks for."""
        asked: set[tuple[str, str]] = set()
        for sentence in self.context.page.naming(("joints.replacement",)):
            if sentence.section.kind in (*_PASSED_OVER, "past_surgical", "past_medical", "social", "ros"):
                continue
            for part in sentence.parts:
                if part.name == "joints.replacement" and self._is_asked(sentence, part):
                    site = self.of(sentence, part)
                    if site.joint in _JOINTS:
                        asked.add((site.joint, site.side))
        return frozenset(asked)

    def _is_asked(self, sentence: Sentence, part: Mention) -> bool:
        context = self.context
        before = context.text[max(sentence.start, context.start(part) - 70) : context.start(part)]
        sense = context.sense(part, sentence)
        if sense.who is Who.OTHER or sense.state in (State.HYPOTHETICAL, State.DECLINED, State.ABSENT, State.PAST):
            return False
        if _BEFORE.search(before) and "revision" not in before.lower():
            return False
        return sentence.section.kind in ("plan", "operation") or _ASKED.search(before) is not None

    def of(self, sentence: Sentence, mention: Mention) -> Site:
        """The joint and side of a mention: its own, its sentence's nearest, or what the sentences before are about."""
        own = mention.qualities.get("joint", "")
        near = _nearest(sentence, mention)
        joint = own or near.joint
        side = _side(self.context, sentence, mention)
        if joint:
            return Site(joint, side or (near.side if near.joint == joint else ""))
        earlier = self._before(sentence)
        return Site(earlier.joint, side or earlier.side)

    def _before(self, sentence: Sentence) -> Site:
        """What the last sentences of the section, its heading, or else the whole note are about."""
        sentences = self.context.page.sentences
        for index in range(sentence.index - 1, max(-1, sentence.index - 1 - _LOOK_BACK), -1):
            other = sentences[index]
            if other.section is not sentence.section:
                break
            joints = _joints_of(other) if index in self._with_joints else None
            if joints:
                return self._one(other) if len(joints) == 1 else Site()
        titled = sentence.section.title.lower()
        for joint in _JOINTS:
            if joint in titled:
                side = next((side for side in ("left", "right") if side in titled), "")
                return Site(joint, side)
        return self.only

    def _one(self, sentence: Sentence) -> Site:
        joint = next(iter(_joints_of(sentence)))
        sides = {_SIDES[part.name] for part in sentence.parts if part.name in _SIDES}
        return Site(joint, sides.pop() if len(sides) == 1 else "")

    def concerned(self, site: Site) -> tuple[str, ...]:
        """Whether a joint and side are among those that the note asks to replace; empty where that stays open."""
        if not self.planned or not site.joint:
            return ()
        joints = {joint for joint, _ in self.planned}
        if site.joint not in joints:
            return ("no",)
        sides = {side for joint, side in self.planned if joint == site.joint}
        if not site.side or "" in sides or "bilateral" in (*sides, site.side) or site.side in sides:
            return ("yes",)
        return ("no",)


def _joints_of(sentence: Sentence) -> set[str]:
    return {_PLACES[part.name] for part in sentence.parts if part.name in _PLACES}


def _gap(one: Mention, other: Mention) -> int:
    if one.last <= other.first:
        return other.first - one.last
    return max(0, one.first - other.last)


def _nearest(sentence: Sentence, mention: Mention) -> Site:
    """The body part that stands nearest to a mention in its sentence."""
    best: tuple[int, str] = (_FAR, "")
    for part in sentence.parts:
        if part.name in _PLACES:
            gap = _gap(part, mention)
            # "hip and knee pain": what stands before the word is what it speaks of
            gap = gap * 2 + (1 if part.first > mention.first else 0)
            if gap < best[0]:
                best = (gap, _PLACES[part.name])
    return Site(best[1])


def _side(context: Context, sentence: Sentence, mention: Mention) -> str:
    return next(iter(context.site(mention, sentence).get("side", ())), "")


def _found(context: Context, note: _Joints, sentence: Sentence, part: Mention) -> Fact | None:
    name = part.name.partition(".")[2]
    sense = context.sense(part, sentence)
    if sentence.general and sense.state is not State.CLAIMED:
        return None
    site = note.of(sentence, part)
    if name == "replacement":
        return _replacement(context, note, sentence, part, site)
    if name == "hurts" and not site.joint:
        return None
    if not _could_be_meant(note, sentence, name, site):
        return None
    qualities: dict[str, tuple[str, ...]] = {key: (value,) for key, value in part.qualities.items()}
    if name not in _NOT_OF_ONE_JOINT:
        qualities.update(_site_qualities(note, site))
    basis: tuple[Quote, ...] = ()
    if name in _SHOWN:
        modality, study = _study(context, sentence)
        if modality:
            qualities["modality"] = (modality,)
            basis = (study,) if study is not None else ()
    if "degree" not in qualities and _SEVERE.search(_clause(context, sentence, part)):
        qualities["degree"] = ("severe",)
    state, rule = _state(context, sentence, part, sense, name)
    if name == "hurts" and state is State.ABSENT and _TESTED.match(context.text, context.end(part), sentence.end):
        return None
    score = _PAIN_SCORE.search(context.text, sentence.start, sentence.end) if name == "hurts" else None
    return context.fact(
        f"joint.{'pain' if name == 'hurts' else name}",
        state,
        sentence,
        part,
        f"joint.{rule}",
        who=Who.OTHER if sentence.section.kind == "family" else sense.who,
        qualities=qualities,
        basis=basis,
        quantity=_out_of_ten(score) if score else None,
        template=sentence.section.kind == "ros",
    )


def _out_of_ten(score: re.Match[str]) -> Quantity:
    """ "8/10", "6-8/10": the pain of the sentence, its lowest and highest value."""
    low, high = Fraction(score.group("low")), Fraction(score.group("high") or score.group("low"))
    return Quantity(min(low, high), max(low, high), "/10")


def _could_be_meant(note: _Joints, sentence: Sentence, name: str, site: Site) -> bool:
    """Words that many notes use count only where the note speaks of a knee or a hip."""
    if not note.speaks_of_joints:
        return False
    if name in _OF_A_PROSTHESIS and sentence.section.kind not in ("imaging", "assessment", "diagnosis"):
        warns = _RISK.search(sentence.text) is not None
        return not warns and site.joint != "spine"
    return site.joint != "spine" or name in _NOT_OF_ONE_JOINT


def _site_qualities(note: _Joints, site: Site) -> dict[str, tuple[str, ...]]:
    qualities: dict[str, tuple[str, ...]] = {}
    if site.joint:
        qualities["joint"] = (site.joint,)
    if site.side:
        qualities["side"] = (site.side,)
    concerned = note.concerned(site)
    if concerned:
        qualities["concerned"] = concerned
    return qualities


def _clause(context: Context, sentence: Sentence, part: Mention) -> str:
    start = max(sentence.start, context.start(part) - 45)
    text = context.text[start : context.start(part)]
    cut = max(text.rfind(mark) for mark in (";", ".", ","))
    return text[cut + 1 :]


def _state(context: Context, sentence: Sentence, part: Mention, sense: Sense, name: str) -> tuple[State, str]:
    if part.state is not None:
        return State(part.state), "phrase"
    if name in _EVENTS:
        return _event(context, sentence, part, sense, name)
    if sense.state is State.PLANNED:
        before = context.text[max(sentence.start, context.start(part) - 40) : context.start(part)]
        return (State.POSSIBLE, "looked-for") if _NOT_NEW.search(before) else (State.PRESENT, "plain")
    if sense.state in (None, State.DONE, State.DECLINED, State.DENIED):
        return State.PRESENT, "plain"
    if sense.state is State.PAST and name in ("hurts", "arthritis", "diabetes", "obesity", "replacement"):
        return State.PRESENT, "history"
    return sense.state, sense.rule


def _event(context: Context, sentence: Sentence, part: Mention, sense: Sense, name: str) -> tuple[State, str]:
    """Advice that was given and scores that were taken; a score counts with its number."""
    if name == "scale":
        after = context.text[context.end(part) : min(sentence.end, context.end(part) + 60)]
        if sense.state in (State.HYPOTHETICAL, State.ABSENT) or not _NUMBER_NEAR.match(after):
            return sense.state or State.POSSIBLE, "no-number"
        return State.DONE, "number"
    if sense.state in (None, State.DONE, State.PLANNED, State.PAST, State.DECLINED):
        return State.DONE, "advice"
    return sense.state, sense.rule


def _replacement(context: Context, note: _Joints, sentence: Sentence, part: Mention, site: Site) -> Fact | None:
    """An artificial joint that the patient has, told as done before."""
    sense = context.sense(part, sentence)
    near = context.text[max(sentence.start, context.start(part) - 60) : min(sentence.end, context.end(part) + 40)]
    before = sense.state in (State.PAST, State.DONE) or sentence.section.kind == "past_surgical" or _DONE.search(near)
    if not before or sense.state in (State.HYPOTHETICAL, State.PLANNED, State.CLAIMED, State.DECLINED, State.DENIED):
        return None
    state = State.ABSENT if sense.state is State.ABSENT else State.DONE
    qualities = _site_qualities(note, site)
    return context.fact(
        "joint.replacement", state, sentence, part, "joint.replacement", who=sense.who, qualities=qualities
    )


def _study(context: Context, sentence: Sentence) -> tuple[str, Quote | None]:
    """The study that shows what a sentence says, and the words that name it where they stand in an earlier sentence."""
    for back in range(_STUDY_BACK + 1):
        index = sentence.index - back
        if index < 0:
            break
        other = context.page.sentences[index]
        if other.section is not sentence.section:
            break
        text = other.text
        kinds = [kind for kind, pattern in _STUDY.items() if pattern.search(text)]
        if kinds:
            return kinds[0], None if back == 0 else context.quote_span(other.start, min(other.end, other.start + 160))
    title = sentence.section.title
    for kind, pattern in _STUDY.items():
        if pattern.search(title):
            return kind, None
    return ("unsaid", None) if sentence.section.kind == "imaging" else ("", None)


def _measured(context: Context, note: _Joints, sentence: Sentence) -> Iterator[Fact]:
    """Grades of osteoarthritis, body mass index and glycated hemoglobin."""
    text = sentence.text
    if sentence.general or not any(pattern.may_match(text) for pattern in (_GRADE, _BMI, _A1C)):
        return
    for match in _GRADE.finditer(text):
        low = _grade(match.group("low") or match.group("grade"))
        high = _grade(match.group("high") or match.group("top") or match.group("low") or match.group("grade"))
        mention = mention_at(context.page, sentence, sentence.start + match.start(), sentence.start + match.end())
        sense = context.sense(mention, sentence)
        if sense.state in (State.HYPOTHETICAL, State.CLAIMED, State.POSSIBLE, State.ABSENT) or sense.who is Who.OTHER:
            continue
        yield context.fact(
            "joint.grade",
            State.PRESENT,
            sentence,
            mention,
            "joint.grade",
            qualities=_site_qualities(note, note.of(sentence, mention)),
            quantity=Quantity(Fraction(low), Fraction(max(low, high)), "grade"),
        )
    for concept, pattern, unit in (("patient.bmi", _BMI, "kg/m2"), ("patient.hba1c", _A1C, "%")):
        for match in pattern.finditer(text):
            if _AIM.search(text[: match.start("value")]):
                continue
            value = Fraction(match.group("value"))
            mention = mention_at(context.page, sentence, sentence.start + match.start(), sentence.start + match.end())
            if context.sense(mention, sentence).who is Who.OTHER:
                continue
            yield context.fact(
                concept, State.PRESENT, sentence, mention, "measured", quantity=Quantity(value, value, unit)
            )


def _grade(text: str) -> int:
    return _ROMAN.get(text.lower()) or int(text)


def _care(context: Context, note: _Joints, facts: Sequence[Fact]) -> Iterator[Fact]:
    """Care without an operation, and limits of daily life, that the note ties to a knee or a hip."""
    for fact in facts:
        kind = next((_CARE[name] for name in fact.kinds if name in _CARE), None)
        limits = fact.concept == "symptom.functional_limit"
        if kind is None and not limits:
            continue
        sentence = context.page.sentence_at(fact.quote.start)
        if sentence is None or sentence.section.kind in _PASSED_OVER:
            continue
        site = _care_site(context, note, sentence, fact)
        if site.joint == "spine":
            continue
        qualities = {key: value for key, value in fact.qualities.items() if key in ("outcome", "supervised")}
        if qualities.get("outcome") == ("persisting",):  # the pain of the spine, not of the joint
            del qualities["outcome"]
        qualities.update(_site_qualities(note, site))
        concept = "joint.limits" if limits else f"joint.care.{kind}"
        kinds = context.page.lexicon.kinds.get(concept, (concept,))
        yield Fact(
            concept=concept,
            kinds=kinds,
            state=fact.state,
            quote=fact.quote,
            rule="joint.care" if kind else "joint.limits",
            who=fact.who,
            section=fact.section,
            basis=fact.basis,
            duration=fact.duration,
            began=fact.began,
            ended=fact.ended,
            qualities=qualities,
            template=fact.template,
        )


def _care_site(context: Context, note: _Joints, sentence: Sentence, fact: Fact) -> Site:
    start, end = fact.quote.start, fact.quote.end
    mention = mention_at(context.page, sentence, start, min(end, sentence.end))
    named = _joints_of(sentence)
    if len(named) == 1:
        joint = next(iter(named))
        return Site(joint, _side(context, sentence, mention))
    if named:  # of two places in one sentence, the one inside the words that tell of the care
        inside = {
            _PLACES[part.name] for part in sentence.parts if part.name in _PLACES and start <= context.start(part) < end
        }
        return Site(next(iter(inside))) if len(inside) == 1 else Site()
    return note.of(sentence, mention)
