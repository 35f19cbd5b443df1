"""Hours as one would say them."""

import pytest

from signpost.core.hours import parse, words

SAID = [
    ("24/7", "24 hours a day, every day"),
    ("open", "24 hours a day, every day"),
    ("Mo-Fr 18:00-23:00; Sa,Su,PH 12:30-23:00; Dec 25 off",
     "Monday to Friday, 6pm to 11pm; weekends and bank holidays, 12:30pm to 11pm;"
     " closed 25 December"),
    ("Mo,We,Fr 10:00-12:00", "Monday, Wednesday and Friday, 10am to midday"),
    ("Mo-Su 09:00-24:00", "every day, 9am to midnight"),
    ("Fr 22:00-06:00", "Friday, 10pm to 6am"),
    ("Fr 10:00-34:00", "Friday, 10am to 10am the next day"),
    ("Mo 10:00-12:00,14:00-16:00", "Monday, 10am to midday and 2pm to 4pm"),
    ("Sa-Su 00:00-24:00, Mo 00:00-06:00", "weekends, all day; also Monday, midnight to 6am"),
    ("off", "closed"),
    ('12:00-13:00 off "lunch"', "closed, midday to 1pm (lunch)"),
    ('unknown "not published"', "hours not known (not published)"),
    ('Sa 18:00-23:00 "rota"', "Saturday, 6pm to 11pm, but not certain (rota)"),
    ('Mo 10:00-12:00 || unknown "ring"',
     "Monday, 10am to midday; otherwise hours not known (ring)"),
    ("Th[2,-1] 19:00-21:00", "second and last Thursday of the month, 7pm to 9pm"),
    ("Mo[1-3] +2 days 10:00-11:00",
     "2 days after first to third Monday of the month, 10am to 11am"),
    ("PH -1 day 10:00-11:00", "the day before bank holidays, 10am to 11am"),
    ("PH Mo-Fr off", "closed bank holidays that fall on Monday to Friday"),
    ("SH Mo 10:00-11:00", "school holidays that fall on Monday, 10am to 11am"),
    ("Oct-Mar 09:00-17:00", "October to March, 9am to 5pm"),
    ("2026 Nov-Feb Mo", "Monday, November 2026 to February 2027, all day"),
    ("2026 Dec 24-Jan 2 off", "closed 24 December 2026 to 2 January"),
    ("Dec 24+ 10:00-11:00", "from 24 December, 10am to 11am"),
    ("2026+ 10:00-11:00", "from 2026, 10am to 11am"),
    ("2026-2030/2 10:00-11:00", "2026 to 2030 every 2 years, 10am to 11am"),
    ("week 2-52/2 Tu 10:00-11:00", "Tuesday, week 2 to 52 every 2 weeks, 10am to 11am"),
    ("easter +1 day off", "closed the day after Easter Sunday"),
    ("Oct Su[-1]-Nov 5 off", "closed last Sunday of October to 5 November"),
    ("Oct Su[-1] off", "closed last Sunday of October"),
    ("Dec 25 -Su off", "closed the Sunday before 25 December"),
    ("18:00+", "every day, from 6pm, closing time not known"),
    ("18:00-22:00+", "every day, 6pm to 10pm or later"),
    ("sunrise-(sunset-00:30)", "every day, sunrise to 30 minutes before sunset"),
    ("(sunrise+00:30)-12:00", "every day, 30 minutes after sunrise to midday"),
]  # fmt: skip


@pytest.mark.parametrize(("hours", "said"), SAID)
def test_words(hours, said):
    assert words(parse(hours)) == said


def test_words_by_the_24_hour_clock():
    assert words(parse("Mo 09:00-24:00,00:00-02:00"), clock=24) == (
        "Monday, 09:00 to 24:00 and 00:00 to 02:00"
    )
    assert words(parse("Mo 22:30-02:00"), clock=24) == "Monday, 22:30 to 02:00"
