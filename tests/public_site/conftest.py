"""The public site of the shipped library, built once for the tests of this folder."""

from __future__ import annotations

import pytest

from praxigen.site.blocks import Page
from support.site import built_site


@pytest.fixture(scope="session")
def files() -> dict[str, bytes]:
    """Every file of the site by its name."""
    return built_site()[0]


@pytest.fixture(scope="session")
def pages() -> list[Page]:
    """Every page of the site."""
    return built_site()[1]
