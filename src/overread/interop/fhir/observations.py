"""Observations: one small reader a kind, chosen by code, profile and words."""

from __future__ import annotations

from collections.abc import Callable

from .conditions import read_comorbidities
from .context import Context, Facts, NotRead
from .elements import Concept, Node, Quantity, concept, concepts, has_profile, items, number, quantity, string
from .genomics import is_variant, read_variant
from .markers import marker_of, read_marker
from .patient_context import read_alcohol, read_exposure, read_karnofsky, read_occupation
from .staging import read_staging, staging_type
from .vocabulary import MILLIMETRES, by_words
from .vocabulary.patient import ECOG_CODES, SMOKING, SMOKING_CODES

_UNFIT = frozenset({"entered-in-error", "cancelled"})


def read_observation(ctx: Context) -> Facts:
    """An Observation of any kind. Cancelled ones and errors are refused."""
    status = string(ctx.resource, "status")
    if status in _UNFIT:
        raise NotRead(f"its status is {status}")
    code = concept(ctx.resource, "code")
    for asks, read in _KINDS:
        if asks(ctx.resource, code):
            yield from read(ctx)
            return
    raise NotRead(_why_not(ctx.resource, code))


def _why_not(node: Node, code: Concept) -> str:
    if "vital-signs" in {c for category in concepts(node, "category") for c in category.codes}:
        return "vital signs are kept in the original only"
    if _has("lansky")(node, code):
        return "Lansky scores are not converted to ECOG"
    return (
        f"Overread has no field for {code.label or ', '.join(sorted(code.codes)) or 'an observation without a code'!r}"
    )


def amounts(node: Node) -> list[tuple[str, str, Quantity]]:
    """(path, words of the code, quantity) of the observation and of its components."""
    own = quantity(node, "valueQuantity")
    found = [("valueQuantity", _words(node), own)] if own else []
    for place, component in enumerate(items(node, "component")):
        if value := quantity(component, "valueQuantity"):
            found.append((f"component[{place}].valueQuantity", _words(component), value))
    return found


def _words(node: Node) -> str:
    code = concept(node, "code")
    return " ".join([code.words, *code.codes]).lower()


def value_words(node: Node) -> str:
    """What the observation answers in words: coded value, text, or interpretation."""
    coded = concept(node, "valueCodeableConcept")
    return coded.words or string(node, "valueString") or " | ".join(c.words for c in concepts(node, "interpretation"))


def _read_ecog(ctx: Context) -> Facts:
    node = ctx.resource
    coded = concept(node, "valueCodeableConcept")
    answers = coded.codes | {c for i in concepts(node, "interpretation") for c in i.codes}
    amount = quantity(node, "valueQuantity")
    grade = number(node, "valueInteger")
    if grade is None:
        grade = amount.value if amount else next((float(ECOG_CODES[c]) for c in answers if c in ECOG_CODES), None)
    if grade is None:
        digits = [c for c in value_words(node) if c.isdigit()]
        grade = float(digits[0]) if len(digits) == 1 else None
    if grade is None or grade not in range(6):
        raise NotRead("no ECOG grade from 0 to 5 could be read from it")
    yield from ctx.fact("ecog", int(grade), "value")


def _read_smoking(ctx: Context) -> Facts:
    value = concept(ctx.resource, "valueCodeableConcept")
    status = by_words(SMOKING, value_words(ctx.resource))
    status = status or next((SMOKING_CODES[c] for c in sorted(value.codes) if c in SMOKING_CODES), None)
    if status is None or status == "unknown":
        raise NotRead("it does not say whether the patient smokes")
    yield from ctx.fact("smoking", status, "value")


def _read_pack_years(ctx: Context) -> Facts:
    for path, _, value in amounts(ctx.resource):
        yield from ctx.fact("pack_years", value.value, path)


def _read_size(ctx: Context) -> Facts:
    """The largest dimension in millimetres. Lengths in other units, or without one, are left alone."""
    lengths = [
        (v.value * MILLIMETRES[v.unit.lower()], p) for p, _, v in amounts(ctx.resource) if v.unit.lower() in MILLIMETRES
    ]
    if not lengths:
        raise NotRead("it gives no length with a unit that Overread knows")
    largest, path = max(lengths)
    yield from ctx.fact(_length_field(ctx.resource), round(largest, 6), path)


def _length_field(node: Node) -> str:
    words = _words(node)
    return "breslow" if "breslow" in words else "depth" if "depth" in words else "tumor_size"


def _read_nodes(ctx: Context) -> Facts:
    about = "sentinel nodes" if "sentinel" in _words(ctx.resource) else None
    for path, words, value in amounts(ctx.resource):
        field = "nodes_examined" if "examined" in words else "nodes_positive"
        if value.value >= 0 and value.value == int(value.value) and not value.comparator:
            yield from ctx.fact(field, int(value.value), path, about=about)
    if not amounts(ctx.resource) and (count := number(ctx.resource, "valueInteger")) is not None:
        field = "nodes_examined" if "examined" in _words(ctx.resource) else "nodes_positive"
        yield from ctx.fact(field, int(count), "valueInteger", about=about)


def _read_margin(ctx: Context) -> Facts:
    words = value_words(ctx.resource).lower()
    if any(w in words for w in ("uninvolved", "not involved", "negative", "free", "clear", "absent", "no evidence")):
        yield from ctx.fact("margin", "uninvolved", "value")
    elif any(w in words for w in ("indeterminate", "cannot be", "equivocal", "not assess")):
        yield from ctx.fact("margin", "indeterminate", "value")
    elif any(w in words for w in ("involved", "positive", "present")):
        yield from ctx.fact("margin", "involved", "value")


