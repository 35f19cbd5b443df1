"""Words for people: safe to show anywhere, short, and spelt as others spell them."""

import re
from collections import defaultdict
from collections.abc import Iterator

from signpost.dataset.fields import suggestion
from signpost.dataset.problems import Position
from signpost.dataset.source import Items, Node, Text
from signpost.lint.languages import LANGUAGES
from signpost.lint.records import Data
from signpost.lint.rules import Found, error, warning

LONGEST = {
    "name": 85, "description": 220, "note": 140, "notes": 300, "what": 220, "says": 160,
    "organization": 100,
}  # fmt: skip
"""Characters that a screen of 80 columns and a listener by ear can take of each key."""

NAMES = ("name", "organization", "partners", "aliases", "town")
NOT_PROSE = ("number", "lon", "lat", "url", "email", "hours", "published", "from", "until")

_MARKUP = re.compile(r"(?i)</?[a-z!][^>]*>|<script|javascript:|&(?:amp|lt|gt|quot|nbsp|apos|#\d+);")
_GARBLED = re.compile("�|Ã[\u0080-\u00bf]|â€|Â[\u0080-\u00bf ]")
_DOUBLED = re.compile(r"(?i)(?<![-\w])([a-z]{2,})\s+\1\b(?<!had had)(?<!that that)")
_SHOUTED = re.compile(r"\b[A-Z]{2,}(?:[ ,]+[A-Z]{2,}){2,}\b")
_ENDS_IN_STOP = re.compile(r"(?<!\bLtd)(?<!\bSt)(?<!\bInc)(?<!\.[A-Z])[.,;:!]$")


def _everything(data: Data) -> Iterator[tuple[str, Position, str]]:
    """Every text of every record judged, with its key."""
    for file in data.files:
        if file.tree is not None:
            yield from _within("", file.tree)


def _within(key: str, node: Node) -> Iterator[tuple[str, Position, str]]:
    if isinstance(node, Text):
        yield key, node.position, node.value
    elif isinstance(node, Items):
        for item in node.values:
            yield from _within(key, item)
    else:
        for name, (_, value) in node.values.items():
            yield from _within(name, value)


def formula_text(data: Data) -> Found:
    """No text begins with = + - or @.

    A spreadsheet that opens an export takes such a text for a formula and runs it.

    PASS:
        name: The Listening Place

    FAIL:
        name: "=HYPERLINK(A1)"  # <--
    """
    for key, at, text in _everything(data):
        if key not in NOT_PROSE and text.startswith(("=", "+", "-", "@")):
            yield at, f'"{key}" begins with {text[0]}, which a spreadsheet runs; reword it'


def markup_text(data: Data) -> Found:
    """No text holds tags, scripts or entities of HTML.

    Records go into pages and messages as plain words.

    PASS:
        description: Help & a listening ear. Not an emergency service.

    FAIL:
        description: Help <b>now</b>. Not an emergency service.  # <--
    """
    for key, at, text in _everything(data):
        found = _MARKUP.search(text) if key not in ("url",) else None
        if found:
            yield at, f'"{key}" holds "{found[0]}", which is mark-up; write plain words'


def garbled_text(data: Data) -> Found:
    """No text was garbled between encodings.

    PASS:
        description: A crisis café for the evening. Not a clinic.

    FAIL:
        description: A crisis cafÃ© for the evening. Not a clinic.  # <--
    """
    for key, at, text in _everything(data):
        found = _GARBLED.search(text)
        if found:
            yield at, f'"{key}" holds "{found[0]}", a garbled letter; type it again'


def long_text(data: Data) -> Found:
    """Texts are short enough to be read on a screen, or out loud.

    A name 85 characters, a description 220, a channel's note 140, each of the notes 300.

    PASS:
        name: The Listening Place

    FAIL:
        name: The Listening Place for Everybody Who Has Anything at All to Say to Somebody Who Listens  # <--
    """  # noqa: E501
    for key, at, text in _everything(data):
        most = LONGEST.get(key)
        if most is not None and len(text) > most:
            yield at, f'"{key}" has {len(text)} characters; shorten it to {most}'


def shouted_text(data: Data) -> Found:
    """Nothing is written in capitals but names and short forms.

    PASS:
        description: Please do not give up.

    FAIL:
        description: PLEASE DO NOT give up.  # <--
    """
    for key, at, text in _everything(data):
        found = _SHOUTED.search(text)
        if found and key in LONGEST:
            yield at, f'"{found[0]}" is in capitals; write it as in a sentence'


def doubled_word(data: Data) -> Found:
    """No word is written twice in a row.

    PASS:
        description: Somewhere to go in the evening.

    FAIL:
        description: Somewhere to go in the the evening.  # <--
    """
    for key, at, text in _everything(data):
        found = _DOUBLED.search(text)
        if found and key in LONGEST and key not in NAMES:
            yield at, f'"{found[0]}": a word stands twice; remove one'


def name_ends_in_stop(data: Data) -> Found:
    """A name does not end in a full stop or a comma.

    PASS:
        name: The Listening Place

    FAIL:
        name: The Listening Place.  # <--
    """
    for key, at, text in _everything(data):
        if key in NAMES and _ENDS_IN_STOP.search(text.strip()):
            yield at, f'"{key}" ends in "{text.strip()[-1]}"; remove it'


def unfinished_sentence(data: Data) -> Found:
    """A description is a sentence or two, and ends like one.

    It is read aloud after the name, so a piece of one sounds cut off.

    PASS:
        description: Trained volunteers listen. Not an emergency service.

    FAIL:
        description: Trained volunteers listen, but not in an  # <--
    """
    for entry in data.entries:
        if not entry.service.description.endswith((".", "!", "?", ".)")):
            yield entry.at("description"), "the description does not end like a sentence; end it"


def unknown_language(data: Data) -> Found:
    """Languages have their usual English names.

    So that a search for Punjabi finds what was written as Panjabi.

    PASS:
        languages: [Welsh, Polish]

    FAIL:
        languages: [Wlesh, Polish]  # <--
    """
    for key, at, text in _everything(data):
        if key == "languages" and text not in LANGUAGES and text != "unknown":
            hint = suggestion(text, LANGUAGES) or "; write its English name with a capital"
            yield at, f'"{text}" is not a language known here{hint}'


def same_name(data: Data) -> Found:
    """No two records have the same name.

    A person who is told a name must find one record. Add the town, or the year.

    PASS:
        name: The Haven, Buxton
        # file: services/other.yaml
        name: The Haven, Leek

    FAIL:
        name: The Haven  # <--
        # file: services/other.yaml
        name: The haven
    """
    bearers = defaultdict(list)
    for service in data.services.values():
        bearers[service.name.casefold()].append(service.id)
    for entry in data.entries:
        others = [
            f'"{name}"'
            for name in bearers[entry.service.name.casefold()]
            if name != entry.service.id
        ]
        if others:
            yield (
                entry.at("name"),
                (f"{', '.join(sorted(others))} has this name too; tell them apart by the town"),
            )


RULES = (
    error(formula_text),
    error(markup_text),
    error(garbled_text),
    warning(long_text),
    warning(shouted_text),
    warning(doubled_word),
    warning(name_ends_in_stop),
    warning(unfinished_sentence),
    warning(unknown_language),
    warning(same_name),
)
