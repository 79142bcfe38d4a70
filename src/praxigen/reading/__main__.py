"""`python -m praxigen.reading` keeps what the reader's patterns need and compile to, so that a check starts faster.

Done once after an installation.
"""

from __future__ import annotations

import sys

import praxigen.reading.reader  # noqa: F401  # imports every pattern
from praxigen.reading.gate import keep_all
from praxigen.reading.kept import FOLDER


def main() -> int:
    """Write the copy; a folder that cannot be written to is no fault."""
    try:
        keep_all()
    except OSError as error:
        sys.stderr.write(f"{FOLDER} cannot be written ({error.strerror}); praxigen works without, only slower\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
