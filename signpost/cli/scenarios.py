"""`signpost check --scenarios`: whether the data still keep their promises."""

import sqlite3
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from signpost.cli.options import cache_folder, say, write
from signpost.core.answering import Material, answer
from signpost.core.availability import LONDON, Setting, assess
from signpost.core.hours import DayRules, Schedule, Timeline, parse
from signpost.core.places import Place
from signpost.core.query import Answer, LeftOut, Option, Query
from signpost.core.reasons import LEFT_OUT
from signpost.dataset.directory import Directory
from signpost.dataset.fields import suggestion
from signpost.dataset.problems import ERROR, Position, Problem
from signpost.dataset.scenarios import (
    Because,
    Claim,
    HoursScenario,
    Scenario,
    ScenarioFile,
    Subject,
    Timing,
    read_scenarios,
)
from signpost.dataset.snapshot import Damaged, data_folder
from signpost.errors import SignpostError
from signpost.render.phrases import moment_words

SECTION_WORDS = {
    "emergency": "emergency",
    "open": "open",
    "check_first": "check first",
    "opens_later": "opens later",
    "absent": "not offered",
}
"""Sections of an answer, best first, as people read them."""


Part = Claim | Because | Timing
"""One promise of a scenario."""


class Failure(NamedTuple):
    """One promise that does not hold, in words: what was asked and expected, what came, why."""

    position: Position
    what: str
    asked: str
    expected: str
    got: str
    why: str


class Verdict(NamedTuple):
    """What became of one folder's scenarios."""

    asked: int
    failures: tuple[Failure, ...]
    problems: tuple[Problem, ...]


def run_scenarios(overlays: tuple[Path, ...]) -> int:
    """Run the shipped scenarios on the shipped data, and those of overlays on all data together.

    Prints what does not hold; returns 1 if anything does not, or cannot be read, else 0.
    """
    verdicts = [judge_folder(data_folder(), ())]
    verdicts += [judge_folder(folder, overlays) for folder in overlays]
    problems = [problem for verdict in verdicts for problem in verdict.problems]
    failures = [failure for verdict in verdicts for failure in verdict.failures]
    for problem in problems:
        write(f"{problem}\n")
    if failures:
        _show(failures)
    count = sum(verdict.asked for verdict in verdicts)
    failed = len({failure.position for failure in failures})
    say(f"Scenarios: {count}. Not holding: {failed}. Faults in their files: {len(problems)}.")
    return 1 if failures or problems else 0


def judge_folder(folder: Path, overlays: tuple[Path, ...]) -> Verdict:
    """Judge the scenarios kept in a folder on the shipped data with these overlays."""
    files = read_scenarios(folder)
    for rebuild in (False, True):
        try:
            # without the optional pack of postcodes: everybody's scenarios run on the same places
            return judge(Directory.open(overlays, cache_folder(), (), rebuild), files)
        except (Damaged, sqlite3.DatabaseError):
            if rebuild:
                raise
    raise AssertionError("unreachable")


def judge(directory: Directory, files: Sequence[ScenarioFile]) -> Verdict:
    """Judge files of scenarios on a directory."""
    problems = [problem for file in files for problem in file.problems]
    failures: list[Failure] = []
    scenarios = [scenario for file in files for scenario in file.scenarios]
    bench = Bench(directory)
    for scenario in scenarios:
        unknown = list(unknown_subjects(directory, scenario))
        problems.extend(unknown)
        if not unknown:
            failures.extend(failures_of(bench, scenario))
    return Verdict(len(scenarios), tuple(failures), tuple(problems))


def unknown_subjects(directory: Directory, scenario: Scenario | HoursScenario) -> Iterator[Problem]:
    """Complain of what no record describes: `absent` would be true of any misspelt id."""
    if isinstance(scenario, HoursScenario):
        return
    for name, channel, at in dict.fromkeys(part.subject for part in _parts(scenario)):
        service = directory.service(name)
        if service is None:
            yield Problem(at, ERROR, "unknown-record", f'no record is called "{name}"'
                          f"{suggestion(name, directory.ids())}")  # fmt: skip
        elif channel is not None:
            known = [entry.id for entry in service.channels]
            if channel not in known:
                yield Problem(at, ERROR, "unknown-channel", f'{name} has no channel "{channel}"; '
                              f"it has {', '.join(known)}")  # fmt: skip


