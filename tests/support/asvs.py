"""Counts what docs/security/asvs.md judges, and prints the sentence at its head.

Run: PYTHONPATH=src:tests python -m support.asvs
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "security" / "asvs.md"
ANSWERS = ("met", "in part", "not met", "not ours", "does not arise")
_SAID = {"does not arise": "that do not arise"}
# The level of each requirement of ASVS 5.0.0 by its section, in their order: 1.2 has ten, the tenth of level 3. V10
# (OAuth) and V17 (WebRTC) are left out.
LEVELS = {
    "1.1": "22", "1.2": "1111122223", "1.3": "112222222223", "1.4": "222", "1.5": "123",
    "2.1": "122", "2.2": "112", "2.3": "12223", "2.4": "23",
    "3.1": "3", "3.2": "113", "3.3": "12223", "3.4": "11222233", "3.5": "11122333", "3.6": "3", "3.7": "22333",
    "4.1": "12233", "4.2": "23333", "4.3": "22", "4.4": "1222",
    "5.1": "2", "5.2": "112333", "5.3": "113", "5.4": "222",
    "6.1": "122", "6.2": "111111112222", "6.3": "11223333", "6.4": "112233", "6.5": "22222333", "6.6": "2223",
    "6.7": "33", "6.8": "2222",
    "7.1": "222", "7.2": "1111", "7.3": "22", "7.4": "11222", "7.5": "223", "7.6": "22",
    "8.1": "1233", "8.2": "1123", "8.3": "133", "8.4": "23",
    "9.1": "111", "9.2": "1222",
    "11.1": "2233", "11.2": "22233", "11.3": "11233", "11.4": "1222", "11.5": "23", "11.6": "23", "11.7": "33",
    "12.1": "12233", "12.2": "11", "12.3": "22223",
    "13.1": "2333", "13.2": "222223", "13.3": "2233", "13.4": "1222233",
    "14.1": "22", "14.2": "12223333", "14.3": "122",
    "15.1": "12233", "15.2": "12233", "15.3": "1222222", "15.4": "3333",
    "16.1": "2", "16.2": "22222", "16.3": "2222", "16.4": "222", "16.5": "2223",
}  # fmt: skip
_ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| (\d) \| (.+?) \| ([a-z ]+) \| (.+) \|$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Row:
    """A requirement as the page judges it."""

    number: str
    level: int
    asks: str
    answer: str
    by: str


def rows(text: str | None = None) -> list[Row]:
    """The rows of the page."""
    held = PAGE.read_text(encoding="utf-8") if text is None else text
    return [Row(number, int(level), asks, answer, by) for number, level, asks, answer, by in _ROW.findall(held)]


def levels() -> dict[str, int]:
    """The level of each requirement."""
    return {
        f"{section}.{place}": int(level)
        for section, found in LEVELS.items()
        for place, level in enumerate(found, start=1)
    }


def tally(text: str | None = None) -> str:
    """What the head of the page says."""
    judged = rows(text)
    asked = [each for each in judged if each.level < 3]
    wanted = sum(level < 3 for level in levels().values())
    counted = Counter(each.answer for each in asked)
    said = ", ".join(f"{counted[answer]} {_SAID.get(answer, answer)}" for answer in ANSWERS)
    return (
        f"{len(asked)} of the {wanted} requirements of levels 1 and 2 are judged here: {said}. "
        f"{len(judged) - len(asked)} of level 3 are judged beside them."
    )


def main() -> None:
    """Print it."""
    print(tally())  # noqa: T201  what the command is for


if __name__ == "__main__":
    main()
