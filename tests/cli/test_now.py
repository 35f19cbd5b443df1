"""`signpost now`: whatever is asked, the floor is in the answer, in the format asked for."""

import csv
import io
import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from signpost.cli import COMMANDS, INTERNAL
from signpost.cli.options import Format
from signpost.cli.schema import read_schema
from signpost.core.services import CHANNEL_KINDS, GROUPS
from tests.conftest import Result, Run

VALIDATOR = Draft202012Validator(json.loads(read_schema("answer")), format_checker=FormatChecker())

ALWAYS = ("999", "116 123")
"""Life at risk, and somebody to talk to: in every output, whatever the person and the nation."""

FORMATS = tuple(Format)
BUXTON = ("now", "--near", "Buxton", "--at", "2023-08-12T19:30")


def record_of(result: Result) -> dict[str, Any]:
    """The JSON printed, held to the published schema."""
    record = json.loads(result.out)
    VALIDATOR.validate(record)
    assert isinstance(record, dict)
    return record


def assert_floor(result: Result, form: str, adult: bool = True) -> None:
    """The emergency lines stand first in the output, readable as the format says."""
    if form == "json":
        contacts = [option["channel"]["contact"] for option in record_of(result)["emergency"]]
    elif form == "csv":
        rows = list(csv.DictReader(io.StringIO(result.out)))
        contacts = [row["contact"] for row in rows if row["section"] == "emergency"]
        assert rows[0]["section"] == "emergency"
    else:
        head = " ".join(result.out.split())[:1500]
        contacts = [number for number in (*ALWAYS, "111", "85258", "0800 1111") if number in head]
        assert head.index("999") < 200
    for number in ALWAYS:
        assert number in contacts
    if adult:
        assert any("85258" in str(contact) for contact in contacts)


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(VALIDATOR.schema)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (("--near", "Buxton", "--at", "2023-08-12T19:30"), 0),
        ((), 0),
        (("--age", "9"), 0),
        (("--by", "in_person", "--within", "1km", "--near", "Buxton"), 0),
        (("--near", "Newport"), 3),
        (("--near", "Xqzzyplonk"), 3),
        (("--near", ""), 3),
        (("--at", "2024-10-27T01:30"), 3),
        (("--at", "2024-03-31T01:30"), 3),
        (("--at", "31 feb 2026 9pm"), 3),
        (("--at", "9999-12-31T23:59"), 3),
        (("--at", "2199-12-31T23:59"), 0),
        (("--at", "1900-01-01T00:00"), 0),
        (("--age", "-3"), 2),
        (("--age", "abc"), 2),
        (("--for", "nhsstaff"), 2),
        (("--by", "pigeon"), 2),
        (("--within", "far"), 2),
        (("--clock", "13"), 2),
        (("--near",), 2),
        (("--bogus",), 2),
        (("stray", "words"), 2),
        (("--data", "/nowhere/at/all"), 4),
        (("--data", "x" * 5000), 4),
        (("--near", "\udcff\udcfe"), 3),
    ],
    ids=str,
)
def test_the_floor_is_printed_with_every_exit_code(
    run: Run, form: str, argv: tuple[str, ...], code: int
) -> None:
    result = run("now", f"--format={form}", *argv)
    assert result.code == code, result.err
    assert_floor(result, form, adult=not {"9", "1900-01-01T00:00"} & {*argv})
    assert "Traceback" not in result.out + result.err
    if code:
        assert result.err.startswith("signpost: ")
    else:
        assert result.err == ""


