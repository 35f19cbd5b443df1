"""What changed between two dates: openings, closings, pauses, hours, numbers and addresses.

Read from lives and regimes, so that it says what the services did, not what the keepers edited.
A date that is only partly known counts for every day it may be. Days are ordinals.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from signpost.core.dates import PartialDate
from signpost.core.services import Channel, LifeEvent, Regime, Service

WHAT = {
    "opened": "opened", "closed": "closed", "paused": "paused", "resumed": "reopened",
    "began": "new way to reach it", "ended": "no longer reached this way",
    "hours": "hours changed", "number": "number changed", "link": "link changed",
    "address": "address changed", "access": "way in changed",
}  # fmt: skip
"""Every kind of change, in the order in which those of one day are listed; with its words."""

LONGEST_DOUBT = 400
"""A date that may be any of more days than this is none: such a change stands between no two."""

_OF_LIFE = {"opens": "opened", "closes": "closed", "pauses": "paused", "resumes": "resumed"}


def _address(regime: Regime) -> tuple[str | None, ...] | None:
    place = regime.location
    return place and (place.name, place.address, place.town, place.postcode)


_COMPARED: dict[str, Callable[[Regime], object]] = {
    "hours": lambda regime: (regime.hours, regime.bank_holidays, regime.last_entry),
    "number": lambda regime: (regime.number, regime.keyword, regime.menu_option),
    "link": lambda regime: (regime.url, regime.email),
    "address": _address,
    "access": lambda regime: (regime.access, regime.referral_via),
}
"""What is compared between one regime and the next."""


class Change(NamedTuple):
    """Something that became different. `channel` is None for the whole service.

    `when` is the date as the record writes it (of a closing, the last day); `first` and `last`
    are the days from which the change may have held. `basis` is the event's, `regime` for a
    change of a channel. A planned change may never have happened.
    """

    service: Service
    channel: Channel | None
    what: str
    when: PartialDate
    first: int
    last: int
    basis: str
    before: Regime | None = None
    after: Regime | None = None

    def is_surely_within(self, since: int, until: int) -> bool:
        """Whether every day on which it may have begun lies between two days, both included."""
        return since <= self.first and self.last <= until


def changes_between(services: Iterable[Service], since: int, until: int) -> tuple[Change, ...]:
    """Every change that began, or may have, on a day from one to another, in their order."""
    kinds = tuple(WHAT)
    found = [
        change
        for service in services
        for change in changes_of(service)
        if change.first <= until
        and change.last >= since
        and change.last - change.first <= LONGEST_DOUBT
    ]
    found.sort(
        key=lambda change: (
            change.first, change.last, change.service.id, kinds.index(change.what),
            change.channel.id if change.channel else "",
        )
    )  # fmt: skip
    return tuple(found)


def changes_of(service: Service) -> Iterator[Change]:
    """Every change in the history of one service. Numbers for professionals stay out."""
    of_life = [_of_event(service, event) for event in service.life if event.what in _OF_LIFE]
    yield from of_life
    for channel in service.channels:
        for change in _of_channel(service, channel):
            told = change.what in ("began", "ended") and any(
                _is_told_by(change, other) for other in of_life
            )
            hidden = any(
                regime is not None and regime.professionals_only
                for regime in (change.before, change.after)
            )
            if not told and not hidden:
                yield change


def _is_told_by(change: Change, event: Change) -> bool:
    """Whether a channel only began or ended because its service did."""
    same = ("opened", "resumed") if change.what == "began" else ("closed", "paused")
    return event.what in same and event.first <= change.last and change.first <= event.last


def _of_event(service: Service, event: LifeEvent) -> Change:
    """The change an event makes; a closing date is the last day, so it holds from the next."""
    later = 1 if event.what == "closes" else 0
    return Change(service, None, _OF_LIFE[event.what], event.when, event.when.first + later,
                  event.when.last + later, event.basis)  # fmt: skip


def _of_channel(service: Service, channel: Channel) -> Iterator[Change]:
    first, last = channel.regimes[0], channel.regimes[-1]
    if first.since is not None:
        yield _began(service, channel, first, first.since)
    for before, after in zip(channel.regimes, channel.regimes[1:], strict=False):
        if before.until and after.since and before.until.last + 1 < after.since.first:
            yield _ended(service, channel, before, before.until)
            yield _began(service, channel, after, after.since)
            continue
        yield from _between(service, channel, before, after)
    if last.until is not None:
        yield _ended(service, channel, last, last.until)


def _began(service: Service, channel: Channel, regime: Regime, when: PartialDate) -> Change:
    return Change(service, channel, "began", when, when.first, when.last, "regime", after=regime)


def _ended(service: Service, channel: Channel, regime: Regime, when: PartialDate) -> Change:
    return Change(service, channel, "ended", when, when.first + 1, when.last + 1, "regime",
                  before=regime)  # fmt: skip


def _between(
    service: Service, channel: Channel, before: Regime, after: Regime
) -> Iterator[Change]:
    if after.since is not None:
        when, first, last = after.since, after.since.first, after.since.last
    elif before.until is not None:
        when, first, last = before.until, before.until.first + 1, before.until.last + 1
    else:
        return
    for what, of in _COMPARED.items():
        if of(before) != of(after):
            yield Change(service, channel, what, when, first, last, "regime", before, after)
