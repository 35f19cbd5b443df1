"""Text of an hours expression to its tokens."""

import re
from typing import NamedTuple

from signpost.core.hours.notation import HoursSyntaxError

WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LONG_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip


class Token(NamedTuple):
    """A piece of the text: its kind, value, and the columns it covers.

    Kinds: weekday, month (values from 0 and 1), holiday, event, state, week, easter,
    days, time (minutes), number (its digits), comment, end, or the symbol itself.
    """

    kind: str
    value: str | int
    column: int
    end: int


_WORDS: dict[str, tuple[str, str | int]] = {
    **{name: ("weekday", index) for index, name in enumerate(WEEKDAYS)},
    **{name: ("month", index) for index, name in enumerate(MONTHS, 1)},
    "PH": ("holiday", "PH"),
    "SH": ("holiday", "SH"),
    **{name: ("event", name) for name in ("dawn", "sunrise", "sunset", "dusk")},
    "open": ("state", "open"),
    "closed": ("state", "closed"),
    "off": ("state", "closed"),
    "unknown": ("state", "unknown"),
    "week": ("week", "week"),
    "easter": ("easter", "easter"),
    "day": ("days", "day"),
    "days": ("days", "days"),
}
# Spellings people use, to the one the notation has.
_SPELLINGS: dict[str, str] = {
    **{word.lower(): word for word in _WORDS},
    **{long: WEEKDAYS[index] for index, long in enumerate(_LONG_DAYS)},
    **{long[:3]: WEEKDAYS[index] for index, long in enumerate(_LONG_DAYS)},
    "tues": "Tu", "weds": "We", "thur": "Th", "thurs": "Th",
    **{long: MONTHS[index] for index, long in enumerate(_LONG_MONTHS)},
    "sept": "Sep",
    "weeks": "week",
}  # fmt: skip
# Words that have no one meaning here, to what to write.
_HINTS: dict[str, str] = {
    **dict.fromkeys(
        ("am", "pm", "noon", "midday", "midnight"), "write 24-hour times, such as 18:00-23:00"
    ),
    **dict.fromkeys(("to", "till", "until"), 'write a hyphen, as in "Mo-Fr" or "18:00-23:00"'),
    **dict.fromkeys(("and",), 'write a comma, as in "Mo,We"'),
    **dict.fromkeys(("bank", "holiday", "holidays", "bh"), "write PH for bank holidays"),
    **dict.fromkeys(("daily", "everyday", "every"), 'write "Mo-Su", or no day at all'),
    **dict.fromkeys(("weekday", "weekdays"), 'write "Mo-Fr"'),
    **dict.fromkeys(("weekend", "weekends"), 'write "Sa-Su"'),
    **dict.fromkeys(("h", "hrs", "hours"), 'write times as HH:MM, and round the clock as "24/7"'),
    **dict.fromkeys(("always",), 'write "24/7"'),
    **dict.fromkeys(("except", "excluding"), 'add a rule, as in "; Dec 25 off"'),
    "appointment": 'put remarks in quotes, as in unknown "by appointment"',
}

_TOKEN = re.compile(
    r"\s*(?:(?P<time>[0-9]{1,2}:[0-9]{2}(?![0-9:]))|(?P<number>[0-9]+)|(?P<word>[A-Za-z]+)"
    r'|(?P<symbol>\|\||[-,;:+/\[\]()])|"(?P<comment>[^"]*)"|(?P<dash>[‐-―−])'
    r"|[“”](?P<curly>[^“”\"]*)[“”])"
)


def tokenize(text: str) -> tuple[list[Token], list[str]]:
    """The tokens of an expression, closed by an `end` token, with warnings on spelling."""
    tokens: list[Token] = []
    warnings: list[str] = []
    position = 0
    stop = len(text.rstrip())
    while position < stop:
        match = _TOKEN.match(text, position)
        if match is None:
            raise _stray(text, position)
        kind = match.lastgroup or ""
        value: str | int = match[kind]
        column, position = match.start(kind), match.end()
        if kind == "symbol":
            kind = str(value)
        elif kind == "word":
            kind, value = _word(str(value), column, warnings)
        elif kind == "time":
            value = _minutes(str(value), column, warnings)
        elif kind == "number":
            _check_number(text, column, position)
        elif kind == "dash":
            warnings.append(f'"{value}" should be a plain hyphen "-"')
            kind = value = "-"
        else:
            column -= 1
            if kind == "curly":
                warnings.append('curly quotes should be plain ones: "')
                kind = "comment"
            if not str(value).strip():
                raise HoursSyntaxError("the comment is empty; say why in it", column)
        tokens.append(Token(kind, value, column, position))
    tokens.append(Token("end", "", stop, stop))
    return tokens, warnings


def _word(word: str, column: int, warnings: list[str]) -> tuple[str, str | int]:
    if word in _WORDS:
        return _WORDS[word]
    known = _SPELLINGS.get(word.lower())
    if known is None:
        hint = _HINTS.get(word.lower(), "put remarks in double quotes")
        raise HoursSyntaxError(f'"{word}" means nothing here; {hint}', column)
    warnings.append(f'"{word}" should be "{known}"')
    return _WORDS[known]


def _minutes(text: str, column: int, warnings: list[str]) -> int:
    hours, minutes = text.split(":")
    if int(minutes) > 59 or int(hours) * 60 + int(minutes) > 2880:
        raise HoursSyntaxError(
            f'"{text}" is not a time of day; write 00:00 to 24:00, or up to 48:00 for the'
            " end of a session on the next day",
            column,
        )
    if len(hours) == 1:
        warnings.append(f'"{text}" should be "0{text}"')
    return int(hours) * 60 + int(minutes)


def _check_number(text: str, column: int, end: int) -> None:
    written = text[column:end]
    rest = text[end : end + 3]
    if rest[:1] == "." and rest[1:2].isdigit():
        raise HoursSyntaxError("write times with a colon, such as 18:00", column)
    if rest.lstrip()[:2].lower() in ("am", "pm"):
        raise HoursSyntaxError("write 24-hour times, such as 18:00-23:00", column)
    if len(written) > 4:
        raise HoursSyntaxError(f'"{written}" is neither a day, a week nor a year', column)


def _stray(text: str, position: int) -> HoursSyntaxError:
    column = position + len(text[position:]) - len(text[position:].lstrip())
    stray = text[column]
    if stray in '"“”':
        return HoursSyntaxError("the comment has no closing quote", column)
    hint = {
        "&": 'write a comma, as in "Mo,We"',
        "–": "write a plain hyphen",
        "'": 'put remarks in double quotes: "',
        "|": 'a fallback rule is joined with "||"',
        ".": "write times with a colon, such as 18:00",
    }.get(stray, "see the notation's rules for what may stand here")
    return HoursSyntaxError(f'"{stray}" means nothing here; {hint}', column)
