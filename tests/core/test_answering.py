"""A whole answer: its sections, its sentence, what is left out, what is said about the data."""

import pytest

from signpost.core.answering import MAX_DOORS, answer, bare_answer, verdict
from signpost.core.floor import BUILT_IN
from signpost.core.query import DataVersion
from signpost.core.reasons import LEFT_OUT, remark
from tests.builders import (
    AT,
    BUXTON,
    answer_of,
    assessed,
    channel,
    day,
    door,
    life,
    material,
    notice,
    place,
    query,
    service,
    wall,
)

SECTIONS = ("open", "check_first", "opens_later")


def ids(options):
    return [option.service.id for option in options]


def test_every_option_stands_in_the_section_of_its_state():
    found = answer_of(
        service("haven", door()),
        service("line"),
        service("booked", channel(access="booking")),
        service("later", channel("Mo-Su 21:00-23:00", bank_holidays="as_usual")),
        service("shut"),
        service("gone", life=life("closes 2023-12-31")),
        notices=(notice(services=("shut",)),),
    )
    assert {name: ids(getattr(found, name)) for name in SECTIONS} == {
        "open": ["haven", "line"],
        "check_first": ["booked", "shut"],
        "opens_later": ["later"],
    }


def test_what_a_notice_closes_is_shown_with_the_stand_in_and_gone_after_its_end():
    shut = notice(until="2024-02-03")
    [option] = answer_of(service(), at="2024-02-03T23:59", notices=(shut,)).check_first
    assert (option.state, option.notice.instead) == ("closed", "nhs-111")
    after = answer_of(service(), at="2024-02-04T00:00", notices=(shut,))
    assert (ids(after.open), after.check_first, after.open[0].notice) == (["crisis-line"], (), None)


def test_what_opens_later_comes_in_order_of_opening():
    def evening(name, hour):
        return service(name, channel(f"Mo-Su {hour}:00-23:30", bank_holidays="as_usual"))

    found = answer_of(evening("c", 20), evening("b", 22), evening("a", 21)).opens_later
    assert [(option.service.id, wall(option.opens)[11:]) for option in found] == [
        ("c", "20:00"),
        ("a", "21:00"),
        ("b", "22:00"),
    ]


def test_what_is_left_out_is_counted_by_why():
    found = answer_of(
        service("closed", channel("Mo 01:00-02:00")),
        service("staff", channel(groups=("nhs_staff",)), channel(id="two", groups=("nurses",))),
        service("far", areas=("NAT:Wales",)),
        service("gone", life=life("closes 2023-12-31")),
        service("text", channel(kind="text")),
        service("enquiries", channel(purpose="enquiries")),
        by=("phone",),
    )
    assert found.left_out == {
        "closed": 1,
        "not_for_you": 2,
        "out_of_area": 1,
        "other_channel": 1,
        "gone_or_not_yet": 1,
    }
    assert not any(getattr(found, name) for name in SECTIONS)


class TestManyDoors:
    havens = tuple(service(f"haven-{n:02}", door(miles=n / 10)) for n in range(1, MAX_DOORS + 11))

    def test_the_nearest_fifty_are_looked_at(self):
        found = answer_of(*reversed(self.havens), service("line"))
        assert ids(found.open) == [*(f"haven-{n:02}" for n in range(1, MAX_DOORS + 1)), "line"]
        assert found.more
        assert found.caveats[-1].text == "only the nearest 50 doors were looked at"

    def test_fifty_are_not_many(self):
        found = answer_of(*self.havens[:MAX_DOORS])
        assert (len(found.open), found.more, found.caveats) == (MAX_DOORS, False, ())

    def test_doors_that_do_not_fit_do_not_count(self):
        staff = tuple(
            service(f"staff-{n}", door(miles=0.1, groups=("nhs_staff",))) for n in range(MAX_DOORS)
        )
        found = answer_of(*staff, *self.havens[:MAX_DOORS])
        assert (len(found.open), found.more) == (MAX_DOORS, False)

    def test_equally_near_ones_are_told_apart_by_id_and_the_unplaced_come_last(self):
        same = [service(f"haven-{n:02}", door(miles=1)) for n in range(MAX_DOORS + 1)]
        unplaced = service("aaa", door(location=None))
        for records in ((unplaced, *same), (*reversed(same), unplaced)):
            found = answer_of(*records)
            assert ids(found.open) == [record.id for record in same[:MAX_DOORS]]
            assert found.check_first == ()


