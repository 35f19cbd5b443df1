"""Small data folders to break, and the questions put to them."""

from datetime import UTC, datetime
from pathlib import Path

from signpost.core.answering import answer
from signpost.core.query import Answer, Query
from signpost.dataset.directory import Directory
from signpost.dataset.gazetteer import Gazetteer
from signpost.dataset.snapshot import open_services

NOON = datetime(2024, 6, 5, 11, tzinfo=UTC)

FLOOR = {
    "ambulance": ("emergency", "999"),
    "urgent-line": ("nhs_urgent", "111"),
    "listeners": ("listening", "116 123"),
    "texters": ("crisis_text", "85258"),
    "young-line": ("child_line", "0800 1111"),
}


def record(
    name: str,
    number: str = "0800 028 0077",
    extra: str = "",
    area: str = "[county:Derbyshire]",
    channel: str = "",
) -> str:
    """The text of a record of one phone line, open at any hour."""
    return f"""\
id: {name}
name: The line called {name}
kind: helpline
organization: A charity
description: Somebody listens.
service_area: {area}
{extra}channels:
  - id: line
    kind: phone
    access: anyone
    number: {number}
    hours: 24/7
{channel}sources:
  - url: https://example.org/{name}
    published: 2024-05
    since: 2020
    grade: provider
    supports: [hours, contact, location, life]
"""


def alert(name: str, services: str, what: str = "Closed for a day.") -> str:
    """The text of an alert that closes services for all time."""
    return f"""\
id: {name}
effect: closed
from: 2020
services: [{services}]
what: {what}
sources:
  - {{url: unknown, published: undated, grade: low, supports: [life]}}
"""


def write(folder: Path, name: str, text: str, part: str = "services") -> Path:
    """Write a record's file into a data folder; give its path."""
    path = folder / part / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def write_folder(folder: Path) -> Path:
    """A data folder with a floor, two lines, a door, an alert, a calendar."""
    for name, (role, number) in FLOOR.items():
        text = record(name, number, f"role: {role}\nfloor: true\n", "[uk]")
        write(folder, name, text)
    write(folder, "first-line", record("first-line", "0300 111 1111"))
    write(folder, "second-line", record("second-line", "0300 222 2222"))
    door = record("a-door").replace("kind: phone", "kind: in_person")
    place = "location: {town: Buxton, address: 1 High Street}"
    door = door.replace("number: 0800 028 0077", place)
    write(folder, "a-door", door)
    write(folder, "a-closing", alert("a-closing", "second-line"), "alerts")
    (folder / "dataset.yaml").write_text("name: own\nreleased: 2024-06-01\n", encoding="utf-8")
    (folder / "calendars").mkdir()
    (folder / "calendars" / "bank_holidays.tsv").write_text(
        "date\tdivision\ttitle\n2024-12-25\tengland-and-wales\tChristmas Day\n", encoding="utf-8"
    )
    return folder


def opened(gazetteer: Gazetteer, cache: Path | None, *folders: Path) -> Directory:
    """The directory of some data folders, without the shipped one."""
    return Directory([open_services(folder, cache, gazetteer) for folder in folders], gazetteer)


def ask(directory: Directory) -> Answer:
    """What can be reached in Buxton at noon on 5 June 2024."""
    query = Query(NOON, directory.gazetteer.place("Buxton, Derbyshire"), frozen=True)
    return answer(query, directory.material(query))


def shown(found: Answer) -> dict[str, str]:
    """Service to section, emergency lines apart."""
    return {
        option.service.id: section
        for section in ("open", "check_first", "opens_later")
        for option in getattr(found, section)
    }


RIGHT = {"first-line": "open", "a-door": "open", "second-line": "check_first"}
"""What the folder of `write_folder` answers."""


def is_right(directory: Directory) -> bool:
    """Whether the directory answers just as the folder of `write_folder` should."""
    found = ask(directory)
    emergency = [option.regime.number for option in found.emergency]
    return shown(found) == RIGHT and emergency == [number for _, number in FLOOR.values()]
