"""Encoding and decoding a record gives it back: no field is lost, changed or moved."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from signpost.core.dates import parse_date
from signpost.core.services import (
    Channel,
    LifeEvent,
    Location,
    Notice,
    NoticeTime,
    Regime,
    Retired,
    Service,
    Source,
)
from signpost.dataset.compile import read_dataset
from signpost.dataset.encoding import decode_notice, decode_service, decode_source, encode
from signpost.dataset.gazetteer import Gazetteer
from signpost.dataset.snapshot import data_folder

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
WORD = st.one_of(st.none(), TEXT)
AGE = st.one_of(st.none(), st.integers(0, 120))
DATE = st.one_of(
    st.dates().map(lambda day: parse_date(day.isoformat())),
    st.sampled_from(["2023-08", "2020~", "2021-06-10~"]).map(parse_date),
)
DATES = st.one_of(st.none(), DATE)
DEGREES = st.one_of(st.none(), st.floats(-180, 180))
FLAG = st.booleans()

LOCATION = st.builds(Location, WORD, WORD, WORD, WORD, DEGREES, DEGREES, DEGREES)
REGIME = st.builds(
    Regime, DATES, DATES, TEXT, TEXT, WORD, WORD, WORD, WORD, WORD,
    st.one_of(st.none(), LOCATION), WORD, WORD, WORD, AGE, WORD, TEXT, AGE, AGE, TEXTS, TEXTS,
    TEXTS, TEXTS, FLAG, WORD, WORD,
)  # fmt: skip
CHANNEL = st.builds(Channel, TEXT, TEXT, st.lists(REGIME, max_size=2).map(tuple))
SOURCE = st.builds(Source, WORD, DATES, TEXT, TEXTS, TEXTS, DATES, WORD)
SOURCES = st.lists(SOURCE, max_size=2).map(tuple)
SERVICE = st.builds(
    Service, TEXT, TEXT, TEXT, WORD, TEXTS, TEXT, st.one_of(st.none(), TEXTS), TEXTS, TEXTS, WORD,
    FLAG, WORD, WORD, TEXTS, TEXTS,
    st.lists(st.builds(LifeEvent, TEXT, DATE, TEXT), max_size=2).map(tuple),
    st.lists(CHANNEL, max_size=2).map(tuple),
    st.lists(st.builds(Retired, TEXT, DATES, WORD), max_size=2).map(tuple),
    TEXTS, SOURCES,
)  # fmt: skip
TIME = st.builds(NoticeTime, DATE, st.one_of(st.none(), st.integers(0, 1439)))
NOTICE = st.builds(
    Notice, TEXT, TEXT, WORD, WORD, TEXTS, TEXTS, TIME, st.one_of(st.none(), TIME), DATES, TEXT,
    WORD, WORD, SOURCES,
)  # fmt: skip

ON_ANY_MACHINE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def same(before: object, after: object) -> bool:
    """Equal and, at every depth, of the same types: a list is not a tuple."""
    if type(before) is not type(after):
        return False
    if isinstance(before, tuple) and isinstance(after, tuple):
        return len(before) == len(after) and all(map(same, before, after))
    return before == after


@ON_ANY_MACHINE
@given(SERVICE)
def test_any_service_comes_back_as_it_was(service: Service) -> None:
    assert same(decode_service(encode(service)), service)


@ON_ANY_MACHINE
@given(NOTICE)
def test_any_notice_comes_back_as_it_was(notice: Notice) -> None:
    assert same(decode_notice(encode(notice)), notice)


@ON_ANY_MACHINE
@given(SOURCE)
def test_any_source_comes_back_as_it_was(source: Source) -> None:
    assert same(decode_source(encode(source)), source)


@ON_ANY_MACHINE
@given(SERVICE)
def test_a_row_is_one_line(service: Service) -> None:
    assert "\n" not in encode(service)


def test_every_shipped_record_comes_back_as_it_was(places: Gazetteer) -> None:
    found = read_dataset(data_folder(), places)
    assert found.services
    for service in found.services:
        assert same(decode_service(encode(service)), service), service.id
    assert found.notices
    for notice in found.notices:
        assert same(decode_notice(encode(notice)), notice), notice.id
