"""Nothing that should run was skipped: every skipped test's reason is in the committed list.

    python scripts/check_skips.py build/tests.xml tests/allowed_skips.txt

Silent when that holds; otherwise names the tests and ends with 1. A pattern that begins with ``[without shared data]``
counts only where the shared development data is absent.
"""

from __future__ import annotations

import os
import sys
from fnmatch import fnmatchcase
from pathlib import Path

from defusedxml.ElementTree import parse

ROOT = Path(__file__).resolve().parents[1]
WITHOUT_DATA = "[without shared data]"


def skipped(junit: Path) -> list[tuple[str, str]]:
    """(test, reason) of every skip in a JUnit report."""
    found = []
    for case in parse(junit).iter("testcase"):
        for skip in case.iter("skipped"):
            if skip.get("type") != "pytest.xfail":
                found.append((f"{case.get('classname')}.{case.get('name')}", skip.get("message", "")))
    return found


def allowed_reasons(listed: Path, data_is_here: bool) -> list[str]:
    """The patterns that count here."""
    lines = [line.strip() for line in listed.read_text().splitlines() if line.strip() and not line.startswith("#")]
    usual = [line for line in lines if not line.startswith(WITHOUT_DATA)]
    return usual if data_is_here else [line.removeprefix(WITHOUT_DATA).strip() for line in lines]


def main() -> int:
    data = Path(os.environ.get("OVERREAD_SHARED", ROOT.parent / "shared")) / "data"
    patterns = allowed_reasons(Path(sys.argv[2]), data.is_dir())
    wrong = [(t, why) for t, why in skipped(Path(sys.argv[1])) if not any(fnmatchcase(why, p) for p in patterns)]
    for test, why in wrong:
        print(f"Skipped, but should have run: {test}: {why}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
