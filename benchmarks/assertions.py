"""Scores how the reader tells what is said to be absent, past or somebody else's, on sentences with a marked concept.

    python benchmarks/assertions.py [--wrong] FILE

Each line of the file is a JSON object with "id", "text", "concept" (which stands in capitals in the text), "negation"
(Affirmed or Negated), "temporality" (Recent, Historical or Not particular) and "experiencer" (Patient or Other), as in
the test kits of NegEx and ConText. The reader finds the sense of the marked words as it finds that of any concept of
its lexicon. Prints the accuracy of negation, precision, recall and F1 of "Negated", and a confusion matrix of each
label; then the wrong negations by cause, with --wrong each of them.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from praxigen import Document
from praxigen.model.fact import State, Who
from praxigen.reading.assertion import Sense
from praxigen.reading.context import Context
from praxigen.reading.page import Mention, Page, Sentence, mention_at
from praxigen.reading.reader import terms

LABELS = ("negation", "temporality", "experiencer")
_NEGATING = frozenset({"no", "not", "without", "denies"})
_PAST_SECTIONS = ("past_medical", "past_surgical")


@dataclass(frozen=True, slots=True)
class Item:
    """One sentence with its labels, what the reader made of it, and why."""

    id: str
    text: str
    label: dict[str, str]
    got: dict[str, str]
    cause: str


def read_item(value: dict[str, str]) -> Item | None:
    """One line of the file; None where its text does not hold the concept."""
    place = _place(value["text"], value["concept"])
    if place is None:
        return None
    start, end = place
    # The capitals are the mark of the test kit. In a note they would make a heading of the words.
    text = value["text"][:start] + value["text"][start:end].lower() + value["text"][end:]
    context = Context(Page(Document(value["id"], text), terms()))
    sentence = next((s for s in context.page.sentences if s.start < end and start < s.end), None)
    label = {name: value[name] for name in LABELS}
    shown = f"{value['text'][max(0, start - 110) : start]}[{text[start:end]}]{text[end : end + 60]}"
    if sentence is None:
        got = {"negation": "Affirmed", "temporality": "Recent", "experiencer": "Patient"}
        return Item(value["id"], shown, label, got, "read as a heading")
    target = mention_at(context.page, sentence, max(start, sentence.start), min(end, sentence.end))
    sense = _sense(target, sentence, context)
    return Item(value["id"], shown, label, _labels(sense, sentence), _cause(sense, target, sentence, context))


def _place(text: str, concept: str) -> tuple[int, int] | None:
    words = r"\s+".join(re.escape(word) for word in concept.split())
    match = re.search(words.upper(), text) or re.search(words, text, re.IGNORECASE)
    return match.span() if match else None


def _sense(target: Mention, sentence: Sentence, context: Context) -> Sense:
    """The sense of the marked words. Cues give it, or a phrase of the lexicon that holds them with the negation."""
    sense = context.sense(target, sentence)
    if sense.state is not State.HYPOTHETICAL:
        for phrase in sentence.concepts:
            holds = phrase.first <= target.first and target.last <= phrase.last
            if phrase.state is not None and holds and context.tokens.words[phrase.first] in _NEGATING:
                return Sense(State(phrase.state), sense.who, "phrase")
    return sense


def _labels(sense: Sense, sentence: Sentence) -> dict[str, str]:
    """A sense in the words of the test kit."""
    temporality = "Recent"
    if sense.state is State.HYPOTHETICAL:
        temporality = "Not particular"
    elif sense.state is State.PAST or sentence.section.kind in _PAST_SECTIONS:
        temporality = "Historical"
    return {
        "negation": "Negated" if sense.state is State.ABSENT else "Affirmed",
        "temporality": temporality,
        "experiencer": "Other" if sense.who is Who.OTHER or sentence.section.kind == "family" else "Patient",
    }


def _cause(sense: Sense, target: Mention, sentence: Sentence, context: Context) -> str:
    """What made the sense; where nothing negated the words, what stood in the sentence that might have."""
    words = context.tokens.words
    if sense.state is State.ABSENT:
        cue = sense.cue
        if cue is None:
            return f"negated by {sense.rule}"
        side = "before" if cue.last <= target.first else "after"
        return f"negated by {' '.join(words[cue.first : cue.last])!r} {side} it"
    near = [cue for cue in sentence.cues if cue.name in ("before.negated", "after.negated")]
    near = [cue for cue in near if (cue.first < target.first) == (cue.name == "before.negated")]
    if not near:
        ahead = [term for term in sentence.concepts if term.first < target.last and target.first < term.last]
        if any(words[term.first] in _NEGATING for term in ahead):
            return "the word of negation belongs to a phrase of the lexicon"
        return f"no cue of negation in the sentence ({sense.rule})"
    cue = min(near, key=lambda cue: min(abs(target.first - cue.last), abs(cue.first - target.last)))
    if cue.first < target.last and target.first < cue.last:
        return "the cue lies within the marked words"
    between = range(cue.last, target.first) if cue.last <= target.first else range(target.last, cue.first)
    stops = [
        " ".join(words[stop.first : stop.last])
        for stop in sentence.cues
        if stop.name == "stop" and between.start <= stop.first < between.stop
    ]
    held = f"held by {stops[0]!r}" if stops else f"does not reach ({sense.rule})"
    return f"{' '.join(words[cue.first : cue.last])!r} {held}"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.4f}" if whole else "-"


def _scores(items: list[Item]) -> str:
    pairs = Counter((item.label["negation"], item.got["negation"]) for item in items)
    right = sum(count for (label, got), count in pairs.items() if label == got)
    true, false, missed = pairs["Negated", "Negated"], pairs["Affirmed", "Negated"], pairs["Negated", "Affirmed"]
    return (
        f"negation: accuracy {_share(right, len(items))}; Negated: precision {_share(true, true + false)}, "
        f"recall {_share(true, true + missed)}, F1 {_share(2 * true, 2 * true + false + missed)}\n"
    )


def _confusion(items: list[Item], name: str) -> str:
    pairs = Counter((item.label[name], item.got[name]) for item in items)
    values = sorted({value for pair in pairs for value in pair})
    lines = [f"{name + ' (rows: label)':26}" + "".join(f"{value:>16}" for value in values)]
    lines.extend(f"{label:26}" + "".join(f"{pairs[label, got]:>16}" for got in values) for label in values)
    return "\n".join(lines) + "\n"


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--wrong", action="store_true")
    arguments = parser.parse_args()
    lines = [json.loads(line) for line in arguments.file.read_text("utf-8").split("\n") if line.strip()]
    items = [item for value in lines if (item := read_item(value)) is not None]
    sys.stdout.write(f"{len(items)} sentences; {len(lines) - len(items)} left out: the concept is not in the text\n")
    sys.stdout.write(_scores(items))
    for name in LABELS:
        sys.stdout.write("\n" + _confusion(items, name))
    wrong = [item for item in items if item.label["negation"] != item.got["negation"]]
    causes = Counter((item.label["negation"], item.cause) for item in wrong)
    sys.stdout.write(f"\n{len(wrong)} wrong negations by label and cause\n")
    for (label, cause), count in causes.most_common():
        sys.stdout.write(f"{count:>5}  {label}: {cause}\n")
        if arguments.wrong:
            for item in wrong:
                if (item.label["negation"], item.cause) == (label, cause):
                    sys.stdout.write(f"         {item.id}: {item.text}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
