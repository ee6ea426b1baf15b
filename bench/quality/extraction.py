"""How well reports are read: the rules' answers against the registry, on reports that no rule was written from.

    python bench/quality/extraction.py [--data ../shared/data/pathology/reports_dev.jsonl.gz] [--half held] [--calibrate]

The development reports are split in two by the hash of their barcode. The rules were written by looking at the "seen" half
alone; the "held" half is only ever counted, which is what is printed by default. ``--calibrate`` prints each rule's share of
agreeing readings on the seen half, as ``confidence.MEASURED`` holds it (N and M only where neither side says X). The registry itself errs, and takes N and M from
clinical findings too, so that its N0 or M0 often stands where the report rightly says NX or MX.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

from overread.clinical.extraction import confidence, read
from overread.clinical.record import Fact

DATA = Path(__file__).resolve().parents[3] / "shared/data/pathology/reports_dev.jsonl.gz"
FIELDS = (
    "t",
    "n",
    "m",
    "nodes_examined",
    "nodes_positive",
    "site",
    "histology",
    "grade",
    "age",
    "sex",
    "edition",
    "er",
    "pr",
    "her2",
)
# What the disagreements of the seen half (155 of 985 histologies and 138 of 560 grades looked at) turned out to be.
CODING = """
Where the registry codes otherwise than the report prints, so that agreement is a floor:
  grade      of the bladder low or high (the report: 1 to 3 or 4), over half of all disagreements; of a range
             ("moderately to poorly") the worse; of glioma a figure where the report says low or high grade
  histology  urothelial carcinoma with any papillary part as 8130/3; adenocarcinoma with mucus as 8480/3; keratinising or not
             (8071/3, 8072/3) or neither (8070/3) for the same printed words; every tumour of the glioblastoma series as 9440/3,
             gliosarcoma (9442/3) too; carcinoma in an adenoma as 8263/3 or 8211/3
  m, n       clinical findings too, so that M0 or N0 stands where the report rightly says MX or NX
What remains ours: in reports with several names of one glioma the leading one is not always chosen; a type in a line that OCR
broke is read without its kind.
"""
# Does the text state a category of its own (the denominator of "given")? Written apart from the rules it judges.
STATES = {
    "t": re.compile(r"(?<![A-Za-z])[yY]?p ?T ?(?:[0-4]|is\b|[aX]\b)|(?<![A-Za-z])T ?[1-4][a-d]? ?,? ?N ?[0-3OXx]"),
    "n": re.compile(r"(?<![A-Za-z])p ?N ?[0-3OXx]|T ?[1-4][a-d]? ?,? ?N ?[0-3OXx]"),
    "m": re.compile(r"(?<![A-Za-z])p ?M ?[01OXx]|N ?[0-3OXx][abc]? ?,? ?M ?[01OXx]"),
}
WORDS = {
    "well differentiated": "G1",
    "moderately differentiated": "G2",
    "poorly differentiated": "G3",
    "moderate differentiated": "G2",
}
SITE_GROUPS = {
    "KIRC": ("kidney",), "KIRP": ("kidney",), "KICH": ("kidney",), "PRAD": ("prostate",), "BLCA": ("bladder",),
    "OV": ("ovary",), "CESC": ("cervix",), "LIHC": ("liver",), "CHOL": ("liver",), "PAAD": ("pancreas",),
    "LGG": ("brain",), "GBM": ("brain",), "PCPG": ("adrenal gland",),
    "COAD": ("colon", "sigmoid colon", "caecum", "ascending colon", "transverse colon", "descending colon", "rectosigmoid"),
    "READ": ("rectum", "rectosigmoid", "colon", "sigmoid colon"),
    "HNSC": ("tongue", "base of tongue", "floor of mouth", "tonsil", "larynx", "hypopharynx", "oropharynx", "oral cavity", "gum"),
}  # fmt: skip


def reports(path: Path, half: str) -> Iterator[dict]:
    wanted = 0 if half == "seen" else 1
    with gzip.open(path, "rt") as lines:
        for report in map(json.loads, lines):
            if hashlib.sha256(report["barcode"].encode()).digest()[0] % 2 == wanted:
                yield report


def truth(field: str, registry: dict) -> str | None:
    """The registry's answer, in the words that ``answer`` uses."""
    key = {
        "t": "pT",
        "n": "pN",
        "m": "M",
        "histology": "icd_o_3_histology",
        "site": "cancer",
        "edition": "ajcc_edition",
    }.get(field, field)
    value = registry.get({"her2": "her2_ihc"}.get(field, key))
    if value is None or (field == "grade" and value == "GX"):
        return None
    if field in ("nodes_examined", "nodes_positive", "age"):
        return str(int(float(value)))
    if field in ("sex", "er", "pr", "her2"):
        return value.lower()
    if field == "edition":
        return value[0] if value[0] in "45678" and value[1:] == "th" else None
    if field == "grade":
        return value.lower().replace("g", "G", 1) if re.fullmatch("G[1-4]", value) else value.lower()
    return value


