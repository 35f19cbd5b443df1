"""One channel at one moment for one person: what is said of it, and why."""

from datetime import UTC

import pytest

from signpost.core.contacts import contact_of, phone_of, whom_to_ask
from signpost.core.eligibility import age_words, matches_group
from signpost.core.places import Point
from signpost.core.services import ACCESS, ALONE
from tests.builders import (
    BUXTON,
    CARDIFF,
    assessed,
    channel,
    day,
    door,
    life,
    location,
    moment,
    notice,
    outcome,
    place,
    regime,
    service,
    source,
    wall,
)

HIGH_PEAK = ("E07000037",)


def said(record, at="2024-02-01T19:00", **asked):
    return outcome(assessed(record, at, **asked))


def codes(remarks):
    return [found.code for found in remarks]


class TestLifeAndHours:
    drop_in = service(
        "buxton-drop-in",
        door("Mo-Su 18:00-23:00"),
        life=life("announced 2023-05-18", "opens 2023-08 planned"),
        sources=(source("2023-05-18"),),
    )

    @pytest.mark.parametrize(
        ("at", "expected"),
        [
            ("2023-05-17T19:00", "gone_or_not_yet: not_yet_open"),
            ("2023-07-31T19:00", "gone_or_not_yet: not_yet_open"),
            ("2023-08-12T19:30", "unknown: opening_planned"),
            ("2023-08-12T15:00", "closed"),
            ("2025-06-12T19:30", "unknown: opening_planned, stale"),
        ],
    )
    def test_a_planned_drop_in(self, at, expected):
        assert said(self.drop_in, at) == expected

    def test_the_reason_reads_as_words(self):
        found = assessed(self.drop_in, "2025-06-12T19:30")
        assert [reason.text for reason in found.reasons] == [
            "planned to open August 2023; no source confirms that it did",
            "last confirmed May 2023",
        ]

    @pytest.mark.parametrize(
        ("events", "at", "expected"),
        [
            (("opens 2023-08-12",), "2023-08-11T19:00", "gone_or_not_yet: not_yet_open"),
            (("closes 2024-01-15",), "2024-01-16T19:00", "gone_or_not_yet: closed_down"),
            (("pauses 2024-01-15",), "2024-02-01T19:00", "gone_or_not_yet: paused"),
            (("pauses 2024-01", "closes 2024-01"), "2024-02-01T19:00",
             "gone_or_not_yet: closed_down"),
            # surely not there, whether not begun or already over
            (("opens 2024-03 planned", "closes 2024-01-15"), "2024-02-01T19:00",
             "gone_or_not_yet: closed_down"),
            (("pauses 2024-01-15", "closes 2024-02~"), "2024-02-10T19:00",
             "gone_or_not_yet: closed_down"),
        ],
    )  # fmt: skip
    def test_what_does_not_exist_is_not_merely_closed(self, events, at, expected):
        assert said(service("haven", door(), life=life(*events)), at) == expected

    def test_a_session_begun_on_the_last_evening_is_still_open(self):
        haven = service("haven", door("Mo-Su 18:00-02:00"), life=life("closes 2024-01-31"))
        found = assessed(haven, "2024-02-01T01:00")
        assert (found.state, wall(found.until)) == ("open", "2024-02-01T02:00")
        assert said(haven, "2024-02-01T02:00") == "gone_or_not_yet: closed_down"

    @pytest.mark.parametrize(
        ("hours", "at", "expected"),
        [
            ("Mo-Su 18:00-23:00", "2024-02-01T18:00", "open"),
            ("Mo-Su 18:00-23:00", "2024-02-01T22:59", "open"),
            ("Mo-Su 18:00-23:00", "2024-02-01T23:00", "closed"),
            ("Sa 18:00-23:00", "2024-02-01T18:00", "closed"),
            (None, "2024-02-01T18:00", "unknown: hours_unpublished"),
            ("unknown", "2024-02-01T18:00", "unknown: hours_unpublished"),
            ('Mo-Fr 18:00-23:00 unknown "two evenings a week"', "2024-02-01T18:00",
             "unknown: hours_unknown"),
            ('Mo-Fr 18:00-23:00 unknown "two evenings a week"', "2024-02-01T12:00", "closed"),
        ],
    )  # fmt: skip
    def test_hours(self, hours, at, expected):
        found = said(service("haven", door(hours)), at)
        assert found.replace("closed", expected) == expected  # later that day is not closed

    @pytest.mark.parametrize(
        ("at", "expected"),
        [
            ("2023-12-25T03:00", "closed"),  # closed on any reading
            ("2023-12-25T19:00", "unknown: bank_holiday_unstated"),
            ("2023-12-24T19:00", "open"),  # Christmas Eve is no bank holiday
            ("2035-05-07T19:00", "unknown: holiday_table_ends, stale"),  # a Monday of May
        ],
    )
    def test_an_evening_door_silent_on_bank_holidays(self, at, expected):
        assert said(service("haven", door(bank_holidays=None)), at) == expected

    @pytest.mark.parametrize(
        ("areas", "at", "words"),
        [
            (("NAT:Wales",), "2023-12-25T19:00", "Christmas Day, England and Wales"),
            (("UK",), "2023-12-25T19:00", "Christmas Day"),
            (("NAT:Scotland", "NAT:Northern Ireland"), "2023-12-26T19:00", "Boxing Day"),
        ],
    )
    def test_a_holiday_of_several_nations_is_said_once(self, areas, at, words):
        found = assessed(service("line", channel("Mo-Su 18:00-23:00"), areas=areas), at, near=None)
        assert [reason.text for reason in found.reasons] == [
            f"bank holiday ({words}): no source says whether it opens"
        ]

    @pytest.mark.parametrize(
        ("policy", "expected"),
        [
            ("as_usual", "open"),
            ("as_sunday", "closed"),
            ("closed", "closed"),
            (None, "unknown: bank_holiday_unstated"),
        ],
    )
    def test_a_weekday_door_on_a_bank_holiday(self, policy, expected):
        haven = service("haven", door("Mo-Fr 18:00-23:00", bank_holidays=policy))
        assert said(haven, "2023-12-26T19:00") == expected

    def test_a_line_of_two_nations_heeds_both_of_their_holidays(self):
        line = channel("Mo-Fr 09:00-17:00", bank_holidays="closed")
        both = service("line", line, areas=("NAT:England", "NAT:Scotland"))
        assert said(both, "2024-01-02T12:00") == "unknown: nations_differ"  # 2 January
        assert said(both, "2024-01-01T12:00") == "closed"
        assert said(both, "2024-01-03T12:00") == "open"

    @pytest.mark.parametrize(
        ("at", "expected"),
        [
            ("2023-10-29T00:59+01:00", "open"),
            ("2023-10-29T01:15+01:00", "open"),
            ("2023-10-29T01:45+01:00", "unknown: clock_change"),
            ("2023-10-29T01:15+00:00", "unknown: clock_change"),
            ("2023-10-29T01:45+00:00", "closed"),
            ("2023-03-26T00:59+00:00", "open"),  # 01:30 never comes
            ("2023-03-26T02:45+01:00", "closed"),
        ],
    )
    def test_the_nights_on_which_the_clocks_change(self, at, expected):
        assert said(service("haven", door("Sa 20:00-01:30")), at) == expected


