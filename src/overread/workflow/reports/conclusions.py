"""What a report concludes: of each opinion the diagnosis and what is advised, and what the tumor board decided. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from overread.clinical.record import FIELDS, Domain, Fact
from overread.interop.documents import content as printed

from ..facts.rows import fact_from_json

Body = Mapping[str, Any]

VOTES = {"first": "the first opinion", "second": "the second opinion", "neither": "neither of them"}
# What a diagnosis is made of, in the order in which it is read, and what each is called for the patient.
_DIAGNOSIS = {
    "cancer": "Kind of cancer",
    "histology": "Kind of tumour",
    "site": "Where it began",
    "laterality": "Side",
    "grade": "Grade",
    "grade_group": "Grade group",
    "gleason": "Gleason score",
}
_STAGE = {"stage_group": "Stage", "t": "T category", "n": "N category", "m": "M category", "edition": "Staging edition"}
_BIOMARKERS = tuple(spec.name for spec in FIELDS.values() if spec.domain is Domain.MOLECULAR)
_PLAIN = {**_DIAGNOSIS, "variant": "Change in the tumour's genes", **_STAGE}
_CONCLUDED = (*_DIAGNOSIS, *_BIOMARKERS, *_STAGE)


def conclusions(body: Body) -> Iterator[printed.Conclusion]:
    """One for each opinion that stands."""
    for opinion in body["opinions"]:
        yield printed.Conclusion(
            author=opinion["author"],
            specialty=opinion["specialty"],
            rows=tuple(_rows([fact_from_json(fact) for fact in opinion["facts"]])),
            advised=tuple(o["name"] for o in opinion["options"] if o["recommended"]),
            tests=tuple(opinion["further_tests"]),
            comment=opinion["comment"],
        )


def _rows(facts: list[Fact]) -> Iterator[printed.ConclusionRow]:
    for name in _CONCLUDED:
        said = tuple(dict.fromkeys(fact.text for fact in facts if fact.field == name))
        if said:
            label = FIELDS[name].label
            yield printed.ConclusionRow(label, _PLAIN.get(name, label), ", ".join(said))


def decisions(body: Body) -> Iterator[printed.Decision]:
    """Reports of before the days were kept lack them."""
    for board in body.get("boards", ()):
        votes = (
            f"{v['member']} voted for {VOTES.get(v['choice'], v['choice'])}. {v['reason']}" for v in board["votes"]
        )
        yield printed.Decision(
            question=board["question"],
            minutes=board["minutes"],
            on=day(board.get("decided_at")),
            by=board.get("decided_by") or "",
            votes=tuple(vote.strip() for vote in votes),
        )


_DECISIONS = {"keeps": "kept", "changes": "changed", "no answer": "gave no answer on"}


def looked_again(body: Body) -> Iterator[str]:
    """What each physician said when they were asked to look again, in one sentence each."""
    for row in body.get("looked_again", ()):
        whose = "the first opinion" if row["of"] == "The first physician" else "their opinion"
        when = f" on {day(row['answered_at'])}" if row.get("answered_at") else ""
        written = " (written down by the navigator)" if row["recorded"] else ""
        yield f"{row['name']} {_DECISIONS[row['decision']]} {whose}{when}{written}: {row['reason']}"


def day(moment: str | None) -> str:
    """``2026-09-11T16:05:00+00:00`` as ``11 September 2026``."""
    if not moment:
        return ""
    at = datetime.fromisoformat(moment)
    return f"{at.day} {at:%B %Y}"
