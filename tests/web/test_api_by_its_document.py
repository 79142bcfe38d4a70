"""Requests of every kind that the OpenAPI document allows, and many that it does not: each gets an answer it names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from praxigen.web.accounts.roles import Role
from praxigen.web.api.keys import make_key
from praxigen.web.api.models import Scope
from praxigen.web.wsgi import application
from support.practices import make_desk

CASES = int(os.environ.get("PRAXIGEN_API_CASES", "12"))  # of each operation; a release asks for many more
schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_transaction() -> Iterator[None]:
    """Keep the connection, in whose transaction the test stands, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def key(settings: Any) -> str:
    settings.API_REQUESTS_A_MINUTE = 10_000
    owner = make_desk().members[Role.OWNER]
    return make_key(owner, owner.actor(), "schemathesis", tuple(Scope), 1)[1]


@schema.parametrize()
@settings(
    max_examples=CASES, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much,
                           HealthCheck.data_too_large],
)  # fmt: skip
def test_every_answer_is_one_that_the_document_names(case: Any, key: str) -> None:
    # A request may be well-formed and still name a payer that nobody knows: 422, which the document names.
    case.call_and_validate(headers={"Authorization": f"Bearer {key}"}, excluded_checks=[positive_data_acceptance])
