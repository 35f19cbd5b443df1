"""Numbers and links: whether they can be dialled, and whether they still may be."""

import re
from collections import defaultdict
from functools import lru_cache
from importlib import import_module
from types import ModuleType

from signpost.core.services import Service
from signpost.lint.records import Data, written_at, written_mappings
from signpost.lint.references import is_closed
from signpost.lint.rules import Found, error, warning

SHORT_NUMBERS = {
    "999": "emergency", "112": "emergency", "101": "police", "105": "power cuts", "111": "NHS 111",
    "119": "NHS", "159": "bank fraud", "18000": "999 by text relay", "18001": "text relay",
    "18002": "text relay", "116000": "missing children", "116006": "victims of crime",
    "116111": "children", "116117": "urgent care", "116123": "Samaritans",
}  # fmt: skip
"""UK numbers without an area code, from Ofcom's numbering plan, that a phone can dial."""

_TEXT_SHORT_CODE = re.compile(r"[6-8]\d{4,6}")
_RELAY = re.compile(r"1800[12](?=\d)")
_PREMIUM = re.compile(r"09|070|118")
_READ_IN_PAIRS = re.compile(r"0800( \d\d){3}")
_FREE_TO_CALL = re.compile(r"080|116|1800|\d{3}$")
_NOT_FREE_TO_CALL = re.compile(r"0[1-357]|08[47]")

BELONGS = {
    "number": ("phone", "text"),
    "keyword": ("text",),
    "menu_option": ("phone",),
    "location": ("in_person",),
    "email": ("email", "online"),
    "last_entry": ("in_person",),
}
"""Keys of a channel, and the kinds of channel in which they are heeded."""


def dialled(number: str) -> str:
    """A number as it is dialled in the UK: `+44 300 123` and `0300 123` are the same."""
    digits = number.replace(" ", "")
    return "0" + digits.removeprefix("+44").removeprefix("0") if digits[0] == "+" else digits


@lru_cache(maxsize=1)
def numbering_plan() -> ModuleType | None:
    """The phonenumbers library, which knows the ranges in use; None when it is not installed."""
    try:
        return import_module("phonenumbers")
    except ImportError:
        return None


def number_implausible(data: Data) -> Found:
    """A number can exist.

    Its length and range are held against the national numbering plan, as the phonenumbers
    library knows it; short numbers against our own list.

    PASS:
        channels:
          - {id: line, kind: phone, access: anyone, number: 0300 790 0596, hours: 24/7}

    FAIL:
        channels:
          - {id: line, kind: phone, access: anyone, number: 0300 790 059, hours: 24/7}  # <--
    """
    for part in data.parts():
        number = part.regime.number
        if number and not _can_exist(dialled(number), part.channel.kind):
            yield part.at("number"), (
                f'"{number}" is not a number in use in the UK (length or first digits); '
                "compare it with the source"
            )


def _can_exist(digits: str, kind: str) -> bool:
    rest = _RELAY.sub("", digits)
    if rest in SHORT_NUMBERS or (kind == "text" and _TEXT_SHORT_CODE.fullmatch(rest)):
        return True
    plan = numbering_plan()
    if plan is None:
        return True
    return rest.startswith("0") and bool(plan.is_valid_number(plan.parse(rest, "GB")))


def number_premium(data: Data) -> Found:
    """A number is not one of the expensive ranges: 09, 070 and 118.

    070 looks like a mobile and costs far more. Help in a crisis is not sold by the minute:
    it is a misprint, or a trap.

    PASS:
        channels:
          - {id: line, kind: phone, access: anyone, number: 0808 157 0123, hours: 24/7}

    FAIL:
        channels:
          - {id: line, kind: phone, access: anyone, number: 0909 879 0123, hours: 24/7}  # <--
    """
    for part in data.parts():
        number = part.regime.number
        if number and _PREMIUM.match(dialled(number)):
            yield part.at("number"), f'"{number}" is a premium-rate number; check the source'


def number_short(data: Data) -> Found:
    """A freephone number has its seventh digit.

    A few old 0800 numbers have six digits after it, mostly read in pairs (0800 58 58 58), so
    the numbering plan lets one pass that has lost its last. Accept the warning if a source
    prints it so.

    PASS:
        channels:
          - {id: line, kind: phone, access: anyone, number: 0800 028 0077, hours: 24/7}

    FAIL:
        channels:
          - {id: line, kind: phone, access: anyone, number: 0800 028 007, hours: 24/7}  # <--
    """
    for part in data.parts():
        number = part.regime.number
        if number is None or _READ_IN_PAIRS.fullmatch(number):
            continue
        if dialled(number).startswith("0800") and len(dialled(number)) == 10:
            yield part.at("number"), f'"{number}" is a digit shorter than most; check the source'


def number_cost(data: Data) -> Found:
    """The cost fits the number.

    01, 02, 03, 07, 084 and 087 numbers are charged like any call; 080 and 116 numbers are free.
    A source may say otherwise; then accept the warning with its words.

    PASS:
        channels:
          - {id: line, kind: phone, access: anyone, number: 0808 157 0123, hours: 24/7, cost: free}

    FAIL:
        channels:
          - {id: line, kind: phone, access: anyone, number: 0300 790 0596,
             hours: 24/7, cost: free}  # <--
    """
    for part in data.parts():
        number, cost = part.regime.number, part.regime.cost
        if part.channel.kind != "phone" or number is None:
            continue
        if cost == "free" and _NOT_FREE_TO_CALL.match(dialled(number)):
            yield part.at("cost"), f'"{number}" is not a free number; check number and cost'
        elif cost in ("paid", "local_rate") and _FREE_TO_CALL.match(dialled(number)):
            yield part.at("cost"), f'"{number}" is free to call; check number and cost'


