"""An answer folded for people: what the table and the plain text both say, in order.

One entry a service and section, the number first. Doubtful rows are limited to five, single-topic
services and rows that one can only ask about are counted in a line; `everything` unfolds them.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from signpost.core.contacts import contact_of, phone_of
from signpost.core.eligibility import matches_group
from signpost.core.query import Answer, Option
from signpost.core.reasons import LEFT_OUT
from signpost.core.services import GROUPS, NOT_CRISIS, TOPICS
from signpost.render.floor import FloorLine, by_service, floor_lines, with_old_numbers
from signpost.render.phrases import (
    contact_words,
    distance_words,
    lead_words,
    moment_words,
    near_time_words,
    place_words,
    sentence,
    until_words,
    verb_words,
)

MAX_CHECK_FIRST = 5

_LINE_TWO = ("clock_early", "data_old")
_ASK_ONLY = ("by_referral", "existing_patients", "reply_later")


class Entry(NamedTuple):
    """One service in one section: the number or address, its name, and facts as sentences.

    Facts stand in the order when, how far, what to do, conditions.
    """

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
    verdict: str
    sections: tuple[Section, ...]
    footer: tuple[str, ...]


def screen(answer: Answer, everything: bool = False, clock: int = 12) -> Screen:
    """Fold an answer for reading; `everything` shows each row."""
    query = answer.query
    overtaken = [option for option in answer.check_first if option.has_reason("overtaken")]
    doubtful = [option for option in answer.check_first if not option.has_reason("overtaken")]
    floor = tuple(floor_lines(answer.emergency))
    opened = _open_section(answer, everything, clock, {line.contact for line in floor})
    seen = set() if everything else {option.service.id for option in answer.open}
    check = _check_section(answer, doubtful, everything, clock, seen)
    later = _later_section(answer, everything, clock, seen)
    return Screen(
        moment=moment_words(query.at, clock),
        frozen=query.frozen,
        place=place_words(query.place) if query.place else "",
        warnings=tuple(found.text for found in answer.caveats if found.code in _LINE_TWO),
        floor=tuple(with_old_numbers(floor, overtaken, everything)),
        verdict=answer.verdict,
        sections=(opened, check, later),
        footer=tuple(_footer(answer)),
    )


def _is_particular(option: Option, answer: Answer) -> bool:
    """Whether an option is for particular people, and this person is not known to be one."""
    if matches_group(option.regime, answer.query.groups):
        return False
    line = option.scope != "door"
    return bool(option.service.topics) or (line and bool(option.regime.groups))


def _open_section(
    answer: Answer, everything: bool, clock: int, said_already: set[str]
) -> Section:
    """What is open; a line that only repeats a number of the first lines is not shown again."""
    groups = [
        own
        for own in by_service(answer.open)
        if everything
        or any(contact_words(one.channel, one.regime) not in said_already for one in own)
    ]
    particular = [own for own in groups if not everything and _is_particular(own[0], answer)]
    shown = [own for own in groups if own not in particular]
    folded = ""
    if particular:
        topics = _topic_words(own[0] for own in particular)
        many = f"{len(particular)}{' more' if shown else ''}"
        folded = f"For particular people: {many} open ({topics}); --all lists them."
    entries = tuple(_entry(own, answer, clock) for own in shown)
    return Section("Open now", entries, folded)


def _topic_words(options: Iterable[Option]) -> str:
    words = {word for option in options for word in _particulars(option)}
    return ", ".join(sorted(words, key=str.casefold))


def _particulars(option: Option) -> Iterable[str]:
    """What or whom a service is for, in words."""
    if option.service.topics:
        return (TOPICS[topic] for topic in option.service.topics)
    return (GROUPS[group] for group in option.regime.groups)


def _check_section(
    answer: Answer,
    doubtful: Sequence[Option],
    everything: bool,
    clock: int,
    seen: set[str],
) -> Section:
    groups = by_service(doubtful)
    shown, to_ask, particular = groups, 0, 0
    if not everything:
        groups = [
            own for own in groups
            if own[0].service.id not in seen or any(one.scope == "door" for one in own)
        ]  # fmt: skip
        general = [own for own in groups if not _is_particular(own[0], answer)]
        useful = [own for own in general if not all(_only_to_ask(one, answer) for one in own)]
        spare = [own for own in general if own not in useful and _is_here(own[0])]
        chosen = [*useful, *spare][:MAX_CHECK_FIRST]
        shown = [own for own in general if own in chosen]
        to_ask, particular = len(general) - len(shown), len(groups) - len(general)
        seen.update(own[0].service.id for own in shown)
    folds = []
    if to_ask:
        folds.append(f"{to_ask} more to ask about first (by referral, hours not published, "
                     "not confirmed lately)")  # fmt: skip
    if particular:
        folds.append(f"{particular} for particular people")
    folded = f"Also {' and '.join(folds)}; --all lists them." if folds else ""
    return Section("Check first", tuple(_entry(own, answer, clock) for own in shown), folded)


def _is_here(option: Option) -> bool:
    """Whether an option is of this place and somebody can be asked about it: shown if room is."""
    here = option.scope in ("local", "door") and option.service.kind not in NOT_CRISIS
    return here and option.check_with is not None


def _only_to_ask(option: Option, answer: Answer) -> bool:
    """Whether an option is of no use in the next hour: one can only ask about it, if that.

    What is there for this person's own group is shown though its hours are not published.
    """
    if any(option.has_reason(code) for code in _ASK_ONLY):
        return True
    theirs = matches_group(option.regime, answer.query.groups)
    if option.has_reason("hours_unpublished") and not theirs:
        return True
    if option.service.kind in NOT_CRISIS and not option.usable_alone:
        return True
    if option.has_reason("no_contact") and option.regime.location is None:
        return not _can_be_followed(option.check_with or "")
    planned = option.has_reason("opening_planned") or option.has_reason("closing_planned")
    return planned and (option.has_reason("stale") or option.has_reason("undated"))


def _can_be_followed(who: str) -> bool:
    """Whether whom to ask is a number, a link or an address, not only a name."""
    return _is_number(who) or who.startswith("http") or "@" in who


def _is_number(who: str) -> bool:
    return who[:1].isdigit() or who[:1] == "+"


def _later_section(answer: Answer, everything: bool, clock: int, seen: set[str]) -> Section:
    entries, particular = [], 0
    for own in by_service(answer.opens_later):
        if own[0].service.id in seen:
            continue
        if not everything and _is_particular(own[0], answer):
            particular += 1
            continue
        entries.append(_entry(own, answer, clock))
    folded = ""
    if particular:
        folded = f"{particular} for particular people open later too; --all lists them."
    return Section("Opens later", tuple(entries), folded)


def _entry(options: Sequence[Option], answer: Answer, clock: int) -> Entry:
    lead = min(options, key=lambda one: (_only_to_ask(one, answer), not _is_reachable(one)))
    facts = [
        *_when(lead, answer, clock),
        distance_words(lead, answer.query.place),
        *_what_to_do(lead),
        *(_plain_condition(found.code, found.text) for found in lead.conditions),
        lead.regime.note or "",
        lead.regime.cost if lead.regime.cost and lead.state == "open" else "",
    ]
    for other in options:
        contact = contact_words(other.channel, other.regime)
        said = any(contact in fact for fact in facts)
        if other is lead or said or not _is_reachable(other) or _only_to_ask(other, answer):
            continue
        if contact != contact_words(lead.channel, lead.regime):
            facts.append(f"or {verb_words(other.channel)} {contact}")
    return Entry(
        contact=lead_words(lead),
        name=lead.service.name,
        facts=tuple(dict.fromkeys(sentence(fact) for fact in facts if fact)),
    )


def _is_reachable(option: Option) -> bool:
    return contact_of(option.channel, option.regime) is not None


def _when(option: Option, answer: Answer, clock: int) -> Iterable[str]:
    notice = option.notice
    if notice is not None and notice.effect == "closed":
        yield notice.what
        if notice.until is not None:
            edge = "to the end of" if notice.until.minute is None else "until"
            yield f"{edge} {notice.until.words}"
        if notice.instead is not None:
            yield f"use {notice.stand_in or notice.instead} instead"
    if option.opens is not None:
        yield f"opens {near_time_words(option.opens, answer.query.at, clock)}"
    elif option.state == "open":
        yield f"open {until_words(option, answer.query.at, clock)}"
    elif option.hours_state == "open":
        yield f"published hours say open {until_words(option, answer.query.at, clock)}"
    said = {"alert"} if _is_reachable(option) else {"alert", "no_contact"}
    yield from (reason.text for reason in option.reasons if reason.code not in said)


def _what_to_do(option: Option) -> Iterable[str]:
    """How to use it, and before an option that is not sure, whom to ask first."""
    if option.notice is not None and option.notice.effect == "closed":
        return
    own = contact_of(option.channel, option.regime)
    if own and option.channel.kind in ("web_chat", "email", "app", "online"):
        yield f"{verb_words(option.channel)} {own}"
    if option.regime.menu_option:
        yield f"choose {option.regime.menu_option}"
    ring = phone_of(option.service)
    if option.regime.access == "call_first" and option.state == "open" and ring:
        yield f"ring {ring} before you go"
    who = option.check_with if option.opens is None else None
    if who is None or (who == own and not _is_number(who)):
        return
    if who == own:
        yield "ring it first to ask"
    elif _is_number(who):
        yield f"ring {who} first"
    elif who.startswith("http"):
        yield f"look first at {who}"
    else:
        yield f"ask {who} first"


def _plain_condition(code: str, text: str) -> str:
    return text if code != "age" else f"{text} only"


def _footer(answer: Answer) -> Iterable[str]:
    left = [f"{count} {LEFT_OUT[why]}" for why, count in answer.left_out.items() if count]
    if left:
        yield f"Left out: {', '.join(left)}."
    for found in answer.caveats:
        if found.code not in _LINE_TWO:
            yield f"{found.text[:1].upper()}{found.text[1:]}."
    doors = (option for option in (*answer.open, *answer.check_first, *answer.opens_later))
    if any(option.distance_miles is not None for option in doors):
        yield "Distances are in a straight line."
    yield f"Data: {', '.join(f'{data.name} {data.version}' for data in answer.data)}"
