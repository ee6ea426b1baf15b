"""The stage group that follows from T, N, M, the edition and what else the table asks for, or why it cannot be said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from types import MappingProxyType
from typing import Any, NamedTuple

from .answer import Reason, Row, StageAnswer
from .choosing import Choice, choose, known_from
from .grade_groups import with_score
from .reading import Category, category, edition, plain
from .tables import AXES, EDITIONS, Found, Table, find, order, value_for
from .wording import either, sentence, table_name, tnm

Texts = tuple[str, str, str]
NOTHING: Mapping[str, object] = MappingProxyType({})
_ALIASES = {
    "psa_ng_ml": "psa", "isup": "grade_group", "isup_grade": "grade_group", "gradegroup": "grade_group",
    "gg": "grade_group", "gleason_grade_group": "grade_group", "gleason_score": "gleason", "age_at_diagnosis": "age",
    "age_years": "age", "s": "serum_markers", "s_category": "serum_markers", "her2_ihc": "her2", "her_2": "her2",
    "er_status": "er", "pr_status": "pr", "her2_status": "her2", "nottingham_grade": "grade",
    "histologic_grade": "grade", "histological_grade": "grade", "tumor_grade": "grade", "tumour_grade": "grade",
    "tnm_prefix": "basis", "prefix": "basis", "morphology": "histology", "icd_o_3_histology": "histology",
    "histology_icd_o_3": "histology", "histological_type": "histology", "histologic_type": "histology",
}  # fmt: skip
_BASES = {
    "c": ("clinical", False), "p": ("pathological", False), "yc": ("clinical", True), "yp": ("pathological", True),
    "rc": ("clinical", False), "rp": ("pathological", False), "y": (None, True),
    "clinical": ("clinical", False), "pathological": ("pathological", False), "pathologic": ("pathological", False),
}  # fmt: skip
_UNSTATED = {"", "none", "null", "unknown", "not stated", "not known", "not available", "na", "n/a", "nos", "?"}
_CHOOSING = ("histology", "histology_code", "grade", "age", "p16", "basis")  # the facts that choose a table
_CHOOSES = frozenset(_CHOOSING)


def stage(
    site: object, edition: object, t: object, n: object, m: object, prognostic: Mapping[str, object] = NOTHING
) -> StageAnswer:
    """The stage group, or the groups that are possible and the named reason why no single one is.

    site: a name (``lung``), an OncoTree code or an ICD-O-3 topography (``C34.1``). edition: ``8``, ``AJCC 7th``, …
    t, n, m: categories with or without prefix (``cT2a``, ``pN1``, ``M0``); None or X when not known.
    prognostic: what else is stated, by name: ``histology`` (ICD-O-3 or words), ``age`` (years), ``psa`` (ng/mL),
    ``grade_group``, ``gleason``, ``grade``, ``er``, ``pr``, ``her2``, ``p16``, ``serum_markers``, ``mitotic_rate``,
    ``basis`` (c, p, yc, yp). T is never derived from a size. Total: no input raises.
    """
    facts = prognostic if type(prognostic) is dict or isinstance(prognostic, Mapping) else NOTHING
    try:
        return _answered(site, edition, t, n, m, facts)
    except TypeError:  # something that cannot be remembered by is read by its text
        texts = {_text(key): _text(value) for key, value in facts.items()}
        return _answered(_text(site), _text(edition), _text(t), _text(n), _text(m), texts)


def _answered(
    site: object, edition: object, t: object, n: object, m: object, given: Mapping[Any, object]
) -> StageAnswer:
    facts = _named(given) if given else {}
    choosing = () if _CHOOSES.isdisjoint(facts) else tuple((key, facts[key]) for key in _CHOOSING if key in facts)
    asked = _question(site, edition, t, n, m, choosing)
    return _any_edition(asked, facts) if isinstance(asked, tuple) else _in_edition(asked, facts)


def _text(value: object) -> str | None:
    """The text of what was given; a whole number without its point."""
    try:
        if type(value) is float and value.is_integer():
            return str(int(value))
        return None if value is None else str(value)
    except Exception:  # noqa: BLE001 (an object whose own text fails, in whatever way, says nothing)
        return None


def _named(given: Mapping[Any, object]) -> dict[str, str]:
    facts = dict([_fact(key, value) for key, value in given.items()])
    if "gleason" in facts:
        facts["grade_group"] = with_score(facts.get("grade_group", ""), facts["gleason"])
    facts.pop("", None)
    return facts


@lru_cache(maxsize=65536, typed=True)
def _fact(key: object, value: object) -> tuple[str, str]:
    """A factor's name and plain text; both empty where nothing is stated. typed: 1 and True are equal and say different things."""
    text = plain(_text(value))
    joined = re.sub(r"[^a-z0-9]+", "_", plain(_text(key))).strip("_")
    return ("", "") if text in _UNSTATED else (_ALIASES.get(joined, joined), text)


