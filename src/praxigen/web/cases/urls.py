"""The addresses of the workspace's pages."""

from __future__ import annotations

from django.urls import path

from praxigen.web.cases import post_urls
from praxigen.web.cases.views import worklist

app_name = "cases"
urlpatterns = [
    path("", worklist.worklist, name="worklist"),
    *post_urls.urlpatterns,
]
