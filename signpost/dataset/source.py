"""YAML files as trees of text that remember where every piece stands.

Scalars stay text: meaning is given by our own parsers, which can complain with a position
(`18:00` would be the number 1080 to YAML 1.1, and `0300` the number 192). The tree is built
from the parser's events, so that nothing is ever expanded or constructed.
"""

from collections.abc import Iterator
from pathlib import Path
from stat import S_ISREG
from typing import Any, NamedTuple

import yaml

from signpost.dataset.problems import ERROR, Position, Problem, printable, shown_path

try:
    from yaml import CBaseLoader as _Loader
except ImportError:  # PyYAML without its C part is slower and reads the same
    from yaml import BaseLoader as _Loader  # type: ignore[assignment]

MAX_BYTES = 1_000_000
"""A record is a few kilobytes; a file beyond this is not one."""

MAX_DEPTH = 12


class Text(NamedTuple):
    """A scalar, as it was written.

    `inside` is the number of columns from its position to its first character (a quote), None
    where its characters are not one after another on that line.
    """

    value: str
    position: Position
    inside: int | None = 0

    def character(self, offset: int) -> Position:
        """Where one character of it stands, or the whole where that cannot be said."""
        if self.inside is None:
            return self.position
        return self.position._replace(column=self.position.column + self.inside + offset)


class Items(NamedTuple):
    """A sequence."""

    values: "tuple[Node, ...]"
    position: Position


class Fields(NamedTuple):
    """A mapping: key to (where the key stands, value)."""

    values: "dict[str, tuple[Position, Node]]"
    position: Position


Node = Text | Items | Fields


class Unreadable(Exception):
    """A file that gives no tree at all; carries the one problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def read(path: Path) -> tuple[Node, list[Problem]]:
    """Read one file into a tree, with what is wrong inside it; raise Unreadable if nothing is."""
    shown = shown_path(path)
    data = content(path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        at = Position(shown, before.count(b"\n") + 1, len(before) - before.rfind(b"\n"))
        raise _unreadable(at, "yaml-syntax",
                          "the file is not UTF-8 text; save it as UTF-8") from None  # fmt: skip
    return read_text(text, shown)


def content(path: Path) -> bytes:
    """The bytes of a file that may be a record; raise Unreadable without reading any other."""
    start = Position(shown_path(path), 1, 1)
    try:
        found = path.stat()
        if not S_ISREG(found.st_mode):
            raise _unreadable(start, "file-unreadable", "this is not a plain file; records are "
                              "plain files, and links to folders are not followed")  # fmt: skip
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        said = error.strerror or str(error)
        raise _unreadable(start, "file-unreadable", f"the file cannot be read ({said}); put it "
                          "right or remove it") from None  # fmt: skip
    if len(data) > MAX_BYTES:
        raise _unreadable(start, "file-size", f"the file is over {MAX_BYTES:,} bytes and a "
                          "record is a few thousand; split it or check what it is")  # fmt: skip
    return data


def read_text(text: str, shown: str) -> tuple[Node, list[Problem]]:
    """Read YAML text into a tree; `shown` is the path that complaints name."""
    try:
        return _Builder(shown).tree(yaml.parse(text, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        raise _syntax_error(error, text, shown) from None
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        at = Position(shown, before.count("\n") + 1, len(before) - before.rfind("\n"))
        code = _code(error.character)
        raise _unreadable(at, "yaml-syntax", f"the character U+{code:04X} cannot stand in a text; "
                          "save the file as UTF-8, without it") from None  # fmt: skip
    except ValueError as error:  # PyYAML's own scanner, on an escape beyond Unicode
        raise _unreadable(Position(shown, 1, 1), "yaml-syntax",
                          f"not valid YAML: {printable(str(error))}") from None  # fmt: skip


def _code(character: int | str | bytes) -> int:
    return character if isinstance(character, int) else ord(character)


def _unreadable(at: Position, rule: str, message: str) -> Unreadable:
    return Unreadable(Problem(at, ERROR, rule, message))


class _Builder:
    """Builds one file's tree from its events."""

    def __init__(self, shown: str) -> None:
        self._shown = shown
        self._problems: list[Problem] = []

    def tree(self, events: Iterator[Any]) -> tuple[Node, list[Problem]]:
        root: Node | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    self._complain(self._at(event), "yaml-documents", "a second document starts "
                                   "here; a file holds one, so remove the ---")  # fmt: skip
                    break
                root = self._node(events, next(events), 0)
        if root is None or (isinstance(root, Text) and not root.value and root.inside == 0):
            raise _unreadable(Position(self._shown, 1, 1), "empty-file",
                              "the file is empty; delete it or write a record")  # fmt: skip
        return root, self._problems

    def _at(self, event: Any) -> Position:
        return Position(self._shown, event.start_mark.line + 1, event.start_mark.column + 1)

    def _complain(self, at: Position, rule: str, message: str) -> None:
        self._problems.append(Problem(at, ERROR, rule, message))

    def _node(self, events: Iterator[Any], event: Any, depth: int) -> Node:
        at = self._at(event)
        if event.anchor is not None:  # an alias too
            self._complain(at, "yaml-alias", "anchors and aliases (& and *) are not used in "
                           "records; write the value out, in quotes if it is a text")  # fmt: skip
        if isinstance(event, yaml.AliasEvent):
            return Text("", at)
        if event.tag is not None:
            self._complain(at, "yaml-tag", f"the tag {printable(event.tag)} is not used in "
                           "records; remove it, or put the text in quotes")  # fmt: skip
        if isinstance(event, yaml.ScalarEvent):
            return Text(event.value, at, _inside(event))
        if depth == MAX_DEPTH:
            raise _too_deep(at)
        if isinstance(event, yaml.SequenceStartEvent):
            values = []
            while not isinstance(event := next(events), yaml.SequenceEndEvent):
                values.append(self._node(events, event, depth + 1))
            return Items(tuple(values), at)
        return self._fields(events, at, depth + 1)

    def _fields(self, events: Iterator[Any], at: Position, depth: int) -> Fields:
        fields: dict[str, tuple[Position, Node]] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._node(events, event, depth)
            value = self._node(events, next(events), depth)
            if not isinstance(key, Text) or not key.value.isprintable():
                self._complain(key.position, "bad-key", "a key must be a plain word; take out "
                               "anything else")  # fmt: skip
            elif key.value in fields:
                first = fields[key.value][0]
                self._complain(key.position, "duplicate-key", f'"{key.value}" is written twice '
                               f"(first on line {first.line}); keep one")  # fmt: skip
            else:
                fields[key.value] = (key.position, value)
        return Fields(fields, at)


