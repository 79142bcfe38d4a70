"""Compares praxigen with simpler readers on the same labelled notes.

    python benchmarks/compare.py [--medspacy] LABELS NOTES

The other readers get the phrases of praxigen's own lexicon, for the concepts that a question's criteria name, so that
the comparison is about what is done with a hit and not about who knows more words:

- `always not documented`;
- `keywords`: a phrase anywhere in the text, whatever its case, means met; otherwise not documented;
- `keywords, negation`: a hit is negated by no, denies, without or "negative for" at most five words before it in the
  sentence; all hits negated means not met, and so does a phrase that says the opposite ("strength intact");
- `medspaCy` (with --medspacy): its tokenizer, PyRuSH sentences, TargetMatcher, ConText and Sectionizer with the rules
  that come with it. An entity that is negated, hypothetical, historical, uncertain or the family's does not mean met;
  only an operation on the spine may be historical. All entities negated means not met, and so does a phrase that says
  the opposite. It also gets the lexicon's sequences of words and the phrases that shadow others.

Where a question has a limit (50 percent, six weeks, six months), a number that reaches it must stand in the sentence.
Some concepts have no phrases of their own, because rules of praxigen make them; `_INSTEAD` and `_SAID` say what stands
for them. --medspacy needs medspaCy 1.3.1, which is no dependency of praxigen.
"""

from __future__ import annotations

import argparse
import importlib
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from praxigen.errors import PraxigenError
from praxigen.evaluation import Row, Scores, evaluate_files, score
from praxigen.evaluation.labels import ANSWERS, read_notes
from praxigen.evaluation.run import open_questions
from praxigen.lexicon import Term, open_lexicon
from praxigen.lexicon.trie import END, whole
from praxigen.model.criterion import Criterion, Evidence
from praxigen.model.fact import State

INSTALL = """medspaCy is not installed. It is no dependency of praxigen; give it an environment of its own:

    python3.11 -m venv medspacy-venv
    medspacy-venv/bin/pip install medspacy==1.3.1 .
    medspacy-venv/bin/python benchmarks/compare.py --medspacy LABELS NOTES
"""

# Concepts that rules of praxigen make, and the concept whose phrases stand for them here.
_INSTEAD = {"history.spine_surgery": "surgery.spine", "history.pain_after_surgery": "diagnosis.fbss"}

# Phrases for the one question that asks for an operation which is not to be: those that say so, and the opposite.
_NOT_TO_BE = """
    not a surgical candidate, not a candidate for surgery, not a good surgical candidate, poor surgical candidate,
    nonsurgical candidate, no surgical option, no surgical options, surgery is not indicated, surgery not
    indicated, surgery is not an option, does not want surgery, does not wish to have surgery, wishes to avoid
    surgery, wants to avoid surgery, declines surgery, declined surgery, refuses surgery, no surgical indication,
    no indication for surgery, do not recommend surgery, would not recommend surgery, no further surgery,
    inoperable
"""
_TO_BE = """
    recommend surgery, recommended surgery, surgery was recommended, surgery is recommended, plan for surgery,
    planned surgery, scheduled for surgery, surgery is scheduled, proceed with surgery, wishes to proceed, elected
    to proceed, elects to proceed, taken to the operating room, brought to the operating room, operation
    performed, procedure performed, informed consent
"""
_SAID = {"surgery-not-option": (_NOT_TO_BE, _TO_BE)}

# A number with its unit, and how much of the unit is enough.
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*(?:%|percent\b)", re.IGNORECASE)
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10, "twelve": 12}
_TIME = re.compile(rf"(\d+(?:\.\d+)?|{'|'.join(_NUMBERS)})[\s-]*(w|mo|y)(?:ee)?(?:nth|ear|k|r)?s?\b", re.IGNORECASE)
_WEEKS = {"w": 1.0, "mo": 30 / 7, "y": 365 / 7}
_LIMITS: dict[str, tuple[str, float]] = {
    "trial-relief-50": ("percent", 50),
    "conservative-6wk": ("weeks", 6),
    "conservative-6mo": ("weeks", 6 * 30 / 7),
}

