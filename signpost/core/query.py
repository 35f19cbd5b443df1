"""What was asked, and what is answered: values only."""

from datetime import datetime
from typing import NamedTuple

from signpost.core.evidence import Freshness
from signpost.core.places import Place
from signpost.core.reasons import Remark
from signpost.core.services import Channel, Notice, Regime, Service


class Query(NamedTuple):
    """A moment (aware), a place if one was given, and what is known of the person.

    `groups` are keys of services.GROUPS, `by` are channel kinds (empty: any), `within_miles`
    limits doors. `frozen` says that the moment is not the clock's.
    """

    at: datetime
    place: Place | None = None
    groups: tuple[str, ...] = ()
    age: int | None = None
    by: tuple[str, ...] = ()
    within_miles: float | None = None
    frozen: bool = False


class Option(NamedTuple):
    """One way to reach one service at the moment asked: a row of an answer.

    `state` is what may be said to people, `hours_state` what the hours alone say. `until` ends
    the present state, `opens` is the next sure opening of one that is closed.
    """

    service: Service
    channel: Channel
    regime: Regime
    scope: str
    state: str
    hours_state: str
    usable_alone: bool
    check_with: str | None
    reasons: tuple[Remark, ...]
    until: datetime | None
    opens: datetime | None
    distance_miles: float | None
    rough_distance: bool
    conditions: tuple[Remark, ...]
    freshness: Freshness
    notice: Notice | None

    def has_reason(self, code: str) -> bool:
        """Whether a reason of this code was given."""
        return any(reason.code == code for reason in self.reasons)


class LeftOut(NamedTuple):
    """A channel that is not offered: a key of reasons.LEFT_OUT, with the reasons."""

    service: Service
    channel: Channel
    why: str
    reasons: tuple[Remark, ...]


class DataVersion(NamedTuple):
    """A data set that an answer used: its name, version and day of release (ordinal)."""

    name: str
    version: str
    released: int | None


class Answer(NamedTuple):
    """Everything said in reply to a query, in ranked sections."""

    query: Query
    data: tuple[DataVersion, ...]
    emergency: tuple[Option, ...]
    open: tuple[Option, ...]
    check_first: tuple[Option, ...]
    opens_later: tuple[Option, ...]
    left_out: dict[str, int]
    more: bool
    verdict: str
    caveats: tuple[Remark, ...]
