"""Lives and regimes round the hours: what a channel's days may hold."""

from datetime import date, timedelta

import pytest

from signpost.core.channel_days import Calendars, ChannelDays
from signpost.core.hours import Timeline
from signpost.core.services import NATIONS
from tests.builders import CALENDARS, channel, day, door, life, location, moment, service, wall

NUMBERS = (
    {"since": "2020-04", "until": "2020-07~", "number": "0300 790 0596"},
    {"since": "2020-07-28~", "number": "0800 028 0077"},
)


def days_of(way, *events, nations=("England",)):
    return ChannelDays(service("x", way, life=life(*events), nations=nations), way, CALENDARS)


def state(days, at):
    """A state with the codes of its reasons: `unknown: regime_unsure`."""
    found = Timeline(days).state_at(moment(at))
    return ": ".join([found.state, *(reason.code for reason in found.reasons)])


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2023-07-12T19:00", "closed"),  # the month before
        ("2023-08-12T19:00", "unknown: opening_planned"),
        ("2023-08-12T15:00", "closed"),  # no evening in any case
        ("2024-08-12T19:00", "unknown: opening_planned"),  # no source says that it did
    ],
)
def test_a_planned_opening_is_never_sure(at, expected):
    assert state(days_of(door("Mo-Su 18:00-23:00"), "opens 2023-08 planned"), at) == expected


@pytest.mark.parametrize(
    ("event", "at", "expected"),
    [
        ("opens 2023-08", "2023-08-30T19:00", "unknown: opening_day_unknown"),
        ("opens 2023-08", "2023-08-31T19:00", "open"),
        ("resumes 2023-08", "2023-08-15T19:00", "open"),  # nothing says that it paused
        ("pauses 2023-08", "2023-08-15T19:00", "unknown: pause_unsure"),
        ("pauses 2023-08 planned", "2023-10-15T19:00", "unknown: pause_unsure"),
        ("closes 2023-08", "2023-08-15T19:00", "unknown: closing_day_unknown"),
        ("closes 2023-08 planned", "2023-10-15T19:00", "unknown: closing_planned"),
        ("closes 2023-08", "2023-09-01T19:00", "closed"),
    ],
)
def test_what_a_life_leaves_open_has_its_reason(event, at, expected):
    assert state(days_of(door(), event), at) == expected


def test_a_return_may_be_planned_or_of_an_unknown_day():
    paused = ("pauses 2020-03-23", "resumes 2021-06")
    assert state(days_of(door(), *paused), "2021-06-15T19:00") == "unknown: opening_day_unknown"
    planned = ("pauses 2020-03-23", "resumes 2021-06 planned")
    assert state(days_of(door(), *planned), "2022-06-15T19:00") == "unknown: opening_planned"


class TestSessionsBegun:
    @pytest.mark.parametrize(
        ("at", "expected"),
        [
            ("2024-03-31T23:00", "open"),
            ("2024-04-01T01:59", "open"),  # the last evening goes on past midnight
            ("2024-04-01T02:00", "closed"),
            ("2024-04-01T19:00", "closed"),
        ],
    )
    def test_the_end_of_a_life_does_not_cut_a_session(self, at, expected):
        assert state(days_of(door("Mo-Su 18:00-02:00"), "closes 2024-03-31"), at) == expected

    @pytest.mark.parametrize(
        ("at", "regime"),
        [
            ("2024-03-31T20:00", 0),
            ("2024-04-01T01:00", 0),  # still the evening of the older hours
            ("2024-04-01T05:00", 1),  # no session: the day's own
            ("2024-04-01T20:00", 1),
        ],
    )
    def test_a_session_belongs_to_the_regime_of_the_day_it_began(self, at, regime):
        way = door("Mo-Su 18:00-02:00", regimes=({"until": "2024-03-31"}, {"since": "2024-04-01"}))
        assert days_of(way).regimes_at(moment(at)) == [regime]


