"""Practices and members as a Django application."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Practices, members, data keys."""

    name = "praxigen.web.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
