"""A data folder to a snapshot: every fit record in one SQLite file, indexed by area and point."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from signpost.core.services import Notice, Service, Source
from signpost.dataset.assured import Assurance, read_assurances
from signpost.dataset.encoding import decode_notice, decode_service, encode
from signpost.dataset.fields import Record
from signpost.dataset.folder import CALENDARS, HEADING, HOLIDAYS, all_files, is_alert, record_files
from signpost.dataset.gazetteer import Gazetteer
from signpost.dataset.load import Loaded, load_file
from signpost.dataset.place_tables import holiday_rows
from signpost.dataset.problems import ERROR, Position, Problem, printable, shown_path
from signpost.dataset.source import Fields, Unreadable, content, read

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE service (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, floor INTEGER NOT NULL,
                      doc TEXT NOT NULL, digest INTEGER NOT NULL);
CREATE INDEX service_floor ON service (n) WHERE floor;
CREATE TABLE reach (area TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (area, n)) WITHOUT ROWID;
CREATE VIRTUAL TABLE door USING rtree (id, south, north, west, east, +n INTEGER);
CREATE TABLE notice (id TEXT PRIMARY KEY, doc TEXT NOT NULL, digest INTEGER NOT NULL);
CREATE TABLE hidden (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE assured (service TEXT NOT NULL, doc TEXT NOT NULL, digest INTEGER NOT NULL);
CREATE INDEX assured_service ON assured (service);
CREATE TABLE holiday (division TEXT, day TEXT, title TEXT);
CREATE TABLE problem (path TEXT, line INTEGER, kept INTEGER);
"""


class Heading(NamedTuple):
    """What a data folder says of itself in dataset.yaml."""

    name: str
    released: str


class Holiday(NamedTuple):
    """A bank holiday of one division, as a row of a snapshot."""

    division: str
    day: str
    title: str


class Dataset(NamedTuple):
    """A folder, read: its heading, its files and every problem, in order."""

    heading: Heading
    files: tuple[Loaded, ...]
    problems: tuple[Problem, ...]
    assurances: tuple[Assurance, ...] = ()
    holidays: tuple[Holiday, ...] = ()

    @property
    def services(self) -> tuple[Service, ...]:
        """The services that are fit to be used."""
        return tuple(file.service for file in self.files if file.service is not None)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """The notices that are fit to be used."""
        return tuple(file.notice for file in self.files if file.notice is not None)

    @property
    def broken(self) -> tuple[Path, ...]:
        """The files that say nothing usable."""
        return tuple(file.path for file in self.files if _id_of(file) is None)


def read_dataset(folder: Path, gazetteer: Gazetteer) -> Dataset:
    """Read every record of a folder; never raises for what is in them."""
    heading, problems = _heading(folder)
    holidays, found = _holidays(folder)
    problems.extend(found)
    assurances, found = read_assurances(folder)
    problems.extend(found)
    files = _without_doubles([load_file(path, gazetteer) for path in record_files(folder)])
    for file in files:
        problems.extend(file.problems)
    return Dataset(heading, tuple(files), tuple(problems), tuple(assurances), tuple(holidays))


def _heading(folder: Path) -> tuple[Heading, list[Problem]]:
    path = folder / HEADING
    default = Heading(printable(folder.resolve().name) or "data", "")
    if not path.exists():
        return default, []
    try:
        tree, problems = read(path)
    except Unreadable as error:
        return default, [error.problem]
    if not isinstance(tree, Fields):
        at = Position(shown_path(path), 1, 1)
        return default, [*problems, Problem(at, ERROR, "bad-value", f"{HEADING} is a mapping with "
                                            "name: and released:")]  # fmt: skip
    record = Record(tree, problems, "a data set's heading")
    record.only(("name", "released"))
    released = record.date("released")
    if released is not None and (released.inferred or released.first != released.last):
        record.error(record.at("released"), "bad-date", f'"{released.text}" is not the day of a '
                     "release; write it like 2026-11-24")  # fmt: skip
        released = None
    return Heading(record.text("name") or default.name, released.text if released else ""), problems