class TestRegimes:
    @pytest.mark.parametrize(
        ("at", "regimes"),
        [
            ("2020-03-31T12:00", []),
            ("2020-04-01T12:00", [0]),
            ("2020-07-20T12:00", [0]),
            ("2020-07-21T12:00", [0, 1]),  # a week either way of the 28th
            ("2020-07-31T12:00", [0, 1]),
            ("2020-08-01T12:00", [1]),
        ],
    )
    def test_those_that_may_speak(self, at, regimes):
        assert days_of(channel(regimes=NUMBERS)).regimes_at(moment(at)) == regimes

    def test_hours_that_agree_are_sure_whichever_holds(self):
        days = days_of(channel(regimes=NUMBERS))
        assert state(days, "2020-07-25T12:00") == "open"
        # the second began when the first ended, so these days have but one reading
        assert state(days, "2020-07-15T12:00") == "open"
        assert state(days, "2020-08-02T12:00") == "open"

    def test_hours_that_differ_are_unsure_while_either_may_hold(self):
        way = channel(regimes=(
            {"until": "2020-07~", "hours": "Mo-Su 09:00-24:00"},
            {"since": "2020-07-28~", "hours": "24/7"},
        ))  # fmt: skip
        assert state(days_of(way), "2020-07-25T03:00") == "unknown: regime_unsure"
        assert state(days_of(way), "2020-07-25T12:00") == "open"
        assert state(days_of(way), "2020-07-20T03:00") == "closed"
        assert state(days_of(way), "2020-08-01T03:00") == "open"

    @pytest.mark.parametrize(
        ("regimes", "at", "expected"),
        [
            # a start on some day of August, with nothing known of before
            (({"since": "2023-08"},), "2023-07-31T12:00", "closed"),
            (({"since": "2023-08"},), "2023-08-10T12:00", "unknown: regime_unsure"),
            (({"since": "2023-08"},), "2023-08-31T12:00", "open"),
            # an end on some day of August, with nothing known of after
            (({"until": "2023-08"},), "2023-08-01T12:00", "open"),
            (({"until": "2023-08"},), "2023-08-02T12:00", "unknown: regime_unsure"),
            (({"until": "2023-08"},), "2023-08-31T12:00", "unknown: regime_unsure"),
            (({"until": "2023-08"},), "2023-09-01T12:00", "closed"),
            # some stretch of the year
            (({"since": "2023", "until": "2023"},), "2023-08-10T12:00", "unknown: regime_unsure"),
            # the end of what began when another ended is as unsure as any
            (({"until": "2023-07"}, {"since": "2023-08", "until": "2023-08"}),
             "2023-08-10T12:00", "unknown: regime_unsure"),
            # a gap is no change from one to the other
            (({"until": "2020-03"}, {"since": "2021-01"}), "2020-03-15T12:00",
             "unknown: regime_unsure"),
            (({"until": "2020-03"}, {"since": "2021-01"}), "2021-01-15T12:00",
             "unknown: regime_unsure"),
            (({"until": "2020-03"}, {"since": "2021-01"}), "2020-06-15T12:00", "closed"),
            # an end and a start that touch are one
            (({"until": "2020-11"}, {"since": "2020-12"}), "2020-11-15T12:00", "open"),
            (({"until": "2020-11"}, {"since": "2020-12"}), "2020-12-15T12:00", "open"),
            # two that may both have ended, with nothing after
            (({"until": "2020-11"}, {"until": "2020-11"}), "2020-11-15T12:00",
             "unknown: regime_unsure"),
        ],
    )  # fmt: skip
    def test_an_edge_on_an_unknown_day(self, regimes, at, expected):
        assert state(days_of(channel(regimes=regimes)), at) == expected

    def test_hours_that_no_source_gives_are_unknown_all_day(self):
        way = channel(regimes=({"until": "2023-12-31", "hours": None}, {"since": "2024-01-01"}))
        days = days_of(way)
        assert state(days, "2023-12-31T03:00") == "unknown: hours_unpublished"
        assert state(days, "2024-01-01T00:00") == "open"
        assert days.regimes_at(moment("2024-01-01T00:30")) == [1]
        assert days.regimes_at(moment("2023-12-31T00:30")) == [0]

    def test_unknown_hours_alone_never_change(self):
        assert Timeline(days_of(channel(None))).next_change(moment("2024-01-01T00:00")) is None


class TestHolidays:
    def test_england_and_wales_share_a_table(self):
        assert len(CALENDARS.of(("England", "Wales"))) == 1
        assert len(CALENDARS.of(NATIONS)) == 3

    def test_no_nation_known_means_any(self):
        assert len(CALENDARS.of(())) == 3

    def test_a_nation_without_a_table_has_none(self):
        assert Calendars({}).of(("England",)) == ()

    @pytest.mark.parametrize(
        ("nations", "holidays_of", "expected"),
        [
            (("Scotland",), None, "closed"),  # 2 January
            (("England",), None, "open"),
            (("England", "Scotland"), None, "unknown: nations_differ"),
            (("England", "Scotland"), "Scotland", "closed"),
            (("England", "Scotland"), "England", "open"),
        ],
    )
    def test_of_whom_the_holidays_are(self, nations, holidays_of, expected):
        way = channel("Mo-Fr 09:00-17:00", bank_holidays="closed", holidays_of=holidays_of)
        assert state(days_of(way, nations=nations), "2024-01-02T12:00") == expected

    def test_hours_by_the_sun_need_the_place_of_the_door(self):
        by_sun = "Mo-Su sunrise-sunset"
        assert state(days_of(door(by_sun)), "2024-02-01T12:00") == "open"
        nowhere = door(by_sun, location=location(lat=None, lon=None))
        assert state(days_of(nowhere), "2024-02-01T12:00") == "unknown: no_point"


@pytest.mark.parametrize(
    ("way", "events"),
    [
        (channel(regimes=NUMBERS), ()),
        (door(), ("opens 2020-06", "closes 2020-09 planned")),
        (door("Mo-Fr 09:00-17:00", bank_holidays=None), ()),
        (channel(None), ("opens 2020-08-05~",)),
        (channel(regimes=({"until": "2020-07"}, {"since": "2020-10"})), ("pauses 2020-06-10",)),
    ],
)
def test_days_said_to_be_alike_are(way, events):
    days = days_of(way, *events)
    start = date(2020, 3, 1)
    for offset in range(300):
        here = start + timedelta(days=offset)
        until = min(days.alike_until(here), date(2021, 3, 1))
        for later in range((until - here).days + 1):
            assert days.readings(here + timedelta(days=later)) == days.readings(here)


def test_a_search_ends_when_life_and_regimes_have_no_more_to_say():
    days = days_of(channel(regimes=({"since": "2024-06-01"},)), "closes 2031-12-31")
    timeline = Timeline(days)
    assert wall(timeline.next_open(moment("2024-02-01T12:00"))) == "2024-06-01T00:00"
    assert wall(timeline.next_change(moment("2024-07-01T12:00"))) == "2032-01-01T00:00"
    assert timeline.next_change(moment("2032-01-01T12:00")) is None
    assert days.outlook.settled == date.fromordinal(day("2032-01-01"))
