"""Who signed a report: the physician whose interpretation each of its facts is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from .occurrences import occurrences
from .sections import Layout

_LABEL = (
    r"(?:electronically[ \t]+)?(?:signed(?:[ \t]+out)?|verified|authenticated|finali[sz]ed|reported|interpreted|dictated)(?:[ \t]+(?:electronically|and[ \t]+\w+))?[ \t]*(?:by[ \t]*:?|:)|"
    r"(?:(?:attending|reporting|consultant|staff|signing|interpreting|reading)[ \t]+)?(?:pathologist|radiologist|cytopathologist|dermatopathologist|neuropathologist|haematopathologist|hematopathologist)[ \t]*:|"
    r"(?:interpreting|reading|reporting|signing)[ \t]+(?:physician|doctor)[ \t]*:|read[ \t]+by[ \t]*:|author[ \t]*:"
)
_WORD = r"[A-Z][A-Za-z'’\-]{0,24}\.?"
_NAME = rf"(?:Dr\.?[ \t]+)?{_WORD}(?:,?[ \t]+{_WORD}){{1,3}}"
_DEGREE = r"(?:,?[ \t]*(?:M\.?D\.?|D\.?O\.?|Ph\.?D\.?|M\.?B\.?B\.?S\.?|FRCPath|FCAP))"
_SIGNED = re.compile(
    rf"(?i:{_LABEL})[ \t]*\n?[ \t]*(?P<name>{_NAME}?){_DEGREE}*(?=[ \t]*(?:$|\n|[,;(.]|  |\d|(?i:on|at|date|pathologist|radiologist)\b))"
)
_BEFORE_TITLE = re.compile(
    rf"^[ \t]*(?P<name>{_NAME}?){_DEGREE}+[ \t]*(?:,[ \t]*|\n[ \t]*|\()(?i:(?:attending |consultant |staff )?)$",
    re.MULTILINE,
)
_LABELS = (
    "electronically", "signed", "verified", "authenticated", "finali", "reported", "interpreted", "dictated", "read by", "author", "reading", "reporting", "interpreting",
    "signing", "attending", "consultant", "staff", "pathologist", "radiologist", "cytopath", "dermatopath", "neuropath", "hematopath", "haematopath",
)  # fmt: skip
_TITLES = ("pathologist", "radiologist", "electronic")
_NOBODY = re.compile(
    r"redact|xxx|\*|unknown|removed|anonym|deident|department|hospital|laboratory|signature|report|date|name|electronic|pathology|radiology|transcri|diagnosis|resident|by\b",
    re.IGNORECASE,
)
_DEGREE_AT_END = re.compile(r"(?:,?[ \t]{0,3}(?:M\.?D\.?|D\.?O\.?|Ph\.?D\.?|MBBS|FRCPath|FCAP)){1,6}\.?$")
_MOST = 200


class Signatures:
    """The signatures of one text, in order. A report with an addendum has two."""

    def __init__(self, layout: Layout) -> None:
        found = sorted(_found(layout))
        self._ends, self._names = [at for at, _ in found], [name for _, name in found]

    def of(self, offset: int) -> str | None:
        """Who signed what stands at ``offset``: the next signature after it, else the last one above; None unsigned."""
        if not self._names:
            return None
        return self._names[min(bisect_left(self._ends, offset), len(self._names) - 1)]


def _found(layout: Layout) -> Iterator[tuple[int, str]]:
    labelled = (m for at in occurrences(layout.low, _LABELS)[:_MOST] if (m := _SIGNED.match(layout.text, at)))
    titled = (
        m
        for at in occurrences(layout.low, _TITLES)[:_MOST]
        if (m := _BEFORE_TITLE.search(layout.text, max(0, at - 120), at))
    )
    yield from ((m.end("name"), name) for m in (*labelled, *titled) if (name := _plain(m["name"])))


def _plain(printed: str) -> str | None:
    """The name in one line without degrees; None where it is blacked out or no name."""
    name = " ".join(_DEGREE_AT_END.sub("", printed).split()).rstrip(",.")
    return name if " " in name and not _NOBODY.search(name) else None
