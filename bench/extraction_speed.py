"""How many reports a second are read, on one core and on two, by the rules and with the ranking model, and how time grows with noise.

python bench/extraction_speed.py [--data ../shared/data/pathology/reports_dev.jsonl.gz]
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from overread.clinical.extraction import classes, read

DATA = Path(__file__).resolve().parents[2] / "shared/data/pathology/reports_dev.jsonl.gz"


def facts(text: str) -> int:
    return len(read(text, "bench"))


def facts_and_classes(text: str) -> int:
    found = read(text, "bench")
    return len(found) + len(classes(text, found))


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--data", type=Path, default=DATA)
    options = arguments.parse_args()
    noise("random characters", "".join(random.Random(1).choices("abTN pM0123 .:()\n", k=1_000_000)))
    if not options.data.exists():
        sys.exit(f"{options.data} is not here: speed on real reports not measured")
    with gzip.open(options.data, "rt") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    print(f"reports of {sum(map(len, texts)) // len(texts)} characters")
    for name, work in (("rules", facts), ("rules and model", facts_and_classes)):
        speeds(name, work, texts)


def speeds(name: str, work: Callable[[str], int], texts: list[str]) -> None:
    work(texts[0])
    one = len(texts[::4]) / seconds(lambda: [work(text) for text in texts[::4]])
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(work, texts[:8]))
        two = len(texts) / seconds(lambda: list(pool.map(work, texts, chunksize=64)))
    print(f"{name}: {one:.0f} a second on one core, {two:.0f} on two")


def noise(name: str, text: str) -> None:
    half, whole = (seconds(lambda part=part: facts(part)) for part in (text[: len(text) // 2], text))
    print(f"{name}: {len(text) / whole / 1e6:.2f} MB a second; twice the text takes {whole / half:.1f} times as long")


def seconds(work) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
