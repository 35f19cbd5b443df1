"""Opening hours: the notation, its meaning on a day, and its states along real time."""

from signpost.core.hours.expression import Expression
from signpost.core.hours.notation import HoursSyntaxError
from signpost.core.hours.parsing import parse
from signpost.core.hours.schedule import DayRules, Outlook, Schedule
from signpost.core.hours.states import (
    CLOSED,
    OPEN,
    UNKNOWN,
    Plan,
    Readings,
    Reason,
    Span,
    State,
    Status,
    combine,
)
from signpost.core.hours.timeline import DayPlanner, Interval, Timeline
from signpost.core.hours.words import words

__all__ = [
    "CLOSED",
    "OPEN",
    "UNKNOWN",
    "DayPlanner",
    "DayRules",
    "Expression",
    "HoursSyntaxError",
    "Interval",
    "Outlook",
    "Plan",
    "Readings",
    "Reason",
    "Schedule",
    "Span",
    "State",
    "Status",
    "Timeline",
    "combine",
    "parse",
    "words",
]
