"""Conditions: the cancer with its site, histology and stated stage; other cancers' spread; other illness; family."""

from __future__ import annotations

from overread.clinical.record import CodeError, Icdo3Morphology, Icdo3Topography, OncoTree

from .context import Context, Facts, NotRead
from .elements import Concept, Node, as_concept, concept, concepts, extension, first, has_profile, items, number, string
from .staging import edition_facts, stage_facts, stated_group
from .vocabulary import by_words
from .vocabulary.conditions import (
    CANCER_WORDS,
    EXPOSURE_WORDS,
    NOT_CANCER_WORDS,
    SECONDARY_WORDS,
    SIDES,
    SITES,
    SITES_BY_ICD10,
    SOCIAL_WORDS,
)

_UNFIT = {"refuted": "it was refuted", "entered-in-error": "it was entered in error"}
_UNSURE = frozenset({"provisional", "differential", "unconfirmed"})


def read_condition(ctx: Context) -> Facts:
    """A Condition. Refuted ones and errors are refused."""
    verified = concept(ctx.resource, "verificationStatus").codes
    for status, reason in _UNFIT.items():
        if status in verified:
            raise NotRead(reason)
    code = concept(ctx.resource, "code")
    if not code.label:
        raise NotRead("it does not say which illness (no text and no display)")
    if is_secondary(ctx.resource):
        yield from _spread(ctx, code)
    elif is_cancer(ctx.resource):
        yield from cancer_facts(ctx, code, "code")
        yield from _details(ctx)
        if unsure := verified & _UNSURE:
            yield from ctx.fact("ambiguity", f"{code.label}: {min(unsure)}", "verificationStatus")
    else:
        yield from _other_illness(ctx, code)


def is_cancer(node: Node) -> bool:
    """By mCODE profile, by ICD code, else by words."""
    code = concept(node, "code")
    icd = code.code("icd-10") or ""
    if has_profile(node, "primary-cancer-condition") or code.code("icd-o-3"):
        return True
    if icd:
        return icd[:1] == "C" or icd[:2] in ("D0", "D4") or icd[:3] in ("D37", "D38", "D39")
    return bool(CANCER_WORDS.search(code.words)) and not NOT_CANCER_WORDS.search(code.words)


def is_secondary(node: Node) -> bool:
    code = concept(node, "code")
    icd = code.code("icd-10") or ""
    named = bool(SECONDARY_WORDS.search(code.words)) and bool(CANCER_WORDS.search(code.words))
    return has_profile(node, "secondary-cancer-condition") or icd[:3] in ("C77", "C78", "C79") or named


def cancer_facts(ctx: Context, code: Concept, path: str) -> Facts:
    """What a condition's own code says: the cancer, and the site and morphology where the code carries them."""
    yield from ctx.fact("cancer", code.label or "", path)
    if site := by_words(SITES, code.words):
        yield from ctx.fact("site", site, path, rule="site named in the condition's words")
    elif site := SITES_BY_ICD10.get((code.code("icd-10") or "")[:3]):
        yield from ctx.fact("site", site, path, rule="site of the ICD-10 category")
    if side := by_words(SIDES, code.words):
        yield from ctx.fact("laterality", side, path)
    yield from _icdo3(ctx, code, path)


def _details(ctx: Context) -> Facts:
    yield from _body_sites(ctx)
    for found in extension(ctx.resource, "histology-morphology-behavior"):
        value = concept(found, "valueCodeableConcept")
        path = "extension(histology-morphology-behavior)"
        if value.label:
            yield from ctx.fact("histology", value.label, path)
        yield from _icdo3(ctx, value, path)
    yield from _stated_stages(ctx)


