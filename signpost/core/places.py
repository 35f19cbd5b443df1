"""Where someone is: what they typed, as a point with a precision and the areas that hold it.

Nothing here looks anything up. `read_place` says what kind of thing was typed; the
gazetteer finds the bearers of a name; `choose` takes one of them or refuses to guess.
Latitudes and longitudes are WGS84 degrees. An area code is a GSS code ("E07000035") or,
where a GSS code is no help to a reader, a kind and a name ("CTY:Derbyshire",
"RGN:East Midlands", "NAT:England", "HSC:Belfast"), or "UK".
"""

import math
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from signpost.errors import SignpostError

EARTH_MILES = 3958.7613
"""Mean radius of the Earth (IUGG), in miles; a sphere is within 0.5 % of the truth."""

ROUGH_KM = 2.0
"""From this precision on a place is only roughly known: no exact distances are given."""

DOMINANCE = 8
"""A name is taken without asking only when one bearer has this many times the residents."""

LONGEST = 100
"""No place, with its county and district, needs more characters than this."""

KINDS = ("district", "county", "health", "region", "nation", "uk")
"""Kinds of area, in the order in which a place lists the areas that hold it."""


class Point(NamedTuple):
    """A spot on the map."""

    lat: float
    lon: float


def distance_miles(a: Point, b: Point) -> float:
    """Straight-line distance over the ground (great circle, haversine)."""
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    half_lat = (lat_b - lat_a) / 2
    half_lon = math.radians(b.lon - a.lon) / 2
    h = math.sin(half_lat) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(half_lon) ** 2
    return 2 * EARTH_MILES * math.asin(min(1.0, math.sqrt(h)))


class Area(NamedTuple):
    """A district, county, health board, region or nation that services are given for."""

    code: str
    kind: str
    name: str
    alt: tuple[str, ...]
    nation: str


class Place(NamedTuple):
    """What a person typed, resolved.

    `areas` are the codes of every area that holds the place, wholly or in part; those
    that hold only part of it, or may not hold it at all, are in `partly` too.
    `also` names the other bearers of the name, as texts that can be typed.
    `residents` is the population, or an estimate of it, and serves for ranking only.
    `source` says what answered: name, ward, area, outcode, sector, postcode, grid, point.
    """

    name: str
    county: str | None
    district: str | None
    nation: str
    point: Point | None
    precision_km: float
    areas: tuple[str, ...]
    kind: str
    population: int | None
    source: str
    partly: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    outcode: str | None = None
    residents: int = 0

    @property
    def is_rough(self) -> bool:
        """Whether only the neighbourhood is known, so that no exact distance may be given."""
        return self.point is None or self.precision_km >= ROUGH_KM

    @property
    def where(self) -> str:
        """The area that tells this place from its namesakes, as people say it."""
        if self.county and self.county != self.name:
            return self.county
        if self.district and not _words(self.name) <= _words(self.district):
            return self.district  # but not "Glasgow, Glasgow City"
        return self.nation if self.nation != self.name else ""

    @property
    def label(self) -> str:
        """The place with its county: `Buxton, Derbyshire`."""
        return f"{self.name}, {self.where}" if self.where else self.name


class UnknownPlace(SignpostError):
    """No such place; `candidates` are what may have been meant."""

    exit_code = 3
    code = "unknown_place"

    def __init__(self, text: str, candidates: Sequence[str] = ()) -> None:
        super().__init__(text)
        self._candidates = tuple(candidates)

    @property
    def candidates(self) -> tuple[str, ...]:
        """Places with like names, best first; each resolves when typed."""
        return self._candidates


class AmbiguousPlace(SignpostError):
    """Several places bear the name and none stands out."""

    exit_code = 3
    code = "ambiguous_place"

    def __init__(self, text: str, candidates: Sequence[str]) -> None:
        super().__init__(text)
        self._candidates = tuple(candidates)

    @property
    def candidates(self) -> tuple[str, ...]:
        """The bearers of the name, largest first; each resolves when typed."""
        return self._candidates


# --- what was typed ---------------------------------------------------------------------


class Name(NamedTuple):
    """A place name, with the county, district or nation typed after the comma (or "")."""

    name: str
    within: str


class Postcode(NamedTuple):
    """A postcode or its beginning: `DE5`, `DE5 3` or `DE5 3AB`."""

    outcode: str
    sector: str = ""
    unit: str = ""

    def __str__(self) -> str:
        return f"{self.outcode} {self.sector}{self.unit}".strip()


class Coordinates(NamedTuple):
    """A point given in figures: `source` is `grid` or `point`, `text` how to say it again."""

    point: Point
    precision_km: float
    source: str
    text: str


