"""The order of options within a section.

For this person's group first; local lines, doors by distance, the nation's lines, UK lines;
general before single-topic; help in a crisis before therapy and
reading; fresher first; then name. Services that belong together stand
together, at the place of the better one.
"""

from collections.abc import Iterable

from signpost.core.availability import matches_group
from signpost.core.query import Option, Query
from signpost.core.services import NOT_CRISIS

_SCOPES = ("local", "door", "nation", "uk")

Key = tuple[int, int, float, int, int, int, str, str, int]


def rank(options: Iterable[Option], query: Query) -> tuple[Option, ...]:
    """Options in order, companions next to one another."""
    keyed = sorted(((_key(option, query), option) for option in options), key=lambda pair: pair[0])
    best: dict[str, Key] = {}
    for key, option in keyed:
        best.setdefault(option.service.id, key)
    anchored = []
    for key, option in keyed:
        own = best[option.service.id]
        pair = best.get(option.service.pair or "", own)
        anchored.append((min(own, pair), own, key, option))
    anchored.sort(key=lambda entry: entry[:3])
    return tuple(entry[3] for entry in anchored)


def _key(option: Option, query: Query) -> Key:
    miles = option.distance_miles if option.distance_miles is not None else float("inf")
    return (
        0 if matches_group(option.regime, query.groups) else 1,
        _SCOPES.index(option.scope),
        miles if option.scope == "door" else 0.0,
        1 if option.service.topics else 0,
        1 if option.service.kind in NOT_CRISIS else 0,
        -(option.freshness.last or 0),
        option.service.name,
        option.service.id,
        option.service.channels.index(option.channel),
    )
