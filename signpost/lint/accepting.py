"""Warnings that a keeper has looked at, and accepted with a reason, in a comment of the record.

    hours: Mo-Fr 23:00-12:00  # accept hours-swapped: the page says so twice

The comment stands on the line of the warning, or alone on the line above. Several rules are
parted by commas. Errors cannot be accepted, and a comment that accepts nothing is itself a
warning, so that none outlives its reason.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from signpost.dataset.problems import WARNING, Position, Problem, shown_path

ID = "bad-accept"

PAGE = """A comment that accepts a warning names a rule, gives a reason, and is needed.

Write `# accept RULE: reason` behind the line that is complained of, or alone above it. Only
warnings can be accepted.

PASS:
    min_age: 85  # accept ages-odd: the page says so, a club for the over-85s

FAIL:
    min_age: 65  # accept ages-odd: no longer true  # <--
"""

_COMMENT = re.compile(r"(?:^|\s)# ?accept\b[ :]*(?P<rules>[a-z0-9, -]*)(?P<reason>:.*)?")


class Accept(NamedTuple):
    """One rule accepted on one line: where it says so, for which line, and why."""

    at: Position
    line: int
    rule: str
    reason: str


def accepts_in(path: Path) -> Iterator[Accept]:
    """The comments of a file that accept warnings."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return
    shown = shown_path(path)
    for number, line in enumerate(lines, 1):
        found = _COMMENT.search(line)
        if found is None:
            continue
        alone = not line[: found.start()].strip()
        at = Position(shown, number, line.index("#", found.start()) + 1)
        for rule in found["rules"].split(","):
            reason = (found["reason"] or "").lstrip(": ").strip()
            yield Accept(at, number + 1 if alone else number, rule.strip(), reason)


def without_accepted(
    problems: Iterable[Problem], paths: Iterable[Path], known: Collection[str]
) -> list[Problem]:
    """The problems that nobody has accepted, and those of the accepting itself."""
    accepts = [accept for path in paths for accept in accepts_in(path)]
    by_line = {
        (accept.at.path, accept.line, accept.rule): accept for accept in accepts if accept.reason
    }
    used = set()
    kept = []
    for problem in problems:
        accept = by_line.get((problem.position.path, problem.position.line, problem.rule))
        if accept is not None and problem.severity == WARNING:
            used.add(accept)
        else:
            kept.append(problem)
    for accept in accepts:
        if accept not in used:
            kept.append(Problem(accept.at, WARNING, ID, _fault(accept, known, kept)))
    return kept


def _fault(accept: Accept, known: Collection[str], problems: Iterable[Problem]) -> str:
    if accept.rule not in known:
        return f'"{accept.rule}" is no rule; write # accept RULE: reason (signpost check --rules)'
    if not accept.reason:
        return f"give the reason: # accept {accept.rule}: why"
    here = (accept.at.path, accept.line, accept.rule)
    if any((*problem.position[:2], problem.rule) == here for problem in problems):
        return f"{accept.rule} is an error and cannot be accepted; correct the record"
    return f"nothing here is complained of by {accept.rule}; remove the comment"
