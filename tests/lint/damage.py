"""Kinds of damage that a slip does to a record: each gives the changed text and the line of it.

A damage is a function of a record's lines. It gives None where the record has nothing to damage
in that way; otherwise the new lines, the number of the line at which a complaint must stand, and
the rules of which one must make it.
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

Lines = list[str]


class Damaged(NamedTuple):
    """A record after the slip; `line` counts from 1."""

    lines: Lines
    line: int
    rules: frozenset[str]


Damage = Callable[[Sequence[str]], Damaged | None]

KEYS = {
    "id": 1, "name": 1, "kind": 1, "organization": 1, "description": 1, "service_area": 1,
    "channels": 1, "sources": 1,
}  # fmt: skip
"""Keys that a record must have, and the line where one that is missing is told of."""


def _block(lines: Sequence[str], key: str) -> tuple[int, int] | None:
    """The lines, from and to, of a key of the record."""
    for start, line in enumerate(lines):
        if line.startswith(f"{key}:"):
            end = start + 1
            while end < len(lines) and (lines[end][:1] in (" ", "-", "#", "") or not lines[end]):
                end += 1
            return start, end
    return None


def _without_key(key: str) -> Damage:
    def damage(lines: Sequence[str]) -> Damaged | None:
        found = _block(lines, key)
        if found is None:
            return None
        start, end = found
        return Damaged([*lines[:start], *lines[end:]], KEYS[key], frozenset({"missing-key"}))

    return damage


def _replaced(pattern: str, new: str, *rules: str, shift: int = 0, unless: str = "") -> Damage:
    """The first line that matches, changed; the complaint stands on it, or `shift` below."""

    def damage(lines: Sequence[str]) -> Damaged | None:
        if unless and any(unless in line for line in lines):
            return None
        for number, line in enumerate(lines):
            if re.search(pattern, line):
                changed = re.sub(pattern, new, line, count=1)
                return Damaged(
                    [*lines[:number], *changed.split("\n"), *lines[number + 1 :]],
                    number + 1 + shift, frozenset(rules),
                )  # fmt: skip
        return None

    return damage


def _added(key: str, new: Sequence[str], at: int, *rules: str) -> Damage:
    """Lines put before a key of the record, if it does not have theirs; the complaint at one."""
    own = new[0].partition(":")[0]

    def damage(lines: Sequence[str]) -> Damaged | None:
        found = _block(lines, key)
        if found is None or _block(lines, own) is not None:
            return None
        start = found[0]
        return Damaged([*lines[:start], *new, *lines[start:]], start + 1 + at, frozenset(rules))

    return damage


def _twice(pattern: str, *rules: str) -> Damage:
    def damage(lines: Sequence[str]) -> Damaged | None:
        for number, line in enumerate(lines):
            if re.search(pattern, line):
                return Damaged([*lines[: number + 1], line, *lines[number + 1 :]], number + 2,
                               frozenset(rules))  # fmt: skip
        return None

    return damage


_NUMBER = r"^(\s+(?:- )?number: )(0\d[\d ]+\d)\s*$"
_HOURS = r"^(\s+hours: (?:Mo-(?:Su|Fr) )?)(\d\d:\d\d)-(\d\d:\d\d)\s*$"
_DAILY = r"^(\s+hours: Mo-(?:Su|Fr) )\d\d:\d\d-\d\d:\d\d\s*$"
_DAY = r"^(    hours: )Mo-(?:Su|Fr) \d\d:\d\d-\d\d:\d\d\s*$"
_POSTCODE = r"(postcode: )[A-Z]{1,2}(\d[A-Z\d]? \d[A-Z]{2})"
_URL = r"^(  - url: )https?(\S+)$"
_PUBLISHED = r"^(    published: )\d{4}\S*$"

DAMAGES: dict[str, Damage] = {
    **{f"no {key}": _without_key(key) for key in KEYS},
    # spelling and shape
    "name misspelt": _replaced(r"^name:", "nmae:", "unknown-key"),
    "kind misspelt": _replaced(r"^kind: (\w)", r"kind: x\1", "unknown-word"),
    "description misspelt": _replaced(r"^description:", "descripton:", "unknown-key"),
    "channels misspelt": _replaced(r"^channels:", "chanels:", "unknown-key"),
    "sources misspelt": _replaced(r"^sources:", "source:", "unknown-key"),
    "access misspelt": _replaced(r"^(    )access:", r"\1acess:", "unknown-key"),
    "published misspelt": _replaced(r"^(    )published:", r"\1publised:", "unknown-key"),
    "hours misspelt": _replaced(r"^(    )hours:", r"\1houres:", "unknown-key"),
    "no such access": _replaced(r"^(    access: )\w+", r"\1open", "unknown-word"),
    "no such grade": _replaced(r"^(    grade: )\w+", r"\1good", "unknown-word"),
    "name twice": _twice(r"^name:", "duplicate-key"),
    "grade twice": _twice(r"^    grade:", "duplicate-key"),
    "a tab": _replaced(r"^  - id:", "\t- id:", "yaml-syntax"),
    "an open bracket": _replaced(r"^kind:.*", "kind: [helpline", "yaml-syntax"),
    "a control character": _replaced(r"^name: .*", 'name: "a\\\\x1b[2Jb"', "unsafe-text"),
    "a direction mark": _replaced(r"^name: .*", 'name: "a\\\\u202eb"', "unsafe-text"),
    "an empty name": _replaced(r"^name: .*", "name:", "empty-value"),
    "a list for a name": _replaced(r"^name: .*", "name: [one, two]", "bad-value"),
    "an alias": _replaced(r"^name: .*", "name: *other", "yaml-alias", "yaml-syntax"),
    "a tag": _replaced(r"^name: .*", "name: !python/object x", "yaml-tag"),
    "another id": _replaced(r"^id: (.*)", r"id: \1-x", "id-mismatch"),
    "an id in capitals": _replaced(r"^id: .*", "id: The_Line", "bad-id"),
    # references
    "no such pair": _added("name", ["pair: no-such-record"], 0, "dead-reference"),
    "no such replacement": _added("name", ["replaced_by: no-such-record"], 0, "dead-reference"),
    "a source of no channel": _replaced(
        r"^(    grade: .*)$", "\\1\n    channels: [nowhere]", "bad-reference", shift=1
    ),
    # hours
    "23:59": _replaced(_DAILY, r"\g<1>18:00-23:59", "hours-last-minute"),
    "the same time twice": _replaced(_HOURS, r"\1\2-\2", "hours-same-times"),
    "swapped times": _replaced(_DAILY, r"\g<1>23:00-18:00", "hours-swapped"),
    "am and pm": _replaced(_DAILY, r"\g<1>6pm to 11pm", "hours-syntax"),
    "an open end": _replaced(_DAILY, r"\g<1>18:00+", "hours-open-end"),
    "75 minutes past": _replaced(_HOURS, r"\g<1>18:75-23:00", "hours-syntax"),
    "an odd minute": _replaced(_HOURS, r"\g<1>18:03-23:00", "hours-odd-minute"),
    "overlapping sessions": _replaced(
        _DAILY, r"\g<1>10:00-13:00,12:00-15:00", "hours-overlap"
    ),
    "a rule replaced": _replaced(
        _DAILY, r"\g<1>10:00-12:00; Mo-Su 14:00-17:00", "hours-replaced"
    ),
    "a misspelt day": _replaced(_DAY, r"\1Mon-Sux 18:00-23:00", "hours-syntax"),
    "always off": _replaced(_DAY, r'\1"off"', "hours-never-open", unless="until:"),
    "24/7 and bank holidays": _replaced(
        r"^    hours: 24/7\s*$", "    hours: 24/7\n    bank_holidays: closed",
        "always-with-bank-holidays", shift=1, unless="bank_holidays",
    ),
    "bank holidays twice": _replaced(
        r"^    hours: Mo.*\d$", "    hours: Mo-Su 18:00-23:00; PH off\n    bank_holidays: as_usual",
        "holidays-twice", shift=1, unless="bank_holidays",
    ),
    # numbers
    "a digit lost": _replaced(
        r"^(\s+(?:- )?number: 0\d[\d ]+?) ?\d\s*$", r"\1", "number-implausible", "bad-number",
        "number-short",
    ),
    "a digit too many": _replaced(_NUMBER, r"\g<1>\g<2>99", "number-implausible", "bad-number",
                                 "number-short"),
    "letters in a number": _replaced(_NUMBER, r"\1\2 option 2", "bad-number"),
    "a premium number": _replaced(_NUMBER, r"\g<1>0909 879 0123", "number-premium"),
    "no such area code": _replaced(_NUMBER, r"\g<1>0699 123 4567", "number-implausible"),
    "a number retired": _added(
        "name", ["retired:", "  - {number: 116 123, until: 2020}"], 1, "retired-in-use"
    ),
    # lives and regimes
    "closed before it opened": _added(
        "channels", ["life:", "  - {opens: 2020-03}", "  - {closes: 2019-03}"], 2, "life-order"
    ),
    "paused after it closed": _added(
        "channels", ["life:", "  - {closes: 2020-03}", "  - {pauses: 2020-06}"], 2, "life-steps"
    ),
    "planned after it opened": _added(
        "channels", ["life:", "  - {opens: 2020-03}", "  - {opens: 2020-06, basis: planned}"], 2,
        "plan-after-fact",
    ),
    "closed in the future": _added(
        "channels", ["life:", "  - {closes: 2099-03}"], 1, "report-from-future"
    ),
    "a month too many": _added("channels", ["life:", "  - {opens: 2020-13}"], 1, "bad-date"),
    # people
    "swapped ages": _added("name", ["max_age: 18", "min_age: 65"], 0, "bad-age"),
    "an age of 180": _replaced(r"^(min_age: )(\d+)", r"\g<1>180", "bad-age"),
    "a topic unknown": _added("channels", ["topics: [sadness]"], 0, "unknown-word"),
    "a language misspelt": _added("channels", ["languages: [Wlesh]"], 0, "unknown-language"),
    # places
    "lat and lon swapped": _replaced(
        r'^(\s+)location: .*(town: (?:"[^"]*"|[^,}]*)).*$',
        r"\1location: {\2, lat: -1.9, lon: 53.2}", "bad-point",
    ),
    "a point in the sea": _replaced(
        r"^(\s+)location: \{.*(town: [A-Za-z ]+).*$", r"\1location: {\2, lat: 60.9, lon: 1.0}",
        "point-place",
    ),
    "a postcode elsewhere": _replaced(_POSTCODE, r"\1ZE\2", "postcode-town", "unknown-postcode"),
    "a postcode of nowhere": _replaced(_POSTCODE, r"\1QX\2", "unknown-postcode"),
    "half a postcode": _replaced(
        r"(postcode: [A-Z]{1,2}\d[A-Z\d]?) \d[A-Z]{2}", r"\1", "bad-postcode"
    ),
    "no such town": _replaced(
        r'(town: "?)[A-Za-z]+', r"\1Xyzzy", "bad-place", "unknown-town"
    ),
    "no such area": _replaced(r"^service_area: .*", "service_area: [district:Xyzzy]", "bad-area"),
    # sources
    "a source of the future": _replaced(_PUBLISHED, r"\g<1>2099-01", "future-source"),
    "a day of no month": _replaced(_PUBLISHED, r"\g<1>2021-02-30", "bad-date"),
    "an address without https": _replaced(_URL, r"\1www\2", "bad-url"),
    "supports misspelt": _replaced(r"^(    supports: \[)\w+", r"\1houres", "unknown-word"),
    "supports nothing": _replaced(r"^(    supports: ).*", r"\1[]", "supports-nothing"),
    "since after its date": _replaced(
        r"^(    published: )2\d{3}\S*$", "\\g<1>2019-01\n    since: 2024", "since-after-published",
        shift=1, unless="since:",
    ),
    # words
    "a formula": _replaced(r"^name: .*", 'name: "=1+1"', "formula-text"),
    "a script": _replaced(r"^name: .*", "name: <script>alert(1)</script>", "markup-text"),
    "garbled": _replaced(r"^name: .*", "name: CafÃ© Help", "garbled-text"),
    "a name that stops": _replaced(r"^name: (\w+).*", r"name: \1 line.", "name-ends-in-stop"),
    "shouting": _replaced(r"^description: .*", "description: DO NOT COME HERE.", "shouted-text"),
    "a word twice": _replaced(r"^description: .*", "description: It is is here.", "doubled-word"),
    "half a sentence": _replaced(
        r"^description: .*", "description: It is open and", "unfinished-sentence"
    ),
    "a long tale": _replaced(r"^description: .*", "description: " + "It is. " * 50, "long-text"),
    "a number in prose": _replaced(
        r"^description: .*", "description: Ring 0300 999 1234 now.", "prose-number"
    ),
}  # fmt: skip
"""What a keeper may do to a record without meaning to, by a name of it."""
