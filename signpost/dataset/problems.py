"""What is wrong with a data file, where, and what to do about it."""

from pathlib import Path
from typing import NamedTuple

ERROR = "error"
WARNING = "warning"


class Position(NamedTuple):
    """A place in a file; line and column count from 1."""

    path: str
    line: int
    column: int


class Problem(NamedTuple):
    """One complaint of one rule. Sorted by where it is."""

    position: Position
    severity: str
    rule: str
    message: str

    def __str__(self) -> str:
        path, line, column = self.position
        return f"{path}:{line}:{column}: {self.severity}: {self.message} ({self.rule})"


def shown_path(path: Path) -> str:
    """A path as messages show it: relative to the working folder when it lies inside it."""
    try:
        return printable(str(path.resolve().relative_to(Path.cwd())))
    except (ValueError, OSError, RuntimeError):  # RuntimeError: links in a circle, before 3.13
        return printable(str(path))


def printable(text: str) -> str:
    """A text with everything that could steer a terminal written out, such as \\x1b."""
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in text
    )
