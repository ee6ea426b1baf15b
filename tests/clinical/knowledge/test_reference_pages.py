"""The committed reference is the one that the knowledge files make."""

from __future__ import annotations

from itertools import pairwise

from scripts.clinical_reference import OUT, pages


def test_the_pages_are_fresh() -> None:
    made = pages()
    assert sorted(made) == sorted(path.name for path in OUT.iterdir())
    for name, text in made.items():
        assert (OUT / name).read_text(encoding="utf-8") == text, "run: python scripts/clinical_reference.py"


def test_every_table_has_the_same_width_all_through() -> None:
    for text in pages().values():
        lines = text.split("\n")
        for above, line in pairwise(lines):
            if above.startswith("|") and line.startswith("|"):
                assert above.replace("\\|", "").count("|") == line.replace("\\|", "").count("|")


def test_every_page_says_when_it_was_checked_and_is_due() -> None:
    for name, text in pages().items():
        assert name == "index.md" or text.count("\n## ") == text.count(", next review 20") > 0
