"""Cases as a Django application."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases, charts, checks, letters, deadlines."""

    name = "praxigen.web.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"
