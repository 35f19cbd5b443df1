"""A stretch of days as a Rich grid, with notes under it."""

import io
import textwrap
from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from signpost.render.hours_view import DayRow, Meaning, Stretch, day_rows
from signpost.render.phrases import MONTHS, WEEKDAYS
from signpost.render.tables import NARROWEST


def grid_text(meaning: Meaning, span: Stretch, columns: int) -> str:
    """A row a day: the date, its sessions with the state as a word, the bank holiday.

    Why a session is not sure, or what is said of it, stands once in a note under the grid.
    """
    rows = tuple(day_rows(meaning, span))
    notes = tuple(dict.fromkeys(why for row in rows for _, why in row.sessions if why))
    console = Console(
        file=io.StringIO(), width=max(columns, NARROWEST), color_system=None, markup=False,
        highlight=False, emoji=False, legacy_windows=False,
    )  # fmt: skip
    with console.capture() as captured:
        console.print(_table(rows, notes))
    lines = [line.rstrip() for line in captured.get().splitlines()]
    lines += wrapped((f"{number} {note}" for number, note in enumerate(notes, 1)), columns)
    return "\n".join(lines) + "\n"


def wrapped(lines: Iterable[str], columns: int) -> list[str]:
    """The lines broken at spaces to fit so many columns, the rest of each set in by two."""
    return [
        part
        for line in lines
        for part in textwrap.wrap(line, max(columns, NARROWEST), subsequent_indent="  ") or [""]
    ]


def _table(rows: tuple[DayRow, ...], notes: tuple[str, ...]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(Text("Day"), no_wrap=True)
    table.add_column(Text("Hours"), overflow="fold")
    if any(row.holiday for row in rows):
        table.add_column(Text("Bank holiday"), overflow="fold")
    year = None
    for row in rows:
        day = f"{WEEKDAYS[row.day.weekday()][:3]} {row.day.day} {MONTHS[row.day.month - 1][:3]}"
        if row.day.year != year:
            year = row.day.year
            day += f" {year}"
        table.add_row(Text(day), Text(_sessions(row, notes)), Text(row.holiday))
    return table


def _sessions(row: DayRow, notes: tuple[str, ...]) -> str:
    said = [
        f"{session} [{notes.index(why) + 1}]" if why else session for session, why in row.sessions
    ]
    return "; ".join(said) or "closed"
