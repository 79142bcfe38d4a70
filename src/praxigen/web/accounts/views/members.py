"""The members of a practice, as an owner manages them."""

from __future__ import annotations

import uuid

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from praxigen.web.accounts import destruction, people
from praxigen.web.accounts.forms import InviteForm, MemberForm
from praxigen.web.accounts.gate import Asking, freshly, gate
from praxigen.web.accounts.links import invite, open_links, path_of, start_password_reset
from praxigen.web.accounts.models import LinkKind, Member
from praxigen.web.accounts.roles import Permission, Role
from praxigen.web.accounts.views.review import due
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import record


@gate(Permission.MANAGE)
@require_GET
def members(request: Asking) -> HttpResponse:
    """Who is in the practice, with which role, and whether a second factor is set up."""
    record(request.actor, Action.MEMBERS_VIEWED)
    return _list(request, InviteForm())


@gate(Permission.MANAGE)
@require_POST
@freshly("members")
def invitation(request: Asking) -> HttpResponse:
    """Make an invitation and show its link once."""
    form = InviteForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        if not _members(request).filter(email=given["email"].lower()).exists():
            token = invite(request.member, request.actor, given["email"], given["name"], Role(given["role"]))
            return _hand_over(request, token, given["name"], "join the practice", days=7)
        form.add_error("email", "This address belongs to a member of the practice already.")
    return _list(request, form, status=400)


@gate(Permission.MANAGE)
@require_POST
@freshly("members")
def cancel_invitation(request: Asking) -> HttpResponse:
    """End an invitation that nobody used."""
    try:
        name = uuid.UUID(request.POST.get("link", ""))
    except ValueError:
        raise Http404 from None
    with transaction.atomic():
        row = open_links(request.practice).filter(kind=LinkKind.JOIN, pk=name).first()
        if row is None:
            raise Http404
        record(request.actor, Action.INVITATION_CANCELLED, row)
        row.delete()
    messages.success(request, "The invitation does not work any more.")
    return redirect("members")


@gate(Permission.MANAGE)
@require_GET
def member(request: Asking, name: uuid.UUID) -> HttpResponse:
    """One member, with what an owner may do."""
    row = _find(request, name)
    record(request.actor, Action.MEMBERS_VIEWED, row)
    return _page(request, row, MemberForm(initial={"name": row.name, "role": row.role}))


@gate(Permission.MANAGE)
@require_POST
@freshly("member")
def change(request: Asking, name: uuid.UUID) -> HttpResponse:
    """Give another name or role."""
    row = _find(request, name)
    form = MemberForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form, status=400)
    return _done(request, row, lambda: people.change_member(
        request.actor, row, form.cleaned_data["name"], Role(form.cleaned_data["role"])
    ), "Saved.")  # fmt: skip


@gate(Permission.MANAGE)
@require_POST
@freshly("member")
def disable(request: Asking, name: uuid.UUID) -> HttpResponse:
    """End the member's access at once."""
    row = _find(request, name)
    return _done(
        request,
        row,
        lambda: people.disable(request.actor, row, _own_key(request)),
        "Disabled. All sessions were ended.",
    )


@gate(Permission.MANAGE)
@require_POST
@freshly("member")
def enable(request: Asking, name: uuid.UUID) -> HttpResponse:
    """Let the member sign in again."""
    row = _find(request, name)
    return _done(request, row, lambda: people.enable(request.actor, row), "The member can sign in again.")


@gate(Permission.MANAGE)
@require_POST
@freshly("member")
def remove_factors(request: Asking, name: uuid.UUID) -> HttpResponse:
    """Remove the second factors of a member who lost them."""
    row = _find(request, name)
    if row.pk == request.member.pk:
        messages.error(request, "Change your own second factors on the page of your account.")
        return redirect("member", name=row.pk)
    told = "Removed. The next sign-in asks to set up a new second factor."
    return _done(request, row, lambda: people.remove_factors(request.actor, row), told)


@gate(Permission.MANAGE)
@require_POST
@freshly("member")
def end_sessions(request: Asking, name: uuid.UUID) -> HttpResponse:
    """Sign the member out everywhere."""
    row = _find(request, name)
    with transaction.atomic():
        ended = people.end_sessions(row, but=_own_key(request))
        record(request.actor, Action.SESSION_ENDED, row, sessions=ended)
    messages.success(request, f"Sessions ended: {ended}.")
    return redirect("member", name=row.pk)


@gate(Permission.MANAGE)
@require_POST
@freshly("member")
def password_link(request: Asking, name: uuid.UUID) -> HttpResponse:
    """Make a link with which the member chooses a new password. No owner ever sets one."""
    row = _find(request, name)
    if not row.is_active:
        messages.error(request, "A disabled member needs no password. Enable the member first.")
        return redirect("member", name=row.pk)
    token = start_password_reset(request.member, request.actor, row)
    return _hand_over(request, token, row.name, "choose a new password", days=1)


def _members(request: Asking) -> QuerySet[Member]:
    rows: QuerySet[Member] = Member.objects.filter(practice=request.practice).order_by("-is_active", "name", "pk")
    return rows


def _find(request: Asking, name: uuid.UUID) -> Member:
    row = _members(request).filter(pk=name).first()
    if row is None:
        raise Http404
    return row


def _own_key(request: Asking) -> str:
    return request.session.session_key or ""


def _list(request: Asking, form: InviteForm, status: int = 200) -> HttpResponse:
    secured = set(
        Authenticator.objects.filter(user__practice=request.practice)
        .exclude(type=Authenticator.Type.RECOVERY_CODES)
        .values_list("user_id", flat=True)
    )
    rows = [{"member": row, "secured": row.pk in secured} for row in _members(request)]
    links = open_links(request.practice).filter(kind=LinkKind.JOIN).order_by("created_at")
    shown = {"rows": rows, "links": links, "form": form, "asked": destruction.asked(request.practice)}
    shown["review_due"] = due(request)
    return render(request, "accounts/members.html", shown, status=status)


def _page(request: Asking, row: Member, form: MemberForm, status: int = 200) -> HttpResponse:
    kinds = Authenticator.objects.filter(user=row).values_list("type", flat=True)
    shown = {"person": row, "form": form, "factors": sorted(kinds), "self": row.pk == request.member.pk}
    return render(request, "accounts/member.html", shown, status=status)


def _done(request: Asking, row: Member, change: people.Change, told: str) -> HttpResponse:
    try:
        change()
    except people.RefusedError as error:
        messages.error(request, f"{error.message}. {error.hint}")
    else:
        messages.success(request, told)
    return redirect("member", name=row.pk)


def _hand_over(request: Asking, token: str, name: str, purpose: str, days: int) -> HttpResponse:
    """The link, shown this once and kept nowhere."""
    shown = {
        "address": request.build_absolute_uri(path_of(token)),
        "name": name,
        "purpose": purpose,
        "days": days,
    }
    return render(request, "accounts/hand_over.html", shown)
