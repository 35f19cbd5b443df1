"""`signpost new`: the skeleton of a record, which `signpost check` walks one through."""

import re
from pathlib import Path
from typing import Annotated

import typer

from signpost.cli.keeping import refuse_program_folder
from signpost.cli.options import BadOption, one_of, say, write
from signpost.core.services import KINDS
from signpost.dataset.edit import create
from signpost.dataset.folder import SERVICES

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

CHANNELS = {
    "emergency": ("line",), "helpline": ("line",), "text_service": ("text",),
    "web_chat": ("chat",), "drop_in": ("door",), "crisis_house": ("door",),
    "urgent_assessment": ("door",), "mobile_service": ("door",), "community_team": ("line",),
    "peer_support": ("door",), "staff_hub": ("line", "mail"), "counselling": ("line",),
    "app": ("app",), "online_resource": ("page",), "information": ("page",),
    "programme": ("page",),
}  # fmt: skip
"""The channels with which a record of each kind begins."""

_HEAD = """\
# A new record. Run signpost check on this file: it names every place that is still to be filled
# in, with its line. Write only what a source says; what none says is left out or written unknown.
# The rules are in docs/data.md.
# The id is the file's name: lower-case letters, digits and hyphens.
id: {id}
name:               # what people call it
kind: {kind}
organization:       # who provides it, or unknown
description:        # one or two plain sentences: what happens, and what it is not
service_area: [to fill in]   # whom it serves: district:High Peak, county:Kent, uk; or unknown
{groups}# min_age: 18       # only where a source says so; so too max_age, groups, languages, needs
# life:             # when it opened; basis: planned, reported or confirmed
#   - {{opens: 2026-11, basis: reported}}
channels:
"""

_GROUPS = {
    "staff_hub": "groups: [to fill in]   # whom it is for: nhs_staff, social_care_staff, ...\n"
}

_HOURS = """\
    hours:              # Mo-Fr 18:00-23:00; 24/7; or unknown if no source gives them
    # bank_holidays: as_usual   # or as_sunday, closed; left out: no source says
"""

_CHANNEL = {
    "line": """\
  - id: line
    kind: phone
    access: anyone      # or self_referral, professional_referral, ... (docs/data.md)
    number:             # as the source groups it: 0800 028 0077; or unknown
    # cost: free
""",
    "text": """\
  - id: text
    kind: text
    access: anyone
    number:             # 85258
    # keyword: SHOUT    # the word to send first, if there is one
""",
    "chat": """\
  - id: chat
    kind: web_chat
    access: anyone
    url:                # where the chat opens: https://...
""",
    "door": """\
  - id: door
    kind: in_person
    access:             # walk_in, call_first, self_referral, booking, professional_referral, ...
    location:
      address:          # street and number; take the line out if no source gives it
      town:             # Town, County
      postcode:         # DE1 2QY; take the line out if no source gives it
    # last_entry: 22:30
""",
    "mail": """\
  - id: mail
    kind: email
    access: self_referral
    response: days      # how soon a person answers: live, same_day, days
    email:              # name@example.org
""",
    "app": """\
  - id: app
    kind: app
    access: anyone
    url:                # https://...
""",
    "page": """\
  - id: page
    kind: online
    access: anyone
    url:                # https://...
""",
}

_FOOT = """\
# notes:                # conflicts between sources, what is missing
#   - One short sentence.
sources:                # one for each page that was read; newest first or last, as you like
  - url:                # https://... where it was read
    published:          # the page's date: 2026-11-24, 2026-11, or undated
    grade:              # provider, official, press, listing or low
    supports: [to fill in]   # name, organization, area, access, contact, hours, location, life
    # says: a few words of your own, what it says
"""


def new(
    kind: Annotated[str, typer.Argument(help="Kind of service: drop_in, helpline, staff_hub, ...")],
    id_: Annotated[
        str | None, typer.Option("--id", help="The record's id: buxton-drop-in.")
    ] = None,
    into: Annotated[
        Path | None, typer.Option(help="The folder of your own records to write it into.")
    ] = None,
) -> None:
    """Print a commented skeleton of a record, or write it into your own folder."""
    text = skeleton(one_of(kind, KINDS, "KIND"), read_id(id_))
    if into is None:
        write(text)
        return
    if id_ is None:
        raise BadOption("--into needs --id: the file is named after it, as in --id buxton-drop-in")
    if not into.is_dir():
        raise BadOption(f'there is no folder "{into}"; make it first, or check --into')
    refuse_program_folder(into)
    below = SERVICES in into.resolve().parts and not (into / SERVICES).is_dir()
    path = (into if below else into / SERVICES) / f"{id_}.yaml"
    create(path, text)
    write(f"{path}\n")
    say(f"Fill it in, then run: signpost check {path}")


def skeleton(kind: str, name: str) -> str:
    """A record of a kind with everything still to be said of it."""
    channels = "".join(_CHANNEL[channel] + _HOURS for channel in CHANNELS[kind])
    return _HEAD.format(id=name, kind=kind, groups=_GROUPS.get(kind, "")) + channels + _FOOT


def read_id(text: str | None) -> str:
    """An id as records have them; empty when none was given."""
    if text is None:
        return ""
    if not _ID.fullmatch(text):
        like = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
        hint = f"; write {like}" if like else ""
        raise BadOption(f'--id: "{text}" is not an id; use lower-case letters, digits and '
                        f"hyphens{hint}")  # fmt: skip
    return text
