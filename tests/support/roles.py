"""Prints who may open which address, from the table of rights and the doors of the views: docs/security/roles.md.

Run: PYTHONPATH=src:tests python -m support.roles
"""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "security" / "roles.md"
_HEAD = """# Who may do what

Printed from `src/praxigen/web/accounts/roles.py` and from the door of each view by `python -m support.roles`; a test
compares. Whatever stands in no line is refused. Each member belongs to one practice and sees nothing of any other.
"""


def text() -> str:
    """The page."""
    from praxigen.web.accounts.gate import Door
    from praxigen.web.accounts.roles import GRANTS, Permission, Role
    from support.addresses import addresses

    lines = [_HEAD, "| right | " + " | ".join(Role) + " |", "| --- |" + " --- |" * len(Role)]
    lines += [
        f"| {right} | " + " | ".join("yes" if right in GRANTS[role] else "" for role in Role) + " |"
        for right in Permission
    ]
    behind: dict[str, list[str]] = defaultdict(list)
    for address in addresses():
        if not address.of_api:
            behind[str(address.view.gate)].append(address.route)
    said = {
        Door.PUBLIC: "Open to anybody",
        Door.ENROLLING: "A member; once a second factor is set up, only with it",
        Door.OWN: "Any member with both factors, about the own account",
    }
    for door in (*Permission, *Door):
        title = said.get(door) if isinstance(door, Door) else f"Needs the right `{door}`"
        if behind[str(door)]:
            lines += ["", f"## {title}", "", *(f"- `{route}`" for route in sorted(behind[str(door)]))]
    lines += ["", "The API under `/api/v1/` opens by a key with a scope, never by a browser's session.", ""]
    return "\n".join(lines)


def main() -> None:
    """Write the page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "support.workspace_settings")
    import django

    django.setup()
    PAGE.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
