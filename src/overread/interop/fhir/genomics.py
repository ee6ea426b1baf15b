"""Genomic variants: the gene, the change in HGVS, where it came from; genes in which nothing was found."""

from __future__ import annotations

from overread.clinical.record import FIELDS

from .context import Context, Facts, NotRead
from .elements import Node, concept, has_profile, items, quantity, string

_GENE, _ORIGIN, _FRACTION, _SIGNIFICANCE = "48018-6", "48002-0", "81258-6", "53037-8"
_CHANGES = ("48004-6", "48005-3", "81252-9", "81290-9", "48013-7", "48019-4", "molecular-consequence")
_ABSENT = frozenset({"LA9634-2"})


def is_variant(node: Node) -> bool:
    return "69548-6" in concept(node, "code").codes or has_profile(
        node, "genomic-variant", "genetic-variant", "/variant"
    )


def read_variant(ctx: Context) -> Facts:
    """A variant in words. A gene that has a field of its own becomes negative where the variant is absent."""
    genes = _answers(ctx.resource, _GENE)
    value = concept(ctx.resource, "valueCodeableConcept")
    if value.codes & _ABSENT or "absent" in value.words.lower():
        yield from _nothing_found(ctx, genes)
        return
    if "LA9633-4" not in value.codes and "present" not in value.words.lower() and value:
        raise NotRead(f"its result is neither present nor absent, but {value.label or 'a code without words'!r}")
    parts = ["-".join(genes), *_changes(ctx.resource), *(o.lower() for o in _answers(ctx.resource, _ORIGIN))]
    text = " ".join(part for part in parts if part)
    if not text:
        raise NotRead("it names neither gene nor change in words or HGVS")
    yield from ctx.fact("variant", text + _share(ctx.resource), "component")


def _nothing_found(ctx: Context, genes: list[str]) -> Facts:
    for gene in genes:
        if gene.lower() in FIELDS:
            yield from ctx.fact(gene.lower(), "negative", "component", rule="variant absent")
        yield from ctx.fact("variant", f"{gene}: no variant found", "component")


def _changes(node: Node) -> list[str]:
    """The protein and coding change where given, else the genomic one, else the kind of change."""
    found = {code: answers for code in _CHANGES if (answers := _answers(node, code))}
    exact = [code for code in ("48004-6", "48005-3") if code in found]
    best = exact or [code for code in _CHANGES if code in found][:1]
    return [answer for code in best for answer in found[code]]


def _answers(node: Node, code: str) -> list[str]:
    answers = []
    for component in items(node, "component"):
        if code in concept(component, "code").codes:
            value = concept(component, "valueCodeableConcept")
            coded = next((c.code for c in value.codings if "varnomen" in c.system or ":" in c.code), None)
            origin = {"LA6684-0": "somatic", "LA6683-2": "germline"}
            plain = next((origin[c] for c in sorted(value.codes) if c in origin), None)
            if answer := value.label or plain or coded or string(component, "valueString"):
                answers.append(answer)
    return list(dict.fromkeys(answers))


def _share(node: Node) -> str:
    for component in items(node, "component"):
        share = quantity(component, "valueQuantity")
        if share and _FRACTION in concept(component, "code").codes:
            return f", allele fraction {share.text}"
    return ""
