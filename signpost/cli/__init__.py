"""The command line. `main` is the only handler of errors: whatever happens, the floor is printed."""

import os
import sys
from collections.abc import Sequence

import typer
from typer.main import get_command

from signpost.cli.options import Format, say, write
from signpost.errors import SignpostError

INTERNAL = 70
"""Exit code of a fault of our own (EX_SOFTWARE of sysexits.h)."""

HELP = """Which mental-health crisis support is open at a given moment, near a given place.

Works offline; nothing you ask leaves this machine. Life at risk: ring 999."""

app = typer.Typer(
    name="signpost", help=HELP, no_args_is_help=True, add_completion=False,
    pretty_exceptions_enable=False, rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip


def _register() -> None:
    from signpost.cli.about import about
    from signpost.cli.check import check
    from signpost.cli.now import EPILOG, now
    from signpost.cli.schema import schema
    from signpost.cli.show import show
    from signpost.cli.where import where

    app.command(epilog=EPILOG)(now)
    for command in (show, where, check, about, schema):
        app.command()(command)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    args = list(sys.argv[1:] if argv is None else argv)
    try:
        if not app.registered_commands:
            _register()
        result = get_command(app).main(args, prog_name="signpost", standalone_mode=False)
        code = result if isinstance(result, int) else 0
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except SignpostError as error:
        return _refuse(args, error.code, str(error), error.candidates, error.exit_code)
    except typer.TyperException as error:
        return _refuse(args, "bad_option", error.format_message(), (), 2)
    except typer.Abort:
        return 130
    except BrokenPipeError:
        _silence_stdout()
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if os.environ.get("SIGNPOST_DEBUG"):
            raise
        text = f"internal fault: {type(error).__name__}: {error}"
        return _refuse(args, "internal", " ".join(text.split()), (), INTERNAL)


def entry() -> None:
    """The console script."""
    sys.exit(main())


def _silence_stdout() -> None:
    """After a reader has gone away, let nothing more be written at exit."""
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


def _refuse(
    args: Sequence[str], code: str, text: str, candidates: Sequence[str], exit_code: int
) -> int:
    """Say what is wrong on stderr, and give the emergency lines in the form asked for."""
    from signpost.cli.refusal import refusal

    try:
        said, data = refusal(args, code, text, tuple(candidates))
        say(said)
        if data:
            write(data)
            if sys.stdout is not None:
                sys.stdout.flush()
    except BrokenPipeError:
        _silence_stdout()
    return exit_code


__all__ = ["Format", "app", "entry", "main"]