class TestRegimes:
    numbers = (
        {"until": "2020-07~", "number": "0300 790 0596"},
        {"since": "2020-07-28~", "number": "0800 028 0077"},
    )
    published = (source("2020-05-01", since="2020-04-01"), source("2020-09-01"))

    @pytest.mark.parametrize(
        ("at", "expected", "number"),
        [
            ("2020-07-20T12:00", "open", "0300 790 0596"),
            # the number changed on an unknown day: both are open, neither is sure
            ("2020-07-25T12:00", "unknown: regime_unsure", "0300 790 0596"),
            ("2020-08-01T12:00", "unknown: before_evidence", "0800 028 0077"),
            ("2020-08-04T12:00", "unknown: before_evidence", "0800 028 0077"),
            ("2020-09-01T12:00", "open", "0800 028 0077"),
        ],
    )
    def test_a_number_that_changed_on_an_unknown_day(self, at, expected, number):
        record = service("line", channel(regimes=self.numbers), sources=self.published)
        found = assessed(record, at)
        assert outcome(found) == expected
        if number:
            assert found.regime.number == number

    def test_the_newest_is_shown_where_both_are_evidenced_and_either_may_hold(self):
        newer = source("2020-09-01", since="2020-07-01")
        record = service("line", channel(regimes=self.numbers), sources=(newer,))
        assert assessed(record, "2020-07-25T12:00").regime.number == "0800 028 0077"

    def test_of_two_without_evidence_the_newer_is_the_one_left_out(self):
        late = source("2020-09-01", since="2020-07-28")
        record = service("line", channel(regimes=self.numbers), sources=(late,))
        found = assessed(record, "2020-07-25T12:00")
        assert found.reasons[0].text == "no evidence before 28 July 2020"

    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            ({"hours": "Mo-Su 00:00-24:00"}, "open"),
            ({"cost": "paid"}, "open"),
            ({"note": "ask for the crisis team"}, "open"),
            ({"languages": ("Welsh",)}, "open"),
            ({"access": "booking"}, "unknown: regime_unsure, book_first"),
            ({"min_age": 18}, "unknown: regime_unsure"),
            ({"purpose": "booking"}, "no help"),
        ],
    )
    def test_a_change_on_an_unknown_day_matters_where_it_would_mislead(self, change, expected):
        way = channel(regimes=({"until": "2024-02"}, {"since": "2024-02", **change}))
        found = said(service("line", way, sources=(source("2024-03-01", since="2020"),)))
        assert found == expected

    def test_past_midnight_the_door_is_where_it_was_in_the_evening(self):
        old, new = location(address="1 Old Street"), location(address="2 New Street")
        way = door("Mo-Su 18:00-02:00", regimes=(
            {"until": "2024-01-31", "location": old}, {"since": "2024-02-01", "location": new},
        ))  # fmt: skip
        record = service("haven", way, sources=(source("2024-02-10", since="2024-01-01"),))
        for at, address in (
            ("2024-02-01T01:00", "1 Old Street"),
            ("2024-02-01T19:00", "2 New Street"),
        ):
            found = assessed(record, at)
            assert (found.state, found.regime.location.address) == ("open", address)

    def test_a_time_that_no_regime_covers_is_gone(self):
        way = channel(regimes=({"until": "2022-12-31"}, {"since": "2024-03-01"}))
        record = service("line", way, sources=(source("2022-01-01"), source("2024-03-02")))
        assert said(record) == "gone_or_not_yet: no_regime"


