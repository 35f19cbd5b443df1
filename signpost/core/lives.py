"""Whether a service existed on a day: what its life's events allow."""

from typing import NamedTuple

from signpost.core.services import LifeEvent

_STATUS_AFTER = {
    "opens": "running",
    "resumes": "running",
    "pauses": "paused",
    "closes": "closed",
}


class LifeOn(NamedTuple):
    """What may be true of a service on a day.

    `possible` holds one or more of `not_yet`, `running`, `paused`, `closed`; `event` is the last
    event that leaves it open (or that settled it), for the reason given to people.
    """

    possible: frozenset[str]
    event: LifeEvent | None


def life_on(life: tuple[LifeEvent, ...], day: int) -> LifeOn:
    """Every status the events allow on a day (an ordinal), in the order they are written.

    A planned event may have happened from its date on, and never surely has. Closing dates are
    last days, so closing begins the day after.
    """
    starts = any(event.what == "opens" for event in life)
    possible = frozenset({"not_yet"}) if starts else frozenset({"running"})
    decider: LifeEvent | None = None
    for event in life:
        status = _STATUS_AFTER.get(event.what)
        if status is None:
            continue
        offset = 1 if event.what == "closes" else 0
        if day < event.when.first + offset:
            decider = decider or event
            continue
        if day >= event.when.last + offset and event.basis != "planned":
            possible = frozenset({status})
        else:
            possible |= {status}
        decider = event
    return LifeOn(possible, decider)


def known_opening(life: tuple[LifeEvent, ...], day: int) -> int | None:
    """The day by which an opening, not merely planned, is known to have happened; or None."""
    opened = [
        event.when.last for event in life if event.what == "opens" and event.basis != "planned"
    ]
    return min((when for when in opened if when <= day), default=None)