_NEGATION = re.compile(r"\b(?:no|denies|without|negative for)\b", re.IGNORECASE)
_LAST_WORDS = re.compile(r"(?:\w+\W+){0,5}$")
_SENTENCE_END = re.compile(r"[.!?;](?=\s)|\n\s*\n")


@dataclass(slots=True)
class Asked:
    """What the simpler readers know of a question: concepts by what a hit on their phrases means.

    A hit on `shown` means met. Hits on `shown` and `denied` mean not met where all are negated, hits on `contrary` (and
    on phrases that say themselves that a concept is absent) where they are not.
    """

    shown: set[str] = field(default_factory=set)
    denied: set[str] = field(default_factory=set)
    contrary: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of a concept in a note. `says` is shown, denied or contrary; `holds` whether it is so here and now."""

    says: str
    sentence: str
    holds: bool
    negated: bool


@cache
def asked() -> dict[str, Asked]:
    """What is asked, by question, from the criteria."""
    return {name: _asked(name, one.criteria) for name, one in open_questions().indications.items()}


def _asked(name: str, criteria: Criterion) -> Asked:
    if name in _SAID:
        return Asked(shown={f"{name}.said"}, contrary={f"{name}.contrary"})
    out = Asked()
    for node in criteria.walk():
        for evidence in node.shown_by:
            out.shown |= _kinds(evidence.concept)
        for evidence in node.refuted_by:
            if State.ABSENT in evidence.states:
                out.denied |= _kinds(evidence.concept)
            elif not _limited(evidence):
                out.contrary |= _kinds(evidence.concept)
    out.contrary |= {f"{concept}.absent" for concept in out.shown | out.denied}
    out.denied -= out.shown
    return out


def _limited(evidence: Evidence) -> bool:
    return bool(evidence.outcome or evidence.duration or evidence.value)


def _kinds(concept: str) -> set[str]:
    """The concept and all that is a kind of it, as far as they have phrases or another one stands for them."""
    names = {name for name, line in open_lexicon().kinds.items() if concept in line} | {concept}
    return {_INSTEAD.get(name, name) for name in names}


@cache
def patterns() -> dict[str, str]:
    """A regular expression for every concept that is asked for; `.absent` and `.never` for those phrases of it."""
    found = _by_name()
    out = {name: _alternatives(found[name]) for name in sorted(_wanted()) if name in found}
    for name, (said, contrary) in _SAID.items():
        for suffix, texts in (("said", said), ("contrary", contrary)):
            out[f"{name}.{suffix}"] = _alternatives({tuple(text.split()): None for text in texts.split(",")})
    return out


@cache
def sequences() -> dict[str, list[str]]:
    """Regular expressions for the lexicon's sequences of words of every concept that is asked for."""
    found = _by_name()
    out: dict[str, list[str]] = {}
    for compose in open_lexicon().composes:
        if compose.name in _wanted() and all(part in found for part in compose.parts):
            between = rf"[^\w.;]{{1,3}}(?:\w+[^\w.;]{{1,3}}){{0,{compose.gap}}}?"
            out.setdefault(compose.name, []).append(
                between.join(f"(?:{_alternatives(found[part])})" for part in compose.parts)
            )
    return out


@cache
def _by_name() -> dict[str, dict[tuple[str, ...], str | None]]:
    """All phrases as words, by name. From the tree of the lexicon: a compiled lexicon keeps them nowhere else."""
    found: dict[str, dict[tuple[str, ...], str | None]] = {}
    terms = open_lexicon().terms
    for words, (index, exact) in _phrases(whole(open_lexicon().trie)):
        found.setdefault(_name(terms[index]), {})[words] = exact
    return found


def _wanted() -> set[str]:
    names = {name for one in asked().values() for name in one.shown | one.denied | one.contrary}
    return names | {f"{name}.never" for name in names}


def _name(term: Term) -> str:
    if term.never:
        return f"{term.name}.never"
    return f"{term.name}.absent" if term.state is State.ABSENT else term.name


