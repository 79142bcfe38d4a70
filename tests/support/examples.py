"""The example letters of docs/examples, written by the commands themselves. `make docs` writes them anew."""

from __future__ import annotations

from pathlib import Path

from praxigen.cli.main import run

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "examples"
FILES = {"appeal.docx": "appeal", "appeal.pdf": "appeal", "packet.pdf": "packet", "call.pdf": "p2p"}
OPTIONS = (
    *("--denial", str(ROOT / "examples" / "denials" / "01-cigna-evicore-stimulator.txt")),
    *("--chart", str(ROOT / "examples" / "letters" / "chart.txt")),
    *("--practice", str(ROOT / "examples" / "letters" / "practice.yaml")),
    *("--received", "2026-10-06", "--date", "2026-10-12"),
)


def write(name: str, folder: Path) -> Path:
    """One example, written into a folder."""
    path = folder / name
    if run([FILES[name], *OPTIONS, "--output", str(path)]) != 0:
        raise SystemExit(f"{name} could not be written")
    return path


if __name__ == "__main__":
    for name in FILES:
        write(name, FOLDER)
