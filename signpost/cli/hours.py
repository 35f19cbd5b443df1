"""`signpost hours`: what an hours expression means, in words, on a grid, at moments asked about."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from signpost.cli.options import (
    BadOption,
    Format,
    asked_moment,
    chosen_format,
    one_of,
    with_directory,
    write,
)
from signpost.core.calendars import Holidays
from signpost.core.hours import DayRules, HoursSyntaxError, Schedule, Timeline, parse
from signpost.core.hours.repairs import suggestion
from signpost.core.hours.sun import has_sun_times
from signpost.core.places import Point
from signpost.core.services import BANK_HOLIDAYS, NATIONS
from signpost.errors import SignpostError
from signpost.render.hours_view import (
    Meaning,
    day_lines,
    hours_lines,
    hours_record,
    moment_lines,
)

GRID_DAYS = 14
EXCERPT = 30
"""Characters shown of a longer expression round its fault, so that the caret stays under it."""


class BadHours(SignpostError):
    """An expression that cannot be read; shows where, and a correct form where one is likely."""

    exit_code = 2
    code = "bad_option"

    def __init__(self, text: str, error: HoursSyntaxError) -> None:
        shown, column = _excerpt(text, error.column)
        said = f"{error}\n  {shown}\n  {' ' * column}^"
        likely = suggestion(text)
        super().__init__(f"{said}\n  perhaps: {likely}" if likely else said)


def _excerpt(text: str, column: int) -> tuple[str, int]:
    """As much of a text as fits a narrow line, with where in it the column falls."""
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    if len(plain) <= EXCERPT:
        return plain, column
    start = max(0, min(column - EXCERPT // 2, len(plain) - EXCERPT))
    before, after = "... " if start else "", " ..." if start + EXCERPT < len(plain) else ""
    return f"{before}{plain[start : start + EXCERPT]}{after}", len(before) + column - start


def hours(
    expr: Annotated[str, typer.Argument(metavar="EXPR", help="Such as 'Mo-Fr 18:00-23:00; PH off'.")],  # noqa: E501
    at: Annotated[list[str] | None, typer.Option(help="A moment to ask about. Repeatable.")] = None,
    from_: Annotated[str | None, typer.Option("--from", help="Start of a span to list.")] = None,
    to: Annotated[str | None, typer.Option("--to", help="End of the span.")] = None,
    nation: Annotated[str, typer.Option(help="Whose bank holidays.")] = "England",
    zone: Annotated[str, typer.Option(help="Whose clocks.")] = "Europe/London",
    point: Annotated[str | None, typer.Option(help="lat,lon, for sunrise and sunset.")] = None,
    holidays: Annotated[str | None, typer.Option(help="none, or dates in place of the nation's: 2026-12-25,...")] = None,  # noqa: E501
    bank_holidays: Annotated[str | None, typer.Option("--bank-holidays", help="What an expression without PH does on them: as_usual, as_sunday or closed.")] = None,  # noqa: E501
    format_: Annotated[Format | None, typer.Option("--format", help="table, plain or json.")] = None,  # noqa: E501
    clock: Annotated[str, typer.Option(help="12 or 24: how times are written.")] = "12",
) -> None:  # fmt: skip
    """Explain opening hours: in words, over the next fourteen days, and at moments asked about."""
    said = 24 if one_of(clock, ("12", "24"), "--clock") == "24" else 12
    meaning = _meaning(expr, nation, zone, point, holidays, bank_holidays, said)
    moments = [asked_moment(text, meaning.zone).at for text in at or ()]
    span = _span(from_, to, meaning.zone)
    form = chosen_format(format_)
    if form is Format.CSV:
        raise BadOption("--format: hours are printed as table, plain or json, not as csv")
    now = asked_moment(None, meaning.zone).at
    if form is Format.JSON:
        import json

        record = hours_record(meaning, moments or [now], span)
        write(json.dumps(record, ensure_ascii=False, indent=2) + "\n")
        return
    lines = [*hours_lines(meaning, now), *_sun_notes(meaning), *moment_lines(meaning, moments)]
    shown = span or _fortnight(now, meaning.zone)
    if form is Format.TABLE:
        from signpost.render.hours_grid import grid_text, wrapped
        from signpost.render.tables import terminal_columns

        columns = terminal_columns()
        write("\n".join(wrapped(lines, columns)) + "\n\n")
        write(grid_text(meaning, shown, columns))
        return
    write("\n".join([*lines, *day_lines(meaning, shown)]) + "\n")


def _sun_notes(meaning: Meaning) -> Iterator[str]:
    """What is missing where hours follow the sun."""
    if meaning.expression.uses_sun and meaning.rules.point is None:
        yield "Its hours follow the sun: give a place with --point lat,lon"
    elif meaning.expression.uses_sun and not has_sun_times():
        yield "Its hours follow the sun: install astral (pip install astral) to reckon them"


def _meaning(
    expr: str,
    nation: str,
    zone: str,
    point: str | None,
    holidays: str | None,
    bank_holidays: str | None,
    clock: int,
) -> Meaning:
    try:
        expression = parse(expr)
    except HoursSyntaxError as error:
        raise BadHours(expr, error) from None
    policy = None
    if bank_holidays is not None:
        policy = one_of(bank_holidays, BANK_HOLIDAYS, "--bank-holidays")
    where = None if point is None else _read_point(point)
    clocks = _read_zone(zone)
    rules = DayRules(_calendars(nation, holidays), policy, where, zone)
    return Meaning(expression, rules, Timeline(Schedule(expression, rules), zone), clocks, clock)


def _calendars(nation: str, given: str | None) -> tuple[Holidays, ...]:
    if given is None:
        known = one_of(nation, NATIONS, "--nation")
        return with_directory(None, lambda directory: directory.calendars().of((known,)))
    days: dict[date, str] = {}
    for text in () if given == "none" else given.split(","):
        try:
            days[date.fromisoformat(text.strip())] = "bank holiday"
        except ValueError:
            raise BadOption(
                f'--holidays: "{text}" is not a date; write none or 2026-12-25,2026-12-28'
            ) from None
    return (Holidays("as given", "as given", days, date.min, date.max),)


def _read_point(text: str) -> tuple[float, float]:
    try:
        lat, lon = (float(part) for part in text.split(","))
    except ValueError:
        lat = lon = 999.0
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise BadOption(f'--point: "{text}" is not a point; write lat,lon such as 53.26,-1.91')
    return Point(lat, lon)


def _read_zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        raise BadOption(f'--zone: "{name}" is not a time zone; such as Europe/London') from None


def _span(first: str | None, last: str | None, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
    if first is None and last is None:
        return None
    if first is None or last is None:
        raise BadOption("--from and --to go together; give both")
    start, end = asked_moment(first, zone).at, asked_moment(last, zone).at
    if end <= start:
        raise BadOption(f"--to must be later than --from ({last} is not after {first})")
    return start, end


def _fortnight(start: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    day = start.astimezone(zone).date()
    first = datetime(day.year, day.month, day.day, tzinfo=zone)
    after = day + timedelta(days=GRID_DAYS)
    return first.astimezone(UTC), datetime(after.year, after.month, after.day, tzinfo=zone)
