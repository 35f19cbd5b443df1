"""An hours expression: what was written, as rules."""

from collections.abc import Callable
from datetime import date

from signpost.core.hours.notation import Holiday, Rule, SunTime
from signpost.core.hours.printing import print_rules
from signpost.core.hours.schedule import DayRules, Schedule
from signpost.core.hours.states import OPEN, Readings


class Expression:
    """The parsed hours of a door or a line; equal to any expression with the same meaning.

    `warnings` say which misspellings were understood, each with the correct form.
    """

    def __init__(self, text: str, rules: tuple[Rule, ...], warnings: tuple[str, ...]) -> None:
        self.text = text
        self.rules = rules
        self.warnings = warnings
        self._canonical: str | None = None

    def canonical(self) -> str:
        """The one correct spelling of these rules; parsing it gives them back."""
        if self._canonical is None:
            self._canonical = print_rules(self.rules)
        return self._canonical

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Expression) and self.rules == other.rules

    def __hash__(self) -> int:
        return hash(self.canonical())

    def __repr__(self) -> str:
        return f"parse({self.canonical()!r})"

    @property
    def is_always(self) -> bool:
        """Whether it is `24/7`, with nothing added."""
        first = self.rules[0]
        return len(self.rules) == 1 and first.always and first.state == OPEN

    @property
    def uses_holidays(self) -> bool:
        """Whether it says what bank holidays do (`PH`)."""
        return self._names(lambda day: day.kind == "PH")

    @property
    def uses_school_holidays(self) -> bool:
        """Whether it speaks of school holidays (`SH`)."""
        return self._names(lambda day: day.kind == "SH")

    @property
    def uses_sun(self) -> bool:
        """Whether it needs a point on the map, for sunrise and the like."""
        return any(
            isinstance(clock, SunTime)
            for rule in self.rules
            for span in rule.times
            for clock in (span.start, span.end)
        )

    @property
    def has_open_end(self) -> bool:
        """Whether a closing time is left open (`18:00+`)."""
        return any(span.open_end for rule in self.rules for span in rule.times)

    def _names(self, wanted: Callable[[Holiday], bool]) -> bool:
        return any(
            isinstance(day, Holiday) and wanted(day) for rule in self.rules for day in rule.days
        )

    def readings(self, day: date, rules: DayRules) -> Readings:
        """What may happen on a day; for many days make one Schedule."""
        return Schedule(self, rules).readings(day)
