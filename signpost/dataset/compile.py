"""A data folder to a snapshot: every fit record in one SQLite file, indexed by area and point."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from signpost.core.services import Notice, Service
from signpost.dataset.encoding import encode
from signpost.dataset.fields import Record
from signpost.dataset.gazetteer import Gazetteer, holiday_rows
from signpost.dataset.load import Loaded, load_file, record_files
from signpost.dataset.problems import ERROR, Problem, shown_path
from signpost.dataset.source import Fields, Unreadable, read

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE service (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, floor INTEGER NOT NULL,
                      doc TEXT NOT NULL, digest INTEGER NOT NULL);
CREATE INDEX service_floor ON service (n) WHERE floor;
CREATE TABLE reach (area TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (area, n)) WITHOUT ROWID;
CREATE VIRTUAL TABLE door USING rtree (id, south, north, west, east, +n INTEGER);
CREATE TABLE notice (id TEXT PRIMARY KEY, doc TEXT NOT NULL, digest INTEGER NOT NULL);
CREATE TABLE holiday (division TEXT, day TEXT, title TEXT);
CREATE TABLE problem (path TEXT, line INTEGER, col INTEGER, severity TEXT, rule TEXT,
                      message TEXT, record TEXT, kept INTEGER);
"""

DATASET_FILE = "dataset.yaml"


class Heading(NamedTuple):
    """What a data folder says of itself in dataset.yaml."""

    name: str
    released: str


class Dataset(NamedTuple):
    """A folder, read: its heading, its files and every problem, in order."""

    heading: Heading
    files: tuple[Loaded, ...]
    problems: tuple[Problem, ...]

    @property
    def services(self) -> tuple[Service, ...]:
        """The services that are fit to be used."""
        return tuple(file.service for file in self.files if file.service is not None)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """The notices that are fit to be used."""
        return tuple(file.notice for file in self.files if file.notice is not None)


def read_dataset(folder: Path, gazetteer: Gazetteer) -> Dataset:
    """Read every record of a folder; never raises for what is in them."""
    heading, problems = _heading(folder)
    files = [load_file(path, gazetteer) for path in record_files(folder)]
    files = _without_doubles(files)
    for file in files:
        problems.extend(file.problems)
    return Dataset(heading, tuple(files), tuple(problems))


def _heading(folder: Path) -> tuple[Heading, list[Problem]]:
    path = folder / DATASET_FILE
    default = Heading(folder.resolve().name or "data", "")
    if not path.exists():
        return default, []
    try:
        tree, problems = read(path)
    except Unreadable as error:
        return default, [error.problem]
    if not isinstance(tree, Fields):
        return default, problems
    record = Record(tree, problems, "a data set's heading")
    record.only(("name", "released"))
    released = record.date("released")
    return Heading(record.text("name") or default.name, released.text if released else ""), problems


def _without_doubles(files: list[Loaded]) -> list[Loaded]:
    first: dict[str, Path] = {}
    kept = []
    for file in files:
        record = file.service or file.notice
        if record is not None and record.id in first:
            assert file.tree is not None
            problem = Problem(file.tree.position, ERROR, "duplicate-id", f'the id "{record.id}" is '
                              f"taken by {shown_path(first[record.id])}; rename one")  # fmt: skip
            file = file._replace(service=None, notice=None, problems=(*file.problems, problem))
        elif record is not None:
            first[record.id] = file.path
        kept.append(file)
    return kept


