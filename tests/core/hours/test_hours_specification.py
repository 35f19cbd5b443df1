"""The examples of the OpenStreetMap `opening_hours` specification and of its key page, as facts.

Sections are named in our words. `PH` is of England; the year is 2026 unless a row says otherwise.
What the specification has and this engine refuses stands in `test_hours_refusals.py`.
"""

import pytest
from hours_builders import london, timeline

from signpost.core.hours import CLOSED, OPEN, UNKNOWN, parse

RULE_SEQUENCES = [
    # expression, moment, state
    ("24/7", "2026-11-22T03:17", OPEN),
    ("Sa-Su 00:00-24:00", "2026-11-22T23:59", OPEN),
    ("Sa-Su 00:00-24:00", "2026-11-23T00:00", CLOSED),
    ("Mo-Fr 08:30-20:00", "2026-11-20T20:00", CLOSED),
    ("Mo-Fr 08:30-20:00", "2026-11-20T08:30", OPEN),
    ("08:30-12:30,15:30-20:00", "2026-11-21T12:29", OPEN),
    ("08:30-12:30,15:30-20:00", "2026-11-21T13:00", CLOSED),
    ("Tu,Th 16:00-20:00", "2026-11-19T16:00", OPEN),
    ("Tu,Th 16:00-20:00", "2026-11-18T16:00", CLOSED),
    # a later rule takes a day over from the earlier ones
    ("Mo-Sa 10:00-20:00; Tu 10:00-14:00", "2026-11-17T13:00", OPEN),
    ("Mo-Sa 10:00-20:00; Tu 10:00-14:00", "2026-11-17T15:00", CLOSED),
    ("Mo-Sa 10:00-20:00; Tu off", "2026-11-17T13:00", CLOSED),
    ("Mo-Sa 10:00-20:00; Tu off", "2026-11-18T13:00", OPEN),
    ("Mo 10:00-12:00,12:30-15:00; Tu-Fr 08:00-12:00,12:30-15:00; Sa 08:00-12:00",
     "2026-11-16T12:15", CLOSED),
    ("Mo 10:00-12:00,12:30-15:00; Tu-Fr 08:00-12:00,12:30-15:00; Sa 08:00-12:00",
     "2026-11-17T08:15", OPEN),
    ("Mo 10:00-12:00,12:30-15:00; Tu-Fr 08:00-12:00,12:30-15:00; Sa 08:00-12:00",
     "2026-11-21T13:00", CLOSED),
    ("Mo-Su 08:00-18:00; Apr 10-15 off; Jun 08:00-14:00; Aug off; Dec 25 off",
     "2026-04-15T12:00", CLOSED),
    ("Mo-Su 08:00-18:00; Apr 10-15 off; Jun 08:00-14:00; Aug off; Dec 25 off",
     "2026-04-16T12:00", OPEN),
    ("Mo-Su 08:00-18:00; Apr 10-15 off; Jun 08:00-14:00; Aug off; Dec 25 off",
     "2026-06-10T15:00", CLOSED),
    ("Mo-Su 08:00-18:00; Apr 10-15 off; Jun 08:00-14:00; Aug off; Dec 25 off",
     "2026-08-20T12:00", CLOSED),
    ("Mo-Su 08:00-18:00; Apr 10-15 off; Jun 08:00-14:00; Aug off; Dec 25 off",
     "2026-12-25T12:00", CLOSED),
    ("Jan-Mar 07:00-19:00;Apr-Sep 07:00-22:00;Oct-Dec 07:00-19:00", "2026-09-30T21:00", OPEN),
    ("Jan-Mar 07:00-19:00;Apr-Sep 07:00-22:00;Oct-Dec 07:00-19:00", "2026-10-01T21:00", CLOSED),
    # a rule after a comma adds
    ("Mo-Fr 08:00-12:00, We 14:00-18:00", "2026-11-18T09:00", OPEN),
    ("Mo-Fr 08:00-12:00, We 14:00-18:00", "2026-11-18T15:00", OPEN),
    ("Mo-Fr 08:00-12:00, We 14:00-18:00", "2026-11-19T15:00", CLOSED),
    ("Su-Tu 11:00-01:00, We-Th 11:00-03:00, Fr 11:00-06:00, Sa 11:00-07:00",
     "2026-11-22T06:59", OPEN),
    ("Su-Tu 11:00-01:00, We-Th 11:00-03:00, Fr 11:00-06:00, Sa 11:00-07:00",
     "2026-11-22T07:00", CLOSED),
    ("Su-Tu 11:00-01:00, We-Th 11:00-03:00, Fr 11:00-06:00, Sa 11:00-07:00",
     "2026-11-18T00:30", OPEN),
    ("Su-Tu 11:00-01:00, We-Th 11:00-03:00, Fr 11:00-06:00, Sa 11:00-07:00",
     "2026-11-18T01:00", CLOSED),
    # a rule after || holds where the ones before leave it closed
    ('Mo-Sa 08:00-13:00,14:00-17:00 || "by appointment"', "2026-11-21T16:00", OPEN),
    ('Mo-Sa 08:00-13:00,14:00-17:00 || "by appointment"', "2026-11-21T13:30", UNKNOWN),
    ('Mo-Sa 08:00-13:00,14:00-17:00 || "by appointment"', "2026-11-22T16:00", UNKNOWN),
    ('Mo-Fr 08:00-12:00 || "call us" || off', "2026-11-22T16:00", UNKNOWN),
    ('Mo-Fr 10:00-18:00, Tu off || unknown "call"', "2026-11-17T12:00", UNKNOWN),
]  # fmt: skip

