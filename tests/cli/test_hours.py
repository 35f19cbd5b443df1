"""`signpost hours`: an expression in words, on a grid, at moments; its faults; its JSON."""

import json
import re
import sys
from datetime import datetime
from importlib import resources
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.conftest import Run

DOOR = "Mo-Fr 18:00-23:00; Sa,Su,PH 12:30-23:00; Dec 25 off"
SILENT = "Mo-Fr 18:00-23:00"
FRIDAY = "2026-11-20T19:00"


@pytest.fixture(autouse=True)
def _frozen(monkeypatch: pytest.MonkeyPatch, isolated_home: object) -> None:
    monkeypatch.setenv("SIGNPOST_AT", FRIDAY)


def _schema() -> dict[str, Any]:
    folder = resources.files("signpost.render") / "schemas"
    found: dict[str, Any] = json.loads((folder / "hours.json").read_text(encoding="utf-8"))
    return found


def _json(run: Run, *argv: str) -> dict[str, Any]:
    result = run("hours", *argv, "--format", "json")
    assert result.code == 0, result.err
    record: dict[str, Any] = json.loads(result.out)
    Draft202012Validator(_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER).validate(
        record
    )
    return record


def test_words_then_bank_holidays_then_fourteen_days(run: Run) -> None:
    lines = run("hours", DOOR).out.splitlines()
    assert lines[0] == (
        "Monday to Friday, 6pm to 11pm; weekends and bank holidays, 12:30pm to 11pm;"
        " closed 25 December"
    )
    assert lines[1] == "Bank holidays: as PH in the expression says."
    assert lines[2] == "The next is Friday 25 December 2026 (Christmas Day): closed"
    days = lines[3:]
    assert len(days) == 14
    assert days[0] == "Friday 20 November 2026: 6pm to 11pm open"
    assert days[1] == "Saturday 21 November 2026: 12:30pm to 11pm open"
    assert days[-1].startswith("Thursday 3 December 2026: ")


def test_another_spelling_is_understood_with_a_warning_and_the_correct_form(run: Run) -> None:
    lines = run("hours", "monday 18:00–23:00").out.splitlines()
    assert lines[:3] == [
        "Monday, 6pm to 11pm",
        "Written in full: Mo 18:00-23:00",
        'Warning: "monday" should be "Mo"',
    ]


def test_what_a_bank_holiday_does_is_named(run: Run) -> None:
    said = {
        ("24/7",): "open, as always",
        (SILENT,): "the expression does not say",
        (SILENT, "--bank-holidays", "closed"): "closed",
        (SILENT, "--bank-holidays", "as_sunday"): "as on a Sunday",
        (SILENT, "--bank-holidays", "as_usual"): "as usual",
        ("Mo-Fr 09:00-17:00; PH off",): "as PH in the expression says",
    }
    for argv, words in said.items():
        line = next(
            line for line in run("hours", *argv).out.splitlines() if line.startswith("Bank hol")
        )
        assert line.startswith(f"Bank holidays: {words}"), argv


def test_the_next_bank_holiday_is_the_nations_or_the_ones_given(run: Run) -> None:
    def following(*argv: str) -> str:
        lines = run("hours", SILENT, "--bank-holidays", "as_usual", *argv).out.splitlines()
        return next((line for line in lines if line.startswith("The next is")), "")

    assert "(St Andrew’s Day)" in following("--nation", "Scotland").replace("'", "’")
    assert "Friday 25 December 2026 (Christmas Day): 6pm to 11pm open" in following()
    assert "Tuesday 24 November 2026" in following("--holidays", "2026-12-25, 2026-11-24")
    assert following("--holidays", "none") == ""


@pytest.mark.parametrize("columns", [80, 40])
@pytest.mark.parametrize("hours", [DOOR, SILENT, 'Mo-Su 10:00-12:00,14:00-16:00 "rota"', "24/7"])
def test_the_grid_fits_and_says_every_day(run: Run, columns: int, hours: str) -> None:
    argv = ("hours", hours, "--format", "table", "--at", "2026-12-25T19:00")
    shown = run(*argv, columns=columns).out
    lines = shown.splitlines()
    assert max(map(len, lines)) <= columns
    assert all(line == line.rstrip() for line in lines)
    first = next(index for index, line in enumerate(lines) if line.startswith("Day"))
    assert lines[first + 1].startswith("Fri 20 Nov 2026")
    starts = ("Mon ", "Tue ", "Wed ", "Thu ", "Fri ", "Sat ", "Sun ")
    assert sum(line.startswith(starts) for line in lines[first:]) == 14


def test_the_grid_says_why_a_day_is_not_sure_once_in_a_note(run: Run) -> None:
    shown = run(
        "hours", SILENT, "--format", "table",
        "--from", "2026-12-24T00:00", "--to", "2026-12-30T00:00",
    ).out  # fmt: skip
    assert "Fri 25 Dec       6pm to 11pm unknown [1]  Christmas Day" in shown
    assert shown.count("1 bank holiday (Christmas Day") == 1


