"""What is printed when a question cannot be answered: why, and the emergency lines all the same."""

from collections.abc import Sequence

from signpost.cli.moments import clock
from signpost.cli.options import Format, chosen_format, with_directory
from signpost.core.availability import Setting, floor_options
from signpost.core.channel_days import Calendars
from signpost.core.floor import BUILT_IN
from signpost.core.query import Option, Query
from signpost.core.services import Service
from signpost.dataset.directory import Directory
from signpost.render.screen import FloorLine, floor_lines


def refusal(
    args: Sequence[str], code: str, text: str, candidates: tuple[str, ...]
) -> tuple[str, str]:
    """What goes to stderr and, for `now`, what goes to stdout in the format asked for."""
    said = [f"signpost: {text}"]
    said.extend(f"  {candidate}" for candidate in candidates)
    emergency = _emergency()
    lines = tuple(floor_lines(emergency))
    if "now" not in args[:1]:
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
            return "\n".join(said), _csv(emergency)
        case _:
            from signpost.render.plain import plain_floor

            return "\n".join(said), "\n".join(plain_floor(lines)) + "\n"


def _emergency() -> tuple[Option, ...]:
    """The floor of every nation from the data, or the built-in one when there are none."""
    query = Query(clock())
    try:
        floor, calendars = with_directory(None, _floor)
        found = floor_options(floor, Setting(query, calendars, ()))
    except Exception:
        found = ()
    return found or floor_options(BUILT_IN, Setting(query, Calendars({}), ()))


def _floor(directory: Directory) -> tuple[tuple[Service, ...], Calendars]:
    material = directory.material(Query(clock()))
    return tuple(material.floor), material.calendars


def _short(lines: Sequence[FloorLine]) -> list[FloorLine]:
    """One line a label."""
    return list({line.label: line for line in reversed(lines)}.values())[::-1]


def _format(args: Sequence[str]) -> Format:
    for index, word in enumerate(args):
        if word.startswith("--format="):
            value = word.partition("=")[2]
        elif word == "--format" and index + 1 < len(args):
            value = args[index + 1]
        else:
            continue
        if value in tuple(Format):
            return Format(value)
    return chosen_format(None)


def _csv(emergency: Sequence[Option]) -> str:
    import csv
    import io

    from signpost.core.answering import bare_answer
    from signpost.render.records import CSV_COLUMNS, answer_rows

    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, CSV_COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(answer_rows(bare_answer(Query(clock()), tuple(emergency))))
    return buffer.getvalue()
