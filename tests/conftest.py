"""What many tests share: the command line called in-process, and outputs kept as files."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from signpost.cli import main

GOLDEN = Path(__file__).parent / "golden"


class Result(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Result]
Golden = Callable[[str, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write the outputs kept in tests/golden anew"
    )


@pytest.fixture(scope="session")
def isolated_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home and a cache of the tests' own for the whole session: one snapshot is built in it."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        patch.setenv("XDG_CACHE_HOME", str(home / "cache"))
        for name in [*os.environ]:
            if name.startswith("SIGNPOST_"):
                patch.delenv(name)
        yield home


@pytest.fixture
def run(
    isolated_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Call `signpost.cli.main` in this process: `run("now", "--near", "Buxton", columns=40)`."""

    def call(*argv: str, columns: int = 80) -> Result:
        monkeypatch.setenv("COLUMNS", str(columns))
        capsys.readouterr()
        code = main(argv)
        out, err = capsys.readouterr()
        return Result(code, out, err)

    return call


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare a text with the file of that name in tests/golden, or write it (--update-golden)."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.write_text(text, encoding="utf-8")
        assert path.is_file(), f"no golden file {name}; run with --update-golden and read it"
        assert text == path.read_text(encoding="utf-8")

    return compare