class AreaName(NamedTuple):
    """An area asked for as such: `area:E07000035`, `area:Derbyshire`, `county:Derbyshire`."""

    reference: str


Typed: TypeAlias = Name | Postcode | Coordinates | AreaName

_FULL = re.compile(r"(GIR|[A-Z]{1,2}[0-9][A-Z0-9]?)([0-9])([A-Z]{2})")
_PARTIAL = re.compile(r"([A-Z]{1,2}) ?([0-9][A-Z0-9]?)(?: ?([0-9]))?")
_GRID = re.compile(r"([A-HJ-Z]{1,2}) ?([0-9]{2,5} [0-9]{2,5}|[0-9]{4,10})")
_LAT_LON = re.compile(r"([+-]?[0-9]{1,3}(?:\.[0-9]{0,15})?)°?(?: ?[,;] ?| )"
                      r"([+-]?[0-9]{1,3}(?:\.[0-9]{0,15})?)°?")  # fmt: skip
_AREA = re.compile(r"(area|district|county|health|region|nation) ?: ?(.+)", re.IGNORECASE)

_REMEDY = "Type a town or village (Buxton, or Ripley, Surrey) or a postcode (SK17 6)"


def read_place(text: str) -> Typed:
    """Tell what kind of place was typed; UnknownPlace when it cannot be one."""
    typed = clean(text)
    upper = typed.upper()
    if full := _FULL.fullmatch(upper.replace(" ", "")):
        return Postcode(*full.groups())
    if part := _PARTIAL.fullmatch(upper):
        return Postcode(part[1] + part[2], part[3] or "")
    if grid := _GRID.fullmatch(upper):
        east, _, north = grid[2].partition(" ")
        if not north:
            half = len(east) // 2
            east, north = east[:half], east[half:]
        if len(east) == len(north):
            return read_grid(grid[1], east, north)
    if pair := _LAT_LON.fullmatch(typed.replace("\N{MINUS SIGN}", "-")):
        return _read_lat_lon(*pair.groups())
    if area := _AREA.fullmatch(typed):
        kind, name = area[1].lower(), area[2]
        return AreaName(name if kind == "area" else f"{kind}:{name}")
    name, _, within = typed.partition(",")
    return Name(name.strip(), within.strip())


def clean(text: str) -> str:
    """The text with single spaces; UnknownPlace when no place name can look like it."""
    if len(text) > LONGEST:
        raise UnknownPlace(f"That is too long for a place ({len(text)} characters). {_REMEDY}.")
    typed = " ".join(text.split())
    if not typed:
        raise UnknownPlace(f"No place was given. {_REMEDY}.")
    if not typed.isprintable():
        raise UnknownPlace(
            "The place holds characters that cannot be seen, perhaps from copying and pasting. "
            "Type it again by hand."
        )
    return typed


def place_key(text: str) -> str:
    """The text as the gazetteer looks it up: no case, accents or punctuation.

    `St. Mary's` and `saint marys` have one key, and so have `A & B` and `a and b`.
    """
    if not text.isascii():
        from unicodedata import combining, normalize

        text = "".join(c for c in normalize("NFKD", text) if not combining(c))
    text = text.lower().replace("&", " and ")
    text = "".join(c if c.isalnum() else "" if c in "'’‘`ʼ" else " " for c in text)
    return " ".join("st" if word == "saint" else word for word in text.split())


def _words(name: str) -> set[str]:
    return set(place_key(name).split())


def _read_lat_lon(lat_text: str, lon_text: str) -> Coordinates:
    point = Point(float(lat_text), float(lon_text))
    text = in_figures(point)
    if _about_here(point):
        decimals = min(len(part.partition(".")[2]) for part in (lat_text, lon_text))
        return Coordinates(point, 111 * 10.0**-decimals / 2, "point", text)
    swapped = Point(point.lon, point.lat)
    raise outside(text, (in_figures(swapped),) if _about_here(swapped) else ())


def in_figures(point: Point) -> str:
    """A point as it can be typed, to ten metres: `53.2574,-1.9098`."""
    return f"{point.lat:.4f},{point.lon:.4f}"


def outside(text: str, candidates: Sequence[str] = ()) -> UnknownPlace:
    """The refusal of a point that lies beyond the places we know."""
    meant = f"Did you mean {candidates[0]}? " if candidates else ""
    return UnknownPlace(
        f"{text} is not in the UK, the Isle of Man or the Channel Islands. {meant}"
        "Write the latitude first, then the longitude, minus for west: 53.257,-1.910.",
        candidates,
    )


