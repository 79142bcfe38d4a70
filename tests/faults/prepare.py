"""Makes the workspace that faults are tried on: a practice and its owner. Run: python -m faults.prepare"""

from __future__ import annotations

import os
from pathlib import Path


def main() -> None:
    """Make it."""
    from praxigen.web.crypto.keyring import make_key_file

    Path(os.environ["PRAXIGEN_DATA"]).mkdir(parents=True, mode=0o700)
    make_key_file(Path(os.environ["PRAXIGEN_KEY_FILE"]))
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from praxigen.web.accounts.keys import add_key
    from praxigen.web.accounts.models import Member, Practice
    from praxigen.web.audit.actions import Action
    from praxigen.web.audit.record import record

    practice = Practice.objects.create(name="Test Practice")
    add_key(practice)
    member = Member.objects.create_user("owner@x.example", None, practice=practice, name="O", role="owner")
    record(member.actor(), Action.MEMBER_JOINED, member)


if __name__ == "__main__":
    main()
