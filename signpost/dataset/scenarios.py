"""Scenario files: promises about moments, places and people, read with their positions.

A scenario says what must be found at a moment, near a place, for a person; or, of an hours
expression alone, its state at a moment. A service stands where its best channel stands: open
before check first before opens later. `id/channel` speaks of one channel only. Wall times are
London's; an hour that the clocks skip or repeat needs its offset.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from signpost.core.availability import LONDON
from signpost.core.hours import HoursSyntaxError, parse
from signpost.core.reasons import LEFT_OUT, WORDS
from signpost.core.services import BANK_HOLIDAYS, CHANNEL_KINDS, GROUPS, NATIONS
from signpost.dataset.fields import UNKNOWN, Record
from signpost.dataset.problems import ERROR, Position, Problem, shown_path
from signpost.dataset.source import Fields, Items, Unreadable, read
from signpost.errors import InvalidValue

FOLDER = "scenarios"
"""Where a data folder keeps its scenarios."""

SECTIONS = ("emergency", "open", "check_first", "opens_later", "absent")
"""Where a scenario can say that a service stands; `absent` is in no section at all."""

TIMES = ("until", "opens")
STATES = ("open", "closed", "unknown")
NO_END = "none"
"""Written for a time that never comes: the state does not change again."""

KEYS = ("what", "at", "near", "for", "age", "by", "within", *SECTIONS, "reasons", *TIMES)
HOURS_KEYS = ("what", "at", "hours", "bank_holidays", "nation", "state", "next_change", "reasons")


class Subject(NamedTuple):
    """A service, or one channel of it, and where a scenario names it."""

    service: str
    channel: str | None
    position: Position


class Claim(NamedTuple):
    """The section where a subject must stand."""

    subject: Subject
    section: str


class Because(NamedTuple):
    """Codes of core.reasons (reasons, conditions, or why it is left out) that must all be given."""

    subject: Subject
    codes: tuple[str, ...]


class Timing(NamedTuple):
    """When a subject's state ends (`until`) or it next opens (`opens`); None is never."""

    subject: Subject
    kind: str
    when: datetime | None


class Scenario(NamedTuple):
    """What must be answered to one question. `near` is as a person types it."""

    position: Position
    what: str
    at: datetime
    near: str | None
    groups: tuple[str, ...]
    age: int | None
    by: tuple[str, ...]
    within_miles: float | None
    claims: tuple[Claim, ...]
    reasons: tuple[Because, ...]
    timings: tuple[Timing, ...]


class HoursScenario(NamedTuple):
    """What an hours expression must mean at one moment to a place in a nation.

    `says_change` tells whether the next change is promised; `next_change` None is then never.
    """

    position: Position
    what: str
    at: datetime
    hours: str
    bank_holidays: str | None
    nation: str
    state: str
    says_change: bool
    next_change: datetime | None
    codes: tuple[str, ...]


class ScenarioFile(NamedTuple):
    """One file's scenarios in the order written, and what is wrong with it."""

    path: Path
    scenarios: tuple[Scenario | HoursScenario, ...]
    problems: tuple[Problem, ...]


def read_scenarios(folder: Path) -> tuple[ScenarioFile, ...]:
    """Every scenario file of a data folder, by name; none where it keeps no scenarios."""
    return tuple(read_scenario_file(path) for path in sorted((folder / FOLDER).rglob("*.yaml")))


def read_scenario_file(path: Path) -> ScenarioFile:
    """Read one file; never raises for what is in it. A scenario with a fault is left out."""
    try:
        tree, problems = read(path)
    except Unreadable as error:
        return ScenarioFile(path, (), (error.problem,))
    if not isinstance(tree, Items):
        problem = Problem(
            Position(shown_path(path), 1, 1), ERROR, "bad-value",
            'a scenario file is a list: begin each scenario with "- what:"',
        )  # fmt: skip
        return ScenarioFile(path, (), (problem,))
    whole = Fields({FOLDER: (tree.position, tree)}, tree.position)
    found: list[Scenario | HoursScenario] = []
    for record in Record(whole, problems, "a scenario file").mappings(FOLDER, "a scenario"):
        before = len(problems)
        scenario = _hours_scenario(record) if record.has("hours") else _scenario(record)
        if len(problems) == before:
            found.append(scenario)
    problems.sort(key=lambda problem: problem.position)
    return ScenarioFile(path, tuple(found), tuple(problems))


