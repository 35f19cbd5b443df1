"""Typed getters over a YAML mapping: each gives a value or complains with a position."""

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import TypeVar

from signpost.core.dates import PartialDate, parse_date
from signpost.dataset.problems import ERROR, WARNING, Position, Problem
from signpost.dataset.source import Fields, Items, Node, Text
from signpost.errors import InvalidValue

UNKNOWN = "unknown"

T = TypeVar("T")


def unsafe_character(text: str) -> str | None:
    """The first character that could harm a terminal or hide a text's meaning, or None."""
    for character in text:
        code = ord(character)
        if (
            (code < 32 and character not in "\n\t")
            or 127 <= code < 160
            or 0x200B <= code <= 0x200F
            or 0x202A <= code <= 0x202E
            or 0x2060 <= code <= 0x2069
            or code in (0xAD, 0x061C, 0xFEFF, 0x2028, 0x2029)
        ):  # fmt: skip
            return character
    return None


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
                self.error(at, "unknown-key",
                           f'"{key}" is not a key of {self.what}{suggestion(key, names)}')  # fmt: skip

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
            self.error(node.position, "bad-value", f'"{key}" must be a text, not a list or mapping')
            return None
        value = " ".join(node.value.split())
        bad = unsafe_character(node.value)
        if bad is not None:
            self.error(node.position, "unsafe-text", f'"{key}" holds the invisible or control '
                       f"character U+{ord(bad):04X}; remove it")  # fmt: skip
            return None
        if not value:
            self.error(node.position, "empty-value", f'"{key}" is empty; write unknown or remove it')
            return None
        return None if value == UNKNOWN else value

    def required(self, key: str) -> str:
        """A text that must be there; `unknown` is not accepted. Empty when it is missing."""
        if not self.has(key):
            self.error(self.position, "missing-key", f'{self.what} needs "{key}"')
            return ""
        value = self.text(key)
        node = self.node(key)
        if value is None and isinstance(node, Text) and node.value.strip() == UNKNOWN:
            self.error(node.position, "bad-value", f'"{key}" cannot be unknown')
        return value or ""

    def choice(self, key: str, known: Iterable[str], default: str | None = None) -> str | None:
        """One word of a closed list."""
        value = self.text(key)
        if value is None:
            return default
        return value if self._is_one_of(value, known, key, self.at(key)) else default

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
        node = self.node(key)
        if node is None:
            return []
        nodes = node.values if isinstance(node, Items) else (node,)
        found = []
        for item in nodes:
            if not isinstance(item, Text):
                self.error(item.position, "bad-value", f'"{key}" must be a list of texts')
                continue
            bad = unsafe_character(item.value)
            if bad is not None:
                self.error(item.position, "unsafe-text", f'"{key}" holds the invisible or control '
                           f"character U+{ord(bad):04X}; remove it")  # fmt: skip
                continue
            value = " ".join(item.value.split())
            if value and value != UNKNOWN:
                found.append((item.position, value))
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
            at = self.at(key)
            if error.column is not None:
                at = at._replace(column=at.column + error.column)
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
            self.error(node.position, "bad-value", f'"{key}" must be a list')
            return []
        records = []
        for item in node.values:
            if isinstance(item, Fields):
                records.append(Record(item, self._problems, what))
            else:
                self.error(item.position, "bad-value", f'each of "{key}" must be a mapping')
        return records

    def mapping(self, key: str, what: str) -> "Record | None":
        """One mapping."""
        node = self.node(key)
        if node is None or (isinstance(node, Text) and node.value == UNKNOWN):
            return None
        if isinstance(node, Fields):
            return Record(node, self._problems, what)
        self.error(node.position, "bad-value", f'"{key}" must be a mapping')
        return None

    def over(self, lower: "Record", what: str) -> "Record":
        """This mapping laid over a lower one: its keys win (a regime over its channel)."""
        merged = {**lower.fields.values, **self.fields.values}
        return Record(Fields(merged, self.position), self._problems, what)


def _parse_age(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 120:
        raise InvalidValue(f'"{text}" is not an age; write whole years from 0 to 120')
    return int(text)
