"""Does the stage group that a record states follow from the T, N and M that it states?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from ..knowledge import sites
from ..record import Fact, Record
from .answer import StageAnswer
from .reading import category, edition, fits, group, shown
from .stage import stage
from .tables import AXES, EDITIONS, TABLES

_FACTORS = ("age", "psa", "grade_group", "gleason", "grade", "er", "pr", "her2", "p16")
_CODED_SITE = ("site_code", "oncotree", "site", "cancer")
_CODED_HISTOLOGY = ("histology_code", "histology", "cancer")
_BASIS_NAMES = {
    "c": "clinical",
    "p": "pathological",
    "yc": "clinical after treatment",
    "yp": "pathological after treatment",
}


@dataclass(frozen=True, slots=True)
class Staged:
    """One stage of the record: all that is stated with one basis (c, p, yc, yp) about one tumour.

    t, n, m: the categories stated; more than one where sources contradict each other (all are kept).
    stated: the groups stated. answers: what the tables give for each combination of what is stated.
    verdicts: for each stated group, True, False, or None where it cannot be said. consistent: False as soon as one stated
    group does not follow. would_fit: single changes with which the groups that do not agree would, as (``t``, ``n``, ``m``
    or ``edition``, the values that do). facts: every fact used.
    """

    basis: str | None
    about: str | None
    t: tuple[str, ...]
    n: tuple[str, ...]
    m: tuple[str, ...]
    stated: tuple[str, ...]
    answers: tuple[StageAnswer, ...]
    verdicts: tuple[tuple[str, bool | None], ...]
    consistent: bool | None
    contradictions: tuple[str, ...]
    would_fit: tuple[tuple[str, tuple[str, ...]], ...]
    facts: tuple[Fact, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class StageCheck:
    """One check for each basis and tumour; ``consistent`` is False as soon as one of them is."""

    checks: tuple[Staged, ...]
    consistent: bool | None
    sentence: str


def check(record: Record) -> StageCheck:
    """Compares stated T, N, M and stage group, one basis (c, p, yc, yp) and one tumour at a time."""
    based = _with_basis(record)
    keys = dict.fromkeys((basis, fact.about) for fact, basis in based if fact.field in ("t", "n"))
    checks = tuple(_check(record, based, basis, about) for basis, about in keys)
    verdicts = [one.consistent for one in checks]
    overall = _overall(verdicts)
    words = " ".join(one.sentence for one in checks)
    return StageCheck(checks, overall, words or "The record states no T and no N category.")


def _overall(verdicts: list[bool | None]) -> bool | None:
    if False in verdicts:
        return False
    return None if None in verdicts or not verdicts else True


Based = list[tuple[Fact, str | None]]


def _with_basis(record: Record) -> Based:
    """Every T, N, M and group with its basis: its own prefix, else the only one that its document uses."""
    facts = [fact for name in (*AXES, "stage_group") for fact in record.all(name)]
    return [(fact, _own_prefix(fact) or _document_prefix(record, facts, fact)) for fact in facts]


def _own_prefix(fact: Fact) -> str | None:
    read = group(str(fact.value)) if fact.field == "stage_group" else category(fact.field, str(fact.value))
    return read.prefix if read else None


def _document_prefix(record: Record, facts: list[Fact], fact: Fact) -> str | None:
    """The prefix stated with the same element of a coded document, else the only one in the whole document."""
    document, path = fact.provenance.document, fact.provenance.path
    prefixes = [f for f in record.all("tnm_prefix") if f.provenance.document == document]
    near = {str(f.value) for f in prefixes if path and f.provenance.path == path}
    stated = near or {str(f.value) for f in prefixes}
    used = stated or {
        p for f in facts if f.provenance.document == document and f.field in ("t", "n") and (p := _own_prefix(f))
    }
    return used.pop() if len(used) == 1 else None


def _check(record: Record, based: Based, basis: str | None, about: str | None) -> Staged:
    facts = {name: _facts_of(based, name, basis, about) for name in AXES}
    if not facts["m"]:  # cM0 belongs to a pathological stage too
        facts["m"] = [f for f, b in based if f.field == "m" and f.about in (None, about) and b in (None, "c", basis)]
    groups = [f for f, b in based if f.field == "stage_group" and b in (None, basis) and f.about in (None, about)]
    categories = {name: _distinct(name, facts[name]) for name in AXES}
    place, prognostic, shared = _tumour(record)
    editions, edition_facts = _editions(record, [f for name in AXES for f in facts[name]])
    query = _Query(place, editions, categories, {**prognostic, **({"basis": basis} if basis else {})})
    answers = tuple(query.answers())
    stated = tuple(dict.fromkeys(g.name for f in groups if (g := group(str(f.value)))))
    verdicts = tuple((name, _verdict((name,), answers)) for name in stated)
    consistent = _overall([verdict for _, verdict in verdicts])
    used = (*(f for name in AXES for f in facts[name]), *groups, *edition_facts, *shared)
    contradictions = tuple(name for name in AXES if len(categories[name]) > 1)
    contradictions += ("stage_group",) * (len(stated) > 1)
    failing = tuple(name for name, verdict in verdicts if verdict is not True)
    would_fit = tuple(query.would_fit(failing)) if failing else ()
    sentence = _sentence(basis, verdicts, answers, contradictions, categories)
    return Staged(
        basis, about, categories["t"], categories["n"], categories["m"],
        stated, answers, verdicts, consistent, contradictions, would_fit, tuple(dict.fromkeys(used)), sentence,
    )  # fmt: skip


def _facts_of(based: Based, name: str, basis: str | None, about: str | None) -> list[Fact]:
    return [f for f, b in based if f.field == name and b == basis and f.about == about]


def _distinct(name: str, facts: Iterable[Fact]) -> tuple[str, ...]:
    """The categories stated, without prefix; what cannot be read stays as it stands."""
    reads = [(category(name, str(f.value)), str(f.value)) for f in facts]
    return tuple(dict.fromkeys(shown(name, read.code) if read else text for read, text in reads))


@dataclass(frozen=True)
class _Query:
    """What one check asks the tables."""

    site: str
    editions: tuple[str, ...]
    categories: dict[str, tuple[str, ...]]
    prognostic: dict[str, object]

    def answers(self) -> Iterator[StageAnswer]:
        """One answer for each edition and each combination of what is stated."""
        columns = (self.categories[axis] or (None,) for axis in AXES)
        for number, t, n, m in product(self.editions or (None,), *columns):
            yield stage(self.site, number, t, n, m, self.prognostic)

    def would_fit(self, stated: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
        for position, axis in enumerate(AXES):
            values = [v for v in self._known(position) if v not in self.categories[axis]]
            if fitting := tuple(v for v in values if _verdict(stated, self._with(axis, v)) is True):
                yield axis, fitting
        others = [number for number in EDITIONS if number not in self.editions]
        if fitting := tuple(e for e in others if _verdict(stated, self._in_edition(e)) is True):
            yield "edition", fitting

    def _known(self, position: int) -> list[str]:
        tables = {a.table for a in self.answers() if a.table}
        values = {v for table in tables for v in TABLES[table].values[position] if v != "X"}
        return [shown(AXES[position], v) for v in sorted(values)]

    def _with(self, axis: str, value: str) -> tuple[StageAnswer, ...]:
        changed = {**self.categories, axis: (value,)}
        return tuple(_Query(self.site, self.editions, changed, self.prognostic).answers())

    def _in_edition(self, number: str) -> tuple[StageAnswer, ...]:
        return tuple(_Query(self.site, (number,), self.categories, self.prognostic).answers())


def _verdict(stated: tuple[str, ...], answers: tuple[StageAnswer, ...]) -> bool | None:
    """True or False only when every stated group and every reading of T, N, M and edition says the same."""
    verdicts = {agrees(name, answer) for name in stated for answer in answers}
    return verdicts.pop() if len(verdicts) == 1 else None


def agrees(stated: str, answer: StageAnswer) -> bool | None:
    """Whether a stated group is among what an answer allows; None where the answer does not say enough."""
    found = {fits(stated, possible) for possible in answer.possible}
    if True in found:
        return True
    return None if not found or None in found or not answer.complete else False


def _editions(record: Record, facts: list[Fact]) -> tuple[tuple[str, ...], tuple[Fact, ...]]:
    """The editions stated in the documents that state T, N and M; else those stated anywhere."""
    documents = {fact.provenance.document for fact in facts}
    near = tuple(f for f in record.all("edition") if f.provenance.document in documents)
    used = near or record.all("edition")
    return tuple(dict.fromkeys(number for f in used if (number := edition(str(f.value))))), used


def _tumour(record: Record) -> tuple[str, dict[str, object], tuple[Fact, ...]]:
    """The site's name or code, the prognostic facts that are stated once, and the facts they come from."""
    site_facts = _site_facts(record)
    histology_facts = _histology_facts(record)
    factors = [fact for name in _FACTORS if (fact := record.one(name))]
    prognostic: dict[str, object] = {fact.field: str(fact.value) for fact in factors}
    if histology_facts:
        prognostic["histology"] = sites.histology(str(histology_facts[0].value))
    return (
        str(site_facts[0].value) if site_facts else "",
        prognostic,
        (*site_facts[:1], *histology_facts[:1], *factors),
    )


