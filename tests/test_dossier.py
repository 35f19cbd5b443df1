"""The records against the researched notes they come from, where those are at hand.

The notes lie beside a checkout and are not part of the project: without them these tests skip.
"""

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from signpost.core.channel_days import Calendars, schedule_of
from signpost.core.hours import combine
from signpost.core.services import CHANNEL_KINDS, Channel, Regime, Service
from signpost.dataset.load import load_file
from signpost.dataset.snapshot import data_folder, open_gazetteer

ROOT = Path(__file__).resolve().parent.parent
NOTES = ROOT.parent / "shared" / "dossier"
FILES = (
    "england-crisis-lines", "england-drop-ins", "local-derbyshire-lancashire-gm",
    "national-helplines", "nhs-staff",
)  # fmt: skip
SAMPLE = 60

pytestmark = pytest.mark.skipif(
    not NOTES.is_dir(), reason="the researched notes (../shared/dossier) are not here"
)

Entry = dict[str, Any]


@cache
def read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def records() -> dict[str, Entry]:
    return {path.stem: read(path) for path in (ROOT / "data" / "services").rglob("*.yaml")}


def merged() -> dict[str, str | None]:
    return {entry["id"]: entry.get("record") for entry in read(ROOT / "data" / "left-out.yaml")}


def entries() -> Iterator[tuple[str, Entry]]:
    for name in FILES:
        for entry in read(NOTES / f"{name}.yaml"):
            yield name, entry


def leaves(value: Any) -> Iterator[tuple[str, str]]:
    """Every (key, text) in a record, lists flattened under their key."""
    if isinstance(value, dict):
        for key, item in value.items():
            if isinstance(item, str):
                yield key, item
            elif isinstance(item, list) and all(isinstance(part, str) for part in item):
                yield from ((key, part) for part in item)
            else:
                yield from leaves(item)
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item)


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


@pytest.fixture(scope="module")
def notes() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(NOTES.iterdir()))


def test_every_researched_service_is_a_record_or_is_left_out_with_a_reason() -> None:
    present, other = records(), merged()
    lost = [
        f"{name}: {entry['id']}"
        for name, entry in entries()
        if entry["id"] not in present and other.get(entry["id"]) not in present
    ]
    assert lost == []


def test_every_number_link_and_postcode_of_a_record_is_in_the_notes(notes: str) -> None:
    runs = set(re.findall(r"\d{3,}", re.sub(r"(?<=\d)[ ()-]+(?=\d)", "", notes)))
    foreign = []
    for name, record in records().items():
        for key, text in leaves(record):
            if text == "unknown":
                continue
            known = {
                "number": digits(text) in runs or any(digits(text) in run for run in runs),
                "url": text.partition("://")[2].removeprefix("www.") in notes,
                "email": text in notes,
                "postcode": text in notes,
            }.get(key, True)
            if not known:
                foreign.append(f"{name}: {key}: {text}")
    assert foreign == []


def test_nothing_marked_unverified_is_shipped() -> None:
    present, other = records(), merged()
    shipped = []
    for _, entry in entries():
        record = present.get(entry["id"]) or present.get(other.get(entry["id"]) or "")
        for key, text in leaves({k: v for k, v in entry.items() if k.endswith("_unverified")}):
            number = digits(text)
            held = {digits(value) for field, value in leaves(record) if field == "number"}
            if len(number) > 5 and number in held:
                shipped.append(f"{entry['id']}: {key}: {text}")
    assert shipped == []


def facts() -> list[tuple[str, str, str]]:
    """(record id, kind of fact, value) for every number, postcode and dated source of the notes."""
    other = merged()
    found = []
    for _, entry in entries():
        record = other.get(entry["id"]) or entry["id"]
        for key in ("phone", "text", "text_number"):
            values = entry.get(key, [])
            found.extend(
                (record, "number", value)
                for value in ([values] if isinstance(values, str) else values)
                if isinstance(value, str) and re.fullmatch(r"[\d ]{3,16}", value)
            )
        if re.fullmatch(r"[A-Z]{1,2}\d\S? \d[A-Z]{2}", str(entry.get("postcode", ""))):
            found.append((record, "postcode", entry["postcode"]))
        found.extend(
            (record, "dated source", f"{source['url']} {source['page_date']}")
            for source in entry["sources"]
            if re.fullmatch(r"\d{4}(-\d\d){0,2}", source["page_date"])
        )
    return found


