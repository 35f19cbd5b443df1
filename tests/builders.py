"""Records, places and questions with sensible defaults; a test names only what it is about.

The default service is a free phone line for the whole UK, round the clock, confirmed by its
provider on 1 January 2024 for the time since 2015; the default moment is a month later.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dateutil.easter import easter

from signpost.core.alerts import parse_notice_time
from signpost.core.answering import Material, answer
from signpost.core.availability import Setting, assess
from signpost.core.calendars import holidays
from signpost.core.channel_days import Calendars
from signpost.core.dates import parse_date
from signpost.core.floor import BUILT_IN
from signpost.core.places import Place, Point
from signpost.core.query import Answer, DataVersion, LeftOut, Option, Query
from signpost.core.services import (
    FACTS,
    NATIONS,
    Channel,
    LifeEvent,
    Location,
    Notice,
    Regime,
    Retired,
    Service,
    Source,
)

LONDON = ZoneInfo("Europe/London")
AT = "2024-02-01T19:00"  # a Thursday evening

PEAK_AREAS = ("E07000037", "CTY:Derbyshire", "RGN:East Midlands", "NAT:England", "UK")
_MILES_A_DEGREE = 69.09


def place(name: str = "Buxton", **over: object) -> Place:
    fields: dict[str, object] = {
        "name": name, "county": "Derbyshire", "district": "High Peak", "nation": "England",
        "point": Point(53.2574, -1.9098), "precision_km": 0.5, "areas": PEAK_AREAS,
        "kind": "town", "population": 22_000, "source": "name", "residents": 22_000,
    }  # fmt: skip
    return Place(**{**fields, **over})  # type: ignore[arg-type]


BUXTON = place()
CARDIFF = place(
    "Cardiff", county="South Glamorgan", district="Cardiff", nation="Wales",
    point=Point(51.48, -3.18), areas=("W06000015", "NAT:Wales", "UK"),
)  # fmt: skip


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def moment(text: str) -> datetime:
    """A London wall time, or any moment when an offset is written."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=LONDON)


def wall(found: datetime | None) -> str | None:
    """A moment as London's wall clocks show it."""
    return None if found is None else found.astimezone(LONDON).isoformat()[:16]


def location(miles_north: float = 0.0, **over: object) -> Location:
    """A door in Buxton, or so many miles north of it."""
    fields: dict[str, object] = {
        "name": None, "address": "1 Market Street", "town": "Buxton", "postcode": "SK17 6ET",
        "lat": 53.2574 + miles_north / _MILES_A_DEGREE, "lon": -1.9098, "precision_km": 0.0,
    }  # fmt: skip
    return Location(**{**fields, **over})  # type: ignore[arg-type]


def regime(kind: str = "phone", **over: object) -> Regime:
    fields: dict[str, object] = {
        "since": None, "until": None, "access": "anyone", "purpose": "help", "number": None,
        "keyword": None, "menu_option": None, "url": None, "email": None, "location": None,
        "hours": "24/7", "bank_holidays": None, "holidays_of": None, "last_entry": None,
        "cost": "free", "response": "live", "min_age": None, "max_age": None, "groups": (),
        "not_for": (), "languages": (), "needs": (), "professionals_only": False,
        "referral_via": None, "note": None,
    }  # fmt: skip
    by_kind: dict[str, dict[str, object]] = {
        "phone": {"number": "0300 123 4567"},
        "text": {"number": "85258"},
        "in_person": {"access": "walk_in", "location": location()},
        "email": {"email": "help@example.org"},
    }
    fields |= by_kind.get(kind, {"url": "https://example.org/chat"})
    for name in ("since", "until"):
        if isinstance(over.get(name), str):
            over[name] = parse_date(str(over[name]))
    return Regime(**{**fields, **over})  # type: ignore[arg-type]


def channel(
    hours: str | None = "24/7",
    kind: str = "phone",
    id: str | None = None,
    regimes: tuple[dict[str, object], ...] = ({},),
    **over: object,
) -> Channel:
    """One way in; `regimes` give what differs from the rest of the fields, each in its time."""
    name = id or {"phone": "line", "in_person": "door"}.get(kind, kind)
    made = tuple(regime(kind, **{"hours": hours, **over, **own}) for own in regimes)
    return Channel(name, kind, made)


def door(hours: str | None = "Mo-Su 18:00-23:00", miles: float = 1.0, **over: object) -> Channel:
    """A walk-in door in the evenings, bank holidays too."""
    fields = {"bank_holidays": "as_usual", "location": location(miles)}
    return channel(hours, "in_person", **{**fields, **over})  # type: ignore[arg-type]


def source(published: str | None = "2024-01-01", **over: object) -> Source:
    since = over.pop("since", "2015-01-01" if published == "2024-01-01" else None)
    fields: dict[str, object] = {
        "url": "https://example.org", "grade": "provider", "supports": FACTS, "channels": (),
        "says": None, "published": parse_date(published) if published else None,
        "since": parse_date(str(since)) if since else None,
    }  # fmt: skip
    return Source(**{**fields, **over})  # type: ignore[arg-type]