def answer(field: str, facts: tuple[Fact, ...]) -> Fact | None:
    """What the reading says of the case: the first fact of the field that is about the case as a whole."""
    key = "histology_code" if field == "histology" else field
    return next((f for f in facts if f.field == key and f.about is None), None)


def agrees(field: str, fact: Fact, expected: str) -> bool:
    value = str(fact.value)
    if field in ("t", "n", "m"):
        return value[:2] == expected
    if field == "site":
        return value in SITE_GROUPS.get(expected, ())
    if field == "grade" and value in WORDS:
        return WORDS[value] == expected or (expected == "high grade" and value == "poorly differentiated")
    return value == expected


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--data", type=Path, default=DATA)
    arguments.add_argument("--half", choices=("seen", "held"), default="held")
    arguments.add_argument("--calibrate", action="store_true")
    arguments.add_argument("--wrong", help="list disagreements of a field (seen half only)")
    options = arguments.parse_args()
    if not options.data.exists():
        sys.exit(f"{options.data} is not here: nothing measured")
    half = "seen" if options.calibrate or options.wrong else options.half
    tables, by_rule, stated = defaultdict(Counter), defaultdict(Counter), defaultdict(Counter)
    for report in reports(options.data, half):
        facts = read(report["text"], report["barcode"])
        for field in FIELDS:
            count(field, report, facts, tables, by_rule, stated, options.wrong)
    if options.calibrate:
        for rule, seen in sorted(by_rule.items()):
            print(f'    "{rule}": {seen[True] / seen.total():.3f},  # n = {seen.total()}')
    else:
        show(half, tables, stated, by_rule)


def count(field, report, facts, tables, by_rule, stated, wrong) -> None:
    expected, fact = truth(field, report["registry"]), answer(field, facts)
    if field in STATES and STATES[field].search(report["text"]):
        stated[field][fact is not None] += 1
    if expected is None:
        return
    right = fact is not None and agrees(field, fact, expected)
    label = expected if right else (str(fact.value)[: 2 if field in "tnm" else 40] if fact else "-")
    tables[field][expected, label] += 1
    if fact is not None and not (field in ("n", "m") and "X" in expected + label):
        by_rule[fact.provenance.rule][right] += 1
        if wrong == field and not right:
            print(
                report["barcode"],
                report["registry"]["cancer"],
                "registry",
                expected,
                "read",
                fact.value,
                repr(fact.provenance.quote),
            )


def show(half: str, tables: dict, stated: dict, by_rule: dict) -> None:
    print(f"Reading against the registry, {half} half of the development reports\n{CODING}")
    print(f"{'field':16}{'registry has':>13}{'read':>7}{'right':>7}{'precision':>11}{'recall':>8}   given where stated")
    for field in FIELDS:
        table = tables[field]
        total = table.total()
        given = sum(n for (_, label), n in table.items() if label != "-")
        right = sum(n for (expected, label), n in table.items() if expected == label)
        if not total:
            print(f"{field:16}{0:13}   the registry rows hold no value: not measured")
            continue
        where = stated[field]
        share = f"{where[True] / where.total():.3f} of {where.total()}" if where else ""
        print(f"{field:16}{total:13}{given:7}{right:7}{right / max(given, 1):11.3f}{right / total:8.3f}   {share}")
    calibration(by_rule)
    for field in ("t", "n", "m"):
        matrix(field, tables[field])


def calibration(by_rule: dict) -> None:
    """The confidence that each rule's facts carry against the share right; N and M only where neither side says X."""
    print(f"\n{'rule':22}{'confidence':>11}{'right':>8}{'n':>7}")
    for rule, seen in sorted(by_rule.items()):
        given = confidence.of(rule)
        print(f"{rule:22}{given if given is not None else '-':>11}{seen[True] / seen.total():8.3f}{seen.total():7}")


def matrix(field: str, table: Counter) -> None:
    rows, columns = (sorted({pair[i] for pair in table}) for i in (0, 1))
    print(f"\nregistry's {field.upper()} down, read across")
    print("     " + "".join(f"{column:>7}" for column in columns))
    for row in rows:
        print(f"{row:5}" + "".join(f"{table[row, column]:7}" for column in columns))


if __name__ == "__main__":
    main()