@pytest.mark.parametrize("form", FORMATS)
def test_the_floor_is_printed_after_a_fault_of_our_own(
    run: Run, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    def fault(*_: object) -> None:
        raise ZeroDivisionError("a\nfault")

    monkeypatch.setattr("signpost.cli.now.answer", fault)
    result = run("now", "--format", form)
    assert result.code == INTERNAL
    assert_floor(result, form)
    assert result.err == "signpost: internal fault: ZeroDivisionError: a fault\n"


def test_a_fault_shows_its_traceback_when_debugging_and_the_floor_all_the_same(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setenv("SIGNPOST_DEBUG", "1")
    monkeypatch.setattr("signpost.cli.now.answer", fault)
    result = run("now")
    assert result.code == INTERNAL
    assert "Traceback" in result.err
    assert_floor(result, "plain")


@pytest.mark.parametrize("form", FORMATS)
def test_the_floor_needs_neither_data_nor_the_hours_engine(
    run: Run, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    def fault(*_: object) -> None:
        raise RecursionError("everything is broken")

    for name in ("signpost.cli.now.answer", "signpost.cli.refusal.floor_options"):
        monkeypatch.setattr(name, fault)
    result = run("now", "--format", form)
    assert result.code == INTERNAL
    assert_floor(result, form)


@pytest.mark.parametrize("form", FORMATS)
def test_the_floor_is_printed_when_there_are_no_data_at_all(
    run: Run, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    from signpost.dataset.directory import Directory
    from signpost.dataset.snapshot import NoData

    def nothing(*_: object) -> None:
        raise NoData("the data are gone")

    monkeypatch.setattr(Directory, "open", nothing)
    result = run("now", "--near", "Buxton", "--format", form)
    assert result.code == 4
    assert_floor(result, form)
    assert "the data are gone" in result.err


def test_an_unknown_format_is_refused_and_the_floor_is_plain(run: Run) -> None:
    result = run("now", "--format", "xml")
    assert result.code == 2
    assert "'table', 'plain', 'json', 'csv'" in result.err
    assert_floor(result, "plain")


def test_formats_may_be_typed_in_capitals(run: Run) -> None:
    assert record_of(run(*BUXTON, "--format", "JSON"))["emergency"]
    assert run("now", "--age", "x", "--format", "JSON").out.startswith("{")


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (("--for", "nhsstaff"), "did you mean nhs_staff?"),
        (("--for", "qqqq"), "one of: nhs_staff"),
        (("--by", "fone"), "did you mean phone?"),
        (("--age", "-3"), "whole years from 0 to 120"),
        (("--age", "121"), "whole years from 0 to 120"),
        (("--age", "٣٠"), "whole years from 0 to 120"),
        (("--within", "far"), "write 10mi or 15km"),
        (("--within", "0"), "write 10mi or 15km"),
        (("--within", "nan"), "write 10mi or 15km"),
        (("--within", "inf"), "write 10mi or 15km"),
        (("--near",), "requires an argument"),
        (("--ner", "Buxton"), "No such option: --ner"),
        (("--near", "Buxtn"), "Buxton, Derbyshire"),
        (("--data", "/nowhere"), "/nowhere"),
    ],
    ids=str,
)
def test_a_refusal_names_the_fault_and_the_remedy(
    run: Run, argv: tuple[str, ...], says: str
) -> None:
    result = run("now", *argv)
    assert says in result.err


@pytest.mark.parametrize("typed", ["Newport", "Ashford", "Buxtn", "Bakewel"])
def test_every_candidate_of_a_place_resolves_when_typed_back(run: Run, typed: str) -> None:
    refused = run("now", "--near", typed, "--format", "json")
    assert refused.code == 3
    candidates = record_of(refused)["error"]["candidates"]
    assert candidates
    for candidate in candidates:
        assert f"  {candidate}\n" in refused.err
        again = run("now", "--near", candidate, "--format", "json")
        assert again.code == 0, again.err


@pytest.mark.parametrize("at", ["2024-10-27T01:30", "2024-03-31T01:30", "midnight"])
def test_every_reading_of_a_moment_is_answered_when_typed_back(run: Run, at: str) -> None:
    refused = record_of(run("now", "--at", at, "--format", "json"))
    assert refused["error"]["code"] == "ambiguous_moment"
    assert len(refused["error"]["candidates"]) == 2
    for reading in refused["error"]["candidates"]:
        assert run("now", "--at", reading).code == 0


def test_the_floor_of_a_refusal_is_that_of_the_moment_asked_about(run: Run) -> None:
    """The mental health option of 111 came in 2024; the choice was not there in 2021."""
    old, new = (
        {option["service"] for option in record_of(
            run("now", "--near", "Newport", "--at", at, "--format", "json"))["emergency"]}
        for at in ("2021-01-20T03:00", "2026-11-21T19:00")
    )  # fmt: skip
    assert "nhs-111-mental-health-england" in new - old


def test_signpost_at_freezes_the_clock(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGNPOST_AT", "2023-08-12T19:30")
    asked = record_of(run("now", "--near", "Buxton", "--format", "json"))["asked"]
    assert (asked["at"], asked["frozen"]) == ("2023-08-12T19:30:00+01:00", True)
    given = record_of(run("now", "--at", "2026-12-25T03:00", "--format", "json"))["asked"]
    assert given["at"] == "2026-12-25T03:00:00+00:00"


def test_now_is_said_only_when_it_is_now(run: Run) -> None:
    assert run("now").out.startswith("Now: ")
    assert run("now", "--at", "2023-08-12T19:30").out.startswith("NOT NOW: Saturday 12 August 2023")


@pytest.mark.parametrize("form", ["json", "csv"])
def test_machine_output_changes_with_no_terminal_locale_or_colour(
    run: Run, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    usual = run(*BUXTON, "--format", form)
    for name, value in [("LC_ALL", "cy_GB.UTF-8"), ("TERM", "dumb"), ("NO_COLOR", "1"),
                        ("FORCE_COLOR", "1"), ("TZ", "Asia/Tokyo")]:  # fmt: skip
        monkeypatch.setenv(name, value)
    assert run(*BUXTON, "--format", form, columns=20) == usual
    assert run(*BUXTON, "--format", form, "--clock", "24", "--all") == usual


def test_one_answer_says_the_same_in_json_and_csv(run: Run) -> None:
    record = record_of(run(*BUXTON, "--format", "json"))
    rows = list(csv.DictReader(io.StringIO(run(*BUXTON, "--format", "csv").out)))
    for section in ("emergency", "open", "check_first", "opens_later"):
        said = [(row["service"], row["channel"], row["state"]) for row in rows
                if row["section"] == section]  # fmt: skip
        assert said == [(option["service"], option["channel"]["kind"], option["state"])
                        for option in record[section]]  # fmt: skip


def test_without_a_command_the_help_is_shown(run: Run) -> None:
    bare = run()
    assert bare.code == 0
    assert bare == run("--help") == run("-h")
    assert "999" in bare.out


def test_an_unknown_command_is_refused_with_the_nearest(run: Run) -> None:
    result = run("nwo", "--near", "Buxton")
    assert result.code == 2
    assert re.search(r"Did you mean .*'now'", result.err)
    assert "999" in result.err
    assert result.out == ""


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_fits_a_screen(run: Run, command: str) -> None:
    result = run(*command.split(), "--help")
    assert result.code == 0
    lines = result.out.splitlines()
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 80


words = st.text(st.characters(exclude_characters="\0"), max_size=12)
"""What a command line can hold: all but NUL; lone surrogates stand for bytes that are no text."""
places = st.sampled_from(
    ["Buxton", "Newport", "Derby", "Cardiff", "Belfast", "Glasgow", "SK17 6BD", "W1A", "53.2,-1.9",
     "area:nation:Wales", "Ripley, Surrey", "Nowhere at all"]
) | words  # fmt: skip
moments = st.sampled_from(
    ["2023-08-12T19:30", "2021-01-20T03:00", "2026-12-25T03:00", "2024-10-27T01:30", "sat 19:30",
     "0001-01-01T00:00", "9999-12-31T23:59", "1970-01-01T00:00", "2100-07-01T12:00Z", "midnight"]
) | words  # fmt: skip
options = st.one_of(
    st.tuples(st.just("--near"), places),
    st.tuples(st.just("--at"), moments),
    st.tuples(st.just("--for"), st.sampled_from(sorted(GROUPS)) | words),
    st.tuples(st.just("--age"), st.integers(-2, 130).map(str) | words),
    st.tuples(st.just("--by"), st.sampled_from(CHANNEL_KINDS) | words),
    st.tuples(st.just("--within"), st.sampled_from(["1mi", "10km", "500"]) | words),
    st.tuples(st.just("--clock"), st.sampled_from(["12", "24"]) | words),
    st.tuples(st.just("--data"), words),
    st.tuples(st.just("--all")),
    st.tuples(st.sampled_from(["--near", "--at", "--for", "--age", "--format", "--"])),
    st.tuples(words),
)  # fmt: skip
command_lines = st.lists(options, max_size=5).map(
    lambda found: tuple(word for part in found for word in part)
)


def check_any(run: Run, argv: tuple[str, ...], form: str) -> None:
    result = run("now", "--format", form, *argv)
    if {"--help", "-h"} & {*argv}:
        return
    assert result.code in (0, 2, 3, 4), result.err
    last = [word for before, word in zip(("", *argv), argv, strict=False) if before == "--format"]
    assert_floor(result, form if not last else last[-1], adult=False)


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(command_lines, st.sampled_from(FORMATS))
def test_whatever_the_arguments_the_floor_is_printed(
    run: Run, argv: tuple[str, ...], form: str
) -> None:
    check_any(run, argv, form)


@pytest.mark.long
@settings(
    max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(command_lines, st.sampled_from(FORMATS))
def test_whatever_the_arguments_the_floor_is_printed_at_length(
    run: Run, argv: tuple[str, ...], form: str
) -> None:
    check_any(run, argv, form)


EARLIEST, LATEST = datetime(1900, 1, 1), datetime(2199, 12, 31)  # noqa: DTZ001 - wall times
sensible = st.lists(
    st.one_of(
        st.tuples(st.just("--near"), st.sampled_from(["Buxton", "Leeds", "Cardiff", "Perth",
                  "Belfast", "Stornoway", "Penzance", "Blackpool", "London", "SW1A 1AA"])),
        st.tuples(st.just("--for"), st.sampled_from(sorted(GROUPS))),
        st.tuples(st.just("--age"), st.integers(0, 120).map(str)),
        st.tuples(st.just("--by"), st.sampled_from(CHANNEL_KINDS)),
        st.tuples(st.just("--within"), st.integers(1, 900).map(lambda miles: f"{miles}mi")),
        st.tuples(st.just("--at"), st.datetimes(EARLIEST, LATEST).map(
                  lambda at: f"{at.isoformat()[:16]}Z")),
    ), max_size=5,
).map(lambda found: tuple(word for part in found for word in part))  # fmt: skip


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(sensible)
def test_every_answer_keeps_to_the_schema_and_its_sections(
    run: Run, argv: tuple[str, ...]
) -> None:
    result = run("now", "--format", "json", *argv)
    assert result.code == 0, result.err
    record = record_of(result)
    assert all(option["state"] == "open" for option in record["open"])
    assert all(option["usable_alone"] for option in record["open"])
    assert all(option["channel"]["contact"] for option in record["open"])
    assert all(option["opens"] for option in record["opens_later"])
    floor = {option["service"] for option in record["emergency"]}
    for section in ("open", "check_first", "opens_later"):
        assert floor.isdisjoint(option["service"] for option in record[section])
    for option in record["check_first"]:
        assert option["reasons"], option["service"]
        assert all(reason["text"] for reason in option["reasons"])


def test_a_keepers_check_is_told_in_the_evidence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "services").mkdir()
    (tmp_path / "assured.yaml").write_text(
        "- {id: derby-safe-haven, on: 2026-11-20, how: visit, with: manager, fields: [hours]}\n"
    )
    result = run("now", "--near", "Derby", "--at", "2026-11-24T19:00", "--format", "json",
                 "--data", str(tmp_path))  # fmt: skip
    found = [option for option in json.loads(result.out)["check_first"]
             if option["service"] == "derby-safe-haven"]  # fmt: skip
    assert [option["evidence"]["assured"] for option in found] == ["2026-11-20"]
    assert [option["evidence"]["last_confirmed"] for option in found] == ["2026-11-20"]
