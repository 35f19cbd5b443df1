"""`signpost alert`: say that a service is not there for a while, and whom to use instead."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from signpost.cli.keeping import Form, OwnData, laid_out, own_alert, own_folders
from signpost.cli.moments import AmbiguousMoment, BadMoment, read_moment
from signpost.cli.options import (
    BadOption,
    Format,
    asked_moment,
    chosen_format,
    one_of,
    with_directory,
    write,
)
from signpost.cli.show import find_service
from signpost.core.alerts import LONDON, begins, ends, parse_notice_time
from signpost.core.services import Notice, NoticeTime, Service
from signpost.dataset.directory import Directory
from signpost.dataset.edit import AlreadyThere, create, set_value
from signpost.dataset.fields import Record, unsafe_character
from signpost.dataset.folder import ALERTS
from signpost.dataset.source import Fields, Unreadable, read

_LONGEST = 200
"""Characters of what happened: as much as a caller can be told in one breath or two."""


def alert(
    name: Annotated[
        str | None, typer.Argument(metavar="ID", help="The record's id, such as samaritans.")
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(help="The last day, or the end: 2026-11-30, tomorrow, fri 9pm; or unknown."),
    ] = None,
    channel: Annotated[
        list[str] | None, typer.Option(help="Only this channel, such as line. Repeatable.")
    ] = None,
    what: Annotated[str | None, typer.Option(help="What happened, in a few words.")] = None,
    instead: Annotated[
        str | None, typer.Option(metavar="ID", help="The record to use instead.")
    ] = None,
    end: Annotated[
        str | None, typer.Option(metavar="ALERT", help="End this alert: it is over now.")
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the alerts in force.")] = False,
    format_: Form = None,
    data: OwnData = None,
) -> None:
    """Write an alert: a service is away from now, with whom to use instead. Or list, or end."""
    if sum([name is not None, end is not None, list_]) != 1:
        raise BadOption("give the id of a service, or --list, or --end ALERT; one of them")
    if list_:
        found = with_directory(data, lambda directory: directory.notices())
        show_alerts(current(found, _now()), chosen_format(format_))
    elif end is not None:
        write(end_alert(own_folders(data), end, _now()) + "\n")
    else:
        assert name is not None
        write(_written(own_folders(data), name, channel or (), until, what, instead, data) + "\n")


def _now() -> datetime:
    """The minute it is; SIGNPOST_AT freezes it."""
    return asked_moment(None).at.replace(second=0)


def _written(
    folders: Sequence[Path],
    name: str,
    channels: Sequence[str],
    until: str | None,
    what: str | None,
    instead: str | None,
    data: Sequence[Path] | None,
) -> str:
    if until is None or what is None:
        raise BadOption("an alert needs --until (a day, a moment, or unknown) and --what")
    now = _now()
    end = read_end(until, now)
    said = read_what(what)

    def named(directory: Directory) -> tuple[Service, Service | None]:
        other = None if instead is None else find_service(directory, instead)
        return find_service(directory, name), other

    service, other = with_directory(data, named)
    if service.floor:
        raise BadOption(f"{service.name} is printed in every answer, whatever an alert says; "
                        "tell people another way")  # fmt: skip
    if other is not None and other.id == service.id:
        raise BadOption(f"--instead: {service.id} cannot stand in for itself")
    ids = tuple(one.id for one in service.channels)
    named_channels = tuple(dict.fromkeys(one_of(one, ids, "--channel") for one in channels))
    path = write_alert(folders[-1] / ALERTS, service, named_channels, now, end, said, other)
    only = f" ({', '.join(named_channels)})" if named_channels else ""
    return (f"{path}: {service.name}{only} is shown as closed {_until_words(end)}"
            f"{f'; use {other.name} instead' if other else ''}. "
            f"End it with: signpost alert --end {path.stem}")  # fmt: skip


def _until_words(end: NoticeTime | None) -> str:
    if end is None:
        return "until it is ended"
    return f"to the end of {end.words}" if end.minute is None else f"until {end.words}"


def write_alert(
    folder: Path,
    service: Service,
    channels: Sequence[str],
    now: datetime,
    end: NoticeTime | None,
    what: str,
    instead: Service | None,
) -> Path:
    """Write an alert's file, named after the service and the day; a second one gets a number."""
    since = _wall(now)
    for number in range(1, 100):
        name = f"{service.id}-{since.day.text}{'' if number == 1 else f'-{number}'}"
        path = folder / f"{name}.yaml"
        try:
            create(path, alert_text(name, service, channels, since, end, what, instead))
            return path
        except AlreadyThere:
            continue
    raise BadOption(f"{service.name} has had enough alerts today; end one, or edit {folder}")


