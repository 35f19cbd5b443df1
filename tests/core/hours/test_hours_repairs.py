"""Guesses at what a text that is no expression was meant to be."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signpost.core.hours import HoursSyntaxError, parse
from signpost.core.hours.repairs import suggestion

GUESSES = [
    # text, the guess
    ("Mo-Fr 6pm-11pm", "Mo-Fr 18:00-23:00"),
    ("Mon to Fri 9am to 5.30pm", "Mo-Fr 09:00-17:30"),
    ("Mo-Fr 12am-12pm", "Mo-Fr 00:00-12:00"),
    ("Mo-Fr 18.00-23.00", "Mo-Fr 18:00-23:00"),
    ("Mo-Fr 0900-1730", "Mo-Fr 09:00-17:30"),
    ("weekdays 6pm - midnight", "Mo-Fr 18:00-24:00"),
    ("weekends midnight-6am", "Sa-Su 00:00-06:00"),
    ("daily noon till 8pm", "Mo-Su 12:00-20:00"),
    ("Mon and Wed 10:00-12:00", "Mo,We 10:00-12:00"),
    ("Mo & We 10:00-12:00", "Mo,We 10:00-12:00"),
    ("24 hours a day", "24/7"),
    ("always", "24/7"),
    ("Mo-Fr 09:00-17:00; bank holidays off", "Mo-Fr 09:00-17:00; PH off"),
    ("Mo-Fr 09:00-17:00; 25 December off", "Mo-Fr 09:00-17:00; Dec 25 off"),
    ("Mo-Fr 09:00-17:00 open 'ring the bell'", 'Mo-Fr 09:00-17:00 open "ring the bell"'),
    ("Mo-Fr 09:00-17:00 by appointment", 'Mo-Fr 09:00-17:00 unknown "by appointment"'),
    ("appointment only", 'unknown "by appointment"'),
    ("Mo-Fr from 09:00 to 17:00", "Mo-Fr 09:00-17:00"),
    # nothing is guessed where the text could mean several things
    ("9-5", None),
    ("Mo-Fr 9-5", None),
    ("two or three evenings a week", None),
    ("Feb 30", None),
    ("", None),
    ("Mo " * 400, None),
]


@pytest.mark.parametrize(("text", "guess"), GUESSES)
def test_a_guess(text, guess):
    with pytest.raises(HoursSyntaxError):
        parse(text)
    assert suggestion(text) == guess


_WORDS = st.sampled_from(
    ["Mo", "Fri", "to", "and", "&", "6pm", "9.30", "0900", "-", "midnight", "noon", "bank holiday",
     "weekdays", "daily", "24 hours", "'x'", "off", "25 Dec", ";", ",", "from", "by appointment"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=30), st.lists(_WORDS, max_size=8).map(" ".join)))
@settings(max_examples=500, deadline=None)
def test_a_guess_can_always_be_read_and_needs_no_other(text):
    guess = suggestion(text)
    if guess is not None:
        assert parse(guess).canonical() == guess
        assert parse(guess).warnings == ()
