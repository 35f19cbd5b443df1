"""Reading and printing the notation: what is refused, what is understood with a warning."""

import pytest

from signpost.core.hours import HoursSyntaxError, parse

REFUSED = [
    # text, column of the fault, part of the message
    ("", 0, "no hours"),
    ("   ", 0, "no hours"),
    ("Mo-Fr 18.00-23:00", 6, "colon"),
    ("9am-5pm", 0, "24-hour"),
    ("Mo-Fr 9 am", 6, "24-hour"),
    ("Mo-Fr 6-11", 6, "cannot stand here|new rule"),
    ("9-17", 0, "HH:MM"),
    ("Mo-Fr 25:70-26:00", 6, "not a time"),
    ("Mo-Fr 10:00-49:00", 12, "not a time"),
    ("Fr 25:00-26:00", 3, "name the next day"),
    ("10:00", 0, "is a moment"),
    ("10:00-", 6, "end of the span"),
    ("10:00-Mo", 6, "end of the span"),
    ("10:00-16:00/90", 11, "not supported"),
    ("(sunset-00:30)-", 15, "end of the span"),
    ("(sunset)-20:00", 7, "an offset belongs"),
    ("(Mo+01:00)-20:00", 1, "sunrise"),
    ("(sunset+30)-20:00", 8, "HH:MM"),
    ("(sunset+01:00-20:00", 13, "closing bracket"),
    ("Mo to Fr", 3, "hyphen"),
    ("bank holidays off", 0, "PH"),
    ("Mo & We", 3, "comma"),
    ("Mo-Fr 10:00-12:00 'ring'", 18, "double quotes"),
    ('Mo "ring', 3, "closing quote"),
    ('Mo ""', 3, "empty"),
    ("Mo | We", 3, "fallback"),
    ("Mo ~ We", 3, "means nothing"),
    ("Mo-Fr 10:00-12:00 by appointment", 18, "double quotes"),
    ("Mo-Mo", 3, "whole week"),
    ("2024-2024 Jan", 5, "write 2024"),
    ("Mo[0]", 3, "from 1 to 5"),
    ("Mo[6]", 3, "from 1 to 5"),
    ("Mo[3-1]", 5, "upwards"),
    ("Mo[-2-1]", 6, "upwards"),
    ("Mo[1", 4, "square bracket"),
    ("SH +1 day", 6, "shifted"),
    ("PH; PH 1 day", 7, "new rule"),
    ("Feb 30", 4, "no day 30"),
    ("Feb 0", 4, "from 1 to 31"),
    ("May 15-01", 7, "backwards"),
    ("easter-15", 7, "name the month"),
    ("Jan Mo[1]-15", 10, "name the month"),
    ("2024 Dec 24-2023 Jan 1", 21, "backwards"),
    ("Dec 24-2027 Jan 1", 16, "year of the first"),
    ("Nov-2027 Jan", 9, "year of the first"),
    ("2024 Nov-2023 Jan", 14, "backwards"),
    ("Jan-Mar 15", 8, "both ends"),
    ("Jan 5-Mar", 9, "a day of the month"),
    ("Jan 5-Mar Mo", 12, "which of them"),
    ("Jan 5-Mar Mo[1,2]", 16, "one such day"),
    ("2024-2020 Mo", 5, "backwards"),
    ("2024-2030/0 Mo", 10, "a step"),
    ("1800-2300", 0, "1800 is not a year"),
    ("2000-2200", 0, "could be years or times"),
    ("Mo 1000-1200", 3, "new rule"),
    ("20260101", 0, "neither"),
    ("week 54", 5, "from 1 to 53"),
    ("week 50-3", 8, "week|weeks run"),
    ("week Mo", 5, "a week belongs"),
    ("Dec 25, PH off", 6, "two rules"),
    ("Mo-Fr, Jan off", 5, "two rules"),
    ("Mo 10:00-12:00 14:00-16:00", 15, "comma"),
    ("Mo 10:00-12:00 Tu", 15, "new rule"),
    ("Mo off off", 7, "cannot stand"),
    ('Mo "why" off', 9, "follows the state"),
    ('"winter": Mo', 8, "not supported"),
    ("; Mo", 0, "cannot start"),
    ("Mo;; Tu", 3, "cannot start"),
    ("Mo ||", 5, "missing"),
    ("Mo,", 2, "two rules"),
    ("Mo off,", 7, "missing"),
    ("PH -1 day; PH -2 days; PH -3 days; PH -4 days; PH -5 days", 0, "at most 4"),
    ("10:00-12:00 – 13:00", 12, "cannot stand"),
    ("café", 0, "means nothing"),
]


@pytest.mark.parametrize(("text", "column", "message"), REFUSED)
def test_refused(text, column, message):
    with pytest.raises(HoursSyntaxError, match=message) as caught:
        parse(text)
    assert caught.value.column == column


