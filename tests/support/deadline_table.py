"""The table of clocks in docs/deadlines.md, made from the law files. Run `make docs` after a change of them."""

from __future__ import annotations

import re
from pathlib import Path

from praxigen.law import Law

PAGE = Path(__file__).parents[2] / "docs" / "deadlines.md"
_TABLE = re.compile(r"(?<=<!-- table: clocks -->\n\n).*?(?=<!-- end of table -->)", re.DOTALL)


def table() -> str:
    """Every clock that may be shown, by plan."""
    law = Law.open()
    lines = [
        "| plan | step | who | begins when | time | urgency | if missed | law | in force from | known |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for clock in law.clocks:
        effective = clock.effective.isoformat() if clock.effective else "not known"
        cells = (
            f"`{clock.plan}`",
            law.terms.stages[clock.stage].says,
            law.terms.actors[clock.actor],
            f"`{clock.starts}`",
            str(clock.within),
            law.terms.urgencies[clock.urgency],
            clock.on_miss.replace("_", " "),
            clock.law.replace("->", "and") + (" (to verify)" if clock.verify else ""),
            effective,
            clock.confidence.value,
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def page(text: str) -> str:
    """The page with its table made anew."""
    return _TABLE.sub(lambda _: table() + "\n", text)


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
