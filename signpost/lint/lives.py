"""Lives: events in the order in which they can have happened."""

from itertools import pairwise

from signpost.core.dates import day_words
from signpost.lint.records import Data
from signpost.lint.rules import Found, error, warning

MAY_FOLLOW = {
    "announced": ("announced", "opens"),
    "opens": ("announced", "pauses", "closes"),
    "pauses": ("announced", "resumes", "closes"),
    "resumes": ("announced", "resumes", "pauses", "closes"),
    "closes": ("announced", "opens", "resumes"),
}
"""What may come after an event that happened. A planned one may be followed by anything."""


def life_order(data: Data) -> Found:
    """The events of a life stand in the order of their dates.

    PASS:
        life:
          - {opens: 2019-03}
          - {closes: 2024-03-31}

    FAIL:
        life:
          - {opens: 2024-03}
          - {closes: 2019-03-31}  # <--
    """
    for entry in data.entries:
        for (_, earlier), (at, later) in pairwise(entry.life()):
            if later.when.last < earlier.when.first:
                yield at, (
                    f"{later.what} {later.when.words} comes before {earlier.what} "
                    f"{earlier.when.words}, which stands above it; correct a date or the order"
                )


def life_steps(data: Data) -> Found:
    """Each event of a life can follow the one before.

    What has closed cannot pause, what runs cannot resume, and nothing opens twice without a
    closing between. A planned event may be followed by any.

    PASS:
        life:
          - {opens: 2019-03}
          - {pauses: 2020-03-23}
          - {resumes: 2021-06}

    FAIL:
        life:
          - {opens: 2019-03}
          - {closes: 2020-03-23}
          - {pauses: 2021-06}  # <--
    """
    for entry in data.entries:
        events = [found for found in entry.life() if found[1].what != "announced"]
        for (_, earlier), (at, later) in pairwise(events):
            if earlier.basis != "planned" and later.what not in MAY_FOLLOW[earlier.what]:
                yield at, (
                    f"after {earlier.what} {earlier.when.words} a service cannot have "
                    f'"{later.what}"; correct the life'
                )


def plan_after_fact(data: Data) -> Found:
    """A plan for something is not written after the report that it happened.

    A planned opening after a reported one makes a service that runs unsure.

    PASS:
        life:
          - {opens: 2023-08, basis: planned}
          - {opens: 2023-09, basis: reported}

    FAIL:
        life:
          - {opens: 2023-09, basis: reported}
          - {opens: 2023-10, basis: planned}  # <--
    """
    for entry in data.entries:
        known: str | None = None
        for at, event in entry.life():
            if event.basis == "planned" and event.what == known:
                yield at, f"{event.what} is reported above already; the plan comes first, or goes"
            if event.basis != "planned" and event.what != "announced":
                known = event.what


def report_from_future(data: Data) -> Found:
    """Only a plan can be for a day after the data set's release.

    PASS:
        life:
          - {closes: 2031-03-31, basis: planned}

    FAIL:
        life:
          - {closes: 2031-03-31, basis: reported}  # <--
    """
    for entry in data.entries:
        for at, event in entry.life():
            if event.basis != "planned" and data.released and event.when.first > data.released:
                yield at, (
                    f"{event.what} {event.when.words} is after the data's release, "
                    f"{day_words(data.released)}; nobody can report it yet: basis: planned"
                )


def report_before_event(data: Data) -> Found:
    """Only a plan can be told before its day.

    An event whose sources are all of before its date is a plan, whatever they promise: a plan
    is never an opening. Look for a later page, or write basis: planned.

    PASS:
        life:
          - {opens: 2026-03, basis: reported}
        sources:
          - {url: "https://example.org/help", published: 2026-06, grade: provider,
             supports: [name, contact, hours, life]}

    FAIL:
        life:
          - {opens: 2026-09, basis: reported}  # <--
        sources:
          - {url: "https://example.org/help", published: 2026-06, grade: provider,
             supports: [name, contact, hours, life]}
    """
    for entry in data.entries:
        tellers = [source for source in entry.service.sources if "life" in source.supports]
        dates = [source.published for source in tellers if source.published]
        if not dates or len(dates) < len(tellers):
            continue
        latest = max(dates, key=lambda published: published.last)
        for at, event in entry.life():
            if event.basis != "planned" and event.when.first > latest.last:
                yield at, (
                    f"{event.what} {event.when.words} is after the last source for the life, of "
                    f"{latest.words}, so it was a plan; write basis: planned, or find a later page"
                )


def life_without_source(data: Data) -> Found:
    """A life has a source that speaks of it.

    PASS:
        life:
          - {opens: 2019-03}

    FAIL:
        life:  # <--
          - {opens: 2019-03}
        sources:
          - {url: "https://example.org/help", published: 2026-06, grade: provider, supports: [name, contact, hours]}
    """  # noqa: E501
    for entry in data.entries:
        supported = any("life" in source.supports for source in entry.service.sources)
        if entry.service.life and not supported:
            at = entry.tree.values["life"][0]
            yield at, 'no source supports "life"; add it to the source that gives these dates'


RULES = (
    error(life_order),
    error(life_steps),
    error(plan_after_fact),
    error(report_from_future),
    warning(report_before_event),
    warning(life_without_source),
)
