"""What the keepers' commands print, write and refuse."""

import csv
import io
import json
import os
from pathlib import Path

import pytest
import yaml

from signpost import cli
from signpost.cli.alert import current, show_alerts
from signpost.cli.assure import read_role
from signpost.cli.changes import show_changes
from signpost.cli.due import CSV_COLUMNS, show_tasks
from signpost.cli.keeping import own_folders, read_day
from signpost.cli.moments import BadMoment
from signpost.cli.new import CHANNELS
from signpost.cli.options import BadOption, Format
from signpost.cli.scenarios import judge_folder
from signpost.core.changes import changes_between
from signpost.core.due import tasks_due
from signpost.core.evidence import DOOR_MONTHS, LINE_MONTHS
from signpost.core.services import KINDS
from tests.builders import (
    channel,
    day,
    door,
    life,
    location,
    moment,
    notice,
    service,
    source,
)

COMMANDS = ("due", "assure", "new", "report", "changes", "alert")
NOW = "2026-11-24T12:00"
HOUSE = """\
# Kept by the evening team.
id: quiet-house
name: Quiet House
kind: drop_in
organization: Quiet Trust
description: A room to sit in.   # not a clinic
service_area: ["district:High Peak"]
life:
  - {opens: 2024-05, basis: confirmed}
channels:
  - id: door
    kind: in_person
    access: walk_in
    location: {address: 1 Market Street, town: "Buxton, Derbyshire", postcode: SK17 6ET}
    hours: Mo-Su 18:00-23:00
    bank_holidays: as_usual
  - id: line
    kind: phone
    access: anyone
    number: 01298 555 123
    hours: Mo-Fr 09:00-17:00
    bank_holidays: closed
sources:
  # The leaflet.
  - url: https://quiet.example.org/leaflet
    published: 2024-12-10
    grade: provider
    supports: [name, organization, area, access, contact, hours, location, life]

# Two volunteers a night.
notes: [The kettle is in the back.]
"""
ASSURED = """\
  - url: https://quiet.example.org/
    published: 2026-11-23
    grade: assured
    supports: [hours, location]
    channels: [door]
    says: checked against this page
"""


@pytest.fixture(autouse=True)
def keepers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands within reach, on a fixed day."""
    monkeypatch.setattr(cli, "COMMANDS", tuple(dict.fromkeys((*cli.COMMANDS, *COMMANDS))))
    monkeypatch.setenv("SIGNPOST_AT", NOW)


@pytest.fixture
def own(tmp_path, isolated_home, monkeypatch):
    """An organisation's folder with one record, in use through SIGNPOST_DATA."""
    folder = tmp_path / "own"
    (folder / "services").mkdir(parents=True)
    (folder / "services" / "quiet-house.yaml").write_text(HOUSE)
    monkeypatch.setenv("SIGNPOST_DATA", str(folder))
    return folder


def house(own):
    return (own / "services" / "quiet-house.yaml").read_text()


def read(path):
    return yaml.load(path.read_text(), Loader=yaml.BaseLoader)


def tree(folder):
    """Every file below a folder with its content."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*")) if path.is_file()
    }  # fmt: skip


RECORDS = (
    service("quiet-house", door(), channel("Mo-Fr 09:00-17:00", id="office", purpose="enquiries",
                                           number="01298 555 123"),
            kind="drop_in", sources=(source("2024-12-10", since="2015-01-01"),)),
    service("night-line", channel(None), role="nhs_crisis_line", organization="NHS Trust",
            sources=(source("2022-05-01", since="2015-01-01"),)),
    service("winter-room", door(None, location=location(address=None, postcode=None)),
            kind="drop_in", organization=None, sources=(source("2026-01-01", url=None),)),
)  # fmt: skip
AWAY = notice(since="2026-11-20", services=("winter-room",), what="the heating has failed")


class TestDue:
    TABLE = """\
To check by 24 February 2027: 3 checks, about 16 minutes.

1. Winter room (in person), 4 minutes
   why: alert without an end, since 20 November 2026: the heating has failed
   check: whether the alert still holds
   with: ask the provider
   record: winter-room --channel door

2. Quiet house (in person), 8 minutes
   why: last confirmed 10 December 2024; too old from 11 December 2026
   check: hours, address (held: 1 Market Street, Buxton, SK17 6ET; Mo-Su
     18:00-23:00)
   with: ring 01298 555 123, or see https://example.org
   record: quiet-house --channel door

3. Night line (phone), 4 minutes
   why: last confirmed 1 May 2022; too old since 2 May 2025
   check: number or link (held: 0300 123 4567)
   not known, ask: hours
   with: see https://example.org, or ask the office of NHS Trust; never
     test-call
   record: night-line --channel line

Minutes are estimates: 8 for a door, 4 for anything else.
Record a check: signpost assure ID --channel CHANNEL --on DATE --source URL
Never test-call a crisis line: a test takes the place of somebody in need.
"""
    PLAIN = """\
To check by 24 February 2027: 3 checks, about 16 minutes; the first 1 are shown (--limit 0 for all).
check whether the alert still holds: Winter room (winter-room, door); \
alert without an end, since 20 November 2026: the heating has failed; with: ask the provider; \
4 minutes
Minutes are estimates: 8 for a door, 4 for anything else.
Record a check: signpost assure ID --channel CHANNEL --on DATE --source URL
"""
    CSV = """\
