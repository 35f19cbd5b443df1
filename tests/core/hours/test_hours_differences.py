"""What we mean by an expression where other engines mean something else, by a case of each.

The models of the other engines stand in `other_readings.py`; the differential tests hold those to
the engines themselves.
"""

from datetime import date

import other_readings as readings
import pytest
from hours_builders import london, schedule, timeline

from signpost.core.calendars import Holidays
from signpost.core.hours import CLOSED, OPEN, UNKNOWN

_NO_HOLIDAYS = Holidays("nowhere", "nowhere", {}, date(2000, 1, 1), date(2099, 12, 31))

DIFFERENCES = [
    # why, expression, moment; what it is here, by opening_hours.js, by opening-hours-py
    (readings.TAIL, "Fr 22:00-04:00; Sa 12:00-18:00", "2026-11-21T02:00", OPEN, CLOSED, CLOSED),
    (readings.TAIL, "Fr 22:00-04:00; 2026 Nov 20 18:00-20:00", "2026-11-21T02:00",
     CLOSED, OPEN, OPEN),
    (readings.DAYLESS, "Sa 06:00-07:00 unknown; 10:00-12:00", "2026-11-21T06:30",
     CLOSED, UNKNOWN, CLOSED),
    (readings.AFTER_FALLBACK, 'Mo-Fr 09:00-17:00 unknown || 18:00-20:00, Fr 10:00-12:00',
     "2026-11-20T11:00", OPEN, UNKNOWN, OPEN),
    (readings.FALLBACK, 'Mo-Fr 09:00-17:00 || unknown "ring"', "2026-11-20T20:00",
     UNKNOWN, UNKNOWN, CLOSED),
    (readings.COMMENT, 'Mo-Fr 09:00-17:00 "by appointment"', "2026-11-20T10:00",
     UNKNOWN, UNKNOWN, OPEN),
]  # fmt: skip


@pytest.mark.parametrize(("why", "hours", "at", "here", "in_js", "in_py"), DIFFERENCES)
def test_a_named_difference(why, hours, at, here, in_js, in_py):
    moment = london(at)
    minute = moment.hour * 60 + moment.minute
    assert timeline(hours, "as_usual").state_at(moment).state == here
    rules = readings.Rules(hours, schedule(hours, "as_usual", (_NO_HOLIDAYS,)))
    assert readings.js_state(rules, moment.date(), minute) == in_js
    assert readings.py_state(rules, moment.date(), minute) == in_py
    assert why in rules.differences(moment.date(), minute)
    assert here in (in_js, in_py) or why == readings.TAIL


def test_every_named_difference_has_a_case():
    named = {
        value for name, value in vars(readings).items() if name.isupper() and isinstance(value, str)
    }
    assert named == {row[0] for row in DIFFERENCES}
