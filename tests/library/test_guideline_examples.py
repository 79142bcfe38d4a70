"""Every guideline and requirement carries its own examples; here they run through the real reader and engine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from praxigen import Library, Request
from praxigen.engine.evaluate import evaluate
from praxigen.engine.routes import find_routes
from praxigen.model.document import Document
from praxigen.model.guideline import Example, Guideline
from praxigen.model.requirement import RequestExample, Requirement
from praxigen.reading.reader import read_facts

LIBRARY = Library.open()


def notes() -> Iterator[tuple[Guideline, Example]]:
    for guideline in LIBRARY.all_guidelines():
        for example in guideline.examples:
            yield guideline, example


def requests() -> Iterator[tuple[Requirement, RequestExample]]:
    for requirement in LIBRARY.requirements():
        for example in requirement.examples:
            yield requirement, example


@pytest.mark.parametrize(
    ("guideline", "example"), list(notes()), ids=lambda value: getattr(value, "id", None) or value.name
)
def test_an_example_note_gets_the_answers_that_it_expects(guideline: Guideline, example: Example) -> None:
    request = Request("qualcare", ["00000"], date=example.date, stage=example.stage, attested=example.attest)
    facts = read_facts(Document(example.name, example.note))
    result = evaluate(guideline.indications[example.indication].criteria, facts, request)
    answers = {part.criterion.id: str(part.answer) for part in result.walk()}
    assert {name: answers.get(name) for name in example.expect} == dict(example.expect)


@pytest.mark.parametrize(
    ("requirement", "example"), list(requests()), ids=lambda value: getattr(value, "id", None) or value.name
)
def test_an_example_request_takes_the_route_that_it_expects(requirement: Requirement, example: RequestExample) -> None:
    request = Request(requirement.payer, example.codes, requirement.plans[0], example.date, example.stage)
    routed = find_routes(request, LIBRARY, ()).routes[0].route
    entry = requirement.codes[example.codes[0]]
    got = {
        "route": routed.id,
        "guideline": routed.guideline or "none",
        "indication": routed.indication or "none",
        "prior_authorization": entry.prior_authorization,
    }
    assert {name: got.get(name) for name in example.expect} == dict(example.expect)
