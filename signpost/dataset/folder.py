"""The files that make up a data folder: found and told apart without opening one."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from signpost.dataset.problems import printable

HEADING = "dataset.yaml"
ASSURED = "assured.yaml"
CALENDARS = "calendars"
HOLIDAYS = "bank_holidays.tsv"
SERVICES, ALERTS = "services", "alerts"

_MAX_DEPTH = 8


def is_data_folder(folder: Path) -> bool:
    """Whether a folder holds anything that questions are answered from."""
    return (folder / ASSURED).exists() or any(
        (folder / part).is_dir() for part in (SERVICES, ALERTS)
    )


def record_files(folder: Path) -> Iterator[Path]:
    """The record files of a data folder, services before alerts, in a fixed order.

    What should be one and cannot be read (a link to a folder, a folder that is shut or too
    deep, a file named .yml) is among them, so that reading it can complain.
    """
    for part in (SERVICES, ALERTS):
        if (folder / part).is_dir():
            yield from _records_below(folder / part, 0)


def _records_below(folder: Path, depth: int) -> Iterator[Path]:
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        yield folder
        return
    for entry in found:
        if entry.name.startswith("."):  # editors' locks and half-saved copies
            continue
        if entry.is_dir(follow_symlinks=False) and depth < _MAX_DEPTH:
            yield from _records_below(Path(entry.path), depth + 1)
        elif entry.name.endswith((".yaml", ".yml")) or entry.is_dir():
            yield Path(entry.path)


def is_alert(path: Path) -> bool:
    """Whether a record file is an alert by the folder it lies in; else it is a service."""
    parts = [part for part in path.parent.parts if part in (SERVICES, ALERTS)]
    return parts[-1:] == [ALERTS]


def all_files(folder: Path) -> Iterator[Path]:
    """Every file that decides what a data folder says."""
    yield folder / HEADING
    yield folder / ASSURED
    yield folder / CALENDARS / HOLIDAYS
    yield from record_files(folder)


def stamp(paths: Iterable[Path]) -> str:
    """What tells one state of some files from another: name, size and times of each.

    The time of the last change of a file's entry is among them, because copying programs set
    the other one back.
    """
    lines = []
    for path in paths:
        name = printable(str(path))
        try:
            found = path.stat()
        except OSError:
            lines.append(f"{name} -")
        else:
            lines.append(f"{name} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}")
    return "\n".join(lines)
