"""`signpost schema`: the JSON Schema of a machine output."""

from importlib import resources
from typing import Annotated

import typer

from signpost.cli.options import one_of, write

SCHEMAS = ("answer", "hours")
"""Every published schema; one file each in `signpost/render/schemas/`."""


def schema(
    name: Annotated[str, typer.Argument(help="answer or hours")],
) -> None:
    """Print the JSON Schema of an output."""
    known = one_of(name, SCHEMAS, "schema")
    write(read_schema(known))


def read_schema(name: str) -> str:
    """The text of a published schema."""
    folder = resources.files("signpost.render") / "schemas"
    return (folder / f"{name}.json").read_text(encoding="utf-8")
