"""The scenarios hold, every service is in one, and a broken promise is found and said."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signpost.cli import main
from signpost.cli import scenarios as runner
from signpost.cli.scenarios import Bench, Failure, failures_of, judge_folder, unknown_subjects
from signpost.core.availability import LONDON
from signpost.dataset.directory import Directory
from signpost.dataset.scenarios import (
    SECTIONS,
    HoursScenario,
    Scenario,
    parse_moment,
    read_scenario_file,
    read_scenarios,
)
from signpost.dataset.snapshot import data_folder
from signpost.errors import InvalidValue

FILES = read_scenarios(data_folder())
WRITTEN = [
    pytest.param(scenario, id=f"{file.path.stem}:{scenario.position.line} {scenario.what}")
    for file in FILES
    for scenario in file.scenarios
]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(Directory.open((), tmp_path_factory.mktemp("cache")))


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    def write_file(text: str) -> Path:
        path = tmp_path / "some.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write_file


@pytest.fixture
def one_record(tmp_path: Path) -> Path:
    """A folder of an organisation's own, with one line that is always open."""
    folder = tmp_path / "ours"
    (folder / "services").mkdir(parents=True)
    (folder / "scenarios").mkdir()
    (folder / "services" / "our-line.yaml").write_text(
        "id: our-line\nname: Our line\nkind: helpline\norganization: Us\n"
        "description: You ring and somebody listens.\nservice_area: [uk]\n"
        "channels:\n  - {id: line, kind: phone, access: anyone,"
        " number: 01632 960001, hours: 24/7}\n"
        "sources:\n  - {url: https://example.org, published: 2026-01-10, grade: provider,"
        " supports: [name, contact, hours, life]}\n",
        encoding="utf-8",
    )
    return folder


