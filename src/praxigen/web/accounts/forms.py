"""What members fill in about themselves and each other."""

from __future__ import annotations

from typing import Any

from allauth.account.fields import PasswordField
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from praxigen.web.accounts.models import Member, Practice
from praxigen.web.accounts.roles import Role

_ROLES = [(role.value, role.value.title()) for role in Role]
_MOST_PASSWORD = 1_000  # characters; hashing is slow already


class NewPasswordForm(forms.Form):
    """A password, typed twice. Any characters; taken exactly as typed."""

    password1 = PasswordField(
        label="Password", max_length=_MOST_PASSWORD, autocomplete="new-password",
        help_text="At least 12 characters. A few words in a row are better than signs and digits.",
    )  # fmt: skip
    password2 = PasswordField(label="The same again", max_length=_MOST_PASSWORD, autocomplete="new-password")

    def __init__(self, *args: Any, owner: Member | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known = owner

    def clean(self) -> dict[str, Any]:
        """Both alike, long enough, in no list of common passwords, and not the name or address."""
        cleaned: dict[str, Any] = super().clean() or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", "The two are not the same. Type both again.")
        elif first:
            try:
                validate_password(first, self._owner(cleaned))
            except ValidationError as error:
                self.add_error("password1", error)
        return cleaned

    def _owner(self, cleaned: dict[str, Any]) -> Member:
        if self._known is not None:
            return self._known
        practice = Practice(name=cleaned.get("practice", ""))
        return Member(email=cleaned.get("email", ""), name=cleaned.get("name", ""), practice=practice)


class JoinForm(NewPasswordForm):
    """A member who joins by invitation; the address is the invitation's."""

    name = forms.CharField(label="Your name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    field_order = ("name", "password1", "password2")

    def __init__(self, *args: Any, email: str = "", practice: Practice | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._email = email
        self._practice = practice

    def _owner(self, cleaned: dict[str, Any]) -> Member:
        return Member(email=self._email, name=cleaned.get("name", ""), practice=self._practice or Practice(name=""))


class SetUpForm(NewPasswordForm):
    """The first practice and its owner."""

    practice = forms.CharField(label="Name of the practice", max_length=200)
    name = forms.CharField(label="Your name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(label="Your e-mail address, to sign in with", max_length=254)
    field_order = ("practice", "name", "email", "password1", "password2")


class InviteForm(forms.Form):
    """Whom an owner invites."""

    name = forms.CharField(label="Name", max_length=120)
    email = forms.EmailField(label="E-mail address, to sign in with", max_length=254)
    role = forms.ChoiceField(label="Role", choices=_ROLES, initial=Role.SPECIALIST.value)


class MemberForm(forms.Form):
    """What an owner may change about a member."""

    name = forms.CharField(label="Name", max_length=120)
    role = forms.ChoiceField(label="Role", choices=_ROLES)