order,id,name,channel,kind,why,check,not_known,last_confirmed,too_old_from,ring,page,email,\
organization,rule,minutes
1,night-line,Night line,line,phone,last confirmed 1 May 2022; too old since 2 May 2025,\
number or link,hours,2022-05-01,2025-05-02,,https://example.org,,NHS Trust,never test-call,4
"""

    def tasks(self, *records, notices=(AWAY,)):
        return tasks_due(records or RECORDS, notices, day("2026-11-24"), day("2027-02-24"))

    def printed(self, capsys, form, tasks, shown=None):
        show_tasks(tasks, tasks if shown is None else shown, day("2027-02-24"), form)
        return capsys.readouterr().out

    def test_as_a_table_of_80_columns(self, capsys, monkeypatch):
        monkeypatch.setenv("COLUMNS", "80")
        assert self.printed(capsys, Format.TABLE, self.tasks()) == self.TABLE

    def test_a_narrow_screen_breaks_no_word_and_keeps_every_fact(self, capsys, monkeypatch):
        monkeypatch.setenv("COLUMNS", "40")
        out = self.printed(capsys, Format.TABLE, self.tasks())
        assert out.split() == self.TABLE.split()
        assert max(map(len, out.splitlines())) <= 40

    def test_by_ear_a_check_a_line(self, capsys):
        tasks = self.tasks()
        assert self.printed(capsys, Format.PLAIN, tasks, tasks[:1]) == self.PLAIN

    def test_as_a_rota(self, capsys):
        assert self.printed(capsys, Format.CSV, self.tasks(RECORDS[1])) == self.CSV

    def test_a_cell_is_never_a_formula(self, capsys):
        record = RECORDS[1]._replace(name="=HYPERLINK()", organization="@SUM")
        [row] = csv.DictReader(io.StringIO(self.printed(capsys, Format.CSV, self.tasks(record))))
        assert (row["name"], row["organization"]) == ("'=HYPERLINK()", "'@SUM")

    def test_nothing_to_do_is_said(self, capsys):
        fresh = service("a", sources=(source("2026-11-01"),))
        out = self.printed(capsys, Format.TABLE, self.tasks(fresh))
        assert out == "Nothing to check by 24 February 2027.\n"

    def test_the_command_lists_an_own_record_and_the_day_it_lapses(self, run, own):
        done = run("due", "--area", "district:High Peak", "--by", "2026-12-10", "--format", "json")
        ids = [task["id"] for task in json.loads(done.out)["tasks"]]
        assert "quiet-house" not in ids
        done = run("due", "--area", "district:High Peak", "--by", "11/12/2026", "--format", "json")
        tasks = {task["id"]: task for task in json.loads(done.out)["tasks"]}
        assert tasks["quiet-house"]["too_old_from"] == "2026-12-11"
        assert tasks["quiet-house"]["ring"] == "01298 555 123"

    def test_an_area_leaves_out_wider_ones_and_a_place_does_not(self, run, own):
        area = run("due", "--area", "county:Derbyshire", "--by", "2099-01-01", "--format", "csv")
        near = run("due", "--near", "Buxton", "--by", "2099-01-01", "--format", "csv")
        in_area = {row["id"] for row in csv.DictReader(io.StringIO(area.out))}
        at_place = {row["id"] for row in csv.DictReader(io.StringIO(near.out))}
        assert {"quiet-house", "buxton-drop-in", "derbyshire-mental-health-helpline"} <= in_area
        assert not in_area & {"samaritans", "nhs-111-mental-health-england"}
        assert "sanctuary-swansea" not in at_place | in_area
        assert {"quiet-house", "samaritans"} <= at_place

    def test_fits_the_hour_one_has(self, run, isolated_home):
        found = json.loads(run("due", "--minutes", "60", "--format", "json").out)
        assert 52 < found["minutes"] <= 60
        assert found["minutes"] == sum(task["minutes"] for task in found["tasks"])

    def test_no_crisis_line_of_the_shipped_data_is_to_be_rung(self, run, isolated_home):
        found = json.loads(run("due", "--by", "2099-01-01", "--format", "json").out)["tasks"]
        tasks = {(task["id"], task["channel"]): task for task in found}
        lines = [task for (name, _), task in tasks.items() if name in ("samaritans", "nhs-111")]
        assert lines
        assert all(task["never_test_call"] and task["ring"] is None for task in lines)

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            (("--by", "2026-11-23"), "is past"),
            (("--by", "soon"), '--by: "soon" is not a day'),
            (("--area", "county:Derbyshire", "--near", "Buxton"), "not both"),
            (("--minutes", "0"), "0"),
        ],
    )
    def test_nonsense_is_refused_with_the_emergency_lines(self, run, options, said):
        done = run("due", *options)
        assert done.code in (2, 3)
        assert said in done.err
        assert "999" in done.err
        assert done.out == ""

    def test_the_screen_says_how_many_more_there_are(self, run, isolated_home):
        done = run("due", "--by", "2099-01-01", "--format", "plain")
        assert "the first 20 are shown (--limit 0 for all)" in done.out
        assert done.out.count("\ncheck ") == 20
        whole = run("due", "--by", "2099-01-01", "--format", "csv")
        assert len(whole.out.splitlines()) > 300

    def test_minutes_and_months_are_what_the_documents_say(self):
        assert (DOOR_MONTHS, LINE_MONTHS) == (24, 36)
        assert "channel" in CSV_COLUMNS


class TestAssure:
    def test_an_own_record_gets_a_source_and_nothing_else_moves(self, run, own):
        done = run("assure", "quiet-house", "--on", "yesterday", "--channel", "door",
                   "--source", "https://quiet.example.org/")  # fmt: skip
        path = own / "services" / "quiet-house.yaml"
        assert done.code == 0
        assert done.out == (
            f"Recorded in {path}: Quiet House, checked on 23 November 2026 "
            "(hours, address, whether it is there).\n"
        )
        head, tail = HOUSE.split("\n\n")
        added = ASSURED.replace("[hours, location]", "[hours, location, life]")
        assert house(own) == f"{head}\n{added}\n{tail}"
        assert tree(own) == {"services/quiet-house.yaml": house(own).encode()}

    def test_it_is_fresh_again_from_that_day(self, run, own):
        def lapses():
            found = run("due", "--area", "district:High Peak", "--by", "2099-01-01",
                        "--format", "json")  # fmt: skip
            return {
                task["channel"]: task["too_old_from"]
                for task in json.loads(found.out)["tasks"] if task["id"] == "quiet-house"
            }  # fmt: skip

        assert lapses() == {"door": "2026-12-11", "line": "2027-12-11"}
        run("assure", "quiet-house", "--on", "2026-11-20", "--how", "visit", "--with",
            "duty manager", "--channel", "door")  # fmt: skip
        assert lapses() == {"door": "2028-11-21", "line": "2027-12-11"}

    def test_the_record_still_checks_clean(self, run, own):
        run("assure", "quiet-house", "--on", "today", "--how", "visit", "--with", "NHS manager")
        done = run("check", str(own / "services" / "quiet-house.yaml"))
        assert "assured" in house(own)
        assert (done.code, "error:" in done.out) == (0, False)

    def test_a_shipped_record_is_checked_in_assured_yaml_alone(self, run, own):
        shipped = Path(__file__).resolve().parents[2] / "data"
        before = tree(shipped)
        done = run("assure", "samaritans", "--on", "20/11/2026", "--field", "contact",
                   "--field", "hours", "--source", "https://www.samaritans.org/")  # fmt: skip
        assert done.code == 0
        assert "Remember: never test-call a crisis line" in done.out
        assert read(own / "assured.yaml") == [{
            "id": "samaritans", "on": "2026-11-20", "source": "https://www.samaritans.org/",
            "fields": ["contact", "hours"],
        }]  # fmt: skip
        assert tree(shipped) == before
        assert "20 November 2026, assured: contact, hours" in run("show", "samaritans").out

    def test_the_last_folder_given_is_written_to(self, run, own, tmp_path):
        other = tmp_path / "other"
        other.mkdir()
        run("assure", "shout-85258", "--on", "today", "--source", "https://giveusashout.org/",
            "--data", str(other))  # fmt: skip
        assert (other / "assured.yaml").exists()
        assert not (own / "assured.yaml").exists()

    def test_twice_is_once(self, run, own):
        check = ("assure", "quiet-house", "--on", "today", "--source", "https://quiet.example.org/")
        assert run(*check).out.startswith("Recorded in")
        text = house(own)
        assert run(*check).out.startswith("Already recorded in")
        assert house(own) == text

    @pytest.mark.parametrize(
        ("record", "options", "said"),
        [
            ("quiet-hose", (), "quiet-house"),
            ("quiet-house", ("--on", "2026-11-25"), "25 November 2026 is still to come"),
            ("quiet-house", ("--on", "2019-05-01"), "before 1 May 2024"),
            ("quiet-house", ("--on", "someday"), '--on: "someday" is not a day'),
            ("quiet-house", ("--field", "ours"), "did you mean hours?"),
            ("quiet-house", ("--field", "cost"), "holds none to confirm"),
            ("quiet-house", ("--channel", "dor"), "did you mean door?"),
            ("quiet-house", ("--source", "example.org"), "begins with https://"),
            ("quiet-house", ("--how", "visit", "--with", "manager"), "one of the two"),
            ("quiet-house", ("--with", "manager"), "a page is enough"),
        ],
    )
    def test_nonsense_is_refused_and_nothing_written(self, run, own, record, options, said):
        before = tree(own)
        default = {"--on": "2026-11-20", "--source": "https://quiet.example.org/"}
        usual = [word for key, value in default.items() if key not in options
                 for word in (key, value)]  # fmt: skip
        done = run("assure", record, *usual, *options)
        assert done.code in (2, 3)
        assert said in done.err
        assert "999" in done.err
        assert tree(own) == before

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            ((), "one of the two"),
            (("--how", "visit"), "as a role"),
            (("--how", "phone", "--with", "manager"), "one of: call, visit, letter"),
            (("--how", "visit", "--with", "Jane Smith"), "names, numbers and e-mail"),
        ],
    )
    def test_a_check_needs_a_page_or_a_role(self, run, own, options, said):
        before = tree(own)
        done = run("assure", "quiet-house", "--on", "2026-11-20", *options)
        assert done.code == 2
        assert said in done.err
        assert tree(own) == before

    @pytest.mark.parametrize("record", [
        "emergency-999", "samaritans", "shout-85258", "derbyshire-mental-health-helpline",
    ])  # fmt: skip
    def test_a_crisis_line_was_never_test_called(self, run, own, record):
        call = ("assure", record, "--on", "2026-11-20", "--how", "call", "--with", "call handler")
        done = run(*call)
        assert done.code == 2
        assert "never test-call a crisis line" in done.err
        assert "--source" in done.err
        assert not (own / "assured.yaml").exists()

    def test_an_ordinary_office_may_have_been_called(self, run, own):
        done = run("assure", "quiet-house", "--on", "2026-11-20", "--how", "call",
                   "--with", "reception")  # fmt: skip
        assert done.code == 0
        assert "    says: checked by call with reception\n" in house(own)

    @pytest.mark.parametrize("state", ["closes: 2026-10-31", "pauses: 2026-10-01"])
    def test_what_is_not_there_cannot_be_confirmed(self, run, own, state):
        path = own / "services" / "quiet-house.yaml"
        path.write_text(HOUSE.replace("channels:\n", f"  - {{{state}, basis: confirmed}}\n"
                                      "channels:\n", 1))  # fmt: skip
        done = run("assure", "quiet-house", "--on", "today", "--source", "https://q.example.org/")
        assert done.code == 2
        assert "put the record right first" in done.err

    def test_a_file_it_cannot_keep_is_left_and_the_lines_to_paste_are_given(self, run, own):
        path = own / "services" / "quiet-house.yaml"
        odd = HOUSE.replace("A room to sit in.   # not a clinic", "A room\n  to sit in.")
        path.write_text(odd)
        done = run("assure", "quiet-house", "--on", "today", "--source", "https://q.example.org/")
        assert done.code == 2
        assert "nothing was written. You can add this yourself:" in done.err
        assert "- url: https://q.example.org/\n  published: 2026-11-24\n" in done.err
        assert path.read_text() == odd


class TestOwnFolder:
    SOURCE = ("--on", "2026-11-20", "--source", "https://www.samaritans.org/")

    def test_one_must_be_named(self, run, isolated_home):
        done = run("assure", "samaritans", *self.SOURCE)
        assert done.code == 2
        assert "--data DIR" in done.err

    def test_one_that_is_not_there_is_not_made(self, run, tmp_path):
        done = run("assure", "samaritans", *self.SOURCE, "--data", str(tmp_path / "none"))
        assert "make it first" in done.err
        assert os.listdir(tmp_path) == []

    def test_a_folder_of_other_things_is_refused(self, run, tmp_path):
        (tmp_path / "letter.txt").write_text("dear")
        done = run("assure", "samaritans", *self.SOURCE, "--data", str(tmp_path))
        assert "is it the right one?" in done.err
        assert os.listdir(tmp_path) == ["letter.txt"]

    def test_the_programs_own_is_never_written_to(self):
        package = Path(cli.__file__).parent.parent
        for folder in (package, package / "core", package / "core" / ".." / "render"):
            with pytest.raises(BadOption, match="an upgrade would lose"):
                own_folders([folder])

    def test_a_link_into_the_program_is_seen_through(self, tmp_path):
        (tmp_path / "link").symlink_to(Path(cli.__file__).parent)
        with pytest.raises(BadOption, match="an upgrade would lose"):
            own_folders([tmp_path / "link"])


@pytest.mark.parametrize("role", [
    "duty manager", "reception", "GP receptionist", "NHS", "out-of-hours lead", "nurse/carer",
    "director of care & support",
])  # fmt: skip
def test_a_role_is_taken(role):
    if role == "nurse/carer":
        with pytest.raises(BadOption):
            read_role("call", role)
        return
    assert read_role("call", role) == role


@pytest.mark.parametrize("role", [
    "Jane", "jane@example.org", "manager 07700 900123", "Dr Smith", "mrs Jones", "", "x" * 61,
    "a\nb\tC", "manager\u202e",
])  # fmt: skip
def test_a_name_a_number_an_address_is_not(role):
    with pytest.raises(BadOption, match="role"):
        read_role("call", role)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2026-11-20", "2026-11-20"), ("20/11/2026", "2026-11-20"), ("20 nov 2026", "2026-11-20"),
        ("2026-02-28", "2026-02-28"), ("2026-03-29", "2026-03-29"),  # the day the clocks change
    ],
)  # fmt: skip
def test_a_day_is_read_as_moments_are(typed, expected):
    assert read_day(typed, "--on") == day(expected)


@pytest.mark.parametrize("typed", ["", "  ", "2026-02-30", "31/13/2026", "tonight 9pm", "12:00"])
def test_what_is_no_day_is_refused_in_the_words_typed(typed):
    with pytest.raises(BadMoment, match="is not a day; write it like") as refused:
        read_day(typed, "--on")
    assert f'"{typed.strip()}"' in str(refused.value)


FILLED = {
    "name": "Quiet House", "organization": "unknown", "description": "A room to sit in.",
    "service_area": "[district:High Peak]", "groups": "[nhs_staff]", "access": "walk_in",
    "address": "1 Market Street", "town": '"Buxton, Derbyshire"', "postcode": "SK17 6ET",
    "hours": "unknown", "number": "0300 123 4567", "email": "a@example.org",
    "url": "https://example.org/", "published": "2026-11-01", "grade": "provider",
    "supports": "[name, organization, area, access, contact, location]",
}  # fmt: skip


class TestNew:
    def findings(self, run, path):
        """The lines on which the check finds an error."""
        done = run("check", str(path))
        return {int(line.split(":")[1]) for line in done.out.splitlines() if ": error:" in line}

    def blanks(self, lines):
        """The lines that are to be filled in."""
        found = set()
        for number, line in enumerate(lines, 1):
            key, _, value = line.split("#")[0].strip().removeprefix("- ").partition(":")
            if key in FILLED and value.strip() in ("", "[to fill in]"):
                found.add(number)
        return found

    def fill(self, lines, number):
        """Write what belongs on a line, keeping its indentation."""
        line = lines[number - 1].split("#")[0]
        key = line.strip().removeprefix("- ").partition(":")[0]
        lines[number - 1] = f"{line[: line.index(key)]}{key}: {FILLED[key]}"

    @pytest.mark.parametrize("kind", KINDS)
    def test_check_names_every_blank_and_nothing_once_they_are_filled(self, run, tmp_path, kind):
        assert run("new", kind, "--id", "my-place", "--into", str(tmp_path)).code == 0
        path = tmp_path / "services" / "my-place.yaml"
        lines = path.read_text().splitlines()
        blanks = self.blanks(lines)
        assert len(blanks) >= 8
        assert self.findings(run, path) == blanks
        for number in blanks:
            self.fill(lines, number)
        text = "\n".join(lines) + "\n"
        path.write_text(text.replace("0300 123 4567", "85258") if kind == "text_service" else text)
        assert self.findings(run, path) == set()

    def test_check_walks_one_through_them_one_by_one(self, run, tmp_path):
        run("new", "drop_in", "--id", "my-place", "--into", str(tmp_path))
        path = tmp_path / "services" / "my-place.yaml"
        lines = path.read_text().splitlines()
        blanks = self.blanks(lines)
        while blanks:
            assert self.findings(run, path) == blanks
            self.fill(lines, min(blanks))
            blanks.discard(min(blanks))
            path.write_text("\n".join(lines) + "\n")
        assert self.findings(run, path) == set()

    def test_every_kind_has_its_channels(self):
        assert set(CHANNELS) == set(KINDS)

    def test_without_a_folder_it_is_printed(self, run):
        done = run("new", "helpline", "--id", "my-line")
        assert "\nid: my-line\n" in done.out
        assert "    number:             # as the source groups it" in done.out
        assert max(map(len, done.out.splitlines())) <= 100

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            (("dropin",), "did you mean drop_in?"),
            (("drop_in", "--id", "My Place"), "write my-place"),
            (("drop_in", "--into", "."), "--into needs --id"),
            (("drop_in", "--id", "a", "--into", "/nowhere/at/all"), "make it first"),
        ],
    )
    def test_nonsense_is_refused(self, run, options, said):
        done = run("new", *options)
        assert done.code == 2
        assert said in done.err

    def test_a_record_that_is_there_is_left_alone(self, run, own):
        done = run("new", "drop_in", "--id", "quiet-house", "--into", str(own))
        assert done.code == 2
        assert "is there already" in done.err
        assert house(own) == HOUSE

    def test_into_a_folder_below_services_it_goes_there(self, run, own):
        area = own / "services" / "derbyshire"
        area.mkdir()
        run("new", "drop_in", "--id", "my-place", "--into", str(area))
        assert (area / "my-place.yaml").is_file()


class TestReport:
    EXPECTED = """\
