"""The values that stand in records as text: numbers to dial, addresses, times, degrees.

Only the ten ASCII digits count as digits: others look like them and cannot be dialled.
"""

import re

from signpost.errors import InvalidValue

_NUMBER = re.compile(r"(\+44 ?)?[0-9]+( [0-9]+)*")
_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}")
_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_EMAIL = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+")
_URL = re.compile(r"https?://[^\s<>\"\\]+")
_DEGREES = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def parse_number(text: str) -> str:
    """A number to dial, grouped as its source groups it."""
    if not _NUMBER.fullmatch(text):
        raise InvalidValue(
            f'"{text}" is not a number to dial; write digits and single spaces, such as '
            "0800 028 0077, and anything to press in menu_option"
        )
    digits = sum(character.isdigit() for character in text)
    if not 3 <= digits <= 13:
        raise InvalidValue(f'"{text}" has {digits} digits; no UK number has; check it')
    return text


def parse_url(text: str) -> str:
    """A web address."""
    if not _URL.fullmatch(text):
        raise InvalidValue(f'"{text}" is not a web address; it begins with https:// or http://')
    return text


def parse_email(text: str) -> str:
    """An e-mail address."""
    if not _EMAIL.fullmatch(text):
        raise InvalidValue(f'"{text}" is not an e-mail address; write it as name@example.org')
    return text


def parse_time(text: str) -> int:
    """A time of day, as minutes after midnight."""
    found = _TIME.fullmatch(text)
    if found is None:
        raise InvalidValue(f'"{text}" is not a time of day; write HH:MM, such as 22:30')
    return int(found[1]) * 60 + int(found[2])


def parse_postcode(text: str) -> str:
    """A full postcode, in capitals with its space."""
    if not _POSTCODE.fullmatch(text):
        raise InvalidValue(f'"{text}" is not a full postcode; write it as DE1 2QY, or leave it out')
    return text


def parse_degrees(text: str) -> float:
    """A latitude or longitude."""
    if not _DEGREES.fullmatch(text) or not -180 <= float(text) <= 180:
        raise InvalidValue(f'"{text}" is not a number of degrees; write it as 53.2591 or -1.9147')
    return float(text)
