"""A checksum inside an SQLite file, by which a whole file is told from a damaged one.

It stands in the four bytes that SQLite leaves to programs (user_version: "Database File
Format", section 1.3), and covers all the others. SQLite itself notices few flipped bits.
"""

from pathlib import Path
from zlib import crc32

_SEAL = slice(60, 64)
_HEADER = 100
_CHUNK = 1 << 18

LARGEST = 32_000_000
"""Bytes. Larger files would take too long at every question; their rows' digests must do."""


def seal(path: Path) -> None:
    """Write a file's checksum into it."""
    _, value = _sums(path)
    with path.open("r+b") as file:
        file.seek(_SEAL.start)
        file.write(value)


def is_whole(path: Path) -> bool:
    """Whether a sealed file is, byte for byte, what was sealed; OSError if it cannot be read."""
    if path.stat().st_size > LARGEST:
        return True
    found, value = _sums(path)
    return found == value


def _sums(path: Path) -> tuple[bytes, bytes]:
    """The checksum that stands in the file, and the one that belongs there."""
    with path.open("rb") as file:
        header = bytearray(file.read(_HEADER))
        found = bytes(header[_SEAL])
        header[_SEAL] = bytes(4)
        value = crc32(header)
        while chunk := file.read(_CHUNK):
            value = crc32(chunk, value)
    return found, value.to_bytes(4, "big")