Please check: Quiet House
To: Quiet Trust
Date: 24 November 2026

We keep a directory of mental-health crisis support, and Quiet House is in
it. People in need are told what is written below. Please tell us what is
wrong or missing; where all is right, a line that says so helps too.

What we hold

Name: Quiet House [source 1, 10 December 2024]
Provided by: Quiet Trust [source 1, 10 December 2024]
Serves: High Peak [source 1, 10 December 2024]
Dates: opened May 2024 (confirmed) [source 1, 10 December 2024]

Go to: 1 Market Street, Buxton, SK17 6ET [source 1, 10 December 2024]
  Hours: every day, 6pm to 11pm; bank holidays as usual [source 1, 10 December
    2024]
  Access: walk in [source 1, 10 December 2024]

Ring: 01298 555 123 [source 1, 10 December 2024]
  Hours: Monday to Friday, 9am to 5pm; closed on bank holidays [source 1, 10
    December 2024]
  Access: anyone [source 1, 10 December 2024]

What looks old or unsure
  - door: last confirmed 10 December 2024; too old from 11 December 2026.
  - line: last confirmed 10 December 2024; too old from 11 December 2027.

What we would like to know
  1. In person: Which hours is it open, and what does it do on bank holidays?
  2. In person: Is this still the address?
  3. Phone: Which hours is it open, and what does it do on bank holidays?
  4. Phone: Is this still the number, link or address to use?
  5. Is anything else wrong, or about to change?