@lru_cache(maxsize=65536, typed=True)
def _question(
    site: object, edition_text: object, t: object, n: object, m: object, choosing: tuple[tuple[str, str], ...]
) -> Asked | StageAnswer | tuple[Asked | StageAnswer, ...]:
    """The question as read, or the answer that refuses it; with the edition unknown, one for each edition."""
    place, written = plain(_text(site)), edition(plain(_text(edition_text)))
    texts = plain(_text(t)), plain(_text(n)), plain(_text(m))
    if written is None:
        return tuple(_asked(place, number, texts, choosing) for number in EDITIONS)
    return _asked(place, written, texts, choosing)


def _any_edition(asked: tuple[Asked | StageAnswer, ...], facts: Mapping[str, str]) -> StageAnswer:
    answers = tuple(_in_edition(one, facts) for one in asked)
    between = tuple(sorted({group for answer in answers for group in answer.possible}, key=order))
    would = "; ".join(f"edition {a.edition}: {_brief(a)}" for a in answers)
    words = f"The edition is not stated, so no group is given. {would[0].upper()}{would[1:]}."
    return StageAnswer(
        Reason.EDITION_UNKNOWN, words, possible=between, complete=False, missing=("edition",), by_edition=answers
    )


def _brief(answer: StageAnswer) -> str:
    return f"stage {either(answer.possible)}" if answer.possible else f"cannot ({answer.reason})"


def _in_edition(asked: Asked | StageAnswer, facts: Mapping[str, str]) -> StageAnswer:
    if isinstance(asked, StageAnswer):
        return asked
    stated = [_value(table, i, facts.get(name, said)) for table, i, name, said in asked.wanted]
    return _from_tables(asked, tuple(stated))


