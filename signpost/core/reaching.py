"""Whether a channel serves a place: by its service area, and a door by its distance too."""

from typing import NamedTuple

from signpost.core.places import ROUGH_KM, Place, Point, distance_miles
from signpost.core.services import Channel, Regime, Service

DOOR_MILES = 30.0
"""A door whose service area holds the place is offered to this straight-line distance."""

UNKNOWN_AREA_MILES = 15.0
"""A door that does not say whom it serves is offered to this distance."""


class Reach(NamedTuple):
    """Whether a channel serves the place: `yes`, `unsure` (its area is not known) or `no`."""

    serves: str
    distance_miles: float | None = None
    rough: bool = False
    partly: bool = False


def reach_of(
    service: Service,
    channel: Channel,
    regime: Regime,
    place: Place | None,
    within_miles: float | None,
) -> Reach:
    """How a channel stands to a place; `within_miles` replaces the usual limits for doors."""
    if place is None:
        return Reach(_serves_nowhere_in_particular(service, channel))
    if service.areas is not None and not any(code in place.areas for code in service.areas):
        return Reach("no")
    partly = service.areas is not None and all(
        code in place.partly for code in service.areas if code in place.areas
    )
    serves = "unsure" if service.areas is None else "yes"
    if channel.kind != "in_person":
        if serves == "unsure" and (doors := door_points(service)):
            near = place.point is not None and any(
                distance_miles(place.point, door) <= UNKNOWN_AREA_MILES for door in doors
            )
            return Reach("yes" if near else "no")
        return Reach(serves, partly=partly)
    location = regime.location
    if location is None or location.point is None or place.point is None:
        return Reach("no" if serves == "unsure" else serves, partly=partly)
    distance = distance_miles(place.point, location.point)
    limit = UNKNOWN_AREA_MILES if serves == "unsure" else DOOR_MILES
    if distance > (limit if within_miles is None else within_miles):
        return Reach("no", distance, partly=partly)
    rough = place.is_rough or (location.precision_km or 0.0) >= ROUGH_KM
    return Reach(serves, distance, rough, partly)


def _serves_nowhere_in_particular(service: Service, channel: Channel) -> str:
    """Without a place only lines for a whole nation are offered, or of unknown area."""
    if channel.kind == "in_person":
        return "no"
    if service.areas is None:
        return "no" if door_points(service) else "unsure"
    wide = any(code == "UK" or code.startswith("NAT:") for code in service.areas)
    return "yes" if wide else "no"


def door_points(service: Service) -> list[Point]:
    """The points of a service's doors, at any time."""
    regimes = (regime for channel in service.channels for regime in channel.regimes)
    points = (regime.location.point for regime in regimes if regime.location is not None)
    return [point for point in points if point is not None]


def scope_of(service: Service, channel: Channel) -> str:
    """How wide a channel's help is: `door`, `local`, `nation` or `uk`."""
    if channel.kind == "in_person":
        return "door"
    areas = service.areas or ()
    if "UK" in areas or (service.areas is None and not door_points(service)):
        return "uk"
    return "nation" if any(code.startswith("NAT:") for code in areas) else "local"
