"""Sign-in, second factors and sessions: those of allauth's pages that are wanted, each behind a door of ours.

Sign-up, mailed codes and mailed resets have no address here: members join by a link that an owner hands over.
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import path

from praxigen.web.accounts.gate import enrolling, public
from praxigen.web.accounts.views import links, me, sign_out

urlpatterns = [
    path("login/", public(account.login), name="account_login"),
    path("logout/", sign_out.sign_out, name="account_logout"),
    path("inactive/", public(account.account_inactive), name="account_inactive"),
    path("reauthenticate/", enrolling(account.reauthenticate), name="account_reauthenticate"),
    path("password/change/", me.change_password, name="account_change_password"),
    path("2fa/", enrolling(factors.index), name="mfa_index"),
    path("2fa/authenticate/", public(factors.authenticate), name="mfa_authenticate"),
    path("2fa/reauthenticate/", enrolling(factors.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", enrolling(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", enrolling(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", enrolling(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", enrolling(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("2fa/webauthn/", enrolling(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("2fa/webauthn/add/", enrolling(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("2fa/webauthn/login/", public(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path(
        "2fa/webauthn/reauthenticate/",
        enrolling(passkeys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("2fa/webauthn/keys/<int:pk>/remove/", enrolling(passkeys.remove_webauthn), name="mfa_remove_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/edit/", enrolling(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
    path("link/<str:token>/", links.link, name="account_link"),
    path("me/", me.me, name="me"),
    path("me/sessions/end/", me.end_session, name="end_session"),
    path("me/alive/", me.alive, name="alive"),
]
