"""When notices run, what they name, and what they leave of the hours."""

from datetime import UTC

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from signpost.core.alerts import (
    begins,
    closes,
    closure_at,
    closure_turns,
    ends,
    notice_for,
    parse_notice_time,
)
from signpost.core.dates import parse_date
from signpost.core.floor import BUILT_IN
from signpost.errors import InvalidValue
from tests.builders import answer_of, channel, door, moment, notice, service, source, wall
from tests.properties.records import directories, queries
from tests.properties.test_answers import judge_hours, judge_open

HOUSE = service("house", channel(), door())
LINE, DOOR = HOUSE.channels


def utc(pair):
    """Two moments as `hours:minutes` in UTC, with their day."""
    return tuple(one.astimezone(UTC).isoformat()[:16] for one in pair)


class TestTimes:
    @pytest.mark.parametrize(
        ("text", "words", "minute"),
        [
            ("2026-12-01", "1 December 2026", None),
            ("2026-12", "December 2026", None),
            ("2026-12-01~", "about 1 December 2026", None),
            ("2026-12-01T10:00", "10am on 1 December 2026", 600),
            ("2026-12-01T12:00", "midday on 1 December 2026", 720),
            ("2026-12-01T23:59", "11:59pm on 1 December 2026", 1439),
            # "midnight on 1 December" may be either end of the day
            ("2026-12-01T00:00", "the start of 1 December 2026", 0),
        ],
    )
    def test_a_day_or_a_minute_of_it_is_read_written_and_said(self, text, words, minute):
        when = parse_notice_time(text)
        assert (when.text, when.words, when.minute) == (text, words, minute)
        day = parse_date(text.partition("T")[0])
        assert (when.first, when.last) == (day.first, day.last)

    @pytest.mark.parametrize(
        "text",
        ["2026-12-01T24:00", "2026-12-01T9:30", "2026-12-01T10", "2026-12-01T10:00:00",
         "2026-12-01T10:00Z", "2026-12-01T10:00+01:00", "2026-12T10:00", "2026-12-01T10:00~",
         "2026-12-01~T10:00", "2026-12-01 10:00", "2026-12-01t10:00", "2026-02-30T10:00",
         "2026-12-01T10:60", "T10:00", "10:00", "tomorrow", "2026-12-01T10:0٠", ""],
    )  # fmt: skip
    def test_what_only_looks_like_one_is_refused(self, text):
        with pytest.raises(InvalidValue):
            parse_notice_time(text)

    @pytest.mark.parametrize(
        ("text", "begin", "end"),
        [
            # a day: from its midnight, and until the next one
            ("2026-12-01", ("2026-12-01T00:00",) * 2, ("2026-12-02T00:00",) * 2),
            ("2026-06-01", ("2026-05-31T23:00",) * 2, ("2026-06-01T23:00",) * 2),
            ("2026-02", ("2026-02-01T00:00", "2026-02-28T00:00"),
             ("2026-02-02T00:00", "2026-03-01T00:00")),
            # a minute, in winter and in summer
            ("2026-12-01T10:00", ("2026-12-01T10:00",) * 2, ("2026-12-01T10:00",) * 2),
            ("2026-06-01T10:00", ("2026-06-01T09:00",) * 2, ("2026-06-01T09:00",) * 2),
            # 01:30 comes twice on 25 October 2026, and never on 29 March 2026
            ("2026-10-25T01:30", ("2026-10-25T00:30", "2026-10-25T01:30"),
             ("2026-10-25T00:30", "2026-10-25T01:30")),
            ("2026-03-29T01:30", ("2026-03-29T00:30", "2026-03-29T01:30"),
             ("2026-03-29T00:30", "2026-03-29T01:30")),
            # the calendar's last day has no day after it
            ("9999", ("9999-01-01T00:00", "9999-12-31T00:00"),
             ("9999-01-02T00:00", "9999-12-31T00:00")),
        ],
    )  # fmt: skip
    def test_a_wall_time_is_every_moment_that_it_may_mean(self, text, begin, end):
        when = parse_notice_time(text)
        assert (utc(begins(when)), utc(ends(when))) == (begin, end)