Our sources
  1. 10 December 2024: https://quiet.example.org/leaflet
"""

    def test_is_ready_to_be_sent_and_is_not_sent(self, run, own):
        done = run("report", "quiet-house")
        text, _, last = done.out.rpartition("\n\n")
        assert f"{text}\n" == self.EXPECTED
        assert last.startswith("Our record: quiet-house, in signpost ")
        assert done.err.strip() == (
            "Nothing was sent. Copy the text into a letter or an e-mail of your own."
        )
        assert tree(own) == {"services/quiet-house.yaml": HOUSE.encode()}

    def test_says_what_nobody_has_published(self, run, isolated_home):
        out = run("report", "buxton-drop-in").out
        assert "no source confirms that it did" in out
        assert "No street address is published" in " ".join(out.split())

    def test_prints_no_number_for_professionals(self, run, own):
        path = own / "services" / "quiet-house.yaml"
        hidden = HOUSE.replace("kind: phone\n", "kind: phone\n    audience: professionals\n")
        path.write_text(hidden)
        assert "01298" not in run("report", "quiet-house").out

    def test_an_unknown_id_has_its_likes_and_the_emergency_lines(self, run, own):
        done = run("report", "quiet-hous")
        assert (done.code, done.out) == (2, "")
        assert "quiet-house" in done.err
        assert "999" in done.err

    @pytest.mark.parametrize("start", range(0, 400, 100))
    def test_every_shipped_record_has_one(self, run, isolated_home, start):
        names = json.loads(run("due", "--by", "2099-01-01", "--format", "json").out)["tasks"]
        for task in names[start : start + 100 : 20]:
            done = run("report", task["id"])
            assert done.code == 0
            assert "What we would like to know" in done.out


class TestChanges:
    RECORDS = (
        service("quiet-house", door(), kind="drop_in", replaced_by="calm-house",
                life=life("opens 2024-02", "closes 2024-03-31")),
        service("night-line", channel(regimes=(
            {"until": "2024-03-31", "number": "0300 790 0596", "hours": "Mo-Su 09:00-24:00"},
            {"since": "2024-04-01", "number": "0800 028 0077", "menu_option": "2"},
        ))),
        service("new-place", life=life("opens 2024-05 planned")),
    )  # fmt: skip
    TABLE = """\
