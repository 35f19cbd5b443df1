"""What to check next: every offered channel whose evidence lapses, the riskiest first.

The riskiest is a door that is still shown as surely open and whose last confirmation is about to
be too old: a person travels to it. So doors stand before lines, help in a crisis before the rest,
and what is about to lapse before what has lapsed (that is shown as *check first* already). An
alert without an end stands before everything: while it runs, its service is not offered at all.
Days are ordinals.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from signpost.core.alerts import closes
from signpost.core.channel_days import life_reason
from signpost.core.contacts import contact_of
from signpost.core.dates import add_months, day_words
from signpost.core.evidence import (
    DOOR_MONTHS,
    LINE_MONTHS,
    deciding_facts,
    freshness,
)
from signpost.core.lives import known_opening, life_on
from signpost.core.reasons import remark
from signpost.core.services import NOT_CRISIS, Channel, Notice, Regime, Service, Source

DOOR_MINUTES = 8
"""A door: find its page, compare address, hours and way in, ring the provider, record it."""

LINE_MINUTES = 4
"""A line: find its page, compare number and hours, record it. Both are estimates."""

WHY = {
    "alert_without_end": "alert without an end, since {since}: {what}",
    "life_unsure": "{what}",
    "paused": "paused since {since}",
    "lapsing": "last confirmed {last}; too old from {lapses}",
    "lapsed": "last confirmed {last}; too old since {lapses}",
    "undated": "no dated source gives its {fact}",
}
"""Why a check is due: code to text."""

FACT_WORDS = {
    "hours": "hours", "contact": "number or link", "location": "address",
    "life": "whether it is there", "alert": "whether the alert still holds",
}  # fmt: skip
"""The facts a check looks at, in words."""

NEVER_TEST_CALL = "never test-call a crisis line: a test takes the place of somebody in need"

CRISIS_ROLES = frozenset({
    "emergency", "nhs_urgent", "listening", "crisis_text", "child_line", "nhs_crisis_line",
})  # fmt: skip
_ANSWERING_KINDS = frozenset({"emergency", "helpline", "text_service", "web_chat"})
_LINES = frozenset({"phone", "text", "web_chat"})
_PAGE_RANK = {"provider": 0, "assured": 0, "official": 1}
_URGENCY = {"lapsing": 0, "undated": 2}


class Route(NamedTuple):
    """How to check a channel. `number` is None where it must not be rung for a test."""

    number: str | None
    page: str | None
    email: str | None
    organization: str | None
    never_call: bool


class Task(NamedTuple):
    """One check: which facts of which channel, why, how, and about how many minutes it takes.

    `last` is the day of the last confirmation, `lapses` the first day on which that is too old.
    `gaps` are facts that nobody has published: ask for them on the way.
    """

    service: Service
    channel: Channel
    regime: Regime
    code: str
    why: str
    facts: tuple[str, ...]
    gaps: tuple[str, ...]
    last: int | None
    lapses: int | None
    route: Route
    minutes: int


def tasks_due(
    services: Iterable[Service], notices: Sequence[Notice], today: int, by: int
) -> tuple[Task, ...]:
    """Every check that is due today or falls due up to a day (included), riskiest first."""
    found = []
    for service in services:
        told: set[Notice] = set()
        for channel in service.channels:
            alert = _endless_alert(service, channel, notices, today)
            if alert is not None:
                if alert not in told:
                    found.append(_alert_task(service, channel, alert, today))
                told.add(alert)
                continue
            task = _task(service, channel, today)
            if task is not None and (task.lapses is None or task.lapses <= by):
                found.append(task)
    return tuple(sorted(found, key=_risk))


def fitting(tasks: Sequence[Task], minutes: int) -> tuple[Task, ...]:
    """The riskiest tasks that fit into so many minutes; a short one may fill what is left."""
    chosen = []
    left = minutes
    for task in tasks:
        if task.minutes <= left:
            chosen.append(task)
            left -= task.minutes
    return tuple(chosen)


def regime_on(channel: Channel, day: int) -> Regime | None:
    """The newest regime that may be in force on a day; None when no source covers it."""
    return next((regime for regime in reversed(channel.regimes) if regime.may_hold_on(day)), None)


def is_never_rung(service: Service, channel: Channel, regime: Regime) -> bool:
    """Whether ringing a channel to see if it answers could keep out somebody in need.

    So it is for the emergency and crisis lines by role, for every helpline, text or chat service,
    and for any line that says it is there round the clock, whatever its kind.
    """
    if service.floor or service.role in CRISIS_ROLES:
        return True
    answers = channel.kind in _LINES and regime.purpose == "help"
    return answers and (service.kind in _ANSWERING_KINDS or regime.hours == "24/7")


def route_to(service: Service, channel: Channel, regime: Regime, day: int) -> Route:
    """The number, page or address with which a channel can be checked on a day."""
    emails = [other.email for _, other in _regimes_on(service, day) if other.email]
    return Route(
        number=_office_number(service, day),
        page=_page(service, channel) or regime.url,
        email=emails[0] if emails else None,
        organization=service.organization,
        never_call=is_never_rung(service, channel, regime),
    )


def _regimes_on(service: Service, day: int) -> Iterator[tuple[Channel, Regime]]:
    for channel in service.channels:
        regime = regime_on(channel, day)
        if regime is not None and not regime.professionals_only:
            yield channel, regime


def _office_number(service: Service, day: int) -> str | None:
    """A number that may be rung with a question: an office's before a booking line's."""
    if service.floor or service.role in CRISIS_ROLES:
        return None
    numbers = [
        (regime.purpose != "enquiries", regime.purpose != "booking", regime.number)
        for channel, regime in _regimes_on(service, day)
        if channel.kind == "phone"
        and regime.number
        and regime.purpose != "recorded"
        and not is_never_rung(service, channel, regime)
    ]
    return min(numbers, key=lambda entry: entry[:2])[2] if numbers else None


def _page(service: Service, channel: Channel) -> str | None:
    pages = [
        source
        for source in service.sources
        if source.url and (not source.channels or channel.id in source.channels)
    ]
    return min(pages, key=_page_key).url if pages else None


def _page_key(source: Source) -> tuple[int, int]:
    newest = source.published.first if source.published else 0
    return _PAGE_RANK.get(source.grade, 2), -newest


def _endless_alert(
    service: Service, channel: Channel, notices: Sequence[Notice], today: int
) -> Notice | None:
    """An alert that closes a channel and names no end. A notice of being overtaken has none."""
    for notice in notices:
        running = notice.since.first <= today and notice.until is None
        if running and closes(notice, service, channel):
            return notice
    return None


def _alert_task(service: Service, channel: Channel, alert: Notice, today: int) -> Task:
    regime = regime_on(channel, today) or channel.regimes[-1]
    why = WHY["alert_without_end"].format(since=alert.since.words, what=alert.what)
    return Task(
        service, channel, regime, "alert_without_end", why, ("alert",), (), alert.since.first,
        None, route_to(service, channel, regime, today), LINE_MINUTES,
    )  # fmt: skip


def _task(service: Service, channel: Channel, today: int) -> Task | None:
    """What there is to check of a channel; None when it is not offered, or never will be again."""
    regime = regime_on(channel, today)
    if regime is None or regime.purpose != "help":
        return None
    life = life_on(service.life, today)
    if not life.possible & {"running", "paused"}:
        return None
    fresh = freshness(service, channel, regime, today, known_opening(service.life, today))
    if fresh.verdict == "before":
        return None
    lapses = None
    if fresh.last is not None:
        limit = DOOR_MONTHS if channel.kind == "in_person" else LINE_MONTHS
        lapses = add_months(fresh.last, limit) + 1
    facts = deciding_facts(channel, regime) or ("life",)
    if len(life.possible) > 1 and life.event is not None:
        reason = life_reason(life.event)
        code, why = "life_unsure", remark(reason.code, when=reason.detail).text
        facts, lapses = ("life", *(fact for fact in facts if fact != "life")), None
    elif "paused" in life.possible and life.event is not None:
        code, why = "paused", WHY["paused"].format(since=life.event.when.words)
        facts, lapses = ("life",), None
    elif lapses is None or fresh.last is None:
        code = "undated"
        why = WHY[code].format(fact=FACT_WORDS[fresh.missing or "life"])
    else:
        code = "lapsing" if today < lapses else "lapsed"
        why = WHY[code].format(last=day_words(fresh.last), lapses=day_words(lapses))
    minutes = DOOR_MINUTES if channel.kind == "in_person" else LINE_MINUTES
    return Task(
        service, channel, regime, code, why, facts, tuple(_gaps(channel, regime)), fresh.last,
        lapses, route_to(service, channel, regime, today), minutes,
    )  # fmt: skip


def _gaps(channel: Channel, regime: Regime) -> Iterator[str]:
    if regime.hours is None:
        yield "hours"
    if contact_of(channel, regime) is None:
        yield "location" if channel.kind == "in_person" else "contact"


def _risk(task: Task) -> tuple[bool, bool, int, int, int, str, int]:
    """The order of checks; see the module. Of those lapsed, the latest are the likeliest there."""
    lapses = task.lapses or 0
    return (
        task.code != "alert_without_end",
        task.channel.kind != "in_person",
        _need(task.service),
        _URGENCY.get(task.code, 1),
        lapses if task.code == "lapsing" else -lapses,
        task.service.id,
        task.service.channels.index(task.channel),
    )


def _need(service: Service) -> int:
    """0 for the emergency and crisis lines, 1 for other help in the next hour, 2 for the rest."""
    if service.floor or service.role in CRISIS_ROLES:
        return 0
    return 2 if service.kind in NOT_CRISIS else 1
