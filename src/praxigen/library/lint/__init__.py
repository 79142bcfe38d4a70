"""Every fault of a policy library, as values: file, line, column, code, message and what to write instead."""

from praxigen.datafiles import Fault, Severity
from praxigen.library.lint.run import lint

__all__ = ["Fault", "Severity", "lint"]
