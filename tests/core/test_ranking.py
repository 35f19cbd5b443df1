"""The order within a section, as written in the design."""

from itertools import permutations

import pytest

from signpost.core.ranking import rank
from tests.builders import BUXTON, channel, door, query, service, source
from tests.builders import assessed as assess

DERBYSHIRE = {"areas": ("CTY:Derbyshire",)}
ENGLAND = {"areas": ("NAT:England",)}


def order(*records, **person):
    options = [
        assess(record._replace(channels=(way,)), **person)._replace(service=record)
        for record in records
        for way in record.channels
    ]
    ranked = rank(options, query(near=BUXTON, **person))
    return [option.service.id for option in ranked]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (service("z-local", **DERBYSHIRE), service("a-haven", door(miles=1))),
        (service("z-near", door(miles=1)), service("a-far", door(miles=9))),
        (service("z-haven", door(miles=20)), service("a-nation", **ENGLAND)),
        (service("z-nation", **ENGLAND), service("a-uk")),
        (service("z-general"), service("a-topic", topics=("debt",))),
        (service("z-crisis"), service("a-therapy", kind="counselling")),
        (service("z-fresh", sources=(source("2024-01-20"),)),
         service("a-older", sources=(source("2023-01-20"),))),
        (service("a-name"), service("b-name")),
        # the earlier rules count for more
        (service("z-local", topics=("debt",), **DERBYSHIRE), service("a-uk")),
        (service("z-crisis", sources=(source("2023-01-20"),)),
         service("a-therapy", kind="counselling")),
    ],
)  # fmt: skip
def test_the_first_comes_before_the_second(first, second):
    assert order(first, second) == order(second, first) == [first.id, second.id]


def test_what_is_for_this_person_comes_first_of_all():
    staff = service("z-staff", channel(groups=("nhs_staff",)))
    local = service("a-local", **DERBYSHIRE)
    for group in ("nhs_staff", "doctors"):
        assert order(local, staff, groups=(group,)) == ["z-staff", "a-local"]


def test_what_may_not_be_for_this_person_is_not_put_first():
    veterans = service("z-veterans", channel(groups=("veterans",)))
    assert order(veterans, service("a-line")) == ["a-line", "z-veterans"]


class TestCompanions:
    def test_they_stand_together_at_the_better_ones_place(self):
        youth = service("youth", pair="adult")
        adult = service("adult", pair="youth", **DERBYSHIRE)
        assert order(youth, service("alone", **ENGLAND), adult) == ["adult", "youth", "alone"]

    @pytest.mark.parametrize(("of", "to"), [("adult", "youth"), ("youth", "adult")])
    def test_one_naming_the_other_is_enough(self, of, to):
        records = {
            "adult": service("adult", **DERBYSHIRE),
            "youth": service("youth"),
            "alone": service("alone", **ENGLAND),
        }
        records[of] = records[of]._replace(pair=to)
        for found in permutations(records.values()):
            assert order(*found) == ["adult", "youth", "alone"]

    def test_three_in_a_row_stand_together(self):
        chain = (
            service("one", pair="two", **DERBYSHIRE),
            service("two", pair="three", topics=("debt",)),
            service("three", **ENGLAND),
        )
        for found in permutations((*chain, service("between", **ENGLAND))):
            assert order(*found) == ["one", "three", "two", "between"]

    def test_a_companion_that_is_not_there_changes_nothing(self):
        assert order(service("b", pair="gone"), service("a")) == ["a", "b"]

    def test_channels_of_one_service_stand_together(self):
        both = service("both", channel(), door(miles=5))
        near = service("near", door(miles=1))
        assert order(near, both, service("line")) == ["near", "both", "both", "line"]