class TestOpensLater:
    @pytest.mark.parametrize(
        ("at", "opens"),
        [
            ("2024-02-01T17:59", "2024-02-01T18:00"),
            ("2024-02-01T23:00", "2024-02-02T18:00"),
            ("2024-03-30T18:00", None),  # open now
        ],
    )
    def test_what_opens_within_24_hours(self, at, opens):
        found = assessed(service("haven", door()), at)
        assert wall(found.opens) == opens
        if opens:
            assert (found.state, found.hours_state, found.until) == ("closed", "closed", None)
            assert (found.reasons, found.check_with) == ((), None)

    @pytest.mark.parametrize(
        ("at", "expected"),
        [
            ("2024-02-02T18:00", "closed"),  # Saturday 18:00, 24 hours on
            ("2024-02-02T17:59", "closed"),  # a minute more: left out
        ],
    )
    def test_the_24_hours_are_exact(self, at, expected):
        found = assessed(service("haven", door("Sa 18:00-23:00")), at)
        assert outcome(found) == expected
        assert (getattr(found, "opens", None) is not None) == (at == "2024-02-02T18:00")

    def test_the_24_hours_are_of_real_time(self):
        haven = service("haven", door("Su 10:00-12:00"))
        # the night is an hour short: 10:00 is 24 hours after 09:00
        assert assessed(haven, "2024-03-30T09:00").opens == moment("2024-03-31T10:00")
        assert said(haven, "2024-03-30T08:59") == "closed"
        assert assessed(haven, moment("2024-03-30T09:00").astimezone(UTC)).opens

    @pytest.mark.parametrize(
        "haven",
        [
            service("a", door(access="booking")),
            service("b", door(response="days")),
            service("c", door(location=location(address=None, postcode=None))),
            service("d", door(), sources=(source("2021-01-01"),)),
            service("e", door(), life=life("opens 2023-08 planned")),
            service("f", door(), life=life("closes 2024-01-31 planned")),
            service("g", door('Mo-Su 18:00-23:00 unknown "some evenings"')),
            service("h", door(), life=life("opens 2020", "closes 2024-02-01")),
            service("i", door(regimes=({"until": "2024-02-01"},))),
        ],
    )
    def test_only_what_will_surely_be_open_and_usable(self, haven):
        assert said(haven, "2024-02-01T23:30") == "closed"

    def test_it_is_as_it_will_be_then(self):
        way = channel("Mo-Su 18:00-23:00", bank_holidays="as_usual", regimes=(
            {"until": "2024-02-01", "number": "0300 111 1111"},
            {"since": "2024-02-02", "number": "0300 222 2222"},
        ))  # fmt: skip
        record = service("line", way, sources=(source("2024-03-01", since="2020"),))
        found = assessed(record, "2024-02-01T23:30")
        assert (wall(found.opens), found.regime.number) == ("2024-02-02T18:00", "0300 222 2222")

    def test_not_what_a_notice_will_keep_shut(self):
        shut = notice(services=("haven",), since="2024-02-02")
        haven = service("haven", door())
        assert said(haven, "2024-02-01T23:30", notices=(shut,)) == "closed"
        assert assessed(haven, "2024-02-01T17:30", notices=(shut,)).opens

    def test_not_what_will_no_longer_be_confirmed(self):
        haven = service("haven", door(), sources=(source("2022-02-01"),))
        assert assessed(haven, "2024-02-01T17:30").opens
        assert said(haven, "2024-02-01T23:30") == "closed"

    def test_the_next_opening_that_is_sure_counts(self):
        haven = service("haven", door('Mo-Fr 18:00-23:00; Th 18:00-23:00 unknown "some"'))
        found = assessed(haven, "2024-02-01T17:30")  # a Thursday
        assert found is not None
        assert outcome(found) == "closed"
        assert not hasattr(found, "opens")  # Friday 18:00 is more than 24 hours away


class TestEvidence:
    @pytest.mark.parametrize(
        ("way", "published", "expected"),
        [
            (door(), "2022-02-01", "open"),
            (door(), "2022-01-31", "unknown: stale"),
            (channel(), "2021-02-01", "open"),
            (channel(), "2021-01-31", "unknown: stale"),
            (door(), "2022-02-08~", "open"),
            (door(), "2022-02-07~", "unknown: stale"),  # perhaps 31 January
            (channel(), None, "unknown: undated"),
        ],
    )
    def test_how_old_it_may_be(self, way, published, expected):
        record = service("haven", way, sources=(source(published, since="2015"),))
        assert said(record) == expected

    def test_a_low_source_does_not_make_a_door_sure(self):
        old, low = source("2020-01-01"), source("2024-01-01", grade="low")
        assert said(service("haven", door(), sources=(old, low))) == "unknown: stale"
        assert said(service("haven", door(), sources=(low,))) == "unknown: undated"
        assert said(service("line", sources=(old, low))) == "open"

    def test_before_the_first_evidence_it_is_not_offered(self):
        record = service("line", sources=(source("2021-01-14"),))
        found = assessed(record, "2021-01-13T19:00")
        assert outcome(found) == "gone_or_not_yet: before_evidence"
        assert found.reasons[0].text == "no evidence before 14 January 2021"
        assert said(record, "2021-01-14T19:00") == "open"

    def test_a_known_opening_makes_it_one_to_check_until_its_first_evidence(self):
        record = service("line", sources=(source("2021-01-14"),), life=life("opens 2019-06-01"))
        assert said(record, "2020-01-13T19:00") == "unknown: before_evidence"
        assert said(record, "2021-01-14T19:00") == "open"
        planned = record._replace(life=life("opens 2019-06-01 planned"))
        assert said(planned, "2020-01-13T19:00") == "gone_or_not_yet: before_evidence"

    @pytest.mark.parametrize(
        ("missing", "words"),
        [
            ("hours", "no dated source gives its hours"),
            ("contact", "no dated source gives its contact"),
        ],
    )
    def test_an_undated_fact_is_named(self, missing, words):
        other = {"hours": "contact", "contact": "hours"}[missing]
        record = service("line", sources=(source(supports=(other,)), source(None)))
        assert [reason.text for reason in assessed(record).reasons] == [words]


