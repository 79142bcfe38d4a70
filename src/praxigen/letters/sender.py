"""Who writes, and for whom: by the head of the letter, whether or not the library knows the names.

A plan, an insurer or a fund that heads the letter is the payer. A company that says it reviews, manages or administers
for another is the administrator, and the other is the payer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from praxigen.documents.dates import DAY
from praxigen.letters.cells import cells_of
from praxigen.letters.view import Letter
from praxigen.model.denial import Stated

_HEAD = 1800  # characters in which a letter names its sender
_CAPITAL = r"[A-Z][\w&'\u2019/-]*"
_JOINT = r"(?:of|and|the|&|de)"
NAME = rf"{_CAPITAL}(?:(?:[ ]{_JOINT}){{0,2}}[ ]{_CAPITAL}){{0,8}}(?:,?[ ](?i:inc|llc|l\.l\.c|corp|co|ltd|lp)\b\.?)?"
_ONLY_NAME = re.compile(rf"(?P<name>{NAME})(?:[ ]*\([A-Z][A-Za-z -]{{1,20}}\))?(?:[ ]+[-\u2013|][ ]+.*)?")
_COLUMN = re.compile(r"[^\s|+\[](?:[^\n\t|]*?[^\s|\]])??(?=[ ]{2,}|\t|[ ]*\||\][ \t]*$|[ ]*$)", re.MULTILINE)
# A company: its name says what it does. A line of capitals that says what the letter is, is none.
_KIND = re.compile(
    r"\b(?:health|healthcare|insurance|assurance|mutual|casualty|indemnity|plans?|fund|trust|benefits?|administrators?"
    r"|medicare|medicaid|advantage|blue|cross|shield|hmo|ppo|care|medical|services|solutions|review|network|partners"
    r"|company|group|management|fellowship|cooperative|co-op|alliance|union|welfare|life|physicians|claims"
    r"|um|clinical|evidence|guard|assist|choice|systems?|department|division|authority|commission|compensation"
    r"|casualty|comp|employers|inc|llc)\b",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"\b(?:notice|notification|denial|denied|determination|decision|letter|fax|page|pages|important|explanation of"
    r"|remittance|advice|statement|summary|action|request|appeal|appeals|rights|confidential|urgent|date|portal|outcome"
    r"|dear|member|patient|attn|attention|re|subject|message|report|coverage|adverse|information|response|provider"
    r"|intake|result|status|form|not|your|you|authorization|case|certification|approved)\b",
    re.IGNORECASE,
)
# A line under the name of the company: what it belongs to, or which of its departments writes.
_BENEATH = re.compile(r"\b(?:licensee|accredited|association|departments?|unit|team|desk|division)\b", re.IGNORECASE)
_REVIEWS = re.compile(
    r"\b(?:review|reviews|utilization|um|management|specialty|managed care|contractor|independent|iro|clinical"
    r"|care partners|peer|solutions)\b",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"\b(?i:on behalf of|in partnership with|for members of|administered for|acting for|reviewing for|agent (?:of|for)"
    r"|(?:review|reviews|management|determinations?|services|program|administrator|reviewer|contractor|vendor"
    r"|delegate|solutions|partner)[ ]+(?:agent[ ]+)?for)[ \n]+(?:the[ ]+)?"
    rf"(?:your[ ]+health[ ]+plan,?[ ]+)?(?P<name>{NAME})"
)
_OWN_PLAN = re.compile(r"[ ]+(?:self|fully|employees?|group|health|welfare|benefits?|medical)\b")
_CARE_OF = re.compile(
    rf"\b(?i:c/o|administered by|administrator:|claims administered by|reviewed by our partner)[ ]+(?P<name>{NAME})"
)
_EMPLOYEES = re.compile(
    r"\b(?:employees?|employer|associates?|staff|medical|health|benefit|welfare)\b.*\bplan\b", re.IGNORECASE
)
_CONTRACTOR = re.compile(r"medicare administrative contractor", re.IGNORECASE)
_GREETING = re.compile(r"(?im)^[ \t]*(?:dear\b|to whom it may concern|hello|hi )")
_CLOSING = re.compile(
    r"(?im)^[ \t]*(?:sincerely|respectfully|(?:warm |best |kind )?regards|very truly yours|thank you)\b[^\n]*"
)
_STREET = re.compile(r"\b\d{1,6}[ ]+[A-Z]|\bP\.?\s?O\.?[ ]+Box\b|\b[A-Z]{2}[ ]+\d{5}\b", re.IGNORECASE)
_MEDICARE_PLAN = re.compile(
    rf"(?P<name>{NAME})[ ]+\((?:HMO|PPO|HMO-POS|PFFS|RPPO|HMO[ ]?(?:C|D|I)-?SNP|PPO[ ]?(?:C|D|I)-?SNP|D-SNP|MSA)\)"
)


_PRODUCT = re.compile(r"\((?P<name>[^()\n]*\b(?:HMO|PPO|EPO|POS|silver|gold|bronze)\b[^()\n]*)\)", re.IGNORECASE)


def head_end(letter: Letter) -> int:
    """Where the head of a letter ends: at the greeting, else after some lines."""
    greeting = _GREETING.search(letter.text, letter.start)
    return min(greeting.start() if greeting else letter.end, letter.start + _HEAD, letter.end)


def letterhead(letter: Letter) -> Stated | None:
    """The company whose name stands at the head of a letter, as the letter writes it."""
    for number, (start, text) in enumerate(_columns(letter)):
        if number > 14:
            return None
        if re.match(DAY, text, re.IGNORECASE) or _STREET.search(text) or ":" in text:
            continue
        text = re.sub(r"\s+logo$", "", text)
        match = _ONLY_NAME.fullmatch(text)
        if match is None or len(match["name"].split()) < 2 or _TITLE.search(match["name"]):
            continue
        if _BENEATH.search(text):
            continue
        if _KIND.search(match["name"]):
            return _stated(letter, start, start + len(match["name"]))
    return None


def _columns(letter: Letter) -> Iterator[tuple[int, str]]:
    for match in _COLUMN.finditer(letter.text, letter.start, head_end(letter)):
        yield match.start(), match[0]


def signed_by(letter: Letter) -> Stated | None:
    """The company under the closing words of a letter."""
    closing = _CLOSING.search(letter.text, letter.start)
    if closing is None:
        return None
    for match in _COLUMN.finditer(letter.text, closing.end(), min(closing.end() + 200, letter.end)):
        named = _ONLY_NAME.fullmatch(match[0])
        name = named["name"] if named is not None else ""
        if len(name.split()) > 1 and _KIND.search(name) and not _TITLE.search(name) and not _BENEATH.search(name):
            return _stated(letter, match.start(), match.start() + len(name))
    return None


def written_for(letter: Letter) -> Stated | None:
    """The company for which another says in the head that it reviews."""
    for match in _FOR.finditer(letter.text, letter.start, head_end(letter)):
        name = re.sub(r"[ ]+(?:Members?|Enrollees?|Customers?)$", "", match["name"])
        if _OWN_PLAN.match(letter.text, match.end()):
            continue  # an employer's plan is no company: "for the Colvin Paper self-funded health plan"
        if len(name.split()) > 1 or name.isupper() or len(name) > 4:
            return _stated(letter, match.start("name"), match.start("name") + len(name))
    return None


def care_of(letter: Letter) -> Stated | None:
    """The company that administers for the one in the head."""
    match = _CARE_OF.search(letter.text, letter.start, head_end(letter))
    if match is not None:
        return _stated(letter, *match.span("name"))
    for cell in cells_of(letter, "sender"):
        line = letter.text[cell.label : letter.text.find("\n", cell.end)]
        if re.search(r"\bTO:", line):
            continue  # what a fax machine prints
        found = re.compile(NAME).match(letter.text, cell.start, cell.end)
        if found is not None and reviews(found[0]):
            return _stated(letter, found.start(), found.end())
    return None


def reviews(name: str) -> bool:
    """Whether the name of a company says that it reviews or manages for others."""
    return _REVIEWS.search(name) is not None


def is_company(name: str) -> bool:
    """Whether a name has a word that only companies bear."""
    return _KIND.search(name) is not None or _TITLE.search(name) is not None


def is_title(words: str) -> bool:
    """Whether words say what a letter is: a notice, a decision, an answer."""
    return _TITLE.search(words) is not None


def is_employees_plan(name: str) -> bool:
    """Whether a name is that of an employer's plan, which is no company."""
    return _EMPLOYEES.search(name) is not None and "advantage" not in name.lower()


