"""The registry's stage groups of the 7th edition against the tables: every row judged twice, every mismatch with its reason.

    python bench/quality/staging.py [--rows FILE.csv|FILE.jsonl]

Needs the registry rows and the public schemas beside the checkout (``OVERREAD_SHARED``, default ``../shared``).
Prints how many rows agree, why others cannot be checked, each mismatch's class, and where a second, slow implementation
sees other groups as possible. --rows writes one line a row: what the registry states, what we say, what the second says,
the class. Ends with 1 if a mismatch is ours, or a difference between the two implementations is not explained.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from slow_staging import SlowStaging  # type: ignore[import-not-found]

from overread.clinical.staging import StageAnswer, agrees, group, stage

SHARED = Path(os.environ.get("OVERREAD_SHARED", Path(__file__).resolve().parents[2].parent / "shared"))
OURS = "OURS: the second implementation finds the stated stage"
MICRO = "registry: keeps only the digit (N1mi reads N1)"
# Which chapter a registry's project staged by, where the rules for site and histology choose another.
OTHER_CHAPTER = {"STAD": "C163", "SKCM": "C449"}
SHOWN = ("barcode", "cancer", "icd_o_3_site", "icd_o_3_histology", "pT", "pN", "M", "grade", "age", "pathologic_stage")
Row = dict[str, str]


def rows(path: Path) -> list[Row]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def answer(row: Row) -> StageAnswer:
    """What the library says, from the columns that the registry holds."""
    facts = {"histology": row["icd_o_3_histology"], "basis": "p", "age": row["age"], "gleason": row["gleason_score"]}
    facts["grade"] = row["grade"]
    return stage(row["icd_o_3_site"], row["ajcc_edition"], row["pT"], row["pN"], row["M"], facts)


class Second:
    """The slow implementation, asked about a row: its groups in Roman, undivided ones left out beside their parts."""

    def __init__(self, path: Path) -> None:
        self._slow = SlowStaging(path)

    def groups(self, row: Row, *, without: str = "", site: str = "", n: str = "") -> set[str]:
        facts = {name: value for name, value in _facts(row).items() if name != without}
        place = site or row["icd_o_3_site"].replace(".", "")
        codes = (row["pT"][1:].upper(), n or row["pN"][1:].upper(), row["M"][1:].upper())
        found = {_roman(g) for g in self._slow.groups(place, row["icd_o_3_histology"][:4], *codes, facts) or ()}
        return {g for g in found if not any(_part(other, g) for other in found)}

    def finds(self, row: Row, stated: str, **changed: str) -> bool:
        return any(found == stated or _part(found, stated) for found in self.groups(row, **changed))


def _facts(row: Row) -> dict[str, str]:
    grade = {"grade": row["grade"][1:]} if row["grade"][:1] == "G" and row["grade"][1:].isdigit() else {}
    return grade | ({"age_dx": row["age"].zfill(3)} if row["age"] else {})


def _roman(code: str) -> str:
    if code == "OC":
        return "Occult"
    rest = code[1:]
    return {"0": "0", "1": "I", "2": "II", "3": "III", "4": "IV"}[code[0]] + (rest.lower() if code[0] == "0" else rest)


def _part(fine: str, coarse: str) -> bool:
    """IIIA is a part of III; IV is none of I."""
    rest = fine[len(coarse) :]
    return fine.startswith(coarse) and bool(rest) and (coarse == "0" or rest[0] not in "IV")


def classify(row: Row, second: Second) -> str:
    """Agrees, cannot be checked and why, or the class of the mismatch."""
    said, stated = answer(row), group(row["pathologic_stage"])
    if not said.possible or stated is None:
        return f"cannot: {said.reason if not said.possible else 'stage group cannot be read'}"
    if agrees(stated.name, said):
        return "agrees" if said.group else f"agrees with what is possible ({said.reason})"
    return _mismatch(row, stated.name, second)


def _mismatch(row: Row, stated: str, second: Second) -> str:
    if row["pN"] == "N1" and second.finds(row, stated, n="1MI"):
        return MICRO
    if second.finds(row, stated):
        return OURS
    other = OTHER_CHAPTER.get(row["cancer"])
    if other and second.finds(row, stated, site=other):
        return f"registry: staged by the chapter of {other[:3]}.{other[3]}, which site and histology do not choose"
    for factor in _facts(row):
        if second.finds(row, stated, without=factor):
            return f"registry: the stated stage fits only without the stated {factor.removesuffix('_dx')}"
    if row["M"] == "M0" and stated.startswith("IV"):
        return "registry: stage IV stated with M0 where no reading of T and N gives it"
    return "registry: no reading of T, N and M gives the stated stage"


def difference(row: Row, second: Second) -> str | None:
    """How what the two implementations hold possible differs; None where it does not."""
    ours, theirs = set(answer(row).possible), second.groups(row)
    if ours == theirs:
        return None
    if row["pN"] == "N1" and ours < theirs and theirs - ours <= second.groups(row, n="1MI"):
        return "the second counts N1mi as a part of N1"
    return "UNEXPLAINED"


def judged(row: Row, second: Second) -> dict[str, str]:
    """One row with what was found about it."""
    found = {"ours": " ".join(answer(row).possible), "second": " ".join(sorted(second.groups(row)))}
    words = {"class": classify(row, second), "difference": difference(row, second) or ""}
    return {name: row[name] for name in SHOWN} | found | words | {"sentence": answer(row).sentence}


def write(path: Path, judgements: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        if path.suffix == ".jsonl":
            file.writelines(json.dumps(one, ensure_ascii=False) + "\n" for one in judgements)
            return
        writer = csv.DictWriter(file, list(judgements[0]))
        writer.writeheader()
        writer.writerows(judgements)


def main() -> int:
    registry = rows(SHARED / "data" / "pathology" / "registry_dev.csv.gz")
    stated = [r for r in registry if r["pT"] and r["pN"] and r["M"] and r["pathologic_stage"]]
    second = Second(SHARED / "evidence" / "tnm" / "uicc7_imsweb_tnm-2.1.zip")
    seventh = [judged(row, second) for row in stated if row["ajcc_edition"] == "7th"]
    print(f"{len(stated)} rows state T, N, M and a stage; {len(seventh)} of them by the 7th edition")
    for name, count in Counter(one["class"] for one in seventh).most_common():
        print(f"{count:6d}  {count / len(seventh):6.1%}  {name}")
    differences = Counter(one["difference"] or "the same groups possible" for one in seventh)
    print(f"the second implementation: {dict(differences)}")
    print(f"other editions: {dict(Counter(str(answer(r).reason) for r in stated if r['ajcc_edition'] != '7th'))}")
    if "--rows" in sys.argv:
        write(Path(sys.argv[sys.argv.index("--rows") + 1]), seventh)
    return int(differences["UNEXPLAINED"] > 0 or any(one["class"] == OURS for one in seventh))


if __name__ == "__main__":
    raise SystemExit(main())
