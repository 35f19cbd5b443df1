"""What a description or a note says, against what the record's keys say."""

import re
from collections.abc import Iterator

from signpost.core.services import Service
from signpost.dataset.problems import Position
from signpost.lint.contacts import dialled, live_numbers
from signpost.lint.hours import parsed
from signpost.lint.records import Data
from signpost.lint.rules import Found, warning

_IN_DOUBT = re.compile(
    r"(?i)\b(not|no|cannot|never|nor|neither|without|plan|plans|planned|meant|proposed|was|team|sister)\b"
    r"(?! appointment)(?! an appointment)(?! referral)"
)
"""Words by which a sentence denies, doubts, or speaks of something else."""

_ALWAYS = re.compile(
    r"(?i)\b(24/7|24 hours|24-hour|round[- ]the[- ]clock|day (?:and|or) night|"
    r"at (?:any|all) hours?\b(?! of)|any time of day)"
)
_WALK_IN = re.compile(
    r"(?i)\b(walk(?:ing)? in\b|drop(?:ping)? in\b|without (?:an )?appointment|"
    r"no appointment (?:is )?needed|just turn up)"
)
_REFERRAL = re.compile(
    r"(?i)\b(only (?:by|on|through|after) (?:a )?(?:professional )?referral\b(?! or)|"
    r"(?:by )?referral only|must be referred|referred by (?:a )?professionals?)"
)
_GONE = re.compile(r"(?i)\b(has closed|closed down|closed for good|no longer (?:runs|open|there)|"
                   r"has ended|ceased)\b")  # fmt: skip
_NUMBER = re.compile(r"(?<!\d)(?:\+44 ?|0)\d(?: ?\d){8,9}(?!\d)")
_AGES = re.compile(
    r"(?i)\b(?:(?:aged |over |under )(?P<one>\d{1,2})s?\b(?! (?:to|and|months|weeks|hours))|"
    r"(?P<least>\d{1,2}) (?:and|or) (?:over|older|above|under)|"
    r"aged (?P<low>\d{1,2}) (?:to|and) (?P<high>\d{1,2}))"
)

INVITED = ("walk_in", "anyone", "call_first", "existing_patients")
BY_REFERRAL = ("professional_referral", "existing_patients", "via_emergency_department")


def _prose(data: Data) -> Iterator[tuple[Service, Position, str]]:
    """The sentences that a caller reads: descriptions and channel notes."""
    for entry in data.entries:
        for at, text in entry.texts("description"):
            yield entry.service, at, text
        for part in entry.parts():
            for at, text in part.texts("note"):
                yield entry.service, at, text


