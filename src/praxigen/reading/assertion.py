"""In which sense a sentence speaks of a concept: present, absent, planned, somebody else's, only claimed ...

After NegEx and ConText (Chapman 2001, Harkema 2009): cues before or after the concept, each with a reach. To these a
prior authorization needs one more rule: a treatment, an operation or an evaluation counts only with a sign that it
happened. Cues and concepts are data in `lexicon/`; here is only their reach and their precedence.
"""

from __future__ import annotations

from praxigen.lexicon.words import Tokens
from praxigen.model.fact import State, Who
from praxigen.model.frozen import frozen
from praxigen.reading.page import Mention, Sentence
from praxigen.reading.patterns import Pattern

# How many words a cue reaches, by kind. Lists ("denies fever, chills, weakness or numbness") may be long.
_REACH = {
    "before.negated": 24,
    "before.possible": 8,
    "before.planned": 16,
    "before.denied": 10,
    "before.declined": 9,
    "before.past": 8,
    "before.hypothetical": 45,
    "before.other_person": 18,
    "before.happened": 28,
    "after.negated": 4,
    "after.possible": 5,
    "after.planned": 6,
    "after.denied": 6,
    "after.declined": 6,
    "after.past": 5,
    "after.happened": 9,
}
_STATES = {
    "negated": State.ABSENT,
    "possible": State.POSSIBLE,
    "planned": State.PLANNED,
    "denied": State.DENIED,
    "declined": State.DECLINED,
    "past": State.PAST,
    "hypothetical": State.HYPOTHETICAL,
    "happened": State.DONE,
}
# These settle the sense wherever they stand in reach; among the others the nearest cue wins.
_STRONG = ("hypothetical", "denied", "declined", "negated")
_PRONOUNS = frozenset({"he", "she", "they", "it", "patient", "i", "we", "this", "these"})
_WALL = frozenset({";", "•", "*"})
_LIST_BREAKERS = frozenset({"but", "however", "although", "except", "though", "which"})


# A sentence that begins with a condition and goes on with what would then be done.
_CONDITION = Pattern(
    r"(?:once|if|should|unless|when)\b(?! i ).{3,220}?\b(?:will|may|can|could|would|obtain|consider"
    r"|proceed|then|we|refer|order|needs?|get|schedule)\b"
)


@frozen
class Sense:
    """The sense of one mention and the cue that gave it. `state` is None where no cue reaches the mention."""

    state: State | None
    who: Who
    rule: str
    cue: Mention | None = None
    happened: bool = False


def sense_of(mention: Mention, sentence: Sentence, tokens: Tokens) -> Sense:
    """The sense that the sentence's own words give to a mention. Section and template are for the caller to weigh."""
    if sentence.claim:
        return Sense(State.CLAIMED, Who.PATIENT, "claim")
    if sentence.general:
        return Sense(State.HYPOTHETICAL, Who.PATIENT, "general")
    if sentence.ticked == "no":
        return Sense(State.ABSENT, Who.PATIENT, "ticked.no")
    if _CONDITION.match(" ".join(tokens.words[sentence.first : sentence.first + 60])):
        return Sense(State.HYPOTHETICAL, Who.PATIENT, "condition")
    answered = _answered(mention, sentence, tokens)
    if answered is not None:
        return answered
    inside = _negated_inside(mention, sentence)
    if inside is not None:
        return Sense(State.ABSENT, Who.PATIENT, "cue.inside", inside)
    reaching = [
        (cue, distance) for cue in sentence.cues if (distance := _distance(cue, mention, sentence, tokens)) >= 0
    ]
    kinds: dict[str, tuple[Mention, int]] = {}
    for cue, distance in reaching:
        kind = cue.name.partition(".")[2]
        if kind not in kinds or distance < kinds[kind][1]:
            kinds[kind] = (cue, distance)
    who = Who.OTHER if "other_person" in kinds else Who.PATIENT
    happened = "happened" in kinds
    for kind in _STRONG:
        if kind in kinds and not _overruled(kind, kinds):
            return Sense(_STATES[kind], who, f"cue.{kind}", kinds[kind][0], happened)
    rest = [(distance, _CAUTIOUS.index(kind), kind) for kind, (_, distance) in kinds.items() if kind in _CAUTIOUS]
    if rest:
        kind = "planned" if _still_ahead(kinds, tokens) else min(rest)[2]
        return Sense(_STATES[kind], who, f"cue.{kind}", kinds[kind][0], happened)
    return Sense(None, who, "plain")


_COLON = frozenset({":", "-", "=", "\u2013", "\u2014"})
_NO = frozenset({"no", "none", "n", "denies", "denied", "never", "neg", "nil"})


def _answered(mention: Mention, sentence: Sentence, tokens: Tokens) -> Sense | None:
    """A form's "Leg pain: no", and its "Leg pain: yes / no" that nobody filled in."""
    after = tokens.words[mention.last : min(sentence.last, mention.last + 6)]
    if not after or after[0] not in _COLON:
        return None
    words = after[1:]
    if words[:3] in (["yes", "/", "no"], ["y", "/", "n"], ["no", "/", "yes"]):
        return Sense(State.HYPOTHETICAL, Who.PATIENT, "answer.open")
    if words and words[0] in _NO and (len(words) == 1 or words[1] in (".", ",", ";", ")", "|")):
        return Sense(State.ABSENT, Who.PATIENT, "answer.no")
    return None


