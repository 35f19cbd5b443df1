"""What docs/hours.md says is so: words, errors, reasons, and the tests it names."""

import ast
import re
from pathlib import Path

import pytest
from hours_builders import ENGLAND, SCOTLAND, london, timeline

from signpost.core import hours as package
from signpost.core.hours import UNKNOWN, HoursSyntaxError, parse, words
from signpost.core.reasons import WORDS

_HERE = Path(__file__).parent
_PAGE = (_HERE.parents[2] / "docs" / "hours.md").read_text(encoding="utf-8")


def _table(first):
    """The rows of the table whose first heading is this, as cells."""
    _, found, rest = _PAGE.partition(f"| {first} |")
    assert found, first
    rows = []
    for line in rest.splitlines()[2:]:
        if not line.startswith("|"):
            break
        cells = re.split(r"(?<!\\)\|", line.strip()[1:-1])
        rows.append([cell.strip().strip("`").replace("\\|", "|") for cell in cells])
    assert rows
    return rows


@pytest.mark.parametrize(("hours", "said"), _table("write"))
def test_the_notation_is_said_as_the_page_says(hours, said):
    found = parse(hours)
    assert words(found) == said
    assert found.warnings == ()


@pytest.mark.parametrize(("hours", "error"), _table("written"))
def test_what_is_not_supported_is_refused_with_those_words(hours, error):
    with pytest.raises(HoursSyntaxError, match=re.escape(error)) as caught:
        parse(hours)
    assert 0 <= caught.value.column <= len(hours)


def test_every_refusal_for_lack_of_support_is_on_the_page():
    """Errors that say "not supported", "cannot be shifted" or "at most" are limits of ours."""
    limits = re.compile(r"not supported|cannot be shifted|at most \{")
    said = {
        re.split(r"\{|,", text)[0].strip()
        for text in _strings()
        if limits.search(text) and "\n" not in text
    }
    errors = " ".join(error for _, error in _table("written"))
    assert {text for text in said if text.split(";")[0] not in errors} == set()


def _trees():
    for path in sorted(Path(package.__file__).parent.glob("*.py")):
        yield ast.parse(path.read_text(encoding="utf-8"))


def _strings():
    """Every string that the hours package's code holds, those with braces put back."""
    for tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
            elif isinstance(node, ast.JoinedStr):
                yield "".join(
                    part.value if isinstance(part, ast.Constant) else "{}" for part in node.values
                )


def test_the_reasons_on_the_page_are_those_of_the_code():
    codes = {text for text in _strings() if text in WORDS}
    assert {row[0] for row in _table("reason")} == codes


@pytest.mark.parametrize(("code", "hours", "at", "why"), _table("reason"))
def test_each_reason_has_an_example_that_gives_it(code, hours, at, why):
    tables = (ENGLAND, SCOTLAND) if code == "nations_differ" else (ENGLAND,)
    point = (78.2, 15.6) if code == "no_sun_times" else None  # Svalbard, in its summer
    status = timeline(hours, None, tables, point=point).state_at(london(at))
    assert status.state == UNKNOWN
    assert code in [reason.code for reason in status.reasons]
    assert why


@pytest.mark.parametrize("row", _table("difference"), ids=lambda row: row[0][:40])
def test_each_difference_has_a_reason_and_a_test(row):
    difference, because, shown = row
    assert difference
    assert because
    name, _, test = shown.partition("::")
    assert f"def {test}(" in (_HERE / name).read_text(encoding="utf-8")
