"""Small words for templates."""

from __future__ import annotations

from collections.abc import Sized

from django import template

register = template.Library()


@register.filter
def plain_word(word: object) -> str:
    """A word of a closed list as people write it: "medicare_advantage" is "medicare advantage"."""
    return str(word or "").replace("_", " ")


@register.filter
def plus(number: int, more: Sized) -> int:
    """A number and how many things there are besides."""
    return number + len(more)
