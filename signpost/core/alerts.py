"""Notices: which of them bears on a service on a day, and what it makes of the hours."""

from collections.abc import Sequence

from signpost.core.evidence import evidenced_since
from signpost.core.hours import CLOSED, OPEN, UNKNOWN, State
from signpost.core.services import Channel, Notice, Service


def notice_for(
    service: Service, channel: Channel, notices: Sequence[Notice], day: int
) -> Notice | None:
    """The notice in force on a day (an ordinal): of a closure before one of being overtaken.

    Floor records have none: nothing may take an emergency line off the screen.
    """
    if service.floor:
        return None
    closing = [notice for notice in notices if _closes(notice, service)]
    for wanted in (CLOSED, UNKNOWN):
        for notice in closing:
            if _closure_on(notice, day) == wanted:
                return notice
    for notice in notices:
        ended = notice.until is not None and day > notice.until.last
        if day >= notice.since.first and not ended and _overtakes(notice, service, channel):
            return notice
    return None


def closure_on(service: Service, notices: Sequence[Notice], day: int) -> State:
    """What notices allow on a day: `closed`, `unknown` on a day of unsure dates, or `open`."""
    if service.floor:
        return OPEN
    states = {_closure_on(notice, day) for notice in notices if _closes(notice, service)}
    return next((state for state in (CLOSED, UNKNOWN) if state in states), OPEN)


def closure_turns(service: Service, notices: Sequence[Notice]) -> list[int]:
    """The days on which a notice of closure may begin to hold or cease to, in order."""
    turns = set()
    for notice in notices:
        if _closes(notice, service):
            turns |= {notice.since.first, notice.since.last}
            if notice.until is not None:
                turns |= {notice.until.first + 1, notice.until.last + 1}
    return sorted(turns)


def _closes(notice: Notice, service: Service) -> bool:
    return notice.effect == "closed" and service.id in notice.services


def _closure_on(notice: Notice, day: int) -> State:
    if day < notice.since.first or (notice.until is not None and day > notice.until.last):
        return OPEN
    if day < notice.since.last or (notice.until is not None and day > notice.until.first):
        return UNKNOWN
    return CLOSED


def _overtakes(notice: Notice, service: Service, channel: Channel) -> bool:
    if notice.effect != "overtaken" or any(
        regime.number is not None and regime.number == notice.number for regime in channel.regimes
    ):
        return False
    named = service.id in notice.services or (
        notice.role is not None
        and notice.role == service.role
        and (notice.nation is None or notice.nation in service.nations)
    )
    newer = notice.unless_evidence_since
    return named and not (newer and evidenced_since(service, channel, newer.first))