def _about_here(point: Point) -> bool:
    """Whether a point is in the box round the British Isles; Shetland to Jersey."""
    return 49.0 <= point.lat <= 61.0 and -9.0 <= point.lon <= 2.1


# --- grid references --------------------------------------------------------------------


class _Grid(NamedTuple):
    """A national grid: ellipsoid (m), projection, and the seven steps from it to WGS84."""

    a: float
    b: float
    scale: float
    lat0: float
    lon0: float
    east0: float
    north0: float
    shift: tuple[float, float, float]  # metres
    turn: tuple[float, float, float]  # seconds of arc
    grow: float  # parts per million


# Ordnance Survey, "A guide to coordinate systems in Great Britain", annexes A and C, and its
# section 6 for the shift from OSGB36 (within about 5 m anywhere in Great Britain).
_BRITISH = _Grid(
    6377563.396, 6356256.909, 0.9996012717, 49.0, -2.0, 400_000.0, -100_000.0,
    (446.448, -125.157, 542.060), (0.1502, 0.2470, 0.8421), -20.4894,
)  # fmt: skip
# Ordnance Survey Ireland and OSNI, "Making maps compatible with GPS" (1999).
_IRISH = _Grid(
    6377340.189, 6356034.447, 1.000035, 53.5, -8.0, 200_000.0, 250_000.0,
    (482.530, -130.596, 564.557), (-1.042, -0.214, -0.631), 8.15,
)  # fmt: skip

_LETTERS = "ABCDEFGHJKLMNOPQRSTUVWXYZ"  # five rows of five from the north-west; no I


def read_grid(letters: str, east: str, north: str) -> Coordinates:
    """The middle of a grid square: `SK 058 735`, or with one letter the Irish grid.

    UnknownPlace when the letters name no square of the grid. The Irish grid serves
    Northern Ireland; the British one everything else but the Channel Islands.
    """
    text = f"{letters} {east} {north}"
    side = 10.0 ** (5 - len(east))  # metres
    column, row = _cell(letters[-1])
    easting, northing = column * 100_000.0, (4 - row) * 100_000.0
    grid = _IRISH
    if len(letters) == 2:
        grid = _BRITISH
        column, row = _cell(letters[0])
        easting += (column - 2) * 500_000.0
        northing += (3 - row) * 500_000.0
    point = _to_wgs84(
        grid, easting + int(east) * side + side / 2, northing + int(north) * side + side / 2
    )
    if not _about_here(point):
        raise UnknownPlace(
            f"{text} is not a grid reference in the UK or the Isle of Man. "
            "Check the letters; one is written like SK 058 735."
        )
    return Coordinates(point, side * 0.00071, "grid", text)


def _cell(letter: str) -> tuple[int, int]:
    """Column from the west and row from the north of a letter in its square of 25."""
    index = _LETTERS.index(letter)
    return index % 5, index // 5


def _to_wgs84(grid: _Grid, east: float, north: float) -> Point:
    lat, lon = _unproject(grid, east, north)
    x, y, z = _cartesian(grid.a, grid.b, lat, lon)
    rx, ry, rz = (math.radians(seconds / 3600) for seconds in grid.turn)
    size = 1 + grid.grow * 1e-6
    return _geographic(
        grid.shift[0] + size * x - rz * y + ry * z,
        grid.shift[1] + rz * x + size * y - rx * z,
        grid.shift[2] - ry * x + rx * y + size * z,
    )


def _unproject(grid: _Grid, east: float, north: float) -> tuple[float, float]:
    """Easting and northing (m) to latitude and longitude (radians) on the grid's ellipsoid."""
    a = grid.a * grid.scale
    b = grid.b * grid.scale
    e2 = 1 - (b / a) ** 2
    n = (a - b) / (a + b)
    lat0 = math.radians(grid.lat0)
    target = north - grid.north0
    lat = lat0
    for _ in range(10):  # each step gains about three digits; four reach 0.01 mm
        lat += (target - _meridian(b, n, lat0, lat)) / a
    sin2 = math.sin(lat) ** 2
    nu = a / math.sqrt(1 - e2 * sin2)
    rho = a * (1 - e2) / (1 - e2 * sin2) ** 1.5
    eta2 = nu / rho - 1
    t = math.tan(lat)
    t2, t4, t6 = t**2, t**4, t**6
    d = (east - grid.east0) / nu
    lat -= t * nu / rho * (
        d**2 / 2
        - d**4 / 24 * (5 + 3 * t2 + eta2 - 9 * t2 * eta2)
        + d**6 / 720 * (61 + 90 * t2 + 45 * t4)
    )  # fmt: skip
    lon = math.radians(grid.lon0) + (
        d
        - d**3 / 6 * (nu / rho + 2 * t2)
        + d**5 / 120 * (5 + 28 * t2 + 24 * t4)
        - d**7 / 5040 * (61 + 662 * t2 + 1320 * t4 + 720 * t6)
    ) * math.sqrt(1 + t2)  # fmt: skip
    return lat, lon


