"""How times, links and clauses are said."""

from datetime import datetime

import pytest

from signpost.core.availability import LONDON
from signpost.render.phrases import (
    clock_words,
    dialled,
    moment_words,
    near_time_words,
    sentence,
)
from signpost.render.records import csv_cell


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("hour", "minute", "nhs", "staff"),
    [
        (0, 0, "midnight", "00:00"),
        (0, 30, "12:30am", "00:30"),
        (6, 0, "6am", "06:00"),
        (12, 0, "midday", "12:00"),
        (12, 5, "12:05pm", "12:05"),
        (23, 0, "11pm", "23:00"),
    ],
)
def test_times_are_said_the_nhs_way_or_on_the_24_hour_clock(
    hour: int, minute: int, nhs: str, staff: str
) -> None:
    assert clock_words(hour, minute) == nhs
    assert clock_words(hour, minute, 24) == staff


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-11-21T23:00", "11pm"),
        ("2026-11-22T00:00", "midnight"),
        ("2026-11-22T02:00", "2am tomorrow"),
        ("2026-11-23T00:00", "midnight Monday"),
        ("2026-11-23T06:00", "6am Monday"),
        ("2026-11-28T06:00", "6am 28 November"),
        ("2027-01-02T09:00", "9am 2 January 2027"),
    ],
)
def test_a_time_is_said_as_seen_from_the_moment_asked(moment: str, said: str) -> None:
    assert near_time_words(london(moment), london("2026-11-21T19:00")) == said


def test_the_two_1ams_of_an_october_night_are_told_apart() -> None:
    first, second = (datetime.fromisoformat(f"2024-10-27T01:30{off}") for off in ("+01:00", "Z"))
    assert moment_words(first) == "Sunday 27 October 2024, 1:30am BST"
    assert moment_words(second) == "Sunday 27 October 2024, 1:30am GMT"


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        ("last confirmed May 2024", "Last confirmed May 2024."),
        ("ask before you go.", "Ask before you go."),
        ("see https://example.org/a", "See https://example.org/a"),
        ("write to help@example.org", "Write to help@example.org"),
        ("", ""),
    ],
)
def test_a_clause_becomes_a_sentence_and_a_link_gains_no_full_stop(clause: str, said: str) -> None:
    assert sentence(clause) == said


@pytest.mark.parametrize(
    ("number", "tel"), [("0800 028 0077", "08000280077"), ("+44 20 7946 0000", "+442079460000"),
                        ("116 123", "116123")],
)  # fmt: skip
def test_a_number_is_dialled_without_its_spaces(number: str, tel: str) -> None:
    assert dialled(number) == tel


@pytest.mark.parametrize("text", ["=1+1", "+44 20", "-x", "@sum", "\tx", "\rx"])
def test_a_cell_is_never_a_formula(text: str) -> None:
    assert csv_cell(text) == f"'{text}"


@pytest.mark.parametrize(("value", "cell"), [(None, ""), (1.5, "1.5"), ("0800 1111", "0800 1111")])
def test_other_cells_stay_as_they_are(value: object, cell: str) -> None:
    assert csv_cell(value) == cell
