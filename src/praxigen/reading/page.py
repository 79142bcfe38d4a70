"""A document prepared for the rules: words, sections, sentences, and which lexicon terms stand where."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from operator import attrgetter

from praxigen.lexicon.term import Compose, Lexicon
from praxigen.lexicon.words import Tokens, tokenize
from praxigen.model.document import Document
from praxigen.model.fact import State
from praxigen.reading.boxes import box_breaks, none_of_these
from praxigen.reading.foreign import ForeignText
from praxigen.reading.gate import open_gate, together
from praxigen.reading.general import GeneralText
from praxigen.reading.patterns import Pattern, Said, Together
from praxigen.reading.phrases import Hit, find_phrases
from praxigen.reading.sections import Section, find_sections, is_of_the_patient
from praxigen.reading.sentences import sentence_bounds
from praxigen.reading.tables import Tables


@dataclass(slots=True)
class Mention:
    """A term at the words `first` to `last` (exclusive) of a sentence; `parts` are the hits it was composed from."""

    name: str
    layer: str
    first: int
    last: int
    qualities: Mapping[str, str]
    state: str | None = None
    composed: bool = False


class Sentence:
    """One sentence: its words, its section and the mentions in it, in order of place.

    Few sentences name a concept, and of the others hardly any is asked for its cues and parts. So mentions are made of
    the phrases found, the `hits`, in those few at once (`place`), in the others when they are first asked for.
    """

    __slots__ = (
        "_cues", "_parts", "_placer", "claim", "concepts", "end", "first", "general", "hits", "index", "last",
        "section", "start", "text", "ticked",
    )  # fmt: skip

    def __init__(self, index: int, first: int, last: int, section: Section, text: Said, placer: Placer) -> None:
        """The words from `first` to `last` (exclusive) of the page that `placer` is for."""
        self.index = index
        self.first = first
        self.last = last
        self.start = placer.tokens.starts[first]
        self.end = placer.tokens.ends[last - 1]
        self.section = section
        self.text = text
        self.hits: list[Hit] = []
        self.concepts: list[Mention] = []
        self.claim = False
        self.general = False
        self.ticked = ""  # "yes" or "no" where a box of a form is ticked
        self._placer = placer
        self._cues: list[Mention] | None = None
        self._parts: list[Mention] | None = None

    def place(self) -> None:
        """Make mentions of the hits, which are not kept beside them: a chart may be of megabytes."""
        self.concepts, self._cues, self._parts = self._placer.place(self.hits)
        self.hits = []
        self.claim = any(cue.name == _CLAIM for cue in self._cues)

    @property
    def cues(self) -> list[Mention]:
        """The words that change the sense of a concept."""
        if self._cues is None:
            self.place()
        return self._cues or []

    @property
    def parts(self) -> list[Mention]:
        """Body parts, sides, verbs: what rules combine."""
        if self._parts is None:
            self.place()
        return self._parts or []

    @property
    def has_figures(self) -> bool:
        """Whether a figure stands in it."""
        return _FIGURE.may_match(self.text) or (not self.text.isascii() and any(map(str.isdigit, self.text)))


_START = attrgetter("start")
_CLAIM = "claim"  # the cue of words that only claim what a policy asks for
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
        self.vocabulary = frozenset(self.tokens.words)
        gate = open_gate()
        self.text = Said(text, gate.held(self.vocabulary))
        bits = gate.of_each(self.tokens.words)
        self.sections = find_sections(self.text, reader.lexicon.headings)
        self.tables = Tables(self.text, reader.lexicon.cells)
        self.held = 0  # what its sentences hold together
        self.sentences = self._split(bits, Placer(reader, self.tokens))
        self._named: dict[str, array[int]] = {}  # the sentences with a phrase of a term, by its name
        self._find(reader)

    def _split(self, bits: list[int], placer: Placer) -> list[Sentence]:
        tokens = self.tokens
        starts = [section.start for section in self.sections]
        breaks: set[int] = set()
        for section in self.sections[1:]:
            breaks.add(bisect_right(tokens.starts, section.start - 1))
            if section.kind not in _TITLE_COUNTS:
                breaks.add(bisect_right(tokens.starts, section.body - 1))
        breaks |= box_breaks(self.text, tokens)
        for row in self.tables.rows:
            breaks.update(bisect_right(tokens.starts, at - 1) for at in (row.start, row.end) if at > 0)
        foreign = ForeignText(self.text, tokens, bits)
        general = GeneralText(self.text, self.vocabulary)
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
            sentence = Sentence(len(sentences), first, last, section, text, placer)
            if may_tick and _TICKED_ANSWER.may_match(text):
                answer = _TICKED_ANSWER.search(self.text, start, end)
                sentence.ticked = answer.group("answer").lower() if answer else ""
                if sentence.ticked and _DID_IT_HELP.search(self.text, start, answer.start() if answer else end):
                    sentence.ticked = ""  # the answer is about the effect of what is named, not about whether it was
            ticked = sentence.ticked != ""
            sentence.general = general.holds(text, words, section, ticked=ticked) or (
                foreign.anywhere and foreign.holds(start, end, text, words)
            )
            if may_retract and sentences and _RETRACTS.match(self.text[start : start + 90]):
                sentences[-1].general = True  # "That sentence was wrong and is withdrawn."
            sentences.append(sentence)
        for sentence in none_of_these(sentences, self.text):
            sentence.ticked, sentence.general = "no", False
        return sentences

    def _find(self, reader: Terms) -> None:
        """Find the phrases of every sentence, and place those of the sentences that may name a concept or claim."""
        sentences, named = self.sentences, self._named
        at = 0
        for hit in find_phrases(reader.lexicon.trie, reader.lexicon.terms, self.tokens, self.text) if sentences else ():
            term, first, last = hit
            while first >= sentences[at].last and at + 1 < len(sentences):
                at += 1
            sentence = sentences[at]
            if first >= sentence.first and last <= sentence.last:  # no phrase reaches from one into the next
                sentence.hits.append(hit)
                if term.name not in named:
                    named[term.name] = array("I", (at,))
                elif named[term.name][-1] != at:
                    named[term.name].append(at)
        for index in reader.to_place(named):
            sentences[index].place()

    def where(self, *patterns: Pattern | Together) -> list[Sentence]:
        """The sentences in which one of these patterns could match."""
        held = self.held
        needed = {pattern.need for pattern in patterns if held & pattern.need == pattern.need}
        if not needed:
            return []
        if len(needed) == 1:
            (need,) = needed
            return [sentence for sentence in self.sentences if sentence.text.held & need == need]
        return self.in_order(*([s for s in self.sentences if s.text.held & need == need] for need in needed))

    @staticmethod
    def in_order(*groups: Iterable[Sentence]) -> list[Sentence]:
        """The sentences of all groups, each once, in order of place."""
        found = {sentence.index: sentence for group in groups for sentence in group}
        return [found[index] for index in sorted(found)]

    @cached_property
    def telling(self) -> list[Sentence]:
        """The sentences that name a concept."""
        return [sentence for sentence in self.sentences if sentence.concepts]

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of the concepts in its sentences."""
        return frozenset(concept.name for sentence in self.telling for concept in sentence.concepts)

    def names_of(self, kind: str) -> list[str]:
        """The names beginning so of what is found in its sentences."""
        return [name for name in self._named if name.startswith(kind)]

    def naming(self, names: Collection[str]) -> list[Sentence]:
        """The sentences with a part of one of these names."""
        found = set(chain.from_iterable(self._named[name] for name in names if name in self._named))
        asked = [self.sentences[index] for index in sorted(found)]
        return [s for s in asked if any(part.name in names for part in s.parts)]

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that a character of the text stands in."""
        at = bisect_right(self.sentences, offset, key=_START) - 1
        return self.sentences[at] if at >= 0 and offset < self.sentences[at].end else None

    def words(self, first: int, last: int) -> str:
        """The original text of some words."""
        return self.text[self.tokens.starts[first] : self.tokens.ends[last - 1]]


def one_kind_of_line_end(text: str) -> str:
    """The text with every line ended by a line feed, letter for letter as long as before."""
    return text.replace("\r\n", " \n").replace("\r", "\n") if "\r" in text else text


_TICKED_ANSWER = Pattern(r"(?:\[\s*[xX✓]\s*\]|☑|☒|\([xX]\))\s*(?P<answer>yes|no)\b", re.IGNORECASE)
# What the boxes behind a medicine answer: whether it helped, and not whether it was taken.
_DID_IT_HELP = Pattern(
    r"\b(?:help\w*|relie\w+|effective\w*|improv\w*|better|work(?:s|ed)?)\s*\??\W*(?:yes\W*)?$", re.IGNORECASE
)
_RETRACTS = Pattern(
    r"\W*(?:that|this|the above|the figure above|the statement)\b[^.;]{0,50}\b(?:was wrong|is wrong"
    r"|incorrect|in error|withdrawn|retracted|erroneous)\b",
    re.IGNORECASE,
)


class Terms:
    """The lexicon made ready to find: built once, used for every document."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.composes: dict[str, list[Compose]] = {}
        for compose in lexicon.composes:
            self.composes.setdefault(compose.parts[0], []).append(compose)
        # What a sentence must have for its mentions to be placed at once: one of these, or all parts of one of those.
        self._alone = frozenset(term.name for term in lexicon.terms if term.layer == "concept") | {_CLAIM}
        self._together: dict[str, list[frozenset[str]]] = {}
        for compose in lexicon.composes:
            if compose.layer == "concept" or compose.name == _CLAIM:
                self._together.setdefault(compose.parts[0], []).append(frozenset(compose.parts))
        self._words: frozenset[str] | None = None

    def to_place(self, named: Mapping[str, array[int]]) -> list[int]:
        """The sentences that may name a concept or claim something; `named` are those with a phrase of each term."""
        found: set[int] = set()
        for name, sentences in named.items():
            if name in self._alone:
                found.update(sentences)
            for parts in self._together.get(name, ()):
                if named.keys() >= parts:
                    found.update(set(sentences).intersection(*(named[part] for part in parts)))
        return sorted(found)

    def knows(self, word: str) -> bool:
        """Whether a phrase of the lexicon has this word, in lower case."""
        if self._words is None:
            self._words = frozenset(self.lexicon.words.split("\n"))
        return word in self._words


_STATES: dict[State | None, str | None] = {None: None, **{state: str(state) for state in State}}


class Placer:
    """Makes mentions of the phrases found in the sentences of one text."""

    __slots__ = ("_composes", "tokens")

    def __init__(self, reader: Terms, tokens: Tokens) -> None:
        self._composes = reader.composes
        self.tokens = tokens

    def place(self, hits: Iterable[Hit]) -> tuple[list[Mention], list[Mention], list[Mention]]:
        """The concepts, cues and parts of one sentence, and the concepts and cues that are said in pieces."""
        parts: list[Mention] = []
        others: list[Mention] = []
        for term, first, last in hits:
            state = "never" if term.never else _STATES[term.state]
            mention = Mention(term.name, term.layer, first, last, term.qualities, state)
            (parts if term.layer == "part" else others).append(mention)
        parts = [part for part in _longest(parts, by_name=True) if part.state != "never"]
        others.extend(_compose(parts, self._composes, self.tokens))
        told = [mention for mention in _longest(others, by_name=False) if mention.state != "never"]
        concepts = [mention for mention in told if mention.layer == "concept"]
        return concepts, [mention for mention in told if mention.layer == "cue"], parts


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
