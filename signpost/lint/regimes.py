"""Regimes: spells of a channel in their order, without days claimed twice or by none."""

from collections.abc import Iterator
from itertools import pairwise

from signpost.core.dates import PartialDate, day_words
from signpost.dataset.problems import Position
from signpost.lint.records import Data, Part, written_at, written_mappings
from signpost.lint.rules import Found, error, warning


def regimes_order(data: Data) -> Found:
    """The regimes of a channel stand in the order of their dates.

    PASS:
        channels:
          - id: line
            kind: phone
            access: anyone
            hours: 24/7
            regimes:
              - {from: 2020-04, until: 2020-07-27, number: 0300 790 0596}
              - {from: 2020-07-28, number: 0800 028 0077}

    FAIL:
        channels:
          - id: line
            kind: phone
            access: anyone
            hours: 24/7
            regimes:
              - {from: 2020-07-28, number: 0800 028 0077}
              - {from: 2020-04, until: 2020-07-27, number: 0300 790 0596}  # <--
    """
    for earlier, later in _neighbours(data):
        before, after = earlier.regime.since, later.regime.since
        if before and (after is None or after.last < before.first):
            yield (
                _start_of(later),
                ("this regime begins before the one above it; put the earlier one first"),
            )


def regimes_overlap(data: Data) -> Found:
    """One regime of a channel ends before the next begins.

    On days that two regimes claim, the channel is shown as *check first*. Dates that are only
    partly known may leave such days; whole months or years of them are a slip.

    PASS:
        channels:
          - id: line
            kind: phone
            access: anyone
            hours: 24/7
            regimes:
              - {from: 2020-04, until: 2020-07~, number: 0300 790 0596}
              - {from: 2020-07-28, number: 0800 028 0077}

    FAIL:
        channels:
          - id: line
            kind: phone
            access: anyone
            hours: 24/7
            regimes:
              - {from: 2020-04, number: 0300 790 0596}
              - {from: 2020-07-28, number: 0800 028 0077}  # <--
    """
    for earlier, later in _neighbours(data):
        until, since = earlier.regime.until, later.regime.since
        if since is None or _is_before(since, earlier.regime.since):
            continue
        if until is None or until.first > since.last:
            ends = f"ends {until.words}" if until else "has no end"
            yield _start_of(later), (
                f"this regime begins {since.words}, and the one above it {ends}; give that one "
                "the day before as its until"
            )


def regimes_gap(data: Data) -> Found:
    """No days lie between one regime of a channel and the next.

    On such days the channel counts as closed. If that is meant, write a regime with
    `hours: off`; if the sources are silent, one with `hours: unknown`.

    PASS:
        channels:
          - id: line
            kind: phone
            access: anyone
            hours: 24/7
            regimes:
              - {from: 2020-04, until: 2020-07-27, number: 0300 790 0596}
              - {from: 2020-07-28, number: 0800 028 0077}

    FAIL:
        channels:
          - id: line
            kind: phone
            access: anyone
            hours: 24/7
            regimes:
              - {from: 2020-04, until: 2020-07-27, number: 0300 790 0596}
              - {from: 2021-01, number: 0800 028 0077}  # <--
    """
    for earlier, later in _neighbours(data):
        until, since = earlier.regime.until, later.regime.since
        if until and since and until.last + 1 < since.first:
            yield _start_of(later), (
                f"no regime covers the days from {day_words(until.last + 1)} to "
                f"{day_words(since.first - 1)}; join the dates, or write a regime for them"
            )


def regime_outside_life(data: Data) -> Found:
    """A regime does not begin after the service has closed.

    PASS:
        life:
          - {closes: 2024-03-31}
        channels:
          - {id: line, kind: phone, access: anyone, number: 0808 157 0123,
             regimes: [{from: 2020, hours: 24/7}]}

    FAIL:
        life:
          - {closes: 2024-03-31}
        channels:
          - {id: line, kind: phone, access: anyone, number: 0808 157 0123,
             regimes: [{from: 2025, hours: 24/7}]}  # <--
    """
    for part in data.parts():
        life = part.entry.service.life
        since = part.regime.since
        if not life or since is None or life[-1].what != "closes":
            continue
        if since.first > life[-1].when.last:
            yield _start_of(part), (
                f"this regime begins {since.words}, after the service closed "
                f"{life[-1].when.words}; correct one of the dates"
            )


def unused_key(data: Data) -> Found:
    """A key of a channel holds in some regime of it.

    One that every regime replaces says nothing, and a reader may take it for the truth.

    PASS:
        channels:
          - id: line
            kind: phone
            access: anyone
            hours: 24/7
            regimes:
              - {from: 2020-04, until: 2020-07, number: 0300 790 0596}
              - {from: 2020-08, number: 0800 028 0077}

    FAIL:
        channels:
          - id: line
            kind: phone
            access: anyone
            hours: 24/7
            number: 0808 157 0123  # <--
            regimes:
              - {from: 2020-04, until: 2020-07, number: 0300 790 0596}
              - {from: 2020-08, number: 0800 028 0077}
    """
    for entry in data.entries:
        for channel in written_mappings(entry.tree, "channels"):
            regimes = written_mappings(channel, "regimes")
            for key in channel.values if regimes else ():
                if all(key in regime.values for regime in regimes):
                    yield written_at(channel, key), (
                        f'every regime has a "{key}" of its own, so this one is never heeded; '
                        "remove it here"
                    )


def _neighbours(data: Data) -> Iterator[tuple[Part, Part]]:
    for entry in data.entries:
        for earlier, later in pairwise(entry.parts()):
            if earlier.channel is later.channel:
                yield earlier, later


def _start_of(part: Part) -> Position:
    return written_at(part.layers[0], "from")


def _is_before(one: PartialDate, other: PartialDate | None) -> bool:
    return other is not None and one.last < other.first


RULES = (
    error(regimes_order),
    warning(regimes_overlap),
    warning(regimes_gap),
    error(regime_outside_life),
    warning(unused_key),
)
