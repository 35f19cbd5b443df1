"""`signpost due`: what to check next, as a work-list."""

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from signpost.cli.keeping import Area, Data, Form, iso, laid_out, of_area, read_day, today
from signpost.cli.options import BadOption, Format, chosen_format, with_directory, write
from signpost.core.contacts import contact_of
from signpost.core.dates import add_months, day_words
from signpost.core.due import (
    DOOR_MINUTES,
    FACT_WORDS,
    LINE_MINUTES,
    NEVER_TEST_CALL,
    Task,
    fitting,
    tasks_due,
)
from signpost.dataset.directory import Directory

AHEAD_MONTHS = 3
"""Without --by, what falls due within so many months is listed too: a quarter's rota."""

SHOWN = 20
"""So many are shown on a screen unless --limit says otherwise; files hold all."""

CSV_COLUMNS = (
    "order", "id", "name", "channel", "kind", "why", "check", "not_known", "last_confirmed",
    "too_old_from", "ring", "page", "email", "organization", "rule", "minutes",
)  # fmt: skip


def due(
    by: Annotated[
        str | None,
        typer.Option(help="Also what falls due up to this day. Default: three months ahead."),
    ] = None,
    area: Area = None,
    near: Annotated[
        str | None, typer.Option(help="Only what is offered to somebody at a place.")
    ] = None,
    minutes: Annotated[
        int | None, typer.Option(min=1, help="Only as much as fits into so many minutes.")
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(min=0, help="So many at most, 0 for all. Default: 20 on a screen, else all."),
    ] = None,
    format_: Form = None,
    data: Data = None,
) -> None:
    """List what to check next, riskiest first: why, which facts, with whom, how long it takes."""
    day = today()
    last = add_months(day, AHEAD_MONTHS) if by is None else read_day(by, "--by")
    if last < day:
        raise BadOption(f"--by: {day_words(last)} is past; give today or a later day")

    def listed(directory: Directory) -> tuple[Task, ...]:
        belongs = of_area(directory, area, near)
        return tasks_due(
            [service for service in directory.services() if belongs(service)],
            directory.notices(), day, last,
        )  # fmt: skip

    tasks = with_directory(data, listed)
    if minutes is not None:
        tasks = fitting(tasks, minutes)
    form = chosen_format(format_)
    if limit is None:
        limit = SHOWN if form in (Format.TABLE, Format.PLAIN) else 0
    show_tasks(tasks, tasks[:limit] if limit else tasks, last, form)


