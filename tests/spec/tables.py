"""Truth tables as text: a table that a person can read is the test."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from praxigen.model.answer import Answer

Combine = Callable[[Iterable[Answer]], Answer]


def check_pairs(table: str, combine: Combine) -> None:
    """Check a square table: the first row and the first column are the two answers that are combined."""
    head, *rows = (line.split() for line in table.strip().splitlines())
    assert {row[0] for row in rows} == set(head) == set(Answer)
    for first, *expected in rows:
        for second, answer in zip(head, expected, strict=True):
            assert combine([Answer(first), Answer(second)]) == answer, f"{first}, {second}"


def check_rows(table: str, combine: Combine) -> None:
    """Check a table of lists: under a headline, the answers that are combined and, after an arrow, what they make."""
    for line in table.strip().splitlines()[1:]:
        given, _, expected = line.partition("->")
        answers = [Answer(word) for word in given.split()]
        assert combine(answers) == expected.strip(), line
        assert combine(answers[::-1]) == expected.strip(), f"{line}, in the other order"
