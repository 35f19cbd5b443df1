"""Dates as precisely as sources give them, as spans of days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signpost.core.dates import add_months, day_words, parse_date, whole_months
from signpost.errors import InvalidValue
from tests.builders import day

days = st.dates(date(1950, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("text", "first", "last", "words"),
    [
        ("2023-08-12", "2023-08-12", "2023-08-12", "12 August 2023"),
        ("2023-08-02", "2023-08-02", "2023-08-02", "2 August 2023"),
        ("2023-08", "2023-08-01", "2023-08-31", "August 2023"),
        ("2024-02", "2024-02-01", "2024-02-29", "February 2024"),
        ("2023", "2023-01-01", "2023-12-31", "2023"),
        # a day worked out from context may be a week out; a month or a year says enough
        ("2020-07-28~", "2020-07-21", "2020-08-04", "about 28 July 2020"),
        ("2020-07~", "2020-07-01", "2020-07-31", "about July 2020"),
        ("2018~", "2018-01-01", "2018-12-31", "about 2018"),
    ],
)
def test_a_date_is_every_day_it_can_be(text, first, last, words):
    found = parse_date(text)
    assert (found.first, found.last) == (day(first), day(last))
    assert found.words == words
    assert found.inferred == text.endswith("~")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("12/08/2023", "is not a date; write 2023-08-12"),
        ("2023-8", "is not a date"),
        ("23-08-12", "is not a date"),
        ("2023-08~-12", "is not a date"),
        ("", "is not a date"),
        ("2023-02-29", "is not a day of the calendar"),
        ("2023-13", "is not a day of the calendar"),
        ("0000", "is not a day of the calendar"),
    ],
)
def test_what_is_no_date_is_refused_with_the_remedy(text, complaint):
    with pytest.raises(InvalidValue, match=complaint):
        parse_date(text)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2022-01-15", 24, "2024-01-15"),
        ("2022-01-31", 1, "2022-02-28"),
        ("2023-08-31", 6, "2024-02-29"),
        ("2023-12-01", 1, "2024-01-01"),
        ("2024-02-29", 12, "2025-02-28"),
    ],
)
def test_months_end_on_the_same_day_or_the_last_one(start, months, end):
    assert add_months(day(start), months) == day(end)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2022-01-15", "2022-02-14", 0),
        ("2022-01-15", "2022-02-15", 1),
        ("2022-01-31", "2022-02-28", 1),  # the last day of the shorter month
        ("2022-01-15", "2024-01-15", 24),
    ],
)
def test_a_month_is_whole_when_its_day_is_reached(start, end, months):
    assert whole_months(day(start), day(end)) == months


@given(days, st.integers(0, 400))
def test_whole_months_undo_added_ones(start, months):
    ordinal = start.toordinal()
    assert whole_months(ordinal, add_months(ordinal, months)) == months


@given(days)
def test_a_written_day_is_read_back_as_itself(found):
    parsed = parse_date(found.isoformat())
    assert parsed.first == parsed.last == found.toordinal()
    assert day_words(parsed.first) == parsed.words


@given(days)
def test_a_month_holds_its_days_and_no_others(found):
    month = parse_date(found.isoformat()[:7])
    assert month.first <= found.toordinal() <= month.last
    assert date.fromordinal(month.first).day == 1
    assert (date.fromordinal(month.last) + timedelta(days=1)).day == 1
