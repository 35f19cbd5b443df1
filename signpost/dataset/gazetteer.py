"""Place names and postcodes to places: the tables of `data/places/` as one SQLite file.

`write_gazetteer` compiles the tables; `Gazetteer` reads the result, touching only the
rows that a question needs. What the tables hold is told in `data/places/README.md`.
"""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from signpost.core.places import (
    KINDS,
    ROUGH_KM,
    AmbiguousPlace,
    Area,
    AreaName,
    Coordinates,
    Name,
    Place,
    Point,
    Postcode,
    UnknownPlace,
    choose,
    distance_miles,
    in_figures,
    label_among,
    outside,
    place_key,
    read_place,
    shorten,
)
from signpost.errors import InvalidValue

FORMAT = "1"
"""Of the compiled tables; a file of another format is to be built again."""

FILES = ("areas.tsv", "health_areas.tsv", "outcodes.tsv", "places.tsv.gz", "sectors.tsv",
         "wards.tsv")  # fmt: skip
"""What `write_gazetteer` reads: a change in any of them calls for a new compilation."""

RESIDENTS_PER_POSTCODE = 37
"""Of Great Britain: 65 million people over 1.75 million live postcodes."""

RESIDENTS_PER_NEARBY_POSTCODE = 25
"""For a place whose population nobody gives, by the postcodes within 2 km: three in four
villages of known population have fewer, since those postcodes are not all their own."""

LARGEST_UNCOUNTED = 15_000
"""Most residents such a place is taken to have, in a city's midst as it may be: towns have
their population in the tables, and half the suburbs that have one are below 12,500."""

LARGEST_ROUGH = 2_000
"""The same where only the outcode is known: the postcodes near its middle say nothing."""

UNCOUNTED = 500
"""Residents of a place with neither population nor postcodes (Northern Ireland and the
islands): the source gives a population from 500 on."""

LEAST_SHARE = 0.05
"""A smaller share of a postcode district or sector in another area is left out."""

WHOLE_SHARE = 0.95
"""From this share on, a part of an area is as good as the area: Cornwall and its council."""

DEPENDENCIES = ("Isle of Man", "Jersey", "Guernsey")
"""The Crown dependencies: not the UK, so what serves the UK is not said to serve them."""

# London has a row among the places, in Westminster; whoever says London may be in any of
# the 33 boroughs, so it is the region instead.
SPREAD = {("London", "city"): "RGN:London"}

# Also called by the first word: Newcastle upon Tyne, Stoke-on-Trent, Stratford-upon-Avon.
_LONG_NAME = r"(?i)(\w.*?)[ -](?:on|upon|under|in|by|next|super|le)[ -]"

_NO_NEED_TO_SAY = (
    r"(?i)^(?:NHS|City of|County of)\s+|\s+(?:ICB|Integrated Care Board|Health and Social Care"
    r" Trust|(?:Teaching |University )?Health Board|City|Islands)$"
)

# As written on envelopes.
_SHORT_COUNTIES = {
    "beds": "Bedfordshire", "berks": "Berkshire", "bucks": "Buckinghamshire",
    "cambs": "Cambridgeshire",
    "derbys": "Derbyshire", "glos": "Gloucestershire", "hants": "Hampshire",
    "herts": "Hertfordshire", "lancs": "Lancashire", "leics": "Leicestershire",
    "lincs": "Lincolnshire", "northants": "Northamptonshire", "notts": "Nottinghamshire",
    "oxon": "Oxfordshire", "salop": "Shropshire", "staffs": "Staffordshire",
    "wilts": "Wiltshire", "worcs": "Worcestershire",
}  # fmt: skip

# Counties that people still write after a place, and the districts they reach into.
_OLD_COUNTIES = {
    "County Antrim": "N09000001 N09000003 N09000004 N09000007 N09000008",
    "County Armagh": "N09000002 N09000010",
    "County Down": "N09000002 N09000003 N09000007 N09000010 N09000011",
    "County Fermanagh": "N09000006",
    "Fermanagh": "N09000006",
    "County Londonderry": "N09000004 N09000005 N09000009",
    "County Tyrone": "N09000005 N09000006 N09000009",
    "Tyrone": "N09000005 N09000006 N09000009",
    "Clwyd": "W06000003 W06000004 W06000005 W06000006",
    "Dyfed": "W06000008 W06000009 W06000010",
    "Gwent": "W06000018 W06000019 W06000020 W06000021 W06000022",
    "Mid Glamorgan": "W06000013 W06000016 W06000024",
    "South Glamorgan": "W06000014 W06000015",
    "West Glamorgan": "W06000011 W06000012",
}

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE area (code TEXT PRIMARY KEY, kind TEXT, name TEXT, alt TEXT, lat REAL, lon REAL,
  radius_km REAL, residents INTEGER, county TEXT, region TEXT, nation TEXT, wholly TEXT,
  partly TEXT) WITHOUT ROWID;
