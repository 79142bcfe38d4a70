"""How much of the kept texts the guidelines model, as text and as JSON (schema praxigen.library-coverage/1)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, TextIO

from praxigen.exports import words
from praxigen.exports.sheet import Sheet, terminal
from praxigen.library.coverage import Coverage, CoveredSentence, Modelled

SCHEMA = "praxigen.library-coverage/1"

_FATES = {
    Modelled.NOT_MODELLED: "Not modelled",
    Modelled.SET_ASIDE: "Set aside, with the reason",
    Modelled.SHOWN: "Shown, not computed",
    Modelled.COMPUTED: "Computed by a criterion",
}


def coverage_to_json(found: Sequence[Coverage]) -> str:
    """The coverage of each guideline, sentence by sentence, with the anchors of its criteria."""
    answer = {"schema": SCHEMA, "guidelines": [_plain(each) for each in found]}
    return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"


def write_coverage(found: Sequence[Coverage], stream: TextIO, *, each_sentence: bool) -> None:
    """Write one line a guideline; with `each_sentence` also every sentence under what became of it."""
    sheet = Sheet(terminal(stream))
    for number, each in enumerate(found):
        if number and each_sentence:
            sheet.gap()
        sheet.item(f"{each.guideline} {each.edition}: {summary(each)}", mark="*" if each_sentence else "-")
        if each_sentence:
            _write_sentences(sheet, each.sentences)


def summary(found: Coverage) -> str:
    """The counts in words, with the share that is not modelled."""
    counts, total = found.counts, len(found.sentences)
    if not total:
        return "its text has no requirement sentence"
    return (
        f"{words.count(total, 'requirement sentence')}: {counts[Modelled.COMPUTED]} computed, "
        f"{counts[Modelled.SHOWN]} shown only, {counts[Modelled.SET_ASIDE]} set aside, "
        f"{counts[Modelled.NOT_MODELLED]} not modelled ({share(found, Modelled.NOT_MODELLED)})"
    )


def share(found: Coverage, fate: Modelled) -> str:
    """A fate's share of the requirement sentences as a whole percentage, never rounded down to none."""
    counted, total = found.counts[fate], len(found.sentences)
    return f"{-(-100 * counted // total)}%" if total else "0%"


def _write_sentences(sheet: Sheet, sentences: Sequence[CoveredSentence]) -> None:
    for fate, title in _FATES.items():
        own = [sentence for sentence in sentences if sentence.modelled is fate]
        if own:
            sheet.heading(f"{title} ({len(own)})")
        for sentence in own:
            sheet.item(words.plain(sentence.text))
            for line in (", ".join(sentence.ids), sentence.why):
                if line:
                    sheet.line(line, "dim", indent=2)


def _plain(each: Coverage) -> dict[str, Any]:
    return {
        "guideline": each.guideline,
        "edition": each.edition,
        "counts": {fate.value: count for fate, count in each.counts.items()},
        "sentences": [
            {
                "start": sentence.start,
                "end": sentence.end,
                "text": sentence.text,
                "heading": sentence.heading,
                "modelled": sentence.modelled.value,
                "ids": list(sentence.ids),
                "why": sentence.why,
            }
            for sentence in each.sentences
        ],
        "anchors": [
            {"criterion": anchor.criterion, "start": anchor.passage.start, "end": anchor.passage.end}
            for anchor in each.anchors
        ],
    }
