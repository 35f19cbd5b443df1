"""A whole answer: candidates assessed, sorted into sections, summed up in a sentence."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from signpost.core.availability import LONDON, Setting, assess, floor_options
from signpost.core.channel_days import Calendars
from signpost.core.dates import day_words
from signpost.core.hours import CLOSED, OPEN
from signpost.core.query import Answer, DataVersion, LeftOut, Option, Query
from signpost.core.ranking import rank
from signpost.core.reasons import LEFT_OUT, Remark, remark
from signpost.core.services import Notice, Service

MAX_DOORS = 50
"""At most so many fitting doors are examined for one answer, the nearest first."""

OLD_DATA_DAYS = 90

_TALKS = ("phone", "text", "web_chat")


class Material(NamedTuple):
    """What an answer is made from: the records that may matter, and their data sets."""

    floor: Sequence[Service]
    candidates: Sequence[Service]
    notices: tuple[Notice, ...]
    calendars: Calendars
    data: tuple[DataVersion, ...]
    problems: tuple[Remark, ...]


def answer(query: Query, material: Material) -> Answer:
    """Everything that can be reached at the moment, near the place, for the person."""
    setting = Setting(query, material.calendars, material.notices)
    emergency = floor_options(material.floor, setting)
    options: list[Option] = []
    counts = dict.fromkeys(LEFT_OUT, 0)
    for service in material.candidates:
        if service.floor:
            continue
        for channel in service.channels:
            found = assess(service, channel, setting)
            if isinstance(found, Option):
                if not any(_is_repeated(found, line) for line in emergency):
                    options.append(found)
            elif isinstance(found, LeftOut):
                counts[found.why] += 1
    options, more = _nearest_doors(options)
    sections = {
        name: rank((option for option in options if belongs(option)), query)
        for name, belongs in _SECTIONS.items()
    }
    return Answer(
        query=query,
        data=material.data,
        emergency=emergency,
        open=sections["open"],
        check_first=sections["check_first"],
        opens_later=tuple(sorted(sections["opens_later"], key=lambda option: option.opens or
                                 query.at)),
        left_out=counts,
        more=more,
        verdict=verdict(query, sections["open"]),
        caveats=tuple(_caveats(query, material, more)),
    )  # fmt: skip


def _is_repeated(option: Option, floor: Option) -> bool:
    """Whether a row says no more than an emergency line does: what to ring or text, and choose."""
    own, said = option.regime, floor.regime
    return (
        option.channel.kind in ("phone", "text")
        and option.channel.kind == floor.channel.kind
        and own.number is not None
        and own.number == said.number
        and own.keyword == said.keyword
        and (own.menu_option is None or said.menu_option is not None)
    )


def _is_open(option: Option) -> bool:
    return option.state == OPEN


def _is_later(option: Option) -> bool:
    return option.state == CLOSED and option.notice is None


_SECTIONS: dict[str, Callable[[Option], bool]] = {
    "open": _is_open,
    "opens_later": _is_later,
    "check_first": lambda option: not _is_open(option) and not _is_later(option),
}


def _nearest_doors(options: list[Option]) -> tuple[list[Option], bool]:
    doors = [option for option in options if option.scope == "door"]
    if len(doors) <= MAX_DOORS:
        return options, False
    doors.sort(key=lambda option: (option.distance_miles is None, option.distance_miles or 0.0,
                                   option.service.id, option.channel.id))  # fmt: skip
    kept = {id(option) for option in doors[:MAX_DOORS]}
    return [option for option in options if option.scope != "door" or id(option) in kept], True


def verdict(query: Query, open_options: Sequence[Option]) -> str:
    """One sentence: how many doors and lines are surely open, apart from the emergency ones.

    Lines are what one can talk on: phone, text and chat.
    """
    doors = len({option.service.id for option in open_options if option.scope == "door"})
    lines = len({option.service.id for option in open_options if option.channel.kind in _TALKS})
    lines_are = "1 line is" if lines == 1 else f"{lines} lines are"
    if query.place is None:
        said = f"{lines_are} open now" if lines else "no line but the emergency ones is open now"
        return f"No place given, so no doors are listed; {said}."
    near = f"near {query.place.name}"
    if not doors:
        said = f"; {lines_are}" if lines else ", and no line but the emergency ones"
        return f"No door {near} is surely open now{said}."
    doors_said = f"1 door {near}" if doors == 1 else f"{doors} doors {near}"
    if not lines:
        return f"{doors_said} {'is' if doors == 1 else 'are'} open now."
    return f"{doors_said} and {lines} {'line' if lines == 1 else 'lines'} are open now."


def _caveats(query: Query, material: Material, more: bool) -> list[Remark]:
    caveats = []
    place = query.place
    if place is None:
        caveats.append(remark("no_place"))
    elif place.is_rough:
        caveats.append(remark("place_rough", place=place.name))
    if place is not None and place.also:
        others = ", ".join(_as_said(other) for other in place.also[:3])
        caveats.append(remark("place_chosen", place=place.label, others=others))
    today = query.at.astimezone(LONDON).date().toordinal()
    released = [version.released for version in material.data if version.released is not None]
    if released and not query.frozen:
        newest, oldest = max(released), min(released)
        if today < newest:
            caveats.append(remark("clock_early", when=day_words(newest)))
        elif today - oldest > OLD_DATA_DAYS:
            caveats.append(remark("data_old", days=str(today - oldest), when=day_words(oldest)))
    caveats.extend(material.problems)
    if more:
        caveats.append(remark("doors_more", count=str(MAX_DOORS)))
    return caveats


def _as_said(typed: str) -> str:
    """A place as it can be typed, in words: `health:Belfast Trust` is a health area."""
    kind, colon, name = typed.partition(":")
    return f"{name} ({kind} area)" if colon else typed


def bare_answer(query: Query, emergency: tuple[Option, ...]) -> Answer:
    """An answer that holds nothing but the emergency lines."""
    return Answer(query, (), emergency, (), (), (), dict.fromkeys(LEFT_OUT, 0), False, "", ())
