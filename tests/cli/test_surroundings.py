"""Processes of their own: odd terminals, closed pipes, full disks, homes that are not there."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Start = Callable[..., subprocess.CompletedProcess[bytes]]

BUXTON = ("now", "--near", "Buxton", "--at", "2023-08-12T19:30")
TABLE = (*BUXTON, "--format", "table")


@pytest.fixture
def start(isolated_home: Path) -> Start:
    """Run `python -m signpost` with these arguments, in a shell where `shell` says how."""

    def call(*argv: str, shell: str = "", **variables: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "signpost", *argv]
        if shell:
            command = ["bash", "-o", "pipefail", "-c", f'"$@" {shell}', "signpost", *command]
        environment = {**os.environ, **variables}
        return subprocess.run(
            command, capture_output=True, timeout=120, check=False, stdin=subprocess.DEVNULL,
            env={name: value for name, value in environment.items() if value != "(unset)"},
        )  # fmt: skip

    return call


@pytest.mark.parametrize("form", ["table", "plain", "json", "csv"])
@pytest.mark.parametrize(
    "variables",
    [
        {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1"},
        {"TZ": "Pacific/Kiritimati"},
        {"TZ": "nonsense"},
        {"COLUMNS": "0"},
        {"COLUMNS": "-5"},
        {"COLUMNS": "wide"},
        {"COLUMNS": "1"},
        {"COLUMNS": "100000"},
        {"TERM": "(unset)", "COLUMNS": "(unset)"},
        {"HOME": "(unset)", "XDG_CACHE_HOME": "(unset)"},
        {"HOME": "/dev/null", "XDG_CACHE_HOME": "(unset)"},
        {"XDG_CACHE_HOME": "relative"},
        {"PYTHONOPTIMIZE": "2"},
        {"SIGNPOST_POSTCODES": "/nowhere"},
    ],
    ids=str,
)
def test_odd_surroundings_change_nothing_of_the_floor(
    start: Start, form: str, variables: dict[str, str]
) -> None:
    done = start(*BUXTON, "--format", form, **variables)
    assert done.returncode == 0, done.stderr
    assert done.stderr == b""
    assert b"999" in done.stdout
    assert b"116 123" in done.stdout
    if form == "json" and "PYTHONIOENCODING" not in variables:
        assert json.loads(done.stdout)["emergency"]


def test_a_home_that_cannot_be_written_to_is_no_hindrance(start: Start, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    home.chmod(0o500)
    done = start(*BUXTON, HOME=str(home), XDG_CACHE_HOME="(unset)")
    assert done.returncode == 0
    assert b"116 123" in done.stdout


def test_own_data_that_are_not_there_are_exit_4_with_the_floor(start: Start) -> None:
    done = start(*BUXTON, "--format", "json", SIGNPOST_DATA="/nowhere/at/all")
    assert done.returncode == 4
    record = json.loads(done.stdout)
    assert record["error"]["code"] == "no_data"
    contacts = {option["channel"]["contact"] for option in record["emergency"]}
    assert {"999", "116 123", "111"} <= contacts, "the shipped floor stays"


@pytest.mark.parametrize("form", ["table", "plain", "json", "csv"])
def test_a_reader_that_goes_away_is_no_fault(start: Start, form: str) -> None:
    done = start(*BUXTON, "--format", form, shell="| head -n 1")
    assert done.returncode == 0
    assert done.stderr == b""
    assert done.stdout


def test_with_stdout_closed_nothing_breaks(start: Start) -> None:
    done = start(*BUXTON, shell=">&-")
    assert done.returncode == 0
    assert done.stderr == b""


def test_with_stderr_closed_a_refusal_still_prints_the_floor(start: Start) -> None:
    done = start("now", "--near", "Newport", shell="2>&-")
    assert done.returncode == 3
    assert b"116 123" in done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
@pytest.mark.parametrize("argv", [BUXTON, ("now", "--near", "Newport")], ids=["answer", "refusal"])
def test_with_a_full_disk_the_floor_goes_to_stderr(start: Start, argv: tuple[str, ...]) -> None:
    done = start(*argv, shell="> /dev/full")
    assert done.returncode in (3, 70)
    assert b"116 123" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_pipe_gets_plain_text_without_escapes(start: Start) -> None:
    for variables in ({}, {"FORCE_COLOR": "1"}, {"TERM": "xterm-256color"}):
        done = start(*BUXTON, **variables)
        assert b"\x1b" not in done.stdout
        assert b"\nCheck first: " in done.stdout


def test_a_table_in_a_pipe_has_no_escapes(start: Start) -> None:
    done = start(*TABLE, FORCE_COLOR="1")
    assert b"\x1b" not in done.stdout
    assert b"CHECK FIRST" in done.stdout


def test_the_module_and_the_script_are_one_command(start: Start) -> None:
    script = Path(sys.executable).with_name("signpost")
    assert script.is_file(), "the package is installed in the environment that runs the tests"
    done = subprocess.run(
        [script, *BUXTON], capture_output=True, timeout=120, check=False, stdin=subprocess.DEVNULL
    )
    assert done.stdout == start(*BUXTON).stdout
