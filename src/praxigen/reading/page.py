"""A document prepared for the rules: words, sections, sentences, and which lexicon terms stand where."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from praxigen.lexicon.term import Compose, Lexicon
from praxigen.lexicon.trie import END, Trie
from praxigen.lexicon.words import Tokens, tokenize
from praxigen.model.document import Document
from praxigen.model.fact import State
from praxigen.reading.boxes import box_breaks, none_of_these
from praxigen.reading.foreign import ForeignText
from praxigen.reading.gate import open_gate, together
from praxigen.reading.patterns import Pattern, Said
from praxigen.reading.phrases import Hit, find_phrases
from praxigen.reading.sections import Section, find_sections, is_of_the_patient
from praxigen.reading.sentences import sentence_bounds


@dataclass(slots=True)
class Mention:
    """A term at the words `first` to `last` (exclusive) of a sentence; `parts` are the hits it was composed from."""

    name: str
    layer: str
    first: int
    last: int
    qualities: dict[str, str]
    state: str | None = None
    composed: bool = False


@dataclass(slots=True)
class Sentence:
    """One sentence: its words, its section and the mentions in it, in order of place."""

    index: int
    first: int
    last: int
    start: int
    end: int
    section: Section
    text: Said
    concepts: list[Mention] = field(default_factory=list)
    cues: list[Mention] = field(default_factory=list)
    parts: list[Mention] = field(default_factory=list)
    claim: bool = False
    general: bool = False
    ticked: str = ""  # "yes" or "no" where a box of a form is ticked

    @property
    def has_figures(self) -> bool:
        """Whether a figure stands in it."""
        return _FIGURE.may_match(self.text) or (not self.text.isascii() and any(map(str.isdigit, self.text)))


_FIGURE = Pattern(r"\d")
# These headings may themselves name the thing ("PHYSICAL THERAPY: 14 visits"), so they are read with their text.
_TITLE_COUNTS = frozenset({"prior_treatment", "other"})


class Page:
    """A document with everything found in it that rules need. Built in one pass."""

    def __init__(self, document: Document, reader: Terms) -> None:
        self.document = document
        # Offsets stay those of the document, from which every quote is cut.
        text = one_kind_of_line_end(document.text)
        self.lexicon = reader.lexicon
        self.tokens: Tokens = tokenize(text)
        bits = open_gate().of_each(self.tokens.words)
        self.text = Said(text, together(set(bits)))
        self.sections = find_sections(self.text, reader.lexicon.headings)
        self.held = 0  # what its sentences hold together
        self.sentences = self._split(bits)
        self._place(reader)

    def _split(self, bits: list[int]) -> list[Sentence]:
        tokens = self.tokens
        starts = [section.start for section in self.sections]
        breaks: set[int] = set()
        for section in self.sections[1:]:
            breaks.add(bisect_right(tokens.starts, section.start - 1))
            if section.kind not in _TITLE_COUNTS:
                breaks.add(bisect_right(tokens.starts, section.body - 1))
        breaks |= box_breaks(self.text, tokens)
        foreign = ForeignText(self.text, tokens, bits)
        may_retract, may_tick = _RETRACTS.may_match(self.text), _TICKED_ANSWER.may_match(self.text)
        sentences: list[Sentence] = []
        social: dict[int, Section] = {}  # the part of a "family and social history" that is about the patient
        for first, last in sentence_bounds(self.text, tokens, frozenset(breaks)):
            start, end = tokens.starts[first], tokens.ends[last - 1]
            section = self.sections[max(0, bisect_right(starts, start) - 1)]
            if start < section.body and section.kind not in _TITLE_COUNTS:
                continue  # the heading itself
            words = tokens.words[first:last]
            if section.kind == "family" and is_of_the_patient(section, words):
                section = social.setdefault(section.start, replace(section, kind="social"))
            text = Said(self.text[start:end], together(bits[first:last]))
            self.held |= text.held
            sentence = Sentence(len(sentences), first, last, start, end, section, text)
            if may_tick and _TICKED_ANSWER.may_match(text):
                ticked = _TICKED_ANSWER.search(self.text, start, end)
                sentence.ticked = ticked.group("answer").lower() if ticked else ""
                if sentence.ticked and _DID_IT_HELP.search(self.text, start, ticked.start() if ticked else end):
                    sentence.ticked = ""  # the answer is about the effect of what is named, not about whether it was
            to_reader = not sentence.ticked and not self._is_letter
            sentence.general = is_general(words, text, section, to_reader) or foreign.holds(start, end, text, words)
            if may_retract and sentences and _RETRACTS.match(self.text[start : start + 90]):
                sentences[-1].general = True  # "That sentence was wrong and is withdrawn."
            sentences.append(sentence)
        for sentence in none_of_these(sentences, self.text):
            sentence.ticked, sentence.general = "no", False
        return sentences

    @cached_property
    def _is_letter(self) -> bool:
        """Whether one clinician writes to another: "you" is then a colleague, and what "you" did was done."""
        return _DEAR.search(self.text, 0, _LETTERHEAD) is not None

    def _place(self, reader: Terms) -> None:
        trie, terms = reader.lexicon.trie, reader.lexicon.terms
        for sentence in self.sentences:
            hits = find_phrases(trie, terms, self.tokens, self.text, sentence.first, sentence.last)
            if hits:
                place_mentions(sentence, hits, reader.composes, self.tokens)

    def where(self, *patterns: Pattern) -> list[Sentence]:
        """The sentences in which one of these patterns could match."""
        needed = [pattern.need for pattern in patterns if self.held & pattern.need == pattern.need]
        if not needed:
            return []
        return [s for s in self.sentences if any(s.text.held & need == need for need in needed)]

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of the concepts in its sentences."""
        return frozenset(concept.name for sentence in self.sentences for concept in sentence.concepts)

    @cached_property
    def part_names(self) -> frozenset[str]:
        """The names of the parts in its sentences."""
        return frozenset(part.name for sentence in self.sentences for part in sentence.parts)

    def words(self, first: int, last: int) -> str:
        """The original text of some words."""
        return self.text[self.tokens.starts[first] : self.tokens.ends[last - 1]]


