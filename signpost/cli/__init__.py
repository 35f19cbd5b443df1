"""The command line: `main` is the only handler of errors, and whatever happens prints the floor."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module

import typer
from typer.main import get_command

from signpost.cli.options import Format, say, write
from signpost.errors import SignpostError

INTERNAL = 70
"""Exit code of a fault of our own (EX_SOFTWARE of sysexits.h)."""

HELP = """Which mental-health crisis support is open at a given moment, near a given place.

Works offline; nothing you ask leaves this machine. Life at risk: ring 999."""

COMMANDS = (
    "now", "where", "show", "hours", "check", "due", "assure", "changes", "new", "alert",
    "report", "about", "schema",
)  # fmt: skip
"""Every command, in the order of the help; each is a function of its name in a module of its name.

Only the module of the command asked for is imported: `now` has somebody waiting on the line.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    args = list(sys.argv[1:] if argv is None else argv) or ["--help"]
    if not all(_can_be_typed(word) for word in args):
        text = "a word of the command line holds what cannot be typed; type it again"
        return _refuse(args, "bad_option", text, (), 2)
    try:
        app = _app(COMMANDS if args[0] not in COMMANDS else args[:1])
        result = get_command(app).main(args, prog_name="signpost", standalone_mode=False)
        code = result if isinstance(result, int) else 0
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except SignpostError as error:
        return _refuse(args, error.code, str(error), error.candidates, error.exit_code)
    except typer.TyperException as error:
        return _refuse(args, "bad_option", error.format_message(), (), 2)
    except (typer.Abort, KeyboardInterrupt):
        return 130
    except BrokenPipeError:
        _silence_stdout()
        return 0
    except Exception as error:
        if os.environ.get("SIGNPOST_DEBUG"):
            from traceback import format_exc

            say(format_exc())
        text = f"internal fault: {type(error).__name__}: {error}"
        return _refuse(args, "internal", " ".join(text.split()), (), INTERNAL)


def _can_be_typed(word: str) -> bool:
    """Whether a system could have handed the word over; callers of `main` are not so bound."""
    try:
        return b"\0" not in os.fsencode(word)
    except UnicodeEncodeError:
        return False


def entry() -> None:
    """The console script."""
    sys.exit(main())


def _app(names: Sequence[str]) -> typer.Typer:
    app = typer.Typer(
        name="signpost", help=HELP, add_completion=False, pretty_exceptions_enable=False,
        rich_markup_mode=None, context_settings={"help_option_names": ["-h", "--help"]},
    )  # fmt: skip

    @app.callback()
    def keep_command_names() -> None:
        """Without this, an app of one command would not want the command's name."""

    for name in names:
        module = import_module(f"signpost.cli.{name}")
        app.command(name, epilog=getattr(module, "EPILOG", None))(getattr(module, name))
    return app


def _silence_stdout() -> None:
    """After a reader has gone away, let nothing more be written, at exit neither."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _refuse(
    args: Sequence[str], code: str, text: str, candidates: Sequence[str], exit_code: int
) -> int:
    """Say what is wrong on stderr, and give the emergency lines in the form asked for.

    Where stdout takes nothing more (a full disk, a reader gone), they go to stderr too.
    """
    from signpost.cli.refusal import refusal

    said, data = refusal(args, code, text, tuple(candidates))
    with suppress(OSError, ValueError):
        say(said)
    try:
        write(data)
        if sys.stdout is not None:
            sys.stdout.flush()
            return exit_code
    except (OSError, ValueError):
        _silence_stdout()
    with suppress(OSError, ValueError):
        say(data)
    return exit_code


__all__ = ["COMMANDS", "Format", "entry", "main"]