MODIFIERS = [
    ("Mo-Fr 08:00-12:00 open", "2026-11-20T09:00", OPEN),
    ("Mo-Fr 08:00-12:00 closed", "2026-11-20T09:00", CLOSED),
    ("Mo-Fr 08:00-12:00 off", "2026-11-20T09:00", CLOSED),
    ("Mo-Fr 08:00-12:00 unknown", "2026-11-20T09:00", UNKNOWN),
    ("open", "2026-11-20T09:00", OPEN),
    ("closed", "2026-11-20T09:00", CLOSED),
    ("off", "2026-11-20T09:00", CLOSED),
    ("unknown", "2026-11-20T09:00", UNKNOWN),
    ('"on appointment"', "2026-11-20T09:00", UNKNOWN),
    ('Mo-Fr 08:00-12:00 "call us"', "2026-11-20T09:00", UNKNOWN),
    ('Mo-Fr 08:00-12:00 "call us"', "2026-11-20T13:00", CLOSED),
    ('Mo-Fr 08:00-12:00 open "ring twice"', "2026-11-20T09:00", OPEN),
    ('Mo-Fr 08:00-12:00 unknown "rota"', "2026-11-20T09:00", UNKNOWN),
    ('24/7 closed "always closed"', "2026-11-20T09:00", CLOSED),
    ('Dec 25 off "Christmas"', "2026-12-25T09:00", CLOSED),
    ("24/7; 08:00-09:00 off", "2026-11-20T08:30", CLOSED),
    ("24/7; 08:00-09:00 off", "2026-11-20T09:00", OPEN),
]

TIMES = [
    ("10:00-12:00", "2026-11-20T10:00", OPEN),
    ("18:00-02:00", "2026-11-20T01:59", OPEN),
    ("18:00-26:00", "2026-11-20T01:59", OPEN),
    ("18:00-26:00", "2026-11-20T02:00", CLOSED),
    ("Mo 10:00-48:00", "2026-11-17T23:59", OPEN),
    ("Su 10:00+", "2026-11-22T10:00", UNKNOWN),
    ("Su 10:00+", "2026-11-22T09:59", CLOSED),
    ("Su 10:00-16:00+", "2026-11-22T15:59", OPEN),
    ("Su 10:00-16:00+", "2026-11-22T16:00", UNKNOWN),
    ("sunrise-sunset", "2026-06-21T12:00", OPEN),
    ("sunrise-sunset", "2026-06-21T23:00", CLOSED),
    ("dawn-dusk", "2026-06-21T04:20", OPEN),  # between dawn and sunrise
    ("sunset-sunrise", "2026-06-21T01:00", OPEN),
    ("(sunrise+01:30)-(sunset-00:30)", "2026-06-21T05:30", CLOSED),
    ("(sunrise+01:30)-(sunset-00:30)", "2026-06-21T06:30", OPEN),
    ("10:00-(sunset-01:30)", "2026-06-21T19:30", OPEN),
    ("10:00-(sunset-01:30)", "2026-06-21T20:10", CLOSED),
]

