"""The snapshots that questions are answered from: found, checked, rebuilt when they must be.

One SQLite file holds the gazetteer, one more each data folder. A wheel carries the shipped ones;
for a checkout or an organisation's own folder they lie in the user's cache folder, and when
nothing can be written there they are built in memory. Reading never parses YAML.
"""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from signpost.dataset.gazetteer import FILES as PLACE_FILES
from signpost.dataset.gazetteer import Gazetteer
from signpost.errors import SignpostError

FORMAT = "2"
"""Of the compiled records: raise it when a record's fields or the tables change."""

SHIPPED_FOLDER = "snapshot"
PLACES, SERVICES = "places.sqlite", "services.sqlite"


class NoData(SignpostError):
    """There is no usable data: the folder is missing, or nothing in it can be read."""

    exit_code = 4
    code = "no_data"


class Damaged(Exception):
    """A snapshot that contradicts itself; it is to be built again."""


class Source(NamedTuple):
    """One snapshot to be had: what it is built from, and where it may be kept."""

    folder: Path
    shipped: Path | None
    cached: Path | None


def data_folder() -> Path:
    """The data that came with the program: inside the wheel, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "data", package.parent / "data"):
        if (folder / "services").is_dir():
            return folder
    raise NoData("the data that belong to signpost are not there; install it again")


def open_gazetteer(
    folder: Path, cache: Path | None, postcodes: tuple[Path, ...], rebuild: bool = False
) -> Gazetteer:
    """The gazetteer of a data folder, compiled at need."""
    places = folder / "places"
    stamp = _stamp(places / name for name in PLACE_FILES)
    source = Source(folder, folder / SHIPPED_FOLDER / PLACES, _cached(cache, folder, PLACES))

    def build(connection: sqlite3.Connection, _: sqlite3.Connection | None) -> None:
        from signpost.dataset.gazetteer import write_gazetteer

        write_gazetteer(connection, places)
        connection.executemany("INSERT INTO meta VALUES (?, ?)",
                               [("snapshot", FORMAT), ("files", stamp)])  # fmt: skip

    return Gazetteer(_open(source, stamp, build, rebuild), (*postcodes, places / "postcodes"))


def open_services(
    folder: Path, cache: Path | None, gazetteer: Gazetteer, rebuild: bool = False
) -> sqlite3.Connection:
    """The records of a data folder, compiled at need; raise NoData when it is not there."""
    if not folder.is_dir():
        raise NoData(f'the data folder "{folder}" is not there; check --data and SIGNPOST_DATA')
    if not any((folder / part).is_dir() for part in ("services", "alerts")):
        raise NoData(f'"{folder}" holds no services or alerts folder; is it the right one?')
    stamp = _stamp(_record_paths(folder))
    source = Source(folder, folder / SHIPPED_FOLDER / SERVICES, _cached(cache, folder, SERVICES))

    def build(connection: sqlite3.Connection, last_good: sqlite3.Connection | None) -> None:
        from signpost.dataset.compile import write_snapshot

        write_snapshot(connection, folder, gazetteer, {"snapshot": FORMAT, "files": stamp},
                       last_good)  # fmt: skip

    return _open(source, stamp, build, rebuild)


Build = Callable[[sqlite3.Connection, sqlite3.Connection | None], None]


def _open(source: Source, stamp: str, build: Build, rebuild: bool) -> sqlite3.Connection:
    if not rebuild:
        if source.shipped is not None:
            connection = _usable(source.shipped, None)
            if connection is not None:
                return connection
        if source.cached is not None:
            connection = _usable(source.cached, stamp)
            if connection is not None:
                return connection
    if source.cached is not None:
        with suppress(OSError, sqlite3.Error):
            return _build_file(source.cached, build)
    connection = sqlite3.connect(":memory:")
    build(connection, None)
    return connection


def _usable(path: Path, stamp: str | None) -> sqlite3.Connection | None:
    """A connection to a snapshot of this format and state; None when it is to be built."""
    try:
        found = path.stat()
    except OSError:
        return None
    if stamp is not None and hasattr(os, "getuid") and found.st_uid != os.getuid():
        return None
    try:
        connection = connect(path)
        meta = dict(connection.execute("SELECT key, value FROM meta"))
    except sqlite3.Error:
        return None
    if meta.get("snapshot") != FORMAT or (stamp is not None and meta.get("files") != stamp):
        connection.close()
        return None
    return connection


def connect(path: Path) -> sqlite3.Connection:
    """Open a snapshot for reading only."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


def _build_file(path: Path, build: Build) -> sqlite3.Connection:
    """Build beside the final name, then put it there in one step: readers see old or new."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with closing(sqlite3.connect(temporary)) as connection:
            connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
            last_good = _last_good(path)
            build(connection, last_good)
            connection.commit()
            if last_good is not None:
                last_good.close()
        temporary.chmod(0o600)
        temporary.replace(path)
    finally:
        with suppress(OSError):
            temporary.unlink()
    return connect(path)


def _last_good(path: Path) -> sqlite3.Connection | None:
    if not path.exists():
        return None
    with suppress(sqlite3.Error):
        connection = connect(path)
        row = connection.execute("SELECT value FROM meta WHERE key = 'snapshot'").fetchone()
        if row == (FORMAT,):
            return connection
        connection.close()
    return None


def _cached(cache: Path | None, folder: Path, name: str) -> Path | None:
    if cache is None:
        return None
    where = f"{crc32(str(folder.resolve()).encode()):08x}"
    return cache / f"{where}-{name}"


def _record_paths(folder: Path) -> Iterator[Path]:
    yield folder / "dataset.yaml"
    yield folder / "calendars" / "bank_holidays.tsv"
    for part in ("services", "alerts"):
        yield from _yaml_below(folder / part, 0)


def _yaml_below(folder: Path, depth: int) -> Iterator[Path]:
    if depth > 8 or not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        if entry.is_dir(follow_symlinks=False):
            yield from _yaml_below(Path(entry.path), depth + 1)
        elif entry.name.endswith(".yaml"):
            yield Path(entry.path)


def _stamp(paths: Iterable[Path]) -> str:
    """What tells one state of some files from another: name, size and time of each."""
    lines = []
    for path in paths:
        try:
            found = os.stat(path)
        except OSError:
            lines.append(f"{path} -")
        else:
            lines.append(f"{path} {found.st_size} {found.st_mtime_ns}")
    return "\n".join(lines)


def build_shipped(folder: Path, target: Path) -> tuple[Path, Path]:
    """Compile a data folder's two snapshots into a target folder, for the wheel."""
    from signpost.dataset.compile import write_snapshot
    from signpost.dataset.gazetteer import write_gazetteer

    places, services = target / PLACES, target / SERVICES
    with closing(sqlite3.connect(places)) as connection:
        write_gazetteer(connection, folder / "places")
        connection.execute("INSERT INTO meta VALUES ('snapshot', ?)", (FORMAT,))
        connection.commit()
    with closing(sqlite3.connect(services)) as connection:
        write_snapshot(connection, folder, Gazetteer(places), {"snapshot": FORMAT})
    return places, services