UNDERSTOOD = [
    # text, the correct form, a warning about it
    ("mo-fr 09:00-17:00", "Mo-Fr 09:00-17:00", '"mo" should be "Mo"'),
    ("Mon-Friday 9:00-17:00", "Mo-Fr 09:00-17:00", '"9:00" should be "09:00"'),
    ("Tues,Thurs 10:00-12:00", "Tu,Th 10:00-12:00", '"Tues" should be "Tu"'),
    ("Sept-December Off", "Sep-Dec off", '"Sept" should be "Sep"'),
    ("Mo–Fr 09:00−17:00", "Mo-Fr 09:00-17:00", '"–" should be a plain hyphen "-"'),
    ("ph off", "PH off", '"ph" should be "PH"'),
    ("Mo-Fr: 09:00-17:00", "Mo-Fr 09:00-17:00", 'leave out the ":" after the days'),
    ("Mo-Fr 09:00-17:00;", "Mo-Fr 09:00-17:00", 'the last ";" joins nothing; leave it out'),
    ("Mo “by phone”", 'Mo unknown "by phone"', 'curly quotes should be plain ones: "'),
    ("Feb 1-Feb 31", "Feb 1-Feb 29", '"Feb 31" should be "Feb 29"'),
    ("Feb 1-31", "Feb 1-Feb 29", '"Feb 31" should be "Feb 29"'),
]


@pytest.mark.parametrize(("text", "correct", "warning"), UNDERSTOOD)
def test_misspellings_are_understood_and_named(text, correct, warning):
    found = parse(text)
    assert found.canonical() == correct
    assert warning in found.warnings
    assert parse(correct).warnings == ()
    assert found == parse(correct)
    assert hash(found) == hash(parse(correct))


CANONICAL = [
    ("24/7", "24/7"),
    ("24/7 open", "24/7"),
    ("24/7;PH off", "24/7; PH off"),
    ("open", "open"),
    ("closed", "off"),
    ('"x"', 'unknown "x"'),
    ("Mo-Fr 22:00-26:00", "Mo-Fr 22:00-02:00"),
    ("10:00-40:00", "10:00-40:00"),
    ("04:00-04:00", "04:00-04:00"),
    ("18:00+", "18:00+"),
    ("18:00-22:00+", "18:00-22:00+"),
    ("sunrise-(sunset-00:30)", "sunrise-(sunset-00:30)"),
    ("(dawn+01:05)-26:00", "(dawn+01:05)-26:00"),
    ("2020Jun01:10:00-12:10", "2020 Jun 1 10:00-12:10"),
    ("2020-2022,2025+:10:00-12:00", "2020-2022,2025+ 10:00-12:00"),
    ("2020-2030/2 Mo", "2020-2030/2 Mo"),
    ("2020-2021 open", "2020-2021 open"),
    ("2020-2021:", "2020-2021 open"),
    ("2000-3000", "2000-3000 open"),
    ("2020 Dec 25", "2020 Dec 25"),
    ("2020 Jan-Mar", "2020 Jan-2020 Mar"),
    ("2020 Nov-Feb", "2020 Nov-2021 Feb"),
    ("2020 Nov", "2020 Nov"),
    ("Jan Mo[1]", "Jan Mo[1]"),
    ("Jan Mo[1]-Jan 15", "Jan Mo[1]-Jan 15"),
    ("Dec 25+ Mo 10:00-11:00", "Dec 25+ Mo 10:00-11:00"),
    ("Oct Su[-1] -1 day", "Oct Su[-1] -1 day"),
    ("Dec 25 -Su -7 days", "Dec 25 -Su -7 days"),
    ("Dec 25 +Su off", "Dec 25 +Su off"),
    ("2020 Jan 5+", "2020 Jan 5+"),
    ("easter -2 days-easter +1 day", "easter -2 days-easter +1 day"),
    ("Jan,easter,2020 Mar 3", "Jan,easter,2020 Mar 3"),
    ("week01,03-9/2:10:00-12:00", "week 01,03-09/2 10:00-12:00"),
    ("week 1-24/7 Mo", "week 01-24/7 Mo"),
    ("Th[2,-1],Fr[1-3] +2 days 19:00-21:00", "Th[2,-1],Fr[1-3] +2 days 19:00-21:00"),
    ("PH -1 day,Mo 10:00-11:00", "PH -1 day,Mo 10:00-11:00"),
    ("PH,SH Mo-We,Fr off", "PH,SH Mo-We,Fr off"),
    ("Mo open, Tu 10:00-11:00", "Mo open, Tu 10:00-11:00"),
    ("Mo 10:00-12:00 open, 14:00-16:00 unknown", "Mo 10:00-12:00 open, 14:00-16:00 unknown"),
    ("Mo 10:00-12:00, Tu 14:00-16:00", "Mo 10:00-12:00, Tu 14:00-16:00"),
    ("Mo 10:00-12:00 open, 24/7 off", "Mo 10:00-12:00 open, 24/7 off"),
    ("Mo 10:00-12:00 || open \"ring\"", 'Mo 10:00-12:00 || open "ring"'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "canonical"), CANONICAL)
def test_canonical(text, canonical):
    found = parse(text)
    assert found.canonical() == canonical
    assert parse(canonical).rules == found.rules
    assert parse(canonical).canonical() == canonical
    assert repr(found) == f"parse({canonical!r})"


def test_what_an_expression_knows_of_itself():
    assert parse("24/7").is_always
    assert not parse("24/7; PH off").is_always
    assert not parse("24/7 off").is_always
    assert not parse("00:00-24:00").is_always
    assert parse("Mo,PH 10:00-12:00").uses_holidays
    assert not parse("SH 10:00-12:00").uses_holidays
    assert parse("SH 10:00-12:00").uses_school_holidays
    assert parse("18:00-22:00+").has_open_end
    assert parse("18:00-sunset").uses_sun
    assert parse("Mo") != "Mo"
