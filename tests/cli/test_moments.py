"""What a typed moment means. The clock stands at Tuesday 24 November 2026, 2pm."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signpost.cli.moments import AmbiguousMoment, BadMoment, clock, read_moment
from signpost.core.availability import LONDON

NOW = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)


def read(text: str | None) -> datetime:
    return read_moment(text, lambda: NOW).at


@pytest.mark.parametrize(
    ("typed", "utc"),
    [
        ("2026-12-25T19:00", "2026-12-25T19:00"),
        ("2026-12-25 19:00", "2026-12-25T19:00"),
        ("2026-07-01T19:00", "2026-07-01T18:00"),  # summer time
        ("2026-07-01T19:00Z", "2026-07-01T19:00"),
        ("2026-07-01T19:00+05:30", "2026-07-01T13:30"),
        ("2026-12-25T19:00:59.5", "2026-12-25T19:00:59"),
        ("tonight 9pm", "2026-11-24T21:00"),
        ("9pm tonight", "2026-11-24T21:00"),
        ("tonight 21:00", "2026-11-24T21:00"),
        ("TONIGHT 9PM", "2026-11-24T21:00"),
        ("9 p.m. tonight", "2026-11-24T21:00"),
        ("tomorrow noon", "2026-11-25T12:00"),
        ("yesterday 9pm", "2026-11-23T21:00"),
        ("9pm", "2026-11-24T21:00"),
        ("midday", "2026-11-24T12:00"),
        ("12pm", "2026-11-24T12:00"),
        ("12:30am", "2026-11-24T00:30"),
        ("sat 19:30", "2026-11-28T19:30"),
        ("saturday 7.30pm", "2026-11-28T19:30"),
        ("tue 3pm", "2026-11-24T15:00"),  # today's weekday is today
        ("tue 9am", "2026-11-24T09:00"),
        ("mon 9am", "2026-11-30T09:00"),
        ("26/12/2023 19:00", "2023-12-26T19:00"),
        ("26/12/23 7pm", "2023-12-26T19:00"),
        ("1.5.2026 19:00", "2026-05-01T18:00"),  # day first
        ("25 Dec 2023 3am", "2023-12-25T03:00"),
        ("3am 25 December 2023", "2023-12-25T03:00"),
        ("Dec 25 2023 3am", "2023-12-25T03:00"),
        ("at 9pm on the 25th of December 2026", "2026-12-25T21:00"),
        ("25th dec 3am", "2026-12-25T03:00"),  # this year
        ("sat 26 dec 2026 9pm", "2026-12-26T21:00"),
        ("1900-01-01T00:00", "1900-01-01T00:00"),
        ("2199-12-31T23:59", "2199-12-31T23:59"),
        ("2024-10-27T00:59", "2024-10-26T23:59"),
        ("2024-10-27T01:30+01:00", "2024-10-27T00:30"),
        ("2024-10-27T01:30+00:00", "2024-10-27T01:30"),
        ("2024-10-27T02:00", "2024-10-27T02:00"),
        ("2024-03-31T00:59", "2024-03-31T00:59"),
        ("2024-03-31T02:00", "2024-03-31T01:00"),
    ],
)
def test_a_moment_typed_is_that_moment(typed: str, utc: str) -> None:
    moment = read_moment(typed, lambda: NOW)
    assert moment.at == datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert moment.frozen


@pytest.mark.parametrize("typed", [None, "", "   ", "now", "NOW"])
def test_nothing_typed_is_the_clocks_time(typed: str | None) -> None:
    assert read_moment(typed, lambda: NOW) == (NOW, False)


def test_the_clock_is_utc_to_the_second() -> None:
    found = clock()
    assert found.tzinfo is UTC
    assert found.microsecond == 0


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("2026-12-25", "no time of day; add one, such as 2026-12-25T19:00"),
        ("25 dec 2026", "no time of day"),
        ("9", "no time of day"),
        ("half past nine", "no time of day"),
        ("31 feb 2026 9pm", "not a day of the calendar"),
        ("2026-02-31T10:00", "day is out of range"),
        ("2025-02-29 10:00", "not a day of the calendar"),
        ("12/26/2023 19:00", "not a day of the calendar"),
        ("32/13/2026 10:00", "not a day of the calendar"),
        ("fri 26 dec 2026 9pm", "not a day of the calendar"),  # it is a Saturday
        ("next friday 9pm", "not a day of the calendar"),  # this week's or next week's?
        ("9pm 10pm", "not a day of the calendar"),
        ("13pm", "no such hour"),
        ("0am", "no such hour"),
        ("24:00", "no such time"),
        ("12:60", "no such time"),
        ("2026-11-24T25:00", "not a moment"),
        ("2026-11-24T19:00 Europe/London", "not a moment"),
        ("9999-12-31T23:59", "not within the years 1900 to 2199"),
        ("9999-12-31T23:59-05:00", "not within the years 1900 to 2199"),
        ("0001-01-01T00:00+01:00", "not within the years 1900 to 2199"),
        ("31/12/9999 3am", "not within the years 1900 to 2199"),
        ("tonight 9pm\x1b[31m", "not a moment"),
        ("9" * 100, "not a moment"),
    ],
)
def test_what_is_no_moment_is_refused_with_a_way_to_write_it(typed: str, says: str) -> None:
    with pytest.raises(BadMoment) as caught:
        read(typed)
    assert says in str(caught.value)
    assert "T19:00" in str(caught.value) or "write it like" in str(caught.value)
    assert caught.value.exit_code == 3
    assert "isoformat" not in str(caught.value)


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("midnight", ("2026-11-24T00:00", "2026-11-25T00:00")),
        ("tonight midnight", ("2026-11-24T00:00", "2026-11-25T00:00")),
        ("12am", ("2026-11-24T00:00", "2026-11-25T00:00")),
        ("25 dec 2026 midnight", ("2026-12-25T00:00", "2026-12-26T00:00")),
        ("tonight 9:30", ("tonight 9:30pm", "tomorrow 9:30am")),
        ("tonight 1am", ("2026-11-24T01:00", "2026-11-25T01:00")),
        ("tonight 0:30", ("2026-11-24T00:30", "2026-11-25T00:30")),
        ("2024-10-27T01:30", ("2024-10-27T01:30+01:00", "2024-10-27T01:30+00:00")),
        ("27/10/2024 01:59", ("2024-10-27T01:59+01:00", "2024-10-27T01:59+00:00")),
        ("2024-03-31T01:30", ("2024-03-31T00:30+00:00", "2024-03-31T02:30+01:00")),
        ("31 mar 2024 1am", ("2024-03-31T00:00+00:00", "2024-03-31T02:00+01:00")),
    ],
)
def test_two_readings_are_named_and_each_can_be_typed(
    typed: str, readings: tuple[str, ...]
) -> None:
    with pytest.raises(AmbiguousMoment) as caught:
        read(typed)
    assert caught.value.candidates == readings
    assert caught.value.exit_code == 3
    moments = [read(reading) for reading in readings]
    assert moments[0] < moments[1] or typed == "tonight 9:30"


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001 - wall times
def test_every_wall_time_with_its_offset_reads_back_as_itself(wall: datetime) -> None:
    local = wall.replace(microsecond=0, tzinfo=LONDON)
    assert read(local.isoformat()) == local.astimezone(UTC)


@given(st.text(max_size=70))
def test_whatever_is_typed_is_a_moment_or_a_refusal(text: str) -> None:
    try:
        readings = [read(text)]
    except (BadMoment, AmbiguousMoment) as refused:
        readings = [read(candidate) for candidate in refused.candidates]
    assert all(reading.tzinfo is UTC for reading in readings)
