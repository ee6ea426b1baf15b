"""How well reports are read: the rules' answers against the registry, on reports that no rule was written from.

    python bench/quality/extraction.py [--data ../shared/data/pathology/reports_dev.jsonl.gz] [--half held] [--calibrate]

The development reports are split in two by the hash of their barcode. The rules were written by looking at the "seen" half
alone; the "held" half is only ever counted, which is what is printed by default. ``--calibrate`` prints each rule's confidence, as
``confidence.MEASURED`` holds it: its share of agreeing readings on both halves (N and M only where neither side says X), drawn
towards the share of its field as if that had been seen 25 times, and the field's towards that of all as if seen 10 times, so that
a rule that was right twice of two is not certain. The registry itself errs, and takes N and M from
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
from dataclasses import dataclass
from dataclasses import field as dataclass_field
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
# Every category of T that a text prints, whatever it says of it. Written apart from the rules it judges.
PRINTED_T = re.compile(r"(?<![A-Za-z])[yY]?[pP] ?T ?([0-4](?![0-9.])|[Il](?= ?[a-dNp\s,;)]))")
RULE_WEIGHT, FIELD_WEIGHT, FEWEST, SUREST = 25, 10, 15, 0.995
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
    if options.calibrate:
        calibrate({half: counted(options.data, half, None) for half in ("seen", "held")})
        return
    half = "seen" if options.wrong else options.half
    seen = counted(options.data, half, options.wrong)
    show(half, seen.tables, seen.stated, seen.by_rule)
    print(
        f"\nof {seen.printed.total()} reports in which T disagrees, {seen.printed[True]} print the T that was read and no other"
    )


@dataclass
class Counted:
    """Of one half: (expected, read) by field; right or not by field and rule; given or not where stated; see ``weigh_disagreement``."""

    tables: dict = dataclass_field(default_factory=lambda: defaultdict(Counter))
    by_rule: dict = dataclass_field(default_factory=lambda: defaultdict(Counter))
    stated: dict = dataclass_field(default_factory=lambda: defaultdict(Counter))
    printed: Counter = dataclass_field(default_factory=Counter)


def counted(data: Path, half: str, wrong: str | None) -> Counted:
    found = Counted()
    for report in reports(data, half):
        facts = read(report["text"], report["barcode"])
        for field in FIELDS:
            count(field, report, facts, found.tables, found.by_rule, found.stated, wrong)
        weigh_disagreement(report, answer("t", facts), found.printed)
    return found


def calibrate(halves: dict[str, Counted]) -> None:
    """The confidences of both halves together; and how well those of each half alone fit the other."""
    every: dict = defaultdict(Counter)
    for half in halves.values():
        for key, seen in half.by_rule.items():
            every[key].update(seen)
    for (field, rule), seen in sorted(every.items(), key=lambda pair: pair[0][1]):
        if seen.total() >= FEWEST:
            print(f'    "{rule}": {drawn(every, field, rule):.3f},  # {seen[True]} of {seen.total()}')
    for one, other in (("seen", "held"), ("held", "seen")):
        own, judged = halves[one].by_rule, halves[other].by_rule
        given = {key: drawn(own, *key) for key, seen in own.items() if seen.total() >= FEWEST}
        print(
            f"# expected calibration error of the {one} half's on the {other} half: {calibration_error(given, judged):.4f}"
        )


def calibration_error(given: dict, judged: dict) -> float:
    """The mean distance of confidence from share right, rules as bins, weighed by their readings."""
    bins = [(seen.total(), abs(given[key] - seen[True] / seen.total())) for key, seen in judged.items() if key in given]
    return sum(n * error for n, error in bins) / max(1, sum(n for n, _ in bins))


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
        by_rule[field, fact.provenance.rule][right] += 1
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


def drawn(by_rule: dict, field: str, rule: str) -> float:
    """The rule's share right, drawn towards its field's, and that towards the share of all rules."""
    every, own, one = Counter(), Counter(), by_rule[field, rule]
    for (other, _), seen in by_rule.items():
        every += seen
        own += seen if other == field else Counter()
    overall = every[True] / every.total()
    of_field = (own[True] + FIELD_WEIGHT * overall) / (own.total() + FIELD_WEIGHT)
    return min(SUREST, (one[True] + RULE_WEIGHT * of_field) / (one.total() + RULE_WEIGHT))


def weigh_disagreement(report: dict, fact: Fact | None, printed: Counter) -> None:
    """Where the T that was read is not the registry's: is it the only one that the report prints?"""
    expected = truth("t", report["registry"])
    if fact is None or expected is None or agrees("t", fact, expected):
        return
    found = {match[1].replace("I", "1").replace("l", "1") for match in PRINTED_T.finditer(report["text"])}
    printed[found == {str(fact.value)[1]}] += 1


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
    for (_, rule), seen in sorted(by_rule.items(), key=lambda pair: pair[0][1]):
        given, share = confidence.of(rule), seen[True] / seen.total()
        print(f"{rule:22}{given if given is not None else '-':>11}{share:8.3f}{seen.total():7}")
    carried = {key: own for key in by_rule if (own := confidence.of(key[1])) is not None}
    print(f"\nexpected calibration error, rules as bins: {calibration_error(carried, by_rule):.4f}")
    print("(the confidences were counted on both halves; those of one half alone on the other: --calibrate)")


def matrix(field: str, table: Counter) -> None:
    rows, columns = (sorted({pair[i] for pair in table}) for i in (0, 1))
    print(f"\nregistry's {field.upper()} down, read across")
    print("     " + "".join(f"{column:>7}" for column in columns))
    for row in rows:
        print(f"{row:5}" + "".join(f"{table[row, column]:7}" for column in columns))


if __name__ == "__main__":
    main()
