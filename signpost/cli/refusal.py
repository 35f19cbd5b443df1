"""What is printed when a question cannot be answered: why, and the emergency lines all the same."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from signpost.cli.moments import clock
from signpost.cli.options import (
    Format,
    asked_moment,
    chosen_format,
    overlays,
    with_folders,
)
from signpost.core.availability import Setting, floor_options
from signpost.core.channel_days import Calendars
from signpost.core.evidence import Freshness
from signpost.core.floor import BUILT_IN
from signpost.core.hours import OPEN
from signpost.core.query import Option, Query
from signpost.core.services import Service
from signpost.dataset.directory import Directory
from signpost.errors import SignpostError
from signpost.render.floor import FloorLine, floor_lines


def refusal(
    args: Sequence[str], code: str, text: str, candidates: tuple[str, ...]
) -> tuple[str, str]:
    """What goes to stderr and, for `now`, what goes to stdout in the format asked for."""
    said = [f"signpost: {text}"]
    said.extend(f"  {candidate}" for candidate in candidates)
    query = Query(_moment(args))
    emergency = _emergency(query, _value(args, "--near"))
    lines = tuple(floor_lines(emergency))
    if next((word for word in args if not word.startswith("-")), "") != "now":
        numbers = "; ".join(f"{line.label}: {line.contact}" for line in _short(lines))
        said.append(f"In an emergency - {numbers}")
        return "\n".join(said), ""
    match _format(args):
        case Format.JSON:
            import json

            from signpost.render.records import error_record

            record = error_record(code, text, candidates, emergency)
            return "\n".join(said), json.dumps(record, ensure_ascii=False, indent=2) + "\n"
        case Format.CSV:
            from signpost.core.answering import bare_answer
            from signpost.render.records import answer_csv

            return "\n".join(said), answer_csv(bare_answer(query, emergency))
        case _:
            from signpost.render.plain import plain_floor

            return "\n".join(said), "\n".join(plain_floor(lines)) + "\n"


def _emergency(query: Query, near: str | None) -> tuple[Option, ...]:
    """The floor, of the place's nation where it is understood, of every nation where it is not.

    From the data of the environment, else the shipped ones, else built in: a folder given with
    `--data` may be what could not be read.
    """

    def look(directory: Directory) -> tuple[tuple[Service, ...], Calendars, Query]:
        asked = query
        with suppress(SignpostError):
            asked = query._replace(place=directory.gazetteer.place(near) if near else None)
        return tuple(directory.material(query).floor), directory.calendars(), asked

    for folders in (overlays(None), ()):
        try:
            floor, calendars, asked = with_folders(folders, look)
            found = floor_options(floor, Setting(asked, calendars, ()))
        except Exception:
            continue
        if found:
            return found
    return tuple(_sure(service) for service in BUILT_IN)


def _sure(service: Service) -> Option:
    """A built-in line as an option, with nothing reckoned that could fail."""
    channel = service.channels[0]
    return Option(
        service=service, channel=channel, regime=channel.regimes[0], scope="uk", state=OPEN,
        hours_state=OPEN, usable_alone=True, check_with=None, reasons=(), until=None, opens=None,
        distance_miles=None, rough_distance=False, conditions=(),
        freshness=Freshness("undated", None, None, None), notice=None,
    )  # fmt: skip


def _moment(args: Sequence[str]) -> datetime:
    """The moment asked about where it can be read: the lines of that day are the ones to give."""
    try:
        return asked_moment(_value(args, "--at")).at
    except SignpostError:
        return clock()


def _short(lines: Sequence[FloorLine]) -> list[FloorLine]:
    """One line a label."""
    return list({line.label: line for line in reversed(lines)}.values())[::-1]


def _format(args: Sequence[str]) -> Format:
    asked = (_value(args, "--format") or "").lower()
    return chosen_format(Format(asked) if asked in tuple(Format) else None)


def _value(args: Sequence[str], option: str) -> str | None:
    """The last value given to an option, in a command line that may make no sense."""
    found = None
    for word, following in zip(args, (*args[1:], None), strict=True):
        if word.startswith(f"{option}="):
            found = word.partition("=")[2]
        elif word == option and following is not None:
            found = following
    return found