def _negated_inside(mention: Mention, sentence: Sentence) -> Mention | None:
    """A negation between the words that a mention was composed from ("pain but no radiation into the leg")."""
    if not mention.composed:
        return None
    for cue in sentence.cues:
        if (
            cue.name == "before.negated"
            and mention.first < cue.first
            and cue.last < mention.last
            # "came back negative, but he continues to": what stands between the two is another statement
            and not any(
                cue.last <= stop.first and stop.last <= mention.last for stop in sentence.cues if stop.name == "stop"
            )
        ):
            return cue
    return None


# At the same distance the more cautious sense wins.
_CAUTIOUS = ("planned", "possible", "past", "happened")


def _still_ahead(kinds: dict[str, tuple[Mention, int]], tokens: Tokens) -> bool:
    """ "Going to start him on naproxen": the plan governs the verb that would say that it happened."""
    if "planned" not in kinds or "happened" not in kinds:
        return False
    planned, happened = kinds["planned"][0], kinds["happened"][0]
    between = tokens.words[planned.last : happened.first]
    return (
        planned.last <= happened.first and len(between) <= 4 and not {"and", ",", "but", "after"}.intersection(between)
    )


def _overruled(kind: str, kinds: dict[str, tuple[Mention, int]]) -> bool:
    """A sign that the thing happened, standing nearer than a condition or a refusal, wins over it."""
    if kind not in ("hypothetical", "declined", "denied"):
        return False
    if (
        kind == "hypothetical" and "negated" in kinds
    ):  # "no signs or symptoms of": the denial governs the words after it
        return 0 <= kinds[kind][0].first - kinds["negated"][0].last <= 1
    return "happened" in kinds and kinds["happened"][1] < kinds[kind][1]


def _distance(cue: Mention, mention: Mention, sentence: Sentence, tokens: Tokens) -> int:
    """Words between a cue and the mention that it reaches; -1 where it does not reach it."""
    reach = _REACH.get(cue.name)
    if reach is None:
        return -1
    if cue.name.startswith("before."):
        distance = mention.first - cue.last
        if distance < 0 or (distance > reach and not _one_list(cue, mention, tokens)):
            return -1
        # "non-compressive disc bulge": the prefix turns one word around, not the finding after it
        if distance > 1 and tokens.words[cue.first : cue.last] in (("non",), ["non"]):
            return -1
        return distance if _open(cue, cue.last, mention.first, sentence, tokens) else -1
    distance = cue.first - mention.last
    if distance < 0:
        return -1
    between = [m for m in sentence.concepts if mention.last <= m.first and m.last <= cue.first]
    if distance > (reach + 14 if between else reach):
        return -1
    return distance if _open_after(mention.last, cue.first, tokens, bool(between)) else -1


_LONGEST_LIST = 160  # words; a review of systems written as one sentence
_LONGEST_ITEM = 7


def _one_list(cue: Mention, mention: Mention, tokens: Tokens) -> bool:
    """ "She denies fevers, chills, ... angina, claudication": a denial reaches as far as its list of short items."""
    if cue.name != "before.negated" or not tokens.words[cue.first].startswith("den"):
        return False
    if mention.first - cue.last > _LONGEST_LIST:
        return False
    item = 0
    for word in tokens.words[cue.last : mention.first]:
        item = 0 if word == "," else item + 1
        if item > _LONGEST_ITEM:
            return False
    return True


def _open(cue: Mention, first: int, last: int, sentence: Sentence, tokens: Tokens) -> bool:
    """Whether nothing ends the reach of a cue between the words `first` and `last`."""
    for other in sentence.cues:
        if other.name == "stop" and first <= other.first and other.last <= last and not _soft(other, cue, tokens):
            return False
    words = tokens.words
    for at in range(first, last):
        word = words[at]
        if word in _WALL or (word in _PRONOUNS and at > first and cue.name != "before.other_person"):
            return False
        if word == ":" and cue.name == "before.negated":
            return False
    return True


_WITH = frozenset({"with", "secondary", "which", "who", "then", "still", "since"})


def _soft(stop: Mention, cue: Mention, tokens: Tokens) -> bool:
    """Stops that do not end a sign that something happened ("treated since 2019 with ...", "failed PT as well as")."""
    return cue.name in ("before.happened", "before.planned", "before.declined", "before.other_person") and (
        tokens.words[stop.first] in _WITH
    )


def _open_after(first: int, last: int, tokens: Tokens, through_list: bool) -> bool:
    for at in range(first, last):
        word = tokens.words[at]
        if word in _WALL or word in _LIST_BREAKERS or word in _PRONOUNS:
            return False
        if word == "," and not through_list and at > first:
            return False
        if word == "." and len(tokens.words[at - 1]) > 3:  # a full stop that began no new sentence
            return False
    return True
