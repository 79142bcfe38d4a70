"""Non-operative treatments, from their mentions to facts."""

from praxigen.reading.treatments.facts import treatment_facts

__all__ = ["treatment_facts"]