class Bench:
    """A directory on which scenarios are judged; what was read for a place is kept."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self.calendars = directory.calendars()
        self._materials: dict[tuple[Place | None, float | None], Material] = {}

    def material(self, query: Query) -> Material:
        """The records that may bear on a question; they depend on its place and distance only."""
        key = (query.place, query.within_miles)
        if key not in self._materials:
            self._materials[key] = self.directory.material(query)
        return self._materials[key]


def failures_of(bench: Bench, scenario: Scenario | HoursScenario) -> tuple[Failure, ...]:
    """Every promise of a scenario that does not hold on these data."""
    if isinstance(scenario, HoursScenario):
        return tuple(_hours_failures(bench, scenario))
    return tuple(_failures(bench, scenario))


class _Findings:
    """An answer to a scenario's question, searched by service and channel."""

    def __init__(self, bench: Bench, query: Query) -> None:
        material = bench.material(query)
        self._directory = bench.directory
        self._setting = Setting(query, material.calendars, material.notices)
        self._answer = answer(query, material)

    def options(self, subject: Subject) -> dict[str, list[Option]]:
        """The options that are about a subject, by section, best section first."""
        found = {
            name: [option for option in options if _is_about(option, subject)]
            for name, options in _sections(self._answer)
        }
        return {name: options for name, options in found.items() if options}

    def left_out(self, subject: Subject) -> list[LeftOut]:
        """Why channels of a subject are in no section."""
        service = self._directory.service(subject.service)
        assert service is not None
        assessed = (assess(service, channel, self._setting) for channel in service.channels)
        return [
            found for found in assessed if isinstance(found, LeftOut) and _is_about(found, subject)
        ]


def _is_about(found: Option | LeftOut, subject: Subject) -> bool:
    return found.service.id == subject.service and subject.channel in (None, found.channel.id)


def _sections(given: Answer) -> Iterator[tuple[str, Sequence[Option]]]:
    yield "emergency", given.emergency
    yield "open", given.open
    yield "check_first", given.check_first
    yield "opens_later", given.opens_later


def _failures(bench: Bench, scenario: Scenario) -> Iterator[Failure]:
    asked = _asked(scenario)
    try:
        place = bench.directory.gazetteer.place(scenario.near) if scenario.near else None
    except SignpostError as error:
        yield Failure(scenario.position, scenario.what, asked, "an answer", "none", str(error))
        return
    findings = _Findings(bench, Query(
        scenario.at, place, scenario.groups, scenario.age, scenario.by, scenario.within_miles,
        frozen=True,
    ))  # fmt: skip
    for part in _parts(scenario):
        found = findings.options(part.subject)
        section = next(iter(found), "absent")
        if _holds(part, section, found, findings):
            continue
        why = _why(found.get(section, []), findings.left_out(part.subject))
        yield Failure(
            part.subject.position, scenario.what, asked,
            f"{_named(part.subject)}: {_expected(part)}", _got(part, section, found), why,
        )  # fmt: skip


def _parts(scenario: Scenario) -> tuple[Part, ...]:
    return (*scenario.claims, *scenario.reasons, *scenario.timings)


def _holds(
    part: Part, section: str, found: dict[str, list[Option]],
    findings: _Findings,
) -> bool:  # fmt: skip
    match part:
        case Claim(section=promised):
            return promised == section
        case Because(subject=subject, codes=codes):
            options = [option for options in found.values() for option in options]
            return set(codes) <= _codes(options, findings.left_out(subject))
        case Timing():
            return part.when in [_time(option, part.kind) for option in found.get(section, [])]


def _codes(options: Iterable[Option], left_out: Iterable[LeftOut]) -> set[str]:
    codes = {remark.code for option in options for remark in (*option.reasons, *option.conditions)}
    for gone in left_out:
        codes |= {gone.why, *(remark.code for remark in gone.reasons)}
    return codes


