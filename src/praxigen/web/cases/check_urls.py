"""The addresses of preparing a request: cases, charts, checks, decisions, questions, packets."""

from __future__ import annotations

from django.urls import path

from praxigen.web.cases.views import (
    authorizations,
    case_page,
    charts,
    closing,
    exporting,
    new_case,
    policy,
    questions,
    removing,
    split,
    worklist,
)

urlpatterns = [
    path("", worklist.worklist, name="worklist"),
    path("search/", worklist.search_cases, name="search"),
    path("cases/new/", new_case.new_case, name="new_case"),
    path("codes/", new_case.code_hints, name="code_hints"),
    path("cases/<uuid:case_id>/", case_page.case_page, name="case"),
    path("cases/<uuid:case_id>/close/", closing.close_case, name="close_case"),
    path("cases/<uuid:case_id>/reopen/", closing.reopen_case, name="reopen_case"),
    path("cases/<uuid:case_id>/request/", new_case.confirm_request, name="confirm_request"),
    path("cases/<uuid:case_id>/files/", charts.add_files, name="add_files"),
    path("cases/<uuid:case_id>/reading/", charts.reading, name="reading"),
    path("cases/<uuid:case_id>/files/<uuid:file_id>/", charts.download_file, name="download_file"),
    path("cases/<uuid:case_id>/files/<uuid:file_id>/stop/", charts.stop_file, name="stop_file"),
    path("cases/<uuid:case_id>/files/<uuid:file_id>/unlock/", charts.unlock_file, name="unlock_file"),
    path("cases/<uuid:case_id>/files/<uuid:file_id>/remove/", removing.remove, name="remove_file"),
    path("cases/<uuid:case_id>/check/", split.check_again, name="check_again"),
    path("cases/<uuid:case_id>/checks/<uuid:check_id>/", split.check_page, name="check"),
    path("cases/<uuid:case_id>/checks/<uuid:check_id>/decide/", split.decide_criterion, name="decide"),
    path("cases/<uuid:case_id>/checks/<uuid:check_id>/pages/<int:page>.png", split.page_picture, name="page_picture"),
    path("cases/<uuid:case_id>/checks/<uuid:check_id>/export/", exporting.export_page, name="export_page"),
    path("cases/<uuid:case_id>/checks/<uuid:check_id>/check.<slug:form>", exporting.export_check, name="export_check"),
    path("cases/<uuid:case_id>/schedule/", authorizations.schedule, name="schedule"),
    path("cases/<uuid:case_id>/authorizations/", authorizations.add_authorization, name="add_authorization"),
    path(
        "cases/<uuid:case_id>/authorizations/<uuid:authorization_id>/remove/",
        authorizations.remove_authorization,
        name="remove_authorization",
    ),
    path("policy/", policy.policy_changes, name="policy_changes"),
    path("questions/", questions.my_questions, name="my_questions"),
    path("cases/<uuid:case_id>/ask/", questions.ask_questions, name="ask_questions"),
    path("cases/<uuid:case_id>/questions/", questions.answer_questions, name="answer_questions"),
]