def _claim(wording: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Where a text says so in a sentence that neither denies nor doubts it."""
    for sentence in re.split(r"[.;] ", text):
        found = wording.search(sentence)
        if found and not _IN_DOUBT.search(sentence):
            return found
    return None


def prose_always(data: Data) -> Found:
    """Prose that promises every hour is borne out by hours.

    A reader of "24/7" rings at three in the morning. Some channel then has `hours: 24/7`, or
    the whole of every day; otherwise the words go.

    PASS:
        description: Trained volunteers listen, day and night.
        channels:
          - {id: line, kind: phone, access: anyone, number: 0808 157 0123, hours: 24/7}

    FAIL:
        description: Trained volunteers listen, day and night.  # <--
        channels:
          - {id: line, kind: phone, access: anyone, number: 0808 157 0123, hours: Mo-Fr 09:00-17:00}
    """
    for service, at, text in _prose(data):
        found = _claim(_ALWAYS, text)
        if found and not any(_lasts_all_day(hours) for hours in _hours(service)):
            yield at, f'the text says "{found[0]}", and no channel has such hours; correct one'


def _hours(service: Service) -> Iterator[str]:
    for channel in service.channels:
        for regime in channel.regimes:
            if regime.hours:
                yield regime.hours


def _lasts_all_day(hours: str) -> bool:
    return any(
        rule.always or any(span[:2] == (0, 1440) for span in rule.times)
        for rule in parsed(hours).rules
    )


def prose_walk_in(data: Data) -> Found:
    """Prose that invites people to walk in is borne out by `access`.

    PASS:
        description: Walk in and have a cup of tea.
        channels:
          - {id: door, kind: in_person, access: walk_in, location: {town: "Buxton, Derbyshire"},
             hours: "Mo-Su 18:00-23:00"}

    FAIL:
        description: Walk in and have a cup of tea.  # <--
        channels:
          - {id: door, kind: in_person, access: booking, location: {town: "Buxton, Derbyshire"},
             hours: "Mo-Su 18:00-23:00"}
    """
    for service, at, text in _prose(data):
        found = _claim(_WALK_IN, text)
        if found and not _has_access(service, INVITED):
            yield at, f'the text says "{found[0]}", and no channel has access: walk_in; correct one'


def prose_referral(data: Data) -> Found:
    """Prose that asks for a referral is borne out by `access`.

    A person without one would travel for nothing.

    PASS:
        description: A bed for a few nights, only by referral.
        channels:
          - {id: line, kind: phone, access: professional_referral, number: 0808 157 0123,
             hours: 24/7}

    FAIL:
        description: A bed for a few nights, only by referral.  # <--
    """
    for service, at, text in _prose(data):
        found = _claim(_REFERRAL, text)
        if found and not _has_access(service, BY_REFERRAL):
            yield at, (
                f'the text says "{found[0]}", and no channel has access: '
                "professional_referral; correct one"
            )


def _has_access(service: Service, wanted: tuple[str, ...]) -> bool:
    return any(
        regime.access in wanted for channel in service.channels for regime in channel.regimes
    )


def prose_gone(data: Data) -> Found:
    """Prose that says a service has ended is borne out by its life or its regimes.

    Words end nothing: without a date in the record, the service goes on being offered.

    PASS:
        description: A line for the pandemic that has ended.
        life:
          - {closes: 2022-03-31}

    FAIL:
        description: A line for the pandemic that has ended.  # <--
    """
    for service, at, text in _prose(data):
        found = _GONE.search(text)
        ends = any(event.what in ("closes", "pauses") for event in service.life) or any(
            regime.until for channel in service.channels for regime in channel.regimes
        )
        if found and not (ends or service.replaced_by):
            yield at, f'the text says "{found[0]}", and the record has no end; write it in life'


def prose_number(data: Data) -> Found:
    """A number in prose is a live number of a channel too, of this record or another.

    In a sentence alone it can neither be found, nor checked, nor retired.

    PASS:
        description: Ring 0808 157 0123 for a talk.

    FAIL:
        description: Ring 0300 790 0596 for a talk.  # <--
    """
    live = live_numbers(data)
    for service, at, text in _prose(data):
        known = live.keys() | {dialled(retired.number) for retired in service.retired}
        for number in _NUMBER.findall(text):
            if dialled(number) not in known:
                yield at, f"the text holds {number}, and no channel does; give it a channel"


def prose_ages(data: Data) -> Found:
    """An age bound in prose stands in `min_age` or `max_age` too.

    "18 and over" is min_age: 18; "under 18" is max_age: 17; "over 18" leaves it to the source
    whether 18 is meant.

    PASS:
        description: A line for people of 18 and over.
        min_age: 18

    FAIL:
        description: A line for people of 18 and over.  # <--
    """
    for service, at, text in _prose(data):
        bounds = {
            bound + step
            for channel in service.channels
            for regime in channel.regimes
            for bound in (regime.min_age, regime.max_age)
            if bound is not None
            for step in (-1, 0, 1)
        }
        for found in _AGES.finditer(text):
            ages = {int(age) for age in found.groups() if age}
            if not ages <= bounds:
                yield at, f'the text says "{found[0]}", and the ages do not; give min_age, max_age'


RULES = (
    warning(prose_always),
    warning(prose_walk_in),
    warning(prose_referral),
    warning(prose_gone),
    warning(prose_number),
    warning(prose_ages),
)