CREATE TABLE area_name (key TEXT, code TEXT, own INTEGER, PRIMARY KEY (key, code)) WITHOUT ROWID;
CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT, kind TEXT, lat REAL, lon REAL,
  precision_km REAL, population INTEGER, residents INTEGER, outcode TEXT, districts TEXT,
  healths TEXT, source TEXT);
CREATE TABLE name (key TEXT, place INTEGER, own INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE postal (code TEXT PRIMARY KEY, lat REAL, lon REAL, radius_km REAL,
  residents INTEGER, districts TEXT, healths TEXT, note TEXT) WITHOUT ROWID;
"""

_INDEXES = """
CREATE INDEX place_lat ON place (lat);
CREATE INDEX postal_lat ON postal (lat);
"""


# --- compiling --------------------------------------------------------------------------


def write_gazetteer(connection: sqlite3.Connection, folder: Path) -> None:
    """Compile the tables of `folder` (`data/places`) into an empty database.

    The same tables give the same database, row for row. The caller commits, and sees to it
    that nobody reads a half-written file.
    """
    connection.executescript(_SCHEMA)
    postal = {str(row[0]): row for row in _postal_rows(folder)}
    _write_places(connection, folder, _write_areas(connection, folder), postal)
    connection.executemany("INSERT INTO postal VALUES (?,?,?,?,?,?,?,?)", postal.values())
    connection.executescript(_INDEXES)
    connection.execute("INSERT INTO meta VALUES ('format', ?)", (FORMAT,))
    connection.execute("INSERT INTO meta VALUES ('digest', ?)", (digest(folder),))


def digest(folder: Path) -> str:
    """What tells one state of the tables in `folder` from another (SHA-256)."""
    from hashlib import sha256

    sums = (sha256((folder / name).read_bytes()).hexdigest() for name in FILES)
    return sha256(" ".join((FORMAT, *sums)).encode()).hexdigest()


def holiday_rows(folder: Path) -> list[tuple[date, str, str]]:
    """(day, division, title) of every row of `folder/bank_holidays.tsv` (`data/calendars`)."""
    return [
        (date.fromisoformat(row["date"]), row["division"], row["title"])
        for row in _rows(folder / "bank_holidays.tsv")
    ]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a table: tab-separated, one header line, nothing quoted."""
    data = path.read_bytes()
    if path.suffix == ".gz":
        import gzip

        data = gzip.decompress(data)
    header, *lines = data.decode().removesuffix("\n").split("\n")
    columns = header.split("\t")
    for line in lines:
        yield dict(zip(columns, line.split("\t"), strict=True))


def _residents(postcodes: str) -> int:
    return int(postcodes or 0) * RESIDENTS_PER_POSTCODE


def _uncounted(postcodes_2km: str, precision_km: str) -> int:
    nearby = int(postcodes_2km or 0) * RESIDENTS_PER_NEARBY_POSTCODE
    most = LARGEST_ROUGH if float(precision_km) >= ROUGH_KM else LARGEST_UNCOUNTED
    return min(nearby, most) if nearby else UNCOUNTED


def _split(joined: str) -> tuple[str, ...]:
    return tuple(joined.split("|")) if joined else ()


def _joined(*lists: str) -> str:
    return "|".join(dict.fromkeys(item for joined in lists for item in _split(joined)))


def _shares(text: str) -> str:
    """`E07000037:0.91|E07000038:0.06|E07000195:0.03` to `E07000037|E07000038`."""
    pairs = (item.rpartition(":") for item in _split(text))
    return "|".join(code for code, _, share in pairs if float(share) >= LEAST_SHARE)


def _write_areas(connection: sqlite3.Connection, folder: Path) -> dict[str, dict[str, str]]:
    areas = {row["code"]: row for row in _rows(folder / "areas.tsv")}
    areas["UK"] = dict.fromkeys(next(iter(areas.values())), "") | {
        "code": "UK", "kind": "uk", "name": "United Kingdom", "alt": "UK|Great Britain|Britain|GB",
        "lat": "54.0", "lon": "-2.5", "radius_km": "600",
    }  # fmt: skip
    healths: dict[str, dict[str, float]] = defaultdict(dict)  # NaN: some share, nobody says what
    for row in _rows(folder / "health_areas.tsv"):
        share = float(row["share"] or "nan")
        if not share < LEAST_SHARE:
            healths[row["district_code"]][row["health_code"]] = share
    parts = _parts(areas, healths)
    names: dict[tuple[str, str], int] = {}
    parts["UK"] = dict.fromkeys(
        (code for code, row in areas.items() if row["kind"] == "nation" and _in_uk(row)), 0.0
    )
    for code, row in areas.items():
        wholly, partly = _holders(row, parts[code])
        connection.execute(
            "INSERT INTO area VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (code, row["kind"], row["name"], row["alt"], float(row["lat"]), float(row["lon"]),
             float(row["radius_km"]), _residents(row["postcodes"]), row["county"], row["region"],
             row["nation"], "|".join(wholly), "|".join(partly)),
        )  # fmt: skip
        short = re.sub(_NO_NEED_TO_SAY, "", row["name"])
        long = re.match(_LONG_NAME, row["name"]) if row["kind"] == "district" else None
        others = [*_split(row["alt"]), short, re.sub(_NO_NEED_TO_SAY, "", short)]
        for name in [*others, long[1]] if long else others:
            names[place_key(name), code] = 0
        names[place_key(row["name"]), code] = 1
    for county, codes in _OLD_COUNTIES.items():
        names |= {(place_key(county), code): 0 for code in codes.split()}
    connection.executemany(
        "INSERT INTO area_name VALUES (?,?,?)", ((*k, own) for k, own in sorted(names.items()))
    )
    return areas


