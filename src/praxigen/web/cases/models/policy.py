"""What a new edition of a policy does to an open case, beside its stored check, which stays as it was."""

from __future__ import annotations

from django.db import models

from praxigen.web.accounts.owned import Owned
from praxigen.web.cases.models.case import Case
from praxigen.web.cases.models.check import Check


class PolicyChange(Owned):
    """One stored check, made again with a library that has changed since.

    `flips` are [{"criterion", "says", "before", "after"}] in the library's words, `editions` are [{"policy", "before",
    "after"}]; neither holds a word of the chart. A row without flips says that the change was looked at and changes
    nothing. `problem` says why the check could not be made again.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="policy_changes")
    check_made = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="policy_changes")
    library = models.CharField(max_length=64)  # hash of the requirement and guidelines that decide now
    verdict = models.CharField(max_length=30, blank=True)
    flips = models.JSONField(default=list)
    editions = models.JSONField(default=list)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        """A check is made again once with each library."""

        constraints = (models.UniqueConstraint(fields=["check_made", "library"], name="one_policy_change_a_library"),)
        ordering = ("created_at",)

    def __str__(self) -> str:
        return str(self.pk)
