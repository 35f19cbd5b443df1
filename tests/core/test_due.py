"""What to check next, and in which order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signpost.core.channel_days import ChannelDays
from signpost.core.dates import add_months
from signpost.core.due import (
    DOOR_MINUTES,
    LINE_MINUTES,
    WHY,
    fitting,
    is_never_rung,
    route_to,
    tasks_due,
)
from signpost.core.evidence import freshness
from signpost.core.lives import known_opening
from tests.builders import (
    CALENDARS,
    channel,
    day,
    door,
    life,
    notice,
    regime,
    service,
    source,
)
from tests.properties.records import services

TODAY = day("2026-11-24")
FAR = day("2100-01-01")


def confirmed(id, published, *channels, **over):
    """A record whose one source is of a day."""
    sources = (source(published, since="2015-01-01" if published else None),)
    return service(id, *channels, sources=sources, **over)


def due(*records, by=FAR, notices=()):
    return tasks_due(records, notices, TODAY, by)


def listed(*records, by=FAR, notices=()):
    return [task.service.id for task in due(*records, by=by, notices=notices)]


class TestWhen:
    @pytest.mark.parametrize(
        ("way", "published", "lapses"),
        [
            (door(), "2024-12-16", "2026-12-17"),  # a door: 24 months, the last day included
            (channel(), "2024-12-16", "2027-12-17"),  # a line: 36
            (door(), "2024-02-29", "2026-03-01"),  # the month has no 29th: its last day
        ],
    )
    def test_the_first_day_too_old_is_the_day_after_the_limit(self, way, published, lapses):
        [task] = due(confirmed("a", published, way))
        assert task.lapses == day(lapses)
        assert task.last == day(published)

    def test_by_takes_in_the_day_itself_and_nothing_later(self):
        record = confirmed("a", "2024-12-16", door())
        assert listed(record, by=day("2026-12-16")) == []
        assert listed(record, by=day("2026-12-17")) == ["a"]

    @given(services("a-service"))
    def test_agrees_with_what_an_answer_makes_of_the_evidence(self, record):
        for task in due(record):
            if task.lapses is None:
                continue
            opened = known_opening(record.life, TODAY)
            verdicts = [
                freshness(record, task.channel, task.regime, at, opened).verdict
                for at in (task.lapses - 1, task.lapses)
            ]
            assert verdicts[0] != "stale"
            assert verdicts[1] != "fresh"

    @given(services("a-service"))
    def test_lists_no_channel_whose_regimes_are_over(self, record):
        for task in due(record):
            days = ChannelDays(record, task.channel, CALENDARS)
            assert days.regimes_on(TODAY)

    @pytest.mark.parametrize(
        ("events", "expected"),
        [
            (("closes 2024-01",), []),
            (("opens 2027-03",), []),
            (("opens 2025 planned",), ["life_unsure"]),
            (("opens 2019", "closes 2026-09 planned"), ["life_unsure"]),
            (("opens 2019", "pauses 2026-09"), ["paused"]),
            (("opens 2019",), ["lapsing"]),
        ],
    )
    def test_what_is_gone_is_not_checked_and_what_is_unsure_is(self, events, expected):
        record = confirmed("a", "2026-01-01", door(), life=life(*events))
        assert [task.code for task in due(record, by=FAR)] == expected

    def test_a_channel_that_offers_no_help_is_not_checked(self):
        assert listed(confirmed("a", "2020-01-01", channel(purpose="recorded"))) == []

    def test_what_is_not_evidenced_yet_is_not_offered_and_not_checked(self):
        assert listed(service("a", sources=(source("2027-01-01"),))) == []

    def test_a_record_without_a_dated_source_is_always_due(self):
        [task] = due(confirmed("a", None), by=TODAY)
        assert (task.code, task.lapses) == ("undated", None)
        assert task.why == "no dated source gives its hours"

    def test_says_what_is_not_known_beside_what_is_to_be_confirmed(self):
        bare = channel(None, number=None, url=None)
        [task] = due(confirmed("a", "2024-01-01", bare))
        assert task.facts == ("life",)
        assert task.gaps == ("hours", "contact")


class TestOrder:
    def test_riskiest_first(self):
        drop_in = {"kind": "drop_in"}
        records = {
            "reading": confirmed("reading", "2023-06-01", kind="information"),
            "helpline-lapsed": confirmed("helpline-lapsed", "2020-01-01"),
            "helpline-lapsing": confirmed("helpline-lapsing", "2024-01-01"),
            "crisis-line": confirmed("crisis-line", "2025-06-01", role="nhs_crisis_line"),
            "therapy-door": confirmed("therapy-door", "2024-12-01", door(), kind="counselling"),
            "door-undated": confirmed("door-undated", None, door(), **drop_in),
            "door-long-lapsed": confirmed("door-long-lapsed", "2019-01-01", door(), **drop_in),
            "door-lapsed": confirmed("door-lapsed", "2024-06-01", door(), **drop_in),
            "door-later": confirmed("door-later", "2025-01-01", door(), **drop_in),
            "door-next": confirmed("door-next", "2024-12-01", door(), **drop_in),
            "away": confirmed("away", "2026-11-01"),
        }
        alert = notice(since="2026-11-20", services=("away",))
        assert listed(*records.values(), notices=(alert,)) == [
            "away",  # an alert without an end
            "door-next", "door-later",  # shown as sure, and soon no more
            "door-lapsed", "door-long-lapsed", "door-undated",  # shown as check first already
            "therapy-door",
            "crisis-line",
            "helpline-lapsing", "helpline-lapsed",
            "reading",
        ]  # fmt: skip

    @given(st.permutations(range(6)))
    def test_does_not_depend_on_the_order_of_the_records(self, order):
        records = [confirmed(f"r{n}", "2024-06-01", door() if n % 2 else channel()) for n in order]
        assert listed(*records) == ["r1", "r3", "r5", "r0", "r2", "r4"]


class TestAlerts:
    def test_one_with_an_end_is_not_due_and_its_service_is_as_ever(self):
        record = confirmed("a", "2024-12-16", door())
        alert = notice(since="2026-11-20", until="2026-12-01", services=("a",))
        assert [task.code for task in due(record, notices=(alert,))] == ["lapsing"]

    def test_one_to_come_is_not_due_yet(self):
        alert = notice(since="2026-11-25", services=("a",))
        assert listed(confirmed("a", "2026-11-01"), by=TODAY, notices=(alert,)) == []

    def test_a_notice_that_lines_were_overtaken_has_no_end_and_is_no_alert(self):
        record = confirmed("a", "2026-11-01", role="nhs_crisis_line")
        for named in ((), ("a",)):
            standing = notice("overtaken", "2024-04-01", services=named, role="nhs_crisis_line")
            assert listed(record, by=TODAY, notices=(standing,)) == []

    def test_says_since_when_and_what(self):
        alert = notice(since="2026-11-20", services=("a",), what="flooded")
        [task] = due(confirmed("a", "2026-11-01", door()), notices=(alert,))
        assert task.why == "alert without an end, since 20 November 2026: flooded"
        assert task.facts == ("alert",)


class TestNeverTestCalled:
    @pytest.mark.parametrize(
        ("record", "expected"),
        [
            (service("a", floor=True), True),
            (service("a", role="listening", kind="information"), True),
            (service("a", role="nhs_crisis_line", kind="community_team"), True),
            (service("a"), True),  # every helpline
            (service("a", channel(kind="text"), kind="text_service"), True),
            (service("a", channel("24/7"), kind="community_team"), True),  # round the clock
            (service("a", channel("Mo-Fr 09:00-17:00"), kind="community_team"), False),
            (service("a", channel("Mo-Fr 09:00-17:00"), kind="staff_hub", role="staff_line"),
             False),
            (service("a", channel("24/7", purpose="booking"), kind="drop_in"), False),
            (service("a", door(), kind="drop_in"), False),
            (service("a", door(), role="nhs_crisis_line"), True),  # its number is the line
        ],
    )  # fmt: skip
    def test_which_lines_are(self, record, expected):
        way = record.channels[0]
        assert is_never_rung(record, way, way.regimes[0]) is expected

    def test_no_number_of_a_crisis_line_is_given_to_ring(self):
        line = service("a", role="nhs_crisis_line")
        assert route_to(line, line.channels[0], line.channels[0].regimes[0], TODAY).number is None

    def test_a_door_is_checked_with_its_office_not_its_helpline(self):
        house = service(
            "a", door(), channel("24/7", number="0800 111 111"),
            channel("Mo-Fr 09:00-17:00", id="office", purpose="enquiries", number="01298 1111"),
            channel("Mo-Fr 09:00-17:00", id="book", purpose="booking", number="01298 2222"),
            kind="drop_in",
        )  # fmt: skip
        route = route_to(house, house.channels[0], house.channels[0].regimes[0], TODAY)
        assert route.number == "01298 1111"
        assert not route.never_call

    def test_nor_with_a_line_of_its_own_that_is_there_round_the_clock(self):
        house = service("a", door(), channel("24/7", number="0800 111 111"), kind="drop_in")
        route = route_to(house, house.channels[0], house.channels[0].regimes[0], TODAY)
        assert route.number is None

    def test_numbers_for_professionals_and_recordings_are_never_given(self):
        hidden = channel("Mo-Fr 09:00-17:00", number="01298 1111", professionals_only=True)
        tape = channel("Mo-Fr 09:00-17:00", id="tape", number="01298 2222", purpose="recorded")
        house = service("a", door(), hidden, tape, kind="drop_in")
        assert route_to(house, house.channels[0], regime("in_person"), TODAY).number is None

    def test_the_providers_newest_page_is_preferred(self):
        pages = (
            source("2026-01-01", url="https://paper.example.org", grade="press"),
            source("2020-01-01", url="https://old.example.org"),
            source("2024-01-01", url="https://new.example.org"),
            source("2025-01-01", url="https://other.example.org", channels=("door",)),
        )
        line = service("a", sources=pages)
        route = route_to(line, line.channels[0], line.channels[0].regimes[0], TODAY)
        assert route.page == "https://new.example.org"


class TestMinutes:
    def test_doors_take_longer_than_lines(self):
        found = due(confirmed("a", "2024-01-01", door()), confirmed("b", "2020-01-01"))
        assert [task.minutes for task in found] == [DOOR_MINUTES, LINE_MINUTES] == [8, 4]

    @given(st.lists(st.booleans(), max_size=30), st.integers(1, 200))
    def test_a_list_fits_its_time_and_leaves_out_only_what_does_not(self, doors, minutes):
        tasks = due(*(
            confirmed(f"r{n:02}", "2024-01-01", door() if is_door else channel())
            for n, is_door in enumerate(doors)
        ))  # fmt: skip
        chosen = fitting(tasks, minutes)
        assert sum(task.minutes for task in chosen) <= minutes
        assert [task for task in tasks if task in chosen] == list(chosen)
        left = minutes - sum(task.minutes for task in chosen)
        for task in tasks:
            earlier = sum(kept.minutes for kept in chosen if tasks.index(kept) < tasks.index(task))
            if task not in chosen:
                assert task.minutes > minutes - earlier
                assert task.minutes > left


def test_every_reason_is_given_by_some_record():
    alert = notice(since="2026-11-20", services=("away",))
    records = (
        confirmed("away", "2026-11-01"),
        confirmed("unsure", "2026-11-01", door(), life=life("opens 2025 planned")),
        confirmed("paused", "2026-11-01", door(), life=life("opens 2019", "pauses 2026-09")),
        confirmed("lapsing", "2025-01-01", door()),
        confirmed("lapsed", "2020-01-01", door()),
        confirmed("undated", None),
    )
    assert {task.code for task in due(*records, notices=(alert,))} == set(WHY)


def test_the_limit_of_a_line_is_counted_in_calendar_months():
    [task] = due(confirmed("a", "2025-01-31"))
    assert task.lapses == add_months(day("2025-01-31"), 36) + 1 == day("2028-02-01")
