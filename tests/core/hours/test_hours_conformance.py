"""Cases of another engine's test-suite, where they are at hand; differences are named."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hours_builders import timeline

from signpost.core.hours import HoursSyntaxError

_CASES = Path(__file__).parents[4] / "shared" / "conformance" / "opening_hours_rs.json"

# The differences of meaning, each with its reason.
_AMBIGUOUS = "days that run backwards inside a month are refused with a hint"
_COMMENT = "a comment alone makes the hours unknown, as the specification says"
_NO_POINT = "without a point the sun's times are unknown, not guessed"
_FALLBACK = "a fallback holds at all times that would be closed, also on days with hours"
_YEARLESS = "a range that ends in a named year has to begin in one"
_MONTHLESS = "a range from an nth weekday names the month of its end, which may else run a year"
_STATE = "a change of comment alone is no change of state"
_DIFFERENCES = {
    "oh0535": _AMBIGUOUS, "oh0536": _AMBIGUOUS,
    "oh0541": _NO_POINT, "oh0542": _NO_POINT, "oh0560": _NO_POINT, "oh0561": _NO_POINT,
    "oh0562": _NO_POINT, "oh0563": _NO_POINT, "oh0566": _NO_POINT, "nc0000": _NO_POINT,
    "oh0572": _FALLBACK, "oh0574": _FALLBACK,
    "oh0578": _COMMENT, "oh0579": _COMMENT, "oh0580": _COMMENT,
    "nc0015": _YEARLESS, "nc0016": _YEARLESS, "nc0037": _YEARLESS,
    "nc0021": _YEARLESS, "nc0022": _YEARLESS, "nc0038": _YEARLESS,
    "nc0023": _MONTHLESS, "nc0024": _MONTHLESS, "nc0025": _MONTHLESS,
    "nc0039": _MONTHLESS, "nc0040": _MONTHLESS,
    "nc0030": _STATE, "nc0031": _STATE, "nc0032": _STATE, "nc0033": _STATE,
}  # fmt: skip


@pytest.fixture(scope="module")
def cases():
    if not _CASES.exists():
        pytest.skip(f"the conformance cases are not beside this checkout ({_CASES.name})")
    return json.loads(_CASES.read_text(encoding="utf-8"))


def _utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _line(hours):
    return timeline(hours, "as_usual", (), zone="UTC")


def _windows(case):
    found = []
    for piece in _line(case["expr"]).intervals(_utc(case["from"]), _utc(case["to"])):
        if piece.state != "closed":
            cell = [f"{piece.start:%Y-%m-%dT%H:%M}", f"{piece.end:%Y-%m-%dT%H:%M}", piece.state]
            found.append(cell + ([piece.comment] if piece.comment else []))
    return found


def _next(case):
    change = _line(case["expr"]).next_change(_utc(case["at"]))
    return None if change is None else f"{change:%Y-%m-%dT%H:%M}"


def _state(case):
    return _line(case["expr"]).state_at(_utc(case["at"])).state


@pytest.mark.parametrize(
    ("group", "answer"), [("cases", _windows), ("state_cases", _state), ("next_cases", _next)]
)
def test_every_case_agrees_or_is_a_named_difference(cases, group, answer):
    differing = {}
    for case in cases[group]:
        try:
            found = answer(case)
        except HoursSyntaxError as error:
            found = str(error)
        if found != case["expected"]:
            differing[case["id"]] = (case["expr"], found, case["expected"])
    unexplained = {key: value for key, value in differing.items() if key not in _DIFFERENCES}
    assert not unexplained
    named = {key for key in _DIFFERENCES if key in {case["id"] for case in cases[group]}}
    assert named == set(differing)
