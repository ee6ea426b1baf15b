"""Writes docs/reference/clinical: every rule and figure of the knowledge files, readable, with its source.

    python scripts/clinical_reference.py

One page a knowledge folder and an index. A test fails when the committed pages are not those that this writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from overread.clinical.knowledge import Source
from overread.clinical.knowledge.sheets import FOLDERS, Row, Sheet, Table, sheets

OUT = Path(__file__).resolve().parents[1] / "docs" / "reference" / "clinical"
MADE_BY = "Made by `python scripts/clinical_reference.py` from the knowledge files; change those."


def pages() -> dict[str, str]:
    """File name to text."""
    made = {f"{folder}.md": "\n".join(folder_page(folder)) for folder in FOLDERS}
    return {"index.md": "\n".join(index()), **made}


def index() -> Iterator[str]:
    yield from ("# Clinical reference", "", MADE_BY, "")
    yield "Every rule and figure that the software uses. Nothing rests on memory: a row without a source is not shown."
    yield from ("", "| File | What it holds | Checked | Next review |", "|---|---|---|---|")
    for folder, title in FOLDERS.items():
        yield f"| **[{title}]({folder}.md)** | | | |"
        for sheet in sheets(folder):
            file = sheet.file
            link = f"[{cell(sheet.title)}]({folder}.md#{anchor(sheet)})"
            yield f"| {link} | {cell(file.about)} | {file.checked} | {file.next_review} |"
    yield ""


def folder_page(folder: str) -> Iterator[str]:
    yield from (f"# {FOLDERS[folder]}", "", MADE_BY + " [All files](index.md)", "")
    for sheet in sheets(folder):
        yield from file_part(sheet)


def file_part(sheet: Sheet) -> Iterator[str]:
    file = sheet.file
    yield from (f'<a id="{anchor(sheet)}"></a>', "", f"## {sheet.title}", "", prose(file.about), "")
    yield f"`{file.folder}/{file.name}` by {file.author}, checked {file.checked}, next review {file.next_review}."
    if file.attribution:
        yield f"Licence: {file.licence}. {prose(file.attribution)}"
    yield ""
    for table in sheet.tables:
        yield from table_part(table)
    if sheet.left_out:
        yield f"Not shown, because they name no source (they give no figure): {', '.join(sheet.left_out)}."
        yield ""
    yield from sources_part(sheet)


def table_part(table: Table) -> Iterator[str]:
    columns = (*table.columns, "Source") if table.cites else table.columns
    yield from (f"### {table.caption}", "", bars(columns), bars(["---"] * len(columns)))
    yield from (bars(cells(row, table.cites)) for row in table.rows)
    yield ""


def cells(row: Row, cites: bool) -> list[str]:
    shown = ["<br>".join(map(cell, lines)) for lines in row.cells]
    return [*shown, " ".join(f"[{number}]" for number in row.numbers)] if cites else shown


def sources_part(sheet: Sheet) -> Iterator[str]:
    yield from ("### Sources", "")
    for number, source in enumerate(sheet.sources, 1):
        yield f"{number}. {source_line(source)}{' (the whole file)' if number <= sheet.general else ''}"
    yield ""


def source_line(source: Source) -> str:
    title = f"[{prose(source.title)}]({source.url})" if source.url else prose(source.title)
    return ". ".join(filter(None, [title, prose(source.note or ""), source.licence and f"Licence: {source.licence}"]))


def anchor(sheet: Sheet) -> str:
    return f"{sheet.file.folder}-{sheet.file.name}".replace("_", "-")


def bars(texts: Iterable[str]) -> str:
    return "| " + " | ".join(texts) + " |"


def prose(text: str) -> str:
    """Characters that Markdown or HTML would take for its own."""
    return "".join("\\" + c if c in "*_`[]<>\\" else c for c in text)


def cell(text: str) -> str:
    return prose(text).replace("|", "\\|").replace("\n", " ")


def write() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (OUT / name).write_text(text, encoding="utf-8")
        print(f"docs/reference/clinical/{name}")


if __name__ == "__main__":
    write()
