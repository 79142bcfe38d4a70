"""What an examination says as a whole: normal in two of strength, sensation and reflexes, with nothing abnormal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from praxigen.model.fact import Fact, State

_PARTS = ("sign.motor_weakness", "sign.sensory_loss", "sign.reflex_change")


# A straight leg raise that only a short hamstring stops, or that is named without its result, is no abnormal sign.
# Reflexes that are weak on both sides alike point to no root.
_NO_DOUBT = frozenset({"finding.hamstring", "finding.no-result", "finding.asked", "finding.same-on-both-sides"})


def _names_two(words: str) -> bool:
    """ "No motor or sensory deficits" speaks of two parts of the examination, "no focal deficit" of none."""
    strength = any(word in words for word in ("motor", "strength", "power"))
    return sum((strength, "sens" in words, "reflex" in words)) >= 2


def _speaks_against(sign: Fact) -> bool:
    return sign.quality("seen") == ("examined",) and sign.rule not in _NO_DOUBT


def examination_facts(facts: Iterable[Fact], kinds: tuple[str, ...]) -> Iterator[Fact]:
    """One fact "the examination is normal" where at least two of its three parts are stated normal and none abnormal.

    One normal part alone says nothing about the others; a part that is abnormal anywhere outweighs it.
    """
    signs = [fact for fact in facts if "sign.deficit" in fact.kinds]
    doubted = (State.PRESENT, State.POSSIBLE)  # what may be abnormal is not normal
    if any(_speaks_against(fact) for fact in signs if fact.state in doubted):
        return
    normal: list[Fact] = []
    for part in _PARTS:
        normal.extend(
            [f for f in signs if f.concept == part and f.state is State.ABSENT and f.quality("seen") == ("examined",)][
                :1
            ]
        )
    whole = [
        f for f in signs if f.concept == "sign.deficit" and f.state is State.ABSENT and _names_two(f.quote.text.lower())
    ]
    if len(normal) < 2 and not whole:
        return
    evidence = (whole + normal)[:3] if whole else normal
    first, rest = evidence[0], evidence[1:]
    yield replace(
        first,
        concept="sign.normal_examination",
        kinds=kinds,
        state=State.PRESENT,
        rule="examination.normal",
        basis=tuple(quote for fact in rest for quote in fact.quotes()),
    )