def one_kind_of_line_end(text: str) -> str:
    """The text with every line ended by a line feed, letter for letter as long as before."""
    return text.replace("\r\n", " \n").replace("\r", "\n") if "\r" in text else text


_READER = frozenset({"you", "your", "yours"})
_WRITER = frozenset({"i", "my", "we", "our", "me"})
_THIRD = frozenset({"he", "she", "him", "her", "his", "hers", "mr", "mrs", "ms", "patient"})
_UNTICKED = Pattern(r"\[\s*\]|☐|□|_{3,}\s*$|\(\s\)")
_TICKED = Pattern(r"\[\s*[xX✓]\s*\]|☑|☒|\([xX]\)")
_TICKED_ANSWER = Pattern(r"(?:\[\s*[xX✓]\s*\]|☑|☒|\([xX]\))\s*(?P<answer>yes|no)\b", re.IGNORECASE)
# What the boxes behind a medicine answer: whether it helped, and not whether it was taken.
_DID_IT_HELP = Pattern(
    r"\b(?:help\w*|relie\w+|effective\w*|improv\w*|better|work(?:s|ed)?)\s*\??\W*(?:yes\W*)?$", re.IGNORECASE
)
_DEAR = Pattern(
    r"(?mi)^[ \t]*(?:dear|thank you for (?:asking|referring|sending|the (?:kind )?referral|involving"
    r"|allowing))\b(?! patient\b| mr| ms| mrs| parent)"
)
_LETTERHEAD = 900  # characters
_RETRACTS = Pattern(
    r"\W*(?:that|this|the above|the figure above|the statement)\b[^.;]{0,50}\b(?:was wrong|is wrong"
    r"|incorrect|in error|withdrawn|retracted|erroneous)\b",
    re.IGNORECASE,
)
_OTHERS = Pattern(
    r"\b(?:subjects|published|randomi[sz]ed|literature|studies have"
    r"|(?<!normal )(?<!abnormal )(?<!diagnostic )(?<!conduction )study of (?!the\b|his\b|her\b|this\b"
    r"|both\b|bilateral\b)"
    r"|most patients|most people|people with|patients who|patients with|in patients|many patients"
    r"|some patients|(?:\d+ ?%|percent|half) of (?:the )?(?:patients|people)"
    r"|the literature|handout|booklet|brochure|pamphlet|leaflet)\b",
    re.IGNORECASE,
)


def is_general(words: list[str], text: Said, section: Section, to_reader: bool = True) -> bool:
    """Whether a sentence speaks to a reader, of people in general, or is an unticked line of a form: no evidence.

    A message of the patient to the practice says "you" and "I" and is about the patient. Where the "you" of a text is
    not its reader (`to_reader` is false), a sentence that names a third person is about the patient.
    """
    if _UNTICKED.search(text) and not _TICKED.search(text):
        return True
    if section.kind == "education":
        return True
    if not _READER.isdisjoint(words) and _WRITER.isdisjoint(words) and "thank" not in words:
        third = not _THIRD.isdisjoint(words) or _TICKED.search(text) is not None
        if to_reader or not third:
            return True
    return _OTHERS.search(text) is not None


