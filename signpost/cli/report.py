"""`signpost report`: a correction request, ready to be sent by whoever asks. It sends nothing."""

from collections.abc import Iterable, Iterator
from datetime import date
from textwrap import wrap
from typing import Annotated

import typer

from signpost.cli.keeping import Data, laid_out, today
from signpost.cli.options import say, with_directory, write
from signpost.cli.show import find_service
from signpost.core.availability import age_words
from signpost.core.contacts import contact_of
from signpost.core.dates import day_words
from signpost.core.due import Route, Task, regime_on, route_to, tasks_due
from signpost.core.services import GROUPS, Channel, Regime, Service, Source
from signpost.dataset.directory import Directory
from signpost.render.phrases import contact_words, verb_words
from signpost.render.sheets import hours_words, life_lines

_PROSE_WIDTH = 76
_CONTACT = {"in_person": "location"}
_LINE_QUESTIONS = {
    "hours": "Which hours is it open, and what does it do on bank holidays?",
    "contact": "Is this still the number, link or address to use?",
    "location": "Is this still the address?",
    "life": "Is it still there, and if it closed, since when?",
    "alert": "Is it back, and if not, until when is it away?",
}
_GAP_QUESTIONS = {
    "hours": "Which hours is it open? None are published that we could find.",
    "contact": "How do people reach it? No number or link is published that we could find.",
    "location": "Where is it? No street address is published that we could find.",
}
_ACCESS_QUESTION = "How do people get in: walk in, call first, book, or by referral?"


def report(
    name: Annotated[str, typer.Argument(metavar="ID", help="A record's id, such as samaritans.")],
    data: Data = None,
) -> None:
    """Print a correction request for a record: what is held, what looks old, what to ask."""
    day = today()

    def written(directory: Directory) -> str:
        service = find_service(directory, name)
        tasks = tasks_due([service], directory.notices(), day, date.max.toordinal())
        versions = ", ".join(f"{data.name} {data.version}" for data in directory.versions)
        return laid_out(_blocks(service, tasks, day, versions)) + "\n"

    write(with_directory(data, written))
    say("Nothing was sent. Copy the text into a letter or an e-mail of your own.")


def _blocks(
    service: Service, tasks: tuple[Task, ...], day: int, versions: str
) -> Iterator[list[str]]:
    channels = [
        (channel, regime)
        for channel in service.channels
        if (regime := regime_on(channel, day)) is not None and not regime.professionals_only
    ]
    shown = channels or [(service.channels[0], service.channels[0].regimes[-1])]
    to = _addressee(service, route_to(service, *shown[0], day))
    yield [f"Please check: {service.name}", f"To: {to}", f"Date: {day_words(day)}"]
    yield wrap(
        f"We keep a directory of mental-health crisis support, and {service.name} is in it. "
        "People in need are told what is written below. Please tell us what is wrong or missing; "
        "where all is right, a line that says so helps too.",
        _PROSE_WIDTH,
    )
    yield ["What we hold"]
    yield list(_held_of_service(service))
    for channel, regime in channels:
        yield list(_held_of_channel(service, channel, regime))
    told: dict[str, Task] = {}
    for task in tasks:
        if not task.regime.professionals_only:
            told.setdefault(f"{task.channel.id}: {task.why}.", task)
    yield ["What looks old or unsure", *(f"  - {line}" for line in told or ["nothing today"])]
    questions = dict.fromkeys(_questions(channels, list(told.values())))
    yield ["What we would like to know", *_numbered(questions)]
    yield ["Our sources", *_numbered(source_words(source) for source in service.sources)]
    yield [f"Our record: {service.id}, in {versions}."]


def _numbered(lines: Iterable[str]) -> Iterator[str]:
    return (f"  {number}. {line}" for number, line in enumerate(lines, 1))


def _addressee(service: Service, route: Route) -> str:
    """Who provides it, and how to write to them, as far as the record says."""
    who = service.organization or "the provider (not published)"
    return f"{who}, {route.email}" if route.email else who


def _held_of_service(service: Service) -> Iterator[str]:
    yield f"Name: {service.name}{_said_by(service, 'name')}"
    provider = ", with ".join([service.organization or "not published", *service.partners[:1]])
    yield f"Provided by: {provider}{_said_by(service, 'organization')}"
    areas = ", ".join(service.area_names) or "not published"
    yield f"Serves: {areas}{_said_by(service, 'area') if service.area_names else ''}"
    dates = "; ".join(life_lines(service))
    yield f"Dates: {dates}{_said_by(service, 'life') if service.life else ''}"


def _held_of_channel(service: Service, channel: Channel, regime: Regime) -> Iterator[str]:
    def said_by(fact: str) -> str:
        return _said_by(service, fact, channel, regime)

    contact = contact_words(channel, regime) or "not published"
    menu = f", then choose {regime.menu_option}" if regime.menu_option else ""
    verb = verb_words(channel).capitalize()
    yield f"{verb}: {contact}{menu}{said_by(_CONTACT.get(channel.kind, 'contact'))}"
    yield f"  Hours: {hours_words(regime, 12)}{said_by('hours') if regime.hours else ''}"
    if regime.access != "unknown":
        yield f"  Access: {regime.access.replace('_', ' ')}{said_by('access')}"
    if regime.cost:
        yield f"  Cost: {regime.cost}{said_by('cost')}"
    whom = [age_words(regime.min_age, regime.max_age), *(GROUPS[group] for group in regime.groups)]
    if any(whom):
        yield f"  For: {', '.join(part for part in whom if part)}{said_by('eligibility')}"


def _said_by(
    service: Service, fact: str, channel: Channel | None = None, regime: Regime | None = None
) -> str:
    """The newest source of a fact, as its number in the list and its date; or that none is.

    Of what holds in a regime, no source from before it began can say that.
    """
    since = regime.since.first if regime is not None and regime.since is not None else 0
    found = [
        (source.published.first if source.published else 0, number, source)
        for number, source in enumerate(service.sources, 1)
        if fact in source.supports
        and (channel is None or not source.channels or channel.id in source.channels)
        and (source.published is None or source.published.last >= since)
    ]
    if not found:
        return " [no source]"
    _, number, newest = max(found, key=lambda entry: entry[0])
    return f" [source {number}, {newest.published.words if newest.published else 'undated'}]"


def source_words(source: Source) -> str:
    """Where a fact was read, and when that was published."""
    when = source.published.words if source.published else "undated"
    return f"{when}: {source.url or source.says or 'page not kept'}"


def _questions(channels: list[tuple[Channel, Regime]], tasks: list[Task]) -> Iterator[str]:
    """What to ask: first what looks old, then what nobody has published."""
    for task in tasks:
        for fact in task.facts:
            if fact not in task.gaps:
                yield f"{_named(task.channel)}: {_LINE_QUESTIONS[fact]}"
    for channel, regime in channels:
        if regime.hours is None:
            yield f"{_named(channel)}: {_GAP_QUESTIONS['hours']}"
        if contact_of(channel, regime) is None:
            fact = "location" if channel.kind == "in_person" else "contact"
            yield f"{_named(channel)}: {_GAP_QUESTIONS[fact]}"
        if regime.access == "unknown":
            yield f"{_named(channel)}: {_ACCESS_QUESTION}"
    yield "Is anything else wrong, or about to change?"


def _named(channel: Channel) -> str:
    return channel.kind.replace("_", " ").capitalize()
