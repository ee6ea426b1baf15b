"""A second, slow and independent reading of the 7th edition: scans the source's own tables row by row.

It shares no code and no data with ``overread.clinical.staging``: it interprets the public schemas (a zip of JSON) the
way their notes say, with their own rows for undivided and unknown categories. Used to tell whose error a mismatch is.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class SlowStaging:
    """path: the zip of SEER's TNM 2.1 schemas and tables."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            read = [json.loads(archive.read(name)) for name in sorted(archive.namelist()) if name.endswith(".json")]
        self.tables = {entry["id"]: entry for entry in read if "rows" in entry}
        self.schemas = [entry for entry in read if "schema_selection_table" in entry]

    def groups(
        self, site: str, histology: str, t: str, n: str, m: str, facts: dict[str, str] | None = None
    ) -> set[str] | None:
        """Every pathological group that some finer reading of T, N and M gives; None where no table applies.

        t, n, m: codes without letters (``2``, ``2A``, ``X``); a code stands for every code that begins with it.
        """
        found: set[str] | None = None
        for schema in self._schemas(site, histology):
            start = self._stage_table(schema) if schema.get("mappings") else None
            if start is not None and self._covered(schema, histology):
                inputs = {"hist": histology, "site": site, **(facts or {})}
                found = (found or set()) | set(self._answers(start, inputs, t, n, m)) - {"99", "88"}
        return found

    def _schemas(self, site: str, histology: str) -> list[dict[str, Any]]:
        """The schema for a discriminator that is not stated; where there is none, every one that it could choose."""
        fitting: dict[bool, list[dict[str, Any]]] = {True: [], False: []}
        for schema in self.schemas:
            for row, _ in self._rows(schema["schema_selection_table"]):
                if _matches(row.get("site", "*"), site) and _matches(row.get("hist", "*"), histology):
                    unstated = _matches(row.get("ssf25", "*"), "999") and _matches(row.get("sex_at_birth", "*"), "9")
                    fitting[unstated].append(schema)
        return fitting[True][:1] or fitting[False]

    def _covered(self, schema: dict[str, Any], histology: str) -> bool:
        inclusions = schema["mappings"][0]["inclusion_tables"]
        return any(_matches(row["hist"], histology) for entry in inclusions for row, _ in self._rows(entry["id"]))

    def _stage_table(self, schema: dict[str, Any]) -> str | None:
        for mapping in schema["mappings"]:
            for step in mapping["tables"]:
                if any(out["to"] == "path_stage_group" for out in step.get("output_mapping", ())):
                    return str(step["id"])
        return None

    def _rows(self, table: str) -> Iterator[tuple[dict[str, str], str]]:
        entry = self.tables[table]
        columns = [(c["key"], c["type"]) for c in entry["definition"]]
        for row in entry["rows"]:
            yield {key: cell for (key, kind), cell in zip(columns, row, strict=True) if kind == "INPUT"}, row[-1]

    def _answers(self, table: str, inputs: dict[str, str], t: str, n: str, m: str) -> Iterator[str]:
        for row, endpoint in self._rows(table):
            if not all(_stated(row.get(axis), code) for axis, code in (("t", t), ("n", n), ("m", m))):
                continue
            rest = {key: cell for key, cell in row.items() if key not in ("t", "n", "m")}
            known = {"grade": "9"} | inputs if "t" not in row else inputs  # 9: a grade that is not known chooses so
            if not all(key not in known or _matches(cell, known[key]) for key, cell in rest.items()):
                continue
            if endpoint.startswith("JUMP:"):
                yield from self._answers(endpoint[5:], inputs, t, n, m)
                if "t" not in row and all(key in known or cell == "*" for key, cell in rest.items()):
                    return  # the first row that fits fully chooses the table
            elif endpoint.startswith("VALUE:"):
                yield endpoint[6:]


def _stated(cell: str | None, code: str) -> bool:
    """Is one of the cell's codes the stated one, or a part of it? X means any."""
    if cell is None or cell == "*":
        return cell is None
    return any(
        code == "X" or value == code or (value.startswith(code) and value[0] in "01234") for value in cell.split(",")
    )


def _matches(cell: str, value: str) -> bool:
    for part in cell.split(","):
        low, _, high = part.strip().partition("-")
        # "0-9" beside "000-044" is for ages written with one digit: only what is as long can lie between
        if part == "*" or (len(low) == len(value) and low <= value <= (high or low)):
            return True
    return False
