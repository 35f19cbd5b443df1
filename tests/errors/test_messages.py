"""Every message about a bad file, word for word: one tiny file, one expected text.

`services/a-tab.yaml` is read, and what is said of it is `services/a-tab.txt`. A message says
the place, the fact and the remedy; read the texts aloud before changing them.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from signpost.dataset.gazetteer import Gazetteer
from signpost.dataset.load import load_file
from signpost.dataset.problems import ERROR, Problem
from signpost.dataset.snapshot import data_folder, open_gazetteer

HERE = Path(__file__).parent
FILES = sorted(
    path.relative_to(HERE)
    for part in ("services", "alerts")
    for path in HERE.glob(f"{part}/*.y*ml")
)


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gazetteer]:
    found = open_gazetteer(data_folder(), tmp_path_factory.mktemp("cache"), ())
    yield found
    found.close()


def problems(path: Path, gazetteer: Gazetteer) -> tuple[Problem, ...]:
    return load_file(path, gazetteer).problems


@pytest.mark.parametrize("path", FILES, ids=str)
def test_a_bad_file_gets_exactly_these_words(
    path: Path, gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch,
    golden: Callable[[str, str], None],
) -> None:  # fmt: skip
    monkeypatch.chdir(HERE)
    said = "".join(f"{problem}\n" for problem in problems(path, gazetteer))
    golden(f"../errors/{path.with_suffix('.txt').as_posix()}", said)


@pytest.mark.parametrize("path", FILES, ids=str)
def test_only_what_is_allowed_gives_a_record(path: Path, gazetteer: Gazetteer) -> None:
    loaded = load_file(HERE / path, gazetteer)
    is_fit = loaded.service is not None or loaded.notice is not None
    assert is_fit == path.stem.startswith("allowed-")
    assert is_fit == all(problem.severity != ERROR for problem in loaded.problems)


def test_a_message_is_one_printable_line_with_a_place_a_fact_and_a_remedy(
    gazetteer: Gazetteer,
) -> None:
    found = [problem for path in FILES for problem in problems(HERE / path, gazetteer)]
    assert len(found) > 80
    for problem in found:
        assert str(problem).isprintable(), problem
        assert problem.position.line >= 1, problem
        assert problem.position.column >= 1, problem
        assert len(problem.message) > 15, problem


def test_every_rule_of_the_loader_has_a_file_here(gazetteer: Gazetteer) -> None:
    found = {problem.rule for path in FILES for problem in problems(HERE / path, gazetteer)}
    assert found >= {
        "bad-age", "bad-area", "bad-date", "bad-email", "bad-id", "bad-key", "bad-life",
        "bad-number", "bad-place", "bad-point", "bad-postcode", "bad-reference", "bad-regime",
        "bad-time", "bad-url", "bad-value", "duplicate-id", "duplicate-key", "empty-file",
        "empty-value", "file-name", "hours-open-end", "hours-syntax", "id-mismatch", "missing-key",
        "unknown-key", "unknown-word", "unsafe-text", "yaml-alias", "yaml-depth", "yaml-documents",
        "yaml-syntax", "yaml-tag",
    }  # fmt: skip
