"""Edits of data files that disturb nothing: only the lines that change are written anew.

The round-trip library says which lines an edit touches; all others stay byte for byte. A file is
replaced in one step, so a reader (or a power cut) finds the old one or the new one, and a lock
file beside it keeps two writers apart, on a shared drive too.
"""

import os
import re
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from io import StringIO
from pathlib import Path
from typing import Any

from signpost.dataset.folder import ASSURED
from signpost.errors import SignpostError

_ASSURED_HEADING = (
    "# Checks of records that came with signpost; `signpost assure` adds them at the end.\n"
)

_ITEM = re.compile(r"( *)(- +)\S")

PAUSE = 0.02
PATIENCE = 500
"""A lock that stands unchanged for so many pauses (10 s) is left over: an edit takes a moment."""


class NoEditor(SignpostError):
    """The library that edits files without disturbing them is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "editing records needs one more package, ruamel.yaml; install it with: "
            'python -m pip install "signpost[keep]"'
        )


class CannotEdit(SignpostError):
    """A file that cannot be edited without disturbing it; nothing was written."""


class AlreadyThere(SignpostError):
    """A file that was to be made exists; nothing was written."""


def add_source(path: Path, source: Mapping[str, object]) -> bool:
    """Add a source at the end of a record's list; False when the very same one is there."""

    def change(tree: Any) -> bool:
        if not isinstance(tree, dict):
            raise CannotEdit("it is not a record of keys and values")
        listed = tree.setdefault("sources", [])
        if not isinstance(listed, list):
            raise CannotEdit('its "sources" is not a list')
        return _added(listed, source)

    return _edit(path, change)


def add_check(folder: Path, check: Mapping[str, object]) -> bool:
    """Add a check to a data folder's assured.yaml, made at need; False when it is there."""

    def change(tree: Any) -> bool:
        if not isinstance(tree, list):
            raise CannotEdit("it is not a list of checks")
        return _added(tree, check)

    return _edit(folder / ASSURED, change, _ASSURED_HEADING + entry_text(check))


def set_value(path: Path, key: str, value: object) -> None:
    """Give one key of a record another value, or add the key at the record's end."""

    def change(tree: Any) -> bool:
        if not isinstance(tree, dict):
            raise CannotEdit("it is not a record of keys and values")
        tree[key] = value
        return True

    _edit(path, change)


def _edit(path: Path, change: Callable[[Any], bool], new: str | None = None) -> bool:
    """Change a file under its lock; `new` is its text where there is no file, or no list yet."""
    with _locked(path) as word:
        text = _text(path) if new is None or path.exists() else None
        if new is not None and (text is None or _loaded(text) is None):
            _replace(path, _joined(text or "", new), word)
            return True
        assert text is not None
        result = edited(text, change)
        if result is not None:
            _replace(path, result, word)
        return result is not None


def create(path: Path, text: str) -> None:
    """Write a new file, whole or not at all; raise AlreadyThere when there is one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    _write(temporary, text.encode())
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise AlreadyThere(f"{path} is there already; nothing was changed") from None
    except OSError:  # a drive without links: the name is claimed first, then filled
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        except FileExistsError:
            raise AlreadyThere(f"{path} is there already; nothing was changed") from None
        temporary.replace(path)
    finally:
        with suppress(OSError):
            temporary.unlink()


def edited(text: str, change: Callable[[Any], bool]) -> str | None:
    """A YAML text after a change of its tree; None when `change` says that it made none.

    The library may lay out other lines anew; so it prints the tree before and after, and only the
    difference is carried over to the text. Raise CannotEdit where that cannot be done.
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    lines = text.removeprefix(mark).split("\n")
    if lines[-1] == "":
        lines.pop()
    source = "\n".join(lines).replace("\r\n", "\n") + "\n"
    tree = _loaded(source)
    before = _printed(tree, source)
    if not change(tree):
        return None
    after = _printed(tree, source)
    if len(before) != len(lines):
        raise CannotEdit("its lines are broken in a way that an edit would not keep")
    result = _carried_over(lines, before, after)
    if _loaded(result.replace("\r\n", "\n")) != tree:
        raise CannotEdit("the edited text would not read back as it should")
    return mark + result


def _carried_over(lines: list[str], before: list[str], after: list[str]) -> str:
    """The lines with the one difference between two printings made in them too.

    What is added goes above the blank lines, and comments further out, that belong to what
    follows.
    """
    start = _common(before, after)
    shorter = min(len(before), len(after))
    end = len(before) - min(_common(before[::-1], after[::-1]), shorter - start)
    ending = "\r" if lines and lines[0].endswith("\r") else ""
    new = [line + ending for line in after[start : end + len(after) - len(before)]]
    above, below = lines[:start], lines[end:]
    if start == end and new:
        margin = _margin(new[0])
        while above and (not above[-1].strip() or _is_comment_outside(above[-1], margin)):
            below.insert(0, above.pop())
    return "\n".join([*above, *new, *below]) + "\n"


def _common(first: list[str], second: list[str]) -> int:
    """How many lines two lists have in common at their starts."""
    pairs = zip(first, second, strict=False)
    return next((n for n, (one, other) in enumerate(pairs) if one != other),
                min(len(first), len(second)))  # fmt: skip


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _is_comment_outside(line: str, margin: int) -> bool:
    return line.lstrip(" ").startswith("#") and _margin(line) < margin


