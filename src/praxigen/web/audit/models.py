"""One row for each event, chained by hash within its practice. Rows are only ever added."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class AppendOnlyError(TypeError):
    """Code tried to change or remove an event: a fault in praxigen."""


class Event(models.Model):
    """Who did what to what, when, with what outcome. `fields` hold counts, codes and ids, never a patient's words.

    `practice` and `actor` are ids without a foreign key: the trail outlives what it speaks of.
    """

    practice = models.UUIDField()
    sequence = models.PositiveBigIntegerField()  # from 1, without a gap, within the practice
    at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    session = models.CharField(max_length=16, blank=True)
    action = models.CharField(max_length=40)  # an Action; `record` takes nothing else
    object_type = models.CharField(max_length=40, blank=True)
    object_id = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(max_length=20)
    fields = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        """One chain for each practice."""

        constraints = (models.UniqueConstraint(fields=["practice", "sequence"], name="one_chain_a_practice"),)
        indexes = (models.Index(fields=["practice", "object_id"]),)

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row. Raises AppendOnlyError where it is there already."""
        if not self._state.adding:
            raise AppendOnlyError("an event is never changed")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Never: raises AppendOnlyError."""
        raise AppendOnlyError("an event is never removed")
