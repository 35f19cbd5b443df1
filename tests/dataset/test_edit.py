"""Edits of data files: nothing disturbed, nothing lost, nothing half written."""

import builtins
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from signpost.dataset import edit
from signpost.dataset.edit import (
    AlreadyThere,
    CannotEdit,
    NoEditor,
    add_check,
    add_source,
    create,
    edited,
    entry_text,
    set_value,
)

SERVICES = Path(__file__).resolve().parents[2] / "data" / "services"
SOURCE = {
    "url": "https://example.org/a#b", "published": "2026-11-24", "grade": "assured",
    "supports": ["hours", "contact"], "says": "checked by call with duty manager",
}  # fmt: skip
SOURCE_LINES = """\
  - url: https://example.org/a#b
    published: 2026-11-24
    grade: assured
    supports: [hours, contact]
    says: checked by call with duty manager
"""


def read(text):
    """What our own loader's library makes of a text: strings only."""
    return yaml.load(text, Loader=yaml.BaseLoader)


AS_TEXT = read(SOURCE_LINES)[0]


def with_source(text):
    def change(tree):
        if not isinstance(tree, dict):
            raise CannotEdit("no record")
        tree["sources"].append(edit._mapping(SOURCE))
        return True

    return edited(text, change)


class TestNothingIsDisturbed:
    @pytest.mark.parametrize("area", sorted(path.name for path in SERVICES.iterdir()))
    def test_in_no_shipped_record(self, area):
        files = sorted((SERVICES / area).glob("*.yaml"))
        assert files
        for path in files:
            text = path.read_text(encoding="utf-8")
            found = with_source(text)
            assert found.startswith(text)
            assert found.removeprefix(text) == SOURCE_LINES
            before = read(text)
            assert read(found) == {**before, "sources": [*before["sources"], AS_TEXT]}

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            pytest.param("id:   a   # why\nsources:\n- url: x\n", "- url: https", id="no indent"),
            pytest.param("sources:\n    -   url: x\n        grade: low\n", "    -   url: https",
                         id="a wide dash"),
            pytest.param("a: {from: 2020-04,     until: 2020-07~}\nsources:\n  - url: x\n",
                         "  - url: https", id="columns in a mapping"),
            pytest.param("---\nid: a\nsources:\n  - url: x\n", "  - url: https", id="a start mark"),
            pytest.param("# 1\n\nid: 'a'\n\n\nsources:   # these\n  # the one\n  - url: \"x\"\n",
                         "  - url: https", id="comments, quotes and blank lines"),
        ],
    )  # fmt: skip
    def test_in_any_layout(self, before, after):
        found = with_source(before)
        assert found.startswith(before)
        assert found.removeprefix(before).startswith(after)
        assert read(found)["sources"] == [*read(before)["sources"], AS_TEXT]

    def test_what_follows_keeps_its_comment_and_its_blank_line(self):
        text = "sources:\n  - url: x  # one\n    # of x\n\n# of notes\nnotes: [a]\n"
        start, end = text.split("\n\n")
        assert with_source(text) == f"{start}\n{SOURCE_LINES}\n{end}"

    @pytest.mark.parametrize("text", ["sources:\n  - url: x", "sources:\n  - url: x\n"])
    def test_a_missing_last_line_break_is_made_good(self, text):
        assert with_source(text) == f"sources:\n  - url: x\n{SOURCE_LINES}"

    def test_line_ends_and_mark_of_another_system_stay(self):
        text = "\ufeffid: a\r\nsources:\r\n  - url: x\r\n"
        assert with_source(text) == text + SOURCE_LINES.replace("\n", "\r\n")

    def test_numbers_that_look_like_others_stay(self):
        text = "a: 0300\nb: 10:30\nc: 1e3\nd: no\ne: 0x1F\nf: 1.50\ng: 2024-02-30\nsources: []\n"
        found = with_source(text)
        assert found.splitlines()[:7] == text.splitlines()[:7]
        assert read(found)["sources"] == [AS_TEXT]

    @given(st.lists(st.text(st.characters(codec="ascii"), max_size=20), max_size=8))
    def test_an_edit_reads_back_or_is_refused_whatever_the_file(self, lines):
        text = "\n".join(lines) + "\nsources:\n  - url: x\n"
        try:
            found = with_source(text)
        except CannotEdit:
            return
        kept = iter(found.split("\n"))
        assert all(line in kept for line in text.split("\n")[:-1])

    def test_a_changed_value_changes_its_line_only(self, tmp_path):
        path = tmp_path / "a.yaml"
        path.write_text("id: a\nuntil: unknown      # so far\nwhat:   flooded\n")
        set_value(path, "until", "2026-11-23")
        assert path.read_text() == "id: a\nuntil: 2026-11-23   # so far\nwhat:   flooded\n"

    @pytest.mark.parametrize(
        "text", ["sources:\n  - a: b\n  a: c\n", "id: a\nid: b\nsources: []\n", "a: 'b\n", "\t"]
    )
    def test_a_file_that_cannot_be_read_is_refused(self, tmp_path, text):
        path = tmp_path / "a.yaml"
        path.write_text(text)
        with pytest.raises(CannotEdit, match=r"a\.yaml: it cannot be read .*nothing was written"):
            add_source(path, SOURCE)
        assert path.read_text() == text
        assert os.listdir(tmp_path) == ["a.yaml"]

    def test_a_text_broken_over_lines_is_refused(self):
        with pytest.raises(CannotEdit, match="lines are broken"):
            with_source("description: A room\n  to sit in.\nsources:\n  - url: x\n")

    @pytest.mark.parametrize(
        ("text", "fault"), [("- a\n", "keys and values"), ("sources: x\n", "not a list")]
    )
    def test_what_is_no_record_is_refused(self, tmp_path, text, fault):
        path = tmp_path / "a.yaml"
        path.write_text(text)
        with pytest.raises(CannotEdit, match=fault):
            add_source(path, SOURCE)


