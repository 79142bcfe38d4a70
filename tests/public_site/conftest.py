"""The public site of the shipped library, built once for the tests of this folder."""

from __future__ import annotations

import pytest

from praxigen.library import Library
from praxigen.site.blocks import Page
from praxigen.site.build import make
from support.site import BASE


@pytest.fixture(scope="session")
def built() -> tuple[dict[str, bytes], list[Page]]:
    """Every file of the site by its name, and its pages."""
    return make(Library.open(), BASE, lambda *_: None)


@pytest.fixture(scope="session")
def files(built: tuple[dict[str, bytes], list[Page]]) -> dict[str, bytes]:
    """Every file of the site by its name."""
    return built[0]


@pytest.fixture(scope="session")
def pages(built: tuple[dict[str, bytes], list[Page]]) -> list[Page]:
    """Every page of the site."""
    return built[1]
