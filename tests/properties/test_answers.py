"""What holds of every answer, whatever the records and whatever the question."""

from datetime import UTC, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from signpost.core.answering import answer
from signpost.core.availability import LATER, Setting, assess
from signpost.core.floor import BUILT_IN
from signpost.core.query import Option
from tests.builders import CALENDARS, material
from tests.properties import oracle
from tests.properties.records import directories, moments, notices, queries

FEW = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MANY = settings(FEW, max_examples=3000)

some_notices = st.lists(notices(), max_size=2).map(tuple)


def asked(records, query, alerts=()):
    return answer(query, material(*records, notices=alerts))


def below(found):
    return (*found.open, *found.check_first, *found.opens_later)


def names(options):
    return [(option.service.id, option.channel.id) for option in options]


def assessments(records, query, alerts):
    setting = Setting(query, CALENDARS, alerts)
    for record in records:
        for way in record.channels:
            yield record, way, assess(record, way, setting)


def judge_open(records, query, alerts):
    """Open is said of exactly what the record supports, and later of what it will support."""
    found = asked(records, query, alerts)
    for option in found.open:
        why_not = oracle.doubt(option.service, option.channel, option.regime, query, alerts)
        assert why_not is None, why_not
    for option in found.opens_later:
        assert timedelta(0) < option.opens - query.at <= LATER
        then = query._replace(at=option.opens)
        why_not = oracle.doubt(option.service, option.channel, option.regime, then, alerts)
        assert why_not is None, why_not
    said = names(found.open)
    for record in records:
        for way in record.channels:
            if all(
                oracle.doubt(record, way, regime, query, alerts) is None for regime in way.regimes
            ):
                assert (record.id, way.id) in said


@FEW
@given(directories(), queries(), some_notices)
def test_open_is_said_of_exactly_what_the_record_supports(records, query, alerts):
    judge_open(records, query, alerts)


@pytest.mark.long
@MANY
@given(directories(), queries(), some_notices)
def test_open_is_said_of_exactly_what_the_record_supports_at_length(records, query, alerts):
    judge_open(records, query, alerts)


def judge_hours(records, query, alerts, days):
    """The state of the hours is the oracle's, and `until` is the first instant it differs."""
    for record, way, found in assessments(records, query, alerts):
        state = oracle.hours_state(record, way, alerts, query.at)
        if found is None or found.__class__ is not Option:
            if found is not None and found.why == "closed":
                assert state == "closed"
            continue
        assert found.hours_state == state
        if state == "closed":
            assert found.until is None
            continue
        step = query.at
        last = query.at + timedelta(days=days)
        last = min(found.until or last, last)
        while step < last:
            assert oracle.hours_state(record, way, alerts, step) == state
            step += timedelta(minutes=30)
        if found.until is not None:
            assert found.until > query.at
            before = found.until - timedelta(minutes=1)
            assert oracle.hours_state(record, way, alerts, before) == state
            assert oracle.hours_state(record, way, alerts, found.until) != state


@settings(FEW, max_examples=150)
@given(directories(), queries(), some_notices)
def test_until_is_the_first_change_of_the_hours(records, query, alerts):
    judge_hours(records, query, alerts, days=1)


@pytest.mark.long
@MANY
@given(directories(), queries(), some_notices)
def test_until_is_the_first_change_of_the_hours_at_length(records, query, alerts):
    judge_hours(records, query, alerts, days=3)


@FEW
@given(directories(), queries(), some_notices)
def test_the_floor_is_in_every_answer(records, query, alerts):
    found = asked(records, query, alerts)
    missing = {"childline"} if (query.age or 0) > 18 else set()
    assert [option.service for option in found.emergency] == [
        record for record in BUILT_IN if record.id not in missing
    ]
    assert {option.state for option in found.emergency} == {"open"}


@FEW
@given(directories(), queries(), some_notices, st.randoms())
def test_the_same_question_has_the_same_answer(records, query, alerts, chance):
    """Neither asking again nor the order in which the records are read makes a difference."""
    found = asked(records, query, alerts)
    shuffled = list(records)
    chance.shuffle(shuffled)
    assert asked(records, query, alerts) == found
    assert asked(shuffled, query, alerts) == found


@FEW
@given(
    directories(),
    queries(),
    some_notices,
    st.sampled_from(("Europe/London", "Asia/Tokyo", "America/New_York")) | st.integers(-12, 14),
)
def test_the_timezone_of_the_asker_never_matters(records, query, alerts, zone):
    there = timezone(timedelta(hours=zone)) if isinstance(zone, int) else ZoneInfo(zone)
    moved = query._replace(at=query.at.astimezone(there))
    assert moved.at.astimezone(UTC) == query.at
    assert asked(records, moved, alerts)._replace(query=query) == asked(records, query, alerts)


@FEW
@given(directories(), queries(), some_notices)
def test_an_option_is_in_exactly_one_section(records, query, alerts):
    found = asked(records, query, alerts)
    placed = names(below(found))
    offered = [
        (record.id, way.id)
        for record, way, one in assessments(records, query, alerts)
        if isinstance(one, Option)
    ]
    assert sorted(placed) == sorted(offered)
    assert {option.state for option in found.open} <= {"open"}
    assert {option.state for option in found.opens_later} <= {"closed"}
    assert all(option.state == "unknown" or option.notice for option in found.check_first)
    left_out = sum(found.left_out.values())
    helpful = sum(one is not None for _, _, one in assessments(records, query, alerts))
    assert len(placed) + left_out == helpful


@FEW
@given(directories(), queries(), some_notices)
def test_what_is_not_sure_says_why_and_whom_to_ask(records, query, alerts):
    for option in below(asked(records, query, alerts)):
        sure = option.state == "open" or option.opens is not None
        assert bool(option.reasons) != sure
        assert (option.check_with is None) == sure
        assert all(reason.text and "{" not in reason.text for reason in option.reasons)
        assert option.has_reason("overtaken") == any(
            reason.code == "overtaken" for reason in option.reasons
        )


@FEW
@given(directories(), queries(), some_notices)
def test_companions_of_a_section_stand_together(records, query, alerts):
    found = asked(records, query, alerts)
    for section in (found.open, found.check_first):
        order = list(dict.fromkeys(option.service.id for option in section))
        assert [name for name, _ in names(section)] == [
            option.service.id for name in order for option in section if option.service.id == name
        ]
        joined = {
            frozenset((option.service.id, option.service.pair))
            for option in section
            if option.service.pair in order and option.service.pair != option.service.id
        }
        if len(joined) == 1:
            one, other = (order.index(name) for name in joined.pop())
            assert abs(one - other) == 1


@FEW
@given(directories(), queries(), some_notices, moments)
def test_a_filter_only_takes_away(records, query, alerts, at):
    """Naming channels, a distance or an age never adds an option, nor makes one surer."""
    query = query._replace(at=at)
    bare = query._replace(by=(), age=None, within_miles=None)
    wide = {(name, option.state) for option in below(asked(records, bare, alerts))
            for name in names([option])}  # fmt: skip
    narrow = query if (query.within_miles or 0.0) <= 15.0 else query._replace(within_miles=None)
    narrower = {(name, option.state) for option in below(asked(records, narrow, alerts))
                for name in names([option])}  # fmt: skip
    assert narrower <= wide
