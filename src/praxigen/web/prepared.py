"""Queries whose SQL is composed once in a process: composing takes Django longer than the database takes to answer."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)
Value = uuid.UUID | str | int


class Prepared(Generic[Row]):
    """The rows of a query that is asked at nearly every page, with other values each time.

        questions = Prepared(lambda practice, case: Question.of(practice).filter(case=case).order_by("created_at"))
        questions(practice.pk, case.pk)

    Values are ids, texts and whole numbers, each of which the query compares with a column as it is. What the query
    does not fetch (`defer`, `only`) is fetched when it is asked for. `select_related` is refused: it cannot be kept.
    """

    def __init__(self, compose: Callable[..., models.QuerySet[Row]]) -> None:
        self._compose = compose
        self._statements: dict[tuple[str, int], _Statement[Row]] = {}  # by kind of database and number of values

    def __call__(self, *values: Value) -> list[Row]:
        """The rows, in the order of the query."""
        key = connection.vendor, len(values)
        statement = self._statements.get(key)
        if statement is None:
            statement = self._statements[key] = _statement(self._compose, values)
        return statement.rows(values)

    def one(self, *values: Value) -> Row | None:
        """The first row, or None."""
        return next(iter(self(*values)), None)


@dataclass(frozen=True, slots=True)
class _Slot:
    """A place of the statement that takes a value: the which, and how the database writes it."""

    value: int
    write: Callable[[Any], object]


@dataclass(frozen=True, slots=True)
class _Statement(Generic[Row]):
    model: type[Row]
    sql: str
    parameters: tuple[object, ...]  # a _Slot, or what is the same each time

    def rows(self, values: tuple[Value, ...]) -> list[Row]:
        """Ask the database."""
        given = [each.write(values[each.value]) if isinstance(each, _Slot) else each for each in self.parameters]
        return list(self.model._base_manager.raw(self.sql, given))  # noqa: SLF001  Django's documented name


def _statement(compose: Callable[..., models.QuerySet[Row]], values: tuple[Value, ...]) -> _Statement[Row]:
    """Compose the query with a mark for each value, and find the marks among its parameters."""
    marks = [_mark(value) for value in values]
    rows = compose(*marks)
    if rows.query.select_related:
        raise TypeError("a prepared query cannot follow select_related")
    sql, parameters = rows.query.sql_with_params()
    slots = tuple(_slot(each, marks) or each for each in parameters)
    missing = set(range(len(marks))) - {slot.value for slot in slots if isinstance(slot, _Slot)}
    if missing:
        raise TypeError(f"the query does not compare the value number {min(missing) + 1} as it is")
    return _Statement(rows.model, sql, slots)


_LEAST_MARK = 2**30  # fits every column of numbers, and no query of ours holds one as large


def _mark(value: Value) -> Value:
    """A value of the same kind that stands nowhere else."""
    if isinstance(value, uuid.UUID):
        return uuid.uuid4()
    if isinstance(value, str):
        return secrets.token_hex(16)
    if isinstance(value, int) and not isinstance(value, bool):
        return _LEAST_MARK + secrets.randbelow(_LEAST_MARK)
    raise TypeError(f"a prepared query takes ids, texts and whole numbers, no {type(value).__name__}")


def _slot(parameter: object, marks: list[Value]) -> _Slot | None:
    for at, mark in enumerate(marks):
        if isinstance(parameter, type(mark)) and parameter == mark:
            # PostgreSQL is told the size of a number by its class.
            return _Slot(at, _as_it_is if type(parameter) is type(mark) else type(parameter))
        if isinstance(mark, uuid.UUID) and parameter == mark.hex:  # SQLite has no type for it
            return _Slot(at, _hex)
    return None


def _as_it_is(value: Value) -> object:
    return value


def _hex(value: uuid.UUID) -> str:
    return value.hex
