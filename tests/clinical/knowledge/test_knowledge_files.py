"""Every knowledge file that the package carries: readable, valid, sourced, and not overdue for review."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import jsonschema
import pytest

from overread.clinical.knowledge import KnowledgeError, folders, load, names, schemas
from overread.clinical.knowledge.loader import raw

FILES = [(folder, name) for folder in folders() for name in names(folder)]


def plain(content: dict[str, Any]) -> Any:
    """As JSON sees it: dates are text."""
    return json.loads(json.dumps(content, default=str))


@pytest.mark.parametrize(("folder", "name"), FILES)
def test_passes_its_schemas(folder: str, name: str) -> None:
    for schema in schemas(folder):
        jsonschema.validate(plain(raw(folder, name)), schema, format_checker=jsonschema.FormatChecker())


@pytest.mark.parametrize(("folder", "name"), FILES)
def test_review_is_not_overdue(folder: str, name: str) -> None:
    file = load(folder, name)
    assert file.checked < file.next_review
    assert file.next_review >= date.today(), f"{folder}/{name} was due for review on {file.next_review}"


@pytest.mark.parametrize(("folder", "name"), FILES)
def test_names_where_it_comes_from(folder: str, name: str) -> None:
    content = raw(folder, name)
    named = {"source", "sources", "evidence"}
    assert content.get("sources") or all(isinstance(row, dict) and named & set(row) for row in content["rows"])


def test_there_are_files() -> None:
    assert {"staging", "value_sets"} <= set(folders())


def test_a_file_is_read_once() -> None:
    assert load(*FILES[0]) is load(*FILES[0])


def test_a_missing_file_is_named() -> None:
    with pytest.raises(KnowledgeError, match="staging/nothing"):
        load("staging", "nothing")
