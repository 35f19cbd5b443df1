"""Facts of the loader: what a file's text makes of a record, and what never gets in."""

import os
from pathlib import Path

import pytest
from dataset_builders import NOON, alert, ask, opened, record, shown, write, write_folder
from hypothesis import given, settings
from hypothesis import strategies as st

from signpost.core.query import Query
from signpost.core.services import Service
from signpost.dataset.compile import read_dataset
from signpost.dataset.fields import unsafe_character
from signpost.dataset.folder import is_alert, record_files
from signpost.dataset.gazetteer import Gazetteer
from signpost.dataset.load import Loaded, load_file
from signpost.dataset.snapshot import data_folder
from signpost.dataset.values import (
    parse_degrees,
    parse_email,
    parse_number,
    parse_postcode,
    parse_time,
    parse_url,
)
from signpost.errors import InvalidValue


def loaded(text: str, folder: Path, places: Gazetteer, name: str = "some-line") -> Loaded:
    return load_file(write(folder, name, text), places)


def service(text: str, folder: Path, places: Gazetteer) -> Service:
    found = loaded(text, folder, places)
    assert found.service is not None, found.problems
    return found.service


class TestValues:
    @pytest.mark.parametrize(
        ("parse", "text", "value"),
        [
            (parse_number, "0800 028 0077", "0800 028 0077"),
            (parse_number, "116 123", "116 123"),
            (parse_number, "999", "999"),
            (parse_number, "+44 1298 123456", "+44 1298 123456"),
            (parse_url, "https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
            (parse_email, "help@example.org.uk", "help@example.org.uk"),
            (parse_time, "00:00", 0),
            (parse_time, "23:59", 1439),
            (parse_postcode, "SK17 6BD", "SK17 6BD"),
            (parse_postcode, "EC1A 1BB", "EC1A 1BB"),
            (parse_degrees, "-1.9147", -1.9147),
            (parse_degrees, "53", 53.0),
        ],
    )
    def test_what_sources_print_is_read(self, parse: object, text: str, value: object) -> None:
        assert callable(parse)
        assert parse(text) == value

    @pytest.mark.parametrize(
        ("parse", "text"),
        [
            (parse_number, "0800  028"),
            (parse_number, "0800-028-0077"),
            (parse_number, "(0800) 028"),
            (parse_number, "12"),
            (parse_number, "12345678901234"),
            (parse_number, "０８００ 028 0077"),  # full-width digits
            (parse_number, "0800 028 007٧"),  # an Arabic-Indic digit
            (parse_number, "O800 028 0077"),  # the letter O
            (parse_url, "ftp://example.org"),
            (parse_url, "javascript:alert(1)"),
            (parse_url, "https://a b"),
            (parse_url, 'https://example.org/"><script>'),
            (parse_email, "a@b"),
            (parse_email, "<a@b.c>"),
            (parse_time, "24:00"),
            (parse_time, "9:30"),
            (parse_time, "１2:30"),
            (parse_postcode, "sk17 6bd"),
            (parse_postcode, "SK17"),
            (parse_postcode, "SK1７ 6BD"),
            (parse_degrees, "nan"),
            (parse_degrees, "1e2"),
            (parse_degrees, "1_0"),
            (parse_degrees, "181"),
            (parse_degrees, "٥"),
        ],
    )
    def test_what_only_looks_like_it_is_refused(self, parse: object, text: str) -> None:
        assert callable(parse)
        with pytest.raises(InvalidValue):
            parse(text)

    @pytest.mark.parametrize(
        "character",
        ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\xad", "\u061c", "\u180e", "\u200b", "\u200d",
         "\u200e", "\u2028", "\u202a", "\u202e", "\u2060", "\u2066", "\u2069", "\ufeff", "\ue000",
         "\ufff9", "\U000e0041", "\u3164", "\u2800", "\ud800"],
    )  # fmt: skip
    def test_controls_and_hidden_characters_are_unsafe(self, character: str) -> None:
        assert unsafe_character(f"Café {character} line") == character

    @pytest.mark.parametrize(
        "text", ["plain", "Café – £5", "Cwtsh â ŵ ŷ", "دعم", "心", "a\tb\nc", "👋"]
    )
    def test_languages_and_line_ends_are_safe(self, text: str) -> None:
        assert unsafe_character(text) is None


