"""Sentences that are no evidence of this patient: to a reader, of people in general, unticked lines of a form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property

from praxigen.reading.patterns import Pattern, Said
from praxigen.reading.sections import Section

_READER = frozenset({"you", "your", "yours"})
_WRITER = frozenset({"i", "my", "we", "our", "me"})
_THIRD = frozenset({"he", "she", "him", "her", "his", "hers", "mr", "mrs", "ms", "patient"})
_UNTICKED = Pattern(r"\[\s*\]|☐|□|_{3,}\s*$|\(\s\)")
_TICKED = Pattern(r"\[\s*[xX✓]\s*\]|☑|☒|\([xX]\)")
_DEAR = Pattern(
    r"(?mi)^[ \t]*(?:dear|thank you for (?:asking|referring|sending|the (?:kind )?referral|involving"
    r"|allowing))\b(?! patient\b| mr| ms| mrs| parent)"
)
_LETTERHEAD = 900  # characters
_OTHERS = Pattern(
    r"\b(?:subjects|published|randomi[sz]ed|literature|studies have"
    r"|(?<!normal )(?<!abnormal )(?<!diagnostic )(?<!conduction )study of (?!the\b|his\b|her\b|this\b"
    r"|both\b|bilateral\b)"
    r"|most patients|most people|people with|patients who|patients with|in patients|many patients"
    r"|some patients|(?:\d+ ?%|percent|half) of (?:the )?(?:patients|people)"
    r"|the literature|handout|booklet|brochure|pamphlet|leaflet)\b",
    re.IGNORECASE,
)


# "She saw your therapist for eight weeks": said to a colleague of somebody else, and not of what will or may be.
_ABOUT_ANOTHER = Pattern(
    r"\W*(?:(?:he|she|the patient|(?:mr|mrs|ms|miss)\.? [\w'-]+)\s+(?!or )(?:has|had|was|is|saw|did|went|completed"
    r"|attended|tried|took|came|underwent"
    r"|received|finished|failed|returns?|returned|says|reports|tells|told)\b)(?!.*\b(?:will|may|can|should|if|might"
    r"|would)\b)",
    re.IGNORECASE,
)


class GeneralText:
    """Where a text speaks of nobody in particular. Of a text that never does, its sentences are not asked."""

    def __init__(self, text: Said, words: AbstractSet[str]) -> None:
        """`words` are those of the text, each once."""
        self._text = text
        self._reader = not _READER.isdisjoint(words)
        self._unticked = _UNTICKED.may_match(text)
        self._others = _OTHERS.may_match(text)

    def holds(self, text: Said, words: Sequence[str], section: Section, *, ticked: bool) -> bool:
        """Whether a sentence speaks to a reader, of people in general, or is an unticked line of a form.

        A message of the patient to the practice says "you" and "I" and is about the patient. Where the "you" of a text
        is not its reader (a letter, a ticked box), a sentence that names a third person is about the patient.
        """
        if self._unticked and _UNTICKED.search(text) and not _TICKED.search(text):
            return True
        if section.kind == "education":
            return True
        if self._reader and not _READER.isdisjoint(words) and _WRITER.isdisjoint(words) and "thank" not in words:
            third = not _THIRD.isdisjoint(words) or _TICKED.search(text) is not None
            if not third or not (ticked or self._is_letter or _ABOUT_ANOTHER.match(text)):
                return True
        return self._others and _OTHERS.search(text) is not None

    @cached_property
    def _is_letter(self) -> bool:
        """Whether one clinician writes to another: "you" is then a colleague, and what "you" did was done."""
        return _DEAR.search(self._text, 0, _LETTERHEAD) is not None
