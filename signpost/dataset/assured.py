"""An organisation's own checks of records, from `assured.yaml`: one more source for each.

They lie beside the records and are laid over them when a record is read, so that nothing that
came with the program is written to and an upgrade loses none.
"""

from pathlib import Path
from typing import NamedTuple

from signpost.core.services import FACTS, Source
from signpost.dataset.fields import Record
from signpost.dataset.folder import ASSURED
from signpost.dataset.problems import ERROR, Position, Problem, shown_path
from signpost.dataset.source import Fields, Items, Unreadable, read
from signpost.dataset.values import parse_url

KEYS = ("id", "on", "how", "with", "source", "fields", "channels")
HOW = ("call", "visit", "letter")
GRADE = "assured"
CHECKED = ("hours", "contact", "location", "life")
"""What a check speaks for when it does not say."""


class Assurance(NamedTuple):
    """A check of one record, as a source."""

    service: str
    source: Source


def read_assurances(folder: Path) -> tuple[list[Assurance], list[Problem]]:
    """The checks that a data folder keeps; each that cannot be read is left out, and told of."""
    path = folder / ASSURED
    if not path.exists():
        return [], []
    try:
        tree, problems = read(path)
    except Unreadable as error:
        return [], [error.problem]
    if not isinstance(tree, Items):
        at = Position(shown_path(path), 1, 1)
        return [], [*problems, Problem(at, ERROR, "bad-value", "assured.yaml is a list; begin each "
                                       "check with - id:")]  # fmt: skip
    whole = Record(Fields({"checks": (tree.position, tree)}, tree.position), problems, "")
    found = []
    for check in whole.mappings("checks", "a check"):
        before = len(problems)
        assurance = _assurance(check)
        if len(problems) == before:
            found.append(assurance)
    return found, problems


def _assurance(check: Record) -> Assurance:
    check.only(KEYS)
    on = check.date("on")
    if on is None or on.inferred or on.first != on.last:
        check.error(check.at("on"), "bad-date",
                    'a check needs "on", the day it was made, such as 2026-11-24')  # fmt: skip
    how, who = check.choice("how", HOW), check.text("with")
    source = check.parsed("source", parse_url, "bad-url")
    if source is None and (how is None or who is None):
        check.error(check.position, "missing-key", 'a check needs "source", a web address, or '
                    '"how" and "with", a role')  # fmt: skip
    return Assurance(
        check.required("id"),
        Source(
            url=source,
            published=on,
            grade=GRADE,
            supports=check.words("fields", FACTS) or CHECKED,
            channels=check.texts("channels"),
            since=None,
            says=f"checked by {how} with {who}" if how and who else "checked against this page",
        ),
    )
