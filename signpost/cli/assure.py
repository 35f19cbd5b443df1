"""`signpost assure`: record that somebody checked a record, without disturbing it."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from signpost.cli.keeping import OwnData, iso, own_folders, own_record, read_day, today
from signpost.cli.options import BadOption, one_of, with_directory, write
from signpost.cli.show import find_service
from signpost.core.dates import day_words
from signpost.core.due import FACT_WORDS, NEVER_TEST_CALL, is_never_rung, regime_on
from signpost.core.evidence import deciding_facts
from signpost.core.lives import life_on
from signpost.core.services import FACTS, Channel, Regime, Service
from signpost.dataset.assured import GRADE, HOW
from signpost.dataset.edit import (
    CannotEdit,
    add_check,
    add_source,
    entry_text,
)
from signpost.dataset.folder import ASSURED
from signpost.dataset.values import parse_url
from signpost.errors import InvalidValue

_ROLE = re.compile(r"(?:[a-z'’-]+|[A-Z]{2,5}|[/&])(?: (?:[a-z'’-]+|[A-Z]{2,5}|[/&]))*")
"""A role in small letters, with acronyms: duty manager, GP receptionist. A name has capitals."""

_LONGEST_ROLE = 60

Covered = list[tuple[Channel, Regime]]


def assure(
    name: Annotated[str, typer.Argument(metavar="ID", help="A record's id, such as samaritans.")],
    on: Annotated[str, typer.Option(help="Day of the check: 2026-11-24, 24/11/2026, yesterday.")],
    source: Annotated[
        str | None, typer.Option(help="Address of the page it was checked against.")
    ] = None,
    how: Annotated[
        str | None, typer.Option(help="Instead of a page: call, visit or letter.")
    ] = None,
    with_: Annotated[
        str | None,
        typer.Option("--with", help="Who confirmed it: a role, as duty manager; never a name."),
    ] = None,
    field: Annotated[
        list[str] | None,
        typer.Option(help="What was checked: hours, contact, ... Default: what decides."),
    ] = None,
    channel: Annotated[
        list[str] | None, typer.Option(help="Only this channel, such as door. Repeatable.")
    ] = None,
    data: OwnData = None,
) -> None:
    """Record that a record's facts were checked and hold. Wrong ones: mend the record instead."""
    folders = own_folders(data)
    page = read_page(source, how)
    role = read_role(how, with_)
    means = None if how is None else one_of(how, HOW, "--how")
    day = read_day(on, "--on")
    service = with_directory(data, lambda directory: find_service(directory, name))
    refuse_day(service, day, today())
    covered = covered_channels(service, channel or (), day)
    facts = read_facts(service, covered, field or ())
    rung = any(is_never_rung(service, *pair) for pair in covered)
    if means == "call" and rung:
        raise BadOption(f"--how call: {NEVER_TEST_CALL}; check {service.name} on its provider's "
                        "page (--source) or ask its office in writing (--how letter)")  # fmt: skip
    where, new = record_check(
        folders, service, day, page, means, role, facts, tuple(dict.fromkeys(channel or ()))
    )
    said = ", ".join(FACT_WORDS.get(fact, fact) for fact in facts)
    verb = "Recorded in" if new else "Already recorded in"
    write(f"{verb} {where}: {service.name}, checked on {day_words(day)} ({said}).\n")
    if rung:
        write(f"Remember: {NEVER_TEST_CALL}.\n")


def record_check(
    folders: Sequence[Path],
    service: Service,
    day: int,
    page: str | None,
    how: str | None,
    role: str | None,
    facts: Sequence[str],
    channels: Sequence[str],
) -> tuple[Path, bool]:
    """Write a check down; says in which file, and whether it was not there already.

    In the record itself where it is the keeper's own; else in the last folder's assured.yaml.
    """
    when = iso(day)
    some = {"channels": list(channels)} if channels else {}
    path = own_record(folders, service.id)
    says = f"checked by {how} with {role}" if how else "checked against this page"
    entry: dict[str, object]
    if path is not None:
        entry = {"url": page or "unknown", "published": when, "grade": GRADE,
                 "supports": list(facts), **some, "says": says}  # fmt: skip
    else:
        by = {"source": page} if page else {"how": how, "with": role}
        entry = {"id": service.id, "on": when, **by, "fields": list(facts), **some}
    try:
        if path is not None:
            return path, add_source(path, entry)
        return folders[-1] / ASSURED, add_check(folders[-1], entry)
    except CannotEdit as error:
        raise CannotEdit(f"{error}. You can add this yourself:\n{entry_text(entry)}") from None


