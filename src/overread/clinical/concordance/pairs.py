"""One value of the first opinion against one of the second: which rule grades them."""

from __future__ import annotations

from collections.abc import Callable

from ..knowledge import load
from ..knowledge.grade_groups import grade_groups
from ..knowledge.sites import histology as morphology
from ..record import FIELDS, PRESENCE, RESULT, Code, Domain, FieldSpec, Icdo3Topography, Kind, OncoTree, Value
from .grades import Direction, Verdict, verdict
from .readings import (
    LONGEST,
    Behaviour,
    behaviour,
    category_parts,
    first_pattern,
    gleason_sum,
    grade_step,
    grade_tier,
    stage_parts,
    words,
)

Grader = Callable[[Value, Value], Verdict]


def grade_pair(field: str, first: Value, second: Value) -> Verdict:
    """The verdict on two values of one field that are not the same as a reader reads them."""
    if _systems_differ(first, second):
        return verdict("not_comparable")
    return _grader(FIELDS[field])(first, second)


def _systems_differ(first: Value, second: Value) -> bool:
    codes = isinstance(first, Code), isinstance(second, Code)
    return any(codes) and type(first) is not type(second)


def _grader(spec: FieldSpec) -> Grader:
    if spec.name in _BY_FIELD:
        return _BY_FIELD[spec.name]
    if spec.choices in (RESULT, PRESENCE):
        return _marker if spec.choices == RESULT else _presence
    return _number if spec.kind is Kind.NUMBER else _words


# diagnosis


def _tumour(first: Value, second: Value) -> Verdict:
    a, b = behaviour(first), behaviour(second)
    if a is b and _one_morphology(first, second):
        return verdict("same")
    if a is None or b is None or a is b:
        return verdict("histology_variant" if _one_kind(first, second) else "histology_family")
    return _behaviours(a, b)


def _one_morphology(first: Value, second: Value) -> bool:
    """Two names of one ICD-O-3 morphology, such as ductal and infiltrating duct carcinoma."""
    if not (isinstance(first, str) and isinstance(second, str)):
        return False
    number = morphology(first[:LONGEST])
    return number is not None and number == morphology(second[:LONGEST])


def _behaviours(a: Behaviour, b: Behaviour) -> Verdict:
    if {a, b} == {Behaviour.BENIGN, Behaviour.MALIGNANT}:
        return verdict("behaviour", Direction.BENIGN_TO_MALIGNANT if b > a else Direction.MALIGNANT_TO_BENIGN)
    if Behaviour.UNCERTAIN in (a, b):
        return verdict("uncertain_behaviour")
    if Behaviour.BENIGN in (a, b):  # benign against in situ
        return verdict("behaviour")
    return verdict("invasion", Direction.TO_INVASIVE if b > a else Direction.TO_IN_SITU)


def _one_kind(first: Value, second: Value) -> bool:
    """Morphologies that share their first three digits, types of which OncoTree places one under the other, or names of
    which one says all that the other says."""
    if isinstance(first, OncoTree) and isinstance(second, OncoTree):
        return first.value in _line(second.value) or second.value in _line(first.value)
    if isinstance(first, Code):
        return str(first)[:3] == str(second)[:3]
    a, b = words(first), words(second)
    return a <= b or b <= a


_PARENTS: dict[str, str | None] = {code: parent for code, _, parent in load("value_sets", "tumour_types").rows}


def _line(code: str) -> tuple[str, ...]:
    """The type and everything above it up to, and without, the organ; an organ alone says too little to agree with."""
    parent = _PARENTS.get(code)
    return (code, *_line(parent)) if parent else ()


def _site(first: Value, second: Value) -> Verdict:
    if isinstance(first, Code):
        return verdict("site_part" if isinstance(first, Icdo3Topography) and _organ(first, second) else "site_organ")
    a, b = words(first), words(second)
    return verdict("site_part" if a <= b or b <= a else "site_organ")


def _organ(first: Value, second: Value) -> bool:
    return str(first)[:3] == str(second)[:3]


def _side(_first: Value, _second: Value) -> Verdict:
    return verdict("side")


def _grade(first: Value, second: Value) -> Verdict:
    tiers = grade_tier(first), grade_tier(second)
    if None not in tiers and tiers[0] != tiers[1]:
        return verdict("grade_far", Direction.HIGHER_GRADE if tiers[1] == "high" else Direction.LOWER_GRADE)
    return _steps(grade_step(first), grade_step(second))