CHECK = {"id": "a", "on": "2026-11-24", "how": "visit", "with": "manager", "fields": ["hours"]}


class TestChecks:
    def test_the_first_one_makes_the_file_with_a_heading(self, tmp_path):
        assert add_check(tmp_path, CHECK)
        assert (tmp_path / "assured.yaml").read_text() == (
            "# Checks of records that came with signpost; `signpost assure` adds them at the end.\n"
            "- id: a\n  on: 2026-11-24\n  how: visit\n  with: manager\n  fields: [hours]\n"
        )
        assert os.listdir(tmp_path) == ["assured.yaml"]

    def test_the_same_one_is_not_written_twice(self, tmp_path):
        assert add_check(tmp_path, CHECK)
        text = (tmp_path / "assured.yaml").read_text()
        assert not add_check(tmp_path, CHECK)
        assert (tmp_path / "assured.yaml").read_text() == text
        assert add_check(tmp_path, {**CHECK, "on": "2026-11-25"})

    @pytest.mark.parametrize("text", ["", "# mine\n", "# mine"])
    def test_a_file_with_nothing_but_comments_keeps_them(self, tmp_path, text):
        path = tmp_path / "assured.yaml"
        path.write_text(text)
        add_check(tmp_path, CHECK)
        assert path.read_text().startswith(text)
        assert read(path.read_text())[0]["id"] == "a"

    def test_a_file_that_is_no_list_is_refused(self, tmp_path):
        (tmp_path / "assured.yaml").write_text("id: a\n")
        with pytest.raises(CannotEdit, match="not a list of checks"):
            add_check(tmp_path, CHECK)

    def test_permissions_and_links_stay(self, tmp_path):
        real, link = tmp_path / "real.yaml", tmp_path / "link.yaml"
        real.write_text("sources: []\n")
        real.chmod(0o640)
        link.symlink_to(real)
        add_source(link, SOURCE)
        assert link.is_symlink()
        assert real.stat().st_mode & 0o777 == 0o640
        assert len(read(real.read_text())["sources"]) == 1


ADDING = """
    import sys
    from pathlib import Path
    from signpost.dataset.edit import add_check
    for n in range(int(sys.argv[3])):
        add_check(Path(sys.argv[1]), {"id": f"{sys.argv[2]}-{n}", "on": "2026-11-24"})
"""


def start(*args, script=ADDING):
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script), *map(str, args)],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip


