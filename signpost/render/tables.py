"""An answer as a Rich table: numbers in the first column, words for every state."""

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from signpost.render.plain import head_words
from signpost.render.screen import Entry, Screen, Section

NARROW = 60
"""Below this many columns entries are stacked: two columns would cut a number."""

_CONTACT_WIDTH = 24


def answer_table(view: Screen, width: int) -> RenderableType:
    """The screen laid out for so many columns. Data are never read as markup."""
    parts: list[RenderableType] = [Text(head_words(view), style="bold")]
    parts.extend(Text(f"Note: {warning}", style="bold") for warning in view.warnings)
    parts.append(_floor(view, width))
    parts.extend(Text(f"Note: {note}") for note in view.old_numbers)
    parts.append(Text(view.verdict, style="bold"))
    parts.extend(
        _section(section, width)
        for section in view.sections
        if section.entries or section.folded
    )
    parts.append(Text(""))
    parts.extend(Text(line, style="dim") for line in view.footer)
    return Group(*parts)


def _floor(view: Screen, width: int) -> RenderableType:
    if width < NARROW:
        return Group(*(
            Text.assemble((f"{line.label} ", "bold"), (line.contact, "bold"), f" {line.text}")
            for line in view.floor
        ))  # fmt: skip
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    for line in view.floor:
        table.add_row(Text(line.label), Text(line.contact, style="bold"), Text(line.text))
    return table


def _section(section: Section, width: int) -> RenderableType:
    if width < NARROW:
        return _stacked(section)
    table = Table(box=SIMPLE_HEAD, expand=True, pad_edge=False, show_edge=False, padding=(0, 1))
    table.add_column(Text(section.title.upper()), width=_CONTACT_WIDTH, overflow="fold")
    table.add_column(Text(""), ratio=1, overflow="fold")
    for entry in section.entries:
        table.add_row(Text(entry.contact or "no number", style="bold" if entry.contact else ""),
                      _facts(entry))  # fmt: skip
    parts: list[RenderableType] = [Text(""), table]
    if section.folded:
        parts.append(Text(section.folded))
    return Group(*parts)


def _stacked(section: Section) -> RenderableType:
    parts: list[RenderableType] = [Text(""), Text(section.title.upper(), style="bold underline")]
    for entry in section.entries:
        parts.append(Text(entry.contact or "no number", style="bold"))
        parts.append(Padding(_facts(entry), (0, 0, 0, 2)))
    if section.folded:
        parts.append(Text(section.folded))
    return Group(*parts)


def _facts(entry: Entry) -> Text:
    text = Text(entry.name)
    if entry.facts:
        text.append("\n" + "; ".join(entry.facts))
    return text


def print_table(renderable: RenderableType, console: Console) -> None:
    """Print without reading data as markup, emoji codes or numbers to colour."""
    console.print(renderable, markup=False, highlight=False, emoji=False)


def make_console() -> Console:
    """A console on stdout that is never narrower than a number needs."""
    console = Console(soft_wrap=False)
    if console.width < 20:
        console.width = 20
    return console
