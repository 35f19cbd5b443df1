"""States at moments, with what comes next: facts that anyone who knows the doors can check."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hours_builders import ENGLAND, LONDON, SCOTLAND, london, schedule, timeline, wall

from signpost.core.calendars import Holidays
from signpost.core.hours import CLOSED, OPEN, UNKNOWN, Reason, combine, parse

ALDERSHOT = "Mo-Fr 18:00-23:00; Sa,Su,PH 12:30-23:00"

STATES = [
    # hours, moment, state
    ("Sa 18:00-02:00; PH off", "2026-11-22T01:59:59", OPEN),
    ("Sa 18:00-02:00; PH off", "2026-11-22T02:00", CLOSED),
    ("Su 18:00-02:00; PH off", "2026-05-25T01:00", OPEN),  # Sunday's session
    ("Su 18:00-02:00; PH off", "2026-05-25T18:30", CLOSED),
    ("Mo-Fr 09:00-17:00; PH off", "2023-05-08T10:00", CLOSED),  # Coronation
    ("Mo-Fr 09:00-17:00; PH off", "2026-06-15T10:00", OPEN),
    ("Sa 09:00-17:00; PH off", "2026-12-26T10:00", CLOSED),  # Boxing Day itself
    ("Mo 09:00-17:00; PH off", "2026-12-28T10:00", CLOSED),  # its substitute
    ("Mo-Fr 09:00-17:00; PH off", "2027-03-02T10:00", UNKNOWN),  # beyond the table
    ("Mo-Fr 09:00-17:00; PH off", "2027-12-25T10:00", CLOSED),
    ("Mo-Fr 09:00-17:00; PH off", "2027-03-02T20:00", CLOSED),
    (ALDERSHOT, "2026-05-25T13:00", OPEN),
    (ALDERSHOT, "2026-05-26T13:00", CLOSED),
    ("24/7", "2026-10-25T01:30+01:00", OPEN),
    ("Mo 10:00-12:00,14:00-16:00", "2026-11-23T13:00", CLOSED),
    ("Su 09:00-12:00", "2026-11-22T10:00", OPEN),
    ("09:00-17:00,17:00-21:00", "2026-11-23T17:00", OPEN),
    # silent about bank holidays
    ("18:00-23:00", "2026-12-25T03:00", CLOSED),
    ("18:00-23:00", "2026-12-25T19:00", UNKNOWN),
    ("18:00-23:00", "2026-12-26T19:00", UNKNOWN),
    ("24/7", "2026-12-25T03:00", OPEN),
    ("24/7; Jun 1 off", "2026-12-25T03:00", UNKNOWN),
    ("Mo-Fr 18:00-23:00; Dec 25 off", "2026-12-25T19:00", CLOSED),
    ("Su 18:00-23:00", "2026-05-25T19:00", UNKNOWN),  # a Monday that may count as a Sunday
]


@pytest.mark.parametrize(("hours", "at", "state"), STATES)
def test_state(hours, at, state):
    assert timeline(hours).state_at(london(at)).state == state


NEXT = [
    # hours, moment, next change, next opening
    ("Mo 10:00-12:00,14:00-16:00", "2026-11-23T13:00", "2026-11-23T14:00", "2026-11-23T14:00"),
    ("Mo-Fr 09:00-17:00", "2026-11-20T22:00", "2026-11-23T09:00", "2026-11-23T09:00"),
    ("Tu 09:00-17:00; 2026 Nov 24 off", "2026-11-18T12:00", "2026-12-01T09:00",
     "2026-12-01T09:00"),
    ("Mo-Fr 09:00-20:00; Jan 7-Feb 26 off", "2026-01-22T08:00", "2026-02-27T09:00",
     "2026-02-27T09:00"),
    ("09:00-17:00,17:00-21:00", "2026-11-20T17:00", "2026-11-20T21:00", "2026-11-20T17:00"),
    ("Feb 29", "2024-03-01T00:00", "2028-02-29T00:00", "2028-02-29T00:00"),
    ("Feb 29 Mo", "2024-03-01T00:00", "2044-02-29T00:00", "2044-02-29T00:00"),
    ("week 53", "2021-01-15T08:05", "2026-12-28T00:00", "2026-12-28T00:00"),
    ("2020,8000-9000 10:00-22:00", "2021-02-09T21:00", "8000-01-01T10:00", "8000-01-01T10:00"),
    ("2000-3000", "2021-02-09T21:00", "3001-01-01T00:00", "2021-02-09T21:00"),
    ("24/7", "2026-11-20T22:00", None, "2026-11-20T22:00"),
    ("00:00-24:00", "2024-03-20T22:00", None, "2024-03-20T22:00"),
    ("Mo-Fr 00:00-24:00; Sa-Su 00:00-24:00", "2024-03-20T22:00", None, "2024-03-20T22:00"),
    ("24/7; 2030 Jan 5 off", "2026-11-20T22:00", "2030-01-05T00:00", "2026-11-20T22:00"),
    ("2020 Mo-Fr 09:00-17:00", "2026-11-20T22:00", None, None),
    ("2021 Mar 28-Apr 16", "2021-04-17T12:00", None, None),
    ("2020 Mar 28+ off", "2021-04-17T12:00", None, None),
    ("2020 Mar 28+", "2021-04-17T12:00", None, "2021-04-17T12:00"),
    ("24/7; Jan 5 week 30 off", "2021-04-17T12:00", None, "2021-04-17T12:00"),
    ("easter week 30", "2021-04-17T12:00", None, None),
    ('unknown "not published"', "2021-04-17T12:00", None, None),
    ('Sa unknown "rota"', "2026-11-20T22:00", "2026-11-21T00:00", None),
    ("Mo 10:00-12:00 unknown; We 10:00-12:00; We 10:00-12:00 off", "2026-11-23T09:00",
     "2026-11-23T10:00", None),
    ("24/7", "9999-01-01T12:00", None, "9999-01-01T12:00"),
]  # fmt: skip


@pytest.mark.parametrize(("hours", "at", "change", "opening"), NEXT)
def test_what_comes_next(hours, at, change, opening):
    line = timeline(hours, "as_usual")
    assert wall(line.next_change(london(at))) == change
    assert wall(line.next_open(london(at))) == opening
    assert wall(line.next_change(london(at))) == change  # remembered


def test_a_table_without_an_end_lets_a_search_end():
    days = {date(2026, 11, 24): "a day off", date(2031, 5, 6): "another"}
    for given, change in ((days, "2026-11-24T10:00"), ({}, None)):
        table = Holidays("as given", "as given", given, date.min, date.max)
        line = timeline("PH 10:00-12:00", None, (table,))
        assert wall(line.next_change(london("2026-11-20T19:00"))) == change
        assert line.next_change(london("2031-05-06T12:00")) is None


def test_next_opening_may_count_what_is_unsure():
    line = timeline('Sa 18:00-23:00 "rota"', "as_usual")
    assert wall(line.next_open(london("2026-11-20T22:00"), or_unknown=True)) == "2026-11-21T18:00"
    assert line.next_open(london("2026-11-21T22:00"), or_unknown=True) == london("2026-11-21T22:00")


REASONS = [
    # hours, moment, reasons, comment
    ("18:00-23:00", "2026-12-25T19:00",
     [("bank_holiday_unstated", "Christmas Day, England")], None),
    ("18:00-23:00", "2027-03-02T19:00", [("holiday_table_ends", "2023 to 2026, England")], None),
    ("18:00-23:00 unknown \"rota\"", "2026-11-20T19:00", [("hours_unknown", "rota")], "rota"),
    ("18:00+", "2026-11-20T19:00", [("open_end", "")], None),
    ("sunrise-sunset", "2026-11-20T12:00", [("no_point", "")], None),
    ("SH 10:00-12:00", "2026-11-20T11:00", [("no_school_calendar", "")], None),
    ("10:00-12:00 open \"ring\"", "2026-11-20T11:00", [], "ring"),
    ("10:00-12:00; Nov 20 off \"training\"", "2026-11-20T11:00", [], "training"),
    ("10:00-12:00; 11:00-11:30 off \"lunch\"", "2026-11-20T09:00", [], None),
    ("22:00-01:30", "2024-10-27T01:15+00:00", [("clock_change", "")], None),
    # the night before a holiday runs on, whatever the holiday does
    ("18:00-02:00; PH off", "2026-12-25T01:00", [], None),
    ("Th-Fr 18:00-02:00", "2026-12-26T01:00",
     [("bank_holiday_unstated", "Christmas Day, England")], None),
]  # fmt: skip


@pytest.mark.parametrize(("hours", "at", "reasons", "comment"), REASONS)
def test_reasons(hours, at, reasons, comment):
    status = timeline(hours).state_at(london(at))
    assert list(status.reasons) == [Reason(*reason) for reason in reasons]
    assert status.comment == comment


NAMED_DAYS = [
    # hours without PH, moment on a bank holiday, state: a rule that names the day is not silent
    ("18:00-23:00; Dec 25 off", "2026-12-25T19:00", CLOSED),
    ("18:00-23:00; Dec 25 off", "2026-12-28T19:00", UNKNOWN),  # the substitute is not named
    ("18:00-23:00; Dec 25,26 12:00-14:00", "2026-12-26T13:00", OPEN),
    ("18:00-23:00; Dec 25,26 12:00-14:00", "2026-12-26T19:00", CLOSED),
    ("18:00-23:00; 2026 Dec 26 18:00-23:00", "2026-12-26T19:00", OPEN),
    ("18:00-23:00; 2025 Dec 26 18:00-23:00", "2026-12-26T19:00", UNKNOWN),  # another year's
    ("18:00-23:00; Dec 24-26 10:00-14:00", "2026-12-25T11:00", OPEN),
    ("18:00-23:00; Dec 24-Jan 2 10:00-14:00", "2026-01-01T11:00", OPEN),
    ("18:00-23:00; Dec 20-Jan 2 10:00-14:00", "2026-12-25T11:00", OPEN),  # fourteen days
    ("18:00-23:00; Dec 20-Jan 3 10:00-14:00", "2026-12-25T11:00", UNKNOWN),  # fifteen
    ("18:00-23:00; Dec 25 10:00-14:00,19:00-20:00", "2026-12-25T19:30", OPEN),
    ("18:00-23:00; easter +1 day 10:00-14:00", "2026-04-06T11:00", OPEN),
    ("18:00-23:00; easter -2 days-easter +1 day off", "2026-04-03T19:00", CLOSED),
    ("18:00-23:00; Dec Fr[-1]-Dec Sa[-1] 10:00-14:00", "2026-12-25T11:00", OPEN),
    ("Sa-Su 10:00-14:00; May 25 Mo-Fr 10:00-14:00", "2026-05-25T11:00", OPEN),
    ('18:00-23:00; Dec 25 unknown "ask"', "2026-12-25T03:00", UNKNOWN),
    # what names no single day is silent about each
    ("18:00-23:00; Dec 10:00-14:00", "2026-12-25T11:00", UNKNOWN),
    ("18:00-23:00; Dec Fr[4] 10:00-14:00", "2026-12-25T11:00", UNKNOWN),
    ("18:00-23:00; Dec 24+ 10:00-14:00", "2026-12-25T11:00", UNKNOWN),
    ("18:00-23:00; 2026 10:00-14:00", "2026-12-25T11:00", UNKNOWN),
    ("18:00-23:00; week 52 10:00-14:00", "2026-12-25T11:00", UNKNOWN),
    # the rule that names the day speaks for its own times only
    ("Mo-Fr 09:00-17:00, Dec 25 18:00-20:00", "2026-12-25T19:00", OPEN),
    ("Mo-Fr 09:00-17:00, Dec 25 18:00-20:00", "2026-12-25T10:00", UNKNOWN),
    ("Mo-Fr 09:00-17:00; Dec 25 12:00-17:00 off", "2026-12-25T13:00", CLOSED),
    ("Mo-Fr 09:00-17:00; Dec 25 12:00-17:00 off", "2026-12-25T10:00", UNKNOWN),
    # replaced by a rule for Fridays: open where that and the day's own rule agree
    ("Dec 25 10:00-14:00; Mo-Fr 09:00-17:00", "2026-12-25T11:00", OPEN),
    ("Dec 25 10:00-14:00; Mo-Fr 09:00-17:00", "2026-12-25T16:00", UNKNOWN),
    # beyond the table too
    ("Mo-Fr 09:00-17:00; 2030 Mar 5 10:00-12:00", "2030-03-05T11:00", OPEN),
    ("Mo-Fr 09:00-17:00; 2030 Mar 5 off", "2030-03-06T11:00", UNKNOWN),
]


@pytest.mark.parametrize(("hours", "at", "state"), NAMED_DAYS)
def test_a_record_that_names_the_day_is_not_silent_about_it(hours, at, state):
    assert timeline(hours).state_at(london(at)).state == state


def test_what_a_record_says_of_bank_holidays_holds_on_days_it_names():
    at = london("2026-12-25T11:00")
    for policy, state in (("as_usual", OPEN), ("as_sunday", OPEN), ("closed", CLOSED)):
        assert timeline("Dec 25 10:00-14:00", policy).state_at(at).state == state


@pytest.mark.parametrize(
    ("policy", "monday_morning", "monday_noon"),
    [
        ("as_usual", OPEN, OPEN),
        ("as_sunday", CLOSED, OPEN),
        ("closed", CLOSED, CLOSED),
        ("unknown", UNKNOWN, UNKNOWN),
        (None, UNKNOWN, UNKNOWN),
    ],
)
def test_what_a_record_says_of_bank_holidays(policy, monday_morning, monday_noon):
    line = timeline("Mo-Fr 09:00-17:00; Su 12:00-14:00", policy)
    assert line.state_at(london("2026-05-25T10:00")).state == monday_morning
    assert line.state_at(london("2026-05-25T13:00")).state == monday_noon
    assert line.state_at(london("2026-05-18T10:00")).state == OPEN


def test_every_policy_beyond_the_table():
    at = london("2030-05-13T10:00")
    for policy, state in (("as_usual", OPEN), ("as_sunday", UNKNOWN), ("closed", UNKNOWN)):
        assert timeline("Mo-Fr 09:00-17:00", policy).state_at(at).state == state
    assert timeline("24/7", "closed").state_at(at).state == UNKNOWN
    assert timeline("24/7", "closed", ()).state_at(at).state == OPEN


def test_nations_that_differ():
    line = timeline("Mo-Fr 09:00-17:00; PH off", None, (ENGLAND, SCOTLAND))
    status = line.state_at(london("2026-06-15T10:00"))
    assert status.state == UNKNOWN
    assert status.reasons == (Reason("nations_differ", "World Cup, Scotland"),)
    assert line.state_at(london("2026-05-25T10:00")).state == CLOSED
    alone = timeline("Mo-Fr 09:00-17:00; PH off", None, (SCOTLAND,))
    assert alone.state_at(london("2026-06-15T10:00")).state == CLOSED


def test_holidays_of_a_day_are_named():
    door = schedule("Mo-Fr 09:00-17:00; PH off", None, (ENGLAND, SCOTLAND))
    assert door.holidays_on(date(2026, 12, 25)) == (
        "Christmas Day, England",
        "Christmas Day, Scotland",
    )
    assert door.holidays_on(date(2026, 12, 24)) == ()


HOLIDAY_FORMS = [
    # hours, moment, state
    ("PH -1 day 10:00-12:00", "2026-12-24T11:00", OPEN),
    ("PH +1 day 10:00-12:00", "2026-04-07T11:00", OPEN),
    ("PH 10:00-12:00; PH -1 day 14:00-15:00", "2026-12-25T14:30", OPEN),  # eve of Boxing Day
    ("PH Mo-Tu 10:00-12:00", "2026-05-25T11:00", OPEN),
    ("PH Mo,Tu 10:00-12:00", "2026-12-25T11:00", CLOSED),
    ("PH Mo[-1] 10:00-12:00", "2026-05-25T11:00", OPEN),
    ("PH Mo[-1] 10:00-12:00", "2026-05-04T11:00", CLOSED),
    ("Mo-Fr,PH -1 day 10:00-12:00", "2026-12-27T11:00", OPEN),
    ("00:00-24:00; PH 22:00-02:00 off", "2026-12-26T01:00", CLOSED),
    ("Th 22:00-02:00; PH 22:00-23:00", "2026-12-26T01:00", CLOSED),
    # beyond the table
    ("PH -1 day 10:00-12:00; PH off", "2027-12-25T11:00", CLOSED),
    ("PH -1 day 10:00-12:00", "2027-12-24T11:00", OPEN),
    ("PH +1 day 10:00-12:00; PH off", "2027-03-02T11:00", UNKNOWN),
]


@pytest.mark.parametrize(("hours", "at", "state"), HOLIDAY_FORMS)
def test_holiday_selectors(hours, at, state):
    assert timeline(hours).state_at(london(at)).state == state


def test_school_holidays_need_a_calendar():
    term = ((date(2026, 7, 22), date(2026, 9, 1)),)
    given = timeline("SH Mo-Fr 10:00-12:00", "as_usual", school_holidays=term)
    assert given.state_at(london("2026-08-03T11:00")).state == OPEN
    assert given.state_at(london("2026-08-02T11:00")).state == CLOSED
    assert given.state_at(london("2026-10-05T11:00")).state == CLOSED
    silent = timeline("SH,PH 10:00-12:00")
    assert silent.state_at(london("2026-05-25T11:00")).state == OPEN
    assert silent.state_at(london("2026-05-26T11:00")).state == UNKNOWN
    assert silent.next_change(london("2026-05-26T12:00")) == london("2026-05-27T10:00")


CLOCKS = [
    # hours, moment, state: the night of 30 to 31 March 2024 has no 01:00 to 02:00
    ("22:00-02:00", "2024-03-31T00:59+00:00", OPEN),
    ("22:00-02:00", "2024-03-31T02:00+01:00", CLOSED),
    ("22:00-01:30", "2024-03-31T02:00+01:00", UNKNOWN),
    ("22:00-01:30", "2024-03-31T02:29+01:00", UNKNOWN),
    ("22:00-01:30", "2024-03-31T02:30+01:00", CLOSED),
    ("01:30-04:00", "2024-03-31T00:59+00:00", CLOSED),
    ("01:30-04:00", "2024-03-31T02:15+01:00", UNKNOWN),
    ("01:30-04:00", "2024-03-31T02:30+01:00", OPEN),
    ("22:00-01:30, 02:00-05:00", "2024-03-31T02:00+01:00", OPEN),
    ("Sa 22:00-06:00", "2026-03-29T05:30+01:00", OPEN),
    # the night of 26 to 27 October 2024 has 01:00 to 02:00 twice
    ("22:00-02:00", "2024-10-27T01:30+01:00", OPEN),
    ("22:00-02:00", "2024-10-27T01:59+00:00", OPEN),
    ("22:00-02:00", "2024-10-27T02:00+00:00", CLOSED),
    ("22:00-01:30", "2024-10-27T01:29+01:00", OPEN),
    ("22:00-01:30", "2024-10-27T01:30+01:00", UNKNOWN),
    ("22:00-01:30", "2024-10-27T01:29+00:00", UNKNOWN),
    ("22:00-01:30", "2024-10-27T01:30+00:00", CLOSED),
    ("22:00-01:00", "2024-10-27T01:00+01:00", UNKNOWN),
    ("22:00-01:00", "2024-10-27T01:00+00:00", CLOSED),
    ("01:15-01:45", "2024-10-27T01:30+01:00", UNKNOWN),
    ("01:15-01:45", "2024-10-27T01:50+01:00", CLOSED),
    ("01:15-01:45", "2024-10-27T01:30+00:00", UNKNOWN),
    ("Su 00:00-01:30", "2026-10-25T01:15+01:00", OPEN),
    ("Su 00:00-01:30", "2026-10-25T01:15+00:00", UNKNOWN),
    ("00:00-24:00", "2024-10-27T01:59+01:00", OPEN),
    ("00:00-01:30 unknown, 00:30-03:00", "2024-10-27T01:10+00:00", OPEN),
    ('22:00-01:30 "maybe"', "2024-10-27T01:15+01:00", UNKNOWN),
]


@pytest.mark.parametrize(("hours", "at", "state"), CLOCKS)
def test_clock_changes(hours, at, state):
    assert timeline(hours, "as_usual").state_at(london(at)).state == state


def test_readings_that_differ_on_a_clock_change_night_are_never_open():
    door = schedule("Su 01:30-05:00", "as_usual")

    class Either:
        outlook = door.outlook

        def readings(self, day):
            other = schedule("02:10-05:00", "as_usual").readings(day).plans
            mine = door.readings(day)
            return mine._replace(plans=mine.plans + other, reasons=(Reason("regimes_overlap"),))

        def alike_until(self, day):
            return day

    from signpost.core.hours import Timeline

    line = Timeline(Either())
    at = london("2024-03-31T02:15+01:00")
    assert line.state_at(at).state == UNKNOWN
    assert Reason("clock_change") in line.state_at(at).reasons
    assert line.state_at(london("2024-03-31T02:30+01:00")).state == OPEN


@pytest.mark.parametrize("zone", ["America/Santiago", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"])
def test_other_zones_change_their_clocks_at_other_hours(zone):
    line = timeline("00:00-24:00", "as_usual", zone=zone)
    start = datetime(2024, 1, 1, tzinfo=UTC)
    assert [piece.state for piece in line.intervals(start, start + timedelta(days=400))] == [OPEN]


def test_moments_without_a_zone_are_refused():
    with pytest.raises(TypeError):
        timeline("24/7").state_at(datetime(2026, 1, 1))  # noqa: DTZ001


def test_intervals_are_cut_at_both_ends():
    line = timeline("Mo-Fr 09:00-17:00", "as_usual")
    start, end = london("2026-11-20T10:00:30"), london("2026-11-23T09:30")
    found = [(wall(item.start), wall(item.end), item.state) for item in line.intervals(start, end)]
    assert found == [
        ("2026-11-20T10:00", "2026-11-20T17:00", OPEN),
        ("2026-11-20T17:00", "2026-11-23T09:00", CLOSED),
        ("2026-11-23T09:00", "2026-11-23T09:30", OPEN),
    ]
    assert list(line.intervals(start, start)) == []


def test_the_ends_of_the_calendar_do_not_trip():
    for hours in ("24/7", "Mo-Fr 22:00-02:00", "PH -1 day 10:00-11:00", "Mo[1] +2 days", "easter"):
        line = timeline(hours)
        for at in (datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)):
            line.state_at(at)
            line.next_change(at)
    for day in (date.min, date.max):
        assert schedule("PH -1 day 10:00-11:00; PH +1 day off").readings(day).plans


def test_long_use_does_not_hoard(monkeypatch):
    from signpost.core.hours import timeline as module

    monkeypatch.setattr(module, "_MOST_BLOCKS", 3)
    line = timeline("Mo[1] 10:00-12:00; Tu 09:00-11:00; We[2] 08:00-10:00", "as_usual")
    first = london("2026-01-05T11:00")
    for week in range(40):
        line.state_at(first + timedelta(weeks=week))
    assert line.state_at(first).state == OPEN
    assert len(line._blocks) <= 3


def test_combine_is_the_one_principle():
    assert combine([OPEN, OPEN]) == OPEN
    assert combine([CLOSED]) == CLOSED
    assert combine([OPEN, CLOSED]) == UNKNOWN
    assert combine([UNKNOWN, UNKNOWN]) == UNKNOWN
    assert combine([]) == UNKNOWN


def test_an_expression_answers_for_itself():
    from signpost.core.hours import DayRules

    readings = parse("Mo-Fr 09:00-17:00").readings(date(2026, 11, 20), DayRules())
    assert [(span.start, span.end, span.state) for span in readings.plans[0]] == [(540, 1020, OPEN)]
    assert LONDON.key == "Europe/London"