5 changes from 10 February 2024 to 31 December 2024.

February 2024: opened: Quiet house (quiet-house)
  the day is not known; it may lie outside these dates

1 April 2024: hours changed: Night line (night-line, line)
  was: every day, 9am to midnight; bank holidays not published
  now: 24 hours a day, every day

1 April 2024: number changed: Night line (night-line, line)
  was: 0300 790 0596
  now: 0800 028 0077 then 2

31 March 2024: closed (this was the last day): Quiet house (quiet-house)
  use instead: calm-house

May 2024: planned: opened; no source says yet that it happened: New place
  (new-place)
"""

    def printed(self, capsys, form, since="2024-02-10", until="2024-12-31"):
        span = day(since), day(until)
        show_changes(changes_between(self.RECORDS, *span), *span, form)
        return capsys.readouterr().out

    def test_as_a_table_of_80_columns(self, capsys, monkeypatch):
        monkeypatch.setenv("COLUMNS", "80")
        assert self.printed(capsys, Format.TABLE) == self.TABLE

    def test_by_ear_a_change_a_line(self, capsys):
        out = self.printed(capsys, Format.PLAIN, "2024-04-01", "2024-04-01").splitlines()
        assert out == [
            "3 changes from 1 April 2024 to 1 April 2024.",
            "1 April 2024: hours changed: Night line (night-line, line); was: every day, 9am to "
            "midnight; bank holidays not published; now: 24 hours a day, every day",
            "1 April 2024: number changed: Night line (night-line, line); was: 0300 790 0596; "
            "now: 0800 028 0077 then 2",
            "31 March 2024: closed (this was the last day): Quiet house (quiet-house); "
            "use instead: calm-house",
        ]

    def test_for_programs(self, capsys):
        found = json.loads(self.printed(capsys, Format.JSON))
        assert found["schema"] == "signpost/changes/1"
        opened, *_, planned = found["changes"]
        assert opened | {"date": "2024-02", "first": "2024-02-01", "last": "2024-02-29",
                         "sure": False, "planned": False} == opened  # fmt: skip
        assert planned["planned"] is True

    def test_for_spreadsheets(self, capsys):
        rows = list(csv.DictReader(io.StringIO(self.printed(capsys, Format.CSV))))
        assert [row["what"] for row in rows] == ["opened", "hours", "number", "closed", "opened"]
        assert rows[2]["after"] == "0800 028 0077 then 2"

    def test_the_command_reads_the_records_of_an_area(self, run, own):
        done = run("changes", "--since", "2024-01-01", "--area", "district:High Peak",
                   "--format", "plain")  # fmt: skip
        assert "May 2024: opened: Quiet House (quiet-house)" in done.out
        assert "Swansea" not in done.out

    def test_derbyshires_line_changed_its_number_in_2020(self, run, isolated_home):
        done = run("changes", "--since", "2020-07-01", "--until", "2020-08-31", "--format", "plain",
                   "--area", "county:Derbyshire")  # fmt: skip
        assert "was: 0300 790 0596; now: 0800 028 0077" in done.out

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            (("--since", "2024-05-01", "--until", "2024-04-01"), "swap the two days"),
            (("--since", "once"), "--since"),
            ((), "--since"),
        ],
    )
    def test_nonsense_is_refused(self, run, options, said):
        done = run("changes", *options)
        assert done.code in (2, 3)
        assert said in done.err

    def test_no_change_is_said(self, run, own):
        done = run("changes", "--since", "1930-01-01", "--until", "1930-01-02", "--format", "plain")
        assert done.out == "No change is dated from 1 January 1930 to 2 January 1930.\n"


class TestAlert:
    WRITTEN = """\
