"""Problems as text: for a person, for tools that read lines, for GitHub, and as JSON."""

import json
from collections.abc import Callable, Sequence
from itertools import groupby

from signpost.dataset.problems import ERROR, Problem


def table(problems: Sequence[Problem]) -> str:
    """File by file, one line a problem, in columns."""
    lines: list[str] = []
    for path, group in groupby(problems, key=lambda problem: problem.position.path):
        found = list(group)
        places = [f"{problem.position.line}:{problem.position.column}" for problem in found]
        width = max(map(len, places))
        lines += ["", path] if lines else [path]
        lines += [
            f"  {place:<{width}}  {problem.severity:<7}  {problem.message} ({problem.rule})"
            for place, problem in zip(places, found, strict=True)
        ]
    return "".join(f"{line}\n" for line in lines)


def parsable(problems: Sequence[Problem]) -> str:
    """`file:line:column: severity: message (rule)`, one a line."""
    return "".join(f"{problem}\n" for problem in problems)


def github(problems: Sequence[Problem]) -> str:
    """Workflow commands, which GitHub shows beside the lines of a change."""
    return "".join(
        f"::{problem.severity} file={_property(problem.position.path)},"
        f"line={problem.position.line},col={problem.position.column},"
        f"title={_property(problem.rule)}::{_escaped(problem.message)}\n"
        for problem in problems
    )


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def as_json(problems: Sequence[Problem]) -> str:
    """One object with counts and every problem; a version only gains optional fields."""
    record = {
        "schema": "signpost/check/1",
        "errors": sum(problem.severity == ERROR for problem in problems),
        "warnings": sum(problem.severity != ERROR for problem in problems),
        "problems": [
            {
                **problem.position._asdict(),
                "severity": problem.severity,
                "rule": problem.rule,
                "message": problem.message,
            }
            for problem in problems
        ],
    }
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


REPORTS: dict[str, Callable[[Sequence[Problem]], str]] = {
    "table": table,
    "parsable": parsable,
    "github": github,
    "json": as_json,
}
"""Format to the function that writes it."""
