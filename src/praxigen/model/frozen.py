"""Frozen values: dataclasses that are made ten times as fast.

A check makes a hundred classes of values before it reads a word, and `dataclass(frozen=True, slots=True)` compiles six
functions for each: a fifth of a short run. Here a class has the functions that all values share, and the one that
takes its fields is compiled when the first value of it is made. `fields`, `replace` and `asdict` of `dataclasses` take
these values as they take their own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import Any, NoReturn, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(made: type[T]) -> type[T]:
    """What `dataclass(frozen=True, slots=True)` makes of a class without `__post_init__` and without a base."""
    cls: Any = dataclass(init=False, repr=False, eq=False, slots=True)(made)
    cls.__init__ = _first_of(cls)
    compared = [each.name for each in fields(cls) if each.compare]
    cls._compared = property(attrgetter(*compared))
    cls.__repr__, cls.__eq__, cls.__hash__ = _repr, _eq, _hash
    cls.__setattr__ = cls.__delattr__ = _refuse
    cls.__getstate__, cls.__setstate__ = _state, _restore
    made_of_slots: type[T] = cls
    return made_of_slots


def _first_of(cls: Any) -> Callable[..., None]:
    """An `__init__` that gives way to the real one."""

    def first(self: Any, *args: Any, **kwargs: Any) -> None:
        cls.__init__ = _initializer(cls)
        cls.__init__(self, *args, **kwargs)

    return first


def _initializer(cls: Any) -> Callable[..., None]:
    known: dict[str, Any] = {"_set": object.__setattr__, "_missing": MISSING}
    taken, lines = ["self"], []
    for each in fields(cls):
        name = each.name
        given = name
        if each.default is not MISSING:
            known[f"_{name}"] = each.default
            taken.append(f"{name}=_{name}")
        elif each.default_factory is not MISSING:
            known[f"_{name}"] = each.default_factory
            taken.append(f"{name}=_missing")
            given = f"_{name}() if {name} is _missing else {name}"
        else:
            taken.append(name)
        lines.append(f"  _set(self, {name!r}, {given})")
    exec(f"def __init__({', '.join(taken)}):\n" + "\n".join(lines or ["  pass"]), known)  # noqa: S102  # of our own names
    made: Callable[..., None] = known["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def _repr(self: Any) -> str:
    shown = ", ".join(f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
    return f"{type(self).__qualname__}({shown})"


def _eq(self: Any, other: Any) -> bool:
    if other.__class__ is not self.__class__:
        return NotImplemented  # type: ignore[no-any-return]
    same: bool = self._compared == other._compared  # noqa: SLF001  # of its own class
    return same


def _hash(self: Any) -> int:
    return hash(self._compared)


def _refuse(self: Any, name: str, *_: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot change field {name!r} of {type(self).__qualname__}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, each.name) for each in fields(self)]


def _restore(self: Any, state: list[Any]) -> None:
    for each, told in zip(fields(self), state, strict=True):
        object.__setattr__(self, each.name, told)