def _read_invasion(ctx: Context) -> Facts:
    """Vessel and nerve invasion as present or absent; any other invasion in the sender's words."""
    words, answer = _words(ctx.resource), value_words(ctx.resource)
    field = "pni" if "perineural" in words else "lvi" if "vascular" in words or "lymphatic" in words else "extent"
    if field == "extent":
        label = concept(ctx.resource, "code").label or "Invasion"
        yield from ctx.fact(
            "extent", f"{label}: {concept(ctx.resource, 'valueCodeableConcept').label or answer}", "value"
        )
        return
    absent = any(w in answer.lower() for w in ("absent", "negative", "not identified", "not present", "none", "no "))
    unsure = any(w in answer.lower() for w in ("indeterminate", "equivocal", "cannot", "suspicious"))
    if answer:
        yield from ctx.fact(field, "absent" if absent else "indeterminate" if unsure else "present", "value")


def _read_grade(ctx: Context) -> Facts:
    words, label = (
        _words(ctx.resource),
        concept(ctx.resource, "valueCodeableConcept").label or string(ctx.resource, "valueString"),
    )
    figure = number(ctx.resource, "valueInteger")
    amount = quantity(ctx.resource, "valueQuantity")
    figure = amount.value if amount else figure
    if "grade group" in words or "94734-1" in words:
        digits = [int(c) for c in label or "" if c.isdigit()]
        group = figure if figure is not None else (digits[-1] if digits else None)
        if group is not None and 1 <= group <= 5:
            yield from ctx.fact("grade_group", int(group), "value")
    elif "gleason" in words:
        if said := label or (f"{figure:g}" if figure is not None else None):
            yield from ctx.fact("gleason", said, "value")
    elif label:
        yield from ctx.fact("grade", label, "value")


def _read_disease_status(ctx: Context) -> Facts:
    if label := concept(ctx.resource, "valueCodeableConcept").label or string(ctx.resource, "valueString"):
        yield from ctx.fact("disease_status", label, "value")


def _read_menopause(ctx: Context) -> Facts:
    words = value_words(ctx.resource).lower()
    if stage := next((s for s in ("peri", "post", "pre") if s + "menopaus" in words or s + "-menopaus" in words), None):
        yield from ctx.fact("menopausal_status", stage, "value")


def _read_lab(ctx: Context) -> Facts:
    """Any other laboratory value, in the sender's words and units."""
    name = concept(ctx.resource, "code").label
    own = quantity(ctx.resource, "valueQuantity")
    answer = (
        own.text if own else concept(ctx.resource, "valueCodeableConcept").label or string(ctx.resource, "valueString")
    )
    if name and answer:
        yield from ctx.fact("lab", f"{name}: {answer}", "value")
    for place, component in enumerate(items(ctx.resource, "component")):
        part, value = concept(component, "code").label, quantity(component, "valueQuantity")
        if part and value:
            yield from ctx.fact("lab", f"{part}: {value.text}", f"component[{place}]")


def _has(*words: str) -> Callable[[Node, Concept], bool]:
    def asks(_: Node, code: Concept) -> bool:
        found = " ".join([code.words, *code.codes]).lower()
        return any(word in found for word in words)

    return asks


def _is_lab(node: Node, code: Concept) -> bool:
    categories = {c for category in concepts(node, "category") for c in category.codes}
    marked = "laboratory" in categories or has_profile(node, "tumor-marker", "observation-lab")
    return marked and not _has("karnofsky", "lansky", "97507-8", "implication", "region of interest", "53041-0")(
        node, code
    )


def _is_marker(_: Node, code: Concept) -> bool:
    return marker_of(code) is not None


_KINDS: tuple[tuple[Callable[[Node, Concept], bool], Callable[[Context], Facts]], ...] = (
    (lambda node, _: staging_type(node) is not None, read_staging),
    (lambda node, code: has_profile(node, "mcode-comorbid") or "398192003" in code.codes, read_comorbidities),
    (lambda node, _: is_variant(node), read_variant),
    (_has("ecog", "89247-1"), _read_ecog),
    (_has("karnofsky", "89243-0"), read_karnofsky),
    (_has("alcohol use", "alcohol intake", "11331-6"), read_alcohol),
    (_has("history of occupation", "11341-5", "87729-0"), read_occupation),
    (_has("exposure"), read_exposure),
    (_has("pack-year", "pack year", "401201003"), _read_pack_years),
    (_has("tobacco smoking status", "72166-2", "smoking status"), _read_smoking),
    (_has("disease progression", "97509-4", "cancer disease status", "88040-1"), _read_disease_status),
    (_has("menopaus"), _read_menopause),
    (_has("lymph nodes", "21893-3", "21894-1", "92832-5", "92833-3", "sentinel node"), _read_nodes),
    (_has("breslow", "depth of invasion", "size tumor", "tumor size", "tumour size", "21889-1", "33728-7"), _read_size),
    (_has("margin", "44669-0"), _read_margin),
    (_has("invasion", "intraductal extension", "370052007"), _read_invasion),
    (lambda node, _: has_profile(node, "histologic-grade"), _read_grade),
    (
        _has("gleason", "grade group", "histologic grade", "histological grade", "grade of differentiation", "33732-9"),
        _read_grade,
    ),
    (_is_marker, read_marker),
    (_is_lab, _read_lab),
)