def _parts(
    areas: dict[str, dict[str, str]], healths: dict[str, dict[str, float]]
) -> dict[str, dict[str, float]]:
    """For each area the districts, counties, health areas and regions in it, with shares."""
    parts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for code, row in areas.items():
        if row["kind"] != "district":
            continue
        size = float(row["postcodes"] or "nan")
        county = f"CTY:{row['county']}" if row["county"] else ""
        region = f"RGN:{row['region']}" if row["region"] else ""
        nation = f"NAT:{row['nation']}"
        for whole in filter(None, (county, region, nation)):
            for part in filter(None, (code, county, region)):
                if part != whole and KINDS.index(_kind(part)) < KINDS.index(_kind(whole)):
                    parts[whole][part] += size
        for health, share in healths[code].items():
            for whole in filter(None, (code, county, region, nation)):
                parts[whole][health] += size * share
            for part in filter(None, (code, county, region)):
                parts[health][part] += size * share
    return {
        code: {part: size / float(row["postcodes"] or "nan") for part, size in parts[code].items()}
        for code, row in areas.items()
    }


def _kind(code: str) -> str:
    return {"CTY": "county", "RGN": "region", "NAT": "nation"}.get(code[:3], "district")


def _holders(row: dict[str, str], parts: dict[str, float]) -> tuple[list[str], list[str]]:
    """Codes of the areas that hold an area wholly (itself among them), and in part."""
    wholly = [row["code"]]
    if row["county"]:
        wholly.append(f"CTY:{row['county']}")
    if row["region"]:
        wholly.append(f"RGN:{row['region']}")
    if row["nation"] and row["kind"] != "nation":
        wholly.append(f"NAT:{row['nation']}")
    if row["kind"] != "uk" and _in_uk(row):
        wholly.append("UK")
    lone_trust = [part for part, share in parts.items() if share != share]
    for part, share in parts.items():
        if share >= WHOLE_SHARE or (row["kind"] == "district" and lone_trust == [part]):
            wholly.append(part)
    return list(dict.fromkeys(wholly)), sorted(set(parts) - set(wholly))


def _in_uk(row: dict[str, str]) -> bool:
    return (row["nation"] or row["name"]) not in DEPENDENCIES


def _write_places(
    connection: sqlite3.Connection,
    folder: Path,
    areas: dict[str, dict[str, str]],
    postal: dict[str, tuple[object, ...]],
) -> None:
    names: dict[tuple[str, int], int] = {}
    places: list[tuple[object, ...]] = []
    area_names: list[tuple[str, str, int]] = []
    for row in _rows(folder / "places.tsv.gz"):
        other = _split(row["alt"])
        districts, healths = row["district_code"], row["health_code"]
        if float(row["precision_km"]) >= ROUGH_KM and (outcode := postal.get(row["outcode"])):
            # Somewhere in its outcode: in any of the outcode's areas, then. (Of such places
            # one in seven is not in the district that the middle of the outcode is in.)
            districts = _joined(districts, str(outcode[5]))
            healths = _joined(healths, str(outcode[6]))
        area = SPREAD.get((row["name"], row["kind"]))
        if row["kind"] == "locality":  # the borough (Bromley), not some dot in it
            namesakes = [code for code in _split(districts) if areas[code]["name"] == row["name"]]
            area = next(iter(namesakes), None)
        if area:
            area_names.extend((place_key(name), area, 0) for name in other)
            continue
        population = int(row["population"]) if row["population"] else None
        residents = population or _uncounted(row["postcodes_2km"], row["precision_km"])
        number = len(places) + 1
        places.append(
            (number, row["name"], row["kind"], float(row["lat"]), float(row["lon"]),
             float(row["precision_km"]), population, residents,
             row["outcode"], districts, healths, "name")
        )  # fmt: skip
        if row["kind"] in ("city", "town") and (long := re.match(_LONG_NAME, row["name"])):
            other = (*other, long[1])
        for name in other:
            names[place_key(name), number] = 0
        names[place_key(row["name"]), number] = 1
    settled = {key for key, _ in names}
    settled.update(key for (key,) in connection.execute("SELECT key FROM area_name"))
    for row in _rows(folder / "wards.tsv"):  # suburbs that no table of places has
        key = place_key(row["name"])
        if key not in settled and row["district_code"] in areas:
            number = len(places) + 1
            places.append(
                (number, row["name"], "ward", float(row["lat"]), float(row["lon"]),
                 float(row["radius_km"]), None, _residents(row["postcodes"]),
                 row["outcode"], row["district_code"], row["health_code"], "ward")
            )  # fmt: skip
            names[key, number] = 1
    connection.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", places)
    connection.executemany(
        "INSERT INTO name VALUES (?,?,?)", ((*k, own) for k, own in sorted(names.items()) if k[0])
    )
    connection.executemany("INSERT OR IGNORE INTO area_name VALUES (?,?,?)", area_names)


