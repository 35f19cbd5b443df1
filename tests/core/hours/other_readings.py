"""How the two other engines read an expression where they mean something else by it.

Each model is written minute by minute from what the engine does, over our parsed rules. Where an
engine differs from ours, its model has to give its answer, and one of the differences named here
has to apply to the very moment; so neither a fault of ours nor an unknown one of theirs can hide.
"""

from datetime import timedelta

from signpost.core.hours import parse
from signpost.core.hours.plans import rule_spans

TAIL = "a session over midnight belongs to the day it starts: the next day's rules do not cut it,"\
    " and a rule that replaces its day takes all of it"  # fmt: skip
DAYLESS = "a rule that names no day speaks of every day, so after ; it replaces what came before"
AFTER_FALLBACK = (
    "a rule that a comma adds after a fallback adds to all before it, and is no fallback"
)
COMMENT = "a comment alone makes the hours unknown"
FALLBACK = "a fallback holds at every time that is else closed, not on days without hours alone"


class Rules:
    """The rules of an expression with what holds on a day; holidays by a set of dates."""

    def __init__(self, hours, schedule):
        self.hours = hours
        self.rules = parse(hours).rules
        self._schedule = schedule

    def holding(self, day):
        """Which rules speak of the day."""
        schedule = self._schedule
        held = frozenset(
            shift
            for shift in schedule._shifts
            if (day - timedelta(days=shift)) in schedule.rules.calendars[0].days
        )
        return [test.holds(day, day.weekday(), held, False) for test in schedule._tests]

    def spans(self, index):
        return rule_spans(index, self.rules[index], lambda event: "no_point")

    def has_comment_alone(self, index):
        """Whether a rule has a comment that makes it unknown, without the word."""
        rule = self.rules[index]
        written = f'unknown "{rule.comment}"'
        return bool(rule.comment) and rule.state == "unknown" and written not in self.hours

    def names_a_day(self, index):
        rule = self.rules[index]
        return bool(rule.years or rule.dates or rule.weeks or rule.days)

    def differences(self, day, minute):
        """The named differences that can bear on a minute of a day."""
        before = self.holding(day - timedelta(days=1))
        found = set()
        for index, rule in enumerate(self.rules):
            if before[index] and any(span.end > minute + 1440 for span in self.spans(index)):
                found.add(TAIL)
            if index and rule.joint == ";" and not self.names_a_day(index):
                found.add(DAYLESS)
            if rule.joint == "," and any(r.joint == "||" for r in self.rules[:index]):
                found.add(AFTER_FALLBACK)
            if rule.joint == "||":
                found.add(FALLBACK)
            if self.has_comment_alone(index):
                found.add(COMMENT)
        return found


def js_state(rules, day, minute):
    """opening_hours.js: each rule that holds has its say in turn, tails as rules of their own.

    A rule after `;` wipes what came before where it names a day, or follows one that names none.
    Tails neither wipe nor fall back, but may be wiped. Rules after a fallback and a comma fall
    back too.
    """
    today, before = rules.holding(day), rules.holding(day - timedelta(days=1))
    saying = []
    fallback = False
    for index, rule in enumerate(rules.rules):
        fallback = rule.joint == "||" or (fallback and rule.joint == ",")
        spans = rules.spans(index)
        wipes = rule.joint == ";" and rule.state != "closed" and (
            rules.names_a_day(index)
            or (index and rule.state == "open" and not rules.names_a_day(index - 1))
        )  # fmt: skip
        if today[index]:
            saying = [] if wipes else saying
            saying.append((rule.state, fallback, [(span.start, span.end) for span in spans]))
        if before[index]:
            tails = [(0, span.end - 1440) for span in spans if span.end > 1440]
            saying.append((rule.state, False, tails))
    state = "closed"
    for said, falls_back, spans in saying:
        if any(start <= minute < end for start, end in spans) and (
            not falls_back or state == "closed"
        ):
            state = said
    return state


def py_state(rules, day, minute):
    """opening-hours-py: each rule makes a list of the day's minutes, tails included.

    A rule after `;` is the day's list where it speaks of the day; where only its tail reaches the
    day, it counts where nothing before it opens. A fallback counts on days without hours before
    it. Closing adds to the list. A comment changes nothing.
    """
    today, before = rules.holding(day), rules.holding(day - timedelta(days=1))
    spoken, found = False, None
    for index, rule in enumerate(rules.rules):
        mine = {}
        for offset, holds in ((1440, before[index]), (0, today[index])):
            for span in rules.spans(index) if holds else ():
                said = "open" if rules.has_comment_alone(index) else rule.state
                mine.update(dict.fromkeys(range(span.start - offset, span.end - offset), said))
        mine = {at: said for at, said in mine.items() if 0 <= at < 1440}
        opens = found is not None and any(said != "closed" for said in found.values())
        if rule.joint == "||":
            if spoken and opens:
                continue
            found = mine
        elif rule.joint == "," or rule.state == "closed":
            found = {**(found or {}), **mine}
        elif today[index] or not opens:
            found = mine
        spoken = spoken or today[index]
    return (found or {}).get(minute, "closed")
