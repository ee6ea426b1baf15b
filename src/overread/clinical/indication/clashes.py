"""Which contradictions of a record are more than two ways of writing the same thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import combinations

from overread.clinical.record import Fact, Kind, Record

from .timing import stage_number
from .tumours import tumour_in, unrelated

_CATEGORY = re.compile(r"(?P<basis>yp|yc|rp|r|c|p|a)?(?P<rest>[TNM]?(?:is|[0-4X]).*)", re.IGNORECASE | re.DOTALL)
_LEFT_OUT = frozenset({"edition", "sex", "birth_date", "histology_code"})
STAGE_FIELDS = frozenset({"t", "n", "m", "stage_group"})


def clashes(record: Record) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    """Each field that two sources contradict each other on, with the facts that do."""
    for name, facts in record.contradictions():
        pairs = [pair for pair in combinations(facts, 2) if _clash(record, name, *pair)]
        if pairs:
            yield name, tuple(fact for fact in facts if any(fact is one for pair in pairs for one in pair))


def _clash(record: Record, name: str, a: Fact, b: Fact) -> bool:
    if name in _LEFT_OUT:
        return False
    left, right = str(a.value).strip(), str(b.value).strip()
    if name in _COMPARE:
        one_basis = len(record.values("tnm_prefix")) < 2
        return _COMPARE[name](left, right) and (one_basis or name not in STAGE_FIELDS)
    return a.spec.kind is Kind.CHOICE and left != right


def _categories(a: str, b: str) -> bool:
    """A clinical and a pathological category may differ; T1 and T1c do not contradict each other."""
    left, right = _CATEGORY.fullmatch(a), _CATEGORY.fullmatch(b)
    if left is None or right is None or (left["basis"] or "").lower() != (right["basis"] or "").lower():
        return False
    one, two = (match["rest"].upper().lstrip("TNM") for match in (left, right))
    return not one.startswith(two) and not two.startswith(one)


def _stages(a: str, b: str) -> bool:
    left, right = stage_number(a), stage_number(b)
    return bool(left and right) and left != right


def _places(a: str, b: str) -> bool:
    return unrelated(tumour_in(a), tumour_in(b))


def _grades(a: str, b: str) -> bool:
    left, right = re.findall(r"\d", a), re.findall(r"\d", b)
    return bool(left and right) and left != right


def _site_codes(a: str, b: str) -> bool:
    """Another sub-site of one organ does not contradict."""
    return a[:3] != b[:3]


_COMPARE: dict[str, Callable[[str, str], bool]] = {
    **dict.fromkeys(("t", "n", "m"), _categories),
    "stage_group": _stages,
    "site": _places,
    "histology": _places,
    "grade": _grades,
    "site_code": _site_codes,
}
