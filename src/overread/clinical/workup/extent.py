"""The stated stage against the extent that the record describes. Definitions only: no size and no number of nodes is
weighed against a threshold."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..record import Fact
from .case import Case, Found, affirmed, category, current, number

_SPREAD = re.compile(r"metasta", re.IGNORECASE)
_NODE = re.compile(r"\bnod(?:e|es|al)\b|lymph", re.IGNORECASE)
_IN_SITU = re.compile(r"\bin[ -]situ\b|\b[dl]cis\b", re.IGNORECASE)
_INVASIVE = re.compile(r"\b(?:micro)?invasive\b|\binfiltrating\b|\binvasion\b|\bmetastatic\b", re.IGNORECASE)
_GLEASON = re.compile(r"(?P<a>[1-5])\s*\+\s*(?P<b>[1-5])\s*=\s*(?P<sum>\d{1,2})")


def distant(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Those that name spread beyond lymph nodes. A spread to nodes may be regional, so it says nothing of M."""
    return tuple(fact for fact in facts if not _NODE.search(str(fact.value)[:500]))


def _m_zero_with_metastasis(case: Case) -> Found:
    stated, spread = category(case.record, "m"), distant(current(case.record, "metastasis"))
    spread = tuple(fact for fact in spread if affirmed(str(fact.value), re.compile(r"\w")))
    if stated and stated[0].startswith("M0") and spread:
        where = "”, “".join(dict.fromkeys(fact.text[:80] for fact in spread[:3]))
        yield (
            f"The M category ({stated[1].text}) says no distant spread; the record names some: “{where}”.",
            (stated[1], *spread),
        )


def _m_one_without_metastasis(case: Case) -> Found:
    stated = category(case.record, "m")
    if not stated or not stated[0].startswith("M1") or case.record.all("metastasis"):
        return
    if not any(
        affirmed(str(fact.value), _SPREAD)
        for fact in current(case.record, "finding", "extent", "histology", "cancer", "site")
    ):
        yield (
            f"The M category ({stated[1].text}) says distant spread; nothing in the record says where it is.",
            (stated[1],),
        )


def _t_zero_with_tumour(case: Case) -> Found:
    """After treatment a tumour that was measured may be gone, so T0 is weighed only where no such stage is stated."""
    stated = category(case.record, "t")
    sizes = tuple(fact for fact in current(case.record, "tumor_size") if number(fact) > 0)
    treated = {"yp", "yc"} & set(map(str, case.record.values("tnm_prefix")))
    if stated and stated[0] == "T0" and sizes and not treated and not str(stated[1].value).lower().startswith("y"):
        yield (
            f"The T category ({stated[1].text}) says no primary tumour; one of {sizes[0].text} is measured.",
            (stated[1], *sizes),
        )


def _n_zero_without_nodes(case: Case) -> Found:
    stated, examined = category(case.record, "n"), case.record.one("nodes_examined")
    pathological = case.record.values("tnm_prefix") == ("p",) or (stated and re.match("y?p", str(stated[1].value)))
    if stated and examined and pathological and stated[0].startswith("N0") and number(examined) == 0:
        yield (
            "The N category is pathological and says no involved lymph nodes; no node was examined.",
            (stated[1], examined),
        )


def _in_situ_words_against_t(case: Case) -> Found:
    """Only where every histology says the same: an in situ part beside an invasive cancer is no contradiction."""
    stated, names = category(case.record, "t"), current(case.record, "histology")
    if stated is None or not names:
        return
    texts = [str(fact.value)[:500] for fact in names]
    in_situ = all(_IN_SITU.search(text) and not _INVASIVE.search(text) for text in texts)
    if in_situ and re.match(r"T[1-4]", stated[0]):
        yield f"The histology says in situ only; the T category ({stated[1].text}) says invasive.", (stated[1], *names)
    if stated[0].startswith("TIS") and all(_INVASIVE.search(text) and not _IN_SITU.search(text) for text in texts):
        yield f"The histology says invasive; the T category ({stated[1].text}) says in situ.", (stated[1], *names)


def _gleason_sum(case: Case) -> Found:
    for fact in current(case.record, "gleason"):
        for match in _GLEASON.finditer(str(fact.value)[:200]):
            if int(match["a"]) + int(match["b"]) != int(match["sum"]):
                yield f"The Gleason patterns do not add up to the score: {match[0]}.", (fact,)


RULES: dict[str, Callable[[Case], Found]] = {
    "m_zero_with_metastasis": _m_zero_with_metastasis,
    "m_one_without_metastasis": _m_one_without_metastasis,
    "t_zero_with_tumour": _t_zero_with_tumour,
    "n_zero_without_nodes": _n_zero_without_nodes,
    "in_situ_words_against_t": _in_situ_words_against_t,
    "gleason_sum": _gleason_sum,
}