def _time(option: Option, kind: str) -> datetime | None:
    return option.until if kind == "until" else option.opens


def _expected(part: Part) -> str:
    match part:
        case Claim(section=section):
            return SECTION_WORDS[section]
        case Because(codes=codes):
            return f"for the reason {', '.join(codes)}"
        case Timing(kind=kind, when=when):
            return f"{kind} {_when(when)}"


def _got(part: Part, section: str, found: dict[str, list[Option]]) -> str:
    words = SECTION_WORDS[section]
    if isinstance(part, Timing) and section in found:
        times = dict.fromkeys(_when(_time(option, part.kind)) for option in found[section])
        return f"{words} {part.kind} {' or '.join(times)}"
    return words


def _why(options: Iterable[Option], left_out: Iterable[LeftOut]) -> str:
    texts = [remark.text for option in options for remark in (*option.reasons, *option.conditions)]
    for gone in left_out:
        texts += [LEFT_OUT[gone.why], *(remark.text for remark in gone.reasons)]
    return "; ".join(dict.fromkeys(texts)) or "no reason given"


def _named(subject: Subject) -> str:
    return subject.service + (f" ({subject.channel})" if subject.channel else "")


def _when(moment: datetime | None) -> str:
    return "never" if moment is None else moment_words(moment.astimezone(LONDON))


def _asked(scenario: Scenario) -> str:
    parts = [_when(scenario.at), f"near {scenario.near}" if scenario.near else "no place"]
    if scenario.groups:
        parts.append("for " + ", ".join(scenario.groups))
    if scenario.age is not None:
        parts.append(f"age {scenario.age}")
    if scenario.by:
        parts.append("by " + ", ".join(scenario.by))
    if scenario.within_miles is not None:
        parts.append(f"within {scenario.within_miles:g} miles")
    return "; ".join(parts)


def _hours_failures(bench: Bench, scenario: HoursScenario) -> Iterator[Failure]:
    rules = DayRules(
        calendars=bench.calendars.of((scenario.nation,)),
        bank_holidays=scenario.bank_holidays,
    )
    timeline = Timeline(Schedule(parse(scenario.hours), rules))
    status = timeline.state_at(scenario.at)
    change = timeline.next_change(scenario.at)
    asked = f"{_when(scenario.at)}; {scenario.nation}"
    why = ", ".join(f"{reason.code} {reason.detail}".strip() for reason in status.reasons)
    checks = (
        (status.state == scenario.state, scenario.state, status.state),
        (not scenario.says_change or change == scenario.next_change,
         f"next change {_when(scenario.next_change)}", f"next change {_when(change)}"),
        (set(scenario.codes) <= {reason.code for reason in status.reasons},
         f"for the reason {', '.join(scenario.codes)}", status.state),
    )  # fmt: skip
    for holds, expected, got in checks:
        if not holds:
            yield Failure(scenario.position, scenario.what, asked, expected, got,
                          why or "no reason given")  # fmt: skip


def _show(failures: Sequence[Failure]) -> None:
    if sys.stdout is not None and sys.stdout.isatty():
        _show_table(failures)
        return
    for failure in failures:
        path, line, column = failure.position
        write(f"{path}:{line}:{column}: {failure.what}\n  asked: {failure.asked}\n"
              f"  expected: {failure.expected}\n  got: {failure.got}\n"
              f"  why: {failure.why}\n")  # fmt: skip


def _show_table(failures: Sequence[Failure]) -> None:
    from rich.table import Table
    from rich.text import Text

    from signpost.render.tables import make_console, print_table

    table = Table(title="Scenarios that do not hold", title_justify="left", show_lines=True)
    for heading in ("Scenario", "Expected", "Got", "Why"):
        table.add_column(heading, overflow="fold")
    for failure in failures:
        path, line, _ = failure.position
        table.add_row(
            Text(f"{failure.what}\n{failure.asked}\n{path}:{line}"), Text(failure.expected),
            Text(failure.got), Text(failure.why),
        )  # fmt: skip
    print_table(table, make_console())
