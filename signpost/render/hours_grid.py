"""A fortnight of hours as a Rich grid."""

from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table
from rich.text import Text

from signpost.core.hours import DayRules, Timeline
from signpost.render.hours_view import days_between, holiday_title
from signpost.render.phrases import date_words


def day_grid(
    timeline: Timeline,
    rules: DayRules,
    zone: ZoneInfo,
    first: datetime,
    last: datetime,
    clock: int,
) -> Table:
    """A row a day: the date, its sessions with the state as a word, the bank holiday."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(Text("Day"), overflow="fold")
    table.add_column(Text("Hours"), overflow="fold")
    table.add_column(Text("Bank holiday"), overflow="fold")
    for day, said in days_between(timeline, zone, first, last, clock):
        table.add_row(Text(date_words(day)), Text(said), Text(holiday_title(rules, day)))
    return table


def print_grid(table: Table) -> None:
    """Print without reading data as markup."""
    Console().print(table, markup=False, highlight=False, emoji=False)
