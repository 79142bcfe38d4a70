"""praxigen serve: the practice's workspace and the public pages, on this machine."""

from __future__ import annotations

import gc
from pathlib import Path

import click

from praxigen.errors import UsageError

_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_PATH = click.Path(path_type=Path)


@click.command("serve")
@click.option("--data", type=_PATH, metavar="DIR", help="Where data are kept. Else the system's folder for programs.")
@click.option(
    "--key-file", type=_PATH, metavar="FILE", help="The master key, never inside DIR. Made at the first start."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, help="The port; 0 takes a free one.")
@click.option("--name", "names", multiple=True, metavar="HOST", help="The name under which people reach it.")
@click.option("--proxied", is_flag=True, help="A proxy in front speaks TLS and sets X-Forwarded-Proto.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processes.")
@click.option("--threads", default=4, show_default=True, type=click.IntRange(1, 64), help="Threads of each process.")
@click.option("--no-serve", is_flag=True, help="Make everything ready, then stop.")
def serve(
    data: Path | None,
    key_file: Path | None,
    host: str,
    port: int,
    names: tuple[str, ...],
    *,
    proxied: bool,
    workers: int,
    threads: int,
    no_serve: bool,
) -> int:
    """Serve the workspace of a practice and the public pages.

    Starts from nothing: the first time it makes a data folder and a master key, and prints a link with which the
    owner of the practice sets it up. Nothing is ever sent to a payer, and the server opens no connection of its own.
    Without TLS it listens on this machine only; for others put a proxy with TLS in front (docs/serving.md).

    \b
    Examples:
      praxigen serve
      praxigen serve --data /srv/praxigen --key-file /etc/praxigen/master.key --proxied --name desk.example.org
    """
    _refuse_plain_text(host, names, proxied=proxied)
    from praxigen.web.serving.places import Places, default_places
    from praxigen.web.serving.prepare import bring_up_to_date, make_places, set_environment, start_django

    usual = default_places()
    places = Places((data or usual.data).absolute(), (key_file or usual.key_file).absolute())
    hosts = (*names, "localhost", "127.0.0.1", "[::1]")
    set_environment(places, hosts=hosts, origins=[f"https://{name}" for name in names], proxied=proxied)
    make_places(places, click.echo)
    start_django()
    bring_up_to_date(click.echo)
    if no_serve:
        click.echo(f"The workspace in {places.data} is ready.")
        return 0
    run_server(places.data, host, port, workers, threads)
    return 0


def run_server(data: Path, host: str, port: int, workers: int, threads: int) -> None:
    """Serve until stopped, with the background process beside."""
    from praxigen.web.serving.background import start_background
    from praxigen.web.serving.server import Server, Workspace

    gc.enable()
    background = start_background()
    try:
        Workspace(Server(host, port, workers, threads, data)).run()
    finally:
        background.terminate()
        background.wait(timeout=30)


def _refuse_plain_text(host: str, names: tuple[str, ...], *, proxied: bool) -> None:
    if host not in _LOOPBACK and not proxied:
        raise UsageError(
            f"{host} can be reached by others, and nothing would encrypt what they see",
            "Listen on 127.0.0.1, or put a proxy with TLS in front and give --proxied and --name.",
        )
    if proxied and not names:
        raise UsageError("--proxied needs the name under which people come", "Give --name desk.example.org.")
