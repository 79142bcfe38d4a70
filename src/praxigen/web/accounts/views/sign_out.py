"""Signing out."""

from __future__ import annotations

from allauth.account import views as account
from django.http import HttpRequest, HttpResponse

from praxigen.web.accounts.gate import public


@public
def sign_out(request: HttpRequest) -> HttpResponse:
    """allauth's page; when it is sent, the browser forgets everything that it kept of the workspace."""
    response: HttpResponse = account.logout(request)
    if request.method == "POST":
        response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response
