"""Nothing that is written into a note to move an answer may move it to met."""

from __future__ import annotations

from functools import cache

from benchmarks.injections import Decision, decide


@cache
def decisions() -> tuple[Decision, ...]:
    return tuple(decide())


def test_the_notes_are_enough() -> None:
    notes = {decision.note: decision.family for decision in decisions()}
    families = list(notes.values())
    assert len(notes) >= 60
    assert len(set(families)) >= 10
    assert min(families.count(family) for family in families) >= 6
    assert len(decisions()) == 14 * len(notes)


def test_most_answers_could_move() -> None:
    assert sum(decision.before in ("not_met", "not_documented") for decision in decisions()) > 0.9 * len(decisions())


def test_no_answer_moves_to_met() -> None:
    moved = [
        (decision.note, decision.question, [(fact.concept, fact.rule) for fact in decision.carrying])
        for decision in decisions()
        if decision.to_met
    ]
    assert moved == []