@pytest.fixture
def no_shipped_scenarios(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only an overlay's scenarios are run, on the shipped records all the same."""
    monkeypatch.setattr(runner, "data_folder", lambda: tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("SIGNPOST_DATA", raising=False)


# The scenarios themselves


@pytest.mark.parametrize("scenario", WRITTEN)
def test_a_scenario_holds(scenario: Scenario | HoursScenario, bench: Bench) -> None:
    assert list(unknown_subjects(bench.directory, scenario)) == []
    assert failures_of(bench, scenario) == ()


@pytest.mark.parametrize("file", [pytest.param(file, id=file.path.name) for file in FILES])
def test_a_scenario_file_has_no_fault(file: runner.ScenarioFile) -> None:
    assert [str(problem) for problem in file.problems] == []
    assert file.scenarios


def test_every_service_stands_in_a_scenario(bench: Bench) -> None:
    named = {
        claim.subject.service
        for file in FILES
        for scenario in file.scenarios
        if isinstance(scenario, Scenario)
        for claim in scenario.claims
    }
    assert sorted(set(bench.directory.ids()) - named) == []


def test_every_scenario_says_something_of_its_own() -> None:
    said = [scenario.what for file in FILES for scenario in file.scenarios]
    assert sorted({what for what in said if said.count(what) > 1}) == []


def test_every_section_and_both_nights_of_a_clock_change_occur() -> None:
    written = [scenario for file in FILES for scenario in file.scenarios]
    sections = {
        claim.section for entry in written if isinstance(entry, Scenario) for claim in entry.claims
    }
    moments = {scenario.at for scenario in written}
    assert sections == set(SECTIONS)
    assert {parse_moment("2024-10-27T03:00"), parse_moment("2024-03-31T03:00")} <= moments
    assert len(written) >= 250


# What is promised wrongly is found

BUXTON = "- {what: A, at: 2025-02-15T19:30, near: Buxton, "
HOURS = "- {what: A, hours: 'Sa 18:00-02:00', at: 2026-11-22T01:00, "


@pytest.mark.parametrize(
    ("text", "expected", "got"),
    [
        (BUXTON + "open: [buxton-drop-in]}", "buxton-drop-in: open", "check first"),
        (BUXTON + "absent: [buxton-drop-in]}", "buxton-drop-in: not offered", "check first"),
        (BUXTON + "emergency: [calm]}", "calm: emergency", "open"),
        (BUXTON + "open: [ripley-drop-in]}", "ripley-drop-in: open", "not offered"),
        # a service stands where its best channel stands
        (BUXTON + "check_first: [calm]}", "calm: check first", "open"),
        (BUXTON + "open: [calm/chat]}", "calm (chat): open", "check first"),
        # one code of two is not enough
        (
            BUXTON + "reasons: {buxton-drop-in: [no_contact, stale]}}",
            "buxton-drop-in: for the reason no_contact, stale",
            "check first",
        ),
        (
            BUXTON + "reasons: {ripley-drop-in: closed}}",
            "ripley-drop-in: for the reason closed",
            "not offered",
        ),
        (
            BUXTON + "until: {calm/line: 2025-02-15T23:00}}",
            "calm (line): until Saturday 15 February 2025, 11pm",
            "open until Sunday 16 February 2025, midnight",
        ),
        (BUXTON + "until: {calm/line: none}}", "calm (line): until never", "open until Sunday"),
        (BUXTON + "opens: {ripley-drop-in: none}}", "ripley-drop-in: opens never", "not offered"),
        (
            "- {what: A, at: 2025-02-15T19:30, near: Buxtown, open: [calm]}",
            "an answer",
            "none",
        ),
        (HOURS + "state: closed}", "closed", "open"),
        (
            HOURS + "state: open, next_change: 2026-11-22T01:30}",
            "next change Sunday 22 November 2026, 1:30am",
            "next change Sunday 22 November 2026, 2am",
        ),
        (HOURS + "state: open, next_change: none}", "next change never", "next change Sunday"),
        (
            HOURS + "state: open, reasons: clock_change}",
            "for the reason clock_change",
            "open",
        ),
    ],
)
def test_a_broken_promise_is_found(
    text: str, expected: str, got: str, write: Callable[[str], Path], bench: Bench
) -> None:
    file = read_scenario_file(write(text))
    assert file.problems == ()
    (failure,) = failures_of(bench, file.scenarios[0])
    assert failure.expected == expected
    assert failure.got.startswith(got)


def test_a_failure_says_what_was_asked_and_why(write: Callable[[str], Path], bench: Bench) -> None:
    text = (
        "- what: The drop-in is a sure door for a young nurse\n  at: 2025-02-15T19:30\n"
        "  near: Buxton\n  for: [nurses]\n  age: 19\n  by: [in_person]\n  within: 3mi\n"
        "  open: [buxton-drop-in]\n"
    )
    path = write(text)
    (failure,) = failures_of(bench, read_scenario_file(path).scenarios[0])
    assert failure.asked == (
        "Saturday 15 February 2025, 7:30pm; near Buxton; for nurses; age 19; by in_person; "
        "within 3 miles"
    )
    assert "planned to open August 2023; no source confirms that it did" in failure.why
    assert failure.position[1:] == (8, 10)


def test_a_scenario_that_expects_the_wrong_thing_twice_fails_twice(
    write: Callable[[str], Path], bench: Bench
) -> None:
    file = read_scenario_file(write(BUXTON + "open: [buxton-drop-in, ripley-drop-in, calm]}"))
    assert [failure.expected for failure in failures_of(bench, file.scenarios[0])] == [
        "buxton-drop-in: open",
        "ripley-drop-in: open",
    ]


# What is written wrongly is said with its place


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            "- what: A\n  at: 2025-02-15T19:30\n  neer: Buxton\n  open: [calm]\n",
            '3:3: error: "neer" is not a key of a scenario; did you mean "near"? (unknown-key)',
        ),
        (
            "- what: A\n  at: 2025-02-15T19:30\n  near: Buxton\n",
            "1:3: error: this scenario promises nothing; add one of: emergency, open, check_first,"
            " opens_later, absent (empty-scenario)",
        ),
        (
            "- what: A\n  near: Buxton\n  open: [calm]\n",
            '1:3: error: a scenario needs "at", its moment (missing-key)',
        ),
        (
            "- what: A\n  at: Saturday\n  open: [calm]\n",
            '2:7: error: "Saturday" is not a moment; write it like 2023-08-12T19:30 (bad-moment)',
        ),
        (
            "- what: A\n  at: 2024-03-31T01:30\n  open: [calm]\n",
            '2:7: error: "2024-03-31T01:30" is in an hour that the clocks skip or repeat; add '
            "+00:00 or +01:00 (bad-moment)",
        ),
        (
            "- what: A\n  at: 2025-02-15T19:30\n  open: [calm]\n  reasons: {calm: stael}\n",
            '4:19: error: "stael" is not a value of calm; did you mean "stale"? (unknown-word)',
        ),
        (
            "- what: A\n  at: 2025-02-15T19:30\n  for: [nhs_staf]\n  open: [calm]\n",
            '3:9: error: "nhs_staf" is not a value of for; did you mean "nhs_staff"? '
            "(unknown-word)",
        ),
        (
            "- what: A\n  at: 2025-02-15T19:30\n  within: far\n  open: [calm]\n",
            '3:11: error: "far" is not a distance; write it in miles, such as 10mi (bad-distance)',
        ),
        (
            "- what: A\n  at: 2025-02-15T19:30\n  hours: 24/7\n",
            '1:3: error: a scenario about hours needs "state": open, closed, unknown (missing-key)',
        ),
        (
            "- what: A\n  at: 2025-02-15T19:30\n  hours: 24/7\n  state: shut\n",
            '4:10: error: "shut" is not a value of state; one of: open, closed, unknown '
            "(unknown-word)",
        ),
        (
            "what: A\nat: 2025-02-15T19:30\n",
            '1:1: error: a scenario file is a list: begin each scenario with "- what:" (bad-value)',
        ),
        (
            "- what: A\n\tat: 2025-02-15T19:30\n",
            "2:1: error: a tab stands where YAML wants spaces; indent with spaces (yaml-syntax)",
        ),
    ],
)
def test_a_fault_in_a_file_is_said_with_line_and_column(
    text: str, complaint: str, write: Callable[[str], Path]
) -> None:
    path = write(text)
    file = read_scenario_file(path)
    assert [str(problem) for problem in file.problems] == [f"{path}:{complaint}"]
    assert file.scenarios == ()


