"""`signpost check`: what it reads, how it reports, and what it exits with."""

import json
import os
import re
import sys
import time
from pathlib import Path

import pytest
import yaml

from signpost.dataset.snapshot import data_folder
from signpost.lint import RULES, contacts
from tests.conftest import Run
from tests.lint.folders import FIRST, filled, write_folder

ROOT = Path(__file__).parents[2]
GOOD = filled(FIRST, "")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """An organisation's folder with one good record."""
    return write_folder(tmp_path / "own", {FIRST: GOOD})


def test_a_good_folder_passes_and_says_how_much_it_read(run: Run, own: Path) -> None:
    result = run("check", str(own))
    assert (result.code, result.out) == (0, "")
    assert result.err == "1 file checked: 0 errors, 0 warnings.\n"


def test_an_error_exits_1_and_stands_at_its_place(
    run: Run, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(own)
    path = own / FIRST
    path.write_text(GOOD + "replaced_by: samaritan\n", encoding="utf-8")
    line = len(GOOD.splitlines()) + 1
    result = run("check", ".")
    assert result.code == 1
    assert result.out == (
        f"services/sample.yaml:{line}:14: error: replaced_by: no record is called "
        '"samaritan"; did you mean "samaritans"? (dead-reference)\n'
    )
    assert result.err == "1 file checked: 1 error, 0 warnings.\n"


def test_a_warning_exits_0_and_with_strict_1(run: Run, own: Path) -> None:
    (own / FIRST).write_text(GOOD + "min_age: 85\n", encoding="utf-8")
    assert run("check", str(own)).code == 0
    result = run("check", str(own), "--strict")
    assert result.code == 1
    assert "(ages-odd)" in result.out
    assert result.err == "1 file checked: 0 errors, 1 warning.\n"


def test_one_file_is_judged_beside_its_folder_and_the_shipped_data(run: Run, own: Path) -> None:
    other = own / "services" / "other.yaml"
    other.write_text(
        filled("services/other.yaml", "pair: sample\nreplaced_by: samaritans\nmin_age: 85\n"),
        encoding="utf-8",
    )
    (own / FIRST).write_text(GOOD + "min_age: 85\n", encoding="utf-8")
    result = run("check", str(other))
    assert "1 file checked" in result.err
    assert "(dead-reference)" not in result.out
    assert "(one-sided-pair)" in result.out
    assert FIRST not in result.out


def test_a_record_outside_any_folder_is_judged_on_its_own(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "sample.yaml"
    path.write_text(GOOD + "min_age: 85\npair: samaritans\n", encoding="utf-8")
    for asked in (path, tmp_path):
        result = run("check", str(asked))
        assert result.code == 0
        assert "(ages-odd)" in result.out
        assert "1 file checked" in result.err


def test_a_folder_inside_a_data_folder_is_judged_alone(run: Run, own: Path) -> None:
    inner = own / "services" / "leek"
    inner.mkdir()
    (inner / "bad.yaml").write_text("id: bad\n", encoding="utf-8")
    (own / FIRST).write_text(GOOD + "min_age: 85\n", encoding="utf-8")
    result = run("check", str(inner))
    assert result.code == 1
    assert "1 file checked" in result.err
    assert "(ages-odd)" not in result.out


def test_without_a_path_all_data_in_use_are_judged(run: Run, own: Path) -> None:
    (own / FIRST).write_text(GOOD + "min_age: 85\n", encoding="utf-8")
    shipped = run("check").err.split()[0]
    result = run("check", "--data", str(own))
    assert int(result.err.split()[0]) == int(shipped) + 1
    assert "(ages-odd)" in result.out


def test_a_record_laid_over_a_shipped_one_is_judged_in_its_stead(run: Run, own: Path) -> None:
    (own / "services" / "samaritans.yaml").write_text(
        filled("services/samaritans.yaml", "replaced_by: sample\n"), encoding="utf-8"
    )
    (own / FIRST).write_text(GOOD + "replaced_by: samaritans\n", encoding="utf-8")
    result = run("check", str(own))
    assert result.out.count("(replaced-by-gone)") == 2


def test_a_record_hidden_by_an_own_one_can_no_longer_be_named(run: Run, own: Path) -> None:
    (own / "services" / "samaritans.yaml").write_text("id: samaritans\nhide: true\n", "utf-8")
    (own / FIRST).write_text(GOOD + "replaced_by: samaritans\n", encoding="utf-8")
    assert "(dead-reference)" in run("check", str(own)).out


def test_the_heading_of_a_data_set_is_checked_with_the_whole_of_it(run: Run, own: Path) -> None:
    (own / "dataset.yaml").write_text("name: own\nreleased: soon\n", encoding="utf-8")
    assert "dataset.yaml:2:11: error" in run("check", str(own)).out
    assert "dataset.yaml" not in run("check", str(own / FIRST)).out


def test_the_heading_is_read_before_the_sources(run: Run, own: Path) -> None:
    (own / "dataset.yaml").write_text("name: own\nreleased: 2026-05-01\n", encoding="utf-8")
    assert "(future-source)" in run("check", str(own / FIRST)).out


@pytest.mark.parametrize("form", ["table", "parsable", "github", "json"])
def test_every_format_tells_of_the_rule(run: Run, own: Path, form: str) -> None:
    (own / FIRST).write_text(GOOD + "min_age: 85\n", encoding="utf-8")
    result = run("check", str(own), "--format", form)
    assert "ages-odd" in result.out
    if form == "json":
        assert json.loads(result.out)["warnings"] == 1


def test_a_pipe_gets_lines_and_a_terminal_a_table(
    run: Run, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (own / FIRST).write_text(GOOD + "min_age: 85\n", encoding="utf-8")
    assert ": warning: " in run("check", str(own)).out
    monkeypatch.setattr("signpost.cli.check.on_terminal", lambda: True)
    assert "  warning  " in run("check", str(own)).out


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("--format", "xml"), "--format"),
        (("--explain", "hours-overlaps"), "did you mean hours-overlap?"),
        (("--nonsense",), "nonsense"),
    ],
)
def test_a_bad_command_line_exits_2(run: Run, argv: tuple[str, ...], said: str) -> None:
    result = run("check", *argv)
    assert result.code == 2
    assert said in result.err
    assert "999" in result.err