def _too_deep(at: Position) -> Unreadable:
    return _unreadable(at, "yaml-depth", "nested too deeply to be a record; look for brackets or "
                       "dashes too many")  # fmt: skip


def _inside(event: Any) -> int | None:
    if event.style in ("|", ">") or event.start_mark.line != event.end_mark.line:
        return None
    return 1 if event.style in ("'", '"') else 0


_SYNTAX = (
    ("mapping values are not allowed", False,
     "a colon inside a text; put the whole text in quotes"),
    ("could not find expected ':'", True, "this line has no colon; write it as key: value"),
    ("unexpected end of stream", True, "this quote is never closed; add the other one"),
    ("',' or ']'", True, "this list is never closed; add the ]"),
    ("',' or '}'", True, "this mapping is never closed; add the }"),
    ("expected node content", False,
     "a value is missing here; look for a bracket, a comma or a quote too few"),
    ("did not find expected key", False,
     "this does not line up with the lines above; mend the spaces before it, or a quote"),
    ("did not find expected '-'", False,
     "this does not line up with the list above; mend the spaces before it"),
)  # fmt: skip
"""What LibYAML says of the commonest slips; whether they are where it began (or where it was
noticed); and what we say."""


def _syntax_error(error: yaml.MarkedYAMLError, text: str, shown: str) -> Unreadable:
    said = error.problem or "something is wrong"
    mark = error.problem_mark or error.context_mark
    lines = text.split("\n")
    at = Position(shown, mark.line + 1, mark.column + 1) if mark else Position(shown, 1, 1)
    if "nesting depth" in said:
        return _too_deep(at)
    line = lines[at.line - 1] if at.line <= len(lines) else ""
    here = line[at.column - 1 : at.column]
    if here == "\t" or "tab character" in said:
        return _unreadable(at, "yaml-syntax",
                           "a tab stands where YAML wants spaces; indent with spaces")  # fmt: skip
    if "cannot start any token" in said:
        return _unreadable(at, "yaml-syntax", f"a text cannot begin with {printable(here)}; put "
                           "it in quotes")  # fmt: skip
    for part, began, message in _SYNTAX:
        if part in said:
            if began and error.context_mark:
                at = at._replace(line=error.context_mark.line + 1,
                                 column=error.context_mark.column + 1)  # fmt: skip
            return _unreadable(at, "yaml-syntax", message)
    return _unreadable(at, "yaml-syntax", f"not valid YAML: {printable(said)}")