def _gleason(first: Value, second: Value) -> Verdict:
    """By grade group: 3+4 and 4+3 are two groups of one score. A score of 7 alone may be either, and is not counted."""
    a, b = _groups(first), _groups(second)
    if len(a) == 1 and a == b and gleason_sum(first) == gleason_sum(second) and _patterns_agree(first, second):
        return verdict("same")
    return _steps(*(group[0] if len(group) == 1 else None for group in (a, b)))


def _patterns_agree(first: Value, second: Value) -> bool:
    """A score without its patterns agrees with every pair that makes it."""
    a, b = first_pattern(first), first_pattern(second)
    return a == b or a is None or b is None


def _groups(value: Value) -> tuple[int, ...]:
    return grade_groups(gleason_sum(value), first_pattern(value))


def _steps(a: int | None, b: int | None) -> Verdict:
    if a is None or b is None:
        return verdict("grade_words")
    if a == b:  # "well differentiated" against "G1", Gleason 9 against 10
        return verdict("grade_words")
    direction = Direction.HIGHER_GRADE if b > a else Direction.LOWER_GRADE
    return verdict("grade_step" if abs(a - b) == 1 else "grade_far", direction)


# stage


def _stage_group(first: Value, second: Value) -> Verdict:
    a, b = stage_parts(first), stage_parts(second)
    if a is None or b is None:
        return verdict("stage_group")
    if a == b:
        return verdict("same")
    # "III" against "IIIA" says less, not something else.
    known = (a[1] and b[1]) or a[0] != b[0]
    direction = (Direction.UPSTAGED if b > a else Direction.DOWNSTAGED) if known else None
    return verdict("stage_group" if a[0] != b[0] else "stage_subgroup", direction)


def _category(turning: str) -> Grader:
    """T, N or M; ``turning`` is the rule for a change between none (0) and some."""

    def grade(first: Value, second: Value) -> Verdict:
        a, b = category_parts(first), category_parts(second)
        if a is None or b is None:
            return verdict("unsure")
        if a == b:
            return verdict("same")
        direction = None if a[0] == b[0] else Direction.UPSTAGED if b > a else Direction.DOWNSTAGED
        return verdict(turning if (a[0] == 0) != (b[0] == 0) else "category", direction)

    return grade


# findings and biomarkers


def _marker(first: Value, second: Value) -> Verdict:
    if "equivocal" in (first, second):
        return verdict("marker_equivocal")
    return verdict("marker_status", Direction.TO_POSITIVE if second == "positive" else Direction.TO_NEGATIVE)


def _presence(first: Value, second: Value) -> Verdict:
    return verdict("unsure" if "indeterminate" in (first, second) else "presence")


def _margin(first: Value, second: Value) -> Verdict:
    return verdict("unsure" if "indeterminate" in (first, second) else "margin_status")


def _number(_first: Value, _second: Value) -> Verdict:
    return verdict("number")


def _nodes(first: Value, second: Value) -> Verdict:
    return verdict("nodes_counted" if 0 in (first, second) else "number")


def _words(first: Value, second: Value) -> Verdict:
    a, b = behaviour(first), behaviour(second)
    turned = a is not None and b is not None and {a, b} == {Behaviour.BENIGN, Behaviour.MALIGNANT}
    return _behaviours(a, b) if turned and a is not None and b is not None else verdict("words")


_BY_FIELD: dict[str, Grader] = {
    "cancer": _tumour,
    "oncotree": _tumour,
    "histology": _tumour,
    "histology_code": _tumour,
    "site": _site,
    "site_code": _site,
    "laterality": _side,
    "grade": _grade,
    "grade_group": _grade,
    "gleason": _gleason,
    "stage_group": _stage_group,
    "t": _category("category"),
    "n": _category("nodes_involved"),
    "m": _category("distant_spread"),
    "margin": _margin,
    "nodes_positive": _nodes,
}

# Fields that say how or where the rest was found; they are context for other rows and not compared themselves.
CONTEXT = frozenset({"edition", "tnm_prefix", "protocol", "ambiguity", "nodes_examined", "treatment_proposed"})
DIAGNOSIS = frozenset(
    {"cancer", "oncotree", "site", "site_code", "laterality", "histology", "histology_code"}
    | {"grade", "grade_group", "gleason"}
)
COMPARED_DOMAINS = frozenset({Domain.PATHOLOGY, Domain.MOLECULAR, Domain.IMAGING, Domain.STAGE})
