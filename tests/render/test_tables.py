"""The table: ten lines that matter first, no number broken, no trailing space, no colour alone."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from signpost.render.floor import FloorLine
from signpost.render.plain import plain_answer
from signpost.render.screen import Entry, Screen, Section
from signpost.render.tables import HEADINGS, NARROWEST, table_text, terminal_columns
from tests.cli.test_golden import QUESTIONS
from tests.conftest import Run

NUMBER = re.compile(r"\+?\d+(?: \d+)+")
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b")


def view(entry: Entry, title: str = "Open now") -> Screen:
    return Screen(
        moment="Saturday 12 August 2023, 7:30pm", frozen=True, place="Buxton, Derbyshire",
        warnings=(), floor=(FloorLine("Life at risk", "999", "Cannot speak: press 55"),),
        verdict="No door near Buxton is surely open now.",
        sections=(Section(title, (entry,), ""),), footer=("Data: none",),
    )  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_first_ten_lines_hold_what_cannot_wait(run: Run, question: str) -> None:
    out = run("now", *QUESTIONS[question], "--format", "table").out
    lines = out.splitlines()
    assert lines[0].startswith("NOT NOW: ")
    assert lines[1].startswith("Life at risk  999 ")
    head = "\n".join(lines[:10])
    for label in ("Talk ", "Text ", "Under 19 "):
        assert f"\n{label}" in head
    assert "\nUrgent " in head
    if "--near" in QUESTIONS[question]:
        assert re.search(r"^(No door|\d+ doors?) near ", head, re.MULTILINE)
        assert any(lines[index].startswith("OPEN NOW") for index in range(7, 10))


@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize("question", QUESTIONS)
def test_no_number_is_cut_at_any_width_and_no_line_ends_in_a_space(
    run: Run, question: str, columns: int
) -> None:
    ask = ("now", *QUESTIONS[question])
    table = run(*ask, "--format", "table", columns=columns).out
    plain = run(*ask, "--format", "plain").out
    for pattern in (NUMBER, POSTCODE):
        for number in pattern.findall(plain):
            assert number in table
    lines = table.splitlines()
    assert lines == [line.rstrip() for line in lines]
    assert max(map(len, lines)) <= columns
    assert "no number" not in table.replace("no number is published", "")


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_check_first_row_says_whom_to_ask_or_where_to_look(run: Run, question: str) -> None:
    blocks: list[list[str]] = []
    for line in run("now", *QUESTIONS[question], "--format", "plain").out.splitlines():
        if line.startswith("Check first: ") and not line.startswith("Check first: Also "):
            blocks.append([])
        elif not line.startswith("  "):
            continue
        if blocks:
            blocks[-1].append(line.strip())
    for block in blocks:
        assert any(
            re.match(r"(Ring|Ask|See|Look|Chat|Write|Text|Or) ", fact) for fact in block[1:]
        ), block


@pytest.mark.parametrize("title", HEADINGS)
def test_the_state_is_said_in_words_without_colour(title: str) -> None:
    shown = table_text(view(Entry("0800 1111", "A line", ("Open at any time.",)), title), 80, False)
    assert title.upper() in shown
    assert HEADINGS[title] in shown
    assert "\x1b" not in shown


def test_colour_adds_bold_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    screen = view(Entry("0800 1111", "A line", ("Open at any time.",)))
    coloured = table_text(screen, 80, True)
    assert "\x1b[1m" in coloured
    assert set(re.findall(r"\x1b\[([0-9;]*)m", coloured)) <= {"0", "1", "2"}
    stripped = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert stripped == table_text(screen, 80, False)
    assert not re.search(r" $", stripped, re.MULTILINE)


texts = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Zl", "Zp")), max_size=60)
numbers = st.lists(st.integers(0, 99999).map(str), min_size=2, max_size=3).map(" ".join)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=numbers, name=texts, before=texts, columns=st.integers(-3, 130))
def test_no_number_is_ever_broken(number: str, name: str, before: str, columns: int) -> None:
    fact = f"{before} ring {number} first"
    shown = table_text(view(Entry(number, name, (fact,))), columns, False)
    assert len(re.findall(re.escape(number), shown)) >= 2
    assert not any(line.endswith(" ") for line in shown.splitlines())


@pytest.mark.parametrize("text", ["[red]x[/red]", "[/late]", "[tel] 01298", ":smile:", "{x}", "\\"])
def test_data_are_never_read_as_markup(text: str) -> None:
    shown = table_text(view(Entry(text, text, (text,))), 80, False)
    assert shown.count(text) == 3
    assert plain_answer(view(Entry(text, text, (text,)))).count(text) == 3


@pytest.mark.parametrize(
    ("said", "columns"), [("40", 40), ("120", 120), ("0", None), ("-1", None), ("x", None)]
)
def test_the_width_is_what_columns_says_if_it_says_a_number(
    monkeypatch: pytest.MonkeyPatch, said: str, columns: int | None
) -> None:
    monkeypatch.setenv("COLUMNS", said)
    assert terminal_columns() == columns if columns else terminal_columns() >= NARROWEST