id: quiet-house-2026-11-24
effect: closed
services: [quiet-house]
from: 2026-11-24T12:00
until: 2026-11-30
what: "Burst pipe; \\"no heating\\""
instead: samaritans
sources:
  - url: unknown
    published: 2026-11-24
    grade: assured
    supports: [life]
    says: written down by signpost alert
"""
    ARGS = ("alert", "quiet-house", "--what", "heating")

    def alerts(self, own):
        return sorted(os.listdir(own / "alerts")) if (own / "alerts").exists() else []

    def test_one_is_written_whole_and_checks_clean(self, run, own):
        done = run("alert", "quiet-house", "--until", "30/11/2026", "--what",
                   'Burst pipe; "no heating"', "--instead", "samaritans")  # fmt: skip
        path = own / "alerts" / "quiet-house-2026-11-24.yaml"
        assert done.code == 0
        assert "closed to the end of 30 November 2026; use Samaritans instead" in done.out
        assert path.read_text() == self.WRITTEN
        assert run("check", str(path)).code == 0

    def test_the_service_is_no_longer_open_and_the_alert_is_listed(self, run, own):
        ask = ("now", "--near", "Buxton", "--at", "2026-11-24T19:00", "--format", "json")

        def is_open():
            return any(row["service"] == "quiet-house" for row in json.loads(run(*ask).out)["open"])

        assert is_open()
        run(*self.ARGS, "--until", "2026-11-30")
        assert not is_open()
        listed = json.loads(run("alert", "--list", "--format", "json").out)["alerts"]
        [found] = [entry for entry in listed if entry["services"] == ["quiet-house"]]
        assert found["until"] == "2026-11-30"
        assert "quiet-house-2026-11-24: quiet-house" in run("alert", "--list").out

    def test_the_line_is_down_from_now_to_the_minute_it_ends(self, run, own):
        run(*self.ARGS, "--channel", "line", "--until", "4pm", "--instead", "samaritans")

        def stands(at):
            """Where the line stands then, its end, and what the alert says."""
            found = json.loads(run("now", "--near", "Buxton", "--at", f"2026-11-24T{at}",
                                   "--format", "json").out)  # fmt: skip
            for section in ("open", "check_first", "opens_later"):
                for row in found[section]:
                    if (row["service"], row["channel"]["id"]) == ("quiet-house", "line"):
                        return section, (row["until"] or "")[11:16], row["alert"]
            return None

        alert = {"text": "heating", "until": "2026-11-24T16:00", "instead": "samaritans"}
        assert stands("11:59") == ("open", "12:00", None)
        assert stands("12:00") == stands("15:59") == ("check_first", "", alert)
        assert stands("16:00") == ("open", "17:00", None)

    def test_what_an_alert_of_a_channel_promises_holds_as_scenarios(self, own):
        (own / "alerts").mkdir()
        (own / "alerts" / "quiet-line-down.yaml").write_text(
            "id: quiet-line-down\neffect: closed\nchannels: [quiet-house/line]\n"
            "from: 2026-12-01T10:00\nuntil: 2026-12-01T16:00\nwhat: The line is down.\n"
            "instead: samaritans\nsources:\n  - {url: unknown, published: 2026-12-01, "
            "grade: assured, supports: [life]}\n"
        )
        (own / "scenarios").mkdir()
        (own / "scenarios" / "alerts.yaml").write_text("""\
