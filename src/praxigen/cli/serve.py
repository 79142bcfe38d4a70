"""praxigen serve: the practice's workspace and the public pages, on this machine."""

from __future__ import annotations

import secrets
from pathlib import Path

import click

from praxigen.errors import UsageError

_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_PATH = click.Path(path_type=Path)


@click.command("serve")
@click.option("--data", type=_PATH, metavar="DIR", help="Where data are kept. Else the system's folder for programs.")
@click.option("--key-file", type=_PATH, metavar="FILE", help="The master key, never in DIR. Made at the first start.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, help="The port; 0 takes a free one.")
@click.option("--name", "names", multiple=True, metavar="HOST", help="The name under which people reach it.")
@click.option("--proxied", is_flag=True, help="A proxy in front speaks TLS and sets X-Forwarded-Proto.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processes.")
@click.option("--threads", default=4, show_default=True, type=click.IntRange(1, 64), help="Threads of each process.")
@click.option("--demo", is_flag=True, help="A practice of invented patients, to try it with.")
@click.option("--background", is_flag=True, help="Return once it answers, and go on in the background.")
@click.option("--stop", is_flag=True, help="Stop the one that --background started.")
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
    demo: bool,
    background: bool,
    stop: bool,
    no_serve: bool,
) -> int:
    """Serve the workspace of a practice and the public pages.

    Starts from nothing: the first time it makes a data folder and a master key, and prints a link with which the
    owner sets the practice up. Nothing is ever sent to a payer. Without TLS it listens on this machine only; for
    others put a proxy with TLS in front (docs/serving.md).

    \b
    Examples:
      praxigen serve
      praxigen serve --demo
      praxigen serve --data /srv/praxigen --key-file /etc/praxigen/master.key --proxied --name desk.example.org
    """
    _refuse_plain_text(host, names, proxied=proxied)
    from praxigen.web.serving import detached
    from praxigen.web.serving.places import Places, default_places
    from praxigen.web.serving.prepare import (
        bring_up_to_date,
        make_places,
        refuse_mixing,
        set_environment,
        start_django,
    )

    usual = default_places(demonstration=demo)
    places = Places((data or usual.data).absolute(), (key_file or usual.key_file).absolute())
    if stop:
        click.echo(detached.stop(places.data))
        return 0
    hosts = (*names, "localhost", "127.0.0.1", "[::1]")
    token = secrets.token_urlsafe(32) if demo else ""
    origins = [f"https://{name}" for name in names]
    set_environment(places, hosts=hosts, origins=origins, proxied=proxied, demonstration=token)
    make_places(places, click.echo)
    start_django()
    bring_up_to_date(click.echo)
    refuse_mixing()
    first = _demonstration(token) if demo else _set_up()
    if no_serve:
        click.echo(f"The workspace in {places.data} is ready.")
        return 0
    from praxigen.web.serving.server import Server

    server = Server(host, port, workers, threads, places.data, first)
    if background:
        detached.start(server, click.echo)
    else:
        detached.refuse_second(places.data)
        detached.serve_here(server)
    return 0


def _demonstration(token: str) -> tuple[tuple[str, str], ...]:
    from praxigen.web.demonstration.cases import make_demonstration

    make_demonstration(click.echo)
    return (("The demonstration is open. This link signs you in until it is stopped:", f"/demonstration/{token}/"),)


def _set_up() -> tuple[tuple[str, str], ...]:
    from praxigen.web.accounts.links import set_up_path

    path = set_up_path()
    if path:
        return (("Nobody has set the practice up. This link does, once, within a day:", path),)
    return (("The workspace is open:", "/practice/"),)


def _refuse_plain_text(host: str, names: tuple[str, ...], *, proxied: bool) -> None:
    if host not in _LOOPBACK and not proxied:
        raise UsageError(
            f"{host} can be reached by others, and nothing would encrypt what they see",
            "Listen on 127.0.0.1, or put a proxy with TLS in front and give --proxied and --name.",
        )
    if proxied and not names:
        raise UsageError("--proxied needs the name under which people come", "Give --name desk.example.org.")