class TestNotices:
    overtaken = notice(
        "overtaken", "2024-04", services=(), role="nhs_crisis_line", nation="England",
        unless_evidence_since="2025-01-01", what="111 took over",
    )  # fmt: skip
    line = service(
        "derby-line", role="nhs_crisis_line", areas=("NAT:England",),
        sources=(source("2024-01-01", since="2020"),),
    )  # fmt: skip

    @pytest.mark.parametrize(
        ("at", "over", "expected"),
        [
            ("2024-03-31T19:00", {}, "open"),
            ("2024-04-01T19:00", {}, "unknown: overtaken"),  # from the month's first day
            ("2026-11-21T19:00", {}, "unknown: overtaken"),
            ("2024-04-01T19:00", {"role": "staff_line"}, "open"),
            ("2024-04-01T19:00", {"role": None}, "open"),
            ("2024-04-01T19:00", {"nations": ("Wales",)}, "open"),
            ("2024-04-01T19:00", {"sources": (source("2025-01-01", since="2020"),)}, "open"),
            ("2024-04-01T19:00", {"sources": (source("2024-12-31", since="2020"),)},
             "unknown: overtaken"),
            # that it still exists says nothing of its number
            ("2024-04-01T19:00",
             {"sources": (source(), source("2025-06-01", supports=("life", "name")))},
             "unknown: overtaken"),
            ("2024-04-01T19:00", {"sources": (source(), source("2025-06-01", channels=("text",)))},
             "unknown: overtaken"),
        ],
    )  # fmt: skip
    def test_overtaken(self, at, over, expected):
        record = self.line._replace(**over)
        assert said(record, at, notices=(self.overtaken,)) == expected

    def test_it_says_what_and_whom_to_use_instead(self):
        found = assessed(self.line, "2024-04-01T19:00", notices=(self.overtaken,))
        assert (found.hours_state, found.reasons[0].text) == ("open", "111 took over")
        assert found.notice.instead == "nhs-111"

    def test_it_may_name_services_and_every_nation(self):
        named = self.overtaken._replace(services=("derby-line",), role=None)
        assert said(self.line, "2024-04-01T19:00", notices=(named,)) == "unknown: overtaken"
        anywhere = self.overtaken._replace(nation=None, unless_evidence_since=None)
        newer = self.line._replace(
            nations=("Wales",), sources=(source("2026-01-01", since="2020"),)
        )
        assert said(newer, "2024-04-01T19:00", notices=(anywhere,)) == "unknown: overtaken"

    def test_what_is_closed_anyway_is_not_made_doubtful(self):
        record = self.line._replace(channels=(channel("Sa 09:00-17:00"),))
        assert said(record, "2024-05-01T19:00", notices=(self.overtaken,)) == "closed"

    @pytest.mark.parametrize(
        ("since", "until", "at", "expected"),
        [
            ("2024-02-02", None, "2024-02-01T23:59", "open"),
            ("2024-02-01", None, "2024-02-01T00:00", "closed: alert"),
            ("2024-01-20", "2024-02-01", "2024-02-01T23:59", "closed: alert"),
            ("2024-01-20", "2024-02-01", "2024-02-02T00:00", "open"),
            # days that are not known leave it unsure
            ("2024-02", None, "2024-01-31T19:00", "open"),
            ("2024-02", None, "2024-02-10T19:00", "unknown: alert"),
            ("2024-02", None, "2024-02-29T19:00", "closed: alert"),
            ("2024-01-20", "2024-02", "2024-02-01T19:00", "closed: alert"),
            ("2024-01-20", "2024-02", "2024-02-02T19:00", "unknown: alert"),
            ("2024-01-20", "2024-02", "2024-03-01T19:00", "open"),
        ],
    )
    def test_a_closure(self, since, until, at, expected):
        shut = notice("closed", since, until=until)
        assert said(service(), at, notices=(shut,)) == expected

    def test_a_closure_is_of_the_services_it_names(self):
        assert said(service("another"), notices=(notice(),)) == "open"

    def test_a_closure_counts_before_being_overtaken_and_a_sure_one_before_a_likely_one(self):
        perhaps = notice(since="2024", services=("derby-line",), what="perhaps")
        surely = notice(since="2024-04-01", services=("derby-line",), what="surely")
        everything = (self.overtaken, perhaps, surely)
        found = assessed(self.line, "2024-04-02T19:00", notices=everything)
        assert (found.state, found.notice.what) == ("closed", "surely")
        found = assessed(self.line, "2024-04-02T19:00", notices=everything[:2])
        assert (found.state, found.notice.what) == ("unknown", "perhaps")

    @pytest.mark.parametrize(
        ("at", "expected", "until"),
        [
            ("2024-01-31T23:00", "open", "2024-02-01T00:00"),  # an alert cuts the session
            ("2024-02-01T01:00", "closed: alert", None),
            ("2024-01-29T20:00", "open", "2024-01-30T02:00"),
            ("2024-02-03T20:00", "open", "2024-02-04T02:00"),
        ],
    )
    def test_an_alert_cuts_a_session_already_begun(self, at, expected, until):
        shut = notice(services=("haven",), since="2024-02-01", until="2024-02-02")
        found = assessed(service("haven", door("Mo-Su 18:00-02:00")), at, notices=(shut,))
        assert (outcome(found), wall(found.until)) == (expected, until)

    @pytest.mark.parametrize(
        ("at", "expected", "until"),
        [
            ("2026-12-01T09:59", "open", "2026-12-01T10:00"),  # until the alert's first minute
            ("2026-12-01T10:00", "closed: alert", None),
            ("2026-12-01T12:00", "closed: alert", None),
            ("2026-12-01T17:59", "closed: alert", None),
            ("2026-12-01T18:00", "open", None),
        ],
    )
    def test_a_line_is_down_from_one_minute_to_another(self, at, expected, until):
        down = notice(since="2026-12-01T10:00", until="2026-12-01T18:00")
        record = service(sources=(source("2026-11-01", since="2015"),))
        found = assessed(record, at, notices=(down,))
        assert (outcome(found), wall(found.until)) == (expected, until)
        assert found.notice == (down if expected.startswith("closed") else None)

    def test_until_is_the_nearest_of_several_notices_and_closing_time(self):
        evening = notice(since="2024-02-01T22:00", until="2024-02-01T22:30")
        later = notice(since="2024-02-01T21:00", channels=("haven/door",), services=())
        haven = service("haven", door("Mo-Su 18:00-23:00"))
        assert wall(assessed(haven, notices=(evening,)).until) == "2024-02-01T23:00"
        assert wall(assessed(haven, notices=(later, evening)).until) == "2024-02-01T21:00"

    @pytest.mark.parametrize(
        ("since", "until", "at", "opens"),
        [
            # shut when its hours begin: it opens when the alert ends
            ("2024-02-01T17:00", "2024-02-01T19:00", "2024-02-01T12:00", "2024-02-01T19:00"),
            ("2024-02-01T13:00", "2024-02-01T18:00", "2024-02-01T12:00", "2024-02-01T18:00"),
            # an end of unsure day or minute is none
            ("2024-02-01T17:00", "2024-02", "2024-02-01T12:00", None),
            # over before it matters, or begun when it has opened
            ("2024-02-01T13:00", "2024-02-01T14:00", "2024-02-01T12:00", "2024-02-01T18:00"),
            ("2024-02-01T18:30", "2024-02-01T19:00", "2024-02-01T12:00", "2024-02-01T18:00"),
            # this evening is lost and the next is not: 24 hours ahead is near enough, more is not
            ("2024-02-01T17:00", "2024-02-01T23:00", "2024-02-01T16:00", None),
            ("2024-02-01T20:00", "2024-02-02T18:30", "2024-02-01T23:30", "2024-02-02T18:30"),
            ("2024-02-02T17:00", "2024-02-02T18:30", "2024-02-01T23:30", "2024-02-02T18:30"),
            ("2024-02-02T13:00", "2024-02-02T18:30", "2024-02-02T12:59", "2024-02-02T18:30"),
        ],
    )
    def test_what_opens_later_opens_when_no_notice_closes_it(self, since, until, at, opens):
        shut = notice(since=since, until=until, services=("haven",))
        found = assessed(service("haven", door()), at, notices=(shut,))
        if since <= at:  # it runs, and is shown
            assert (outcome(found), found.opens) == ("closed: alert", None)
        elif opens is None:
            assert not hasattr(found, "opens")
        else:
            assert wall(found.opens) == opens

    def test_it_opens_when_it_is_sure_that_the_notice_is_over(self):
        perhaps = notice(since="2024-01-01", until="2024-01", services=("haven",))
        haven = service("haven", door("Mo-Su 18:00-02:00"))
        found = assessed(haven, "2024-01-31T16:00", notices=(perhaps,))
        assert (outcome(found), wall(found.opens)) == ("closed", "2024-02-01T00:00")

    @pytest.mark.parametrize(
        ("at", "until", "opens"),
        [
            ("2024-02-01T16:00", "2024-02-02T16:00", "2024-02-02T16:00"),
            ("2024-02-01T16:00", "2024-02-02T16:01", None),
            ("2024-02-01T16:00:59", "2024-02-02T16:01", None),
        ],
    )
    def test_what_a_notice_keeps_shut_for_more_than_24_hours_is_not_offered(self, at, until, opens):
        shut = notice(since="2024-02-01T17:00", until=until, services=("haven",))
        haven = service("haven", door("Th 18:00-19:00; Fr 15:00-17:00"))
        found = assessed(haven, at, notices=(shut,))
        assert outcome(found) == "closed"
        assert wall(getattr(found, "opens", None)) == opens

    def test_until_passes_over_a_notice_that_changes_nothing(self):
        shut = notice(services=("haven",), since="2024-02-05", until="2024-02-06")
        record = service("haven", channel('Mo-Fr 09:00-17:00 unknown "by appointment"'))
        found = assessed(record, "2024-02-01T16:00", notices=(shut,))
        assert wall(found.until) == "2024-02-01T17:00"
        always = assessed(service(), "2024-02-01T16:00", notices=(notice(since="2024-02-03"),))
        assert wall(always.until) == "2024-02-03T00:00"
        over = assessed(service(), "2024-02-09T16:00", notices=(notice(until="2024-02-03"),))
        assert over.until is None

    def test_an_unsure_closure_ends_when_it_is_over(self):
        shut = notice(since="2024-01-20", until="2024-02")
        found = assessed(service(), "2024-02-10T19:00", notices=(shut,))
        assert (found.hours_state, wall(found.until)) == ("unknown", "2024-03-01T00:00")

    def test_what_a_running_notice_closes_is_shown_even_outside_its_hours(self):
        shut = notice(services=("haven",), until="2024-02-03")
        found = assessed(service("haven", door()), "2024-02-01T09:00", notices=(shut,))
        assert (outcome(found), found.opens, found.notice) == ("closed: alert", None, shut)
        assert found.check_with is not None

    def test_a_notice_brings_nothing_back_from_the_dead(self):
        gone = service("haven", door(), life=life("closes 2023-12-31"))
        shut = notice(services=("haven",))
        assert said(gone, notices=(shut,)) == "gone_or_not_yet: closed_down"


