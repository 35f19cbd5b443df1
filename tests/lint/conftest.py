"""One gazetteer for all tests of the linter."""

from collections.abc import Iterator

import pytest

from signpost.dataset.gazetteer import Gazetteer
from signpost.dataset.snapshot import data_folder, open_gazetteer


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gazetteer]:
    found = open_gazetteer(data_folder(), tmp_path_factory.mktemp("places-cache"), ())
    yield found
    found.close()