- what: Up to the alert's first minute the line is open, until then
  at: 2026-12-01T09:30
  near: Buxton
  open: [quiet-house/line]
  until: {quiet-house/line: 2026-12-01T10:00}
- what: While it runs the line is to be checked first, with the alert
  at: 2026-12-01T12:00
  near: Buxton
  check_first: [quiet-house/line]
  reasons: {quiet-house/line: [alert]}
- what: The minute it is over the line is open again until its own end
  at: 2026-12-01T16:00
  near: Buxton
  open: [quiet-house/line]
  until: {quiet-house/line: 2026-12-01T17:00}
- what: The door of the house is none of its business
  at: 2026-12-01T12:00
  near: Buxton
  opens_later: [quiet-house/door]
  opens: {quiet-house/door: 2026-12-01T18:00}
""")
        verdict = judge_folder(own, (own,))
        assert (verdict.asked, verdict.problems, verdict.failures) == (4, (), ())

    def test_one_of_a_channel_leaves_the_others_open(self, run, own):
        done = run(*self.ARGS, "--channel", "line", "--channel", "line", "--until", "fri 9pm")
        assert "Quiet House (line) is shown as closed until 9pm on 27 November 2026" in done.out
        written = read(own / "alerts" / "quiet-house-2026-11-24.yaml")
        assert written["channels"] == ["quiet-house/line"]
        assert "services" not in written
        assert run("check", str(own / "alerts" / "quiet-house-2026-11-24.yaml")).code == 0
        found = json.loads(run("now", "--near", "Buxton", "--at", "2026-11-24T19:00", "--format",
                               "json").out)  # fmt: skip
        door = [row for row in found["open"] if row["service"] == "quiet-house"]
        assert [row["channel"]["id"] for row in door] == ["door"]

    def test_one_without_an_end_heads_what_is_due(self, run, own):
        run(*self.ARGS, "--until", "unknown")
        first, *_ = json.loads(run("due", "--format", "json").out)["tasks"]
        assert (first["id"], first["code"]) == ("quiet-house", "alert_without_end")

    @pytest.mark.parametrize(
        ("until", "written", "said"),
        [
            # a day is its last, to midnight
            ("tomorrow", "2026-11-25", "to the end of 25 November 2026"),
            ("fri", "2026-11-27", "to the end of 27 November 2026"),
            ("24/11/2026", "2026-11-24", "to the end of 24 November 2026"),
            # a time is kept
            ("tonight 9pm", "2026-11-24T21:00", "until 9pm on 24 November 2026"),
            ("fri 9pm", "2026-11-27T21:00", "until 9pm on 27 November 2026"),
            ("2026-11-25T02:00", "2026-11-25T02:00", "until 2am on 25 November 2026"),
            ("2026-11-25T02:00+01:00", "2026-11-25T01:00", "until 1am on 25 November 2026"),
            ("12:01", "2026-11-24T12:01", "until 12:01pm on 24 November 2026"),
            # a time without a day is the next one, and so is the only reading still to come
            ("2am", "2026-11-25T02:00", "until 2am on 25 November 2026"),
            ("midday", "2026-11-25T12:00", "until midday on 25 November 2026"),
            ("midnight", "2026-11-25T00:00", "until the start of 25 November 2026"),
            ("tonight 2am", "2026-11-25T02:00", "until 2am on 25 November 2026"),
            ("Unknown", "unknown", "until it is ended"),
        ],
    )
    def test_its_end_is_kept_to_the_minute(self, run, own, until, written, said):
        done = run(*self.ARGS, "--until", until)
        [name] = self.alerts(own)
        assert read(own / "alerts" / name)["until"] == written
        assert f"is shown as closed {said}. End it" in done.out

    def test_an_end_at_2am_does_not_shut_the_next_evening(self, run, own):
        run(*self.ARGS, "--until", "2am")
        for at, is_open in (("24T19:00", False), ("25T19:00", True)):
            found = json.loads(run("now", "--near", "Buxton", "--at", f"2026-11-{at}", "--format",
                                   "json").out)  # fmt: skip
            assert is_open == any(row["service"] == "quiet-house" for row in found["open"])

    def test_a_second_one_of_a_day_gets_a_number(self, run, own):
        for _ in range(3):
            run(*self.ARGS, "--until", "tomorrow")
        assert self.alerts(own) == [f"quiet-house-2026-11-24{more}.yaml" for more in
                                    ("-2", "-3", "")]  # fmt: skip

    def test_one_that_has_run_is_over_from_that_minute_and_keeps_its_comments(
        self, run, own, monkeypatch
    ):
        run(*self.ARGS, "--until", "unknown")
        path = own / "alerts" / "quiet-house-2026-11-24.yaml"
        path.write_text(text := path.read_text().replace("unknown\n", "unknown # plumber\n", 1))
        monkeypatch.setenv("SIGNPOST_AT", "2026-11-26T09:00")
        done = run("alert", "--end", path.stem)
        assert "it ran until 9am on 26 November 2026" in done.out
        assert path.read_text() == text.replace("until: unknown #", "until: 2026-11-26T09:00 #")
        assert "was over already" in run("alert", "--end", path.stem).out
        assert run("check", str(path)).code == 0

    def test_one_whose_last_day_is_past_was_over_already(self, run, own, monkeypatch):
        run(*self.ARGS, "--until", "tomorrow")
        monkeypatch.setenv("SIGNPOST_AT", "2026-11-26T00:00")
        said = run("alert", "--end", "quiet-house-2026-11-24").out
        assert "was over already: it ran to the end of 25 November 2026" in said

    def test_one_of_which_nothing_has_been_is_taken_away(self, run, own):
        run(*self.ARGS, "--until", "tomorrow")
        assert "taken away" in run("alert", "--end", "quiet-house-2026-11-24").out
        assert self.alerts(own) == []

    @pytest.mark.parametrize("text", ["- id: broken\n", "id: [\n", "id: broken\nfrom: once\n"])
    def test_one_that_cannot_be_read_is_not_taken_for_one_that_is_over(self, run, own, text):
        (own / "alerts").mkdir()
        path = own / "alerts" / "broken.yaml"
        path.write_text(text)
        said = run("alert", "--end", "broken")
        assert "was over already" not in said.out
        assert path.exists()

    LISTED = """\
