"""Typed getters over a YAML mapping: each gives a value or complains with a position."""

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import TypeVar
from unicodedata import category

from signpost.core.dates import PartialDate, parse_date
from signpost.dataset.problems import ERROR, WARNING, Position, Problem
from signpost.dataset.source import Fields, Items, Node, Text
from signpost.errors import InvalidValue

UNKNOWN = "unknown"

T = TypeVar("T")


_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_UNSEEN = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters, to Unicode, that print nothing."""


def unsafe_character(text: str) -> str | None:
    """The first character that could harm a terminal or hide a text's meaning, or None.

    Controls, directions and joiners, what has no agreed meaning, and breaks of line or page
    (Unicode general categories Cc, Cf, Cs, Co, Zl, Zp); a plain line end or tab is none.
    """
    if text.isascii() and text.isprintable():
        return None
    return next(
        (
            character for character in text
            if character in _UNSEEN
            or (category(character) in _UNSAFE and character not in "\n\t")
        ),
        None,
    )  # fmt: skip


def suggestion(word: str, known: Iterable[str]) -> str:
    """` - did you mean "hours"?`, or nothing."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f'; did you mean "{near[0]}"?' if near else ""


class Record:
    """One mapping being read: its getters report problems and return None on a bad value."""

    def __init__(self, fields: Fields, problems: list[Problem], what: str) -> None:
        self.fields = fields
        self.position = fields.position
        self.what = what
        self._problems = problems

    def error(self, at: Position, rule: str, message: str) -> None:
        """Report something that keeps the record out."""
        self._problems.append(Problem(at, ERROR, rule, message))

    def warn(self, at: Position, rule: str, message: str) -> None:
        """Report something that a keeper should look at."""
        self._problems.append(Problem(at, WARNING, rule, message))

    def only(self, known: Iterable[str]) -> None:
        """Complain of every key that is not one of those known."""
        names = tuple(known)
        for key, (at, _) in self.fields.values.items():
            if key not in names:
                self.error(at, "unknown-key", f'"{key}" is not a key of {self.what}'
                           f"{suggestion(key, names) or '; remove it'}")  # fmt: skip

    def has(self, key: str) -> bool:
        """Whether the key is written at all."""
        return key in self.fields.values

    def at(self, key: str) -> Position:
        """Where the value of a key stands, or the mapping itself when it is missing."""
        found = self.fields.values.get(key)
        return found[1].position if found else self.position

    def node(self, key: str) -> Node | None:
        """The raw value of a key."""
        found = self.fields.values.get(key)
        return found[1] if found else None

    def text(self, key: str) -> str | None:
        """A text on one line; `unknown` and an empty value count as not given."""
        node = self.node(key)
        if node is None:
            return None
        if not isinstance(node, Text):
            self.error(node.position, "bad-value",
                       f'"{key}" must be a text, not a list or a mapping')  # fmt: skip
            return None
        value = self._line(key, node)
        return None if value == UNKNOWN else value

    def _line(self, key: str, node: Text) -> str | None:
        """A text with its white space evened out; complains of what no text may hold."""
        bad = unsafe_character(node.value)
        if bad is not None:
            at = node.character(node.value.index(bad))
            self.error(at, "unsafe-text", f'"{key}" holds the invisible or control character '
                       f"U+{ord(bad):04X}; remove it")  # fmt: skip
            return None
        value = " ".join(node.value.split())
        if not value:
            self.error(node.position, "empty-value",
                       f'"{key}" is empty; write unknown or remove it')  # fmt: skip
        return value or None

    def required(self, key: str) -> str:
        """A text that must be there; `unknown` is not accepted. Empty when it is missing."""
        if not self.has(key):
            self.error(self.position, "missing-key", f'{self.what} needs "{key}"')
            return ""
        if self.is_unknown(key):
            self.error(self.at(key), "bad-value", f'"{key}" cannot be unknown; write what it is')
        return self.text(key) or ""

    def is_unknown(self, key: str) -> bool:
        """Whether the word `unknown` stands there."""
        node = self.node(key)
        return isinstance(node, Text) and node.value.strip() == UNKNOWN

    def choice(self, key: str, known: Iterable[str], default: str | None = None) -> str | None:
        """One word of a closed list; where a default stands for leaving it out, not unknown."""
        words = tuple(known)
        if default is not None and default != UNKNOWN and self.is_unknown(key):
            self.error(self.at(key), "bad-value", f'"{key}" cannot be unknown; leave it out if it '
                       f"is {default}, or write one of: {', '.join(words)}")  # fmt: skip
        value = self.text(key)
        if value is None:
            return default
        return value if self._is_one_of(value, words, key, self.at(key)) else default

    def _is_one_of(self, value: str, known: Iterable[str], key: str, at: Position) -> bool:
        words = tuple(known)
        if value in words:
            return True
        self.error(at, "unknown-word", f'"{value}" is not a value of {key}'
                   f"{suggestion(value, words) or '; one of: ' + ', '.join(words)}")  # fmt: skip
        return False

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; one text alone counts as a list of one."""
        return tuple(value for _, value in self.placed_texts(key))

    def placed_texts(self, key: str) -> list[tuple[Position, str]]:
        """The same, each with its position."""
        return [(scalar.position, value) for scalar, value in self.scalars(key)]

    def scalars(self, key: str) -> list[tuple[Text, str]]:
        """The same, each with the scalar it stands in."""
        node = self.node(key)
        if node is None:
            return []
        nodes = node.values if isinstance(node, Items) else (node,)
        found = []
        for item in nodes:
            if not isinstance(item, Text):
                self.error(item.position, "bad-value", f'"{key}" must be a list of texts')
                continue
            value = self._line(key, item)
            if value is not None and value != UNKNOWN:
                found.append((item, value))
        return found

    def words(self, key: str, known: Iterable[str]) -> tuple[str, ...]:
        """A list of words of a closed list."""
        choices = tuple(known)
        return tuple(
            value
            for at, value in self.placed_texts(key)
            if self._is_one_of(value, choices, key, at)
        )

    def parsed(self, key: str, parse: Callable[[str], T], rule: str) -> T | None:
        """A text read by one of our parsers."""
        value = self.text(key)
        if value is None:
            return None
        try:
            return parse(value)
        except InvalidValue as error:
            node = self.node(key)
            assert isinstance(node, Text)  # it gave a value
            at = node.position if error.column is None else node.character(error.column)
            self.error(at, rule, str(error))
            return None

    def date(self, key: str) -> PartialDate | None:
        """A date that may be partial; `undated` counts as not given."""
        if self.text(key) == "undated":
            return None
        return self.parsed(key, parse_date, "bad-date")

    def age(self, key: str) -> int | None:
        """An age in whole years."""
        return self.parsed(key, _parse_age, "bad-age")

    def flag(self, key: str) -> bool:
        """`true` or `false`; false when it is not written."""
        return self.choice(key, ("true", "false")) == "true"

    def mappings(self, key: str, what: str) -> "list[Record]":
        """A list of mappings."""
        node = self.node(key)
        if node is None:
            return []
        if not isinstance(node, Items):
            self.error(node.position, "bad-value",
                       f'"{key}" must be a list; begin each with a dash')  # fmt: skip
            return []
        records = []
        for item in node.values:
            if isinstance(item, Fields):
                records.append(Record(item, self._problems, what))
            else:
                self.error(item.position, "bad-value",
                           f'each of "{key}" must be a mapping of key: value')  # fmt: skip
        return records

    def mapping(self, key: str, what: str) -> "Record | None":
        """One mapping."""
        node = self.node(key)
        if node is None or self.is_unknown(key):
            return None
        if isinstance(node, Fields):
            return Record(node, self._problems, what)
        self.error(node.position, "bad-value",
                   f'"{key}" must be a mapping of key: value')  # fmt: skip
        return None

    def over(self, lower: "Record") -> "Record":
        """This mapping laid over a lower one: its keys win (a regime over its channel)."""
        merged = {**lower.fields.values, **self.fields.values}
        return Record(Fields(merged, self.position), self._problems, self.what)

    def part(self, keys: Iterable[str]) -> "Record":
        """This mapping with only some of its keys."""
        kept = {key: self.fields.values[key] for key in keys if self.has(key)}
        return Record(Fields(kept, self.position), self._problems, self.what)


def _parse_age(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 120:
        raise InvalidValue(f'"{text}" is not an age; write whole years from 0 to 120')
    return int(text)
