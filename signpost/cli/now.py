"""`signpost now`: what can be reached at a moment, near a place."""

from pathlib import Path
from typing import Annotated

import typer

from signpost.cli.options import (
    BadOption,
    Format,
    asked_moment,
    chosen_format,
    on_terminal,
    one_of,
    with_directory,
    write,
)
from signpost.core.answering import answer
from signpost.core.query import Answer, Query
from signpost.core.services import CHANNEL_KINDS, GROUPS
from signpost.dataset.directory import Directory

EPILOG = "Example: signpost now --near Buxton --at 'sat 19:30' --for nhs_staff"


def now(
    near: Annotated[
        str | None,
        typer.Option(
            metavar="PLACE",
            help="Buxton; Ripley, Surrey; SK17 6BD; SK17; area:CODE; lat,lon.",
        ),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(
            metavar="MOMENT",
            help="2026-12-25T19:00; tonight 9pm; sat 19:30; 26/12/2026 7pm.",
        ),
    ] = None,
    for_: Annotated[
        list[str] | None,
        typer.Option(
            "--for", metavar="GROUP",
            help="nhs_staff, social_care_staff, veterans, ... Repeatable.",
        ),
    ] = None,
    age: Annotated[str | None, typer.Option(metavar="YEARS", help="The person's age.")] = None,
    by: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND",
            help="phone, text, in_person, web_chat, email, app, online.",
        ),
    ] = None,
    within: Annotated[
        str | None,
        typer.Option(
            metavar="DISTANCE",
            help="Doors no further than 10mi or 15km, as the crow flies.",
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Show every row, folded ones too."),
    ] = False,
    format_: Annotated[
        Format | None,
        typer.Option(
            "--format", metavar="FORMAT", case_sensitive=False,
            help="table, plain, json or csv; in a pipe plain is usual.",
        ),
    ] = None,
    data: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FOLDER",
            help="Your own records, laid over ours. Repeatable.",
        ),
    ] = None,
    clock: Annotated[str, typer.Option(metavar="12|24", help="How times are written.")] = "12",
) -> None:  # fmt: skip
    """Say what is open, what to check first and what opens later, near a place."""
    query = Query(
        at=(moment := asked_moment(at)).at,
        frozen=moment.frozen,
        groups=tuple(dict.fromkeys(one_of(group, tuple(GROUPS), "--for") for group in for_ or ())),
        age=read_age(age),
        by=tuple(dict.fromkeys(one_of(kind, CHANNEL_KINDS, "--by") for kind in by or ())),
        within_miles=read_miles(within),
    )
    hours = int(one_of(clock, ("12", "24"), "--clock"))

    def ask(directory: Directory) -> Answer:
        place = directory.gazetteer.place(near) if near is not None else None
        asked = query._replace(place=place)
        return answer(asked, directory.material(asked))

    show_answer(with_directory(data, ask), chosen_format(format_), everything, hours)


def read_age(text: str | None) -> int | None:
    """An age in whole years."""
    if text is None:
        return None
    if not (text.isascii() and text.isdigit()) or int(text) > 120:
        raise BadOption(f'--age: "{text}" is not an age; give whole years from 0 to 120')
    return int(text)


def read_miles(text: str | None) -> float | None:
    """A distance in miles from `10mi`, `10` or `15km`."""
    if text is None:
        return None
    typed = text.strip().lower()
    unit = 0.621371 if typed.endswith("km") else 1.0
    number = typed.removesuffix("km").removesuffix("miles").removesuffix("mi").strip()
    try:
        miles = float(number) * unit
    except ValueError:
        miles = -1.0
    if not 0 < miles <= 1000:
        raise BadOption(f'--within: "{text}" is not a distance; write 10mi or 15km')
    return miles


def show_answer(found: Answer, form: Format, everything: bool, clock: int) -> None:
    """Print an answer in the form asked for; only what it needs is imported."""
    match form:
        case Format.JSON:
            import json

            from signpost.render.records import answer_record

            write(json.dumps(answer_record(found), ensure_ascii=False, indent=2) + "\n")
        case Format.CSV:
            from signpost.render.records import answer_csv

            write(answer_csv(found))
        case Format.PLAIN:
            from signpost.render.plain import plain_answer
            from signpost.render.screen import screen

            write(plain_answer(screen(found, everything, clock)))
        case Format.TABLE:
            from signpost.render.screen import screen
            from signpost.render.tables import table_text, terminal_columns

            view = screen(found, everything, clock)
            write(table_text(view, terminal_columns(), on_terminal()))
