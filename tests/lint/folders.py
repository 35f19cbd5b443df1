"""Tiny data folders written from snippets: what a snippet leaves out is filled in from here."""

import re
from collections.abc import Iterable
from pathlib import Path

from signpost.core.services import Service
from signpost.dataset.compile import read_dataset
from signpost.dataset.gazetteer import Gazetteer
from signpost.dataset.problems import Position, Problem
from signpost.lint import Data, check

SERVICE = {
    "id": "id: {id}\n",
    "name": "name: The {id} line\n",
    "kind": "kind: helpline\n",
    "organization": "organization: Sample Trust\n",
    "description": "description: Trained volunteers listen. Not an emergency service.\n",
    "service_area": "service_area: [uk]\n",
    "channels": (
        "channels:\n"
        "  - {id: line, kind: phone, access: anyone, number: 0808 157 0123, hours: 24/7}\n"
    ),
    "sources": (
        "sources:\n"
        '  - {url: "https://example.org/help", published: 2026-06, grade: provider,\n'
        "     supports: [name, organization, area, eligibility, access, cost, contact, hours,\n"
        "                life]}\n"
    ),
}

ALERT = {
    "id": "id: {id}\n",
    "effect": "effect: overtaken\n",
    "services": "services: [sample]\n",
    "from": "from: 2025-01\n",
    "what": "what: The line is down.\n",
    "instead": "instead: sample\n",
    "sources": SERVICE["sources"],
}

HEADING = "name: sample\nreleased: 2026-11-24\n"

FIRST = "services/sample.yaml"


def split(snippet: str) -> dict[str, str]:
    """The files of a snippet; what stands before the first `# file:` is the sample record."""
    parts = re.split(r"(?m)^# file: (.+)\n", snippet)
    files = {FIRST: parts[0]} if parts[0] else {}
    return files | dict(zip(parts[1::2], parts[2::2], strict=True))


def filled(name: str, text: str) -> str:
    """A file's text, with the keys that it leaves out put in front of it."""
    path = Path(name)
    if path.name == "dataset.yaml" or re.fullmatch(r"(#.*\n)+", text):
        return text
    base = ALERT if path.parts[0] == "alerts" else SERVICE
    written = set(re.findall(r"(?m)^(\w+):", text))
    missing = [line.format(id=path.stem) if key in ("id", "name") else line
               for key, line in base.items() if key not in written]  # fmt: skip
    return "".join(missing) + text


def write_folder(folder: Path, files: dict[str, str]) -> Path:
    """A data folder with these files, and a sample record and a heading if they have none."""
    heading = {} if "dataset.yaml" in files else {"dataset.yaml": HEADING}
    sample = {} if FIRST in files else {FIRST: filled(FIRST, "")}
    for name, text in (heading | sample | files).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def lint(
    folder: Path, places: Gazetteer, whole: bool = False, others: Iterable[Service] = ()
) -> list[Problem]:
    """Everything that the rules, and the loader, say of a folder."""
    dataset = read_dataset(folder, places)
    whole_at = Position(str(folder / "dataset.yaml"), 1, 1) if whole else None
    return check(Data(dataset.files, places, dataset.heading.released, others, whole_at))


def lint_snippet(
    folder: Path, places: Gazetteer, snippet: str, whole: bool = False
) -> list[Problem]:
    """Write the files of a snippet, each filled in, and judge them."""
    files = {name: filled(name, text) for name, text in split(snippet).items()}
    return lint(write_folder(folder, files), places, whole)


def said(problems: Iterable[Problem], rule: str) -> list[tuple[str, int]]:
    """Where a rule complains: the files' names and lines."""
    return [
        (Path(found.position.path).name, found.position.line)
        for found in problems
        if found.rule == rule
    ]
