"""What the documents say is so: commands, options, outputs, exit codes, codes, the CI script."""

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from signpost import __version__
from signpost.cli import COMMANDS, INTERNAL
from signpost.core.reasons import LEFT_OUT, WORDS
from signpost.errors import SignpostError
from tests.conftest import Run

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

RUN = (
    "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/signpost now --near Buxton"
)
TEST = (
    "python3 -m venv .venv && .venv/bin/pip install -q -e '.[test]' && "
    ".venv/bin/python -m pytest -n 2 -m 'not long and not manual'"
)


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def table(text: str, first: str) -> dict[str, str]:
    """The first column to the second, of the table whose first heading is this."""
    _, _, rest = text.partition(f"| {first} |")
    rows: dict[str, str] = {}
    for line in rest.splitlines()[2:]:
        if not line.startswith("|"):
            break
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        rows[cells[0].strip("`")] = cells[1]
    return rows


def examples() -> list[tuple[str, list[str]]]:
    """Every `$ command` of the README's console blocks, with the lines shown under it."""
    found: list[tuple[str, list[str]]] = []
    for block in blocks("console"):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


def test_the_two_commands_are_one_line_each_as_agreed() -> None:
    assert [block.strip() for block in blocks("sh")] == [RUN, TEST]


def test_ci_runs_the_two_commands_exactly_as_printed_the_tests_first() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    lines = script.splitlines()
    assert lines.index(TEST) < lines.index(RUN)
    assert "set -euo pipefail" in lines
    assert "../shared" not in script
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


def test_the_examples_are_there() -> None:
    assert len(examples()) >= 5


@pytest.mark.parametrize(("command", "shown"), examples(), ids=[c for c, _ in examples()])
def test_the_readme_shows_what_the_command_prints(
    run: Run, command: str, shown: list[str]
) -> None:
    argv = shlex.split(command)
    assert argv[0] == "signpost"
    result = run(*argv[1:])
    if argv[1] == "now" and result.code == 0:
        result = run(*argv[1:], "--format", "table")  # what a terminal would get
    pattern = "\n".join(
        r"(?:.*\n)*?.*" if line == "..." else re.escape(line).replace(r"\.\.\.", ".*")
        for line in shown
    )
    assert re.fullmatch(pattern, (result.err + result.out).strip("\n"))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_each_of_its_options_is_explained(run: Run, command: str) -> None:
    assert re.search(rf"`signpost {command}\b|, `{command}`", README), "not in the README"
    text = run(command, "--help").out
    for found in re.finditer(r"^  (--[\w-]+).*\n?(.*)", text, re.MULTILINE):
        line = found[0].splitlines()
        said = line[0].strip().split("  ", 1)
        assert len(said) == 2 or line[1].startswith("      "), f"{command} {found[1]}"


def test_every_option_of_now_is_in_the_readme(run: Run) -> None:
    listed = set(re.findall(r"^  (--[\w-]+)", run("now", "--help").out, re.MULTILINE))
    told = {option.split()[0].strip("`") for option in table(README, "option")}
    assert listed == told


def test_every_option_named_in_the_readme_exists(run: Run) -> None:
    known = {"--update-golden"}
    for command in COMMANDS:
        known |= set(re.findall(r"--[a-z][\w-]*", run(command, "--help").out))
    named = set(re.findall(r"(?<![\w-])--[a-z][\w-]*", README))
    assert named <= known


def test_every_module_of_the_command_line_that_is_a_command_is_listed() -> None:
    folder = ROOT / "signpost" / "cli"
    found = {
        path.stem
        for path in folder.glob("*.py")
        if re.search(rf"^def {path.stem}\(\n?.*(?:Annotated|\) -> None)",
                     path.read_text(encoding="utf-8"), re.MULTILINE)
        and "import typer" in path.read_text(encoding="utf-8")
    }  # fmt: skip
    assert found == set(COMMANDS)


def test_the_exit_codes_are_those_of_the_code() -> None:
    def codes(kind: type[SignpostError]) -> set[int]:
        return {kind.exit_code}.union(*(codes(sub) for sub in kind.__subclasses__()))

    import signpost.cli.now
    import signpost.core.places
    import signpost.dataset.snapshot  # noqa: F401 - their errors are what is counted

    told = {int(code) for code in table(README, "code")}
    assert told == codes(SignpostError) | {0, 1, 2, INTERNAL}


@pytest.mark.parametrize(("heading", "registry"), [("Reasons", WORDS), ("What was", LEFT_OUT)])
def test_every_code_has_its_words_and_what_to_do(heading: str, registry: dict[str, str]) -> None:
    page = (ROOT / "docs" / "answers.md").read_text(encoding="utf-8")
    _, _, part = page.partition(f"## {heading}")
    rows = table(part, "code")
    assert rows == {code: re.sub(r"\{\w+\}", "…", words) for code, words in registry.items()}
    for line in part.partition("\n## ")[0].splitlines():
        if line.startswith("| `"):
            assert len(line.strip("| ").split("|")[2].strip()) > 10, line


def test_every_dependency_has_its_reason() -> None:
    told = set(re.findall(r"^- `([\w-]+)`: .{20,}", README, re.MULTILINE))
    assert told == {
        re.split("[<>=~!]", line)[0] for line in PROJECT["project"]["dependencies"]
    }


def test_decisions_are_numbered_and_say_because_and_instead() -> None:
    _, _, part = README.partition("## Decisions")
    entries = re.findall(
        r"^(\d+)\. \*\*.+\*\*\n +Decided: .+\n +Because: .+\n +Instead of: .+$", part, re.MULTILINE
    )
    assert [int(number) for number in entries] == list(range(1, len(entries) + 1))
    assert len(entries) >= 10


def test_the_changelog_has_this_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{__version__}] - " in changelog
    assert PROJECT["project"]["version"] == __version__


def test_the_attribution_is_in_the_readme() -> None:
    line = (ROOT / "data" / "places" / "ATTRIBUTION.txt").read_text(encoding="utf-8").strip()
    assert " ".join(line.split()) in " ".join(README.replace("\n> ", " ").split())


@pytest.mark.parametrize("page", ["README.md", "CHANGELOG.md", "docs/answers.md", "docs/data.md"])
def test_links_within_the_repository_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
        assert ((ROOT / page).parent / target).exists(), target


def test_the_worked_example_of_the_data_guide_holds(run: Run, tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    example = guide[guide.index("id: lantern-matlock") :].partition("```")[0]
    file = tmp_path / "services" / "lantern-matlock.yaml"
    file.parent.mkdir()
    file.write_text(example, encoding="utf-8")
    checked = run("check", str(file), "--data", str(tmp_path), "--strict")
    assert (checked.code, checked.out) == (0, "")
    asked = ("now", "--near", "Matlock", "--data", str(tmp_path), "--format", "plain", "--at")
    assert "Open now: Go to 12 Dale Road, Matlock" in run(*asked, "2026-04-16T19:00").out
    assert "The Lantern" not in run(*asked, "2026-04-14T19:00").out
