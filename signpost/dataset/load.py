"""Record files to values: services and notices, and everything that is wrong with them."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from signpost.core import services as words
from signpost.core.dates import PartialDate
from signpost.core.hours import HoursSyntaxError, parse
from signpost.core.services import (
    Channel,
    LifeEvent,
    Location,
    Notice,
    Regime,
    Retired,
    Service,
    Source,
)
from signpost.dataset.fields import Record
from signpost.dataset.gazetteer import Gazetteer
from signpost.dataset.problems import ERROR, Position, Problem, shown_path
from signpost.dataset.source import Fields, Node, Unreadable, read
from signpost.errors import InvalidValue, SignpostError

SERVICE_KEYS = (
    "id", "name", "kind", "organization", "partners", "description", "service_area", "role",
    "floor", "pair", "replaced_by", "topics", "groups", "not_for", "min_age", "max_age",
    "languages", "needs", "aliases", "life", "channels", "retired", "notes", "audience", "sources",
)  # fmt: skip
REGIME_KEYS = (
    "access", "purpose", "number", "keyword", "menu_option", "url", "email", "location", "hours",
    "bank_holidays", "holidays_of", "last_entry", "cost", "response", "min_age", "max_age",
    "groups", "not_for", "languages", "needs", "audience", "referral_via", "note",
)  # fmt: skip
INHERITED_KEYS = ("groups", "not_for", "min_age", "max_age", "languages", "needs", "audience")
CHANNEL_KEYS = ("id", "kind", *REGIME_KEYS, "regimes")
SOURCE_KEYS = ("url", "published", "grade", "supports", "channels", "since", "says")
NOTICE_KEYS = (
    "id", "effect", "role", "nation", "services", "from", "until", "unless_evidence_since",
    "what", "instead", "sources",
)  # fmt: skip

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NUMBER = re.compile(r"(\+44 ?)?\d+( \d+)*")
_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}")
_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_TOWN_PRECISION_KM = 2.0
_OUTSIDE_UK = (49.0, 61.5, -9.0, 3.0)


class Loaded(NamedTuple):
    """One file, read: its value (None when it is not fit to be used), problems and tree."""

    path: Path
    service: Service | None
    notice: Notice | None
    problems: tuple[Problem, ...]
    tree: Node | None


def record_files(folder: Path) -> Iterator[Path]:
    """The record files of a data folder, services before alerts, in a fixed order."""
    for part in ("services", "alerts"):
        yield from sorted((folder / part).rglob("*.yaml"))


def load_file(path: Path, gazetteer: Gazetteer) -> Loaded:
    """Read one record file; never raises for what is in it."""
    try:
        tree, problems = read(path)
    except Unreadable as error:
        return Loaded(path, None, None, (error.problem,), None)
    if not isinstance(tree, Fields):
        at = Position(shown_path(path), 1, 1)
        problem = Problem(at, ERROR, "bad-value", "a record is a mapping of keys and values")
        return Loaded(path, None, None, (problem,), tree)
    service: Service | None = None
    notice: Notice | None = None
    if _is_notice(path):
        notice = _Reader(problems, gazetteer).notice(Record(tree, problems, "an alert"), path.stem)
    else:
        record = Record(tree, problems, "a service")
        service = _Reader(problems, gazetteer).service(record, path.stem)
    problems.sort(key=lambda problem: problem.position)
    if any(problem.severity == ERROR for problem in problems):
        service = notice = None
    return Loaded(path, service, notice, tuple(problems), tree)


def _is_notice(path: Path) -> bool:
    return "alerts" in path.parent.parts


class _Reader:
    """Reads the parts of one record, adding to one list of problems."""

    def __init__(self, problems: list[Problem], gazetteer: Gazetteer) -> None:
        self._problems = problems
        self._gazetteer = gazetteer
        self._door_nations: list[str] = []

    def service(self, record: Record, stem: str) -> Service:
        record.only(SERVICE_KEYS)
        for key in ("organization", "service_area"):
            if not record.has(key):
                record.error(record.position, "missing-key",
                             f'a service needs "{key}"; write unknown if no source says')  # fmt: skip
        areas, names, nations = self._service_area(record)
        channels = self._channels(record)
        return Service(
            id=self._id(record, stem),
            name=record.required("name"),
            kind=self._required_choice(record, "kind", words.KINDS),
            organization=record.text("organization"),
            partners=record.texts("partners"),
            description=record.required("description"),
            areas=areas,
            area_names=names,
            nations=nations or tuple(dict.fromkeys(self._door_nations)),
            role=record.choice("role", words.ROLES),
            floor=record.flag("floor"),
            pair=record.text("pair"),
            replaced_by=record.text("replaced_by"),
            topics=record.words("topics", words.TOPICS),
            aliases=record.texts("aliases"),
            life=tuple(self._life(record)),
            channels=channels,
            retired=tuple(self._retired(record)),
            notes=record.texts("notes"),
            sources=self._sources(record, {channel.id for channel in channels}),
        )

    def notice(self, record: Record, stem: str) -> Notice:
        record.only(NOTICE_KEYS)
        since = record.date("from")
        if since is None:
            record.error(record.at("from"), "missing-key", 'an alert needs "from", a date')
            since = PartialDate("", 0, 0, False)
        return Notice(
            id=self._id(record, stem),
            effect=self._required_choice(record, "effect", ("overtaken", "closed")),
            role=record.choice("role", words.ROLES),
            nation=record.choice("nation", words.NATIONS),
            services=record.texts("services"),
            since=since,
            until=record.date("until"),
            unless_evidence_since=record.date("unless_evidence_since"),
            what=record.required("what"),
            instead=record.text("instead"),
            sources=self._sources(record, set()),
        )

    def _id(self, record: Record, stem: str) -> str:
        value = record.required("id")
        if value and not _ID.fullmatch(value):
            record.error(record.at("id"), "bad-id",
                         f'"{value}" is not an id; use lower-case letters, digits and hyphens')  # fmt: skip
        elif value and value != stem:
            record.error(record.at("id"), "id-mismatch",
                         f'the id "{value}" is not the file\'s name "{stem}"; make them the same')  # fmt: skip
        return value

    def _required_choice(self, record: Record, key: str, known: tuple[str, ...]) -> str:
        if not record.has(key):
            record.error(record.position, "missing-key", f'{record.what} needs "{key}"')
        return record.choice(key, known) or known[0]

    def _service_area(
        self, record: Record
    ) -> tuple[tuple[str, ...] | None, tuple[str, ...], tuple[str, ...]]:
        placed = record.placed_texts("service_area")
        if not placed:
            return None, (), ()
        codes, names, nations = [], [], []
        for at, reference in placed:
            try:
                code = self._gazetteer.area_code(reference)
            except InvalidValue as error:
                record.error(at, "bad-area", str(error))
                continue
            area = self._gazetteer.area(code)
            codes.append(code)
            names.append(area.name if area else reference)
            if area is not None and area.nation:
                nations.append(area.nation)
        if "UK" in codes:
            nations = list(words.NATIONS)
        return tuple(codes), tuple(names), tuple(dict.fromkeys(nations))

    def _life(self, record: Record) -> Iterator[LifeEvent]:
        for event in record.mappings("life", "an event of a life"):
            event.only((*words.LIFE_EVENTS, "basis", "note"))
            kinds = [kind for kind in words.LIFE_EVENTS if event.has(kind)]
            if len(kinds) != 1:
                event.error(event.position, "bad-life",
                            "an event is one of " + ", ".join(words.LIFE_EVENTS) + " with a date")  # fmt: skip
                continue
            when = event.date(kinds[0])
            basis = event.choice("basis", words.BASES, "reported") or "reported"
            if when is not None:
                yield LifeEvent(kinds[0], when, basis)

    def _channels(self, record: Record) -> tuple[Channel, ...]:
        if not record.has("channels"):
            record.error(record.position, "missing-key", 'a service needs "channels"')
        found: dict[str, Channel] = {}
        for fields in record.mappings("channels", "a channel"):
            fields.only(CHANNEL_KEYS)
            name = fields.required("id")
            if name in found:
                fields.error(fields.at("id"), "duplicate-id",
                             f'two channels have the id "{name}"; name them apart')  # fmt: skip
            kind = self._required_choice(fields, "kind", words.CHANNEL_KINDS)
            found[name] = Channel(name, kind, tuple(self._regimes(record, fields, kind)))
        return tuple(found.values())

    def _regimes(self, service: Record, channel: Record, kind: str) -> Iterator[Regime]:
        inherited = {
            key: value for key, value in service.fields.values.items() if key in INHERITED_KEYS
        }
        base = channel.over(Record(Fields(inherited, channel.position), self._problems, ""), "")
        regimes = channel.mappings("regimes", "a regime")
        if not regimes:
            yield self._regime(base, kind, channel)
        for regime in regimes:
            regime.only(("from", "until", *REGIME_KEYS))
            yield self._regime(regime.over(base, "a regime"), kind, regime)

    def _regime(self, record: Record, kind: str, own: Record) -> Regime:
        since, until = own.date("from"), own.date("until")
        if since and until and since.first > until.last:
            own.error(own.at("until"), "bad-regime", "the regime ends before it starts")
        if not record.has("access"):
            own.error(own.position, "missing-key", 'a channel needs "access"; or unknown')
        number = record.parsed("number", _parse_number, "bad-number")
        location = self._location(record)
        if kind in ("phone", "text") and not record.has("number") and not record.has("url"):
            own.error(own.position, "missing-key", f'a {kind} channel needs "number"; or unknown')
        if location is None and kind == "in_person":
            own.error(own.position, "missing-key",
                      'an in_person channel needs "location", at least its town')  # fmt: skip
        return Regime(
            since=since,
            until=until,
            access=record.choice("access", words.ACCESS, "unknown") or "unknown",
            purpose=record.choice("purpose", words.PURPOSES, "help") or "help",
            number=number,
            keyword=record.text("keyword"),
            menu_option=record.text("menu_option"),
            url=record.parsed("url", _parse_url, "bad-url"),
            email=record.parsed("email", _parse_email, "bad-email"),
            location=location,
            hours=self._hours(record, own),
            bank_holidays=record.choice("bank_holidays", words.BANK_HOLIDAYS),
            holidays_of=record.choice("holidays_of", words.HOLIDAYS_OF),
            last_entry=record.parsed("last_entry", _parse_time, "bad-time"),
            cost=record.text("cost"),
            response=record.choice("response", words.RESPONSES, "live") or "live",
            min_age=record.age("min_age"),
            max_age=record.age("max_age"),
            groups=record.words("groups", words.GROUPS),
            not_for=record.texts("not_for"),
            languages=record.texts("languages"),
            needs=record.words("needs", words.NEEDS),
            professionals_only=record.choice("audience", ("professionals",)) is not None,
            referral_via=record.text("referral_via"),
            note=record.text("note"),
        )

    def _hours(self, record: Record, own: Record) -> str | None:
        if not record.has("hours"):
            own.error(own.position, "missing-key",
                      'a channel needs "hours"; write unknown if no source gives them')  # fmt: skip
            return None
        rules = []
        for at, text in record.placed_texts("hours"):
            try:
                parsed = parse(text)
            except HoursSyntaxError as error:
                column = at.column + (error.column or 0)
                record.error(at._replace(column=column), "hours-syntax", f'"{text}": {error}')
                continue
            for warning in parsed.warnings:
                record.warn(at, "hours-form", warning)
            if parsed.has_open_end:
                record.error(at, "hours-open-end", f'"{text}": an end that is not known is '
                             'written out: 18:00-24:00 unknown "closing time not published"')  # fmt: skip
            rules.append(text)
        return "; ".join(rules) or None

    def _location(self, record: Record) -> Location | None:
        fields = record.mapping("location", "a location")
        if fields is None:
            return None
        fields.only(("name", "address", "town", "postcode", "lat", "lon"))
        town = fields.text("town")
        postcode = fields.parsed("postcode", _parse_postcode, "bad-postcode")
        lat, lon, precision = self._point(fields, town, postcode)
        return Location(fields.text("name"), fields.text("address"), _short_town(town), postcode,
                        lat, lon, precision)  # fmt: skip

    def _point(
        self, fields: Record, town: str | None, postcode: str | None
    ) -> tuple[float | None, float | None, float | None]:
        lat = fields.parsed("lat", _parse_degrees, "bad-point")
        lon = fields.parsed("lon", _parse_degrees, "bad-point")
        if lat is not None and lon is not None:
            south, north, west, east = _OUTSIDE_UK
            if not (south <= lat <= north and west <= lon <= east):
                fields.error(fields.at("lat"), "bad-point", "this point is not in the UK; check "
                             "that lat and lon are the right way round")  # fmt: skip
            return lat, lon, 0.05
        for key, typed in (("postcode", postcode), ("town", town)):
            if typed is None:
                continue
            try:
                place = self._gazetteer.place(typed)
            except SignpostError as error:
                if key == "town":
                    fields.error(fields.at(key), "bad-place", str(error))
                continue
            self._door_nations.append(place.nation)
            if place.point is not None:
                floor = _TOWN_PRECISION_KM if key == "town" else 0.0
                return place.point.lat, place.point.lon, max(place.precision_km, floor)
        return None, None, None

    def _retired(self, record: Record) -> Iterator[Retired]:
        for fields in record.mappings("retired", "a retired contact"):
            fields.only(("number", "until", "note"))
            yield Retired(fields.required("number"), fields.date("until"), fields.text("note"))

    def _sources(self, record: Record, channels: set[str]) -> tuple[Source, ...]:
        if not record.has("sources"):
            record.error(record.position, "missing-key", f'{record.what} needs "sources"')
        return tuple(
            self._source(fields, channels)
            for fields in record.mappings("sources", "a source")
        )

    def _source(self, fields: Record, channels: set[str]) -> Source:
        fields.only(SOURCE_KEYS)
        for key in ("url", "published", "grade", "supports"):
            if not fields.has(key):
                fields.error(fields.position, "missing-key", f'a source needs "{key}"')
        for at, name in fields.placed_texts("channels"):
            if name not in channels:
                fields.error(at, "bad-reference", f'no channel of this record is called "{name}"')
        return Source(
            url=fields.parsed("url", _parse_url, "bad-url"),
            published=fields.date("published"),
            grade=fields.choice("grade", words.GRADES, "low") or "low",
            supports=fields.words("supports", words.FACTS),
            channels=fields.texts("channels"),
            since=fields.date("since"),
            says=fields.text("says"),
        )


def _short_town(town: str | None) -> str | None:
    return town.partition(",")[0].strip() if town else None


def _parse_number(text: str) -> str:
    if not _NUMBER.fullmatch(text):
        raise InvalidValue(
            f'"{text}" is not a number to dial; write digits and single spaces, such as '
            "0800 028 0077, and anything to press in menu_option"
        )
    digits = sum(character.isdigit() for character in text)
    if not 3 <= digits <= 13:
        raise InvalidValue(f'"{text}" has {digits} digits; no UK number has; check it')
    return text


def _parse_url(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s<>\"]+", text):
        raise InvalidValue(f'"{text}" is not a web address; it begins with https:// or http://')
    return text


def _parse_email(text: str) -> str:
    if not _EMAIL.fullmatch(text):
        raise InvalidValue(f'"{text}" is not an e-mail address')
    return text


def _parse_time(text: str) -> int:
    found = _TIME.fullmatch(text)
    if found is None:
        raise InvalidValue(f'"{text}" is not a time of day; write HH:MM, such as 22:30')
    return int(found[1]) * 60 + int(found[2])


def _parse_postcode(text: str) -> str:
    if not _POSTCODE.fullmatch(text):
        raise InvalidValue(f'"{text}" is not a full postcode; write it as DE1 2QY, or leave it out')
    return text


def _parse_degrees(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise InvalidValue(f'"{text}" is not a number of degrees, such as 53.2591') from None
    if not -180 <= value <= 180:
        raise InvalidValue(f'"{text}" is not a number of degrees between -180 and 180')
    return value


