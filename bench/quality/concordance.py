"""Two readings of the same cases compared: what the report says, as the rules read it, and what the registry wrote down.

    python bench/quality/concordance.py [--data ../shared/data/pathology/reports_dev.jsonl.gz]

No collection of paired opinions is at hand; the registry's row is a second reading of the same patient by another person.
Prints how the differences are graded topic by topic and field by field, the confusion tables of T and N, and the agreement
corrected for chance. Where the two differ, either may be wrong, and the registry also knows what the report does not say.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

from overread.clinical.concordance import Agreement, Concordance, Grade, cohen_kappa, compare, krippendorff_alpha
from overread.clinical.extraction import read
from overread.clinical.record import Fact, Icdo3Morphology, Icdo3Topography, Method, Opinion, Provenance

DATA = Path(__file__).resolve().parents[3] / "shared/data/pathology/reports_dev.jsonl.gz"
WRITTEN_DOWN = Provenance("registry", Method.ENTERED)
FIELDS = ("t", "n", "m", "site_code", "histology_code")
CATEGORIES = {"t": ("T1", "T2", "T3", "T4"), "n": ("N0", "N1", "N2", "N3")}


def reports(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def registrys(row: dict[str, Any]) -> Opinion:
    """The registry's row as an opinion; what it leaves open is left open."""
    values = {"t": row.get("pT"), "n": row.get("pN"), "m": row.get("M")}
    codes = {
        "site_code": Icdo3Topography(row["icd_o_3_site"]) if row.get("icd_o_3_site") else None,
        "histology_code": Icdo3Morphology(row["icd_o_3_histology"]) if row.get("icd_o_3_histology") else None,
    }
    facts = tuple(Fact(name, value, WRITTEN_DOWN) for name, value in (values | codes).items() if value)
    return Opinion("Registry", "registrar", facts)


def reports_own(text: str) -> Opinion:
    """What the report says of the case; T, N and M to the digit, which is all that the registry keeps."""
    stated = (fact for fact in read(text, "report") if fact.field in FIELDS and fact.about is None)
    facts = tuple(replace(f, value=str(f.value)[:2]) if f.field in "tnm" else f for f in stated)
    return Opinion("Report", "pathology", facts)


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--data", type=Path, default=DATA)
    options = arguments.parse_args()
    if not options.data.exists():
        sys.exit(f"{options.data} is not here: nothing measured")
    pairs = [(reports_own(report["text"]), registrys(report["registry"])) for report in reports(options.data)]
    compared = [compare(*pair) for pair in pairs]
    grades(compared)
    rules(compared)
    for name, categories in CATEGORIES.items():
        agreement(name, categories, pairs)


def grades(compared: list[Concordance]) -> None:
    table: dict[str, Counter[Grade]] = defaultdict(Counter)
    for concordance in compared:
        for item in concordance.items:
            if item.field in FIELDS:
                table[item.label][item.grade] += 1
    print(f"{len(compared)} cases: the report as read against the registry's row\n")
    print(f"{'':44}" + "".join(f"{grade:>15}" for grade in Grade))
    for label, counts in table.items():
        print(f"{label:44}" + "".join(f"{counts[grade]:15}" for grade in Grade))


def rules(compared: list[Concordance]) -> None:
    """Which rules graded the differences, most frequent first."""
    used = Counter(
        (item.rule.id, item.grade)
        for concordance in compared
        for item in concordance.items
        if item.field in FIELDS and item.grade in (Grade.MINOR, Grade.MAJOR)
    )
    print("\nrules that graded a difference")
    for (rule, grade), n in used.most_common():
        print(f"{rule:44}{grade:>15}{n:15}")


def agreement(name: str, categories: tuple[str, ...], pairs: list[tuple[Opinion, Opinion]]) -> None:
    rows = [tuple(category(opinion, name, categories) for opinion in pair) for pair in pairs]
    table = Counter(row for row in rows if None not in row)
    print(f"\nregistry's {name.upper()} down, report's across")
    print("     " + "".join(f"{column:>7}" for column in categories))
    for down in categories:
        print(f"{down:5}" + "".join(f"{table[across, down]:7}" for across in categories))
    said("Cohen's kappa", cohen_kappa([a for a, _ in rows], [b for _, b in rows]))
    said(
        "Krippendorff's alpha, steps as intervals", krippendorff_alpha(rows, weights="quadratic", categories=categories)
    )


def category(opinion: Opinion, name: str, categories: tuple[str, ...]) -> str | None:
    value = next((str(fact.value)[:2] for fact in opinion.facts if fact.field == name), None)
    return value if value in categories else None


def said(name: str, answer: Agreement) -> None:
    if answer.value is None or answer.low is None or answer.high is None:
        print(f"{name}: {answer.reason}")
    else:
        print(f"{name}: {answer.value:.3f} ({answer.low:.3f} to {answer.high:.3f})")


if __name__ == "__main__":
    main()
