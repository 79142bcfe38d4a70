"""Guidelines as FHIR R4 Questionnaires: one for each indication, one question for each leaf, in our own words.

The shape is that of the Da Vinci DTR guide's questionnaires, so that a form filler can show it. It asks; which answers
suffice, and what is waived by what, is told in the titles of its groups and computed only by the engine.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from praxigen.exports.words import cite, group
from praxigen.library.leaves import LEAVES
from praxigen.model.criterion import Criterion, Op
from praxigen.model.guideline import Guideline, Indication
from praxigen.model.provenance import Citation

SOURCE_EXTENSION = "urn:praxigen:fhir:source"
_STATUS = {"draft": "draft", "reviewed": "active", "retired": "retired"}
_YES_NO = "http://terminology.hl7.org/CodeSystem/v2-0136"
_CPT = "http://www.ama-assn.org/go/cpt"
_HCPCS = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
_OPTIONS = (
    {"valueCoding": {"system": _YES_NO, "code": "Y", "display": "Yes"}},
    {"valueCoding": {"system": _YES_NO, "code": "N", "display": "No"}},
    {
        "valueCoding": {
            "system": "http://terminology.hl7.org/CodeSystem/data-absent-reason",
            "code": "unknown",
            "display": "Unknown",
        }
    },
)
_MAY_APPLY = "Answer these only if this holds"
_WAIVES = "Waived if this holds"


def questionnaires_to_json(guidelines: Iterable[Guideline], codes: Mapping[tuple[str, str], tuple[str, ...]]) -> str:
    """A Bundle with every indication's Questionnaire. `codes`: by guideline and indication, the codes it decides."""
    entries = [
        {"fullUrl": f"urn:praxigen:questionnaire:{each['id']}", "resource": each}
        for guideline in guidelines
        for indication in guideline.indications.values()
        for each in [questionnaire(guideline, indication, codes.get((guideline.id, indication.id), ()))]
    ]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    return json.dumps(bundle, ensure_ascii=False, indent=1) + "\n"


def questionnaire(guideline: Guideline, indication: Indication, codes: tuple[str, ...] = ()) -> dict[str, Any]:
    """One indication. The linkId of an item is the id of its criterion, which stays over editions."""
    url = f"urn:praxigen:questionnaire:{guideline.id}:{indication.id}"
    resource: dict[str, Any] = {
        "resourceType": "Questionnaire",
        "id": _resource_id(f"{guideline.id}-{indication.id}-{guideline.edition}"),
        "extension": [_source(guideline.main_source.title, guideline.main_source.url)],
        "url": url,
        "version": guideline.edition,
        "name": re.sub(r"[^A-Za-z0-9]", "_", f"Praxigen_{guideline.id}_{indication.id}")[:255],
        "title": f"{guideline.title}: {indication.title}",
        "status": _STATUS[guideline.status],
        "subjectType": ["Patient"],
        "date": guideline.last_verified.isoformat(),
        "publisher": "praxigen",
        "description": (
            f"What {guideline.main_source.publisher} asks in {guideline.main_source.title}, edition "
            f"{guideline.edition}, in our own words. Not the payer's form, and no coverage decision."
        ),
        "lastReviewDate": guideline.last_verified.isoformat(),
        "effectivePeriod": _period(guideline),
    }
    if codes:
        resource["useContext"] = [_context(code) for code in codes]
    resource["item"] = [_item(indication.criteria, None)]
    return resource


def _item(node: Criterion, above: Citation | None, title: str = "") -> dict[str, Any]:
    leaf = node.op in LEAVES
    how = group(node)
    text = (node.ask or node.says) if leaf else f"{node.says} ({how})" if how else node.says
    item: dict[str, Any] = {}
    if node.citation is not None and node.citation != above:
        item["extension"] = [_source(cite(node.citation), node.citation.source.url)]
    item |= {"linkId": node.id, "text": f"{title}: {text}" if title else text}
    below = list(_below(node))
    if leaf:
        item |= {"type": "choice", "required": False, "answerOption": [dict(option) for option in _OPTIONS]}
        if node.op is Op.REQUEST:
            item["readOnly"] = True  # what is requested answers it, nobody fills it in
        if node.would_document:
            below.append({"linkId": f"{node.id}.documents", "text": node.would_document, "type": "display"})
    else:
        item["type"] = "group"
    if below:
        item["item"] = below
    return item


def _below(node: Criterion) -> Iterator[dict[str, Any]]:
    if node.applies_if is not None:
        yield _item(node.applies_if, node.citation, _MAY_APPLY)
    if node.unless is not None:
        yield _item(node.unless, node.citation, _WAIVES)
    for child in node.children:
        yield _item(child, node.citation)


def _source(told: str, url: str | None) -> dict[str, Any]:
    artifact = {"type": "citation", "citation": told, **({"url": url} if url else {})}
    return {"url": SOURCE_EXTENSION, "valueRelatedArtifact": artifact}


def _context(code: str) -> dict[str, Any]:
    system = _CPT if code[0].isdigit() else _HCPCS
    kind = {"system": "http://terminology.hl7.org/CodeSystem/usage-context-type", "code": "focus"}
    return {"code": kind, "valueCodeableConcept": {"coding": [{"system": system, "code": code}]}}


def _period(guideline: Guideline) -> dict[str, str]:
    period = {"start": guideline.effective_from.isoformat()}
    return period | ({"end": guideline.effective_to.isoformat()} if guideline.effective_to else {})


def _resource_id(name: str) -> str:
    """An id as FHIR allows it: at most 64 of letters, digits, '-' and '.'; a long one ends in a piece of its hash."""
    plain = re.sub(r"[^A-Za-z0-9.-]", "-", name)
    return plain if len(plain) <= 64 else f"{plain[:51]}-{hashlib.sha256(name.encode()).hexdigest()[:12]}"
