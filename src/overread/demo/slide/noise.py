"""Chance with a grain: fields that repeat at their edges, smooth or drawn out into fibres."""

from __future__ import annotations

import numpy as np

from .stain import Array


def smooth(rng: np.random.Generator, shape: tuple[int, int], grain: float, along: float | None = None) -> Array:
    """Noise of mean 0 and deviation 1 that repeats at its edges.

    grain: pixels over which it stays alike, downwards; along: the same sideways, where it differs (fibres).
    """
    rows, columns = shape
    down = np.fft.fftfreq(rows)[:, None] * grain
    side = np.fft.rfftfreq(columns)[None, :] * (along or grain)
    kept = np.exp(-2 * np.pi**2 * 0.18 * (down**2 + side**2))
    field = np.fft.irfft2(np.fft.rfft2(rng.standard_normal(shape).astype(np.float32)) * kept, s=shape)
    even: Array = ((field - field.mean()) / field.std()).astype(np.float32)
    return even


def wavy(field: Array, rng: np.random.Generator, reach: float, grain: float) -> Array:
    """The field with its rows moved up and down, as fibres run in waves. It still repeats at its edges."""
    rows = field.shape[0]
    shift = smooth(rng, field.shape, grain) * reach
    at = (np.arange(rows)[:, None] + np.round(shift).astype(int)) % rows
    return np.take_along_axis(field, at, axis=0)


class Grains:
    """Fields made once, out of which pieces are cut: much quicker than making each anew."""

    SIDE = 1024

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._fields: dict[float, Array] = {}

    def cut(self, shape: tuple[int, int], grain: float) -> Array:
        """A piece of the field of this grain, from anywhere in it. ``shape``: at most ``SIDE`` each way."""
        if grain not in self._fields:
            self._fields[grain] = smooth(self._rng, (self.SIDE, self.SIDE), grain)
        top, left = (int(self._rng.integers(self.SIDE - size + 1)) for size in shape)
        return self._fields[grain][top : top + shape[0], left : left + shape[1]]
