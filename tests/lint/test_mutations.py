"""Every record that is shipped, damaged in all the ways we know, is complained of at the line."""

from collections import Counter
from pathlib import Path

import pytest

from signpost.core.services import Service
from signpost.dataset.compile import Dataset, read_dataset
from signpost.dataset.gazetteer import Gazetteer
from signpost.dataset.load import load_file
from signpost.dataset.problems import Problem
from signpost.dataset.snapshot import data_folder
from signpost.lint import Data, check
from tests.lint.damage import DAMAGES, Damaged

SAMPLE = 24
"""Every so many-th record is damaged in the default run; all of them in the long one."""


@pytest.fixture(scope="module")
def shipped(places: Gazetteer) -> Dataset:
    return read_dataset(data_folder(), places)


def complaints(
    path: Path, lines: list[str], shipped: Dataset, others: list[Service], places: Gazetteer
) -> set[Problem]:
    """What is said of the one record, with these lines, among all the others."""
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    loaded = load_file(path, places)
    return set(check(Data([loaded], places, shipped.heading.released, others)))


def judge(records: list[Path], shipped: Dataset, places: Gazetteer, folder: Path) -> Counter[str]:
    """Damage each record in every way; how often each damage could be done."""
    others = list(shipped.services)
    done: Counter[str] = Counter()
    missed = []
    for record in records:
        lines = record.read_text(encoding="utf-8").splitlines()
        path = folder / "services" / record.name
        path.parent.mkdir(exist_ok=True)
        good = complaints(path, lines, shipped, others, places)
        before = Counter(problem[1:] for problem in good)
        unheeded = {found.position.line for found in good if found.rule == "unused-key"}
        for name, damage in DAMAGES.items():
            damaged = damage(lines)
            if damaged is None or damaged.lines == lines or damaged.line in unheeded:
                continue
            done[name] += 1
            found = complaints(path, damaged.lines, shipped, others, places)
            if not is_told(damaged, found, before):
                missed.append((record.name, name, damaged.line, sorted(damaged.rules),
                               sorted((p.position.line, p.rule) for p in found)))  # fmt: skip
    assert not missed, f"{len(missed)} of {done.total()} missed: {missed[:60]}"
    return done


def is_told(damaged: Damaged, found: set[Problem], before: Counter[tuple[str, ...]]) -> bool:
    """Whether a rule that must complains on the line, of more than it did of the good record."""
    after = Counter(problem[1:] for problem in found)
    return any(
        problem.rule in damaged.rules
        and problem.position.line == damaged.line
        and after[problem[1:]] > before[problem[1:]]
        for problem in found
    )


def records() -> list[Path]:
    return sorted((data_folder() / "services").rglob("*.yaml"))


def test_there_are_forty_kinds_of_damage() -> None:
    assert len(DAMAGES) >= 40


def test_a_sample_of_records_is_guarded(
    shipped: Dataset, places: Gazetteer, tmp_path: Path
) -> None:
    done = judge(records()[::SAMPLE], shipped, places, tmp_path)
    assert len(done) >= 40


@pytest.mark.long
@pytest.mark.parametrize("start", range(SAMPLE))
def test_every_record_is_guarded(
    start: int, shipped: Dataset, places: Gazetteer, tmp_path: Path
) -> None:
    judge(records()[start::SAMPLE], shipped, places, tmp_path)


@pytest.mark.long
def test_every_kind_of_damage_can_be_done_to_some_record() -> None:
    texts = [path.read_text(encoding="utf-8").splitlines() for path in records()]
    idle = [name for name, damage in DAMAGES.items() if not any(map(damage, texts))]
    assert not idle
