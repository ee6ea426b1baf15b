"""The first interpretation, as an opinion: what the record's own physicians made of it. Pure."""

from __future__ import annotations

from overread.clinical.record import Domain, Fact, Modality, Nature, Opinion, Record, TreatmentOption

MODALITY_WORDS: tuple[tuple[Modality, tuple[str, ...]], ...] = (
    (Modality.TRIAL, ("trial",)),
    (Modality.SURGERY, ("surg", "resect", "ectomy", "excision", "lumpectomy")),
    (Modality.RADIATION, ("radi", "brachy")),
    (Modality.HORMONE, ("hormon", "endocrine", "tamoxifen", "anastrozole", "letrozole", "exemestane")),
    (Modality.SURVEILLANCE, ("surveillance", "watch", "observation")),
    (Modality.SUPPORTIVE, ("supportive", "palliative care", "hospice")),
)


def interpretation(record: Record) -> Opinion:
    """The interpretations that the record holds. Its author is named only when all facts name the same one."""
    facts = tuple(f for f in record.facts if f.spec.nature is Nature.INTERPRETATION and f.field != "treatment_proposed")
    options = tuple(_option(f) for f in record.all("treatment_proposed"))
    authors = {f.provenance.author for f in facts if f.provenance.author}
    addressed = {f.spec.domain for f in facts} | ({Domain.PLAN} if options else set())
    return Opinion(
        author=authors.pop() if len(authors) == 1 else "The first interpretation",
        specialty="as recorded",
        facts=facts,
        options=options,
        addressed=frozenset(addressed),
    )


def _option(fact: Fact) -> TreatmentOption:
    """A proposed treatment, sorted by the words that name it; a medicine without such words is systemic."""
    words = str(fact.value).lower()
    modality = next((m for m, stems in MODALITY_WORDS if any(s in words for s in stems)), Modality.SYSTEMIC)
    return TreatmentOption(name=str(fact.value), modality=modality, recommended=True)
