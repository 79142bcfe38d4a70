"""A letter as plain values and back, exactly, so that it can be kept while people work on it.

Every dataclass becomes a dict with its name under "is"; tuples become lists, days and enumerations their text.
"""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from praxigen.errors import InputError
from praxigen.letters.composing.letter import Letter

SCHEMA = "praxigen.stored-letter/1"
_HINT = "Restore the backup, or draft the letter anew."


def dump_letter(letter: Letter) -> dict[str, Any]:
    """The letter as texts, numbers, lists and dicts."""
    return {"schema": SCHEMA, "letter": _plain(letter)}


def load_letter(told: Any) -> Letter:
    """The letter again. Raises InputError for anything that `dump_letter` did not make."""
    if not isinstance(told, dict) or told.get("schema") != SCHEMA:
        raise InputError("a stored letter cannot be read: it is of another version", _HINT)
    try:
        letter = _value(Letter, told["letter"])
    except (KeyError, TypeError, ValueError, RecursionError):
        raise InputError("a stored letter cannot be read: it is damaged", _HINT) from None
    assert isinstance(letter, Letter)  # noqa: S101  what was asked for
    return letter


def dump_part(part: Any) -> Any:
    """A sentence or another part of a letter as plain values."""
    return _plain(part)


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        told = {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
        return {"is": type(value).__name__, **told}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return value


def _value(hint: Any, plain: Any) -> Any:
    """The value of a type that plain values stand for. Raises ValueError where they stand for another."""
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _one_of(get_args(hint), plain)
    if origin is tuple:
        (each, _) = get_args(hint)
        return tuple(_value(each, item) for item in _of(list, plain))
    if _is_data(hint):
        return _object(hint, _of(dict, plain))
    if issubclass(hint, Enum):
        return hint(_of(str, plain))
    if hint is date:
        return date.fromisoformat(_of(str, plain))
    return _of(hint, plain)


def _one_of(choices: tuple[Any, ...], plain: Any) -> Any:
    if plain is None and types.NoneType in choices:
        return None
    named = {choice.__name__: choice for choice in choices if _is_data(choice)}
    if isinstance(plain, dict) and named:
        return _value(named[plain["is"]], plain)
    others = [choice for choice in choices if choice is not types.NoneType and not _is_data(choice)]
    (only,) = others
    return _value(only, plain)


def _object(kind: Any, plain: dict[str, Any]) -> Any:
    hints = _hints(kind)
    if plain["is"] != kind.__name__ or set(plain) != {"is", *hints}:
        raise ValueError(f"no {kind.__name__}")
    return kind(**{name: _value(hint, plain[name]) for name, hint in hints.items()})


@cache
def _hints(kind: Any) -> dict[str, Any]:
    known = get_type_hints(kind)
    return {each.name: known[each.name] for each in fields(kind)}


def _is_data(kind: Any) -> bool:
    return is_dataclass(kind)


def _of(kind: type, plain: Any) -> Any:
    """The value, if it is exactly of that type: True is no number here."""
    if type(plain) is not kind:
        raise ValueError(f"no {kind.__name__}")
    return plain
