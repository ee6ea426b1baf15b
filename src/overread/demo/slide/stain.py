"""Two stains, light that passes through them, and what a scanner's camera makes of it.

A picture is drawn as two amounts a pixel, 0 to 255: haematoxylin (nuclei, blue) and eosin (everything else, pink). Light
falls with the sum of what each absorbs (Beer and Lambert), so that overlapping and thick parts get darker by themselves.
"""

from __future__ import annotations

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
Pair = tuple[Array, Array]  # haematoxylin, eosin

GLASS = (244, 243, 245)
# How much of red, green and blue a full amount absorbs.
HAEMATOXYLIN = (1.38, 1.52, 0.60)
EOSIN = (0.13, 1.20, 0.68)
BITS = 7  # of each amount; finer steps cannot be seen


def colours() -> Array:
    """Red, green and blue for every pair of amounts, by ``index``."""
    amount = (np.arange(1 << BITS) + 0.5) / (1 << BITS)
    absorbed = amount[:, None, None] * np.array(HAEMATOXYLIN) + amount[None, :, None] * np.array(EOSIN)
    absorbed -= absorbed[0, 0]
    return np.asarray(np.round(np.array(GLASS) * np.exp(-absorbed)).astype(np.uint8).reshape(-1, 3))


def index(haematoxylin: Array, eosin: Array) -> Array:
    """Where `colours` has the colour of each pixel."""
    shift = 8 - BITS
    return np.asarray(((haematoxylin >> shift).astype(np.uint16) << BITS) | (eosin >> shift))


def amount(values: Array) -> Array:
    """Any numbers as amounts."""
    return np.asarray(np.clip(values, 0, 255).astype(np.uint8))
