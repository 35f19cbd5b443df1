"""The records: services, their channels, regimes, lives and sources, as frozen values.

Names are Open Referral HSDS's where it has one. Everything a channel inherits from its service
is already filled in on each of its regimes, so that nothing downstream looks twice.
"""

from typing import NamedTuple

from signpost.core.dates import PartialDate
from signpost.core.hours.words import clock_words
from signpost.core.places import Point

KINDS = (
    "emergency", "helpline", "text_service", "web_chat", "drop_in", "crisis_house",
    "urgent_assessment", "mobile_service", "community_team", "peer_support", "staff_hub",
    "counselling", "app", "online_resource", "information", "programme",
)  # fmt: skip

NOT_CRISIS = frozenset({"counselling", "app", "online_resource", "information", "programme"})
"""Kinds of service that are no help in the next hour: ranked after those that are."""

ROLES = (
    "emergency", "nhs_urgent", "listening", "crisis_text", "child_line", "nhs_crisis_line",
    "staff_line",
)  # fmt: skip

CHANNEL_KINDS = ("in_person", "phone", "text", "web_chat", "email", "app", "online")

ACCESS = (
    "anyone", "walk_in", "call_first", "self_referral", "booking", "professional_referral",
    "existing_patients", "via_emergency_department", "unknown",
)  # fmt: skip

ALONE = frozenset({"anyone", "walk_in", "call_first", "self_referral"})
"""The kinds of access that a person can use without anybody else."""

PURPOSES = ("help", "booking", "enquiries", "recorded")
RESPONSES = ("live", "same_day", "days")
BANK_HOLIDAYS = ("as_usual", "as_sunday", "closed")
NATIONS = ("England", "Wales", "Scotland", "Northern Ireland")
HOLIDAYS_OF = (*NATIONS,)
LIFE_EVENTS = ("announced", "opens", "pauses", "resumes", "closes")
BASES = ("planned", "reported", "confirmed")
GRADES = ("provider", "official", "press", "listing", "low", "assured")
FACTS = (
    "name", "organization", "area", "eligibility", "access", "cost", "contact", "hours",
    "location", "life",
)  # fmt: skip
NEEDS = ("bsl", "text_relay", "textphone", "step_free", "interpreter")

TOPICS = {
    "alcohol": "alcohol", "anxiety": "anxiety", "armed_forces": "armed forces",
    "bereavement": "bereavement", "childhood_abuse": "abuse in childhood", "crime": "crime",
    "debt": "debt", "dementia": "dementia", "domestic_abuse": "domestic abuse", "drugs": "drugs",
    "eating_disorders": "eating disorders", "faith": "faith", "farming": "farming",
    "forced_marriage": "forced marriage", "gambling": "gambling", "illness": "illness",
    "lgbt": "LGBT+", "loneliness": "loneliness", "ocd": "OCD", "perinatal": "new parents",
    "running_away": "running away", "sexual_violence": "sexual violence",
    "stalking": "stalking", "trauma": "trauma", "work": "work",
}  # fmt: skip
"""Topics of single-topic services, with the words people read."""

GROUPS = {
    "nhs_staff": "NHS staff", "social_care_staff": "social care staff",
    "emergency_services": "emergency services staff", "doctors": "doctors", "nurses": "nurses",
    "ambulance_staff": "ambulance staff", "medical_students": "medical students",
    "armed_forces": "the armed forces", "bereaved": "bereaved people", "carers": "carers",
    "deaf": "Deaf people", "farmers": "farming people", "jewish": "Jewish people",
    "lgbt": "LGBT+ people", "men": "men", "minority_ethnic": "minority ethnic people",
    "muslim": "Muslims", "older_people": "older people", "parents": "parents",
    "professionals": "professionals", "students": "students", "veterans": "veterans",
    "victims": "victims of crime", "welsh_speakers": "Welsh speakers", "women": "women",
    "young_people": "young people",
}  # fmt: skip
"""Groups of people, with the words people read."""

WORK_GROUPS = frozenset({
    "nhs_staff", "social_care_staff", "emergency_services", "doctors", "nurses",
    "ambulance_staff", "medical_students", "professionals",
})  # fmt: skip
"""Groups by work: services only for them appear only when one of them is asked for."""

WITHIN_GROUP = {
    "doctors": "nhs_staff", "nurses": "nhs_staff", "ambulance_staff": "nhs_staff",
    "medical_students": "nhs_staff",
}  # fmt: skip
"""A narrower group, and the wider one whose members may belong to it."""


