"""`python -m praxigen.reading` keeps what the reader's patterns need, so that a check starts faster.

Done once after an installation.
"""

from __future__ import annotations

import sys

import praxigen.reading.reader  # noqa: F401  # imports every pattern
from praxigen.reading.gate import COPY, write_copy


def main() -> int:
    """Write the copy; a folder that cannot be written to is no fault."""
    try:
        write_copy()
    except OSError as error:
        sys.stderr.write(f"{COPY.parent} cannot be written ({error.strerror}); praxigen works without, only slower\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
