"""Record files to values: services and notices, and everything that is wrong with them."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from signpost.core import services as words
from signpost.core.alerts import begins, ends, parse_notice_time
from signpost.core.dates import PartialDate, parse_date
from signpost.core.services import LifeEvent, Notice, NoticeTime, Retired, Service, Source
from signpost.dataset.channels import INHERITED_KEYS as INHERITED_KEYS
from signpost.dataset.channels import ChannelReader, required_choice
from signpost.dataset.fields import Record
from signpost.dataset.folder import is_alert
from signpost.dataset.gazetteer import Gazetteer
from signpost.dataset.problems import ERROR, Position, Problem, shown_path
from signpost.dataset.source import Fields, Node, Unreadable, read
from signpost.dataset.values import parse_number, parse_url
from signpost.errors import InvalidValue

SERVICE_KEYS = (
    "id", "name", "kind", "organization", "partners", "description", "service_area", "role",
    "floor", "pair", "replaced_by", "topics", "groups", "not_for", "min_age", "max_age",
    "languages", "needs", "aliases", "life", "channels", "retired", "notes", "audience", "sources",
)  # fmt: skip
SOURCE_KEYS = ("url", "published", "grade", "supports", "channels", "since", "says")
NOTICE_KEYS = (
    "id", "effect", "role", "nation", "services", "channels", "from", "until",
    "unless_evidence_since", "what", "instead", "number", "sources",
)  # fmt: skip
HIDE = "hide"
"""`hide: true` in an organisation's own record removes the record of that id below it."""

EFFECTS = ("overtaken", "closed")

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

_NEVER_SAID = PartialDate(
    "on a date not known", parse_date("1900").first, parse_date("2100").last, inferred=False
)
"""Some day or other: what a life's event without a date leaves possible."""


class Loaded(NamedTuple):
    """One file, read: its value (None when it is not fit to be used), problems and tree.

    `hides` is the id of the record that it removes from the data sets below.
    """

    path: Path
    service: Service | None
    notice: Notice | None
    problems: tuple[Problem, ...]
    tree: Node | None
    hides: str | None = None


def load_file(path: Path, gazetteer: Gazetteer) -> Loaded:
    """Read one record file; never raises for what is in it."""
    try:
        tree, problems = read(path)
    except Unreadable as error:
        return Loaded(path, None, None, (error.problem,), None)
    start = Position(shown_path(path), 1, 1)
    if not isinstance(tree, Fields):
        problem = Problem(start, ERROR, "bad-value", "a record is a mapping; begin with id: and "
                          "the file's name")  # fmt: skip
        return Loaded(path, None, None, (problem,), tree)
    if path.suffix != ".yaml":
        problems.append(Problem(start, ERROR, "file-name", "a record's file ends in .yaml; "
                                "rename it"))  # fmt: skip
    reader = _Reader(gazetteer)
    record = Record(tree, problems, "an alert" if is_alert(path) else "a service")
    service: Service | None = None
    notice: Notice | None = None
    hides = None
    if record.flag(HIDE):
        record.only((*(NOTICE_KEYS if is_alert(path) else SERVICE_KEYS), HIDE))
        hides = reader.id(record, path.stem)
    elif is_alert(path):
        notice = reader.notice(record, path.stem)
    else:
        service = reader.service(record, path.stem)
    found = tuple(sorted(set(problems)))
    if any(problem.severity == ERROR for problem in found):
        service = notice = hides = None
    return Loaded(path, service, notice, found, tree, hides)


