"""The snapshots that questions are answered from: found, checked, rebuilt when they must be.

One SQLite file holds the gazetteer, one more each data folder. A wheel carries the shipped ones;
for a checkout or an organisation's own folder they lie in the user's cache folder, and when
nothing can be written there they are built in memory. Reading never parses YAML.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple
from zlib import crc32
from zlib import error as zlib_error

from signpost import __version__
from signpost.dataset.folder import all_files, is_data_folder, stamp
from signpost.dataset.gazetteer import FILES as PLACE_FILES
from signpost.dataset.gazetteer import Gazetteer
from signpost.dataset.problems import printable
from signpost.dataset.seal import is_whole, seal
from signpost.errors import SignpostError

FORMAT = "5"
"""Of the compiled records: raise it when a record's fields or the tables change."""

PACKAGE = Path(__file__).resolve().parent.parent
SHIPPED_FOLDER = "snapshot"
PLACES, SERVICES = "places.sqlite", "services.sqlite"

_BAD_TABLES = (OSError, EOFError, ValueError, LookupError, zlib_error, sqlite3.Error)

_ABANDONED_SECONDS = 600
"""A half-built snapshot this much older than a whole one belongs to nobody any more."""


class NoData(SignpostError):
    """There is no usable data: the folder is missing, or nothing in it can be read."""

    exit_code = 4
    code = "no_data"


class Damaged(Exception):
    """A snapshot that contradicts itself; it is to be built again."""


Build = Callable[[sqlite3.Connection, str, sqlite3.Connection | None], None]
"""Fills an empty database: its connection, the stamp to keep in it, the last good snapshot."""


class Source(NamedTuple):
    """One snapshot to be had: where it may lie, what it is built from, and how.

    `shipped` came with the program and needs no comparing; `cached` must bear the stamp that
    the files have now.
    """

    shipped: Path | None
    cached: Path | None
    stamp: Callable[[], str]
    build: Build


def data_folder() -> Path:
    """The data that came with the program: inside the wheel, or beside it in a checkout."""
    for folder in (PACKAGE / "data", PACKAGE.parent / "data"):
        if (folder / "services").is_dir():
            return folder
    raise NoData("the data that belong to signpost are not there; install it again")


def open_gazetteer(
    folder: Path, cache: Path | None, postcodes: tuple[Path, ...], rebuild: bool = False
) -> Gazetteer:
    """The gazetteer of a data folder, compiled at need; raise NoData when it cannot be."""
    places = folder / "places"

    def build(connection: sqlite3.Connection, state: str, _: sqlite3.Connection | None) -> None:
        from signpost.dataset.place_tables import write_gazetteer

        write_gazetteer(connection, places)
        connection.executemany("INSERT INTO meta VALUES (?, ?)", _meta(state).items())

    source = Source(
        _shipped(folder, PLACES), _cached(cache, folder, PLACES), lambda: _places_stamp(folder),
        build,
    )  # fmt: skip
    try:
        connection = _open(source, rebuild)
    except _BAD_TABLES as error:
        raise NoData(f'the place tables in "{places}" cannot be read ({error}); install signpost '
                     "again") from error  # fmt: skip
    return Gazetteer(connection, (*postcodes, places / "postcodes"))


def open_services(
    folder: Path, cache: Path | None, gazetteer: Gazetteer, rebuild: bool = False
) -> sqlite3.Connection:
    """The records of a data folder, compiled at need; raise NoData when it is not there."""
    shown = printable(str(folder))
    try:
        if not folder.is_dir():
            raise NoData(f'the data folder "{shown}" is not there; check --data and SIGNPOST_DATA')
        if not is_data_folder(folder):
            raise NoData(f'"{shown}" holds no services or alerts folder; is it the right one?')
    except (OSError, ValueError) as error:  # ValueError: a name that no system takes
        raise NoData(f'the data folder "{shown}" cannot be read ({error}); check --data and '
                     "SIGNPOST_DATA") from error  # fmt: skip

    def build(
        connection: sqlite3.Connection, state: str, last_good: sqlite3.Connection | None
    ) -> None:
        from signpost.dataset.compile import write_snapshot

        write_snapshot(connection, folder, gazetteer, _meta(state), last_good)

    def state() -> str:
        """Areas and points come from the gazetteer, so its state counts too."""
        return f"{_places_stamp(data_folder())}\n{stamp(all_files(folder))}"

    source = Source(_shipped(folder, SERVICES), _cached(cache, folder, SERVICES), state, build)
    return _open(source, rebuild)


