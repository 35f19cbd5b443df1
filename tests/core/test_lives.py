"""What a life's events allow on a day."""

import pytest

from signpost.core.lives import known_opening, life_on
from tests.builders import day, life

BUXTON = ("announced 2023-05-18", "opens 2023-08 planned")
PAUSED = ("opens 2019", "pauses 2020-03-23", "resumes 2021-06")


def allowed(events, at):
    return " or ".join(sorted(life_on(life(*events), day(at)).possible))


@pytest.mark.parametrize(
    ("events", "at", "expected"),
    [
        ((), "1990-01-01", "running"),  # no life: as far as the sources reach
        (("announced 2023-05-18",), "2023-05-01", "running"),
        # a plan may come true from its month on, and never surely has
        (BUXTON, "2023-07-31", "not_yet"),
        (BUXTON, "2023-08-01", "not_yet or running"),
        (BUXTON, "2023-09-01", "not_yet or running"),
        (BUXTON, "2026-01-01", "not_yet or running"),
        ((*BUXTON, "opens 2023-09-14"), "2023-09-13", "not_yet or running"),
        ((*BUXTON, "opens 2023-09-14"), "2023-09-14", "running"),
        # a month: some day in it
        (("opens 2023-08",), "2023-07-31", "not_yet"),
        (("opens 2023-08",), "2023-08-30", "not_yet or running"),
        (("opens 2023-08",), "2023-08-31", "running"),
        (("opens 2023-08-10~",), "2023-08-02", "not_yet"),
        (("opens 2023-08-10~",), "2023-08-03", "not_yet or running"),
        (("opens 2023-08-10~",), "2023-08-17", "running"),
        # the date of a closing is the last day on which it was there
        (("closes 2024-03-31",), "2024-03-31", "running"),
        (("closes 2024-03-31",), "2024-04-01", "closed"),
        (("closes 2024-03",), "2024-03-01", "running"),
        (("closes 2024-03",), "2024-03-02", "closed or running"),
        (("closes 2024-03",), "2024-03-31", "closed or running"),
        (("closes 2024-03",), "2024-04-01", "closed"),
        (("closes 2024-03 planned",), "2024-03-01", "running"),
        (("closes 2024-03 planned",), "2024-03-02", "closed or running"),
        (("closes 2024-03 planned",), "2026-01-01", "closed or running"),
        # a pause begins on its day
        (PAUSED, "2020-03-22", "running"),
        (PAUSED, "2020-03-23", "paused"),
        (PAUSED, "2021-06-01", "paused or running"),
        (PAUSED, "2021-06-30", "running"),
        (("pauses 2020-03", "closes 2020-06-30"), "2020-03-10", "paused or running"),
        (("pauses 2020-03", "closes 2020-06-30"), "2020-07-01", "closed"),
        (("opens 2020-01 planned", "closes 2020-06-30"), "2021-01-01", "closed"),
    ],
)
def test_life(events, at, expected):
    assert allowed(events, at) == expected


@pytest.mark.parametrize(
    ("events", "at", "event"),
    [
        ((), "2024-01-01", None),
        (BUXTON, "2023-06-01", "opens 2023-08"),  # what it waits for
        (BUXTON, "2023-08-12", "opens 2023-08"),
        (PAUSED, "2020-05-01", "pauses 2020-03-23"),
        (("opens 2019", "closes 2024-03"), "2024-06-01", "closes 2024-03"),
    ],
)
def test_the_event_that_decides_is_named(events, at, event):
    found = life_on(life(*events), day(at)).event
    assert (f"{found.what} {found.when.text}" if found else None) == event


@pytest.mark.parametrize(
    ("events", "at", "opened"),
    [
        (("opens 2019-05-10",), "2019-05-09", None),
        (("opens 2019-05-10",), "2019-05-10", "2019-05-10"),
        (("opens 2019-05",), "2019-05-20", None),  # not known to have opened until its last day
        (("opens 2019-05",), "2020-01-01", "2019-05-31"),
        (("opens 2019-05 planned",), "2024-01-01", None),
        (("opens 2019-05 planned", "opens 2019-07-01 confirmed"), "2024-01-01", "2019-07-01"),
        (("resumes 2019-05-10",), "2024-01-01", None),
    ],
)
def test_only_an_opening_that_was_reported_is_known(events, at, opened):
    assert known_opening(life(*events), day(at)) == (day(opened) if opened else None)