class Wanted(NamedTuple):
    """A factor that a table asks for: which of its factors, by what name, and what the site's own name says of it."""

    table: Table
    position: int
    name: str
    said: object


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A question read: which tables, which codes of T, N and M, and whether it is about a clinical stage.

    wanted: the factors of all tables, one after the other. Compared by identity: ``_asked`` remembers its answers.
    """

    choice: Choice
    number: str
    codes: tuple[str, ...]
    clinical: bool
    wanted: tuple[Wanted, ...]


def _asked(site: str, number: str, texts: Texts, choosing: tuple[tuple[str, str], ...]) -> Asked | StageAnswer:
    """The question as read, or the answer that refuses it."""
    read: dict[str, Category] = {}
    for axis, text in zip(AXES, texts, strict=True):
        found = category(axis, text)
        if found is None:
            return _refusal(axis, text, number)
        read[axis] = found
    facts = dict(choosing)
    basis, treated = _basis(read, facts)
    choice = choose(site, number, known_from(facts, basis, treated))
    if not choice.tables:
        return StageAnswer(choice.why, choice.sentence, missing=choice.missing, edition=number)
    return Asked(choice, number, tuple(read[axis].code for axis in AXES), basis == "clinical", _wanted_by(choice))


def _basis(categories: Mapping[str, Category], facts: Mapping[str, str]) -> tuple[str | None, bool]:
    """Clinical or pathological, and whether after treatment: as stated, else by the prefixes of T and N.

    A prefix of M does not count: cM0 belongs to a pathological stage too.
    """
    if stated := _BASES.get(facts.get("basis", "")):
        return stated
    found = {_BASES[p] for axis in ("t", "n") if (p := categories[axis].prefix) in _BASES}
    return found.pop() if len(found) == 1 else (None, any(treated for _, treated in found))


def _wanted_by(choice: Choice) -> tuple[Wanted, ...]:
    said = {**dict(choice.facts), "topography": choice.topography}
    return tuple(
        Wanted(table, i, factor, said.get(factor)) for table in choice.tables for i, factor in enumerate(table.factors)
    )


@lru_cache(maxsize=65536)
def _value(table: Table, position: int, raw: object) -> tuple[str, ...]:
    return value_for(table.factors[position], table.values[3 + position], raw)


@lru_cache(maxsize=65536)
def _from_tables(asked: Asked, values: tuple[tuple[str, ...], ...]) -> StageAnswer:
    """values: for each factor wanted, the values of its table that it can have."""
    choice, codes, number, rest = asked.choice, asked.codes, asked.number, iter(values)
    founds: list[tuple[Table, Found]] = []
    absent: set[int] = set()
    for table in choice.tables:
        factors = tuple(islice(rest, len(table.factors)))
        leaves = tuple(_leaves(table, codes, axis, asked.clinical, factors) for axis in range(3))
        absent |= {axis for axis in range(3) if not leaves[axis]}
        founds.append((table, find(table, (*leaves, *factors))))
    if any(found.groups or found.unverified for _, found in founds):
        return _answer(choice, number, codes, founds)
    reason = Reason[f"{AXES[min(absent)].upper()}_NOT_IN_TABLE"] if absent else Reason.NO_SUCH_COMBINATION
    where = f"in the {table_name(choice, number)}"
    return StageAnswer(reason, f"{tnm(codes)}: {reason.removesuffix(' in the table')} {where}.", edition=number)


def _leaves(
    table: Table, codes: tuple[str, ...], axis: int, clinical: bool, factors: tuple[tuple[str, ...], ...]
) -> tuple[str, ...]:
    """TX counts as itself where the table has a row for it with this N and M (occult carcinoma), else as any T."""
    if codes[axis] == "X" and axis == 0 and "X" in table.values[0]:
        others = tuple(table.leaves(i, codes[i], clinical) for i in (1, 2))
        if codes[1] not in "X?" and codes[2] not in "X?" and find(table, (("X",), *others, *factors)).groups:
            return ("X",)
    return table.leaves(axis, codes[axis], clinical)


def _answer(choice: Choice, number: str, codes: tuple[str, ...], founds: list[tuple[Table, Found]]) -> StageAnswer:
    groups = tuple(sorted({g for _, found in founds for g in found.groups}, key=order))
    unverified = any(found.unverified for _, found in founds)
    table = founds[0][0]
    single = len(groups) == 1 and not unverified
    missing = () if single else _missing(choice, founds)
    reason = Reason.DETERMINED if single else _reason(choice, codes, missing, unverified)
    return StageAnswer(
        reason,
        sentence(choice, number, codes, groups, reason, missing, table, unverified),
        group=groups[0] if single else None,
        possible=groups,
        complete=not unverified,
        missing=missing,
        rows=tuple(Row(t.id, row, g) for t, found in founds for row, g in found.rows),
        table=table.id,
        edition=number,
        verification=table.label,
    )


def _missing(choice: Choice, founds: list[tuple[Table, Found]]) -> tuple[str, ...]:
    names = [(*AXES, *table.factors)[i] for table, found in founds for i in found.undecided]
    differ = len({found.groups for _, found in founds}) > 1
    return tuple(dict.fromkeys((*names, *(choice.missing if differ else ()))))


def _reason(choice: Choice, codes: tuple[str, ...], missing: tuple[str, ...], unverified: bool) -> Reason:
    """The first of what is missing names the reason; cells that are not verified do where nothing more could decide."""
    if unverified and not missing:
        return Reason.TABLE_UNVERIFIED
    for axis, code in zip(AXES, codes, strict=True):
        if axis in missing and code in "X?":
            return Reason[f"{axis.upper()}_UNKNOWN"]
    if any(name not in (*AXES, *choice.missing) for name in missing):
        return Reason.FACTOR_MISSING
    for axis in AXES:
        if axis in missing:
            return Reason[f"{axis.upper()}_SUBCATEGORY_MISSING"]
    return choice.why if choice.why is not Reason.DETERMINED else Reason.NO_SUCH_COMBINATION


def _refusal(axis: str, text: str, number: str) -> StageAnswer:
    reason = Reason[f"{axis.upper()}_UNREADABLE"]
    words = f"{text[:40]!r} cannot be read as one {axis.upper()} category."
    return StageAnswer(reason, words, missing=(axis,), edition=number)
