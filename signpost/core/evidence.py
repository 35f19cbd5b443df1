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

    A source of before the regime began says nothing of it, even where it announces it; one of
    a regime just before or after it in which the fact is the same speaks for both.
    """
    alike = _neighbours_alike(channel, regime, fact)
    begins = min(other.since.first if other.since else 1 for other in alike)
    ends = max(other.until.last if other.until else _FOREVER for other in alike)
    starts, stops = [], []
    for source in service.sources:
        if not _speaks_for(source, channel, fact) or source.published is None:
            continue
        start = source.since.first if source.since else source.published.first
        if source.published.last < begins or start > ends:
            continue
        starts.append(max(start, begins))
        stops.append(min(source.published.first, ends))
    return Cover(min(starts), max(stops)) if starts else None


def _neighbours_alike(channel: Channel, regime: Regime, fact: str) -> list[Regime]:
    """The run of regimes round this one, in their order, that say the same of a fact."""
    own = channel.regimes.index(regime)
    first = last = own
    while first > 0 and _value(channel.regimes[first - 1], fact) == _value(regime, fact):
        first -= 1
    while (
        last + 1 < len(channel.regimes)
        and _value(channel.regimes[last + 1], fact) == _value(regime, fact)
    ):
        last += 1
    return list(channel.regimes[first : last + 1])


def _value(regime: Regime, fact: str) -> object:
    """What a regime says of a deciding fact."""
    if fact == "hours":
        return regime.hours, regime.bank_holidays
    if fact == "location":
        return regime.location
    return regime.number, regime.keyword, regime.url, regime.email


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
    to the first cover it is there, and its facts are not sure. So it is from the dated start of
    a regime: that date is the record's, and a source that states it says so with `since`.
    """
    facts = deciding_facts(channel, regime) or ("life",)
    covers = [cover(service, channel, regime, fact) for fact in facts]
    missing = next((fact for fact, found in zip(facts, covers, strict=True) if found is None), None)
    dated = [found for found in covers if found is not None]
    stated = [] if regime.since is None else [regime.since.last]
    told = [found.first for found in dated] or _first_told(service, channel)
    if regime.until is not None and told and regime.until.last < min(told):
        told = []  # that it was is told by what followed
    starts = [*told, *stated]
    first = min(starts if opened is None else [*starts, opened], default=None)
    if first is not None and day < first:
        known = _is_known_by_another_regime(service, channel, day)
        return Freshness("early" if known else "before", first, None, None)
    if missing is not None:
        return Freshness("undated", first, None, None, missing)
    evidenced = max(found.first for found in dated)
    if day < evidenced:
        return Freshness("early", evidenced, None, None)
    last = min(found.last for found in dated)
    if day <= last:
        return Freshness("fresh", first, _last_before(service, channel, facts, day), 0)
    limit = DOOR_MONTHS if channel.kind == "in_person" else LINE_MONTHS
    verdict = "fresh" if day <= add_months(last, limit) else "stale"
    return Freshness(verdict, first, last, whole_months(last, day))


def _last_before(
    service: Service, channel: Channel, facts: tuple[str, ...], day: int
) -> int | None:
    """The day of the last source for the weakest of these facts, seen from a day they cover."""
    told = [
        max(
            (
                source.published.first
                for source in service.sources
                if source.published is not None
                and source.published.first <= day
                and _speaks_for(source, channel, fact)
            ),
            default=None,
        )
        for fact in facts
    ]
    return None if None in told else min(one for one in told if one is not None)


def _is_known_by_another_regime(service: Service, channel: Channel, day: int) -> bool:
    """Whether the channel was evidenced by that day, be it with other details."""
    covers = [
        cover(service, channel, regime, fact)
        for regime in channel.regimes
        for fact in deciding_facts(channel, regime)
    ]
    return any(found is not None and found.first <= day for found in covers)


def _first_told(service: Service, channel: Channel) -> list[int]:
    """The day of the earliest dated source that speaks of the channel at all, if there is one."""
    told = [
        (source.since or source.published).first
        for source in service.sources
        if source.published is not None and channel.id in (source.channels or (channel.id,))
    ]
    return [min(told)] if told else []


def evidenced_since(service: Service, channel: Channel, day: int) -> bool:
    """Whether a dated source for a channel's contact or hours is from that day or later."""
    return any(
        source.published is not None
        and source.published.first >= day
        and any(_speaks_for(source, channel, fact) for fact in ("contact", "hours"))
        for source in service.sources
    )
