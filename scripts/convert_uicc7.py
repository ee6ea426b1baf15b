"""Takes the stage groups of the UICC 7th edition, as facts, out of SEER's public staging schemas (TNM 2.1).

    python scripts/convert_uicc7.py ZIP OUT.json

Kept: which primary site and histology belong to which schema, and T, N, M (with grade, PSA, …) -> group.
Left out: every word of the source. Rows that only roll up finer rows (T1 where T1a and T1b have rows, TX, NX,
grade unknown) are left out too: the staging room rolls up by itself, and a test compares it with these rows.
"""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Iterable
from itertools import product
from typing import Any

Row = tuple[str, ...]
ROMAN = {"0": "0", "1": "I", "2": "II", "3": "III", "4": "IV"}
UNKNOWN = {"9", "SX", "CX", "Unknown", "988", "997", "998", "999", "X", "88", "*", "ERROR", ""}
PSA = {"001-099": "<10", "100-199": "10-<20", "200-980": ">=20"}
GLEASON = {"002-006": "<=6", "007": "7", "008-010": ">=8"}
FACTORS = {
    "psa": ("psa", PSA),
    "gleason": ("gleason", GLEASON),
    "grade": ("grade", {}),
    "grade_based_on_ssf1": ("grade", {}),
    "s": ("serum_markers", {}),
    "mitotic_rate": ("mitotic_rate", {"High": "high", "Low": "low"}),
    "c": ("grade", {"C1": "1", "C2": "2", "C3": "3", "C4": "4"}),
    "site": ("topography", {}),
}
# Their tables ask for a score, a marker or a prefix that the record's vocabulary does not hold.
LEFT_OUT = {
    "placenta": "the group depends on a risk score that the record does not hold",
    "lymphoma": "lymphomas are not staged by T, N and M",
    "lymphoma_ocular_adnexa": "the group depends on the Ann Arbor stage",
    "mycosis_fungoides": "the group depends on blood involvement, which the record does not hold",
    "gist_peritoneum": "the table depends on a site coding that the record does not hold",
}


class Source:
    """The schemas and tables inside the zip."""

    def __init__(self, path: str) -> None:
        self.zip = zipfile.ZipFile(path)
        self.tables = {t["id"]: t for t in self._read("tables/")}
        self.schemas = list(self._read("schemas/"))

    def _read(self, prefix: str) -> Iterable[dict[str, Any]]:
        for name in sorted(self.zip.namelist()):
            if name.startswith(prefix) and name.endswith(".json"):
                yield json.loads(self.zip.read(name))

    def inputs(self, table: str) -> list[str]:
        return [c["key"] for c in self.tables[table]["definition"] if c["type"] == "INPUT"]

    def rows(self, table: str) -> Iterable[tuple[dict[str, str], str]]:
        """Each row as its inputs and its endpoint."""
        keys = [c["key"] if c["type"] == "INPUT" else None for c in self.tables[table]["definition"]]
        for row in self.tables[table]["rows"]:
            yield {k: v for k, v in zip(keys, row, strict=True) if k}, row[-1]


def group(endpoint: str) -> str | None:
    """VALUE:3A -> IIIA; 99 (unknown), 88 (not applicable) and errors -> None."""
    code = endpoint.removeprefix("VALUE:")
    if code == "JUMP:lung_occult_stage_11131":
        return "Occult"
    if not endpoint.startswith("VALUE:") or code in {"99", "88", ""}:
        return None
    return ROMAN[code[0]] + (code[1:].lower() if code[0] == "0" else code[1:])


def cells(source: Source, table: str) -> tuple[list[str], dict[Row, str]]:
    """(factor names, (t, n, m, factor…) -> group) without unknown values and without roll-up rows."""
    keys = source.inputs(table)
    factors = [k for k in keys if k not in "tnm"]
    found: dict[Row, str] = {}
    for inputs, endpoint in source.rows(table):
        if (answer := group(endpoint)) is None:
            continue
        for values in product(*(_values(k, inputs[k], answer) for k in ("t", "n", "m", *factors))):
            found.setdefault(values, answer)
    return [FACTORS[k][0] for k in factors], _without_roll_ups(found)


def _values(key: str, text: str, answer: str) -> list[str]:
    if key == "site":
        return [text]
    if text in PSA or text in GLEASON:
        return [FACTORS[key][1][text]]
    kept = [v for v in text.split(",") if v not in UNKNOWN or (v == "X" and key == "t" and answer == "Occult")]
    return [FACTORS[key][1].get(v, v) if key in FACTORS else v for v in kept]


def _without_roll_ups(found: dict[Row, str]) -> dict[Row, str]:
    """Drops T2 where T2A has rows; 1MI is a category of its own beside 1."""
    for axis in range(3):
        present = {row[axis] for row in found}
        parents = {p for p in present if any(_is_part(c, p) for c in present)}
        found = {row: g for row, g in found.items() if row[axis] not in parents}
    return found


def _is_part(child: str, parent: str) -> bool:
    rest = child[len(parent) :]
    return child.startswith(parent) and parent[:1] in "1234" and bool(rest) and rest[0] in "ABCDE12" and rest != "MI"


