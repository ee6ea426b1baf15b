"""The comparisons of a report as one list of findings, each said once. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from overread.interop.documents import content as printed

Body = Mapping[str, Any]


def differences(body: Body) -> tuple[printed.ConcordanceRow, ...]:
    """A finding of one opinion alone is left out where another comparison has both opinions of it."""
    rows = tuple(dict.fromkeys(_rows(body)))
    compared = {row.finding for row in rows if not row.alone}
    return tuple(row for row in rows if not row.alone or row.finding not in compared)


def _rows(body: Body) -> Iterator[printed.ConcordanceRow]:
    for comparison in body["comparisons"]:
        items = (item for topic in comparison["topics"] for item in topic["items"])
        yield from (_row(item, comparison["second"]) for item in items if item["first"] or item["second"])


def _row(item: Mapping[str, Any], by: str) -> printed.ConcordanceRow:
    rule = item["rule"]
    return printed.ConcordanceRow(
        finding=item["label"] + (f" ({item['about'].replace(':', ' ')})" if item["about"] else ""),
        first=", ".join(item["first"]),
        second=", ".join(item["second"]),
        grade=rule["grade"],
        comment=" ".join(t for t in (rule["sentence"], item["direction"] or "") if t),
        by=by
        if item["second"]
        else "",  # what the first opinion alone says, it says once however many others there are
    )
