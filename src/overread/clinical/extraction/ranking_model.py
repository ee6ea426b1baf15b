"""The committed weights behind ``classes``: read once, at the first use, and multiplied with a report's vector.

The file is made by ``scripts/train_ranking.py`` and holds numbers alone (``rarity``; ``weights_<letter>`` of shape places ×
classes; ``bias_<letter>``) as 16-bit floats, and ``features``, which tells the features it was trained on from later ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from overread.clinical.record import Fact

from .ranking_vector import vector

CLASSES = {"pT": ("T1", "T2", "T3", "T4"), "pN": ("N0", "N1", "N2", "N3"), "pM": ("M0", "M1")}
MODEL = Path(__file__).with_name("ranking_model.npz")
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Model:
    """Multinomial logistic regression, one per letter. rarity: (words,); weights: (places, classes); bias: (classes,)."""

    rarity: Floats
    weights: dict[str, Floats]
    bias: dict[str, Floats]

    def probabilities(self, text: str, facts: Iterable[Fact]) -> dict[str, Floats]:
        places, values = vector(text, facts, self.rarity)
        return {name: _softmax(values @ self.weights[name][places] + self.bias[name]) for name in CLASSES}


def load(path: Path = MODEL) -> Model:
    with np.load(path, allow_pickle=False) as arrays:
        return Model(
            arrays["rarity"].astype(np.float32),
            {name: arrays[f"weights_{name}"].astype(np.float32) for name in CLASSES},
            {name: arrays[f"bias_{name}"].astype(np.float32) for name in CLASSES},
        )


@cache
def committed() -> Model:
    return load()


def _softmax(scores: Floats) -> Floats:
    shares = np.exp(scores - scores.max())
    return np.asarray(shares / shares.sum(), np.float32)
