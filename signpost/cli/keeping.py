"""What the keepers' commands share: days as they are typed, the keeper's own folder, layout."""

import os
import shutil
import textwrap
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from signpost.cli.moments import BadMoment
from signpost.cli.options import BadOption, Format, asked_moment, overlays
from signpost.core.availability import LONDON
from signpost.core.due import regime_on
from signpost.core.places import Place, UnknownPlace
from signpost.core.reaching import door_points, reach_of
from signpost.core.services import Service
from signpost.dataset.directory import Directory
from signpost.dataset.folder import (
    HEADING,
    SERVICES,
    is_alert,
    is_data_folder,
    record_files,
)

Form = Annotated[
    Format | None,
    typer.Option("--format", help="Default: table on a terminal, plain in a pipe."),
]
Data = Annotated[
    list[Path] | None, typer.Option(help="A folder of your own records. Repeatable.")
]
OwnData = Annotated[
    list[Path] | None,
    typer.Option(help="The folder of your own records, to write to. Default: SIGNPOST_DATA."),
]
Area = Annotated[
    str | None,
    typer.Option(help="Only services of an area: county:Derbyshire, nation:Wales, a code."),
]

DAY_REMEDY = "write it like 2026-11-24, 24/11/2026, 24 nov 2026 or yesterday"


def today() -> int:
    """Today in London, as an ordinal; SIGNPOST_AT freezes it."""
    return asked_moment(None).at.astimezone(LONDON).date().toordinal()


def read_day(text: str, option: str) -> int:
    """A day that somebody typed, in any form that moments take, as an ordinal."""
    typed = " ".join(text.split())
    try:
        if not typed:
            raise BadMoment(typed)
        return asked_moment(f"{typed} 12:00").at.astimezone(LONDON).date().toordinal()
    except BadMoment:
        raise BadMoment(f'{option}: "{typed}" is not a day; {DAY_REMEDY}') from None


def iso(day: int) -> str:
    """A day as 2026-11-24."""
    return date.fromordinal(day).isoformat()


def own_folders(data: Sequence[Path] | None) -> tuple[Path, ...]:
    """The keeper's own data folders, the one to write to last; raise BadOption for none.

    Never the folder of the installed program: an upgrade would lose what is written there. An
    empty folder is made ready.
    """
    folders = overlays(data)
    if not folders:
        raise BadOption("say which folder your own records are kept in: --data DIR, or set "
                        "SIGNPOST_DATA; what came with signpost is never written to")  # fmt: skip
    for folder in folders:
        _make_ready(folder)
    return folders


def _make_ready(folder: Path) -> None:
    if not folder.is_dir():
        raise BadOption(f'there is no folder "{folder}"; make it first, or check --data')
    refuse_program_folder(folder)
    if is_data_folder(folder):
        return
    strangers = [name for name in os.listdir(folder) if name != HEADING and name[:1] != "."]
    if strangers:
        raise BadOption(f'"{folder}" holds no services or alerts folder; is it the right one?')
    (folder / SERVICES).mkdir()


def refuse_program_folder(folder: Path) -> None:
    """Raise BadOption for a folder inside the installed program."""
    program = Path(__file__).resolve().parent.parent
    if folder.resolve().is_relative_to(program):
        raise BadOption(f'"{folder}" belongs to the program, and an upgrade would lose what is '
                        "written there; give a folder of your own")  # fmt: skip


def own_record(folders: Sequence[Path], name: str) -> Path | None:
    """The file of a record in the keeper's own folders; the last folder wins."""
    return _own_file(folders, name, alert=False)


def own_alert(folders: Sequence[Path], name: str) -> Path | None:
    """The same for an alert."""
    return _own_file(folders, name, alert=True)


def _own_file(folders: Sequence[Path], name: str, alert: bool) -> Path | None:
    for folder in reversed(folders):
        for path in record_files(folder):
            if path.stem == name and is_alert(path) == alert:
                return path
    return None


def of_area(directory: Directory, area: str | None, near: str | None) -> Callable[[Service], bool]:
    """Which services an --area or a --near means.

    An area: services whose own area lies in it or reaches into it, and doors that stand in it;
    not those of a wider area. A place: what somebody there would be offered at some hour.
    """
    if area is not None and near is not None:
        raise BadOption("give --area or --near, not both")
    if near is not None:
        place = directory.gazetteer.place(near)
        day = today()
        return lambda service: any(
            reach_of(service, channel, regime, place, None).serves != "no"
            for channel in service.channels
            if (regime := regime_on(channel, day)) is not None
        )
    if area is None:
        return lambda service: True
    wanted = directory.gazetteer.place(f"area:{area.removeprefix('area:')}")
    code_wanted = wanted.areas[0]
    belongs: dict[str, bool] = {}

    def holds(code: str) -> bool:
        """Whether an area overlaps the one wanted, and is not a wider one round it."""
        if code not in belongs:
            found = directory.gazetteer.place(f"area:{code}")
            wider = _lies_in(wanted, code) and not _lies_in(found, code_wanted)
            belongs[code] = code_wanted in found.areas and not wider
        return belongs[code]

    def stands(service: Service) -> bool:
        for point in door_points(service):
            try:
                place = directory.gazetteer.near(point)
            except UnknownPlace:
                continue
            if code_wanted in place.areas:
                return True
        return False

    return lambda service: any(holds(code) for code in service.areas or ()) or stands(service)


def _lies_in(place: Place, code: str) -> bool:
    return code in place.areas and code not in place.partly


def laid_out(blocks: Iterable[Sequence[str]]) -> str:
    """Blocks of lines for a screen: wrapped to its width, a blank line between blocks.

    A line's own indentation is kept, and its continuation stands two columns further in. What
    cannot be broken (a web address) is left whole, so that it can be copied.
    """
    width = max(20, shutil.get_terminal_size((80, 24)).columns)
    return "\n\n".join(
        "\n".join(line for text in block for line in _wrapped(text, width)) for block in blocks
    )


def _wrapped(text: str, width: int) -> list[str]:
    indent = " " * (len(text) - len(text.lstrip(" ")))
    return textwrap.wrap(
        text.strip(), width, initial_indent=indent, subsequent_indent=f"{indent}  ",
        break_long_words=False, break_on_hyphens=False,
    ) or [""]  # fmt: skip
