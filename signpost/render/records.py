"""An answer as plain dicts: the versioned JSON, and the flat rows of the CSV.

Version 1 of the answer may only gain optional fields. Nothing here depends on a terminal, a
locale or a colour.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from signpost import __version__
from signpost.core.availability import LONDON, contact_of
from signpost.core.places import Place
from signpost.core.query import Answer, Option, Query
from signpost.core.reasons import Remark
from signpost.render.phrases import contact_words, dialled, moment_words

ANSWER_SCHEMA = "signpost/answer/1"


def answer_record(answer: Answer) -> dict[str, Any]:
    """The JSON object of an answer; `signpost schema answer` describes it."""
    return {
        "schema": ANSWER_SCHEMA,
        "data": [{"name": data.name, "version": data.version} for data in answer.data],
        "signpost_version": __version__,
        "asked": asked_record(answer.query),
        "emergency": [option_record(option) for option in answer.emergency],
        "open": [option_record(option) for option in answer.open],
        "check_first": [option_record(option) for option in answer.check_first],
        "opens_later": [option_record(option) for option in answer.opens_later],
        "left_out": dict(answer.left_out),
        "more": answer.more,
        "verdict": answer.verdict,
        "caveats": _remarks(answer.caveats),
    }


def error_record(
    code: str, text: str, candidates: Iterable[str], emergency: Iterable[Option]
) -> dict[str, Any]:
    """The JSON object printed when a question could not be answered: the floor stays."""
    return {
        "schema": ANSWER_SCHEMA,
        "signpost_version": __version__,
        "emergency": [option_record(option) for option in emergency],
        "error": {"code": code, "text": text, "candidates": list(candidates)},
    }


def asked_record(query: Query) -> dict[str, Any]:
    """The question as it was understood."""
    return {
        "at": _iso(query.at),
        "frozen": query.frozen,
        "words": moment_words(query.at),
        "near": None if query.place is None else place_record(query.place),
        "for": list(query.groups),
        "age": query.age,
        "by": list(query.by),
        "within_miles": query.within_miles,
    }


def place_record(place: Place) -> dict[str, Any]:
    """A resolved place."""
    return {
        "name": place.name,
        "county": place.county,
        "nation": place.nation,
        "lat": place.point.lat if place.point else None,
        "lon": place.point.lon if place.point else None,
        "precision_km": place.precision_km,
        "areas": list(place.areas),
    }


def option_record(option: Option) -> dict[str, Any]:
    """One option: a channel of a service at the moment asked."""
    service, regime = option.service, option.regime
    miles = option.distance_miles
    return {
        "service": service.id,
        "name": service.name,
        "organization": service.organization,
        "kind": service.kind,
        "role": service.role,
        "scope": option.scope,
        "channel": _channel_record(option),
        "state": option.state,
        "hours_state": option.hours_state,
        "usable_alone": option.usable_alone,
        "check_with": option.check_with,
        "reasons": _remarks(option.reasons),
        "until": _iso(option.until),
        "opens": _iso(option.opens),
        "distance_miles": None if miles is None or option.rough_distance else round(miles, 1),
        "location": _location_record(option),
        "service_area": list(service.area_names),
        "access": regime.access,
        "age": {"min": regime.min_age, "max": regime.max_age},
        "groups": list(regime.groups),
        "topics": list(service.topics),
        "languages": list(regime.languages),
        "pair": service.pair,
        "alert": _alert_record(option),
        "conditions": _remarks(option.conditions),
        "evidence": _evidence_record(option),
    }


def _channel_record(option: Option) -> dict[str, Any]:
    channel, regime = option.channel, option.regime
    number = regime.number if channel.kind in ("phone", "text") else None
    return {
        "id": channel.id,
        "kind": channel.kind,
        "contact": contact_of(channel, regime),
        "display": contact_words(channel, regime) or None,
        "tel": dialled(number) if number else None,
        "keyword": regime.keyword,
        "menu_option": regime.menu_option,
        "cost": regime.cost,
        "response": regime.response,
    }


def _location_record(option: Option) -> dict[str, Any] | None:
    location = option.regime.location
    if location is None:
        return None
    return {
        "address": ", ".join(part for part in (location.name, location.address) if part) or None,
        "town": location.town,
        "postcode": location.postcode,
        "lat": location.lat,
        "lon": location.lon,
        "precision_km": location.precision_km,
    }


def _alert_record(option: Option) -> dict[str, Any] | None:
    notice = option.notice
    if notice is None:
        return None
    until = notice.until.text if notice.until else None
    return {"text": notice.what, "until": until, "instead": notice.instead}


def _evidence_record(option: Option) -> dict[str, Any]:
    fresh = option.freshness
    sources = [
        source
        for source in option.service.sources
        if not source.channels or option.channel.id in source.channels
    ]
    dated = [source for source in sources if source.published is not None]
    checks = [
        source.published.first
        for source in dated
        if source.grade == "assured" and source.published is not None
    ]
    newest = max(dated, key=lambda source: source.published.first if source.published else 0,
                 default=None)  # fmt: skip
    return {
        "last_confirmed": _day(fresh.last),
        "age_months": fresh.age_months,
        "grade": newest.grade if newest else (sources[0].grade if sources else None),
        "assured": _day(max(checks, default=None)),
        "sources": [source.url for source in sources if source.url],
    }


def _remarks(remarks: Iterable[Remark]) -> list[dict[str, str]]:
    return [{"code": found.code, "text": found.text} for found in remarks]


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(LONDON).isoformat()


def _day(ordinal: int | None) -> str | None:
    return None if ordinal is None else date.fromordinal(ordinal).isoformat()


CSV_COLUMNS = (
    "section", "service", "name", "organization", "kind", "scope", "channel", "contact", "state",
    "until", "opens", "distance_miles", "town", "postcode", "access", "check_with", "reasons",
    "conditions", "last_confirmed", "at", "near",
)  # fmt: skip


def answer_rows(answer: Answer) -> list[dict[str, str]]:
    """The answer as flat rows, the emergency lines first; every cell is text."""
    sections = ("emergency", "open", "check_first", "opens_later")
    return [
        _row(section, option, answer.query)
        for section in sections
        for option in getattr(answer, section)
    ]


def answer_csv(answer: Answer) -> str:
    """The rows as the text of a CSV file, its header first."""
    import csv
    import io

    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, CSV_COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(answer_rows(answer))
    return buffer.getvalue()


def _row(section: str, option: Option, query: Query) -> dict[str, str]:
    record = option_record(option)
    location = record["location"] or {}
    cells = {
        "section": section,
        "service": record["service"],
        "name": record["name"],
        "organization": record["organization"],
        "kind": record["kind"],
        "scope": record["scope"],
        "channel": record["channel"]["kind"],
        "contact": record["channel"]["display"],
        "state": record["state"],
        "until": record["until"],
        "opens": record["opens"],
        "distance_miles": record["distance_miles"],
        "town": location.get("town"),
        "postcode": location.get("postcode"),
        "access": record["access"],
        "check_with": record["check_with"],
        "reasons": "; ".join(reason["text"] for reason in record["reasons"]),
        "conditions": "; ".join(condition["text"] for condition in record["conditions"]),
        "last_confirmed": record["evidence"]["last_confirmed"],
        "at": _iso(query.at),
        "near": query.place.name if query.place else None,
    }
    return {key: csv_cell(value) for key, value in cells.items()}


def csv_cell(value: object) -> str:
    """A cell that a spreadsheet takes as text: formulas are disarmed with a leading quote.

    Source: OWASP, "CSV Injection".
    """
    text = "" if value is None else str(value)
    if text[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{text}"
    return text
