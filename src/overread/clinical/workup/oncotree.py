"""Does OncoTree list a histology of this kind under this organ? By the telling words of its type names."""

from __future__ import annotations

import re

from ..knowledge import load

_ROWS = load("value_sets", "tumour_types").rows
# Words that tell no kind of tumour apart. Glands of many organs grow acinar and ductal cancers, under other names there.
_VAGUE = frozenset(
    {
        "acinar",
        "adenocarcinoma",
        "and",
        "cancer",
        "carcinoma",
        "cell",
        "cells",
        "differentiated",
        "ductal",
        "features",
        "grade",
        "high",
    }
    | {"in", "infiltrating", "invasive", "low", "malignant", "metastatic", "mixed", "moderately", "neoplasm", "nos"}
    | {"not", "of", "otherwise", "other", "poorly", "primary", "situ", "specified", "the", "tumor", "tumour", "type"}
    | {"unclassified", "undifferentiated", "variant", "well", "with"}
    # A biomarker's result is no kind of tumour either.
    | {"altered", "amplified", "associated", "deficient", "fusion", "mutant", "mutated", "negative", "positive"}
    | {"rearranged", "wild", "wildtype"}
)
_SPELLING = {"duct": "ductal", "lobule": "lobular"}


def _roots() -> dict[str, str]:
    """The organ (the code without parent) that each type stands under."""
    parents = {code: parent for code, _, parent in _ROWS}

    def root(code: str) -> str:
        return code if parents[code] is None else root(parents[code])

    return {code: root(code) for code in parents}


def _telling(text: str) -> frozenset[str]:
    words = (_SPELLING.get(word, word) for word in re.findall(r"[a-z]{4,}", text.lower()[:500]))
    return frozenset(words) - _VAGUE


def _organs_by_word() -> dict[str, frozenset[str]]:
    roots = _roots()
    found: dict[str, frozenset[str]] = {}
    for code, name, _ in _ROWS:
        for word in _telling(name):
            found[word] = found.get(word, frozenset()) | {roots[code]}
    return found


ORGANS_BY_WORD: dict[str, frozenset[str]] = _organs_by_word()


def unlisted(histology: str, organ: str) -> tuple[str, ...]:
    """The telling words of a histology where OncoTree knows them, but none of them under this organ; else nothing."""
    known = sorted(word for word in _telling(histology) if word in ORGANS_BY_WORD)
    return () if any(organ in ORGANS_BY_WORD[word] for word in known) else tuple(known)
