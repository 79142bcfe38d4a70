"""Disease of the cord together with pressure on it: named apart in a note, a red flag together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from praxigen.model.fact import Fact, State, Who


def urgency_facts(facts: Iterable[Fact], kinds: tuple[str, ...]) -> Iterator[Fact]:
    """Myelopathy alone may be mild and old; with the cord compressed on a study it cannot wait."""
    present = [fact for fact in facts if fact.state is State.PRESENT and fact.who is Who.PATIENT]
    present.extend(_from_signs(present))
    cord = next((f for f in present if f.concept == "diagnosis.myelopathy"), None)
    pressed = next(
        (
            f
            for f in present
            if f.concept in ("imaging.compression", "diagnosis.cord_compression") or _names_compression(f)
        ),
        None,
    )
    if cord is None:
        return
    if cord.rule == "urgency.signs":
        yield cord
    if pressed is None:
        return
    yield replace(
        cord,
        concept="redflag.cord_compression",
        kinds=kinds,
        rule="urgency.cord",
        basis=pressed.quotes() if pressed is not cord else (),
    )


_PROVING = ("sign.babinski", "sign.hoffmann", "sign.clonus")


def _from_signs(present: list[Fact]) -> list[Fact]:
    """Two cord signs, one of them a reflex that is never normal, with the cord named as pressed, are myelopathy."""
    signs = {
        f.concept: f
        for f in present
        if "sign.cord" in f.kinds and (f.quality("seen") == ("examined",) or f.concept in _PROVING)
    }
    pressed = any(
        f.concept == "diagnosis.cord_compression"
        or (f.concept == "imaging.compression" and "cord" in f.quote.text.lower())
        for f in present
    )
    proving = [signs[name] for name in _PROVING if name in signs]
    pressed = pressed or "sign.sensory_level" in signs  # a level below which sensation is lost is the cord's own
    if len(signs) < 2 or not proving or not pressed:
        return []
    others = [fact for fact in signs.values() if fact is not proving[0]]
    basis = tuple(quote for fact in others[:2] for quote in fact.quotes())
    return [
        replace(
            proving[0],
            concept="diagnosis.myelopathy",
            kinds=("diagnosis.myelopathy",),
            rule="urgency.signs",
            basis=basis,
        )
    ]


def _names_compression(fact: Fact) -> bool:
    words = fact.quote.text.lower()
    return fact.concept == "diagnosis.myelopathy" and any(
        word in words for word in ("compression", "compressive", "cord signal", "herniation", "stenosis")
    )
