"""Evidence that has grown old by the day of the data set's release.

Old doors and lines are no fault of a record: `signpost due` lists them, and answers show them as
*check first*. Here is only what must not grow old.
"""

from signpost.core.dates import day_words
from signpost.core.evidence import freshness
from signpost.lint.records import Data
from signpost.lint.rules import Found, warning


def stale_floor(data: Data) -> Found:
    """The emergency lines are confirmed within the time that makes a line sure.

    They are printed in every answer, whatever the age of their evidence: so it is kept young.

    PASS:
        role: listening
        floor: true

    FAIL:
        role: listening
        floor: true  # <--
        sources:
          - {url: "https://example.org/help", published: 2019-06, grade: provider,
             supports: [name, contact, hours]}
    """
    for part in data.parts():
        service, regime = part.entry.service, part.regime
        if not service.floor or data.released is None or part.is_over(data.released):
            continue
        if regime.hours is None or regime.purpose != "help":
            continue
        found = freshness(service, part.channel, regime, data.released, None)
        if found.verdict != "fresh":
            last = f"last confirmed {day_words(found.last)}" if found.last else "never confirmed"
            yield part.entry.at("floor"), (
                f'"{part.channel.id}" was {last} by a dated source for hours and contact; '
                "add a newer one"
            )


RULES = (warning(stale_floor),)
