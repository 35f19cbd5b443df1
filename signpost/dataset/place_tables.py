"""The tables of `data/places/` and `data/calendars/`, compiled into one SQLite file."""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from signpost.core.places import KINDS, ROUGH_KM, place_key
from signpost.dataset.gazetteer import FILES, FORMAT, split_list

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


def _joined(*lists: str) -> str:
    return "|".join(dict.fromkeys(item for joined in lists for item in split_list(joined)))


def _shares(text: str) -> str:
    """`E07000037:0.91|E07000038:0.06|E07000195:0.03` to `E07000037|E07000038`."""
    pairs = (item.rpartition(":") for item in split_list(text))
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
        others = [*split_list(row["alt"]), short, re.sub(_NO_NEED_TO_SAY, "", short)]
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
        other = split_list(row["alt"])
        districts, healths = row["district_code"], row["health_code"]
        if float(row["precision_km"]) >= ROUGH_KM and (outcode := postal.get(row["outcode"])):
            # Somewhere in its outcode: in any of the outcode's areas, then. (Of such places
            # one in seven is not in the district that the middle of the outcode is in.)
            districts = _joined(districts, str(outcode[5]))
            healths = _joined(healths, str(outcode[6]))
        area = SPREAD.get((row["name"], row["kind"]))
        if row["kind"] == "locality":  # the borough (Bromley), not some dot in it
            codes = split_list(districts)
            area = next((code for code in codes if areas[code]["name"] == row["name"]), None)
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
