"""What sources cover, how old that is on a day, and what freshens what."""

from datetime import date

import pytest

from signpost.core.dates import parse_date
from signpost.core.evidence import cover, deciding_facts, evidenced_since, freshness
from tests.builders import channel, day, door, location, service, source


def span(found):
    return found and " to ".join(date.fromordinal(one).isoformat() for one in found)


def aged(record, at, opened=None):
    way = record.channels[0]
    found = freshness(record, way, way.regimes[-1], day(at), day(opened) if opened else None)
    last = f" {date.fromordinal(found.last)}" if found.last else ""
    missing = f" {found.missing}" if found.missing else ""
    return f"{found.verdict}{last}{missing}"


class TestCover:
    @pytest.mark.parametrize(
        ("sources", "expected"),
        [
            ((source("2022-05-10"),), "2022-05-10 to 2022-05-10"),
            ((source("2022-05-10", since="2019"),), "2019-01-01 to 2022-05-10"),
            # sources that agree are joined
            ((source("2020-03-01"), source("2023-03-01")), "2020-03-01 to 2023-03-01"),
            # an uncertain date counts at its earliest day
            ((source("2022-05~"),), "2022-05-01 to 2022-05-01"),
            ((source("2022-05-10~"),), "2022-05-03 to 2022-05-03"),
            # what a source announces for later it does not confirm later
            ((source("2022-05-10", since="2022-08"),), "2022-08-01 to 2022-05-10"),
            ((source(None),), None),
            ((source("2022-05-10", supports=("life", "name")),), None),
            ((source("2022-05-10", channels=("line",)),), "2022-05-10 to 2022-05-10"),
            ((source("2022-05-10", channels=("text",)),), None),
            ((source("2022-05-10", grade="low"),), "2022-05-10 to 2022-05-10"),  # it is a line
            ((), None),
        ],
    )
    def test_of_a_line(self, sources, expected):
        record = service(sources=sources)
        way = record.channels[0]
        assert span(cover(record, way, way.regimes[0], "hours")) == expected

    def test_a_low_source_never_covers_a_door(self):
        record = service("haven", door(), sources=(source("2024-01-10", grade="low"),))
        way = record.channels[0]
        assert cover(record, way, way.regimes[0], "hours") is None

    @pytest.mark.parametrize(
        ("published", "since", "expected"),
        [
            ("2020-06-30", None, None),  # of before the regime
            ("2020-06-30", "2020-07-01", None),  # even when it announces it
            ("2020-07-01", None, "2020-07-01 to 2020-07-01"),
            ("2020-09-01", "2019-01-01", "2020-07-01 to 2020-09-01"),
            ("2020", None, "2020-07-01 to 2020-01-01"),  # ages from its earliest day
            ("2021-03-31", None, "2021-03-31 to 2021-03-31"),
            ("2021-04-01", None, None),  # of after it
            ("2022-01-01", "2021-01-01", "2021-01-01 to 2021-03-31"),  # reaches back into it
        ],
    )
    def test_a_source_counts_for_the_regimes_its_dates_fall_in(self, published, since, expected):
        way = channel(regimes=({"since": "2020-07-01", "until": "2021-03-31"},))
        record = service("line", way, sources=(source(published, since=since),))
        assert span(cover(record, way, way.regimes[0], "hours")) == expected


@pytest.mark.parametrize(
    ("way", "facts"),
    [
        (channel(), ("hours", "contact")),
        (channel(hours=None), ("contact",)),
        (channel(number=None), ("hours",)),
        (channel(number=None, hours=None), ()),
        (channel(kind="web_chat"), ("hours", "contact")),
        (channel(kind="email"), ("hours", "contact")),
        (door(), ("hours", "location")),
        (door(location=location(address=None)), ("hours", "location")),  # it has a postcode
        (door(location=location(address=None, postcode=None)), ("hours",)),
        (door(location=None), ("hours",)),
    ],
)
def test_the_facts_that_decide_are_those_that_are_published(way, facts):
    assert deciding_facts(way, way.regimes[0]) == facts


