"""Records that name one another: ids that exist, pairs that agree, replacements still there."""

import re

from signpost.core.services import Service
from signpost.dataset.fields import suggestion
from signpost.lint.records import Data
from signpost.lint.rules import Found, error, warning

_LOOKS_LIKE_AN_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")


def dead_reference(data: Data) -> Found:
    """A record named by another exists.

    `pair`, `replaced_by`, an alert's `services` and `instead` are ids of records; so is a
    `referral_via` that is written like one. A caller would be sent to nothing.

    PASS:
        replaced_by: other
        # file: services/other.yaml
        name: Another helpline

    FAIL:
        replaced_by: othr  # <--
        # file: services/other.yaml
        name: Another helpline
    """
    for entry in data.entries:
        for key in ("pair", "replaced_by"):
            for at, name in entry.texts(key):
                if name not in data.services:
                    yield at, _no_such(data, key, name)
    for part in data.parts():
        for at, name in part.texts("referral_via"):
            if _LOOKS_LIKE_AN_ID.fullmatch(name) and name not in data.services:
                yield at, _no_such(data, "referral_via", name) + ", or say in words who refers"
    for alert in data.alerts:
        notice = alert.notice
        named = [("services", name) for name in notice.services]
        named += [("instead", notice.instead)] if notice.instead else []
        for key, name in named:
            if name not in data.services:
                yield alert.at(key), _no_such(data, key, name)
        for name in notice.channels:
            id_, _, channel = name.partition("/")
            service = data.services.get(id_)
            if service is None:
                yield alert.at("channels"), _no_such(data, "channels", id_)
            elif channel not in (ids := [one.id for one in service.channels]):
                yield alert.at("channels"), (
                    f'channels: {id_} has no channel "{channel}"'
                    f'{suggestion(channel, ids) or "; it has: " + ", ".join(ids)}'
                )


def _no_such(data: Data, key: str, name: str) -> str:
    hint = suggestion(name, data.services) or "; check the id"
    return f'{key}: no record is called "{name}"{hint}'


def self_reference(data: Data) -> Found:
    """A record does not name itself as its companion, its replacement or who refers to it.

    PASS:
        pair: other
        # file: services/other.yaml
        pair: sample

    FAIL:
        pair: sample  # <--
    """
    for entry in data.entries:
        for key in ("pair", "replaced_by"):
            for at, name in entry.texts(key):
                if name == entry.service.id:
                    yield at, f"{key} names the record itself; name the other one"
    for part in data.parts():
        for at, name in part.texts("referral_via"):
            if name == part.entry.service.id:
                yield at, "referral_via names the record itself; name who refers"


def one_sided_pair(data: Data) -> Found:
    """Companions name each other.

    The record named as `pair` names this one: otherwise they stand together or apart
    depending on which of them an answer meets first.

    PASS:
        pair: other
        # file: services/other.yaml
        pair: sample

    FAIL:
        pair: other  # <--
        # file: services/other.yaml
        name: Another helpline
    """
    for entry in data.entries:
        pair = entry.service.pair
        other = data.services.get(pair or "")
        if other is not None and other.pair != entry.service.id:
            named = f'names "{other.pair}"' if other.pair else "names none"
            yield entry.at("pair"), (
                f'"{pair}" {named} as its pair; write pair: {entry.service.id} there, '
                "or take this one out"
            )


def replaced_by_gone(data: Data) -> Found:
    """What replaces a record is there itself.

    `replaced_by` names the record to use now. One that has closed, or is replaced in turn,
    sends a person on a second time, or nowhere.

    PASS:
        replaced_by: other
        # file: services/other.yaml
        name: Another helpline

    FAIL:
        replaced_by: other  # <--
        # file: services/other.yaml
        life:
          - {closes: 2024-03-31}
    """
    for entry in data.entries:
        other = data.services.get(entry.service.replaced_by or "")
        if other is None or other.id == entry.service.id:
            continue
        if other.replaced_by:
            yield (
                entry.at("replaced_by"),
                (f'"{other.id}" is itself replaced by "{other.replaced_by}"; name that one'),
            )
        elif is_closed(other):
            yield (
                entry.at("replaced_by"),
                (f'"{other.id}" has closed; name a record that is still there, or none'),
            )


def is_closed(service: Service) -> bool:
    """Whether the last event of a life is a closing that a source reports."""
    return bool(service.life) and service.life[-1].what == "closes" and (
        service.life[-1].basis != "planned"
    )  # fmt: skip


RULES = (
    error(dead_reference),
    error(self_reference),
    warning(one_sided_pair),
    error(replaced_by_gone),
)
