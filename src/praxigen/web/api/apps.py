"""The API as a Django application."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Keys, remembered answers, webhooks."""

    name = "praxigen.web.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"
