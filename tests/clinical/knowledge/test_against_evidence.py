"""A net under every knowledge file: no number, sample size or source that its evidence does not state.

The rooms' own tests compare each figure with the one value it stands for; here nothing may slip past them, whatever
file or row is added later.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from overread.clinical.knowledge import KnowledgeFile, folders, load, names

OPENED = Path(__file__).with_name(
    "opened_sources.yaml"
)  # sources that were opened for a row, beside the shared evidence
EVIDENCE = Path(os.environ.get("OVERREAD_SHARED", Path(__file__).resolve().parents[4] / "shared")) / "evidence"
FILES = [(folder, name) for folder in folders() for name in names(folder)]
# Content that is not evidence of medicine: names, codes and words, our own conventions, tables held by tests of their own.
WITHOUT_EVIDENCE = {
    *(("staging", name) for name in names("staging")),  # every cell: tests/clinical/staging/test_cells.py
    *(("value_sets", name) for name in names("value_sets")),
    *(("experts", name) for name in names("experts")),
    *(
        ("workup", name)
        for name in ("contradictions", "core", "marker_names", "required_elements", "treatments", "tumours")
    ),
    *(("indication", name) for name in ("modalities", "opinion_sources", "record_words", "tumours", "urgency")),
    ("growth", "recist_lesions"),  # every row names what was read: tests/clinical/growth/test_recist_rules.py
    *(("concordance", "rules"), ("symptoms", "vocabulary"), ("trials", "words")),
    *(
        ("symptoms", name) for name in ("rare", "signs")
    ),  # made again by tests/clinical/symptoms/test_rare_made_again.py
}
NOT_FIGURES = {
    "key",
    "figure",
    "evidence",
    "source",
    "noticed_source",
    "sources",
    "words_in_evidence",
    "genes",
    "record_words",
}
HOW_SAID = re.compile(r"\{.*?\}|(?:in|of) 100\b")  # the place of a figure; "x in 100" is a percentage
SOURCE_KEYS = {"title": "source_title", "year": "year", "country": "country", "confidence": "confidence"}
SEED = (
    "The times that this service was planned with (a plan, not a study)"  # said more plainly than the evidence says it
)
# One figure that two sources state: the row cites the second.
CITED_FROM = {"vdt_formula": "bts_nodule"}

needs_evidence = [
    pytest.mark.realdata,
    pytest.mark.skipif(not EVIDENCE.is_dir(), reason="the shared evidence is absent"),
]


@cache
def facts() -> dict[str, dict[str, Any]]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    files = (EVIDENCE / "evidence.yaml", OPENED)
    content = [yaml.load(path.read_text(encoding="utf-8"), Loader=loader)["facts"] for path in files]
    return {fact["id"]: fact for part in content for fact in part}


def entries(file: KnowledgeFile) -> Iterator[Mapping[str, Any]]:
    """The rows, and what else the file holds beside them."""
    yield from (row for row in file.rows if isinstance(row, Mapping))
    for part in file.other.values():
        yield from (entry for entry in (part if isinstance(part, list) else [part]) if isinstance(entry, Mapping))


def cited(entry: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any] | None]]:
    """(evidence id, source as written out) of one row."""
    if "evidence" in entry:
        yield entry["evidence"], entry.get("source")
    yield from ((source["evidence"], source) for source in entry.get("sources", ()))
    if "also" in entry:
        yield entry["also"]["evidence"], None


def numbers_in(value: Any) -> set[str]:
    if isinstance(value, Mapping):
        return set().union(*(numbers_in(part) for key, part in value.items() if key not in NOT_FIGURES))
    if isinstance(value, list | tuple):
        return set().union(*map(numbers_in, value))
    if value is None or isinstance(value, bool):
        return set()
    return written(HOW_SAID.sub("", str(value)))


def written(text: str) -> set[str]:
    """The numbers of a text, each in one way of writing it."""
    return {f"{float(number):.10g}" for number in re.findall(r"\d+(?:\.\d+)?", text)}


def stated(evidence: str) -> set[str]:
    return written(json.dumps({key: part for key, part in facts()[evidence].items() if key != "id"}, default=str))


NOWHERE = 918273.5


def with_one_number_changed(part: Any) -> Iterator[Any]:
    """The part once for each number that is shown of it, with that number changed."""
    if isinstance(part, str):
        for match in re.finditer(r"\d+(?:\.\d+)?", HOW_SAID.sub("", part)):
            yield part.replace(match[0], str(NOWHERE), 1)
    elif isinstance(part, int | float) and not isinstance(part, bool):
        yield NOWHERE
    elif isinstance(part, Mapping):
        shown = (key for key in part if key not in NOT_FIGURES)
        yield from ({**part, key: other} for key in shown for other in with_one_number_changed(part[key]))
    elif isinstance(part, list | tuple):
        for place, inner in enumerate(part):
            yield from ([*part[:place], other, *part[place + 1 :]] for other in with_one_number_changed(inner))


def cases() -> list[tuple[str, str]]:
    return [pair for pair in FILES if pair not in WITHOUT_EVIDENCE]


@pytest.mark.parametrize(("folder", "name"), cases())
def test_every_number_stands_in_a_row_that_names_its_evidence(folder: str, name: str) -> None:
    for entry in entries(load(folder, name)):
        assert list(cited(entry)) or not numbers_in(entry), entry


@pytest.mark.parametrize(("folder", "name"), sorted(WITHOUT_EVIDENCE))
def test_a_file_without_evidence_names_its_sources_as_a_whole(folder: str, name: str) -> None:
    assert load(folder, name).sources


class TestAgainstTheEvidence:
    pytestmark = needs_evidence

    @pytest.mark.parametrize(("folder", "name"), cases())
    def test_every_number_is_the_evidences(self, folder: str, name: str) -> None:
        compared = 0
        for entry in entries(load(folder, name)):
            known = set().union(*(stated(evidence) for evidence, _ in cited(entry)))
            assert numbers_in(entry) <= known, entry
            compared += len(numbers_in(entry))
        assert compared or name == "triggers"

    @pytest.mark.parametrize(("folder", "name"), cases())
    def test_a_number_that_was_changed_anywhere_is_noticed(self, folder: str, name: str) -> None:
        """Every number of every row in turn, as a value and inside its texts, replaced by one that no source states."""
        changed = 0
        for entry in entries(load(folder, name)):
            known = set().union(*(stated(evidence) for evidence, _ in cited(entry)))
            for other in with_one_number_changed(entry):
                assert not numbers_in(other) <= known, other
                changed += 1
        assert changed or name == "triggers"

    @pytest.mark.parametrize(("folder", "name"), cases())
    def test_every_source_is_written_out_as_the_evidence_has_it(self, folder: str, name: str) -> None:
        for entry in entries(load(folder, name)):
            for evidence, source in cited(entry):
                fact = facts()[CITED_FROM.get(evidence, evidence)]
                assert fact["confidence"] != "general_knowledge"
                if source is not None:
                    said = {**source, "title": fact["source_title"]} if source["title"] == SEED else source
                    assert {key: said[key] for key in SOURCE_KEYS} == {k: fact.get(v) for k, v in SOURCE_KEYS.items()}
                    for place in (source["where"] or "").split("; "):
                        assert place in fact["source_url_or_doi"]

    def test_every_n_of_a_part_is_the_evidences(self) -> None:
        for row in load("indication", "yield").rows:
            for rate in row["rates"]:
                assert rate.get("n") is None or str(rate["n"]) in stated(row["evidence"]), rate
        for row in load("growth", "doubling").rows:
            assert "n" not in row or f"{row['n']} malignant nodules" in facts()[row["evidence"]]["source_title"]

    def test_the_figures_an_opinion_source_points_to_are_shown_elsewhere(self) -> None:
        shown = {row["evidence"] for row in load("indication", "yield").rows}
        for row in load("indication", "opinion_sources").rows:
            assert set(row["figures"]) <= shown

    def test_bounds_of_the_british_rules(self) -> None:
        words = facts()["bts_nodule"]["statement"]
        for row in load("growth", "bts").rows:
            assert row["mm"] is None or f"{row['mm']} mm" in words
            assert row["mm3"] is None or f"{row['mm3']} mm3" in words

    def test_whom_a_predictive_value_is_for(self) -> None:
        for name in ("predictive_values", "bounds", "linked", "combinations", "features"):
            for row in load("symptoms", name).rows:
                for key in ("min_age", "max_age", "under"):
                    age = row["people"].get(key)
                    assert age is None or str(age) in stated(row["evidence"]), row