def is_contractor(letter: Letter) -> bool:
    """Whether the letter's head names its sender as a contractor of Original Medicare."""
    return _CONTRACTOR.search(letter.text, letter.start, head_end(letter)) is not None


def plan_by_type(letter: Letter) -> Stated | None:
    """A plan's name with its type in brackets, as plans of Medicare Advantage must write it."""
    match = _MEDICARE_PLAN.search(letter.text, letter.start)
    return _stated(letter, match.start("name"), match.end()) if match else None


def employees_plan(letter: Letter) -> Stated | None:
    """The employer's plan for which the sender says that it acts."""
    for match in _FOR.finditer(letter.text, letter.start, head_end(letter)):
        if is_employees_plan(match["name"]):
            return _stated(letter, *match.span("name"))
    return None


def plan_of_payer(letter: Letter) -> Stated | None:
    """The product in brackets behind the payer: "Cedar Bluff Health (Exchange Silver HMO)"."""
    for cell in cells_of(letter, "payer"):
        match = _PRODUCT.search(letter.text, cell.start, cell.end + 1)
        if match is not None:
            return _stated(letter, *match.span("name"))
    return None


def _stated(letter: Letter, start: int, end: int) -> Stated:
    quote = letter.quote(start, end)
    return Stated(" ".join(quote.text.split()), quote)