class TestRecords:
    def test_markup_and_formulas_stay_the_text_they_are(
        self, tmp_path: Path, places: Gazetteer
    ) -> None:
        hostile = "[bold red]x[/] <script>alert(1)</script> =cmd() {0} %s '; DROP TABLE service"
        text = record("some-line").replace("The line called some-line", f'"{hostile}"')
        assert service(text, tmp_path, places).name == hostile

    def test_sql_in_a_name_is_only_a_name(self, tmp_path: Path, places: Gazetteer) -> None:
        folder = write_folder(tmp_path / "own")
        directory = opened(places, None, folder)
        assert directory.service("x' OR '1'='1") is None
        assert directory.service("first-line") is not None

    def test_a_regime_wins_over_its_channel_and_a_channel_over_its_service(
        self, tmp_path: Path, places: Gazetteer
    ) -> None:
        text = record(
            "some-line", extra="min_age: 18\nlanguages: [Welsh]\n",
            channel="    min_age: 16\n    cost: free\n    regimes:\n      - {until: 2022}\n"
            "      - {from: 2023, min_age: 14, number: 116 123}\n",
        )  # fmt: skip
        first, second = service(text, tmp_path, places).channels[0].regimes
        assert (first.min_age, first.number, first.cost) == (16, "0800 028 0077", "free")
        assert (second.min_age, second.number, second.cost) == (14, "116 123", "free")
        assert first.languages == second.languages == ("Welsh",)

    @pytest.mark.parametrize(
        ("extra", "channel", "closed"),
        [
            ("", "", [False]),
            ("audience: professionals\n", "", [True]),
            ("", "    audience: professionals\n", [True]),
            ("audience: professionals\n", "    audience: unknown\n", [True]),
            ("audience: professionals\n", "    regimes:\n      - {until: 2022}\n"
             "      - {from: 2023, audience: unknown}\n", [True, True]),
            ("", "    regimes:\n      - {until: 2022, audience: professionals}\n"
             "      - {from: 2023}\n", [True, False]),
        ],
    )  # fmt: skip
    def test_what_is_for_professionals_stays_so_at_every_level_below(
        self, extra: str, channel: str, closed: list[bool], tmp_path: Path, places: Gazetteer
    ) -> None:
        found = service(record("some-line", extra=extra, channel=channel), tmp_path, places)
        assert [regime.professionals_only for regime in found.channels[0].regimes] == closed

    def test_a_record_for_professionals_is_in_no_public_answer(
        self, tmp_path: Path, places: Gazetteer
    ) -> None:
        folder = write_folder(tmp_path / "own")
        closed = record("first-line", "0300 999 9999", "audience: professionals\n")
        write(folder, "first-line", closed)
        found = ask(opened(places, None, folder))
        assert set(shown(found)) == {"a-door", "second-line"}
        assert "0300 999 9999" not in repr(found)

    def test_a_plan_without_a_date_is_never_an_opening(
        self, tmp_path: Path, places: Gazetteer
    ) -> None:
        folder = write_folder(tmp_path / "own")
        for name, life in {
            "planned": "{opens: unknown, basis: planned}",
            "opened": "{opens: unknown}",
            "closed": "{closes: unknown}",
            "paused": "{pauses: unknown}",
            "announced": "{announced: unknown}",
        }.items():
            write(folder, name, record(name, extra=f"life:\n  - {life}\n"))
        found = shown(ask(opened(places, None, folder)))
        assert {name: found[name] for name in ("planned", "opened", "closed", "paused")} == {
            "planned": "check_first", "opened": "open", "closed": "check_first",
            "paused": "check_first",
        }  # fmt: skip
        assert found["announced"] == "open"

    def test_a_point_wins_over_a_postcode_and_a_postcode_over_a_town(
        self, tmp_path: Path, places: Gazetteer
    ) -> None:
        for location, precise in (
            ("{town: Buxton, postcode: SK17 6BD, lat: 53.2, lon: -1.9}", "53.2 0.05"),
            ("{town: Buxton, postcode: SK17 6BD}", None),
            ("{town: Buxton}", "2.0"),
            ("{town: Buxton, postcode: ZZ99 9ZZ}", "2.0"),
            ("{address: 1 High Street}", "None None"),
        ):
            text = record("some-line").replace("kind: phone", "kind: in_person")
            text = text.replace("number: 0800 028 0077", f"location: {location}")
            place = service(text, tmp_path, places).channels[0].regimes[0].location
            assert place is not None
            if precise is None:
                assert place.precision_km is not None
                assert place.precision_km < 2
            else:
                assert f"{place.lat} {place.precision_km}".endswith(precise)

    def test_a_record_is_an_alert_by_the_nearest_folder_that_says_so(self) -> None:
        assert is_alert(Path("/srv/own/alerts/2024/x.yaml"))
        assert not is_alert(Path("/srv/alerts/own/services/x.yaml"))
        assert not is_alert(Path("x.yaml"))

    @pytest.mark.parametrize(
        ("lines", "since", "until", "services", "channels"),
        [
            ("from: 2026-12-01\nuntil: 2026-12-02\nservices: [a, b]",
             "2026-12-01", "2026-12-02", ("a", "b"), ()),
            ("from: 2026-12-01T10:00\nuntil: 2026-12-01T18:00\nchannels: [a-b/c-d, b/line]",
             "2026-12-01T10:00", "2026-12-01T18:00", (), ("a-b/c-d", "b/line")),
            ("from: 2026-12\nuntil: unknown\nservices: a\nchannels: b/line",
             "2026-12", None, ("a",), ("b/line",)),
            ("from: 2026-12-01T23:30\nuntil: 2026-12-01\nservices: [a]",
             "2026-12-01T23:30", "2026-12-01", ("a",), ()),
            # within an hour that comes twice it may last
            ("from: 2026-10-25T01:45\nuntil: 2026-10-25T01:15\nservices: [a]",
             "2026-10-25T01:45", "2026-10-25T01:15", ("a",), ()),
        ],
    )  # fmt: skip
    def test_an_alert_has_days_or_minutes_and_services_or_channels(
        self, tmp_path: Path, places: Gazetteer, lines: str, since: str, until: str | None,
        services: tuple[str, ...], channels: tuple[str, ...],
    ) -> None:  # fmt: skip
        text = alert("shut", "x").replace("from: 2020\nservices: [x]", lines)
        found = load_file(write(tmp_path, "shut", text, "alerts"), places)
        assert found.notice is not None, found.problems
        assert found.notice.since.text == since
        assert (found.notice.until.text if found.notice.until else None) == until
        assert (found.notice.services, found.notice.channels) == (services, channels)

    @pytest.mark.parametrize(
        ("lines", "rule", "at"),
        [
            ("from: 2026-12-01T18:00\nuntil: 2026-12-01T10:00\nservices: [a]", "bad-regime", 4),
            ("from: 2026-12-01T10:00\nuntil: 2026-12-01T10:00\nservices: [a]", "bad-regime", 4),
            ("from: 2026-12-02T00:00\nuntil: 2026-12-01\nservices: [a]", "bad-regime", 4),
            ("from: 2026-12-01T24:00\nservices: [a]", "bad-date", 3),
            ("until: 2026-12-01\nservices: [a]", "missing-key", 1),
            ("from: unknown\nservices: [a]", "missing-key", 3),
            ("from: 2026-12-01\nchannels: [a]", "bad-id", 4),
            ("from: 2026-12-01", "missing-key", 1),
            ("from: 2026-12-01\nservices: []\nchannels: unknown", "missing-key", 1),
        ],
    )
    def test_an_alert_that_runs_never_or_names_nothing_is_refused_where_it_says_so(
        self, tmp_path: Path, places: Gazetteer, lines: str, rule: str, at: int
    ) -> None:
        text = alert("shut", "x").replace("from: 2020\nservices: [x]", lines)
        found = load_file(write(tmp_path, "shut", text, "alerts"), places)
        assert found.notice is None
        assert (rule, at) in {(one.rule, one.position.line) for one in found.problems}

    def test_ids_are_unique_over_all_folders(self, tmp_path: Path, places: Gazetteer) -> None:
        folder = write_folder(tmp_path / "own")
        write(folder / "services", "first-line", record("first-line"), "west")
        write(folder, "second-line", alert("second-line", "a-door"), "alerts")
        found = read_dataset(folder, places)
        places_said = [Path(problem.position.path).parts[-3:] for problem in found.problems]
        assert {problem.rule for problem in found.problems} == {"duplicate-id"}
        assert places_said == [
            ("services", "west", "first-line.yaml"), ("own", "alerts", "second-line.yaml"),
        ]  # fmt: skip
        assert [service.id for service in found.services].count("first-line") == 1

    def test_links_and_strange_entries_are_told_of_and_never_followed(
        self, tmp_path: Path, places: Gazetteer
    ) -> None:
        folder = write_folder(tmp_path / "own")
        outside = write(tmp_path / "elsewhere", "other", record("other"))
        (folder / "services" / "loop").symlink_to(folder)
        (folder / "services" / "away").symlink_to(outside.parent)
        (folder / "services" / "round.yaml").symlink_to(folder / "services" / "round.yaml")
        (folder / "services" / ".#first-line.yaml").symlink_to("nobody@nowhere")
        (folder / "services" / "notes.txt").write_text("not a record")
        write(folder / "services", "deep", record("deep"), "a/b/c/d/e/f/g/h/i/j")
        found = read_dataset(folder, places)
        names = [Path(problem.position.path).name for problem in found.problems]
        assert {problem.rule for problem in found.problems} == {"file-unreadable"}
        assert sorted(names) == ["away", "i", "loop", "round.yaml"]
        assert "other" not in {service.id for service in found.services}

    def test_a_folder_that_is_shut_is_told_of(
        self, tmp_path: Path, places: Gazetteer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder = write_folder(tmp_path / "own")
        real = os.scandir

        def scandir(path: Path) -> object:
            if str(path).endswith("alerts"):
                raise PermissionError(13, "Permission denied")
            return real(path)

        monkeypatch.setattr("signpost.dataset.folder.os.scandir", scandir)
        found = read_dataset(folder, places)
        assert [problem.rule for problem in found.problems] == ["file-unreadable"]

    def test_a_heading_and_a_calendar_that_cannot_be_read_are_told_of(
        self, tmp_path: Path, places: Gazetteer
    ) -> None:
        folder = write_folder(tmp_path / "own")
        for text, rule, name in (
            ("name: ours\nreleased: 2024-06\n", "bad-date", "ours"),
            ("- name\n", "bad-value", "own"),
            ("name: [", "yaml-syntax", "own"),
            ("naem: ours", "unknown-key", "own"),
        ):
            (folder / "dataset.yaml").write_text(text)
            found = read_dataset(folder, places)
            assert [problem.rule for problem in found.problems] == [rule]
            assert found.heading == (name, "")
        (folder / "dataset.yaml").unlink()
        assert read_dataset(folder, places).heading == ("own", "")
        for text in ("date\tdivision\ttitle\nChristmas\tscotland\tx\n", "date\nx\ty\n", "a\n1\n"):
            (folder / "calendars" / "bank_holidays.tsv").write_text(text)
            found = read_dataset(folder, places)
            assert [problem.rule for problem in found.problems] == ["bad-calendar"]
            assert found.holidays == ()


class TestHalfWritten:
    @settings(deadline=None, max_examples=150)
    @given(data=st.data())
    def test_half_a_record_is_refused_or_lacks_only_its_last_sources(
        self, data: st.DataObject, places: Gazetteer, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        """A file that is being saved must not pass with a shorter number or fewer regimes."""
        path = data.draw(st.sampled_from(sorted(record_files(data_folder()))))
        text = path.read_text(encoding="utf-8")
        cut = data.draw(st.integers(0, len(text)))
        folder = tmp_path_factory.getbasetemp() / "half" / path.parent.parent.name
        half = load_file(write(folder, path.stem, text[:cut], path.parent.name), places)
        whole = load_file(path, places).service
        if half.service is None or whole is None:
            return
        assert half.service._replace(sources=()) == whole._replace(sources=())
        assert half.service.sources[:-1] == whole.sources[: len(half.service.sources) - 1]


class TestShippedData:
    def test_all_of_it_is_read_without_a_complaint(self, places: Gazetteer) -> None:
        found = read_dataset(data_folder(), places)
        assert [str(problem) for problem in found.problems] == []
        assert len(found.services) > 350
        assert found.broken == ()

    def test_every_shipped_floor_line_is_a_record(self, places: Gazetteer) -> None:
        directory = opened(places, None, data_folder())
        floor = directory.material(Query(NOON)).floor
        assert all(service.sources for service in floor), "a built-in line stands in for a record"
