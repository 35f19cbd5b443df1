"""`signpost show`: one record in full."""

from pathlib import Path
from typing import Annotated

import typer

from signpost.cli.options import Format, chosen_format, one_of, with_directory, write
from signpost.core.services import Service
from signpost.dataset.directory import Directory
from signpost.errors import SignpostError


class UnknownRecord(SignpostError):
    """No record has that id."""

    exit_code = 2
    code = "bad_option"

    def __init__(self, text: str, near: tuple[str, ...]) -> None:
        super().__init__(text)
        self._near = near

    @property
    def candidates(self) -> tuple[str, ...]:
        """Ids that look like it."""
        return self._near


def show(
    name: Annotated[str, typer.Argument(metavar="ID", help="A record's id, such as shout-85258.")],
    format_: Annotated[
        Format | None, typer.Option("--format", metavar="FORMAT", help="table, plain or json.")
    ] = None,
    data: Annotated[
        list[Path] | None,
        typer.Option(metavar="FOLDER", help="Your own records, laid over ours. Repeatable."),
    ] = None,
    clock: Annotated[str, typer.Option(metavar="12|24", help="How times are written.")] = "12",
) -> None:  # fmt: skip
    """Show one record in full: channels, hours in words, life, dated sources."""
    hours = int(one_of(clock, ("12", "24"), "--clock"))
    service = with_directory(data, lambda directory: find_service(directory, name))
    if chosen_format(format_) is Format.JSON:
        import json

        from signpost.render.sheets import service_record

        write(json.dumps(service_record(service), ensure_ascii=False, indent=2) + "\n")
        return
    from signpost.render.sheets import service_lines

    write("\n".join(service_lines(service, hours)) + "\n")


def find_service(directory: Directory, name: str) -> Service:
    """The record of an id; raise UnknownRecord with the ids that look like it."""
    service = directory.service(name.strip().lower())
    if service is not None:
        return service
    from rapidfuzz import process

    near = process.extract(name.strip().lower(), directory.ids(), limit=5, score_cutoff=60)
    hint = "did you mean one of these?" if near else "signpost now --format json lists ids"
    raise UnknownRecord(f'no record is called "{name}"; {hint}', tuple(found[0] for found in near))
