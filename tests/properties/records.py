"""Arbitrary records and questions: small worlds in which everything that matters can happen."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from signpost.core.dates import parse_date
from signpost.core.services import ACCESS, FACTS, RESPONSES
from tests.builders import (
    BUXTON,
    CARDIFF,
    channel,
    life,
    location,
    notice,
    place,
    query,
    service,
    source,
)

EVERY_DAY = range(7)
WEEK = {
    "24/7": {day: [(0, 1440, "open")] for day in EVERY_DAY},
    "Mo-Su 18:00-23:00": {day: [(1080, 1380, "open")] for day in EVERY_DAY},
    "Mo-Fr 09:00-17:00": {day: [(540, 1020, "open")] for day in range(5)},
    "Fr-Su 20:00-02:00": {day: [(1200, 1560, "open")] for day in (4, 5, 6)},
    "Sa 22:00-01:30": {5: [(1320, 1530, "open")]},
    'Mo-Su 18:00-23:00 unknown "some evenings"': {
        day: [(1080, 1380, "unknown")] for day in EVERY_DAY
    },
    'Mo-Fr 18:00-22:00; Sa-Su 18:00-22:00 unknown "weekends vary"': {
        day: [(1080, 1320, "open" if day < 5 else "unknown")] for day in EVERY_DAY
    },
    None: {day: [(0, 1440, "unknown")] for day in EVERY_DAY},
}
"""Hours, with what they mean on each weekday (Monday 0): start, end, state."""

DATES = (
    "2023", "2023-08", "2023-12-24", "2023-12-25", "2024-01", "2024-01-15~", "2024-03-30",
    "2024-03-31", "2024-10~", "2024-10-27",
)  # fmt: skip
_PUBLISHED = ("2021-03-01", "2022-01-01", "2023-05-18", "2024-02~", "2024-11-30", None)
_EVENTS = (
    (), ("opens 2019-05-10",), ("opens 2023-08 planned",), ("opens 2023",), ("closes 2024-03-30",),
    ("opens 2023-08 planned", "opens 2023-12-24 confirmed"), ("closes 2024-10~ planned",),
    ("pauses 2023-12-24", "resumes 2024-01"), ("opens 2024-10-27",), ("closes 2024-01-15~",),
    ("announced 2023-05-18", "opens 2024-01", "closes 2024-10"),
)  # fmt: skip
_NIGHTS = (
    "2023-07-31", "2023-08-31", "2023-12-24", "2023-12-25", "2023-12-31", "2024-01-01",
    "2024-01-21", "2024-03-29", "2024-03-30", "2024-03-31", "2024-04-01", "2024-06-12",
    "2024-10-26", "2024-10-27", "2025-01-01",
)  # fmt: skip
_GROUPS = ((), ("nhs_staff",), ("doctors",), ("veterans",), ("nhs_staff", "carers"))
AREAS = (("UK",), ("NAT:England",), ("NAT:Scotland", "NAT:England"), ("CTY:Derbyshire",),
         ("NAT:Wales",), None)  # fmt: skip
KINDS = ("phone", "text", "web_chat", "in_person")

dates = st.sampled_from(DATES)
moments = st.builds(
    lambda night, half_hours: (
        datetime.fromisoformat(f"{night}T00:00").replace(tzinfo=UTC)
        + timedelta(minutes=30 * half_hours)
    ),
    st.sampled_from(_NIGHTS),
    st.integers(0, 54),
)
places = st.sampled_from(
    (BUXTON, BUXTON, CARDIFF, place(point=None), place(partly=("CTY:Derbyshire",)), None)
)


def _mostly(usual, *others):
    return st.sampled_from((usual,) * (2 * len(others)) + others)


@st.composite
def channels(draw, name):
    kind = draw(st.sampled_from(KINDS))
    fields = {
        "access": draw(_mostly("walk_in" if kind == "in_person" else "anyone", *ACCESS)),
        "response": draw(_mostly("live", *RESPONSES)),
        "groups": draw(_mostly((), *_GROUPS)),
        "min_age": draw(_mostly(None, 18)),
        "max_age": draw(_mostly(None, 25)),
        "bank_holidays": draw(st.sampled_from(("as_usual", "as_sunday", "closed", None))),
        "holidays_of": draw(_mostly(None, "Scotland")),
        "purpose": draw(_mostly("help", "enquiries")),
        "professionals_only": draw(_mostly(False, True)),
    }
    if kind == "in_person":
        miles = draw(st.sampled_from((0.5, 10.0, 20.0, 40.0)))
        address = draw(_mostly("1 Market Street", None))
        fields["location"] = location(miles, address=address)
        fields["last_entry"] = draw(_mostly(None, 1290))
    elif kind != "web_chat":
        fields["number"] = draw(_mostly("0300 123 4567", None))
    own = [{"hours": draw(st.sampled_from(tuple(WEEK)))} for _ in range(draw(st.integers(1, 2)))]
    if len(own) == 2 or draw(st.booleans()):
        own[0]["until"] = draw(dates)
    if draw(st.booleans()):
        own[-1]["since"] = draw(dates)
    if len(own) == 2 and kind == "phone" and draw(st.booleans()):
        own[1]["number"] = "0300 999 9999"
    return channel(None, kind, name, regimes=tuple(own), **fields)


@st.composite
def sources(draw):
    return source(
        draw(st.sampled_from(_PUBLISHED)),
        since=draw(st.sampled_from((None, "2018", "2023-08"))),
        grade=draw(_mostly("provider", "low")),
        supports=draw(_mostly(FACTS, ("hours",), ("contact", "location"), ("life",))),
        channels=draw(_mostly((), ("one",))),
    )


@st.composite
def services(draw, name):
    made = [draw(channels(own)) for own in ("one", "two")[: draw(st.integers(1, 2))]]
    return service(
        name,
        *made,
        areas=draw(st.sampled_from(AREAS)),
        life=life(*draw(st.sampled_from(_EVENTS))),
        sources=tuple(draw(st.lists(sources(), min_size=1, max_size=3))),
        role=draw(_mostly(None, "nhs_crisis_line")),
        pair=draw(_mostly(None, "s0", "s1", "nobody")),
        topics=draw(_mostly((), ("debt",))),
    )


@st.composite
def directories(draw):
    """One to three records."""
    return tuple(draw(services(f"s{n}")) for n in range(draw(st.integers(1, 3))))


@st.composite
def notices(draw):
    since = draw(dates)
    until = draw(st.sampled_from((None, *DATES)))
    if until is not None and parse_date(until).first < parse_date(since).last:
        until = None
    overtaken = draw(st.booleans())
    return notice(
        "overtaken" if overtaken else "closed",
        since,
        until=until,
        services=draw(st.sampled_from((("s0",), ("s0", "s1"), ("nobody",)))),
        role=draw(st.sampled_from((None, "nhs_crisis_line"))) if overtaken else None,
        nation=draw(st.sampled_from((None, "England"))),
        unless_evidence_since=draw(st.sampled_from((None, "2024-01-01"))) if overtaken else None,
    )


@st.composite
def queries(draw):
    return query(
        draw(moments),
        draw(places),
        groups=draw(_mostly((), *_GROUPS)),
        age=draw(st.sampled_from((None, 12, 20, 40))),
        by=draw(_mostly((), ("phone",), ("in_person", "text"))),
        within_miles=draw(_mostly(None, 0.0, 5.0, 50.0)),
    )
