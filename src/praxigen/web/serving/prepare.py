"""Brings data folder, key, tables, styles and public pages to where this version needs them."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from praxigen.errors import UsageError
from praxigen.library import Library
from praxigen.version import __version__
from praxigen.web.conf import DATABASE_FILE
from praxigen.web.serving.places import Places

Say = Callable[[str], None]
_SETTINGS = "praxigen.web.settings"
_BUILT = ".built-from"
_WORKSPACE = "practice/"  # where urls.py puts it, as seen from the first public page


def set_environment(
    places: Places,
    *,
    hosts: Sequence[str] = (),
    origins: Sequence[str] = (),
    proxied: bool = False,
    demonstration: str = "",
) -> None:
    """Tell the settings where everything is. `demonstration` is the token that lets people into one, "" elsewhere."""
    told = {
        "PRAXIGEN_DATA": str(places.data),
        "PRAXIGEN_KEY_FILE": str(places.key_file),
        "PRAXIGEN_PROXIED": "1" if proxied else "",
        "PRAXIGEN_DEMONSTRATION": "1" if demonstration else "",
        "PRAXIGEN_DEMONSTRATION_TOKEN": demonstration,
    }
    if hosts:
        told["PRAXIGEN_HOSTS"] = ",".join(hosts)
    if origins:
        told["PRAXIGEN_ORIGINS"] = ",".join(origins)
    os.environ.update({name: value for name, value in told.items() if value})
    os.environ["DJANGO_SETTINGS_MODULE"] = _SETTINGS


def make_places(places: Places, say: Say) -> None:
    """Make the data folder and, for the first start only, the key. Raises UsageError where a key is missing for data
    that are there: they could not be opened."""
    from praxigen.web.crypto.keyring import make_key_file

    os.umask(0o077)  # whatever this process writes is its owner's alone
    places.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    places.data.chmod(0o700)
    if places.key_file.exists():
        return
    if (places.data / DATABASE_FILE).exists():
        raise UsageError(
            f"{places.key_file} is missing, and without it the data in {places.data} cannot be opened",
            "Put the copy of the key file back, or name it with --key-file.",
        )
    make_key_file(places.key_file)
    say(f"A master key was made: {places.key_file}. Keep a copy elsewhere; without it the data are lost.")


def start_django() -> None:
    """Load Django with the environment as it is."""
    import django

    django.setup()


def bring_up_to_date(say: Say) -> None:
    """Tables, shared cache, styles and public pages, each only where something changed."""
    from django.conf import settings
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("clearsessions", verbosity=0)
    _collect_styles(settings)
    build_public_site(settings.PUBLIC_SITE, say)


def refuse_mixing() -> None:
    """Raise UsageError where a demonstration would be served from a practice's data, or the other way round."""
    from django.conf import settings

    from praxigen.web.accounts.models import Practice

    if Practice.objects.filter(demonstration=not settings.DEMONSTRATION).exists():
        held = "a practice's own data" if settings.DEMONSTRATION else "a demonstration"
        raise UsageError(f"the data folder holds {held}", "Give another folder with --data.")


def _collect_styles(settings: Any) -> None:
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False, clear=settings.STATIC_ROOT.exists())


def build_public_site(folder: Path, say: Say) -> None:
    """The public pages, made anew where library, version or the way to the workspace are others than last time."""
    from praxigen.site import build_site

    library = Library.open()
    wanted = hashlib.sha256(f"{__version__}/{library_fingerprint(library)}/{_WORKSPACE}".encode()).hexdigest()
    mark = folder.parent / f"{folder.name}{_BUILT}"
    if folder.is_dir() and mark.is_file() and mark.read_text(encoding="ascii") == wanted:
        return
    say("Making the public pages of the library (about ten seconds, once for each library).")
    try:
        build_site(library, folder, workspace=_WORKSPACE)
    except UsageError:  # left by a version that marked its folder in another way
        shutil.rmtree(folder)
        build_site(library, folder, workspace=_WORKSPACE)
    mark.write_text(wanted, encoding="ascii")


def library_fingerprint(library: Library) -> str:
    """A hash over every file of the library."""
    digest = hashlib.sha256()
    for file in library.index:
        digest.update(f"{file.name} {hashlib.sha256(file.path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()
