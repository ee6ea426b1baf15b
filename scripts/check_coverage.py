"""The coverage gates: 90 % of everything, and every line and branch of what decides about people.

    python scripts/check_coverage.py build/coverage.json

Silent when they hold; otherwise names what is not covered and ends with 1.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

TOTAL = 90.0
WHOLE = re.compile(r"(^|/)src/overread/(clinical/.*|.*/permissions|.*/visibility)\.py$")


def complaints(report: dict[str, dict[str, dict[str, object]]]) -> list[str]:
    """What the report of coverage.py falls short of."""
    total = float(str(report["totals"]["percent_covered"]))
    short = [f"All of it: {total:.1f} % is covered, {TOTAL:.0f} % is the gate."] if total < TOTAL else []
    for name, file in sorted(report["files"].items()):
        if WHOLE.search(name) and (file["missing_lines"] or file.get("missing_branches")):
            short.append(f"{name}: lines {file['missing_lines']}, branches {file.get('missing_branches', [])}")
    return short


def main() -> int:
    short = complaints(json.loads(Path(sys.argv[1]).read_text()))
    print("\n".join(["Not covered:", *short]) if short else "", end="\n" if short else "")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
