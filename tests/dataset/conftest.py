"""One gazetteer for all tests of the data folder: compiling it takes a second."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from signpost.dataset.gazetteer import Gazetteer
from signpost.dataset.snapshot import data_folder, open_gazetteer


@pytest.fixture(scope="session")
def places_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("places-cache")


@pytest.fixture(scope="session")
def places(places_cache: Path) -> Iterator[Gazetteer]:
    found = open_gazetteer(data_folder(), places_cache, ())
    yield found
    found.close()
