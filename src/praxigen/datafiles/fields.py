"""Walking a map of known keys: each value comes out in its type, each fault goes into the collector with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from datetime import date
from enum import StrEnum
from typing import TypeVar

from praxigen.datafiles.faults import Faults, Place
from praxigen.datafiles.limits import LimitError, read_bound, read_date, read_span, read_time_bound
from praxigen.datafiles.near import did_you_mean
from praxigen.datafiles.nodes import ListNode, MapNode, Node, TextNode, describe
from praxigen.model.amount import Span
from praxigen.model.criterion import Bound, TimeBound

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DOTTED_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+")


class Fields:
    """One map of a data file with the keys that it must and may have.

    Unknown and missing keys are noted at once. After a fault every accessor returns a harmless stand-in, so that the
    rest of the file can still be examined; `Faults.raise_any` then keeps the half-read result from being used.
    """

    def __init__(
        self, node: Node | None, faults: Faults, what: str, required: Iterable[str] = (), optional: Iterable[str] = ()
    ) -> None:
        self.faults = faults
        self.what = what
        required = tuple(required)
        known = (*required, *optional)
        if isinstance(node, MapNode):
            self.map = node
            self._check_keys(required, known)
        else:
            self.map = MapNode((), node.line if node else 1, node.column if node else 1)
            if node is not None:
                faults.add(node, f"{what} must be a map, not {describe(node)}", f"Write: {_listed(known)}.")

    def _check_keys(self, required: Collection[str], known: Collection[str]) -> None:
        present = {key.text for key, _ in self.map.entries}
        for key, _ in self.map.entries:
            if key.text not in known:
                hint = did_you_mean(key.text, [name for name in known if name not in present])
                hint = hint or f"{self.what.capitalize()} may have: {_listed(known)}."
                self.faults.add(key, f"{self.what} has no key {key.text!r}", hint, code="unknown-key")
        for name in required:
            if name not in present:
                self.faults.add(self.map, f"{self.what} needs {name!r}", f"Write: '{name}: ...'.", code="missing-key")

    @property
    def line(self) -> int:
        """The line where the map begins."""
        return self.map.line

    @property
    def column(self) -> int:
        """The column where the map begins."""
        return self.map.column

    def has(self, key: str) -> bool:
        """Whether the key is written, with whatever value."""
        return self.map.get(key) is not None

    def node(self, key: str) -> Node | None:
        """The raw value."""
        return self.map.get(key)

    def place(self, key: str) -> Place:
        """Where the key's value stands; the map's own place where the key is missing."""
        return self.map.get(key) or self.map

    def text(self, key: str, default: str = "") -> str:
        """A text that is not empty; `default` where the key is missing."""
        node = self.map.get(key)
        return default if node is None else self._text_of(node, repr(key))

    def name(self, key: str) -> str:
        """An id in kebab-case, such as `failed-conservative-care`."""
        node = self.map.get(key)
        return "" if node is None else self.check_name(node, repr(key))

    def dotted_name(self, key: str) -> str:
        """An id of two parts, such as `evicore.cmm-211`."""
        text = self.text(key)
        if text and not _DOTTED_NAME.fullmatch(text):
            hint = "Write lower-case letters, digits, '-' and one '.', for example evicore.cmm-211."
            self.faults.add(self.place(key), f"{text!r} is not an id of two parts", hint, code="name")
        return text

    def check_name(self, node: Node, what: str) -> str:
        """The node's text, which must be in kebab-case."""
        text = self._text_of(node, what)
        if text and not _NAME.fullmatch(text):
            hint = "Write lower-case letters and digits, joined by '-'."
            self.faults.add(node, f"{text!r} is not an id", hint, code="name")
        return text

    def verbatim(self, key: str) -> str:
        """A text exactly as written, with its outer white space, for text in which offsets count."""
        node = self.map.get(key)
        return node.text if self.text(key) and isinstance(node, TextNode) else ""

    def known(self, key: str) -> str | None:
        """A text, or None where it is missing or written as `unknown`."""
        text = self.text(key)
        return None if text in {"", "unknown"} else text

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty where the key is missing."""
        return tuple(node.text for node in self.text_nodes(key))

    def text_nodes(self, key: str) -> tuple[TextNode, ...]:
        """A list of texts with their places, each only once."""
        kept: dict[str, TextNode] = {}
        for node in self.items(key):
            text = self._text_of(node, f"each item of {key!r}")
            if text in kept:
                self.faults.add(node, f"{text!r} stands twice in {key!r}", "Keep one of them.", code="repeated")
            elif text:
                kept[text] = TextNode(text, node.line, node.column)
        return tuple(kept.values())

    def choice(self, key: str, kind: type[E], default: E) -> E:
        """One member of an enumeration; `default` where the key is missing."""
        node = self.map.get(key)
        if node is None:
            return default
        word = self.word(key, [member.value for member in kind])
        return kind(word) if word else default

    def word(self, key: str, words: Collection[str], default: str = "") -> str:
        """One of a closed list of words; `default` where the key is missing or the word is not one of them."""
        node = self.map.get(key)
        if node is None:
            return default
        return self.check_word(node, repr(key), words) or default

    def words(self, key: str, words: Collection[str]) -> tuple[str, ...]:
        """A list of words from a closed list."""
        return tuple(word for node in self.text_nodes(key) if (word := self.check_word(node, repr(key), words)))

    def check_word(self, node: Node, what: str, words: Collection[str]) -> str:
        """The node's text if it is one of `words`; otherwise a fault, and nothing."""
        text = self._text_of(node, what)
        if text and text not in words:
            hint = f"{did_you_mean(text, words)} Write one of: {_listed(words)}.".strip()
            self.faults.add(node, f"{what} cannot be {text!r}", hint, code="unknown-word")
            return ""
        return text

    def flag(self, key: str, default: bool) -> bool:
        """`yes` or `no`."""
        word = self.word(key, ("yes", "no"), "yes" if default else "no")
        return word == "yes"

    def known_day(self, key: str) -> date | None:
        """A day, or None where it is missing or `unknown`."""
        text = self.known(key)
        return None if text is None else self._limit(key, text, read_date)

    def day(self, key: str) -> date:
        """A day that must be known."""
        if self.has(key) and self.text(key) == "unknown":
            self.faults.add(self.place(key), f"{key!r} must be known here", 'Write a date such as "2026-08-03".')
        return self.known_day(key) or date.min

    def span(self, key: str) -> Span | None:
        """A length of time such as `6 months`."""
        text = self.text(key)
        return self._limit(key, text, read_span) if text else None

    def bound(self, key: str) -> Bound | None:
        """A limit on a measured value such as `>= 50 %`."""
        text = self.text(key)
        return self._limit(key, text, read_bound) if text else None

    def time_bound(self, key: str) -> TimeBound | None:
        """A limit on a length of time such as `>= 6 months`."""
        text = self.text(key)
        return self._limit(key, text, read_time_bound) if text else None

    def items(self, key: str) -> tuple[Node, ...]:
        """The items of a list; empty where the key is missing."""
        node = self.map.get(key)
        if node is None:
            return ()
        if isinstance(node, ListNode):
            return node.items
        self.faults.add(node, f"{key!r} must be a list, not {describe(node)}", f"Write: '{key}: [...]'.")
        return ()

    def entries(self, key: str) -> tuple[tuple[TextNode, Node], ...]:
        """The entries of a map whose keys are free; empty where the key is missing."""
        node = self.map.get(key)
        if node is None:
            return ()
        if isinstance(node, MapNode):
            return node.entries
        self.faults.add(node, f"{key!r} must be a map, not {describe(node)}", f"Write: '{key}: {{name: ...}}'.")
        return ()

    def lists(self, key: str, words: Collection[str] | None = None) -> dict[str, tuple[str, ...]]:
        """A map of free keys to lists of texts, or of words from a closed list."""
        entries = self.entries(key)
        place = self.place(key)
        names = [name.text for name, _ in entries]
        inner = Fields(MapNode(entries, place.line, place.column), self.faults, repr(key), optional=names)
        return {name: inner.texts(name) if words is None else inner.words(name, words) for name in names}

    def need(self, key: str) -> None:
        """Note a fault where a key is missing that other values of this map make necessary."""
        if not self.has(key):
            self.faults.add(self.map, f"{self.what} needs {key!r} here", f"Write: '{key}: ...'.", code="missing-key")

    def _text_of(self, node: Node, what: str) -> str:
        if isinstance(node, TextNode) and node.text.strip():
            return node.text.strip()
        self.faults.add(node, f"{what} must be a text, not {describe(node)}", "Write a word or sentence.")
        return ""

    def _limit(self, key: str, text: str, read: Callable[[str], T]) -> T | None:
        try:
            return read(text)
        except LimitError as problem:
            self.faults.add(self.place(key), f"{key!r} {problem.message}", problem.hint, code="limit")
            return None


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)
