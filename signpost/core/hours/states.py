"""States of a door or a line, with the reasons for not being sure."""

from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

State = Literal["open", "closed", "unknown"]

OPEN: Final = "open"
CLOSED: Final = "closed"
UNKNOWN: Final = "unknown"


class Reason(NamedTuple):
    """Why a state is not sure: a code, with what it is about in the record's words."""

    code: str
    detail: str = ""


class Status(NamedTuple):
    """The state at a moment; reasons when it is unknown; the deciding rule's comment."""

    state: State
    reasons: tuple[Reason, ...] = ()
    comment: str | None = None


class Span(NamedTuple):
    """A stretch of one day's hours, in wall-clock minutes from that day's midnight.

    `start` is included, `end` is not; `end` may reach 2880, the end of the next day.
    `rule` is the index of the rule that decided; `code` says why the state is unknown.
    """

    start: int
    end: int
    state: State
    comment: str | None = None
    rule: int = 0
    code: str | None = None


Plan = tuple[Span, ...]
"""The sessions that start on one day: sorted, not overlapping, closed in between."""


class Readings(NamedTuple):
    """Every plan the facts allow for one day: one when they are certain.

    `reasons` say why there are several. `note` is the comment of the rule that
    closes the day ("staff training").
    """

    plans: tuple[Plan, ...]
    reasons: tuple[Reason, ...] = ()
    note: str | None = None


def combine(states: Iterable[State]) -> State:
    """What several readings of the facts amount to: their state if all agree, else unknown."""
    found = set(states)
    return found.pop() if len(found) == 1 else UNKNOWN
