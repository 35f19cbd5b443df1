"""`signpost check`: what is wrong with data files, and whether the scenarios hold."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from signpost.cli.options import (
    cache_folder,
    on_terminal,
    one_of,
    overlays,
    postcode_folders,
    say,
    write,
)
from signpost.dataset.folder import ALERTS, HEADING, SERVICES, is_data_folder
from signpost.dataset.problems import ERROR, Position, Problem, shown_path
from signpost.dataset.snapshot import NoData, data_folder, open_gazetteer

if TYPE_CHECKING:
    from signpost.core.services import Service
    from signpost.dataset.compile import Dataset
    from signpost.dataset.gazetteer import Gazetteer


def check(
    path: Annotated[
        list[Path] | None, typer.Argument(help="Files or folders; default: all data in use.")
    ] = None,
    data: Annotated[
        list[Path] | None,
        typer.Option(help="A folder of your own records, checked too. Repeatable."),
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option("--format", metavar="FORM", help="table, parsable, github or json."),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 on warnings too.")] = False,
    rules: Annotated[bool, typer.Option("--rules", help="List the rules.")] = False,
    explain: Annotated[
        str | None,
        typer.Option(metavar="RULE", help="Print a rule's page, with examples."),
    ] = None,
    scenarios: Annotated[
        bool, typer.Option("--scenarios", help="Run the scenarios instead of checking files.")
    ] = False,
) -> None:
    """Check data files; print file:line:column: severity: message (rule). Exit 1 on errors.

    A warning that has been looked at is accepted by a comment behind its line, with the reason:
    # accept RULE: reason
    """
    if scenarios:
        from signpost.cli.scenarios import run_scenarios

        raise typer.Exit(run_scenarios(overlays(data)))
    if rules or explain is not None:
        write(_rule_list() if explain is None else _rule_page(explain))
        return
    from signpost.lint.contacts import numbering_plan
    from signpost.lint.reports import REPORTS

    form = format_ or ("table" if on_terminal() else "parsable")
    report = REPORTS[one_of(form, tuple(REPORTS), "--format")]
    gazetteer = open_gazetteer(data_folder(), cache_folder(), postcode_folders())
    problems, count = _check(path or (), overlays(data), gazetteer)
    write(report(problems))
    errors = sum(problem.severity == ERROR for problem in problems)
    if numbering_plan() is None:
        say("Numbers were not held against the numbering plan: the phonenumbers library is not "
            'installed; pip install "signpost[check]".')  # fmt: skip
    say(f"{_counted(count, 'file')} checked: {_counted(errors, 'error')}, "
        f"{_counted(len(problems) - errors, 'warning')}.")  # fmt: skip
    raise typer.Exit(1 if errors or (strict and problems) else 0)


def _check(
    paths: Sequence[Path], own: Sequence[Path], gazetteer: "Gazetteer"
) -> tuple[list[Problem], int]:
    """What is wrong with all data in use, or with what the paths name, judged beside them."""
    from signpost.dataset.compile import read_dataset
    from signpost.dataset.load import load_file
    from signpost.lint import Data
    from signpost.lint import check as judge

    for path in (*paths, *own):
        if not path.exists():
            raise NoData(f'"{path}" is not there; give a file or a folder that is')
    chosen = [path.resolve() for path in paths]
    homes = [home for path in chosen if (home := _home(path)) is not None]
    shipped = data_folder().resolve()
    folders = dict.fromkeys([shipped, *(folder.resolve() for folder in (*own, *homes))])
    datasets = {folder: read_dataset(folder, gazetteer) for folder in folders}
    in_use = _in_use(datasets.values())
    problems: list[Problem] = []
    count = 0
    for folder, dataset in datasets.items():
        files = [file for file in dataset.files if not chosen or _lies_in(file.path, chosen)]
        whole = not chosen or _lies_in(folder, chosen)
        of_files = {problem for file in dataset.files for problem in file.problems}
        if whole:
            problems += [problem for problem in dataset.problems if problem not in of_files]
        heading = Position(shown_path(folder / HEADING), 1, 1)
        problems += judge(Data(files, gazetteer, dataset.heading.released, in_use.values(),
                               heading if whole and folder == shipped else None))  # fmt: skip
        count += len(files)
    strays = [load_file(path, gazetteer) for path in _strays(chosen)]
    problems += judge(Data(strays, gazetteer, others=in_use.values()))
    return sorted(problems), count + len(strays)


def _in_use(datasets: "Iterable[Dataset]") -> "dict[str, Service]":
    """The services of data sets laid one over the other, by id."""
    found: dict[str, Service] = {}
    for dataset in datasets:
        for file in dataset.files:
            found.pop(file.hides or "", None)
        found |= {service.id: service for service in dataset.services}
    return found


def _home(path: Path) -> Path | None:
    """The data folder that a path is, or lies in; None for a record on its own."""
    if is_data_folder(path):
        return path
    return next((folder.parent for folder in (path, *path.parents)
                 if folder.name in (SERVICES, ALERTS)), None)  # fmt: skip


def _lies_in(path: Path, folders: Sequence[Path]) -> bool:
    return any(path.resolve().is_relative_to(folder) for folder in folders)


def _strays(paths: Sequence[Path]) -> list[Path]:
    """The record files of paths outside any data folder."""
    return [
        file
        for path in paths
        if _home(path) is None
        for file in ([path] if path.is_file() else sorted(path.rglob("*.yaml")))
    ]


def _rule_list() -> str:
    from signpost.lint import RULES

    width = max(map(len, RULES))
    return "".join(f"{rule.id:<{width}}  {rule.severity:<7}  {rule.summary}\n"
                   for rule in RULES.values())  # fmt: skip


def _rule_page(name: str) -> str:
    from signpost.lint import RULES

    rule = RULES[one_of(name, tuple(RULES), "--explain")]
    return f"{rule.id} ({rule.severity})\n\n{rule.page}\n"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
