"""An answer by ear: a fact a line, the state as a word first, no boxes and no colour."""

from collections.abc import Iterable

from signpost.render.screen import Entry, Screen

_STATE_WORDS = {"Open now": "open", "Check first": "check first", "Opens later": "opens later"}


def plain_answer(view: Screen) -> str:
    """The screen as lines of text."""
    return "\n".join(_lines(view)) + "\n"


def head_words(view: Screen) -> str:
    """The first line: moment and place, and that it is not now where it is not."""
    not_now = " (NOT NOW)" if view.frozen else ""
    near = f" - {view.place}" if view.place else ""
    return f"{view.moment}{not_now}{near}"


def plain_floor(view_floor: Iterable[tuple[str, str, str]]) -> Iterable[str]:
    """The emergency lines."""
    for label, contact, text in view_floor:
        yield f"{label}: {contact}{' - ' if text else ''}{text}"


def _lines(view: Screen) -> Iterable[str]:
    yield head_words(view)
    for warning in view.warnings:
        yield f"Note: {warning}"
    yield from plain_floor(view.floor)
    for note in view.old_numbers:
        yield f"Note: {note}"
    yield view.verdict
    for section in view.sections:
        state = _STATE_WORDS[section.title]
        for entry in section.entries:
            yield f"{state}: {_entry_words(entry)}"
        if section.folded:
            yield f"{state}: {section.folded}"
    yield from view.footer


def _entry_words(entry: Entry) -> str:
    parts = [part for part in (entry.contact, entry.name) if part]
    return "; ".join([" - ".join(parts), *entry.facts])
