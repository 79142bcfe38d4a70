"""The API answers what the command line answers, to whom it may, once."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from praxigen import Library, Request, check, read_document
from praxigen.errors import UsageError
from praxigen.exports.json_report import to_dict
from praxigen.web.accounts.roles import Role
from praxigen.web.api.idempotency import forget_old_answers
from praxigen.web.api.keys import make_key, revoke_key
from praxigen.web.api.models import ApiKey, Remembered, Scope
from praxigen.web.api.urls import api
from praxigen.web.audit.models import Event
from support.practices import make_desk

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]
NOTE = ROOT / "examples" / "lumbar-laminectomy.txt"
ASKED = {"payer": "qualcare", "codes": ["63047"], "date": "2026-08-03"}
# What needs no key, because it holds nothing of any patient.
PUBLIC = {
    "/lookup", "/compare", "/payers", "/procedures", "/requirements", "/guidelines", "/guidelines/{path:guideline}",
    "/deadlines",
}  # fmt: skip


class Program:
    """A program of a practice that calls the API with a key."""

    def __init__(self, scopes: tuple[str, ...] = tuple(Scope)) -> None:
        self.owner = make_desk().members[Role.OWNER]
        self.key, self.text = make_key(self.owner, self.owner.actor(), "records system", scopes, 30)
        self.client = Client()

    def post(self, path: str, body: Any, **headers: str) -> Any:
        raw = body if isinstance(body, str) else json.dumps(body)
        sent = {
            "Authorization": f"Bearer {self.text}",
            **{name.replace("_", "-"): text for name, text in headers.items()},
        }
        return self.client.post(f"/api/v1{path}", raw, content_type="application/json", headers=sent)


@pytest.fixture
def program() -> Program:
    return Program()


def chart(text: str = "") -> dict[str, Any]:
    return {"document": {"name": "note.txt", "text": text or NOTE.read_text()}, "request": ASKED}


def test_a_check_is_the_report_of_the_command_line(program: Program) -> None:
    answer = program.post("/check", chart())
    assert answer.status_code == 200
    request = Request("qualcare", ["63047"], date="2026-08-03")
    wanted = to_dict(check(read_document(NOTE.read_bytes(), "note.txt"), request, Library.open()))
    assert answer.json() == json.loads(json.dumps(wanted))


def test_a_document_may_come_as_bytes(program: Program) -> None:
    body = chart()
    body["document"] = {"name": "note.txt", "content": base64.b64encode(NOTE.read_bytes()).decode()}
    assert program.post("/check", body).json()["verdict"] == program.post("/check", chart()).json()["verdict"]


def test_a_denial_is_read(program: Program) -> None:
    answer = program.post("/denial", {"document": {"text": "We have denied your request for CPT 63047 on 10/02/2026."}})
    assert answer.status_code == 200
    assert "63047" in str(answer.json())


@pytest.mark.parametrize("path", ["/lookup?q=qualcare+63047", "/compare?code=63650&payers=qualcare&payers=medicare",
                                  "/payers", "/procedures", "/requirements?payer=qualcare", "/guidelines"])  # fmt: skip
def test_the_library_needs_no_key(path: str) -> None:
    answer = Client().get(f"/api/v1{path}")
    assert answer.status_code == 200
    assert answer.json()


def test_each_guideline_of_the_list_is_given_with_its_criteria() -> None:
    first = Client().get("/api/v1/guidelines").json()["guidelines"][0]
    answer = Client().get(f"/api/v1/guidelines/{first['id']}").json()
    assert answer["title"] == first["title"]
    assert all(tree["id"] for tree in answer["indications"].values())


def test_deadlines_are_those_of_the_law() -> None:
    body = {"plan": "erisa_self_funded", "events": {"denial_received": "2026-10-02"}}
    answer = Client().post("/api/v1/deadlines", body, content_type="application/json")
    assert answer.status_code == 200
    assert "2027-03-31" in answer.content.decode()


def test_every_other_operation_needs_a_key() -> None:
    found = set()
    for _prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                if operation.auth_param is None or not operation.auth_callbacks:
                    found.add(path)
    assert found == PUBLIC


@pytest.mark.parametrize("token", ["", "px_00000000.nothing", "no-dot", "é"])
def test_no_key_or_a_wrong_one_is_refused(program: Program, token: str) -> None:
    program.text = token
    answer = program.post("/check", chart())
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")


def test_a_key_ends(program: Program) -> None:
    ApiKey.every.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert program.post("/check", chart()).status_code == 401


def test_a_revoked_key_opens_nothing(program: Program) -> None:
    revoke_key(program.key, program.owner.actor())
    assert program.post("/check", chart()).status_code == 401


def test_a_key_dies_with_its_maker(program: Program) -> None:
    program.owner.is_active = False
    program.owner.save()
    assert program.post("/check", chart()).status_code == 401


def test_a_key_opens_what_it_was_made_for() -> None:
    answer = Program(("denial",)).post("/check", chart())
    assert answer.status_code == 403
    assert "'check'" in answer.json()["detail"]


def test_the_text_of_a_key_is_never_stored(program: Program) -> None:
    secret = program.text.partition(".")[2]
    assert secret not in str(ApiKey.every.values().get(pk=program.key.pk))


@pytest.mark.parametrize(
    ("name", "scopes", "days"), [("", ["check"], 9), ("x", [], 9), ("x", ["all"], 9), ("x", ["check"], 400)]
)
def test_a_key_that_cannot_be_is_not_made(program: Program, name: str, scopes: list[str], days: int) -> None:
    with pytest.raises(UsageError):
        make_key(program.owner, program.owner.actor(), name, scopes, days)


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ("{", 400, "could not be understood"),
        ({}, 422, "document"),
        ({**chart(), "more": 1}, 422, "more"),
        ({"document": {}, "request": ASKED}, 422, "neither text nor content"),
        ({"document": {"content": "%%"}, "request": ASKED}, 422, "not base64"),
        ({"document": {"text": " "}, "request": ASKED}, 422, ""),
        ({**chart(), "request": {**ASKED, "payer": "nobody"}}, 422, "nobody"),
        ({**chart(), "request": {**ASKED, "codes": ["99999x"]}}, 422, "99999"),
        ({**chart(), "request": {**ASKED, "date": "03.08.2026"}}, 422, "date"),
    ],
)
def test_bad_requests_say_what_is_wrong(program: Program, body: Any, status: int, said: str) -> None:
    answer = program.post("/check", body)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    told = answer.json()
    assert told["title"]
    assert said in told["title"] + told.get("detail", "")


def test_words_of_a_chart_are_in_no_refusal_and_no_event(program: Program) -> None:
    body = chart("Zebulon Quartermain has leg pain.")
    body["request"] = {**ASKED, "codes": "Zebulon"}
    assert "Zebulon" not in program.post("/check", body).content.decode()
    program.post("/check", chart("Zebulon Quartermain has leg pain."))
    assert "Zebulon" not in str(list(Event.objects.values()))


def test_a_repetition_is_answered_once(program: Program) -> None:
    first = program.post("/check", chart(), Idempotency_Key="one")
    again = program.post("/check", chart(), Idempotency_Key="one")
    assert again.content == first.content
    assert again["Idempotency-Replayed"] == "true"
    assert Event.objects.filter(action="api:called").count() == 1
    assert NOTE.read_bytes()[:40] not in bytes(Remembered.every.get().body_sealed)


def test_a_key_of_another_request_is_refused(program: Program) -> None:
    program.post("/check", chart(), Idempotency_Key="one")
    answer = program.post("/check", chart("Leg pain."), Idempotency_Key="one")
    assert answer.status_code == 422


def test_a_repetition_while_the_first_is_being_answered_waits(program: Program) -> None:
    program.post("/check", chart(), Idempotency_Key="one")
    Remembered.every.update(status=None)
    assert program.post("/check", chart(), Idempotency_Key="one").status_code == 409
    Remembered.every.update(created_at=timezone.now() - timedelta(minutes=6))
    assert program.post("/check", chart(), Idempotency_Key="one").status_code == 200


def test_a_request_that_failed_may_be_sent_again(program: Program) -> None:
    assert program.post("/check", {}, Idempotency_Key="one").status_code == 422
    bad = {**chart(), "request": {**ASKED, "payer": "nobody"}}
    assert program.post("/check", bad, Idempotency_Key="one").status_code == 422
    assert program.post("/check", chart(), Idempotency_Key="one").status_code == 200


def test_answers_are_forgotten_after_a_day(program: Program) -> None:
    program.post("/check", chart(), Idempotency_Key="one")
    assert forget_old_answers() == 0
    Remembered.every.update(created_at=timezone.now() - timedelta(hours=25))
    assert forget_old_answers() == 1


@pytest.mark.parametrize("key", ["", "x" * 129, "\x07"])
def test_an_unusable_idempotency_key_is_refused(program: Program, key: str) -> None:
    assert program.post("/check", chart(), Idempotency_Key=key).status_code == 400


def test_a_key_may_ask_so_often(program: Program, settings: Any) -> None:
    settings.API_REQUESTS_A_MINUTE = 2
    answers = [program.post("/denial", {}).status_code for _ in range(4)]
    assert answers.count(429) >= 1


def test_an_unknown_address_is_a_problem_too() -> None:
    answer = Client().get("/api/v1/nothing")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_the_openapi_document_names_every_refusal() -> None:
    document = Client().get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    for operations in document["paths"].values():
        for operation in operations.values():
            assert {"200", "400", "401", "403", "404", "409", "413", "422", "429"} <= set(operation["responses"])


def appeal_of(**more: Any) -> dict[str, Any]:
    denial = ROOT / "examples" / "denials" / "01-cigna-evicore-stimulator.txt"
    chart = ROOT / "examples" / "letters" / "chart.txt"
    body = {"denial": {"text": denial.read_text()}, "chart": {"text": chart.read_text()}, "stage": "trial"}
    return {**body, "received": "2026-10-06", "written_on": "2026-10-20", **more}


def test_an_unknown_payer_is_taken_as_typed_and_one_near_a_known_one_is_asked_about(program: Program) -> None:
    words = {"text": "We have denied your request for CPT 63047 on 10/02/2026. You may appeal within 180 days."}
    read = program.post("/denial", {"document": words, "payer": "Wellfleet Insurance"})
    assert read.status_code == 200
    assert '"outcome": "denied"' in json.dumps(read.json())
    drafted = program.post("/appeal", appeal_of(payer="Wellfleet Insurance"))
    assert drafted.status_code == 200
    assert "Wellfleet Insurance" in drafted.content.decode()
    assert program.post("/appeal", appeal_of(payer="Atena")).status_code == 422


def test_an_appeal_is_drafted_from_decision_and_chart(program: Program) -> None:
    answer = program.post("/appeal", appeal_of())
    assert answer.status_code == 200, answer.content
    letter = answer.json()
    assert (letter["kind"], bool(letter["draft"])) == ("appeal-level-1", True)
    assert "six consecutive months" in json.dumps(letter)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"kind": "poem"}, "poem"),
        ({"denial": {"text": "Good morning."}}, "decision"),
        ({"chart": {"text": "Patient: Somebody Else      Date of birth: 01/01/1950\nLeg pain."}}, "two patients"),
    ],
)
def test_an_appeal_that_cannot_be_is_refused(program: Program, more: dict[str, Any], said: str) -> None:
    answer = program.post("/appeal", appeal_of(**more))
    assert answer.status_code == 422
    assert said in answer.json()["title"] + answer.json().get("detail", "")


@pytest.mark.parametrize(
    ("method", "path", "status", "said"),
    [
        ("DELETE", "/api/v1/lookup", 405, "It takes GET."),
        ("GET", "/api/v1/check", 405, "It takes POST."),
        ("PUT", "/api/v1/deadlines", 405, "It takes POST."),
        ("GET", "/api/v1/nothing", 404, "openapi.json lists the operations"),
        ("GET", "/api/v1/lookup?payer=qualcar", 422, "Did you mean"),
    ],
)
def test_every_refusal_is_a_problem_that_says_what_next(method: str, path: str, status: int, said: str) -> None:
    answer = Client().generic(method, path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    told = json.loads(answer.content)
    assert said in told["detail"]
    assert told["title"][0].isupper()
    if status == 405:
        assert answer.headers["Allow"] == said.removeprefix("It takes ").removesuffix(".")
