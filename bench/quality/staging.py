"""The registry's stage groups of the 7th edition against the tables: every mismatch with its reason.

    python bench/quality/staging.py [--list]

Needs the registry rows and the public schemas beside the checkout (``OVERREAD_SHARED``, default ``../shared``).
Prints how many rows agree, why others cannot be checked, and each mismatch's class; ends with 1 if one is ours.
"""

from __future__ import annotations

import csv
import gzip
import os
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from slow_staging import SlowStaging  # type: ignore[import-not-found]

from overread.clinical.staging import StageAnswer, agrees, group, stage

SHARED = Path(os.environ.get("OVERREAD_SHARED", Path(__file__).resolve().parents[2].parent / "shared"))
OURS = "OURS: the second implementation finds the stated stage"
STOMACH = "C163"  # the body of the stomach: any site inside the chapter


def rows(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def answer(row: dict[str, str], edition: str | None = None) -> StageAnswer:
    """What the library says, from the columns that the registry holds."""
    facts = {"histology": row["icd_o_3_histology"], "basis": "p", "age": row["age"], "gleason": row["gleason_score"]}
    facts["grade"] = row["grade"]
    site = row["icd_o_3_site"]
    return stage(site, edition or row["ajcc_edition"], row["pT"], row["pN"], row["M"], facts)


def classify(row: dict[str, str], slow: SlowStaging) -> str:
    """Agrees, cannot be checked and why, or the class of the mismatch."""
    said = answer(row)
    stated = group(row["pathologic_stage"])
    if not said.possible or stated is None:
        return f"cannot: {said.reason if not said.possible else 'stage group cannot be read'}"
    verdict = agrees(stated.name, said)
    if verdict:
        return "agrees" if said.group else f"agrees with what is possible ({said.reason})"
    return _mismatch(row, stated.name, slow)


def _mismatch(row: dict[str, str], stated: str, slow: SlowStaging) -> str:
    site, histology = row["icd_o_3_site"].replace(".", ""), row["icd_o_3_histology"][:4]
    grade = {"grade": row["grade"][1:]} if row["grade"][:1] == "G" and row["grade"][1:].isdigit() else {}
    age = {"age_dx": row["age"].zfill(3)} if row["age"] else {}
    codes = tuple(row[name][1:].upper() for name in ("pT", "pN", "M"))
    if _found(slow, site, histology, codes, grade | age, stated):
        micro = _found(slow, site, histology, (codes[0], "1MI", codes[2]), grade | age, stated)
        return "registry: keeps only the digit (N1mi reads N1)" if codes[1] == "1" and micro else OURS
    if site == "C160" and _found(slow, STOMACH, histology, codes, grade, stated):
        return "registry: a tumour of the cardia staged by the stomach chapter"
    if _found(slow, site, histology, codes, age, stated):
        return "registry: the stated stage fits only without the stated grade"
    if codes[2] == "0" and stated.startswith("IV"):
        return "registry: stage IV stated with M0 where no reading of T and N gives it"
    if codes[2] == "1":
        return "registry: M1 stated with a stage that no M1 row gives"
    return "registry: no reading of T, N and M gives the stated stage"


def _found(
    slow: SlowStaging, site: str, histology: str, codes: tuple[str, ...], facts: dict[str, str], stated: str
) -> bool:
    digit = {"0": "0", "I": "1", "II": "2", "III": "3", "IV": "4"}[stated]
    return any(found.startswith(digit) for found in slow.groups(site, histology, *codes, facts) or ())


def main() -> int:
    registry = rows(SHARED / "data" / "pathology" / "registry_dev.csv.gz")
    stated = [r for r in registry if r["pT"] and r["pN"] and r["M"] and r["pathologic_stage"]]
    slow = SlowStaging(SHARED / "evidence" / "tnm" / "uicc7_imsweb_tnm-2.1.zip")
    seventh = [r for r in stated if r["ajcc_edition"] == "7th"]
    classes = [(classify(row, slow), row) for row in seventh]
    print(f"{len(stated)} rows state T, N, M and a stage; {len(seventh)} of them by the 7th edition")
    for name, count in Counter(name for name, _ in classes).most_common():
        print(f"{count:6d}  {count / len(seventh):6.1%}  {name}")
    other = Counter(str(answer(r).reason) for r in stated if r["ajcc_edition"] != "7th")
    print(f"other editions: {dict(other)}")
    if "--list" in sys.argv:
        for name, row in classes:
            if name.startswith(("registry", "OURS", "cannot")):
                keys = ("barcode", "cancer", "icd_o_3_site", "icd_o_3_histology", "pT", "pN", "M", "grade", "age")
                print(name, *(row[k] for k in keys), row["pathologic_stage"], answer(row).possible, sep=" | ")
    return int(any(name == OURS for name, _ in classes))


if __name__ == "__main__":
    raise SystemExit(main())