class TestAccess:
    @pytest.mark.parametrize(
        ("way", "expected"),
        [
            (channel(), "open"),
            (door(), "open"),
            (channel(access="self_referral"), "open"),
            (channel(access="booking"), "unknown: book_first"),
            (channel(access="professional_referral"), "unknown: by_referral"),
            (channel(access="existing_patients"), "unknown: existing_patients"),
            (channel(access="unknown"), "unknown: access_unknown"),
            (door("24/7", access="via_emergency_department"), "unknown: via_emergency_department"),
            (channel(response="same_day"), "unknown: reply_later"),
            (channel(response="days"), "unknown: reply_later"),
            (channel(number=None), "unknown: no_contact"),
            (channel(kind="text", number=None), "unknown: no_contact"),
            (channel(kind="web_chat", url=None), "unknown: no_contact"),
            (
                channel(kind="email", email=None, response="days"),
                "unknown: no_contact, reply_later",
            ),
            (door(location=location(address=None, postcode=None)), "unknown: no_contact"),
            (door(location=location(address=None, name="The Hub")), "open"),
            (door(access="call_first"), "unknown: no_contact"),
            (channel(access="booking", response="days"), "unknown: book_first, reply_later"),
        ],
    )
    def test_open_is_what_one_can_use_alone_and_at_once(self, way, expected):
        found = assessed(service("haven", way))
        assert outcome(found) == expected
        assert found.usable_alone == (found.state == "open")
        assert (found.check_with is None) == (found.state == "open")
        assert found.hours_state == "open"

    @pytest.mark.parametrize("access", [name for name in ACCESS if name not in ALONE])
    def test_every_access_that_needs_somebody_else_lowers_the_state(self, access):
        assert assessed(service("haven", door(access=access))).state == "unknown"

    def test_the_reasons_read_well(self):
        ways = {
            door(access="call_first"): "no number to call first is published",
            channel(access="professional_referral", referral_via="a GP"): "only by referral (a GP)",
            channel(response="days"): "replies within days, not at once",
            channel(kind="app", url=None): "no link is published",
        }
        for way, words in ways.items():
            assert [reason.text for reason in assessed(service("x", way)).reasons] == [words]

    def test_call_first_is_open_with_a_number_of_its_day(self):
        ring = door(access="call_first")
        assert said(service("haven", ring, channel())) == "open"
        past = channel(regimes=({"until": "2023-12-31"},))
        assert said(service("haven", ring, past)) == "unknown: no_contact"
        staff = channel(professionals_only=True)
        assert said(service("haven", ring, staff)) == "unknown: no_contact"
        recorded = channel(purpose="recorded")
        assert said(service("haven", ring, recorded)) == "unknown: no_contact"
        assert said(service("haven", ring, channel(purpose="booking"))) == "open"

    @pytest.mark.parametrize(
        ("last", "hours", "at", "expected"),
        [
            (22 * 60 + 30, "Mo-Su 18:00-23:00", "2024-02-01T22:29", "open"),
            (22 * 60 + 30, "Mo-Su 18:00-23:00", "2024-02-01T22:30", "unknown: last_entry"),
            (22 * 60 + 30, "Mo-Su 18:00-24:00", "2024-02-01T23:30", "unknown: last_entry"),
            (22 * 60 + 30, "Mo-Su 18:00-02:00", "2024-02-01T21:30", "open"),
            (22 * 60 + 30, "Mo-Su 18:00-02:00", "2024-02-02T01:30", "unknown: last_entry"),
            (60, "Mo-Su 18:00-02:00", "2024-02-02T00:30", "open"),
            (60, "Mo-Su 18:00-02:00", "2024-02-02T01:00", "unknown: last_entry"),
            (1440, "Mo-Su 18:00-02:00", "2024-02-01T23:59", "open"),
            (1440, "Mo-Su 18:00-02:00", "2024-02-02T00:00", "unknown: last_entry"),
            (22 * 60 + 30, "24/7", "2024-02-01T23:00", "open"),  # it never closes
            # the hour that comes twice: from the first time, since it may be the one meant
            (90, "Sa 20:00-02:30", "2023-10-29T01:29+01:00", "open"),
            (90, "Sa 20:00-02:30", "2023-10-29T01:15+00:00", "unknown: last_entry"),
            # 01:30 never comes: from the earlier reading of it
            (90, "Sa 20:00-02:30", "2023-03-26T00:29+00:00", "open"),
            (90, "Sa 20:00-02:30", "2023-03-26T00:30+00:00", "unknown: last_entry"),
        ],
    )
    def test_no_newcomers_after_last_entry(self, last, hours, at, expected):
        assert said(service("haven", door(hours, last_entry=last)), at) == expected

    def test_last_entry_says_when(self):
        haven = service("haven", door(last_entry=1350))
        found = assessed(haven, "2024-02-01T22:45")
        assert found.reasons[0].text == "no newcomers after 10:30pm"
        assert found.usable_alone


