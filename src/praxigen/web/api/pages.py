"""The addresses of the owner's page of programs."""

from __future__ import annotations

from django.urls import path

from praxigen.web.api import views

app_name = "api"
urlpatterns = [
    path("", views.programs, name="programs"),
    path("keys/", views.add_key, name="add-key"),
    path("keys/<uuid:key>/revoke/", views.end_key, name="end-key"),
    path("addresses/", views.add_address, name="add-address"),
    path("addresses/<uuid:hook>/remove/", views.end_address, name="end-address"),
]
