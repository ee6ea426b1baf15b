"""Does the stage group that a record states follow from the T, N and M that it states?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..knowledge import sites
from ..record import Fact, Record
from .answer import StageAnswer
from .fitting import Query, verdict
from .reading import category, edition, group, shown
from .tables import AXES

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
    group does not follow. would_fit: single changes with which the groups that do not agree would, as (``t``, ``n``,
    ``m``, ``edition`` or a factor's name, the values that do). facts: every fact used.
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
    words = " ".join(dict.fromkeys(one.sentence for one in checks))
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
    facts["m"] = _stating(facts["m"]) or _clinical_m(based, basis, about, facts["t"] + facts["n"]) or facts["m"]
    groups = [f for f, b in based if f.field == "stage_group" and b in (None, basis) and f.about in (None, about)]
    categories = {name: _distinct(name, facts[name]) for name in AXES}
    place, histologies, prognostic, shared = _tumour(record)
    editions, edition_facts = _editions(record, [f for name in AXES for f in facts[name]])
    query = Query(place, editions, categories, {**prognostic, **({"basis": basis} if basis else {})}, histologies)
    answers = tuple(query.answers())
    stated = tuple(dict.fromkeys(g.name for f in groups if (g := group(str(f.value)))))
    verdicts = tuple((name, verdict((name,), answers)) for name in stated)
    consistent = _overall([said for _, said in verdicts])
    used = (*(f for name in AXES for f in facts[name]), *groups, *edition_facts, *shared)
    contradictions = tuple(name for name in AXES if len(categories[name]) > 1)
    contradictions += ("stage_group",) * (len(stated) > 1) + ("histology",) * (len(histologies) > 1)
    failing = tuple(name for name, said in verdicts if said is not True)
    fitting = query.would_fit(failing) if failing else ()
    sentence = _sentence(basis, verdicts, answers, contradictions, categories)
    return Staged(
        basis, about, categories["t"], categories["n"], categories["m"],
        stated, answers, verdicts, consistent, contradictions, fitting, tuple(dict.fromkeys(used)), sentence,
    )  # fmt: skip


def _facts_of(based: Based, name: str, basis: str | None, about: str | None) -> list[Fact]:
    return [f for f, b in based if f.field == name and b == basis and f.about == about]


def _stating(facts: list[Fact]) -> list[Fact]:
    """MX says that M is not known; where M is stated besides, that counts."""
    return [f for f in facts if (read := category("m", str(f.value))) is None or read.code != "X"]


def _clinical_m(based: Based, basis: str | None, about: str | None, near: list[Fact]) -> list[Fact]:
    """The clinical M that a pathological stage takes: SEER's public schemas know cM0, and no pM0, as its value.

    It is stated for the same tumour or case, or written with its c beside the T and N of the same document.
    """
    documents = {f.provenance.document for f in near}

    def counts(fact: Fact, own: str | None) -> bool:
        if fact.about in (None, about) and own in (None, "c", basis):
            return True
        quoted = category("m", fact.provenance.quote)
        beside = fact.about == "history" and fact.provenance.document in documents
        return beside and quoted is not None and quoted.prefix == "c"

    return _stating([f for f, own in based if f.field == "m" and counts(f, own)])


def _distinct(name: str, facts: Iterable[Fact]) -> tuple[str, ...]:
    """The categories stated, without prefix; what cannot be read stays as it stands."""
    reads = [(category(name, str(f.value)), str(f.value)) for f in facts]
    return tuple(dict.fromkeys(shown(name, read.code) if read else text for read, text in reads))


def _editions(record: Record, facts: list[Fact]) -> tuple[tuple[str, ...], tuple[Fact, ...]]:
    """The editions stated in the documents that state T, N and M; else those stated anywhere."""
    documents = {fact.provenance.document for fact in facts}
    near = tuple(f for f in record.all("edition") if f.provenance.document in documents)
    used = near or record.all("edition")
    return tuple(dict.fromkeys(number for f in used if (number := edition(str(f.value))))), used


def _tumour(record: Record) -> tuple[str, tuple[str, ...], dict[str, object], tuple[Fact, ...]]:
    """The site's name or code, the histologies stated, the factors that are stated once, and the facts they come from."""
    site_facts = _site_facts(record)
    histology_facts = _histology_facts(record)
    factors = [fact for name in _FACTORS if (fact := record.one(name))]
    prognostic: dict[str, object] = {fact.field: str(fact.value) for fact in factors}
    codes = (sites.histology(str(fact.value)) or "" for fact in histology_facts)
    return (
        str(site_facts[0].value) if site_facts else "",
        tuple(dict.fromkeys(codes)),
        prognostic,
        (*site_facts[:1], *histology_facts, *factors),
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
    """One fact for each histology that the first field with a readable one states."""
    for name in _CODED_HISTOLOGY:
        found = {code: fact for fact in record.all(name) if (code := sites.histology(str(fact.value)))}
        if found:
            return tuple(found.values())
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
    parts += ["More than one histology is stated."] * ("histology" in contradictions)
    parts += dict.fromkeys(answer.sentence for answer in answers)
    follows = "agrees" if all(answer.group for answer in answers) else "is among those that are possible"
    parts += [_verdict_sentence(stated, said, follows) for stated, said in verdicts]
    return f"{name.capitalize()} stage: " + " ".join(
        parts if verdicts else [*parts, "No stage group is stated with it."]
    )


def _verdict_sentence(stated: str, said: bool | None, follows: str) -> str:
    if said is None:
        return f"Whether the stated stage {stated} follows cannot be said."
    return f"The stated stage {stated} {follows if said else 'does not follow'}."