WEEKDAYS = [
    ("Mo", "2026-11-16T12:00", OPEN),
    ("Mo-We", "2026-11-18T12:00", OPEN),
    ("Fr-Mo", "2026-11-22T12:00", OPEN),
    ("Fr-Mo", "2026-11-24T12:00", CLOSED),
    ("Sa,Su", "2026-11-22T12:00", OPEN),
    ("Mo[1]", "2026-11-02T12:00", OPEN),
    ("Mo[1]", "2026-11-09T12:00", CLOSED),
    ("Th[1,2-3]", "2026-11-05T12:00", OPEN),
    ("Th[1,2-3]", "2026-11-19T12:00", OPEN),
    ("Th[1,2-3]", "2026-11-26T12:00", CLOSED),
    ("Fr[-1]", "2026-11-27T12:00", OPEN),
    ("Fr[-1]", "2026-11-20T12:00", CLOSED),
    ("Fr[-2]", "2026-11-20T12:00", OPEN),
    ("Sa[5]", "2026-10-31T12:00", OPEN),
    ("Mo[2] -6 days", "2026-11-03T12:00", OPEN),
    ("Mo[2] +1 day", "2026-11-10T12:00", OPEN),
    ("Su[-1] -1 day", "2026-11-28T12:00", OPEN),
]

HOLIDAYS = [
    ("PH", "2026-12-25T12:00", OPEN),
    ("PH", "2026-12-24T12:00", CLOSED),
    ("Mo-Fr 09:00-17:00; PH off", "2026-12-25T12:00", CLOSED),
    ("PH,Mo-Fr 09:00-17:00", "2026-12-26T12:00", OPEN),
    ("Mo-Fr,PH 09:00-17:00", "2026-12-26T12:00", OPEN),
    ("PH Mo-Fr 09:00-17:00", "2026-12-25T12:00", OPEN),
    ("PH Mo-Fr 09:00-17:00", "2026-12-26T12:00", CLOSED),
    ("PH Mo-Fr 09:00-17:00", "2026-12-24T12:00", CLOSED),
    ("PH +1 day", "2026-04-07T12:00", OPEN),
    ("PH -1 day", "2026-12-24T12:00", OPEN),
    ("SH 10:00-12:00", "2026-08-05T11:00", OPEN),
    ("SH 10:00-12:00", "2026-10-05T11:00", CLOSED),
    ("SH,PH Mo-Fr 10:00-12:00", "2026-08-08T11:00", CLOSED),
    ("SH,PH Mo-Fr 10:00-12:00", "2026-12-25T11:00", OPEN),
    ("Mo-Su,PH 15:00-03:00; easter -2 days off", "2026-04-03T16:00", CLOSED),
    ("Mo-Su,PH 15:00-03:00; easter -2 days off", "2026-04-06T16:00", OPEN),
    ("Mo-Su,PH 15:00-03:00; easter -2 days off", "2026-04-03T02:00", OPEN),
]

WEEKS = [
    ("week 01-10 00:00-24:00", "2026-03-08T12:00", OPEN),
    ("week 01-10 00:00-24:00", "2026-03-09T12:00", CLOSED),
    ("week 1-53/2 Fr 09:00-12:00; week 2-52/2 We 09:00-12:00", "2026-11-20T10:00", OPEN),
    ("week 1-53/2 Fr 09:00-12:00; week 2-52/2 We 09:00-12:00", "2026-11-18T10:00", CLOSED),
    ("week 1-53/2 Fr 09:00-12:00; week 2-52/2 We 09:00-12:00", "2026-11-25T10:00", OPEN),
    ("week 51,52 Mo", "2026-12-21T10:00", OPEN),
    ("week 01 00:00-23:59", "2025-12-29T12:00", OPEN),  # Monday of the first ISO week of 2026
]

