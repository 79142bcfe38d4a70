"""What a reviewer said in a peer-to-peer call, as the practice noted it: one YAML file, reused by the appeal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from praxigen.datafiles import Faults, Fields, read_yaml
from praxigen.errors import UsageError

SCHEMA = "praxigen.call/1"
BLANK = f"""# What the reviewer said in the call. Write their words as they were said.
schema: {SCHEMA}
on: "YYYY-MM-DD"
reviewer: ""
specialty: ""
said: ""
noted_by: ""
"""


@dataclass(frozen=True, slots=True)
class Call:
    """One call: on which day, with whom, what they said, and who noted it."""

    on: date
    reviewer: str
    said: str
    noted_by: str
    specialty: str = ""


def read_call(path: Path) -> Call:
    """The call in a file. Raises LibraryError with the line of what is wrong."""
    if not path.is_file():
        raise UsageError(f"{path}: there is no such file", "Write it with: praxigen p2p --blank-call FILE.")
    faults = Faults(str(path))
    needed = ("schema", "on", "reviewer", "said", "noted_by")
    given = Fields(read_yaml(path, str(path)), faults, "a call", needed, optional=("specialty",))
    given.word("schema", (SCHEMA,))
    specialty = given.text("specialty") if given.node("specialty") and _filled(given, "specialty") else ""
    call = Call(given.day("on"), given.text("reviewer"), given.text("said"), given.text("noted_by"), specialty)
    faults.raise_any()
    return call


def _filled(given: Fields, key: str) -> bool:
    node = given.node(key)
    return bool(getattr(node, "text", "").strip())
