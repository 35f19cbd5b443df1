"""Every rule's documentation page is true: its PASS passes, and its FAIL fails where it says."""

import re
from pathlib import Path

import pytest

from signpost.dataset.gazetteer import Gazetteer
from signpost.dataset.problems import ERROR
from signpost.lint import RULES
from tests.lint.folders import lint_snippet, said

LOADER = Path(__file__).parents[2] / "signpost" / "dataset"

NO_SNIPPET = {"file-unreadable", "file-size", "bad-calendar"}
"""Faults of files that a few lines of YAML cannot show."""

MARK = "# <--"

CASES = [
    (rule.id, word, number)
    for rule in RULES.values()
    for word in ("PASS", "FAIL")
    for number in range(len(rule.snippets(word)))
]


@pytest.mark.parametrize(("name", "word", "number"), CASES, ids=lambda part: str(part))
def test_a_page_keeps_its_word(
    name: str, word: str, number: int, tmp_path: Path, places: Gazetteer
) -> None:
    snippet = RULES[name].snippets(word)[number]
    found = lint_snippet(tmp_path, places, snippet, whole=name == "floor-complete")
    if word == "PASS":
        assert not said(found, name), found
        assert not [problem for problem in found if problem.severity == ERROR]
        return
    assert said(found, name), found
    marked = {
        (path.name, line)
        for path in tmp_path.rglob("*.y*ml")
        for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if MARK in text
    }
    if marked:
        assert marked <= set(said(found, name)), found


@pytest.mark.parametrize("name", RULES)
def test_a_page_has_a_sentence_and_examples(name: str) -> None:
    rule = RULES[name]
    assert rule.summary.endswith((".", ")")), rule.summary
    assert len(rule.summary) <= 100
    assert not re.search(r"\n\n\n", rule.page)
    if name not in NO_SNIPPET:
        assert rule.snippets("FAIL")
    if rule.check is not None:
        assert rule.snippets("PASS")
        assert any(MARK in text for text in rule.snippets("FAIL"))


def test_there_are_thirty_five_rules_and_twenty_of_judgement() -> None:
    assert len(RULES) >= 35
    assert sum(rule.check is not None for rule in RULES.values()) >= 20
    assert all(name == rule.id for name, rule in RULES.items())


def test_every_rule_of_the_loader_has_a_page() -> None:
    named = {
        name
        for path in LOADER.glob("*.py")
        if path.name != "scenarios.py"  # those are run, not judged
        for name in re.findall(
            r'"((?:yaml|bad|file|hours|missing|unknown|duplicate|empty|unsafe|id)-[a-z]+(?:-[a-z]+)*)"',
            path.read_text(encoding="utf-8"),
        )
    }
    assert len(named) > 30
    assert named <= set(RULES), named - set(RULES)
    assert {name for name, rule in RULES.items() if rule.check is None} - named == {"bad-accept"}
