"""`signpost changes`: what opened, closed, paused, or changed its hours or number."""

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from signpost.cli.keeping import Area, Data, Form, iso, laid_out, of_area, read_day, today
from signpost.cli.options import BadOption, Format, chosen_format, with_directory, write
from signpost.core.changes import WHAT, Change, changes_between
from signpost.core.dates import day_words
from signpost.core.services import Regime
from signpost.dataset.directory import Directory

CSV_COLUMNS = (
    "date", "first", "last", "sure", "what", "planned", "id", "name", "channel", "before", "after",
    "replaced_by",
)  # fmt: skip


def changes(
    since: Annotated[str, typer.Option(help="First day: 2026-04-01, 1/4/2026, 1 apr 2026.")],
    until: Annotated[str | None, typer.Option(help="Last day, included. Default: today.")] = None,
    area: Area = None,
    format_: Form = None,
    data: Data = None,
) -> None:
    """List what changed between two days, as the records date it, oldest first."""
    first = read_day(since, "--since")
    last = today() if until is None else read_day(until, "--until")
    if last < first:
        raise BadOption(f"--until: {day_words(last)} is before {day_words(first)}; "
                        "swap the two days")  # fmt: skip

    def listed(directory: Directory) -> tuple[Change, ...]:
        belongs = of_area(directory, area, None)
        services = [service for service in directory.services() if belongs(service)]
        return changes_between(services, first, last)

    show_changes(with_directory(data, listed), first, last, chosen_format(format_))


def show_changes(found: Sequence[Change], since: int, until: int, form: Format) -> None:
    """Print changes in the form asked for."""
    match form:
        case Format.JSON:
            import json

            record = {
                "schema": "signpost/changes/1", "since": iso(since), "until": iso(until),
                "changes": [change_record(change, since, until) for change in found],
            }  # fmt: skip
            write(json.dumps(record, ensure_ascii=False, indent=2) + "\n")
        case Format.CSV:
            import csv
            import io

            from signpost.render.records import csv_cell

            buffer = io.StringIO()
            writer = csv.DictWriter(buffer, CSV_COLUMNS, lineterminator="\n")
            writer.writeheader()
            for change in found:
                record = change_record(change, since, until)
                writer.writerow({key: csv_cell(record[key]) for key in CSV_COLUMNS})
            write(buffer.getvalue())
        case Format.PLAIN:
            lines = [_head(found, since, until)]
            lines += ["; ".join(_facts(change, since, until)) for change in found]
            write("\n".join(lines) + "\n")
        case Format.TABLE:
            blocks = [[_head(found, since, until)]]
            for change in found:
                head, *rest = _facts(change, since, until)
                blocks.append([head, *(f"  {line}" for line in rest)])
            write(laid_out(blocks) + "\n")


def _head(found: Sequence[Change], since: int, until: int) -> str:
    span = f"from {day_words(since)} to {day_words(until)}"
    if not found:
        return f"No change is dated {span}."
    return f"{len(found)} change{'' if len(found) == 1 else 's'} {span}."


def _facts(change: Change, since: int, until: int) -> list[str]:
    """The change first, then what was and what is, and how sure it is."""
    channel = f", {change.channel.id}" if change.channel else ""
    facts = [f"{change.when.words}: {change_words(change)}: {change.service.name} "
             f"({change.service.id}{channel})"]  # fmt: skip
    before, after = value_words(change, change.before), value_words(change, change.after)
    facts += [f"was: {before}"] if before else []
    facts += [f"now: {after}"] if after else []
    if change.what == "closed" and change.service.replaced_by:
        facts.append(f"use instead: {change.service.replaced_by}")
    if not change.is_surely_within(since, until):
        facts.append("the day is not known; it may lie outside these dates")
    return facts


def change_words(change: Change) -> str:
    """What happened; of a plan only that it was one."""
    if change.basis == "planned":
        return f"planned: {WHAT[change.what]}; no source says yet that it happened"
    if change.what in ("closed", "ended"):
        return f"{WHAT[change.what]} (this was the last day)"
    return WHAT[change.what]


def value_words(change: Change, regime: Regime | None) -> str:
    """What one regime says of the thing that changed; empty for a whole service."""
    if regime is None or change.channel is None:
        return ""
    match change.what:
        case "hours":
            from signpost.render.sheets import hours_words

            return hours_words(regime, 12)
        case "access":
            return regime.access.replace("_", " ")
        case "number":
            menu = f" then {regime.menu_option}" if regime.menu_option else ""
            word = f"{regime.keyword} to " if regime.keyword else ""
            return f"{word}{regime.number or 'none published'}{menu}"
        case "link":
            return regime.url or regime.email or "none published"
        case _:
            from signpost.render.phrases import contact_words

            return contact_words(change.channel, regime) or (
                "not published" if change.what == "address" else ""
            )


def change_record(change: Change, since: int, until: int) -> dict[str, Any]:
    """A change as a plain dict, for JSON and CSV."""
    return {
        "date": change.when.text,
        "first": iso(change.first),
        "last": iso(change.last),
        "sure": change.is_surely_within(since, until),
        "what": change.what,
        "planned": change.basis == "planned",
        "id": change.service.id,
        "name": change.service.name,
        "channel": change.channel.id if change.channel else None,
        "before": value_words(change, change.before) or None,
        "after": value_words(change, change.after) or None,
        "replaced_by": change.service.replaced_by,
    }
