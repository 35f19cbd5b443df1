"""Generated hours of six kinds, with moments, for comparing engines."""

from datetime import UTC, datetime, timedelta

KINDS = ("ordinary", "over_midnight", "monthly", "yearly", "weekly", "holiday")

_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "Mo-Fr", "Sa-Su", "Fr-Mo", "Mo,We", "Tu-Th,Sa")
_NTHS = ("Th[2]", "Su[-1]", "Mo[1,3]", "We[2-4]", "Fr[5]", "Sa[-2]")
_WIDE = {
    "monthly": ("Jan", "Oct-Mar", "Feb,Aug", "Dec 25", "Dec 24-Jan 2", "Nov 5-20",
                "Mar 28-Apr 3"),
    "yearly": ("2025", "2024-2025", "2024-2026/2", "2025+", "Feb 29", "easter",
               "easter -2 days-easter +1 day", "2024 Nov 5-2025 Feb 3", "2025 Dec 24",
               "2025 Apr 1-30"),
    "weekly": ("week 02-52/2", "week 01-53/2", "week 10-20", "week 01,30,53", "week 20-40/4"),
}  # fmt: skip
_HOLIDAYS = ("PH", "Mo-Fr,PH", "Sa-Su,PH", "PH,Th", "PH -1 day", "PH +1 day")
_STATES = ("", "", "", "", " off", " unknown", ' open "side door"', ' unknown "rota"', ' "ring"')
_JOINTS = ("; ", "; ", "; ", ", ", " || ")


def expressions(kind, chance, count):
    """So many expressions of a kind; the same ones for the same random source."""
    return [_expression(kind, chance) for _ in range(count)]


def moments(chance, count, first=2024, years=3):
    """So many whole minutes, spread evenly, in UTC."""
    start = datetime(first, 1, 1, tzinfo=UTC)
    minutes = (chance.randrange(years * 365 * 1440) for _ in range(count))
    return [start + timedelta(minutes=minute) for minute in minutes]


def _expression(kind, chance):
    text = _rule(kind, chance)
    for _ in range(chance.choice((0, 0, 1, 1, 2))):
        joint = chance.choice(_JOINTS)
        if joint == ", " and not text.endswith(('"', "off", "unknown", "open")):
            text += " open"  # else the comma might go on with the rule before
        text += joint + _rule(chance.choice((kind, "ordinary")), chance)
    return text


def _rule(kind, chance):
    wide = chance.choice(_WIDE.get(kind, ("",)))
    days = chance.choice((*_DAYS, ""))
    if kind == "monthly" and chance.random() < 0.5:
        wide, days = chance.choice(("", "Oct-Mar")), chance.choice(_NTHS)
    elif kind == "holiday":
        days = chance.choice(_HOLIDAYS)
    times = ",".join(_span(kind, chance) for _ in range(chance.choice((1, 1, 2))))
    if chance.random() < 0.1:
        times = ""
    state = chance.choice(_STATES)
    parts = [part for part in (wide, days, times) if part]
    if not times and not state:
        state = " open"
    return (" ".join(parts) + state).strip()


def _span(kind, chance):
    first, last = chance.sample(range(0, 1440, 15), 2)
    if kind == "over_midnight":
        first, last = max(first, last), min(first, last)
        if chance.random() < 0.2:
            last += 1440
    else:
        first, last = sorted((first, last))
    return f"{first // 60:02d}:{first % 60:02d}-{last // 60:02d}:{last % 60:02d}"
