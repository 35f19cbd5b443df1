"""What commands share: settings from the environment, option values, the open directory."""

import os
import sys
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from signpost.cli.moments import Moment, read_moment
from signpost.core.availability import LONDON
from signpost.dataset.directory import Directory
from signpost.dataset.snapshot import Damaged
from signpost.errors import SignpostError

T = TypeVar("T")


class Format(StrEnum):
    """How an answer is printed."""

    TABLE = "table"
    PLAIN = "plain"
    JSON = "json"
    CSV = "csv"


class BadOption(SignpostError):
    """An option with a value that makes no sense."""


def chosen_format(given: Format | None) -> Format:
    """The format asked for; else a table on a terminal and plain text in a pipe."""
    if given is not None:
        return given
    return Format.TABLE if on_terminal() else Format.PLAIN


def on_terminal() -> bool:
    """Whether a person's terminal is written to, not a pipe or a file."""
    return sys.stdout is not None and sys.stdout.isatty()


def one_of(value: str, known: Sequence[str], option: str) -> str:
    """A word of a closed list; raise BadOption with the nearest one."""
    if value in known:
        return value
    from rapidfuzz import process

    near = process.extractOne(value, known, score_cutoff=60)
    remedy = f"did you mean {near[0]}?" if near else f"one of: {', '.join(known)}"
    raise BadOption(f'{option}: "{value}" is not known; {remedy}')


def cache_folder() -> Path | None:
    """The user's cache folder for snapshots; None when there is no home."""
    base = os.environ.get("XDG_CACHE_HOME")
    if base and os.path.isabs(base):
        return Path(base) / "signpost"
    try:
        return Path.home() / ".cache" / "signpost"
    except (RuntimeError, KeyError):
        return None


def overlays(given: Sequence[Path] | None) -> tuple[Path, ...]:
    """An organisation's own data folders: SIGNPOST_DATA first, then each --data."""
    named = [Path(part) for part in os.environ.get("SIGNPOST_DATA", "").split(os.pathsep) if part]
    return (*named, *(given or ()))


def postcode_folders() -> tuple[Path, ...]:
    """Where the optional data pack of full postcodes may lie."""
    named = os.environ.get("SIGNPOST_POSTCODES")
    return (Path(named),) if named else ()


def with_directory(data: Sequence[Path] | None, use: Callable[[Directory], T]) -> T:
    """Open the shipped data with everybody's own over them, and use them."""
    return with_folders(overlays(data), use)


def with_folders(folders: tuple[Path, ...], use: Callable[[Directory], T]) -> T:
    """Open the shipped data with these folders over them, and use them.

    A damaged snapshot is built again, once, and tried again.
    """
    import sqlite3

    for rebuild in (False, True):
        try:
            return use(Directory.open(folders, cache_folder(), postcode_folders(), rebuild))
        except (Damaged, sqlite3.DatabaseError):
            if rebuild:
                raise
    raise AssertionError("unreachable")


def write(text: str) -> None:
    """Print data on stdout, whatever its encoding: what cannot be shown is replaced."""
    stream = sys.stdout
    if stream is None:
        return
    encoding = getattr(stream, "encoding", None) or "utf-8"
    stream.write(text.encode(encoding, "replace").decode(encoding))


def say(text: str) -> None:
    """Say something to the person on stderr."""
    if sys.stderr is not None:
        encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
        print(text.encode(encoding, "replace").decode(encoding), file=sys.stderr)


def asked_moment(at: str | None, zone: ZoneInfo = LONDON) -> Moment:
    """The moment typed, else the one that SIGNPOST_AT freezes for test runs, else the clock's.

    Words such as "tonight" are seen from the frozen moment, where there is one.
    """
    frozen = os.environ.get("SIGNPOST_AT")
    if at is None or not frozen:
        return read_moment(at if at is not None else frozen, zone=zone)
    return read_moment(at, lambda: read_moment(frozen, zone=zone).at, zone)
