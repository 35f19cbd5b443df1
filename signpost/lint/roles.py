"""Roles: the emergency lines that every nation must have, and who may hold which role."""

from signpost.core.services import NATIONS
from signpost.lint.records import Data
from signpost.lint.rules import Found, error, warning

FLOOR_ROLES = ("emergency", "nhs_urgent", "listening", "crisis_text", "child_line")
ONE_ONLY = ("emergency", "listening", "crisis_text", "child_line")
"""Roles that exactly one record has in each nation; 111 and its mental health option are two."""


def floor_role(data: Data) -> Found:
    """A floor record has one of the floor's roles, and such a role is on the floor.

    The roles are emergency, nhs_urgent, listening, crisis_text and child_line; the screens
    label their lines by them.

    PASS:
        role: listening
        floor: true

    FAIL:
        role: nhs_crisis_line
        floor: true  # <--
    """
    for entry in data.entries:
        service = entry.service
        if service.floor and service.role not in FLOOR_ROLES:
            yield entry.at("floor"), (
                f"the floor has only the roles {', '.join(FLOOR_ROLES)}; give one, or remove floor"
            )
        elif service.role in FLOOR_ROLES and not service.floor:
            yield entry.at("role"), f"the role {service.role} is the floor's; write floor: true"


def floor_channel(data: Data) -> Found:
    """A floor record has a way in that is open to anyone at all hours, with a number.

    PASS:
        role: listening
        floor: true

    FAIL:
        role: listening
        floor: true  # <--
        channels:
          - {id: line, kind: phone, access: anyone, number: 0808 157 0123, hours: Mo-Fr 09:00-17:00}
    """
    for entry in data.entries:
        if entry.service.floor and not any(
            regime.number and regime.access == "anyone" and regime.hours == "24/7"
            for channel in entry.service.channels
            for regime in channel.regimes
        ):
            yield entry.at("floor"), (
                "a floor record has a number, for anyone, with hours: 24/7; correct the channel "
                "or remove floor"
            )


def floor_complete(data: Data) -> Found:
    """Every nation has its emergency lines, and no two for one role.

    Judged only when a whole data set is checked: 999, Samaritans, Shout and Childline once a
    nation, and at least one urgent NHS line.

    PASS:
        role: emergency
        floor: true
        # file: services/urgent.yaml
        role: nhs_urgent
        floor: true
        # file: services/listening.yaml
        role: listening
        floor: true
        # file: services/text.yaml
        role: crisis_text
        floor: true
        # file: services/child.yaml
        role: child_line
        floor: true

    FAIL:
        # file: dataset.yaml
        name: a data set without emergency lines  # <--
    """
    if data.whole_at is None:
        return
    for nation in NATIONS:
        for role in FLOOR_ROLES:
            holders = sorted(
                f'"{service.id}"'
                for service in data.services.values()
                if service.role == role and service.floor and nation in service.nations
            )
            if not holders:
                yield data.whole_at, f"no record has the role {role} for {nation}; add one"
            elif len(holders) > 1 and role in ONE_ONLY:
                yield (
                    data.whole_at,
                    (f"{' and '.join(holders)} have the role {role} for {nation}; keep one"),
                )


def role_without_area(data: Data) -> Found:
    """An NHS crisis line says whom it covers.

    With its area unknown it is nobody's local line, and no notice for its nation finds it.

    PASS:
        role: nhs_crisis_line
        service_area: ["county:Derbyshire"]

    FAIL:
        role: nhs_crisis_line
        service_area: unknown  # <--
    """
    for entry in data.entries:
        if entry.service.role == "nhs_crisis_line" and entry.service.areas is None:
            yield (
                entry.at("service_area"),
                ("an NHS crisis line covers an area; name it, or remove the role"),
            )


RULES = (
    error(floor_role),
    error(floor_channel),
    error(floor_complete),
    warning(role_without_area),
)
