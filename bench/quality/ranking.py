"""How well ``classes`` of ``overread extract`` ranks reports by T, N and M: macro one-vs-rest AU-ROC on reports held back.

    python bench/quality/ranking.py [--data ../shared/data/pathology/reports_dev.jsonl.gz] > bench/quality/ranking.txt

Each patient has one report, so halves and folds by the hash of the barcode never share a patient. The committed model, trained
on all of the reports, is only named here; the figures are of models trained by the same script on a part. "states it" is
whether the rules read a class of the letter for the case; the others show what the words beside the stage are worth.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

from overread.clinical.extraction import classes, ranking, read
from overread.clinical.extraction.ranking_model import CLASSES, MODEL, Model
from scripts.train_ranking import DATA, Example, examples, train

PUBLISHED_T = 0.9451  # the T model's macro AU-ROC on its own reports held back, by its authors' paper
FOLDS = 5


def hashed(report: Example) -> int:
    return hashlib.sha256(report.barcode.encode()).digest()[0]


def areas(name: str, reports: Sequence[Example], shares: Sequence[np.ndarray]) -> list[float | None]:
    """One-vs-rest AU-ROC of each class of the letter; None for a class that no report, or every report, has."""
    from sklearn.metrics import roc_auc_score

    table = np.array(shares)
    found: list[float | None] = []
    for column, member in enumerate(CLASSES[name]):
        is_it = [report.classes[name] == member for report in reports]
        found.append(float(roc_auc_score(is_it, table[:, column])) if len(set(is_it)) == 2 else None)
    return found


def macro(found: Sequence[float | None]) -> float:
    return float(np.mean([area for area in found if area is not None]))


def states(name: str, report: Example) -> bool:
    field = name[1].lower()
    return any(f.field == field and f.about is None and str(f.value)[:2] in CLASSES[name] for f in report.facts)


def judged(model: Model, reports: Sequence[Example]) -> list[tuple[Example, dict[str, np.ndarray]]]:
    return [(report, ranking.shares(model, report.text, report.facts)) for report in reports]


def show(title: str, answers: Sequence[tuple[Example, dict[str, np.ndarray]]]) -> None:
    print(f"\n{title}\n{'':4}{'which reports':16}{'n':>6}{'macro':>8}   each class")
    for name in CLASSES:
        kinds: dict[str, Callable[[Example], bool]] = {
            "all": lambda report: True,
            "states it": lambda report, name=name: states(name, report),
            "does not": lambda report, name=name: not states(name, report),
        }
        for kind, of_kind in kinds.items():
            of_letter = [(r, p[name]) for r, p in answers if r.classes[name] and of_kind(r)]
            reports, shares = zip(*of_letter, strict=True)
            found = areas(name, reports, shares)
            each = "  ".join(
                f"{m} {a:.3f}" if a is not None else f"{m} -" for m, a in zip(CLASSES[name], found, strict=True)
            )
            print(f"{name if kind == 'all' else '':4}{kind:16}{len(reports):6}{macro(found):8.4f}   {each}")


def speed(reports: Sequence[Example]) -> None:
    texts = [report.text for report in reports[::8]]
    classes("", ())
    rules, both = (
        seconds(lambda: [read(t, "") for t in texts]),
        seconds(lambda: [classes(t, read(t, "")) for t in texts]),
    )
    figures = f"{len(texts) / rules:.0f} reports by the rules, {len(texts) / both:.0f} with the model"
    print(f"a second of one core reads {figures}", file=sys.stderr)


def seconds(work: Callable[[], object]) -> float:
    """Processor time, so that other work on the machine does not count."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=DATA)
    options = parser.parse_args()
    if not options.data.exists():
        sys.exit(f"{options.data} is not here: nothing measured")
    reports = examples(options.data)
    print(f"Ranking by T, N and M against the registry, {len(reports)} development reports; published T: {PUBLISHED_T}")
    print(f"model {hashlib.sha256(MODEL.read_bytes()).hexdigest()}")
    halves = [[r for r in reports if hashed(r) % 2 == half] for half in (0, 1)]
    show("Trained on one half, judged on the other", judged(train(halves[0]), halves[1]))
    folds = [[r for r in reports if hashed(r) % FOLDS == fold] for fold in range(FOLDS)]
    parts = [judged(train([r for r in reports if hashed(r) % FOLDS != n]), fold) for n, fold in enumerate(folds)]
    show(f"{FOLDS} folds, each judged by the model of the others", [answer for part in parts for answer in part])
    speed(reports)


if __name__ == "__main__":
    main()
