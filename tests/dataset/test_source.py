"""Facts of the YAML reader: trees with positions, and files that are no records."""

import os
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from signpost.dataset import source
from signpost.dataset.folder import record_files
from signpost.dataset.problems import Position, printable, shown_path
from signpost.dataset.snapshot import data_folder
from signpost.dataset.source import MAX_BYTES, Fields, Items, Text, Unreadable, read, read_text


def tree(text: str) -> source.Node:
    found, problems = read_text(text, "x.yaml")
    assert not problems
    return found


def refused(path: Path) -> str:
    with pytest.raises(Unreadable) as error:
        read(path)
    return f"{error.value.problem.rule}: {error.value.problem.message}"


class TestTrees:
    @pytest.mark.parametrize(
        "written", ["18:00", "0300", "yes", "null", "~", "1e3", "2024-05-01", "0x10", "=", "off"]
    )
    def test_a_scalar_stays_the_text_that_was_written(self, written: str) -> None:
        assert tree(f"[{written}]") == Items(
            (Text(written, Position("x.yaml", 1, 2)),), Position("x.yaml", 1, 1)
        )

    def test_every_piece_knows_its_line_and_column(self) -> None:
        found = tree("a: one\nb:\n  - two\n  - c: 'three'\n")
        assert isinstance(found, Fields)
        key_at, items = found.values["b"]
        assert key_at == Position("x.yaml", 2, 1)
        assert isinstance(items, Items)
        assert items.values[0] == Text("two", Position("x.yaml", 3, 5))
        inner = items.values[1]
        assert isinstance(inner, Fields)
        assert inner.values["c"] == (
            Position("x.yaml", 4, 5), Text("three", Position("x.yaml", 4, 8), 1)
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("text", "column"),
        [
            ("a: abc", 6),
            ("a: 'abc'", 7),
            ('a: "abc"', 7),
            ("a: >-\n  abc", 4),  # the whole text: its characters are elsewhere
            ("a: ab\n  c", 4),
        ],
    )
    def test_a_character_inside_a_text_has_a_column(self, text: str, column: int) -> None:
        found = tree(text)
        assert isinstance(found, Fields)
        value = found.values["a"][1]
        assert isinstance(value, Text)
        assert value.character(2) == Position("x.yaml", 1, column)

    def test_a_byte_order_mark_is_no_part_of_the_record(self, tmp_path: Path) -> None:
        path = tmp_path / "x.yaml"
        path.write_bytes(b"\xef\xbb\xbfid: x\n")
        found, _ = read(path)
        assert isinstance(found, Fields)
        assert list(found.values) == ["id"]

    def test_an_alias_is_never_followed(self) -> None:
        found, problems = read_text("a: &x [1, 2]\nb: *x\n", "x.yaml")
        assert isinstance(found, Fields)
        assert found.values["b"][1] == Text("", Position("x.yaml", 2, 4))
        assert [problem.rule for problem in problems] == ["yaml-alias", "yaml-alias"]

    def test_with_and_without_libyaml_the_shipped_records_read_the_same(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        paths = list(record_files(data_folder()))[::10]
        assert len(paths) > 30
        quick = [read(path) for path in paths]
        monkeypatch.setattr(source, "_Loader", yaml.BaseLoader)
        assert [read(path) for path in paths] == quick

    @pytest.mark.parametrize(
        "text", ["a:\n\tb: 1", 'a: "\\U00110000"', "a: b: c", "[" * 2000, "a: \x00", "- " * 2000]
    )
    def test_without_libyaml_what_cannot_be_read_is_still_a_problem(
        self, text: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(source, "_Loader", yaml.BaseLoader)
        with pytest.raises(Unreadable):
            read_text(text, "x.yaml")

    @settings(deadline=None)
    @given(st.text(alphabet="ab:-[]{}&*!|>'\"\n \t#%@,?\x00\x1b\u202e\ufeff0~", max_size=60))
    @example("[" * 5000)
    @example("{a: " * 5000)
    @example("- " * 5000)
    @example("? " * 5000)
    @example('"\\ud800"')
    @example("%YAML 9.9\n---\na")
    def test_no_text_does_worse_than_be_refused(self, text: str) -> None:
        try:
            _, problems = read_text(text, "x.yaml")
        except Unreadable as error:
            problems = [error.problem]
        lines = text.count("\n") + 2
        for problem in problems:
            assert str(problem).isprintable()
            assert 1 <= problem.position.line <= lines
            assert problem.position.column >= 1

    @settings(deadline=None)
    @given(content=st.binary(max_size=80))
    def test_no_bytes_do_worse_than_be_refused(
        self, content: bytes, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        path = tmp_path_factory.getbasetemp() / "bytes.yaml"
        path.write_bytes(content)
        try:
            read(path)
        except Unreadable as error:
            said = str(error)
        else:
            return
        assert said.isprintable()


class TestFiles:
    def test_a_file_of_two_megabytes_is_not_read_to_its_end(self, tmp_path: Path) -> None:
        path = tmp_path / "x.yaml"
        path.write_bytes(b"a: " + b"x" * 2_000_000)
        assert refused(path) == (
            "file-size: the file is over 1,000,000 bytes and a record is a few thousand; split it "
            "or check what it is"
        )
        path.write_bytes(b"#" * (MAX_BYTES - 5) + b"\na: b")
        assert isinstance(read(path)[0], Fields)

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
    def test_a_pipe_is_refused_without_waiting_for_it(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "x.yaml")
        assert refused(tmp_path / "x.yaml").startswith("file-unreadable: this is not a plain file")

    def test_a_folder_is_no_file(self, tmp_path: Path) -> None:
        (tmp_path / "x.yaml").mkdir()
        assert refused(tmp_path / "x.yaml").startswith("file-unreadable: this is not a plain file")

    def test_an_endless_device_is_no_file(self, tmp_path: Path) -> None:
        (tmp_path / "x.yaml").symlink_to("/dev/zero")
        assert refused(tmp_path / "x.yaml").startswith("file-unreadable: this is not a plain file")

    def test_links_in_a_circle_are_refused(self, tmp_path: Path) -> None:
        (tmp_path / "x.yaml").symlink_to(tmp_path / "y.yaml")
        (tmp_path / "y.yaml").symlink_to(tmp_path / "x.yaml")
        assert "cannot be read" in refused(tmp_path / "x.yaml")

    def test_a_missing_file_is_refused(self, tmp_path: Path) -> None:
        assert refused(tmp_path / "x.yaml") == (
            "file-unreadable: the file cannot be read (No such file or directory); put it right "
            "or remove it"
        )


class TestWords:
    def test_what_could_steer_a_terminal_is_written_out(self) -> None:
        assert printable("Café, 10%") == "Café, 10%"
        assert printable("a\x1b[31mb\u202e\udcff") == "a\\x1b[31mb\\u202e\\udcff"

    def test_a_path_is_shown_from_the_working_folder_where_it_lies_below(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        assert shown_path(tmp_path / "services" / "x.yaml") == os.path.join("services", "x.yaml")
        outside = tmp_path.parent / "a\x1bb.yaml"
        assert shown_path(outside) == str(tmp_path.parent / "a\\x1bb.yaml")
