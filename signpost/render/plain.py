"""An answer by ear: a fact a line, the state as a word first, no boxes and no colour."""

from collections.abc import Iterable

from signpost.render.floor import FloorLine
from signpost.render.screen import Screen


def plain_answer(view: Screen) -> str:
    """The screen as lines of text."""
    return "\n".join(_lines(view)) + "\n"


def head_words(view: Screen) -> str:
    """The first line: whether it is now, the moment, and the place with its county."""
    now = "NOT NOW" if view.frozen else "Now"
    near = f", near {view.place}" if view.place else ""
    return f"{now}: {view.moment}{near}"


def plain_floor(floor: Iterable[FloorLine]) -> Iterable[str]:
    """The emergency lines."""
    for line in floor:
        yield f"{line.label}: {line.contact}{' - ' if line.text else ''}{line.text}"


def _lines(view: Screen) -> Iterable[str]:
    yield head_words(view)
    for warning in view.warnings:
        yield f"Warning: {warning}"
    yield from plain_floor(view.floor)
    yield view.verdict
    for section in view.sections:
        for entry in section.entries:
            yield f"{section.title}: {entry.contact} - {entry.name}"
            yield from (f"  {fact}" for fact in entry.facts)
        if section.folded:
            yield f"{section.title}: {section.folded}"
    yield from view.footer
