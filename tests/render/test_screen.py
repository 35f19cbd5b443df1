"""What is folded, what is shown, and that nothing is lost by it."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.cli.test_golden import QUESTIONS
from tests.conftest import Run

SECTIONS = {"open": "Open now", "check_first": "Check first", "opens_later": "Opens later"}


def rows(text: str) -> list[tuple[str, str, str]]:
    """Section, contact, name of every row of the plain text."""
    found = []
    for line in text.splitlines():
        title, _, rest = line.partition(": ")
        contact, dash, name = rest.partition(" - ")
        if title in SECTIONS.values() and dash:
            found.append((title, contact, name))
    return found


@pytest.mark.parametrize("question", QUESTIONS)
def test_all_lists_every_service_of_the_json(run: Run, question: str) -> None:
    record = json.loads(run("now", *QUESTIONS[question], "--format", "json").out)
    whole = run("now", *QUESTIONS[question], "--format", "plain", "--all").out
    shown = {(title, name) for title, _, name in rows(whole)}
    overtaken = 0
    for section, title in SECTIONS.items():
        for option in record[section]:
            codes = {reason["code"] for reason in option["reasons"]}
            if "overtaken" in codes:
                overtaken += 1
                continue
            assert (title, option["name"]) in shown
    assert "lists them" not in whole
    assert ("Not the old number" in whole) == (overtaken > 0)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_service_has_one_row_and_check_first_at_most_five(run: Run, question: str) -> None:
    found = rows(run("now", *QUESTIONS[question], "--format", "plain").out)
    names = Counter(name for _, _, name in found)
    assert not [name for name, count in names.items() if count > 1]
    assert sum(title == "Check first" for title, _, _ in found) <= 5


def test_an_overtaken_number_is_named_under_111_and_is_no_row(run: Run) -> None:
    out = run("now", "--near", "Derby", "--at", "2026-11-21T19:00", "--format", "plain").out
    urgent = next(line for line in out.splitlines() if line.startswith("Urgent NHS: 111"))
    assert "Not the old number 0800 028 0077" in urgent
    assert not [contact for _, contact, _ in rows(out) if contact == "0800 028 0077"]


def test_many_old_numbers_are_counted_until_all_are_asked_for(run: Run) -> None:
    ask = ("now", "--near", "London", "--at", "2026-11-21T22:00", "--format", "plain")
    assert re.search(r"^Urgent NHS: 111 .*Not the \d+ old local numbers", run(*ask).out, re.M)
    named = re.search(r"^Urgent NHS: 111 .*Not the old numbers (.*)$", run(*ask, "--all").out, re.M)
    assert named is not None
    assert len(named[1].split(" or ")) > 2


def test_without_a_place_every_nations_urgent_line_is_there(run: Run) -> None:
    out = run("now", "--at", "2026-11-21T22:00", "--format", "plain").out
    urgent = [line for line in out.splitlines() if line.startswith("Urgent ")]
    assert [line.partition(" - ")[0] for line in urgent] == [
        "Urgent NHS: 111", "Urgent help: 0808 808 8000",
    ]  # fmt: skip
    assert all(f"{nation}: " in urgent[0] for nation in ("England", "Wales", "Scotland"))


def test_in_northern_ireland_the_urgent_line_is_not_111(run: Run) -> None:
    out = run("now", "--near", "Belfast", "--at", "2026-12-25T03:00", "--format", "plain").out
    assert "\nUrgent help: 0808 808 8000 - Lifeline\n" in out
    assert ": 111 - " not in out


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_number_of_the_first_lines_is_not_repeated_as_open(run: Run, question: str) -> None:
    out = run("now", *QUESTIONS[question], "--format", "plain").out
    first = set(re.findall(r"^(?:Life|Urgent|Talk|Text|Under)[^:]*: (.+?) - ", out, re.MULTILINE))
    assert "999" in first
    assert first.isdisjoint(contact for title, contact, _ in rows(out) if title == "Open now")


def test_a_staff_hub_is_shown_to_staff_and_to_nobody_else(run: Run) -> None:
    ask = ("now", "--near", "Manchester", "--at", "2021-03-22T11:00", "--format", "plain")
    hub = "Greater Manchester Resilience Hub (health and care staff)"
    assert hub in run(*ask, "--for", "nhs_staff").out
    assert hub not in run(*ask, "--all").out


def test_times_are_on_the_24_hour_clock_when_asked(run: Run) -> None:
    ask = ("now", "--near", "Derby", "--at", "2026-11-21T19:00", "--format", "plain")
    assert "Open until 10pm." in run(*ask).out
    assert "Open until 22:00." in run(*ask, "--clock", "24").out


def test_a_line_that_is_down_names_the_stand_in_and_the_end_first(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "alerts").mkdir()
    (tmp_path / "alerts" / "down.yaml").write_text(
        "id: down\neffect: closed\nservices: [calm]\nfrom: 2026-12-01T10:00\n"
        "until: 2026-12-01T18:00\nwhat: The line is down.\ninstead: samaritans\nsources:\n"
        "  - {url: unknown, published: 2026-12-01, grade: provider, supports: [life]}\n"
    )
    asked = ("now", "--near", "Buxton", "--data", str(tmp_path), "--format", "plain", "--at")
    during = run(*asked, "2026-12-01T17:30").out
    row = during[during.index("CALM") :].splitlines()[1:4]
    assert [line.strip() for line in row] == [
        "The line is down.", "Until 6pm on 1 December 2026.", "Use Samaritans, 116 123 instead.",
    ]  # fmt: skip
    assert "is down" not in run(*asked, "2026-12-01T18:00").out


def test_a_door_to_check_is_shown_though_its_line_is_open(run: Run, tmp_path: Path) -> None:
    (tmp_path / "services").mkdir()
    (tmp_path / "services" / "lights.yaml").write_text(
        "id: lights\nname: Harbour Lights\nkind: drop_in\norganization: Seaside Minds\n"
        "description: A cafe.\nservice_area: unknown\nchannels:\n"
        "  - {id: line, kind: phone, access: anyone, number: 01298 555 123, hours: 24/7}\n"
        "  - id: door\n    kind: in_person\n    access: walk_in\n"
        "    location: {address: 1 Market Street, town: Buxton}\n"
        '    hours: Mo-Su 18:00-23:00 unknown "days not published"\n'
        "sources:\n  - url: unknown\n    published: 2026-05\n    grade: provider\n"
        "    supports: [hours, contact, location]\n"
    )
    shown = run("now", "--near", "Buxton, Derbyshire", "--at", "2026-06-02T19:00", "--format",
                "plain", "--data", str(tmp_path)).out  # fmt: skip
    assert "Open now: 01298 555 123 - Harbour Lights" in shown
    assert re.search(r"Check first: .*1 Market Street.* - Harbour Lights", shown)
