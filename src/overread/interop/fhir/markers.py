"""Tumour markers: receptors, proteins, genes, scores. A result is coded, worded, or a figure with its unit."""

from __future__ import annotations

from overread.clinical.record import FIELDS
from overread.clinical.record.fields import Kind

from .context import Context, Facts, NotRead
from .elements import Concept, Node, Quantity, concept, concepts, quantity, string
from .vocabulary import by_words
from .vocabulary.markers import MARKER_CODES, MARKERS, REPAIR, RESULT_CODES, RESULTS

# Units in which a figure is what the field holds; others are kept as a laboratory value in the sender's words.
_UNITS = {
    "psa": ("ng/ml", "ug/l", "µg/l", "mcg/l"),
    "ki67": ("%", "percent"),
    "pdl1": ("%", "percent"),
    "tmb": (
        "1/1000000{base}",
        "mut/mb",
        "mutations/megabase",
        "mutations per megabase",
        "muts/mb",
        "{mutations}/megabase",
    ),
    "oncotype_dx": ("", "recurrence score", "{score}", "score", "{recurrence score}"),
}


def marker_of(code: Concept) -> str | None:
    """The field of a test, by its words, else by its LOINC code. A test of two markers at once is none of them."""
    if "glomerular" in code.words.lower() or ("strogen" in code.words and "rogesterone" in code.words):
        return None
    return by_words(MARKERS, code.words) or next(
        (MARKER_CODES[c] for c in sorted(code.codes) if c in MARKER_CODES), None
    )


def read_marker(ctx: Context) -> Facts:
    """The marker's result, or its figure. A figure for a marker that is reported in words is kept as it was sent."""
    code = concept(ctx.resource, "code")
    field = marker_of(code)
    if field is None:
        raise NotRead("it is not a tumour marker")
    amount = quantity(ctx.resource, "valueQuantity")
    if FIELDS[field].kind is Kind.NUMBER:
        yield from _figure(ctx, field, amount)
        return
    result = _repair(ctx.resource) if field == "mmr" else result_of(ctx.resource)
    if result:
        yield from ctx.fact(field, result, "valueCodeableConcept")
    answer = amount.text if amount else concept(ctx.resource, "valueCodeableConcept").label
    answer = answer or string(ctx.resource, "valueString")
    if answer and (amount or not result):
        yield from ctx.fact("lab", f"{code.label or field.upper()}: {answer}", "value")
    if not answer and not result:
        raise NotRead("it gives no result")


def _figure(ctx: Context, field: str, amount: Quantity | None) -> Facts:
    text = string(ctx.resource, "valueString") or concept(ctx.resource, "valueCodeableConcept").label
    known = amount is not None and amount.unit.lower() in _UNITS[field] and not amount.comparator
    if amount and known:
        yield from ctx.fact(field, amount.value, "valueQuantity")
    elif answer := (amount.text if amount else text):
        label = concept(ctx.resource, "code").label or FIELDS[field].label
        yield from ctx.fact("lab", f"{label}: {answer}", "value")
    else:
        raise NotRead("it gives no figure")


def _repair(node: Node) -> str | None:
    """ "Positive" alone would not say whether the proteins or the defect were found: only plain words count."""
    value = concept(node, "valueCodeableConcept")
    return by_words(REPAIR, value.words or string(node, "valueString") or "")


def result_of(node: Node) -> str | None:
    """Positive, negative or equivocal, from the value, else from the interpretation."""
    value = concept(node, "valueCodeableConcept")
    words = value.words or string(node, "valueString") or ""
    coded = next((RESULT_CODES[c] for c in sorted(value.codes) if c in RESULT_CODES), None)
    if worded := by_words(RESULTS, words) or coded:
        return worded
    readings = concepts(node, "interpretation")
    flags = sorted({c for reading in readings for c in reading.codes} & set(RESULT_CODES))
    return by_words(RESULTS, " | ".join(r.words for r in readings)) or (RESULT_CODES[flags[0]] if flags else None)