quiet-house-2026-11-24: other-house, quiet-house/line
closed from midday on 24 November 2026 without an end
heating
instead: samaritans

old-lines: every nhs crisis line in England
overtaken from April 2024 without an end
NHS 111 took over
instead: nhs-111
"""

    def test_a_list_as_a_table_by_ear_and_for_spreadsheets(self, capsys, monkeypatch):
        monkeypatch.setenv("COLUMNS", "80")
        found = (
            notice(since="2026-11-24T12:00", id="quiet-house-2026-11-24", services=("other-house",),
                   channels=("quiet-house/line",), what="heating", instead="samaritans"),
            notice("overtaken", "2024-04", id="old-lines", services=(), role="nhs_crisis_line",
                   nation="England", what="NHS 111 took over"),
        )  # fmt: skip
        show_alerts(found, Format.TABLE)
        assert capsys.readouterr().out == self.LISTED
        show_alerts(found, Format.PLAIN)
        entries = self.LISTED.split("\n\n")
        assert capsys.readouterr().out.splitlines() == [
            "; ".join(entry.strip().splitlines()) for entry in entries
        ]
        show_alerts(found, Format.CSV)
        first, second = csv.DictReader(io.StringIO(capsys.readouterr().out))
        assert (first["services"], first["channels"], first["until"], first["instead"]) == (
            "other-house", "quiet-house/line", "", "samaritans")  # fmt: skip
        assert (second["effect"], second["from"]) == ("overtaken", "2024-04")
        for form in (Format.PLAIN, Format.TABLE):
            show_alerts((), form)
            assert capsys.readouterr().out == "No alert is in force.\n"

    def test_only_what_is_in_force_or_to_come_is_listed_the_endless_first(self):
        alerts = [
            notice(id="over", since="2026-01-01", until="2026-11-23"),
            notice(id="this-minute", since="2026-01-01", until="2026-11-24T12:00"),
            notice(id="tonight", since="2026-01-01", until="2026-11-24T18:00"),
            notice(id="last-day", since="2026-01-01", until="2026-11-24"),
            notice(id="to-come", since="2026-12-01", until="2026-12-02"),
            notice(id="endless", since="2026-11-01"),
        ]
        listed = [found.id for found in current(alerts, moment("2026-11-24T12:00"))]
        assert listed == ["endless", "tonight", "last-day", "to-come"]

    @pytest.mark.parametrize(
        ("args", "said"),
        [
            (("alert",), "one of them"),
            (("alert", "quiet-house", "--list"), "one of them"),
            (("alert", "quiet-house"), "needs --until"),
            (("alert", "quiet-hose", "--until", "fri", "--what", "x"), "quiet-house"),
            (("alert", "quiet-house", "--until", "2026-11-23", "--what", "x"), "is past"),
            (("alert", "quiet-house", "--until", "later", "--what", "x"), '"later" is not a day'),
            (("alert", "quiet-house", "--until", " ", "--what", "x"), "is not a day or a time"),
            (("alert", "quiet-house", "--until", "today 2am", "--what", "x"), "is past"),
            (("alert", "quiet-house", "--until", "2026-11-24T12:00", "--what", "x"), "is past"),
            (("alert", "quiet-house", "--until", "fri midnight", "--what", "x"), "say which"),
            (("alert", "quiet-house", "--until", "fri", "--what", "x", "--channel", "lin"),
             "did you mean line?"),
            (("alert", "quiet-house", "--until", "fri", "--what", " "), "say what happened"),
            (("alert", "quiet-house", "--until", "fri", "--what", "a\u202eb"), "U+202E"),
            (("alert", "quiet-house", "--until", "fri", "--what", "x" * 201), "200 characters"),
            (("alert", "quiet-house", "--until", "fri", "--what", "x", "--instead", "samaritan"),
             "samaritans"),
            (("alert", "quiet-house", "--until", "fri", "--what", "x", "--instead", "quiet-house"),
             "cannot stand in for itself"),
            (("alert", "samaritans", "--until", "fri", "--what", "x"), "printed in every answer"),
            (("alert", "--end", "nothing"), "signpost alert --list"),
        ],
    )  # fmt: skip
    def test_nonsense_is_refused_and_nothing_written(self, run, own, args, said):
        done = run(*args)
        assert done.code in (2, 3)
        assert said in done.err
        assert "999" in done.err
        assert self.alerts(own) == []

    def test_without_a_folder_of_ones_own_it_says_so(self, run, isolated_home):
        done = run("alert", "buxton-drop-in", "--until", "fri", "--what", "x")
        assert "--data DIR" in done.err
