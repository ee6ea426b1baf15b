"""The facts of one subject as the rows of a table: each fact once, with every place where it stands. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from overread.clinical.record import FIELDS, SOURCE_DAYS, Domain, Fact, Kind
from overread.workflow.facts.queries import SeenFact

from ..templatetags.wording import concerning, in_words
from .days import of_documents
from .things import OF_TREATMENTS, SIZES, Thing, is_of_lesion, is_part, place, things
from .titles import titles

# In the order in which a physician reads a record.
KINDS: dict[str, str] = {
    Domain.PATHOLOGY: "Diagnosis",
    Domain.STAGE: "Stage",
    Domain.IMAGING: "Imaging",
    Domain.MOLECULAR: "Molecular",
    Domain.PLAN: "Treatment",
    Domain.CLINICAL: "Person",
    "report_date": "Document",
}
_FIRST = ("cancer", "histology", "site", "laterality", "grade", "tumor_size", "stage_group", "t", "n", "m")
_RANKS = {name: rank for rank, name in enumerate(dict.fromkeys((*_FIRST, *FIELDS)))}
_ASIDE = ("history", "other")
_OF_SCANS = ("study", "study_date", "modality")
_BY_TABLE = ("treatment_modality", "treatment_reversibility")
_DAYS_THEMSELVES = (*SOURCE_DAYS, "birth_date", "treatment_ended")


@dataclass(frozen=True, slots=True)
class Source:
    """One place where the fact stands. what: which part of the row it says, where the row has several. title: its document."""

    seen: SeenFact
    what: str
    title: str


@dataclass(frozen=True, slots=True)
class Row:
    """more: what else is said of a lesion or treatment. known: what the table of treatments adds to a name.

    coded: a code, which says the same as the words beside it.
    """

    kind: str
    label: str
    value: str
    more: tuple[str, ...]
    known: tuple[str, ...]
    days: tuple[str, ...]
    sources: tuple[Source, ...]
    coded: bool

    @property
    def sorted_by(self) -> str:
        return self.days[0] if self.days else ""


def rows(facts: Sequence[SeenFact]) -> list[Row]:
    """What the viewer may see, and nothing else, decides what stands together."""
    named_documents, document_days = titles(facts), of_documents(facts)
    groups = [*_alike((seen for seen in facts if not is_part(seen)), document_days), *things(facts)]
    dated = [(group, tuple(sorted({day for s in group if (day := _day(s, document_days))}))) for group in groups]
    dated.sort(key=lambda found: _order(*found))
    return [_row(group, days, named_documents) for group, days in dated]


def _alike(facts: Iterable[SeenFact], documents: dict[str, str]) -> list[Thing]:
    """Facts that say the same of the same thing, whenever they say it; scans of two days stay two."""
    groups: dict[object, list[SeenFact]] = {}
    for seen in facts:
        day = _day(seen, documents) if seen.fact.field in _OF_SCANS else None
        groups.setdefault((seen.fact.field, _subject(seen), seen.fact.text.casefold(), day), []).append(seen)
    return [tuple(group) for group in groups.values()]


def _subject(seen: SeenFact) -> object:
    """``specimen:A`` of two documents need not be one specimen. A scan is told by its day, not by its number."""
    fact = seen.fact
    if fact.field in _OF_SCANS:
        return None
    return fact.about if fact.about is None or fact.about in _ASIDE else (fact.provenance.document, fact.about)


def _day(seen: SeenFact, documents: dict[str, str]) -> str | None:
    """Its own, else its document's. What is a day itself needs none beside it."""
    if seen.fact.field in _DAYS_THEMSELVES:
        return None
    return seen.fact.on or documents.get(seen.fact.provenance.document)


def _order(group: Thing, days: tuple[str, ...]) -> tuple[object, ...]:
    lead = _lead(group).fact
    aside = lead.about in _ASIDE
    return (
        list(KINDS.values()).index(_kind(lead)),
        _RANKS[lead.field],
        aside,
        days[0] if days else "",
        group[0].row.order,
    )


def _row(group: Thing, days: tuple[str, ...], named_documents: dict[int, str]) -> Row:
    lead = _lead(group)
    several = len({seen.fact.field for seen in group}) > 1
    sources = tuple(
        Source(seen, seen.fact.spec.label if several else "", named_documents.get(seen.row.file_id or 0, ""))
        for seen in _once(group)
    )
    more, known, coded = _more(group, lead), _known(group), lead.fact.spec.kind is Kind.CODE
    return Row(_kind(lead.fact), _label(group, lead), in_words(lead.fact), more, known, days, sources, coded)


def _kind(fact: Fact) -> str:
    return KINDS["report_date" if fact.field == "report_date" else fact.spec.domain]


def _lead(group: Thing) -> SeenFact:
    """What the row is about: of a lesion its size, of a treatment its name, else the first."""
    order = (*SIZES, "finding", *OF_TREATMENTS)
    return min(group, key=lambda seen: order.index(seen.fact.field) if seen.fact.field in order else len(order))


def _label(group: Thing, lead: SeenFact) -> str:
    if not is_part(lead):
        return lead.fact.spec.label + ("" if lead.fact.field in _OF_SCANS else concerning(lead.fact))
    return _lesion(group, lead) if is_of_lesion(lead) else lead.fact.spec.label


def _lesion(group: Thing, lead: SeenFact) -> str:
    """By its place. A bare number starts anew in every report and names nothing."""
    name = str(lead.fact.about).removeprefix("lesion:")
    if place(group) and lead.fact.field != "lesion_location":
        return f"Lesion: {place(group)}"
    return "Lesion" if name.isdigit() else f"Lesion {name}"


def _more(group: Thing, lead: SeenFact) -> tuple[str, ...]:
    """What is said besides, each once; the place of a lesion stands in its label."""
    if not is_part(lead):
        return ()
    elsewhere = ("lesion_location", *_BY_TABLE)
    others = (seen.fact for seen in group if seen.fact.field not in elsewhere and seen is not lead)
    plain = ("finding", *SIZES)
    said = (fact.text if fact.field in plain else f"{fact.spec.label.lower()}: {in_words(fact)}" for fact in others)
    return tuple(words for words in dict.fromkeys(said) if words != lead.fact.text)


def _known(group: Thing) -> tuple[str, ...]:
    facts = (seen.fact for seen in group if seen.fact.field in _BY_TABLE)
    return tuple(dict.fromkeys(f"{fact.spec.label.lower()}: {in_words(fact)}" for fact in facts))


def _once(group: Thing) -> list[SeenFact]:
    """Several places that may not be shown are one: how many there are is not told."""
    shown = [seen for seen in group if seen.words]
    return [*shown, *[seen for seen in group if not seen.words][:1]]