class Terms:
    """The lexicon made ready to find: built once, used for every document."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.composes: dict[str, list[Compose]] = {}
        for compose in lexicon.composes:
            self.composes.setdefault(compose.parts[0], []).append(compose)
        self._words: frozenset[str] | None = None

    def knows(self, word: str) -> bool:
        """Whether a phrase of the lexicon has this word, in lower case."""
        if self._words is None:
            self._words = frozenset(_words_of(self.lexicon.trie))
        return word in self._words


def _words_of(trie: Trie) -> Iterator[str]:
    nodes = [trie]
    while nodes:
        for word, below in nodes.pop().items():
            if word != END:
                yield word
                nodes.append(below)


_STATES: dict[State | None, str | None] = {None: None, **{state: str(state) for state in State}}


def place_mentions(sentence: Sentence, hits: list[Hit], composes: dict[str, list[Compose]], tokens: Tokens) -> None:
    """Sort the hits of one sentence into concepts, cues and parts, and compose what is said in pieces."""
    parts: list[Mention] = []
    others: list[Mention] = []
    for term, first, last in hits:
        state = "never" if term.never else _STATES[term.state]
        mention = Mention(term.name, term.layer, first, last, dict(term.qualities) if term.qualities else {}, state)
        (parts if term.layer == "part" else others).append(mention)
    parts = [part for part in _longest(parts, by_name=True) if part.state != "never"]
    others.extend(_compose(parts, composes, tokens))
    concepts: list[Mention] = []
    cues: list[Mention] = []
    for mention in _longest(others, by_name=False):
        if mention.state == "never":
            continue
        if mention.layer == "concept":
            concepts.append(mention)
        elif mention.layer == "cue":
            cues.append(mention)
            if mention.name == "claim":
                sentence.claim = True
    sentence.parts, sentence.concepts, sentence.cues = parts, concepts, cues


def _longest(mentions: list[Mention], *, by_name: bool) -> list[Mention]:
    """Without the mentions that stand strictly inside a longer one (of the same name, where `by_name`)."""
    furthest = 0
    for mention in mentions:
        if mention.first < furthest:
            break
        furthest = mention.last
    else:
        return mentions
    mentions.sort(key=_order)
    kept: list[Mention] = []
    reaching: list[Mention] = []  # those of `kept` that do not end before the mention begins
    furthest = -1  # the end of the last of them
    for mention in mentions:
        if mention.first >= furthest:
            kept.append(mention)
            reaching = [mention]
            furthest = mention.last
            continue
        reaching = [longer for longer in reaching if longer.last > mention.first]
        last = kept[-1]
        if last.name == mention.name and last.first == mention.first and last.last == mention.last:
            continue  # said twice
        if not any(_inside(mention, longer, by_name=by_name) for longer in reaching):
            kept.append(mention)
            reaching.append(mention)
            furthest = max(furthest, mention.last)
    return kept


def _inside(mention: Mention, longer: Mention, *, by_name: bool) -> bool:
    if longer.first > mention.first or longer.last < mention.last:
        return False
    if longer.last - longer.first <= mention.last - mention.first:
        return False
    return longer.name == mention.name if by_name else _hides(longer, mention)


def _order(mention: Mention) -> tuple[int, int, str]:
    return mention.first, mention.first - mention.last, mention.name


def _hides(longer: Mention, mention: Mention) -> bool:
    """Whether a longer mention swallows one inside it.

    A phrase swallows everything inside it. Words with gaps between them swallow only their own kind, and a diagnosis
    does not swallow the picture that proves it ("cord compression" is both).
    """
    own = longer.name.split(".")[0] == mention.name.split(".")[0]
    if mention.name.startswith("imaging.compression") and not longer.name.startswith("imaging"):
        return longer.state == "never"
    # "compression fracture with retropulsion" is a red flag, a broken vertebra and bone in the canal
    if mention.name in ("fracture.vertebral", "imaging.retropulsion") and longer.name.startswith("redflag."):
        return longer.state == "never"
    if longer.composed:
        if longer.layer == "cue" and mention.layer == "cue":
            return True
        return own
    return True


def _compose(parts: list[Mention], composes: dict[str, list[Compose]], tokens: Tokens) -> list[Mention]:
    made: list[Mention] = []
    names = {part.name for part in parts}
    for index, part in enumerate(parts):
        for compose in composes.get(part.name, ()):
            if not names.issuperset(compose.parts):
                continue
            chain = _chain(parts, index, compose, tokens)
            if chain is None:
                continue
            qualities = dict(compose.qualities)
            for link in chain:
                qualities.update(link.qualities)
            made.append(Mention(compose.name, compose.layer, chain[0].first, chain[-1].last, qualities, composed=True))
    return made


def _chain(parts: list[Mention], index: int, compose: Compose, tokens: Tokens) -> list[Mention] | None:
    chain = [parts[index]]
    for name in compose.parts[1:]:
        last = chain[-1].last
        following = None
        for part in parts[index + 1 :]:
            if part.first < last:
                continue
            if part.first - last > compose.gap:
                break
            if part.name == name:
                following = part
                break
        if following is None or ";" in tokens.words[last : following.first]:
            return None
        between = [part for part in parts[index + 1 :] if last <= part.first < following.first]
        if name.startswith("body.") and "from" in tokens.words[last : following.first] and _names_body(between):
            return None  # "pain down the leg from the back" is not in the back
        chain.append(following)
    return chain


def _names_body(parts: list[Mention]) -> bool:
    return any(part.name.startswith("body.") for part in parts)


def mention_at(page: Page, sentence: Sentence, start: int, end: int, name: str = "words") -> Mention:
    """The words of a sentence that cover the characters from `start` to `end` of the text."""
    tokens = page.tokens
    first = next((at for at in range(sentence.first, sentence.last) if tokens.ends[at] > start), sentence.first)
    last = next((at for at in range(first, sentence.last) if tokens.ends[at] >= end), sentence.last - 1) + 1
    return Mention(name, "concept", first, last, {})
