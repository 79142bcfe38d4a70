"""The addresses of what goes to the payer and comes back: submissions, decisions, deadlines, letters, calls."""

from __future__ import annotations

from django.urls import path

from praxigen.web.cases.views import calls, deadlines, decisions, letterhead, letters, overview, payers_side

urlpatterns = [
    path("deadlines/", deadlines.deadlines, name="deadlines"),
    path("deadlines/calendar.ics", deadlines.deadlines_calendar, name="deadlines_calendar"),
    path("deadlines/<uuid:deadline_id>/done/", payers_side.end_deadline, name="end_deadline"),
    path("cases/<uuid:case_id>/payer/", payers_side.payers_side, name="payers_side"),
    path("cases/<uuid:case_id>/payer/sent/", payers_side.add_submission, name="add_submission"),
    path(
        "cases/<uuid:case_id>/payer/sent/<uuid:submission_id>/remove/",
        payers_side.remove_submission,
        name="remove_submission",
    ),
    path("cases/<uuid:case_id>/payer/plan/", payers_side.plan_of, name="plan_of"),
    path("cases/<uuid:case_id>/payer/deadline/", payers_side.add_deadline, name="add_deadline"),
    path("cases/<uuid:case_id>/payer/calendar.ics", deadlines.deadlines_calendar, name="case_calendar"),
    path("cases/<uuid:case_id>/payer/answer/", decisions.add_decision, name="add_decision"),
    path("decisions/<uuid:decision_id>/", decisions.decision, name="decision"),
    path("decisions/<uuid:decision_id>/drop/", decisions.drop_decision, name="drop_decision"),
    path("cases/<uuid:case_id>/letters/new/", letters.new_letter, name="new_letter"),
    path("letters/<uuid:letter_id>/", letters.letter, name="letter"),
    path("letters/<uuid:letter_id>/save/", letters.save_letter, name="save_letter"),
    path("letters/<uuid:letter_id>/rows/<str:row_name>/", letters.save_row, name="save_row"),
    path("letters/<uuid:letter_id>/day/", letters.letter_day, name="letter_day"),
    path("letters/<uuid:letter_id>/preview/", letters.preview, name="preview_letter"),
    path("letters/<uuid:letter_id>/finish/", letters.finish_letter, name="finish_letter"),
    path("letters/<uuid:letter_id>/again/", letters.again, name="new_version"),
    path("letters/<uuid:letter_id>/letter.<str:form>", letters.export_letter, name="export_letter"),
    path("cases/<uuid:case_id>/payer/call/", calls.add_call, name="add_call"),
    path("cases/<uuid:case_id>/payer/call/<uuid:call_id>/remove/", calls.remove_call, name="remove_call"),
    path("cases/<uuid:case_id>/payer/call.pdf", calls.call_sheet, name="call_sheet"),
    path("overview/", overview.overview, name="overview"),
    path("overview/overview.csv", overview.overview_file, name="overview_file"),
    path("letterhead/", letterhead.letterhead, name="letterhead"),
    path("letterhead/templates/", letterhead.add_template, name="add_template"),
    path("letterhead/templates/<slug:kind>.yaml", letterhead.template_file, name="template_file"),
    path("letterhead/templates/<slug:kind>/drop/", letterhead.drop_template, name="drop_template"),
]