def _scenario(record: Record) -> Scenario:
    record.only(KEYS)
    scenario = Scenario(
        position=record.position,
        what=record.required("what"),
        at=_at(record),
        near=record.text("near"),
        groups=record.words("for", GROUPS),
        age=record.age("age"),
        by=record.words("by", CHANNEL_KINDS),
        within_miles=record.parsed("within", _parse_miles, "bad-distance"),
        claims=tuple(claim for section in SECTIONS for claim in _claims(record, section)),
        reasons=tuple(_reasons(record)),
        timings=tuple(timing for kind in TIMES for timing in _timings(record, kind)),
    )
    promises = scenario.claims or scenario.reasons or scenario.timings
    if not promises and all(key in KEYS for key in record.fields.values):
        record.error(record.position, "empty-scenario", "this scenario promises nothing; add one "
                     f"of: {', '.join(SECTIONS)}")  # fmt: skip
    return scenario


def _hours_scenario(record: Record) -> HoursScenario:
    record.only(HOURS_KEYS)
    hours = record.required("hours")
    try:
        parse(hours)
    except HoursSyntaxError as error:
        record.error(record.at("hours"), "hours-syntax", f'"{hours}": {error}')
    if not record.has("state"):
        record.error(record.position, "missing-key",
                     f'a scenario about hours needs "state": {", ".join(STATES)}')  # fmt: skip
    return HoursScenario(
        position=record.position,
        what=record.required("what"),
        at=_at(record),
        hours=hours,
        bank_holidays=record.choice("bank_holidays", BANK_HOLIDAYS),
        nation=record.choice("nation", NATIONS, "England") or "England",
        state=record.choice("state", STATES, UNKNOWN) or UNKNOWN,
        says_change=record.has("next_change"),
        next_change=_moment_or_never(record, "next_change"),
        codes=record.words("reasons", WORDS),
    )


def _at(record: Record) -> datetime:
    if not record.has("at"):
        record.error(record.position, "missing-key", 'a scenario needs "at", its moment')
    return record.parsed("at", parse_moment, "bad-moment") or datetime.min.replace(tzinfo=UTC)


def _moment_or_never(record: Record, key: str) -> datetime | None:
    if record.text(key) in (None, NO_END):
        return None
    return record.parsed(key, parse_moment, "bad-moment")


def _claims(record: Record, section: str) -> Iterator[Claim]:
    for at, name in record.placed_texts(section):
        yield Claim(_subject(name, at), section)


def _reasons(record: Record) -> Iterator[Because]:
    given = record.mapping("reasons", "reasons")
    for name, (at, _) in given.fields.values.items() if given else ():
        assert given is not None
        yield Because(_subject(name, at), given.words(name, (*WORDS, *LEFT_OUT)))


def _timings(record: Record, kind: str) -> Iterator[Timing]:
    given = record.mapping(kind, kind)
    for name, (at, _) in given.fields.values.items() if given else ():
        assert given is not None
        yield Timing(_subject(name, at), kind, _moment_or_never(given, name))


def _subject(name: str, at: Position) -> Subject:
    service, _, channel = name.partition("/")
    return Subject(service, channel or None, at)


def parse_moment(text: str) -> datetime:
    """A moment from `2023-08-12T19:30`, in London unless it has an offset; raise InvalidValue."""
    try:
        wall = datetime.fromisoformat(text)
    except ValueError:
        wall = None
    if wall is None or "T" not in text:
        raise InvalidValue(f'"{text}" is not a moment; write it like 2023-08-12T19:30')
    if wall.tzinfo is not None:
        return wall.astimezone(UTC)
    readings = {wall.replace(tzinfo=LONDON, fold=fold).utcoffset() for fold in (0, 1)}
    if len(readings) > 1:
        raise InvalidValue(f'"{text}" is in an hour that the clocks skip or repeat; add +00:00 or '
                           "+01:00")  # fmt: skip
    return wall.replace(tzinfo=LONDON).astimezone(UTC)


def _parse_miles(text: str) -> float:
    number = text.removesuffix("mi").strip()
    if not number.replace(".", "", 1).isdigit() or float(number) <= 0:
        raise InvalidValue(f'"{text}" is not a distance; write it in miles, such as 10mi')
    return float(number)
