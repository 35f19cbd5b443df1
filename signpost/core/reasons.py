"""Every reason, condition, caveat and left-out count in words: one registry.

A remark is a code for machines with a text for people. Texts are short, lower-case clauses that
can be read aloud after "check first:".
"""

from typing import NamedTuple


class Remark(NamedTuple):
    """One code of WORDS, and its text with the facts filled in."""

    code: str
    text: str


WORDS = {
    # hours: why a moment has no sure state
    "hours_unknown": "{detail}",
    "hours_unpublished": "its opening hours are not published",
    "bank_holiday_unstated": "bank holiday ({detail}): no source says whether it opens",
    "holiday_table_ends": "bank holidays are not known that far ahead or back",
    "nations_differ": "a bank holiday in part of the UK ({detail})",
    "clock_change": "the clocks change in this hour",
    "open_end": "its closing time is not published",
    "no_point": "its hours follow the sun and its place is not known",
    "no_sun_times": "its hours follow the sun, whose times are not known then",
    "no_school_calendar": "its hours follow school terms, which are not known here",
    # life and regime
    "not_yet_open": "not open before {when}",
    "opening_planned": "planned to open {when}; no source confirms that it did",
    "opening_day_unknown": "opened {when}; the day is not known",
    "paused": "paused since {when}",
    "pause_unsure": "may be paused ({when})",
    "closed_down": "closed {when}",
    "closing_planned": "was due to end {when}; no source says whether it did",
    "closing_day_unknown": "closed {when}; the day is not known",
    "regime_unsure": "its details changed about then; the day is not known",
    "no_regime": "no source covers that time",
    "before_evidence": "no evidence before {when}",
    # evidence
    "stale": "last confirmed {when}",
    "undated": "no dated source gives its {what}",
    "overtaken": "{what}",
    "alert": "{what}",
    # access and contact
    "no_contact": "no {contact} is published",
    "by_referral": "only by referral{via}",
    "book_first": "by booking, not on the spot",
    "reply_later": "replies {when}, not at once",
    "via_emergency_department": "only through A&E",
    "existing_patients": "only for people already in its care",
    "access_unknown": "how to get in is not published",
    "last_entry": "no newcomers after {when}",
    "area_unknown": "the area it serves is not published",
    # conditions: what the person asked about may or may not meet
    "age": "{detail}",
    "group": "for {detail}",
    "not_for": "not for: {detail}",
    "part_of_area": "serves part of this area",
    "nation": "for people in {detail}",
    # caveats about the whole answer
    "place_rough": "{place} is only roughly located, so distances are rough",
    "place_chosen": "taken as {place}; also called that: {others}",
    "no_place": "no place was given, so doors and local lines are not listed; add --near",
    "data_old": "the data are {days} days old (released {when}); details may have changed",
    "clock_early": "this clock is earlier than the data (released {when}); check its date",
    "records_left_out": "{count} could not be read and {verb} left out; run signpost check",
    "records_kept": "{count} could not be read; the last good copy is used; run signpost check",
    "doors_more": "only the nearest {count} doors were looked at",
}
"""Code to text. Braces are filled from the facts; every code here is documented and tested."""

LEFT_OUT = {
    "closed": "closed then",
    "not_for_you": "not for this person",
    "out_of_area": "serving other areas",
    "other_channel": "reached another way",
    "gone_or_not_yet": "closed down, or not yet begun",
}
"""What was left out of an answer, and why, in words."""


def remark(code: str, **facts: str) -> Remark:
    """A remark with its facts filled in."""
    return Remark(code, WORDS[code].format(**facts))
