"""Pages on which an owner manages the practice."""

from __future__ import annotations

from django.urls import path

from praxigen.web.accounts.views import destruction, members, review, trail

urlpatterns = [
    path("audit/", trail.audit, name="audit"),
    path("audit/review/", review.page, name="review"),
    path("audit/review/sign/", review.sign, name="sign_review"),
    path("destruction/", destruction.page, name="destruction"),
    path("destruction/ask/", destruction.ask, name="ask_destruction"),
    path("destruction/agree/", destruction.agree, name="agree_destruction"),
    path("destruction/cancel/", destruction.cancel, name="cancel_destruction"),
    path("members/", members.members, name="members"),
    path("members/invite/", members.invitation, name="invite"),
    path("members/invite/cancel/", members.cancel_invitation, name="cancel_invitation"),
    path("members/<uuid:name>/", members.member, name="member"),
    path("members/<uuid:name>/change/", members.change, name="change_member"),
    path("members/<uuid:name>/disable/", members.disable, name="disable_member"),
    path("members/<uuid:name>/enable/", members.enable, name="enable_member"),
    path("members/<uuid:name>/factors/remove/", members.remove_factors, name="remove_factors"),
    path("members/<uuid:name>/sessions/end/", members.end_sessions, name="end_member_sessions"),
    path("members/<uuid:name>/password-link/", members.password_link, name="password_link"),
]
