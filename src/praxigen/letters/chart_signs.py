"""Whether a document is a chart and not a payer's answer: by the headings of notes and the words of payers."""

from __future__ import annotations

import re

from praxigen.letters.adjustments import ADJUSTMENT
from praxigen.letters.cells import Cell, cells
from praxigen.letters.view import Letter

# Headings of clinical notes, at the beginning of a line.
_HEADINGS = re.compile(
    r"(?im)^[ \t]*(?:#+[ ]*|\*\*)?(?P<heading>chief complaint|reason for visit|hpi|history of present illness"
    r"|interval history|past (?:medical|surgical) history|pmh|psh|social history|family history|review of systems|ros"
    r"|current medications|medications|allergies|vital signs|vitals|physical exam(?:ination)?|exam(?:ination)?"
    r"|neurologic(?:al)? exam(?:ination)?|assessment(?: and plan|/plan| & plan)?|a/p|impression|plan|subjective"
    r"|objective|procedure note|operative report|postoperative diagnosis|preoperative diagnosis|anesthesia"
    r"|imaging|technique|findings|progress note|office visit|follow-?up visit|physical therapy)\b\*{0,2}[ \t]*(?::|$)"
)
# Words of a payer's answer that a chart does not have.
_ANSWERS = re.compile(
    r"\b(?:appeals?|grievance|reconsideration|redetermination|adverse (?:benefit )?determination|peer[- ]to[- ]peer"
    r"|utilization (?:review|management)|fair hearing|notice of (?:denial|action)|non-?certif\w+|external review"
    r"|not (?:been )?(?:approved|authorized|certified|covered)|denial|claim (?:number|no|id|#)|non-?affirm\w+"
    r"|not (?:(?:been )?(?:shown|considered|deemed|found) )?(?:to be )?medically necessary)\b",
    re.IGNORECASE,
)
# Words with which a payer addresses a request; a chart may have one of them.
_ADDRESSES = re.compile(
    r"\b(?:authoriz\w+|pre-?cert\w*|coverage|covered|benefits?|claims?|member|enrollee|beneficiary|determination|cpt|hcpcs"
    r"|request(?:ed)?|insurer|carrier|health plan|utilization|approv\w+|remittance|payment)\b",
    re.IGNORECASE,
)
_NUMBERS = ("member_id", "group_number", "reference.")
_FEWEST = 3  # headings; one may stand in a letter too
_SURE = 5  # headings that outweigh a word of payers
_LONG = 25  # different words; of less nothing can be told
_SEVERAL = 3  # different words of a request


def is_chart(letter: Letter) -> bool:
    """Whether a text has the parts of a clinical note, or none of the words and numbers of a payer's answer."""
    text = letter.text[letter.start : letter.end]
    headings = {match["heading"].lower() for match in _HEADINGS.finditer(text)}
    answers = {match[0].lower() for match in _ANSWERS.finditer(text)}
    if len(headings) >= _FEWEST and (not answers or (len(headings) >= _SURE and len(answers) == 1)):
        return True
    return len(set(text.lower().split())) > _LONG and not speaks_as_payer(letter)


def speaks_as_payer(letter: Letter) -> bool:
    """Whether a text has words of a decision, several words of a request, or the numbers of a member or a case."""
    text = letter.text[letter.start : letter.end]
    if _ANSWERS.search(text) or ADJUSTMENT.search(text):
        return True
    if any(cell.field.startswith(_NUMBERS) and re.search(r"\d", text_of(letter, cell)) for cell in cells(letter)):
        return True
    return len({match[0].lower() for match in _ADDRESSES.finditer(text)}) >= _SEVERAL


def text_of(letter: Letter, cell: Cell) -> str:
    """The value of a cell as it is written."""
    return letter.text[cell.start : cell.end]