def show_tasks(tasks: Sequence[Task], shown: Sequence[Task], by: int, form: Format) -> None:
    """Print a work-list in the form asked for."""
    match form:
        case Format.JSON:
            import json

            record = {"schema": "signpost/due/1", "by": iso(by), "count": len(tasks),
                      "minutes": total_minutes(tasks),
                      "tasks": [task_record(task) for task in shown]}  # fmt: skip
            write(json.dumps(record, ensure_ascii=False, indent=2) + "\n")
        case Format.CSV:
            import csv
            import io

            buffer = io.StringIO()
            writer = csv.DictWriter(buffer, CSV_COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(_row(number, task) for number, task in enumerate(shown, 1))
            write(buffer.getvalue())
        case Format.PLAIN:
            lines = [_head(tasks, shown, by)]
            lines += ["; ".join(_facts(task)) for task in shown]
            write("\n".join([*lines, *_foot(shown)]) + "\n")
        case Format.TABLE:
            blocks = [[_head(tasks, shown, by)]]
            blocks += [_block(number, task) for number, task in enumerate(shown, 1)]
            blocks += [_foot(shown)] if shown else []
            write(laid_out(blocks) + "\n")


def total_minutes(tasks: Sequence[Task]) -> int:
    """How long some checks take, about."""
    return sum(task.minutes for task in tasks)


def _head(tasks: Sequence[Task], shown: Sequence[Task], by: int) -> str:
    if not tasks:
        return f"Nothing to check by {day_words(by)}."
    count = "1 check" if len(tasks) == 1 else f"{len(tasks)} checks"
    part = f"; the first {len(shown)} are shown (--limit 0 for all)"
    return (f"To check by {day_words(by)}: {count}, about {_time(total_minutes(tasks))}"
            f"{part if len(shown) < len(tasks) else ''}.")  # fmt: skip


def _time(minutes: int) -> str:
    return f"{minutes} minutes" if minutes < 120 else f"{round(minutes / 60)} hours"


def _foot(shown: Sequence[Task]) -> list[str]:
    if not shown:
        return []
    foot = [
        f"Minutes are estimates: {DOOR_MINUTES} for a door, {LINE_MINUTES} for anything else.",
        "Record a check: signpost assure ID --channel CHANNEL --on DATE --source URL",
    ]
    if any(task.route.never_call for task in shown):
        foot.append(f"{NEVER_TEST_CALL.capitalize()}.")
    return foot


def _facts(task: Task) -> list[str]:
    """A task by ear: one line, the thing to do first."""
    return [
        f"check {task_facts(task)}: {task.service.name} ({task.service.id}, {task.channel.id})",
        task.why,
        *([f"not known: {_words(task.gaps)}"] if task.gaps else []),
        f"with: {with_words(task)}",
        f"{task.minutes} minutes",
    ]


def _block(number: int, task: Task) -> list[str]:
    return [
        f"{number}. {task.service.name} ({task.channel.kind.replace('_', ' ')}), "
        f"{task.minutes} minutes",
        f"   why: {task.why}",
        f"   check: {task_facts(task)}{_held(task)}",
        *([f"   not known, ask: {_words(task.gaps)}"] if task.gaps else []),
        f"   with: {with_words(task)}",
        f"   record: {task.service.id} --channel {task.channel.id}",
    ]


def _words(facts: Sequence[str]) -> str:
    return ", ".join(FACT_WORDS[fact] for fact in facts)


def task_facts(task: Task) -> str:
    """The facts a task looks at, in words."""
    return _words(task.facts)


def _held(task: Task) -> str:
    """What the record says now, to compare: contact or address, and hours as written."""
    if "alert" in task.facts or task.regime.professionals_only:
        return ""
    held = [contact_of(task.channel, task.regime), task.regime.hours]
    said = "; ".join(part for part in held if part)
    return f" (held: {said})" if said else ""


def with_words(task: Task) -> str:
    """Whom to ask or what to read, and that a crisis line is not to be rung for a test."""
    route = task.route
    ways = [f"ring {route.number}"] if route.number else []
    ways += [f"see {route.page}"] if route.page else []
    ways += [f"write to {route.email}"] if route.email else []
    if not route.never_call:
        return ", or ".join(ways) or f"ask {route.organization or 'the provider'}"
    office = f"ask the office of {route.organization or 'the provider'}"
    return f"{', or '.join([*ways, office])}; never test-call"


def task_record(task: Task) -> dict[str, Any]:
    """A task as a plain dict, for JSON."""
    return {
        "id": task.service.id,
        "name": task.service.name,
        "channel": task.channel.id,
        "kind": task.channel.kind,
        "code": task.code,
        "why": task.why,
        "check": list(task.facts),
        "not_known": list(task.gaps),
        "last_confirmed": None if task.last is None else iso(task.last),
        "too_old_from": None if task.lapses is None else iso(task.lapses),
        "ring": task.route.number,
        "page": task.route.page,
        "email": task.route.email,
        "organization": task.route.organization,
        "never_test_call": task.route.never_call,
        "minutes": task.minutes,
    }


def _row(number: int, task: Task) -> dict[str, str]:
    from signpost.render.records import csv_cell

    record = task_record(task)
    cells = {
        **record,
        "order": number,
        "check": task_facts(task),
        "not_known": _words(task.gaps),
        "rule": "never test-call" if task.route.never_call else "",
    }
    return {key: csv_cell(cells[key]) for key in CSV_COLUMNS}
