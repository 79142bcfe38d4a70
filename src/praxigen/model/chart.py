"""What a reader of the whole chart would stumble over, whether or not a criterion asks: one value a warning."""

from __future__ import annotations

from enum import StrEnum

from praxigen.model.document import Quote
from praxigen.model.frozen import frozen


class Trouble(StrEnum):
    """What kind of trouble a warning tells of."""

    SIDE = "side"  # right in one place, left in another, or not the side that is requested
    LEVEL = "level"  # not the level that is requested
    CONFLICT = "conflict"  # two statements that cannot both be so
    STALE = "stale"  # what the answer rests on is old for the day of service
    LATER = "later"  # the words shown for an answer were written, or tell of a day, after the day of service
    COPIED = "copied"  # the same words stand in two notes, or twice in one


@frozen
class ChartWarning:
    """One trouble, told in a sentence, with the words of the chart that show it: both, where two disagree.

    `quotes` is empty only where a date tells it all. A warning changes no answer: it is there to be looked at.
    """

    trouble: Trouble
    says: str
    quotes: tuple[Quote, ...] = ()
