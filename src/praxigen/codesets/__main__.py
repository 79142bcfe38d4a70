"""`python -m praxigen.codesets` makes the copy of the diagnosis codes, so that a look-up takes no seconds."""

from __future__ import annotations

import sys

from praxigen.codesets.table import COPY, write_copy


def main() -> int:
    """Make the copy; a folder that cannot be written to is no fault."""
    try:
        write_copy()
    except OSError as error:
        sys.stderr.write(f"{COPY.parent} cannot be written ({error.strerror}); praxigen works without, only slower\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