class TestTogether:
    def test_who_reads_meanwhile_has_the_old_file_whole(self, tmp_path):
        path = tmp_path / "assured.yaml"
        path.write_text(text := "- id: first\n")
        with path.open() as reader:
            add_check(tmp_path, {"id": "a"})
            assert reader.read() == text
        assert path.read_text() == text + "- id: a\n"

    def test_ten_writers_at_once_lose_nothing(self, tmp_path):
        writers = [start(tmp_path, name, 3) for name in "abcdefghij"]
        for writer in writers:
            _, said = writer.communicate(timeout=120)
            assert writer.returncode == 0, said
        found = read((tmp_path / "assured.yaml").read_text())
        assert sorted(entry["id"] for entry in found) == sorted(
            f"{name}-{n}" for name in "abcdefghij" for n in range(3)
        )
        assert os.listdir(tmp_path) == ["assured.yaml"]

    @pytest.mark.parametrize("wait", [0.0, 0.05, 0.15])
    def test_a_writer_killed_at_any_time_leaves_a_whole_file(self, tmp_path, wait):
        path = tmp_path / "assured.yaml"
        path.write_text("- id: first\n  on: 2026-01-01\n")
        writer = start(tmp_path, "a", 10_000)
        try:
            until = time.monotonic() + 60
            while "id: a-0" not in path.read_text():
                assert time.monotonic() < until, "the writer never began"
                time.sleep(0.005)
            time.sleep(wait)
            writer.send_signal(signal.SIGKILL)
            writer.wait(60)
        finally:
            writer.kill()
            writer.communicate()
        found = read(path.read_text())
        assert [entry["id"] for entry in found] == [
            "first", *(f"a-{n}" for n in range(len(found) - 1))
        ]  # fmt: skip
        assert all(entry.keys() == {"id", "on"} for entry in found)

    def test_a_lock_left_over_is_moved_aside_and_the_check_written(self, tmp_path, monkeypatch):
        monkeypatch.setattr(edit, "PATIENCE", 3)
        lock = tmp_path / ".assured.yaml.lock"
        lock.write_text("of somebody killed")
        assert add_check(tmp_path, {"id": "a"})
        assert not lock.exists()

    def test_a_lock_that_changes_hands_is_waited_for(self, tmp_path, monkeypatch):
        monkeypatch.setattr(edit, "PATIENCE", 3)
        lock = tmp_path / ".assured.yaml.lock"
        lock.write_text("of 0")
        waits = []

        def others_write(seconds):
            waits.append(seconds)
            if len(waits) < 20:
                lock.write_text(f"of {len(waits)}")
            else:
                lock.unlink(missing_ok=True)

        monkeypatch.setattr(edit.time, "sleep", others_write)
        assert add_check(tmp_path, {"id": "a"})
        assert len(waits) == 20

    def test_who_lost_the_lock_writes_nothing_and_says_so(self, tmp_path, monkeypatch):
        path = tmp_path / "assured.yaml"
        path.write_text("- id: first\n")
        write = edit._write

        def slowly(target, content):
            write(target, content)
            (tmp_path / ".assured.yaml.lock").write_text("of somebody else")

        monkeypatch.setattr(edit, "_write", slowly)
        with pytest.raises(CannotEdit, match="another signpost took its place"):
            add_check(tmp_path, {"id": "a"})
        assert path.read_text() == "- id: first\n"
        assert (tmp_path / ".assured.yaml.lock").read_text() == "of somebody else"

    def test_a_full_disk_leaves_the_old_file(self, tmp_path, monkeypatch):
        path = tmp_path / "assured.yaml"
        path.write_text("- id: first\n")

        def full(handle):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(edit.os, "fsync", full)
        with pytest.raises(CannotEdit, match="No space left on device"):
            add_check(tmp_path, {"id": "a"})
        assert path.read_text() == "- id: first\n"
        assert os.listdir(tmp_path) == ["assured.yaml"]


class TestCreate:
    def test_a_file_that_is_there_is_left_alone(self, tmp_path):
        path = tmp_path / "alerts" / "a.yaml"
        create(path, "new\n")
        with pytest.raises(AlreadyThere, match="nothing was changed"):
            create(path, "newer\n")
        assert path.read_text() == "new\n"
        assert os.listdir(path.parent) == ["a.yaml"]

    def test_on_a_drive_without_links_too(self, tmp_path, monkeypatch):
        def no_links(source, target):
            raise PermissionError(1, "Operation not permitted")

        monkeypatch.setattr(edit.os, "link", no_links)
        path = tmp_path / "a.yaml"
        create(path, "new\n")
        with pytest.raises(AlreadyThere):
            create(path, "newer\n")
        assert path.read_text() == "new\n"
        assert os.listdir(tmp_path) == ["a.yaml"]


def test_without_the_library_it_says_how_to_install_it(tmp_path, monkeypatch):
    usual = builtins.__import__

    def without(name, *args, **more):
        if name.startswith("ruamel"):
            raise ImportError(name)
        return usual(name, *args, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(NoEditor, match=r'pip install "signpost\[keep\]"'):
        add_check(tmp_path, {"id": "a"})
    assert os.listdir(tmp_path) == []


@given(
    st.dictionaries(
        st.sampled_from(("says", "with", "id")),
        st.text(st.characters(exclude_categories=("C",)), min_size=1, max_size=30),
        min_size=1,
    )
)
def test_an_entry_reads_back_as_it_was_whatever_is_in_it(entry):
    [found] = read(entry_text(entry))
    assert found == entry
