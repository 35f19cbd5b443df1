"""Alerts: notices that are over, that lead nowhere, or that concern nothing."""

from signpost.core.dates import day_words
from signpost.lint.records import Data
from signpost.lint.rules import Found, warning


def alert_past(data: Data) -> Found:
    """An alert is not over before the data are released.

    After its end it is not shown: delete the file, or give the new end.

    PASS:
        # file: alerts/closed.yaml
        until: 2031-01

    FAIL:
        # file: alerts/closed.yaml
        until: 2026-01  # <--
    """
    for alert in data.alerts:
        until = alert.notice.until
        if until and data.released and until.last < data.released:
            yield alert.at("until"), (
                f"this alert ended {until.words}, before the data's release of "
                f"{day_words(data.released)}; delete it, or give the new end"
            )


def alert_without_instead(data: Data) -> Found:
    """An alert says whom to use instead.

    A caller who is told that a line is down needs another at once.

    PASS:
        # file: alerts/closed.yaml
        instead: sample

    FAIL:
        # file: alerts/closed.yaml
        instead: unknown  # <--
    """
    for alert in data.alerts:
        if alert.notice.instead is None:
            yield alert.at("instead"), (
                "this alert names no one to use instead; write instead: with an id, such as "
                "samaritans"
            )


def alert_without_target(data: Data) -> Found:
    """An alert about a role concerns some record.

    PASS:
        role: nhs_crisis_line
        service_area: ["nation:England"]
        # file: alerts/overtaken.yaml
        role: nhs_crisis_line
        nation: England

    FAIL:
        role: nhs_crisis_line
        service_area: ["nation:England"]
        # file: alerts/overtaken.yaml
        role: nhs_crisis_line
        nation: Wales  # <--
    """
    for alert in data.alerts:
        notice = alert.notice
        if notice.role and not any(
            service.role == notice.role
            and (notice.nation is None or notice.nation in service.nations)
            for service in data.services.values()
        ):
            yield alert.at("nation" if notice.nation else "role"), (
                f"no record of {notice.nation or 'any nation'} has the role {notice.role}, so "
                "the alert concerns nothing; correct role or nation"
            )


RULES = (
    warning(alert_past),
    warning(alert_without_instead),
    warning(alert_without_target),
)
