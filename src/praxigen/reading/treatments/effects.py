"""What a treatment did, as its own sentence says."""

from __future__ import annotations

import re

from praxigen.reading.context import Context
from praxigen.reading.page import Mention, Sentence, mention_at
from praxigen.reading.patterns import Pattern
from praxigen.reading.treatments.course import Course


def give_outcomes(context: Context, sentence: Sentence, group: list[Course], groups: list[list[Course]]) -> None:
    """Give every treatment of a list the outcome that the sentence says of it."""
    cue = _outcome_cue(context, sentence, group, groups) or _answered_by_box(context, sentence, group)
    if cue is None:
        return
    for course in group:
        course.outcome = cue.name.partition(".")[2]
        course.qualities["outcome"] = (course.outcome,)
        course.basis.append(context.quote_span(context.start(cue), context.end(cue)))


_HELPED = Pattern(
    r"\b(?:help\w*|relie\w+|effective\w*|improv\w*|better|work(?:s|ed)?)\s*\?[^?\n]{0,12}?"
    r"(?:\[\s?[xX✓]\s?\]|☑|☒|\([xX]\))\s*(?P<answer>yes|no)\b",
    re.IGNORECASE,
)


def _answered_by_box(context: Context, sentence: Sentence, group: list[Course]) -> Mention | None:
    """A form's "Ibuprofen: helped? [ ] yes [x] no"."""
    answer = _HELPED.search(context.text, context.end(group[-1].mention), sentence.end)
    if answer is None:
        return None
    mention = mention_at(context.page, sentence, answer.start(), answer.end())
    mention.name = "outcome.good" if answer["answer"].lower() == "yes" else "outcome.none"
    return mention


# "Each gave 2-3 wks", "was better for the afternoon", "benefit measured in days": what passed within weeks.
_FEW = r"(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several|\d{1,2})"
_SHORT = Pattern(
    r"\b(?:gave|gives|giving|provided|provides|provid(?:es|ing)|bought|got|lasted|lasting|held|helped"
    r"|helps|relieved|worked|relief|benefit|better"
    r"|eased|improvement|improved)\b(?:[\s,]+(?:him|her|them|me|the patient|only|just|maybe|perhaps|about|for|roughly"
    r"|approximately|at (?:most|best)|no more than|each(?: time)?|x|×|~|after|pain|relief|benefit|was|were"
    r"|of|measured in|in|some|good|lasting|that lasted|which lasted))*\s+"
    r"(?:(?:the|that|an?) (?:rest of the )?(?:afternoon|morning|evening|day|night|weekend"
    r"|couple of (?:days|weeks|hours))"
    rf"|(?:a )?(?:few|couple(?: of)?|handful of)\s+(?:good |more )?(?:days|weeks|wks|hours|hrs)"
    rf"|{_FEW}(?:\s*(?:-|–|to|or)\s*{_FEW})?\s+(?:good |blessed |short )?(?:days?|weeks?|wks?|hours?|hrs?)"
    r"|(?:days|hours))\b(?!\s+of (?:(?:physical |formal )?therapy|PT\b|treatment|care|rehab))",
    re.IGNORECASE,
)


# "Meloxicam with good relief for two weeks" was perhaps taken for two weeks; of an injection it is how long it held.
_GOOD_FOR = Pattern(
    r"\b(?:good|great|excellent|complete|full|marked|significant|substantial|adequate|moderate) (?:pain )?"
    r"(?=(?:relief|benefit|improvement) for\b)",
    re.IGNORECASE,
)


_OVER = Pattern(r"\b(?:only|just|then|but|before|until|wore off|returned|recurred)\b", re.IGNORECASE)


def _may_be_its_course(sentence: Sentence, start: int) -> bool:
    """Whether a length after good relief may be that of the treatment: one that is taken, not given once."""
    kinds = [each.name for each in sentence.concepts if each.name.startswith("treatment.")]
    if not kinds or any("injection" in kind or "facet" in kind for kind in kinds):
        return False
    return any(match.end() == start for match in _GOOD_FOR.finditer(sentence.text)) and not _OVER.search(
        sentence.text, start
    )


def soon_over(context: Context, sentence: Sentence) -> list[Mention]:
    """The stretches of a sentence that tell of an effect which passed within weeks, as outcomes."""
    found: list[Mention] = []
    for match in _SHORT.finditer(sentence.text):
        if _may_be_its_course(sentence, match.start()):
            continue
        mention = mention_at(context.page, sentence, sentence.start + match.start(), sentence.start + match.end())
        mention.name, mention.layer = "outcome.temporary", "cue"
        found.append(mention)
    return found


def outcomes_in(context: Context, sentence: Sentence) -> list[Mention]:
    """Every outcome that a sentence tells of. "Helped for a while" is no good result: the longer words win."""
    named = [
        cue
        for cue in sentence.cues
        if cue.name.startswith("outcome.")
        and not (cue.name == "outcome.temporary" and _may_be_its_course(sentence, context.start(cue) - sentence.start))
    ]
    named.extend(soon_over(context, sentence))
    lasting = [cue for cue in named if cue.name != "outcome.good"]
    kept = [
        cue
        for cue in named
        if cue.name != "outcome.good" or not any(cue.first < o.last and o.first < cue.last for o in lasting)
    ]
    return sorted(kept, key=lambda cue: (cue.first, cue.last))


def _outcome_cue(
    context: Context, sentence: Sentence, group: list[Course], groups: list[list[Course]]
) -> Mention | None:
    best: tuple[int, Mention] | None = None
    first, last = group[0].mention.first, group[-1].mention.last
    for cue in outcomes_in(context, sentence):
        if _hoped_for(context, sentence, cue):
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


_HOPES = frozenset({"should", "will", "would", "hope", "hopes", "hoping", "hopefully", "expect", "expects", "expected"})


def _hoped_for(context: Context, sentence: Sentence, cue: Mention) -> bool:
    """ "With the pump she should have good relief": nothing yet."""
    return bool(_HOPES.intersection(context.tokens.words[max(sentence.first, cue.first - 3) : cue.first]))


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
