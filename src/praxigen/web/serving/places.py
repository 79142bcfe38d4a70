"""Where the workspace keeps its data and its key, where nobody said otherwise."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Places:
    """The folder of the data and the file of the master key, which never lies inside that folder."""

    data: Path
    key_file: Path


def default_places(*, demonstration: bool = False) -> Places:
    """The folders that the system sets aside for programs of this user; others for a demonstration."""
    name = "praxigen-demonstration" if demonstration else "praxigen"
    home = Path.home()
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    config = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    return Places(data / name, config / name / "master.key")