def _phrases(node: Mapping[str, Any], words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for word, below in node.items():
        if word == END:
            yield from ((words, entry) for entry in below)
        else:
            yield from _phrases(below, (*words, word))


def _alternatives(phrases: Mapping[tuple[str, ...], str | None]) -> str:
    """One expression for many phrases, as a tree of words so that it stays fast; longer phrases first."""
    root: dict[str, Any] = {}
    exact = []
    for words, written in phrases.items():
        if written is not None:
            exact.append(rf"(?-i:{re.escape(written)})")
            continue
        node = root
        for word in words:
            node = node.setdefault(word, {})
        node[END] = True
    tree = _tree(root, "")
    return rf"(?<!\w)(?:{'|'.join(filter(None, (*exact, tree)))})(?!\w)"


def _tree(node: Mapping[str, Any], before: str) -> str:
    parts = []
    for word in sorted((word for word in node if word != END), key=len, reverse=True):
        gap = "" if not before else r"[\s-]+" if word.isalpha() and before.isalpha() else r"[\s-]*"
        edge = r"(?!\w)" if word.isalpha() and any(child.isalpha() for child in node[word]) else ""
        parts.append(gap + re.escape(word) + edge + _tree(node[word], word))
    if not parts:
        return ""
    joined = "(?:" + "|".join(parts) + ")"
    return joined + "?" if END in node else joined


def answer(question: str, hits: Sequence[Hit]) -> str:
    """The answer that follows from the hits, for the readers that look at negation."""
    if any(hit.says == "shown" and hit.holds and enough(question, hit.sentence) for hit in hits):
        return "met"
    if any(hit.says == "shown" and hit.holds for hit in hits):
        return "not_documented"  # it is there, and only the number is not
    if any(hit.says == "contrary" and hit.holds for hit in hits):
        return "not_met"
    tried = [hit for hit in hits if hit.says != "contrary"]
    return "not_met" if tried and all(hit.negated for hit in tried) else "not_documented"


def enough(question: str, sentence: str) -> bool:
    """Whether a number in the sentence reaches the limit of the question, if it has one."""
    if question not in _LIMITS:
        return True
    unit, limit = _LIMITS[question]
    if unit == "percent":
        return any(limit <= float(number) <= 100 for number in _PERCENT.findall(sentence))
    return any(_amount(number) * _WEEKS[word.lower()] >= limit for number, word in _TIME.findall(sentence))


def _amount(number: str) -> float:
    return float(_NUMBERS.get(number.lower(), number))


def _says(name: str, one: Asked) -> str | None:
    for says in ("shown", "denied", "contrary"):
        if name in getattr(one, says):
            return says
    return None


class Keywords:
    """The plain keyword reader, without and with a look at negation."""

    def __init__(self) -> None:
        self._compiled = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in patterns().items()}

    def hits(self, text: str) -> dict[str, list[Hit]]:
        """All hits of a note, by question."""
        starts = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
        sentences = list(pairwise(starts))
        found: list[tuple[str, str, bool]] = []
        for name, pattern in self._compiled.items():
            for match in pattern.finditer(text):
                start, end = next(((s, e) for s, e in sentences if s <= match.start() < e), (0, len(text)))
                last = _LAST_WORDS.search(text[start : match.start()])
                found.append((name, text[start:end], bool(last and _NEGATION.search(last.group()))))
        return {
            question: [
                Hit(says, sentence, not negated, negated)
                for name, sentence, negated in found
                if (says := _says(name, one)) is not None
            ]
            for question, one in asked().items()
        }

    @staticmethod
    def plain(question: str, hits: Sequence[Hit]) -> str:
        """The answer without a look at negation."""
        found = any(hit.says == "shown" and enough(question, hit.sentence) for hit in hits)
        return "met" if found else "not_documented"