class _Reader:
    """Reads the parts of one record."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def service(self, record: Record, stem: str) -> Service:
        record.only((*SERVICE_KEYS, HIDE))
        for key in ("organization", "service_area"):
            if not record.has(key):
                record.error(record.position, "missing-key", f'a service needs "{key}"; write '
                             "unknown if no source says")  # fmt: skip
        areas, names, nations = self._service_area(record)
        reader = ChannelReader(self._gazetteer)
        channels = reader.channels(record)
        return Service(
            id=self.id(record, stem),
            name=record.required("name"),
            kind=required_choice(record, "kind", words.KINDS),
            organization=record.text("organization"),
            partners=record.texts("partners"),
            description=record.required("description"),
            areas=areas,
            area_names=names,
            nations=nations or tuple(dict.fromkeys(reader.door_nations)),
            role=record.choice("role", words.ROLES),
            floor=record.flag("floor"),
            pair=record.text("pair"),
            replaced_by=record.text("replaced_by"),
            topics=record.words("topics", words.TOPICS),
            aliases=record.texts("aliases"),
            life=tuple(_life(record)),
            channels=channels,
            retired=tuple(_retired(record)),
            notes=record.texts("notes"),
            sources=_sources(record, {channel.id for channel in channels}),
        )

    def notice(self, record: Record, stem: str) -> Notice:
        record.only((*NOTICE_KEYS, HIDE))
        since = record.parsed("from", parse_notice_time, "bad-date")
        if not record.has("from") or record.is_unknown("from"):
            record.error(record.at("from"), "missing-key", 'an alert needs "from", a day or a day '
                         "with a time")  # fmt: skip
        effect = required_choice(record, "effect", EFFECTS)
        services, channels = record.texts("services"), tuple(_channels_named(record))
        role = record.choice("role", words.ROLES)
        if not (services or channels) and (effect == "closed" or role is None):
            record.error(record.position, "missing-key", 'an alert needs "services", the ids it is '
                         'about, or "channels", as service-id/channel-id; one that is overtaken '
                         'may have "role" instead')  # fmt: skip
        notice = Notice(
            id=self.id(record, stem),
            effect=effect,
            role=role,
            nation=record.choice("nation", words.NATIONS),
            services=services,
            channels=channels,
            since=since or NoticeTime(_NEVER_SAID, None),
            until=record.parsed("until", parse_notice_time, "bad-date"),
            unless_evidence_since=record.date("unless_evidence_since"),
            what=record.required("what"),
            instead=record.text("instead"),
            number=record.parsed("number", parse_number, "bad-number"),
            sources=_sources(record, set()),
        )
        until = notice.until
        if since is not None and until is not None and begins(since)[0] >= ends(until)[1]:
            record.error(record.at("until"), "bad-regime", "the alert ends before it starts; "
                         "check from and until")  # fmt: skip
        return notice

    def id(self, record: Record, stem: str) -> str:
        value = record.required("id")
        if value and not _ID.fullmatch(value):
            record.error(record.at("id"), "bad-id", f'"{value}" is not an id; use lower-case '
                         "letters, digits and hyphens")  # fmt: skip
        elif value and value != stem:
            record.error(record.at("id"), "id-mismatch", f'the id "{value}" is not the file\'s '
                         f'name "{stem}"; make them the same')  # fmt: skip
        return value

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


def _channels_named(record: Record) -> Iterator[str]:
    for at, name in record.placed_texts("channels"):
        service, slash, channel = name.partition("/")
        if slash and _ID.fullmatch(service) and channel and "/" not in channel:
            yield name
        else:
            record.error(at, "bad-id", f'"{name}" names no channel; write the id of its record, a '
                         "slash and its own, such as calm/line")  # fmt: skip


def _life(record: Record) -> Iterator[LifeEvent]:
    for event in record.mappings("life", "an event of a life"):
        event.only((*words.LIFE_EVENTS, "basis", "note"))
        kinds = [kind for kind in words.LIFE_EVENTS if event.has(kind)]
        if len(kinds) != 1:
            event.error(event.position, "bad-life", "an event is one of "
                        f"{', '.join(words.LIFE_EVENTS)}, with a date")  # fmt: skip
            continue
        what = kinds[0]
        when = event.date(what)
        basis = event.choice("basis", words.BASES, "reported") or "reported"
        if when is None and event.is_unknown(what) and not _says_nothing(what, basis):
            when = _NEVER_SAID
        if when is not None:
            yield LifeEvent(what, when, basis)


def _says_nothing(what: str, basis: str) -> bool:
    """Whether an event without a date leaves nothing in doubt that the sources do not settle."""
    return what == "announced" or (what == "opens" and basis != "planned")


def _retired(record: Record) -> Iterator[Retired]:
    for fields in record.mappings("retired", "a retired contact"):
        fields.only(("number", "until", "note"))
        yield Retired(fields.required("number"), fields.date("until"), fields.text("note"))


def _sources(record: Record, channels: set[str]) -> tuple[Source, ...]:
    found = tuple(
        _source(fields, channels) for fields in record.mappings("sources", "a source")
    )  # fmt: skip
    if not found:
        record.error(record.at("sources"), "missing-key",
                     f'{record.what} needs "sources": at least one')  # fmt: skip
    return found


def _source(fields: Record, channels: set[str]) -> Source:
    fields.only(SOURCE_KEYS)
    for key in ("url", "published", "supports"):
        if not fields.has(key):
            fields.error(fields.position, "missing-key", f'a source needs "{key}"')
    for at, name in fields.placed_texts("channels"):
        if name not in channels:
            fields.error(at, "bad-reference", f'no channel of this record is called "{name}"; '
                         "channels here are ids of its own")  # fmt: skip
    return Source(
        url=fields.parsed("url", parse_url, "bad-url"),
        published=fields.date("published"),
        grade=required_choice(fields, "grade", words.GRADES),
        supports=fields.words("supports", words.FACTS),
        channels=fields.texts("channels"),
        since=fields.date("since"),
        says=fields.text("says"),
    )
