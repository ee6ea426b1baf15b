"""How often authors are joined rightly: hides every ORCID of a PubMed file, joins by name alone, and compares.

    python bench/quality/experts.py FILE.xml.gz

Pairs of printed authors that both carry an ORCID are the truth. Prints pairwise precision and recall.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from itertools import combinations
from pathlib import Path

from overread.clinical.experts import people
from overread.interop.public_data import pubmed


def main(path: Path) -> None:
    articles = list(pubmed.articles(path))
    truth = {(a.pmid, i): x.orcid for a in articles for i, x in enumerate(a.authors) if x.orcid}
    hidden = [replace(a, authors=tuple(replace(x, orcid=None) for x in a.authors)) for a in articles]
    joined = {pair for p in people(hidden) for pair in _pairs([s.key for s in p.signatures if s.key in truth])}
    by_orcid: dict[str, list[tuple[str, int]]] = {}
    for key, orcid in truth.items():
        by_orcid.setdefault(orcid, []).append(key)
    real = {pair for keys in by_orcid.values() for pair in _pairs(keys)}
    right = len(joined & real)
    print(f"{len(truth)} authors with ORCID, {len(real)} true pairs, {len(joined)} joined pairs, {right} right")
    print(f"precision {right}/{len(joined)}, recall {right}/{len(real)}")


def _pairs(keys: list[tuple[str, int]]) -> set[tuple[tuple[str, int], tuple[str, int]]]:
    return set(combinations(sorted(keys), 2))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
