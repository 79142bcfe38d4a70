"""The shared pages as a Django application."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Templates, style and script of the workspace."""

    name = "praxigen.web.pages"
    label = "pages"