class TestFreshness:
    @pytest.mark.parametrize(
        ("at", "expected"),
        [
            ("2021-12-31", "before"),
            ("2022-01-01", "fresh 2022-01-01"),
            ("2024-01-01", "fresh 2022-01-01"),
            ("2024-01-02", "stale 2022-01-01"),  # beyond 24 months
        ],
    )
    def test_a_door_lasts_24_months(self, at, expected):
        assert aged(service("haven", door(), sources=(source("2022-01-01"),)), at) == expected

    @pytest.mark.parametrize("kind", ["phone", "text", "web_chat", "email", "app", "online"])
    def test_anything_else_lasts_36(self, kind):
        record = service("line", channel(kind=kind), sources=(source("2021-01-01"),))
        assert aged(record, "2024-01-01") == "fresh 2021-01-01"
        assert aged(record, "2024-01-02") == "stale 2021-01-01"

    def test_months_are_counted_from_the_last_confirmation(self):
        record = service(sources=(source("2022-01-15"),))
        way = record.channels[0]
        for at, months in (("2022-01-15", 0), ("2023-01-14", 11), ("2023-01-15", 12)):
            assert freshness(record, way, way.regimes[0], day(at), None).age_months == months

    def test_the_weakest_of_the_facts_decides(self):
        record = service(sources=(
            source("2020-01-01", supports=("contact",)),
            source("2023-06-01", supports=("hours",)),
        ))  # fmt: skip
        assert aged(record, "2024-01-01") == "stale 2020-01-01"

    @pytest.mark.parametrize(
        ("sources", "expected"),
        [
            ((source(None),), "undated hours"),
            ((), "undated hours"),
            ((source("2023-06-01", supports=("hours",)),), "undated contact"),
            ((source("2023-06-01", supports=("hours",)), source(None)), "undated contact"),
            ((source("2023-06-01", supports=("contact",)),), "undated hours"),
        ],
    )
    def test_a_fact_without_a_dated_source_is_named(self, sources, expected):
        assert aged(service(sources=sources), "2024-01-01") == expected

    def test_before_the_first_cover_comes_first_even_where_a_fact_is_undated(self):
        record = service(sources=(source("2023-06-01", supports=("hours",)),))
        assert aged(record, "2023-05-31") == "before"

    def test_with_neither_hours_nor_contact_its_life_decides(self):
        way = channel(hours=None, number=None)
        covered = service("line", way, sources=(source("2023-06-01", supports=("life",)),))
        assert aged(covered, "2024-01-01") == "fresh 2023-06-01"
        assert aged(covered._replace(sources=()), "2024-01-01") == "undated life"

    def test_from_a_known_opening_to_the_first_cover_the_facts_are_not_sure(self):
        record = service(sources=(source("2023-06-01"),))
        assert aged(record, "2020-01-01") == "before"
        assert aged(record, "2020-01-01", opened="2019-01-01") == "early"
        assert aged(record, "2018-12-31", opened="2019-01-01") == "before"

    @pytest.mark.parametrize(
        ("at", "expected"),
        [
            ("2019-12-31", "before"),  # some day of 2019: by the last of them it had begun
            ("2018-12-31", "before"),
            ("2020-01-01", "early"),
            ("2023-06-01", "fresh 2023-06-01"),
        ],
    )
    def test_from_the_dated_start_of_a_regime_to_its_first_cover_it_is_not_sure(self, at, expected):
        way = channel(regimes=({"since": "2020-01-01"},))
        assert aged(service("line", way, sources=(source("2023-06-01"),)), at) == expected

    def test_what_was_only_announced_ages_from_the_announcement(self):
        record = service("haven", door(), sources=(source("2022-01-01", since="2022-06-01"),))
        assert aged(record, "2022-05-31") == "before"
        assert aged(record, "2022-06-01") == "fresh 2022-01-01"
        assert aged(record, "2024-01-02") == "stale 2022-01-01"

    def test_news_of_an_older_regime_does_not_freshen_a_newer_one(self):
        way = door(
            regimes=(
                {"until": "2021-12-31", "hours": "Mo-Fr 18:00-23:00"},
                {"since": "2022-01-01", "hours": "Mo-Fr 17:00-22:00"},
            )
        )
        record = service("haven", way, sources=(source("2021-12-01"), source(None)))
        assert aged(record, "2022-06-01") == "undated hours"

    def test_a_source_of_the_older_regime_speaks_for_what_did_not_change(self):
        numbers = ({"until": "2021-12-31", "number": "0300 111 0000"},
                   {"since": "2022-01-01", "number": "0300 222 0000"})  # fmt: skip
        record = service(
            "line", channel(regimes=numbers),
            sources=(source("2021-12-01"), source("2022-02-01", supports=("contact",))),
        )  # fmt: skip
        assert aged(record, "2022-06-01") == "fresh 2021-12-01"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (source("2025-01-01"), True),
        (source("2024-12-31"), False),
        (source("2025"), True),
        (source("2025-01-03~"), False),  # may be of December
        (source(None), False),
        (source("2025-06-01", supports=("life",)), False),
        (source("2025-06-01", supports=("contact",)), True),
        (source("2025-06-01", supports=("hours", "life")), True),
        (source("2025-06-01", channels=("line",)), True),
        (source("2025-06-01", channels=("text",)), False),
    ],
)
def test_newer_evidence_is_of_the_contact_or_the_hours_of_the_channel(found, expected):
    record = service(sources=(source("2020-01-01"), found))
    since = parse_date("2025-01-01").first
    assert evidenced_since(record, record.channels[0], since) is expected
