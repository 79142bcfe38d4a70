"""Saves cases for ever, each with its event in one transaction, and says each one that was acknowledged.

Run by tests/faults/kills.py, which kills it. Run: python -m faults.writer
"""

from __future__ import annotations

import sys


def main() -> None:
    """Write until killed."""
    import django

    django.setup()
    from django.db import DatabaseError, transaction

    from praxigen.web.accounts.models import Member
    from praxigen.web.audit.actions import Action
    from praxigen.web.audit.record import record
    from praxigen.web.cases.models import Case

    member = Member.objects.get()
    while True:
        try:
            with transaction.atomic():
                case = Case(practice=member.practice, created_by=member, payer="qualcare")
                case.patient = {"name": "Test Patient", "birth_date": "1961-02-03"}
                case.save(force_insert=True)
                record(member.actor(), Action.CASE_OPENED, case)
        except DatabaseError as error:
            sys.stdout.write(f"refused {error}\n")
            sys.stdout.flush()
            continue
        sys.stdout.write(f"{case.pk}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
