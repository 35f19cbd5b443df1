"""The emergency lines that need no data: what is printed when nothing else can be.

Kept to numbers that hold for everybody at any hour. A test holds them to the records in `data/`.
"""

from signpost.core.services import NATIONS, Channel, Regime, Service


def _line(
    name: str,
    title: str,
    role: str,
    number: str,
    kind: str = "phone",
    keyword: str | None = None,
    note: str | None = None,
    max_age: int | None = None,
) -> Service:
    regime = Regime(
        since=None, until=None, access="anyone", purpose="help", number=number, keyword=keyword,
        menu_option=None, url=None, email=None, location=None, hours="24/7", bank_holidays=None,
        holidays_of=None, last_entry=None, cost="free", response="live", min_age=None,
        max_age=max_age, groups=(), not_for=(), languages=(), needs=(), professionals_only=False,
        referral_via=None, note=note,
    )  # fmt: skip
    return Service(
        id=name, name=title, kind="emergency" if role == "emergency" else "helpline",
        organization=None, partners=(), description="", areas=("UK",), area_names=("UK",),
        nations=NATIONS, role=role, floor=True, pair=None, replaced_by=None, topics=(),
        aliases=(), life=(), channels=(Channel("line", kind, (regime,)),), retired=(), notes=(),
        sources=(),
    )  # fmt: skip


BUILT_IN = (
    _line("emergency-999", "Emergency services", "emergency", "999",
          note="cannot speak: 55 on a mobile; relay 18000"),
    _line("nhs-111", "NHS 111", "nhs_urgent", "111",
          note="ask for urgent mental health help; not in Northern Ireland"),
    _line("samaritans", "Samaritans", "listening", "116 123"),
    _line("shout-85258", "Shout", "crisis_text", "85258", kind="text", keyword="SHOUT"),
    _line("childline", "Childline", "child_line", "0800 1111", max_age=18),
)  # fmt: skip
"""999, 111, Samaritans, Shout and Childline, for every nation and moment."""