def retired_in_use(data: Data) -> Found:
    """A retired number is nobody's live number.

    Neither this record's nor another's: a person who rings it reaches nobody, or a stranger.

    PASS:
        retired:
          - {number: 0300 790 0596, until: 2020-07}

    FAIL:
        retired:
          - {number: 0808 157 0123, until: 2020-07}  # <--
    """
    live = live_numbers(data)
    for entry in data.entries:
        mappings = written_mappings(entry.tree, "retired")
        for retired, fields in zip(entry.service.retired, mappings, strict=True):
            until = retired.until
            if until and data.released and until.last >= data.released:
                continue
            users = live.get(dialled(retired.number), ())
            if users:
                names = ", ".join(sorted({f'"{service.id}"' for service in users}))
                yield written_at(fields, "number"), (
                    f"the retired number {retired.number} is a live number of {names}; "
                    "correct one of them"
                )


def shared_number(data: Data) -> Found:
    """Two services have a number in common only if they belong together.

    One of two records is mostly a misreading, or both are one service. Records of one
    organization, pairs, replacements, and short numbers that many share (111, or 85258
    with a keyword) are left alone.

    PASS:
        organization: Sample Trust
        # file: services/other.yaml
        organization: Sample Trust

    FAIL:
        channels:
          - {id: line, kind: phone, access: anyone, number: 0808 157 0123, hours: 24/7}  # <--
        # file: services/other.yaml
        organization: Another Trust
    """
    live = live_numbers(data)
    for part in data.parts():
        number = part.regime.number
        if number is None or len(dialled(number)) <= 6 or part.is_over(data.released):
            continue
        service = part.entry.service
        others = sorted(
            f'"{other.id}"'
            for other in live.get(dialled(number), ())
            if other.id != service.id and not _belong_together(service, other)
        )
        if others:
            yield part.at("number"), (
                f"{number} is also the number of {', '.join(dict.fromkeys(others))}; "
                "merge them, make them a pair, or correct one"
            )


def live_numbers(data: Data) -> dict[str, list[Service]]:
    """The numbers that services in use can be rung on at the data's release, and whose they are.

    Those of services that have closed, and of regimes that have ended, are not among them.
    """
    found = defaultdict(list)
    for service in data.services.values():
        for channel in service.channels if not is_closed(service) else ():
            for regime in channel.regimes:
                over = regime.until and data.released and regime.until.last < data.released
                if regime.number and not over:
                    found[dialled(regime.number)].append(service)
    return found


def _belong_together(one: Service, other: Service) -> bool:
    names = {one.organization, *one.partners} & {other.organization, *other.partners}
    linked = {one.pair, one.replaced_by, *(r.referral_via for c in one.channels for r in c.regimes)}
    linked_back = {other.pair, other.replaced_by,
                   *(r.referral_via for c in other.channels for r in c.regimes)}  # fmt: skip
    return bool(names - {None}) or other.id in linked or one.id in linked_back


def duplicate_channel(data: Data) -> Found:
    """No two channels of a record are the same way to the same people.

    PASS:
        channels:
          - {id: line, kind: phone, access: anyone, number: 0808 157 0123, hours: 24/7}
          - {id: old, kind: phone, access: anyone, number: 0300 790 0596, hours: unknown}

    FAIL:
        channels:
          - {id: line, kind: phone, access: anyone, number: 0808 157 0123, hours: 24/7}
          - {id: again, kind: phone, access: anyone, number: 0808 157 0123, hours: unknown}  # <--
    """
    for entry in data.entries:
        seen: dict[object, str] = {}
        for part in entry.parts():
            regime = part.regime
            contact = (regime.number and dialled(regime.number), regime.keyword, regime.menu_option,
                       regime.url, regime.email, regime.location)  # fmt: skip
            who = (regime.purpose, regime.min_age, regime.max_age, regime.groups, regime.since)
            key = (part.channel.kind, contact, who, regime.access)
            first = seen.setdefault(key, part.channel.id)
            if any(contact) and first != part.channel.id:
                yield part.layers[-1].position, (
                    f'the channels "{first}" and "{part.channel.id}" are the same; keep one, '
                    "with regimes for what changed"
                )


def stray_channel_key(data: Data) -> Found:
    """A channel holds only keys that are heeded for its kind.

    A number on a door is not shown as a number to ring: give it a phone channel of its own.

    PASS:
        channels:
          - {id: line, kind: phone, access: anyone, number: 0808 157 0123,
             hours: 24/7, menu_option: 2}

    FAIL:
        channels:
          - {id: text, kind: text, access: anyone, number: 07860 022846,
             hours: 24/7, menu_option: 2}  # <--
    """
    for part in data.parts():
        for key, kinds in BELONGS.items():
            if part.channel.kind not in kinds and part.says(key):
                yield part.at(key), (
                    f'"{key}" is not heeded in a channel of kind {part.channel.kind}; '
                    f"it belongs to one of kind {' or '.join(kinds)}"
                )


def missing_link(data: Data) -> Found:
    """An e-mail channel has its address, and a published one is written down.

    `unknown` says that none was found; leaving it out leaves the reader to wonder.

    PASS:
        channels:
          - {id: mail, kind: email, access: anyone, email: help@example.org, hours: unknown}

    FAIL:
        channels:
          - {id: mail, kind: email, access: anyone, hours: unknown}  # <--
    """
    for part in data.parts():
        if part.channel.kind == "email" and not part.says("email"):
            yield part.layers[-1].position, 'an email channel needs "email"; or unknown'


RULES = (
    error(number_implausible),
    warning(number_premium),
    warning(number_short),
    warning(number_cost),
    error(retired_in_use),
    warning(shared_number),
    warning(duplicate_channel),
    warning(stray_channel_key),
    warning(missing_link),
)