def holds(record: Entry, kind: str, value: str, text: str) -> bool:
    if kind == "number":
        return digits(value) in digits(text)
    if kind == "postcode":
        return value in text
    url, _, date = value.rpartition(" ")
    return any(
        source.get("url") == url and source["published"].rstrip("~") == date
        for source in record["sources"]
    )


@pytest.mark.parametrize("seed", range(3))
def test_a_random_sample_of_the_notes_facts_is_in_the_records(seed: int) -> None:
    present = records()
    different = []
    for record, kind, value in random.Random(seed).sample(facts(), SAMPLE):
        text = "\n".join(f"{key}: {leaf}" for key, leaf in leaves(present[record]))
        if not holds(present[record], kind, value, text):
            different.append(f"{record}: {kind}: {value}")
    assert different == []


DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CHANNEL_WORDS = {
    "chat": "web_chat", "text": "text", "phone": "phone", "person": "in_person", "app": "app",
    "email": "email",
}  # fmt: skip
ANY_CHANNEL = frozenset(CHANNEL_KINDS)
WEEK_MINUTES = 7 * 1440
PLAIN_WEEK = date(2024, 10, 14)
"""A Monday; neither this week nor the one before has a bank holiday."""

ELSEWHERE = {
    ("kooth-greater-manchester", "site, articles and forums"): "pages to read, nobody answers",
}
"""(entry, note of its slot): stated hours that are no channel's, with the reason."""

OPEN_BEYOND = {
    ("dial-house-leeds", "touchstone-door"): "its two evenings are among the facts of NOTES.md",
    ("breathing-space-scotland", "line"): "its weekend is given as from_day and to_day",
}
"""(record, channel): open at times that no slot of the notes covers, with the reason."""

DAYS_NOT_KEPT = {
    ("crisis-pad-hull", "2015-04-06"): "only 6 April is printed; the year is worked out",
    ("chesterfield-safe-haven", "2023-10-02"): "a planning consent, before it opened",
    ("chesterfield-safe-haven", "2024-10-10"): "described as at work; it opened earlier",
    ("blackpool-recovery-house", "2021-03-02"): "a house due that day, its place not named",
    ("gm-resilience-hub-arena", "2017-05-22"): "the day of the attack; it opened within weeks",
    ("oldham-safe-haven", "2019-06-26"): "the official opening; people came since January",
    ("breathing-space-scotland", "2024-02-01"): "twenty years on, and open",
    ("nhs-england-staff-hubs-programme", "2023-03-31"): "the money ended, not every hub",
    ("hub-lancashire-south-cumbria", "2023-03-31"): "the money ended; the closing day is unknown",
    ("hub-lincolnshire", "2023-04-18"): "reported as set to close, the day unknown",
    ("nhs-staff-bereavement-line", "2021-03-19"): "named as running that day",
}
"""(entry, day): a day beside an opening or a closing that is neither, with the reason."""


class Slot(NamedTuple):
    """Hours that the notes state: weekdays, and minutes from midnight (past 1440: next day)."""

    entry: str
    kinds: frozenset[str]
    days: tuple[int, ...]
    opens: int
    closes: int
    note: str

    def covers(self, minute: int) -> bool:
        """Whether a minute of the week, from Monday's midnight, lies in it."""
        length = self.closes - self.opens
        return any((minute - day * 1440 - self.opens) % WEEK_MINUTES < length for day in self.days)


def clock(text: str | None) -> int | None:
    found = re.fullmatch(r"(\d\d):(\d\d)", text or "")
    return int(found[1]) * 60 + int(found[2]) if found else None


def weekdays(value: Any) -> tuple[int, ...]:
    names = [value] if isinstance(value, str) else list(value or ())
    if names in (["daily"], ["every day"]):
        return tuple(range(7))
    found = tuple(DAYS.index(name.lower()) for name in names if name.lower() in DAYS)
    return found if len(found) == len(names) else ()


