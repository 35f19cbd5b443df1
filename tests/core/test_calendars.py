"""Bank holidays: the official table, with the actual days its substitutes stand for."""

from datetime import date

import pytest

from signpost.core.calendars import holidays
from signpost.errors import InvalidValue

ENGLAND = holidays(
    "england-and-wales",
    [
        (date(2021, 12, 27), "Christmas Day"),
        (date(2021, 12, 28), "Boxing Day"),
        (date(2022, 1, 3), "New Year’s Day"),
        (date(2022, 12, 26), "Boxing Day"),
        (date(2022, 12, 27), "Christmas Day"),
    ],
    "Wales",
)


@pytest.mark.parametrize(
    ("day", "title", "certainty"),
    [
        ("2021-12-25", "Christmas Day", "yes"),  # a Saturday: the table has the Monday
        ("2021-12-26", "Boxing Day", "yes"),
        ("2021-12-27", "Christmas Day", "yes"),
        ("2021-12-24", None, "no"),
        ("2022-01-01", "New Year's Day", "yes"),
        ("2022-12-25", "Christmas Day", "yes"),
        ("2021-01-01", None, "no"),  # neither itself nor its substitute is in this table
        ("2023-12-25", "Christmas Day", "yes"),  # beyond the table
        ("2023-01-02", None, "maybe"),
        ("2023-01-07", None, "no"),
        ("2020-12-28", None, "maybe"),
    ],
)
def test_england(day, title, certainty):
    found = date.fromisoformat(day)
    assert ENGLAND.title(found) == title
    assert ENGLAND.certainty(found) == certainty


@pytest.mark.parametrize(
    ("division", "substitute", "title", "actual"),
    [
        ("scotland", "2022-01-04", "2 January", "2022-01-02"),
        ("scotland", "2024-12-02", "St Andrew's Day", "2024-11-30"),
        ("northern-ireland", "2024-03-18", "St Patrick's Day", "2024-03-17"),
        ("northern-ireland", "2026-07-13", "Battle of the Boyne (Orangemen's Day)", "2026-07-12"),
    ],
)
def test_days_of_one_nation(division, substitute, title, actual):
    table = holidays(division, [(date.fromisoformat(substitute), title)])
    assert table.title(date.fromisoformat(actual)) == title
    assert table.nation == {"scotland": "Scotland"}.get(division, "Northern Ireland")


def test_the_span_is_whole_years():
    assert (ENGLAND.first, ENGLAND.last) == (date(2021, 1, 1), date(2022, 12, 31))


def test_what_is_no_table_is_refused():
    with pytest.raises(InvalidValue, match="no division"):
        holidays("england", [(date(2021, 12, 27), "Christmas Day")])
    with pytest.raises(InvalidValue, match="empty"):
        holidays("scotland", [])
