"""How a channel is used: its contact, what keeps one person alone from using it, whom to ask."""

from collections.abc import Iterator

from signpost.core.reasons import Remark, remark
from signpost.core.services import ALONE, Channel, Regime, Service

_LOWERED_ACCESS = {
    "booking": "book_first",
    "existing_patients": "existing_patients",
    "via_emergency_department": "via_emergency_department",
    "unknown": "access_unknown",
}
_REPLY = {"same_day": "the same day", "days": "within days"}
_CONTACT_WORDS = {
    "phone": "number", "text": "number", "in_person": "street address", "email": "address",
    "web_chat": "link", "app": "link", "online": "link",
}  # fmt: skip


def contact_of(channel: Channel, regime: Regime) -> str | None:
    """What one needs to use a channel: number, link, address; None when it is not published."""
    if channel.kind in ("phone", "text"):
        return regime.number
    if channel.kind == "in_person":
        location = regime.location
        if location is None or not (location.address or (location.name and location.postcode)):
            return None
        parts = (location.name, location.address, location.town, location.postcode)
        return ", ".join(part for part in parts if part)
    if channel.kind == "email":
        return regime.email
    return regime.url


def phone_of(service: Service, day: int | None = None) -> str | None:
    """The newest number of a service that a member of the public may ring.

    With a day (an ordinal), of those in force on it.
    """
    for channel, regime in _public(service, day):
        if channel.kind == "phone" and regime.number and regime.purpose != "recorded":
            return regime.number
    return None


def _public(service: Service, day: int | None) -> Iterator[tuple[Channel, Regime]]:
    for channel in service.channels:
        for regime in reversed(channel.regimes):
            if not regime.professionals_only and (day is None or regime.may_hold_on(day)):
                yield channel, regime


def access_doubts(service: Service, channel: Channel, regime: Regime, day: int) -> Iterator[Remark]:
    """Every reason why one person alone cannot use a channel at once."""
    if contact_of(channel, regime) is None:
        yield remark("no_contact", contact=_CONTACT_WORDS[channel.kind])
    if regime.access == "professional_referral":
        yield remark("by_referral", via=f" ({regime.referral_via})" if regime.referral_via else "")
    elif regime.access not in ALONE:
        yield remark(_LOWERED_ACCESS[regime.access])
    elif regime.access == "call_first" and phone_of(service, day) is None:
        yield remark("no_contact", contact="number to call first")
    if regime.response != "live":
        yield remark("reply_later", when=_REPLY[regime.response])


def whom_to_ask(service: Service, channel: Channel, regime: Regime, day: int) -> str | None:
    """Whom to ask before relying on a channel on a day: a number, a page, or who it is."""
    if regime.access == "via_emergency_department":
        return "the emergency department (A&E)"
    if regime.access == "professional_referral" and regime.referral_via:
        return regime.referral_via
    own = regime.number if channel.kind == "phone" else None
    number = own or phone_of(service, day)
    if number is not None:
        return number
    for _, other in _public(service, day):
        if other.email or other.url:
            return other.email or other.url
    if regime.access in ("professional_referral", "existing_patients"):
        return "the person's GP or mental health team"
    return service.organization or "the urgent line in the emergency section"