class MedspaCy:
    """A reader made of medspaCy's components with the rules that come with them."""

    def __init__(self, medspacy: Any) -> None:
        importlib.import_module("loguru").logger.disable("PyRuSH")  # which tells of every sentence otherwise
        rule = importlib.import_module("medspacy.ner").TargetRule
        self._nlp = medspacy.load()  # tokenizer, PyRuSH, TargetMatcher, ConText
        self._nlp.add_pipe("medspacy_sectionizer")
        matcher = self._nlp.get_pipe("medspacy_target_matcher")
        matcher.add([rule(name, name, pattern=pattern) for name, pattern in patterns().items()])
        for name, several in sequences().items():
            matcher.add([rule(f"{name} {number}", name, pattern=one) for number, one in enumerate(several)])

    def hits(self, text: str) -> dict[str, list[Hit]]:
        """All entities of a note, by question."""
        document = self._nlp(text)
        out: dict[str, list[Hit]] = {question: [] for question in asked()}
        for entity in document.ents:
            of = entity._
            past = of.is_historical and entity.label_ != _INSTEAD["history.spine_surgery"]
            other = past or of.is_hypothetical or of.is_family or of.is_uncertain
            for question, one in asked().items():
                says = _says(entity.label_, one)
                if says is not None:
                    holds = not (of.is_negated or other)
                    out[question].append(Hit(says, entity.sent.text, holds, bool(of.is_negated)))
        return out


def _show(title: str, scores: Scores) -> str:
    head = "labelled \\ answered"
    lines = [title, f"  {head:22}" + "".join(f"{name:>16}" for name in ANSWERS)]
    lines += [f"  {one:22}" + "".join(f"{scores.confusion[one][name]:>16}" for name in ANSWERS) for one in ANSWERS]
    return "\n".join(lines) + "\n\n"


_FIGURES: tuple[tuple[str, Callable[[Scores], float | None]], ...] = (
    ("accuracy", lambda s: s.accuracy),
    ("macro-F1", lambda s: s.macro_f1),
    ("met P", lambda s: s.precision["met"]),
    ("met R", lambda s: s.recall["met"]),
    ("not doc. R", lambda s: s.recall["not_documented"]),
    ("false met", lambda s: s.false_met_rate),
)


def _table(columns: Iterable[tuple[str, Scores]]) -> str:
    lines = [f"{'':24}" + "".join(f"{name:>12}" for name, _ in _FIGURES)]
    for title, scores in columns:
        values = (pick(scores) for _, pick in _FIGURES)
        lines.append(f"{title:24}" + "".join(f"{'-' if value is None else f'{value:.3f}':>12}" for value in values))
    return "\n".join(lines) + "\n"


def compare(labels: Path, notes: Path, medspacy: Any) -> str:
    """Every reader on the labelled notes, as text."""
    rows = evaluate_files(labels, notes)
    texts = read_notes(notes)
    labelled = dict.fromkeys(row.note for row in rows)
    keywords = Keywords()
    hits = {note: keywords.hits(texts[note]) for note in labelled}
    results = [
        ("praxigen", score(rows)),
        ("always not documented", score(rows, lambda _: "not_documented")),
        ("keywords", score(rows, lambda row: Keywords.plain(*_of(row, hits)))),
        ("keywords, negation", score(rows, lambda row: answer(*_of(row, hits)))),
    ]
    if medspacy is not None:
        reader = MedspaCy(medspacy)
        entities = {note: reader.hits(texts[note]) for note in labelled}
        results.append((f"medspaCy {medspacy.__version__}", score(rows, lambda row: answer(*_of(row, entities)))))
    lines = f"{len(rows)} decisions, {len(labelled)} notes\n\n"
    return lines + "".join(_show(title, scores) for title, scores in results) + _table(results)


def _of(row: Row, hits: Mapping[str, Mapping[str, Sequence[Hit]]]) -> tuple[str, Sequence[Hit]]:
    question = row.question.replace("_", "-")
    return question, hits[row.note][question]


def main() -> int:
    """Print the comparison."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels", type=Path, metavar="LABELS")
    parser.add_argument("notes", type=Path, metavar="NOTES")
    parser.add_argument("--medspacy", action="store_true", help="also run medspaCy 1.3.1, which must be installed")
    arguments = parser.parse_args()
    medspacy = None
    if arguments.medspacy:
        try:
            medspacy = importlib.import_module("medspacy")
        except ModuleNotFoundError:
            sys.stderr.write(INSTALL)
            return 2
    try:
        sys.stdout.write(compare(arguments.labels, arguments.notes, medspacy))
    except PraxigenError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
