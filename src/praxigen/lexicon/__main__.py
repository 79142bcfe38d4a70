"""`python -m praxigen.lexicon` compiles the lexicon, so that a check starts faster. Done once after an installation."""

from __future__ import annotations

import sys

from praxigen.errors import PraxigenError
from praxigen.lexicon.compiled import COPY, write_compiled
from praxigen.lexicon.load import open_lexicon


def main() -> int:
    """Compile the shipped lexicon; a folder that cannot be written to is no fault."""
    try:
        write_compiled(open_lexicon())
    except PraxigenError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    except OSError as error:
        sys.stderr.write(f"{COPY.parent} cannot be written ({error.strerror}); praxigen works without, only slower\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
