"""Muscle strength as it is graded: 5/5, 4+/5, 3-/5. Levels such as L4/5 are not grades."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from praxigen.model.amount import Quantity
from praxigen.model.fact import Fact, State
from praxigen.reading.context import Context
from praxigen.reading.page import Sentence, mention_at
from praxigen.reading.patterns import Pattern

# Manual muscle testing: "4/5", "4+/5", "3-/5", "-5/5", "5 out of 5". Levels such as L4/5 are not grades.
_GRADE = Pattern(
    r"(?<![A-Za-z\d/.\-])(?P<low>[0-5](?:\s*-\s*[0-5](?=\s*/))?)\s*(?P<sign>[+-]|plus|minus)?\s*(?:/"
    r"|out of|over|on(?= 5\b))\s*5(?P<after>[+-])?(?![\d/%])(?!\s*(?:pain|on (?:a|an|the|her|his) (?:\w+ )?(?:VAS|NRS"
    r"|scale|pain)|on (?:VAS|NRS)|VAS|scale|times|visits))",
    re.IGNORECASE,
)

_LEVEL_BEFORE = Pattern(r"[CTLS]-?$")

_MUSCLES_ARM = Pattern(
    r"\b(?:deltoid|bicep|tricep|wrist|grip|intrinsic|finger|upper|interosse|hand|elbow|shoulder"
    r"|brachioradialis|C[5-8]|arm|BUE|RUE|LUE|UEs?\b)",
    re.IGNORECASE,
)

_MUSCLES_LEG = Pattern(
    r"\b(?:ehl|extensor hallucis|dorsiflex|plantar ?flex|tibialis|quadricep|quad|hamstring|gastroc"
    r"|iliopsoas|hip flex|knee (?:ext|flex)|ankle|toe|foot|peronei|great toe|lower|L[2-5]|S1|leg|BLE|RLE"
    r"|LLE|LEs?\b|hip ext|hip abd|psoas|TA\b|HF\b|KE\b|DF\b|PF\b)",
    re.IGNORECASE,
)

_NOT_MUSCLE = Pattern(r"\b(?:rotation|grossly|pulses?|pain|trunk|abdominal)\b", re.IGNORECASE)


_NAMED_MUSCLE = (
    r"(?:hip flex\w*|HF|IP|iliopsoas|quad(?:s|riceps)?|KE|knee ext\w*|TA|tib(?:ialis)?\.? ant\w*|DF"
    r"|dorsiflex\w*|EHL|GS|GSC"
    r"|gastroc\w*|PF|plantar ?flex\w*|delt(?:oid)?s?|bi(?:ceps?)?|tri(?:ceps?)?|WE|WF|wrist (?:ext"
    r"|flex)\w*|FF|FE|FDI|APB|grip"
    r"|intrinsics?|interossei|finger \w+|ham(?:s|strings?)?|peron\w+)"
)
# "TA 4+, EHL 4, GS 5": a table of grades without the "/5".
_BARE_GRADE = Pattern(
    rf"\b(?P<muscle>{_NAMED_MUSCLE})\b[ :=-]{{0,3}}(?P<side>(?:R|L|right|left|on the (?:right|left))\b[ :=]{{0,2}})?"
    r"(?P<low>[0-5])(?P<after>[+-])?(?![\w/.%+-]|\s*(?:/|out of|cm|mm|kg|lbs?|mg|weeks|months|x\b))",
)
_STRENGTH = Pattern(r"\b(?:strength|motor|power|MMT|manual muscle|myotom\w*|weak\w*)\b", re.IGNORECASE)
_OF_REFLEXES = Pattern(r"\b(?:reflex\w*|DTR'?s?|jerks?)\b", re.IGNORECASE)


def _bare_grades(context: Context, sentence: Sentence) -> Iterator[Fact]:
    """Grades that stand alone behind their muscles, where two muscles or a word for strength show what they are.

    Reflexes are graded to 4 behind the names of muscles too: "biceps 2+, triceps 2+" says nothing of strength.
    """
    text = sentence.text
    found = list(_BARE_GRADE.finditer(text))
    titled = f"{sentence.section.title} {text}"
    if not found or _OF_REFLEXES.search(titled):
        return
    values = [int(match["low"]) for match in found]
    if max(values) < _FULL and not _STRENGTH.search(titled):
        return
    if len(found) < _A_TABLE and not _STRENGTH.search(titled):
        return
    for match, low in zip(found, values, strict=True):
        value = Fraction(low) + _SIGNS.get(match["after"] or "", Fraction(0))
        yield from _grade_facts(context, sentence, match.start() + sentence.start, match.end() + sentence.start, value)


_A_TABLE = 2  # muscles
_FULL = 4  # a grade that reflexes of a healthy leg do not have
_SIGNS = {"+": Fraction(1, 3), "plus": Fraction(1, 3), "-": Fraction(-1, 3), "minus": Fraction(-1, 3)}


# "His examination was consistent with radiculopathy and weakness", "on manual testing there is weakness of the ankle".
_EXAMINED_WEAK = Pattern(
    r"\b(?:exam(?:ination)?|manual (?:muscle )?testing|motor testing)\b[^.;]{0,25}?\b(?:consistent with|notable for"
    r"|significant for|remarkable for|positive for|reveal(?:s|ed)|show(?:s|ed)|demonstrat(?:es|ed)|there (?:is|was))"
    r"(?P<between>[^.;]{0,60}?)\bweakness\b",
    re.IGNORECASE,
)
# "Tibialis anterior was 4+ when I saw him in May and is 3 today."
_THEN_AND_NOW = Pattern(
    rf"\b(?:{_NAMED_MUSCLE}|tibialis anterior|great toe|foot|ankle|wrist|hand|knee)\b[^.;\d]{{0,35}}\b(?:was|were"
    rf"|had been)\s+"
    r"(?:an? )?(?P<then>[0-5])(?P<then_sign>[+-])?(?!\d)(?:\s*/\s*5)?[^.;\d]{0,60}\b(?:is|are|now|today"
    r"|at)\s+(?:now |only |today |just |an? )*"
    r"(?P<now>[0-5])(?P<now_sign>[+-])?(?![\w/%]|\.\d)",
    re.IGNORECASE,
)

STRENGTHS = (_GRADE, _BARE_GRADE, _EXAMINED_WEAK, _THEN_AND_NOW)
"""What stands in every sentence that the rules of this module read a fact from."""


def _then_and_now(context: Context, sentence: Sentence) -> Iterator[Fact]:
    """A grade told with the one before it: weaker than it was is a loss that gets worse."""
    match = _THEN_AND_NOW.search(sentence.text)
    if match is None:
        return
    then = Fraction(match["then"]) + _SIGNS.get(match["then_sign"] or "", Fraction(0))
    now = Fraction(match["now"]) + _SIGNS.get(match["now_sign"] or "", Fraction(0))
    start, end = sentence.start + match.start(), sentence.start + match.end()
    yield from _grade_facts(context, sentence, start, end, now)
    if now < then and context.spine_is_the_problem:
        mention = mention_at(context.page, sentence, start, end)
        yield context.fact(
            "redflag.progressive_deficit",
            State.PRESENT,
            sentence,
            mention,
            "grade.weaker",
            qualities={"region": (context.region,)} if context.region else {},
        )


def grades(context: Context, sentence: Sentence) -> Iterator[Fact]:
    """Facts about every graded muscle of a sentence: weak, normal, and too weak to wait."""
    text = sentence.text
    if sentence.section.kind in ("goals", "plan"):
        return
    if sentence.section.kind != "imaging" and not sentence.general:
        yield from _then_and_now(context, sentence)
    if sentence.section.kind != "imaging" and not sentence.general and "/5" not in text:
        yield from _bare_grades(context, sentence)
    if "5" not in text:
        return
    for match in _GRADE.finditer(text):
        before = text[: match.start()]
        if _LEVEL_BEFORE.search(before) or re.search(r"(?:VAS|NRS|pain|scale)[^.;]{0,25}$", before, re.IGNORECASE):
            continue
        grade = Fraction(int(match.group("low")[0]))
        sign = match.group("sign") or match.group("after") or ""
        if re.search(r"[-−]\s?$", before) and not sign:
            sign = "-"
        value = grade + _SIGNS.get(sign.lower(), Fraction(0))
        yield from _grade_facts(context, sentence, match.start() + sentence.start, match.end() + sentence.start, value)


def _grade_facts(context: Context, sentence: Sentence, start: int, end: int, value: Fraction) -> Iterator[Fact]:
    text = context.text
    clause_start = max(text.rfind(mark, sentence.start, start) for mark in (";", ",", ".")) + 1
    clause = text[max(clause_start, sentence.start) : min(sentence.end, end + 45)]
    whole = text[sentence.start : sentence.end]
    mention = mention_at(context.page, sentence, start, end)
    quote = context.quote(sentence, mention.first, mention.last)
    if value >= 5:
        yield context.fact(
            "sign.motor_weakness",
            State.ABSENT,
            sentence,
            mention,
            "grade.normal",
            quote=quote,
            qualities={"seen": ("examined",), **_extent(whole)},
            quantity=Quantity(value, value, "/5"),
        )
        return
    titled = f"{sentence.section.title} {whole}"
    muscle = bool(_MUSCLES_LEG.search(titled) or _MUSCLES_ARM.search(titled))
    local = text[max(sentence.start, start - 60) : start]
    if not muscle or (_NOT_MUSCLE.search(local) and not _MUSCLES_LEG.search(local) and not _MUSCLES_ARM.search(local)):
        return
    limb = (
        "leg"
        if _MUSCLES_LEG.search(clause)
        else "arm"
        if _MUSCLES_ARM.search(clause)
        else ("leg" if _MUSCLES_LEG.search(titled) else "arm")
    )
    seen = "examined" if context.spine_is_the_problem else "elsewhere"
    qualities = {"seen": (seen,), "limb": (limb,), **context.site(mention, sentence)}
    if "region" not in qualities and context.region:  # of the part of the spine that the note is about
        qualities["region"] = (context.region,)
    if _pain_limited(whole) or _painful_test(context, sentence):
        return
    quantity = Quantity(value, value, "/5")
    # "5-/5" is a trace that the next examiner may not find.
    diffuse = value >= 4 and (_is_diffuse(whole) or value > Fraction(9, 2))
    yield context.fact(
        "sign.motor_weakness",
        State.POSSIBLE if diffuse else State.PRESENT,
        sentence,
        mention,
        "grade.diffuse" if diffuse else "grade.weak",
        quote=quote,
        qualities=qualities,
        quantity=quantity,
    )
    if value <= 3 and context.spine_is_the_problem:
        yield context.fact(
            "redflag.severe_weakness",
            State.PRESENT,
            sentence,
            mention,
            "grade.severe",
            quote=quote,
            qualities=qualities,
            quantity=quantity,
        )


_THROUGHOUT = Pattern(
    r"\b(?:throughout|all (?:four |4 )?(?:muscles?|muscle groups|groups|extremities|myotomes|limbs)|globally)\b",
    re.IGNORECASE,
)
_EXCEPT = Pattern(r"\b(?:except|other than|otherwise|aside|apart|but|save|remaining|other|rest)\b", re.IGNORECASE)
_UPPER = Pattern(r"\b(?:upper|arms?|BUEs?|UEs?|RUE|LUE|hands?)\b", re.IGNORECASE)
_LOWER = Pattern(r"\b(?:lower|legs?|BLEs?|LEs?|RLE|LLE|feet)\b", re.IGNORECASE)
_ONE_SIDE = Pattern(r"\b(?:right|left|RUE|LUE|RLE|LLE)\b", re.IGNORECASE)


def _extent(text: str) -> dict[str, tuple[str, ...]]:
    """Of which limbs a sentence says that every muscle is strong: "5/5 throughout"; nothing where it says less."""
    if not _THROUGHOUT.search(text) or _EXCEPT.search(text) or _ONE_SIDE.search(text) or len(_found(text)) != 1:
        return {}
    upper, lower = _UPPER.search(text) is not None, _LOWER.search(text) is not None
    return {"extent": ("all",) if upper == lower else ("arm",) if upper else ("leg",)}


def _found(text: str) -> list[re.Match[str]]:
    return list(_GRADE.finditer(text))


_NOT_WEAK = Pattern(r"\b(?:no|not|without|non-?focal|negative|denies|generali[sz]ed)\b", re.IGNORECASE)


def named_weakness(context: Context, sentence: Sentence) -> Iterator[Fact]:
    """Weakness that an examination is said to have shown, where the sentence grades none."""
    text = sentence.text
    if "weakness" not in text or sentence.general or not context.spine_is_the_problem:
        return
    match = _EXAMINED_WEAK.search(text)
    if match is None or _NOT_WEAK.search(match.group()) or _pain_limited(text):
        return
    mention = mention_at(context.page, sentence, sentence.start + match.start(), sentence.start + match.end())
    if context.sense(mention, sentence).state in (State.ABSENT, State.HYPOTHETICAL, State.CLAIMED, State.POSSIBLE):
        return
    qualities = {"seen": ("examined",), **context.site(mention, sentence)}
    yield context.fact(
        "sign.motor_weakness", State.PRESENT, sentence, mention, "weakness.examined", qualities=qualities
    )


_DIFFUSE = 5  # muscle groups: more than one root serves, and nearly a whole limb


def _is_diffuse(text: str) -> bool:
    """One slight grade for a whole limb ("4+/5 in the deltoids, biceps, triceps, wrist flexors, grip"): no root's."""
    if len(list(_GRADE.finditer(text))) != 1:
        return False
    named = {match[0].lower() for pattern in (_MUSCLES_ARM, _MUSCLES_LEG) for match in pattern.finditer(text)}
    return len(named) >= _DIFFUSE


def _painful_test(context: Context, sentence: Sentence) -> bool:
    """Whether the next sentence says that the test of strength hurt: what gives way to pain is not what a root lost."""
    following = context.page.sentences[sentence.index + 1 : sentence.index + 2]
    return any(s.section is sentence.section and _HURT.search(s.text) is not None for s in following)


_HURT = Pattern(
    r"\b(?:manual muscle test\w*|resist\w+|strength test\w*|MMT)\b[^.;]{0,150}\bpain"
    r"|\bpain\b[^.;]{0,60}\b(?:manual muscle"
    r" test\w*|resist\w+|strength test\w*|MMT)\b",
    re.IGNORECASE,
)


def _pain_limited(text: str) -> bool:
    return (
        re.search(
            r"\b(?:give[- ]?way|giveway|limited by pain|secondary to pain|due to pain"
            r"|increase in .{0,20}pain|poor effort|pain[- ]limited)\b",
            text,
            re.IGNORECASE,
        )
        is not None
    )
