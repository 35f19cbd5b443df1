"""The rules that speak of a day to the plan of that day."""

from collections.abc import Callable, Iterable, Sequence

from signpost.core.hours.notation import Rule, SunTime, TimeSpan
from signpost.core.hours.states import CLOSED, OPEN, UNKNOWN, Plan, Span

DAY = 1440
LATEST = 2880
SHORTEST_OPEN_END = 600
"""An open end lasts to midnight, and at least ten hours: late enough that nothing which
might still be open is called closed."""

Sun = Callable[[str], int | str]
"""Minutes of a sun event on the day at hand, or the code of why they are unknown."""


def plan_day(
    rules: Sequence[Rule], today: int, yesterday: int, sun: Sun
) -> tuple[Plan, str | None]:
    """The plan of a day, with the comment of the rule that closes it.

    `today` and `yesterday` have a bit set for each rule that speaks of that day.
    Yesterday's rules count here only where they close or cast doubt past midnight;
    its sessions run on by themselves.
    """
    plan: list[Span] = []
    note: str | None = None
    for index, rule in enumerate(rules):
        late = rule.state != OPEN and yesterday >> index & 1 and bool(rule.times)
        if today >> index & 1:
            if rule.joint == ";" and not (rule.state == CLOSED and rule.times):
                plan, note = [], None
            spans = rule_spans(index, rule, sun)
            if rule.joint == "||":
                plan = _fill(plan, spans)
            elif rule.state == CLOSED:
                plan = _close(plan, spans)
                note = note if rule.times else rule.comment
            else:
                plan = _lay(plan, spans)
        if late:
            tails = [
                span._replace(start=0, end=span.end - DAY)
                for span in rule_spans(index, rule, sun)
                if span.end > DAY
            ]
            plan = _close(plan, tails) if rule.state == CLOSED else _doubt(plan, tails)
    return _merged(plan), note


def rule_spans(index: int, rule: Rule, sun: Sun) -> list[Span]:
    """The spans of a rule, sure ones last so that they win where they overlap."""
    if not rule.times:
        code = "hours_unknown" if rule.state == UNKNOWN else None
        return [Span(0, DAY, rule.state, rule.comment, index, code)]
    doubtful: list[Span] = []
    sure: list[Span] = []
    for item in rule.times:
        start, end, code = _bounds(item, sun)
        open_from = start if item.end is None else end
        if code is None and end > start and item.end is not None:
            why = "hours_unknown" if rule.state == UNKNOWN else None
            sure.append(Span(start, end, rule.state, rule.comment, index, why))
        elif code is not None:
            doubtful.append(Span(start, end, UNKNOWN, rule.comment, index, code))
        if item.open_end and rule.state != CLOSED:
            last = min(max(DAY, open_from + SHORTEST_OPEN_END), LATEST)
            if last > open_from:
                doubtful.append(Span(open_from, last, UNKNOWN, rule.comment, index, "open_end"))
        elif item.open_end:
            sure.append(Span(open_from, max(DAY, open_from), CLOSED, rule.comment, index))
    return doubtful + sure


def _bounds(item: TimeSpan, sun: Sun) -> tuple[int, int, str | None]:
    """Start and end; the widest they may be, with a code, where the sun's times are unknown."""
    start, start_code = _clock(item.start, sun, 0)
    if item.end is None:
        return start, DAY if start_code else start, start_code
    end, end_code = _clock(item.end, sun, DAY)
    if end <= start:
        end += DAY
    return start, min(end, LATEST), start_code or end_code


def _clock(item: int | SunTime, sun: Sun, otherwise: int) -> tuple[int, str | None]:
    if isinstance(item, int):
        return item, None
    minutes = sun(item.event)
    if isinstance(minutes, str):
        return otherwise, minutes
    return min(max(minutes + item.shift, 0), LATEST), None


# How spans change a plan


def _cut(plan: Iterable[Span], start: int, end: int) -> list[Span]:
    kept: list[Span] = []
    for span in plan:
        if span.end <= start or span.start >= end:
            kept.append(span)
            continue
        if span.start < start:
            kept.append(span._replace(end=start))
        if span.end > end:
            kept.append(span._replace(start=end))
    return kept


def _lay(plan: list[Span], spans: Iterable[Span]) -> list[Span]:
    for span in spans:
        plan = [*_cut(plan, span.start, span.end), span]
    return plan


def _close(plan: list[Span], spans: Iterable[Span]) -> list[Span]:
    for span in spans:
        if span.state == CLOSED:
            plan = _cut(plan, span.start, span.end)
        else:
            plan = _doubt(plan, [span])
    return plan


def _doubt(plan: list[Span], spans: Iterable[Span]) -> list[Span]:
    """Where the spans cover open hours, those are no longer sure."""
    for span in spans:
        outside = _cut(plan, span.start, span.end)
        inside = [
            part._replace(
                start=max(part.start, span.start),
                end=min(part.end, span.end),
                state=UNKNOWN,
                comment=span.comment or part.comment,
                code=part.code or span.code,
            )
            for part in plan
            if part.end > span.start and part.start < span.end
        ]
        plan = outside + inside
    return plan


def _fill(plan: list[Span], spans: Iterable[Span]) -> list[Span]:
    """The plan with the spans where it has nothing."""
    added: list[Span] = []
    for span in spans:
        if span.state != CLOSED:
            free = [span]
            for taken in plan:
                free = _cut(free, taken.start, taken.end)
            added = [*added, *free] if not added else _lay(added, free)
    return plan + added


def _merged(plan: list[Span]) -> Plan:
    """Sorted, with spans joined that touch and say the same."""
    if len(plan) < 2:
        return tuple(plan)
    done: list[Span] = []
    for span in sorted(plan):
        last = done[-1] if done else None
        if last is not None and last.end == span.start and last[2:] == span[2:]:
            done[-1] = last._replace(end=span.end)
        else:
            done.append(span)
    return tuple(done)