def test_moments_are_answered_with_what_comes_next(run: Run) -> None:
    out = run(
        "hours", SILENT, "--at", FRIDAY, "--at", "2026-11-21T12:00", "--at", "2026-12-25T19:00"
    ).out
    assert "Friday 20 November 2026, 7pm: open until 11pm\n" in out
    assert "Saturday 21 November 2026, midday: closed until Monday 23 November 2026, 6pm\n" in out
    assert "Friday 25 December 2026, 7pm: unknown until 11pm; bank holiday (Christmas Day" in out
    always = run("hours", "24/7", "--at", FRIDAY).out
    assert "Friday 20 November 2026, 7pm: open, with no change to come\n" in always
    clock = run("hours", SILENT, "--at", FRIDAY, "--clock", "24").out
    assert "Friday 20 November 2026, 19:00: open until 23:00\n" in clock
    assert "18:00 to 24:00 open" in run("hours", "18:00-24:00", "--clock", "24").out


def test_a_repeated_time_is_told_apart(run: Run) -> None:
    out = run("hours", "Su 00:00-01:30", "--at", "2026-10-25T01:10+00:00").out
    assert "Sunday 25 October 2026, 1:10am GMT: unknown until 1:30am GMT" in out
    assert "the clocks change in this hour" in out


def test_the_json_is_what_the_issue_asks_for(run: Run) -> None:
    record = _json(
        run, "monday 18:00-23:00; 20:00-21:00 off; PH off", "--at", "2026-11-23T19:00",
        "--at", "2026-11-24T19:00", "--from", "2026-11-23T18:30", "--to", "2026-11-23T22:00",
    )  # fmt: skip
    assert record["expr"] == "monday 18:00-23:00; 20:00-21:00 off; PH off"
    assert record["canonical"] == "Mo 18:00-23:00; 20:00-21:00 off; PH off"
    assert record["words"].startswith("Monday, 6pm to 11pm")
    assert record["warnings"] == ['"monday" should be "Mo"']
    assert [state["state"] for state in record["states"]] == ["open", "closed"]
    assert record["states"][0]["next_change"] == "2026-11-23T20:00:00+00:00"
    assert record["intervals"] == [
        ["2026-11-23T18:30:00+00:00", "2026-11-23T20:00:00+00:00", "open", None],
        ["2026-11-23T21:00:00+00:00", "2026-11-23T22:00:00+00:00", "open", None],
    ]


def test_the_json_gives_reasons_in_words_and_as_codes(run: Run) -> None:
    (state,) = _json(run, 'Mo-Fr 18:00-23:00 "rota"', "--at", FRIDAY)["states"]
    assert state["state"] == "unknown"
    assert state["comment"] == "rota"
    assert state["reason_codes"] == ["hours_unknown"]
    assert state["reason"] == "rota"
    (state,) = _json(run, SILENT, "--at", "2026-12-25T19:00")["states"]
    assert state["reason_codes"] == ["bank_holiday_unstated"]
    assert "Christmas Day" in state["reason"]
    assert state["comment"] is None


def test_the_json_joins_intervals_that_differ_in_their_reasons_alone(run: Run) -> None:
    record = _json(run, "24/7; Jun 1 off", "--from", "2026-12-25T00:00", "--to", "2026-12-27T00:00")
    assert record["intervals"] == [
        ["2026-12-25T00:00:00+00:00", "2026-12-27T00:00:00+00:00", "unknown", None]
    ]


def test_the_json_answers_for_the_present_moment_and_lists_nothing_unasked(run: Run) -> None:
    record = _json(run, "24/7")
    assert [state["at"] for state in record["states"]] == ["2026-11-20T19:00:00+00:00"]
    assert record["states"][0]["next_change"] is None
    assert "intervals" not in record


def test_the_json_never_changes_with_the_terminal(run: Run) -> None:
    argv = ("hours", DOOR, "--at", FRIDAY, "--format", "json")
    assert run(*argv, columns=40).out == run(*argv, "--clock", "24", columns=200).out


def test_the_schema_refuses_what_is_not_its_own(run: Run) -> None:
    record = _json(run, SILENT, "--from", FRIDAY, "--to", "2026-11-21T12:00")
    validator = Draft202012Validator(_schema())
    assert not validator.is_valid({**record, "states": []})
    assert not validator.is_valid(
        {**record, "intervals": [[*record["intervals"][0][:2], "closed"]]}
    )
    assert not validator.is_valid({**record, "schema": "signpost/hours/2"})
    for name in ("expr", "canonical", "words", "warnings", "states"):
        assert not validator.is_valid({key: record[key] for key in record if key != name})


def test_a_zone_has_its_own_clocks(run: Run) -> None:
    record = _json(run, "Mo-Fr 09:00-17:00", "--zone", "America/New_York",
                   "--at", "2026-11-20T16:00")  # fmt: skip
    assert record["zone"] == "America/New_York"
    assert record["states"][0]["at"] == "2026-11-20T16:00:00-05:00"
    assert record["states"][0]["next_change"] == "2026-11-20T17:00:00-05:00"