def write_snapshot(
    connection: sqlite3.Connection,
    folder: Path,
    gazetteer: Gazetteer,
    meta: dict[str, str],
    last_good: sqlite3.Connection | None = None,
) -> Dataset:
    """Write a folder's records into an empty database.

    A record that cannot be read is replaced by the last good one, when an earlier snapshot of
    the same folder still has it; either way the problem is kept beside it.
    """
    dataset = read_dataset(folder, gazetteer)
    connection.executescript(SCHEMA)
    version = f"{dataset.heading.released or 'undated'}+{_digest(folder)}"
    meta = meta | {"name": dataset.heading.name, "released": dataset.heading.released,
                   "version": version}  # fmt: skip
    connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
    services = _with_referrers_named(dataset.services)
    kept = _last_good(dataset, last_good)
    for number, service in enumerate([*services, *kept.values()], 1):
        _insert(connection, number, service)
    connection.executemany(
        "INSERT INTO notice VALUES (?, ?, ?)",
        [(notice.id, doc, crc32(doc.encode())) for notice in dataset.notices
         for doc in (encode(notice),)],
    )  # fmt: skip
    connection.executemany("INSERT INTO holiday VALUES (?, ?, ?)", _holidays(folder))
    for file in dataset.files:
        for problem in file.problems:
            (path, line, column), severity, rule, message = problem
            connection.execute(
                "INSERT INTO problem VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (path, line, column, severity, rule, message, file.path.stem,
                 int(file.path.stem in kept)),
            )  # fmt: skip
    connection.commit()
    return dataset


def _with_referrers_named(services: tuple[Service, ...]) -> list[Service]:
    """The services, with the ids of those who refer to them replaced by names."""
    names = {service.id: service.name for service in services}
    return [
        service._replace(
            channels=tuple(
                channel._replace(
                    regimes=tuple(
                        regime._replace(
                            referral_via=names.get(regime.referral_via or "", regime.referral_via)
                        )
                        for regime in channel.regimes
                    )
                )
                for channel in service.channels
            )
        )
        for service in services
    ]


def _holidays(folder: Path) -> list[tuple[str, str, str]]:
    if not (folder / "calendars").is_dir():
        return []
    return [(division, day.isoformat(), title) for day, division, title in holiday_rows(folder / "calendars")]


def _last_good(dataset: Dataset, connection: sqlite3.Connection | None) -> dict[str, Service]:
    from signpost.dataset.encoding import decode_service

    if connection is None:
        return {}
    broken = [
        file.path.stem for file in dataset.files if file.service is None and file.notice is None
    ]
    present = {service.id for service in dataset.services}
    kept = {}
    for name in broken:
        row = connection.execute("SELECT doc FROM service WHERE id = ?", (name,)).fetchone()
        if row is not None and name not in present:
            kept[name] = decode_service(row[0])
    return kept


def _insert(connection: sqlite3.Connection, number: int, service: Service) -> None:
    doc = encode(service)
    connection.execute(
        "INSERT INTO service VALUES (?, ?, ?, ?, ?)",
        (number, service.id, int(service.floor), doc, crc32(doc.encode())),
    )
    points = _points(service)
    if len(points) < sum(len(channel.regimes) for channel in service.channels):
        areas: Iterable[str] = service.areas or ()
        if service.areas is None and not points:
            areas = ("",)
        connection.executemany(
            "INSERT OR IGNORE INTO reach VALUES (?, ?)", [(area, number) for area in areas]
        )
    connection.executemany(
        "INSERT INTO door (south, north, west, east, n) VALUES (?, ?, ?, ?, ?)",
        [(lat, lat, lon, lon, number) for lat, lon in sorted(set(points))],
    )


def _points(service: Service) -> list[tuple[float, float]]:
    return [
        (regime.location.lat, regime.location.lon)
        for channel in service.channels
        for regime in channel.regimes
        if regime.location is not None
        and regime.location.lat is not None
        and regime.location.lon is not None
    ]


def _digest(folder: Path) -> str:
    """Eight hex digits of the records' contents: two folders that agree in it say the same."""
    from hashlib import blake2b

    digest = blake2b(digest_size=4)
    for path in record_files(folder):
        digest.update(path.relative_to(folder).as_posix().encode())
        try:
            digest.update(path.read_bytes())
        except OSError:
            digest.update(b"unreadable")
    return digest.hexdigest()
