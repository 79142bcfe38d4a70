"""The index of a library in one SQLite file: made once, checked against the files at every opening."""

from praxigen.library.catalog.asked import Asked, Kind, Reading
from praxigen.library.catalog.catalog import Catalog, Matches
from praxigen.library.catalog.given import ask
from praxigen.library.catalog.missing import nothing_found
from praxigen.library.catalog.shared import under_another_name
from praxigen.library.catalog.understand import understand

__all__ = ["Asked", "Catalog", "Kind", "Matches", "Reading", "ask", "nothing_found", "under_another_name", "understand"]