DATES = [
    ("Jan", "2026-01-31T12:00", OPEN),
    ("Jan-Feb,Aug", "2026-02-28T12:00", OPEN),
    ("Jan-Feb,Aug", "2026-08-01T12:00", OPEN),
    ("Jan-Feb,Aug", "2026-03-01T12:00", CLOSED),
    ("Nov-Feb", "2026-01-01T12:00", OPEN),
    ("Jan 23-Feb 11,Feb 12 00:00-24:00", "2026-02-12T12:00", OPEN),
    ("Jan 23-Feb 11,Feb 12 00:00-24:00", "2026-02-13T12:00", CLOSED),
    ("Jan 23-31", "2026-01-31T12:00", OPEN),
    ("Dec 24-Jan 2: 18:00-22:00", "2026-01-02T19:00", OPEN),
    ("Dec 24+", "2026-12-31T12:00", OPEN),
    ("easter", "2026-04-05T12:00", OPEN),
    ("easter +1 day", "2026-04-06T12:00", OPEN),
    ("Dec 25-easter -2 days: 00:00-24:00", "2026-04-03T12:00", OPEN),
    ("Dec 25-easter -2 days: 00:00-24:00", "2026-04-04T12:00", CLOSED),
    ("easter -2 days-easter +1 day", "2026-04-04T12:00", OPEN),
    ("Oct Su[-1]", "2026-10-25T12:00", OPEN),
    ("Mar Su[-1]-Oct Su[-1] 10:00-18:00", "2026-03-28T12:00", CLOSED),
    ("Mar Su[-1]-Oct Su[-1] 10:00-18:00", "2026-03-29T12:00", OPEN),
    ("Mar Su[-1] - Dec Su[1] -2 days", "2026-12-04T12:00", OPEN),
    ("Mar Su[-1] - Dec Su[1] -2 days", "2026-12-05T12:00", CLOSED),
    ("Dec 25 -Su", "2026-12-20T12:00", OPEN),  # the fourth Sunday of Advent
    ("Dec 25 -Su -21 days", "2026-11-29T12:00", OPEN),  # the first
    ("Jan 1 +Mo", "2026-01-05T12:00", OPEN),
    ("2012 Jan-Mar", "2012-03-31T12:00", OPEN),
    ("2012 Jan-Mar", "2013-03-31T12:00", CLOSED),
    ("2005 Aug 3-2007 Jul 31", "2007-07-31T12:00", OPEN),
    ("2005 Aug 3-2007 Jul 31", "2007-08-01T12:00", CLOSED),
    ("2013 Dec 31,2014 Jan 5", "2014-01-05T12:00", OPEN),
]

YEARS = [
    ("2013 10:00-12:00", "2013-05-05T11:00", OPEN),
    ("2013,2015,2050-2053,2060+ Jan 1", "2052-01-01T12:00", OPEN),
    ("2013,2015,2050-2053,2060+ Jan 1", "2054-01-01T12:00", CLOSED),
    ("2013,2015,2050-2053,2060+ Jan 1", "2077-01-01T12:00", OPEN),
    ("2020-2029/3 Jan 1", "2026-01-01T12:00", OPEN),
    ("2020-2029/3 Jan 1", "2027-01-01T12:00", CLOSED),
    ("2010-2020/2 Mo 10:00-12:00", "2012-01-02T11:00", OPEN),
    ("2025-2027 week 50-52 Mo-Fr 10:00-12:00", "2026-12-08T11:00", OPEN),
    ("2026 Dec week 52 We 10:00-12:00", "2026-12-23T11:00", OPEN),
]

SECTIONS = {
    "rules and what separates them": RULE_SEQUENCES,
    "rule modifiers and comments": MODIFIERS,
    "times, open ends and variable times": TIMES,
    "weekdays": WEEKDAYS,
    "holidays": HOLIDAYS,
    "weeks": WEEKS,
    "months, dates and date offsets": DATES,
    "years": YEARS,
}
FACTS = [(section, *row) for section, rows in SECTIONS.items() for row in rows]


@pytest.mark.parametrize(
    ("hours", "at", "state"), [fact[1:] for fact in FACTS], ids=lambda value: str(value)[:50]
)
def test_an_example_of_the_specification(hours, at, state):
    if parse(hours).uses_sun:
        pytest.importorskip("astral")
    # Nothing is left open here by bank holidays that a rule without PH does not name.
    line = timeline(hours, "as_usual", point=(51.4779, 0.0), school_holidays=_SUMMER)
    assert line.state_at(london(at)).state == state
    again = timeline(parse(hours).canonical(), "as_usual", point=(51.4779, 0.0),
                     school_holidays=_SUMMER)  # fmt: skip
    assert again.state_at(london(at)).state == state


_SUMMER = ((london("2026-07-22T00:00").date(), london("2026-09-01T00:00").date()),)


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_has_both_open_and_other_hours(section):
    states = {state for *_, state in SECTIONS[section]}
    assert OPEN in states
    assert states - {OPEN}


