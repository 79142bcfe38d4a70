"""Studies that were done and what they show, apart from studies that were only ordered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from praxigen.model.document import Quote
from praxigen.model.fact import Fact, State, Who
from praxigen.reading.context import Context
from praxigen.reading.page import Mention, Sentence, mention_at
from praxigen.reading.patterns import Pattern
from praxigen.reading.rules.radiology import report_of

_PICTURES = ("mri", "ct", "ct_myelogram", "myelogram", "unsaid")
_NORMAL = Pattern(
    r"\b(?:was|were|is|are|came back|essentially|completely|reportedly|read as|entirely)?\s*(?:negative"
    r"|normal|unremarkable|within normal limits)\b",
    re.IGNORECASE,
)
_NORMAL_OF_OTHER = Pattern(
    r"\bnormal (?:limits for|alignment|lordosis|signal|height|caliber|stature|vertebral|disc|conus"
    r"|appearance)|otherwise|negative for fracture",
    re.IGNORECASE,
)
_REST = Pattern(r"\b(?:other|remaining|rest|otherwise|adjacent)\b|herniat|protrusion|extrusion|stenosis", re.IGNORECASE)
_NO_HERNIATION = Pattern(
    r"\b(?:no|without|negative for|not show|absence of)\b[^.;]{0,45}\b(?:herniat\w+|stenosis|compression"
    r"|impingement|compromise|protrusion|nerve root)",
    re.IGNORECASE,
)
_PATENT = Pattern(
    r"\b(?:canal|foramina|foramen|neuroforamina|central canal)\b[^.;]{0,25}\b(?:is|are|remain"
    r"|remains)?\s*(?:widely |well |all )?(?:patent|open)\b|\bartifact only\b"
    r"|\b(?:roomy|capacious|generous|wide-open|widely patent) (?:spinal |central )?(?:canal|foramina)\b"
    r"|\bnothing (?:at all )?(?:is |was |that )?(?:touch|compress|press|imping|pinch)\w* (?:on )?(?:a|the|any|his|her)"
    r" (?:\w+ )?(?:nerve|root|cord)",
    re.IGNORECASE,
)
_UNDER_HEADING = 12
_CARRIES = 4  # sentences after the one that names the study
_DEGREES = (
    ("severe", r"severe|high[- ]grade|critical|marked|advanced"),
    ("moderate-severe", r"moderate(?:ly)?[- ](?:to[- ])?severe"),
    ("mild-moderate", r"mild(?:ly)?[- ](?:to[- ])?moderate"),
    ("moderate", r"moderate(?:ly)?"),
    ("mild", r"mild(?:ly)?|minimal|slight|minor|borderline"),
)
_ORDER = ("moderate-severe", "mild-moderate", "severe", "moderate", "mild")
_DEGREE = {name: Pattern(rf"\b(?:{pattern})\b", re.IGNORECASE) for name, pattern in _DEGREES}
_DISC_BULGE = Pattern(r"bulg|annul|degenerat|desiccat|spondylosis|spondylolisthesis|complex", re.IGNORECASE)
_UNSURE = Pattern(
    r"\b(?:may have been artifact|may be artifact|artifact|questionable|cannot be excluded|possible"
    r"|possibly|suspicious|equivocal|suggest(?:s|ive)? of|may be|incomplete)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Study:
    modality: str
    index: int
    quote: Quote
    day: date | None = None


_DURING_SURGERY = Pattern(
    r"\b(?:intra-?\s?operative(?:ly)?|O-?arm|C-?arm|post-?instrumentation)\b[^.;]{0,40}\b(?:CT|x-?rays?|imaging|films?"
    r"|scan|spin)\b|\b(?:CT|x-?rays?|imaging|films?)\b[^.;]{0,30}\b(?:intra-?\s?operatively|in the operating room)\b",
    re.IGNORECASE,
)


def imaging_facts(context: Context) -> Iterator[Fact]:
    """Facts about studies and about nerves under pressure on them."""
    facts: list[Fact] = []
    study: _Study | None = None
    report = _is_report(context)
    for sentence in context.page.sentences:
        kind = sentence.section.kind
        if kind in ("education", "consent", "family", "allergies"):
            continue
        if study is None and report is None and kind != "imaging" and not sentence.concepts:
            continue  # it names no study, and none is spoken of
        named = [c for c in sentence.concepts if c.name == "imaging.study"]
        if named and _DURING_SURGERY.search(sentence.text):
            continue  # pictures that guide the surgeon are no study of the disease
        facts.extend(_study_fact(context, sentence, mention) for mention in named)
        study = _current(context, sentence, named, study, report)
        if report is not None and _asks(context, sentence):
            continue
        if study is not None and (report is not None or kind not in ("operation", "goals")):
            facts.extend(_found(context, sentence, study))
    yield from facts
    yield from _degeneration_only(context, facts)


def _asks(context: Context, sentence: Sentence) -> bool:
    """Whether a sentence of a report stands on the line that says why the study is made, and not what it shows."""
    section = sentence.section
    return section.kind in ("indications", "history") and "\n" not in context.text[section.body : sentence.start]


def _is_report(context: Context) -> str | None:
    """The modality, where the document is the report of a study rather than a clinic note."""
    head = context.text[:600].lower()
    sections = {section.kind for section in context.page.sections}
    if "exam" in sections and any(
        s.title.lower().startswith(("physical", "neurologic", "motor")) for s in context.page.sections
    ):
        return None
    if re.match(
        r"\W*(?:exam\b|examination\b|study\b|procedure:? ?(?:mri|ct)|mri\b|ct\b|indication|technique"
        r"|clinical history|reason for exam)",
        head,
    ) and re.search(r"\b(?:mri|ct|myelogra|magnetic resonance|computed tomograph)", head):
        return "mri" if re.search(r"\b(?:mri|magnetic)", head) else "ct"
    return report_of(context) or _by_its_words(context)


def _by_its_words(context: Context) -> str | None:
    """A report may lack its head: one level after the other, with what only a picture of the canal shows."""
    if "exam" in {section.kind for section in context.page.sections}:
        return None
    levels = {match[0] for match in _LEVEL_LINE.finditer(context.text)}
    if len(levels) < 3:
        return None
    shown = {match[0].lower() for match in _SEEN_IN_CANAL.finditer(context.text)}
    if len(shown) < 2:
        return None
    return "mri" if _MAGNETIC.search(context.text) else "unsaid"


_LEVEL_LINE = Pattern(r"(?m)^[ \t]*[CTL]\d{1,2}\s*[-/\u2013]\s*[CTLS]?\d{1,2}\s*[:.\-]")
_SEEN_IN_CANAL = Pattern(
    r"\b(?:thecal sac|CSF|central canal|neural foramina|foraminal|lateral recess\w*|cauda equina|conus)\b",
    re.IGNORECASE,
)
_MAGNETIC = Pattern(r"\b(?:desiccation|signal|T1|T2|STIR)\b")


def _study_fact(context: Context, sentence: Sentence, mention: Mention) -> Fact:
    sense = context.sense(mention, sentence)
    modality = mention.qualities.get("modality", "unsaid")
    state, rule = sense.state, sense.rule
    if state in (None, State.PAST, State.PRESENT):
        kind = sentence.section.kind
        shown = _shows(context, sentence, mention)
        state = (
            State.DONE
            if shown or kind in ("imaging", "records")
            else State.PLANNED
            if kind == "plan"
            else State.POSSIBLE
        )
        rule = "shows" if shown else f"section.{kind}"
    elif state is State.ABSENT and sense.cue is not None and sense.cue.first >= mention.last:
        # "The MRI came back negative": its result is negative, and it was made.
        state, rule = (
            (State.ABSENT, rule)
            if _NOT_MADE.search(context.page.words(sense.cue.first, sense.cue.last))
            else (State.DONE, "negative")
        )
    elif (
        state is State.PLANNED
        and not _TO_BE_MADE.search(context.text[sentence.start : context.start(mention)])
        and _shows(context, sentence, mention)
    ):
        state, rule = State.DONE, "shows"
    when = next((t for t in context.times(sentence) if t.kind == "date"), None)
    qualities = {"modality": (modality,), **context.site(mention, sentence)}
    return context.fact(
        "imaging.study",
        state,
        sentence,
        mention,
        f"imaging.{rule}",
        who=sense.who,
        qualities=qualities,
        began=when.began if when else None,
        ended=when.ended if when else None,
    )


def _made_on(context: Context, sentence: Sentence, mention: Mention) -> date | None:
    """The day of a study: the date in its sentence that stands nearest to its name."""
    at = context.start(mention)
    dated = [time for time in context.times(sentence) if time.kind == "date" and time.began is not None]
    return min(dated, key=lambda time: abs(time.start - at)).began if dated else None


_NOT_MADE = Pattern(r"\b(?:done|performed|attempted|tried|indicated|obtained|attended)\b", re.IGNORECASE)
_TO_BE_MADE = Pattern(
    r"\b(?:recommend\w*|order\w*|request\w*|schedul\w*|obtain|will (?:get|have|need|order)|need(?:s"
    r"|ed)?)\b[^.;,]{0,30}$",
    re.IGNORECASE,
)
_SHOWS = Pattern(
    r"\b(?:show(?:s|ed|ing)?|reveal(?:s|ed|ing)?|demonstrat(?:es|ed|ing)|confirm(?:s|ed|ing)?"
    r"|consistent with|indicat(?:es|ed)|identified|documents?|documented|noted|evidence of|impression"
    r"|findings?|finding of|was (?:normal|negative|unremarkable|significant|positive|notable|reviewed"
    r"|read)|is (?:normal|negative|unremarkable|significant|notable|reviewed)|with (?:a |an |severe"
    r"|moderate|mild|evidence)|came back|read as|which|reportedly|positive for|reviewed|suggest(?:s|ed)"
    r"|appears?|there (?:is|was|are|were)|seen|does not|did not|diagnosed)\b|:|\d{1,2}/\d{1,2}/\d{2,4}",
    re.IGNORECASE,
)


def _shows(context: Context, sentence: Sentence, mention: Mention) -> bool:
    after = context.text[context.end(mention) : min(sentence.end, context.end(mention) + 110)]
    if _SHOWS.search(after):
        return True
    before = context.text[max(sentence.start, context.start(mention) - 60) : context.start(mention)]
    return (
        re.search(
            r"\b(?:review(?:ed|ing)?|finding(?:s)? (?:on|of)|evidence|seen on|shown on|noted on|found on"
            r"|by|per|on|underwent|had|abnormal|demonstrated on|confirmed (?:on|by)|results? of)\s*(?:the"
            r"|an?|his|her|recent|repeat|prior|outside|most recent|lumbar|cervical|l-?spine|\s)*$",
            before,
            re.IGNORECASE,
        )
        is not None
    )


def _current(
    context: Context, sentence: Sentence, named: list[Mention], study: _Study | None, report: str | None
) -> _Study | None:
    """The study that a sentence speaks of: one that it names, one named just before, or the report itself."""
    if report is not None:
        return _Study(report, sentence.index, context.quote_span(sentence.start, sentence.end))
    for mention in named:
        if mention.qualities.get("modality", "unsaid") not in _PICTURES:
            continue
        if _other_part(context, sentence, mention):
            return None
        if _was_made(context, sentence, mention):
            quote = context.quote(sentence, mention.first, mention.last)
            day = _made_on(context, sentence, mention)
            return _Study(mention.qualities.get("modality", "unsaid"), sentence.index, quote, day)
    if any(mention.qualities.get("modality") in ("xray", "emg") for mention in named):
        return None
    if sentence.section.kind == "imaging" or _NAMES_STUDY.match(sentence.section.title):
        return _under_heading(context, sentence, study)
    if study is None and any(_is_signal(context, concept) for concept in sentence.concepts):
        return _Study("mri", sentence.index, context.quote_span(sentence.start, sentence.end))
    if study is None or context.page.sentences[study.index].section is not sentence.section:
        return None
    return study if sentence.index - study.index <= _CARRIES and _goes_on(context, sentence) else None


def _is_signal(context: Context, mention: Mention) -> bool:
    """The signal of the cord: only a magnet shows it, so that the study needs no name."""
    return mention.name == "imaging.compression" and "signal" in context.page.words(mention.first, mention.last).lower()


def _was_made(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """Whether the sentence speaks of a study that there is, not of one that is ordered, refused or wished for."""
    sense = context.sense(mention, sentence)
    if sense.state in (State.HYPOTHETICAL, State.CLAIMED, State.DENIED, State.DECLINED) or sense.who is Who.OTHER:
        return False
    done = _shows(context, sentence, mention) or sentence.section.kind in ("imaging", "records")
    return done or sense.state in (State.DONE, None, State.PAST)


_NAMES_STUDY = Pattern(
    r"\W*(?:MRI?|CT|myelogram)\b(?!.*\b(?:brain|head|knee|hip|shoulder|chest|abd\w*)\b)", re.IGNORECASE
)


def _under_heading(context: Context, sentence: Sentence, study: _Study | None) -> _Study | None:
    title = sentence.section.title.lower()
    if "mri" in title or "ct" in title.split() or "myelo" in title:
        modality = "mri" if "mri" in title else "ct"
        return _Study(modality, sentence.index, context.quote_span(sentence.start, sentence.end))
    return study if study is not None and sentence.index - study.index <= _UNDER_HEADING else None


_ON = Pattern(
    r"^\W*(?:this|it|read|interpreted|report|these|there|at|the (?:narrowing|stenosis|l\d|c\d|disc|disk"
    r"|study|report|scan|films?|central|foram|cord|verbal|mri|level|t\d|complete)|additionally|also"
    r"|in addition|[lct]\d|multilevel|no |mild|moderate|severe|central|bilateral|left|right|impression"
    r"|findings|significant|disc|disk)",
    re.IGNORECASE,
)


def _goes_on(context: Context, sentence: Sentence) -> bool:
    return _ON.match(context.text[sentence.start : sentence.start + 40]) is not None


_OTHER = frozenset(
    {
        "brain",
        "head",
        "cranial",
        "orbit",
        "knee",
        "shoulder",
        "hip",
        "chest",
        "abdomen",
        "abdominal",
        "pelvis",
        "pelvic",
        "renal",
        "carotid",
        "cerebral",
        "wrist",
        "ankle",
        "bone",
        "dexa",
        "sinus",
        "cardiac",
        "foot",
        "v",
        "angiogram",
        "angiography",
        "pet",
        "kidney",
        "liver",
    }
)
_SPINE = frozenset(
    {"spine", "lumbar", "cervical", "thoracic", "back", "neck", "l", "ls", "c", "t", "lumbosacral", "spinal"}
)


def _other_part(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """Whether the words right around a study name a part of the body that is not the spine."""
    near = set(context.words_near(mention, sentence, 3, 5))
    return bool(near & _OTHER) and not near & _SPINE


_FORAMEN = Pattern(r"foram", re.IGNORECASE)  # its narrowing says nothing of the canal


def _found(context: Context, sentence: Sentence, study: _Study) -> Iterator[Fact]:
    text = sentence.text
    basis = (study.quote,) if study.index != sentence.index else ()
    said = False
    for mention in sentence.concepts:
        if mention.name not in ("imaging.compression", "imaging.disc", "diagnosis.myelopathy"):
            continue
        said = True
        if mention.name == "diagnosis.myelopathy":
            continue
        sense = context.sense(mention, sentence)
        if sense.state in (State.CLAIMED, State.HYPOTHETICAL) or sense.who is Who.OTHER or _brain(text):
            continue
        qualities = {"modality": (study.modality,), **context.site(mention, sentence)}
        degree = _degree(context, sentence, mention)
        if degree:
            qualities["degree"] = (degree,)
        if mention.name == "imaging.compression" and _FORAMEN.search(context.page.words(mention.first, mention.last)):
            qualities["place"] = ("foramen",)
        state = _finding_state(context, sentence, mention, sense.state)
        if mention.name == "imaging.disc":
            if state is State.ABSENT:
                continue
            bulge = _DISC_BULGE.search(context.page.words(mention.first, mention.last)) is not None
            qualities["kind"] = ("degeneration" if bulge else "herniation",)
        yield context.fact(
            mention.name,
            state,
            sentence,
            mention,
            "imaging.finding",
            qualities=qualities,
            basis=basis,
            began=study.day,
            ended=study.day,
        )
    if not said or _NO_HERNIATION.search(text) or _PATENT.search(text):
        yield from _negative(context, sentence, study, text, basis)


_NOTHING = Pattern(r"\bnothing(?: (?:is|was|that is|that would be))?\s*$", re.IGNORECASE)
# "The radiologist called stenosis but I see none on my review."
_NOT_SEEN_SO = Pattern(
    r"\b(?:but|though|however,?)\s+(?:I|we) (?:see|find|saw|found) (?:none|no\b|nothing)|\b(?:which|that"
    r"|this) (?:I|we) do(?: not|n't)"
    r" (?:see|agree)|\b(?:I|we) (?:do(?: not|n't) (?:see (?:this|it|that)|agree)|disagree)\b",
    re.IGNORECASE,
)


def _finding_state(context: Context, sentence: Sentence, mention: Mention, state: State | None) -> State:
    if state is State.ABSENT:
        return State.ABSENT
    start, end = context.start(mention), context.end(mention)
    if _NOTHING.search(context.text[max(sentence.start, start - 30) : start]):
        return State.ABSENT
    near = context.text[max(sentence.start, start - 45) : min(sentence.end, end + 95)]
    if state is State.POSSIBLE or _UNSURE.search(near) or _NOT_SEEN_SO.search(context.text, end, sentence.end):
        return State.POSSIBLE
    following = context.page.sentences[sentence.index + 1 : sentence.index + 2]
    if following and re.search(r"\bartifact", context.text[following[0].start : following[0].end], re.IGNORECASE):
        return State.POSSIBLE
    return State.PRESENT


def _degree(context: Context, sentence: Sentence, mention: Mention) -> str | None:
    near = context.text[max(sentence.start, context.start(mention) - 40) : context.end(mention) + 12]
    for name in _ORDER:
        if _DEGREE[name].search(near):
            return name
    return None


def _negative(
    context: Context, sentence: Sentence, study: _Study, text: str, basis: tuple[Quote, ...]
) -> Iterator[Fact]:
    match = _NO_HERNIATION.search(text) or _PATENT.search(text)
    if match is None and study.index == sentence.index:
        found = _NORMAL.search(text)
        if (
            found
            and not _REST.search(text[: found.start()])
            and not _NORMAL_OF_OTHER.search(text[max(0, found.start() - 12) : found.end() + 14])
        ):
            match = found
    if match is not None and match.re is _NORMAL.compiled and not context.spine_is_the_problem:
        return
    if match is None or _brain(text) or (study.modality == "unsaid" and match.re is _NORMAL.compiled):
        return
    mention = mention_at(context.page, sentence, sentence.start + match.start(), sentence.start + match.end())
    qualities = {"modality": (study.modality,), **context.site(mention, sentence)}
    yield context.fact(
        "imaging.compression",
        State.ABSENT,
        sentence,
        mention,
        "imaging.negative",
        qualities=qualities,
        basis=basis,
        began=study.day,
        ended=study.day,
    )


def _brain(text: str) -> bool:
    return (
        re.search(
            r"\b(?:brain|cerebr|cerebell|head|carotid|extracranial|intracranial|subclavian|celiac|aort\w+"
            r"|coronary|arter(?:y|ies|ial)\b|CTA\b|MRA\b|chest|abdom|pelvi|knee|hip|shoulder|echo"
            r"|previous hospitalization|orbit|extra-?ocular|appendi|pancrea|ureter|liver|hepat|spleen|kidney|renal"
            r"|adrenal"
            r"|sinus|calvari|skull|ventric|hydroceph|cruciate|collateral|menisc|parenchyma|lung|ultrasound"
            r"|uter[ui]|ovar|mammo"
            r"|EEG\b|echocard)",
            text,
            re.IGNORECASE,
        )
        is not None
    )


def _degeneration_only(context: Context, facts: list[Fact]) -> Iterator[Fact]:
    """A study that is reported and shows only bulges or degeneration shows no nerve under pressure."""
    if any(f.concept == "imaging.compression" and f.state in (State.PRESENT, State.POSSIBLE) for f in facts):
        return
    discs = [f for f in facts if f.concept == "imaging.disc" and f.state is State.PRESENT]
    if not discs or any(f.quality("kind") == ("herniation",) for f in discs):
        return
    sentence = context.page.sentence_at(discs[0].quote.start)
    if sentence is None:
        return
    mention = next(c for c in sentence.concepts if c.name == "imaging.disc")
    yield context.fact(
        "imaging.compression",
        State.ABSENT,
        sentence,
        mention,
        "imaging.degeneration-only",
        qualities=dict(discs[0].qualities),
        basis=discs[0].basis,
        quote=discs[0].quote,
    )