def _site_facts(record: Record) -> tuple[Fact, ...]:
    """The facts of the first field that names a site known here; none when they name different organs."""
    for name in _CODED_SITE:
        found = [(fact, place) for fact in record.all(name) if (place := sites.site(str(fact.value)))]
        if found:
            organs = {place.topography[:3] for _, place in found}
            return tuple(fact for fact, _ in found) if len(organs) == 1 else ()
    return ()


def _histology_facts(record: Record) -> tuple[Fact, ...]:
    for name in _CODED_HISTOLOGY:
        found = [(fact, code) for fact in record.all(name) if (code := sites.histology(str(fact.value)))]
        if found:
            return tuple(fact for fact, _ in found) if len({code for _, code in found}) == 1 else ()
    return ()


# --- words


def _sentence(
    basis: str | None,
    verdicts: tuple[tuple[str, bool | None], ...],
    answers: tuple[StageAnswer, ...],
    contradictions: tuple[str, ...],
    categories: dict[str, tuple[str, ...]],
) -> str:
    name = _BASIS_NAMES.get(basis or "", "stated")
    parts = [
        f"{axis.upper()} is stated as {' and as '.join(categories[axis])}." for axis in AXES if axis in contradictions
    ]
    parts += [answer.sentence for answer in answers]
    follows = "agrees" if all(answer.group for answer in answers) else "is among those that are possible"
    parts += [_verdict_sentence(stated, verdict, follows) for stated, verdict in verdicts]
    return f"{name.capitalize()} stage: " + " ".join(
        parts if verdicts else [*parts, "No stage group is stated with it."]
    )


def _verdict_sentence(stated: str, verdict: bool | None, follows: str) -> str:
    if verdict is None:
        return f"Whether the stated stage {stated} follows cannot be said."
    return f"The stated stage {stated} {follows if verdict else 'does not follow'}."
