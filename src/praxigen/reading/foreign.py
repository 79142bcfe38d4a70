"""Text in a note that is not about its patient: no evidence, whatever it says.

A pasted policy, a form filled in as an example, another patient's letter, markup and data, words addressed to whoever
or whatever decides, and words with hidden or look-alike characters in them. Each is found by what it is, not by what it
asks for, so an instruction gains nothing and a real sentence loses nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from praxigen.lexicon.words import Tokens
from praxigen.model.disguise import is_disguised
from praxigen.reading.gate import together
from praxigen.reading.patterns import Pattern, Said

# A first line that announces a paragraph which is not about this patient.
_ANNOUNCES = Pattern(
    r"\b(?:templates?|sample|(?<!for )examples?|demo patient|dummy|model (?:letter|note)|misfiled"
    r"|wrong (?:chart|patient)"
    r"|for comparison|(?:another|a different|other|different) (?:patient|chart|case)"
    r"|how (?:the|this) form (?:should|must|may) look|defaults? shown)\b",
    re.IGNORECASE,
)
_ANNOUNCES_POLICY = Pattern(
    r"\b(?:policy|policies|guideline|web ?site|coverage|(?<!budapest )criteria|indications|attestation|certification"
    r"|excerpt|determination|verdict|reviewer'?s? findings?|praxigen report|answers)\b",
    re.IGNORECASE,
)
# A clinic's own headings with such words, and a heading that goes on to tell of the patient.
_OWN = Pattern(
    r"\bindications? for\b|\b(?:diagnostic|budapest) criteria\b|\b(?:he"
    r"|she|patient|psych\w*|behavio\w+|mental)\b",
    re.IGNORECASE,
)
# A line that names its source at its end.
_CITED = Pattern(
    r"\((?:text|excerpt|quot\w+|wording|copied|taken) (?:of|from) (?:the )?(?:\w+ )?(?:guideline|policy"
    r"|criteria|payer)",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(r"\b(?:\d+[- ]?(?:year[- ]old|y/?o)|(?:[Hh]e|[Ss]he)(?! or| ?/)|(?:Mr|Mrs|Ms)\.)(?!\w)")
_LONGEST_HEADING = 90
# Speaks to the one who decides, or says what the answer is to be.
_TO_THE_DECIDER = (
    r"(?:note|message|instructions?|memo|attention|attn)\s+(?:to|for)\s+(?:the\s+|an?\s+)?"
    r"(?:(?:utili[sz]ation|automated|medical)\s+)?(?:review\w*|AI\b|system|software|language model"
    r"|utili[sz]ation nurse)"
)
# One pattern a way, each searched only where its own words stand.
_ADDRESSES = tuple(
    Pattern(source, re.IGNORECASE | re.MULTILINE)
    for source in (
        rf"\b{_TO_THE_DECIDER}",
        (
            r"^\W*(?:for\s+the\s+)?(?:utili[sz]ation\s+)?(?:reviewers?|AI|assistant|system(?: prompt)?"
            r"|developer(?: message)?|override)\s*(?:instructions?)?\s*[:,]\s"
        ),
        r"\[/?INST\]",
        r"^\W*(?:instruction|instrucci[oó]n|instru[cç][aã]o|istruzione)\b[^.\n]{0,24}:",
        r"(?:=|:)\s*[\"']?met\b",
        r"\b(?:answer|return|respond|responder?|rispondere|responda)\s+(?:\w+\s+)?[\"'«]?\s?met\b",
        r"\b(?:as|is|are|be|fully)\s+met\b",
        r"\bmark(?:ed)? all (?:criteria|boxes)\b",
        r"\b(?:ignore|disregard)\s+(?:the above|all|any|previous|earlier)\b",
        r"\bdecode\b",
        (
            r"\b(?:attest|certif)\w*\b[^.\n]{0,90}\b(?:criteri\w+|requirements?|indications?|guideline"
            r"|medical necessity)\b"
        ),
        r"\b(?:confirmed|approved) by (?:the )?reviewer\b",
        r"\b(?:is|are) (?:complete and )?on file\b",
        (
            r"\b(?:to|should|shall) be (?:taken|treated|counted|read|assumed|coded|ticked)\b"
            r"(?! as (?:needed|directed|prescribed|tolerated|an?\b|(?:out|in)-?patient))"
        ),
        r"\bplease (?:count|read|code|accept|treat|tick)\b",
        r"\bkindly accept\b",
        r"\b(?:every|each|all) (?:\w+ )?(?:requirements?|indications?|criterion|criteria) (?:of|in|for)\b",
    )
)
# A line that begins by calling one who decides is for them to its end.
_CALLS = Pattern(rf"\W*{_TO_THE_DECIDER}", re.IGNORECASE)
# What a payer asks for, in the chart's own sentence.
_ASKED_FOR = Pattern(
    r"\b(?:is|are|was|were|be|being) (?:required|needed|requested|mandated|demanded) by (?:the|his|her|their|this)? ?"
    r"(?:\w+ )?(?:payers?|insurers?|insurance|plans?|carriers?|polic(?:y|ies)|guidelines?|medicare"
    r"|medicaid|health plan)\b"
    r"|\b(?:payer|insurer|insurance|plan|carrier|policy|guideline|medicare)s? (?:\w+ )?(?:requires?|mandates?|demands?"
    r"|asks? for|wants|insists on)\b|\b(?:text|excerpt) of (?:the )?(?:guideline|policy)\b",
    re.IGNORECASE,
)
# Each way of the patterns above needs one of these words: most sentences need no look.
_TRIGGER_WORDS = (
    "met note message instruction instructions memo attention attn reviewer reviewers ai assistant system "
    "developer override instrucción instruccion instrução instrucão instruçao istruzione answer return respond "
    "responder rispondere responda mark marked treat ignore disregard decode attest attests attested "
    "attestation attesting certify certifies certified certification confirmed approved file taken treated "
    "counted read assumed coded ticked please kindly requirement requirements indication indications criterion "
    "criteria required needed requested mandated demanded require requires mandate mandates demand demands ask "
    "asks wants insists text excerpt another different other"
)
_TRIGGERS = frozenset(_TRIGGER_WORDS.split())
_ANOTHER_PATIENT = Pattern(r"\b(?:another|a different|other) patients?\b", re.IGNORECASE)
_SPEAKS_TO_OTHERS = (*_ADDRESSES, _ASKED_FOR, _ANOTHER_PATIENT)
_OPENINGS = ("<!--", "-->"), ("```", "```")
_ELEMENT = Pattern(r"<(?P<name>[a-z]\w*)\b[^<>]{0,200}>", re.IGNORECASE)
_DATA = Pattern(r"^[ \t]*\{[ \t]*\"[^\n]*$|^[ \t]*---[ \t]*$", re.MULTILINE)


class ForeignText:
    """Where a text is not about its patient."""

    def __init__(self, text: Said, tokens: Tokens, bits: Sequence[int]) -> None:
        """`bits` are what each of the tokens holds."""
        spans = sorted([*_markup(text), *_paragraphs(text, tokens, bits)])
        self._starts = [start for start, _ in spans]
        self._ends: list[int] = []  # the furthest end of the spans up to each
        for _, end in spans:
            self._ends.append(max(end, self._ends[-1] if self._ends else 0))
        self._plain = text.isascii()
        self._speaking = [pattern for pattern in _SPEAKS_TO_OTHERS if pattern.may_match(text)]
        self.anywhere = bool(self._starts or self._speaking or not self._plain)
        """Whether any words of the text may be of another origin."""

    def holds(self, start: int, end: int, words: Said, tokens: Sequence[str]) -> bool:
        """Whether the words from `start` to `end`, which are `tokens`, are or stand in text of another origin."""
        at = bisect_right(self._starts, end - 1) - 1
        if at >= 0 and self._ends[at] > start:
            return True
        if not self._plain and is_disguised(words):
            return True
        if not self._speaking or (_TRIGGERS.isdisjoint(tokens) and "INST]" not in words):
            return False
        return any(pattern.search(words) for pattern in self._speaking)


def _markup(text: str) -> Iterator[tuple[int, int]]:
    for opening, closing in _OPENINGS:
        at = text.find(opening)
        while at >= 0:
            stop = text.find(closing, at + len(opening))
            end = stop + len(closing) if stop >= 0 else _paragraph_end(text, at)
            yield at, end
            at = text.find(opening, end)
    at = 0
    if "<" in text:
        while (element := _ELEMENT.search(text, at)) is not None:
            closing = f"</{element['name']}>"
            line_end = _paragraph_end(text, element.end())
            stop = text.find(closing, element.end(), line_end)
            at = stop + len(closing) if stop >= 0 else element.end()
            if stop >= 0:  # a lone <br> holds nothing
                yield element.start(), at
    fence = -1
    for match in _DATA.finditer(text) if "{" in text or "---" in text else ():
        if "{" in match[0]:
            yield match.span()
        elif fence < 0:
            fence = match.start()
        else:  # front matter between two rules; a single rule is only a rule
            if ":" in text[fence : match.start()].partition("\n")[2].partition("\n")[0]:
                yield fence, match.end()
            fence = -1


def _paragraph_end(text: str, at: int) -> int:
    stop = text.find("\n\n", at)
    return len(text) if stop < 0 else stop


def _paragraphs(text: Said, tokens: Tokens, bits: Sequence[int]) -> Iterator[tuple[int, int]]:
    """From a line that announces a policy, an example or somebody else to the end of its paragraph, or of the line.

    A line inside a paragraph that announces and goes on ("Sample form: myelopathy (x)") speaks only for itself.
    """
    if not any(pattern.may_match(text) for pattern in (_ANNOUNCES, _ANNOUNCES_POLICY, _CITED, _CALLS)):
        return
    at = 0
    for paragraph in text.split("\n\n"):
        start, stop = at, at + len(paragraph)
        begun = False  # whether a line with words came before in this paragraph
        for line in paragraph.split("\n"):
            first, last = bisect_left(tokens.starts, at), bisect_left(tokens.starts, at + len(line))
            words = Said(line.strip(), together(bits[first:last]))
            if words and _announces(words) and not _why_here(words, paragraph[at + len(line) - start :]):
                whole = not begun or words.endswith(":") or ":" not in words
                yield at, stop if whole else at + len(line)
                if whole:
                    break
            elif words and (_CITED.search(words) or _CALLS.match(words)):
                yield at, at + len(line)
            begun = begun or bool(words)
            at += len(line) + 1
        at = stop + 2


def _why_here(heading: str, told: str) -> bool:
    """Whether under "INDICATIONS:" somebody's own story begins, and not what a policy asks of everybody."""
    alone = heading.rstrip(":").lower() in ("indications", "indication")
    return alone and _SOMEBODY.search(told[:_LONGEST_HEADING]) is not None


def _announces(first: Said) -> bool:
    lead = first[:_LONGEST_HEADING]
    if _ANNOUNCES.may_match(first) and _ANNOUNCES.search(lead):
        return True
    if not _ANNOUNCES_POLICY.may_match(first):
        return False
    heading, colon, told = lead.partition(":")
    if not _ANNOUNCES_POLICY.search(heading) or _OWN.search(heading):
        return False
    if (
        colon and told.strip() and "indication" in heading.lower()
    ):  # why the patient is here: "INDICATIONS: 62-year-old"
        return False
    return bool(colon) or (len(first) < _LONGEST_HEADING and not first.endswith("."))
