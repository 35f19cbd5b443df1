"""The first lines of every answer: the floor by role, and the old numbers it took over from."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from signpost.core.query import Option
from signpost.render.phrases import capital, contact_words

FLOOR_LABELS = {
    "emergency": "Life at risk",
    "nhs_urgent": "Urgent NHS",
    "listening": "Talk",
    "crisis_text": "Text",
    "child_line": "Under 19",
}
"""What the first lines are called, in their order."""

NOT_111 = "Urgent help"
"""The label in Northern Ireland, whose urgent line is not the NHS's 111."""

MAX_OLD_NUMBERS = 2
"""So many overtaken numbers are named under 111; more are counted."""


class FloorLine(NamedTuple):
    """One of the first lines: a label, the number, who and how."""

    label: str
    contact: str
    text: str


def floor_lines(emergency: Sequence[Option]) -> Iterable[FloorLine]:
    """The floor as labelled lines: one a role and number, with what to choose in each nation."""
    for role, label in FLOOR_LABELS.items():
        groups = by_service(option for option in emergency if option.service.role == role)
        shown = [own for own in groups if not _is_said_better(own[0], groups)]
        contacts: dict[str, list[list[Option]]] = {}
        for own in shown:
            contacts.setdefault(_floor_contact(own[0]), []).append(own)
        for contact, sharing in contacts.items():
            nations = sharing[0][0].service.nations
            said = NOT_111 if role == "nhs_urgent" and nations == ("Northern Ireland",) else label
            if len(sharing) > 1:
                text = "; ".join(_nation_text(own[0]) for own in sharing)
            else:
                text = _floor_text(sharing[0], " and ".join(nations) if len(shown) > 1 else "")
            yield FloorLine(said, contact, text)


def _nation_text(option: Option) -> str:
    """`Wales: choose 2`, where several nations' lines share a number."""
    menu, name = option.regime.menu_option, option.service.name
    what = f"choose {_short_option(menu, name)}" if menu else name
    return f"{' and '.join(option.service.nations)}: {what}"


def _is_said_better(option: Option, groups: Sequence[Sequence[Option]]) -> bool:
    """Whether another line of the same nations is surer, or says what to choose on the number."""
    return any(
        _floor_merit(own[0]) > _floor_merit(option)
        for own in groups
        if own[0].service.nations == option.service.nations
    )


def _floor_merit(option: Option) -> tuple[bool, bool]:
    return option.hours_state == "open", option.regime.menu_option is not None


def _floor_contact(option: Option) -> str:
    return contact_words(option.channel, option.regime)


def _floor_text(options: Sequence[Option], where: str) -> str:
    """Who answers and what to choose; for life at risk also how to call without speaking."""
    first = options[0]
    name = first.service.name
    said = "" if name == first.regime.number else name
    if where and len(first.service.nations) < 4:
        said = f"{said} ({where})".strip()
    if first.regime.menu_option:
        choice = _short_option(first.regime.menu_option, name)
        said = said if f"press {choice}" in name else f"{said}: choose {choice}"
    parts = [said] if first.hours_state == "open" else [said, "may not answer at this hour"]
    if first.service.role == "emergency":
        parts.extend(option.regime.note for option in options if option.regime.note)
    return capital("; ".join(part.rstrip(".") for part in parts if part))


def _short_option(option: str, name: str) -> str:
    """`2 (the mental health option)` without what the name says already."""
    key, _, rest = option.partition(" (")
    meaning = rest.rstrip(")").removeprefix("the ")
    return key if meaning and meaning in name else option


def with_old_numbers(
    floor: Iterable[FloorLine], overtaken: Sequence[Option], everything: bool
) -> Iterable[FloorLine]:
    """The floor, with numbers that people may still hold named under the line to ring instead."""
    lines = list(floor)
    contacts = {line.contact for line in lines}
    old = list(dict.fromkeys(
        number
        for option in overtaken
        if (number := contact_words(option.channel, option.regime)) and number not in contacts
    ))  # fmt: skip
    for line in lines:
        if old and line.label in (FLOOR_LABELS["nhs_urgent"], NOT_111):
            if everything or len(old) <= MAX_OLD_NUMBERS:
                whose = f"Not the old number{'s' if len(old) > 1 else ''} {' or '.join(old)}"
            else:
                whose = f"Not the {len(old)} old local numbers (--all names them)"
            yield line._replace(text=f"{line.text}. {whose}")
            old = []
        else:
            yield line


def by_service(options: Iterable[Option]) -> list[list[Option]]:
    """Options gathered by their service, in the order in which services first appear."""
    found: dict[str, list[Option]] = {}
    for option in options:
        found.setdefault(option.service.id, []).append(option)
    return list(found.values())
