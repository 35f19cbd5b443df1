"""The records against the researched notes they come from, where those are at hand.

The notes lie beside a checkout and are not part of the project: without them these tests skip.
"""

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

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
