"""The channels of a record: kinds, regimes, hours and doors, from YAML to values."""

from collections.abc import Iterator

from signpost.core import services as words
from signpost.core.hours import HoursSyntaxError, parse
from signpost.core.services import Channel, Location, Regime
from signpost.dataset.fields import UNKNOWN, Record
from signpost.dataset.gazetteer import Gazetteer
from signpost.dataset.source import Items, Text
from signpost.dataset.values import (
    parse_degrees,
    parse_email,
    parse_number,
    parse_postcode,
    parse_time,
    parse_url,
)
from signpost.errors import SignpostError

REGIME_KEYS = (
    "access", "purpose", "number", "keyword", "menu_option", "url", "email", "location", "hours",
    "bank_holidays", "holidays_of", "last_entry", "cost", "response", "min_age", "max_age",
    "groups", "not_for", "languages", "needs", "audience", "referral_via", "note",
)  # fmt: skip
INHERITED_KEYS = ("groups", "not_for", "min_age", "max_age", "languages", "needs", "audience")
CHANNEL_KEYS = ("id", "kind", *REGIME_KEYS, "regimes")

_TOWN_PRECISION_KM = 2.0
_POINT_PRECISION_KM = 0.05
_UK = (49.0, 61.5, -9.0, 3.0)


class ChannelReader:
    """Reads the channels of one record; `door_nations` are the nations its doors lie in."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self.door_nations: list[str] = []

    def channels(self, record: Record) -> tuple[Channel, ...]:
        """Every channel of a service, each with all that it inherits filled in."""
        found: dict[str, Channel] = {}
        for fields in record.mappings("channels", "a channel"):
            fields.only(CHANNEL_KEYS)
            name = fields.required("id")
            if name in found:
                fields.error(fields.at("id"), "duplicate-id",
                             f'two channels have the id "{name}"; name them apart')  # fmt: skip
            kind = required_choice(fields, "kind", words.CHANNEL_KINDS)
            found[name] = Channel(name, kind, tuple(self._regimes(record, fields, kind)))
        if not found:
            record.error(record.at("channels"), "missing-key",
                         'a service needs "channels": at least one way to reach it')  # fmt: skip
        return tuple(found.values())

    def _regimes(self, service: Record, channel: Record, kind: str) -> Iterator[Regime]:
        base = channel.over(service.part(INHERITED_KEYS))
        professionals_only = _for_professionals(service) | _for_professionals(channel)
        regimes = channel.mappings("regimes", "a regime")
        if not regimes:
            yield self._regime(base, kind, channel, professionals_only)
        for own in regimes:
            own.only(("from", "until", *REGIME_KEYS))
            yield self._regime(own.over(base), kind, own,
                               professionals_only | _for_professionals(own))  # fmt: skip

    def _regime(self, record: Record, kind: str, own: Record, professionals_only: bool) -> Regime:
        since, until = own.date("from"), own.date("until")
        if since and until and since.first > until.last:
            own.error(own.at("until"), "bad-regime", "the regime ends before it starts; check "
                      "from and until")  # fmt: skip
        if not record.has("access"):
            own.error(own.position, "missing-key", 'a channel needs "access"; or unknown')
        location = self._location(record)
        if kind in ("phone", "text") and not record.has("number") and not record.has("url"):
            own.error(own.position, "missing-key", f'a {kind} channel needs "number"; or unknown')
        if location is None and kind == "in_person":
            own.error(own.position, "missing-key",
                      'an in_person channel needs "location", at least its town')  # fmt: skip
        min_age, max_age = record.age("min_age"), record.age("max_age")
        if min_age is not None and max_age is not None and min_age > max_age:
            record.error(record.at("max_age"), "bad-age",
                         f"max_age {max_age} is below min_age {min_age}; check both")  # fmt: skip
        return Regime(
            since=since,
            until=until,
            access=record.choice("access", words.ACCESS, UNKNOWN) or UNKNOWN,
            purpose=record.choice("purpose", words.PURPOSES, "help") or "help",
            number=record.parsed("number", parse_number, "bad-number"),
            keyword=record.text("keyword"),
            menu_option=record.text("menu_option"),
            url=record.parsed("url", parse_url, "bad-url"),
            email=record.parsed("email", parse_email, "bad-email"),
            location=location,
            hours=self._hours(record, own),
            bank_holidays=record.choice("bank_holidays", words.BANK_HOLIDAYS),
            holidays_of=record.choice("holidays_of", words.HOLIDAYS_OF),
            last_entry=record.parsed("last_entry", parse_time, "bad-time"),
            cost=record.text("cost"),
            response=record.choice("response", words.RESPONSES, "live") or "live",
            min_age=min_age,
            max_age=max_age,
            groups=record.words("groups", words.GROUPS),
            not_for=record.texts("not_for"),
            languages=record.texts("languages"),
            needs=record.words("needs", words.NEEDS),
            professionals_only=professionals_only,
            referral_via=record.text("referral_via"),
            note=record.text("note"),
        )

    def _hours(self, record: Record, own: Record) -> str | None:
        if not record.has("hours"):
            own.error(own.position, "missing-key",
                      'a channel needs "hours"; write unknown if no source gives them')  # fmt: skip
            return None
        node = record.node("hours")
        for item in node.values if isinstance(node, Items) else ():
            if isinstance(item, Text) and item.value.strip() == UNKNOWN:
                record.error(item.position, "hours-syntax", '"unknown" cannot stand in a list of '
                             'hours; say when and why: Mo-Su unknown "reason"')  # fmt: skip
        return "; ".join(_hours_rules(record)) or None

    def _location(self, record: Record) -> Location | None:
        fields = record.mapping("location", "a location")
        if fields is None:
            return None
        fields.only(("name", "address", "town", "postcode", "lat", "lon"))
        if not fields.fields.values:
            fields.error(fields.position, "missing-key", "a location needs at least its town")
        town = fields.text("town")
        postcode = fields.parsed("postcode", parse_postcode, "bad-postcode")
        lat, lon, precision = self._point(fields, town, postcode)
        return Location(fields.text("name"), fields.text("address"), _short_town(town), postcode,
                        lat, lon, precision)  # fmt: skip

    def _point(
        self, fields: Record, town: str | None, postcode: str | None
    ) -> tuple[float | None, float | None, float | None]:
        lat = fields.parsed("lat", parse_degrees, "bad-point")
        lon = fields.parsed("lon", parse_degrees, "bad-point")
        if fields.has("lat") != fields.has("lon"):
            fields.error(fields.position, "bad-point", "lat and lon belong together; write both "
                         "or neither")  # fmt: skip
        if lat is not None and lon is not None:
            south, north, west, east = _UK
            if not (south <= lat <= north and west <= lon <= east):
                fields.error(fields.at("lat"), "bad-point", "this point is not in the UK; check "
                             "that lat and lon are the right way round")  # fmt: skip
            return lat, lon, _POINT_PRECISION_KM
        for key, typed in (("postcode", postcode), ("town", town)):
            if typed is None:
                continue
            try:
                place = self._gazetteer.place(typed)
            except SignpostError as error:
                if key == "town":
                    fields.error(fields.at(key), "bad-place", str(error))
                continue
            self.door_nations.append(place.nation)
            if place.point is not None:
                floor = _TOWN_PRECISION_KM if key == "town" else 0.0
                return place.point.lat, place.point.lon, max(place.precision_km, floor)
        return None, None, None


def _for_professionals(record: Record) -> bool:
    """Whether a level of a record closes it to the public; no lower level opens it again."""
    return record.choice("audience", ("professionals",)) is not None


def _hours_rules(record: Record) -> Iterator[str]:
    """The rules of a channel's hours, each as it is written, with complaints of their own."""
    for scalar, text in record.scalars("hours"):
        try:
            parsed = parse(text)
        except HoursSyntaxError as error:
            at = scalar.position if error.column is None else scalar.character(error.column)
            record.error(at, "hours-syntax", f'"{text}": {error}')
            continue
        for warning in parsed.warnings:
            record.warn(scalar.position, "hours-form", warning)
        if parsed.has_open_end:
            record.error(scalar.position, "hours-open-end",
                         f'"{text}": an end that is not known is written out: '
                         '18:00-24:00 unknown "closing time not published"')  # fmt: skip
        yield text


def required_choice(record: Record, key: str, known: tuple[str, ...]) -> str:
    """One word of a closed list that must be there; the first when it is not."""
    if not record.has(key):
        record.error(record.position, "missing-key",
                     f'{record.what} needs "{key}", one of: {", ".join(known)}')  # fmt: skip
    if record.is_unknown(key):
        record.error(record.at(key), "bad-value",
                     f'"{key}" cannot be unknown; one of: {", ".join(known)}')  # fmt: skip
    return record.choice(key, known) or known[0]


def _short_town(town: str | None) -> str | None:
    return town.partition(",")[0].strip() if town else None