@pytest.mark.parametrize("argv", [("no-such.yaml",), ("--data", "no-such-folder")])
def test_a_path_that_is_not_there_exits_4(run: Run, argv: tuple[str, ...]) -> None:
    result = run("check", *argv)
    assert result.code == 4
    assert "is not there" in result.err


def test_rules_lists_every_rule_with_its_first_sentence(run: Run) -> None:
    lines = run("check", "--rules").out.splitlines()
    assert [line.split()[0] for line in lines] == list(RULES)
    for line, rule in zip(lines, RULES.values(), strict=True):
        assert line.split()[1] == rule.severity
        assert line.endswith(rule.summary)


@pytest.mark.parametrize("name", RULES)
def test_explain_prints_the_page(run: Run, name: str) -> None:
    result = run("check", "--explain", name)
    assert result.code == 0
    assert result.out == f"{name} ({RULES[name].severity})\n\n{RULES[name].page}\n"


def test_a_missing_numbering_plan_is_said_and_is_no_failure(
    run: Run, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "phonenumbers", None)
    contacts.numbering_plan.cache_clear()
    try:
        result = run("check", str(own))
    finally:
        contacts.numbering_plan.cache_clear()
    assert result.code == 0
    assert "phonenumbers library is not installed" in result.err


def test_the_shipped_data_have_no_errors_and_every_warning_is_accepted(run: Run) -> None:
    result = run("check")
    assert result.out == ""
    assert result.code == 0


def test_all_shipped_data_are_checked_in_under_five_seconds(run: Run) -> None:
    run("check")
    started = time.process_time()
    run("check")
    assert time.process_time() - started < 5


def test_pre_commit_calls_it_for_record_files_only() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["entry"].startswith("signpost check")
    pattern = re.compile(hook["files"])
    shipped = os.path.relpath(next((data_folder() / "services").rglob("*.yaml")), ROOT)
    assert pattern.search(shipped)
    assert pattern.search("alerts/line-down.yaml")
    assert not pattern.search("data/places/areas.tsv")
    assert not pattern.search("data/scenarios/night.yaml")
