"""The directory leaves nothing out: an answer from candidates is the answer from all records."""

import math
from datetime import UTC, datetime, timedelta

import pytest
from dataset_builders import opened
from hypothesis import given, settings
from hypothesis import strategies as st

from signpost.core.answering import answer
from signpost.core.places import Place, Point
from signpost.core.query import Option, Query
from signpost.dataset.directory import Directory, _box
from signpost.dataset.gazetteer import Gazetteer
from signpost.dataset.snapshot import data_folder

PLACES = (
    "Buxton, Derbyshire", "Manchester", "Camden", "Cardiff", "Glasgow", "Belfast", "Penzance",
    "Lerwick", "SK17", "area:county:Derbyshire", "area:nation:Scotland", "55.95,-3.19",
)  # fmt: skip


@pytest.fixture(scope="module")
def directory(places: Gazetteer) -> Directory:
    return opened(places, None, data_folder())


def keys(options: tuple[Option, ...]) -> list[tuple[str, str, str]]:
    return [(option.service.id, option.channel.id, option.state) for option in options]


@settings(deadline=None, max_examples=25)
@given(
    typed=st.sampled_from(PLACES),
    hours=st.integers(0, 6 * 365 * 24),
    within=st.sampled_from([None, 5.0, 60.0]),
)
def test_candidates_give_the_same_answer_as_every_record(
    typed: str, hours: int, within: float | None, directory: Directory
) -> None:
    at = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    place = directory.gazetteer.place(typed)
    query = Query(at, place, frozen=True, within_miles=within)
    material = directory.material(query)
    found = answer(query, material)
    whole = answer(query, material._replace(candidates=tuple(directory.services())))
    for section in ("emergency", "open", "check_first", "opens_later"):
        assert keys(getattr(found, section)) == keys(getattr(whole, section)), section


def test_without_a_place_every_line_is_a_candidate(directory: Directory) -> None:
    query = Query(datetime(2024, 6, 5, 12, tzinfo=UTC))
    material = directory.material(query)
    found = answer(query, material)
    whole = answer(query, material._replace(candidates=tuple(directory.services())))
    for section in ("emergency", "open", "check_first", "opens_later"):
        assert keys(getattr(found, section)) == keys(getattr(whole, section)), section


def test_far_fewer_records_than_all_are_read_for_one_place(directory: Directory) -> None:
    place = directory.gazetteer.place("Buxton, Derbyshire")
    query = Query(datetime(2024, 6, 5, 12, tzinfo=UTC), place)
    assert len(directory.material(query).candidates) < len(directory.ids()) * 0.6


@pytest.mark.parametrize("lat", [49.9, 55.0, 60.8])
def test_the_box_of_candidates_reaches_far_enough_in_every_direction(
    lat: float, directory: Directory
) -> None:
    """Thirty miles on the sphere, walked in every direction, stay inside the box asked for."""
    top, bottom, right, left = _box(Point(lat, -3.0), 30.0)
    for degrees in range(0, 360, 5):
        bearing, arc = math.radians(degrees), 30.0 / 3958.7613
        start = math.radians(lat)
        end = math.asin(
            math.sin(start) * math.cos(arc)
            + math.cos(start) * math.sin(arc) * math.cos(bearing)
        )
        turn = math.atan2(
            math.sin(bearing) * math.sin(arc) * math.cos(start),
            math.cos(arc) - math.sin(start) * math.sin(end),
        )
        there = (math.degrees(end), -3.0 + math.degrees(turn))
        assert bottom <= there[0] <= top
        assert left <= there[1] <= right


def test_a_place_without_a_point_is_answered_by_its_areas(directory: Directory) -> None:
    place = Place("Somewhere", None, None, "England", None, 50.0, ("NAT:England",), "nation", None,
                  "area")  # fmt: skip
    query = Query(datetime(2024, 6, 5, 12, tzinfo=UTC), place)
    assert directory.material(query).candidates
