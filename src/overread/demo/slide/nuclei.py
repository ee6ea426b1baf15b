"""Nuclei: round ones of follicular cells, long ones of fibroblasts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .noise import smooth
from .stain import Array

SIDE = 32  # pixels of the picture that holds one


@dataclass(frozen=True, slots=True)
class Nucleus:
    """How much haematoxylin there is, and how far each pixel belongs to the nucleus (0 to 1)."""

    amount: Array
    cover: Array


def round_ones(rng: np.random.Generator, count: int, width: float, darkness: float) -> list[Nucleus]:
    """Nuclei of about ``width`` pixels; they differ in size, shape, darkness and chromatin."""
    return [
        _nucleus(rng, width * rng.normal(1, 0.1), rng.uniform(0.74, 1), darkness * rng.normal(1, 0.13))
        for _ in range(count)
    ]


def long_ones(rng: np.random.Generator, count: int) -> list[Nucleus]:
    """Spindles, each turned a little further, ``count`` of them from level to level again."""
    turns = np.pi * np.arange(count) / count
    return [_nucleus(rng, rng.uniform(22, 28), rng.uniform(0.16, 0.24), rng.normal(185, 15), turn) for turn in turns]


def _nucleus(rng: np.random.Generator, width: float, ratio: float, dark: float, turn: float | None = None) -> Nucleus:
    turn = rng.uniform(0, np.pi) if turn is None else turn
    y, x = np.mgrid[:SIDE, :SIDE] - (SIDE - 1) / 2
    along, across = x * np.cos(turn) + y * np.sin(turn), y * np.cos(turn) - x * np.sin(turn)
    bent = 1 + 0.06 * np.sin(3 * np.arctan2(across, along) + rng.uniform(0, 6))
    away = np.hypot(along, across / ratio) / (width / 2 * bent)  # 1 at the edge
    cover = np.clip((1 - away) * width / 2 * min(1, ratio * 1.6) + 0.5, 0, 1)
    chromatin = smooth(rng, (SIDE, SIDE), 3.0) * 20 + smooth(rng, (SIDE, SIDE), 6.0) * 10
    rim = np.exp(-(((away - 0.86) / 0.14) ** 2)) * 26
    vesicular = 34 * np.clip(1 - away, 0, 1) * (rng.random() < 0.45)
    groove = 40 * (np.abs(across) < 0.8) * (away < 0.8) * (rng.random() < 0.06)
    spot = _nucleolus(rng, along, across, width) if ratio > 0.5 else 0
    return Nucleus((dark + chromatin + rim - vesicular + groove + spot).astype(np.float32), cover.astype(np.float32))


def _nucleolus(rng: np.random.Generator, along: Array, across: Array, width: float) -> Array:
    x, y = rng.normal(0, width / 8, 2)
    here = np.hypot(along - x, across - y) < rng.uniform(0.9, 1.7)
    return np.asarray(here * 45 * (rng.random() < 0.5))


def put(field: Array, nucleus: Nucleus, x: float, y: float, *, wrap: bool = False) -> None:
    """Draw the nucleus into a field of haematoxylin with its middle at (x, y). ``wrap``: the field repeats."""
    left, top = round(x) - SIDE // 2, round(y) - SIDE // 2
    if wrap:
        rows, columns = (
            np.arange(at, at + SIDE) % size for at, size in ((top, field.shape[0]), (left, field.shape[1]))
        )
        part = np.ix_(rows, columns)
        field[part] += (nucleus.amount - field[part]) * nucleus.cover
        return
    if left < 0 or top < 0 or left + SIDE > field.shape[1] or top + SIDE > field.shape[0]:
        return
    here = field[top : top + SIDE, left : left + SIDE]
    here += (nucleus.amount - here) * nucleus.cover
