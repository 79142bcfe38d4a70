"""Signs that the writer puts down to the cord: "dropping objects and unsteady gait, signs of myelopathy"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from praxigen.model.fact import Fact, State, Who

_NAMED = ("sign of myelopathy", "signs of myelopathy", "myelopathic signs")


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
