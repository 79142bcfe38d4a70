"""Hears which parameters a view asks for, while it answers: no list of names has to be kept."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict


class _Plain(dict[str, Any]):
    """What `QueryDict.dict` gives out, listening too."""

    heard: set[str]

    def __getitem__(self, name: str) -> Any:
        self.heard.add(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self.heard.add(str(name))
        return super().__contains__(name)

    def get(self, name: str, default: Any = None) -> Any:
        self.heard.add(name)
        return super().get(name, default)


def listen(patch: pytest.MonkeyPatch) -> None:
    """From now on each QueryDict keeps the names that it was asked for: see `heard`."""

    def asked(method: str) -> Any:
        original = getattr(MultiValueDict, method)

        def ask(self: QueryDict, name: Any, *rest: Any, **more: Any) -> Any:
            self.__dict__.setdefault("heard", set()).add(name)
            return original(self, name, *rest, **more)

        return ask

    def plain(self: QueryDict) -> _Plain:
        given = _Plain((name, self[name]) for name in list(self))
        given.heard = self.__dict__.setdefault("heard", set())
        return given

    for method in ("get", "getlist", "__getitem__", "__contains__"):
        patch.setattr(QueryDict, method, asked(method), raising=False)
    patch.setattr(QueryDict, "dict", plain)


def heard(given: QueryDict) -> set[str]:
    """The names that were asked for."""
    return {name for name in given.__dict__.get("heard", ()) if isinstance(name, str) and name != "csrfmiddlewaretoken"}