class TestPurposeAndAudience:
    @pytest.mark.parametrize(
        "way",
        [
            channel(purpose="enquiries"),
            channel(purpose="booking"),
            channel(purpose="recorded"),
            channel(professionals_only=True),
        ],
    )
    def test_only_help_for_the_public_is_offered(self, way):
        assert assessed(service("line", way), groups=("professionals", "nhs_staff")) is None


class TestPerson:
    @pytest.mark.parametrize(
        ("asked", "groups", "expected"),
        [
            # work groups only when asked for
            ((), ("nhs_staff",), "not_for_you: group"),
            (("nhs_staff",), ("nhs_staff",), "open"),
            (("social_care_staff",), ("nhs_staff",), "not_for_you: group"),
            (("social_care_staff",), ("nhs_staff", "social_care_staff"), "open"),
            # a doctor is one of the NHS staff; somebody of the staff may be a doctor
            (("doctors",), ("nhs_staff",), "open"),
            (("nhs_staff",), ("doctors",), "open for doctors"),
            ((), ("doctors",), "not_for_you: group"),
            (("nurses",), ("doctors",), "not_for_you: group"),
            # other traits never hide
            ((), ("veterans",), "open for veterans"),
            (("veterans",), ("veterans",), "open"),
            (("lgbt",), ("veterans",), "open for veterans"),
            ((), ("veterans", "carers"), "open for veterans or carers"),
            ((), ("nhs_staff", "carers"), "open for NHS staff or carers"),
            ((), (), "open"),
        ],
    )
    def test_groups(self, asked, groups, expected):
        found = assessed(service("line", channel(groups=groups)), groups=asked)
        conditions = " ".join(found.text for found in getattr(found, "conditions", ()))
        assert f"{outcome(found)} {conditions}".strip() == expected

    @pytest.mark.parametrize(
        ("least", "most", "age", "expected"),
        [
            (18, None, None, "open 18 and over"),
            (None, 18, None, "open 18 and under"),
            (11, 25, None, "open ages 11 to 25"),
            (18, None, 17, "not_for_you: age"),
            (18, None, 18, "open"),
            (None, 18, 18, "open"),
            (None, 18, 19, "not_for_you: age"),
            (None, 0, 1, "not_for_you: age"),
            (None, None, 40, "open"),
        ],
    )
    def test_ages(self, least, most, age, expected):
        found = assessed(service("line", channel(min_age=least, max_age=most)), age=age)
        conditions = " ".join(found.text for found in getattr(found, "conditions", ()))
        assert f"{outcome(found)} {conditions}".strip() == expected

    def test_what_does_not_fit_says_for_whom_it_is(self):
        way = channel(groups=("nhs_staff", "social_care_staff"), min_age=18)
        found = assessed(service("line", way))
        assert [reason.text for reason in found.reasons] == [
            "18 and over",
            "for NHS staff or social care staff",
        ]

    def test_who_it_is_not_for_is_a_condition(self):
        way = channel(not_for=("People in immediate danger.",))
        found = assessed(service("line", way))
        assert [found.text for found in found.conditions] == ["not for: People in immediate danger"]

    def test_by_keeps_the_ways_asked_for(self):
        assert said(service(), by=("text",)) == "other_channel"
        assert said(service(), by=("text", "phone")) == "open"

    def test_words(self):
        assert age_words(None, None) == ""
        assert not matches_group(regime(), ("nhs_staff",))