class TestClosures:
    @pytest.mark.parametrize(
        ("since", "until", "at", "expected"),
        [
            # the start is included, the end is not
            ("2026-12-01T10:00", "2026-12-01T18:00", "2026-12-01T09:59", "open"),
            ("2026-12-01T10:00", "2026-12-01T18:00", "2026-12-01T10:00", "closed"),
            ("2026-12-01T10:00", "2026-12-01T18:00", "2026-12-01T17:59", "closed"),
            ("2026-12-01T10:00", "2026-12-01T18:00", "2026-12-01T18:00", "open"),
            ("2026-12-01T10:00", None, "2030-01-01T00:00", "closed"),
            # a day at one end, a minute at the other
            ("2026-12-01", "2026-12-01T18:00", "2026-12-01T00:00", "closed"),
            ("2026-12-01", "2026-12-01T18:00", "2026-12-01T18:00", "open"),
            ("2026-12-01T10:00", "2026-12-02", "2026-12-02T23:59", "closed"),
            ("2026-12-01T10:00", "2026-12-02", "2026-12-03T00:00", "open"),
            ("2026-12", "2026-12-31T18:00", "2026-12-10T12:00", "unknown"),
            ("2026-12", "2026-12-31T18:00", "2026-12-31T12:00", "closed"),
            ("2026-11-30T10:00", "2026-12", "2026-12-01T12:00", "closed"),
            ("2026-11-30T10:00", "2026-12", "2026-12-02T12:00", "unknown"),
            # past midnight
            ("2026-12-01T22:00", "2026-12-02T02:00", "2026-12-02T01:59", "closed"),
            ("2026-12-01T22:00", "2026-12-02T02:00", "2026-12-02T19:00", "open"),
            # the hour that comes twice: sure only after its second 01:30, or before its first
            ("2026-10-25T01:30", None, "2026-10-25T01:29+01:00", "open"),
            ("2026-10-25T01:30", None, "2026-10-25T01:30+01:00", "unknown"),
            ("2026-10-25T01:30", None, "2026-10-25T01:29+00:00", "unknown"),
            ("2026-10-25T01:30", None, "2026-10-25T01:30+00:00", "closed"),
            ("2026-10-24", "2026-10-25T01:30", "2026-10-25T01:29+01:00", "closed"),
            ("2026-10-24", "2026-10-25T01:30", "2026-10-25T01:30+01:00", "unknown"),
            ("2026-10-24", "2026-10-25T01:30", "2026-10-25T01:30+00:00", "open"),
            # the hour that never comes: half past midnight, or half past two
            ("2026-03-29T01:30", None, "2026-03-29T00:29+00:00", "open"),
            ("2026-03-29T01:30", None, "2026-03-29T02:00+01:00", "unknown"),
            ("2026-03-29T01:30", None, "2026-03-29T02:30+01:00", "closed"),
        ],
    )
    def test_when_a_channel_is_closed(self, since, until, at, expected):
        shut = notice(since=since, until=until, services=("house",))
        found = closure_at(HOUSE, LINE, (shut,), moment(at))
        assert found == expected
        assert notice_for(HOUSE, LINE, (shut,), moment(at)) == (None if found == "open" else shut)

    @pytest.mark.parametrize(
        ("services", "channels", "line", "door"),
        [
            (("house",), (), True, True),
            ((), ("house/line",), True, False),
            ((), ("house/line", "house/door"), True, True),
            (("house",), ("house/door",), True, True),
            (("other",), ("other/line", "other/house/line", "line", "house", "house/"),
             False, False),
        ],
    )  # fmt: skip
    def test_it_closes_the_services_and_the_channels_it_names(self, services, channels, line, door):
        shut = notice(services=services, channels=channels)
        assert (closes(shut, HOUSE, LINE), closes(shut, HOUSE, DOOR)) == (line, door)
        turns = closure_turns(HOUSE, DOOR, (shut,))
        assert turns == ((moment("2024-02-01T00:00"),) if door else ())

    def test_nothing_closes_a_line_that_stands_in_every_answer(self):
        for line in BUILT_IN:
            way = line.channels[0]
            shut = notice(services=(line.id,), channels=(f"{line.id}/{way.id}",))
            assert not closes(shut, line, way)
            assert closure_at(line, way, (shut,), moment("2026-12-01T12:00")) == "open"
            assert notice_for(line, way, (shut,), moment("2026-12-01T12:00")) is None

    def test_a_sure_closure_counts_before_a_likely_one_and_both_before_being_overtaken(self):
        overtaken = notice("overtaken", services=("house",))
        likely = notice(since="2026-12", services=("house",))
        sure = notice(since="2026-12-05T10:00", channels=("house/line",), services=())
        every = (overtaken, likely, sure)
        at = moment("2026-12-05T10:00")
        assert notice_for(HOUSE, LINE, every, at) == sure
        assert closure_at(HOUSE, LINE, every, at) == "closed"
        assert notice_for(HOUSE, DOOR, every, at) == likely
        assert closure_at(HOUSE, DOOR, every, at) == "unknown"
        assert notice_for(HOUSE, DOOR, every, moment("2026-11-30T23:59")) == overtaken

    def test_being_overtaken_may_be_of_one_channel_and_from_a_minute(self):
        gone = notice("overtaken", "2026-12-01T10:00", until="2026-12-01T18:00", services=(),
                      channels=("house/line",))  # fmt: skip
        assert [
            notice_for(HOUSE, way, (gone,), moment(f"2026-12-01T{at}")) is gone
            for way in (LINE, DOOR)
            for at in ("09:59", "10:00", "17:59", "18:00")
        ] == [False, True, True, False, False, False, False, False]
        assert not closes(gone, HOUSE, LINE)
        assert closure_turns(HOUSE, LINE, (gone,)) == ()

    def test_its_turns_are_every_moment_at_which_it_may_begin_or_end(self):
        shut = (
            notice(since="2026-12-01T10:00", until="2026-12-01T18:00", services=("house",)),
            notice(since="2026-10-25T01:30", channels=("house/line",)),
            notice(since="2020", services=("another",)),
        )
        turns = closure_turns(HOUSE, LINE, shut)
        assert utc(turns) == (
            "2026-10-25T00:30", "2026-10-25T01:30", "2026-12-01T10:00", "2026-12-01T18:00",
        )  # fmt: skip


