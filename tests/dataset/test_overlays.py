"""Facts of an organisation's own data: what they replace, hide and confirm below them."""

from pathlib import Path

import pytest
from dataset_builders import NOON, alert, ask, opened, record, shown, write, write_folder

from signpost.cli import main
from signpost.core.query import Query
from signpost.core.services import Source
from signpost.dataset.assured import read_assurances
from signpost.dataset.directory import Directory
from signpost.dataset.gazetteer import Gazetteer


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "shipped")


@pytest.fixture
def over(tmp_path: Path) -> Path:
    folder = tmp_path / "over"
    (folder / "services").mkdir(parents=True)
    return folder


def number(directory: Directory, name: str) -> str | None:
    found = directory.service(name)
    return found.channels[0].regimes[0].number if found else None


class TestReplacing:
    def test_the_same_id_replaces_and_the_later_folder_wins(
        self, shipped: Path, over: Path, tmp_path: Path, places: Gazetteer
    ) -> None:
        write(over, "first-line", record("first-line", "0300 444 4444"))
        last = tmp_path / "last"
        write(last, "first-line", record("first-line", "0300 555 5555"))
        assert number(opened(places, None, shipped, over), "first-line") == "0300 444 4444"
        assert number(opened(places, None, shipped, over, last), "first-line") == "0300 555 5555"
        assert number(opened(places, None, shipped, last, over), "first-line") == "0300 444 4444"
        found = ask(opened(places, None, shipped, over, last))
        numbers = [option.regime.number for option in found.open]
        assert "0300 555 5555" in numbers
        assert not {"0300 111 1111", "0300 444 4444"} & set(numbers)

    def test_a_replaced_record_is_gone_even_where_the_new_one_does_not_serve(
        self, shipped: Path, over: Path, places: Gazetteer
    ) -> None:
        write(over, "first-line", record("first-line", area="[county:Devon]"))
        assert "first-line" not in shown(ask(opened(places, None, shipped, over)))

    def test_alerts_of_every_folder_count_and_the_same_id_replaces(
        self, shipped: Path, over: Path, places: Gazetteer
    ) -> None:
        write(over, "another", alert("another", "first-line"), "alerts")
        directory = opened(places, None, shipped, over)
        assert [notice.id for notice in directory.notices()] == ["a-closing", "another"]
        assert shown(ask(directory)) == {
            "first-line": "check_first", "second-line": "check_first", "a-door": "open",
        }  # fmt: skip
        write(over, "a-closing", alert("a-closing", "a-door", "Only the door."), "alerts")
        (over / "alerts" / "another.yaml").unlink()
        directory = opened(places, None, shipped, over)
        assert [notice.what for notice in directory.notices()] == ["Only the door."]
        assert shown(ask(directory)) == {
            "first-line": "open", "second-line": "open", "a-door": "check_first",
        }  # fmt: skip

    def test_every_folder_and_its_version_are_named(
        self, shipped: Path, over: Path, places: Gazetteer
    ) -> None:
        found = opened(places, None, shipped, over).versions
        assert [(data.name, data.version.partition("+")[0]) for data in found] == [
            ("own", "2024-06-01"), ("over", "undated"),
        ]  # fmt: skip

    def test_a_version_changes_with_any_file_and_with_nothing_else(
        self, shipped: Path, tmp_path: Path, places: Gazetteer
    ) -> None:
        def version() -> str:
            return opened(places, None, shipped).versions[0].version

        before = version()
        (shipped / "services" / "first-line.yaml").touch()
        (shipped / "services" / "notes.txt").write_text("no record")
        assert version() == before
        seen = {before}
        for name in ("services/first-line.yaml", "alerts/a-closing.yaml", "dataset.yaml",
                     "calendars/bank_holidays.tsv", "assured.yaml"):  # fmt: skip
            with (shipped / name).open("a") as file:
                file.write("\n")
            assert version() not in seen, name
            seen.add(version())


