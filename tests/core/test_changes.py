"""What changed between two days."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signpost.core.changes import WHAT, changes_between
from signpost.core.dates import PartialDate
from signpost.core.lives import life_on
from signpost.core.services import LifeEvent
from tests.builders import channel, day, door, life, location, service
from tests.properties.records import services

days = st.integers(day("2018-01-01"), day("2026-12-31"))


def changes(record, since="2000-01-01", until="2100-01-01"):
    return changes_between((record,), day(since), day(until))


def told(record, since="2000-01-01", until="2100-01-01"):
    return [f"{change.when.text} {change.what}" for change in changes(record, since, until)]


class TestLife:
    @pytest.mark.parametrize(
        ("since", "until", "expected"),
        [
            ("2024-01-01", "2024-12-31", ["2024-03-31 closed"]),
            ("2024-04-01", "2024-12-31", ["2024-03-31 closed"]),  # gone from the 1st on
            ("2024-04-02", "2024-12-31", []),
            ("2024-01-01", "2024-03-31", []),  # that was its last day
        ],
    )
    def test_a_closing_is_a_change_of_the_day_after_the_last(self, since, until, expected):
        assert told(service("a", life=life("closes 2024-03-31")), since, until) == expected

    def test_events_are_told_in_order(self):
        record = service("a", life=life("opens 2019-05-01", "pauses 2020-03-23", "resumes 2021-06",
                                        "closes 2024-03-31"))  # fmt: skip
        assert told(record) == [
            "2019-05-01 opened", "2020-03-23 paused", "2021-06 resumed", "2024-03-31 closed",
        ]  # fmt: skip

    def test_an_announcement_is_no_change(self):
        assert told(service("a", life=life("announced 2023-05-18"))) == []

    def test_a_plan_is_told_as_a_plan(self):
        [change] = changes(service("a", life=life("opens 2023-08 planned")))
        assert change.basis == "planned"

    @pytest.mark.parametrize(
        ("since", "until", "sure"),
        [
            ("2023-08-01", "2023-08-31", True),
            ("2023-08-02", "2023-12-31", False),
            ("2023-01-01", "2023-08-30", False),
        ],
    )
    def test_some_day_in_august_is_surely_within_only_if_all_of_august_is(
        self, since, until, sure
    ):
        [change] = changes(service("a", life=life("opens 2023-08")), since, until)
        assert change.is_surely_within(day(since), day(until)) is sure

    def test_an_event_without_a_date_stands_between_no_two_days(self):
        never = PartialDate("a date not known", day("1900-01-01"), day("2100-12-31"), False)
        assert told(service("a", life=(LifeEvent("opens", never, "reported"),))) == []

    def test_one_of_a_year_is_told(self):
        assert told(service("a", life=life("opens 2024~")), "2024-06-01") == ["2024~ opened"]

    @given(services("a-service"), days, days)
    def test_a_status_that_became_another_has_a_change_that_says_so(self, record, one, other):
        since, until = min(one, other), max(one, other)
        before, after = life_on(record.life, since - 1), life_on(record.life, until)
        if before.possible != after.possible:
            found = changes_between((record,), since, until)
            spans = [change for change in found if change.channel is None]
            # what was possible may also narrow within one event's span, told by that event
            assert spans


class TestRegimes:
    def regimes(self, first, second, **over):
        return service("a", channel(regimes=(first, second), **over))

    @pytest.mark.parametrize(
        ("first", "second", "expected"),
        [
            ({"hours": "24/7"}, {"hours": "Mo-Fr 09:00-17:00"}, ["hours"]),
            ({"bank_holidays": "closed"}, {"bank_holidays": "as_usual"}, ["hours"]),
            ({"number": "0300 790 0596"}, {"number": "0800 028 0077"}, ["number"]),
            ({"menu_option": None}, {"menu_option": "2"}, ["number"]),
            ({"url": "https://a.example.org"}, {"url": None}, ["link"]),
            ({"access": "anyone"}, {"access": "professional_referral"}, ["access"]),
            ({"cost": "free"}, {"cost": "paid"}, []),
            ({"number": "111", "hours": "24/7"}, {"number": "112", "hours": "Mo 09:00-17:00"},
             ["hours", "number"]),
        ],
    )  # fmt: skip
    def test_what_differs_is_told(self, first, second, expected):
        record = self.regimes({"until": "2024-03-31", **first}, {"since": "2024-04-01", **second})
        assert told(record) == [f"2024-04-01 {what}" for what in expected]

    def test_a_move_is_told_and_a_better_point_is_not(self):
        moved = location(address="2 High Street")
        nearer = location(0.1)
        for place, expected in ((moved, ["2024-04-01 address"]), (nearer, [])):
            regimes = ({"until": "2024-03-31", "location": location()},
                       {"since": "2024-04-01", "location": place})  # fmt: skip
            assert told(service("a", door(regimes=regimes))) == expected

    def test_both_values_are_given(self):
        record = self.regimes({"until": "2024-03-31", "number": "111"},
                              {"since": "2024-04-01", "number": "112"})  # fmt: skip
        [change] = changes(record)
        assert change.before.number == "111"
        assert change.after.number == "112"

    def test_where_only_the_end_is_dated_the_change_is_of_the_day_after(self):
        record = self.regimes({"until": "2024-03-31", "number": "111"}, {"number": "112"})
        assert told(record, "2024-04-01", "2024-04-01") == ["2024-03-31 number"]
        assert told(record, "2024-03-31", "2024-03-31") == []

    def test_a_change_that_nothing_dates_is_not_told(self):
        assert told(self.regimes({"number": "111"}, {"number": "112"})) == []

    def test_a_gap_is_an_end_and_a_beginning(self):
        record = self.regimes({"until": "2024-03-31"}, {"since": "2024-05-01"})
        assert told(record) == ["2024-03-31 ended", "2024-05-01 began"]

    def test_months_that_touch_leave_no_gap(self):
        record = self.regimes({"until": "2020-07", "number": "111"},
                              {"since": "2020-07-28~", "number": "112"})  # fmt: skip
        assert told(record) == ["2020-07-28~ number"]

    def test_a_channel_that_came_with_the_service_is_not_told_twice(self):
        record = service("a", channel(since="2020-04", until="2023-12-31"),
                         life=life("opens 2020-04", "closes 2023-12-31"))  # fmt: skip
        assert told(record) == ["2020-04 opened", "2023-12-31 closed"]

    def test_one_that_came_later_is(self):
        record = service("a", channel(), channel(kind="text", since="2022-05-01"),
                         life=life("opens 2020-04"))  # fmt: skip
        assert told(record) == ["2020-04 opened", "2022-05-01 began"]

    def test_numbers_for_professionals_stay_out(self):
        secret = {"professionals_only": True}
        record = self.regimes({"until": "2024-03-31", "number": "111", **secret},
                              {"since": "2024-04-01", "number": "112", **secret})  # fmt: skip
        assert told(record) == []
        partly = self.regimes({"until": "2024-03-31", "number": "111", **secret},
                              {"since": "2024-04-01", "number": "112"})  # fmt: skip
        assert told(partly) == []


@given(st.lists(services("a-service"), max_size=4), days, days, days)
def test_two_spans_that_meet_hold_what_the_whole_holds(records, one, two, three):
    first, middle, last = sorted((one, two, three))
    whole = changes_between(records, first, last)
    parts = {*changes_between(records, first, middle), *changes_between(records, middle + 1, last)}
    assert set(whole) == parts


@given(st.lists(services("a-service"), max_size=4))
def test_every_kind_of_change_has_words_and_they_are_in_order_of_time(records):
    found = changes_between(records, day("1900-01-01"), day("2200-01-01"))
    assert {change.what for change in found} <= set(WHAT)
    assert [change.first for change in found] == sorted(change.first for change in found)
