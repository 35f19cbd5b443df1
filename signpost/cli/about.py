"""`signpost about`: versions, counts, licences."""

from pathlib import Path
from typing import Annotated, Any

import typer

from signpost import __version__
from signpost.cli.options import Format, chosen_format, with_directory, write
from signpost.dataset.directory import Directory
from signpost.dataset.snapshot import data_folder


def about(
    format_: Annotated[
        Format | None, typer.Option("--format", metavar="FORMAT", help="table, plain or json.")
    ] = None,
    data: Annotated[
        list[Path] | None,
        typer.Option(metavar="FOLDER", help="Your own records, laid over ours. Repeatable."),
    ] = None,
) -> None:  # fmt: skip
    """Say which data are in use, how much is in them, and whose they are."""
    record = with_directory(data, about_record)
    if chosen_format(format_) is Format.JSON:
        import json

        write(json.dumps(record, ensure_ascii=False, indent=2) + "\n")
        return
    lines = [
        f"signpost {record['signpost_version']}: which crisis support is open at a moment, "
        "near a place.",
        "It works offline. Nothing that is asked is sent anywhere or written down.",
        *(f"Data: {entry['name']} {entry['version']}" for entry in record["data"]),
        f"{record['services']} services, {record['channels']} channels ({record['doors']} doors), "
        f"{record['sources']} sources, {record['unknowns']} channels without published hours.",
        f"Bank holidays: {record['bank_holidays']}.",
        record["attribution"],
    ]
    write("\n".join(lines) + "\n")


def about_record(directory: Directory) -> dict[str, Any]:
    """Versions, counts and attribution as a plain dict."""
    services = list(directory.services())
    channels = [channel for service in services for channel in service.channels]
    tables = directory.calendars().by_nation.values()
    years = sorted({year for table in tables for year in (table.first.year, table.last.year)})
    return {
        "schema": "signpost/about/1",
        "signpost_version": __version__,
        "data_version": directory.versions[0].version,
        "data": [{"name": data.name, "version": data.version} for data in directory.versions],
        "services": len(services),
        "channels": len(channels),
        "doors": sum(channel.kind == "in_person" for channel in channels),
        "sources": sum(len(service.sources) for service in services),
        "unknowns": sum(
            all(regime.hours is None for regime in channel.regimes) for channel in channels
        ),
        "bank_holidays": f"{years[0]} to {years[-1]}" if years else "none",
        "attribution": (data_folder() / "places" / "ATTRIBUTION.txt")
        .read_text(encoding="utf-8")
        .strip(),
    }
