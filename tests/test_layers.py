"""Who may import whom (DESIGN.md, section 8), what `now` loads, and who may read the clock."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "signpost"

ALLOWED = {
    "cli": {"cli", "lint", "render", "interop", "dataset", "core"},
    "lint": {"lint", "dataset", "core"},
    "render": {"render", "core"},
    "interop": {"interop", "core"},
    "dataset": {"dataset", "core"},
    "core": {"core"},
    "errors": set(),
}
"""Layer to the layers that it may import; `errors` and the package's version are anyone's."""

CORE_IMPORTS = {
    "__future__", "bisect", "calendar", "collections", "collections.abc", "dateutil.easter",
    "dateutil.rrule", "datetime", "enum", "functools", "heapq", "itertools", "math", "operator",
    "re", "string", "types", "typing", "unicodedata", "zoneinfo",
}  # fmt: skip
"""Everything that core may import from outside the package: values, and no way to the world."""

OPTIONAL = {"core/hours/sun.py": {"astral"}}
"""Pure libraries that core uses where they are installed: sunset in an hours expression is
unknown without. No record in `data/` needs one, so answers do not depend on them."""

HEAVY = (
    "yaml", "rich", "dateutil.parser", "jsonschema", "rapidfuzz", "signpost.dataset.load",
    "signpost.dataset.compile", "signpost.lint", "signpost.interop", "signpost.cli.check",
    "pydantic", "asyncio", "socket", "ssl",
)  # fmt: skip
"""What a caller must not wait for: `now` in a pipe imports none of these."""


class Import(NamedTuple):
    """An import statement: where it stands, and what it names."""

    place: str
    module: str


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def imports_of(path: Path) -> Iterator[Import]:
    relative = path.relative_to(ROOT)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{relative}:{node.lineno}: imports are absolute here"
            assert node.module is not None
            names = [node.module]
            if node.module == "signpost":
                names = [f"signpost.{alias.name}" for alias in node.names]
        yield from (Import(f"{relative}:{node.lineno}", name) for name in names)


def layer_of(path: Path) -> str:
    part = path.relative_to(PACKAGE).parts[0]
    return part.removesuffix(".py")


def test_every_part_of_the_package_has_its_layer() -> None:
    found = {layer_of(path) for path in modules()} - {"__init__", "__main__"}
    assert found <= set(ALLOWED)
    assert {"cli", "core", "dataset", "render", "errors"} <= found


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_inwards(path: Path) -> None:
    layer = layer_of(path)
    if layer in ("__init__", "__main__"):
        return
    wrong = [
        found
        for found in imports_of(path)
        if found.module.startswith("signpost.")
        and (target := found.module.split(".")[1]) not in ALLOWED[layer]
        and target not in ("errors", "__version__")
    ]
    assert not wrong


@pytest.mark.parametrize(
    "path",
    [path for path in modules() if layer_of(path) == "core"],
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_core_imports_nothing_but_values(path: Path) -> None:
    allowed = CORE_IMPORTS | OPTIONAL.get(str(path.relative_to(PACKAGE)), set())
    outside = [found for found in imports_of(path) if not found.module.startswith("signpost.")]
    assert not [found for found in outside if found.module not in allowed]


def test_the_clock_is_read_in_one_place() -> None:
    reads = {"now", "today", "utcnow"}
    found = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in reads
    ]
    assert found
    assert all(place.startswith("cli/moments.py:") for place in found), found


def test_core_opens_nothing_and_prints_nothing() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}: {node.func.id}"
        for path in modules()
        if layer_of(path) == "core"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"open", "print", "input", "eval", "exec", "__import__"}
    ]
    assert not found


def loaded_by(isolated_home: Path, *argv: str) -> set[str]:
    """Every module that a command leaves loaded, in a process of its own."""
    script = (
        "import sys\nfrom signpost.cli import main\n"
        "code = main(sys.argv[1:])\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)\nsys.exit(code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *argv],
        capture_output=True, text=True, timeout=120, check=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert "999" in done.stdout
    return set(done.stderr.split())


@pytest.mark.parametrize("form", ["plain", "json", "csv"])
def test_now_in_a_pipe_imports_nothing_heavy(run: object, isolated_home: Path, form: str) -> None:
    ask = ("now", "--near", "Buxton", "--at", "2023-08-12T19:30", "--format", form)
    loaded_by(isolated_home, *ask)  # the first run may have to build the snapshot
    loaded = loaded_by(isolated_home, *ask)
    assert not [name for name in HEAVY if name in loaded]


def test_a_table_loads_rich_and_still_no_yaml(isolated_home: Path) -> None:
    ask = ("now", "--near", "Buxton", "--at", "2023-08-12T19:30", "--format", "table")
    loaded_by(isolated_home, *ask)
    loaded = loaded_by(isolated_home, *ask)
    assert "rich" in loaded
    assert not [name for name in HEAVY if name in loaded and name != "rich"]
