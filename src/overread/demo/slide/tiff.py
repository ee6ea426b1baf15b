"""A tiled TIFF around tiles that are packed as JPEG already (TIFF 6.0 with its technical note 2; baseline entries only)."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import BinaryIO

SHORT, LONG, RATIONAL, ASCII = 3, 4, 5, 2
JPEG, YCBCR, CENTIMETRE = 7, 6, 3
Entry = tuple[int, int, int, bytes]  # tag, type, count, values


@dataclass
class Writer:
    """Levels are added one after the other, the largest first; ``finish`` writes where everything lies."""

    out: BinaryIO
    tile: int
    _directories: list[list[Entry]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.out.write(struct.pack("<2sHI", b"II", 42, 0))

    def level(self, width: int, height: int, tiles: Iterable[bytes], pixels_a_centimetre: float, said: str) -> None:
        """One level, its tiles row by row."""
        places = [(self.out.tell(), self.out.write(tile)) for tile in tiles]
        offsets, lengths = zip(*places, strict=True)
        resolution = struct.pack("<II", round(pixels_a_centimetre * 1000), 1000)
        text = said.encode("ascii") + b"\0"
        self._directories.append([
            _numbers(254, LONG, min(1, len(self._directories))),  # every level but the first is a smaller picture
            _numbers(256, LONG, width), _numbers(257, LONG, height), _numbers(258, SHORT, 8, 8, 8),
            _numbers(259, SHORT, JPEG), _numbers(262, SHORT, YCBCR), (270, ASCII, len(text), text),
            _numbers(277, SHORT, 3), (282, RATIONAL, 1, resolution), (283, RATIONAL, 1, resolution),
            _numbers(284, SHORT, 1), _numbers(296, SHORT, CENTIMETRE), _numbers(322, LONG, self.tile),
            _numbers(323, LONG, self.tile), _numbers(324, LONG, *offsets), _numbers(325, LONG, *lengths),
            _numbers(530, SHORT, 2, 2),
        ])  # fmt: skip

    def finish(self) -> None:
        link = 4  # where the place of the first directory is told
        for directory in self._directories:
            link = self._directory(directory, link)

    def _directory(self, entries: list[Entry], link: int) -> int:
        """One directory; its place goes to ``link``. Returns where the place of the next one is told."""
        placed = [struct.pack("<HHI", *entry[:3]) + self._value(entry[3]) for entry in entries]
        start = self.out.tell() + self.out.tell() % 2
        self.out.seek(start)
        self.out.write(struct.pack("<H", len(placed)) + b"".join(placed) + bytes(4))
        self.out.seek(link)
        self.out.write(struct.pack("<I", start))
        self.out.seek(0, 2)
        return start + 2 + 12 * len(placed)

    def _value(self, data: bytes) -> bytes:
        """Four bytes: the value itself, or where it lies."""
        if len(data) <= 4:
            return data.ljust(4, b"\0")
        place = self.out.tell() + self.out.tell() % 2
        self.out.seek(place)
        self.out.write(data)
        return struct.pack("<I", place)


def _numbers(tag: int, kind: int, *values: int) -> Entry:
    return tag, kind, len(values), struct.pack(f"<{len(values)}{'H' if kind == SHORT else 'I'}", *values)
