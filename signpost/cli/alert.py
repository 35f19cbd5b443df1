"""`signpost alert`: say that a service is not there for a while, and whom to use instead."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from signpost.cli.keeping import (
    Form,
    OwnData,
    iso,
    laid_out,
    own_alert,
    own_folders,
    read_day,
    today,
)
from signpost.cli.moments import AmbiguousMoment, BadMoment, read_moment
from signpost.cli.options import BadOption, Format, chosen_format, with_directory, write
from signpost.cli.show import find_service
from signpost.core.availability import LONDON
from signpost.core.dates import day_words
from signpost.core.services import Notice, Service
from signpost.dataset.directory import Directory
from signpost.dataset.edit import AlreadyThere, create, set_value
from signpost.dataset.fields import Record, unsafe_character
from signpost.dataset.folder import ALERTS
from signpost.dataset.source import Fields, Unreadable, read

_LONGEST = 200


def alert(
    name: Annotated[
        str | None, typer.Argument(metavar="ID", help="The record's id, such as samaritans.")
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(help="The last day, or a moment: 2026-11-30, tomorrow, fri 9pm; or unknown."),
    ] = None,
    what: Annotated[str | None, typer.Option(help="What happened, in a few words.")] = None,
    instead: Annotated[
        str | None, typer.Option(metavar="ID", help="The record to use instead.")
    ] = None,
    end: Annotated[
        str | None, typer.Option(metavar="ALERT", help="End this alert: it is over today.")
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the alerts in force.")] = False,
    format_: Form = None,
    data: OwnData = None,
) -> None:
    """Write an alert: a service is away until a day, with whom to use instead. Or list, or end."""
    if sum([name is not None, end is not None, list_]) != 1:
        raise BadOption("give the id of a service, or --list, or --end ALERT; one of them")
    if list_:
        found = with_directory(data, lambda directory: directory.notices())
        show_alerts(current(found, today()), chosen_format(format_))
    elif end is not None:
        write(end_alert(own_folders(data), end, today()) + "\n")
    else:
        assert name is not None
        write(_written(own_folders(data), name, until, what, instead, data) + "\n")


def _written(
    folders: Sequence[Path],
    name: str,
    until: str | None,
    what: str | None,
    instead: str | None,
    data: Sequence[Path] | None,
) -> str:
    if until is None or what is None:
        raise BadOption("an alert needs --until (a day, a moment, or unknown) and --what")
    day = today()
    last = read_end(until, day)
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
    path = write_alert(folders[-1] / ALERTS, service, day, last, said, other)
    ends = "until it is ended" if last is None else f"to the end of {day_words(last)}"
    return (f"{path}: {service.name} is shown as closed {ends}"
            f"{f'; use {other.name} instead' if other else ''}. "
            f"End it with: signpost alert --end {path.stem}")  # fmt: skip


def write_alert(
    folder: Path, service: Service, day: int, last: int | None, what: str, instead: Service | None
) -> Path:
    """Write an alert's file, named after the service and the day; a second one gets a number."""
    for number in range(1, 100):
        name = f"{service.id}-{iso(day)}{'' if number == 1 else f'-{number}'}"
        path = folder / f"{name}.yaml"
        try:
            create(path, alert_text(name, service, day, last, what, instead))
            return path
        except AlreadyThere:
            continue
    raise BadOption(f"{service.name} has had enough alerts today; end one, or edit {folder}")


def alert_text(
    name: str, service: Service, day: int, last: int | None, what: str, instead: Service | None
) -> str:
    """An alert as a file of its own."""
    lines = [
        f"id: {name}",
        "effect: closed",
        f"services: [{service.id}]",
        f"from: {iso(day)}",
        f"until: {'unknown' if last is None else iso(last)}",
        f"what: {quoted(what)}",
        *([f"instead: {instead.id}"] if instead else []),
        "sources:",
        "  - url: unknown",
        f"    published: {iso(day)}",
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


def read_end(text: str, day: int) -> int | None:
    """The last day of an alert; None where no end is known.

    Alerts run by whole days, so one that ends at a moment runs to the end of its day: nobody is
    sent to a door that may be shut still.
    """
    if text.strip().lower() == "unknown":
        return None
    try:
        last = read_day(text, "--until")
    except BadMoment as not_a_day:
        try:
            last = read_moment(text).at.astimezone(LONDON).date().toordinal()
        except AmbiguousMoment:
            raise
        except BadMoment:
            raise not_a_day from None
    if last < day:
        raise BadOption(f"--until: {day_words(last)} is past; give today or a later day")
    return last


def end_alert(folders: Sequence[Path], name: str, day: int) -> str:
    """End an alert: its last day becomes yesterday, or it goes if it only began today."""
    path = own_alert(folders, name.strip())
    if path is None:
        raise BadOption(f'--end: there is no alert "{name}" in {", ".join(map(str, folders))}; '
                        "signpost alert --list names them")  # fmt: skip
    begins, ends = _day_in(path, "from"), _day_in(path, "until")
    if ends is not None and ends < day:
        return f"{path} was over already: its last day was {day_words(ends)}."
    if begins is not None and begins >= day:
        path.unlink()
        return f"{path} is taken away: no day of it was over."
    set_value(path, "until", iso(day - 1))
    return f"{path} is ended: its last day was {day_words(day - 1)}."


def _day_in(path: Path, key: str) -> int | None:
    """The last day that a date of a file can be; None where it has none that can be read."""
    try:
        tree, problems = read(path)
    except Unreadable:
        return None
    if not isinstance(tree, Fields):
        return None
    found = Record(tree, problems, "an alert").date(key)
    return None if found is None else found.last


def current(notices: Sequence[Notice], day: int) -> tuple[Notice, ...]:
    """The alerts in force on a day or to come, those without an end first."""
    found = [notice for notice in notices if notice.until is None or notice.until.last >= day]
    return tuple(sorted(
        found, key=lambda notice: (notice.until.last if notice.until else 0, notice.id)
    ))  # fmt: skip


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
            writer.writerow(("id", "effect", "services", "from", "until", "what", "instead"))
            for notice in found:
                cells = alert_record(notice) | {"services": " ".join(notice.services)}
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
    whom = ", ".join(notice.services) or (
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
    }
