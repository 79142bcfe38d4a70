"""The addresses of the workspace's pages."""

from __future__ import annotations

from praxigen.web.cases import check_urls, post_urls

app_name = "cases"
urlpatterns = [*check_urls.urlpatterns, *post_urls.urlpatterns]
