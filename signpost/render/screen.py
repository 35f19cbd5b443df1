"""An answer folded for people: what the table and the plain text both say, in order.

One entry a service and section, the number first. Doubtful rows are limited to five, single-topic
services and rows that one can only ask about are counted in a line; `everything` unfolds them.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from signpost.core.availability import contact_of, matches_group, phone_of
from signpost.core.query import Answer, Option
from signpost.core.reasons import LEFT_OUT
from signpost.core.services import NOT_CRISIS, TOPICS
from signpost.render.phrases import (
    contact_words,
    distance_words,
    moment_words,
    near_time_words,
    place_words,
    until_words,
    verb_words,
)

MAX_CHECK_FIRST = 5

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

_LINE_TWO = ("clock_early", "data_old")
_ASK_ONLY = ("by_referral", "hours_unpublished", "existing_patients", "reply_later")


class FloorLine(NamedTuple):
    """One of the first lines: a label, the number, who and how."""

    label: str
    contact: str
    text: str


class Entry(NamedTuple):
    """One service in one section: the number or address, its name, and facts in order."""

    contact: str
    name: str
    facts: tuple[str, ...]


class Section(NamedTuple):
    """A headed list of entries, with one line for what was folded away."""

    title: str
    entries: tuple[Entry, ...]
    folded: str


class Screen(NamedTuple):
    """The whole of what is shown."""

    moment: str
    frozen: bool
    place: str
    warnings: tuple[str, ...]
    floor: tuple[FloorLine, ...]
    old_numbers: tuple[str, ...]
    verdict: str
    sections: tuple[Section, ...]
    footer: tuple[str, ...]


def screen(answer: Answer, everything: bool = False, clock: int = 12) -> Screen:
    """Fold an answer for reading; `everything` shows each row."""
    query = answer.query
    overtaken = [option for option in answer.check_first if option.has_reason("overtaken")]
    doubtful = [option for option in answer.check_first if not option.has_reason("overtaken")]
    return Screen(
        moment=moment_words(query.at, clock),
        frozen=query.frozen,
        place=place_words(query.place) if query.place else "",
        warnings=tuple(found.text for found in answer.caveats if found.code in _LINE_TWO),
        floor=tuple(floor_lines(answer.emergency)),
        old_numbers=tuple(_old_numbers(overtaken)),
        verdict=answer.verdict,
        sections=(
            _open_section(answer, everything, clock),
            _check_section(answer, doubtful, everything, clock),
            _later_section(answer, everything, clock),
        ),
        footer=tuple(_footer(answer)),
    )


def floor_lines(emergency: Sequence[Option]) -> Iterable[FloorLine]:
    """The floor as labelled lines: one a role, or one a nation where they differ."""
    for role, label in FLOOR_LABELS.items():
        groups = _by_service(option for option in emergency if option.service.role == role)
        shown = [own for own in groups if not _is_said_better(own[0], groups)]
        for own in shown:
            nations = own[0].service.nations
            where = " and ".join(nations) if len(shown) > 1 else ""
            said = NOT_111 if role == "nhs_urgent" and nations == ("Northern Ireland",) else label
            yield FloorLine(said, _floor_contact(own[0]), _floor_text(own, where))


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
    parts = [] if name == first.regime.number else [name]
    if where and len(first.service.nations) < 4:
        parts = [f"{' '.join(parts)} ({where})".strip()]
    if first.regime.menu_option:
        parts.append(f"choose {first.regime.menu_option}")
    if first.service.role == "emergency":
        parts.extend(option.regime.note for option in options if option.regime.note)
    return "; ".join(part.rstrip(".") for part in parts)


def _old_numbers(overtaken: Sequence[Option]) -> Iterable[str]:
    for options in _by_service(overtaken):
        first = options[0]
        instead = first.notice.instead if first.notice else None
        use = "111" if instead and "111" in instead else "the urgent NHS line"
        number = contact_words(first.channel, first.regime)
        yield f"old number {number} ({first.service.name}): ring {use} instead"


def _by_service(options: Iterable[Option]) -> list[list[Option]]:
    found: dict[str, list[Option]] = {}
    for option in options:
        found.setdefault(option.service.id, []).append(option)
    return list(found.values())


def _is_particular(option: Option, answer: Answer) -> bool:
    """Whether an option is for particular people, and this person is not known to be one."""
    if matches_group(option.regime, answer.query.groups):
        return False
    wide = option.scope in ("nation", "uk")
    return bool(option.service.topics) or (wide and bool(option.regime.groups))


def _open_section(answer: Answer, everything: bool, clock: int) -> Section:
    groups = _by_service(answer.open)
    particular = [own for own in groups if not everything and _is_particular(own[0], answer)]
    shown = [own for own in groups if own not in particular]
    folded = ""
    if particular:
        topics = _topic_words(own[0] for own in particular)
        many = len(particular)
        folded = (f"For particular people: {many} more open ({topics}); "
                  "--all lists them")  # fmt: skip
    entries = tuple(_entry(own, answer, clock) for own in shown)
    return Section("Open now", entries, folded)


def _topic_words(options: Iterable[Option]) -> str:
    words = {TOPICS[topic] for option in options for topic in option.service.topics}
    return ", ".join(sorted(words, key=str.casefold)) or "various"


def _check_section(
    answer: Answer, doubtful: Sequence[Option], everything: bool, clock: int
) -> Section:
    groups = _by_service(doubtful)
    if everything:
        return Section("Check first", tuple(_entry(own, answer, clock) for own in groups), "")
    shown: list[list[Option]] = []
    to_ask = particular = 0
    for own in groups:
        if _is_particular(own[0], answer):
            particular += 1
        elif all(_only_to_ask(option) for option in own) or len(shown) == MAX_CHECK_FIRST:
            to_ask += 1
        else:
            shown.append(own)
    folds = []
    if to_ask:
        folds.append(f"{to_ask} more to ask about first (by referral, hours not published, "
                     "not confirmed lately)")  # fmt: skip
    if particular:
        folds.append(f"{particular} for particular people")
    folded = f"Also {' and '.join(folds)}; --all lists them" if folds else ""
    return Section("Check first", tuple(_entry(own, answer, clock) for own in shown), folded)


def _only_to_ask(option: Option) -> bool:
    if any(option.has_reason(code) for code in _ASK_ONLY):
        return True
    if option.service.kind in NOT_CRISIS and not option.usable_alone:
        return True
    planned = option.has_reason("opening_planned") or option.has_reason("closing_planned")
    return planned and (option.has_reason("stale") or option.has_reason("undated"))


def _later_section(answer: Answer, everything: bool, clock: int) -> Section:
    entries, particular = [], 0
    for own in _by_service(answer.opens_later):
        if not everything and _is_particular(own[0], answer):
            particular += 1
            continue
        entries.append(_entry(own, answer, clock))
    folded = ""
    if particular:
        folded = f"{particular} for particular people open later too; --all lists them"
    return Section("Opens later", tuple(entries), folded)


def _entry(options: Sequence[Option], answer: Answer, clock: int) -> Entry:
    first = options[0]
    facts: list[str] = []
    asked = answer.query.at
    if first.notice is not None and first.notice.effect == "closed":
        facts.append(first.notice.what)
    if first.opens is not None:
        facts.append(f"opens {near_time_words(first.opens, asked, clock)}")
    elif first.state == "open":
        facts.append(until_words(first, asked, clock))
    if first.regime.location is not None:
        facts.append(distance_words(first))
    facts.extend(reason.text for reason in first.reasons if reason.code != "alert")
    if first.check_with is not None:
        facts.append(_ask_words(first))
    if first.regime.menu_option:
        facts.append(f"choose {first.regime.menu_option}")
    if first.regime.access == "call_first" and first.state == "open":
        facts.append(f"ring {phone_of(first.service)} before you go")
    facts.extend(_plain_condition(condition.code, condition.text) for condition in first.conditions)
    if first.regime.cost and first.state == "open":
        facts.append(first.regime.cost)
    facts.extend(
        f"or {verb_words(other.channel)} {contact_words(other.channel, other.regime)}"
        for other in options[1:]
        if other.channel.kind != first.channel.kind
        and contact_of(other.channel, other.regime)
    )
    contact = contact_words(first.channel, first.regime)
    return Entry(contact, first.service.name, tuple(dict.fromkeys(fact for fact in facts if fact)))


def _ask_words(option: Option) -> str:
    who = option.check_with or ""
    verb = "ring" if who[:1] in "0123456789+" else "ask"
    return f"{verb} {who}" if not who.startswith("http") else f"see {who}"


def _plain_condition(code: str, text: str) -> str:
    return text if code != "age" else f"{text} only"


def _footer(answer: Answer) -> Iterable[str]:
    left = [f"{count} {LEFT_OUT[why]}" for why, count in answer.left_out.items() if count]
    if left:
        yield f"Left out: {', '.join(left)}."
    for found in answer.caveats:
        if found.code not in _LINE_TWO:
            yield f"{found.text[:1].upper()}{found.text[1:]}."
    versions = ", ".join(f"{data.name} {data.version}" for data in answer.data)
    yield f"Distances are straight lines. Data: {versions}."