# What other engines get wrong, or did: each row is a fault once reported about one of them. The
# last column says which kind it is.
FAULTS = [
    ("Fr 22:00-04:00; Sa 12:00-18:00", "2026-11-21T02:00", OPEN, "the next day's rule cut it"),
    ("Su 22:00-02:00; PH off", "2026-05-25T01:00", OPEN, "a holiday cut the night before"),
    ("22:00-02:00; PH off", "2026-05-26T01:00", CLOSED, "looked up on the wrong side of midnight"),
    ("22:00-02:00; PH off", "2026-05-26T22:30", OPEN, "a closure bled into the next evening"),
    ("22:00-02:00; 2026 Nov 20 off", "2026-11-20T01:00", OPEN, "a closure reached back"),
    ("22:00-02:00; 2026 Nov 20 off", "2026-11-21T01:00", CLOSED, "a closed evening still ran on"),
    ("22:00-02:00; 2026 Nov 20 off", "2026-11-21T22:30", OPEN, "a closure bled on"),
    ("22:00-02:00", "2026-11-21T01:00", OPEN, "an evening over midnight was never open"),
    ("Mo-Fr 09:00-17:00", "2026-11-20T17:00", CLOSED, "the closing minute counted as open"),
    ("Mo-Fr 09:00-17:00", "2026-11-20T09:00", OPEN, "the opening minute counted as closed"),
    ('Mo-Fr 09:00-17:00 "by appointment"', "2026-11-20T10:00", UNKNOWN, "a comment was dropped"),
    ("Mo-Fr 09:00-17:00; PH off", "2026-01-01T10:00", CLOSED, "New Year's Day was no holiday"),
    ("Mo-Fr 09:00-17:00; PH off", "2026-04-06T10:00", CLOSED, "Easter Monday was no holiday"),
    ("Mo-Fr 09:00-17:00; PH off", "2026-08-31T10:00", CLOSED, "the August one was no holiday"),
    ("Sa 10:00-14:00; PH off", "2026-12-26T11:00", CLOSED, "only the substitute was one"),
    ("Mo-Fr 09:00-17:00; PH off", "2023-05-08T10:00", CLOSED, "the one-off day was missing"),
    ("Feb 29", "2025-03-01T12:00", CLOSED, "29 February became 1 March"),
    ("Feb 15-Feb 29", "2021-03-01T12:00", CLOSED, "29 February became 1 March"),
    ("00:00-24:00", "2024-10-27T01:59+01:00", OPEN, "closed for the minute before the clocks"),
    ("22:00-02:00", "2024-03-31T02:00+01:00", CLOSED, "counted elapsed hours, open an hour late"),
    ("22:00-02:00", "2024-10-27T01:30+00:00", OPEN, "counted elapsed hours, closed an hour early"),
    ("01:30-04:00", "2024-03-30T21:00+00:00", CLOSED, "open from the evening before"),
]


@pytest.mark.parametrize(("hours", "at", "state", "fault"), FAULTS)
def test_a_fault_of_another_engine_is_not_one_here(hours, at, state, fault):
    assert timeline(hours, "as_usual").state_at(london(at)).state == state, fault


NEXT_FAULTS = [
    # expression, moment, next change, the fault
    ("24/7; Dec 25 off", "2026-12-25T02:00", "2026-12-26T00:00", "closed, and would close later"),
    ("Mo-Fr 09:00-17:00; We off", "2026-11-17T18:00", "2026-11-19T09:00", "closed would close"),
    ('24/7 "aaa" ; Mar "bbb"', "2026-11-20T12:00", None, "never came back: only comments change"),
    ('01:00-03:00 closed "aaa"', "2026-11-20T12:00", None, "never came back"),
    ("22:00-01:30", "2024-10-27T01:15+00:00", "2024-10-27T01:30+00:00", "looped in the hour"),
    ("18:00-01:30", "2024-10-27T01:00+00:00", "2024-10-27T01:30+00:00", "looped in the hour"),
    ("Sa 22:00-01:45", "2024-10-27T01:10+00:00", "2024-10-27T01:45+00:00", "looped in the hour"),
    ("22:00-02:30", "2024-03-31T00:30+00:00", "2024-03-31T02:30+01:00", "open past its end"),
    ("00:00-24:00", "2024-10-26T21:00+01:00", None, "no change, and yet it closed"),
    ("Mo-Fr 09:00-17:00; 2026 Nov 23-27 off", "2026-11-21T12:00", "2026-11-30T09:00",
     "gave up after eight days"),
]  # fmt: skip


@pytest.mark.parametrize(("hours", "at", "change", "fault"), NEXT_FAULTS)
def test_the_next_change_without_another_engines_fault(hours, at, change, fault):
    line = timeline(hours, "as_usual")
    found = line.next_change(london(at))
    assert found == (change and london(change)), fault


def test_the_comment_of_open_hours_is_not_said_while_closed():
    line = timeline('Mo-Fr 09:00-17:00 open "side door"', "as_usual")
    assert line.state_at(london("2026-11-20T10:00")).comment == "side door"
    assert line.state_at(london("2026-11-20T18:00")).comment is None