def _holidays(folder: Path) -> tuple[list[Holiday], list[Problem]]:
    path = folder / CALENDARS / HOLIDAYS
    if not path.exists():
        return [], []
    try:
        rows = holiday_rows(path.parent)
    except (OSError, ValueError, KeyError) as error:
        at = Position(shown_path(path), 1, 1)
        said = printable(str(error))
        return [], [Problem(at, ERROR, "bad-calendar", f"the bank holidays cannot be read ({said})"
                            "; put the table right")]  # fmt: skip
    return [Holiday(division, day.isoformat(), title) for day, division, title in rows], []


def _id_of(file: Loaded) -> str | None:
    if file.service is not None:
        return file.service.id
    return file.notice.id if file.notice is not None else file.hides


def _without_doubles(files: list[Loaded]) -> list[Loaded]:
    first: dict[str, Path] = {}
    kept = []
    for file in files:
        name = _id_of(file)
        if name is not None and name in first:
            assert file.tree is not None
            problem = Problem(file.tree.position, ERROR, "duplicate-id", f'the id "{name}" is '
                              f"taken by {shown_path(first[name])}; rename one")  # fmt: skip
            file = Loaded(file.path, None, None, (*file.problems, problem), file.tree)
        elif name is not None:
            first[name] = file.path
        kept.append(file)
    return kept


class Kept(NamedTuple):
    """The last good records of files that are broken now, by the files' names."""

    services: dict[str, Service]
    notices: dict[str, Notice]


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
    kept = _last_good(dataset, last_good)
    services = [*_with_referrers_named(dataset.services), *kept.services.values()]
    for number, service in enumerate(services, 1):
        _insert(connection, number, service)
    connection.executemany(
        "INSERT INTO notice VALUES (?, ?, ?)",
        [(notice.id, *_row(notice)) for notice in (*dataset.notices, *kept.notices.values())],
    )
    connection.executemany(
        "INSERT INTO hidden VALUES (?)", [(file.hides,) for file in dataset.files if file.hides]
    )
    connection.executemany(
        "INSERT INTO assured VALUES (?, ?, ?)",
        [(assurance.service, *_row(assurance.source)) for assurance in dataset.assurances],
    )
    connection.executemany("INSERT INTO holiday VALUES (?, ?, ?)", dataset.holidays)
    connection.executemany(
        "INSERT INTO problem VALUES (?, ?, ?)", _problem_rows(dataset, folder, kept)
    )
    connection.commit()
    return dataset


def _row(record: Service | Notice | Source) -> tuple[str, int]:
    doc = encode(record)
    return doc, crc32(doc.encode())


def _problem_rows(dataset: Dataset, folder: Path, kept: Kept) -> list[tuple[str, int, int]]:
    """Each file with an error: its path inside the folder, the line, whether a record is kept."""
    prefix = shown_path(folder)
    names = {shown_path(file.path): file.path.stem for file in dataset.files}
    lines: dict[str, int] = {}
    for problem in dataset.problems:
        if problem.severity == ERROR:
            path, line, _ = problem.position
            lines[path] = min(line, lines.get(path, line))
    rows = []
    for path, line in sorted(lines.items()):
        name = names.get(path)
        is_kept = name in kept.services or name in kept.notices
        rows.append((path.removeprefix(prefix).lstrip("/\\"), line, int(is_kept)))
    return rows


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


def _last_good(dataset: Dataset, connection: sqlite3.Connection | None) -> Kept:
    kept = Kept({}, {})
    if connection is None:
        return kept
    present = {_id_of(file) for file in dataset.files}
    for path in dataset.broken:
        name = path.stem
        if name in present:
            continue
        table = "notice" if is_alert(path) else "service"
        row = connection.execute(f"SELECT doc FROM {table} WHERE id = ?", (name,)).fetchone()
        if row is not None and table == "notice":
            kept.notices[name] = decode_notice(row[0])
        elif row is not None:
            kept.services[name] = decode_service(row[0])
    return kept


def _insert(connection: sqlite3.Connection, number: int, service: Service) -> None:
    connection.execute(
        "INSERT INTO service VALUES (?, ?, ?, ?, ?)",
        (number, service.id, int(service.floor), *_row(service)),
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
    """Eight hex digits of the files' contents: two folders that agree in it say the same."""
    from hashlib import blake2b

    digest = blake2b(digest_size=4)
    for path in all_files(folder):
        try:
            data = content(path)
        except Unreadable:
            continue
        name = printable(path.relative_to(folder).as_posix())
        digest.update(f"{name} {len(data)} ".encode())
        digest.update(data)
    return digest.hexdigest()