def life(*events: str) -> tuple[LifeEvent, ...]:
    """`opens 2023-08 planned`, `closes 2024-03-31`: what, when, and on what basis."""
    found = []
    for event in events:
        what, when, *basis = event.split()
        found.append(LifeEvent(what, parse_date(when), basis[0] if basis else "reported"))
    return tuple(found)


def retired(number: str = "0300 000 0000", until: str | None = None) -> Retired:
    return Retired(number, parse_date(until) if until else None, None)


def service(id: str = "crisis-line", *channels: Channel, **over: object) -> Service:
    areas = over.get("areas", ("UK",))
    assert areas is None or isinstance(areas, tuple)
    nations = tuple(code[4:] for code in areas or () if code.startswith("NAT:"))
    fields: dict[str, object] = {
        "id": id, "name": id.replace("-", " ").capitalize(), "kind": "helpline",
        "organization": "Derbyshire Mind", "partners": (), "description": "Somebody to talk to.",
        "areas": areas, "area_names": (), "nations": nations or (NATIONS if areas else ()),
        "role": None, "floor": False, "pair": None, "replaced_by": None, "topics": (),
        "aliases": (), "life": (), "channels": channels or (channel(),), "retired": (),
        "notes": (), "sources": (source(),),
    }  # fmt: skip
    return Service(**{**fields, **over})  # type: ignore[arg-type]


def notice(effect: str = "closed", since: str = "2024-02-01", **over: object) -> Notice:
    fields: dict[str, object] = {
        "id": "a-notice", "role": None, "nation": None, "services": ("crisis-line",),
        "channels": (), "until": None, "unless_evidence_since": None, "what": "the line is down",
        "instead": "nhs-111", "number": None, "sources": (source(),),
    }  # fmt: skip
    for name, parse in (("until", parse_notice_time), ("unless_evidence_since", parse_date)):
        if isinstance(over.get(name), str):
            over[name] = parse(str(over[name]))
    made = {**fields, **over}
    return Notice(effect=effect, since=parse_notice_time(since), **made)  # type: ignore[arg-type]


def calendars() -> Calendars:
    """Christmas, New Year, Easter and each nation's own days, from 2015 to 2028."""
    own = {
        "england-and-wales": (),
        "scotland": ((1, 2, "2 January"), (11, 30, "St Andrew's Day")),
        "northern-ireland": ((3, 17, "St Patrick's Day"),),
    }
    tables = {}
    for division, extra in own.items():
        rows = []
        for year in range(2015, 2029):
            fixed = ((1, 1, "New Year's Day"), (12, 25, "Christmas Day"), (12, 26, "Boxing Day"))
            rows += [(date(year, month, number), title) for month, number, title in fixed + extra]
            rows.append((easter(year) - timedelta(days=2), "Good Friday"))
            if division != "scotland":
                rows.append((easter(year) + timedelta(days=1), "Easter Monday"))
        tables[division] = holidays(division, rows)
    both = tables["england-and-wales"]
    return Calendars({
        "England": both, "Wales": both, "Scotland": tables["scotland"],
        "Northern Ireland": tables["northern-ireland"],
    })  # fmt: skip


CALENDARS = calendars()


def query(at: str | datetime = AT, near: Place | None = BUXTON, **over: object) -> Query:
    found = moment(at) if isinstance(at, str) else at
    return Query(found, near, **over)  # type: ignore[arg-type]


def material(*services: Service, **over: object) -> Material:
    fields: dict[str, object] = {
        "floor": BUILT_IN, "candidates": services, "notices": (), "calendars": CALENDARS,
        "data": (DataVersion("signpost", "2024-01-15", day("2024-01-15")),), "problems": (),
    }  # fmt: skip
    return Material(**{**fields, **over})  # type: ignore[arg-type]


def answer_of(
    *services: Service,
    at: str | datetime = AT,
    near: Place | None = BUXTON,
    notices: tuple[Notice, ...] = (),
    floor: tuple[Service, ...] = BUILT_IN,
    **person: object,
) -> Answer:
    """What is answered when these are all the records; nothing is read from a folder."""
    asked = query(at, near, **person)
    return answer(asked, material(*services, notices=notices, floor=floor))


def assessed(
    record: Service,
    at: str | datetime = AT,
    near: Place | None = BUXTON,
    notices: tuple[Notice, ...] = (),
    **person: object,
) -> Option | LeftOut | None:
    """What is made of a record's first channel."""
    asked = query(at, near, **person)
    return assess(record, record.channels[0], Setting(asked, CALENDARS, notices))


def outcome(found: Option | LeftOut | None) -> str:
    """An assessment as a table cell: `open`, `unknown: stale, no_contact`, `gone: paused`."""
    if found is None:
        return "no help"
    if isinstance(found, LeftOut):
        said, codes = found.why, [reason.code for reason in found.reasons]
    else:
        said, codes = found.state, [reason.code for reason in found.reasons]
    return f"{said}: {', '.join(codes)}" if codes else said
