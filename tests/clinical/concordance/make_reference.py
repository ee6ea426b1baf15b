"""Writes reference.json: what irrCAC 0.4.4 and krippendorff 0.9.0 compute for the tables below.

irrCAC 0.4.4 needs numpy below 2, which the project does not, so its figures are recorded once, in an environment of
its own (``pip install irrCAC==0.4.4 krippendorff==0.9.0``), and not computed in every run of the tests.
"""

import json
import random
from pathlib import Path

GRADES = ["concordant", "minor", "major"]


def tables() -> dict[str, list[list[int | None]]]:
    """Cases by raters; 1..5 are categories, None is a gap. The first is irrCAC's own worked example (Gwet)."""
    chance = random.Random(20261121)
    example = {
        1: [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        2: [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, None],
        3: [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 3],
        4: [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    }
    noisy = [[base if chance.random() < 0.7 else chance.randint(1, 3) for _ in range(2)] for base in [1, 1, 2, 3] * 10]
    gaps = [[v if chance.random() < 0.8 else None for v in (b, b, chance.randint(1, 4))] for b in [1, 2, 3, 4] * 8]
    opposed = [[1, 2], [2, 1], [1, 2], [2, 1], [1, 1]]
    return {
        "gwet": [list(row) for row in zip(*example.values(), strict=True)],
        "noisy": noisy,
        "gaps": gaps,
        "opposed": opposed,
    }


def main() -> None:
    import krippendorff
    import pandas as pd
    from irrCAC.raw import CAC
    from irrCAC.table import CAC as Table

    out = []
    for name, rows in tables().items():
        frame = pd.DataFrame(rows, dtype=float)
        values = sorted({v for row in rows for v in row if v is not None})
        for weights, level in (("identity", "nominal"), ("quadratic", "interval"), ("linear", None)):
            cac = CAC(frame.copy(), weights=weights, digits=12)
            for coefficient in ("fleiss", "krippendorff"):
                out.append(
                    {"table": name, "weights": weights, "coefficient": coefficient}
                    | picked(getattr(cac, coefficient)())
                )
            if level:
                alpha = krippendorff.alpha(frame.T.values, level_of_measurement=level)
                out.append({"table": name, "weights": weights, "coefficient": "alpha_package", "value": float(alpha)})
            if all(len(row) == 2 for row in rows):
                crossed = pd.DataFrame(
                    [[sum(r == [a, b] for r in rows) for b in values] for a in values], index=values, columns=values
                )
                cohen = Table(crossed, weights=weights, digits=12).cohen()
                out.append({"table": name, "weights": weights, "coefficient": "cohen"} | picked(cohen))
    Path(__file__).with_name("reference.json").write_text(json.dumps(out, indent=1) + "\n")


def picked(result: dict) -> dict[str, float]:
    estimate = result["est"]
    low, high = estimate["confidence_interval"]
    return {
        "value": float(estimate["coefficient_value"]),
        "low": float(low),
        "high": float(high),
        "se": float(estimate["se"]),
    }


if __name__ == "__main__":
    main()
