"""A warning is accepted by a comment with a reason, and by nothing less."""

from pathlib import Path

import pytest

from signpost.dataset.gazetteer import Gazetteer
from signpost.lint import RULES
from signpost.lint.accepting import accepts_in
from tests.lint.folders import lint_snippet

ODD = "min_age: 85"


def rules_broken(folder: Path, places: Gazetteer, snippet: str) -> list[str]:
    return [problem.rule for problem in lint_snippet(folder, places, snippet)]


@pytest.mark.parametrize(
    "snippet",
    [
        f"{ODD}  # accept ages-odd: a club for the over-85s\n",
        f"{ODD} # accept ages-odd: a club\n",
        f"{ODD}  #accept ages-odd: a club\n",
        f"# accept ages-odd: a club\n{ODD}\n",
        f"{ODD}  # accept ages-odd:a club\n",
        "name: The line.\n# accept ages-odd: a club\nmin_age: 85\n"
        "aliases: [One.]  # accept name-ends-in-stop: its own spelling\n",
    ],
)
def test_a_comment_with_a_reason_accepts_a_warning_of_its_line(
    snippet: str, tmp_path: Path, places: Gazetteer
) -> None:
    left = rules_broken(tmp_path, places, snippet)
    assert left == (["name-ends-in-stop"] if snippet.startswith("name") else [])


def test_one_comment_accepts_several_rules(tmp_path: Path, places: Gazetteer) -> None:
    snippet = "description: it is is\n"
    assert rules_broken(tmp_path, places, snippet) == ["doubled-word", "unfinished-sentence"]
    accepted = "description: it is is  # accept doubled-word, unfinished-sentence: as they put it\n"
    assert rules_broken(tmp_path / "2", places, accepted) == []


@pytest.mark.parametrize(
    ("comment", "left", "said"),
    [
        ("# accept ages-odd", ["ages-odd", "bad-accept"], "give the reason"),
        ("# accept ages-odd:", ["ages-odd", "bad-accept"], "give the reason"),
        ("# accept: it is right", ["ages-odd", "bad-accept"], "is no rule"),
        ("# accept age-odd: it is right", ["ages-odd", "bad-accept"], "is no rule"),
        ("# accept long-text: it is right", ["ages-odd", "bad-accept"], "nothing here"),
        ("# accepted by the board", ["ages-odd"], ""),
        ("# ages-odd: it is right", ["ages-odd"], ""),
    ],
)
def test_a_comment_that_says_too_little_accepts_nothing(
    comment: str, left: list[str], said: str, tmp_path: Path, places: Gazetteer
) -> None:
    found = lint_snippet(tmp_path, places, f"{ODD}  {comment}\n")
    assert [problem.rule for problem in found] == left
    assert said in found[-1].message


def test_a_comment_two_lines_above_accepts_nothing(tmp_path: Path, places: Gazetteer) -> None:
    snippet = f"# accept ages-odd: a club\nmax_age: 95\n{ODD}\n"
    assert rules_broken(tmp_path, places, snippet) == ["bad-accept", "ages-odd"]


def test_an_error_cannot_be_accepted(tmp_path: Path, places: Gazetteer) -> None:
    found = lint_snippet(tmp_path, places, "pair: nobody  # accept dead-reference: I want it\n")
    assert [problem.rule for problem in found] == ["dead-reference", "bad-accept"]
    assert "is an error and cannot be accepted" in found[-1].message


def test_a_warning_of_the_loader_can_be_accepted(tmp_path: Path, places: Gazetteer) -> None:
    snippet = (
        "channels:\n"
        "  - {id: line, kind: phone, access: anyone, number: 0808 157 0123,\n"
        '     hours: "Mo-Fr 9:00-17:00"}'
    )
    assert rules_broken(tmp_path, places, snippet + "\n") == ["hours-form"]
    accepted = snippet + "  # accept hours-form: as printed\n"
    assert rules_broken(tmp_path / "2", places, accepted) == []


def test_the_complaint_of_a_comment_stands_at_the_comment(
    tmp_path: Path, places: Gazetteer
) -> None:
    found = lint_snippet(tmp_path, places, "max_age: 25  # accept ages-odd: it is right\n")
    (problem,) = found
    line = (tmp_path / "services/sample.yaml").read_text().splitlines()[problem.position.line - 1]
    assert line[problem.position.column - 1 :].startswith("# accept")


@pytest.mark.parametrize("content", [None, b"\xff# accept ages-odd: x\n"])
def test_a_file_that_cannot_be_read_accepts_nothing(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    if content is not None:
        path.write_bytes(content)
    assert list(accepts_in(path)) == []


def test_bad_accept_is_a_rule_like_any_other() -> None:
    assert RULES["bad-accept"].severity == "warning"
