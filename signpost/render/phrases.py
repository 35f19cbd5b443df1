"""How times, distances, contacts and places are said to people."""

from datetime import date, datetime, timedelta

from signpost.core.availability import LONDON
from signpost.core.contacts import contact_of
from signpost.core.places import Place
from signpost.core.query import Option
from signpost.core.services import Channel, Regime

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December",
)  # fmt: skip


def clock_words(hour: int, minute: int, clock: int = 12) -> str:
    """A time of day, the NHS way (`7:30pm`, `midnight`, `midday`) or on the 24-hour clock."""
    if clock == 24:
        return f"{hour:02}:{minute:02}"
    if minute == 0 and hour in (0, 12):
        return "midnight" if hour == 0 else "midday"
    half = "am" if hour < 12 else "pm"
    minutes = f":{minute:02}" if minute else ""
    return f"{hour % 12 or 12}{minutes}{half}"


def time_words(moment: datetime, clock: int = 12) -> str:
    """The London time of a moment; the two 1ams of an October night are told apart."""
    local = moment.astimezone(LONDON)
    said = clock_words(local.hour, local.minute, clock)
    other = local.replace(fold=1 - local.fold)
    if other.utcoffset() != local.utcoffset():
        said = f"{said} {local.tzname()}"
    return said


def date_words(day: date) -> str:
    """`Saturday 12 August 2023`."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def moment_words(moment: datetime, clock: int = 12) -> str:
    """`Saturday 12 August 2023, 7:30pm`."""
    return f"{date_words(moment.astimezone(LONDON).date())}, {time_words(moment, clock)}"


def near_time_words(moment: datetime, asked: datetime, clock: int = 12) -> str:
    """A time seen from the moment asked: `11pm`, `2am tomorrow`, `6am Monday`, `9am 3 May`."""
    local, now = moment.astimezone(LONDON), asked.astimezone(LONDON)
    said = time_words(moment, clock)
    days = (local.date() - now.date()).days
    if days == 1 and said == "midnight":
        return said
    if days == 0:
        return said
    if days == 1:
        return f"{said} tomorrow"
    if days < 7:
        return f"{said} {WEEKDAYS[local.weekday()]}"
    year = f" {local.year}" if local.year != now.year else ""
    return f"{said} {local.day} {MONTHS[local.month - 1]}{year}"


def until_words(option: Option, asked: datetime, clock: int = 12) -> str:
    """Until when an open option stays open: `at any time`, `until 11pm`."""
    if option.until is None or option.until - asked > timedelta(days=60):
        return "at any time"
    return f"until {near_time_words(option.until, asked, clock)}"


def distance_words(option: Option, place: Place | None) -> str:
    """A straight-line distance: `1.2 miles away`, `about 3 miles away` when a point is rough."""
    miles = option.distance_miles
    if miles is None or place is None:
        return ""
    if option.rough_distance:
        return f"in or near {place.name}" if miles < 1.5 else f"about {round(miles)} miles away"
    return "under half a mile away" if miles < 0.5 else f"{miles:.1f} miles away"


def place_words(place: Place) -> str:
    """A place with what tells it from others of its name: `Buxton, Derbyshire`."""
    where = place.where
    return place.name if not where or where == place.name else f"{place.name}, {where}"


def contact_words(channel: Channel, regime: Regime) -> str:
    """What to ring, text, open or go to, the number first."""
    if channel.kind == "text" and regime.number:
        return f"{regime.keyword} to {regime.number}" if regime.keyword else regime.number
    contact = contact_of(channel, regime)
    if contact is not None:
        return contact
    location = regime.location
    if location is not None:
        parts = (location.name, location.address, location.town, location.postcode)
        return ", ".join(part for part in parts if part)
    return ""


def lead_words(option: Option) -> str:
    """What the first column says: the number, the address, or what kind of thing it is."""
    channel, regime = option.channel, option.regime
    contact = contact_words(channel, regime)
    match channel.kind:
        case "phone":
            return contact or "Number not published"
        case "text":
            return f"Text {contact}" if contact else "Number not published"
        case "in_person" if contact_of(channel, regime) is None:
            known = contact and "not published" not in contact
            return f"{contact} (address not published)" if known else "Address not published"
        case "in_person":
            return f"Go to {contact}" if option.state == "open" else contact
        case kind:
            return {"web_chat": "Web chat", "email": "Email", "app": "App"}.get(kind, "Online")


def sentence(text: str) -> str:
    """A clause as a sentence: a capital at the start, one full stop at the end."""
    said = text.strip()
    if said.startswith(("http", "www.")) or not said:
        return said
    ended = said if said.endswith((".", "!", "?")) or _ends_in_link(said) else f"{said}."
    return capital(ended)


def capital(text: str) -> str:
    """The text with a capital at its start."""
    return f"{text[:1].upper()}{text[1:]}"


def _ends_in_link(text: str) -> bool:
    """Whether a full stop would be taken for a part of a link or an address."""
    last = text.rpartition(" ")[2]
    return "://" in last or "@" in last


def verb_words(channel: Channel) -> str:
    """What one does with a channel: `ring`, `text`, `go to`."""
    return {
        "phone": "ring", "text": "text", "in_person": "go to", "web_chat": "chat at",
        "email": "write to", "app": "see", "online": "see",
    }[channel.kind]  # fmt: skip


def dialled(number: str) -> str:
    """A number as a phone dials it: digits only, with + kept."""
    return "".join(character for character in number if character.isdigit() or character == "+")
