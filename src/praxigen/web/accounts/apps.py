"""Practices and members as a Django application."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Practices, members, data keys."""

    name = "praxigen.web.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what happens at sign-in."""
        from praxigen.web.accounts import signals  # noqa: F401  models are there only now