class TestAnswers:
    """A line that is down on 1 December from 10:00 to 18:00, with a stand-in."""

    house = HOUSE._replace(sources=(source("2026-11-01", since="2015"),))
    other = service("night-line", sources=(source("2026-11-01", since="2015"),))
    down = notice(
        since="2026-12-01T10:00", until="2026-12-01T18:00", services=(),
        channels=("house/line",), what="the line is down", instead="night-line",
    )  # fmt: skip

    def asked(self, at):
        return answer_of(self.house, self.other, at=f"2026-12-01T{at}", notices=(self.down,))

    @staticmethod
    def stands(options):
        return [f"{option.service.id}/{option.channel.id}" for option in options]

    @pytest.mark.parametrize("at", ["10:00", "12:00", "17:59"])
    def test_while_it_runs_the_alert_is_shown_first_with_the_stand_in(self, at):
        found = self.asked(at)
        [option] = found.check_first
        assert self.stands([option]) == ["house/line"]
        assert (option.state, option.reasons[0].text) == ("closed", "the line is down")
        assert (option.notice.what, option.notice.until.text, option.notice.instead) == (
            "the line is down", "2026-12-01T18:00", "night-line")  # fmt: skip
        assert self.stands(found.open) == ["night-line/line"]

    @pytest.mark.parametrize(("at", "until"), [("09:59", "2026-12-01T10:00"), ("18:00", None)])
    def test_before_and_after_it_the_line_is_open_and_nothing_is_said(self, at, until):
        found = self.asked(at)
        [line] = [one for one in found.open if self.stands([one]) == ["house/line"]]
        assert (wall(line.until), line.notice, found.check_first) == (until, None, ())

    def test_the_door_of_the_same_house_is_open_throughout(self):
        assert "house/door" in self.stands(self.asked("12:00").opens_later)
        evening = self.down._replace(until=parse_notice_time("2026-12-02"))
        found = answer_of(self.house, at="2026-12-01T19:00", notices=(evening,))
        assert self.stands(found.open) == ["house/door"]

    def test_one_without_a_known_end_stays(self):
        endless = self.down._replace(until=None)
        found = answer_of(self.house, at="2027-06-01T12:00", notices=(endless,))
        assert self.stands(found.check_first) == ["house/line"]


TIMES = (
    "2023-12-24", "2023-12", "2023-12-24T20:30", "2023-12-25T00:00", "2024-01-01T22:30",
    "2024-03-30T22:00", "2024-03-31T00:30", "2024-03-31T01:30", "2024-03-31T02:00",
    "2024-06-12T12:00", "2024-10-26T23:30", "2024-10-27T01:00", "2024-10-27T01:30",
    "2024-10-27T02:00", "2024-10-27",
)  # fmt: skip
"""Days and minutes in and about the nights that `records.moments` asks about."""


@st.composite
def timed_notices(draw):
    since, until = sorted(draw(st.lists(st.sampled_from(TIMES), min_size=2, max_size=2)))
    services, channels = draw(st.sampled_from(
        ((("s0",), ()), ((), ("s0/one",)), ((), ("s0/two", "s1/one")), (("s1",), ("s0/one",)))
    ))  # fmt: skip
    return notice(
        draw(st.sampled_from(("closed", "closed", "overtaken"))),
        since,
        until=draw(st.sampled_from((until, None))),
        services=services,
        channels=channels,
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(directories(), queries(), st.lists(timed_notices(), min_size=1, max_size=2).map(tuple))
def test_whatever_is_closed_when_the_answer_is_what_the_oracle_says(records, query, alerts):
    """The state of the hours, its end, and what is called open, by minutes and channels too."""
    judge_hours(records, query, alerts, days=1)
    judge_open(records, query, alerts)


@pytest.mark.long
@settings(max_examples=3000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(directories(), queries(), st.lists(timed_notices(), min_size=1, max_size=3).map(tuple))
def test_whatever_is_closed_when_the_answer_is_what_the_oracle_says_at_length(
    records, query, alerts
):
    judge_hours(records, query, alerts, days=2)
    judge_open(records, query, alerts)
