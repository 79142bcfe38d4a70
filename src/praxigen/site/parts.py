"""Divides a page that is too large: its longest section goes to pages of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from praxigen.site.blocks import Block, Heading, Item, Items, Link, Page, Section, text


def divided(page: Page, fits: Callable[[Page], bool]) -> Iterator[Page]:
    """The page, or where it is too large the page with links to its longest section, in as many parts as are needed."""
    longest = max(page.sections, key=lambda section: len(section.blocks), default=None)
    if fits(page) or longest is None or len(longest.blocks) == 1:
        yield page
        return
    parts = tuple(_parts(page, longest, longest.blocks, fits))
    links = Items(tuple(Item(text(Link(part.title, part.path)), _about(part)) for part in parts))
    sections = tuple(replace(each, blocks=(links,)) if each is longest else each for each in page.sections)
    yield from divided(replace(page, sections=sections), fits)
    yield from parts


def _parts(
    page: Page, section: Section, blocks: tuple[Block, ...], fits: Callable[[Page], bool], name: str = ""
) -> Iterator[Page]:
    part = replace(
        page,
        path=f"{page.path}{section.id}{name}/",
        title=f"{page.title}: {section.title}{name.replace('-', ', part ', 1)}",
        sections=(replace(section, blocks=blocks), page.sections[-1]),
        crumbs=(*page.crumbs, Link(page.title, page.path)),
        searchable=False,
    )
    heads = [number for number, block in enumerate(blocks) if isinstance(block, Heading) and number]
    if fits(part) or not heads:
        yield part
        return
    middle = heads[len(heads) // 2]
    yield from _parts(page, section, blocks[:middle], fits, f"{name or '-'}1")
    yield from _parts(page, section, blocks[middle:], fits, f"{name or '-'}2")


def _about(part: Page) -> tuple[tuple[str], ...]:
    named = [block.text for block in part.sections[0].blocks if isinstance(block, Heading)]
    return ((", ".join(named),),) if named else ()
