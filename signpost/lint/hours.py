"""Opening hours that say something else than their keeper meant."""

import re
from collections.abc import Iterator
from functools import lru_cache

from signpost.core.hours import CLOSED, OPEN, Expression, parse
from signpost.core.hours.notation import Rule, Weekdays
from signpost.dataset.problems import Position
from signpost.lint.records import Data, Part
from signpost.lint.rules import Found, error, warning

DAY = 1440
WEEK = 7 * DAY
LATEST_MORNING = 10 * 60
"""A night session that ends after ten in the morning is mostly a pair of swapped times."""

LONGEST_NIGHT = 16 * 60
"""From 17:00 to 09:00, out of hours, is the longest night session known to us."""

_QUOTED = re.compile(r'"[^"]*"')
_SAME_TIMES = re.compile(r"(\d\d:\d\d)-\1(?!\d)")


@lru_cache(maxsize=2048)
def parsed(text: str) -> Expression:
    """Hours as rules; they have been read once without fault."""
    return parse(text)


def placed_rules(part: Part) -> Iterator[tuple[Position, Rule]]:
    """Every rule of a regime's hours, with where the text that holds it begins."""
    for at, text in part.texts("hours"):
        for rule in parsed(text).rules:
            yield at, rule


def fixed_spans(rule: Rule) -> Iterator[tuple[int, int]]:
    """The sessions of a rule that follow the clock, in minutes from its day's midnight."""
    for span in rule.times:
        if isinstance(span.start, int) and isinstance(span.end, int):
            yield span.start, span.end


def hours_last_minute(data: Data) -> Found:
    """Sessions end on the hour they end on: midnight is 24:00, never 23:59.

    The end is not included, so 23:59 closes the door a minute early, and a line that is open
    all day is shut for one minute of it.

    PASS:
        channels:
          - {id: line, kind: phone, access: anyone, number: 0808 157 0123, hours: "09:00-24:00"}

    FAIL:
        channels:
          - {id: line, kind: phone, access: anyone, number: 0808 157 0123,
             hours: "09:00-23:59"}  # <--
    """
    for part in data.parts():
        for at, rule in placed_rules(part):
            for _, end in fixed_spans(rule):
                if end % 60 == 59:
                    right = clock_words(end + 1)
                    yield at, f"a session ends at {clock_words(end)}, a minute early; write {right}"


def hours_same_times(data: Data) -> Found:
    """A session does not end at the time it starts.

    Read by the notation, such a session lasts a whole day. Write 00:00-24:00 if that is
    meant, or the right times if it is a slip.

    PASS:
        channels:
          - {id: line, kind: phone, access: anyone, number: 0808 157 0123, hours: "Sa 00:00-24:00"}

    FAIL:
        channels:
          - {id: line, kind: phone, access: anyone, number: 0808 157 0123,
             hours: "Sa 00:00-00:00"}  # <--
    """
    for part in data.parts():
        for at, text in part.texts("hours"):
            found = _SAME_TIMES.search(_QUOTED.sub("", text))
            if found:
                yield at, (
                    f"{found[0]} lasts a whole day; write 00:00-24:00 if that is meant, "
                    "or correct one of the times"
                )


def hours_odd_minute(data: Data) -> Found:
    """Times of day are on a five-minute step.

    Nobody opens at 18:03: it is a slip of the keyboard, or worth a comment that accepts it.

    PASS:
        channels:
          - {id: line, kind: phone, access: anyone, number: 0808 157 0123,
             hours: "Mo-Su 18:05-23:00"}

    FAIL:
        channels:
          - {id: line, kind: phone, access: anyone, number: 0808 157 0123,
             hours: "Mo-Su 18:03-23:00"}  # <--
    """
    for part in data.parts():
        for at, rule in placed_rules(part):
            for minute in (clock for span in fixed_spans(rule) for clock in span):
                if minute % 5 and minute % 60 != 59:
                    yield at, f"{clock_words(minute)} is an odd time to open or close; check it"


def hours_overlap(data: Data) -> Found:
    """Sessions that are added to one another do not overlap.

    PASS:
        channels:
          - {id: line, kind: phone, access: anyone, number: 0808 157 0123,
             hours: "Mo-Fr 09:00-12:00,13:00-17:00"}

    FAIL:
        channels:
          - {id: line, kind: phone, access: anyone, number: 0808 157 0123,
             hours: "Mo-Fr 09:00-13:00,12:00-17:00"}  # <--
    """
    for part in data.parts():
        taken: list[tuple[int, int]] = []
        for at, rule in placed_rules(part):
            if rule.joint != ",":
                taken = []
            if rule.state == CLOSED or not is_weekly(rule):
                continue
            for day in weekdays(rule):
                for start, end in fixed_spans(rule):
                    session = (day * DAY + start, day * DAY + end)
                    if any(_meet(session, other) for other in taken):
                        yield at, (
                            f"the session {clock_words(start)}-{clock_words(end)} overlaps "
                            "another one; join or correct them"
                        )
                    taken.append(session)


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return any(
        one[0] < other[1] + shift and other[0] + shift < one[1] for shift in (-WEEK, 0, WEEK)
    )


