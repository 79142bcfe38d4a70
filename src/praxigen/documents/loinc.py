"""What the common LOINC document types are, in the kinds of `Part`. Codes: HL7 C-CDA R2.1, US Core document types."""

from __future__ import annotations

_KINDS = {
    "visit": ("11506-3", "34117-2", "11488-4", "34108-1", "34131-3", "34109-9", "51847-2", "34112-3", "34130-5"),
    "imaging": ("18748-4", "18782-3", "68604-8", "24558-9", "36554-4", "30746-2", "25056-3", "18747-6"),
    "therapy": ("34125-5", "34126-3", "64053-2", "64065-6", "28579-1", "28635-1"),
    "operation": ("11504-8", "28570-0", "34818-5", "34877-1"),
    "psychology": ("28655-9", "34103-2", "51852-2", "11492-6"),
    "discharge": ("18842-5", "34106-5", "28655-9"),
    "laboratory": ("11502-2", "26436-6", "26438-2"),
    "letter": ("57133-1", "68609-7", "57134-9"),
    "message": ("34748-4", "68834-1"),
}
_BY_CODE = {code: kind for kind, codes in reversed(_KINDS.items()) for code in codes}


def kind_of(code: str | None, title: str = "") -> str:
    """The kind of a document with this code; where the code is not among the common ones, what its title says."""
    from praxigen.documents.titles import kind_of_title

    return _BY_CODE.get(code or "") or kind_of_title(title) or "other"
