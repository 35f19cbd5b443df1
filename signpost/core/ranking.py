"""The order of options within a section.

For this person's group first; local lines, doors by distance, the nation's lines, UK lines (with
no place given UK lines before a nation's);
general before single-topic; help in a crisis before therapy and reading; fresher first; then
name. Lines with nothing to ring or open come after everything that has. Services that belong
together stand together, at the place of the best of them.
"""

from collections.abc import Iterable

from signpost.core.contacts import contact_of
from signpost.core.eligibility import matches_group
from signpost.core.query import Option, Query
from signpost.core.services import NOT_CRISIS, Service

_SCOPES = ("local", "door", "nation", "uk")

Key = tuple[int, int, float, int, int, int, str, str, int]


def rank(options: Iterable[Option], query: Query) -> tuple[Option, ...]:
    """Options in order, companions next to one another."""
    keyed = sorted(((_key(option, query), option) for option in options), key=lambda pair: pair[0])
    best: dict[str, Key] = {}
    for key, option in keyed:
        best.setdefault(option.service.id, key)
    anchors = _anchors(best, [option.service for _, option in keyed])
    keyed.sort(key=lambda pair: (anchors[pair[1].service.id], best[pair[1].service.id], pair[0]))
    return tuple(option for _, option in keyed)


def _anchors(best: dict[str, Key], services: Iterable[Service]) -> dict[str, Key]:
    """Where each service stands: at its own place or at that of its best companion.

    `best` is in order. One of two records naming the other is enough to join them.
    """
    beside: dict[str, set[str]] = {name: set() for name in best}
    for service in services:
        if service.pair in best:
            beside[service.id].add(service.pair)
            beside[service.pair].add(service.id)
    anchors: dict[str, Key] = {}
    for name, key in best.items():
        waiting = {name}
        while waiting:
            here = waiting.pop()
            anchors.setdefault(here, key)
            waiting |= beside[here] - anchors.keys()
    return anchors


def _nearness(option: Option, query: Query) -> int:
    """The scope as a rank; with no place given, the whole UK's lines before a nation's."""
    order = _SCOPES if query.place is not None else ("local", "door", "uk", "nation")
    return order.index(option.scope)


def _is_nameless_line(option: Option) -> bool:
    """Whether it is a line or page with nothing to ring or open: below all that has."""
    return option.scope != "door" and contact_of(option.channel, option.regime) is None


def _key(option: Option, query: Query) -> Key:
    miles = option.distance_miles if option.distance_miles is not None else float("inf")
    return (
        0 if matches_group(option.regime, query.groups) else 1,
        len(_SCOPES) if _is_nameless_line(option) else _nearness(option, query),
        miles if option.scope == "door" else 0.0,
        1 if option.service.topics else 0,
        1 if option.service.kind in NOT_CRISIS else 0,
        -(option.freshness.last or 0),
        option.service.name,
        option.service.id,
        option.service.channels.index(option.channel),
    )
