"""The notes and requests that travel with the shipped policy files get the answers that the files expect."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from praxigen import Document, Library, Request, find_facts
from praxigen.engine.evaluate import evaluate
from praxigen.engine.routes import find_routes
from praxigen.model.guideline import Example, Guideline
from praxigen.model.requirement import Requirement, RequestExample

LIBRARY = Library.open()


class Case(NamedTuple):
    """One example with the file that it stands in."""

    file: Guideline | Requirement
    example: Example | RequestExample

    def __str__(self) -> str:
        return f"{self.file.file}:{self.example.line}: {self.example.name}"


NOTES = [Case(each, example) for each in LIBRARY.all_guidelines() for example in each.examples]
REQUESTS = [Case(each, example) for each in LIBRARY.requirements() for example in each.examples]


@pytest.mark.parametrize("case", NOTES, ids=str)
def test_the_note_is_answered_as_its_guideline_expects(case: Case) -> None:
    guideline, example = case
    assert isinstance(guideline, Guideline)
    assert isinstance(example, Example)
    request = Request("any", "00000", date=example.date, stage=example.stage, attested=example.attest)
    facts = find_facts(Document("example", example.note))
    result = evaluate(guideline.indications[example.indication].criteria, facts, request)
    answers = {part.criterion.id: str(part.answer) for part in result.walk()}
    assert {name: answers.get(name) for name in example.expect} == dict(example.expect), str(case)


@pytest.mark.parametrize("case", REQUESTS, ids=str)
def test_the_request_takes_the_route_that_its_requirement_expects(case: Case) -> None:
    requirement, example = case
    assert isinstance(requirement, Requirement)
    assert isinstance(example, RequestExample)
    request = Request(requirement.payer, example.codes, requirement.plans[0], date=example.date, stage=example.stage)
    routing = find_routes(request, LIBRARY, ())
    (routed,) = routing.routes
    found = {
        "route": routed.route.id,
        "guideline": routed.route.guideline or "none",
        "indication": routed.route.indication,
        "prior_authorization": routing.entries[0].prior_authorization,
    }
    assert {name: found[name] for name in example.expect} == dict(example.expect), str(case)
