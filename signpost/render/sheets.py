"""One record in full: what is offered, how, when, since when, and who says so."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from signpost.core.availability import age_words
from signpost.core.dates import PartialDate
from signpost.core.hours import parse, words
from signpost.core.services import GROUPS, TOPICS, Channel, Regime, Service, Source
from signpost.render.phrases import clock_words, contact_words, verb_words

_ACCESS_WORDS = {
    "anyone": "anyone may use it",
    "walk_in": "walk in",
    "call_first": "call first",
    "self_referral": "refer yourself",
    "booking": "by booking",
    "professional_referral": "by professional referral",
    "existing_patients": "only people already in its care",
    "via_emergency_department": "only through A&E",
    "unknown": "how to get in is not published",
}
_EVENT_WORDS = {
    "announced": "announced",
    "opens": "opened",
    "pauses": "paused",
    "resumes": "reopened",
    "closes": "closed",
}
_PLAN_WORDS = {
    "announced": "announced",
    "opens": "planned to open",
    "pauses": "planned to pause",
    "resumes": "planned to reopen",
    "closes": "planned to close",
}
_HOLIDAY_WORDS = {
    "as_usual": "bank holidays as usual",
    "as_sunday": "bank holidays as on Sundays",
    "closed": "closed on bank holidays",
}


def service_lines(service: Service, clock: int = 12) -> Iterator[str]:
    """A record as lines of text, for the eye and the ear."""
    yield service.name
    yield f"id: {service.id}; kind: {service.kind.replace('_', ' ')}"
    if service.aliases:
        yield f"also called: {', '.join(service.aliases)}"
    partners = f", with {', '.join(service.partners)}" if service.partners else ""
    yield f"provided by: {service.organization or 'not published'}{partners}"
    yield service.description
    yield f"serves: {', '.join(service.area_names) or 'not published'}"
    if service.topics:
        yield f"about: {', '.join(TOPICS[topic] for topic in service.topics)}"
    for label, other in (("see also", service.pair), ("replaced by", service.replaced_by)):
        if other:
            yield f"{label}: {other}"
    yield ""
    yield "Life"
    yield from (f"  {line}" for line in life_lines(service))
    for channel in service.channels:
        yield ""
        yield f"{channel.kind.replace('_', ' ').capitalize()} ({channel.id})"
        for regime in channel.regimes:
            yield from (f"  {line}" for line in regime_lines(channel, regime, clock))
    if service.retired:
        yield ""
        yield "Old contacts"
        for old in service.retired:
            until = f", until {old.until.words}" if old.until else ""
            yield f"  {old.number}{until}{f': {old.note}' if old.note else ''}"
    if service.notes:
        yield ""
        yield "Notes"
        yield from (f"  {note}" for note in service.notes)
    yield ""
    yield "Sources"
    for source in service.sources:
        yield from (f"  {line}" for line in source_lines(source))


def life_lines(service: Service) -> Iterator[str]:
    """When the service began, paused, ended, and how that is known."""
    for event in service.life:
        if event.basis == "planned":
            yield f"{_PLAN_WORDS[event.what]} {event.when.words}"
            continue
        basis = "" if event.what == "announced" else f" ({event.basis})"
        yield f"{_EVENT_WORDS[event.what]} {event.when.words}{basis}"
    if not service.life:
        yield "no dates are published"


def regime_lines(channel: Channel, regime: Regime, clock: int) -> Iterator[str]:
    """Everything known of a channel in one regime."""
    if regime.since or regime.until:
        since = f"from {regime.since.words}" if regime.since else ""
        until = f"until {regime.until.words}" if regime.until else ""
        yield " ".join(part for part in (since, until) if part) + ":"
    contact = contact_words(channel, regime)
    yield f"{verb_words(channel)}: {contact or 'not published'}"
    if regime.menu_option:
        yield f"then choose: {regime.menu_option}"
    yield f"hours: {hours_words(regime, clock)}"
    if regime.last_entry is not None:
        yield f"last entry: {clock_words(*divmod(regime.last_entry, 60), clock)}"
    via = f", via {regime.referral_via}" if regime.referral_via else ""
    yield f"access: {_ACCESS_WORDS[regime.access]}{via}"
    ages = age_words(regime.min_age, regime.max_age)
    facts = {
        "purpose": regime.purpose if regime.purpose != "help" else "",
        "for": ", ".join(GROUPS[group] for group in regime.groups),
        "ages": ages,
        "not for": "; ".join(regime.not_for),
        "cost": regime.cost or "",
        "replies": regime.response.replace("_", " ") if regime.response != "live" else "",
        "languages": ", ".join(regime.languages),
        "meets": ", ".join(need.replace("_", " ") for need in regime.needs),
        "audience": "professionals only" if regime.professionals_only else "",
        "note": regime.note or "",
    }
    yield from (f"{label}: {text}" for label, text in facts.items() if text)


def hours_words(regime: Regime, clock: int) -> str:
    """A regime's hours in words, with what it does on bank holidays."""
    if regime.hours is None:
        return "not published"
    expression = parse(regime.hours)
    said = words(expression, clock)
    if regime.bank_holidays:
        return f"{said}; {_HOLIDAY_WORDS[regime.bank_holidays]}"
    if expression.is_always or expression.uses_holidays:
        return said
    return f"{said}; bank holidays not published"


def source_lines(source: Source) -> Iterator[str]:
    """Where it was read, when that was published, and what it speaks for."""
    when = source.published.words if source.published else "undated"
    yield f"{when}, {source.grade}: {', '.join(source.supports)}"
    yield f"  {source.url or 'address not kept'}"
    if source.says:
        yield f"  says: {source.says}"


def service_record(service: Service) -> dict[str, Any]:
    """A record as a plain dict, for JSON."""
    record = _plain(service)
    assert isinstance(record, dict)
    return {"schema": "signpost/service/1", **record}


def _plain(value: Any) -> Any:
    if isinstance(value, PartialDate):
        return {
            "text": value.text,
            "first": date.fromordinal(value.first).isoformat(),
            "last": date.fromordinal(value.last).isoformat(),
        }
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {key: _plain(item) for key, item in value._asdict().items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value