def _postal_rows(folder: Path) -> Iterator[tuple[object, ...]]:
    for row in _rows(folder / "outcodes.tsv"):
        usable = row["kind"] != "non-geographic or retired"
        yield (
            row["outcode"], float(row["lat"]), float(row["lon"]), float(row["radius_km"]),
            _residents(row["postcodes"]),
            (_shares(row["districts_share"]) or row["district_code"]) if usable else "",
            _shares(row["health_share"]) if usable else "", row["places"],
        )  # fmt: skip
    for row in _rows(folder / "sectors.tsv"):
        yield (
            row["sector"], float(row["lat"]), float(row["lon"]), float(row["radius_km"]),
            _residents(row["postcodes"]), _shares(row["districts_share"]) or row["district_code"],
            _shares(row["health_share"]) or row["health_code"], "",
        )  # fmt: skip


# --- reading ----------------------------------------------------------------------------


class _AreaRow(NamedTuple):
    """A row of `area`, its lists split."""

    area: Area
    point: Point
    radius_km: float
    residents: int
    county: str
    wholly: tuple[str, ...]
    partly: tuple[str, ...]


_PLACE = (
    "SELECT p.id, p.name, p.kind, p.lat, p.lon, p.precision_km, p.population, p.residents,"
    " p.outcode, p.districts, p.healths, p.source"
)


