"""Whom a channel is for: ages and groups, held against what is known of the person."""

from collections.abc import Iterable

from signpost.core.reasons import Remark, remark
from signpost.core.services import GROUPS, WITHIN_GROUP, WORK_GROUPS, Regime


def fits(regime: Regime, age: int | None, groups: tuple[str, ...]) -> bool:
    """Whether a channel may be for this person.

    What is not known of somebody never excludes them, except that what is only for people of
    some line of work is for those who said that it is theirs.
    """
    if age is not None and not age_fits(regime, age):
        return False
    if not regime.groups or matches_group(regime, groups):
        return True
    return any(
        group not in WORK_GROUPS or WITHIN_GROUP.get(group) in groups for group in regime.groups
    )


def age_fits(regime: Regime, age: int) -> bool:
    """Whether an age (whole years) is within the limits, both included."""
    least, most = regime.min_age, regime.max_age
    return (least is None or least <= age) and (most is None or age <= most)


def matches_group(regime: Regime, groups: tuple[str, ...]) -> bool:
    """Whether a regime is for one of the groups the person is known to belong to."""
    belongs = {*groups, *(WITHIN_GROUP[group] for group in groups if group in WITHIN_GROUP)}
    return any(group in belongs for group in regime.groups)


def age_words(least: int | None, most: int | None) -> str:
    """Age limits as people read them; empty when there are none."""
    if least is not None and most is not None:
        return f"ages {least} to {most}"
    if least is not None:
        return f"{least} and over"
    if most is not None:
        return f"{most} and under"
    return ""


def person_remarks(regime: Regime) -> Iterable[Remark]:
    """Whom a channel is for, in words."""
    ages = age_words(regime.min_age, regime.max_age)
    if ages:
        yield remark("age", detail=ages)
    if regime.groups:
        yield remark("group", detail=" or ".join(GROUPS[group] for group in regime.groups))


def conditions(regime: Regime, age: int | None, groups: tuple[str, ...]) -> Iterable[Remark]:
    """What a channel asks of people that is not known of this person."""
    for found in person_remarks(regime):
        known = age is not None if found.code == "age" else matches_group(regime, groups)
        if not known:
            yield found
    for who in regime.not_for:
        yield remark("not_for", detail=who.rstrip("."))
