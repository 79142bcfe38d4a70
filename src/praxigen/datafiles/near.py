"""Near names, so that an unknown word comes with the one that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable

# Below this likeness (0 to 100) a suggestion confuses more than it helps.
_ALIKE = 62.0


def near_names(name: str, names: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """The names most like `name`, nearest first; of two that are equally near, the alphabetically first."""
    from rapidfuzz import fuzz, process  # only a mistake needs it, and importing it costs a check its time

    choices = sorted({str(choice) for choice in names})
    found = process.extract(name, choices, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=_ALIKE, limit=None)
    found.sort(key=lambda match: (-match[1], match[0]))
    return tuple(match[0] for match in found[:limit])


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """A sentence with the nearest names, or nothing where none is near."""
    near = [repr(candidate) for candidate in near_names(name, names)]
    if not near:
        return ""
    listed = near[0] if len(near) == 1 else f"{', '.join(near[:-1])} or {near[-1]}"
    return f"Did you mean {listed}?"
