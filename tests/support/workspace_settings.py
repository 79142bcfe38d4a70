"""The settings of the workspace for tests: its own data folder and key for each process, and a quick hash."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_FOLDER = Path(tempfile.mkdtemp(prefix="praxigen-tests-"))
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
os.environ["PRAXIGEN_DATA"] = str(_FOLDER / "data")
os.environ["PRAXIGEN_KEY_FILE"] = str(_FOLDER / "keys" / "master.key")
os.environ["PRAXIGEN_DATABASE"] = os.environ.get("PRAXIGEN_TEST_DATABASE", "")
# Tests ask faster than people; tests/web/test_pace.py looks at the usual figures.
os.environ["PRAXIGEN_PAGES_A_MINUTE"] = os.environ["PRAXIGEN_COSTLY_A_MINUTE"] = "1000000"
for _name in ("public", "static"):
    (_FOLDER / "data" / _name).mkdir(parents=True)

from praxigen.web.crypto.keyring import make_key_file  # noqa: E402  the environment comes first

make_key_file(Path(os.environ["PRAXIGEN_KEY_FILE"]))

from praxigen.web.settings import *  # noqa: E402, F403

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
if not os.environ["PRAXIGEN_DATABASE"]:
    # In memory, which pytest-django knows of Django's own engine only: it writes a suffix of each process behind it.
    DATABASES["default"]["TEST"] = {"NAME": "file:praxigen?mode=memory&cache=shared&of="}  # noqa: F405
# Argon2 takes a fifth of a second a password by design; tests/web/test_passwords.py looks at the real setting.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
