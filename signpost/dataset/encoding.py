"""Records as compact JSON rows and back.

Values are NamedTuples, which JSON writes as arrays; reading them back is by position, so a
change of a record's fields must raise snapshot.FORMAT.
"""

import json
from typing import Any

from signpost.core.dates import PartialDate
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


def encode(record: Service | Notice | Source) -> str:
    """A record as one line of JSON."""
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def decode_service(text: str) -> Service:
    """The service that `encode` wrote."""
    row = json.loads(text)
    service = Service(*row)
    return service._replace(
        partners=tuple(service.partners),
        areas=None if service.areas is None else tuple(service.areas),
        area_names=tuple(service.area_names),
        nations=tuple(service.nations),
        topics=tuple(service.topics),
        aliases=tuple(service.aliases),
        life=tuple([LifeEvent(what, PartialDate(*when), basis) for what, when, basis in
                    service.life]),
        channels=tuple([
            Channel(name, kind, tuple([_regime(regime) for regime in regimes]))
            for name, kind, regimes in service.channels
        ]),
        retired=tuple([Retired(number, _date(until), note) for number, until, note in
                       service.retired]),
        notes=tuple(service.notes),
        sources=tuple([_source(source) for source in service.sources]),
    )  # fmt: skip


def decode_notice(text: str) -> Notice:
    """The notice that `encode` wrote."""
    notice = Notice(*json.loads(text))
    return notice._replace(
        services=tuple(notice.services),
        channels=tuple(notice.channels),
        since=_notice_time(notice.since),
        until=None if notice.until is None else _notice_time(notice.until),
        unless_evidence_since=_date(notice.unless_evidence_since),
        sources=tuple([_source(source) for source in notice.sources]),
    )


def _notice_time(row: Any) -> NoticeTime:
    day, minute = row
    return NoticeTime(PartialDate(*day), minute)


def decode_source(text: str) -> Source:
    """The source that `encode` wrote."""
    return _source(json.loads(text))


def _date(row: Any) -> PartialDate | None:
    return None if row is None else PartialDate(*row)


_SINCE, _UNTIL, _LOCATION = (Regime._fields.index(name) for name in ("since", "until", "location"))
_LISTS = tuple(
    Regime._fields.index(name) for name in ("groups", "not_for", "languages", "needs")
)


def _regime(row: Any) -> Regime:
    row[_SINCE] = _date(row[_SINCE])
    row[_UNTIL] = _date(row[_UNTIL])
    if row[_LOCATION] is not None:
        row[_LOCATION] = Location(*row[_LOCATION])
    for index in _LISTS:
        row[index] = tuple(row[index])
    return Regime(*row)


def _source(row: Any) -> Source:
    source = Source(*row)
    return source._replace(
        published=_date(source.published),
        supports=tuple(source.supports),
        channels=tuple(source.channels),
        since=_date(source.since),
    )
