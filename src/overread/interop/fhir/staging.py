"""TNM categories, stage groups, their basis (c, p, yp) and edition, from codes, words or profile."""

from __future__ import annotations

from .context import Context, Facts, NotRead
from .elements import Concept, Node, concept, first, has_profile, string, strings
from .vocabulary.staging import (
    CATEGORY,
    CATEGORY_CODES,
    EDITION,
    EDITION_CODES,
    ROMAN,
    STAGE_GROUP,
    STAGE_GROUP_ALONE,
    STAGING_PROFILES,
    STAGING_TYPES,
)


def staging_type(node: Node) -> tuple[str, str | None] | None:
    """Which field an observation states, and on which basis; None when it is not about stage."""
    code = concept(node, "code")
    for value in sorted(code.codes):
        if value in STAGING_TYPES:
            return STAGING_TYPES[value]
    profile = next((field for name, field in STAGING_PROFILES.items() if has_profile(node, name)), None)
    return (profile, _prefix_in(" ".join(strings(first(node, "meta"), "profile")))) if profile else None


def read_staging(ctx: Context) -> Facts:
    """T, N, M or stage group as stated, its prefix, and the edition that the method names."""
    kind = staging_type(ctx.resource)
    if kind is None:
        raise NotRead("it is not about stage")
    path = "valueCodeableConcept" if "valueCodeableConcept" in ctx.resource else "valueString"
    value = concept(ctx.resource, "valueCodeableConcept") or Concept(string(ctx.resource, "valueString") or "", ())
    found = stated_group(value) if kind[0] == "stage_group" else stated_category(value, kind[0])
    if found is None:
        raise NotRead(f"no {kind[0].replace('_', ' ')} could be read from {value.label or 'an empty value'!r}")
    yield from stage_facts(ctx, kind[0], found[1], found[0] or kind[1], path)
    yield from edition_facts(ctx, concept(ctx.resource, "method"), "method")


def stage_facts(ctx: Context, field: str, value: str, prefix: str | None, path: str) -> Facts:
    yield from ctx.fact(field, value, path)
    if prefix:
        yield from ctx.fact("tnm_prefix", prefix, path)


def edition_facts(ctx: Context, method: Concept, path: str) -> Facts:
    if edition := edition_of(method):
        yield from ctx.fact("edition", edition, path)


def edition_of(method: Concept) -> str | None:
    """The edition's number as text, for example ``8``."""
    coded = next((EDITION_CODES[c] for c in sorted(method.codes) if c in EDITION_CODES), None)
    versioned = next((c.code for c in method.codings if "tnm-version" in c.system and c.code.isdigit()), None)
    worded = EDITION.search(method.words)
    return coded or versioned or (str(int(worded["before"] or worded["after"])) if worded else None)


def stated_category(value: Concept, field: str) -> tuple[str | None, str] | None:
    """(prefix, category) for the letter asked for: ``("c", "T3")``."""
    for text in _readings(value):
        for match in CATEGORY.finditer(text):
            if match["category"][0] == field.upper():
                return match["prefix"].lower() or None, match["category"]
    return None


def stated_group(value: Concept) -> tuple[str | None, str] | None:
    """(prefix, group) in Roman numerals: ``("c", "IIIA")``."""
    for text in _readings(value):
        match = STAGE_GROUP.search(text) or STAGE_GROUP_ALONE.fullmatch(text)
        if match:
            number = match["group"].upper().replace("0IS", "0is").replace("0A", "0a")
            return match["prefix"].lower() or None, ROMAN.get(number, number) + match["sub"].upper()
    return None


def _readings(value: Concept) -> list[str]:
    shown = [c.display for c in value.codings if c.display]
    coded = [CATEGORY_CODES[c] for c in sorted(value.codes) if c in CATEGORY_CODES]
    short = [c.code for c in value.codings if not c.code.isdigit() and len(c.code) <= 10]
    return [*shown, value.text, *coded, *short]


def _prefix_in(words: str) -> str | None:
    return "c" if "clinical" in words else "p" if "pathologic" in words else None
