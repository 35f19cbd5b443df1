"""Doors and areas: whether address, point, town and service area agree."""

from collections.abc import Iterator

from signpost.core.places import Place, Point, distance_miles
from signpost.core.services import Location
from signpost.dataset.source import Fields
from signpost.lint.records import Data, Part, written_at, written_texts
from signpost.lint.rules import Found, error, warning

TOWN_MILES = 8.0
"""A door may lie so far from the middle of the town it is said to be in."""

POINT_MILES = 1.5
"""The same for a point and its own postcode, beyond what the postcode's sector spans."""

KM_PER_MILE = 1.609344


def _doors(data: Data) -> Iterator[tuple[Part, Location, Fields]]:
    for part in data.parts():
        found = part.location()
        if found is not None:
            yield part, *found


def unknown_postcode(data: Data) -> Found:
    """A postcode exists.

    It is well-formed (`bad-postcode` sees to that) and begins with a postcode district in use.

    PASS:
        channels:
          - {id: door, kind: in_person, access: walk_in, hours: "Mo-Su 18:00-23:00",
             location: {town: "Buxton, Derbyshire", postcode: SK17 6BD}}

    FAIL:
        channels:
          - {id: door, kind: in_person, access: walk_in, hours: "Mo-Su 18:00-23:00",
             location: {town: "Buxton, Derbyshire", postcode: SK99 6BD}}  # <--
    """
    for _, location, fields in _doors(data):
        if location.postcode and data.is_nowhere(location.postcode):
            yield (
                written_at(fields, "postcode"),
                (f"no postcode begins like {location.postcode}; compare it with the source"),
            )


def unknown_town(data: Data) -> Found:
    """The town of a door is a place we know, even where a postcode or a point tells its spot.

    It is what people read and search for. Without postcode and point, `bad-place` says so.

    PASS:
        channels:
          - {id: door, kind: in_person, access: walk_in, hours: "Mo-Su 18:00-23:00",
             location: {town: "Buxton, Derbyshire", postcode: SK17 6BD}}

    FAIL:
        channels:
          - {id: door, kind: in_person, access: walk_in, hours: "Mo-Su 18:00-23:00",
             location: {town: Buxtown, postcode: SK17 6BD}}  # <--
    """
    for _, _, fields in _doors(data):
        for at, town in written_texts(fields, "town"):
            if data.is_nowhere(town):
                yield at, f'no place here is called "{town}"; check the spelling'


def postcode_town(data: Data) -> Found:
    """A postcode lies in or near the town beside it.

    PASS:
        channels:
          - {id: door, kind: in_person, access: walk_in, hours: "Mo-Su 18:00-23:00",
             location: {town: "Buxton, Derbyshire", postcode: SK17 6BD}}

    FAIL:
        channels:
          - {id: door, kind: in_person, access: walk_in, hours: "Mo-Su 18:00-23:00",
             location: {town: "Buxton, Derbyshire", postcode: SO17 6BD}}  # <--
    """
    for _, location, fields in _doors(data):
        place = data.place(location.postcode) if location.postcode else None
        if place is not None and place.point is not None:
            yield from _far(data, fields, "postcode", place.point, place.precision_km)


def point_place(data: Data) -> Found:
    """A point lies in or near the town and the postcode beside it.

    PASS:
        channels:
          - {id: door, kind: in_person, access: walk_in, hours: "Mo-Su 18:00-23:00",
             location: {town: "Buxton, Derbyshire", lat: 53.259, lon: -1.913}}

    FAIL:
        channels:
          - {id: door, kind: in_person, access: walk_in, hours: "Mo-Su 18:00-23:00",
             location: {town: "Buxton, Derbyshire", lat: 54.259, lon: -1.913}}  # <--
    """
    for _, location, fields in _doors(data):
        point = location.point
        if point is None or "lat" not in fields.values:
            continue
        postal = data.place(location.postcode) if location.postcode else None
        if postal is not None and postal.point is not None:
            miles = distance_miles(point, postal.point)
            if miles > POINT_MILES + postal.precision_km / KM_PER_MILE:
                yield (
                    written_at(fields, "lat"),
                    (f"this point is {miles:.0f} miles from {location.postcode}; correct one"),
                )
                continue
        yield from _far(data, fields, "lat", point, 0.0)


