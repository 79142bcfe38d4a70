"""How owners agree that their practice is destroyed. It is done a day later, by a command on the machine."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from praxigen.errors import UsageError
from praxigen.web.accounts import destruction
from praxigen.web.accounts.gate import Asking, freshly, gate
from praxigen.web.accounts.models import Member
from praxigen.web.accounts.roles import Permission, Role


class NameForm(forms.Form):
    """The name of the practice, typed by who asks for its end."""

    name = forms.CharField(
        label="The whole name of the practice", max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, *args: object, wanted: str = "", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._wanted = wanted

    def clean_name(self) -> str:
        """The name. Raises ValidationError for another."""
        typed: str = self.cleaned_data["name"]
        if typed.strip() != self._wanted.strip():
            raise forms.ValidationError("This is not the name of the practice. Type it as it stands above.")
        return typed


@gate(Permission.MANAGE)
@require_GET
def page(request: Asking) -> HttpResponse:
    """What was asked for, who agreed, and the forms."""
    return _page(request, NameForm())


@gate(Permission.MANAGE)
@require_POST
@freshly("destruction")
def ask(request: Asking) -> HttpResponse:
    """Ask for it, with the name typed."""
    form = NameForm(request.POST, wanted=request.practice.name)
    if not form.is_valid():
        return _page(request, form, status=400)
    return _done(request, lambda: destruction.ask(request.practice, request.actor), "Asked for.")


@gate(Permission.MANAGE)
@require_POST
@freshly("destruction")
def agree(request: Asking) -> HttpResponse:
    """Agree as another owner."""
    return _done(request, lambda: destruction.agree(request.practice, request.actor), "You agreed.")


@gate(Permission.MANAGE)
@require_POST
def cancel(request: Asking) -> HttpResponse:
    """Take it back. Any owner may, without more ado."""
    if destruction.asked(request.practice) is not None:
        destruction.cancel(request.practice, request.actor)
    messages.success(request, "Taken back. Nothing is destroyed.")
    return redirect("destruction")


def _done(request: Asking, change: Callable[[], object], told: str) -> HttpResponse:
    try:
        change()
    except UsageError as error:
        messages.error(request, f"{error.message[:1].upper()}{error.message[1:]}. {error.hint}")
    else:
        messages.success(request, told)
    return redirect("destruction")


def _page(request: Asking, form: NameForm, status: int = 200) -> HttpResponse:
    asked = destruction.asked(request.practice)
    owners = Member.objects.filter(practice=request.practice, role=Role.OWNER, is_active=True).order_by("name", "pk")
    agreed = asked.owners if asked else frozenset()
    shown = {
        "form": form,
        "asked": asked,
        "owners": [{"name": row.name, "agreed": row.pk in agreed} for row in owners],
        "mine": request.member.pk in agreed,
    }
    return render(request, "accounts/destruction.html", shown, status=status)
