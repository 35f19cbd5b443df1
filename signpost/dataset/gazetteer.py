"""Place names, postcodes and points to places, from the compiled tables of `data/places/`.

Touches only the rows that a question needs. `place_tables` compiles them; what they hold is told
in `data/places/README.md`.
"""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from signpost.core.places import (
    KINDS,
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


def split_list(joined: str) -> tuple[str, ...]:
    """A list as the tables write it, joined with bars."""
    return tuple(joined.split("|")) if joined else ()


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
        districts = list(dict.fromkeys(code for row in postal for code in split_list(row[0])))
        healths = list(dict.fromkeys(code for row in postal for code in split_list(row[1])))
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
                split_list(row[4]), split_list(row[5]), outcode=code.split(" ")[0],
                residents=row[3],
            )  # fmt: skip
        raise UnknownPlace(
            f"No postcode begins with {outcode}. Check the letters, or type the town."
        )

    def _towns(self, names: str) -> tuple[str, ...]:
        """The places after which a postcode district is named, where there is no doubt."""
        pools = (self._pool(place_key(name)) for name in split_list(names))
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
                Area(row[0], row[1], row[2], split_list(row[3]), row[10] or row[2]),
                Point(row[4], row[5]), row[6], row[7], row[8], split_list(row[11]),
                split_list(row[12]),
            )  # fmt: skip
        return self._area_rows[code]

    def _from_row(self, row: Sequence[Any]) -> Place:
        _, name, kind, lat, lon, precision_km, population, residents, *rest = row
        outcode, districts, healths, source = rest
        return self._build(
            name, Point(lat, lon), precision_km, kind, source,
            split_list(districts), split_list(healths), outcode=outcode,
            population=population, residents=residents,
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