def test_bad_hours_are_said(write: Callable[[str], Path]) -> None:
    file = read_scenario_file(
        write("- {what: A, at: 2025-02-15T19:30, hours: Sa 18-25, state: open}")
    )
    assert [problem.rule for problem in file.problems] == ["hours-syntax"]


def test_a_scenario_with_a_fault_does_not_take_the_others_down(
    write: Callable[[str], Path],
) -> None:
    file = read_scenario_file(
        write(
            "- {what: A, at: never, open: [calm]}\n- {what: B, at: 2025-02-15T19:30, open: [calm]}"
        )
    )
    assert [scenario.what for scenario in file.scenarios] == ["B"]
    assert len(file.problems) == 1


@pytest.mark.parametrize(
    ("subject", "complaint"),
    [
        (
            "buxton-dropin",
            'no record is called "buxton-dropin"; did you mean "buxton-drop-in"? (unknown-record)',
        ),
        (
            "buxton-drop-in/window",
            'buxton-drop-in has no channel "window"; it has door (unknown-channel)',
        ),
    ],
)
def test_a_misspelt_service_is_not_taken_for_an_absent_one(
    subject: str, complaint: str, write: Callable[[str], Path], bench: Bench
) -> None:
    path = write(f"- what: A\n  at: 2025-02-15T19:30\n  near: Buxton\n  absent: [{subject}]\n")
    (scenario,) = read_scenario_file(path).scenarios
    (problem,) = unknown_subjects(bench.directory, scenario)
    assert str(problem) == f"{path}:4:12: error: {complaint}"


# Moments


