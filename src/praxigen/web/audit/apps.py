"""The audit trail as a Django application."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Events in a chain by practice."""

    name = "praxigen.web.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
