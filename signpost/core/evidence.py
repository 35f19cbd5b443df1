"""How well a record's sources support a fact on a given day.

A source speaks for its facts from the start it states up to its own date; sources that agree
(stand in the same regime) are joined. Days are ordinals.
"""

from datetime import date
from typing import NamedTuple

from signpost.core.dates import add_months, whole_months
from signpost.core.services import Channel, Regime, Service, Source

DOOR_MONTHS = 24
"""A door not confirmed for longer than this is not a sure door."""

LINE_MONTHS = 36
"""The same for a line, an app or a page."""


_FOREVER = date.max.toordinal()


class Cover(NamedTuple):
    """The days for which a fact is evidenced: first and last, both included.

    `last` lies before `first` where the only source told of a day still to come.
    """

    first: int
    last: int


class Freshness(NamedTuple):
    """What the evidence says of one channel on one day.

    `verdict` is `fresh`, `stale`, `undated` (no dated source for a deciding fact, which `missing`
    names), `early` (a day after the opening and before the first evidence of a deciding fact) or
    `before` (a day before any evidence). `last` is the day of the
    last confirmation, where there is one; `age_months` counts from it, 0 while it is to come.
    """

    verdict: str
    first: int | None
    last: int | None
    age_months: int | None
    missing: str | None = None


def cover(service: Service, channel: Channel, regime: Regime, fact: str) -> Cover | None:
    """The days on which dated sources speak for one fact of one regime, joined.

    A source of before the regime began says nothing of it, even where it announces it.
    """
    begins = regime.since.first if regime.since else 1
    ends = regime.until.last if regime.until else _FOREVER
    starts, stops = [], []
    for source in service.sources:
        if not _speaks_for(source, channel, fact) or source.published is None:
            continue
        start = source.since.first if source.since else source.published.first
        if source.published.last < begins or start > ends:
            continue
        starts.append(max(start, begins))
        stops.append(min(max(source.published.first, begins), ends))
    return Cover(min(starts), max(stops)) if starts else None


def _speaks_for(source: Source, channel: Channel, fact: str) -> bool:
    if fact not in source.supports or (source.channels and channel.id not in source.channels):
        return False
    return not (source.grade == "low" and channel.kind == "in_person")


def deciding_facts(channel: Channel, regime: Regime) -> tuple[str, ...]:
    """The facts whose age decides whether a channel is sure: those that are published at all."""
    facts = ["hours"] if regime.hours is not None else []
    location = regime.location
    if channel.kind == "in_person":
        if location is not None and (location.address or location.postcode):
            facts.append("location")
    elif regime.number or regime.url or regime.email:
        facts.append("contact")
    return tuple(facts)


def freshness(
    service: Service, channel: Channel, regime: Regime, day: int, opened: int | None
) -> Freshness:
    """The weakest of the deciding facts' covers, seen from a day.

    Before the first source, and with no known opening, there is no evidence of it at all.
    `opened` is the day by which the service is known to have opened, if it is known: from then
    to the first cover it is there, and its facts are not sure. The dated start of a regime is
    one that a source states, so it counts as the start of a cover.
    """
    facts = deciding_facts(channel, regime) or ("life",)
    covers = [cover(service, channel, regime, fact) for fact in facts]
    missing = next((fact for fact, found in zip(facts, covers, strict=True) if found is None), None)
    dated = [found for found in covers if found is not None]
    stated = [] if regime.since is None else [regime.since.last]
    told = [found.first for found in dated] or _first_told(service, channel, regime)
    starts = [*told, *stated]
    first = min(starts if opened is None else [*starts, opened], default=None)
    if first is not None and day < first:
        known = _is_known_by_another_regime(service, channel, day)
        return Freshness("early" if known else "before", first, None, None)
    if missing is not None:
        return Freshness("undated", first, None, None, missing)
    evidenced = min([max(found.first for found in dated), *stated])
    if day < evidenced:
        return Freshness("early", evidenced, None, None)
    last = min(found.last for found in dated)
    if day <= last:
        return Freshness("fresh", first, last, 0)
    limit = DOOR_MONTHS if channel.kind == "in_person" else LINE_MONTHS
    verdict = "fresh" if day <= add_months(last, limit) else "stale"
    return Freshness(verdict, first, last, whole_months(last, day))


def _is_known_by_another_regime(service: Service, channel: Channel, day: int) -> bool:
    """Whether the channel was evidenced by that day, be it with other details."""
    covers = [
        cover(service, channel, regime, fact)
        for regime in channel.regimes
        for fact in deciding_facts(channel, regime)
    ]
    return any(found is not None and found.first <= day for found in covers)


def _first_told(service: Service, channel: Channel, regime: Regime) -> list[int]:
    """The day of the earliest dated source that speaks of the channel at all, if there is one.

    None for a regime that ended before it: that it was is told by what followed.
    """
    told = [
        (source.since or source.published).first
        for source in service.sources
        if source.published is not None and channel.id in (source.channels or (channel.id,))
    ]
    if not told or (regime.until is not None and regime.until.last < min(told)):
        return []
    return [min(told)]


def evidenced_since(service: Service, channel: Channel, day: int) -> bool:
    """Whether a dated source for a channel's contact or hours is from that day or later."""
    return any(
        source.published is not None
        and source.published.first >= day
        and any(_speaks_for(source, channel, fact) for fact in ("contact", "hours"))
        for source in service.sources
    )
