"""A small library that keeps the text of its guideline's source."""

from __future__ import annotations

import hashlib
from pathlib import Path

from praxigen.library import Library
from support.policy_files import GUIDELINE, swap, write_library

FILE = "cms/l1@2.txt"
TEXT = """\
## Covered indications

Decompression is covered when all of the following are met:

- Six weeks of exercise did not help.
- The pain is in the leg.

A second opinion is not required.

Contractors must publish their rates. Laser decompression is not covered. Surgeons must hold privileges.
"""
SHA256 = hashlib.sha256(TEXT.encode()).hexdigest()
ANCHORED = swap(
    swap(GUIDELINE, "    note: Read in full.\n", f"    snapshot: {{file: {FILE}, sha256: {SHA256}}}\n"),
    "          says: Leg pain\n",
    "          says: Leg pain\n          source: {from: guideline, at: list, words: The pain is in the leg.}\n",
)
# The other leaves inherit the words of the root.
ANCHORED = swap(
    ANCHORED,
    "      source: {from: guideline, at: Indications}\n",
    "      source: {from: guideline, at: Indications, words: Decompression is covered when}\n",
)
SHOWN = swap(
    ANCHORED,
    "source: {from: guideline, at: Exclusions}",
    "source: {from: guideline, at: Exclusions, words: Laser decompression is not covered.}",
)
ASIDE = swap(
    SHOWN,
    "parts:\n",
    "set_aside:\n  - {words: [Contractors must publish their rates.], why: It binds the contractor.}\nparts:\n",
)
EXERCISE = swap(
    ASIDE,
    "{from: digest, at: page 2, read: inferred, note: Read between the lines.}",
    "{from: guideline, at: list, words: Six weeks of exercise did not help.}",
)


def library(folder: Path, guideline: str = EXERCISE, text: str = TEXT) -> Library:
    """The small library with a text beside it."""
    write_library(folder, guideline=guideline, **{f"snapshots/{FILE}": text})
    return Library.open(folder)