def test_nations_differ(run: Run) -> None:
    hours = ("Mo-Fr 09:00-17:00; PH off", "--at", "2026-11-30T10:00")
    assert _json(run, *hours)["states"][0]["state"] == "open"
    assert _json(run, *hours, "--nation", "Scotland")["states"][0]["state"] == "closed"
    assert _json(run, *hours, "--holidays", "2026-11-30")["states"][0]["state"] == "closed"
    given = (*hours, "--nation", "Scotland", "--holidays", "none")
    assert _json(run, *given)["states"][0]["state"] == "open"


def test_without_holidays_a_search_still_ends(run: Run) -> None:
    record = _json(run, "PH 10:00-12:00", "--holidays", "none")
    assert record["states"][0]["next_change"] is None


def test_the_sun_needs_a_place_and_its_library(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    hours = ("hours", "sunrise-sunset")
    assert "give a place with --point" in run(*hours).out
    from signpost.core.hours.sun import sun_minutes

    sun_minutes.cache_clear()
    monkeypatch.setitem(sys.modules, "astral", None)
    assert "install astral" in run(*hours, "--point", "53.26,-1.91").out
    (state,) = _json(run, "sunrise-sunset", "--point", "53.26,-1.91")["states"]
    assert state["reason_codes"] == ["no_sun_times"]
    sun_minutes.cache_clear()


def test_the_sun_at_a_place(run: Run) -> None:
    pytest.importorskip("astral")
    out = run("hours", "sunrise-sunset", "--point", "53.26,-1.91").out
    assert re.search(r"Friday 20 November 2026: 7:(39|4[0-3])am to 4:0[1-6]pm open", out), out
    assert "--point" not in out


FAULTS = [
    # expression, where the caret stands, what is said
    ("Mo-Fr 6pm-11pm", 6, "write 24-hour times"),
    ("Mo-Fr 18:00-23:00 xyz", 18, '"xyz" means nothing here'),
    ("Mo to Fr 18:00-23:00", 3, "write a hyphen"),
    ("Mo-Fr 18.00-23.00", 6, "with a colon"),
    ("", 0, "there are no hours here"),
]


@pytest.mark.parametrize(("hours", "column", "said"), FAULTS)
def test_a_caret_points_at_the_fault(run: Run, hours: str, column: int, said: str) -> None:
    result = run("hours", hours)
    assert result.code == 2
    assert result.out == ""
    lines = result.err.splitlines()
    assert said in lines[0]
    assert lines[1] == f"  {hours}"
    assert lines[2] == "  " + " " * column + "^"
    assert "999" in result.err


def test_a_likely_correct_form_is_suggested(run: Run) -> None:
    assert "\n  perhaps: Mo-Fr 18:00-23:00\n" in run("hours", "Mon to Fri 6pm to 11pm").err
    assert "perhaps" not in run("hours", "two evenings a week").err


@pytest.mark.parametrize("before", [0, 5, 40, 400])
@pytest.mark.parametrize("after", [0, 5, 40])
def test_the_caret_stays_under_the_fault_of_a_long_expression(
    run: Run, before: int, after: int
) -> None:
    hours = f"Mo 10:00-12:00;{' ' * before}nonsense{' ' * after}; Tu"
    lines = run("hours", hours).err.splitlines()
    assert lines[1][lines[2].index("^") :].startswith("nonsense"[:4])
    assert len(lines[1]) <= 40


REFUSED = [
    # options, exit code, what is said
    (("--at", "never"), 3, "time of day"),
    (("--at", "2026-10-25T01:30"), 3, "happens twice"),
    (("--from", FRIDAY), 2, "go together"),
    (("--to", FRIDAY), 2, "go together"),
    (("--from", FRIDAY, "--to", FRIDAY), 2, "must be later"),
    (("--nation", "Englnd"), 2, "did you mean England?"),
    (("--zone", "Mars"), 2, "not a time zone"),
    (("--zone", "../etc/passwd"), 2, "not a time zone"),
    (("--point", "53"), 2, "not a point"),
    (("--point", "99,0"), 2, "not a point"),
    (("--point", "nan,0"), 2, "not a point"),
    (("--holidays", "2026-13-01"), 2, "not a date"),
    (("--holidays", ""), 2, "not a date"),
    (("--bank-holidays", "open"), 2, "is not known"),
    (("--clock", "13"), 2, "is not known"),
    (("--format", "csv"), 2, "not as csv"),
]


@pytest.mark.parametrize(("options", "code", "said"), REFUSED)
def test_what_makes_no_sense_is_refused(
    run: Run, options: tuple[str, ...], code: int, said: str
) -> None:
    result = run("hours", SILENT, *options)
    assert (result.code, result.out) == (code, "")
    assert said in result.err


def test_an_expression_is_one_argument(run: Run) -> None:
    assert run("hours", "Mo-Fr", "18:00-23:00").code == 2


def test_moments_of_the_json_are_aware(run: Run) -> None:
    record = _json(run, DOOR, "--from", FRIDAY, "--to", "2026-12-05T00:00")
    for row in record["intervals"]:
        assert datetime.fromisoformat(row[0]) < datetime.fromisoformat(row[1])
        assert datetime.fromisoformat(row[0]).tzinfo is not None
