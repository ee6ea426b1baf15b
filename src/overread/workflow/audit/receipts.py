"""A receipt: a chain's rows with the installation's signature over its end. Checkable offline, without the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from . import chain, signing


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a receipt holds, and the sentence that says why."""

    holds: bool
    sentence: str


def receipt(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The rows of one chain, oldest first, and the signature over the last digest."""
    last = rows[-1]["digest"] if rows else chain.START
    return {"rows": rows, "end": last, "signature": signing.sign(last), "public_key": signing.public_key()}


def check(data: Mapping[str, Any], public_key: str | None = None) -> Verdict:
    """Is the receipt whole, and signed? public_key: the installation's published one; without it the receipt's own."""
    try:
        rows, end, signature = data["rows"], data["end"], data["signature"]
        broken = chain.first_break(rows)
        last = rows[-1]["digest"] if rows else chain.START
        signed = signing.verify(end, signature, public_key or data["public_key"])
    except (KeyError, TypeError, AttributeError, IndexError):
        return Verdict(False, "This is not a receipt of Overread.")
    if broken is not None:
        return Verdict(False, f"Row {broken} was changed, removed or put in another place.")
    if last != end:
        return Verdict(False, "Rows at the end are missing.")
    if not signed:
        return Verdict(False, "The signature does not belong to this installation's key.")
    return Verdict(True, f"{len(rows)} rows, unchanged and signed.")
