"""What each rule lets pass and what it does not, beyond the examples of its page."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from signpost.core.services import NATIONS
from signpost.dataset.gazetteer import Gazetteer
from signpost.lint import contacts
from tests.lint.folders import lint_snippet, said

LINE = "{id: line, kind: phone, access: anyone, number: 0808 157 0123"
DOOR = "{id: door, kind: in_person, access: walk_in"
BUXTON = 'location: {town: "Buxton, Derbyshire"}'


class Case(NamedTuple):
    """A snippet, the rule in question, and on how many lines it complains."""

    rule: str
    snippet: str
    complaints: int


def hours(text: str, more: str = "") -> str:
    return f"channels:\n  - {LINE},\n     hours: '{text}'{more}}}\n"


def door(more: str) -> str:
    return f'channels:\n  - {DOOR}, hours: "Mo-Su 18:00-23:00",\n     {more}}}\n'


def life(*events: str) -> str:
    return "life:\n" + "".join(f"  - {{{event}}}\n" for event in events)


def regimes(*spells: str) -> str:
    lines = "".join(f"      - {{{spell}}}\n" for spell in spells)
    return (
        "channels:\n  - id: line\n    kind: phone\n    access: anyone\n"
        f"    number: 0808 157 0123\n    hours: 24/7\n    regimes:\n{lines}"
    )


def number(text: str, kind: str = "phone", more: str = "") -> str:
    return (f"channels:\n  - {{id: a, kind: {kind}, access: anyone, hours: 24/7, "
            f"number: {text}{more}}}\n")  # fmt: skip


def prose(text: str, more: str = "") -> str:
    return f"description: {text}\n{more}"


CLOSED = life("closes: 2024-03-31")

CASES = [
    # references
    Case("dead-reference", hours("24/7", ", referral_via: no-such-record"), 1),
    Case("dead-reference", hours("24/7", ", referral_via: the crisis team"), 0),
    Case("dead-reference", hours("24/7", ", referral_via: police"), 0),
    Case("dead-reference", "# file: alerts/a.yaml\nservices: [sample, no-such]\n", 1),
    Case("dead-reference", "# file: alerts/a.yaml\ninstead: no-such\n", 1),
    Case("dead-reference", "# file: alerts/a.yaml\nchannels: [no-such/line]\n", 1),
    Case("dead-reference", "# file: alerts/a.yaml\nchannels: [sample/no-such]\n", 1),
    Case("dead-reference", "# file: alerts/a.yaml\nchannels: [sample/line]\n", 0),
    Case("self-reference", hours("24/7", ", referral_via: sample"), 1),
    Case("one-sided-pair", "pair: no-such\n", 0),
    Case("replaced-by-gone",
         "replaced_by: b\n# file: services/b.yaml\nreplaced_by: c\n"
         "# file: services/c.yaml\nname: The third\n", 1),
    Case("replaced-by-gone",
         "replaced_by: b\n# file: services/b.yaml\n" + life("closes: 2027, basis: planned"), 0),
    Case("replaced-by-gone", "replaced_by: sample\n", 0),
    # hours
    Case("hours-last-minute", hours("Mo-Fr 09:00-12:59,13:00-17:00"), 1),
    Case("hours-last-minute", hours('Mo-Fr 09:00-17:00 unknown "till 23:59"'), 0),
    Case("hours-last-minute", hours("Mo-Su sunset-23:00"), 0),
    Case("hours-same-times", hours('Mo-Fr 09:00-17:00 unknown "or 10:00-10:00"'), 0),
    Case("hours-same-times", hours("Mo-Su 09:00-09:05"), 0),
    Case("hours-odd-minute", hours("Mo-Su 18:00-22:58"), 1),
    Case("hours-overlap", hours("Mo-Fr 22:00-06:00, Sa 00:00-08:00"), 1),
    Case("hours-overlap", hours("Su 22:00-06:00, Mo 05:00-08:00"), 1),
    Case("hours-overlap", hours("Fr 18:00-24:00, Sa-Su 00:00-24:00, Mo 00:00-06:00"), 0),
    Case("hours-overlap", hours("Mo-Fr 09:00-17:00; We 10:00-12:00"), 0),
    Case("hours-overlap", hours("Mo-Fr 09:00-17:00, We 10:00-12:00 off"), 0),
    Case("hours-overlap", hours("Mo-Fr 09:00-17:00, Dec 24 10:00-12:00"), 0),
    Case("hours-replaced", hours("Mo-Fr 09:00-17:00; 10:00-12:00"), 1),
    Case("hours-replaced", hours("Mo-Fr 09:00-17:00; We off"), 0),
    Case("hours-replaced", hours("We off; Mo-Fr 09:00-17:00"), 1),
    Case("hours-replaced", hours("Mo-Fr 09:00-17:00; Dec 25 off"), 0),
    Case("hours-replaced", hours("Sa,PH 09:00-17:00; Sa 10:00-12:00"), 0),
    Case("hours-replaced", hours("Sa-Mo 09:00-17:00; Su,Mo,Sa 10:00-12:00"), 1),
    Case("hours-never-open", hours("Mo-Fr off; Sa-Su off"), 1),
    Case("hours-never-open", regimes('hours: "off", until: 2021', "from: 2022"), 0),
    Case("hours-swapped", hours("Mo-Su 22:00-10:00"), 0),
    Case("hours-swapped", hours("Mo-Su 22:00-10:05"), 1),
    Case("hours-swapped", hours("Mo-Su 17:00-09:00"), 0),
    Case("hours-swapped", hours("Mo-Su 09:00-07:00"), 1),
    Case("hours-swapped", hours("Mo-Su 10:00-10:00"), 0),
    Case("hours-swapped", hours('Mo-Su 23:00-18:00 unknown "as printed"'), 0),
    Case("hours-without-days", door(BUXTON), 0),
    Case("hours-without-days", f"channels:\n  - {DOOR}, hours: 24/7, {BUXTON}}}\n", 0),
    Case("hours-without-days", f"channels:\n  - {DOOR}, hours: Dec 24 10:00-12:00,\n"
         f"     {BUXTON}}}\n", 0),
    Case("hours-without-days", hours("18:00-23:00"), 0),
    Case("always-with-bank-holidays", hours("Mo-Su 00:00-24:00", ", bank_holidays: closed"), 0),
    Case("holidays-twice", hours("Mo-Fr 09:00-17:00", ", bank_holidays: closed"), 0),
    Case("last-entry-outside", f"channels:\n  - {DOOR}, {BUXTON}, last_entry: 01:00,\n"
         "     hours: Mo-Su 18:00-02:00}\n", 0),
    Case("last-entry-outside", f"channels:\n  - {DOOR}, {BUXTON}, last_entry: 02:00,\n"
         "     hours: Mo-Su 18:00-02:00}\n", 1),
    # lives and regimes
    Case("life-order", life("opens: 2020", "closes: 2020-03"), 0),
    Case("life-order", life("announced: 2019-12", "opens: 2019-11"), 1),
    Case("life-order", life("opens: unknown", "closes: 2020-03"), 0),
    Case("life-order", life("closes: unknown", "opens: 2021"), 0),
    Case("life-order", life("announced: undated", "opens: 2020", "closes: 2019"), 1),
    Case("life-steps", life("opens: 2020", "opens: 2021"), 1),
    Case("life-steps", life("opens: 2020, basis: planned", "opens: 2021"), 0),
    Case("life-steps", life("opens: 2020", "announced: 2021", "pauses: 2021", "closes: 2022"), 0),
    Case("life-steps", life("opens: 2020", "resumes: 2021"), 1),
    Case("life-steps", life("closes: 2020", "opens: 2022"), 0),
    Case("plan-after-fact", life("opens: 2020", "closes: 2027, basis: planned"), 0),
    Case("plan-after-fact", life("opens: 2020", "announced: 2021", "opens: 2022, basis: planned"),
         1),
    Case("report-from-future", life("opens: 2026-11"), 0),
    Case("report-from-future", life("opens: 2026-12"), 1),
    Case("report-from-future", life("opens: 2026-12") + "# file: dataset.yaml\nname: x\n", 0),
    Case("report-before-event", life("opens: 2026-06"), 0),
    Case("report-before-event", life("opens: 2026-07, basis: planned"), 0),
    Case("life-without-source", CLOSED, 0),
    Case("regimes-order", regimes("from: 2020", "until: 2019"), 1),
    Case("regimes-order", regimes("until: 2019", "from: 2020"), 0),
    Case("regimes-order", regimes("from: 2020-03, until: 2020-12", "from: 2020"), 0),
    Case("regimes-overlap", regimes("until: 2020-07", "from: 2020-07"), 0),
    Case("regimes-overlap", regimes("until: 2021", "from: 2020-07-28"), 1),
    Case("regimes-overlap", regimes("from: 2020, until: 2021", "from: 2019"), 0),
    Case("regimes-overlap", regimes("from: 2020", "until: 2021"), 0),
    Case("regimes-gap", regimes("until: 2020-07-31", "from: 2020-08"), 0),
    Case("regimes-gap", regimes("until: 2020-07", "from: 2020-08-02"), 1),
    Case("regime-outside-life", CLOSED + regimes("from: 2024"), 0),
    Case("regime-outside-life", life("opens: 2020") + regimes("from: 2024"), 0),
    Case("unused-key", regimes("from: 2020, hours: unknown"), 1),
    Case("unused-key", regimes("until: 2020, hours: unknown", "from: 2021"), 0),
    # contacts
    Case("number-implausible", number("999"), 0),
    Case("number-implausible", number("85258", "text"), 0),
    Case("number-implausible", number("85258"), 1),
    Case("number-implausible", number("18001 111"), 0),
    Case("number-implausible", number("18002 116 123"), 0),
    Case("number-implausible", number("18002 998"), 1),
    Case("number-implausible", number("+44 300 790 0596"), 0),
    Case("number-implausible", number("+44 0300 790 0596"), 0),
    Case("number-implausible", number("998"), 1),
    Case("number-implausible", number("7911 123456"), 1),
    Case("number-premium", number("+44 909 879 0123"), 1),
    Case("number-premium", number("070 1234 5678"), 1),
    Case("number-premium", number("07911 123456"), 0),
    Case("number-premium", number("118 500"), 1),
    Case("number-short", number("0800 58 58 58"), 0),
    Case("number-short", number("0800 1111"), 0),
    Case("number-short", number("0800 585 858"), 1),
    Case("number-cost", number("0800 028 0077", more=", cost: paid"), 1),
    Case("number-cost", number("116 123", more=", cost: local_rate"), 1),
    Case("number-cost", number("0300 790 0596", more=", cost: local_rate"), 0),
    Case("number-cost", number("07911 123456", "text", ", cost: free"), 0),
    Case("retired-in-use", "retired:\n  - {number: 0808 157 0123, until: 2027}\n", 0),
    Case("retired-in-use", "retired:\n  - {number: +44 808 157 0123}\n", 1),
    Case("retired-in-use",
         "retired:\n  - {number: 0808 157 0123}\n" + regimes("until: 2020"), 0),
    Case("retired-in-use", "retired:\n  - {number: 0808 157 0123}\n" + CLOSED, 0),
    Case("retired-in-use", "retired:\n  - {number: 0300 790 0596}\n"
         "# file: services/b.yaml\n" + number("0300 790 0596"), 1),
    Case("shared-number", regimes("until: 2020") + "# file: services/b.yaml\n"
         "organization: Another\n", 0),
    Case("shared-number", "partners: [Another]\n# file: services/b.yaml\n"
         "organization: Another\n", 0),
    Case("shared-number", "# file: services/b.yaml\norganization: Another\npair: sample\n", 0),
    Case("shared-number", "organization: unknown\n# file: services/b.yaml\n"
         "organization: unknown\n", 2),
    Case("shared-number", number("111") + "# file: services/b.yaml\norganization: Another\n"
         + number("111"), 0),
    Case("duplicate-channel", f"channels:\n  - {LINE}, hours: 24/7}}\n"
         "  - {id: young, kind: phone, access: anyone, number: 0808 157 0123, hours: 24/7,\n"
         "     max_age: 18}\n", 0),
    Case("duplicate-channel", "channels:\n  - {id: a, kind: phone, access: anyone, "
         "number: unknown, hours: unknown}\n  - {id: b, kind: phone, access: anyone, "
         "number: unknown, hours: unknown}\n", 0),
    Case("stray-channel-key", door(BUXTON + ", number: 0808 157 0123"), 1),
    Case("missing-link", "channels:\n  - {id: a, kind: email, access: anyone, hours: unknown, "
         "email: unknown}\n", 0),
    # prose
    Case("prose-always", prose("Not a round-the-clock service.", hours("Mo 09:00-17:00")), 0),
    Case("prose-always", prose("Open day and night.", hours("Mo-Su 00:00-24:00")), 0),
    Case("prose-always", prose("Open 24 hours.", hours("unknown")), 1),
    Case("prose-always", prose("It is meant to run round the clock.", hours("unknown")), 0),
    Case("prose-always", prose("Not a clinic. Open 24/7.", hours("Mo 09:00-17:00")), 1),
    Case("prose-always", hours("Mo 09:00-17:00", ", note: We answer 24/7."), 1),
    Case("prose-walk-in", prose("One cannot walk in."), 0),
    Case("prose-walk-in", prose("Come without an appointment.",
                                hours("24/7").replace("anyone", "booking")), 1),
    Case("prose-walk-in", prose("No appointment needed.",
                                hours("24/7").replace("anyone", "booking")), 1),
    Case("prose-referral", prose("No referral needed."), 0),
    Case("prose-referral", prose("Referral only."), 1),
    Case("prose-gone", prose("The line no longer runs."), 1),
    Case("prose-gone", prose("The line no longer runs.", regimes("until: 2020")), 0),
    Case("prose-gone", prose("It has closed.", "replaced_by: b\n# file: services/b.yaml\n"
                             "name: The second\n"), 0),
    Case("prose-number", prose("Or ring 0300 790 0596.", "retired:\n"
                               "  - {number: 0300 790 0596}\n"), 0),
    Case("prose-number", prose("Since 2020 0300 people rang."), 0),
    Case("prose-ages", prose("For those under 18.", "max_age: 17\n"), 0),
    Case("prose-ages", prose("For people aged 11 to 25.", "min_age: 11\nmax_age: 24\n"), 0),
    Case("prose-ages", prose("For people aged 11 to 25.", "min_age: 11\n"), 1),
    Case("prose-ages", prose("Answers in under 24 hours."), 0),
    # places
    Case("unknown-town", door("location: {town: Newport, postcode: NP20 4UR}"), 0),
    Case("postcode-town", door("location: {town: Newport, postcode: NP20 4UR}"), 0),
    Case("point-place", door('location: {town: "Buxton, Derbyshire", postcode: SK17 6BD, '
                             "lat: 53.259, lon: -1.913}"), 0),
    Case("point-place", door('location: {town: "Buxton, Derbyshire", postcode: SK17 6BD, '
                             "lat: 53.359, lon: -1.913}"), 1),
    Case("point-place", door('location: {town: "Buxton, Derbyshire", lat: 60.9, lon: 1.0}'), 1),
    Case("point-place", door("location: {lat: 60.9, lon: 1.0}"), 0),
    Case("door-outside-area", 'service_area: ["county:Derbyshire"]\n' + door(BUXTON), 0),
    Case("door-outside-area", "service_area: unknown\n" + door(BUXTON), 0),
    Case("door-outside-area", 'service_area: ["district:Leeds"]\n'
         + door("location: {lat: 53.259, lon: -1.913}"), 1),
    Case("door-outside-area", 'service_area: ["district:Leeds"]\n'
         + door("location: {address: 1 High Street}"), 0),
    Case("area-within-area", 'service_area: ["nation:England", "district:High Peak"]\n', 1),
    Case("door-without-place", door("location: {address: 1 High Street}"), 0),
    # whom it is for
    Case("ages-odd", "max_age: 10\n", 1),
    Case("ages-odd", "max_age: 11\n", 0),
    Case("floor-for-all", "role: child_line\nfloor: true\ngroups: [young_people]\n", 0),
    Case("floor-for-all", "role: child_line\nfloor: true\ngroups: [nhs_staff]\n", 1),
    Case("floor-for-all", "role: child_line\nfloor: true\nmin_age: 18\nmax_age: 20\n", 1),
    Case("staff-without-group", "role: staff_line\ngroups: [women]\n", 1),
    Case("staff-without-group", "kind: staff_hub\naudience: professionals\n", 0),
    Case("topic-of-group", "groups: [bereaved, women]\n", 0),
    # roles
    Case("floor-role", "role: listening\n", 1),
    Case("floor-role", "role: nhs_crisis_line\n", 0),
    Case("floor-channel", "role: listening\nfloor: true\n" + number("unknown"), 1),
    Case("role-without-area", "role: staff_line\nservice_area: unknown\n", 0),
    # sources
    Case("unsupported-fact", hours('Mo-Su 18:00-23:00 unknown "as announced"').replace(
        "0808 157 0123", "unknown") + 'sources:\n  - {url: "https://example.org", '
        "published: 2020, grade: press, supports: [name]}\n", 0),
    Case("unsupported-fact", "sources:\n"
         '  - {url: "https://example.org/a", published: 2020, grade: press,\n'
         "     supports: [hours]}\n", 1),
    Case("unsupported-fact", "channels:\n  - {id: a, kind: web_chat, access: anyone, "
         'hours: unknown, url: "https://example.org"}\n'
         'sources:\n  - {url: "https://example.org/a", published: 2020, grade: press,\n'
         "     supports: [name]}\n", 1),
    Case("undated-fact", CLOSED + 'sources:\n  - {url: "https://example.org", '
         "published: undated, grade: press, supports: [life, contact, hours]}\n", 0),
    Case("undated-fact", hours("unknown") + 'sources:\n  - {url: "https://example.org", '
         "published: undated, grade: press, supports: [contact, hours]}\n", 0),
    Case("future-source", "# file: dataset.yaml\nname: x\n# file: services/sample.yaml\n"
         'sources:\n  - {url: "https://example.org", published: 2099, grade: press, '
         "supports: [hours]}\n", 0),
    Case("future-source", 'sources:\n  - {url: "https://example.org", published: 2026-11, '
         "grade: press, supports: [hours], since: 2027}\n", 1),
    Case("duplicate-source", "sources:\n"
         '  - {url: "https://example.org", published: 2026, grade: press, supports: [hours]}\n'
         '  - {url: "https://example.org", published: 2025, grade: press, supports: [hours]}\n', 0),
    Case("duplicate-source", "sources:\n"
         "  - {url: unknown, published: 2026, grade: press, supports: [hours]}\n"
         "  - {url: unknown, published: 2026, grade: press, supports: [hours]}\n", 0),
    Case("source-of-nothing", "sources:\n"
         '  - {url: "https://example.org", published: 2026, grade: press, supports: [location]}\n',
         1),
    # freshness
    Case("stale-floor", "role: listening\nfloor: true\nchannels:\n"
         f"  - {LINE}, hours: 24/7}}\n"
         "  - {id: mail, kind: email, access: anyone, email: a@example.org, hours: unknown}\n", 0),
    Case("stale-floor", "role: listening\nfloor: true\nsources:\n"
         '  - {url: "https://example.org", published: undated, grade: provider,\n'
         "     supports: [contact, hours]}\n", 1),
    # alerts
    Case("alert-past", "# file: alerts/a.yaml\nuntil: 2026-11\n", 0),
    Case("alert-without-target", "# file: alerts/a.yaml\nrole: nhs_crisis_line\n", 1),
    # words
    Case("formula-text", "notes: ['@here']\n", 1),
    Case("formula-text", door("location: {lat: 53.259, lon: -1.913}"), 0),
    Case("markup-text", "notes: ['A&E; or 5 < 6 > 4', 'fish &amp; chips']\n", 1),
    Case("shouted-text", "notes: [The NHS and the RCN]\n", 0),
    Case("shouted-text", "notes: [WE ARE SHUT]\n", 1),
    Case("doubled-word", "notes: [a drop-in in Preston, that that is so]\n", 0),
    Case("doubled-word", "aliases: [Walla Walla]\n", 0),
    Case("name-ends-in-stop", "organization: Sample Care Ltd.\n", 0),
    Case("name-ends-in-stop", "partners: [Sample Care.]\n", 1),
    Case("unfinished-sentence", prose("Is it for me?"), 0),
    Case("unknown-language", "languages: [British Sign Language, Welsh]\n", 0),
    Case("unknown-language", "languages: unknown\n", 0),
    Case("unknown-language", "languages: [welsh]\n", 1),
    Case("same-name", "name: The Haven\n# file: services/b.yaml\nname: The Haven\n", 2),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}-{CASES.index(case)}")
def test_a_rule_complains_where_it_should_and_nowhere_else(
    case: Case, tmp_path: Path, places: Gazetteer
) -> None:
    found = lint_snippet(tmp_path, places, case.snippet)
    assert len(set(said(found, case.rule))) == case.complaints, found


def test_a_broken_record_is_told_of_once_and_judged_no_further(
    tmp_path: Path, places: Gazetteer
) -> None:
    found = lint_snippet(tmp_path, places, "kind: nothing\nmin_age: 85\npartners: [[one], two]\n")
    assert {problem.rule for problem in found} == {"unknown-word", "bad-value"}


def test_a_finding_of_a_channels_key_is_told_once_for_all_its_regimes(
    tmp_path: Path, places: Gazetteer
) -> None:
    snippet = regimes("until: 2020", "from: 2021").replace("0808 157 0123", "0909 879 0123")
    assert len(said(lint_snippet(tmp_path, places, snippet), "number-premium")) == 1


def test_two_records_for_one_role_of_the_floor_are_told_of_for_every_nation(
    tmp_path: Path, places: Gazetteer
) -> None:
    snippet = ("role: listening\nfloor: true\n"
               "# file: services/b.yaml\nrole: listening\nfloor: true\n")  # fmt: skip
    messages = [
        problem.message
        for problem in lint_snippet(tmp_path, places, snippet, whole=True)
        if problem.rule == "floor-complete"
    ]
    for nation in NATIONS:
        assert f'"b" and "sample" have the role listening for {nation}; keep one' in messages
        assert f"no record has the role emergency for {nation}; add one" in messages
    assert len(messages) == 5 * len(NATIONS)


@pytest.fixture
def _no_numbering_plan(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(sys.modules, "phonenumbers", None)
    contacts.numbering_plan.cache_clear()
    yield
    contacts.numbering_plan.cache_clear()


@pytest.mark.usefixtures("_no_numbering_plan")
def test_without_the_numbering_plan_no_number_is_called_implausible(
    tmp_path: Path, places: Gazetteer
) -> None:
    assert contacts.numbering_plan() is None
    found = lint_snippet(tmp_path, places, number("0300 790 059"))
    assert not said(found, "number-implausible")


@pytest.mark.parametrize(
    ("typed", "dialled"),
    [
        ("0300 790 0596", "03007900596"),
        ("+44 300 790 0596", "03007900596"),
        ("+440300 790 0596", "03007900596"),
        ("116 123", "116123"),
    ],
)
def test_a_number_is_compared_as_it_is_dialled(typed: str, dialled: str) -> None:
    assert contacts.dialled(typed) == dialled