def slots_of(entry: Entry, rows: Any) -> Iterator[Slot]:
    for row in rows if isinstance(rows, list) else ():
        opens = clock(row.get("opens", row.get("open")))
        closes = clock(row.get("closes", row.get("close")))
        days = weekdays(row.get("days"))
        if opens is None or closes is None or not days:
            continue
        words = row.get("channel", row.get("note", "") if "slots" in entry["hours"] else "")
        kinds = {kind for word, kind in CHANNEL_WORDS.items() if re.search(rf"\b{word}\b", words)}
        length = closes if closes > opens else closes + 1440
        note = row.get("note", "")
        yield Slot(entry["id"], frozenset(kinds) or ANY_CHANNEL, days, opens, length, note)


def stated_slots(entry: Entry) -> list[Slot]:
    """The hours an entry states; none where it only plans, doubts or works them out."""
    hours = entry["hours"]
    if isinstance(hours, dict):
        return [*slots_of(entry, hours["slots"])] if hours["state"].startswith("known") else []
    return [*slots_of(entry, hours)] if entry.get("hours_basis", "stated") == "stated" else []


def other_hours(entry: Entry) -> Iterator[Slot]:
    """Hours the entry names besides: earlier or later ones, and those in its running text."""
    rows = entry.get("history", [])
    for row in rows if isinstance(rows, list) else ():
        yield from slots_of(entry, row.get("slots"))
    words = [text for key, text in leaves({k: v for k, v in entry.items() if k != "sources"})]
    for opens, closes in re.findall(r"(\d\d:\d\d)\s*(?:-|to)\s*(\d\d:\d\d)", "\n".join(words)):
        start, end = clock(opens) or 0, clock(closes) or 0
        end = end if end > start else end + 1440
        yield Slot(entry["id"], ANY_CHANNEL, tuple(range(7)), start, end, "")
    history = json.dumps([rows, entry.get("hours_note", "")])
    if re.search(r"24/7|24[- ]hour|round the clock", history):
        yield Slot(entry["id"], ANY_CHANNEL, tuple(range(7)), 0, 1440, "")


@cache
def all_slots() -> tuple[dict[str, list[Slot]], dict[str, list[Slot]]]:
    """By record: the hours that its entries state, and those that excuse being open."""
    other = merged()
    stated: dict[str, list[Slot]] = defaultdict(list)
    excusing: dict[str, list[Slot]] = defaultdict(list)
    for _, entry in entries():
        record = other.get(entry["id"]) or entry["id"]
        slots = [s for s in stated_slots(entry) if (s.entry, s.note) not in ELSEWHERE]
        stated[record] += slots
        excusing[record] += [*slots, *slots_of(entry, entry["hours"]), *other_hours(entry)]
    for fact in read(NOTES / "fresh-evidence.yaml"):
        record = other.get(fact["service_id"]) or fact["service_id"]
        entry = {"id": record, "hours": {}, "history": [], "text": fact["value"]}
        excusing[record] += other_hours(entry)
    return {record: slots for record, slots in stated.items() if slots}, excusing


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Service]]:
    places = open_gazetteer(data_folder(), tmp_path_factory.mktemp("places"), ())
    paths = [*(ROOT / "data" / "services").rglob("*.yaml")]
    read_files = [load_file(path, places) for path in paths]
    yield {file.service.id: file.service for file in read_files if file.service is not None}
    places.close()


class Hours:
    """What a regime's hours say in an ordinary week, bank holidays, life and age aside."""

    def __init__(self, service: Service, regime: Regime) -> None:
        schedule = schedule_of(service, regime, Calendars({}))
        self._plans = [
            schedule.readings(PLAIN_WEEK + timedelta(day - 1)).plans if schedule else None
            for day in range(8)
        ]

    def at(self, minute: int) -> str:
        """`open`, `closed` or `unknown` at a minute of the week."""
        day, clock_minute = divmod(minute % WEEK_MINUTES, 1440)
        found = {self._day(day + 1, clock_minute), self._day(day, clock_minute + 1440)}
        return next((state for state in ("open", "unknown") if state in found), "closed")

    def _day(self, index: int, minute: int) -> str:
        plans = self._plans[index]
        if plans is None:
            return "unknown"
        return combine(
            next((span.state for span in plan if span.start <= minute < span.end), "closed")
            for plan in plans
        )


