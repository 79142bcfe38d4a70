"""Signs that the writer puts down to the cord: "dropping objects and unsteady gait, signs of myelopathy"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from praxigen.model.fact import Fact, State, Who

_NAMED = ("sign of myelopathy", "signs of myelopathy", "myelopathic signs")


_PROVING = ("sign.babinski", "sign.hoffmann", "sign.clonus", "sign.hyperreflexia", "sign.sensory_level")


def cord_deficit_facts(facts: Iterable[Fact], kinds: tuple[str, ...]) -> Iterator[Fact]:
    """A deficit where two signs of the cord, one of them a reflex or a level, are found and the cord is said to be"
    " ill."""
    present = [fact for fact in facts if fact.state is State.PRESENT and fact.who is Who.PATIENT]
    if not any(fact.concept in _DISEASED for fact in present):
        return
    signs = {f.concept: f for f in present if "sign.cord" in f.kinds and f.section not in _NOT_EXAMINED}
    first = next((signs[name] for name in _PROVING if name in signs), None)
    second = next((fact for fact in signs.values() if fact is not first), None)
    if first is None or second is None:
        return
    yield replace(
        first,
        concept="sign.deficit",
        kinds=kinds,
        rule="cord.deficit",
        basis=second.quotes(),
        qualities={**first.qualities, "seen": ("examined",)},
    )


_DISEASED = ("diagnosis.myelopathy", "diagnosis.cord_compression")
_NOT_EXAMINED = frozenset({"ros", "past_medical", "family", "education", "imaging"})


def cord_facts(facts: Iterable[Fact], kinds: tuple[str, ...]) -> Iterator[Fact]:
    """One fact "myelopathy" for words that name a sign of the cord and call it that; the name alone finds nothing."""
    signs: dict[object, set[str]] = {}
    named: dict[object, Fact] = {}
    for fact in facts:
        if fact.state is not State.PRESENT or fact.who is not Who.PATIENT or not fact.concept.startswith("sign."):
            continue
        words = fact.quote.text.lower()
        if fact.concept == "sign.cord" and any(name in words for name in _NAMED):
            named.setdefault(fact.quote, fact)
        elif "sign.cord" in fact.kinds:
            signs.setdefault(fact.quote, set()).add(fact.concept)
    for quote, fact in named.items():
        if signs.get(quote):
            yield replace(fact, concept="diagnosis.myelopathy", kinds=kinds, rule="cord.signs-named", qualities={})
