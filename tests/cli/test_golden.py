"""Whole outputs, kept as files that one can read: questions a call handler asks."""

import re

import pytest

from tests.conftest import Golden, Run

QUESTIONS = {
    "buxton-saturday-evening-2023": ("--near", "Buxton", "--at", "2023-08-12T19:30"),
    "derby-overtaken-2026": ("--near", "Derby", "--at", "2026-11-21T19:00"),
    "derby-night-2021": ("--near", "Derby", "--at", "2021-01-20T03:00"),
    "manchester-staff-2021": (
        "--near", "Manchester", "--for", "nhs_staff", "--at", "2021-03-22T11:00",
    ),
    "london-saturday-2026": ("--near", "London", "--at", "2026-11-21T22:00"),
    "glasgow-christmas-3am": ("--near", "Glasgow", "--at", "2026-12-25T03:00"),
    "cardiff-christmas-3am": ("--near", "Cardiff", "--at", "2026-12-25T03:00"),
    "belfast-christmas-3am": ("--near", "Belfast", "--at", "2026-12-25T03:00"),
    "no-place": ("--at", "2026-11-21T22:00"),
    "blackpool-2019": ("--near", "Blackpool", "--at", "2019-06-05T14:00"),
}  # fmt: skip
SHAPES = {
    "80.txt": (80, "table"),
    "40.txt": (40, "table"),
    "plain.txt": (80, "plain"),
    "json": (80, "json"),
}
JSON_TOO = ("buxton-saturday-evening-2023", "derby-overtaken-2026", "glasgow-christmas-3am")
"""Questions kept as JSON too. It is long; a test holds every answer to its schema."""

CASES = [
    (question, shape)
    for question in QUESTIONS
    for shape in SHAPES
    if shape != "json" or question in JSON_TOO
]


def masked(text: str) -> str:
    """The output without the version of the data, which changes with every edit of them."""
    text = re.sub(r"^Data: .*$", "Data: (version)", text, flags=re.MULTILINE)
    return re.sub(r'("version": )"[^"]*"', r'\1"(version)"', text)


@pytest.mark.parametrize(("question", "shape"), CASES)
def test_the_output_is_the_one_that_was_read_and_found_good(
    run: Run, golden: Golden, question: str, shape: str
) -> None:
    columns, form = SHAPES[shape]
    result = run("now", *QUESTIONS[question], "--format", form, columns=columns)
    assert result.code == 0
    golden(f"{question}.{shape}", masked(result.out))


@pytest.mark.parametrize("form", ["plain", "json"])
def test_the_refusal_is_the_one_that_was_read_and_found_good(
    run: Run, golden: Golden, form: str
) -> None:
    result = run("now", "--near", "Newport", "--at", "2026-11-21T22:00", "--format", form)
    assert result.code == 3
    golden(f"newport.{form}", result.err + result.out)