class TestPlace:
    @pytest.mark.parametrize(
        ("areas", "miles", "within", "expected"),
        [
            (HIGH_PEAK, 29.9, None, "open"),
            (HIGH_PEAK, 30.1, None, "out_of_area"),
            (None, 14.9, None, "open"),
            (None, 15.1, None, "out_of_area"),
            (("E07000033",), 1, None, "out_of_area"),  # an area that excludes the place
            (("E07000033",), 1, 50.0, "out_of_area"),
            (HIGH_PEAK, 5.1, 5.0, "out_of_area"),
            (HIGH_PEAK, 40, 50.0, "open"),
            (None, 40, 50.0, "open"),
            (HIGH_PEAK, 0.1, 0.0, "out_of_area"),
        ],
    )
    def test_how_far_a_door_may_be(self, areas, miles, within, expected):
        haven = service("haven", door(miles=miles), areas=areas)
        found = assessed(haven, within_miles=within)
        assert outcome(found) == expected
        if expected == "open":
            assert found.distance_miles == pytest.approx(miles, abs=0.05)

    @pytest.mark.parametrize(
        ("areas", "expected", "scope"),
        [
            (("UK",), "open", "uk"),
            (("NAT:England",), "open", "nation"),
            (("CTY:Derbyshire",), "open", "local"),
            (("CTY:Derbyshire", "CTY:Nottinghamshire"), "open", "local"),
            (("CTY:Nottinghamshire",), "out_of_area", None),
            (None, "unknown: area_unknown", "uk"),
        ],
    )
    def test_a_line_goes_by_its_area(self, areas, expected, scope):
        found = assessed(service("line", areas=areas), within_miles=1.0)
        assert outcome(found) == expected
        if scope:
            assert (found.scope, found.distance_miles) == (scope, None)

    @pytest.mark.parametrize(
        ("miles", "near", "expected"),
        [
            (14, BUXTON, "open"),
            (16, BUXTON, "out_of_area"),
            (14, place(point=None), "out_of_area"),
            (14, None, "out_of_area"),
        ],
    )
    def test_a_line_of_unknown_area_goes_by_its_services_doors(self, miles, near, expected):
        both = service("haven", channel(), door(miles=miles), areas=None)
        found = assessed(both, near=near)
        assert outcome(found) == expected
        if expected == "open":
            assert found.scope == "local"

    @pytest.mark.parametrize(
        ("record", "expected"),
        [
            (service("line"), "open"),
            (service("line", areas=("NAT:Wales",)), "open"),
            (service("line", areas=("CTY:Derbyshire",)), "out_of_area"),
            (service("line", areas=None), "unknown: area_unknown"),
            (service("haven", door()), "out_of_area"),
            (service("haven", door(location=None)), "out_of_area"),
        ],
    )
    def test_without_a_place_only_the_lines_of_a_nation_are_offered(self, record, expected):
        assert said(record, near=None) == expected

    @pytest.mark.parametrize(
        ("where", "areas", "near", "expected"),
        [
            (location(lat=None, lon=None), HIGH_PEAK, BUXTON, "open"),
            (location(lat=None, lon=None), None, BUXTON, "out_of_area"),
            (location(lat=53.2, lon=None), None, BUXTON, "out_of_area"),
            (location(), HIGH_PEAK, place(point=None), "open"),
            (location(), None, place(point=None), "out_of_area"),
            (None, HIGH_PEAK, BUXTON, "unknown: no_contact"),
            (None, None, BUXTON, "out_of_area"),
        ],
    )
    def test_a_door_whose_distance_is_not_known_goes_by_its_area(
        self, where, areas, near, expected
    ):
        found = assessed(service("haven", door(location=where), areas=areas), near=near)
        assert outcome(found) == expected
        assert getattr(found, "distance_miles", None) is None

    @pytest.mark.parametrize(
        ("precision", "near", "rough"),
        [
            (0.0, BUXTON, False),
            (None, BUXTON, False),
            (1.9, BUXTON, False),
            (2.0, BUXTON, True),
            (0.0, place(precision_km=2.0), True),
        ],
    )
    def test_a_distance_is_rough_where_either_end_is(self, precision, near, rough):
        haven = service("haven", door(location=location(1, precision_km=precision)))
        assert assessed(haven, near=near).rough_distance is rough

    def test_an_area_that_may_hold_only_part_of_the_place_is_said(self):
        near = place(partly=("CTY:Derbyshire",))
        assert codes(assessed(service("a", areas=("CTY:Derbyshire",)), near=near).conditions) == [
            "part_of_area"
        ]
        both = service("a", areas=("CTY:Derbyshire", "NAT:England"))
        assert assessed(both, near=near).conditions == ()

    def test_the_nation_counts(self):
        assert said(service("line", areas=("NAT:Wales",)), near=BUXTON) == "out_of_area"
        assert said(service("line", areas=("NAT:Wales",)), near=CARDIFF) == "open"

    def test_the_zone_of_the_asker_does_not_matter(self):
        haven = service("haven", door("Mo-Su 18:00-23:00"))
        at = moment("2024-07-01T18:00")
        assert at.astimezone(UTC).hour == 17
        assert assessed(haven, at.astimezone(UTC)) == assessed(haven, at)

    def test_far_away_doors_do_not_lend_their_line(self):
        far = place(point=Point(50.0, -5.0))
        both = service("haven", channel(), door(miles=1), areas=None)
        assert said(both, near=far) == "out_of_area"


