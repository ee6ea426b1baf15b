"""Stagings a second on one core, against the bar of 200,000 (no other open library stages to compare with).

    python bench/staging.py [COUNT]

COUNT questions (default 400,000: site, T, N, M as tables hold them, PSA in hundredths) are drawn with a fixed seed, so
that they repeat as a registry's rows do; processor time is counted. The second figure is for questions that are all
different.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from typing import Any

from overread.clinical.knowledge import load
from overread.clinical.staging import stage

SITES: dict[str, str] = {"lung": "lung_8", "colon": "colon_rectum_8", "kidney": "kidney_8", "prostate": "prostate_8"}
BAR = 200_000
Question = tuple[str, str, str, str, str, dict[str, object]]


def questions(count: int, seed: int = 20261121) -> list[Question]:
    draw = random.Random(seed)
    rows = {site: load("staging", table).rows for site, table in SITES.items()}
    return [_question(draw, site, draw.choice(rows[site])) for site in draw.choices(list(SITES), k=count)]


def _question(draw: random.Random, site: str, row: dict[str, Any]) -> Question:
    factors: dict[str, object] = {}
    if site == "prostate":
        factors = {"psa": round(draw.uniform(0.1, 60), 2), "grade_group": draw.randint(1, 5)}
    t, n, m = (draw.choice(row[axis]) for axis in "tnm")
    return site, "8", draw.choice(("", "c", "p")) + t, n, m, factors


def rate(answer: Callable[..., object], asked: list[Question]) -> float:
    start = time.process_time()
    for question in asked:
        answer(*question)
    return len(asked) / (time.process_time() - start)


def main() -> None:
    asked = questions(int(sys.argv[1]) if len(sys.argv) > 1 else 400_000)
    different = list({(*q[:5], *q[5].values()): q for q in questions(len(asked), seed=1)}.values())
    all_of_them, new = rate(stage, asked), rate(stage, different)
    print(f"{len(asked)} questions: {all_of_them:,.0f}/s on one core, {all_of_them / BAR:.1f} x the bar of {BAR:,}/s")
    print(f"{len(different)} others, all different: {new:,.0f}/s")


if __name__ == "__main__":
    main()