class LifeEvent(NamedTuple):
    """Something that happened to a service: one of LIFE_EVENTS, when, and on what basis."""

    what: str
    when: PartialDate
    basis: str


class Location(NamedTuple):
    """A door. `lat` and `lon` are WGS84 degrees; `precision_km` is how far off they may be."""

    name: str | None
    address: str | None
    town: str | None
    postcode: str | None
    lat: float | None
    lon: float | None
    precision_km: float | None

    @property
    def point(self) -> Point | None:
        """Where it is, if that is known at all."""
        if self.lat is None or self.lon is None:
            return None
        return Point(self.lat, self.lon)


class Regime(NamedTuple):
    """What holds of a channel from one date to another, both included; None is open-ended."""

    since: PartialDate | None
    until: PartialDate | None
    access: str
    purpose: str
    number: str | None
    keyword: str | None
    menu_option: str | None
    url: str | None
    email: str | None
    location: Location | None
    hours: str | None
    bank_holidays: str | None
    holidays_of: str | None
    last_entry: int | None
    cost: str | None
    response: str
    min_age: int | None
    max_age: int | None
    groups: tuple[str, ...]
    not_for: tuple[str, ...]
    languages: tuple[str, ...]
    needs: tuple[str, ...]
    professionals_only: bool
    referral_via: str | None
    note: str | None

    def may_hold_on(self, day: int) -> bool:
        """Whether its dates allow it to be in force on a day (an ordinal)."""
        begun = self.since is None or self.since.first <= day
        return begun and (self.until is None or day <= self.until.last)


class Channel(NamedTuple):
    """One way to reach a service."""

    id: str
    kind: str
    regimes: tuple[Regime, ...]


class Source(NamedTuple):
    """Where facts were read. `published` None is undated; `channels` empty is all of them."""

    url: str | None
    published: PartialDate | None
    grade: str
    supports: tuple[str, ...]
    channels: tuple[str, ...]
    since: PartialDate | None
    says: str | None


class Retired(NamedTuple):
    """A contact that people may still hold, and until when it worked."""

    number: str
    until: PartialDate | None
    note: str | None


class Service(NamedTuple):
    """What is offered. `areas` are area codes, None where no source gives the service area."""

    id: str
    name: str
    kind: str
    organization: str | None
    partners: tuple[str, ...]
    description: str
    areas: tuple[str, ...] | None
    area_names: tuple[str, ...]
    nations: tuple[str, ...]
    role: str | None
    floor: bool
    pair: str | None
    replaced_by: str | None
    topics: tuple[str, ...]
    aliases: tuple[str, ...]
    life: tuple[LifeEvent, ...]
    channels: tuple[Channel, ...]
    retired: tuple[Retired, ...]
    notes: tuple[str, ...]
    sources: tuple[Source, ...]


class NoticeTime(NamedTuple):
    """When a notice begins or ends: a day, perhaps a partial one, or a minute of London wall time.

    `minute` is counted from the day's midnight; None means the whole day.
    """

    day: PartialDate
    minute: int | None

    @property
    def text(self) -> str:
        """As records write it: `2026-12-01`, `2026-12`, `2026-12-01T18:00`."""
        if self.minute is None:
            return self.day.text
        return f"{self.day.text}T{clock_words(self.minute, 24)}"

    @property
    def words(self) -> str:
        """As people say it: `1 December 2026`, `6pm on 1 December 2026`."""
        if self.minute is None:
            return self.day.words
        if self.minute == 0:
            return f"the start of {self.day.words}"
        return f"{clock_words(self.minute)} on {self.day.words}"

    @property
    def first(self) -> int:
        """The earliest day (an ordinal) it can fall on."""
        return self.day.first

    @property
    def last(self) -> int:
        """The latest day (an ordinal) it can fall on."""
        return self.day.last


class Notice(NamedTuple):
    """A dated alert, in force from one time to another (`until` None: no end is known).

    Days are included at both ends; of minutes the start is included and the end is not.
    `effect` is `overtaken` (services of a role, in a nation, without evidence newer than
    `unless_evidence_since` and on another number than `number`, are no longer sure) or `closed`
    (what is named is not there). `services` are ids; `channels`, written `service-id/channel-id`,
    are single ways to reach one. `stand_in` says whom `instead` is, in words: the directory fills
    it in.
    """

    id: str
    effect: str
    role: str | None
    nation: str | None
    services: tuple[str, ...]
    channels: tuple[str, ...]
    since: NoticeTime
    until: NoticeTime | None
    unless_evidence_since: PartialDate | None
    what: str
    instead: str | None
    number: str | None
    sources: tuple[Source, ...]
    stand_in: str | None = None
