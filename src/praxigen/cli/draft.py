"""praxigen library draft: a payer's document in, a draft guideline out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from praxigen.cli.output import show, write_file
from praxigen.errors import UsageError


def draft_policy(
    policy: str, number: str, values: dict[str, str], today: date, effective: date | None, into: Path
) -> None:
    """Write the draft of one document into a library folder, and say what it holds and what it could not place."""
    from praxigen.documents import read_document
    from praxigen.drafting import DraftHead, draft_guideline
    from praxigen.exports import words
    from praxigen.exports.library_coverage import share
    from praxigen.library.coverage import Modelled
    from praxigen.reading.reader import terms

    text = read_document(policy).text
    head = DraftHead(number=number, today=today, effective=effective, **values)
    draft = draft_guideline(text, head, terms())
    files = {
        into / "guidelines" / head.publisher / f"{number}.yaml": draft.yaml,
        into / "snapshots" / draft.snapshot_file: draft.snapshot,
    }
    for path in files:
        if path.exists():
            raise UsageError(f"{path} is there already", "Name another --number or another folder with --into.")
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, content)
    counts = draft.coverage.counts
    left = [each for each in draft.coverage.sentences if each.modelled is Modelled.NOT_MODELLED]
    evidence = f"for {draft.proposed} of them the words name the evidence"
    total = words.count(len(draft.coverage.sentences), "requirement sentence")
    evidence = f"for {draft.proposed} of them the words name the evidence"
    placed = f"{counts[Modelled.COMPUTED]} are placed as criteria, {counts[Modelled.SHOWN]} as exclusions"
    unplaced = f"{len(left)} ({share(draft.coverage, Modelled.NOT_MODELLED)}) could not be placed{':' if left else '.'}"
    lines = [
        f"Wrote {' and '.join(map(str, files))}.",
        f"{draft.id}: {draft.leaves} criteria from the lists of the text; {evidence}.",
        f"Of {total} {placed}, and {unplaced}",
    ]
    if left:
        lines.extend(f"  line {draft.snapshot[: each.start].count(chr(10)) + 1}: {each.text}" for each in left)
    if draft.codes:
        lines.append(f"The text names the codes {', '.join(draft.codes)}.")
    lines.append("The text stays yours: keep it in the library only where its publisher allows copies.")
    show("\n".join(lines) + "\n")
