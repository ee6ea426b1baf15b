"""Knowledge files as people read them: every row there, every figure in words, each with its source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from overread.clinical.knowledge import KnowledgeError, folders, load, names
from overread.clinical.knowledge.addresses import address, in_words
from overread.clinical.knowledge.cells import filled, label, lines
from overread.clinical.knowledge.sheets import FOLDERS, Sheet, sheet, sheets
from overread.clinical.knowledge.titles import TITLES

FILES = [(folder, name) for folder in folders() for name in names(folder)]
NO_FIGURES = {"noticed_source", "evidence", "source", "sources", "also", "figure", "words_in_evidence", "min_age"}


def words_of(page: Sheet) -> str:
    return "\n".join(line for table in page.tables for row in table.rows for cell in row.cells for line in cell)


def figures_in(value: Any) -> Iterator[str]:
    """Every number of a row, as Python writes it."""
    if isinstance(value, Mapping):
        value = [part for key, part in value.items() if key not in NO_FIGURES]
    if isinstance(value, list | tuple):
        for part in value:
            yield from figures_in(part)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield str(value)


def has_source(file: Any, row: Any) -> bool:
    return bool(file.sources or row.get("source") or row.get("sources"))


@pytest.mark.parametrize(("folder", "name"), FILES)
def test_every_figure_of_a_sourced_row_is_shown(folder: str, name: str) -> None:
    file, shown = load(folder, name), words_of(sheet(folder, name))
    numbers = set(re.findall(r"\d+(?:\.\d+)?", shown))
    rows = [row for row in file.rows if not isinstance(row, Mapping) or has_source(file, row)]
    assert set(figures_in(rows)) <= numbers


@pytest.mark.parametrize(("folder", "name"), FILES)
def test_what_names_no_source_is_left_out_and_gives_no_figure(folder: str, name: str) -> None:
    file, page = load(folder, name), sheet(folder, name)
    unsourced = [row for row in file.rows if isinstance(row, Mapping) and not has_source(file, row)]
    assert [label(row["key"]) for row in unsourced] == list(page.left_out)[: len(unsourced)]
    assert list(figures_in(unsourced)) == []
    shown = [row for table in page.tables for row in table.rows]
    assert all(row.numbers or page.general for row in shown)
    assert all(0 < number <= len(page.sources) for row in shown for number in row.numbers)


@pytest.mark.parametrize(("folder", "name"), FILES)
def test_every_row_is_a_full_row_of_its_table(folder: str, name: str) -> None:
    page = sheet(folder, name)
    assert page.tables and page.sources
    for table in page.tables:
        assert {len(row.cells) for row in table.rows} == {len(table.columns)}
        assert len(set(table.columns)) == len(table.columns)
        assert not any(re.search(r"\{\w+(:\w+)?\}", line) for row in table.rows for cell in row.cells for line in cell)


def test_every_folder_has_a_title_and_no_title_stands_twice_in_it() -> None:
    assert tuple(FOLDERS) == folders()
    for folder in FOLDERS:
        titles = [page.title for page in sheets(folder)]
        assert len(set(titles)) == len(titles)


def test_lists_of_words_hold_words_alone() -> None:
    """An unquoted ``on`` or ``no`` is a truth value to YAML."""
    for folder, name in FILES:
        for key, value in load(folder, name).other.items():
            parts = value if isinstance(value, list) else ()
            assert all(isinstance(part, str | Mapping) for part in parts), (folder, name, key)


def test_a_file_that_is_none_is_named() -> None:
    with pytest.raises(KnowledgeError, match="staging/nothing"):
        sheet("staging", "nothing")


def test_a_row_shows_the_sources_that_it_names() -> None:
    page = sheet("symptoms", "advice")
    first = page.tables[0].rows[0]
    assert "38.0 °C" in first.cells[1][0]
    assert [page.sources[number - 1].id for number in first.numbers] == ["emerg_neutropenic_fever"]
    assert page.left_out == ("Emergency",)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ()), ("", ()), ([], ()), ({}, ()), (True, ("yes",)), (False, ("no",)), (7.0, ("7.0",)), ("under_6", ("under 6",)),
        (["a_b", None, "c"], ("a b, c",)), ({"low": 3, "high": 7, "unit": "business_days"}, ("3 to 7 business days",)),
        ({"because": "few"}, ("few",)), ({"text": "women", "min_age": 40}, ("women",)), ({"a": 1, "b": None}, ("a: 1",)),
        ([{"figure": "major_pct", "percent": 2.2}], ("major: 2.2 %",)),
        ([{"figure": "x", "between": [1, 2], "means": "by study", "tumours": ["skin"], "n": 9}], ("by study: 1 to 2 % (skin, n = 9)",)),
        ([{"figure": "hr", "value": 1.06}], ("hr: 1.06",)), (r"\w{3,40}ectomy", (r"\w{3,40}ectomy",)),
        ("{clinician} said", ("[clinician] said",)),
    ],
)  # fmt: skip
def test_values_in_words(value: Any, shown: tuple[str, ...]) -> None:
    assert lines(value) == shown


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"sentence": "{0:g} to {1[1]:g}", "figures": [{"value": 1.5}, {"value": [2, 3]}]}, "1.5 to 3"),
        ({"sentence": "up to ${usd:.2f}", "figures": {"usd": 6.5}}, "up to $6.50"),
        ({"sentence": "in {days} days", "days": 4}, "in 4 days"),
        ({"sentence": "as it is", "figures": None}, "as it is"),
    ],
)
def test_sentences_with_their_figures(row: dict[str, Any], sentence: str) -> None:
    assert filled(row)["sentence"] == sentence


@pytest.mark.parametrize(("key", "shown"), [("above_pct", "Above (%)"), ("site_codes", "Site codes"), ("mm3", "mm³")])
def test_headings(key: str, shown: str) -> None:
    assert label(key) == shown


@pytest.mark.parametrize(
    ("where", "opened"),
    [
        (None, None), ("", None), ("CA Cancer J Clin 2011;61:287", None), ("https://a.example/...", None), ("pubmed", None),
        ("doi:10.1002/(x)1:2<3::aid>4", "https://doi.org/10.1002/(x)1:2%3C3::aid%3E4"),
        ("PMC123", "https://pmc.ncbi.nlm.nih.gov/articles/PMC123/"), ("https://a.example", "https://a.example"),
    ],
)  # fmt: skip
def test_addresses(where: str | None, opened: str | None) -> None:
    assert address(where) == opened
    assert in_words(where) == (where if opened is None else None)


def test_what_follows_an_address_is_told_in_words() -> None:
    where = "https://a.example/b branch foia, Packages/X"
    assert (address(where), in_words(where)) == ("https://a.example/b", "branch foia, Packages/X")
    pair = "PMC6404710; https://a.example"
    assert (address(pair), in_words(pair)) == ("https://pmc.ncbi.nlm.nih.gov/articles/PMC6404710/", "https://a.example")


def test_a_file_about_stages_shows_them_first_and_what_is_known_of_the_file_last() -> None:
    page = sheet("staging", "colon_rectum_8")
    assert page.tables[0].columns == ("Group", "T", "N", "M") and not page.tables[0].aside
    assert page.tables[-1].aside and "Notes of the comparison" in {row.cells[0][0] for row in page.tables[-1].rows}
    assert page.verified == "two sources agree" and sheet("staging", "uicc_7").verified == "one public source"
    assert sheet("indication", "yield").verified == ""


def test_every_title_is_a_plain_one_and_no_two_are_alike() -> None:
    titles = [page.title for folder in FOLDERS for page in sheets(folder)]
    assert len(set(titles)) == len(titles)
    assert {f"{folder}/{name}" for folder, name in FILES if folder != "staging"} == set(TITLES)


def test_what_people_notice_names_its_source_beside_the_others() -> None:
    [table] = sheet("indication", "emergencies").tables
    assert "Noticed source" not in table.columns
    fever = next(row for row in table.rows if ("neutropenic fever",) in row.cells)
    assert any("38.3 °C" in line for cell in fever.cells for line in cell)