def _meridian(b: float, n: float, lat0: float, lat: float) -> float:
    """Metres along the meridian from latitude `lat0` to `lat`."""
    less, plus = lat - lat0, lat + lat0
    n2, n3 = n**2, n**3
    return b * (
        (1 + n + 5 / 4 * n2 + 5 / 4 * n3) * less
        - (3 * n + 3 * n2 + 21 / 8 * n3) * math.sin(less) * math.cos(plus)
        + (15 / 8 * n2 + 15 / 8 * n3) * math.sin(2 * less) * math.cos(2 * plus)
        - 35 / 24 * n3 * math.sin(3 * less) * math.cos(3 * plus)
    )


def _cartesian(a: float, b: float, lat: float, lon: float) -> tuple[float, float, float]:
    """Metres from the Earth's centre of a point on the ellipsoid."""
    e2 = 1 - (b / a) ** 2
    nu = a / math.sqrt(1 - e2 * math.sin(lat) ** 2)
    flat = nu * math.cos(lat)
    return flat * math.cos(lon), flat * math.sin(lon), nu * (1 - e2) * math.sin(lat)


def _geographic(x: float, y: float, z: float) -> Point:
    """The point of the WGS84 ellipsoid under a spot given in metres from the Earth's centre."""
    a, b = 6378137.0, 6356752.314245
    e2 = 1 - (b / a) ** 2
    flat = math.hypot(x, y)
    lat = math.atan2(z, flat * (1 - e2))
    for _ in range(4):
        nu = a / math.sqrt(1 - e2 * math.sin(lat) ** 2)
        lat = math.atan2(z + e2 * nu * math.sin(lat), flat)
    return Point(math.degrees(lat), math.degrees(math.atan2(y, x)))


# --- choosing ---------------------------------------------------------------------------


def choose(
    typed: str,
    candidates: Sequence[Place],
    label: Callable[[Place, Sequence[Place]], str] | None = None,
) -> Place:
    """The one place that is meant; AmbiguousPlace when none stands out.

    `candidates` are the bearers of one name and are not empty. One is taken only when it
    has at least eight times the residents of the next; the others are named in `also`.
    A longer name that only begins with what was typed (Kingston, for Kingston upon Hull)
    is never taken while others bear it. `label` says how to type one of several.
    """
    ranked = sorted(candidates, key=lambda place: -place.residents)
    best, rest = ranked[0], ranked[1:]
    if not rest:
        return best
    names = tuple((label or label_among)(place, ranked) for place in ranked)
    said = place_key(typed.partition(",")[0])
    begins_so = place_key(best.name).startswith(f"{said} ")
    if not begins_so and best.residents >= DOMINANCE * max(rest[0].residents, 1):
        return best._replace(also=names[1:])
    shown = "; ".join(names[:6]) + ("; and others" if len(names) > 6 else "")
    raise AmbiguousPlace(
        f"“{shorten(typed)}” could be any of {len(names)} places: {shown}. "
        "Type one of these in full, or a postcode.",
        names,
    )


def label_among(place: Place, places: Sequence[Place]) -> str:
    """One of several namesakes as a text that finds it and no other: `Newport, Shropshire`.

    The county where that is enough; else the district, the nation, the outcode.
    """
    if place.source == "area":
        alone = _finds(place, place.where, places)
        return place.label if alone else f"{place.kind}:{place.name}"
    for area in (place.where, place.county, place.district, place.nation):
        if area and area != place.name and _finds(place, area, places):
            return f"{place.name}, {area}"
    return f"{place.name}, {place.outcode}" if place.outcode else place.label


def _finds(place: Place, area: str, places: Sequence[Place]) -> bool:
    """Whether the name with this area after it would be taken for this place."""
    others = [other for other in places if other != place and _lies_in(other, area)]
    return all(place.residents >= DOMINANCE * max(other.residents, 1) for other in others)


def _lies_in(place: Place, area: str) -> bool:
    return area in (place.district, place.county, place.nation) or f"RGN:{area}" in place.areas


def shorten(text: str) -> str:
    """What was typed, short enough to stand in a sentence."""
    return text if len(text) <= 40 else text[:39] + "…"
