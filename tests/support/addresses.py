"""Every address of the workspace, read from Django's own table, and the ids that may stand in it."""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

from praxigen.web.accounts.models import Member, Practice
from praxigen.web.accounts.owned import Owned, Sealed

_ENUMERATED = {"answer": "not_met", "verdict": "not_documented"}  # of the model, which no field lists


@dataclass(frozen=True)
class Address:
    """One pattern: its path with holes, the view, and what stands in the holes."""

    route: str
    view: Any
    holes: dict[str, str]  # name: kind, as in <uuid:case_id>

    @property
    def of_api(self) -> bool:
        return self.route.startswith("/api/")

    def fill(self, **values: object) -> str:
        path = self.route
        for name, kind in self.holes.items():
            path = path.replace(f"<{kind}:{name}>", str(values[name])).replace(f"<{name}>", str(values[name]))
        return path

    def __str__(self) -> str:
        return self.route


def addresses() -> list[Address]:
    return list(_walk(get_resolver(), "/"))


def _walk(resolver: URLResolver, before: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            holes = {name: _kind(converter) for name, converter in entry.pattern.converters.items()}
            yield Address(route, entry.callback, {**_of(before), **holes})
        else:
            yield from _walk(entry, route)


def _of(before: str) -> dict[str, str]:
    """The holes in a prefix."""
    inside = [part.partition(">")[0] for part in before.split("<")[1:]]
    return {part.partition(":")[2]: part.partition(":")[0] for part in inside}


def _kind(converter: object) -> str:
    return type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")


def sample(kind: str) -> str:
    """Something of the kind that names nothing."""
    return {"uuid": str(uuid.uuid4()), "int": "987654", "str": "nothing-here", "slug": "nothing-here"}.get(kind, "none")


def owned_models() -> list[type[Owned]]:
    """Every kind of row that belongs to a practice, those first that others point to."""
    found = [model for model in Owned.__subclasses__() if not model._meta.abstract]
    ordered: list[type[Owned]] = []
    while len(ordered) < len(found):
        for model in found:
            needs = {
                field.related_model
                for field in model._meta.get_fields()
                if isinstance(field, models.ForeignKey) and not field.null and field.related_model in found
            }
            if model not in ordered and needs - {model} <= set(ordered):
                ordered.append(model)
    return ordered


def fill_practice(
    practice: Practice, words: str, *, openly: str = "", have: tuple[models.Model, ...] = ()
) -> dict[type[models.Model], models.Model]:
    """One row of every kind in the practice, with the words wherever words are sealed, and `openly` where not.

    Rows that are there already are taken instead of new ones.
    """
    made: dict[type[models.Model], models.Model] = {Practice: practice}
    member = Member.objects.filter(practice=practice).first()
    assert member is not None
    made[Member] = member
    made.update((type(row), row) for row in have)
    for model in owned_models():
        if model in made:
            continue
        row = model(practice=practice)
        for field in model._meta.concrete_fields:
            value = _value(field, made, openly or words)
            if value is not None:
                setattr(row, field.name, value)
        for name, sealed in vars(model).items():
            if isinstance(sealed, Sealed):
                setattr(row, name, _sealed(sealed, words))
        row.save(force_insert=True)
        made[model] = row
    return made


def _value(field: Any, made: dict[type[models.Model], models.Model], words: str) -> Any:
    if field.primary_key or field.name in ("practice", "created_at") or isinstance(field, models.BinaryField):
        return None
    if isinstance(field, models.ForeignKey):
        return made.get(field.related_model)
    if field.name in _ENUMERATED:
        return _ENUMERATED[field.name]
    if field.choices:
        return field.choices[0][0]
    if field.unique and isinstance(field, models.CharField):
        return uuid.uuid4().hex[: field.max_length]
    if isinstance(field, models.DateTimeField):
        return dt.datetime.now(dt.UTC)
    if isinstance(field, models.DateField):
        return dt.date(2026, 8, 3)
    if isinstance(field, models.CharField | models.TextField) and not field.blank:
        return words[: field.max_length or None]
    if isinstance(field, models.JSONField):
        return None if field.has_default() else {"words": words}
    if isinstance(field, models.IntegerField):
        return 1
    return None


def _sealed(sealed: Sealed, words: str) -> Any:
    return {"bytes": words.encode(), "json": {"name": words, "start": 0, "end": 4, "text": words}}.get(
        sealed._codec, words
    )


def own_values(practice: Practice) -> Callable[[str, str], str]:
    """What fills a hole, by its name and kind: the id of a row of the practice where the hole is one's."""
    held = {model.__name__: [str(row.pk) for row in model.of(practice)[:1]] for model in owned_models()}
    held["Member"] = [str(Member.objects.filter(practice=practice).values_list("pk", flat=True).first())]
    held = {name: ids for name, ids in held.items() if ids}
    return lambda name, kind: {"int": "0"}.get(kind) or _pool(name, kind, held)[0]


def snapshot(practice: Practice) -> list[tuple[str, Any]]:
    """Every row of the practice as it is stored."""
    kinds: list[tuple[str, Any]] = [("member", Member.objects.filter(practice=practice))]
    kinds += [(model.__name__, model.of(practice)) for model in owned_models()]
    return [(name, sorted(map(str, rows.values_list()))) for name, rows in kinds]


def fillings(address: Address, foreign: dict[str, list[str]], mine: str) -> Iterator[dict[str, str]]:
    """Values for the holes of which at least one is another practice's: all of them, or the last under an own case."""
    names = list(address.holes)
    pools = [_pool(name, address.holes[name], foreign) for name in names]
    for last in pools[-1]:
        for first in itertools.islice(itertools.product(*(pool[:1] for pool in pools[:-1])), 1):
            yield dict(zip(names, (*first, last), strict=True))
        if len(names) > 1:
            yield dict(zip(names, (*([mine] * (len(names) - 1)), last), strict=True))


def _pool(name: str, kind: str, foreign: dict[str, list[str]]) -> list[str]:
    if kind != "uuid":
        return foreign.get(kind, [sample(kind)])
    wanted = name.removesuffix("_id").replace("_", "")
    exact = [ids for model, ids in foreign.items() if model.lower().endswith(wanted) and model not in ("int", "str")]
    return exact[0] if exact else [one for model, ids in foreign.items() if model not in ("int", "str") for one in ids]