def _meta(state: str) -> dict[str, str]:
    return {"snapshot": FORMAT, "program": __version__, "files": state}


def _places_stamp(folder: Path) -> str:
    return stamp(folder / "places" / name for name in PLACE_FILES)


def _shipped(folder: Path, name: str) -> Path | None:
    """Where a wheel carries a snapshot; nobody else's folder is taken at its word."""
    return folder / SHIPPED_FOLDER / name if folder == PACKAGE / "data" else None


def _cached(cache: Path | None, folder: Path, name: str) -> Path | None:
    if cache is None:
        return None
    where = f"{crc32(os.fsencode(folder.resolve())):08x}"
    return cache / f"{where}-{name}"


def _open(source: Source, rebuild: bool) -> sqlite3.Connection:
    if source.shipped is not None and not rebuild:
        connection = _usable(source.shipped)
        if connection is not None:
            return connection
    state = source.stamp()
    if source.cached is None:
        return _build_in_memory(source, state, None)
    if not rebuild and _is_own(source.cached):
        connection = _usable(source.cached, state)
        if connection is not None:
            return connection
    last_good = _usable(source.cached, any_state=True) if _is_own(source.cached) else None
    try:
        with suppress(OSError, sqlite3.Error):
            return _build_file(source.cached, source, state, last_good)
        return _build_in_memory(source, state, last_good)
    finally:
        if last_good is not None:
            last_good.close()


def _is_own(path: Path) -> bool:
    """Whether a file in the cache is there and the user's: nobody else's is believed."""
    try:
        owner = path.stat().st_uid
    except OSError:
        return False
    return not hasattr(os, "getuid") or owner == os.getuid()


def _usable(
    path: Path, state: str | None = None, any_state: bool = False
) -> sqlite3.Connection | None:
    """A connection to a whole snapshot of this format; None when there is none.

    It must be built by this version of the program, and from files in the state given, unless
    any state will do.
    """
    try:
        if not is_whole(path):
            return None
        connection = connect(path)
    except (OSError, sqlite3.Error):
        return None
    try:
        meta = dict(connection.execute("SELECT key, value FROM meta"))
    except sqlite3.Error:
        meta = {}
    if meta.get("snapshot") == FORMAT and (
        any_state
        or (meta.get("program") == __version__ and (state is None or meta.get("files") == state))
    ):
        return connection
    connection.close()
    return None


def connect(path: Path) -> sqlite3.Connection:
    """Open a snapshot for reading only."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


def _build_in_memory(
    source: Source, state: str, last_good: sqlite3.Connection | None
) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    source.build(connection, state, last_good)
    return connection


def _build_file(
    path: Path, source: Source, state: str, last_good: sqlite3.Connection | None
) -> sqlite3.Connection:
    """Build beside the final name, then put it there in one step: readers see old or new."""
    from tempfile import mkstemp

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = mkstemp(prefix=f".{path.name}.", dir=path.parent)  # for the user alone
    os.close(handle)
    temporary = Path(name)
    try:
        with closing(sqlite3.connect(temporary)) as connection:
            connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
            source.build(connection, state, last_good)
            connection.commit()
        seal(temporary)
        temporary.replace(path)
    finally:
        with suppress(OSError):
            temporary.unlink()
    _sweep(path)
    return connect(path)


def _sweep(path: Path) -> None:
    """Remove what builds left behind that were killed."""
    with suppress(OSError):
        newest = path.stat().st_mtime
        for left in path.parent.glob(f".{path.name}.*"):
            if left.stat().st_mtime < newest - _ABANDONED_SECONDS:
                left.unlink()


def build_shipped(folder: Path, target: Path) -> tuple[Path, Path]:
    """Compile a data folder's two snapshots into a target folder, for the wheel.

    Raise NoData when a record is broken: no wheel leaves one out.
    """
    from signpost.dataset.compile import write_snapshot
    from signpost.dataset.place_tables import write_gazetteer
    from signpost.dataset.problems import ERROR

    places, services = target / PLACES, target / SERVICES
    with closing(sqlite3.connect(places)) as connection:
        write_gazetteer(connection, folder / "places")
        connection.executemany("INSERT INTO meta VALUES (?, ?)", _meta("").items())
        connection.commit()
    gazetteer = Gazetteer(places)
    with closing(gazetteer), closing(sqlite3.connect(services)) as connection:
        dataset = write_snapshot(connection, folder, gazetteer, _meta(""))
    for problem in dataset.problems:
        if problem.severity == ERROR:
            raise NoData(str(problem))
    seal(places)
    seal(services)
    return places, services
