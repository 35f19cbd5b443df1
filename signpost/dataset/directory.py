"""The directory: the shipped records with an organisation's own laid over them.

It gives what may matter for a question, and single records by id. Later data sets hide earlier
records of the same id.
"""

import math
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from zlib import crc32

from signpost.core.answering import Material
from signpost.core.availability import DOOR_MILES
from signpost.core.calendars import holidays
from signpost.core.channel_days import Calendars
from signpost.core.places import Point
from signpost.core.query import DataVersion, Query
from signpost.core.reasons import Remark, remark
from signpost.core.services import Notice, Service
from signpost.dataset.encoding import decode_notice, decode_service
from signpost.dataset.gazetteer import Gazetteer
from signpost.dataset.snapshot import Damaged, data_folder, open_gazetteer, open_services

_MILES_PER_DEGREE = 69.0
_DIVISIONS = {
    "England": "england-and-wales",
    "Wales": "england-and-wales",
    "Scotland": "scotland",
    "Northern Ireland": "northern-ireland",
}


class Directory:
    """Opened data sets, earliest first. Nothing is read before it is asked for."""

    def __init__(self, layers: list[sqlite3.Connection], gazetteer: Gazetteer) -> None:
        self._layers = layers
        self.gazetteer = gazetteer
        self._metas = [_meta(layer) for layer in layers]

    @classmethod
    def open(
        cls,
        overlays: tuple[Path, ...] = (),
        cache: Path | None = None,
        postcodes: tuple[Path, ...] = (),
        rebuild: bool = False,
    ) -> "Directory":
        """Open the shipped data with these folders over them; raise NoData."""
        shipped = data_folder()
        gazetteer = open_gazetteer(shipped, cache, postcodes, rebuild)
        layers = [
            open_services(folder, cache, gazetteer, rebuild) for folder in (shipped, *overlays)
        ]
        return cls(layers, gazetteer)

    @property
    def versions(self) -> tuple[DataVersion, ...]:
        """Name, version and release of every data set in use."""
        return tuple(
            DataVersion(
                meta["name"],
                meta["version"],
                date.fromisoformat(meta["released"]).toordinal() if meta["released"] else None,
            )
            for meta in self._metas
        )

    def calendars(self) -> Calendars:
        """The bank-holiday tables of the four nations."""
        rows: dict[str, list[tuple[date, str]]] = {}
        for division, day, title in self._layers[0].execute("SELECT * FROM holiday"):
            rows.setdefault(division, []).append((date.fromisoformat(day), title))
        tables = {division: holidays(division, found) for division, found in rows.items()}
        return Calendars({
            nation: tables[division] for nation, division in _DIVISIONS.items()
            if division in tables
        })  # fmt: skip

    def material(self, query: Query) -> Material:
        """Everything that may bear on a question: candidate records, notices, calendars."""
        return Material(
            floor=tuple(self._decoded(self._rows("SELECT n FROM service WHERE floor"))),
            candidates=tuple(self._decoded(self._candidates(query))),
            notices=tuple(self._notices()),
            calendars=self.calendars(),
            data=self.versions,
            problems=tuple(self._problems()),
        )

    def service(self, name: str) -> Service | None:
        """One record by its id."""
        for layer in reversed(self._layers):
            row = layer.execute("SELECT doc, digest FROM service WHERE id = ?", (name,)).fetchone()
            if row is not None:
                return decode_service(_checked(*row))
        return None

    def ids(self) -> list[str]:
        """Every record's id, in order."""
        found = {row[0] for layer in self._layers for row in
                 layer.execute("SELECT id FROM service")}  # fmt: skip
        return sorted(found)

    def services(self) -> Iterator[Service]:
        """Every record, in the order of ids."""
        for name in self.ids():
            service = self.service(name)
            assert service is not None
            yield service

    def notices(self) -> tuple[Notice, ...]:
        """Every notice of every data set."""
        return tuple(self._notices())

    def _rows(self, sql: str, values: tuple[object, ...] = ()) -> list[list[int]]:
        return [[row[0] for row in layer.execute(sql, values)] for layer in self._layers]

    def _candidates(self, query: Query) -> list[list[int]]:
        place = query.place
        areas = ("", "UK", *_nations()) if place is None else ("", "UK", *place.areas)
        marks = ",".join("?" * len(areas))
        found = self._rows(f"SELECT DISTINCT n FROM reach WHERE area IN ({marks})", areas)
        if place is not None and place.point is not None:
            miles = max(query.within_miles or 0.0, DOOR_MILES)
            box = _box(place.point, miles)
            doors = self._rows(
                "SELECT DISTINCT n FROM door WHERE south <= ? AND north >= ? AND west <= ? "
                "AND east >= ?", box,
            )  # fmt: skip
            found = [sorted({*lines, *near}) for lines, near in zip(found, doors, strict=True)]
        return found

    def _decoded(self, numbers: list[list[int]]) -> Iterator[Service]:
        for index, layer in enumerate(self._layers):
            later = self._layers[index + 1 :]
            wanted = ",".join(str(number) for number in numbers[index])
            rows = layer.execute(
                f"SELECT id, doc, digest FROM service WHERE n IN ({wanted}) ORDER BY n"
            )
            for name, doc, digest in rows:
                if not any(_has(other, name) for other in later):
                    yield decode_service(_checked(doc, digest))

    def _notices(self) -> Iterator[Notice]:
        for layer in self._layers:
            for doc, digest in layer.execute("SELECT doc, digest FROM notice ORDER BY id"):
                yield decode_notice(_checked(doc, digest))

    def _problems(self) -> Iterator[Remark]:
        for layer in self._layers:
            broken = layer.execute(
                "SELECT COUNT(DISTINCT path), MIN(path || ':' || line || ':' || col) FROM problem "
                "WHERE severity = 'error'"
            ).fetchone()
            if broken[0]:
                count = "1 record" if broken[0] == 1 else f"{broken[0]} records"
                verb = "is" if broken[0] == 1 else "are"
                yield remark("records_left_out", count=f"{count} ({broken[1]})", verb=verb)


def _meta(layer: sqlite3.Connection) -> dict[str, str]:
    try:
        return dict(layer.execute("SELECT key, value FROM meta"))
    except sqlite3.DatabaseError as error:
        raise Damaged(str(error)) from None


def _has(layer: sqlite3.Connection, name: str) -> bool:
    return layer.execute("SELECT 1 FROM service WHERE id = ?", (name,)).fetchone() is not None


def _checked(doc: str, digest: int) -> str:
    if crc32(doc.encode()) != digest:
        raise Damaged("a record does not agree with its digest")
    return doc


def _nations() -> tuple[str, ...]:
    return tuple(f"NAT:{nation}" for nation in _DIVISIONS)


def _box(point: Point, miles: float) -> tuple[float, float, float, float]:
    """A box that holds every point within so many miles: north, south, east, west bounds."""
    lat = miles / _MILES_PER_DEGREE
    lon = lat / max(0.2, math.cos(math.radians(point.lat)))
    return point.lat + lat, point.lat - lat, point.lon + lon, point.lon - lon


