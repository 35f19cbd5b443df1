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
from signpost.core.contacts import phone_of
from signpost.core.floor import BUILT_IN
from signpost.core.places import Point
from signpost.core.query import DataVersion, Query
from signpost.core.reasons import Remark, remark
from signpost.core.services import NATIONS, Notice, Service
from signpost.dataset.encoding import decode_notice, decode_service, decode_source
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
        floor = tuple(self._decoded(self._rows("SELECT n FROM service WHERE floor")))
        return Material(
            floor=(*floor, *_missing_lines(floor)),
            candidates=tuple(self._decoded(self._candidates(query))),
            notices=self.notices(),
            calendars=self.calendars(),
            data=self.versions,
            problems=tuple(self._problems()),
        )

    def service(self, name: str) -> Service | None:
        """One record by its id; None when there is none or a later data set hides it."""
        for index in reversed(range(len(self._layers))):
            row = self._layers[index].execute(
                "SELECT doc, digest FROM service WHERE id = ?", (name,)
            ).fetchone()  # fmt: skip
            if row is not None:
                return self._read(index, *row)
            if _is_hidden(self._layers[index], name):
                return None
        return None

    def ids(self) -> list[str]:
        """Every record's id, in order."""
        found: set[str] = set()
        for layer in self._layers:
            found.difference_update(row[0] for row in layer.execute("SELECT id FROM hidden"))
            found.update(row[0] for row in layer.execute("SELECT id FROM service"))
        return sorted(found)

    def services(self) -> Iterator[Service]:
        """Every record, in the order of ids."""
        for name in self.ids():
            service = self.service(name)
            assert service is not None
            yield service

    def notices(self) -> tuple[Notice, ...]:
        """Every notice, a later one of the same id in place of an earlier one, in order of ids."""
        found: dict[str, Notice] = {}
        for layer in self._layers:
            for row in layer.execute("SELECT id FROM hidden"):
                found.pop(row[0], None)
            for name, doc, digest in layer.execute("SELECT id, doc, digest FROM notice"):
                found[name] = decode_notice(_checked(doc, digest))
        return tuple(self._with_stand_in(found[name]) for name in sorted(found))

    def _with_stand_in(self, notice: Notice) -> Notice:
        """The notice with the name and number of the record to use instead."""
        service = None if notice.instead is None else self.service(notice.instead)
        if service is None:
            return notice
        number = phone_of(service)
        return notice._replace(
            stand_in=service.name if number is None else f"{service.name}, {number}"
        )

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
                if not any(_has(other, name) or _is_hidden(other, name) for other in later):
                    yield self._read(index, doc, digest)

    def _read(self, index: int, doc: str, digest: int) -> Service:
        """The service of a row, with the checks of its own and later data sets laid over it."""
        service = decode_service(_checked(doc, digest))
        checks = tuple(
            decode_source(_checked(*row))
            for layer in self._layers[index:]
            for row in layer.execute(
                "SELECT doc, digest FROM assured WHERE service = ? ORDER BY rowid", (service.id,)
            )
        )
        return service._replace(sources=(*service.sources, *checks)) if checks else service

    def _problems(self) -> Iterator[Remark]:
        """What is not as its file says: records left out, and records as they last were."""
        for layer, meta in zip(self._layers, self._metas, strict=True):
            for kept, code in ((0, "records_left_out"), (1, "records_kept")):
                rows = layer.execute(
                    "SELECT path || ':' || line FROM problem WHERE kept = ? ORDER BY path", (kept,)
                ).fetchall()
                if not rows:
                    continue
                count = "1 file" if len(rows) == 1 else f"{len(rows)} files"
                where = f"{count} of {meta['name']} ({rows[0][0]})"
                if kept:
                    yield remark(code, count=where)
                else:
                    yield remark(code, count=where, verb="is" if len(rows) == 1 else "are")


def _missing_lines(floor: tuple[Service, ...]) -> Iterator[Service]:
    """The built-in emergency lines, for every nation in which no record takes their part."""
    for line in BUILT_IN:
        served = {
            nation for service in floor if service.role == line.role for nation in service.nations
        }
        missing = tuple(nation for nation in NATIONS if nation not in served)
        if missing:
            yield line._replace(nations=missing)


def _meta(layer: sqlite3.Connection) -> dict[str, str]:
    try:
        return dict(layer.execute("SELECT key, value FROM meta"))
    except sqlite3.DatabaseError as error:
        raise Damaged(str(error)) from None


def _has(layer: sqlite3.Connection, name: str) -> bool:
    return layer.execute("SELECT 1 FROM service WHERE id = ?", (name,)).fetchone() is not None


def _is_hidden(layer: sqlite3.Connection, name: str) -> bool:
    return layer.execute("SELECT 1 FROM hidden WHERE id = ?", (name,)).fetchone() is not None


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
