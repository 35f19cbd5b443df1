"""The lines that need no data, and that nothing takes away."""

import pytest

from signpost.core.channel_days import Calendars
from signpost.core.floor import BUILT_IN
from signpost.core.places import Point
from signpost.core.services import NATIONS
from tests.builders import (
    BUXTON,
    CARDIFF,
    answer_of,
    channel,
    location,
    material,
    moment,
    notice,
    place,
    query,
    regime,
    service,
    source,
)

IDS = [record.id for record in BUILT_IN]
MINE = service("our-line", floor=True, role="nhs_crisis_line")


def floor_of(*records, **asked):
    return [option.service.id for option in answer_of(floor=records, **asked).emergency]


def test_the_numbers():
    said = {
        record.name: " ".join(filter(None, (own.keyword, own.number)))
        for record in BUILT_IN
        for own in record.channels[0].regimes
    }
    assert said == {
        "Emergency services": "999",
        "NHS 111": "111",
        "Samaritans": "116 123",
        "Shout": "SHOUT 85258",
        "Childline": "0800 1111",
    }


def test_they_are_for_every_nation_at_every_hour():
    for record in BUILT_IN:
        assert record.floor
        assert record.nations == NATIONS
        assert all(own.hours == "24/7" for way in record.channels for own in way.regimes)


def test_they_come_in_their_order_and_open():
    for records in (BUILT_IN, BUILT_IN[::-1]):
        found = answer_of(floor=records).emergency
        assert [option.service.id for option in found] == IDS
        assert {option.state for option in found} == {"open"}
        assert {option.notice for option in found} == {None}


def test_no_calendar_is_needed():
    from signpost.core.answering import answer

    found = answer(query(), material(calendars=Calendars({}), data=()))
    assert [option.service.id for option in found.emergency] == IDS


@pytest.mark.parametrize(
    "asked",
    [
        {"by": ("web_chat",)},
        {"groups": ("nhs_staff",)},
        {"within_miles": 0.0},
        {"near": None},
        {"near": CARDIFF},
        {"near": place(areas=(), point=None)},
        {"at": "1999-12-31T23:59"},
        {"at": "2049-12-25T03:00"},
        {"notices": tuple(notice(services=(name,), since="2020-01-01") for name in IDS)},
        {"notices": (notice("overtaken", services=tuple(IDS), since="2020-01-01"),)},
    ],
)
def test_no_filter_nor_notice_hides_them(asked):
    found = answer_of(floor=BUILT_IN, **asked).emergency
    assert [option.service.id for option in found] == IDS
    assert {(option.state, option.notice) for option in found} == {("open", None)}


@pytest.mark.parametrize(
    ("age", "missing"),
    [(None, []), (12, []), (18, []), (19, ["childline"]), (90, ["childline"])],
)
def test_an_age_may_leave_out_only_what_has_a_bound(age, missing):
    assert floor_of(*BUILT_IN, age=age) == [name for name in IDS if name not in missing]


@pytest.mark.parametrize("role", ["emergency", "nhs_urgent", "listening"])
def test_999_111_and_samaritans_are_there_at_any_age(role):
    bounded = service("x", channel(min_age=18), role=role, floor=True)
    assert floor_of(bounded, age=9) == ["x"]


@pytest.mark.parametrize(
    ("over", "expected"),
    [
        ({"sources": ()}, "open"),
        ({"sources": (source("2001-01-01"),)}, "open"),
        ({"sources": (source("2031-01-01"),)}, "open"),  # no evidence yet, for others
        ({"areas": ("CTY:Cumbria",)}, "open"),
        ({"areas": None}, "open"),
        ({"nations": ()}, "open"),
        ({"nations": ("Isle of Man",)}, None),
    ],
)
def test_freshness_and_areas_do_not_touch_a_floor_record(over, expected):
    found = answer_of(floor=(MINE._replace(**over),)).emergency
    assert [option.state for option in found] == ([expected] if expected else [])


def test_a_floor_record_closed_by_its_hours_is_there_and_says_so():
    record = MINE._replace(channels=(channel("Mo-Fr 09:00-17:00", bank_holidays="as_usual"),))
    shut = answer_of(floor=(record,)).emergency[0]
    assert (shut.state, shut.opens) == ("closed", moment("2024-02-02T09:00"))
    never = answer_of(floor=(MINE._replace(channels=(channel("2023 Mo-Su 09:00-17:00"),)),))
    assert (never.emergency[0].state, never.emergency[0].opens) == ("closed", None)


def test_a_floor_record_that_does_not_exist_yet_is_not_there():
    ways = (channel(regimes=({"since": "2025-01-01"},)),)
    assert floor_of(MINE._replace(channels=ways)) == []


@pytest.mark.parametrize(
    ("near", "expected"),
    [
        (BUXTON, ["english", "uk"]),
        (CARDIFF, ["uk", "welsh"]),
        (None, ["english", "uk", "welsh"]),
        # where it is not one of the four, every nation's lines are given
        (place("Douglas", nation="Isle of Man", areas=()), ["english", "uk", "welsh"]),
    ],
)
def test_the_nation_asked_about_decides(near, expected):
    records = (
        service("welsh", floor=True, role="nhs_urgent", nations=("Wales",)),
        service("uk", floor=True, role="nhs_urgent"),
        service("english", floor=True, role="nhs_urgent", nations=("England",)),
    )
    assert sorted(floor_of(*records, near=near)) == expected


def test_nations_come_in_their_order_and_strangers_do_no_harm():
    records = tuple(
        service(name.lower(), floor=True, role="nhs_urgent", nations=(name,))
        for name in ("Jersey", "Wales", "Scotland")
    )
    assert floor_of(*records, near=None) == ["jersey", "wales", "scotland"]


def test_nothing_of_the_floor_is_repeated_below():
    found = answer_of(MINE, floor=(MINE,))
    assert [option.service.id for option in found.emergency] == ["our-line"]
    assert found.open == found.check_first == found.opens_later == ()
    assert not any(found.left_out.values())


def test_only_help_is_on_the_floor():
    ways = (
        channel(purpose="enquiries"),
        channel(id="staff", professionals_only=True),
        channel(kind="text"),
    )
    found = answer_of(floor=(MINE._replace(channels=ways),)).emergency
    assert [option.channel.id for option in found] == ["text"]


def test_channels_of_a_floor_record_keep_their_order():
    ways = (channel(id="voice"), channel(kind="text"), channel(kind="web_chat"))
    found = answer_of(floor=(MINE._replace(channels=ways),)).emergency
    assert [option.channel.id for option in found] == ["voice", "text", "web_chat"]


def test_a_door_on_the_floor_needs_no_place():
    own = regime("in_person", location=location())
    record = MINE._replace(channels=(channel()._replace(kind="in_person", regimes=(own,)),))
    assert floor_of(record, near=place(point=Point(50.0, -5.0))) == ["our-line"]
