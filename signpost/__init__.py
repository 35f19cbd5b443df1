"""signpost: which crisis support is open at a given moment, near a given place."""

__version__ = "0.1.0"