def _body_sites(ctx: Context) -> Facts:
    coded_in_words = by_words(SITES, concept(ctx.resource, "code").words)
    for node in items(ctx.resource, "bodySite"):
        place = as_concept(node)
        site = by_words(SITES, place.words) or place.label
        if site and not coded_in_words:
            yield from ctx.fact("site", site, "bodySite")
        yield from _icdo3(ctx, place, "bodySite")
        sides = [concept(e, "valueCodeableConcept").words for e in extension(node, "laterality-qualifier")]
        if side := by_words(SIDES, " ".join([place.words, *sides])):
            yield from ctx.fact("laterality", side, "bodySite")


def _icdo3(ctx: Context, value: Concept, path: str) -> Facts:
    for coding in value.codings:
        if "icd-o-3" in coding.system.lower() or "2.16.840.1.113883.6.43.1" in coding.system:
            kind = Icdo3Topography if coding.code.startswith("C") else Icdo3Morphology
            try:
                code = kind(coding.code)
            except CodeError:
                continue
            yield from ctx.fact("site_code" if kind is Icdo3Topography else "histology_code", code, path)
    if (tumour := value.code("oncotree")) and OncoTree.shape.fullmatch(tumour):
        yield from ctx.fact("oncotree", OncoTree(tumour), path)


def _stated_stages(ctx: Context) -> Facts:
    for number_, stage in enumerate(items(ctx.resource, "stage")):
        path, kind = f"stage[{number_}]", concept(stage, "type")
        found = stated_group(concept(stage, "summary"))
        if found:
            basis = {"clinical": "c", "pathologic": "p"}
            prefix = next((p for word, p in basis.items() if word in kind.words.lower()), None)
            yield from stage_facts(ctx, "stage_group", found[1], found[0] or prefix, f"{path}.summary")
            yield from edition_facts(ctx, kind, f"{path}.type")


def _spread(ctx: Context, code: Concept) -> Facts:
    places = [p.label for p in concepts(ctx.resource, "bodySite") if p.label]
    said = f"{code.label}: {', '.join(places)}" if places else str(code.label)
    yield from ctx.fact("metastasis", said, "code")


def _other_illness(ctx: Context, code: Concept) -> Facts:
    if SOCIAL_WORDS.search(code.words):
        raise NotRead("it is a circumstance of life, not an illness")
    if exposed := EXPOSURE_WORDS.search(code.words):
        yield from ctx.fact("exposure", (code.label or "")[exposed.end() :].strip() or str(code.label), "code")
        return
    past = concept(ctx.resource, "clinicalStatus").codes & {"resolved", "inactive", "remission"}
    yield from ctx.fact("comorbidity", f"{code.label} ({min(past)})" if past else str(code.label), "code")


def read_comorbidities(ctx: Context) -> Facts:
    """mCODE's comorbidities panel names other conditions, and those the patient has not; those in the bundle are read on their own."""
    for found in extension(ctx.resource, "related-condition-absent"):
        if label := concept(found, "valueCodeableConcept").label:
            yield from ctx.fact("denied", label, "extension(related-condition-absent)")
    missing = 0
    for found in extension(ctx.resource, "related-condition"):
        reference = first(found, "valueReference")
        named = concept(found, "valueCodeableConcept").label or string(reference, "display")
        target = ctx.find(reference)
        contained = target is not None and (string(reference, "reference") or "").startswith("#")
        label = named or (concept(target, "code").label if contained else None)
        if label and (target is None or contained):
            yield from ctx.fact("comorbidity", label, "extension(related-condition)")
        missing += target is None and not named
    if missing:
        raise NotRead(f"{missing} of the illnesses it refers to are not in the bundle")


def read_family_history(ctx: Context) -> Facts:
    who = concept(ctx.resource, "relationship").label or "relative"
    for place, condition in enumerate(items(ctx.resource, "condition")):
        illness = concept(condition, "code").label
        if illness:
            age = number(first(condition, "onsetAge"), "value")
            yield from ctx.fact(
                "family_history",
                f"{who}: {illness}" + (f", at {age:g}" if age is not None else ""),
                f"condition[{place}]",
            )
