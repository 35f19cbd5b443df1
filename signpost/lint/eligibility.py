"""Whom a service is for: ages, groups and topics that make sense together."""

from signpost.core.services import GROUPS, WORK_GROUPS
from signpost.lint.records import Data
from signpost.lint.rules import Found, error, warning

OLDEST_START = 70
YOUNGEST_END = 11

TOPIC_OF = {
    "bereaved": "bereavement", "farmers": "farming", "lgbt": "lgbt", "victims": "crime",
    "armed_forces": "armed_forces", "veterans": "armed_forces",
}  # fmt: skip
"""Groups that a single topic goes with: a service for them is rarely a general one."""


def ages_odd(data: Data) -> Found:
    """Age bounds are such as services have.

    A least age over 70 or a greatest age under 11 is mostly a slip.

    PASS:
        min_age: 65

    FAIL:
        min_age: 85  # <--
    """
    for part in data.parts():
        least, most = part.regime.min_age, part.regime.max_age
        if least is not None and least > OLDEST_START:
            yield part.at("min_age"), f"a least age of {least} is odd; compare it with the source"
        if most is not None and most < YOUNGEST_END:
            yield part.at("max_age"), f"a greatest age of {most} is odd; compare it with the source"


def floor_for_all(data: Data) -> Found:
    """What is printed in every answer is for everybody.

    A record with `floor: true` has no topics, no least age and no work groups: each would hide
    or lower a line that must always be there. Childline's greatest age stays.

    PASS:
        role: listening
        floor: true

    FAIL:
        role: listening
        floor: true
        topics: [anxiety]  # <--
    """
    for entry in data.entries:
        if not entry.service.floor:
            continue
        for key in ("topics", "groups", "min_age", "audience"):
            written = {text for _, text in entry.texts(key)}
            if written - set(GROUPS) or written & WORK_GROUPS:
                yield entry.at(key), f'a floor record is for everybody; remove "{key}" or floor'


def staff_without_group(data: Data) -> Found:
    """A service for staff says for which.

    A `staff_hub` or a `staff_line` without a work group is shown to the public.

    PASS:
        kind: staff_hub
        groups: [nhs_staff]

    FAIL:
        kind: staff_hub  # <--
    """
    for part in data.parts():
        service = part.entry.service
        staff = service.kind == "staff_hub" or service.role == "staff_line"
        if staff and not (WORK_GROUPS & set(part.regime.groups) or part.regime.professionals_only):
            key = "kind" if service.kind == "staff_hub" else "role"
            yield part.entry.at(key), (
                f'{key} says it is for staff, and the channel "{part.channel.id}" is for no '
                "group of them; write groups: [nhs_staff] or whichever it is"
            )


def topic_of_group(data: Data) -> Found:
    """A service only for bereaved people, farmers and the like has their topic.

    Otherwise it is ranked as a general crisis service.

    PASS:
        groups: [bereaved]
        topics: [bereavement]

    FAIL:
        groups: [bereaved]  # <--
    """
    for entry in data.entries:
        written = entry.texts("groups")
        topics = {TOPIC_OF.get(group) for _, group in written}
        if written and None not in topics and not entry.service.topics:
            names = ", ".join(sorted(str(topic) for topic in topics))
            yield entry.at("groups"), f"a service for this group alone has topics: [{names}]"


RULES = (
    warning(ages_odd),
    error(floor_for_all),
    error(staff_without_group),
    warning(topic_of_group),
)