def read_page(source: str | None, how: str | None) -> str | None:
    """The page's address; one of a page and a way of asking must be given."""
    if (source is None) == (how is None):
        raise BadOption("say how it was checked: --source URL, or --how call|visit|letter with "
                        "--with ROLE; one of the two")  # fmt: skip
    if source is None:
        return None
    try:
        return parse_url(source.strip())
    except InvalidValue as error:
        raise BadOption(f"--source: {error}") from None


def read_role(how: str | None, role: str | None) -> str | None:
    """The role that confirmed it. Names, numbers and addresses of people are not kept."""
    if role is None:
        if how is None:
            return None
        raise BadOption("--with: say who confirmed it, as a role, such as duty manager")
    if how is None:
        raise BadOption("--with goes with --how; a page is enough by itself")
    typed = " ".join(role.split())
    if len(typed) > _LONGEST_ROLE or not _ROLE.fullmatch(typed):
        raise BadOption("--with: write a role in small letters, such as duty manager or "
                        "reception; names, numbers and e-mail addresses are not kept")  # fmt: skip
    return typed


def covered_channels(service: Service, named: Sequence[str], day: int) -> Covered:
    """The channels a check speaks of, with what the record says of each on the day."""
    ids = tuple(channel.id for channel in service.channels)
    chosen = {one_of(name, ids, "--channel") for name in named}
    found = []
    for channel in service.channels:
        regime = regime_on(channel, day)
        if chosen and channel.id not in chosen:
            continue
        if regime is not None:
            found.append((channel, regime))
        elif channel.id in chosen:
            raise BadOption(f'--channel: "{channel.id}" of {service.id} is not in the record for '
                            f"{day_words(day)}; add what holds then to the record")  # fmt: skip
    return found


def read_facts(service: Service, covered: Covered, named: Sequence[str]) -> tuple[str, ...]:
    """The facts that were checked; without any, those that decide whether it is sure.

    A fact that the record does not hold cannot be confirmed.
    """
    facts = tuple(dict.fromkeys(one_of(fact, FACTS, "--field") for fact in named))
    for fact in facts:
        if fact in _HELD and not any(_HELD[fact](channel, regime) for channel, regime in covered):
            raise BadOption(f"--field {fact}: the record of {service.id} holds none to confirm; "
                            "write it in the record, with its source")  # fmt: skip
    deciding = dict.fromkeys(fact for pair in covered for fact in deciding_facts(*pair))
    return facts or (*deciding, "life")


_HELD = {
    "hours": lambda channel, regime: regime.hours is not None,
    "contact": lambda channel, regime: bool(regime.number or regime.url or regime.email),
    "location": lambda channel, regime: regime.location is not None,
    "cost": lambda channel, regime: regime.cost is not None,
}


def refuse_day(service: Service, day: int, now: int) -> None:
    """Refuse a check of a day to come, of before the service was known, or when it was not."""
    if day > now:
        raise BadOption(f"--on: {day_words(day)} is still to come; give the day of the check")
    first = min(_days_named(service), default=None)
    if first is not None and day < first:
        raise BadOption(f"--on: nothing is known of {service.name} before {day_words(first)}; "
                        "check the year")  # fmt: skip
    life = life_on(service.life, day)
    if "running" not in life.possible and life.event is not None:
        state = {"not_yet": "not open yet", "paused": "paused"}.get(min(life.possible), "closed")
        raise BadOption(f"--on: by the record {service.name} was {state} on {day_words(day)} "
                        f"({life.event.when.words}); put the record right first")  # fmt: skip


def _days_named(service: Service) -> Iterator[int]:
    """Every day from which the record says something."""
    for source in service.sources:
        started = source.since or source.published
        if started is not None:
            yield started.first
    yield from (event.when.first for event in service.life)
    for channel in service.channels:
        yield from (regime.since.first for regime in channel.regimes if regime.since is not None)