def alert_text(
    name: str,
    service: Service,
    channels: Sequence[str],
    since: NoticeTime,
    end: NoticeTime | None,
    what: str,
    instead: Service | None,
) -> str:
    """An alert as a file of its own, about the whole service or some of its channels."""
    named = ", ".join(f"{service.id}/{channel}" for channel in channels)
    lines = [
        f"id: {name}",
        "effect: closed",
        f"channels: [{named}]" if named else f"services: [{service.id}]",
        f"from: {since.text}",
        f"until: {end.text if end else 'unknown'}",
        f"what: {quoted(what)}",
        *([f"instead: {instead.id}"] if instead else []),
        "sources:",
        "  - url: unknown",
        f"    published: {since.day.text}",
        "    grade: assured",
        "    supports: [life]",
        "    says: written down by signpost alert",
    ]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """A text as a YAML scalar that reads back as it is, whatever stands in it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def read_what(text: str) -> str:
    """What happened, on one line and fit to be shown."""
    said = " ".join(text.split())
    bad = unsafe_character(said)
    if bad is not None:
        raise BadOption(f"--what holds the invisible or control character U+{ord(bad):04X}; "
                        "type it again")  # fmt: skip
    if not said or len(said) > _LONGEST:
        raise BadOption(f"--what: say what happened in at most {_LONGEST} characters")
    return said


def read_end(text: str, now: datetime) -> NoticeTime | None:
    """When an alert ends, still to come: a whole day, or a London wall time; None if not known.

    A time of day alone is the next one: `2am`, typed at 11pm, is tomorrow's.
    """
    typed = " ".join(text.split())
    if typed.lower() == "unknown":
        return None
    try:
        day = read_moment(f"{typed} 12:00", lambda: now).at if typed else None
    except BadMoment:
        day = None
    end = _to_come(typed, now) if day is None else _wall(day)._replace(minute=None)
    if ends(end)[1] <= now:
        raise BadOption(f"--until: {end.words} is past; give a day or a time to come")
    return end


def _to_come(typed: str, now: datetime) -> NoticeTime:
    """A moment that somebody typed; of two readings, the only one to come."""
    try:
        at = read_moment(typed or "?", lambda: now).at
    except AmbiguousMoment as unsure:
        readings = [read_moment(one, lambda: now).at for one in unsure.candidates]
        coming = [reading for reading in readings if reading > now]
        if len(coming) != 1:
            raise
        at = coming[0]
    except BadMoment:
        raise BadMoment(f'--until: "{typed}" is not a day or a time; write it like 2026-11-30, '
                        "tomorrow, 30 nov 6pm or fri 9pm, or unknown") from None  # fmt: skip
    if at <= now:
        with suppress(BadMoment):  # raised when a day was typed too: that one is past
            at = read_moment(f"tomorrow {typed}", lambda: now).at
    return _wall(at)


def _wall(at: datetime) -> NoticeTime:
    """A moment by London's wall clocks, to the minute."""
    local = at.astimezone(LONDON).replace(tzinfo=None)
    return parse_notice_time(local.isoformat(timespec="minutes"))


def end_alert(folders: Sequence[Path], name: str, now: datetime) -> str:
    """End an alert: it is over from this minute, or it goes if nothing of it has been."""
    path = own_alert(folders, name.strip())
    if path is None:
        raise BadOption(f'--end: there is no alert "{name}" in {", ".join(map(str, folders))}; '
                        "signpost alert --list names them")  # fmt: skip
    since, until = _time_in(path, "from"), _time_in(path, "until")
    if until is not None and ends(until)[1] <= now:
        return f"{path} was over already: it ran {_until_words(until)}."
    if since is not None and begins(since)[0] >= now:
        path.unlink()
        return f"{path} is taken away: it had only just begun, or was still to come."
    end = _wall(now)
    set_value(path, "until", end.text)
    return f"{path} is ended: it ran {_until_words(end)}."


def _time_in(path: Path, key: str) -> NoticeTime | None:
    """When an alert's file says that it begins or ends; None where that cannot be read."""
    try:
        tree, problems = read(path)
    except Unreadable:
        return None
    if not isinstance(tree, Fields):
        return None
    return Record(tree, problems, "an alert").parsed(key, parse_notice_time, "bad-date")


def current(notices: Sequence[Notice], now: datetime) -> tuple[Notice, ...]:
    """The alerts in force at a moment or to come, those without an end first."""
    found = {
        notice: ends(notice.until)[1].timestamp() if notice.until else 0
        for notice in notices
        if notice.until is None or ends(notice.until)[1] > now
    }
    return tuple(sorted(found, key=lambda notice: (found[notice], notice.id)))


def show_alerts(found: Sequence[Notice], form: Format) -> None:
    """Print alerts in the form asked for."""
    match form:
        case Format.JSON:
            import json

            record = {"schema": "signpost/alerts/1",
                      "alerts": [alert_record(notice) for notice in found]}  # fmt: skip
            write(json.dumps(record, ensure_ascii=False, indent=2) + "\n")
        case Format.CSV:
            import csv
            import io

            from signpost.render.records import csv_cell

            buffer = io.StringIO()
            writer = csv.writer(buffer, lineterminator="\n")
            writer.writerow(("id", "effect", "services", "from", "until", "what", "instead",
                             "channels"))  # fmt: skip
            for notice in found:
                cells = alert_record(notice) | {
                    name: " ".join(getattr(notice, name)) for name in ("services", "channels")
                }
                writer.writerow([csv_cell(cell) for cell in cells.values()])
            write(buffer.getvalue())
        case Format.PLAIN:
            write("".join("; ".join(_lines(notice)) + "\n" for notice in found)
                  or "No alert is in force.\n")  # fmt: skip
        case Format.TABLE:
            blocks = [_lines(notice) for notice in found] or [["No alert is in force."]]
            write(laid_out(blocks) + "\n")


def _lines(notice: Notice) -> list[str]:
    until = f"to {notice.until.words}" if notice.until else "without an end"
    whom = ", ".join((*notice.services, *notice.channels)) or (
        f"every {(notice.role or '').replace('_', ' ')} in {notice.nation or 'the UK'}"
    )
    return [
        f"{notice.id}: {whom}",
        f"{notice.effect} from {notice.since.words} {until}",
        notice.what,
        *([f"instead: {notice.instead}"] if notice.instead else []),
    ]


def alert_record(notice: Notice) -> dict[str, Any]:
    """An alert as a plain dict, for JSON and CSV."""
    return {
        "id": notice.id,
        "effect": notice.effect,
        "services": list(notice.services),
        "from": notice.since.text,
        "until": notice.until.text if notice.until else None,
        "what": notice.what,
        "instead": notice.instead,
        "channels": list(notice.channels),
    }
