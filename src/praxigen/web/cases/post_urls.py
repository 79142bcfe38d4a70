"""The addresses of what goes to the payer and comes back: submissions, decisions, deadlines, letters, calls."""

from __future__ import annotations

from django.urls import path

from praxigen.web.cases.views import deadlines, decisions, payers_side

urlpatterns = [
    path("deadlines/", deadlines.deadlines, name="deadlines"),
    path("deadlines/calendar.ics", deadlines.deadlines_calendar, name="deadlines_calendar"),
    path("deadlines/<uuid:deadline_id>/done/", payers_side.end_deadline, name="end_deadline"),
    path("cases/<uuid:case_id>/payer/", payers_side.payers_side, name="payers_side"),
    path("cases/<uuid:case_id>/payer/sent/", payers_side.add_submission, name="add_submission"),
    path("cases/<uuid:case_id>/payer/plan/", payers_side.plan_of, name="plan_of"),
    path("cases/<uuid:case_id>/payer/deadline/", payers_side.add_deadline, name="add_deadline"),
    path("cases/<uuid:case_id>/payer/calendar.ics", deadlines.deadlines_calendar, name="case_calendar"),
    path("cases/<uuid:case_id>/payer/answer/", decisions.add_decision, name="add_decision"),
    path("cases/<uuid:case_id>/payer/authorized/", decisions.add_authorization, name="add_authorization"),
    path("decisions/<uuid:decision_id>/", decisions.decision, name="decision"),
    path("decisions/<uuid:decision_id>/drop/", decisions.drop_decision, name="drop_decision"),
]
