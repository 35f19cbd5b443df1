"""`python -m signpost`."""

from signpost.cli import entry

entry()