def entry_text(entry: Mapping[str, object]) -> str:
    """One entry of a list as YAML, for a person to paste."""
    return "\n".join(_printed([_mapping(entry)], "- a\n")) + "\n"


def _joined(text: str, more: str) -> str:
    return text + ("" if not text or text.endswith("\n") else "\n") + more


def _added(listed: Any, entry: Mapping[str, object]) -> bool:
    wanted = _mapping(entry)
    if _loaded(entry_text(entry))[0] in listed:
        return False
    listed.append(wanted)
    return True


def _mapping(entry: Mapping[str, object]) -> Any:
    """An entry as the library prints it best: short lists on one line."""
    _library()
    from ruamel.yaml.comments import CommentedMap, CommentedSeq

    found = CommentedMap()
    for key, value in entry.items():
        if isinstance(value, (tuple, list)):
            value = CommentedSeq(value)
            value.fa.set_flow_style()
        found[key] = value
    return found


def _library() -> Any:
    """The round-trip library, reading every scalar as the text it is, as our loader does."""
    try:
        from ruamel.yaml import YAML
        from ruamel.yaml.resolver import VersionedResolver
    except ImportError:
        raise NoEditor from None

    class TextResolver(VersionedResolver):
        """Takes no scalar for a number, a date or a truth value."""

        versioned_resolver: Any = property(lambda self: {})

    library = YAML(typ="rt")
    library.Resolver = TextResolver
    library.preserve_quotes = True
    library.width = 1_000_000
    return library


def _loaded(text: str) -> Any:
    library = _library()
    from ruamel.yaml.error import YAMLError

    try:
        return library.load(text)
    except (YAMLError, ValueError, RecursionError) as error:
        said = str(error).strip().splitlines()[0]
        raise CannotEdit(f"it cannot be read ({said}); run signpost check on it") from None


def _printed(tree: Any, like: str) -> list[str]:
    """The lines of a tree, its lists set in as in another text."""
    library = _library()
    offset, width = _list_layout(like)
    library.indent(mapping=2, sequence=offset + width, offset=offset)
    library.explicit_start = like.startswith("---\n")
    stream = StringIO()
    library.dump(tree, stream)
    lines = stream.getvalue().split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def _list_layout(text: str) -> tuple[int, int]:
    """How the first list of a text is set in from its key, and from dash to item."""
    margin = 0
    for line in text.split("\n"):
        found = _ITEM.match(line)
        if found is not None:
            return max(0, len(found[1]) - margin), len(found[2])
        if line.strip() and not line.lstrip().startswith("#"):
            margin = _margin(line)
    return 2, 2


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise CannotEdit("it is not UTF-8 text; save it as UTF-8") from None
    except OSError as error:
        raise CannotEdit(f"{path} cannot be read: {error.strerror}") from None


def _replace(path: Path, text: str, word: str) -> None:
    """Put a new text in a file's place in one step, with the old one's permissions."""
    real = path.resolve()
    temporary = real.with_name(f".{real.name}.new")
    _write(temporary, text.encode())
    if real.exists():
        temporary.chmod(real.stat().st_mode & 0o7777)
    if _word_in(_lock_of(path)) != word:
        raise CannotEdit("another signpost took its place meanwhile; try again")
    temporary.replace(real)


def _write(path: Path, content: bytes) -> None:
    """Write a file that is to take another's place; none is left when it cannot be written."""
    try:
        with path.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        with suppress(OSError):
            path.unlink()
        raise CannotEdit(f"it cannot be written: {error.strerror}") from None


@contextmanager
def _locked(path: Path) -> Iterator[str]:
    """Keep other writers away from a file; gives the word that says whose the lock is.

    A lock is a file beside it with a random word in it. One that is left over (its owner was
    killed) is moved aside by whoever has waited long enough; its owner, should it wake up, sees
    before writing that the word is no longer its own.
    """
    _library()  # found missing, or loaded, before anybody has to wait
    lock = _lock_of(path)
    word = secrets.token_hex(8)
    seen, waited = "", 0
    try:
        while not _claimed(lock, word):
            now = _word_in(lock)
            seen, waited = (now, waited + 1) if now == seen else (now, 0)
            if waited >= PATIENCE and _word_in(lock) == seen:
                with suppress(OSError):
                    lock.replace(lock.with_name(f"{lock.name}.left-over"))
                waited = 0
            time.sleep(PAUSE)
        try:
            yield word
        finally:
            if _word_in(lock) == word:
                lock.unlink(missing_ok=True)
    except CannotEdit as error:
        raise CannotEdit(f"{path}: {error}; nothing was written") from None


def _lock_of(path: Path) -> Path:
    real = path.resolve()
    return real.with_name(f".{real.name}.lock")


def _claimed(lock: Path, word: str) -> bool:
    try:
        handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
    except FileExistsError:
        return False
    except OSError as error:
        raise CannotEdit(f"{lock.parent} cannot be written to: {error.strerror}") from None
    with os.fdopen(handle, "w") as stream:
        stream.write(word)
    return True


def _word_in(lock: Path) -> str:
    try:
        return lock.read_text()
    except OSError:
        return ""
