"""A snapshot in every bad state there is: the answers are right all the same."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import ModuleType

import pytest
from dataset_builders import NOON, RIGHT, ask, is_right, opened, record, shown, write, write_folder

from signpost.cli import main
from signpost.cli.options import with_directory
from signpost.core.floor import BUILT_IN
from signpost.core.query import Query
from signpost.dataset import seal, snapshot
from signpost.dataset.directory import Directory
from signpost.dataset.gazetteer import FILES, Gazetteer
from signpost.dataset.snapshot import (
    Damaged,
    NoData,
    build_shipped,
    data_folder,
    open_gazetteer,
    open_services,
)

HERE = Path(__file__).parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "own")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "signpost"


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that were compiled, in order."""
    from signpost.dataset import compile as compiler

    real, found = compiler.write_snapshot, []

    def counted(connection: sqlite3.Connection, folder: Path, *rest: object) -> object:
        found.append(folder)
        return real(connection, folder, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(compiler, "write_snapshot", counted)
    return found


def kept_in(cache: Path) -> Path:
    (found,) = cache.glob("*-services.sqlite")
    return found


class TestWhenItIsBuilt:
    def test_it_is_built_once_and_used_again(
        self, folder: Path, cache: Path, places: Gazetteer, builds: list[Path]
    ) -> None:
        for _ in range(3):
            assert is_right(opened(places, cache, folder))
        assert builds == [folder]

    @pytest.mark.parametrize(
        ("change", "number"),
        [
            (lambda path: path.write_text(path.read_text().replace("1111", "3333")), "3333"),
            (lambda path: os.utime(path), "1111"),
            (lambda path: path.chmod(0o600), "1111"),
        ],
        ids=["edited", "touched", "chmod"],
    )
    def test_a_changed_file_is_read_again(
        self, change: Callable[[Path], object], number: str, folder: Path, cache: Path,
        places: Gazetteer, builds: list[Path],
    ) -> None:  # fmt: skip
        opened(places, cache, folder)
        time.sleep(0.02)
        change(folder / "services" / "first-line.yaml")
        found = opened(places, cache, folder).service("first-line")
        assert found is not None
        assert str(found.channels[0].regimes[0].number).endswith(number)
        assert len(builds) == 2

    def test_an_edit_of_the_same_size_with_its_time_set_back_is_noticed(
        self, folder: Path, cache: Path, places: Gazetteer
    ) -> None:
        path = folder / "services" / "first-line.yaml"
        opened(places, cache, folder)
        before = path.stat()
        time.sleep(0.02)
        path.write_text(path.read_text().replace("0300 111 1111", "0300 111 3333"))
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert path.stat().st_size == before.st_size
        found = opened(places, cache, folder).service("first-line")
        assert found is not None
        assert found.channels[0].regimes[0].number == "0300 111 3333"

    def test_an_added_file_is_there_and_a_deleted_one_gone(
        self, folder: Path, cache: Path, places: Gazetteer
    ) -> None:
        opened(places, cache, folder)
        write(folder, "third-line", record("third-line"))
        assert shown(ask(opened(places, cache, folder))) == RIGHT | {"third-line": "open"}
        (folder / "services" / "third-line.yaml").unlink()
        assert is_right(opened(places, cache, folder))

    @pytest.mark.parametrize("name", ["dataset.yaml", "assured.yaml", "alerts/a-closing.yaml",
                                      "calendars/bank_holidays.tsv"])  # fmt: skip
    def test_every_file_that_counts_is_looked_at(
        self, name: str, folder: Path, cache: Path, places: Gazetteer, builds: list[Path]
    ) -> None:
        opened(places, cache, folder)
        time.sleep(0.02)
        (folder / name).touch()
        opened(places, cache, folder)
        assert len(builds) == 2

    def test_a_changed_gazetteer_has_every_folder_compiled_again(
        self, folder: Path, cache: Path, places: Gazetteer, builds: list[Path], tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        program = tmp_path / "program" / "signpost"
        (program.parent / "data" / "services").mkdir(parents=True)
        tables = program.parent / "data" / "places"
        tables.mkdir()
        for name in FILES:
            (tables / name).write_text("")
        monkeypatch.setattr(snapshot, "PACKAGE", program)
        opened(places, cache, folder)
        opened(places, cache, folder)
        assert len(builds) == 1
        (tables / "areas.tsv").write_text("changed")
        opened(places, cache, folder)
        assert len(builds) == 2

    def test_two_folders_of_one_name_have_two_snapshots(
        self, folder: Path, cache: Path, places: Gazetteer, tmp_path: Path
    ) -> None:
        other = write_folder(tmp_path / "other" / "own")
        write(other, "third-line", record("third-line"))
        assert is_right(opened(places, cache, folder))
        assert "third-line" in opened(places, cache, other).ids()
        assert len(list(cache.glob("*-services.sqlite"))) == 2

    def test_what_was_built_by_another_version_is_not_used(
        self, folder: Path, cache: Path, places: Gazetteer, builds: list[Path],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        opened(places, cache, folder)
        for name, value in (("FORMAT", "0"), ("__version__", "0.0.1")):
            with monkeypatch.context() as patch:
                patch.setattr(snapshot, name, value)
                assert is_right(opened(places, cache, folder))
        assert len(builds) == 3

    @pytest.mark.skipif(sys.gettrace() is not None, reason="traced: time says nothing")
    def test_one_edited_file_of_all_the_data_is_compiled_in_under_a_second(
        self, tmp_path: Path, cache: Path, places: Gazetteer
    ) -> None:
        folder = tmp_path / "all"
        shutil.copytree(data_folder(), folder, ignore=shutil.ignore_patterns("places"))
        opened(places, cache, folder)
        best = 99.0
        for _ in range(3):
            time.sleep(0.02)
            (folder / "services" / "national" / "samaritans.yaml").touch()
            start = time.process_time()  # the machine may be busy
            opened(places, cache, folder)
            best = min(best, time.process_time() - start)
        assert best < 1.0, f"{best:.2f} s"


class TestDamage:
    @pytest.fixture
    def good(self, folder: Path, cache: Path, places: Gazetteer) -> bytes:
        opened(places, cache, folder)
        return kept_in(cache).read_bytes()

    @pytest.mark.parametrize(
        "damage",
        [
            lambda data: b"",
            lambda data: data[:50],
            lambda data: data[:100],
            lambda data: data[: len(data) // 2],
            lambda data: data[:-1],
            lambda data: data + b"\0",
            lambda data: bytes(len(data)),
            lambda data: b"id: a-yaml-file\n",
            lambda data: data[4096:] + data[:4096],
        ],
        ids=["empty", "in-header", "header", "half", "last-byte", "longer", "zeros", "yaml",
             "pages"],
    )
    def test_a_broken_file_is_built_again(
        self, damage: Callable[[bytes], bytes], good: bytes, folder: Path, cache: Path,
        places: Gazetteer,
    ) -> None:  # fmt: skip
        path = kept_in(cache)
        path.write_bytes(damage(good))
        assert is_right(opened(places, cache, folder))
        assert kept_in(cache).read_bytes() == good, "the good file was not put back"

    def test_any_flipped_bit_is_noticed(self, good: bytes, cache: Path) -> None:
        path = kept_in(cache)
        chosen = random.Random(4)
        places_to_flip = [*range(110), *(chosen.randrange(len(good)) for _ in range(900))]
        for place in places_to_flip:
            flipped = bytearray(good)
            flipped[place] ^= 1 << chosen.randrange(8)
            path.write_bytes(flipped)
            assert not seal.is_whole(path), place
        path.write_bytes(good)
        assert seal.is_whole(path)

    def test_with_a_flipped_bit_the_answers_are_right(
        self, good: bytes, folder: Path, cache: Path, places: Gazetteer
    ) -> None:
        chosen = random.Random(5)
        for _ in range(20):
            flipped = bytearray(good)
            flipped[chosen.randrange(len(good))] ^= 1 << chosen.randrange(8)
            kept_in(cache).write_bytes(flipped)
            assert is_right(opened(places, cache, folder))

    def test_in_a_file_too_large_to_seal_no_flipped_bit_changes_a_record(
        self, good: bytes, folder: Path, cache: Path, places: Gazetteer,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        """A record is as it was, or it is not found, or the damage is noticed."""
        right = {service.id: service for service in opened(places, cache, folder).services()}
        monkeypatch.setattr(seal, "LARGEST", 0)
        path, chosen, noticed = kept_in(cache), random.Random(6), 0
        doc = good.index(b'["first-line"')
        spots = [*range(doc, doc + 200), *(chosen.randrange(len(good)) for _ in range(200))]
        for spot in spots:
            flipped = bytearray(good)
            flipped[spot] ^= 1 << chosen.randrange(8)
            path.write_bytes(flipped)
            with closing(snapshot.connect(path)) as connection:
                for name, service in right.items():
                    try:
                        found = Directory([connection], places).service(name)
                    except (Damaged, sqlite3.DatabaseError, KeyError):
                        noticed += 1
                    else:
                        assert found in (service, None), spot
        assert noticed > 150

    def test_places_are_sealed_too(self, places_cache: Path, places: Gazetteer) -> None:
        (path,) = places_cache.glob("*-places.sqlite")
        good = path.read_bytes()
        chosen = random.Random(7)
        copy = path.with_name("copy")
        for _ in range(40):
            flipped = bytearray(good)
            flipped[chosen.randrange(len(good))] ^= 1 << chosen.randrange(8)
            copy.write_bytes(flipped)
            assert not seal.is_whole(copy)

    def test_a_row_found_damaged_during_a_question_has_it_all_built_again(
        self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:  # fmt: skip
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
        monkeypatch.setenv("SIGNPOST_DATA", str(folder))
        assert main(["show", "first-line", "--format", "json"]) == 0
        right = capsys.readouterr().out
        monkeypatch.setattr(seal, "LARGEST", 0)
        for path in (tmp_path / "home" / "signpost").glob("*-services.sqlite"):
            data = path.read_bytes()
            if b'["first-line"' in data:
                path.write_bytes(data.replace(b"0300 111 1111", b"0300 111 1119"))
        assert main(["show", "first-line", "--format", "json"]) == 0
        assert capsys.readouterr().out == right

    def test_an_error_of_the_database_during_a_question_has_it_all_built_again(
        self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
        tries = []

        def question(directory: Directory) -> bool:
            tries.append(directory)
            if len(tries) == 1:
                raise sqlite3.DatabaseError("database disk image is malformed")
            return directory.service("first-line") is not None

        assert with_directory([folder], question)
        assert len(tries) == 2

    def test_a_snapshot_without_its_meta_is_damaged(self, places: Gazetteer) -> None:
        with closing(sqlite3.connect(":memory:")) as empty, pytest.raises(Damaged):
            Directory([empty], places)

    def test_replaced_while_open_the_old_one_answers_on(
        self, folder: Path, cache: Path, places: Gazetteer
    ) -> None:
        directory = opened(places, cache, folder)
        write(folder, "first-line", record("first-line", "0300 999 9999"))
        newer = opened(places, cache, folder)
        assert is_right(directory)
        found = newer.service("first-line")
        assert found is not None
        assert found.channels[0].regimes[0].number == "0300 999 9999"

    def test_data_edited_during_the_build_are_read_again_the_next_time(
        self, folder: Path, cache: Path, places: Gazetteer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from signpost.dataset import compile as compiler

        real = compiler.write_snapshot

        def late(*values: object) -> object:
            found = real(*values)  # type: ignore[arg-type]
            write(folder, "first-line", record("first-line", "0300 999 9999"))
            return found

        with monkeypatch.context() as patch:
            patch.setattr(compiler, "write_snapshot", late)
            opened(places, cache, folder)
        found = opened(places, cache, folder).service("first-line")
        assert found is not None
        assert found.channels[0].regimes[0].number == "0300 999 9999"


class TestTheCacheFolder:
    def test_files_there_are_for_the_user_alone(
        self, folder: Path, cache: Path, places: Gazetteer
    ) -> None:
        opened(places, cache, folder)
        assert cache.stat().st_mode & 0o777 == 0o700
        assert kept_in(cache).stat().st_mode & 0o777 == 0o600

    def test_without_one_all_is_built_in_memory(self, folder: Path, places: Gazetteer) -> None:
        assert is_right(opened(places, None, folder))

    def test_a_file_in_its_place_does_no_harm(
        self, folder: Path, cache: Path, places: Gazetteer
    ) -> None:
        cache.parent.mkdir()
        cache.write_text("a file")
        assert is_right(opened(places, cache, folder))
        assert cache.read_text() == "a file"

    @pytest.mark.parametrize("failing", ["mkdir", "replace"])
    def test_a_folder_that_cannot_be_written_does_no_harm(
        self, failing: str, folder: Path, cache: Path, places: Gazetteer,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        def refuse(*_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, failing, refuse)
        assert is_right(opened(places, cache, folder))
        assert not list(cache.glob("*")) or failing == "mkdir"

    def test_a_full_disk_does_no_harm_and_leaves_nothing(
        self, folder: Path, cache: Path, places: Gazetteer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(_: Path) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(snapshot, "seal", full)
        assert is_right(opened(places, cache, folder))
        assert list(cache.iterdir()) == []

    def test_a_read_only_cache_still_serves_what_it_holds(
        self, folder: Path, cache: Path, places: Gazetteer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        opened(places, cache, folder)

        def refuse(*_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr("tempfile.mkstemp", refuse)
        assert is_right(opened(places, cache, folder))
        write(folder, "first-line", "id: first-line\nname: [half")
        found = opened(places, cache, folder)
        assert is_right(found), "the last good record was not taken from the read-only cache"

    def test_another_users_file_is_not_believed(
        self, folder: Path, cache: Path, places: Gazetteer, builds: list[Path],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        opened(places, cache, folder)
        monkeypatch.setattr(os, "getuid", lambda: 4242)
        assert is_right(opened(places, cache, folder))
        assert len(builds) == 2
        write(folder, "first-line", "id: first-line\nname: [half")
        assert "first-line" not in opened(places, cache, folder).ids(), "nor as a last good one"

    def test_what_killed_builds_left_is_swept_away(
        self, folder: Path, cache: Path, places: Gazetteer
    ) -> None:
        opened(places, cache, folder)
        name = kept_in(cache).name
        old, new = cache / f".{name}.killed", cache / f".{name}.running"
        for path in (old, new):
            path.write_bytes(b"half")
        os.utime(old, (1_000_000_000, 1_000_000_000))
        (folder / "dataset.yaml").write_text("name: other\n")
        opened(places, cache, folder)
        assert not old.exists()
        assert new.exists()


CHILD = """
import sys
sys.path.insert(0, {here!r})
from pathlib import Path
from dataset_builders import is_right, opened
from signpost.dataset.snapshot import data_folder, open_gazetteer
places = open_gazetteer(data_folder(), Path({places!r}), ())
{before}
sys.exit(0 if is_right(opened(places, Path({cache!r}), Path({folder!r}))) else 1)
"""

KILLED_AT = {
    "nth record": "from signpost.dataset import compile as place; name = '_insert'",
    "digest": "from signpost.dataset import compile as place; name = '_digest'",
    "problems": "from signpost.dataset import compile as place; name = '_problem_rows'",
    "seal": "from signpost.dataset import snapshot as place; name = 'seal'",
    "sweep": "from signpost.dataset import snapshot as place; name = '_sweep'",
}
KILL = """
import os, signal
{where}
real, count = getattr(place, name), [0]
def fatal(*values):
    count[0] += 1
    if count[0] >= {nth}:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*values)
setattr(place, name, fatal)
"""


class TestProcesses:
    def run(
        self, folder: Path, cache: Path, places_cache: Path, before: str = ""
    ) -> subprocess.Popen[bytes]:
        code = CHILD.format(here=str(HERE), places=str(places_cache), cache=str(cache),
                            folder=str(folder), before=before)  # fmt: skip
        return subprocess.Popen([sys.executable, "-c", code])

    @pytest.mark.usefixtures("places")
    def test_twenty_at_once_at_first_run_all_answer_right(
        self, folder: Path, cache: Path, places_cache: Path
    ) -> None:
        running = [self.run(folder, cache, places_cache) for _ in range(20)]
        assert [process.wait(timeout=120) for process in running] == [0] * 20
        assert [path.name for path in cache.iterdir()] == [kept_in(cache).name]
        assert seal.is_whole(kept_in(cache))

    @pytest.mark.parametrize(
        ("where", "nth"),
        [("nth record", 1), ("nth record", 5), ("digest", 1), ("problems", 1), ("seal", 1),
         ("sweep", 1)],
    )  # fmt: skip
    def test_killed_in_the_middle_the_next_run_answers_right(
        self, where: str, nth: int, folder: Path, cache: Path, places_cache: Path, places: Gazetteer
    ) -> None:
        fatal = KILL.format(where=KILLED_AT[where], nth=nth)
        killed = self.run(folder, cache, places_cache, fatal)
        assert killed.wait(timeout=60) == -signal.SIGKILL
        assert (where == "sweep") == bool(list(cache.glob("*-services.sqlite")))
        assert is_right(opened(places, cache, folder))
        assert is_right(opened(places, cache, folder))


class TestBrokenRecords:
    def test_the_last_good_one_is_kept_and_the_answer_says_so(
        self, folder: Path, cache: Path, places: Gazetteer
    ) -> None:
        opened(places, cache, folder)
        path = write(folder, "first-line", "id: first-line\nname: [half")
        for _ in range(2):  # kept from one snapshot to the next
            directory = opened(places, cache, folder)
            assert is_right(directory)
            assert [caveat.text for caveat in ask(directory).caveats] == [
                "1 file of own (services/first-line.yaml:2) could not be read; the last good copy "
                "is used; run signpost check"
            ]
            write(folder, "third-line", record("third-line", area="[county:Devon]"))
        path.write_text(record("first-line", "0300 111 1111"))
        assert is_right(opened(places, cache, folder))
        assert ask(opened(places, cache, folder)).caveats == ()

    def test_a_broken_alert_goes_on_warning(
        self, folder: Path, cache: Path, places: Gazetteer
    ) -> None:
        opened(places, cache, folder)
        write(folder, "a-closing", "id: a-closing\neffect:", "alerts")
        directory = opened(places, cache, folder)
        assert is_right(directory), "a door that is closed is shown open"
        assert [caveat.code for caveat in ask(directory).caveats] == ["records_kept"]

    def test_one_that_was_never_good_is_left_out_and_the_answer_says_so(
        self, folder: Path, cache: Path, places: Gazetteer
    ) -> None:
        write(folder, "first-line", "id: first-line\nname: [half")
        write(folder, "second-line", "")
        directory = opened(places, cache, folder)
        assert shown(ask(directory)) == {"a-door": "open"}
        assert [caveat.text for caveat in ask(directory).caveats] == [
            "2 files of own (services/first-line.yaml:2) could not be read and are left out; "
            "run signpost check"
        ]

    def test_a_deleted_one_is_not_kept(
        self, folder: Path, cache: Path, places: Gazetteer
    ) -> None:
        opened(places, cache, folder)
        (folder / "services" / "first-line.yaml").unlink()
        assert "first-line" not in opened(places, cache, folder).ids()

    def test_one_that_moved_is_not_there_twice(
        self, folder: Path, cache: Path, places: Gazetteer
    ) -> None:
        opened(places, cache, folder)
        write(folder, "first-line", "id: first-line\nname: [half")
        write(folder / "services", "first-line", record("first-line", "0300 333 3333"), "west")
        found = opened(places, cache, folder)
        assert found.ids().count("first-line") == 1
        service = found.service("first-line")
        assert service is not None
        assert service.channels[0].regimes[0].number == "0300 333 3333"

    def test_when_all_are_broken_the_emergency_lines_remain(
        self, folder: Path, places: Gazetteer
    ) -> None:
        for path in folder.glob("*/*.yaml"):
            path.write_text("- broken")
        found = ask(opened(places, None, folder))
        assert [option.service.id for option in found.emergency] == [line.id for line in BUILT_IN]
        assert shown(found) == {}
        assert "9 files of own" in found.caveats[0].text

    def test_one_missing_emergency_line_is_stood_in_for(
        self, folder: Path, places: Gazetteer
    ) -> None:
        write(folder, "listeners", record("listeners", extra="role: listening\n"))
        text = record("urgent-line", "111", "role: nhs_urgent\nfloor: true\n", "[nation:Wales]")
        write(folder, "urgent-line", text)
        emergency = {option.service.id for option in ask(opened(places, None, folder)).emergency}
        assert emergency == {"ambulance", "nhs-111", "samaritans", "texters", "young-line"}


class TestNoData:
    @pytest.mark.parametrize("make", ["nothing", "empty", "file", "loop"])
    def test_a_folder_that_is_none_is_refused(
        self, make: str, tmp_path: Path, places: Gazetteer
    ) -> None:
        path = tmp_path / "own"
        if make == "empty":
            path.mkdir()
        elif make == "file":
            path.write_text("")
        elif make == "loop":
            path.symlink_to(path)
        with pytest.raises(NoData) as error:
            open_services(path, None, places)
        assert error.value.exit_code == 4

    @pytest.mark.parametrize("name", ["\x00", "a\x1b[31mb", "x" * 5000, "\udcff", "\n"])
    def test_a_name_that_is_none_is_refused_in_one_printable_line(
        self, name: str, places: Gazetteer
    ) -> None:
        with pytest.raises(NoData) as error:
            open_services(Path(name), None, places)
        assert str(error.value).isprintable()

    def test_a_folder_that_is_shut_is_refused(
        self, folder: Path, places: Gazetteer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def shut(_: Path) -> bool:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "is_dir", shut)
        with pytest.raises(NoData, match="cannot be read"):
            open_services(folder, None, places)

    def test_the_command_says_so_with_exit_code_4_and_the_floor(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["now", "--data", str(tmp_path), "--format", "plain"]) == 4
        said = capsys.readouterr()
        assert "holds no services or alerts folder" in said.err
        assert "999" in said.out
        assert "116 123" in said.out

    @pytest.mark.parametrize("damage", ["half", "no gzip", "flipped"])
    def test_place_tables_that_cannot_be_read_are_no_data(
        self, damage: str, tmp_path: Path
    ) -> None:
        shutil.copytree(data_folder() / "places", tmp_path / "places")
        table = tmp_path / "places" / "places.tsv.gz"
        good = table.read_bytes()
        middle = len(good) // 2
        table.write_bytes({
            "half": good[:middle],
            "no gzip": b"name\nx\ty",
            "flipped": good[:middle] + bytes([good[middle] ^ 1]) + good[middle + 1 :],
        }[damage])  # fmt: skip
        with pytest.raises(NoData, match="install signpost again"):
            open_gazetteer(tmp_path, None, ())
        (tmp_path / "places" / FILES[0]).unlink()
        with pytest.raises(NoData, match="install signpost again"):
            open_gazetteer(tmp_path, tmp_path / "cache", ())

    def test_a_program_without_its_data_says_so(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(snapshot, "PACKAGE", tmp_path / "signpost")
        with pytest.raises(NoData, match="install it again"):
            data_folder()


class TestShipped:
    @pytest.fixture
    def wheel(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A data folder as a wheel carries it, with its snapshots."""
        package = tmp_path / "site" / "signpost"
        folder = write_folder(package / "data")
        shutil.copytree(data_folder() / "places", folder / "places")
        (folder / "snapshot").mkdir()
        build_shipped(folder, folder / "snapshot")
        monkeypatch.setattr(snapshot, "PACKAGE", package)
        return folder

    def test_it_is_used_without_looking_at_a_single_record(
        self, wheel: Path, tmp_path: Path, builds: list[Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def looked(_: object) -> str:
            raise AssertionError("the files were looked at")

        monkeypatch.setattr(snapshot, "stamp", looked)
        assert is_right(Directory.open((), tmp_path / "cache"))
        assert builds == []
        assert not (tmp_path / "cache").exists()

    def test_a_damaged_one_is_stood_in_for_by_the_cache(
        self, wheel: Path, tmp_path: Path, builds: list[Path]
    ) -> None:
        path = wheel / "snapshot" / "services.sqlite"
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 4
        path.write_bytes(data)
        for _ in range(2):
            assert is_right(Directory.open((), tmp_path / "cache"))
        assert builds == [wheel]
        assert path.read_bytes() == data, "something was written into the installed package"

    def test_an_overlay_is_laid_over_it_and_named(self, wheel: Path, tmp_path: Path) -> None:
        over = tmp_path / "over"
        write(over, "first-line", record("first-line", "0300 999 9999"))
        directory = Directory.open((over,), tmp_path / "cache")
        service = directory.service("first-line")
        assert service is not None
        assert service.channels[0].regimes[0].number == "0300 999 9999"
        assert [data.name for data in directory.versions] == ["own", "over"]

    def test_a_snapshot_in_somebodys_own_folder_is_not_taken_at_its_word(
        self, wheel: Path, tmp_path: Path, places: Gazetteer
    ) -> None:
        own = tmp_path / "copied"
        shutil.copytree(wheel, own)
        write(own, "first-line", record("first-line", "0300 999 9999"))
        service = opened(places, None, own).service("first-line")
        assert service is not None
        assert service.channels[0].regimes[0].number == "0300 999 9999"

    def test_the_same_data_give_the_same_file(self, wheel: Path, tmp_path: Path) -> None:
        found = []
        for name in ("one", "two"):
            (tmp_path / name).mkdir()
            found.append([path.read_bytes() for path in build_shipped(wheel, tmp_path / name)])
        assert found[0] == found[1]

    def test_no_wheel_is_built_with_a_record_left_out(self, wheel: Path, tmp_path: Path) -> None:
        write(wheel, "first-line", "- broken")
        with pytest.raises(NoData, match=r"first-line\.yaml:1:1: error"):
            build_shipped(wheel, tmp_path)


def test_the_build_hook_adds_two_whole_snapshots_to_a_wheel_and_none_to_an_editable_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Interface:
        """Stands in for hatchling's, which is there only while a wheel is built."""

        root = str(data_folder().parent)
        target_name = "wheel"

        def __class_getitem__(cls, _: object) -> type["Interface"]:
            return cls

    stub = ModuleType("hatchling.builders.hooks.plugin.interface")
    stub.BuildHookInterface = Interface  # type: ignore[attr-defined]
    for name in ("hatchling", "hatchling.builders", "hatchling.builders.hooks",
                 "hatchling.builders.hooks.plugin"):  # fmt: skip
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    monkeypatch.setitem(sys.modules, stub.__name__, stub)
    monkeypatch.delitem(sys.modules, "signpost.dataset.wheel", raising=False)
    monkeypatch.setattr(sys, "path", list(sys.path))
    from signpost.dataset.wheel import SnapshotBuildHook

    for target, version in (("wheel", "editable"), ("sdist", "standard")):
        skipped: dict[str, dict[str, str]] = {"force_include": {}}
        monkeypatch.setattr(Interface, "target_name", target)
        SnapshotBuildHook().initialize(version, skipped)
        assert skipped == {"force_include": {}}
    monkeypatch.setattr(Interface, "target_name", "wheel")
    added: dict[str, dict[str, str]] = {"force_include": {}}
    SnapshotBuildHook().initialize("standard", added)
    assert list(added["force_include"].values()) == [
        "signpost/data/snapshot/places.sqlite", "signpost/data/snapshot/services.sqlite",
    ]  # fmt: skip
    paths = [Path(path) for path in added["force_include"]]
    assert all(seal.is_whole(path) for path in paths)
    shutil.rmtree(paths[0].parent)


def test_all_the_data_are_read_from_cold_in_under_five_seconds(
    tmp_path: Path, places: Gazetteer
) -> None:
    start = time.process_time()
    directory = opened(places, None, data_folder())
    assert len(list(directory.services())) > 350
    assert directory.material(Query(NOON)).floor
    assert time.process_time() - start < 5
