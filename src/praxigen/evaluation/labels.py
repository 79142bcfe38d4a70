"""Reads labelled notes, refusing whatever is not exactly right: a slip in a label would count as a wrong answer."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from praxigen.datafiles.near import did_you_mean
from praxigen.errors import InputError

ANSWERS = ("met", "not_met", "not_documented")

_ANSWER = 'Write for example: {"accept": ["met"], "quotes": ["words of the note"]}.'
_QUOTES = 'Write: "quotes": ["words of the note"], or [] where there are none.'


@dataclass(frozen=True, slots=True)
class Label:
    """One labelled answer: of which note and question, which answers count as right, and the quotes that carry them.

    `place` is its file and line, for messages.
    """

    place: str
    note: str
    question: str
    accept: tuple[str, ...]
    quotes: tuple[str, ...] = ()


def read_notes(path: Path) -> dict[str, str]:
    """The text of every note by its id. Raises InputError where the file is not as it must be."""
    texts: dict[str, str] = {}
    for note, place, line in _named(path, ("id", "text"), "Give every note an id of its own."):
        if not isinstance(line["text"], str):
            _refuse(place, f"'text' must be a text, not {_kind(line['text'])}", "Write the note as one text.")
        texts[note] = line["text"]
    return texts


def read_labels(path: Path) -> list[Label]:
    """Every labelled answer, in the order of the file. Raises InputError where the file is not as it must be."""
    labels: list[Label] = []
    for note, place, line in _named(path, ("id", "answers"), "Put all answers of a note into one line."):
        answers = line["answers"]
        if not isinstance(answers, dict):
            _refuse(place, f"'answers' must be an object, not {_kind(answers)}", f"Give each question one. {_ANSWER}")
        labels.extend(_label(place, note, question, answer) for question, answer in answers.items())
    if not labels:
        raise InputError(f"{path.name}: holds no labelled answer", "Each line needs: id, answers.")
    return labels


def _label(place: str, note: str, question: str, answer: Any) -> Label:
    what = f"the label of {question!r}"
    if not isinstance(answer, dict):
        _refuse(place, f"{what} must be an object, not {_kind(answer)}", _ANSWER)
    if "accept" not in answer:
        _refuse(place, f"{what} has no 'accept'", _ANSWER)
    accept = answer["accept"]
    if not isinstance(accept, list):
        _refuse(place, f"'accept' of {question!r} must be a list, not {_kind(accept)}", _ANSWER)
    if not accept:
        _refuse(place, f"'accept' of {question!r} is empty", f"Write one or more of: {', '.join(ANSWERS)}.")
    for word in accept:
        if word not in ANSWERS:
            near = did_you_mean(word, ANSWERS) if isinstance(word, str) else ""
            hint = f"{near} Write one or more of: {', '.join(ANSWERS)}.".strip()
            shown = repr(word) if isinstance(word, str) else _kind(word)
            _refuse(place, f"'accept' of {question!r} cannot hold {shown}", hint)
    quotes = answer.get("quotes", [])
    if not isinstance(quotes, list):
        _refuse(place, f"'quotes' of {question!r} must be a list, not {_kind(quotes)}", _QUOTES)
    for quote in quotes:
        if not isinstance(quote, str) or not quote:
            kind = "an empty text" if quote == "" else _kind(quote)
            _refuse(place, f"'quotes' of {question!r} cannot hold {kind}", _QUOTES)
    return Label(place, note, question, tuple(accept), tuple(quotes))


def _named(path: Path, needed: tuple[str, ...], once: str) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """The id, place and content of every line; no id comes twice."""
    first: dict[str, int] = {}
    for number, line in _lines(path, needed):
        place, note = f"{path.name}:{number}", line["id"]
        if isinstance(note, bool) or not isinstance(note, str | int) or note == "":
            kind = "an empty text" if note == "" else _kind(note)
            _refuse(place, f"'id' must be a text, not {kind}", "Write the id of the note.")
        if str(note) in first:
            _refuse(place, f"the id {str(note)!r} stands twice, first on line {first[str(note)]}", once)
        first[str(note)] = number
        yield str(note), place, line


def _lines(path: Path, needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})", "Name a file of JSON lines.") from None
    except UnicodeDecodeError:
        raise InputError(f"{path}: is not UTF-8 text", "Save it as UTF-8.") from None
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        place = f"{path.name}:{number}"
        try:
            value = json.loads(line, object_pairs_hook=_each_key_once)
        except _TwiceError as twice:
            _refuse(place, f"the key {twice.key!r} stands twice in one object", "Keep one of them.")
        except (ValueError, RecursionError):
            _refuse(place, "is not a line of JSON", "Each line is one JSON object.")
        missing = [key for key in needed if not isinstance(value, dict) or key not in value]
        if missing:
            _refuse(place, f"has no {missing[0]!r}", f"Each line needs: {', '.join(needed)}.")
        yield number, value


class _TwiceError(ValueError):
    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    # JSON keeps the last of two, and a question labelled twice would silently lose its first label.
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _TwiceError(key)
        found[key] = value
    return found


def _refuse(place: str, what: str, hint: str) -> NoReturn:
    raise InputError(f"{place}: {what}", hint) from None


def _kind(value: object) -> str:
    if value is None:
        return "null"
    kinds: tuple[tuple[type, str], ...] = (
        (bool, "true or false"),
        (int, "a number"),
        (float, "a number"),
        (str, "a text"),
        (list, "a list"),
    )
    return next((name for kind, name in kinds if isinstance(value, kind)), "an object")