class TestContacts:
    @pytest.mark.parametrize(
        ("way", "expected"),
        [
            (channel(), "0300 123 4567"),
            (channel(kind="text"), "85258"),
            (channel(kind="email"), "help@example.org"),
            (channel(kind="online"), "https://example.org/chat"),
            (door(location=location()), "1 Market Street, Buxton, SK17 6ET"),
            (door(location=location(name="The Hub", address=None)), "The Hub, Buxton, SK17 6ET"),
            (door(location=location(address=None)), None),  # a postcode is a whole street
            (door(location=location(name="The Hub", address=None, postcode=None)), None),
            (door(location=None), None),
        ],
    )
    def test_what_one_needs_to_use_a_channel(self, way, expected):
        assert contact_of(way, way.regimes[0]) == expected

    def test_the_number_of_a_service(self):
        line = channel(regimes=(
            {"until": "2022-12-31", "number": "0300 111 1111"},
            {"since": "2023-01-01", "number": "0300 222 2222"},
        ))  # fmt: skip
        record = service("haven", door(), channel(kind="text"), line)
        assert phone_of(record) == "0300 222 2222"
        assert phone_of(record, day("2022-06-01")) == "0300 111 1111"
        assert phone_of(service("haven", door(), channel(number=None))) is None

    @pytest.mark.parametrize(
        ("channels", "expected"),
        [
            ((channel(access="booking"),), "0300 123 4567"),
            ((door(access="booking"), channel(number="0300 999 9999")), "0300 999 9999"),
            ((channel(number=None), channel(id="two")), "0300 123 4567"),
            ((door(access="via_emergency_department"), channel()),
             "the emergency department (A&E)"),
            ((channel(access="professional_referral", referral_via="a GP"),), "a GP"),
            ((channel(access="professional_referral"),), "0300 123 4567"),
            ((door(), channel(kind="email")), "help@example.org"),
            ((door(), channel(kind="online")), "https://example.org/chat"),
            ((door(), channel(kind="online", regimes=({"until": "2023-01-01"},))),
             "Derbyshire Mind"),
            ((door(), channel(kind="online", professionals_only=True)), "Derbyshire Mind"),
            ((door(access="existing_patients"),), "the person's GP or mental health team"),
            ((door(access="professional_referral"),), "the person's GP or mental health team"),
            ((door(),), "Derbyshire Mind"),
        ],
    )  # fmt: skip
    def test_whom_to_ask(self, channels, expected):
        record = service("haven", *channels)
        way = channels[0]
        assert whom_to_ask(record, way, way.regimes[0], day("2024-02-01")) == expected
