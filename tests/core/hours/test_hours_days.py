"""What each form of the notation means on a day; none of these doors heeds holidays."""

from datetime import date

import pytest
from hours_builders import day_of, schedule, timeline

FACTS = [
    # hours, day, what the door does on it
    ("24/7", "2026-11-21", "00:00-24:00 open"),
    ("open", "2026-11-21", "00:00-24:00 open"),
    ("Mo-Fr 09:00-17:00", "2026-11-20", "09:00-17:00 open"),
    ("Mo-Fr 09:00-17:00", "2026-11-21", ""),
    ("Sa-Mo 09:00-17:00", "2026-11-22", "09:00-17:00 open"),
    ("Sa-Mo 09:00-17:00", "2026-11-24", ""),
    ("Mo,We,Fr 10:00-12:00,14:00-16:00", "2026-11-20", "10:00-12:00 open, 14:00-16:00 open"),
    ("09:00-17:00,17:00-21:00", "2026-11-20", "09:00-21:00 open"),
    ("Fr 22:00-02:00", "2026-11-20", "22:00-24:00 open"),
    ("Fr 22:00-02:00", "2026-11-21", "00:00-02:00 open"),
    ("Fr 22:00-26:00", "2026-11-21", "00:00-02:00 open"),
    ("Fr 10:00-48:00", "2026-11-21", "00:00-24:00 open"),
    ("Fr 04:00-04:00", "2026-11-21", "00:00-04:00 open"),
    # nth weekdays
    ("Th[2],Th[-1] 19:00-21:00", "2026-11-12", "19:00-21:00 open"),
    ("Th[2,-1] 19:00-21:00", "2026-11-26", "19:00-21:00 open"),
    ("Th[2,-1] 19:00-21:00", "2026-11-19", ""),
    ("Mo[1-3] 10:00-11:00", "2026-11-16", "10:00-11:00 open"),
    ("Mo[1-3] 10:00-11:00", "2026-11-23", ""),
    ("Mo[1] +2 days 10:00-11:00", "2026-11-04", "10:00-11:00 open"),
    ("Mo[1] -1 day 10:00-11:00", "2026-11-01", "10:00-11:00 open"),
    ("Mo[5] 10:00-11:00", "2026-11-30", "10:00-11:00 open"),
    # months, dates, years, weeks
    ("Nov-Feb 09:00-10:00", "2026-01-05", "09:00-10:00 open"),
    ("Nov-Feb 09:00-10:00", "2026-03-05", ""),
    ("Jan,Nov 09:00-10:00", "2026-11-05", "09:00-10:00 open"),
    ("Dec 25,26 09:00-10:00", "2026-12-26", "09:00-10:00 open"),
    ("Dec 24-Jan 2 09:00-10:00", "2027-01-02", "09:00-10:00 open"),
    ("Dec 24-Jan 2 09:00-10:00", "2027-01-03", ""),
    ("Dec 24-26 09:00-10:00", "2026-12-25", "09:00-10:00 open"),
    ("2026 Dec 24-2027 Jan 2 09:00-10:00", "2027-01-01", "09:00-10:00 open"),
    ("2026 Dec 24-2027 Jan 2 09:00-10:00", "2028-01-01", ""),
    ("2026 Dec 24-Jan 2 09:00-10:00", "2027-01-01", "09:00-10:00 open"),
    ("2026 Nov-Feb 09:00-10:00", "2027-02-01", "09:00-10:00 open"),
    ("2026 Nov-2027 Feb 09:00-10:00", "2027-03-01", ""),
    ("2026 Nov 09:00-10:00", "2027-11-01", ""),
    ("Dec 30+ 09:00-10:00", "2026-12-31", "09:00-10:00 open"),
    ("Dec 30+ 09:00-10:00", "2027-01-01", ""),
    ("2026 Dec 30+ 09:00-10:00", "2031-03-01", "09:00-10:00 open"),
    ("2026 Dec 30+ 09:00-10:00", "2025-03-01", ""),
    ("Feb 29", "2028-02-29", "00:00-24:00 open"),
    ("Feb 15-Feb 29", "2027-02-28", "00:00-24:00 open"),
    ("Feb 15-Feb 29", "2027-03-01", ""),
    ("Feb 29-Mar 15", "2027-02-28", ""),
    ("Feb 29-Mar 15", "2027-03-01", "00:00-24:00 open"),
    ("Feb 29", "2027-03-01", ""),
    ("Oct Su[-1] 10:00-11:00", "2026-10-25", "10:00-11:00 open"),
    ("Mar Su[-1]-Oct Su[-1] 10:00-11:00", "2026-10-25", "10:00-11:00 open"),
    ("Mar Su[-1]-Oct Su[-1] 10:00-11:00", "2026-10-26", ""),
    ("Feb Mo[5]-Mar 5", "2027-03-01", ""),  # a February with no fifth Monday starts nothing
    ("Jan 1-Feb Mo[5]", "2027-01-02", ""),
    ("Dec Su[1],We[2] 10:00-11:00", "2026-12-09", "10:00-11:00 open"),
    ("Dec 25 -Su 10:00-11:00", "2026-12-20", "10:00-11:00 open"),
    ("Dec 25 +Fr 10:00-11:00", "2027-01-01", "10:00-11:00 open"),  # after it, not on it
    ("Dec 25+ Fr 10:00-11:00", "2026-12-25", "10:00-11:00 open"),  # Fridays from then on
    ("Dec 25 +1 day 10:00-11:00", "2026-12-26", "10:00-11:00 open"),
    ("Jan 1 -1 day 10:00-11:00", "2026-12-31", "10:00-11:00 open"),
    ("easter 10:00-11:00", "2026-04-05", "10:00-11:00 open"),
    ("easter -2 days 10:00-11:00", "2026-04-03", "10:00-11:00 open"),
    ("easter -2 days-easter +1 day 10:00-11:00", "2026-04-06", "10:00-11:00 open"),
    ("2026 easter +1 day 10:00-11:00", "2027-03-29", ""),
    ("2026-2030/2 10:00-11:00", "2028-05-05", "10:00-11:00 open"),
    ("2026-2030/2 10:00-11:00", "2027-05-05", ""),
    ("2027+ 10:00-11:00", "2026-12-31", ""),
    ("2025,2026 Dec 25 10:00-11:00", "2026-12-25", "10:00-11:00 open"),
    ("week 2-52/2 Tu 10:00-11:00", "2026-01-06", "10:00-11:00 open"),
    ("week 2-52/2 Tu 10:00-11:00", "2026-01-13", ""),
    ("week 01,53 10:00-11:00", "2027-01-03", "10:00-11:00 open"),
    ("2026 Jan 5+ week 2-52/2 Mo 10:00-11:00", "2025-12-22", ""),  # no counting backwards
    # rules together
    ("Mo-Fr 09:00-17:00; We 12:00-14:00", "2026-11-18", "12:00-14:00 open"),
    ("Mo-Fr 09:00-17:00, We 18:00-20:00", "2026-11-18", "09:00-17:00 open, 18:00-20:00 open"),
    ("Mo-Fr 09:00-17:00; We 12:00-13:00 off", "2026-11-18",
     "09:00-12:00 open, 13:00-17:00 open"),
    ("Mo-Fr 09:00-17:00; We off", "2026-11-18", ""),
    ("Mo-Fr 09:00-17:00; We unknown \"ask\"", "2026-11-18", "00:00-24:00 unknown"),
    ("09:00-17:00 || unknown \"ring\"", "2026-11-18",
     "00:00-09:00 unknown, 09:00-17:00 open, 17:00-24:00 unknown"),
    ("09:00-17:00 || 08:00-10:00,09:00-18:00 unknown", "2026-11-18",
     "08:00-09:00 unknown, 09:00-17:00 open, 17:00-18:00 unknown"),
    ("09:00-17:00 || off", "2026-11-18", "09:00-17:00 open"),
    ("10:00-20:00 open, 12:00-14:00 closed", "2026-11-18",
     "10:00-12:00 open, 14:00-20:00 open"),
    ("12:00-14:00 closed, 10:00-20:00 open", "2026-11-18", "10:00-20:00 open"),
    ("Mo-Th 18:00-02:00; Sa-Su 00:00-24:00, Mo 00:00-06:00", "2026-11-23",
     "00:00-06:00 open, 18:00-24:00 open"),
    # sessions belong to the day they start; a closure late at night runs on
    ("18:00-02:00; Sa off", "2026-11-21", "00:00-02:00 open"),
    ("00:00-24:00; Fr 22:00-02:00 off", "2026-11-21", "02:00-24:00 open"),
    ("00:00-24:00, Fr 22:00-02:00 unknown", "2026-11-21",
     "00:00-02:00 unknown, 02:00-24:00 open"),
    # unknown
    ('Mo-Fr 09:00-17:00 "by appointment"', "2026-11-20", "09:00-17:00 unknown"),
    ('"by appointment"', "2026-11-20", "00:00-24:00 unknown"),
    ('Mo-Fr 09:00-17:00 open "ring the bell"', "2026-11-20", "09:00-17:00 open"),
    ("18:00+", "2026-11-20", "00:00-04:00 unknown, 18:00-24:00 unknown"),
    ("10:00-12:00+", "2026-11-20", "10:00-12:00 open, 12:00-24:00 unknown"),
    ("Fr 10:00-48:00+", "2026-11-20", "10:00-24:00 open"),
    ("00:00-24:00; 20:00+ off", "2026-11-20", "00:00-20:00 open"),
    # the sun, without a point
    ("sunrise-19:45", "2026-11-20", "00:00-19:45 unknown"),
    ("08:15-sunset", "2026-11-20", "08:15-24:00 unknown"),
    ("sunset+", "2026-11-20", "00:00-24:00 unknown"),
    ("Fr 08:00-12:00; sunset-24:00 off", "2026-11-20", "08:00-12:00 unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("hours", "day", "expected"), FACTS)
def test_a_day(hours, day, expected):
    assert day_of(timeline(hours, "as_usual"), day) == expected


@pytest.mark.parametrize(
    ("hours", "day", "expected"),
    [
        ("sunrise-sunset", "2026-06-21", "04:43-21:22 open"),  # the Royal Observatory
        ("(sunrise+01:00)-(sunset-00:30)", "2026-06-21", "05:43-20:52 open"),
        ("dusk-22:30", "2026-06-21", "22:10-22:30 open"),
        ("dusk-dawn", "2026-06-21", "00:00-03:55 open, 22:10-24:00 open"),
    ],
)
def test_the_sun_at_greenwich(hours, day, expected):
    pytest.importorskip("astral")
    line = timeline(hours, "as_usual", point=(51.4779, 0.0))

    def minutes(text):
        return [
            int(cell[:2]) * 60 + int(cell[3:5])
            for cell in text.replace("-", " ").split()
            if ":" in cell
        ]

    found = day_of(line, day)
    assert len(minutes(found)) == len(minutes(expected)), found
    for got, wanted in zip(minutes(found), minutes(expected), strict=True):
        assert abs(got - wanted) <= 2, found


def test_the_sun_that_does_not_set_is_unknown():
    pytest.importorskip("astral")
    line = schedule("sunrise-sunset", "as_usual", point=(78.2, 15.6))
    assert {span.code for span in line.readings(date(2026, 6, 21)).plans[0]} == {"no_sun_times"}


def test_the_sun_without_its_library_is_unknown(monkeypatch):
    import sys

    from signpost.core.hours.sun import has_sun_times, sun_minutes

    monkeypatch.setitem(sys.modules, "astral", None)
    assert not has_sun_times()
    assert sun_minutes("sunset", date(1999, 1, 1), (51.0, 0.0), "Europe/London") == "no_sun_times"


def test_the_library_of_the_sun_is_seen_where_it_is():
    from signpost.core.hours.sun import has_sun_times

    pytest.importorskip("astral")
    assert has_sun_times()
