"""Problems in the four formats, character by character."""

import json

import pytest

from signpost.dataset.problems import ERROR, WARNING, Position, Problem
from signpost.lint.reports import REPORTS

PROBLEMS = (
    Problem(Position("data/services/a.yaml", 5, 12), ERROR, "hours-syntax", 'no "x"; write 18:00'),
    Problem(Position("data/services/a.yaml", 14, 3), WARNING, "long-text", "100% too long"),
    Problem(Position("b,c:d.yaml", 1, 1), WARNING, "same-name", "one\nline"),
)

TABLE = """\
data/services/a.yaml
  5:12  error    no "x"; write 18:00 (hours-syntax)
  14:3  warning  100% too long (long-text)

b,c:d.yaml
  1:1  warning  one
line (same-name)
"""

PARSABLE = """\
data/services/a.yaml:5:12: error: no "x"; write 18:00 (hours-syntax)
data/services/a.yaml:14:3: warning: 100% too long (long-text)
b,c:d.yaml:1:1: warning: one
line (same-name)
"""

GITHUB = """\
::error file=data/services/a.yaml,line=5,col=12,title=hours-syntax::no "x"; write 18:00
::warning file=data/services/a.yaml,line=14,col=3,title=long-text::100%25 too long
::warning file=b%2Cc%3Ad.yaml,line=1,col=1,title=same-name::one%0Aline
"""


@pytest.mark.parametrize(
    ("form", "expected"), [("table", TABLE), ("parsable", PARSABLE), ("github", GITHUB)]
)
def test_a_format_is_what_it_is(form: str, expected: str) -> None:
    assert REPORTS[form](PROBLEMS) == expected


def test_json_counts_and_tells_everything() -> None:
    record = json.loads(REPORTS["json"](PROBLEMS))
    assert record["schema"] == "signpost/check/1"
    assert (record["errors"], record["warnings"]) == (1, 2)
    assert record["problems"][0] == {
        "path": "data/services/a.yaml", "line": 5, "column": 12, "severity": "error",
        "rule": "hours-syntax", "message": 'no "x"; write 18:00',
    }  # fmt: skip
    assert len(record["problems"]) == 3


@pytest.mark.parametrize("form", ["table", "parsable", "github"])
def test_nothing_to_tell_is_nothing(form: str) -> None:
    assert REPORTS[form](()) == ""


def test_nothing_to_tell_is_whole_json_all_the_same() -> None:
    assert json.loads(REPORTS["json"](()))["problems"] == []
