"""What a rule is, and how its documentation page is read."""

from collections.abc import Callable, Iterator
from inspect import cleandoc
from typing import NamedTuple

from signpost.dataset.problems import ERROR, WARNING, Position
from signpost.lint.records import Data

Found = Iterator[tuple[Position, str]]
"""What a rule yields: where, and the fact with its remedy in words."""

Check = Callable[[Data], Found]


class Rule(NamedTuple):
    """One rule. `page` is its documentation, with PASS and FAIL snippets that a test runs.

    `check` is None for what the loader itself reports while it reads.
    """

    id: str
    severity: str
    page: str
    check: Check | None

    @property
    def summary(self) -> str:
        """The page's first line."""
        return self.page.partition("\n")[0]

    def snippets(self, word: str) -> list[str]:
        """The indented blocks of the page that follow `PASS:` or `FAIL:`."""
        found: list[str] = []
        inside = False
        for line in self.page.splitlines():
            if line in ("PASS:", "FAIL:"):
                inside = line == f"{word}:"
                found.extend([""] if inside else [])
            elif inside:
                found[-1] += line[4:] + "\n"
        return [cleandoc(snippet) + "\n" for snippet in found]


def error(check: Check) -> Rule:
    """A rule against what makes an answer wrong or unsafe, named after its function."""
    return _rule(check, ERROR)


def warning(check: Check) -> Rule:
    """A rule about what a keeper should look at, named after its function."""
    return _rule(check, WARNING)


def read_rule(name: str, page: str, severity: str = ERROR) -> Rule:
    """A rule that the loader applies while it reads, with its page."""
    return Rule(name, severity, cleandoc(page), None)


def _rule(check: Check, severity: str) -> Rule:
    return Rule(check.__name__.replace("_", "-"), severity, cleandoc(check.__doc__ or ""), check)