def hours_replaced(data: Data) -> Found:
    """No rule is wholly replaced by a later one.

    A rule after `;` (and each item of a list) replaces what earlier rules say of its days. To
    add a second session to a day, join with `,`.

    PASS:
        channels:
          - {id: line, kind: phone, access: anyone, number: 0808 157 0123,
             hours: "Mo-Fr 09:00-12:00, Mo-Fr 13:00-17:00"}

    FAIL:
        channels:
          - id: line
            kind: phone
            access: anyone
            number: 0808 157 0123
            hours:
              - Mo-Fr 09:00-12:00  # <--
              - Mo-Fr 13:00-17:00
    """
    for part in data.parts():
        rules = list(placed_rules(part))
        for number, (at, rule) in enumerate(rules):
            if not rule.days or not all(isinstance(day, Weekdays) for day in rule.days):
                continue
            for _, later in rules[number + 1 :]:
                if later.joint == ";" and is_weekly(later) and weekdays(rule) <= weekdays(later):
                    yield at, (
                        "a later rule replaces this one on all its days, so it never holds; "
                        "join them with a comma, or remove it"
                    )
                    break


def hours_never_open(data: Data) -> Found:
    """Hours open at some time.

    A channel for help whose hours are all `off` is never offered. If the service is paused or
    gone, say so in its life; if the hours are not known, write unknown.

    PASS:
        channels:
          - {id: line, kind: phone, access: anyone, number: 0808 157 0123, hours: unknown}

    FAIL:
        channels:
          - {id: line, kind: phone, access: anyone, number: 0808 157 0123, hours: "off"}  # <--
    """
    for part in data.parts():
        rules = list(placed_rules(part))
        if rules and all(rule.state == CLOSED for _, rule in rules) and not part.regime.until:
            yield (
                rules[0][0],
                ("these hours never open; write a life with pauses or closes, or unknown hours"),
            )


def hours_swapped(data: Data) -> Found:
    """A session past midnight ends by the morning.

    One that ends after ten the next day, or lasts more than sixteen hours, is mostly a pair of
    swapped times.

    PASS:
        channels:
          - {id: line, kind: phone, access: anyone, number: 0808 157 0123,
             hours: "Mo-Fr 17:00-09:00"}

    FAIL:
        channels:
          - {id: line, kind: phone, access: anyone, number: 0808 157 0123,
             hours: "Mo-Fr 23:00-18:00"}  # <--
    """
    for part in data.parts():
        for at, rule in placed_rules(part):
            if rule.state != OPEN:
                continue
            for start, end in fixed_spans(rule):
                night = end - DAY
                if night <= 0 or end - start == DAY:
                    continue
                if night > LATEST_MORNING or end - start > LONGEST_NIGHT:
                    yield at, (
                        f"the session from {clock_words(start)} goes on to {clock_words(end)} "
                        "the next day; check that the times are not swapped"
                    )


def hours_without_days(data: Data) -> Found:
    """A door's hours name their days.

    Times alone mean every day of the week. For a door, write Mo-Su if a source says so.

    PASS:
        channels:
          - {id: door, kind: in_person, access: walk_in, location: {town: "Buxton, Derbyshire"},
             hours: "Mo-Su 18:00-23:00"}

    FAIL:
        channels:
          - {id: door, kind: in_person, access: walk_in, location: {town: "Buxton, Derbyshire"},
             hours: "18:00-23:00"}  # <--
    """
    for part in data.parts():
        if part.channel.kind != "in_person":
            continue
        for at, rule in placed_rules(part):
            limits = (rule.days, rule.dates, rule.weeks, rule.years)
            whole_day = list(fixed_spans(rule)) in ([], [(0, DAY)])
            if rule.joint == ";" and not any(limits) and not whole_day:
                yield at, "these hours name no day, so they mean every day; write Mo-Su if so"


def is_weekly(rule: Rule) -> bool:
    """Whether a rule holds in every week alike: on weekdays or every day, without dates."""
    return not (rule.years or rule.dates or rule.weeks) and all(
        isinstance(day, Weekdays) for day in rule.days
    )


def weekdays(rule: Rule) -> frozenset[int]:
    """The weekdays of a rule, Monday 0; all seven when it names none."""
    if not rule.days:
        return frozenset(range(7))
    return frozenset(
        (day.first + step) % 7
        for day in rule.days
        if isinstance(day, Weekdays)
        for step in range((day.last - day.first) % 7 + 1)
    )


def clock_words(minute: int) -> str:
    """A time of day as the notation writes it: 18:00, 24:00 at the end of a day."""
    minute = minute if minute == DAY else minute % DAY
    return f"{minute // 60:02}:{minute % 60:02}"


RULES = (
    error(hours_last_minute),
    error(hours_same_times),
    warning(hours_odd_minute),
    warning(hours_overlap),
    error(hours_replaced),
    error(hours_never_open),
    warning(hours_swapped),
    warning(hours_without_days),
)
