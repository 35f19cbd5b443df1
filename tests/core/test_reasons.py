"""One registry of words, and every code in it used."""

import ast
from pathlib import Path
from string import Formatter

import pytest

import signpost
from signpost.core import reasons
from signpost.core.reasons import LEFT_OUT, WORDS, remark

PACKAGE = Path(signpost.__file__).parent


def fields(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def strings():
    """Every string written in the package outside the registry."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        if path != Path(reasons.__file__):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant))
            found |= {node.value for node in constants if isinstance(node.value, str)}
    return found


def test_a_remark_is_filled_in_from_the_facts():
    assert remark("stale", when="December 2024") == ("stale", "last confirmed December 2024")
    assert remark("no_contact", contact="number").text == "no number is published"


def test_facts_with_braces_are_taken_as_they_are():
    assert remark("alert", what="down {until} further notice").text == (
        "down {until} further notice"
    )


def test_an_unknown_code_is_a_fault_of_ours():
    with pytest.raises(KeyError):
        remark("no_such_code")


@pytest.mark.parametrize("code", WORDS)
def test_every_text_reads_on_after_a_colon(code):
    text = WORDS[code]
    assert not text.endswith(".")
    assert text[0] in "{" or text[0].islower()
    assert fields(text) <= {
        "detail", "when", "what", "contact", "via", "place", "others", "days", "count", "verb",
        "name", "why",
    }  # fmt: skip


def test_every_code_is_used():
    written = strings()
    assert [code for code in (*WORDS, *LEFT_OUT) if code not in written] == []


def test_every_code_of_the_hours_has_words():
    """A reason of the hours engine without words would be a traceback at the desk."""
    found = set()
    for path in (PACKAGE / "core" / "hours").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="Reason"), args=[ast.Constant(value=str(code)), *_]):
                    found.add(code)
                case ast.Assign(
                    targets=[ast.Name(id="NO_POINT" | "NO_SUN_TIMES")],
                    value=ast.Constant(value=str(code)),
                ):
                    found.add(code)
    assert {"nations_differ", "clock_change", "no_point", "no_sun_times"} <= found
    assert found <= WORDS.keys()
