"""`signpost where`: what a place name resolves to, and what else it could be."""

from typing import Annotated

import typer

from signpost.cli.options import Format, chosen_format, with_directory, write
from signpost.core.places import AmbiguousPlace, Place
from signpost.dataset.directory import Directory
from signpost.render.phrases import place_words


def where(
    place: Annotated[str, typer.Argument(help="A place as you would give it to --near.")],
    format_: Annotated[
        Format | None, typer.Option("--format", metavar="FORMAT", help="table, plain or json.")
    ] = None,
) -> None:  # fmt: skip
    """Say what a place name, postcode or grid reference resolves to."""

    def look(directory: Directory) -> tuple[Place | None, tuple[Place, ...], dict[str, str]]:
        try:
            taken: Place | None = directory.gazetteer.place(place)
        except AmbiguousPlace:
            taken = None
        others = directory.gazetteer.candidates(place)
        areas = {
            code: area.name
            for code in (taken.areas if taken else ())
            if (area := directory.gazetteer.area(code)) is not None
        }
        return taken, others, areas

    taken, others, areas = with_directory(None, look)
    if chosen_format(format_) is Format.JSON:
        import json

        from signpost.render.records import place_record

        record = {
            "schema": "signpost/where/1",
            "typed": place,
            "taken": place_record(taken) if taken else None,
            "could_be": [place_record(other) for other in others],
        }
        write(json.dumps(record, ensure_ascii=False, indent=2) + "\n")
        return
    write("\n".join(_lines(place, taken, others, areas)) + "\n")


def _lines(
    typed: str, taken: Place | None, others: tuple[Place, ...], areas: dict[str, str]
) -> list[str]:
    lines = []
    if taken is None:
        lines.append(f'"{typed}" could be several places; none is taken without asking:')
    else:
        lines.append(f'"{typed}" is taken as {place_words(taken)} ({taken.nation}).')
        if taken.point is not None:
            roughly = "roughly " if taken.is_rough else ""
            lines.append(f"Point: {roughly}{taken.point.lat:.4f},{taken.point.lon:.4f}, "
                         f"within {taken.precision_km:g} km.")  # fmt: skip
        lines.append("Areas: " + "; ".join(f"{name} ({code})" for code, name in areas.items()))
    rest = [other for other in others if taken is None or other[:6] != taken[:6]]
    if taken is not None and rest:
        lines.append("It could also be:")
    lines.extend(f"  {place_words(other)} ({other.nation})" for other in rest[:20])
    if len(rest) > 20:
        lines.append(f"  and {len(rest) - 20} more")
    return lines
