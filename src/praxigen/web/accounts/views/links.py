"""What a one-time link opens: set-up, joining, a new password."""

from __future__ import annotations

from allauth.account.utils import perform_login
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from praxigen.web.accounts.forms import JoinForm, NewPasswordForm, SetUpForm
from praxigen.web.accounts.gate import public
from praxigen.web.accounts.links import find_link
from praxigen.web.accounts.models import Link, LinkKind, Member
from praxigen.web.accounts.people import RefusedError, choose_password, join, set_up

_GONE = 410


@public
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """The form of a link, and what it does when it is sent. A link that does not work says no more than that."""
    row = find_link(token)
    if row is None:
        return render(request, "accounts/link_gone.html", status=_GONE)
    form = _form(row, request)
    if request.method == "POST" and form.is_valid():
        try:
            member = _use(row, form.cleaned_data)
        except RefusedError as error:
            form.add_error(None, f"{error.message}. {error.hint}")
        else:
            return _go_on(request, row, member)
    return render(request, f"accounts/link_{row.kind}.html", {"form": form, "link": row})


def _form(row: Link, request: HttpRequest) -> forms.Form:
    data = request.POST if request.method == "POST" else None
    if row.kind == LinkKind.SET_UP:
        return SetUpForm(data)
    if row.kind == LinkKind.JOIN:
        return JoinForm(data, initial={"name": row.name}, email=row.email, practice=row.practice)
    return NewPasswordForm(data, owner=row.member)


def _use(row: Link, given: dict[str, str]) -> Member:
    if row.kind == LinkKind.SET_UP:
        return set_up(row, given["practice"], given["name"], given["email"], given["password1"])
    if row.kind == LinkKind.JOIN:
        return join(row, given["name"], given["password1"])
    return choose_password(row, given["password1"])


def _go_on(request: HttpRequest, row: Link, member: Member) -> HttpResponse:
    """A new member is signed in to set up the second factor; a new password has to be used first."""
    if request.user.is_authenticated:
        logout(request)
    if row.kind == LinkKind.PASSWORD:
        messages.success(request, "The new password is set. Sign in with it.")
        return redirect(settings.LOGIN_URL)
    return perform_login(request, member, redirect_url=settings.MFA_SETUP_URL)
