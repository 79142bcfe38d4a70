"""Ids of the library in its words."""

from __future__ import annotations

from django import template

from praxigen.web.cases.headers import procedure_name

register = template.Library()


@register.filter
def procedure_word(name: str) -> str:
    """A procedure as the library calls it."""
    return procedure_name(name)
