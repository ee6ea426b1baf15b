"""How rows are chained: each digest covers the row and the digest before it. Pure; usable offline on an export."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

START = "0" * 64
COVERED = ("chain", "sequence", "at", "action", "by_kind", "by_key", "about_kind", "about_key", "detail")


def digest(previous: str, row: Mapping[str, Any]) -> str:
    """SHA-256 over the previous digest and the row's covered fields, in canonical JSON."""
    body = json.dumps({name: row[name] for name in COVERED}, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest()


def first_break(rows: Iterable[Mapping[str, Any]]) -> int | None:
    """The sequence number of the first row of one chain that does not fit, or None when all do."""
    previous, expected = START, 1
    for row in rows:
        if row["sequence"] != expected or row["previous"] != previous or row["digest"] != digest(previous, row):
            return int(row["sequence"])
        previous, expected = row["digest"], expected + 1
    return None
