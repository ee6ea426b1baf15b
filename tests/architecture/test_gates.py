"""The gates themselves: a check that cannot fail is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.check_coverage import complaints
from scripts.check_skips import allowed_reasons, skipped

Report = dict[str, dict[str, dict[str, object]]]


def report(name: str, missing: list[int], branches: list[list[int]], total: float) -> Report:
    return {
        "totals": {"percent_covered": total},  # type: ignore[dict-item]
        "files": {name: {"missing_lines": missing, "missing_branches": branches}},
    }


@pytest.mark.parametrize(
    ("name", "missing", "branches", "total", "complains"),
    [
        ("src/overread/clinical/staging/stage.py", [], [], 95, False),
        ("src/overread/clinical/staging/stage.py", [7], [], 95, True),
        ("src/overread/clinical/staging/stage.py", [], [[7, 8]], 95, True),
        ("src/overread/workflow/cases/permissions.py", [7], [], 95, True),
        ("src/overread/workflow/cases/visibility.py", [7], [], 95, True),
        ("src/overread/web/pages.py", [7], [], 95, False),
        ("src/overread/web/pages.py", [7], [], 89.9, True),
    ],
)
def test_coverage(name: str, missing: list[int], branches: list[list[int]], total: float, complains: bool) -> None:
    assert bool(complaints(report(name, missing, branches, total))) is complains


def test_skips_are_read_from_the_report(tmp_path: Path) -> None:
    (tmp_path / "t.xml").write_text(
        '<testsuites><testsuite><testcase classname="a" name="b"><skipped type="pytest.skip" message="no data"/></testcase>'
        '<testcase classname="a" name="c"><skipped type="pytest.xfail" message="known"/></testcase>'
        '<testcase classname="a" name="d"/></testsuite></testsuites>'
    )
    assert skipped(tmp_path / "t.xml") == [("a.b", "no data")]


def test_some_reasons_count_only_where_the_data_is_absent(tmp_path: Path) -> None:
    (tmp_path / "list").write_text("# comment\n\nalways *\n[without shared data] not here*\n")
    assert allowed_reasons(tmp_path / "list", data_is_here=True) == ["always *"]
    assert allowed_reasons(tmp_path / "list", data_is_here=False) == ["always *", "not here*"]
