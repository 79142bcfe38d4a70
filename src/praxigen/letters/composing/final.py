"""What keeps a letter from being final. A draft is always marked DRAFT; a final letter has no obstacle left."""

from __future__ import annotations

from collections.abc import Iterator

from praxigen.letters.composing.claims import overclaims
from praxigen.letters.composing.letter import Letter
from praxigen.letters.composing.matter import Matter
from praxigen.letters.composing.proof import unsupported
from praxigen.letters.composing.sentence import Kind


def obstacles(letter: Letter, matter: Matter) -> tuple[str, ...]:
    """Every reason why the letter cannot be final yet, in words that hold none of the patient's."""
    return tuple(_obstacles(letter, matter))


def _obstacles(letter: Letter, matter: Matter) -> Iterator[str]:
    for sentence in unsupported(letter, matter):
        yield f"a {sentence.kind.value} sentence has no source"
    for name, why in dict.fromkeys(overclaims(letter, matter)):
        yield f"criterion {name}: {why}"
    gaps = [each for each in letter.sentences() if each.kind is Kind.GAP]
    if gaps:
        yield f"{len(gaps)} placeholders in brackets stand in it"
    decided = matter.dispositions
    if letter.criteria and decided.document_sha256 not in ("", matter.report.document.sha256):
        yield "the dispositions were made on another version of the chart"
    for name in letter.criteria:
        if decided.of(name) is None:
            yield f"no person has decided about criterion {name}"
    for each in decided.by_criterion.values():
        if matter.written_on is not None and each.on > matter.written_on:
            yield f"the disposition of {each.criterion} is dated after the letter"
