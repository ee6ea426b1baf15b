"""Train the small model behind ``classes`` of ``overread extract`` on reports whose registry rows say T, N and M.

    python scripts/train_ranking.py [--data ../shared/data/pathology/reports_dev.jsonl.gz] [--out PATH]

Needs scikit-learn (a development dependency); the product only multiplies the weights, by numpy. One thread and a fixed order
of reports: the same reports, rules and packages give the same bytes. How good it is: ``bench/quality/ranking.py``.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from overread.clinical.extraction import read
from overread.clinical.extraction.ranking_model import CLASSES, MODEL, Model
from overread.clinical.extraction.ranking_vector import PLACES, WORDS, rarity_of, vector
from overread.clinical.record import Fact, Method, Provenance

SHARED = Path(os.environ.get("OVERREAD_SHARED", Path(__file__).resolve().parents[2] / "shared"))
DATA = SHARED / "data/pathology/reports_dev.jsonl.gz"
REGISTRY_KEYS = {"pT": "pT", "pN": "pN", "pM": "M"}
_STRENGTH = 3.0  # inverse of the penalty; 1 to 20 differ by less than 0.002 AU-ROC on reports held back
_ROUNDS = 400
_PROBE = """KIDNEY, LEFT, NEPHRECTOMY: renal cell carcinoma, 4.5 x 30 mm, confined to the kidney; no renal vein invasion.
Extends into perinephric fat. 3 of 12 lymph nodes positive. pT3a pN1 cM0, stage III."""
_PROBE_FACTS = tuple(
    Fact(field, value, Provenance("probe", Method.TEXT), about=about)
    for field, value, about in (("t", "T3a", None), ("t", "T1", "history"), ("nodes_positive", 3, None))
)


@dataclass(frozen=True)
class Example:
    """A report, what the rules read in it, and the registry's classes (None where it gives none of ours)."""

    barcode: str
    text: str
    facts: tuple[Fact, ...]
    classes: dict[str, str | None]


def examples(path: Path = DATA) -> list[Example]:
    """The reports of a gzip of JSON lines ``{barcode, text, registry}``, in order of their barcode."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        reports = sorted(map(json.loads, lines), key=lambda report: report["barcode"])
    with ProcessPoolExecutor(2) as pool:
        return list(pool.map(example, reports, chunksize=64))


def example(report: dict[str, Any]) -> Example:
    registry = report["registry"]
    given = {name: registry.get(key) for name, key in REGISTRY_KEYS.items()}
    known = {name: value if value in CLASSES[name] else None for name, value in given.items()}
    return Example(report["barcode"], report["text"], read(report["text"], report["barcode"]), known)


def train(reports: Sequence[Example]) -> Model:
    """Every class of every letter must have a report."""
    from scipy import sparse
    from threadpoolctl import threadpool_limits

    rarity = rarity_of(report.text for report in reports)
    columns, values = zip(*(vector(report.text, report.facts, rarity) for report in reports), strict=True)
    starts = np.cumsum([0, *map(len, columns)])
    shape = (len(reports), PLACES)
    table = sparse.csr_matrix((np.concatenate(values), np.concatenate(columns), starts), shape=shape)
    with threadpool_limits(1):
        fitted = {name: _fit(name, table, [report.classes[name] for report in reports]) for name in CLASSES}
    return Model(
        rarity, {n: weights for n, (weights, _) in fitted.items()}, {n: bias for n, (_, bias) in fitted.items()}
    )


def _fit(name: str, table: Any, answers: Sequence[str | None]) -> tuple[Any, Any]:
    from sklearn.linear_model import LogisticRegression

    rows = [row for row, answer in enumerate(answers) if answer is not None]
    model = LogisticRegression(C=_STRENGTH, max_iter=_ROUNDS).fit(table[rows], [answers[row] for row in rows])
    if tuple(model.classes_) != CLASSES[name]:
        raise ValueError(f"{name}: reports only of {', '.join(model.classes_)}; every class needs one")
    weights, bias = model.coef_, model.intercept_
    if len(weights) == 1:  # two classes: scikit-learn gives the second one's score against the first's 0
        weights, bias = np.vstack((np.zeros_like(weights), weights)), np.array([0.0, bias[0]])
    return weights.T.astype(np.float32), bias.astype(np.float32)


def save(model: Model, path: Path) -> None:
    """The same model gives the same bytes: no times, no names of machines."""
    arrays: dict[str, Any] = {"features": np.array(fingerprint()), "rarity": model.rarity.astype(np.float16)}
    for name in CLASSES:
        arrays[f"weights_{name}"] = model.weights[name].astype(np.float16)
        arrays[f"bias_{name}"] = model.bias[name].astype(np.float16)
    np.savez_compressed(path, **arrays)


def fingerprint() -> str:
    """What the features of a made-up report come to: another value means that the model must be trained anew."""
    places, values = vector(_PROBE, _PROBE_FACTS, np.ones(WORDS, np.float32))
    return hashlib.sha256(places.tobytes() + values.astype(np.float16).tobytes()).hexdigest()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--out", type=Path, default=MODEL)
    options = parser.parse_args()
    if not options.data.exists():
        sys.exit(f"{options.data} is not here: nothing trained")
    save(train(examples(options.data)), options.out)
    print(f"{options.out.name}: {options.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
