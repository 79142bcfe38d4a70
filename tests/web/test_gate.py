"""Nobody passes the gate half."""

from __future__ import annotations

import pytest
from django.test import Client

from praxigen.web.accounts.roles import Role
from support.practices import half_signed_in, make_desk

pytestmark = pytest.mark.django_db


def test_a_stranger_is_sent_to_sign_in() -> None:
    answer = Client().get("/practice/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")


def test_a_password_alone_leads_to_the_second_factor() -> None:
    answer = half_signed_in(make_desk().members[Role.OWNER]).get("/practice/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/2fa/")


def test_a_member_with_both_factors_sees_the_work_list() -> None:
    answer = make_desk().client().get("/practice/")
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