Week = tuple[Channel, Hours]


@pytest.fixture(scope="module")
def weeks(services: dict[str, Service]) -> dict[str, list[Week]]:
    """By record: each channel with the hours of each of its regimes."""
    return {
        name: [
            (channel, Hours(service, regime))
            for channel in service.channels
            for regime in channel.regimes
        ]
        for name, service in services.items()
    }


ELSEWHERE = {
    ("lscft-wellbeing-helpline", "text"): "its text part is lscft-texting-service",
    ("kooth-greater-manchester", "site, articles and forums"): "pages to read; no address found",
}
"""Slots that are no channel of the record, and why."""


def test_stated_hours_are_not_closed_in_a_record(weeks: dict[str, list[Week]]) -> None:
    stated, _ = all_slots()
    closed = []
    for record, slots in stated.items():
        for slot in slots:
            if (record, slot.note) in ELSEWHERE:
                continue
            meant = [hours for channel, hours in weeks[record] if channel.kind in slot.kinds]
            middle = (slot.opens + slot.closes) // 2
            if not any(
                all(hours.at(day * 1440 + middle) != "closed" for day in slot.days)
                for hours in meant or [hours for _, hours in weeks[record]]
            ):
                closed.append(f"{record}: {slot}")
    assert sum(map(len, stated.values())) > 250
    assert closed == []


def minutes_tried(slots: list[Slot]) -> set[int]:
    """Every quarter of an hour of the week, and the minutes just outside each slot."""
    edges = {
        (day * 1440 + minute) % WEEK_MINUTES
        for slot in slots
        for day in slot.days
        for minute in (slot.opens - 1, slot.closes)
    }
    return edges | {*range(0, WEEK_MINUTES, 15)}


def test_no_record_is_open_when_the_notes_have_no_hours(weeks: dict[str, list[Week]]) -> None:
    stated, excusing = all_slots()
    wider = set()
    for record, slots in stated.items():
        tried = minutes_tried(slots)
        for channel, hours in weeks[record]:
            if not any(channel.kind in slot.kinds for slot in slots):
                continue
            allowed = [slot for slot in excusing[record] if channel.kind in slot.kinds]
            if any(
                hours.at(minute) == "open" and not any(slot.covers(minute) for slot in allowed)
                for minute in tried
            ):
                wider.add((record, channel.id))
    assert sorted(wider) == sorted(OPEN_BEYOND)


def turning_days() -> Iterator[tuple[str, str, str, date]]:
    """(record, entry, `opened` or `closed`, day) for every such day that the notes give."""
    other = merged()
    given = [
        (entry["id"], what, entry.get("dates", entry).get(what, ""))
        for _, entry in entries()
        for what in ("opened", "closed")
    ]
    given += [
        (fact["service_id"], "closed" if fact["fact"] == "closure" else "opened", fact["value"])
        for fact in read(NOTES / "fresh-evidence.yaml")
        if fact["fact"] in ("closure", "opened") and fact["service_id"] != "new"
    ]
    for entry, what, text in given:
        # "by that day" and "before that day" leave the day itself open
        for day in re.findall(r"(?<!by )(?<!before )\b(\d{4}-\d\d-\d\d)", text):
            yield other.get(entry) or entry, entry, what, date.fromisoformat(day)


def named_days(record: Entry, keys: tuple[str, ...]) -> set[str]:
    return {
        text.rstrip("~")
        for part in (record.get("life", []), record["channels"])
        for key, text in leaves(part)
        if key in keys
    }


def test_openings_and_closings_given_to_the_day_are_in_life_or_regimes() -> None:
    present = records()
    lost = set()
    for record, entry, what, day in turning_days():
        # "closed on 1 October" may be the first day without it: a life names the last day with it
        keys = ("opens", "from") if what == "opened" else ("closes", "until", "from")
        days = {day} if what == "opened" else {day, day - timedelta(1)}
        if not {one.isoformat() for one in days} & named_days(present[record], keys):
            lost.add((entry, day.isoformat()))
    assert lost == set(DAYS_NOT_KEPT)
