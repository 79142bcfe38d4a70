"""Phrases with alternatives, written out: "(low |)back pain" is "low back pain" and "back pain"."""

from __future__ import annotations

MOST_FORMS = 4000


def expand(phrase: str) -> list[str]:
    """Every phrase that `phrase` stands for; groups may nest. ValueError says what is wrong."""
    forms, at = _sequence(phrase, 0)
    if at != len(phrase):
        raise ValueError("a closing bracket or a bar stands outside brackets")
    return list(dict.fromkeys(" ".join(form.split()) for form in forms))


def _sequence(phrase: str, at: int) -> tuple[list[str], int]:
    forms = [""]
    while at < len(phrase) and phrase[at] not in "|)":
        if phrase[at] == "(":
            choices, at = _group(phrase, at + 1)
        else:
            stop = next((i for i in range(at, len(phrase)) if phrase[i] in "(|)"), len(phrase))
            choices, at = [phrase[at:stop]], stop
        if len(forms) * len(choices) > MOST_FORMS:
            raise ValueError(f"it stands for more than {MOST_FORMS} phrases; compose it from parts instead")
        forms = [form + choice for form in forms for choice in choices]
    return forms, at


def _group(phrase: str, at: int) -> tuple[list[str], int]:
    choices: list[str] = []
    while True:
        more, at = _sequence(phrase, at)
        choices.extend(more)
        if at >= len(phrase):
            raise ValueError("a bracket is not closed")
        at += 1
        if phrase[at - 1] == ")":
            return choices, at
