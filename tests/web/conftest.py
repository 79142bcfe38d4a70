"""What every test of the workspace begins with."""

from __future__ import annotations

import pytest
from django.urls import resolve


@pytest.fixture(scope="session", autouse=True)
def _views_are_loaded() -> None:
    """A test that sets another day must not be the first to import a view: the view would keep that day."""
    resolve("/practice/")
