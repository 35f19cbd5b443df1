"""`signpost check`: what is wrong with data files, and whether the scenarios hold."""

from pathlib import Path
from typing import Annotated

import typer

from signpost.cli.options import cache_folder, overlays, postcode_folders, say, write
from signpost.dataset.compile import Dataset, read_dataset
from signpost.dataset.gazetteer import Gazetteer
from signpost.dataset.load import load_file
from signpost.dataset.problems import ERROR, Problem
from signpost.dataset.snapshot import NoData, data_folder, open_gazetteer


def check(
    path: Annotated[list[Path] | None, typer.Argument(help="Files or folders; default: all data in use.")] = None,
    data: Annotated[list[Path] | None, typer.Option(help="A folder of your own records, checked too. Repeatable.")] = None,
    scenarios: Annotated[bool, typer.Option(help="Run the scenarios instead of checking files.")] = False,
) -> None:  # fmt: skip
    """Check data files; print file:line:column: severity: message (rule). Exit 1 on errors."""
    if scenarios:
        from signpost.cli.scenarios import run_scenarios

        raise typer.Exit(run_scenarios(overlays(data)))
    gazetteer = open_gazetteer(data_folder(), cache_folder(), postcode_folders())
    problems: list[Problem] = []
    count = 0
    for part in path or (data_folder(), *overlays(data)):
        if not part.exists():
            raise NoData(f'"{part}" is not there; give a file or a folder that is')
        dataset_problems, files = _check_path(part, gazetteer)
        problems.extend(dataset_problems)
        count += files
    for problem in sorted(problems, key=lambda found: found.position):
        write(f"{problem}\n")
    errors = sum(problem.severity == ERROR for problem in problems)
    say(f"{count} files checked: {_counted(errors, 'error')}, "
        f"{_counted(len(problems) - errors, 'warning')}.")  # fmt: skip
    raise typer.Exit(1 if errors else 0)


def _check_path(path: Path, gazetteer: Gazetteer) -> tuple[list[Problem], int]:
    if path.is_file():
        return list(load_file(path, gazetteer).problems), 1
    if any((path / part).is_dir() for part in ("services", "alerts")):
        dataset: Dataset = read_dataset(path, gazetteer)
        return list(dataset.problems), len(dataset.files)
    files = sorted(path.rglob("*.yaml"))
    return [problem for file in files for problem in load_file(file, gazetteer).problems], len(files)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
