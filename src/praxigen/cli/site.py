"""praxigen site build: the public pages as files for any web server."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from praxigen.cli.group import Commands
from praxigen.cli.options import library_option, open_library


@click.command("build")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--base-url", default="", metavar="URL", help="Where the site will stand: for canonical links and sitemap.xml."
)
@library_option
def build(folder: Path, base_url: str, folders: tuple[Path, ...]) -> None:
    """Write the whole public site as static files into DIR, for any web server.

    The same library gives the same bytes. DIR must be new, empty, or hold a site that praxigen built: that is
    replaced as a whole. Links are relative, so the site may stand in any folder of a server.

    \b
    Examples:
      praxigen site build public
      praxigen site build public --base-url https://policies.example.org/
    """
    from praxigen.site import build_site

    bar = _Steps()
    made = build_site(open_library(folders), folder, base_url, bar.step)
    bar.end()
    click.echo(f"{folder}: {made.pages:,} pages in {made.files:,} files.")
    click.echo(f"The largest page is {made.largest} with {made.largest_bytes:,} bytes.")
    if not base_url:
        click.echo("Without --base-url there are no canonical links and no sitemap.xml.")


class _Steps:
    """Says on standard error what is being made: one line that counts on a terminal, one line a step elsewhere."""

    def __init__(self) -> None:
        self._last = ""
        self._live = sys.stderr.isatty()

    def step(self, what: str, done: int, total: int) -> None:
        """Say how far it is."""
        if self._live:
            new = "\n" if self._last and what != self._last else ""
            click.echo(f"{new}\r  {what}: {done:,} of {total:,}", nl=False, err=True)
        elif what != self._last:
            click.echo(f"  {what}: {total:,}", err=True)
        self._last = what

    def end(self) -> None:
        """Leave the line that counted."""
        if self._live and self._last:
            click.echo(err=True)


@click.group("site", cls=Commands, commands_at={"build": "praxigen.cli.site:build"})
def site() -> None:
    """Make the public pages of the library."""
