"""`python -m praxigen.library` makes the index of the shipped library and keeps the trees of its files.

Done once after an installation, so that the first lookup and every check start faster.
"""

from __future__ import annotations

import sys

from praxigen.datafiles import parse_yaml, shipped
from praxigen.datafiles.kept import keep_trees
from praxigen.errors import PraxigenError
from praxigen.library.catalog.catalog import compile_index
from praxigen.library.catalog.store import COMPILED
from praxigen.library.library import Library


def main() -> int:
    """Make the index; a folder that cannot be written to is no fault."""
    try:
        compile_index(Library.open(), COMPILED)
        keep_trees(sorted(shipped("policies").rglob("*.yaml")), parse_yaml)
    except PraxigenError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    except OSError as error:
        sys.stderr.write(
            f"{COMPILED.parent} cannot be written ({error.strerror}); praxigen works without, only slower\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