class Gazetteer:
    """Looks up what people type; opened at the first question.

    `source` is a compiled file or an open connection, which is only read. `postcodes` are
    folders that may hold the full postcodes of an area, as `DE.tsv.gz`; where none does,
    a postcode is answered by its sector.
    """

    def __init__(self, source: Path | sqlite3.Connection, postcodes: Sequence[Path] = ()) -> None:
        self._path = source if isinstance(source, Path) else None
        self._connection = source if isinstance(source, sqlite3.Connection) else None
        self._folders = tuple(postcodes)
        self._area_rows: dict[str, _AreaRow | None] = {}

    def close(self) -> None:
        """Close the file; the next question opens it again. A given connection stays open."""
        if self._path is not None and self._connection is not None:
            self._connection.close()
            self._connection = None

    # Places

    def place(self, text: str) -> Place:
        """The place that was typed; UnknownPlace or AmbiguousPlace when there is no telling."""
        typed = read_place(text)
        match typed:
            case Name():
                return choose(text.strip(), self._bearers(typed), self.label)
            case Postcode():
                return self._postcode(typed)
            case Coordinates():
                return self.near(typed.point, typed.text, typed.source, typed.precision_km)
            case AreaName():
                return self._area_place(self._area_named(typed.reference))

    def candidates(self, text: str) -> tuple[Place, ...]:
        """Every place that was perhaps meant, best first; UnknownPlace when there is none."""
        typed = read_place(text)
        if isinstance(typed, Name):
            return tuple(sorted(self._bearers(typed), key=lambda place: -place.residents))
        return (self.place(text),)

    def town(self, reference: str) -> Place:
        """The place a record names: `town:Buxton, Derbyshire`; InvalidValue with a remedy."""
        try:
            return self.place(reference.removeprefix("town:"))
        except (UnknownPlace, AmbiguousPlace) as error:
            raise InvalidValue(str(error)) from None

    def near(
        self, point: Point, name: str = "", source: str = "point", precision_km: float = 0.0
    ) -> Place:
        """A bare point, with the areas of the postcodes round it.

        Where neighbouring postcodes lie in different areas, all of them are given, as
        holding the point only perhaps. UnknownPlace beyond the places we know.
        """
        text = name or in_figures(point)
        postal = self._nearest_postal(point)
        if not postal:
            raise outside(text)
        districts = list(dict.fromkeys(code for row in postal for code in _split(row[0])))
        healths = list(dict.fromkeys(code for row in postal for code in _split(row[1])))
        town = self._nearest_town(point)
        return self._build(
            f"{text}, near {town}" if town else text, point, precision_km, source, source,
            districts, healths,
        )  # fmt: skip

    def complete(self, prefix: str, limit: int = 20) -> list[str]:
        """The largest places whose names begin so, as they can be typed."""
        key = place_key(prefix)
        if not key:
            return []
        rows = self._db.execute(
            f"{_PLACE} FROM name n JOIN place p ON p.id = n.place"
            " WHERE n.key >= ? AND n.key < ? AND n.own ORDER BY p.residents DESC, p.id LIMIT ?",
            (key, key + "\U0010ffff", limit),
        )
        return list(dict.fromkeys(self._from_row(row).label for row in rows))

    # Areas

    def areas(self) -> tuple[Area, ...]:
        """Every area, by kind and name."""
        rows = self._db.execute("SELECT code, kind, name FROM area").fetchall()
        rows.sort(key=lambda row: (KINDS.index(row[1]), row[2]))
        return tuple(self._known(row[0]).area for row in rows)

    def area(self, code_or_name: str) -> Area | None:
        """An area by code (`E07000037`), reference (`county:Derbyshire`) or name."""
        code = self._find_area(code_or_name)
        return self._known(code).area if code else None

    def area_code(self, reference: str) -> str:
        """The code of the area that a record names: `county:Derbyshire`, `uk`.

        InvalidValue says what is wrong and which areas have a like name.
        """
        kind, colon, name = (part.strip() for part in reference.partition(":"))
        if reference.strip().lower() == "uk":
            return "UK"
        if kind == "town":
            raise InvalidValue(
                f"“{shorten(reference)}” is a town, not an area: name the district that holds it"
            )
        if not colon or kind not in KINDS[:-1]:
            raise InvalidValue(
                f"“{shorten(reference)}” names no area: write district:, county:, health:, "
                "region: or nation: before the name, or uk"
            )
        if code := self._find_area(reference):
            return code
        like = self._areas_of_town(name, kind) or self._like_areas(name, kind)
        meant = f"did you mean {' or '.join(like)}?" if like else "check the spelling"
        raise InvalidValue(f"there is no {kind} called “{shorten(name)}”: {meant}")

    def _areas_of_town(self, name: str, kind: str) -> tuple[str, ...]:
        """The areas of a kind that hold the places of a name: `district:High Peak`, for Buxton."""
        codes = dict.fromkeys(code for place in self._pool(place_key(name)) for code in place.areas)
        areas = [self._known(code).area for code in codes]
        return tuple(f"{kind}:{area.name}" for area in areas if area.kind == kind)[:5]

    # Names

    def label(self, place: Place, others: Sequence[Place] = ()) -> str:
        """How to type a place so that it and no namesake is found."""
        return label_among(place, [*others, *self._pool(place_key(place.name))])

    def _bearers(self, typed: Name) -> list[Place]:
        """The places that bear a name, of those in the area typed with it; UnknownPlace."""
        parts = [typed.name, *typed.within.split(",")] if typed.within else [typed.name]
        for cut in range(len(parts) - 1, 0, -1):  # some names have a comma themselves
            key = place_key(" ".join(parts[:cut]))
            if found := self._within(key, self._pool(key), parts[cut:]):
                return found
        if found := self._pool(place_key(" ".join(parts))):
            return found
        words = typed.name.split()
        for cut in range(len(words) - 1, 0, -1):  # "Ripley Surrey", the comma forgotten
            key = place_key(" ".join(words[:cut]))
            if found := self._within(key, self._pool(key), [" ".join(words[cut:]), *parts[1:]]):
                return found
        if typed.within and (pool := self._pool(place_key(typed.name))):
            there = self._labels(pool)[:5]
            raise UnknownPlace(
                f"There is no {shorten(typed.name)} in “{shorten(typed.within)}” that we know "
                f"of. Did you mean {' or '.join(there)}?",
                there,
            )
        raise self._unknown(typed)

    def _labels(self, places: Sequence[Place]) -> tuple[str, ...]:
        return tuple(self.label(place, places) for place in places)

    def _pool(self, key: str) -> list[Place]:
        """Everything called so: places, and areas that no place of the name speaks for."""
        rows = self._db.execute(
            f"{_PLACE}, n.own FROM name n JOIN place p ON p.id = n.place WHERE n.key = ?"
            " ORDER BY p.residents DESC, p.id",
            (key,),
        ).fetchall()
        places = [(self._from_row(row[:-1]), row[-1]) for row in rows]
        areas = [
            (self._known(code), own)
            for code, own in self._db.execute(
                "SELECT code, own FROM area_name WHERE key = ?", (key,)
            )
        ]
        if areas:
            # The settlement speaks for the district named after it (Derby); but the district
            # does where only it has the very name (Camden, against Camden Town).
            places = [
                (place, own)
                for place, own in places
                if not any(
                    row.area.code in place.areas and area_own > own for row, area_own in areas
                )
            ]
            spoken = {code for place, _ in places for code in {*place.areas} - {*place.partly}}
            areas = [(row, own) for row, own in areas if row.area.code not in spoken]
            areas.sort(key=lambda pair: (-pair[1], _AREA_ORDER.index(pair[0].area.kind)))
        found: list[Place] = []
        for row, _ in areas:  # of areas in each other, the first kind: Cornwall is the county
            if not any(row.area.code in place.areas for place in found):
                found.append(self._area_place(row.area.code))
        return [place for place, _ in places] + found

    def _within(self, key: str, pool: Sequence[Place], areas: Sequence[str]) -> list[Place]:
        """Those called `key` that lie in an area, by its name, short form or outcode.

        `areas` are what stood between commas: one name (`Newry, Mourne and Down`) or
        several (`Derbyshire, England`).
        """
        whole = " ".join(areas).strip()
        outcode = whole.upper()
        if found := [place for place in pool if place.outcode == outcode]:
            return [place for place in found if place_key(place.name) == key] or found
        if found := self._in_named(pool, place_key(whole)):
            return found
        found = list(pool) if len(areas) > 1 else []
        for area in areas:
            found = self._in_named(found, place_key(area))
        return found

    def _in_named(self, pool: Sequence[Place], key: str) -> list[Place]:
        key = place_key(_SHORT_COUNTIES.get(key, key))
        if not pool or not key:
            return []
        rows = self._db.execute("SELECT code FROM area_name WHERE key = ?", (key,)).fetchall()
        codes = {code for (code,) in rows}
        boards = {code for code in codes if self._known(code).area.kind == "health"}
        for wanted in (codes - boards, boards):  # "Highland" is the council before the board
            if found := [place for place in pool if not wanted.isdisjoint(_spoken_of(place))]:
                return found
        if found := [place for place in pool if not codes.isdisjoint(place.partly)]:
            return found
        words = set(key.split()) - {"county", "co"}  # "Durham", "Co Durham", "Sussex", "Down"
        rows = self._db.execute(
            "SELECT key, code FROM area_name WHERE key LIKE ?",
            (f"%{max(words, key=len, default=key)}%",),
        ).fetchall()
        codes = {code for other, code in rows if words and words <= set(other.split())}
        return [place for place in pool if codes.intersection(place.areas)]

    def _unknown(self, typed: Name) -> UnknownPlace:
        like = self._like_places(typed) or tuple(self.complete(typed.name, 5))
        meant = f"Did you mean {' or '.join(like)}?" if like else "Check the spelling"
        remedy = "Or type the nearest town, or a postcode." if like else "or type a postcode."
        return UnknownPlace(
            f"No place called “{shorten(typed.name)}” is known. {meant}"
            f"{' ' if like else ', '}{remedy}",
            like,
        )

    def _like_places(self, typed: Name) -> tuple[str, ...]:
        """Up to five places whose names are nearly what was typed, likely ones first."""
        from rapidfuzz import fuzz, process

        key = place_key(typed.name)
        if not key:
            return ()
        least, most = int(len(key) * 0.6), int(len(key) * 1.6)  # no other is alike enough
        rows = self._db.execute(
            "SELECT n.key, max(p.residents) FROM name n JOIN place p ON p.id = n.place"
            " WHERE length(n.key) BETWEEN ? AND ? GROUP BY n.key"
            " UNION ALL SELECT key, 100000 FROM area_name",
            (least, most),
        ).fetchall()
        sizes = dict(rows)
        close = process.extract(key, list(sizes), scorer=fuzz.ratio, limit=40, score_cutoff=78)
        close = [hit for hit in close if hit[1] >= close[0][1] - 12]
        close.sort(key=lambda hit: (-(hit[1] + min(sizes[hit[0]], 300_000) ** 0.5 / 40), hit[0]))
        found: list[str] = []
        for name, _, _ in close[:8]:
            pool = self._pool(name)
            if typed.within:
                pool = self._within(name, pool, typed.within.split(",")) or pool
            found.extend(label for label in self._labels(pool)[:2] if label not in found)
        return tuple(found[:5])

    # Postcodes

    def _postcode(self, typed: Postcode) -> Place:
        if typed.unit and (place := self._full_postcode(typed)):
            return place
        outcode, sector = typed.outcode, typed.sector
        tries = [f"{outcode} {sector}"] if sector else []
        tries.append(outcode)
        if not sector and len(outcode) > 2 and outcode[-1].isdigit():
            tries.append(f"{outcode[:-1]} {outcode[-1]}")  # "DE53" can only be DE5 3
        for code in tries:
            row = self._db.execute(
                "SELECT lat, lon, radius_km, residents, districts, healths, note FROM postal"
                " WHERE code = ?",
                (code,),
            ).fetchone()
            if row is None:
                continue
            if not row[4]:
                towns = self._towns(row[6])
                raise UnknownPlace(
                    f"{code} is a postcode for bulk mail or no longer in use. "
                    f"Type the town{f', perhaps {towns[0]}' if towns else ''}.",
                    towns,
                )
            kind = "sector" if " " in code else "outcode"
            return self._build(
                code, Point(row[0], row[1]), row[2], kind, kind,
                _split(row[4]), _split(row[5]), outcode=code.split(" ")[0],
                residents=row[3],
            )  # fmt: skip
        raise UnknownPlace(
            f"No postcode begins with {outcode}. Check the letters, or type the town."
        )

    def _towns(self, names: str) -> tuple[str, ...]:
        """The places after which a postcode district is named, where there is no doubt."""
        pools = (self._pool(place_key(name)) for name in _split(names))
        return tuple(pool[0].label for pool in pools if len(pool) == 1)

    def _full_postcode(self, typed: Postcode) -> Place | None:
        """From the optional pack: one file an area, `#area` lines first, then sorted rows."""
        file = typed.outcode.rstrip("0123456789")[:2].rstrip("0123456789") + ".tsv.gz"
        wanted = f"{typed.outcode}{typed.sector}{typed.unit}\t"
        for folder in self._folders:
            path = folder / file
            if not path.is_file():
                continue
            import gzip

            try:
                text = gzip.decompress(path.read_bytes()).decode()
            except (OSError, EOFError, ValueError):  # damaged: the sector answers
                continue
            start = text.find(f"\n{wanted}")
            if start < 0:
                continue
            _, lat, lon, number = text[start + 1 : text.index("\n", start + 1)].split("\t")
            line = text.index(f"#area\t{number}\t")
            _, _, district, health = text[line : text.index("\n", line)].split("\t")
            return self._build(
                str(typed), Point(int(lat) / 1e4, int(lon) / 1e4), 0.1, "postcode", "postcode",
                [district], [health] if health else [], outcode=typed.outcode,
            )  # fmt: skip
        return None

    # Points

    def _nearest_postal(self, point: Point) -> list[tuple[str, str]]:
        """(districts, health areas) of the postcodes that a point is among, nearest first."""
        for reach in (0.06, 0.25, 0.7):  # degrees of latitude: 4, 17 and 48 miles
            rows = self._db.execute(
                "SELECT lat, lon, radius_km, districts, healths, code FROM postal"
                " WHERE lat BETWEEN ? AND ? AND lon BETWEEN ? AND ? AND districts <> ''",
                (point.lat - reach, point.lat + reach,
                 point.lon - 2 * reach, point.lon + 2 * reach),
            ).fetchall()  # fmt: skip
            near = sorted(
                (distance_miles(point, Point(row[0], row[1])) * 1.609344, row) for row in rows
            )
            if not near:
                continue
            nearest_km, first = near[0]
            if nearest_km > max(25.0, 1.5 * first[2]):
                break
            if nearest_km > 40 * reach and reach < 0.7:
                continue
            return [(row[3], row[4]) for km, row in near if km <= max(1.3 * nearest_km, 0.3)]
        return []

    def _nearest_town(self, point: Point) -> str:
        rows = self._db.execute(
            "SELECT name, lat, lon FROM place WHERE lat BETWEEN ? AND ? AND lon BETWEEN ? AND ?"
            " AND precision_km < 2 AND source = 'name'",
            (point.lat - 0.08, point.lat + 0.08, point.lon - 0.15, point.lon + 0.15),
        ).fetchall()
        if not rows:
            return ""
        return str(min(rows, key=lambda row: distance_miles(point, Point(row[1], row[2])))[0])

    # Building

    @property
    def _db(self) -> sqlite3.Connection:
        if self._connection is None and self._path is not None:
            self._connection = sqlite3.connect(
                f"{self._path.absolute().as_uri()}?mode=ro&immutable=1", uri=True
            )
        assert self._connection is not None  # one of the two was given
        return self._connection

    def _known(self, code: str) -> _AreaRow:
        row = self._area_row(code)
        if row is None:  # the tables contradict each other
            raise sqlite3.DatabaseError(f"no area {code}")
        return row

    def _area_row(self, code: str) -> _AreaRow | None:
        if code not in self._area_rows:
            row = self._db.execute("SELECT * FROM area WHERE code = ?", (code,)).fetchone()
            self._area_rows[code] = row and _AreaRow(
                Area(row[0], row[1], row[2], _split(row[3]), row[10] or row[2]),
                Point(row[4], row[5]), row[6], row[7], row[8], _split(row[11]), _split(row[12]),
            )  # fmt: skip
        return self._area_rows[code]

    def _from_row(self, row: Sequence[Any]) -> Place:
        _, name, kind, lat, lon, precision_km, population, residents, *rest = row
        outcode, districts, healths, source = rest
        return self._build(
            name, Point(lat, lon), precision_km, kind, source, _split(districts), _split(healths),
            outcode=outcode, population=population, residents=residents,
        )  # fmt: skip

    def _build(
        self,
        name: str,
        point: Point,
        precision_km: float,
        kind: str,
        source: str,
        districts: Sequence[str],
        healths: Sequence[str],
        *,
        outcode: str | None = None,
        population: int | None = None,
        residents: int = 0,
    ) -> Place:
        """A place from the districts and health areas it lies in, the likeliest first."""
        rows = [self._known(code) for code in districts]
        wholly: dict[str, int] = {}
        maybe: set[str] = set()
        for row in rows:
            for code in row.wholly:
                if not healths or self._known(code).area.kind != "health":
                    wholly[code] = wholly.get(code, 0) + 1
            if not healths:
                maybe.update(code for code in row.partly)
        for code in healths:
            wholly[code] = len(rows) if len(healths) == 1 else 0
        order = {code: index for index, code in enumerate((*districts, *healths))}
        areas = sorted(
            {*wholly, *maybe},
            key=lambda code: (_rank(self._known(code).area), order.get(code, 0), code),
        )
        partly = tuple(code for code in areas if wholly.get(code, 0) < len(rows))
        first = rows[0]
        district = first.area.name if first.area.kind == "district" else None
        return Place(
            name, first.county or None, district, first.area.nation, point, precision_km,
            tuple(areas), kind, population, source, partly, (), outcode, residents,
        )  # fmt: skip

    def _area_place(self, code: str) -> Place:
        row = self._known(code)
        areas = sorted(
            {*row.wholly, *row.partly},
            key=lambda c: (c != code, _rank(self._known(c).area), self._known(c).area.name),
        )
        return Place(
            row.area.name, row.county or None,
            row.area.name if row.area.kind == "district" else None, row.area.nation,
            row.point, row.radius_km, tuple(areas), row.area.kind, None, "area",
            tuple(c for c in areas if c in set(row.partly)), (), None, row.residents,
        )  # fmt: skip

    def _find_area(self, reference: str) -> str | None:
        kind, colon, name = (part.strip() for part in reference.partition(":"))
        if self._area_row(reference.strip()):
            return reference.strip()
        if not (colon and kind.lower() in KINDS):
            kind, name = "", reference
        elif (row := self._area_row(name)) and row.area.kind == kind.lower():
            return name
        rows = self._db.execute(
            "SELECT a.code, a.kind, n.own FROM area_name n JOIN area a ON a.code = n.code"
            " WHERE n.key = ?",
            (place_key(name),),
        ).fetchall()
        rows = [row for row in rows if kind.lower() in ("", row[1])]
        rows.sort(key=lambda row: (-row[2], _AREA_ORDER.index(row[1]), row[0]))
        return rows[0][0] if rows else None

    def _area_named(self, reference: str) -> str:
        if code := self._find_area(reference):
            return code
        kind, colon, name = reference.partition(":")
        like = self._like_areas(name if colon else reference, kind if colon else "")
        meant = f"Did you mean {' or '.join(like)}?" if like else "Check the spelling."
        raise UnknownPlace(f"No area called “{shorten(reference)}” is known. {meant}", like)

    def _like_areas(self, name: str, kind: str = "") -> tuple[str, ...]:
        """Up to five areas with nearly this name, as references."""
        from rapidfuzz import fuzz, process

        rows = self._db.execute(
            "SELECT n.key, a.kind, a.name FROM area_name n JOIN area a ON a.code = n.code"
            " WHERE ? IN ('', a.kind) ORDER BY a.code",
            (kind,),
        ).fetchall()
        hits = process.extract(
            place_key(name), [row[0] for row in rows], scorer=fuzz.ratio, limit=10, score_cutoff=60
        )
        found = (f"{rows[index][1]}:{rows[index][2]}" for _, _, index in hits)
        return tuple(dict.fromkeys(found))[:5]


def _spoken_of(place: Place) -> list[str]:
    """The areas a place is said to be in: all that hold it, and of several the likeliest."""
    likeliest = (place.areas[0], f"CTY:{place.county}", f"NAT:{place.nation}")
    return [code for code in place.areas if code in likeliest or code not in place.partly]


_AREA_ORDER = ("county", "district", "health", "region", "nation", "uk")
"""Which area a bare name means first: Cornwall is the county."""


def _rank(area: Area) -> int:
    return KINDS.index(area.kind)
