"""An answer laid out with Rich: the number first, words for every state, no number broken.

Rich breaks lines at any space. The spaces inside numbers and postcodes are carried through it
as a stand-in character and put back when the text is complete.
"""

import io
import os
import re

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from signpost.render.plain import head_words
from signpost.render.screen import Entry, Screen, Section

NARROW = 60
"""Below this many columns entries are stacked: two columns would cut a number."""

NARROWEST = 20
"""Columns. A terminal that says it has fewer is written to as if it had so many."""

HEADINGS = {
    "Open now": "Who it is, until when, and what to know",
    "Check first": "Who it is, why it is not sure, and whom to ask first",
    "Opens later": "Who it is, and when it opens",
}
"""What the second column of each section holds, in words."""

_CONTACT_WIDTH = 24
_HELD = "\ue000"
_TOGETHER = re.compile(r"\+?\d+(?: \d+)+|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b|\b[A-Z]+ to \d+")
_TRAILING = re.compile(r" +((?:\x1b\[[0-9;]*m)*)$", re.MULTILINE)


def table_text(view: Screen, columns: int, colour: bool) -> str:
    """The screen as text of at most so many columns; bold and dim only where `colour` allows."""
    console = Console(
        file=io.StringIO(), width=max(columns, NARROWEST), force_terminal=colour,
        color_system="auto" if colour else None, markup=False, highlight=False, emoji=False,
        legacy_windows=False,
    )  # fmt: skip
    with console.capture() as captured:
        console.print(_answer(view, console.width))
    return _TRAILING.sub(r"\1", captured.get().replace(_HELD, " "))


def terminal_columns() -> int:
    """How wide the terminal is; 80 columns where nothing says."""
    said = os.environ.get("COLUMNS", "")
    if said.isdecimal() and int(said) > 0:
        return int(said)
    for stream in (1, 2, 0):
        try:
            found = os.get_terminal_size(stream).columns
        except (OSError, ValueError):
            continue
        if found > 0:
            return found
    return 80


def _answer(view: Screen, width: int) -> RenderableType:
    parts: list[RenderableType] = [_text(head_words(view), "bold")]
    parts.extend(_text(f"Warning: {warning}", "bold") for warning in view.warnings)
    parts.append(_floor(view, width))
    parts.append(_text(view.verdict, "bold"))
    for section in view.sections:
        if section.entries or section.folded:
            parts.extend(_section(section, width))
    parts.append(Text(""))
    parts.extend(_text(line, "dim") for line in view.footer)
    return Group(*parts)


def _text(said: str, style: str = "") -> Text:
    """Text that is never read as markup, with its numbers held together."""
    return Text(_TOGETHER.sub(lambda found: found[0].replace(" ", _HELD), said), style=style)


def _floor(view: Screen, width: int) -> RenderableType:
    if width < NARROW:
        return Group(*(
            Text(" ").join((_text(line.label), _text(line.contact, "bold"), _text(line.text)))
            for line in view.floor
        ))  # fmt: skip
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    for line in view.floor:
        table.add_row(_text(line.label), _text(line.contact, "bold"), _text(line.text))
    return table


def _section(section: Section, width: int) -> list[RenderableType]:
    heading = HEADINGS[section.title]
    if width < NARROW:
        parts: list[RenderableType] = [Text(""), Text(section.title.upper(), style="bold")]
        for entry in section.entries:
            parts.append(_text(entry.contact, "bold"))
            parts.append(Padding(_facts(entry), (0, 0, 0, 2)))
    else:
        table = Table(box=None, expand=True, pad_edge=False, padding=(0, 2, 0, 0))
        table.add_column(Text(section.title.upper()), width=_CONTACT_WIDTH, overflow="fold")
        table.add_column(Text(heading), ratio=1, overflow="fold")
        for entry in section.entries:
            table.add_row(_text(entry.contact, "bold"), _facts(entry))
        parts = [table] if section.title == "Open now" else [Text(""), table]
    if section.folded:
        parts.append(_text(section.folded))
    return parts


def _facts(entry: Entry) -> Text:
    lines = [entry.name, ""]
    for fact in entry.facts:
        lines[-1] = f"{lines[-1]} {fact}".lstrip()
        if "://" in fact.rpartition(" ")[2]:
            lines.append("")
    return _text("\n".join(line for line in lines if line))


def make_console() -> Console:
    """A console on stdout, as wide as the terminal."""
    return Console(width=max(terminal_columns(), NARROWEST), markup=False, highlight=False,
                   emoji=False)  # fmt: skip


def print_table(renderable: RenderableType, console: Console) -> None:
    """Print without reading data as markup, emoji codes or numbers to colour."""
    console.print(renderable)
