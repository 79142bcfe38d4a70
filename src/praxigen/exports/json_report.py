"""Report out as JSON: schema praxigen.report/1, written down in docs/report-schema.md."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from praxigen.exports import summary, words
from praxigen.exports.places import place_dict
from praxigen.exports.proof import prove
from praxigen.exports.silence import told_answer
from praxigen.exports.sources import citation, iso, source, statements
from praxigen.exports.timeline import timeline_dict
from praxigen.model.criterion import Op
from praxigen.model.document import Quote
from praxigen.model.guideline import Guideline
from praxigen.model.report import CriterionResult, Determination, Gap, NearMiss, Receipt, Report
from praxigen.model.requirement import CodeEntry, Requirement

SCHEMA = "praxigen.report/1"


def to_json(report: Report) -> str:
    """The report as JSON text. The same report gives the same bytes."""
    return json.dumps(to_dict(report), ensure_ascii=False, indent=2) + "\n"


def to_dict(report: Report) -> dict[str, Any]:
    """The report as plain values, in the order in which docs/report-schema.md explains them."""
    prove(report)
    request = report.request
    return {
        "schema": SCHEMA,
        "verdict": report.verdict.value,
        "request": {
            "payer": request.payer,
            "plan": request.plan,
            "codes": list(request.codes),
            "date": iso(request.date),
            "stage": request.stage,
            "attested": list(request.attested),
            "side": request.side,
            "levels": list(request.levels),
        },
        "stage": {
            "value": report.stage,
            "from": report.stage_from,
            "quote": _quote(report, report.stage_quote) if report.stage_quote else None,
        },
        "requirement": requirement_dict(report.requirement),
        "codes": [code_dict(entry) for entry in report.codes],
        "guidelines": [_guideline(each) for each in summary.guidelines(report)],
        "determinations": [_determination(each) for each in report.determinations],
        "criteria": [_criterion(report, each.result) for each in report.determinations if each.result is not None],
        "gaps": [_gap(report, gap) for gap in report.gaps],
        "warnings": list(report.warnings),
        "chart_warnings": [
            {
                "kind": warning.trouble.value,
                "text": warning.says,
                "quotes": [_quote(report, quote) for quote in warning.quotes],
            }
            for warning in report.chart
        ],
        "timeline": timeline_dict(report.timeline, partial(_quote, report)),
        "document": {
            "name": report.document.name,
            "sha256": report.document.sha256,
            "characters": len(report.document.text),
            "lines": report.document.text.removesuffix("\n").count("\n") + 1,
            "files": [
                {"name": file.name, "kind": file.kind, "sha256": file.sha256, "start": file.start, "end": file.end}
                for file in report.document.files
            ],
            "pages": len(report.document.pages),
            "parts": [
                {
                    "kind": part.kind,
                    "date": iso(part.date),
                    "author": part.author,
                    "title": part.title,
                    "start": part.start,
                    "end": part.end,
                }
                for part in report.document.parts
            ],
            "unused": [{"start": span.start, "end": span.end, "why": span.why} for span in report.document.unused],
            "unread": [
                {"file": each.file, "page": each.page, "reason": each.reason} for each in report.document.unread
            ],
        },
        "receipt": _receipt(report.receipt),
        "disclaimer": words.DISCLAIMER,
    }


def requirement_dict(requirement: Requirement) -> dict[str, Any]:
    """What the payer asks before the procedure, without its codes and routes."""
    return {
        "id": requirement.id,
        "title": requirement.title,
        "payer": requirement.payer,
        "procedure": requirement.procedure,
        "plans": list(requirement.plans),
        "prior_authorization": requirement.prior_authorization,
        "administrator": requirement.administrator,
        "effective_from": iso(requirement.effective_from),
        "last_verified": iso(requirement.last_verified),
        "review_every_days": requirement.review_every_days,
        "turnaround": requirement.turnaround,
        "submit": [
            {"method": way.method, "portal": way.portal, "url": way.url, "source": citation(way.citation)}
            for way in requirement.submissions
        ],
        "diagnoses": [{"code": each.code, "source": citation(each.citation)} for each in requirement.diagnoses],
        "documents": [{"id": each.id, "text": each.says, "needed": each.needed} for each in requirement.documents],
        "page_criteria": statements(requirement.page_criteria),
        "questions": [
            {"ask": one.ask, "answer": one.answer, "source": citation(one.citation)} for one in requirement.questions
        ],
        "cautions": statements(requirement.cautions),
        "sources": [source(each) for each in requirement.sources.values()],
    }


def code_dict(entry: CodeEntry) -> dict[str, Any]:
    """One procedure code of the requirement."""
    return {
        "code": entry.code,
        "label": entry.label,
        "prior_authorization": entry.prior_authorization,
        "listed": entry.listed,
        "note": entry.note,
        "source": citation(entry.citation),
    }


def _guideline(guideline: Guideline) -> dict[str, Any]:
    return {
        "id": guideline.id,
        "title": guideline.title,
        "publisher": guideline.publisher,
        "edition": guideline.edition,
        "effective_from": iso(guideline.effective_from),
        "effective_to": iso(guideline.effective_to),
        "last_verified": iso(guideline.last_verified),
        "review_every_days": guideline.review_every_days,
        "status": guideline.status,
        "source": source(guideline.main_source),
        "definitions": statements(guideline.definitions),
        "not_covered": statements(guideline.not_covered),
        "notes": statements(guideline.notes),
    }


def _determination(determination: Determination) -> dict[str, Any]:
    guideline, indication = determination.guideline, determination.indication
    return {
        "route": determination.route.id,
        "codes": list(determination.codes),
        "verdict": determination.verdict.value,
        "guideline": guideline.id if guideline else None,
        "edition": guideline.edition if guideline else None,
        "indication": indication.id if indication else None,
        "indication_title": indication.title if indication else None,
        "criterion": determination.result.criterion.id if determination.result else None,
        "gaps": [gap.criterion.id for gap in determination.gaps],
        "why": determination.why,
        "upload": list(determination.route.upload),
        "source": citation(determination.route.citation),
    }


def _criterion(report: Report, result: CriterionResult, *, excluding: bool = False) -> dict[str, Any]:
    criterion = result.criterion
    within = excluding or criterion.op is Op.NONE
    return {
        "id": criterion.id,
        "text": criterion.says,
        "kind": criterion.op.value,
        "count": criterion.count or None,
        "answer": told_answer(result, excluding=excluding).value,
        "reason": result.reason.value,
        "reason_text": words.because(criterion, result.reason),
        "own": result.own.value if result.own else None,
        "ask": criterion.ask,
        "would_document": criterion.would_document,
        "attest_by": criterion.attest_by or None,
        "source": citation(criterion.citation) if criterion.citation else None,
        "quotes": [_quote(report, quote) for quote in result.quotes],
        "near": [_near(report, miss) for miss in result.near],
        "condition": _criterion(report, result.condition) if result.condition else None,
        "waiver": _criterion(report, result.waiver) if result.waiver else None,
        "children": [_criterion(report, child, excluding=within) for child in result.children],
    }


def _gap(report: Report, gap: Gap) -> dict[str, Any]:
    return {
        "id": gap.criterion.id,
        "kind": gap.criterion.op.value,
        "text": gap.criterion.says,
        "reason": gap.reason.value,
        "reason_text": words.because(gap.criterion, gap.reason),
        "ask": gap.ask,
        "values": list(gap.criterion.condition.values) if gap.criterion.condition else [],
        "would_document": gap.criterion.would_document,
        "attest_by": gap.criterion.attest_by or None,
        "routes": [each.route.id for each in report.determinations if gap.criterion.id in _open(each)],
        "near": [_near(report, miss) for miss in gap.near],
    }


def _open(determination: Determination) -> set[str]:
    return {gap.criterion.id for gap in determination.gaps}


def _near(report: Report, miss: NearMiss) -> dict[str, Any]:
    return {
        "reason": miss.reason.value,
        "reason_text": words.REASONS[miss.reason],
        "quotes": [_quote(report, quote) for quote in miss.quotes],
    }


def _quote(report: Report, quote: Quote) -> dict[str, Any]:
    return {
        "document": quote.document,
        "start": quote.start,
        "end": quote.end,
        "text": quote.text,
        "line": report.document.line_of(quote.start),
        **place_dict(report.document, quote.start, quote.end),
    }


def _receipt(receipt: Receipt) -> dict[str, Any]:
    return {
        "engine": receipt.engine,
        "document": receipt.document,
        "document_sha256": receipt.document_sha256,
        "lexicon_sha256": receipt.lexicon_sha256,
        "requirement_sha256": receipt.requirement_sha256,
        "guidelines": [{"id": name, "edition": edition, "sha256": sha} for name, edition, sha in receipt.guidelines],
        "request": dict(receipt.request),
    }
