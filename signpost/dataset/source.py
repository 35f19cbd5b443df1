"""YAML files as trees of text that remember where every piece stands.

Scalars stay text: meaning is given by our own parsers, which can complain with a position
(`18:00` would be the number 1080 to YAML 1.1, and `0300` the number 192).
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from signpost.dataset.problems import ERROR, Position, Problem, shown_path

try:
    from yaml import CBaseLoader as _Loader
except ImportError:  # PyYAML without its C part is slower and reads the same
    from yaml import BaseLoader as _Loader  # type: ignore[assignment]

MAX_BYTES = 1_000_000
"""A record is a few kilobytes; a file beyond this is not one."""

MAX_DEPTH = 12


class Text(NamedTuple):
    """A scalar, as it was written."""

    value: str
    position: Position


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
    start = Position(shown, 1, 1)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _unreadable(start, "file-size", f"the file is over {MAX_BYTES:,} bytes; a "
                              "record is a few thousand: split it or check what it is")  # fmt: skip
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unreadable(start, "yaml-syntax", f"not UTF-8 text (byte {error.start}); save the "
                          "file as UTF-8") from None  # fmt: skip
    except OSError as error:
        raise _unreadable(start, "file-unreadable",
                          f"cannot be read: {error.strerror or error}") from None  # fmt: skip
    return read_text(text, shown)


def read_text(text: str, shown: str) -> tuple[Node, list[Problem]]:
    """Read YAML text into a tree; `shown` is the path that complaints name."""
    start = Position(shown, 1, 1)
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = Position(shown, mark.line + 1, mark.column + 1) if mark else start
        message = (error.problem or "not YAML").strip()
        if "\\t" in message or "tab" in message or "'\t'" in message:
            message = "a tab stands where YAML wants spaces; indent with spaces"
        else:
            message = f"not valid YAML: {message}"
        raise _unreadable(at, "yaml-syntax", message) from None
    except yaml.YAMLError as error:
        raise _unreadable(start, "yaml-syntax", f"not valid YAML: {error}") from None
    except (RecursionError, ValueError) as error:
        raise _unreadable(start, "yaml-syntax", f"not valid YAML: {error}") from None
    if root is None:
        raise _unreadable(start, "empty-file", "the file is empty; delete it or write a record")
    problems: list[Problem] = []
    return _convert(root, shown, problems, 0, set()), problems


def _unreadable(at: Position, rule: str, message: str) -> Unreadable:
    return Unreadable(Problem(at, ERROR, rule, message))


def _convert(
    node: yaml.Node, shown: str, problems: list[Problem], depth: int, seen: set[int]
) -> Node:
    at = Position(shown, node.start_mark.line + 1, node.start_mark.column + 1)
    if id(node) in seen:
        problems.append(Problem(at, ERROR, "yaml-alias", "anchors and aliases (& and *) are not "
                                "used in records; write the value out"))  # fmt: skip
        return Text("", at)
    seen.add(id(node))
    if depth > MAX_DEPTH:
        problems.append(Problem(at, ERROR, "yaml-depth", "nested too deeply to be a record"))
        return Text("", at)
    if not node.tag.startswith("tag:yaml.org,2002:"):
        problems.append(Problem(at, ERROR, "yaml-tag", f"the tag {node.tag} is not used in "
                                "records; remove it"))  # fmt: skip
    if isinstance(node, yaml.ScalarNode):
        return Text(node.value, at)
    if isinstance(node, yaml.SequenceNode):
        values = tuple(_convert(item, shown, problems, depth + 1, seen) for item in node.value)
        return Items(values, at)
    fields: dict[str, tuple[Position, Node]] = {}
    for key, value in _pairs(node):
        key_at = Position(shown, key.start_mark.line + 1, key.start_mark.column + 1)
        if not isinstance(key, yaml.ScalarNode):
            problems.append(Problem(key_at, ERROR, "bad-key", "a key must be a plain word"))
            continue
        if key.value in fields:
            first = fields[key.value][0]
            problems.append(Problem(key_at, ERROR, "duplicate-key", f'"{key.value}" is written '
                                    f"twice (first on line {first.line}); keep one"))  # fmt: skip
            continue
        fields[key.value] = (key_at, _convert(value, shown, problems, depth + 1, seen))
    return Fields(fields, at)


def _pairs(node: yaml.Node) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    assert isinstance(node, yaml.MappingNode)
    yield from node.value
