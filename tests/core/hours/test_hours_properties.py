"""Laws that hold for every expression, tried on generated ones."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hours_builders import ENGLAND, SCOTLAND, schedule, timeline
from hypothesis import given, settings
from hypothesis import strategies as st

from signpost.core.hours import HoursSyntaxError, Timeline, parse

_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_MONTHS = ("Jan", "Feb", "Mar", "Oct", "Nov", "Dec")

clocks = st.builds(
    lambda hour, minute: f"{hour:02d}:{minute:02d}",
    st.integers(0, 23),
    st.sampled_from((0, 15, 30, 45)),
)
spans = st.builds(lambda first, last: f"{first}-{last}", clocks, clocks)
days = st.one_of(
    st.sampled_from(_DAYS),
    st.sampled_from(
        ("Mo-Fr", "Sa-Su", "Fr-Mo", "Th[2,-1]", "Su[-1]", "PH", "Mo-Fr,PH", "PH -1 day")
    ),
)
wide = st.one_of(
    st.just(""),
    st.sampled_from(_MONTHS),
    st.sampled_from(
        ("Oct-Mar", "Dec 25", "Dec 24-Jan 2", "Mar 31", "Oct Su[-1]-Nov 5", "easter +1 day", "2024",
         "2024 Oct 27", "week 10-44/2", "2023 Dec 30+")
    ),
)  # fmt: skip
states = st.sampled_from(
    ("", "", "", " off", ' unknown "rota"', ' "ring first"', ' open "side door"')
)


@st.composite
def rules(draw):
    times = ",".join(draw(st.lists(spans, min_size=1, max_size=2)))
    parts = [draw(wide), draw(st.one_of(st.just(""), days)), times]
    return " ".join(part for part in parts if part) + draw(states)


@st.composite
def expressions(draw):
    text = draw(rules())
    for _ in range(draw(st.integers(0, 2))):
        following = draw(rules())
        joint = draw(
            st.sampled_from(("; ", "; ", " || ", " open, " if text[-1] in "0123456789" else "; "))
        )
        text += joint + following
    return text


moments = st.one_of(
    st.integers(0, 2 * 366 * 1440).map(
        lambda minute: datetime(2023, 6, 1, tzinfo=UTC) + timedelta(minutes=minute)
    ),
    st.integers(0, 8 * 60).map(
        lambda m: datetime(2024, 3, 30, 22, tzinfo=UTC) + timedelta(minutes=m)
    ),
    st.integers(0, 8 * 60).map(
        lambda m: datetime(2024, 10, 26, 22, tzinfo=UTC) + timedelta(minutes=m)
    ),
    st.integers(0, 48 * 60).map(
        lambda m: datetime(2026, 12, 24, tzinfo=UTC) + timedelta(minutes=m)
    ),
)
policies = st.sampled_from((None, "as_usual", "as_sunday", "closed"))
nations = st.sampled_from(((ENGLAND,), (SCOTLAND,), (ENGLAND, SCOTLAND), ()))


@given(expressions(), moments, policies, nations, st.sampled_from(("Asia/Tokyo", "America/Lima")))
@settings(max_examples=150, deadline=None)
def test_the_askers_zone_never_matters(hours, moment, policy, served, elsewhere):
    line = timeline(hours, policy, served)
    there = moment.astimezone(ZoneInfo(elsewhere))
    assert line.state_at(there) == line.state_at(moment)
    assert line.next_change(there) == line.next_change(moment)


@given(expressions(), moments, policies, nations)
@settings(max_examples=250, deadline=None)
def test_the_next_change_is_later_and_nothing_changes_before_it(hours, moment, policy, served):
    line = timeline(hours, policy, served)
    state = line.state_at(moment).state
    change = line.next_change(moment)
    if change is None:
        stop = moment + timedelta(days=3)
    else:
        assert change > moment
        assert line.state_at(change).state != state
        stop = min(change, moment + timedelta(days=3))
    # A second timeline, asked in another order, so that nothing rests on what was kept.
    fresh = timeline(hours, policy, served)
    step = moment
    while step < stop:
        assert fresh.state_at(step).state == state
        step += timedelta(minutes=15)


@given(expressions(), moments, policies, nations)
@settings(max_examples=150, deadline=None)
def test_intervals_tile(hours, moment, policy, served):
    line = timeline(hours, policy, served)
    end = moment + timedelta(days=9)
    pieces = list(line.intervals(moment, end))
    assert pieces[0].start == moment
    assert pieces[-1].end == end
    for piece, following in pairwise(pieces):
        assert piece.start < piece.end == following.start
        assert piece[2:] != following[2:]
    for piece in pieces:
        middle = piece.start + (piece.end - piece.start) / 2
        for at in (piece.start, middle, piece.end - timedelta(seconds=1)):
            status = line.state_at(at)
            assert (status.state, status.reasons, status.comment) == piece[2:]
        assert piece.state != "unknown" or piece.reasons


@given(expressions(), moments)
@settings(max_examples=150, deadline=None)
def test_days_said_to_be_alike_are_alike(hours, moment):
    door = schedule(hours)
    day = moment.date()
    until = door.alike_until(day)
    assert until >= day
    readings = door.readings(day)
    for ahead in (1, 2, 3, 7, 30, 100):
        if day + timedelta(days=ahead) <= until:
            assert door.readings(day + timedelta(days=ahead)) == readings


@given(expressions())
@settings(max_examples=300, deadline=None)
def test_printing_and_parsing_are_inverse(hours):
    found = parse(hours)
    again = parse(found.canonical())
    assert again.rules == found.rules
    assert again.canonical() == found.canonical()
    assert again.warnings == ()


_PIECES = st.sampled_from(
    [*_DAYS, *_MONTHS, "PH", "SH", "week", "easter", "off", "unknown", "open", "24/7", "10:00",
     "26:00", "sunset", "day", "days", "5", "31", "2024", "+", "-", ",", ";", "||", ":", "/", "[",
     "]", "(", ")", '"', '"x"', " ", "–", "pm", "é", "1"]
)  # fmt: skip


def _read(text):
    """The expression, or None for a text refused as it should be."""
    try:
        return parse(text)
    except HoursSyntaxError as error:
        refusal = error
    assert 0 <= refusal.column <= len(text)
    assert str(refusal)
    return None


@given(
    st.one_of(
        st.text(max_size=40),
        st.lists(_PIECES, max_size=14).map("".join),
        st.lists(_PIECES, max_size=14).map(" ".join),
    )
)
@settings(max_examples=1500, deadline=None)
def test_any_text_is_read_or_refused_with_a_column(text):
    found = _read(text)
    if found is not None:
        assert parse(found.canonical()).rules == found.rules
        line = Timeline(schedule(text))
        line.state_at(datetime(2026, 5, 25, 12, tzinfo=UTC))


@pytest.mark.long
@given(st.lists(_PIECES, max_size=20).map(" ".join))
@settings(max_examples=20_000, deadline=None)
def test_any_text_at_length(text):
    found = _read(text)
    if found is not None:
        assert parse(found.canonical()).rules == found.rules
        door = schedule(text)
        door.readings(date(2024, 2, 29))
        Timeline(door).next_change(datetime(2026, 5, 25, 12, tzinfo=UTC))
