"""What was masked, for the practice: by kind and number, without a word of the note; as JSON with every place."""

from __future__ import annotations

import json
from datetime import date

from praxigen.redaction import NOTICE, PARAGRAPH, Dates, Redaction

SCHEMA = "praxigen.redaction/1"


def to_report(done: Redaction, service: date | None = None) -> str:
    """A few lines for the person who made the copy. They name the days of the move: keep them apart from the copy."""
    total = sum(done.counts.values())
    lines = [f"{NOTICE} Read the copy before it leaves."]
    lines += [f"{total} masked" + (":" if total else ". Nothing that looks like an identifier was found.")]
    for kind, count in done.counts.items():
        paragraph = f"({PARAGRAPH[kind]})" if PARAGRAPH[kind] else "-"
        lines.append(f"  {kind.value:<10} {count:>5}  {paragraph}")
    if done.days is not None:
        lines.append(f"Dates are {done.days} days later than in the original. Who knows this number can undo it.")
        if service is not None:
            lines.append(f"A date of service of {service} is {done.moved(service)} in the copy.")
    elif done.dates is Dates.KEEP:
        lines.append("Dates were kept, so the copy still holds identifiers of paragraph (C).")
    if done.unread:
        lines.append(f"{done.unread} pages or files could not be read, and nothing of them is in the copy.")
    return "\n".join(lines) + "\n"


def to_json(done: Redaction, service: date | None = None) -> str:
    """The copy and the record of its making. Offsets count characters of the two texts; no original word is in it."""
    value = {
        "schema": SCHEMA,
        "notice": NOTICE,
        "for": "the practice: days and places help to undo the masks, so this file does not leave it",
        "dates": done.dates.value,
        "days": done.days,
        "date_of_service": done.moved(service).isoformat() if service is not None else None,
        "unread": done.unread,
        "counts": {kind.value: count for kind, count in done.counts.items()},
        "masks": [
            {
                "kind": mask.kind.value,
                "paragraph": PARAGRAPH[mask.kind],
                "start": mask.start,
                "end": mask.end,
                "masked_start": mask.at,
                "masked_end": mask.to,
                "written": mask.written,
            }
            for mask in done.masks
        ],
        "text": done.text,
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
