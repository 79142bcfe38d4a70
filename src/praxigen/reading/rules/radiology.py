"""Whether a document is the report of a study of the spine, and of which: under a letterhead, in a letter, as a form.

A radiologist's page seldom begins with the study. The name of the practice, its address and the referring physician
come
first; the exam stands in a field of its own, and the findings never name it again.
"""

from __future__ import annotations

import re

from praxigen.reading.context import Context
from praxigen.reading.patterns import Pattern

_HEAD = 1400  # characters in which the exam is named, letterhead included
_SPINE = r"(?:spine|spinal|lumbar|cervical|thoracic|lumbo-?sacral|[lct]-?s?[ -]?spine|[lct] ?/ ?s spine|neck)"
_STUDIES = (
    (
        "ct_myelogram",
        r"(?:CT[ -]myelo\w+|post[- ]?myelogram CT|myelogram (?:and|with) (?:post[- ]?myelogram )?CT|myelo-?CT)",
    ),
    ("mri", r"(?:MRI|MR|magnetic resonance(?: imaging)?|open MRI|NMR)"),
    ("ct", r"(?:CT|CAT scan|computed tomography|computerized tomography)"),
    ("myelogram", r"(?:myelogra(?:m|phy))"),
)
_FIELD = (
    r"(?:(?:exam(?:ination)?|study|procedure|service|test|order|modality|report|description|type)(?: (?:name|type"
    r"|performed"
    r"|description|of|requested|date|title|of exam"
    r"|of study))*[ \t]*[:#\-–|]*[ \t]*(?:\d{1,2}/\d{1,2}/\d{2,4}[ \t:,-]*)?)?"
)
_ITS_PART = rf"\b[^\n.]{{0,60}}?\b{_SPINE}\b"
_NOT_A_TITLE = (
    r"(?![^\n]*\b(?:show\w*|reveal\w*|demonstrat\w*|was|is|were|review\w*|order(?:ed|ing)|will|obtain\w*|recommend\w*"
    r"|schedul\w*|pending|consider\w*|needed|referr\w*|refer for|prior|previous)\b)"
)
_TITLES = tuple(
    (
        modality,
        Pattern(
            rf"(?mi)^[ \t*]*{_NOT_A_TITLE}{_FIELD}(?:{words}{'' if 'myelo' in modality else _ITS_PART}"
            rf"|{_SPINE}[ ,:]+(?:spine[ ,:]+)?{words}\b)"
            r"[^\n]{0,60}$"
        ),
    )
    for modality, words in _STUDIES
)
_BODY = Pattern(
    r"(?mi)^[ \t*]*(?:findings?|impressions?|results?|report|conclusions?|interpretation|observations?|narrative"
    r"|comments?)"
    r"[ \t]*(?::|$)"
)
_HOUSE = Pattern(r"\b(?:radiology|imaging|MRI|diagnostic(?:s| imaging)?|radiologists?|roentgen\w*)\b", re.IGNORECASE)
_OF_SPINE = Pattern(
    rf"(?mi)^[ \t*]*(?:exam\w*|study|procedure|service|region|body part|area)\b[^\n]{{0,60}}\b{_SPINE}\b[^\n]{{0,40}}$"
)
_PLAIN_FILMS = Pattern(r"\b(?:x-?rays?|radiographs?|XR|\d views?|DEXA|DXA|ultrasound|bone scan|PET)\b", re.IGNORECASE)
_CANAL = Pattern(
    r"\b(?:canal|thecal sac|foram\w+|lateral recess\w*|cauda equina|conus|cord|roots?|disc|disk)\b", re.IGNORECASE
)
_LEVEL = Pattern(r"\b[CTL]\d{1,2}[-/–][CTLS]?\d{1,2}\b")
# A visit has these; the report of a study has none of them.
_OF_A_VISIT = Pattern(
    r"(?mi)^[ \t*#\d.)]*(?:hpi|history of present(?:ing)? illness|chief complaint|cc|review of systems|ros"
    r"|past medical history"
    r"|pmh|current medications|medications|meds|allergies|social history|physical exam\w*|vital signs|vitals|plan"
    r"|assessment(?: (?:and|&) plan|/plan)?|subjective|objective|interval history|a/p|exam[ \t]*:[ \t]*$"
    r"|neuro\w*(?: exam)?"
    r"|motor|strength|gait|operation|preoperative diagnosis|postoperative diagnosis|anesthesia)\b[ \t]*(?::|-|$)"
)


def report_of(context: Context) -> str | None:
    """The modality of the study that the document reports; "unsaid" where only the house and the words tell."""
    text = context.text
    if not _BODY.may_match(context.page.text) and not _CANAL.may_match(context.page.text):
        return None
    if _OF_A_VISIT.search(text):
        return None
    head = text[:_HEAD]
    for modality, title in _TITLES:
        if title.search(head) and _BODY.search(text):
            return modality
    house = _HOUSE.search(head[:300])
    if house is None or _OF_SPINE.search(head) is None or _PLAIN_FILMS.search(head):
        return None
    if _LEVEL.search(text) is None or _CANAL.search(text) is None:
        return None
    return "mri" if "MRI" in head else "unsaid"
