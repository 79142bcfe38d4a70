"""Disease of the cord together with pressure on it: named apart in a note, a red flag together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from praxigen.model.fact import Fact, State, Who


def urgency_facts(facts: Iterable[Fact], kinds: tuple[str, ...]) -> Iterator[Fact]:
    """Myelopathy alone may be mild and old; with the cord compressed on a study it cannot wait."""
    present = [fact for fact in facts if fact.state is State.PRESENT and fact.who is Who.PATIENT]
    cord = next((f for f in present if f.concept == "diagnosis.myelopathy"), None)
    pressed = next((f for f in present if f.concept == "imaging.compression" or _names_compression(f)), None)
    if cord is None or pressed is None:
        return
    yield replace(
        cord,
        concept="redflag.cord_compression",
        kinds=kinds,
        rule="urgency.cord",
        basis=pressed.quotes() if pressed is not cord else (),
    )


def _names_compression(fact: Fact) -> bool:
    words = fact.quote.text.lower()
    return fact.concept == "diagnosis.myelopathy" and any(
        word in words for word in ("compression", "compressive", "cord signal", "herniation", "stenosis")
    )