@given(st.datetimes(datetime(2015, 1, 1), datetime(2035, 1, 1)))  # noqa: DTZ001 - wall time
def test_a_moment_is_london_wall_time_or_refused(wall: datetime) -> None:
    text = wall.replace(microsecond=0).isoformat()
    try:
        moment = parse_moment(text)
    except InvalidValue:
        # only in the hour that the clocks skip or repeat, on a Sunday at one
        assert wall.hour == 1
        assert wall.weekday() == 6
        return
    assert moment.astimezone(LONDON).replace(tzinfo=None).isoformat() == text


@given(
    st.datetimes(datetime(2015, 1, 1), datetime(2035, 1, 1)),  # noqa: DTZ001 - wall time
    st.integers(-12, 14),
)
def test_an_offset_names_the_instant(wall: datetime, hours: int) -> None:
    offset = f"{hours:+03}:00"
    expected = wall.replace(microsecond=0, tzinfo=UTC) - timedelta(hours=hours)
    assert parse_moment(f"{wall.replace(microsecond=0).isoformat()}{offset}") == expected


# The command


def test_scenarios_of_an_own_folder_see_its_records(one_record: Path) -> None:
    (one_record / "scenarios" / "ours.yaml").write_text(
        "- {what: Our line answers at night, at: 2026-03-03T03:00, near: Buxton, open: [our-line]}",
        encoding="utf-8",
    )
    assert judge_folder(one_record, (one_record,)) == runner.Verdict(1, (), ())
    without = judge_folder(one_record, ())
    assert [problem.rule for problem in without.problems] == ["unknown-record"]


@pytest.mark.usefixtures("no_shipped_scenarios")
def test_the_command_ends_with_0_when_every_scenario_holds(
    one_record: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (one_record / "scenarios" / "ours.yaml").write_text(
        "- {what: Our line answers at night, at: 2026-03-03T03:00, near: Buxton, open: [our-line]}",
        encoding="utf-8",
    )
    assert main(["check", "--scenarios", "--data", str(one_record)]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "Scenarios: 1. Not holding: 0. Faults in their files: 0.\n"


@pytest.mark.usefixtures("no_shipped_scenarios")
def test_the_command_tells_a_failure_in_plain_lines_and_ends_with_1(
    one_record: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = one_record / "scenarios" / "ours.yaml"
    path.write_text(
        "- what: Our line is shut at night\n  at: 2026-03-03T03:00\n  near: Buxton\n"
        "  absent: [our-line]\n",
        encoding="utf-8",
    )
    assert main(["check", "--scenarios", "--data", str(one_record)]) == 1
    out, err = capsys.readouterr()
    assert out == (
        f"{path}:4:12: Our line is shut at night\n"
        "  asked: Tuesday 3 March 2026, 3am; near Buxton\n"
        "  expected: our-line: not offered\n"
        "  got: open\n"
        "  why: no reason given\n"
    )
    assert err == "Scenarios: 1. Not holding: 1. Faults in their files: 0.\n"


@pytest.mark.usefixtures("no_shipped_scenarios")
def test_the_command_ends_with_1_on_a_misspelt_key(
    one_record: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = one_record / "scenarios" / "ours.yaml"
    path.write_text("- {what: A, at: 2026-03-03T03:00, opens_latr: [our-line]}", encoding="utf-8")
    assert main(["check", "--scenarios", "--data", str(one_record)]) == 1
    out, _ = capsys.readouterr()
    assert out.startswith(
        f'{path}:1:35: error: "opens_latr" is not a key of a scenario; did you mean "opens_later"?'
    ), out


def test_on_a_terminal_a_failure_is_a_row_of_a_table(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    where = runner.Position("data/scenarios/ours.yaml", 4, 12)
    failure = Failure(where, "Our line is [bold]shut", "3am", "our-line: open", "closed", "shut")
    runner._show([failure])
    out = re.sub(r"\x1b\[[\d;]*m", "", capsys.readouterr().out)
    words = " ".join(re.sub(r"[^\w\[\]:./-]+", " ", out).split())
    for piece in ("Scenario", "Expected", "Got", "Why", "[bold]shut", "our-line", "closed"):
        assert piece in words
    assert max(len(line) for line in out.splitlines()) <= 80
