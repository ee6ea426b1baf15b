"""Does a stated stage group follow from what is stated beside it, and if not, which single other values would do?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

from .answer import Reason, StageAnswer
from .reading import category, edition, fits, shown
from .stage import NOTHING, stage
from .tables import AXES, EDITIONS, TABLES

Fitting = tuple[str, tuple[str, ...]]


def agrees(stated: str, answer: StageAnswer) -> bool | None:
    """Whether a stated group is among what an answer allows; None where the answer does not say enough.

    True with one group possible: it follows. True with several: nothing that is stated speaks against it.
    """
    if answer.reason is Reason.EDITION_UNKNOWN:
        return None
    found = {fits(stated, possible) for possible in answer.possible}
    if True in found:
        return True
    return None if not found or None in found or not answer.complete else False


def verdict(stated: tuple[str, ...], answers: tuple[StageAnswer, ...]) -> bool | None:
    """True or False only when every stated group and every reading of T, N, M and edition says the same."""
    verdicts = {agrees(name, answer) for name in stated for answer in answers}
    return verdicts.pop() if len(verdicts) == 1 else None


def would_fit(
    stated: str,
    site: object,
    written: object,
    t: object,
    n: object,
    m: object,
    prognostic: Mapping[str, object] = NOTHING,
) -> tuple[Fitting, ...]:
    """Single changes with which the stated group would agree, as (``t``, ``n``, ``m``, ``edition`` or a factor, values).

    stated: a group in Roman, as ``group`` reads it; the rest as for ``stage``.
    """
    number = edition(written)
    categories: dict[str, tuple[str, ...]] = {
        axis: (str(value),) if value is not None else () for axis, value in zip(AXES, (t, n, m), strict=True)
    }
    query = Query(str(site), (number,) if number else (), categories, dict(prognostic))
    return query.would_fit((stated,))


@dataclass(frozen=True)
class Query:
    """What one check asks the tables: every edition, category and histology that is stated, contradictions included."""

    site: str
    editions: tuple[str, ...]
    categories: dict[str, tuple[str, ...]]
    prognostic: dict[str, object]
    histologies: tuple[str, ...] = ()

    def answers(self) -> Iterator[StageAnswer]:
        """One answer for each edition and each combination of what is stated."""
        columns = (self.categories[axis] or (None,) for axis in AXES)
        for number, histology, t, n, m in product(self.editions or (None,), self.histologies or (None,), *columns):
            factors = self.prognostic if histology is None else {**self.prognostic, "histology": histology}
            yield stage(self.site, number, t, n, m, factors)

    def would_fit(self, stated: tuple[str, ...]) -> tuple[Fitting, ...]:
        """Every axis, factor and edition with the values that, put alone in its place, make the stated groups agree."""
        fitting: dict[str, list[str]] = {}
        for name, value, changed in self._changes():
            if verdict(stated, tuple(changed.answers())) is True:
                fitting.setdefault(name, []).append(value)
        return tuple((name, tuple(values)) for name, values in fitting.items())

    def _changes(self) -> Iterator[tuple[str, str, Query]]:
        """Each single change: what is changed, to what, and the question then."""
        tables = [TABLES[name] for name in dict.fromkeys(a.table for a in self.answers() if a.table)]
        for position, axis in enumerate(AXES):
            codes = sorted({v for table in tables for v in table.values[position] if v != "X"})
            others = (value for code in codes if (value := shown(axis, code)) not in self._read(axis))
            yield from ((axis, value, self._with(axis, value)) for value in others)
        for factor in dict.fromkeys(f for table in tables for f in table.factors if f != "topography"):
            values = sorted({v for table in tables if factor in table.factors for v in table.of(factor)})
            yield from ((factor, value, self._having(factor, value)) for value in values)
        yield from (("edition", e, replace(self, editions=(e,))) for e in EDITIONS if e not in self.editions)

    def _read(self, axis: str) -> set[str]:
        reads = (category(axis, text) for text in self.categories[axis])
        return {shown(axis, read.code) for read in reads if read}

    def _with(self, axis: str, value: str) -> Query:
        return replace(self, categories={**self.categories, axis: (value,)})

    def _having(self, factor: str, value: str) -> Query:
        others = {name: said for name, said in self.prognostic.items() if factor != "grade_group" or name != "gleason"}
        return replace(self, prognostic={**others, factor: value})