def _far(data: Data, fields: Fields, key: str, point: Point, precision_km: float) -> Found:
    for _, town in written_texts(fields, "town"):
        named = data.place(town)
        if named is None or named.point is None:
            continue
        miles = distance_miles(point, named.point)
        if miles > TOWN_MILES + (precision_km + named.precision_km) / KM_PER_MILE:
            yield (
                written_at(fields, key),
                (f"this is {miles:.0f} miles from {named.label}; correct one of them"),
            )


def door_outside_area(data: Data) -> Found:
    """A door lies within the area that its service covers.

    One that does not is *out of area* to all its neighbours. Where it is so indeed, accept the
    warning and say who told.

    PASS:
        service_area: ["district:High Peak"]
        channels:
          - {id: door, kind: in_person, access: walk_in, hours: "Mo-Su 18:00-23:00",
             location: {town: "Buxton, Derbyshire"}}

    FAIL:
        service_area: ["district:Leeds"]  # <--
        channels:
          - {id: door, kind: in_person, access: walk_in, hours: "Mo-Su 18:00-23:00",
             location: {town: "Buxton, Derbyshire"}}
    """
    for part, location, fields in _doors(data):
        service = part.entry.service
        place = _door_place(data, location, fields)
        if service.areas is None or place is None or set(service.areas) & set(place.areas):
            continue
        yield part.entry.at("service_area"), (
            f'the door of "{part.channel.id}" is in {place.label}, outside '
            f"{', '.join(service.area_names)}; correct one of them"
        )


def _door_place(data: Data, location: Location, fields: Fields) -> Place | None:
    if "lat" in fields.values and location.lat is not None:
        return data.place(f"{location.lat},{location.lon}")
    written = [location.postcode, *(town for _, town in written_texts(fields, "town"))]
    return next((place for text in written if text and (place := data.place(text))), None)


def area_within_area(data: Data) -> Found:
    """No area of a service lies wholly within another that it names.

    One of the two says too much or nothing.

    PASS:
        service_area: ["district:High Peak", "district:Derbyshire Dales"]

    FAIL:
        service_area: ["county:Derbyshire", "district:High Peak"]  # <--
    """
    for entry in data.entries:
        codes = dict(zip(entry.service.areas or (), entry.service.area_names, strict=True))
        for code, name in codes.items():
            place = data.place(f"area:{code}")
            wholly = set(place.areas) - set(place.partly) - {code} if place else set()
            for other in sorted(wholly & set(codes)):
                yield entry.at("service_area"), (
                    f"{name} lies within {codes[other]}, which is named too; keep the one that "
                    "the source gives"
                )


def door_without_place(data: Data) -> Found:
    """A door can be put on the map, or its service covers a known area.

    By a town, a postcode or a point. Without them it is listed by its area; with no area either,
    it is listed everywhere.

    PASS:
        channels:
          - {id: door, kind: in_person, access: walk_in, hours: "Mo-Su 18:00-23:00",
             location: {address: 12 Spring Gardens, town: "Buxton, Derbyshire"}}

    FAIL:
        channels:
          - {id: door, kind: in_person, access: walk_in, hours: "Mo-Su 18:00-23:00",
             location: {address: 12 Spring Gardens}}  # <--
        service_area: unknown
    """
    for part, location, fields in _doors(data):
        if location.point is None and part.entry.service.areas is None:
            yield (
                fields.position,
                ("this door has neither town, postcode nor point, and no area is known; give one"),
            )


RULES = (
    error(unknown_postcode),
    warning(unknown_town),
    error(postcode_town),
    error(point_place),
    warning(door_outside_area),
    warning(area_within_area),
    warning(door_without_place),
)
