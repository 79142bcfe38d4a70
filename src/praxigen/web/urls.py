"""Every address of the workspace. The public pages are files, served before these are asked."""

from __future__ import annotations

from django.urls import include, path

from praxigen.web.demonstration.enter import enter

urlpatterns = [
    path("account/", include("praxigen.web.accounts.urls")),
    path("demonstration/<str:token>/", enter, name="demonstration"),
    path("demonstration/<str:token>/<str:role>/", enter, name="demonstration-as"),
    path("api/v1/", include("praxigen.web.api.urls")),
    path("practice/", include("praxigen.web.accounts.practice_urls")),
    path("practice/programs/", include("praxigen.web.api.pages")),
    path("practice/", include("praxigen.web.cases.urls")),
]
handler400 = "praxigen.web.pages.errors.bad_request"
handler403 = "praxigen.web.pages.errors.forbidden"
handler404 = "praxigen.web.pages.errors.not_found"
handler429 = "praxigen.web.pages.errors.too_many"  # what allauth's limits answer with
handler500 = "praxigen.web.pages.errors.fault"