class TestHiding:
    def test_a_hidden_record_is_unknown_and_in_no_answer(
        self, shipped: Path, over: Path, places: Gazetteer
    ) -> None:
        write(over, "first-line", "id: first-line\nhide: true\n")
        directory = opened(places, None, shipped, over)
        assert directory.service("first-line") is None
        assert "first-line" not in directory.ids()
        assert [service.id for service in directory.services()] == directory.ids()
        assert "first-line" not in shown(ask(directory))
        assert ask(directory).caveats == ()

    def test_a_later_folder_may_bring_it_back(
        self, shipped: Path, over: Path, tmp_path: Path, places: Gazetteer
    ) -> None:
        write(over, "first-line", "id: first-line\nhide: true\n")
        last = tmp_path / "last"
        write(last, "first-line", record("first-line", "0300 555 5555"))
        directory = opened(places, None, shipped, over, last)
        assert number(directory, "first-line") == "0300 555 5555"
        assert "first-line" in directory.ids()
        assert shown(ask(directory))["first-line"] == "open"

    def test_hide_false_hides_nothing(self, shipped: Path, over: Path, places: Gazetteer) -> None:
        write(over, "first-line", record("first-line", extra="hide: false\n"))
        assert number(opened(places, None, shipped, over), "first-line") == "0800 028 0077"

    def test_an_alert_can_be_hidden(self, shipped: Path, over: Path, places: Gazetteer) -> None:
        write(over, "a-closing", "id: a-closing\nhide: true\n", "alerts")
        directory = opened(places, None, shipped, over)
        assert directory.notices() == ()
        assert shown(ask(directory))["second-line"] == "open"

    def test_a_broken_hide_is_told_of_and_hides_nothing(
        self, shipped: Path, over: Path, places: Gazetteer
    ) -> None:
        write(over, "first-line", "id: other\nhide: true\n")
        directory = opened(places, None, shipped, over)
        assert number(directory, "first-line") == "0300 111 1111"
        assert [caveat.code for caveat in ask(directory).caveats] == ["records_left_out"]

    def test_the_emergency_lines_cannot_be_hidden(
        self, shipped: Path, over: Path, places: Gazetteer
    ) -> None:
        for path in (shipped / "services").iterdir():
            write(over, path.stem, f"id: {path.stem}\nhide: true\n")
        emergency = ask(opened(places, None, shipped, over)).emergency
        assert [option.regime.number for option in emergency] == [
            "999", "111", "116 123", "85258", "0800 1111"
        ]

    def test_show_says_that_a_hidden_record_is_unknown(
        self, over: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:  # fmt: skip
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
        assert main(["show", "saneline"]) == 0
        write(over, "saneline", "id: saneline\nhide: true\n")
        assert main(["show", "saneline", "--data", str(over)]) == 2
        assert 'no record is called "saneline"' in capsys.readouterr().err


CHECK = """\
- id: first-line
  on: 2025-03-04
  how: call
  with: the shift lead
- id: a-door
  on: 2025-03-05
  source: https://example.org/leaflet
  fields: [hours, location]
  channels: [line]
"""


class TestAssured:
    def test_a_check_is_one_more_source_of_the_record(
        self, shipped: Path, over: Path, places: Gazetteer
    ) -> None:
        (over / "assured.yaml").write_text(CHECK)
        directory = opened(places, None, shipped, over)
        line, door = directory.service("first-line"), directory.service("a-door")
        assert line is not None
        assert door is not None
        called, read = line.sources[-1], door.sources[-1]
        assert called.published is not None
        assert read.published is not None
        assert called == Source(
            None, called.published, "assured", ("hours", "contact", "location", "life"), (), None,
            "checked by call with the shift lead",
        )  # fmt: skip
        assert called.published.text == "2025-03-04"
        assert read == Source(
            "https://example.org/leaflet", read.published, "assured", ("hours", "location"),
            ("line",), None, "checked against this page",
        )  # fmt: skip
        other = directory.service("second-line")
        assert other is not None
        assert len(other.sources) == 1

    def test_a_check_freshens_what_had_gone_stale(
        self, shipped: Path, over: Path, places: Gazetteer
    ) -> None:
        old = record("first-line").replace("published: 2024-05", "published: 2020-05")
        write(shipped, "first-line", old)
        assert shown(ask(opened(places, None, shipped)))["first-line"] == "check_first"
        (over / "assured.yaml").write_text(CHECK.replace("2025-03-04", "2024-06-01"))
        assert shown(ask(opened(places, None, shipped, over)))["first-line"] == "open"

    def test_a_check_may_lie_beside_ones_own_records(
        self, shipped: Path, places: Gazetteer
    ) -> None:
        (shipped / "assured.yaml").write_text(CHECK)
        found = opened(places, None, shipped).service("first-line")
        assert found is not None
        assert [source.grade for source in found.sources] == ["provider", "assured"]

    def test_a_check_of_a_record_says_nothing_of_the_one_that_replaced_it(
        self, shipped: Path, over: Path, places: Gazetteer
    ) -> None:
        (shipped / "assured.yaml").write_text(CHECK)
        write(over, "first-line", record("first-line", "0300 444 4444"))
        found = opened(places, None, shipped, over).service("first-line")
        assert found is not None
        assert [source.grade for source in found.sources] == ["provider"]

    def test_a_folder_may_hold_nothing_but_checks(
        self, shipped: Path, tmp_path: Path, places: Gazetteer
    ) -> None:
        own = tmp_path / "checks"
        own.mkdir()
        (own / "assured.yaml").write_text(CHECK)
        found = opened(places, None, shipped, own).service("first-line")
        assert found is not None
        assert len(found.sources) == 2

    def test_a_check_of_nothing_known_does_no_harm(
        self, shipped: Path, over: Path, places: Gazetteer
    ) -> None:
        (over / "assured.yaml").write_text(CHECK.replace("first-line", "no-such-line"))
        directory = opened(places, None, shipped, over)
        assert directory.service("no-such-line") is None
        assert ask(directory).caveats == ()

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("- {id: x, how: call, with: a lead}", '1:3: error: a check needs "on", the day it was '
             "made, such as 2026-11-24 (bad-date)"),
            ("- {id: x, on: 2026-11, how: call, with: a lead}", '1:15: error: a check needs "on", '
             "the day it was made, such as 2026-11-24 (bad-date)"),
            ("- {id: x, on: 2026-11-24~, how: call, with: a lead}", '1:15: error: a check needs '
             '"on", the day it was made, such as 2026-11-24 (bad-date)'),
            ("- {id: x, on: 2026-11-24, how: call}", '1:3: error: a check needs "source", a web '
             'address, or "how" and "with", a role (missing-key)'),
            ("- {id: x, on: 2026-11-24, with: a lead}", '1:3: error: a check needs "source", a web '
             'address, or "how" and "with", a role (missing-key)'),
            ("- {on: 2026-11-24, source: https://example.org/}", '1:3: error: a check needs "id" '
             "(missing-key)"),
            ("- {id: x, on: 2026-11-24, how: rumour, with: a lead}", '1:32: error: "rumour" is not '
             "a value of how; one of: call, visit, letter (unknown-word)"),
            ("- {id: x, on: 2026-11-24, source: https://example.org/, fields: [hour]}",
             '1:66: error: "hour" is not a value of fields; did you mean "hours"? '
             "(unknown-word)"),
            ("- {id: x, on: 2026-11-24, source: https://example.org/, who: me}",
             '1:57: error: "who" is not a key of a check; did you mean "how"? (unknown-key)'),
            ("id: x", "1:1: error: assured.yaml is a list; begin each check with - id: "
             "(bad-value)"),
            ("- [", "2:1: error: a value is missing here; look for a bracket, a comma or a quote "
             "too few (yaml-syntax)"),
            ("- x", '1:3: error: each of "checks" must be a mapping of key: value (bad-value)'),
        ],
    )  # fmt: skip
    def test_nonsense_is_refused_with_a_place_and_a_remedy(
        self, text: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        good = "- {id: y, on: 2026-11-24, source: https://example.org/}\n"
        (tmp_path / "assured.yaml").write_text(text)
        found, problems = read_assurances(tmp_path)
        assert found == []
        assert f"assured.yaml:{said}" in [str(problem) for problem in problems]
        if text.startswith("- {"):
            (tmp_path / "assured.yaml").write_text(f"{text}\n{good}")
            assert [check.service for check in read_assurances(tmp_path)[0]] == ["y"]

    def test_a_broken_check_is_told_of_in_the_answer(
        self, shipped: Path, over: Path, places: Gazetteer
    ) -> None:
        (over / "assured.yaml").write_text("- {id: first-line}")
        found = ask(opened(places, None, shipped, over))
        assert [caveat.text for caveat in found.caveats] == [
            "1 file of over (assured.yaml:1) could not be read and is left out; run signpost check"
        ]


def test_the_calendars_are_those_of_the_first_folder(
    shipped: Path, over: Path, places: Gazetteer
) -> None:
    found = opened(places, None, shipped, over).material(Query(NOON)).calendars.by_nation
    assert set(found) == {"England", "Wales"}


@pytest.mark.parametrize("form", ["plain", "table"])
def test_markup_in_a_record_is_printed_and_never_interpreted(
    form: str, over: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "200")
    text = record("x-line", "0300 777 7777", area="[district:High Peak]")
    write(over, "x-line", text.replace("The line called x-line", '"[red]Angel[/red] [/] :smile:"'))
    arguments = ["--near", "Buxton, Derbyshire", "--at", "2024-06-05T12:00", "--data", str(over)]
    assert main(["now", *arguments, "--all", "--format", form]) == 0
    said = capsys.readouterr().out
    assert "[red]Angel[/red] [/] :smile:" in said
    assert "\x1b" not in said
