"""What every test needs: a cache folder of its own, so that no index of a test stays on the machine, and no clock."""

from pathlib import Path

import pytest
from hypothesis import settings

# A slow machine is no fault: what takes long is found in benchmarks/, never by a test.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture(autouse=True, scope="session")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
            patch.setenv(name, str(folder))
        yield folder  # type: ignore[misc]
