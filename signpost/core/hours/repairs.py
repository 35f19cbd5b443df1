"""What a text that is no hours expression was probably meant to be: a guess to be asked about."""

import re
from collections.abc import Callable

from signpost.core.hours.notation import HoursSyntaxError
from signpost.core.hours.parsing import parse

_LONGEST = 500

Change = str | Callable[[re.Match[str]], str]


def _half_day(found: re.Match[str]) -> str:
    hour = int(found["hour"]) % 12 + (12 if found["half"].lower() == "p" else 0)
    return f"{hour:02d}:{found['minute'] or '00'}"


# In this order. Each is a way people write hours, and what the notation has for it.
_CHANGES: tuple[tuple[str, Change], ...] = (
    (r"'([^'\"]*)'", r'"\1"'),
    (
        r"\b(?P<hour>1[0-2]|0?[1-9])(?:[.:](?P<minute>[0-5]\d))?\s*(?P<half>[ap])\.?m\b\.?",
        _half_day,
    ),
    (r"\b(2[0-4]|[01]?\d)[.h]([0-5]\d)\b", r"\1:\2"),
    (r"(?<![\d:])([01]\d|2[0-4])([0-5]\d)\s*-\s*([01]\d|2[0-4])([0-5]\d)(?![\d:])", r"\1:\2-\3:\4"),
    (r"\b(?:to|till|until|through|thru)\b", "-"),
    (r"\b(?:noon|midday)\b", "12:00"),
    (r"-\s*midnight\b", "-24:00"),
    (r"\bmidnight\b", "00:00"),
    (r"\b(?:bank|public)\s+holidays?\b|\bBHs?\b", "PH"),
    (r"\b24\s*(?:hours|hrs|h)(?:\s+a\s+day)?\b|\balways(?:\s+open)?\b", "24/7"),
    (r"\bweekdays?\b", "Mo-Fr"),
    (r"\bweekends?\b", "Sa-Su"),
    (r"\b(?:daily|everyday|every\s+day)\b", "Mo-Su"),
    (r"\b(?:by\s+)?appointments?(?:\s+only)?$", 'unknown "by appointment"'),
    (r"\b(\d{1,2})\s+(Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Oct|Nov|Dec)[a-z]*\b", r"\2 \1"),
    (r"\s*(?:&|\band\b)\s*", ","),
    (r"(?<=\d)\s*;\s*(?=\d{1,2}:)", ","),
    (r"\s*-\s*(?=\S)", "-"),
    (r"\bfrom\b|\bopen\s+(?=\d)|\bon\b|(?<=\d)\s*(?:hrs|hours)\b", " "),
)  # fmt: skip
_PATTERNS = tuple((re.compile(pattern, re.IGNORECASE), change) for pattern, change in _CHANGES)


def suggestion(text: str) -> str | None:
    """A correct expression that the text may stand for; None where no guess can be read."""
    if len(text) > _LONGEST:
        return None
    guess = text
    for pattern, change in _PATTERNS:
        guess = pattern.sub(change, guess)
    try:
        return parse(" ".join(guess.split())).canonical()
    except HoursSyntaxError:
        return None