def packed(found: dict[Row, str]) -> list[list[Any]]:
    """Cells as few rectangles: [group, [t…], [n…], [m…], factor values…]."""
    rows = {(g, *((v,) for v in cell)) for cell, g in found.items()}
    for axis in range(1, max(map(len, rows))):
        merged: dict[tuple[Any, ...], set[str]] = {}
        for row in rows:
            merged.setdefault((*row[:axis], *row[axis + 1 :]), set()).update(row[axis])
        rows = {(*rest[:axis], tuple(sorted(values)), *rest[axis:]) for rest, values in merged.items()}
    return [[row[0], *(list(v) for v in row[1:])] for row in sorted(rows)]


def first_table(schema: dict[str, Any], output: str) -> str:
    steps = (step for mapping in schema["mappings"] for step in mapping["tables"])
    return next(s["id"] for s in steps if any(o["to"] == output for o in s.get("output_mapping", ())))


def variants(source: Source, table: str) -> list[dict[str, str]]:
    """The tables a schema chooses from, in the order in which it looks: histology, grade and age -> table."""
    if "t" in source.inputs(table):
        return [{"table": table}]
    found = []
    for inputs, endpoint in source.rows(table):
        if endpoint.startswith("JUMP:"):
            found.append({k: v for k, v in inputs.items() if v != "*"} | {"table": endpoint[5:]})
    return found


def convert(path: str) -> dict[str, Any]:
    source = Source(path)
    tables: dict[str, Any] = {}
    rows = []
    for schema in source.schemas:
        row: dict[str, Any] = {"schema": schema["id"], "select": _selection(source, schema)}
        rows.append(row | _content(source, schema, tables))
    return _header() | {"rows": rows, "tables": tables}


def _content(source: Source, schema: dict[str, Any], tables: dict[str, Any]) -> dict[str, Any]:
    if schema["id"] in LEFT_OUT:
        return {"left_out": LEFT_OUT[schema["id"]]}
    if schema["id"].startswith("merkel_cell"):
        return {"left_out": "the group depends on how the nodes were examined, which the record does not hold"}
    if not schema.get("mappings"):
        return {"left_out": "the 7th edition has no stage groups for this site"}
    inclusion = schema["mappings"][0]["inclusion_tables"][0]["id"]
    row: dict[str, Any] = {"covers": ",".join(inputs["hist"] for inputs, _ in source.rows(inclusion))}
    for basis, output in (("clinical", "clin_stage_group"), ("pathological", "path_stage_group")):
        chosen = first_table(schema, output)
        if "t" in source.inputs(chosen) and "hist" in source.inputs(chosen):
            chosen = first_table(schema, "path_stage_group")  # the thyroid's clinical choice follows registry coding
        row[basis] = [v | {"table": _add(source, v["table"], tables)} for v in variants(source, chosen)]
    if any(not v["table"] for v in row["clinical"] + row["pathological"]):
        return {"left_out": "the 7th edition has no stage groups for this site"}
    if row["clinical"] == row["pathological"]:
        row["any"] = row.pop("clinical")
        del row["pathological"]
    return row


def _add(source: Source, table: str, tables: dict[str, Any]) -> str:
    """Stores a table once, whatever its name in the source; empty for a table without groups."""
    names, found = cells(source, table)
    if not found:
        return ""
    content = {"factors": names, "rows": packed(found)}
    same = next((name for name, other in tables.items() if other == content), None)
    if same is None:
        same = f"uicc_7_{len(tables) + 1:02d}"
        tables[same] = content
    return same


def _selection(source: Source, schema: dict[str, Any]) -> list[dict[str, str]]:
    return [
        {k: v for k, v in inputs.items() if v != "*"} for inputs, _ in source.rows(schema["schema_selection_table"])
    ]


def _header() -> dict[str, Any]:
    return {
        "about": "Stage groups of the UICC 7th edition, as facts: T, N, M and what else counts, to the group.",
        "author": "Overread",
        "checked": "2026-11-21",
        "next_review": "2027-11-21",
        "verification": "one public source",
        "sources": [
            {
                "id": "imsweb_tnm_2.1",
                "title": "SEER staging schemas, algorithm TNM, version 2.1 (UICC 7th edition), as JSON",
                "url": "https://github.com/imsweb/staging-algorithm-tnm",
            }
        ],
    }


if __name__ == "__main__":
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        content = convert(sys.argv[1])
        lines = [f"{json.dumps(k)}: {json.dumps(v)}" for k, v in content.items() if k not in ("rows", "tables")]
        for key in ("rows", "tables"):
            value = content[key]
            parts = (
                [json.dumps(v) for v in value]
                if isinstance(value, list)
                else [f"{json.dumps(k)}: {json.dumps(v)}" for k, v in value.items()]
            )
            left, right = ("[", "]") if isinstance(value, list) else ("{", "}")
            lines.append(f'"{key}": {left}\n' + ",\n".join(parts) + f"\n{right}")
        out.write("{\n" + ",\n".join(lines) + "\n}\n")