class TestVerdict:
    @pytest.mark.parametrize(
        ("doors", "lines", "expected"),
        [
            (0, 0, "No door near Buxton is surely open now, and no line but the emergency ones."),
            (0, 1, "No door near Buxton is surely open now; 1 line is."),
            (0, 2, "No door near Buxton is surely open now; 2 lines are."),
            (1, 0, "1 door near Buxton is open now."),
            (1, 1, "1 door near Buxton and 1 line are open now."),
            (1, 2, "1 door near Buxton and 2 lines are open now."),
            (3, 0, "3 doors near Buxton are open now."),
            (3, 1, "3 doors near Buxton and 1 line are open now."),
        ],
    )
    def test_near_a_place(self, doors, lines, expected):
        havens = [service(f"haven-{n}", door()) for n in range(doors)]
        numbers = [service(f"line-{n}") for n in range(lines)]
        assert answer_of(*havens, *numbers).verdict == expected

    @pytest.mark.parametrize(
        ("lines", "expected"),
        [
            (0, "No place given, so no doors are listed; no line but the emergency ones is open "
                "now."),
            (1, "No place given, so no doors are listed; 1 line is open now."),
            (2, "No place given, so no doors are listed; 2 lines are open now."),
        ],
    )  # fmt: skip
    def test_without_a_place(self, lines, expected):
        numbers = [service(f"line-{n}") for n in range(lines)]
        assert answer_of(*numbers, service("haven", door()), near=None).verdict == expected

    def test_it_counts_services_that_are_surely_open_and_can_be_talked_to(self):
        both = service("both", channel(), channel(kind="text"), channel(kind="web_chat"))
        page = service("page", channel(kind="online"), channel(kind="app"))
        booked = service("booked", channel(access="booking"), door(access="booking"))
        found = answer_of(both, page, booked)
        assert len(found.open) == 5
        assert found.verdict == "No door near Buxton is surely open now; 1 line is."

    def test_a_service_with_a_door_and_a_line_counts_as_both(self):
        options = [
            assessed(service("both", way)) for way in (door(), channel(), channel(kind="text"))
        ]
        assert verdict(query(), options) == "1 door near Buxton and 1 line are open now."


class TestCaveats:
    def texts(self, **asked):
        over = asked.pop("material", {})
        found = answer(query(asked.pop("at", AT), **asked), material(**over))
        return [caveat.text for caveat in found.caveats]

    def test_none_is_the_rule(self):
        assert self.texts() == []

    def test_no_place(self):
        assert self.texts(near=None) == [
            "no place was given, so doors and local lines are not listed; add --near"
        ]

    def test_a_rough_place_and_one_of_several(self):
        near = place(precision_km=3.0, also=("Buxton, Norfolk", "two", "three", "four"))
        assert self.texts(near=near) == [
            "Buxton is only roughly located, so distances are rough",
            "taken as Buxton, Derbyshire; also called that: Buxton, Norfolk, two, three",
        ]

    @pytest.mark.parametrize(
        ("at", "frozen", "expected"),
        [
            ("2024-01-14T23:59", False,
             ["this clock is earlier than the data (released 15 January 2024); check its date"]),
            ("2024-01-15T00:00", False, []),
            ("2024-04-14T23:59", False, []),
            ("2024-04-15T00:00", False,
             ["the data are 91 days old (released 15 January 2024); details may have changed"]),
            ("2024-01-14T23:59", True, []),  # asked about another moment: no clock is wrong
            ("2030-01-14T23:59", True, []),
        ],
    )  # fmt: skip
    def test_the_clock_against_the_data(self, at, frozen, expected):
        assert self.texts(at=at, frozen=frozen) == expected

    def test_the_oldest_data_age_and_the_newest_tell_a_wrong_clock(self):
        two = (
            DataVersion("signpost", "1", day("2024-01-15")),
            DataVersion("ours", "1", day("2024-05-01")),
            DataVersion("undated", "1", None),
        )
        assert "released 1 May 2024" in self.texts(at="2024-04-30T12:00", material={"data": two})[0]
        assert "released 15 January" in self.texts(at="2024-05-02T12:00", material={"data": two})[0]
        assert self.texts(at="2034-05-02T12:00", material={"data": two[2:]}) == []

    def test_problems_of_the_data_are_passed_on(self):
        found = remark("records_left_out", count="1 record (a.yaml:1:1)", verb="is")
        assert self.texts(material={"problems": (found,)}) == [
            "1 record (a.yaml:1:1) could not be read and is left out; run signpost check"
        ]


def test_a_bare_answer_holds_the_emergency_lines_and_nothing_else():
    full = answer_of()
    bare = bare_answer(query(), full.emergency)
    assert ids(bare.emergency) == [record.id for record in BUILT_IN]
    assert (bare.open, bare.check_first, bare.opens_later) == ((), (), ())
    assert (bare.left_out, bare.more, bare.verdict, bare.caveats) == (
        dict.fromkeys(LEFT_OUT, 0),
        False,
        "",
        (),
    )


def test_the_answer_says_what_it_was_asked_and_of_which_data():
    found = answer_of()
    assert found.query == query(AT, BUXTON)
    assert [version.name for version in found.data] == ["signpost"]


def test_companions_stand_together_in_their_section():
    found = answer_of(
        service("adult", areas=("CTY:Derbyshire",)),
        service("other", areas=("CTY:Derbyshire",)),
        service("youth", pair="adult"),
    )
    assert ids(found.open) == ["adult", "youth", "other"]


def test_what_the_floor_says_is_not_repeated_below():
    same = service("by-111", channel(number="111"))
    option = service("option", channel(number="111", menu_option="2"))
    word = service("word", channel(kind="text", number="85258", keyword="FRONTLINE"))
    shout = service("shout", channel(kind="text", number="85258", keyword="SHOUT"))
    found = answer_of(same, option, shout, word)
    assert {"nhs-111", "shout-85258"} <= {option.service.id for option in found.emergency}
    assert {option.service.id for option in found.open} == {"option", "word"}
